"""Who said what: statements and their sources, as rows of plain JSON values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from newsig.store.filters import ORGANISATION, SPEAKER, forms, quotes_asked
from newsig.store.finding import listed
from newsig.store.listings import GLANCED_AT, QUOTES, QUOTES_AS_THEY_STOOD, TOPIC
from newsig.store.schema import rows

QUOTE_COLUMNS = """
quote_id, article_id, published, title, speaker, speaker_type, role, organisation, source_id, source, kind, cue,
attribution, stance, about, horizon, horizon_date, text, context
"""
ABOUT = """
SELECT id, source_name_id, version_id FROM claims WHERE {0} = :about AND source_name_id IS NOT NULL
"""
SOURCE_FILTERS = {
    name: f"who.id IN (SELECT source_id FROM source_names WHERE id IN (SELECT value FROM json_each(:{name})))"  # noqa: S608
    for name in ("contains", "organisation")
} | {"type": "who.type = :type"}
BEHIND = {
    "contains": "source_name_id IN (SELECT value FROM json_each(:contains))",
    "organisation": "source_name_id IN (SELECT value FROM json_each(:organisation))",
    "since": "v.published_utc >= :since",
}
QUOTED = "quotes AS q INDEXED BY quotes_at_a_glance ON q.id = t.quote_id"
ALL_OR_ABOUT = {
    "quotes": (
        f"quotes AS q CROSS JOIN {GLANCED_AT.format('q')}",
        f"({TOPIC}) AS t CROSS JOIN {QUOTED} CROSS JOIN {GLANCED_AT.format('q')}",
    ),
    "claims": (
        f"claims AS c CROSS JOIN {GLANCED_AT.format('c')}",
        f"({ABOUT.format('symbol')} UNION {ABOUT.format('segment')}) AS about CROSS JOIN {GLANCED_AT.format('about')}",
    ),
}
"""Where statements and claims are read from, with their versions: all of them, and those about one thing."""

TOLD = """
told AS (
  SELECT source_id, sum(statements) AS statements, sum(direct) AS direct, sum(claims) AS claims,
    sum(articles) AS articles
  FROM (
    SELECT n.source_id, count(*) AS statements, sum(q.kind = 'direct') AS direct, 0 AS claims,
      count(DISTINCT q.version_id) AS articles
    FROM {quotes} CROSS JOIN source_names AS n ON n.id = source_name_id
    WHERE v.current = 1 AND source_name_id IS NOT NULL AND {behind}
    GROUP BY n.source_id
    UNION ALL
    SELECT n.source_id, 0, 0, count(*), 0
    FROM {claims} CROSS JOIN source_names AS n ON n.id = source_name_id
    WHERE v.current = 1 AND source_name_id IS NOT NULL AND {behind}
    GROUP BY n.source_id)
  GROUP BY source_id
)
"""
TOLD_OF_ALL = f"""
tallied AS (
  SELECT n.source_id, sum(t.statements) AS statements, sum(t.direct) AS direct, sum(t.claims) AS claims,
    sum(t.articles) AS articles, sum(t.articles > 0) AS forms
  FROM source_tallies AS t CROSS JOIN source_names AS n ON n.id = t.name_id GROUP BY n.source_id
),
told AS (
  SELECT source_id, statements, direct, claims, iif(forms < 2, articles, (
    SELECT count(DISTINCT q.version_id)
    FROM source_names AS n CROSS JOIN quotes AS q ON q.source_name_id = n.id CROSS JOIN {GLANCED_AT.format("q")}
    WHERE n.source_id = tallied.source_id AND v.current = 1)) AS articles
  FROM tallied
)
"""  # noqa: S608 - our own words
"""From the tallies of forms; an article that quotes two forms of one source counts once."""

SOURCES = """
WITH {told}, listed AS (
  SELECT
    who.id AS source_id, who.name, who.type, who.role, who.organisation, told.statements, told.direct, told.claims,
    told.articles, who.first_seen, who.last_seen
  FROM sources AS who JOIN told ON told.source_id = who.id
  WHERE told.statements + told.claims > 0 AND {where}
  ORDER BY statements DESC, articles DESC, claims DESC, name, source_id LIMIT :limit
)
SELECT
  listed.*,
  (SELECT json_group_array(organisation) FROM (SELECT DISTINCT organisation FROM source_names
    WHERE source_id = listed.source_id AND organisation IS NOT NULL ORDER BY organisation)) AS organisations,
  (SELECT json_group_array(name) FROM (SELECT DISTINCT name FROM source_names
    WHERE source_id = listed.source_id AND name <> listed.name ORDER BY name)) AS aliases
FROM listed ORDER BY statements DESC, articles DESC, claims DESC, name, source_id
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
    before: int | None = None,
    newest: bool = False,
    limit: int | None = None,
) -> Iterator[dict[str, Any]]:
    """The statements of current articles that meet every condition given, in the order in which they were stored.

    ``speaker`` and ``organisation`` are parts of any name and any organisation that the source was met under, whatever
    their case and accents; an organisation that speaks for itself counts as its own. ``about`` is a symbol or the id of
    a segment, in any case, where a segment takes in its instruments. ``since`` and ``until`` are days in UTC, both
    included, and leave out articles of unknown date; ``contains`` are words that the statement itself must hold, in any
    order, or a phrase "in double quotes". ``as_of`` asks of the articles as they stood at that moment, or by the end
    of that day (UTC), by when they were seen so. ``newest`` gives the last stored ones first, and ``before`` only those
    whose number is lower, from where another page goes on.
    """
    given: dict[str, Any] = {
        "speaker": speaker,
        "organisation": organisation,
        "about": about,
        "kind": kind,
        "stance": stance,
    }
    given |= {"since": since, "until": until, "contains": contains, "as_of": as_of, "before": before}
    asked = quotes_asked(db, given)
    listing = QUOTES if as_of is None else QUOTES_AS_THEY_STOOD
    return listed(db, listing, QUOTE_COLUMNS, asked, limit, newest=newest)


def quotes_of(db: Database, source_id: int, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """The statements of one source in current articles, by its number, the last stored ones first."""
    sql = "SELECT json_group_array(id) AS ids FROM source_names WHERE source_id = ?"
    (form,) = rows(db, sql, (source_id,))
    return listed(db, QUOTES, QUOTE_COLUMNS, {"speaker": form["ids"], "current": True}, limit, newest=True)


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
    asked = {
        "contains": forms(db, SPEAKER, contains),
        "organisation": forms(db, ORGANISATION, organisation),
        "type": type,
        "about": about,
        "since": since and since.isoformat(),
    }
    given = {name: value for name, value in asked.items() if value is not None}
    told = TOLD if "about" in given or given.keys() & BEHIND.keys() else TOLD_OF_ALL
    found_in = {table: ways["about" in given] for table, ways in ALL_OR_ABOUT.items()}
    told = told.format(behind=_all(given, BEHIND), **found_in)
    sql = SOURCES.format(told=told, where=_all(given, SOURCE_FILTERS))
    for row in rows(db, sql, given | {"limit": -1 if limit is None else limit}):
        yield row | {name: json.loads(row[name]) for name in ("organisations", "aliases")}


def _all(given: Mapping[str, Any], conditions: Mapping[str, str]) -> str:
    """The conditions of what is asked for, together."""
    return " AND ".join(sql for name, sql in conditions.items() if name in given) or "1"
