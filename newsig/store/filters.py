"""What a user may ask, as values for SQL; they are always parameters."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from newsig.store.identity import plain
from newsig.store.rows import in_utc
from newsig.store.schema import rows

FORMS = "SELECT id FROM source_names WHERE source_id IN (SELECT source_id FROM source_names WHERE {})"
"""The forms of the sources one of whose forms is so; a form is searched without case and accents."""

SPEAKER = "instr(plain_name, ?) > 0"
ORGANISATION = "instr(iif(type = 'organisation', plain_name || ' ', '') || coalesce(plain_organisation, ''), ?) > 0"
EITHER = "instr(plain_name || ' ' || coalesce(plain_organisation, ''), ?) > 0"


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


def forms(db: Database, condition: str, words: str | None) -> str | None:
    """The numbers of the forms of those sources one of whose forms is so, as JSON."""
    if words is None:
        return None
    return json.dumps([row["id"] for row in rows(db, FORMS.format(condition), (plain(words),))])


def days(since: date | None, until: date | None) -> tuple[str, str] | None:
    """Bounds on moments written in UTC: "T24" comes after every moment of its day and before the next day."""
    if since is None and until is None:
        return None
    return (since or date.min).isoformat(), f"{(until or date.max).isoformat()}T24"


def words(db: Database, text: str | None) -> str | None:
    """A user's words as a query of FTS5, in which none of them has a special meaning."""
    return None if text is None else db.quote_fts(text.replace("\0", " ")) or '""'


def claims_asked(db: Database, given: Mapping[str, Any]) -> dict[str, Any]:
    """What `newsig.store.claims` takes, as values of the conditions of its listing."""
    return {name: given.get(name) for name in ("symbol", "segment", "direction", "minimum", "measure", "before")} | {
        "source": forms(db, EITHER, given.get("source")),
        "outcome": given.get("verdict"),
        **_of_articles(db, given),
    }


def quotes_asked(db: Database, given: Mapping[str, Any]) -> dict[str, Any]:
    """What `newsig.store.quotes` takes, as values of the conditions of its listing."""
    return {name: given.get(name) for name in ("about", "kind", "stance", "before")} | {
        "speaker": forms(db, SPEAKER, given.get("speaker")),
        "organisation": forms(db, ORGANISATION, given.get("organisation")),
        **_of_articles(db, given),
    }


def _of_articles(db: Database, given: Mapping[str, Any]) -> dict[str, Any]:
    as_of = given.get("as_of")
    return {
        "days": days(given.get("since"), given.get("until")),
        "contains": words(db, given.get("contains")),
        "as_of": by_the_time(as_of),
        "current": True if as_of is None else None,
    }
