"""The verbs that ask the database: verdicts, claims, today, failures."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, get_args
from zoneinfo import ZoneInfo

import click

from newsig.cli.options import (
    NUMBER,
    database,
    example,
    finite,
    formatted,
    in_order,
    text,
    together,
    when,
    with_neighbours,
)
from newsig.cli.options import day as to_day
from newsig.cli.options import zone as to_zone
from newsig.cli.printing import counted, note, page_width, print_rows, print_text, speak_utf8
from newsig.records import Direction, Measure, Outcome
from newsig.report import digest
from newsig.report.columns import CLAIM_COLUMNS, VERDICT_COLUMNS
from newsig.report.tables import Format
from newsig.report.verdict_words import size

if TYPE_CHECKING:
    from sqlite_utils import Database

BRIEF_CLAIM_COLUMNS = ("claim_id", "subject", "symbol", "move", "sessions", "verdict")
BRIEF_VERDICT_COLUMNS = ("claim_id", "symbol", "move", "sessions", "verdict", "actual")
RECHECK_COLUMNS = ("claim_id", "symbol", "text", "true_on", "now", "day", "was", "is", "formula_was", "formula")
BRIEF_RECHECK_COLUMNS = ("claim_id", "symbol", "text", "true_on", "now", "day")
FAILURE_COLUMNS = ("at", "stage", "place", "reason", "seen", "run_id")
BRIEF_FAILURE_COLUMNS = ("stage", "place", "reason", "seen")


symbol = click.option("--symbol", type=text, help="Of this instrument, by Yahoo Finance's symbol.")
outcome = click.option("--verdict", "outcome", type=click.Choice(get_args(Outcome)), help="With this outcome.")
since = click.option(
    "--since", metavar="DATE", type=to_day, callback=in_order, help="Published on this day (UTC) or later."
)
until = click.option(
    "--until", metavar="DATE", type=to_day, callback=in_order, help="Published on this day (UTC) or earlier."
)
as_it_stood = click.option(
    "--as-of",
    metavar="DATE|MOMENT",
    type=when,
    help="Of the articles as they stood by the end of this day (UTC), or at this moment: by when they were seen so.",
)
limit = click.option("--limit", type=NUMBER, help="At most so many.")

verdict_filters = together(
    symbol,
    click.option(
        "--measure", type=click.Choice(get_args(Measure)), help="On this kind of figure (default: every move)."
    ),
    outcome,
    since,
    until,
    as_it_stood,
    limit,
)
"""What narrows a list of verdicts down."""

claim_filters = together(
    symbol,
    click.option("--segment", type=text, help="Of this segment of the market, such as small_caps."),
    click.option("--source", type=text, help="Said by somebody whose name or organisation holds these words."),
    click.option("--direction", type=click.Choice(get_args(Direction)), help="Of a move this way."),
    click.option(
        "--min", "minimum", type=float, callback=finite, help="Of at least this size, in the claim's own unit."
    ),
    click.option("--measure", type=click.Choice(get_args(Measure)), help="Of this kind of figure."),
    outcome,
    since,
    until,
    as_it_stood,
    click.option("--contains", type=text, help='From articles that hold these words; "a phrase" in double quotes.'),
    limit,
)
"""What narrows a list of claims down."""


def note_unknown(db: Database, *, symbol: str | None = None, segment: str | None = None) -> None:
    """Say that there is nothing of that name, which an answer without rows would not tell from a name mistyped."""
    from newsig import store

    name = symbol if symbol is not None else segment
    if name is None or store.known(db, symbol=symbol, segment=segment):
        return
    kinds = [kind for kind, given in (("symbol", symbol), ("segment", segment)) if given is not None]
    note(
        f"{name!r} is no {' and no '.join(kinds)} known here: `newsig instruments find {shlex.quote(name)}` looks it up"
    )


@click.command(epilog=example("newsig verdicts --verdict refuted --format jsonl"))
@verdict_filters
@database
@formatted()
def verdicts(db: str, format_: Format, **asked: Any) -> None:
    """List checked claims and what the closes say of them.

    Levels, market values, superlatives and streaks are listed where --measure asks for them.
    """
    from newsig import run, store

    with run.read_database(db) as opened:
        note_unknown(opened, symbol=asked["symbol"])
        print_rows(_told(store.verdicts(opened, **asked)), format_, VERDICT_COLUMNS, BRIEF_VERDICT_COLUMNS)


@click.command(epilog=example("newsig recheck --symbol ^NDX"))
@symbol
@database
@formatted()
def recheck(db: str, format_: Format, symbol: str | None) -> None:
    """Look at the verdicts again with the prices of today.

    Listed are the claims whose verdict would be another one now, and superlatives that were true: until which day they
    are known to hold, or on which day they were overtaken. Nothing is stored: `newsig check` does that.
    """
    from newsig import run

    with run.read_database(db) as opened:
        note_unknown(opened, symbol=symbol)
        print_rows(run.recheck(opened, symbol), format_, RECHECK_COLUMNS, BRIEF_RECHECK_COLUMNS)


@click.command(epilog=example("newsig claims --symbol ^RUT --verdict refuted"))
@claim_filters
@database
@formatted()
def claims(db: str, format_: Format, outcome: str | None, **asked: Any) -> None:
    """List what articles say has moved.

    Several options narrow it down together.
    """
    from newsig import run, store

    with run.read_database(db) as opened:
        note_unknown(opened, symbol=asked["symbol"])
        note_unknown(opened, segment=asked["segment"])
        found = store.claims(opened, verdict=outcome, **asked)
        print_rows(_told(found), format_, CLAIM_COLUMNS, BRIEF_CLAIM_COLUMNS)


def _told(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows with columns for readers besides, so that a line fits a terminal."""
    for row in rows:
        base, last = row["base_date"], row["end_date"]
        yield {
            **row,
            "move": size(row),
            "sessions": f"{base} → {last}" if base and last else base or last,
            "verdict": ": ".join(part for part in (row["outcome"] or "not checked", _because(row)) if part),
        }


def _because(row: Mapping[str, Any]) -> str | None:
    """Why a verdict is what it is, where the outcome alone does not tell."""
    return row["reason"] or (row["rung"] if row["outcome"] == "consistent" else None)


@click.command(epilog=example("newsig today --date 2024-07-17 --tz America/New_York"))
@click.option("--date", "day", metavar="DATE", type=to_day, callback=with_neighbours, help="The day (default: today).")
@click.option(
    "--tz", "zone", metavar="ZONE", type=to_zone, help="The zone whose day it is (default: the one of this computer)."
)
@database
@formatted(*digest.FORMATS)
def today(day: date | None, zone: ZoneInfo | None, db: str, format_: digest.Format) -> None:
    """Print the digest of a day.

    Of each story of the day: its first sentences, its moves with their verdicts, its sources and its tone.
    """
    from newsig import run
    from newsig.cli.zones import local_zone

    zone = zone or local_zone(note)
    day = day or datetime.now(zone).date()
    with run.read_database(db) as opened:
        stories, waiting = run.stories(opened, day, zone)
    if format_ == "json":
        speak_utf8()
    print_text([digest.digest(day, zone.key, stories, format_, page_width())])
    if waiting:
        note(f"{counted(waiting, 'article')} of this day not processed yet: run `newsig process` and `newsig check`")


@click.command(epilog=example("newsig failures --format csv"))
@database
@formatted()
def failures(db: str, format_: Format) -> None:
    """List what could not be taken in, and why."""
    from newsig import run

    with run.read_database(db) as opened:
        print_rows(run.failures(opened), format_, FAILURE_COLUMNS, BRIEF_FAILURE_COLUMNS)
