"""The feeds that are collected, and how their last fetch went."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from newsig.store.rows import in_utc
from newsig.store.schema import rows, transaction

UPDATE = """
UPDATE feeds SET
  fetched_at = :fetched_at, status = :status, error = :error, title = coalesce(:title, title),
  etag = iif(:whole, :etag, coalesce(:etag, etag)),
  last_modified = iif(:whole, :last_modified, coalesce(:last_modified, last_modified))
WHERE url = :url
"""


def add_feed(db: Database, url: str, added_at: datetime) -> bool:
    """Subscribe to a feed; false where that was done before."""
    with transaction(db, f"feed {url!r}"):
        cursor = db.execute(
            "INSERT INTO feeds (url, added_at) VALUES (?, ?) ON CONFLICT (url) DO NOTHING", (url, in_utc(added_at))
        )
        return cursor.rowcount == 1


def remove_feed(db: Database, url: str) -> bool:
    """Give up a feed; its articles stay. False where it was none."""
    with transaction(db, f"feed {url!r}"):
        return db.execute("DELETE FROM feeds WHERE url = ?", (url,)).rowcount == 1


def list_feeds(db: Database) -> list[dict[str, Any]]:
    """The feeds in the order in which they were added, as rows of plain JSON values."""
    return list(rows(db, "SELECT * FROM feeds ORDER BY added_at, url"))


def update_feed(
    db: Database,
    url: str,
    *,
    fetched_at: datetime,
    status: int | None,
    error: str | None = None,
    title: str | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
) -> None:
    """Note how a fetch went.

    ``status`` is HTTP's, null where no answer came; ``error`` a sentence for a person, null where all is well.
    ``etag`` and ``last_modified`` are the server's own words: a whole answer (200, no error) sets them, even to null;
    any other changes only those that it brought.
    """
    with transaction(db, f"feed {url!r}"):
        db.execute(
            UPDATE,
            {
                "url": url,
                "fetched_at": in_utc(fetched_at),
                "status": status,
                "error": error,
                "title": title,
                "etag": etag,
                "last_modified": last_modified,
                "whole": status == 200 and error is None,
            },
        )
