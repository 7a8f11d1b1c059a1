"""The verbs that hold the narrative beside prices: compare by period, study over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from newsig.cli.asking import note_unknown
from newsig.cli.options import database, day, example, formatted, in_order, picture, text
from newsig.cli.printing import FOR_READERS, counted, note, note_copies, print_rows
from newsig.report.tables import Format

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from newsig.compare.spells import By
    from newsig.run.comparing import Compared
    from newsig.run.studying import Studied

SPELL = ("base", "first", "last")
INTERVAL = ("index", "low", "high")
COUNTS = ("fresh", "stale", "supported", "refuted", "decided", "share")
SIDES = ("one_index", "other_index", "one_return", "other_return")
PERIOD_COLUMNS = (*SPELL, "target", *INTERVAL, *COUNTS, "symbol", "return", "diverges")
BRIEF_PERIOD_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("last", *INTERVAL, "fresh", "stale", "share", "return", "diverges"),
    "week": ("first", "last", *INTERVAL, "fresh", "stale", "share", "return", "diverges"),
}
ARTICLE_COLUMNS = (
    *(*SPELL, *INTERVAL, "return", "target", "article_id", "published", "at", "title", "tone", "prominence"),
)
BRIEF_ARTICLE_COLUMNS = ("last", "index", "return", "target", "title", "tone", "prominence")
FIGURE_COLUMNS = (
    *("target", "signal", "test", "sessions", "n", "value", "low", "high", "p", "q", "significant", "reason"),
)
BRIEF_FIGURE_COLUMNS = FIGURE_COLUMNS[1:]
SIGNED = frozenset((*INTERVAL, *SIDES, "return", "tone", "value"))

Targets = tuple[str, ...]


def _targets(ctx: click.Context, param: click.Parameter, value: Targets) -> Targets:
    """One target or two."""
    if len(value) > 2:
        raise click.BadParameter("one can be compared with another, and no more: name one or two.", ctx, param)
    return value


targets = click.argument("targets", metavar="TARGET [OTHER]", nargs=-1, required=True, type=text, callback=_targets)
since = click.option("--since", metavar="DATE", type=day, callback=in_order, help="From this session on.")
until = click.option("--until", metavar="DATE", type=day, callback=in_order, help="Up to this session.")
fund = click.option("--fund", is_flag=True, help="Measure segments by their funds instead of their indices.")
archive = click.option("--archive", is_flag=True, help="Take stories for seen when they were published.")
as_of = click.option("--as-of", metavar="DATE", type=day, help="Only what was known by the end of this day (UTC).")


@click.command(epilog=example("newsig compare small_caps mega_caps --since 2024-07-01 --by week --archive"))
@targets
@since
@until
@click.option(
    "--by",
    type=click.Choice(list(BRIEF_PERIOD_COLUMNS)),
    default="day",
    show_default=True,
    help="What each row stands for: a session, or those of a week.",
)
@fund
@archive
@as_of
@click.option("--divergences", is_flag=True, help="List the articles of periods in which tone and prices disagree.")
@click.option("--plot", metavar="FILE", type=picture, help="Draw it, too, into a .png, .svg or .pdf.")
@database
@formatted()
def compare(
    db: str,
    format_: Format,
    targets: Targets,
    by: By,
    divergences: bool,
    plot: Path | None,
    since: date | None,
    until: date | None,
    **known: Any,
) -> None:
    """Set the tone of the news beside prices.

    TARGET is a symbol or the id of a segment, which an index or fund measures; with OTHER, its tone and its return are
    taken off those of TARGET. Each session has the stories that became known after the close before it and up to its
    own, and the return, in percent, from the one close to the other.

    A story counts from when it was published or first seen here, whichever is later: --archive says that what you
    brought in later could be read when it was published.
    """
    from newsig import run

    with run.read_database(db) as opened:
        _note_unknown(opened, targets)
        compared = run.compare(opened, run.Asked(targets=targets, **known), by, since=since, until=until)
    if plot:
        run.draw(compared, plot)
    if divergences:
        print_rows(_told(run.divergence_rows(compared), format_), format_, ARTICLE_COLUMNS, BRIEF_ARTICLE_COLUMNS)
    else:
        columns = (*PERIOD_COLUMNS, *(SIDES if len(targets) > 1 else ()))
        print_rows(_told(run.period_rows(compared), format_), format_, columns, BRIEF_PERIOD_COLUMNS[by])
    _note_rest(compared, archive=bool(known["archive"]))
    if compared.later:
        note(f"{_stories(compared.later)} after the last close left out: they belong to the next session")
    if compared.waiting:
        note(f"{counted(compared.waiting, 'article')} not processed yet: run `newsig process`")
    if compared.failed:
        note(f"{counted(compared.failed, 'article')} could not be processed: `newsig failures` says why")


@click.command(epilog=example("newsig study small_caps mega_caps --since 2023-01-01 --archive"))
@targets
@since
@until
@fund
@archive
@as_of
@click.option(
    "--market", metavar="SYMBOL", default="^GSPC", show_default=True, type=text, help="What stands for the market."
)
@click.option(
    "--shuffled", "seed", metavar="SEED", type=click.IntRange(0), help="Deal the tone out anew, as a control."
)
@database
@formatted()
def study(
    db: str,
    format_: Format,
    targets: Targets,
    since: date | None,
    until: date | None,
    market: str,
    seed: int | None,
    **known: Any,
) -> None:
    """Test whether the tone of the news goes before prices.

    Prints the correlations of the index with the returns of the sessions before and after it, and the abnormal returns,
    in percent, that followed sessions of high and of low tone: for fresh and stale news, for reporters and for the
    people that they name. What is significant accounts for the number of figures.

    TARGET, OTHER and --archive are those of `newsig compare`. The same data give the same figures.
    """
    from newsig import run

    with run.read_database(db) as opened:
        _note_unknown(opened, targets)
        studied = run.study(
            opened, run.Asked(targets=targets, **known), since=since, until=until, market=market, seed=seed
        )
    print_rows(_told(run.figure_rows(studied), format_), format_, FIGURE_COLUMNS, BRIEF_FIGURE_COLUMNS)
    note(f"sessions with an index: {', '.join(f'{kind} {count:,}' for kind, count in studied.sessions.items())}")
    if seed is not None:
        note(f"the tone was dealt out anew (seed {seed}): whatever is significant here is chance")
    _note_rest(studied, archive=bool(known["archive"]))


def _note_unknown(db: Database, targets: Targets) -> None:
    for target in targets:
        note_unknown(db, symbol=target, segment=target)


def _note_rest(done: Compared | Studied, *, archive: bool) -> None:
    """What the rows do not tell."""
    if archive:
        note("every story is taken for seen when it was published")
    note_copies(done.copies)
    if done.late:
        note(
            f"{_stories(done.late)} first seen more than a day after publication, and counted from then: see --archive"
        )
    if done.untimed:
        note(f"{counted(done.untimed, 'article')} of unknown date left out")
    for symbol in done.priceless:
        note(f"no prices of {symbol} for these sessions: bring them in with `newsig prices import`")
    if len(done.models) > 1:
        note(f"judged by {' and '.join(done.models)}, which may differ: `newsig process` has one judge them all")


def _stories(number: int) -> str:
    return f"{number:,} {'story' if number == 1 else 'stories'}"


def _told(rows: Iterable[Mapping[str, Any]], format_: Format) -> Iterator[dict[str, Any]]:
    """The rows with their figures to four decimals for programs, and for readers to two, or three, with a sign."""
    for row in rows:
        figures = {name: value for name, value in row.items() if isinstance(value, float)}
        if format_ not in FOR_READERS:
            yield {**row, **{name: round(value, 4) + 0.0 for name, value in figures.items()}}  # no −0.0
            continue
        yield {**row, **{name: _figure(name, value) for name, value in figures.items()}}


def _figure(name: str, value: float) -> str:
    places = 3 if name in ("p", "q") else 2
    return f"{round(value, places) + 0.0:{'+' if name in SIGNED else ''}.{places}f}"
