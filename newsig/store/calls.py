"""The statements that look ahead, each with its source and with what was found in its words, as records."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from sqlite_utils import Database

from newsig.records import Claim, Mention, Quote, Sentiment, Statement, Topic
from newsig.store.filters import SPEAKER, conditions, days
from newsig.store.identity import plain
from newsig.store.rows import Record, from_row, when
from newsig.store.schema import rows

AHEAD_FILTERS = {
    "speaker": f"n.source_id IN (SELECT source_id FROM source_names WHERE {SPEAKER})",  # noqa: S608
    "days": "v.published_utc BETWEEN ? AND ?",
}
AHEAD = """
SELECT q.*, v.article_id, v.published, n.source_id, s.name AS source
FROM quotes AS q
JOIN article_versions AS v ON v.id = q.version_id AND v.current = 1
JOIN source_names AS n ON n.id = q.source_name_id
JOIN sources AS s ON s.id = n.source_id
WHERE q.stance IN ('forecast', 'conditional', 'hope') AND {where}
ORDER BY v.published_utc, q.version_id, q.id
"""
PAGE = 100
"""Statements whose words are looked into together."""

TOPICS = """
SELECT * FROM quote_topics WHERE quote_id IN (SELECT value FROM json_each(?)) ORDER BY quote_id, position
"""
WITHIN = """
SELECT q.id AS quote_id, f.* FROM json_each(?) AS j CROSS JOIN quotes AS q ON q.id = j.value
CROSS JOIN {table} AS f ON f.version_id = q.version_id AND f.{first} >= q.start AND f.{last} <= q."end" ORDER BY f.id
"""
FOUND: Mapping[str, tuple[type[Any], str]] = {
    "about": (Topic, TOPICS),
    "claims": (Claim, WITHIN.format(table="claims", first="start", last='"end"')),
    "mentions": (Mention, WITHIN.format(table="mentions", first="start", last='"end"')),
    "sentiments": (Sentiment, WITHIN.format(table="sentiments", first="target_start", last="target_end")),
}
"""What is read with a statement, from where."""


def statements(
    db: Database, *, speaker: str | None = None, since: date | None = None, until: date | None = None
) -> Iterator[Statement]:
    """The forecasts, conditions and hopes of known sources in current articles, earliest article first.

    ``speaker`` is a part of any name that the source was met under, whatever its case and accents. ``since`` and
    ``until`` are days in UTC, both included, and leave out articles of unknown date. Claims and mentions are those
    within the statement, sentiments those whose target is.
    """
    asked = {"speaker": None if speaker is None else plain(speaker), "days": days(since, until)}
    where, given = conditions(AHEAD_FILTERS, asked)
    heads = rows(db, AHEAD.format(where=where), given)
    while page := list(islice(heads, PAGE)):
        numbers = json.dumps([head["id"] for head in page])
        found = {name: _by_quote(db, kind, sql, numbers) for name, (kind, sql) in FOUND.items()}
        for head in page:
            yield _statement(head, {name: tuple(some[head["id"]]) for name, some in found.items()})


def _by_quote(db: Database, kind: type[Record], sql: str, numbers: str) -> defaultdict[int, list[Record]]:
    found: defaultdict[int, list[Record]] = defaultdict(list)
    for row in rows(db, sql, (numbers,)):
        found[row["quote_id"]].append(from_row(kind, row))
    return found


def _statement(head: dict[str, Any], found: dict[str, tuple[Any, ...]]) -> Statement:
    return Statement(
        quote_id=head["id"],
        article_id=head["article_id"],
        published=when(head["published"]),
        source_id=head["source_id"],
        source=head["source"],
        quote=from_row(Quote, head | {"about": found.pop("about")}),
        **found,
    )
