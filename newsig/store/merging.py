"""What a user decides about sources: that several are one, and that what was merged is not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from newsig.errors import StoreError
from newsig.store import ledger
from newsig.store.filters import select
from newsig.store.identity import Form, anchors
from newsig.store.rows import in_utc
from newsig.store.schema import rows, transaction
from newsig.store.settling import rearrange

MERGES = """
SELECT
  id AS merge_id, kept_id, kept_name, merged_id, merged_name,
  (SELECT group_concat(form, '; ') FROM
    (SELECT iif(organisation IS NULL, name, name || ' (' || organisation || ')') AS form
     FROM source_merge_names WHERE merge_id = m.id ORDER BY name_id)) AS forms,
  made_by, made_at, undone_by, undone_at
FROM source_merges AS m
"""
FORMS = """
SELECT n.id, n.name, n.organisation, n.type, c.source_id AS chosen
FROM source_names AS n LEFT JOIN source_choices AS c ON c.name_id = n.id WHERE n.source_id = ? ORDER BY n.id
"""
LIST_THEM = "`newsig sources` lists them with their numbers"


def merge(db: Database, keep: int, others: Sequence[int], at: datetime) -> list[int]:
    """Make sources one for good, under the number ``keep``; returns the numbers of the merges, one for each other.

    No rule and no later article parts them again; `unmerge` does.

    Raises:
        StoreError: a number is none of a source, or ``keep`` is among the others.
    """
    with transaction(db, "sources"):
        for source_id in (keep, *others):
            _check(db, source_id)
        if keep in others:
            raise StoreError(f"source {keep} cannot be merged into itself: name another one")
        theirs = {other: _forms(db, other) for other in others}
        made = [_merge(db, keep, other, forms, in_utc(at)) for other, forms in theirs.items()]
        _follow(db, _forms(db, keep), in_utc(at), {keep, *others})
        return made


def _check(db: Database, source_id: int) -> None:
    if ledger.exists(db, source_id):
        return
    kept = ledger.standing_for(db, source_id)
    if kept != source_id and ledger.exists(db, kept):
        raise StoreError(f"source {source_id} is a part of source {kept} by now: name that one instead")
    raise StoreError(f"there is no source {source_id}: {LIST_THEM}")


def _merge(db: Database, keep: int, other: int, forms: Sequence[Form], at: str) -> int:
    merge_id = ledger.record(db, keep, other, [form.id for form in forms], "user", at)
    _choose(db, _forms(db, keep), keep)
    _choose(db, forms, keep)
    _bring(db, forms, keep)
    return merge_id


def unmerge(db: Database, merge_id: int, at: datetime) -> int:
    """Part for good what a merge, by a rule or a user, made one; returns the number of the source that came back.

    Raises:
        StoreError: there is no such merge, it was undone before, or none of what it moved is still there.
    """
    with transaction(db, "sources"):
        made = next(rows(db, "SELECT * FROM source_merges WHERE id = ?", (merge_id,)), None)
        if made is None:
            raise StoreError(f"there is no merge {merge_id}: `newsig sources merges` lists them with their numbers")
        if made["undone_at"] is not None:
            raise StoreError(f"merge {merge_id} was undone before, on {made['undone_at'][:10]}: nothing is left to do")
        kept, parted = ledger.standing_for(db, made["kept_id"]), int(made["merged_id"])
        those = ledger.moved(db, merge_id)
        back = [form for form in _forms(db, kept) if form.id in those]
        if not back:
            raise StoreError(f"nothing that merge {merge_id} moved is left in source {kept}: there is nothing to undo")
        ledger.bring_back(db, parted, made["merged_name"], "user", in_utc(at))
        if made["made_by"] == "rule":  # else those that stay were chosen when it was made
            _choose(db, [form for form in _forms(db, kept) if form.id not in those], kept)
        _choose(db, back, parted)
        _bring(db, back, parted)
        _follow(db, [*back, *_forms(db, kept)], in_utc(at), {kept, parted})
        return parted


def merges(db: Database, *, by: str | None = None, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """What was merged into what, by whom and when, and what of it was undone, latest first, as plain JSON values.

    ``by`` is ``rule`` or ``user``.
    """
    return select(db, MERGES, {"by": "made_by = ?"}, {"by": by}, limit, "id DESC")


def _forms(db: Database, source_id: int) -> list[Form]:
    return [
        Form(id=row["id"], name=row["name"], organisation=row["organisation"], type=row["type"], chosen=row["chosen"])
        for row in rows(db, FORMS, (source_id,))
    ]


def _choose(db: Database, forms: Collection[Form], source_id: int) -> None:
    """Note that a user gave these forms to the source: those that tell it from others, which the others follow.

    Those that were given to a source before are given anew, or they would stay with that one.
    """
    those = {form.id for form in anchors(forms)} | {form.id for form in forms if form.chosen is not None}
    db.conn.executemany(
        "INSERT INTO source_choices (name_id, source_id) VALUES (?, ?) "
        "ON CONFLICT (name_id) DO UPDATE SET source_id = excluded.source_id",
        [(form_id, source_id) for form_id in sorted(those)],
    )


def _bring(db: Database, forms: Iterable[Form], source_id: int) -> None:
    db.conn.executemany("UPDATE source_names SET source_id = ? WHERE id = ?", [(source_id, form.id) for form in forms])


def _follow(db: Database, forms: Iterable[Form], at: str, touched: set[int]) -> None:
    """Let those that no user decided about follow by the rules."""
    compared = {
        (row["key"], row["initials"])
        for form in forms
        for row in rows(db, "SELECT key, initials FROM source_names WHERE id = ?", (form.id,))
    }
    rearrange(db, compared, at, touched)
