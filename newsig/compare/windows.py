"""How firmly the words of a story pin a window to sessions, and which windows they leave possible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from newsig import sessions
from newsig.records import Claim

Window = tuple[date, date]
"""The session from whose close a move is measured, and the last session of it."""

MARGIN = timedelta(days=10)
"""No market rests longer than this: how far a neighbouring session may be where the calendar does not reach."""

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

A_DAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sun)(?:day)?s?\b|\b(?:to|yester)day\b|\b\d{4}-\d\d-\d\d\b"
    rf"|\b{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}(?![a-z])",
    re.IGNORECASE,
)
"""Words that name one day."""

LOOSE_WORDS = re.compile(
    r"\b(?:since|from|after|before|until|overnight|recent(?:ly)?|past|previous|few|several|couple|around|about|nearly"
    r"|almost|over|early|earlier|late|later|mid|start|beginning|morning|afternoon|midday|noon|open(?:ing|ed)?|intraday"
    r"|pre-?market|after-?hours|weeks|months|quarters|years|decades?|a (?:week|month|quarter|year))\b",
    re.IGNORECASE,
)
"""Words that leave open on which session a window starts or ends."""

_A_PART = re.compile(
    r"\b(?:early|mid|morning|afternoon|midday|noon|opening|intraday|pre-?market|extended|after-hours)\b", re.IGNORECASE
)

_NAMES = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {name: number for number, name in enumerate(_NAMES, start=2)}
COUNT = r"(?P<count>\d{1,2}|" + "|".join(NUMBERS) + ")"
SESSIONS = re.compile(rf"\b{COUNT}[\s-]+(?:trading[\s-]+)?(?:days?|sessions?)\b", re.IGNORECASE)
LAST_WEEK = re.compile(r"\b(?:last|the (?:past|previous)) week\b", re.IGNORECASE)
THAT_TIME = re.compile(r"\b(?:(?:in|over|during) (?:that|the same) (?:time|period|span|stretch)|since then)\b", re.I)
PART = rf"(?P<{{0}}>early|mid|late)?[\s-]*(?P<{{1}}>{MONTH})"
BETWEEN_MONTHS = re.compile(
    rf"\b(?:between|from)\s+{PART.format('part', 'month')}(?:\s+(?P<year>(?:19|20)\d\d))?\s+(?:and|to|until|through)\s+"
    rf"{PART.format('part2', 'month2')}(?:\s+(?P<year2>(?:19|20)\d\d))?(?![a-z])",
    re.IGNORECASE,
)
PARTS = {"early": (1, 11), "mid": (10, 21), "late": (20, 31)}
"""The days of the month that a part of it may mean."""

ENDS = 5
"""How many sessions back a window of so many sessions may end: "in five days" need not end with the last one."""

BACK = 10
"""How many sessions back "in that time" may begin, where what it refers to is not known."""

REACH = 0.3
"""How far off, as a share of their length, windows may start whose words do not pin them; `FAR` sessions at most."""
FAR = 10


def pinned(claim: Claim) -> bool:
    """Whether the story says in so many words over which sessions the figure runs, give or take one at either end.

    True for a stated period without loose words ("on Friday", "this year", "in five days"), and for one taken from
    words that name a day. A stated period that names days stays firm whatever else it says ("since 9 July").
    """
    words = _words(claim)
    if A_DAY.search(words):
        return claim.period_basis in ("stated", "inherited") and not _A_PART.search(words)
    return claim.period_basis == "stated" and not LOOSE_WORDS.search(words)


def _words(claim: Claim) -> str:
    return claim.period.text if claim.period else ""


def readings(claim: Claim, finished: date | None, market: str) -> tuple[Window, ...]:
    """The windows that the words of a claim leave possible, where they settle none; in the order of their days.

    ``finished`` is the last session that was over when the story appeared. Empty where the words tell too little.
    """
    if finished is None:
        return ()
    words = _words(claim)
    if between := BETWEEN_MONTHS.search(words):
        return _between_months(between, finished, market)
    if LAST_WEEK.search(words) and not SESSIONS.search(words):
        monday = finished - timedelta(days=finished.weekday() + 7)
        starts = sessions.between(market, monday - timedelta(days=3), monday + timedelta(days=4))
        return _paired(starts, _back(market, finished, 2))
    if count := SESSIONS.search(words):
        length = counted(count["count"])
        ends = _back(market, finished, ENDS)
        return tuple((start, end) for end in ends if (start := sessions.shifted(market, end, -length)) is not None)
    if THAT_TIME.search(words):
        return _paired(_back(market, finished, BACK + 1)[:-1], [finished])
    return ()


def counted(word: str) -> int:
    """A small number in words or figures.

    >>> counted("Five"), counted("12")
    (5, 12)
    """
    return NUMBERS.get(word.lower()) or int(word)


def _back(market: str, day: date, count: int) -> list[date]:
    """That session and those before it, ``count`` in all, oldest first."""
    found = (sessions.shifted(market, day, -back) for back in range(count - 1, -1, -1))
    return [one for one in found if one is not None]


def _paired(starts: Sequence[date], ends: Sequence[date]) -> tuple[Window, ...]:
    return tuple(sorted((start, end) for start in starts for end in ends if start < end))


def _between_months(said: re.Match[str], finished: date, market: str) -> tuple[Window, ...]:
    last_year = int(said["year2"] or finished.year)
    first = _days(said["part"], said["month"], int(said["year"] or last_year))
    last = _days(said["part2"], said["month2"], last_year)
    if first > last:
        first = _days(said["part"], said["month"], last_year - 1)
    return _paired(
        sessions.between(market, *first), [day for day in sessions.between(market, *last) if day <= finished]
    )


def _days(part: str | None, month: str, year: int) -> tuple[date, date]:
    return part_of_month(part, month_number(month), year)


def part_of_month(part: str | None, number: int, year: int) -> tuple[date, date]:
    """The first and the last day that a part of a month may mean, "early", "mid" or "late", or all of it.

    >>> [day.isoformat() for day in part_of_month("late", 2, 2024)]
    ['2024-02-20', '2024-02-29']
    """
    first, last = PARTS.get((part or "").lower(), (1, 31))
    start = date(year, number, 1)
    end = date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    return start.replace(day=first), min(start + timedelta(days=last - 1), end)


def month_number(name: str) -> int:
    """The number of a month by its name or its first three letters.

    >>> month_number("Oct."), month_number("march")
    (10, 3)
    """
    return MONTHS.index(name[:3].lower()) + 1


def around(claim: Claim, known: Sequence[date]) -> tuple[Window, ...]:
    """The windows around a claim's own that its words may mean as well, of the days ``known``, oldest first.

    Both ends may be a session off; where the words do not pin the window, its start may be further away the longer the
    window is. The claim's own window is among them.
    """
    if claim.base_date not in known or claim.end_date not in known:
        return ()
    first, last = known.index(claim.base_date), known.index(claim.end_date)
    far = 1 if pinned(claim) else min(FAR, max(2, round(REACH * (last - first))))
    starts = known[max(0, first - far) : first + far + 1]
    return _paired(starts, known[max(0, last - 1) : last + 2])
