"""The ledger of sources: rows that come and come back, and what was merged into what.

Nothing here opens a transaction: it is a part of whoever saves findings, merges sources or upgrades a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sqlite_utils import Database

By = Literal["rule", "user"]

ADD_SOURCE = "INSERT INTO sources (id, name, first_seen, last_seen) VALUES (?, ?, '', '')"
"""What else a source's row says is filled in from its forms."""

RECORD = """
INSERT INTO source_merges (kept_id, kept_name, merged_id, merged_name, made_by, made_at)
VALUES (:kept,
  coalesce((SELECT name FROM sources WHERE id = :kept), ''), :merged,
  coalesce((SELECT name FROM sources WHERE id = :merged),
    (SELECT merged_name FROM source_merges WHERE merged_id = :merged ORDER BY id DESC LIMIT 1), ''), :by, :at)
"""
RECORD_FORM = """
INSERT INTO source_merge_names (merge_id, name_id, name, organisation)
SELECT ?, id, name, organisation FROM source_names WHERE id = ?
"""
STANDING = """
SELECT m.id, m.merged_id FROM source_merge_names AS x JOIN source_merges AS m ON m.id = x.merge_id
WHERE x.name_id = ? AND m.made_by = 'rule' AND m.undone_at IS NULL ORDER BY m.id DESC
"""


def add_source(db: Database, name: str) -> int:
    """A row for a new source, under a number that no source had before; returns the number."""
    return int(db.execute(ADD_SOURCE, [None, name]).lastrowid or 0)


def bring_back(db: Database, source_id: int, name: str, by: By, at: str) -> None:
    """The row of a source that was merged, under its own number, where it lacks one; the merge holds no more."""
    if not exists(db, source_id):  # files of before have merges that left their source where it was
        db.execute(ADD_SOURCE, [source_id, name])
    db.execute(
        "UPDATE source_merges SET undone_by = ?, undone_at = ? WHERE merged_id = ? AND undone_at IS NULL",
        [by, at, source_id],
    )


def exists(db: Database, source_id: int) -> bool:
    """Whether there is a source of that number."""
    return db.execute("SELECT 1 FROM sources WHERE id = ?", [source_id]).fetchone() is not None


def record(db: Database, kept: int, merged: int, forms: Iterable[int], by: By, at: str) -> int:
    """Note that a source was merged into another one, with the forms that moved; returns the merge's number."""
    merge_id = int(db.execute(RECORD, {"kept": kept, "merged": merged, "by": by, "at": at}).lastrowid or 0)
    db.conn.executemany(RECORD_FORM, [(merge_id, form) for form in sorted(forms)])
    return merge_id


def undo(db: Database, merge_id: int, by: By, at: str) -> None:
    """Note that a merge holds no more."""
    db.execute("UPDATE source_merges SET undone_by = ?, undone_at = ? WHERE id = ?", [by, at, merge_id])


def moved(db: Database, merge_id: int) -> frozenset[int]:
    """The forms that a merge moved."""
    found = db.execute("SELECT name_id FROM source_merge_names WHERE merge_id = ?", [merge_id])
    return frozenset(name_id for (name_id,) in found)


def standing(db: Database, forms: Iterable[int]) -> dict[int, int]:
    """The merges by rule that moved these forms and still hold, latest first, each with the source that it merged."""
    found = {merge_id: merged for form in forms for merge_id, merged in db.execute(STANDING, [form])}
    return dict(sorted(found.items(), reverse=True))


def standing_for(db: Database, source_id: int) -> int:
    """The source that stands for another one by now: that which it was merged into, and so on; or itself."""
    while not exists(db, source_id):
        row = db.execute(
            "SELECT kept_id FROM source_merges WHERE merged_id = ? AND undone_at IS NULL ORDER BY id DESC", [source_id]
        ).fetchone()
        if row is None:
            break
        (source_id,) = row
    return source_id
