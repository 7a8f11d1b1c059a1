"""Which versions of stories are copies of one another: sketches to find them by, and the links between them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from newsig.store.schema import rows, transaction
from newsig.store.signals import PRINTED, SEEN
from newsig.store.versions import COPIED_WITHIN

RULES = 1
"""Which rules the stored links follow; with a greater number every version is looked at again."""

PAGE = 50
WEEK = timedelta(days=7)
MOST = 400
"""Buckets asked for in one statement: SQLite takes at least 999 values."""

UNSKETCHED = """
SELECT v.id, v.article_id, v.text, coalesce(v.published_utc, v.seen_at) AS at
FROM article_versions AS n INDEXED BY versions_at_a_glance CROSS JOIN article_versions AS v ON v.id = n.id
WHERE n.id > :after AND NOT EXISTS (SELECT 1 FROM sketches AS s WHERE s.version_id = n.id)
ORDER BY n.id LIMIT :page
"""
NEAR = """
SELECT DISTINCT v.id FROM sketch_bands AS b
JOIN sketches AS s ON s.version_id = b.version_id AND s.at BETWEEN {first} AND {last}
JOIN article_versions AS v ON v.id = b.version_id AND v.article_id <> ?
WHERE b.week = {week} AND b.bucket IN ({marks})
"""
TEXT = "SELECT text FROM article_versions WHERE id = ?"
SAVE_SKETCH = "INSERT INTO sketches (version_id, rules, at, week, words) VALUES (?, ?, ?, ?, ?)"
SAVE_BAND = "INSERT OR IGNORE INTO sketch_bands (week, bucket, version_id) VALUES (?, ?, ?)"
SAVE_COPY = "INSERT OR REPLACE INTO copies (version_id, other_id, words) VALUES (?, ?, ?)"

REACHED = """
WITH RECURSIVE reached (id) AS (
  SELECT value FROM json_each(:ids) UNION SELECT c.other_id FROM reached JOIN copies AS c ON c.version_id = reached.id)
"""
LINKS = f"{REACHED} SELECT c.* FROM reached JOIN copies AS c ON c.version_id = reached.id"  # noqa: S608
AS_THEY_STAND = f"""
{REACHED}
SELECT v.id FROM reached JOIN article_versions AS v ON v.id = reached.id AND v.current = 1
JOIN sketches AS s ON s.version_id = v.id JOIN articles AS a ON a.id = v.article_id
ORDER BY coalesce(v.published_utc, v.seen_at), s.words DESC, a.first_seen, v.id
"""  # noqa: S608 - our own words
AS_THEY_CAME = f"""
{REACHED},
known AS (SELECT v.id, v.article_id, v.version, {{at}} AS at FROM article_versions AS v WHERE v.article_id IN
  (SELECT w.article_id FROM reached JOIN article_versions AS w ON w.id = reached.id)),
latest AS (SELECT *, max(version) AS version FROM known WHERE at < :until GROUP BY article_id)
SELECT v.id FROM latest AS v JOIN sketches AS s ON s.version_id = v.id JOIN articles AS a ON a.id = v.article_id
WHERE v.id IN (SELECT id FROM reached)
ORDER BY v.at, s.words DESC, a.first_seen, v.id
"""  # noqa: S608 - our own words
LINKED = """
SELECT v.id FROM article_versions AS v WHERE v.current = 1 AND EXISTS (
  SELECT 1 FROM copies AS c JOIN article_versions AS o ON o.id = c.other_id AND o.current = 1 WHERE c.version_id = v.id)
"""
CURRENT = "SELECT id FROM article_versions WHERE current = 1 AND article_id IN (SELECT value FROM json_each(?))"
HEADS = """
SELECT v.id, v.article_id, v.version, a.publisher, v.published, v.seen_at,
  coalesce(v.published_utc, v.seen_at) AS at, v.title, a.url, s.words AS length
FROM article_versions AS v JOIN articles AS a ON a.id = v.article_id LEFT JOIN sketches AS s ON s.version_id = v.id
WHERE v.id IN (SELECT value FROM json_each(?))
"""
TO_COMPARE = """
SELECT count(*) AS waiting FROM article_versions AS v INDEXED BY versions_at_a_glance WHERE v.current = 1
AND NOT EXISTS (SELECT 1 FROM sketches AS s WHERE s.version_id = v.id AND s.rules = ?)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsketched:
    """A version that was not looked at for copies yet; ``at`` is when it appeared."""

    version_id: int
    article_id: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """Versions with all that they are linked to, in the order in which they count, and how much they share."""

    order: list[int]
    alike: dict[int, dict[int, float]]


def forget_other_rules(db: Database) -> None:
    """Where anything was looked at under other rules than the present ones, forget all that came of it."""
    if next(rows(db, "SELECT 1 FROM sketches WHERE rules <> ? LIMIT 1", (RULES,)), None):
        with transaction(db, "copies"):
            for table in ("sketch_bands", "copies", "sketches"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names


def unsketched(db: Database) -> Iterator[list[Unsketched]]:
    """The versions that were not looked at yet, in pages; no read stays open in between."""
    after = 0
    while page := list(rows(db, UNSKETCHED, {"after": after, "page": PAGE})):
        after = page[-1]["id"]
        yield [
            Unsketched(
                version_id=row["id"],
                article_id=row["article_id"],
                text=row["text"],
                at=datetime.fromisoformat(row["at"]),
            )
            for row in page
        ]


def may_be_alike(db: Database, version: Unsketched, buckets: Collection[int]) -> list[int]:
    """The versions of other articles that have a bucket in common and appeared at most seven days apart."""
    at, reach = _seconds(version.at), int(COPIED_WITHIN.total_seconds())
    found: set[int] = set()
    wanted = sorted(set(buckets))
    for week in range(_week(at - reach), _week(at + reach) + 1):
        for start in range(0, len(wanted), MOST):
            some = wanted[start : start + MOST]
            marks = ", ".join("?" * len(some))
            sql = NEAR.format(first=at - reach, last=at + reach, week=week, marks=marks)
            found.update(row["id"] for row in rows(db, sql, (version.article_id, *some)))
    return sorted(found)


def is_sketched(db: Database, version: Unsketched) -> bool:
    """Whether a version was looked at since, as by another program beside this one."""
    return next(rows(db, "SELECT 1 FROM sketches WHERE version_id = ?", (version.version_id,)), None) is not None


def text_of(db: Database, version_id: int) -> str:
    """The text of a version."""
    (row,) = rows(db, TEXT, (version_id,))
    return str(row["text"])


def save_sketch(
    db: Database, version: Unsketched, *, words: int, buckets: Iterable[int], alike: Mapping[int, float]
) -> None:
    """Keep that a version was looked at, with its buckets and the versions that are copies of it or it of them."""
    number, at = version.version_id, _seconds(version.at)
    with transaction(db, f"article {version.article_id!r}"):
        db.execute(SAVE_SKETCH, (number, RULES, at, _week(at), words))
        db.conn.executemany(SAVE_BAND, [(_week(at), bucket, number) for bucket in buckets])
        db.conn.executemany(SAVE_COPY, [(number, other, share) for other, share in alike.items()])
        db.conn.executemany(SAVE_COPY, [(other, number, share) for other, share in alike.items()])


def _seconds(at: datetime) -> int:
    return int((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())


def _week(seconds: int) -> int:
    return seconds // int(WEEK.total_seconds())


def kin_as_they_stand(db: Database, versions: Iterable[int]) -> Kin:
    """The current versions with all that they are linked to, by the moment of publication, or that at which they were
    first seen where it is not known; of one moment the longer one, then the one of the article seen first."""
    ids = {"ids": json.dumps(list(versions))}
    return Kin(order=[row["id"] for row in rows(db, AS_THEY_STAND, ids)], alike=_links(db, ids))


def kin_as_they_came(db: Database, versions: Iterable[int], *, archive: bool = False, as_of: date | None = None) -> Kin:
    """Versions with all that they are linked to, by the moment at which they became known: of each article the last
    version known by the end of ``as_of`` (UTC). ``archive`` and ``as_of`` are those of `newsig.store.signals`."""
    ids = {"ids": json.dumps(list(versions))}
    sql = AS_THEY_CAME.format(at=PRINTED if archive else SEEN)
    until = {"until": f"{(as_of or date.max).isoformat()}T24"}
    return Kin(order=[row["id"] for row in rows(db, sql, ids | until)], alike=_links(db, ids))


def _links(db: Database, ids: Mapping[str, Any]) -> dict[int, dict[int, float]]:
    alike: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for row in rows(db, LINKS, ids):
        alike[row["version_id"]][row["other_id"]] = row["words"]
    return dict(alike)


def linked(db: Database) -> list[int]:
    """The current versions that are a copy of another current one, or have one."""
    return [row["id"] for row in rows(db, LINKED)]


def current_versions(db: Database, articles: Iterable[str]) -> list[int]:
    """The numbers of the current versions of articles."""
    return [row["id"] for row in rows(db, CURRENT, (json.dumps(list(articles)),))]


def heads(db: Database, versions: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What names a version to a person, by its number; ``length`` is how many words were compared."""
    return {row["id"]: row for row in rows(db, HEADS, (json.dumps(list(versions)),))}


def to_compare(db: Database) -> int:
    """How many current articles were not looked at for copies yet."""
    (row,) = rows(db, TO_COMPARE, (RULES,))
    return int(row["waiting"])
