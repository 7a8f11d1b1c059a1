"""A copy of the database while others write to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from newsig.errors import StoreError
from newsig.store.schema import must_exist, plain_errors, schema_version

PAGES = 2000
"""Pages that are copied at a go, between which a signal is heard."""

ANY_SCHEMA = 2**31
BESIDE = ("-wal", "-journal")
"""What SQLite keeps beside a database that is in use."""


def back_up(
    path: str | Path, target: Path, *, replace: bool = False, on_pages: Callable[[int, int], None] | None = None
) -> int:
    """Copy the database at ``path`` as it stands at this moment, of whatever schema, and return the copy's size in
    bytes. Programs that write meanwhile are neither stopped nor copied in half.

    The copy is one file, which is checked before it gets its name. ``on_pages`` hears how many pages are done, of how
    many.

    Raises:
        StoreError: there is no database, the target is there and ``replace`` is false, is in use or is the database
            itself, it cannot be written, or the copy is damaged.
    """
    must_exist(path)
    _may_be_made(Path(path), target, replace=replace)
    part = target.with_name(f".{target.name}-{os.getpid()}.part")
    try:
        with (
            plain_errors(str(path)),
            closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)) as source,
        ):
            schema_version(Database(source, execute_plugins=False), str(path), ANY_SCHEMA)
            _copied(source, part, target, on_pages)
        size = part.stat().st_size
        _named(part, target, replace=replace)
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        for suffix in ("", *BESIDE, "-shm"):
            part.with_name(f"{part.name}{suffix}").unlink(missing_ok=True)
    return size


def _may_be_made(path: Path, target: Path, *, replace: bool) -> None:
    if target.exists() and path.samefile(target):
        raise StoreError(f"{target} is the database itself: name another file")
    if target.exists() and not replace:
        raise StoreError(f"{target} is there already: name another file, or say --replace")
    if any(target.with_name(f"{target.name}{suffix}").exists() for suffix in BESIDE):
        raise StoreError(f"{target} is a database that some program uses: name another file")


def _copied(source: sqlite3.Connection, part: Path, target: Path, on_pages: Callable[[int, int], None] | None) -> None:
    """Copy, in one read of the source, into a file of its own, and look whether it is whole."""
    with plain_errors(str(target)), closing(sqlite3.connect(part, isolation_level=None)) as copy:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on the source stands still
        source.backup(
            copy, pages=PAGES, progress=lambda _, left, pages: on_pages(pages - left, pages) if on_pages else None
        )
        copy.execute("PRAGMA journal_mode = DELETE")
        found = [words for (words,) in copy.execute("PRAGMA quick_check(1)")]
    if found != ["ok"]:
        raise StoreError(f"the copy is damaged, and so may be the database ({found[0]}): see `newsig doctor --deep`")


def _named(part: Path, target: Path, *, replace: bool) -> None:
    """Give the copy its name; where it must not replace anything, not even what came meanwhile."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    if replace:
        part.replace(target)
        return
    try:
        os.link(part, target)
    except FileExistsError:
        raise StoreError(f"{target} is there already: name another file, or say --replace") from None
    except OSError:  # a file system without links
        part.replace(target)
