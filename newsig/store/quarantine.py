"""Articles that could not be read, set aside so that they are not tried again and again."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from newsig.records import Failure
from newsig.store.failures import record_failure
from newsig.store.schema import transaction


def set_aside(db: Database, version_id: int, failure: Failure, run_id: int, at: datetime) -> None:
    """Keep a failure, and that this version of an article was not readable to that run: `unprocessed` gives it again
    under another fingerprint."""
    with transaction(db, "failure"):
        record_failure(db, failure, at, run_id)
        db.execute(
            "INSERT INTO quarantine (version_id, run_id, reason) SELECT id, ?, ? FROM article_versions WHERE id = ? "
            "ON CONFLICT (version_id) DO UPDATE SET run_id = excluded.run_id, reason = excluded.reason",
            (run_id, failure.reason, version_id),
        )


def take_up_again(db: Database, fingerprint: str) -> int:
    """Have `unprocessed` give what was set aside under a fingerprint again; returns how many articles that are."""
    with transaction(db, "quarantine"):
        runs = "SELECT id FROM runs WHERE fingerprint = ?"
        found = db.execute(f"DELETE FROM quarantine WHERE run_id IN ({runs})", (fingerprint,))  # noqa: S608 - our own
        return found.rowcount
