"""The verb that finds out what is wrong: doctor."""

from __future__ import annotations

import platform
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsig import __version__, settings
from newsig.cli.options import database, example, formatted
from newsig.cli.printing import counted, print_rows
from newsig.errors import ModelError, StoreError
from newsig.report.tables import Format

if TYPE_CHECKING:
    from sqlite_utils import Database

    from newsig.records import Subscription
    from newsig.settings import Settings

SAFE_SQLITE = (3, 51, 3)
MENDED = ((3, 44, 6), (3, 50, 7))
"""Earlier versions that got the same mending, with their later ones of the same two numbers."""

WAL_RESET = "below 3.51.3, two programs that write at once can, very rarely, damage the database (the WAL-reset bug)"
LIBRARIES = (
    *("spacy", "torch", "transformers", "onnxruntime", "exchange_calendars", "sqlite-utils", "pyarrow", "trafilatura"),
)
DOCTOR_COLUMNS = ("name", "value", "remark")
SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")
MEGABYTE = 1_000_000
LARGE_WAL = 64 * MEGABYTE
LITTLE_ROOM = 1000 * MEGABYTE
UNVISITED = timedelta(days=1)
STALE = timedelta(days=7)

Row = tuple[str, str, str | None]
"""What it is, what it is like, and what is to be said about it."""


@click.command(epilog=example("newsig doctor --db week.db"))
@click.option(
    "--deep", is_flag=True, help="Read the whole database, too, and look for damage: minutes for a large one."
)
@database
@formatted()
def doctor(db: str, format_: Format, deep: bool) -> None:
    """Say what newsig runs on and what its database holds.

    A remark stands beside what needs a look. With --deep, a damaged database ends it with exit status 2.
    """
    from newsig import run
    from newsig.store.schema import plain_errors

    chosen = settings.load()
    found = [*_versions(), *_model(chosen), *_tables(chosen)]
    problem = None
    try:
        with run.read_database(db) as opened, plain_errors(db):
            found += [*_rows(db, opened), *_read(opened, chosen), *_file(db, opened), *_clock(opened), *_feeds(opened)]
            if deep:
                damage = _damage(opened)
                found.append(("damage", damage[0] if damage else "none", "; ".join(damage[1:]) or None))
                problem = StoreError(f"{db} is damaged: restore it from a copy") if damage else None
    except StoreError as error:
        problem = error
        found.append(("database", str(Path(db).absolute()), str(error)))
    print_rows((dict(zip(DOCTOR_COLUMNS, row, strict=True)) for row in found), format_, DOCTOR_COLUMNS)
    if problem:
        raise problem


def safe(sqlite: tuple[int, int, int]) -> bool:
    """Whether that version of SQLite is free of the WAL-reset bug.

    >>> safe((3, 40, 1)), safe((3, 44, 6)), safe((3, 45, 0)), safe((3, 50, 8)), safe((3, 52, 0))
    (False, True, False, True, True)
    """
    return sqlite >= SAFE_SQLITE or any(sqlite[:2] == mended[:2] and sqlite >= mended for mended in MENDED)


def _versions() -> Iterator[Row]:
    yield "newsig", __version__, None
    yield "Python", platform.python_version(), None
    yield "SQLite", sqlite3.sqlite_version, None if safe(sqlite3.sqlite_version_info) else WAL_RESET
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
    yield from _tone(chosen)


def _tone(chosen: Settings) -> Iterator[Row]:
    from newsig.extract import sentiments

    try:
        yield "tone model", chosen.tone_model, None
        yield "tone weights", sentiments.weights(chosen.tone_model), None
    except ModelError as error:
        yield "tone weights", "", str(error)


def _tables(chosen: Settings) -> Iterator[Row]:
    from newsig import instruments, sessions

    instruments.choose(chosen.instruments, chosen.segments)
    yield "instruments", instruments.fingerprint(), f"{len(instruments.instruments()):,} symbols"
    days = sessions.sessions("XNYS")
    yield "calendar XNYS", f"{days[0]} to {days[-1]}", None


def _rows(path: str, db: Database) -> Iterator[Row]:
    from newsig import run, store

    yield "database", str(Path(path).absolute()), None if store.may_be_written(path) else "may not be written to"
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


def _read(db: Database, chosen: Settings) -> Iterator[Row]:
    """What would read the articles today, and how many of them it has not read."""
    from newsig import extract, store

    try:
        mark = extract.fingerprint(chosen)
    except ModelError:  # told with the model already
        return
    waiting = store.count_unprocessed(db, mark)
    words = f"{counted(waiting, 'article')} not processed under it: see `newsig process`" if waiting else None
    yield "fingerprint", mark, words


def _file(path: str, db: Database) -> Iterator[Row]:
    """How SQLite keeps the file, and how much room there is for it."""
    mode, synchronous, keys = (
        db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
    )
    yield "journal mode", mode, None if mode == "wal" else "not wal: readers and writers wait for each other"
    kept = SYNCHRONOUS[synchronous]
    yield "synchronous", kept, None if synchronous >= 2 else "below FULL: a power cut can take back what was stored"
    yield "foreign keys", "on" if keys else "off", None
    size, wal = (_size(Path(f"{path}{suffix}")) for suffix in ("", "-wal"))
    yield "size", _told(size), None
    grown = "is not written back: some program keeps the database open; end it, or start this computer anew"
    yield "size of the WAL", _told(wal), grown if wal > LARGE_WAL else None
    free = shutil.disk_usage(Path(path).absolute().parent).free
    tight = f"little: a copy of the database takes {_told(size)} more"
    yield "free disk", _told(free), tight if free < max(2 * size, LITTLE_ROOM) else None


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _told(size: int) -> str:
    return f"{size / MEGABYTE:,.1f} MB"


def _clock(db: Database) -> Iterator[Row]:
    from newsig import run, store
    from newsig.run.clocks import remark, shown

    now, newest = run.now(), store.newest_moment(db)
    yield "clock", shown(now), remark(now, newest) if newest else None


def _feeds(db: Database) -> Iterator[Row]:
    from newsig import run, store
    from newsig.collect.http import shown

    for feed in store.list_feeds(db):
        if words := trouble(feed, run.now()):
            yield "feed", shown(feed.url), words


def trouble(feed: Subscription, now: datetime) -> str | None:
    """What is wrong with a feed, as a row of the table; None where nothing is, or nothing is known."""
    visited, last_new = feed.fetched_at, feed.last_new_at
    if feed.stopped_at:
        return f"stopped: it is gone since {feed.stopped_at:%Y-%m-%d}; remove it, or add its new address"
    if feed.failing:
        return f"the last {counted(feed.failing, 'visit')} failed: {feed.error or 'see `newsig failures`'}"
    if visited is None:
        return "never visited: see `newsig collect`"
    if now - visited > UNVISITED and (feed.not_before is None or feed.not_before < now):
        return f"not visited since {visited:%Y-%m-%d}: see `newsig collect`"
    if last_new and now - last_new > STALE:
        return f"nothing new since {last_new:%Y-%m-%d}: look whether it is still kept up"
    return None


def _damage(db: Database) -> list[str]:
    """What does not fit together in the file, in SQLite's words; the first of it."""
    try:
        found = [words for (words,) in db.execute("PRAGMA integrity_check(5)") if words != "ok"]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    if found:  # the rows themselves cannot be asked then
        return found
    orphans = db.execute("SELECT count(*) FROM pragma_foreign_key_check").fetchone()[0]
    return [f"{counted(orphans, 'row')} whose other half is missing"] if orphans else []
