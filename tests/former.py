"""Databases as earlier versions of newsig left them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from newsig.store.schema import APPLICATION_ID, migrations


def former_db(path: Path, schema: int, rows: str) -> Path:
    """A database of an earlier schema, by its number, with these rows."""
    connection = sqlite3.connect(path)
    for script in (*migrations()[:schema], rows):
        connection.executescript(script)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {schema}")
    connection.close()
    return path
