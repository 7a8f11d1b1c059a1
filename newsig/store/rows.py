"""Records ↔ rows: a nested span is three columns, a tolerance two, a day or moment ISO 8601 text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time
from functools import cache
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
    readers = _readers(kind)  # type: ignore[arg-type] # mypy takes no class of a variable for hashable
    return kind(**{name: values[name] if read is None else read(name, values) for name, read in readers})


@cache
def _readers(kind: type[Any]) -> tuple[tuple[str, Callable[[str, Mapping[str, Any]], Any] | None], ...]:
    """The fields of a record, each with what reads it from a row where it is no plain column. It is kept, since records
    are read by the hundred thousand."""
    return tuple((field.name, READERS.get(field.name)) for field in fields(kind))


def _span(name: str, values: Mapping[str, Any]) -> Span | None:
    start = values[f"{name}_start"]
    return None if start is None else Span(start=start, end=values[f"{name}_end"], text=values[f"{name}_text"])


def _tolerance(_: str, values: Mapping[str, Any]) -> tuple[float, float] | None:
    return None if values["tolerance_low"] is None else (values["tolerance_low"], values["tolerance_high"])


def _windows(name: str, values: Mapping[str, Any]) -> tuple[tuple[date, date], ...]:
    return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in json.loads(values[name]))


def _bars(name: str, values: Mapping[str, Any]) -> tuple[Price, ...]:
    return tuple(Price(**bar | {"day": date.fromisoformat(bar["day"])}) for bar in json.loads(values[name]))


def _day(name: str, values: Mapping[str, Any]) -> date | None:
    return None if values[name] is None else date.fromisoformat(values[name])


def _truth(name: str, values: Mapping[str, Any]) -> bool:
    return bool(values[name])


READERS: Mapping[str, Callable[[str, Mapping[str, Any]], Any]] = {
    **dict.fromkeys(SPANS, _span),
    **dict.fromkeys(DAYS, _day),
    **dict.fromkeys(TRUTHS, _truth),
    "tolerance": _tolerance,
    "windows": _windows,
    "bars": _bars,
}


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
