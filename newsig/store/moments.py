"""The moments that a database holds: when it was last worked with, and when first."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from newsig.store.rows import in_utc
from newsig.store.schema import rows

LAST = 100
"""Versions and runs that are looked at, from the last one back: rows come in the order of their moments, but for those
that were written under a false clock."""

MOMENTS = f"""
SELECT seen_at AS moment FROM (SELECT seen_at FROM article_versions ORDER BY id DESC LIMIT {LAST})
UNION ALL SELECT fetched_at FROM feeds
UNION ALL SELECT coalesce(finished_at, started_at) FROM (SELECT * FROM runs ORDER BY id DESC LIMIT {LAST})
"""  # noqa: S608 - our own number
FIRST = """
SELECT min(moment) AS moment FROM (
  SELECT moment FROM (SELECT seen_at AS moment FROM article_versions ORDER BY id LIMIT 1)
  UNION ALL SELECT added_at FROM feeds
  UNION ALL SELECT moment FROM (SELECT started_at AS moment FROM runs ORDER BY id LIMIT 1)
)
"""


def newest_moment(db: Database, until: datetime | None = None) -> datetime | None:
    """The last moment at which a story was seen, a feed visited or a run made, up to ``until``; None without any."""
    bound = "" if until is None else "WHERE moment <= :until"
    sql = f"SELECT max(moment) AS moment FROM ({MOMENTS}) {bound}"  # noqa: S608 - our own words
    return _moment(db, sql, {} if until is None else {"until": in_utc(until)})


def first_moment(db: Database) -> datetime | None:
    """The moment of the first story, feed or run that the database holds; None without any."""
    return _moment(db, FIRST, {})


def _moment(db: Database, sql: str, parameters: dict[str, str]) -> datetime | None:
    (found,) = rows(db, sql, parameters)
    return None if found["moment"] is None else datetime.fromisoformat(found["moment"])
