"""When something was published, from what is written, and never more than that.

A moment needs a zone whose offset is certain. Abbreviations such as IST or BST mean several zones, and a clock time
without a zone means none: of those only the printed day is kept.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from newsig.records import parse_when

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

ZONES = {"gmt": 0, "ut": 0, "utc": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6}
ZONES |= {"pst": -8, "pdt": -7}
"""Hours east of Greenwich of the zone names that RFC 822 defines, and UTC."""

RFC_822 = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?(?P<day>\d{1,2})[\s-](?P<month>[a-z]{3,9})\.?[\s-](?P<year>\d{4}|\d{2})"
    r"(?:,?\s+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<zone>[+-]\d{4}|[+-]\d\d:\d\d|[a-z]{1,5})?)?",
    re.IGNORECASE,
)
MONTH_NAMES = re.compile(
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)


def iso_date(value: str) -> date | datetime:
    """An ISO 8601 date or time; of a time without a zone the day alone.

    >>> iso_date("2024-07-18T02:26Z").isoformat(), iso_date("2024-07-18T02:26")
    ('2024-07-18T02:26:00+00:00', datetime.date(2024, 7, 18))

    Raises:
        ValueError: it is neither.
    """
    try:
        when = parse_when(value)
    except ValueError:
        return datetime.fromisoformat(value.strip()).date()
    return _usable(when) if isinstance(when, datetime) else when


def feed_date(value: str) -> date | datetime:
    """A feed's date: ISO 8601 (Atom) or RFC 822 (RSS); the day alone where its zone is missing or ambiguous.

    >>> feed_date("Thu, 18 Jul 2024 02:26:00 GMT").isoformat(), feed_date("Thu, 18 Jul 2024 02:26:00 IST")
    ('2024-07-18T02:26:00+00:00', datetime.date(2024, 7, 18))

    Raises:
        ValueError: it is neither.
    """
    found = RFC_822.fullmatch(value.strip())
    if found is None:
        return iso_date(value)
    month = found["month"].lower()
    if not MONTH_NAMES.fullmatch(month):
        raise ValueError(f"{found['month']!r} is no month")
    day = date(_year(found["year"]), MONTHS.index(month[:3]) + 1, int(found["day"]))
    zone = _zone(found["zone"])
    if found["hour"] is None:
        return day
    clock = time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    return day if zone is None else _usable(datetime.combine(day, clock, zone))


def _year(digits: str) -> int:
    # two digits as RFC 2822 reads them
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _zone(name: str | None) -> timezone | None:
    if name is None:
        return None
    if name[0] in "+-":
        digits = name[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(-offset if name[0] == "-" else offset)
    hours = ZONES.get(name.lower())
    return None if hours is None else timezone(timedelta(hours=hours))


def _usable(moment: datetime) -> datetime:
    try:
        moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("it lies beyond the years that a date can have") from error
    return moment
