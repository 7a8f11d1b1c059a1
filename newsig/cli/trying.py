"""The verbs for trying newsig out and finding out what is wrong with it: demo, doctor."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsig import __version__, settings
from newsig.cli.options import database, example, formatted
from newsig.cli.printing import end, note, page_width, print_failure, print_rows, print_text
from newsig.errors import ModelError, StoreError
from newsig.report import digest
from newsig.report.tables import Format

if TYPE_CHECKING:
    from sqlite_utils import Database

    from newsig.settings import Settings

SAFE_SQLITE = (3, 51, 3)
WAL_RESET = "below 3.51.3, two programs that write at once can, very rarely, damage the database (the WAL-reset bug)"
LIBRARIES = ("spacy", "torch", "transformers", "exchange_calendars", "sqlite-utils", "trafilatura")
DOCTOR_COLUMNS = ("name", "value", "remark")

NEXT = """
Next, for instance:
  newsig claims --db {db} --verdict refuted
  newsig verdicts --db {db} --format csv
  newsig today --db {db} --date 2024-07-18 --tz America/New_York
  echo "The Dow rose 0.6 percent on Wednesday." | newsig extract - --published 2024-07-17T21:00Z
"""

Row = tuple[str, str, str | None]
"""What it is, what it is like, and what is to be said about it."""


@click.command(epilog=example("newsig demo"))
def demo() -> None:
    """Run the whole line on a sample and print its digest.

    Writes newsig-demo.db in the working directory. Nothing is fetched from elsewhere than this computer.
    """
    from newsig import demo as sample

    path = Path(sample.DATABASE)
    stories, failed = sample.demonstrate(path, settings.load(), note=note, on_failure=print_failure)
    told = digest.digest(sample.DAY, sample.ZONE, stories, "table", page_width())
    print_text([told, NEXT.format(db=path)])
    end(failed, failed + len(stories), "stories or rows of the sample could not be taken in", str(path))


@click.command(epilog=example("newsig doctor --db week.db"))
@database
@formatted()
def doctor(db: str, format_: Format) -> None:
    """Say what newsig runs on and what its database holds."""
    from newsig import run

    chosen = settings.load()
    found = [*_versions(), *_model(chosen), *_tables(chosen)]
    problem = None
    try:
        with run.open_database(db, create=False) as opened:
            found += _database(db, opened)
    except StoreError as error:
        problem = error
        found.append(("database", str(Path(db).absolute()), str(error)))
    print_rows((dict(zip(DOCTOR_COLUMNS, row, strict=True)) for row in found), format_, DOCTOR_COLUMNS)
    if problem:
        raise problem


def _versions() -> Iterator[Row]:
    yield "newsig", __version__, None
    yield "Python", platform.python_version(), None
    yield "SQLite", sqlite3.sqlite_version, None if sqlite3.sqlite_version_info >= SAFE_SQLITE else WAL_RESET
    for name in LIBRARIES:
        try:
            yield name, version(name), None
        except PackageNotFoundError:
            yield name, "", "not installed"


def _model(chosen: Settings) -> Iterator[Row]:
    from newsig.extract import pipeline

    try:
        weights = pipeline.weights(chosen.model)
    except ModelError as error:
        yield "model", chosen.model, str(error)
        return
    pinned = "as pinned" if weights == pipeline.PINNED else "NOT the pinned one: install newsig again"
    yield "model", chosen.model, None
    yield "model weights", weights[:16], pinned if chosen.model == pipeline.PACKAGED else "not pinned: your choice"


def _tables(chosen: Settings) -> Iterator[Row]:
    from newsig import instruments, sessions

    instruments.choose(chosen.instruments, chosen.segments)
    yield "instruments", instruments.fingerprint(), f"{len(instruments.instruments()):,} symbols"
    days = sessions.sessions("XNYS")
    yield "calendar XNYS", f"{days[0]} to {days[-1]}", None


def _database(path: str, db: Database) -> Iterator[Row]:
    from newsig import run, store

    yield "database", str(Path(path).absolute()), None
    counts = store.counts(db)
    for table, number in counts.items():
        remark = "see `newsig failures`" if table == "failures" and number else None
        yield f"rows in {table}", str(number), remark
    span = store.price_range(db)
    yield "prices", f"{span[0]} to {span[1]}" if span else "", None if span else "none: see `newsig prices import`"
    last = run.last_run(db)
    if last is None:
        yield "last run", "", "none: see `newsig process`"
    else:
        remark = f"{last['articles']} articles, {last['failures']} failures" if last["finished_at"] else "not finished"
        yield "last run", last["started_at"], remark
