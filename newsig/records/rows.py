"""Records as plain values, and moments from text."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any


def row(record: Any) -> dict[str, Any]:
    """A record as plain JSON values: the one place where records become rows.

    Dates and times become ISO 8601 strings, tuples lists, nested records objects.

    >>> from newsig.records import Span
    >>> row(Span(start=0, end=2, text="up"))
    {'start': 0, 'end': 2, 'text': 'up'}
    """
    return {field.name: _plain(getattr(record, field.name)) for field in dataclasses.fields(record)}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return row(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    return value


def parse_when(value: str) -> date | datetime:
    """An ISO 8601 date or datetime; a datetime without a zone is refused, since nobody can say when it was.

    >>> parse_when("2024-07-18"), parse_when("2024-07-18T02:26Z").isoformat()
    (datetime.date(2024, 7, 18), '2024-07-18T02:26:00+00:00')

    Raises:
        ValueError: what was given is no such date.
    """
    text = value.strip()
    if len(text) == 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"the time {value!r} has no zone: write it as 2024-07-18T02:26Z or 2024-07-18T02:26+02:00")
    return moment
