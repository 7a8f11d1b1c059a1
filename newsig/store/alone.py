"""One `newsig run` for a database at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from newsig.errors import StoreError
from newsig.store.schema import MEMORY, must_exist, plain_errors

SUFFIX = "-running"


@contextmanager
def alone(path: str | Path) -> Iterator[None]:
    """While it lasts, nobody else gets here for the same database, in this or any other process.

    The lock is one of SQLite's, on an empty file beside the database: it ends with its holder, however that ends. The
    file stays, since whoever removed it could take it from under the next one.

    Raises:
        StoreError: somebody is here already, or there is no such database.
    """
    if path == MEMORY:
        yield
        return
    must_exist(path)
    with locked(
        f"{path}{SUFFIX}", f"another `newsig run` is at work on {path}: leave it to that one, or stop it first"
    ):
        yield


@contextmanager
def locked(file: str | Path, refusal: str) -> Iterator[None]:
    """While it lasts, nobody else gets here for the same lock file, which is made where it is not there.

    Raises:
        StoreError: somebody is here already, which ``refusal`` says, or the file cannot be made.
    """
    with plain_errors(str(file)), closing(sqlite3.connect(str(file), timeout=0)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            raise StoreError(refusal) from error
        yield
