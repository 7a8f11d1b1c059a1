"""Who said what: statements and their sources, as rows of plain JSON values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from newsig.store.filters import (
    ORGANISATION,
    QUOTE_FILTERS,
    QUOTES_AS_THEY_STOOD,
    SPEAKER,
    by_the_time,
    conditions,
    days,
    select,
    words,
)
from newsig.store.identity import plain
from newsig.store.schema import rows

QUOTE_COLUMNS = """
quote_id, article_id, published, title, speaker, speaker_type, role, organisation, source_id, source, kind, cue,
attribution, stance, about, horizon, horizon_date, text, context
"""
SOURCE_FILTERS = {
    "contains": f"s.id IN (SELECT source_id FROM source_names WHERE {SPEAKER})",  # noqa: S608
    "type": "s.type = ?",
    "organisation": f"s.id IN (SELECT source_id FROM source_names WHERE {ORGANISATION})",  # noqa: S608
}
OF_QUOTES = {"about": QUOTE_FILTERS["about"].replace("quote_id IN", "q.id IN"), "since": "v.published_utc >= ?"}
OF_CLAIMS = {"about": "(c.symbol = ? OR c.segment = ?)", "since": "v.published_utc >= ?"}
SOURCES = """
WITH said AS (
  SELECT n.source_id, count(*) AS statements, sum(q.kind = 'direct') AS direct,
    count(DISTINCT v.article_id) AS articles
  FROM quotes AS q
  JOIN article_versions AS v ON v.id = q.version_id AND v.current = 1
  JOIN source_names AS n ON n.id = q.source_name_id
  WHERE {of_quotes}
  GROUP BY n.source_id
), behind AS (
  SELECT n.source_id, count(*) AS claims
  FROM claims AS c
  JOIN article_versions AS v ON v.id = c.version_id AND v.current = 1
  JOIN source_names AS n ON n.id = c.source_name_id
  WHERE {of_claims}
  GROUP BY n.source_id
)
SELECT
  s.id AS source_id, s.name, s.type, s.role, s.organisation,
  coalesce(said.statements, 0) AS statements, coalesce(said.direct, 0) AS direct,
  coalesce(behind.claims, 0) AS claims, coalesce(said.articles, 0) AS articles, s.first_seen, s.last_seen,
  (SELECT json_group_array(organisation) FROM (SELECT DISTINCT organisation FROM source_names
    WHERE source_id = s.id AND organisation IS NOT NULL ORDER BY organisation)) AS organisations,
  (SELECT json_group_array(name) FROM (SELECT DISTINCT name FROM source_names
    WHERE source_id = s.id AND name <> s.name ORDER BY name)) AS aliases
FROM sources AS s
LEFT JOIN said ON said.source_id = s.id
LEFT JOIN behind ON behind.source_id = s.id
WHERE coalesce(statements, 0) + coalesce(claims, 0) > 0 AND {where}
ORDER BY statements DESC, articles DESC, claims DESC, name, source_id LIMIT ?
"""


def quotes(
    db: Database,
    *,
    speaker: str | None = None,
    organisation: str | None = None,
    about: str | None = None,
    kind: str | None = None,
    stance: str | None = None,
    since: date | None = None,
    until: date | None = None,
    contains: str | None = None,
    as_of: date | datetime | None = None,
    limit: int | None = None,
) -> Iterator[dict[str, Any]]:
    """The statements of current articles that meet every condition given, in the order in which they were stored.

    ``speaker`` and ``organisation`` are parts of any name and any organisation that the source was met under, whatever
    their case and accents; an organisation that speaks for itself counts as its own. ``about`` is a symbol or the id of
    a segment, in any case, where a segment takes in its instruments. ``since`` and ``until`` are days in UTC, both
    included, and leave out articles of unknown date; ``contains`` are words that the statement itself must hold, in any
    order, or a phrase "in double quotes". ``as_of`` asks of the articles as they stood at that moment, or by the end
    of that day (UTC), by when they were seen so.
    """
    asked = {
        "speaker": _plain(speaker),
        "organisation": _plain(organisation),
        "about": _topic(about),
        "kind": kind,
        "stance": stance,
        "days": days(since, until),
        "contains": words(db, contains),
        "as_of": by_the_time(as_of),
    }
    view, filters = ("quotes_view", QUOTE_FILTERS) if as_of is None else ("quotes_of_versions", QUOTES_AS_THEY_STOOD)
    return select(db, f"SELECT {QUOTE_COLUMNS} FROM {view}", filters, asked, limit, "quote_id")  # noqa: S608


def sources(
    db: Database,
    *,
    contains: str | None = None,
    type: str | None = None,  # noqa: A002 - what the record calls it
    organisation: str | None = None,
    about: str | None = None,
    since: date | None = None,
    limit: int | None = None,
) -> Iterator[dict[str, Any]]:
    """The people and organisations behind statements, those with most statements first.

    Each comes with the number of its statements, of the direct ones, of the claims that it is behind and of the
    articles that quote it, and with every name and organisation that it was met under. ``contains`` is a part of such a
    name, ``organisation`` of such an organisation. ``about`` and ``since``, as for `quotes`, leave out what else was
    said. Who said nothing of it, as the articles stand now, is left out, too.
    """
    told = {"about": _topic(about), "since": since and since.isoformat()}
    asked = {
        "contains": _plain(contains),
        "type": type,
        "organisation": _plain(organisation),
    }
    of_quotes, of_quotes_given = conditions(OF_QUOTES, told)
    of_claims, of_claims_given = conditions(OF_CLAIMS, told)
    where, given = conditions(SOURCE_FILTERS, asked)
    sql = SOURCES.format(of_quotes=of_quotes, of_claims=of_claims, where=where)
    for row in rows(db, sql, [*of_quotes_given, *of_claims_given, *given, -1 if limit is None else limit]):
        yield row | {name: json.loads(row[name]) for name in ("organisations", "aliases")}


def _plain(words: str | None) -> str | None:
    return None if words is None else plain(words)


def _topic(about: str | None) -> tuple[str, str] | None:
    """A topic is looked for among symbols and among segments."""
    return None if about is None else (about, about)
