"""Opening the database, its numbered migrations, and the one way to write to it.

The schema's number is SQLite's own ``user_version``: the count of files in ``migrations/`` that were applied. Each file
is applied in one transaction with its number, so a file is never half upgraded, and two programs that create the same
database at once do it one after the other.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.utils import dedupe_keys

from newsig.errors import StoreError
from newsig.store.settling import settle_all

MEMORY = ":memory:"
BUSY_SECONDS = 30.0
"""How long one writer waits for another."""

APPLICATION_ID = 0x6E736967
"""Marks the file as newsig's own ("nsig"), so that no other program's database is ever written to."""

SENTENCES = {
    "SQLITE_BUSY": "{place} is being written to by another program: try again when that has finished",
    "SQLITE_CANTOPEN": "{place} cannot be opened: check that its folder exists and that both may be written to",
    "SQLITE_CONSTRAINT": "{place}: nothing was stored, because it does not fit the tables: please report it",
    "SQLITE_CORRUPT": "{place} is damaged ({error}): restore it from a copy",
    "SQLITE_FULL": "no room is left for {place}: make room and run the command again; what was stored before is whole",
    "SQLITE_INTERRUPT": "{place}: reading it took too long: ask for less",
    "SQLITE_IOERR": "{place} cannot be read or written ({error}): check the disk; what was stored before is whole",
    "SQLITE_NOTADB": "{place} is no SQLite database: choose another file",
    "SQLITE_READONLY": "{place} cannot be written to: check the permissions of the file and of its folder",
    "SQLITE_TOOBIG": "{place}: nothing was stored, because it is larger than SQLite's limit",
}
"""What SQLite's errors mean to a person, by the first two words of SQLite's name for them."""

OF_ONE_RECORD = frozenset({"SQLITE_CONSTRAINT", "SQLITE_TOOBIG", "SQLITE_MISMATCH"})
"""Errors that say something of what was to be stored; all others are of the database itself."""

PASSING = frozenset({"SQLITE_BUSY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_NOMEM"})
"""Errors that may be gone the next time."""

TURN = 0.2
"""Seconds after which a writer that waits for another looks up: SQLite itself would wait without hearing a signal."""

FINISHING: Mapping[int, Callable[[Database], None]] = {3: settle_all}
"""What a script leaves to do that SQL cannot say, by the script's number; done in its transaction."""


@cache
def migrations() -> tuple[str, ...]:
    """The SQL scripts that lead from an empty file to the present schema, in their order."""
    folder = files("newsig.store").joinpath("migrations")
    scripts = sorted(folder.iterdir(), key=lambda script: script.name)
    return tuple(script.read_text(encoding="utf-8") for script in scripts if script.name.endswith(".sql"))


def open_db(path: str | Path, *, create: bool = True, busy: float = BUSY_SECONDS) -> Database:
    """The database at ``path``, created or upgraded where need be; ``:memory:`` is one that nobody else sees.

    Foreign keys hold, every commit is on disk when it returns, and readers never wait for writers; a writer waits up
    to ``busy`` seconds for another. Use it in a ``with`` statement, which closes it.

    Raises:
        StoreError: the file is absent and ``create`` is false, cannot be opened, is no database or another program's,
            or was written by a newer newsig.
    """
    if not create:
        must_exist(path)
    with plain_errors(str(path)):
        connection = sqlite3.connect(str(path), timeout=busy)
        try:
            db = Database(connection, execute_plugins=False)
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA synchronous = FULL")
            outdated = schema_version(db, str(path), len(migrations())) < len(migrations())
            _waiting(busy, db.enable_wal)
            if outdated:
                migrate(db, migrations(), place=str(path))
        except BaseException:
            connection.close()
            raise
    return db


def must_exist(path: str | Path) -> None:
    """Raises `StoreError` where there is no database at ``path``."""
    if path != MEMORY and not Path(path).is_file():
        raise StoreError(
            f"no database at {path}: name another file, or make one with newsig ingest or newsig feeds add"
        )


def migrate(db: Database, scripts: Sequence[str], *, place: str = MEMORY) -> None:
    """Apply the scripts that the database lacks, each in one transaction with its number.

    Raises:
        StoreError: as for `open_db`, or a script failed, which leaves the database as it was before that script.
    """
    for number, script in enumerate(scripts, start=1):
        with transaction(db):
            if schema_version(db, place, len(scripts)) < number:
                for statement in _statements(script):
                    db.execute(statement)
                if number in FINISHING:
                    FINISHING[number](db)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
                db.execute(f"PRAGMA user_version = {number:d}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one at a time: as a whole, Python would commit before it, and sqlite-utils look at
    every single character."""
    statement = ""
    for piece in script.split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def schema_version(db: Database, place: str, known: int) -> int:
    """The number of the file's schema, read with its owner in one transaction.

    Raises:
        StoreError: it is another program's file, or its number is above ``known``.
    """
    with db.atomic():
        (owner,) = db.execute("PRAGMA application_id").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
        (objects,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if owner != APPLICATION_ID and (owner or version or objects):
        raise StoreError(f"{place} is another program's database: choose another file")
    if version > known:
        raise StoreError(
            f"{place} was written by a newer newsig (schema {version}, this one knows {known}): upgrade newsig"
        )
    return int(version)


def _waiting(seconds: float, act: Callable[[], object]) -> None:
    """Do what SQLite refuses while another program writes, again and again until that long has passed.

    SQLite's own wait is none for some things, such as the switch to WAL, and hears no signal."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            act()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin(db: Database) -> None:
    """Become the one writer, after waiting for another as long as the connection is set to."""
    (wait,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute(f"PRAGMA busy_timeout = {min(wait, int(TURN * 1000)):d}")
    try:
        _waiting(wait / 1000, lambda: db.execute("BEGIN IMMEDIATE"))
    finally:
        db.execute(f"PRAGMA busy_timeout = {wait:d}")


@contextmanager
def transaction(db: Database, what: str = "") -> Iterator[None]:
    """All that is written inside is kept together or, on any error, not at all.

    It starts with ``BEGIN IMMEDIATE``: a transaction that first reads and then writes would be refused, without any
    wait, whenever another program wrote in between. Inside another transaction it is a part of that one. ``what``
    names the thing being written, for the error's sentence.

    Raises:
        StoreError: SQLite could not write it.
    """
    with plain_errors(_place(db), what):
        if db.conn.in_transaction:
            with db.atomic():
                yield
            return
        _begin(db)
        try:
            yield
            db.commit()
        except BaseException:
            db.rollback()
            raise


def rows(db: Database, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[dict[str, Any]]:
    """The rows that a query gives, one at a time, as dictionaries.

    Raises:
        StoreError: SQLite could not read them.
    """
    with plain_errors(lambda: _place(db)):
        found = db.execute(sql, parameters if isinstance(parameters, Sequence) else dict(parameters))
        names = dedupe_keys(column[0] for column in found.description)
        for row in found:
            yield dict(zip(names, row, strict=True))


@contextmanager
def plain_errors(place: str | Callable[[], str], what: str = "") -> Iterator[None]:
    """Say in a sentence what SQLite, or text that it cannot hold, means by an error at a ``place``, told only then."""
    prefix = f"{what}: " if what else ""
    try:
        yield
    except sqlite3.Error as error:
        name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
        where = place if isinstance(place, str) else place()
        sentence = SENTENCES.get(name, "{place}: {error}").format(place=where, error=error)
        whole = bool(name) and name not in OF_ONE_RECORD
        raise StoreError(f"{prefix}{sentence}", for_all=whole, passing=name in PASSING) from error
    except UnicodeEncodeError as error:
        broken = error.object[error.start : error.start + 1]
        raise StoreError(f"{prefix}the text holds {broken!r}, half a character, which no file can hold") from error
    except OverflowError as error:
        raise StoreError(f"{prefix}a number is larger than a database can hold") from error


def _place(db: Database) -> str:
    return next((file for _, name, file in db.execute("PRAGMA database_list") if name == "main" and file), MEMORY)
