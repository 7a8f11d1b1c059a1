"""Records ↔ rows: a nested span is three columns, a tolerance two, a day or moment ISO 8601 text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from newsig.records import Article, Price, Span, Verdict, parse_when, row

SPANS = ("subject", "period", "target", "attribution", "horizon")
DAYS = ("base_date", "end_date", "since_date", "horizon_date", "day")
TRUTHS = ("solved", "in_title", "loose")
"""What SQLite keeps as 0 and 1."""

APART = ("about",)
"""Lists that have a table of their own."""

NOON = time(12, tzinfo=UTC)

Record = TypeVar("Record")


def to_row(record: Any) -> dict[str, Any]:
    """A record as columns.

    >>> to_row(Span(start=0, end=2, text="up"))
    {'start': 0, 'end': 2, 'text': 'up'}
    """
    values = {name: value for name, value in row(record).items() if name not in APART}
    for name in SPANS:
        if name in values:
            span = values.pop(name) or {}
            values |= {f"{name}_{part}": span.get(part) for part in ("start", "end", "text")}
    if isinstance(record, Verdict):
        values["tolerance_low"], values["tolerance_high"] = values.pop("tolerance") or (None, None)
        values["windows"] = json.dumps(values["windows"])
        values["bars"] = json.dumps(
            [{name: cell for name, cell in bar.items() if cell is not None} for bar in values["bars"]]
        )
    return values


def from_row(kind: type[Record], values: Mapping[str, Any]) -> Record:
    """The inverse of `to_row`; columns that the record does not have are left aside."""
    return kind(**{field.name: _value(field.name, values) for field in fields(kind)})  # type: ignore[arg-type]


def _value(name: str, values: Mapping[str, Any]) -> Any:
    if name in SPANS:
        start, end, text = (values[f"{name}_{part}"] for part in ("start", "end", "text"))
        return None if start is None else Span(start=start, end=end, text=text)
    if name == "tolerance":
        return None if values["tolerance_low"] is None else (values["tolerance_low"], values["tolerance_high"])
    if name == "windows":
        return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in json.loads(values[name]))
    if name == "bars":
        return tuple(Price(**bar | {"day": date.fromisoformat(bar["day"])}) for bar in json.loads(values[name]))
    if name in DAYS:
        return None if values[name] is None else date.fromisoformat(values[name])
    if name in TRUTHS:
        return bool(values[name])
    return values[name]


def insert_into(table: str, values: Mapping[str, Any]) -> str:
    """The statement that adds rows of these columns, which are names from the code, never a user's words.

    >>> insert_into("mentions", {"start": 0, "end": 2})
    'INSERT INTO mentions ("start", "end") VALUES (:start, :end)'
    """
    names = ", ".join(f'"{name}"' for name in values)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in values)})"  # noqa: S608


def to_article(values: Mapping[str, Any]) -> Article:
    """The article of a row of ``article_versions`` joined with ``articles``."""
    return Article(
        id=values["article_id"],
        text=values["text"],
        title=values["title"],
        published=when(values["published"]),
        url=values["url"],
        publisher=values["publisher"],
        authors=tuple(json.loads(values["authors"])),
        origin=values["origin"],
        dateline=values["dateline"],
        credits=tuple(json.loads(values["credits"])),
        updated=when(values["updated"]),
        date_text=values["date_text"],
        date_doubt=values["date_doubt"],
        standing=values["standing"],
        feed=values["feed"],
    )


def when(published: str | None) -> date | datetime | None:
    """The day or moment of a stored ``published``."""
    return None if published is None else parse_when(published)


def in_utc(moment: datetime) -> str:
    """A moment as text that sorts by time.

    >>> in_utc(datetime.fromisoformat("2024-07-18T02:26+02:00"))
    '2024-07-18T00:26:00+00:00'
    """
    return moment.astimezone(UTC).isoformat()


def published_in_utc(published: date | datetime | None) -> str | None:
    """Where a story stands in time: noon where only the day is known, so that it falls into that very day.

    >>> published_in_utc(date(2024, 7, 18))
    '2024-07-18T12:00:00+00:00'
    """
    if published is None:
        return None
    return in_utc(published if isinstance(published, datetime) else datetime.combine(published, NOON))
