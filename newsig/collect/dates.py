"""When something was published, from what is written, and never more than that.

A moment needs a zone whose offset is certain. Abbreviations such as IST or BST mean several zones, and a clock time
without a zone means none: of those only the printed day is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from newsig.collect.months import MONTHS
from newsig.records import DateDoubt, parse_when

EARLIEST = date(1990, 1, 1)
"""No feed has news that is older; dates before are those of clocks that were never set."""

AHEAD = timedelta(days=1)
"""How far in the future a date may lie: a day that has begun elsewhere, a clock that is fast."""

LONGEST = 100
"""Characters of a date; what is longer is none, and only its beginning is kept."""

RFC_ZONES = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
"""Hours east of Greenwich of names that RFC 5322 (4.3) defines. In other forms than its own they are ambiguous:
Australia has an EST, China a CST."""

ZONES: dict[str, float] = {"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "mez": 1}
ZONES |= {"mesz": 2, "eet": 2, "eest": 3, "sast": 2, "pkt": 5, "npt": 5.75, "ict": 7, "wib": 7, "hkt": 8, "sgt": 8}
ZONES |= {"awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13}
ZONES |= {"akst": -9, "akdt": -8, "hst": -10}
"""Hours east of Greenwich of names that mean one zone wherever they are used. Winter names used in summer are taken at
their word: in Europe and Australia that can only make a story younger than it is."""

CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s*(?P<zone>[+-]\d{4}|[+-]\d\d:\d\d|(?:gmt|utc)[+-]\d\d:?\d\d|[a-z]{1,5}))?"
)
WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
MONTH = r"(?P<month>[^\W\d_]{3,10})"
RFC = re.compile(
    rf"{WEEKDAY}(?P<day>\d{{1,2}})\.?[\s-]\s*{MONTH}\.?[\s-]\s*(?P<year>\d{{4}}|\d{{2}})(?:,?\s+{CLOCK})?",
    re.IGNORECASE,
)
"""RFC 822 and its successors, as loosely as feeds write it."""

OTHERS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{WEEKDAY}{MONTH}\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})(?:,?\s+(?:at\s+)?{CLOCK})?",
        rf"{WEEKDAY}{MONTH}\s+(?P<day>\d{{1,2}})\s+{CLOCK}\s+(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})(?P<parting>[-/])(?P<month>\d\d)(?P=parting)(?P<day>\d\d)(?:[t\s]\s*{CLOCK})?",
    )
]
"""The American form, that of C's asctime and of Unix, and ISO 8601 with blanks, slashes or names of zones."""

DAY = re.compile(r"\d{8}|\d{4}-\d\d-\d\d|\d{4}-?W\d\d-?\d")
COMMENT = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a date as written tells: ``text`` as written, ``when`` a moment or a day, and why that is less than what is
    written. All are null where nothing is written."""

    text: str | None = None
    when: date | datetime | None = None
    doubt: DateDoubt | None = None


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
    if isinstance(when, datetime):
        try:
            when.astimezone(UTC)
        except OverflowError as error:
            raise ValueError("it lies beyond the years that a date can have") from error
    return when


def read_date(value: str | None, now: datetime | None = None, earliest: date = EARLIEST) -> Reading:
    """A date as feeds write them. Of a time whose zone is missing or ambiguous the day alone is kept, and nothing of
    one before 1990, or another ``earliest`` day, or, where ``now`` is given, more than a day after it.

    >>> read_date("Thu, 18 Jul 2024 02:26:00 GMT").when.isoformat(), read_date("Thu, 18 Jul 2024 02:26:00 IST").when
    ('2024-07-18T02:26:00+00:00', datetime.date(2024, 7, 18))
    >>> read_date("Thu, 18 Jul 2024 02:26:00 IST").doubt, read_date("1721269560").doubt
    ('ambiguous_zone', 'unreadable')
    """
    text = (value or "").strip()
    if not text:
        return Reading()
    if len(text) > LONGEST:
        return Reading(text=text[:LONGEST], doubt="unreadable")
    try:
        when, doubt = _read(COMMENT.sub("", text))
        if _in_range(when, now, earliest):
            return Reading(text=text, when=when, doubt=doubt)
    except OverflowError:  # in UTC it lies beyond the years that a date can have
        pass
    except ValueError:
        return Reading(text=text, doubt="unreadable")
    return Reading(text=text, doubt="out_of_range")


def _read(text: str) -> tuple[date | datetime, DateDoubt | None]:
    if found := RFC.fullmatch(text):
        return _composed(found, ZONES | RFC_ZONES)
    for form in OTHERS:
        if found := form.fullmatch(text):
            return _composed(found, ZONES)
    if text.isdecimal() and len(text) != len("20240718"):  # seconds since 1970 or anything
        raise ValueError(f"{text!r} is a number")
    when = datetime.fromisoformat(text)
    if when.tzinfo is not None:
        return when, None
    return when.date(), None if DAY.fullmatch(text) else "no_zone"


def _composed(found: re.Match[str], zones: dict[str, float]) -> tuple[date | datetime, DateDoubt | None]:
    day = date(_year(found["year"]), _month(found["month"]), int(found["day"]))
    if found["hour"] is None:
        return day, None
    fraction = (found["fraction"] or "")[:6].ljust(6, "0")
    clock = time(_hour(found), int(found["minute"]), int(found["second"] or 0), int(fraction))
    if found["zone"] is None:
        return day, "no_zone"
    zone = _zone(found["zone"].lower(), zones)
    return (day, "ambiguous_zone") if zone is None else (datetime.combine(day, clock, zone), None)


def _month(name: str) -> int:
    if name.isdecimal():
        return int(name)
    if name.lower() not in MONTHS:
        raise ValueError(f"{name!r} is no month")
    return MONTHS[name.lower()]


def _year(digits: str) -> int:
    # two digits as RFC 5322 reads them
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"])
    if found["half"] is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"{hour} is no hour of half a day")
    return hour % 12 + (12 if found["half"].lower() == "p" else 0)


def _zone(name: str, zones: dict[str, float]) -> timezone | None:
    offset = name.removeprefix("gmt").removeprefix("utc")
    if offset.startswith(("+", "-")):
        digits = offset[1:].replace(":", "")
        if int(digits[2:]) > 59:
            raise ValueError(f"{name!r} is no offset")
        east = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(-east if offset[0] == "-" else east)
    return timezone(timedelta(hours=zones[name])) if name in zones else None


def _in_range(when: date | datetime, now: datetime | None, earliest: date) -> bool:
    latest = None if now is None else now.astimezone(UTC) + AHEAD
    if isinstance(when, datetime):
        moment = when.astimezone(UTC)
        return moment.date() >= earliest and (latest is None or moment <= latest)
    return when >= earliest and (latest is None or when <= latest.date())
