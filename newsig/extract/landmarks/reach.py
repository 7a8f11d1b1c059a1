"""Since when something is the most of its kind: "since April 2020", "in six months", "of the year", "ever"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from newsig.extract.numbers import hedge_before, number_value
from newsig.records import Comparator
from newsig.records import Reach as Kind

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth",
)  # fmt: skip
ORDER = {word: place for place, word in enumerate(ORDINALS, start=1)}
_MONTH = "|".join(month.capitalize() for month in MONTHS) + r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
_DAY = "|".join(day.capitalize() for day in WEEKDAYS)
_COUNT = rf"(?P<count>\d+(?:[\s-]1/2)?|an?|{'|'.join(sorted(ONES, key=len, reverse=True))})"
_HALF = r"(?:[\s-]and[\s-]a[\s-]half)?"
_UNIT = r"(?P<unit>day|session|week|month|quarter|year|decade)s?"
_HEDGES = (
    r"(?P<hedge>more\s+than|over|nearly|almost|at\s+least|about|around|roughly|just\s+over|a\s+little\s+over|close\s+to"
    r"|just\s+under)?"
)
_PART = r"(?:(?:early|mid|late|the\s+(?:start|beginning|end|middle)\s+of)[\s-]+)?"
_YEAR = r"(?:19|20)\d\d"
_SINCE = r"since\s+(?:at\s+least\s+)?"
_ON = "(?:as|after|while|and|but|with|led|helped|amid|boosted|hurt|on|before|making|following)"
"""Words that go on behind an undated reach: "since the crash of 1987 as investors …"."""
_REACH = re.compile(
    r"\s*,?\s*(?:"
    r"(?P<ever>ever\b|on\s+record\b|of\s+all\s+time\b|since\s+(?:records?\s+began|its\s+(?:inception|launch|creation|debut))"
    r"|in\s+(?:the\s+(?:index|fund|company|exchange|market)(?:['’]s)?\s+|its\s+|recorded\s+)?history\b)"
    rf"|{_SINCE}(?:on\s+)?{_PART}(?P<month>{_MONTH})\.?(?:\s+(?P<day>\d{{1,2}})(?!\d))?(?:,?\s+(?:of\s+)?(?P<year>{_YEAR}))?\b"
    rf"|{_SINCE}{_PART}(?P<only>{_YEAR})\b"
    rf"|since\s+(?:last\s+)?(?P<weekday>{_DAY})\b"
    r"|since\s+(?:the\s+)?(?P<last>last\s+(?:week|month|year))\b"
    rf"|(?:in|for|over)\s+{_HEDGES}\s*(?:the\s+(?:past|last)\s+)?{_COUNT}(?P<half>{_HALF})[\s-]{_UNIT}\b(?P<half2>{_HALF})"
    r"|(?:so\s+far\s+)?(?:this|of\s+the|for\s+the|in\s+the)\s+(?P<current>week|month|quarter|year|decade|century)\b"
    r"(?:\s+so\s+far)?"
    rf"|(?:of|in|so\s+far\s+in)\s+(?P<within>{_YEAR})\b"
    rf"|(?P<undated>since(?:\s+(?!{_ON}\b)[\w’'.&-]*\w){{1,9}}"
    r"|in\s+(?:several|many|recent)\s+(?:days|weeks|months|years|decades)|in\s+(?:decades|years|months|weeks)\b)"
    r")",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far back a comparison goes: ``since`` is its first day, null where the words do not date it. ``end`` is
    where its words end; ``hedge`` and ``comparator`` bound a stretch ("in more than a year"), which is ``counted`` back
    from the day of what is compared."""

    kind: Kind
    end: int
    since: date | None = None
    comparator: Comparator = "="
    hedge: str | None = None
    counted: bool = False


def read_reach(text: str, at: int, end: int, day: date | None) -> Reach | None:
    """The reach whose words start at a character; None where none do.

    ``day`` is that from which the story looks back.

    >>> read_reach("its lowest since April 2020.", 10, 28, date(2024, 7, 17)).since
    datetime.date(2020, 5, 1)
    """
    match = _REACH.match(text, at, end)
    if match is None:
        return None
    if match["ever"]:
        return Reach(kind="ever", end=match.end())
    if match["undated"]:
        return Reach(kind="since", end=match.end())
    comparator: Comparator = "="
    if match["hedge"]:
        read = hedge_before(match["hedge"] + " ", len(match["hedge"]) + 1)
        comparator = read[1] if read else "="
    since = _since(match, day) if day is not None else None
    return Reach(
        kind="since",
        end=match.end(),
        since=since,
        comparator=comparator,
        hedge=match["hedge"] or None,
        counted=match["count"] is not None,
    )


FARTHEST = 1200
"""No report counts more sessions, weeks, months or years back than this."""


def ago(day: date, count: float, unit: str) -> date | None:
    """The day so many days, weeks, months or years back.

    >>> ago(date(2024, 8, 31), 6, "month"), ago(date(2024, 7, 17), 52, "week")
    (datetime.date(2024, 2, 29), datetime.date(2023, 7, 19))
    """
    if count > FARTHEST:
        return None
    if unit in ("session", "day", "week"):
        return day - timedelta(days=round(count * 7)) if unit == "week" else None
    months = round(count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return None
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (after - timedelta(days=1)).day))


def _since(match: re.Match[str], day: date) -> date | None:
    """The first day of the comparison that a match means."""
    if match["month"]:
        return _after_month(match, day)
    if match["only"]:
        year = int(match["only"])
        return date(year + 1, 1, 1) if year < day.year else None
    if match["weekday"]:
        back = (day.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7 or 7
        return day - timedelta(days=back - 1)
    if match["last"]:
        return first_of(match["last"].split()[-1], day)
    if match["count"]:
        return ago(day, counted(match), match["unit"])
    if match["within"]:
        year = int(match["within"])
        return date(year, 1, 1) if year == day.year else None
    return first_of(match["current"], day)


def counted(match: re.Match[str]) -> float:
    """How many there are of a unit: the groups ``count``, ``half`` and ``half2`` of a match."""
    words = match["count"].lower()
    half = 0.5 if match["half"] or match["half2"] or words.endswith("1/2") else 0.0
    return (1.0 if words in ("a", "an") else number_value(words.removesuffix("1/2").rstrip(" -")) or 0.0) + half


def _after_month(match: re.Match[str], day: date) -> date | None:
    """The day after the month or date that is named, looking back from a day."""
    month = next(place for place, name in enumerate(MONTHS, start=1) if name.startswith(match["month"].lower()[:3]))
    number = int(match["day"]) if match["day"] else None
    recent = (month, number) < (day.month, day.day) if number is not None else month < day.month
    year = int(match["year"]) if match["year"] else day.year - (not recent)
    try:
        if number is not None:
            found = date(year, month, number) + timedelta(days=1)
        else:
            found = (date(year, month, 1) + timedelta(days=32)).replace(day=1)
    except ValueError:  # a 31st of June
        return None
    return found if found <= day else None


def first_of(unit: str, day: date) -> date | None:
    """The first day of the week, month, quarter or year that a day lies in; None for longer stretches."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return date(day.year, 1, 1) if unit == "year" else None
