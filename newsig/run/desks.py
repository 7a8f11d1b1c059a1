"""Where a command works, and what it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsig import instruments, store
from newsig.records import Failure
from newsig.settings import Settings, load

if TYPE_CHECKING:
    from sqlite_utils import Database


def now() -> datetime:
    """The time of day, in UTC."""
    return datetime.now(UTC)


def unheard(_: object) -> None:
    """The listener of those who do not listen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A database to write to, a clock, and who is told: ``on_failure`` each failure as it is stored, ``on_done`` how
    many articles, feeds, rows or claims were just dealt with, ``on_expected`` how many there are in all, where that is
    known."""

    db: Database
    clock: Callable[[], datetime] = now
    on_failure: Callable[[Failure], None] = unheard
    on_done: Callable[[int], None] = unheard
    on_expected: Callable[[int], None] = unheard

    def fail(self, failure: Failure, tally: Tally, run_id: int | None = None) -> None:
        """Store, count and tell a failure."""
        tally.failures += 1
        store.record_failure(self.db, failure, self.clock(), run_id)
        self.on_failure(failure)


@dataclass(slots=True)
class Tally:
    """What a command did: how many came out how, how many failures it stored, and what is worth a word besides."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: int = 0
    notes: list[str] = field(default_factory=list)


def open_database(
    path: str | Path, *, create: bool = True, settings: Settings | None = None, busy: float = store.BUSY_SECONDS
) -> Database:
    """The database at ``path``, up to date, with instruments and segments in it: the packaged ones and, before them,
    the user's own, which it puts in force. ``settings`` name them; None for those of this process. ``busy`` is how many
    seconds to wait for another program that writes.

    Raises:
        StoreError: see `newsig.store.schema.open_db`.
        SettingsError: the settings or the user's instruments or segments cannot be used.
    """
    settings = settings or load()
    instruments.choose(settings.instruments, settings.segments)
    db = store.open_db(path, create=create, busy=busy)
    try:
        store.sync_instruments(db, instruments.instruments().values(), instruments.segments().values())
    except BaseException:
        db.close()
        raise
    return db


def read_database(path: str | Path, *, settings: Settings | None = None) -> Database:
    """The database at ``path`` to be read only, with the user's instruments and segments in force.

    Where it may be written to it is first brought up to date like any other; where it may not, it is read as it is.

    Raises:
        StoreError: it is absent, no database, or cannot be read where it is, see `newsig.store.reading.open_to_read`.
        SettingsError: the settings or the user's instruments or segments cannot be used.
    """
    settings = settings or load()
    if store.may_be_written(path):
        db = open_database(path, create=False, settings=settings)
    else:
        instruments.choose(settings.instruments, settings.segments)
        db = store.open_to_read(path)
    db.execute("PRAGMA query_only = ON")
    return db
