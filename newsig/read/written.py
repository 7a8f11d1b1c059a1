"""A date as a page writes it → a moment or a day, and what is doubtful about it. Nothing is guessed.

A moment needs a zone whose offset is certain; of a time without one only the day is kept. A day needs a certain order:
"07/08/2024" is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from newsig.read.zones import zone_of
from newsig.records import DateDoubt

EARLIEST = date(1990, 1, 1)
LONGEST = 120

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})([-/.])(?P<number>\d{1,2})\2(?P<day>\d{1,2})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s/-]{{0,3}}(?:of )?{_MONTH},?[\s/-]{{0,3}}(?P<year>\d{{4}})\b",
        rf"\b{_MONTH}\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s)(?P<year>\d{{4}})(?!\d)",
        rf"\b{_MONTH}\s(?P<day>\d{{1,2}})(?=\s\d\d:\d\d)(?=.{{0,60}}\s(?P<year>(?:19|20)\d\d)$)",
        r"(?<!\d)(?P<one>\d{1,2})([-/.])(?P<two>\d{1,2})\2(?P<year>\d{4})(?!\d)",
    )
)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))(?::(?P<second>\d\d)(?:\.\d{1,9})?)?"
    r"\s?(?P<half>[ap]\.?m\b\.?)?"
    r"|(?<![\d:])(?P<hour12>\d{1,2})\s?(?P<half12>[ap]\.?m\b\.?)"
)
_ZONE = re.compile(
    r"(?:\b(?:gmt|utc)\s?)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?!\d)(?:\s\([a-z /]{3,40}\))?"
    r"|(?P<name>\(?\b(?:[a-z]{2,9} (?:(?:standard|daylight|mean|universal|european) )?time|us/eastern|[a-z]{1,5})\b\)?)"
)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?")
_LABEL = re.compile(
    r"^(?:(?:first|last|originally)\s)?(?:published|posted|updated|modified|created|released|issued|date)"
    r"(?:\s(?:on|at|time|date))?\b\s?[:|-]?\s?"
)
_FILLING = re.compile(r"\b(?:at|on)\b|[|·•@,/]|(?<=\s)[-–—](?=\s|$)|^[-–—]|[-–—]$|(?<=\s)t(?=\d)")
_PLACE = re.compile(r"(?<=[\dZ])\[[A-Z][\w/+-]{1,40}\]$")
"""The place that some programs write behind the offset, which tells nothing more."""
_EPOCH = re.compile(r"[1-9]\d{8,9}|[1-9]\d{11,12}")


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it was written, what it tells for certain, and why it does not tell more."""

    when: date | datetime | None
    text: str | None = None
    doubt: DateDoubt | None = None


def written(text: str, now: datetime | None = None) -> Written:
    """What a written date tells; after ``now`` plus a day, or before 1990, it is out of range.

    >>> written("July 17, 2024 8:02 AM EDT").when.isoformat()
    '2024-07-17T08:02:00-04:00'
    >>> written("17 Jul 2024 22:26 BST").when, written("17 Jul 2024 22:26 BST").doubt
    (datetime.date(2024, 7, 17), 'ambiguous_zone')
    >>> written("07/08/2024").doubt
    'unreadable'
    """
    text = " ".join(text.split())
    try:
        when, doubt = _iso(_PLACE.sub("", text)) or _spelt(text.lower())
        beyond = when is not None and _beyond(when, now)
    except OverflowError:
        return Written(None, text, "out_of_range")
    except ValueError:
        return Written(None, text, "unreadable")
    return Written(None, text, "out_of_range") if beyond else Written(when, text, doubt)


def _beyond(when: date | datetime, now: datetime | None) -> bool:
    if isinstance(when, datetime):
        moment = when.astimezone(UTC)
        return moment.date() < EARLIEST or (now is not None and moment > now + timedelta(days=1))
    return when < EARLIEST or (now is not None and when > (now + timedelta(days=1)).astimezone(UTC).date())


def _iso(text: str) -> tuple[date | datetime, DateDoubt | None] | None:
    if _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC), None
    try:
        if len(text) <= 10:
            return date.fromisoformat(text), None
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment, None) if moment.tzinfo is not None else (moment.date(), "no_zone")


def _spelt(text: str) -> tuple[date | datetime, DateDoubt | None]:
    if len(text) > LONGEST:
        raise ValueError("no date is as long as this")
    text = _WEEKDAY.sub(" ", _LABEL.sub("", text))
    day, rest = _day(text)
    rest = " ".join(_FILLING.sub(" ", rest).split())
    clock = _CLOCK.search(rest)
    if clock is None:
        if rest:
            raise ValueError(f"{rest!r} is no part of a date")
        return day, None
    zone_text = rest[clock.end() :].strip()
    if clock.start() > 0:
        raise ValueError("something stands before the time")
    moment = datetime.combine(day, _time(clock))
    if not zone_text:
        return day, "no_zone"
    zone = _zone(zone_text, moment)
    return (day, "ambiguous_zone") if zone is None else (moment.replace(tzinfo=zone), None)


def _day(text: str) -> tuple[date, str]:
    """The day in a text, and the rest of it."""
    for pattern in _DAYS:
        if (found := pattern.search(text)) is None:
            continue
        parts = found.groupdict()
        rest = text[: found.start()] + " " + text[found.end() :]
        if pattern is _DAYS[3]:
            rest = rest[: rest.rindex(parts["year"])]
        if "one" in parts:
            return _by_numbers(int(parts["one"]), int(parts["two"]), int(parts["year"])), rest
        month = int(parts["number"]) if "number" in parts else MONTHS.index(parts["month"][:3]) + 1
        return date(int(parts["year"]), month, int(parts["day"])), rest
    raise ValueError("there is no day in it")


def _by_numbers(one: int, two: int, year: int) -> date:
    if one <= 12 and two <= 12 and one != two:
        raise ValueError("either number may be the month")
    return date(year, min(one, two), max(one, two))


def _time(clock: re.Match[str]) -> time:
    hour = int(clock["hour"] or clock["hour12"])
    half = clock["half"] or clock["half12"]
    if half and not (1 <= hour <= 12 or (clock["minute"] and hour < 24)):
        raise ValueError(f"{hour} is no hour")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, int(clock["minute"] or 0), int(clock["second"] or 0))


def _zone(text: str, moment: datetime) -> tzinfo | None:
    """The zone behind a time, null where its name is not certain. Raises ValueError where it is no zone."""
    found = _ZONE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no zone")
    if found["name"]:
        return zone_of(found["name"], moment)
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return timezone(-offset if found["sign"] == "-" else offset)
