"""The tone of articles towards one target, as records, earliest article first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from newsig.records import Sentiment
from newsig.store.filters import conditions, days
from newsig.store.finding import MANY
from newsig.store.rows import from_row
from newsig.store.schema import rows

ON_TARGET = """
SELECT version_id FROM sentiments WHERE symbol = :target UNION SELECT version_id FROM sentiments WHERE segment = :target
"""
BY_TARGET = f"n.id IN ({ON_TARGET})"
BY_DAYS = """(
  EXISTS (SELECT 1 FROM sentiments WHERE symbol = :target AND version_id = n.id)
  OR EXISTS (SELECT 1 FROM sentiments WHERE segment = :target AND version_id = n.id))
"""
OF_DAYS = "(n.published_utc IS NULL OR n.published_utc BETWEEN :since AND :until)"
"""The articles on a target of some days: looked for among those on the target where these are few, else among those of
the days."""

SIZE = f"""
SELECT count(*) AS size FROM (
  SELECT 1 FROM sentiments WHERE symbol = :target UNION ALL SELECT 1 FROM sentiments WHERE segment = :target
  LIMIT {MANY})
"""  # noqa: S608 - our own number
TONED = """
SELECT
  v.id, v.article_id, v.title, v.published, v.published_utc, coalesce(v.published_utc, v.seen_at) AS at
FROM article_versions AS n INDEXED BY {index} CROSS JOIN article_versions AS v ON v.id = n.id
WHERE n.current = 1 AND {where} ORDER BY at, v.id
"""
FOUND = """
SELECT s.*, coalesce(s.symbol = ?, 0) OR coalesce(s.segment = ?, 0) AS ours
FROM sentiments AS s WHERE s.version_id = ? ORDER BY s.start, s.id
"""
WAITING = """
SELECT count(*) AS unread, count(CASE WHEN EXISTS (
  SELECT 1 FROM failures AS f WHERE f.stage = 'process' AND f.place = coalesce(a.origin, a.id)) THEN 1 END) AS failed
FROM article_versions AS v JOIN articles AS a ON a.id = v.article_id
WHERE v.current = 1 AND v.run_id IS NULL AND {where}
"""
GLANCE = "versions_at_a_glance"
TARGET_NAME = """
SELECT symbol AS name FROM instruments WHERE symbol = :target UNION ALL SELECT id FROM segments WHERE id = :target
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toned:
    """An article with the tone of its sentences towards the target (``ours``) and towards ``others``.

    ``published`` is a day or moment as it was given, ``day`` that day in UTC, both null where it is not known; ``at``
    is the moment of publication, or that at which the article was first seen so.
    """

    version_id: int
    article_id: str
    title: str | None
    published: str | None
    day: date | None
    at: datetime
    ours: tuple[Sentiment, ...]
    others: tuple[Sentiment, ...]


def toned(db: Database, target: str, *, since: date | None = None, until: date | None = None) -> Iterator[Toned]:
    """The current articles that speak of the target, a symbol or the id of a segment in any case, earliest first.

    A segment takes in its instruments. ``since`` and ``until`` are days in UTC, both included; articles of unknown date
    come in any case, where they were first seen. Articles of one moment come in the order in which they were stored,
    and one at a time.
    """
    for head in _heads(db, target, since, until):
        found = list(rows(db, FOUND, (target, target, head["id"])))
        ours, others = (
            tuple(from_row(Sentiment, row) for row in found if bool(row["ours"]) == wanted) for wanted in (True, False)
        )
        yield Toned(
            version_id=head["id"],
            article_id=head["article_id"],
            title=head["title"],
            published=head["published"],
            day=date.fromisoformat(head["published_utc"][:10]) if head["published_utc"] else None,
            at=datetime.fromisoformat(head["at"]),
            ours=ours,
            others=others,
        )


def toned_versions(
    db: Database, target: str, *, since: date | None = None, until: date | None = None, undated: bool = True
) -> list[int]:
    """The numbers of the versions that `toned` gives; without those of unknown date where ``undated`` is false."""
    found = _heads(db, target, since, until)
    return [head["id"] for head in found if undated or head["published_utc"]]


def _heads(db: Database, target: str, since: date | None, until: date | None) -> Iterator[dict[str, Any]]:
    bounds = days(since, until)
    if bounds is None:
        return rows(db, TONED.format(index=GLANCE, where=BY_TARGET), {"target": target})
    (row,) = rows(db, SIZE, {"target": target})
    index, of_target = (GLANCE, BY_TARGET) if row["size"] < MANY else ("versions_by_published", BY_DAYS)
    sql = TONED.format(index=index, where=f"{of_target} AND {OF_DAYS}")
    return rows(db, sql, {"target": target, "since": bounds[0], "until": bounds[1]})


def waiting(db: Database, *, since: date | None = None, until: date | None = None) -> tuple[int, int]:
    """How many current articles of these days (UTC) were never processed, and how many could not be."""
    where, given = conditions({"days": "v.published_utc BETWEEN ? AND ?"}, {"days": days(since, until)})
    (row,) = rows(db, WAITING.format(where=where), given)
    return row["unread"] - row["failed"], row["failed"]


def target_name(db: Database, target: str) -> str:
    """A symbol or the id of a segment as the tables write it; as it was given where they do not know it."""
    return next((str(row["name"]) for row in rows(db, TARGET_NAME, {"target": target})), target)
