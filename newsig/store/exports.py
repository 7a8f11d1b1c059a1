"""What stands now, row by row, for other programs: articles, mentions and tones. One row is held at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlite_utils import Database

from newsig.store.filters import days
from newsig.store.identity import plain
from newsig.store.schema import rows

ARTICLES = """
SELECT
  v.article_id, v.version, a.url, a.publisher, v.authors, v.published, v.updated, v.seen_at, v.title, v.text,
  v.dateline, v.standing, v.feed, a.origin, r.fingerprint
FROM article_versions AS v JOIN articles AS a ON a.id = v.article_id LEFT JOIN runs AS r ON r.id = v.run_id
"""
MENTIONS = """
SELECT m.id AS mention_id, v.article_id, v.published, v.title, m.start, m."end", m.text, m.symbol, m.segment
FROM mentions AS m CROSS JOIN article_versions AS v ON v.id = m.version_id
"""
SENTIMENTS = """
SELECT
  s.id AS sentiment_id, v.article_id, v.published, v.title, s.start, s."end", s.text, s.target_start, s.target_end,
  s.target_text AS target, s.symbol, s.segment, s.label, s.positive, s.neutral, s.negative, s.holder, s.place,
  s.in_title, s.basis
FROM sentiments AS s CROSS JOIN article_versions AS v ON v.id = s.version_id
"""
BETWEEN = "v.published_utc BETWEEN :since AND :until"


def articles(db: Database, *, since: date | None = None, until: date | None = None) -> Iterator[dict[str, Any]]:
    """The current articles with their texts, in the order in which they were stored. ``since`` and ``until`` are days
    in UTC, both included, and leave out articles of unknown date."""
    for row in _found(db, ARTICLES, "v.id", [], {}, since, until):
        yield row | {"authors": json.loads(row["authors"])}


def mentions(
    db: Database,
    *,
    symbol: str | None = None,
    segment: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[dict[str, Any]]:
    """The mentions of instruments and segments in current articles, those of a ``symbol`` or ``segment``, in any case;
    days as for `articles`."""
    given = {"symbol": symbol, "segment": segment}
    where = [f"m.{name} = :{name}" for name, value in given.items() if value is not None]
    yield from _found(db, MENTIONS, "m.id", where, given, since, until)


def sentiments(
    db: Database,
    *,
    target: str | None = None,
    holder: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[dict[str, Any]]:
    """The tones of sentences of current articles, sentence by sentence; days as for `articles`.

    ``target`` is a symbol or segment, in any case, where a segment takes in its instruments; ``holder`` a part of the
    name of whose view it is, whatever its case and accents.
    """
    where = [] if target is None else ["(s.symbol = :target OR s.segment = :target)"]
    words = None if holder is None else plain(holder)
    for row in _found(db, SENTIMENTS, "s.id", where, {"target": target}, since, until):
        if words is None or words in plain(row["holder"] or ""):
            yield row | {"in_title": bool(row["in_title"])}


def _found(
    db: Database,
    select: str,
    order: str,
    where: list[str],
    given: dict[str, Any],
    since: date | None,
    until: date | None,
) -> Iterator[dict[str, Any]]:
    bounds = days(since, until)
    if bounds is not None:
        where = [*where, BETWEEN]
        given = given | {"since": bounds[0], "until": bounds[1]}
    conditions = " AND ".join(["v.current = 1", *where])
    yield from rows(db, f"{select} WHERE {conditions} ORDER BY {order}", given)
