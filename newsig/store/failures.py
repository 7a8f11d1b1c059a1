"""What could not be taken in, and the bytes that could not be read."""

from __future__ import annotations

import zlib
from datetime import datetime

from sqlite_utils import Database

from newsig.records import Failure
from newsig.store.rows import in_utc
from newsig.store.schema import transaction

KEPT_BYTES = 1024 * 1024
"""Of bytes that could not be read, how many are kept."""

KEPT_BODIES = 200
"""How many failures have their bytes kept, the latest ones: a feed may break anew every quarter of an hour."""

ENOUGH = """
DELETE FROM failed_bodies WHERE failure_id NOT IN (SELECT failure_id FROM failed_bodies ORDER BY at DESC LIMIT ?)
"""


def record_failure(db: Database, failure: Failure, at: datetime, run_id: int | None = None) -> None:
    """Keep a failure; the same one met again counts one more in ``seen`` and moves ``at`` to its last time."""
    with transaction(db, "failure"):
        db.execute(
            "INSERT INTO failures (at, stage, place, reason, run_id) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (stage, place, reason) DO UPDATE SET "
            "at = excluded.at, run_id = excluded.run_id, seen = seen + 1",
            (in_utc(at), *_named(failure), run_id),
        )


def keep_body(db: Database, failure: Failure, body: bytes, content_type: str | None, at: datetime) -> None:
    """Keep the bytes that a failure is about, in place of those of the last time: of many the first `KEPT_BYTES`, and
    of the latest `KEPT_BODIES` failures."""
    with transaction(db, "failure"):
        db.execute(
            "INSERT INTO failed_bodies (failure_id, at, content_type, size, body) "
            "SELECT id, ?, ?, ?, ? FROM failures WHERE stage = ? AND place = ? AND reason = ? "
            "ON CONFLICT (failure_id) DO UPDATE SET at = excluded.at, content_type = excluded.content_type, "
            "size = excluded.size, body = excluded.body",
            (in_utc(at), content_type, len(body), zlib.compress(body[:KEPT_BYTES]), *_named(failure)),
        )
        db.execute(ENOUGH, (KEPT_BODIES,))


def _named(failure: Failure) -> tuple[str, ...]:
    return tuple(printable(text) for text in (failure.stage, failure.place, failure.reason))


def printable(text: str) -> str:
    """A text that every file can hold: names of files may have half characters in them, answers a NUL; a failure is for
    people, so these are written out."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")
