"""The verbs about tone: tone judges passages, sentiment asks the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from newsig.cli.asking import limit, note_unknown, since, until
from newsig.cli.options import article_path, chosen, database, example, formatted, text, tone_model
from newsig.cli.printing import (
    FOR_READERS,
    counted,
    end,
    note,
    note_copies,
    print_failure,
    print_rows,
    progress,
    speak_utf8,
)
from newsig.records import Failure
from newsig.report.tables import Format, as_json

if TYPE_CHECKING:
    from newsig.run.toning import By

INTERVAL = ("index", "low", "high")
RESTS_ON = ("articles", "copies", "sentences")
LABELLED = ("positive", "neutral", "negative")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("day", "target", *INTERVAL, *RESTS_ON, *LABELLED),
    "article": (*("article_id", "published", "title", "target", "tone", "prominence", "sentences", *LABELLED, "copy"),),
    "holder": ("holder", *INTERVAL, *RESTS_ON, *LABELLED),
}
BRIEF_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("day", *INTERVAL, *RESTS_ON),
    "article": ("day", "title", "tone", "prominence", "sentences", "copy"),
    "holder": ("holder", *INTERVAL, *RESTS_ON),
}
SIGNED = ("tone", *INTERVAL)
REPORTERS = "the reporters"
"""Who holds a view that is nobody else's, for readers; programs get null."""


@click.command(epilog=example("newsig tone passages.jsonl > judged.jsonl"))
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=article_path)
@tone_model
def tone(paths: tuple[str, ...], tone_model: str | None) -> None:
    """Judge the tone of passages, each towards one target in it.

    FILE is JSON Lines, plain or with .gz or .zst, or - for standard input. A line has the passage as text, and start
    and end of the target in it, in code points, the end not included. Each comes back on standard output with label,
    positive, neutral and negative, in place of any that it had; all else in it stays as it is.
    """
    from newsig import run

    speak_utf8()
    done = failed = 0
    with progress("Judging", beside_output=True) as on_done:
        for judged in run.judge(run.read_passages(paths), chosen(tone_model)):
            done += 1
            if isinstance(judged, Failure):
                failed += 1
                print_failure(judged)
            else:
                click.echo(as_json(judged))
            on_done(1)
    end(failed, done, "passages could not be judged")


@click.command(epilog=example("newsig sentiment --target small_caps --since 2024-07-01 --by day"))
@click.option(
    "--target",
    metavar="SYMBOL|SEGMENT",
    required=True,
    type=text,
    help="Towards this instrument or segment, in any case.",
)
@since
@until
@click.option(
    "--by",
    type=click.Choice(list(COLUMNS)),
    default="day",
    show_default=True,
    help="What each row stands for; days in UTC.",
)
@click.option("--holder", type=text, help="Only the views of somebody whose name holds these words.")
@limit
@database
@formatted()
def sentiment(db: str, format_: Format, target: str, by: By, **asked: Any) -> None:
    """Print the tone of the news towards one thing.

    It goes from -1 (bad) to 1 (good). By day and by holder it is the mean of the articles' tones, with its 95 %
    confidence interval; what an article copied from an earlier one counts once. A segment takes in its instruments:
    --target small_caps counts what was said of ^RUT, too.
    """
    from newsig import run

    with run.read_database(db) as opened:
        note_unknown(opened, symbol=target, segment=target)
        tones = run.tones(opened, target, by, **asked)
    print_rows(_told(tones.rows, format_), format_, COLUMNS[by], BRIEF_COLUMNS[by])
    note_copies(tones.copies)
    if tones.undated and (asked["since"] or asked["until"]):
        note(f"{counted(tones.undated, 'article')} of unknown date left out")
    elif tones.undated and by == "day":
        note(f"{counted(tones.undated, 'article')} of unknown date, under no day at the end")
    if tones.waiting:
        note(f"{counted(tones.waiting, 'article')} not processed yet: run `newsig process`")
    if tones.failed:
        note(f"{counted(tones.failed, 'article')} could not be processed: `newsig failures` says why")
    if len(tones.models) > 1:
        note(f"judged by {' and '.join(tones.models)}, which may differ: `newsig process` has one judge them all")


def _told(rows: Iterable[Mapping[str, Any]], format_: Format) -> Iterator[dict[str, Any]]:
    """The rows with their figures to four decimals for programs, and to two with a sign for readers."""
    for row in rows:
        figures = {name: value for name, value in row.items() if isinstance(value, float)}
        if format_ not in FOR_READERS:
            yield {**row, **{name: round(value, 4) + 0.0 for name, value in figures.items()}}  # no −0.0
            continue
        shown = {name: f"{round(value, 2) + 0.0:{'+' if name in SIGNED else ''}.2f}" for name, value in figures.items()}
        yield {**row, **shown, "holder": row.get("holder") or REPORTERS}
