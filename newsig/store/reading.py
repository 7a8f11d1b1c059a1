"""Opening a database where nothing can be written: from read-only media, or as somebody who may only read.

SQLite reads a file in WAL mode with two more files beside it, and makes these where they are not there. Where it may
not, and nobody is writing, the file itself holds everything and can be read without them.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from newsig.errors import StoreError
from newsig.store.schema import MEMORY, migrations, must_exist, plain_errors, schema_version

UPGRADE_IT = "must be brought up to date: any newsig command that may write to it does that, such as newsig failures"
COPY_IT = "cannot be brought up to date where it is: copy it to a folder that may be written to"
UNOPENED = frozenset({"SQLITE_CANTOPEN", "SQLITE_READONLY"})
"""The first two words of what SQLite says where it may not make its files."""


def may_be_written(path: str | Path) -> bool:
    """Whether this user may write to the file and make others beside it."""
    file = Path(path).absolute()
    return path == MEMORY or (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def open_to_read(path: str | Path) -> Database:
    """The database at ``path`` as it stands; nothing is created, upgraded or written.

    Raises:
        StoreError: the file is absent, no database, another program's or of another schema; or a part of it is in a
            ``-wal`` file that cannot be read where it is.
    """
    must_exist(path)
    place = str(path)
    with plain_errors(place):
        try:
            return _opened(path, "mode=ro")
        except sqlite3.OperationalError as error:
            if "_".join(error.sqlite_errorname.split("_")[:2]) not in UNOPENED or not os.access(path, os.R_OK):
                raise
        wal = Path(f"{place}-wal")
        if wal.is_file() and wal.stat().st_size:
            raise StoreError(
                f"{place} was copied or cut off while it was written to, and its newest rows in {wal} cannot be read "
                f"here: copy both to a folder that may be written to"
            )
        return _opened(path, "immutable=1")


def _opened(path: str | Path, how: str) -> Database:
    connection = sqlite3.connect(f"{Path(path).absolute().as_uri()}?{how}", uri=True)
    try:
        db = Database(connection, execute_plugins=False)
        version = schema_version(db, str(path), len(migrations()))
        if version < len(migrations()):
            cure = UPGRADE_IT if may_be_written(path) else COPY_IT
            raise StoreError(
                f"{path} was written by an older newsig (schema {version}, this one reads {len(migrations())}) and "
                f"{cure}"
            )
    except BaseException:
        connection.close()
        raise
    return db
