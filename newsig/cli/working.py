"""The verbs that work on what was brought in: extract, process, check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from newsig.cli.desks import Say, desk_at
from newsig.cli.lean import without
from newsig.cli.options import chosen, database, example, inputs, published, tone_model, workers
from newsig.cli.printing import counted, end, parts, print_failure, progress, speak_utf8
from newsig.cli.printing import say as printed
from newsig.records import Failure, row
from newsig.report.tables import as_json, shown

if TYPE_CHECKING:
    from newsig.run import Crews, Desk, Tally
    from newsig.settings import Settings

FOUND = ("claim", "quote", "mention", "sentiment")
OUTCOMES = ("supported", "consistent", "refuted", "undecided")


@click.command(epilog=example("newsig extract news.jsonl > findings.jsonl"))
@inputs
@published
@click.option(
    "--explain", is_flag=True, help="Print, sentence by sentence, what placed each field, and what was refused."
)
@workers
@tone_model
def extract(
    paths: tuple[str, ...],
    published: date | datetime | None,
    explain: bool,
    tone_model: str | None,
    workers: int | None,
) -> None:
    """Print what articles say, as JSON Lines.

    One object per article, on standard output; no database is touched.

    INPUT is a file that `newsig ingest` reads, such as JSON Lines, CSV or HTML, a folder of these, or - for standard
    input.
    """
    from newsig import run

    speak_utf8()
    done = failed = 0
    articles = run.read_articles(paths, published=published)
    with progress("Extracting", beside_output=True) as on_done:
        for found in (run.explain if explain else run.extract)(articles, chosen(tone_model, workers)):
            done += 1
            if isinstance(found, Failure):
                failed += 1
                print_failure(found)
            elif isinstance(found, list):
                click.echo("\n".join(map(shown, found)) + "\n")
            else:
                click.echo(as_json(row(found)))
            on_done(1)
    end(failed, done, "articles could not be read")


@click.command(epilog=example("newsig process --db week.db"))
@click.option("--retry", is_flag=True, help="Try what could not be processed once more, too.")
@workers
@tone_model
@database
def process(db: str, tone_model: str | None, workers: int | None, retry: bool) -> None:
    """Find claims, quotes and tone in the new articles.

    New is what was not processed yet by this version of newsig with its present settings. An article that cannot be
    processed is set aside, and not tried again with the same settings.
    """
    from newsig import run

    with run.open_database(db, create=False) as opened:
        tally = find(desk_at(opened), chosen(tone_model, workers), retry=retry)
    end(tally.failures, tally.failures + tally.counts["articles"], "articles could not be processed", db)


def find(
    desk: Desk, settings: Settings, say: Say = printed, *, crews: Crews | None = None, retry: bool = False
) -> Tally:
    """Process at a desk, with a bar, and say what came of it; ``crews`` and ``retry`` as for `newsig.run.process`."""
    from newsig import run

    if settings.model not in run.WITH_TORCH:
        without("torch", "spacy")
    with progress("Processing") as bar:
        heard = replace(desk, on_done=bar, on_expected=bar.expect, on_failure=bar.fail)
        tally = run.process(heard, settings, crews=crews, retry=retry)
    if tally.counts["articles"] or tally.failures:
        found = ", ".join(counted(tally.counts[f"{noun}s"], noun) for noun in FOUND)
        say(f"{counted(tally.counts['articles'], 'article')} processed: {found}.")
    else:
        say("No article waits to be processed.")
    return tally


@click.command(epilog=example("newsig check --db week.db"))
@database
def check(db: str) -> None:
    """Hold every claim against the stored closes."""
    from newsig import run

    with run.open_database(db, create=False) as opened:
        hold(desk_at(opened))


def hold(desk: Desk, say: Say = printed, *, new_only: bool = False) -> Tally:
    """Check at a desk, with a bar, and say what came of it; ``new_only`` as for `newsig.run.check`."""
    from newsig import run

    with progress("Checking") as on_done:
        tally = run.check(replace(desk, on_done=on_done), new_only=new_only)
    checked = tally.counts.total()
    none = "No new claims." if new_only else "No claims."
    say(f"{counted(checked, 'claim')} checked: {parts(tally.counts, OUTCOMES)}." if checked else none)
    return tally
