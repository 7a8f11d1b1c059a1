"""The statements that look ahead, each with its source and with what was found in its words, as records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
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
TOPICS = "SELECT symbol, segment FROM quote_topics WHERE quote_id = ? ORDER BY position"
WITHIN = {
    "claims": 'SELECT * FROM claims WHERE version_id = ? AND start >= ? AND "end" <= ? ORDER BY id',
    "mentions": 'SELECT * FROM mentions WHERE version_id = ? AND start >= ? AND "end" <= ? ORDER BY id',
    "sentiments": "SELECT * FROM sentiments WHERE version_id = ? AND target_start >= ? AND target_end <= ? ORDER BY id",
}


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
    for head in rows(db, AHEAD.format(where=where), given):
        yield _statement(db, head)


def _statement(db: Database, head: dict[str, Any]) -> Statement:
    about = tuple(from_row(Topic, row) for row in rows(db, TOPICS, (head["id"],)))
    return Statement(
        quote_id=head["id"],
        article_id=head["article_id"],
        published=when(head["published"]),
        source_id=head["source_id"],
        source=head["source"],
        quote=from_row(Quote, head | {"about": about}),
        claims=_within(db, Claim, "claims", head),
        mentions=_within(db, Mention, "mentions", head),
        sentiments=_within(db, Sentiment, "sentiments", head),
    )


def _within(db: Database, kind: type[Record], table: str, head: dict[str, Any]) -> tuple[Record, ...]:
    found = rows(db, WITHIN[table], (head["version_id"], head["start"], head["end"]))
    return tuple(from_row(kind, row) for row in found)
