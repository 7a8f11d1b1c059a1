"""What a user may ask, as conditions on views; the values are always parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from newsig.store.rows import in_utc
from newsig.store.schema import rows

OF_SOURCES = """
source_name_id IN (SELECT id FROM source_names WHERE source_id IN (SELECT source_id FROM source_names WHERE {}))
"""
"""Of the sources one of whose forms is so; a form is searched without case and accents."""

SPEAKER = "instr(plain_name, ?) > 0"
ORGANISATION = "instr(iif(type = 'organisation', plain_name || ' ', '') || coalesce(plain_organisation, ''), ?) > 0"
ABOUT = """
quote_id IN (SELECT quote_id FROM quote_topics WHERE symbol = ?
  UNION SELECT quote_id FROM quote_topics WHERE segment = ?)
"""
CLAIM_FILTERS = {
    "symbol": "symbol = ?",
    "segment": "segment = ?",
    "source": OF_SOURCES.format("instr(plain_name || ' ' || coalesce(plain_organisation, ''), ?) > 0"),
    "direction": "direction = ?",
    "minimum": "value >= ?",
    "measure": "measure = ?",
    "moves": "measure NOT IN ('level', 'market_cap', 'superlative', 'streak')",
    "outcome": "outcome = ?",
    "days": "version_id IN (SELECT id FROM article_versions WHERE current = 1 AND published_utc BETWEEN ? AND ?)",
    "contains": "version_id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)",
}
QUOTE_FILTERS = {
    "speaker": OF_SOURCES.format(SPEAKER),
    "organisation": OF_SOURCES.format(ORGANISATION),
    "about": ABOUT,
    "kind": "kind = ?",
    "stance": "stance = ?",
    "days": CLAIM_FILTERS["days"],
    "contains": "quote_id IN (SELECT rowid FROM quotes_fts WHERE text MATCH ?)",
}

AS_IT_STOOD = {
    "as_of": """version_id IN (SELECT id FROM
      (SELECT id, max(version) FROM article_versions WHERE seen_at <= ? AND past = 0
        AND (run_id IS NOT NULL OR standing = 'withdrawn') GROUP BY article_id))""",
    "days": "published_utc BETWEEN ? AND ?",
}
"""What is asked otherwise of versions that may have been replaced since."""

CLAIMS_AS_THEY_STOOD = CLAIM_FILTERS | AS_IT_STOOD
CLAIMS_AS_THEY_STOOD["contains"] = (
    "article_id IN (SELECT article_id FROM article_versions WHERE id IN "
    "(SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?))"
)
QUOTES_AS_THEY_STOOD = QUOTE_FILTERS | AS_IT_STOOD


def by_the_time(as_of: date | datetime | None) -> str | None:
    """A moment as it is stored, or one after all others of a day in UTC."""
    if isinstance(as_of, datetime):
        return in_utc(as_of)
    return None if as_of is None else f"{as_of.isoformat()}T24"


def select(
    db: Database, sql: str, filters: Mapping[str, str], asked: Mapping[str, Any], limit: int | None, order: str
) -> Iterator[dict[str, Any]]:
    """The rows of a view that meet every condition asked for, a condition without a value being not asked for."""
    where, parameters = conditions(filters, asked)
    parameters.append(-1 if limit is None else limit)
    return rows(db, f"{sql} WHERE {where} ORDER BY {order} LIMIT ?", parameters)


def conditions(filters: Mapping[str, str], asked: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """What was asked for as a condition of SQL, with its parameters.

    >>> conditions({"kind": "kind = ?", "days": "day BETWEEN ? AND ?"}, {"kind": None, "days": ("a", "b")})
    ('day BETWEEN ? AND ?', ['a', 'b'])
    """
    given = {name: value for name, value in asked.items() if value is not None}
    where = " AND ".join(filters[name] for name in given) or "1"
    return where, [part for value in given.values() for part in (value if isinstance(value, tuple) else (value,))]


def days(since: date | None, until: date | None) -> tuple[str, str] | None:
    """Bounds on moments written in UTC: "T24" comes after every moment of its day and before the next day."""
    if since is None and until is None:
        return None
    return (since or date.min).isoformat(), f"{(until or date.max).isoformat()}T24"


def words(db: Database, text: str | None) -> str | None:
    """A user's words as a query of FTS5, in which none of them has a special meaning."""
    return None if text is None else db.quote_fts(text.replace("\0", " ")) or '""'
