"""Expressions of time and the sessions they mean: "so far this year" → the closes to measure from and to.

Everything looks back from the day a story was written, on the calendar of the instrument's own market. What the text
alone cannot settle ("in five days", "since last week", "its 2021 peak") keeps its span and has no dates: a wrong date
is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from newsig import sessions
from newsig.records import PeriodBasis

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
COUNTS = {
    word: value
    for value, word in enumerate(("one two three four five six seven eight nine ten eleven twelve").split(), start=1)
}

_DAY = "|".join(WEEKDAYS)
_MONTH = "|".join(MONTHS)
_COUNT = "|".join(COUNTS)
_YEAR = r"(?:19|20)\d\d"
_START = r"(?:the\s+)?(?:start|beginning|outset|turn)\s+of"

# Earlier rows win over later ones at the same place; longer matches win over shorter ones. The kind names a reader
# below; "unknown" is an expression that states a period which the text alone does not settle, "other" one that looks
# like a period and is none.
PATTERNS: tuple[tuple[str, str], ...] = (
    ("other", rf"(?:through|until|till)\s+(?:{_DAY})"),
    ("other", rf"(?:futures?|contracts?|crude|delivery)\s+for\s+(?:{_MONTH})"),
    ("date", rf"(?:on\s+)?(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})\b(?!\d|\s*%)(?:,?\s+(?P<year>{_YEAR}))?"),
    ("today", r"from\s+(?:its|a|an|the|their)\s+(?:previous|prior|last)(?:\s+session)?\s+close"),
    ("unknown", rf"(?:from|than)\s+(?:\d+|{_COUNT})\s+(?:days|weeks|months|years)\s+(?:ago|earlier|before)|for\s+the\s+decade"),
    ("unknown", r"(?:in|for|over|during)\s+the\s+(?:first|last|final)\s+(?:\w+\s+)?(?:days|weeks?|months?)\s+of\s+(?:the\s+)?\w+"),
    ("week", r"for\s+(?:a|the|its)\s+\w+\s+(?:straight|consecutive|successive)\s+week"),
    ("weekly", r"(?:weekly|one-week)\s+(?:\w+\s+)?(?:advances?|gains?|loss(?:es)?|declines?|drops?|performances?|showing|rise|fall|increase)"),
    ("monthly", r"monthly\s+(?:\w+\s+)?(?:advances?|gains?|loss(?:es)?|declines?|drops?|performances?|showing|rise|fall|increase)"),
    ("quarterly", r"quarterly\s+(?:percentage\s+|point\s+)?(?:advances?|gains?|loss(?:es)?|declines?|drops?|performances?|showing|rise|fall)"),
    ("other", rf"(?:for|with)\s+(?:{_MONTH})\s+(?:delivery|settlement)|(?:{_MONTH})\s+(?:delivery|contract|crude|futures)"),
    ("unknown", r"over\s+(?:that|the|this|its|a)\s+[^.,;]{0,40}?(?:period|stretch|span|run|streak)(?:\s+of\s+[^.,;]{1,30})?"),
    ("unknown", rf"of\s+the\s+(?:past|last)\s+(?:\d+|{_COUNT})\s+(?:sessions|days|weeks)"),
    ("unknown", rf"between\s+(?:early|mid|late|the\s+\w+\s+of)?[\s-]?(?:{_MONTH})\b[^.,;]{{0,40}}?\band\s+(?:early|mid|late)?[\s-]?(?:{_MONTH})(?:\s+{_YEAR})?"),
    ("unknown", r"(?:in|for|over)\s+(?:\w+\s+)?(?:consecutive|straight|successive)\s+(?:sessions|days|weeks|months)(?:\s+(?:last|this)\s+(?:week|month))?"),
    ("unknown", rf"(?:in|for)\s+(?:the\s+)?(?:\d+|{_COUNT})\s+(?:consecutive|straight|successive)\s+(?:sessions|days|weeks|months|quarters)(?:\s+(?:last|this)\s+(?:week|month))?"),
    ("unknown", r"(?:over|in|during)\s+the\s+(?:following|subsequent|next|coming)\s+(?:\w+\s+)?(?:days?|weeks?|months?|quarters?|years?)"),
    ("same", r"(?:in|over|during)\s+(?:that|the same)\s+(?:time|period|span|stretch)|since\s+(?:then|that\s+time)"),
    ("extended", r"(?:in\s+)?(?:extended|extended-hours|after-hours|after hours)\s+(?:trading|trade|dealings)|after-market\s+\w+|after\s+(?:the|\w+day['’]s)\s+(?:closing\s+bell|bell|close)|in\s+after-hours"),
    ("today", r"(?:in\s+)?(?:pre-?market|before-the-bell)\s+(?:trading|trade|dealings)|before\s+the\s+bell"),
    ("year", rf"since\s+{_START}\s+(?:the|this)\s+year|(?:so\s+far\s+)?this\s+year|year[\s-]to[\s-]date|for\s+the\s+year(?:\s+to\s+date)?|so\s+far\s+for\s+the\s+year|so\s+far\s+in\s+{_YEAR}|to\s+date\s+this\s+year|since\s+january\s+1\b"),
    ("since_year", rf"since\s+{_START}\s+(?P<year>{_YEAR})|since\s+the\s+end\s+of\s+(?P<ended>{_YEAR})"),
    ("since_start_month", rf"since\s+{_START}\s+(?P<month>{_MONTH})(?:\s+(?P<year>{_YEAR}))?"),
    ("since_end_month", rf"since\s+the\s+end\s+of\s+(?P<month>{_MONTH})(?:\s+(?P<year>{_YEAR}))?"),
    ("since_date", rf"since\s+(?:[^.,;]{{0,60}}?\bon\s+)?(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})\b(?!\d)(?:,?\s+(?P<year>{_YEAR}))?"),
    ("since_weekday", rf"(?:since|from)\s+(?:the\s+close\s+(?:of\s+trading\s+)?(?:on\s+)?)?(?:last\s+)?(?P<weekday>{_DAY})(?:['’]s\s+close)?"),
    ("since_weekday", rf"from\s+(?:the|its)\s+(?:previous\s+)?close\s+(?:of\s+trading\s+)?(?:on\s+)?(?P<weekday>{_DAY})"),
    ("unknown", r"since(?:\s+(?!(?:and|but|while|as|including|on|after|before|with|when)\b)[\w’'.&-]*[\w’']){1,8}"),
    ("month", rf"(?:so\s+far\s+)?this\s+month|month[\s-]to[\s-]date|(?:for|in|over)\s+the\s+month(?:\s+to\s+date|\s+so\s+far)?|(?:end|finish)(?:ed|ing)?\s+the\s+month|(?:so\s+far\s+)?(?:in|for)\s+(?P<month>{_MONTH})(?:\s+(?:alone|so\s+far))?(?!\s+(?:\d|{_YEAR}))"),
    ("quarter", r"(?:so\s+far\s+)?this\s+quarter|quarter[\s-]to[\s-]date|(?:for|in|over)\s+the\s+quarter(?:\s+so\s+far)?|(?:end|finish)(?:ed|ing)?\s+the\s+quarter"),
    ("week", r"(?:so\s+far\s+)?this\s+week|(?:for|on|over|in|during)\s+the\s+week|week[\s-]to[\s-]date|(?:end|finish|clos)(?:ed|ing)?\s+(?:out\s+)?the\s+week"),
    ("last_quarter", r"(?:in|for|during)?\s*(?:the\s+)?last\s+quarter"),
    ("last_year", r"(?:in|for|during\s+)?last\s+year|in\s+the\s+previous\s+year"),
    ("last_month", r"(?:in|for|during\s+)?last\s+month"),
    ("last_week", r"(?:in|for|during\s+)?last\s+week(?:\s+alone)?"),
    ("in_year", rf"(?:in|during|for(?:\s+all\s+of)?|ended|finished|ending)\s+(?P<year>{_YEAR})(?:\s+(?:so\s+far|alone))?"),
    ("past", rf"(?:in|over|during|within|for)\s+the\s+(?:last|past|previous|latest|prior)\s+(?:(?P<count>\d+|{_COUNT})\s+)?(?:trading\s+)?(?P<unit>sessions?|days?|weeks?|months?|years?)"),
    ("hours", rf"(?:in|within|over)\s+(?:just\s+|only\s+|the\s+first\s+)?(?:\d+|{_COUNT})\s+(?:hours?|minutes?)"),
    ("one_day", r"in\s+(?:just\s+|only\s+)?(?:one|a\s+single)\s+(?:day|session)"),
    ("unknown", rf"(?:in|over|within)\s+(?:just\s+|only\s+|about\s+)?(?:\d+|{_COUNT})\s+(?:trading\s+)?(?:sessions?|days?|weeks?|months?|years?)"),
    ("unknown", r"(?:from|on)\s+(?:a\s+)?(?:year|month|quarter)[\s-](?:earlier|ago|before|on[\s-]\w+)|(?:a\s+)?(?:year|month|quarter)\s+(?:earlier|ago|before)|year[\s-](?:on|over)[\s-]year|month[\s-](?:on|over)[\s-]month|from\s+the\s+(?:same|previous|prior)\s+(?:period|quarter|month|year)(?:\s+(?:a|last)\s+year(?:\s+(?:ago|earlier))?)?"),
    ("fiscal", r"(?:in|for)?\s*(?:the\s+)?(?:first|second|third|fourth)[\s-](?:fiscal[\s-])?(?:quarter|half)(?:\s+of\s+(?:this\s+year|last\s+year|(?:19|20)\d\d))?|\bQ[1-4]\b"),
    ("peak", r"(?:from|below|above|off|since|of)\s+(?:its|a|an|the|their)\s+(?:[\w’'-]+\s+){0,4}?(?:peak|high|low|trough|highs|lows|record(?:\s+close)?|levels)(?:\s+(?:of|on|in|hit|set|reached)\s+[^.,;]{1,30})?"),
    ("unknown", r"(?:by|until)\s+(?:year-end|(?:the\s+)?end\s+of[^.,;]{1,20})|next\s+(?:week|month|quarter|year)|in\s+the\s+coming\s+\w+"),
    ("weekday", rf"(?:(?:late|early)\s+)?(?:(?:on|last|this|by)\s+)?(?:last\s+)?(?P<weekday>{_DAY})(?:['’]s?|s)?(?:\s+(?:morning|afternoon|evening|night))?"),
    ("yesterday", r"yesterday"),
    ("today", r"(?:on\s+the\s+day\s+)?today(?:['’]s)?|this\s+(?:morning|afternoon|evening)|tonight|(?:on|for|of|ending|ended|end|finish|finished)\s+the\s+(?:day|session)|in\s+the\s+session|(?:at|of)\s+the\s+(?:open|close)\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE)) for kind, pattern in PATTERNS)
_AHEAD = re.compile(
    r"\b(?:due|expected|scheduled|slated|will|planned|plans?|ahead of|before|until|next|upcoming|set)\b[^,.;]{0,40}$", re.IGNORECASE
)
_FUTURE_KINDS = {"weekday", "today", "month", "week", "year"}
DAY_KINDS = frozenset({"weekday", "today", "yesterday", "hours", "one_day", "date", "extended"})
"""Kinds that name a session rather than a longer window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """An expression of time in the text: its span, its kind, and the named parts of it (lower case)."""

    start: int
    end: int
    kind: str
    parts: tuple[tuple[str, str], ...] = ()

    def part(self, name: str) -> str | None:
        """A named part, such as the weekday; None where the expression has none."""
        return dict(self.parts).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """From where a story looks at time: its moment of publication (UTC, None where only the day is known) and the
    day in its newsroom's zone."""

    day: date
    moment: datetime | None = None

    @classmethod
    def of(cls, published: date | datetime | None, zone: ZoneInfo) -> Reference | None:
        """The reference of a story; None where nobody knows when it was published."""
        if published is None:
            return None
        if isinstance(published, datetime):
            return cls(day=published.astimezone(zone).date(), moment=published.astimezone(UTC))
        return cls(day=published)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The closes that a change is measured from and to; None where they cannot be known."""

    base: date | None = None
    end: date | None = None


UNKNOWN = Window()


def find_periods(text: str) -> list[Expression]:
    """Every expression of time that can say over what a change is measured, none inside another.

    >>> [text[e.start:e.end] for text in ["On Friday the Dow fell, but is up 5% so far this year."]
    ...  for e in find_periods(text)]
    ['On Friday', 'so far this year']
    """
    hits = [
        (match.start(), -match.end(), rank, kind, match)
        for rank, (kind, pattern) in enumerate(_COMPILED)
        for match in pattern.finditer(text)
        if match[0].strip()
    ]
    kept: list[Expression] = []
    taken = 0
    for _, _, _, kind, match in sorted(hits, key=lambda hit: hit[:3]):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        if start < taken:
            continue
        taken = match.end()
        if kind == "other" or kind in _FUTURE_KINDS and _AHEAD.search(text, max(0, start - 60), start):
            continue
        parts = tuple((name, value.lower()) for name, value in match.groupdict().items() if value)
        kept.append(Expression(start=start, end=match.end(), kind=kind, parts=parts))
    return kept


def session_of(market: str, reference: Reference) -> date | None:
    """The session a story of that moment reports when it names none: the last one that had opened.

    >>> session_of("XNYS", Reference(day=date(2024, 7, 6)))
    datetime.date(2024, 7, 5)
    """
    if reference.moment is None:
        return sessions.on_or_before(market, reference.day)
    latest = sessions.on_or_before(market, reference.moment.date() + timedelta(days=1))
    while latest is not None and sessions.opens_at(market, latest) > reference.moment:
        latest = sessions.before(market, latest)
    return latest


def resolve(expression: Expression | None, reference: Reference | None, market: str) -> Window:
    """The window that an expression means on a market; without an expression, the session the story reports."""
    if reference is None:
        return UNKNOWN
    if expression is None:
        return day_window(market, session_of(market, reference))
    return READERS[expression.kind](expression, reference, market)


def basis_of(expression: Expression) -> PeriodBasis:
    """How the expression gives the period away: stated, or by an event that the text only names."""
    return "event" if expression.kind in ("same",) else "stated"


def day_window(market: str, session: date | None) -> Window:
    """The change of one session: from the close before it."""
    if session is None:
        return UNKNOWN
    return Window(base=sessions.before(market, session), end=session)


def _from(market: str, base_day: date, end: date | None) -> Window:
    """From the last close on or before a day; unknown where that would leave nothing in between."""
    base = sessions.on_or_before(market, base_day)
    if base is None or end is None or base >= end:
        return UNKNOWN
    return Window(base=base, end=end)


def _weekday(reference: Reference, name: str, *, strictly: bool = False) -> date:
    """The most recent day of that name, looking back from the story's own day."""
    back = (reference.day.weekday() - WEEKDAYS.index(name)) % 7
    return reference.day - timedelta(days=back or (7 if strictly else 0))


def _read_weekday(expression: Expression, reference: Reference, market: str) -> Window:
    day = _weekday(reference, expression.part("weekday") or "")
    session = sessions.on_or_before(market, day)
    return day_window(market, session) if session == day else UNKNOWN


def _read_today(_: Expression, reference: Reference, market: str) -> Window:
    session = sessions.on_or_before(market, reference.day)
    current = session_of(market, reference)
    return day_window(market, min(filter(None, (session, current)), default=None))


def _read_yesterday(_: Expression, reference: Reference, market: str) -> Window:
    return day_window(market, sessions.on_or_before(market, reference.day - timedelta(days=1)))


def _read_extended(_: Expression, reference: Reference, market: str) -> Window:
    session = session_of(market, reference)
    return Window(base=session, end=session)


def _read_year(_: Expression, reference: Reference, market: str) -> Window:
    return _from(market, date(reference.day.year - 1, 12, 31), session_of(market, reference))


def _read_month(expression: Expression, reference: Reference, market: str) -> Window:
    first = reference.day.replace(day=1)
    if (name := expression.part("month")) and MONTHS.index(name) + 1 != first.month:
        return _closed_month(market, _month_start(reference, name))
    return _from(market, first - timedelta(days=1), session_of(market, reference))


def _read_quarter(_: Expression, reference: Reference, market: str) -> Window:
    first = date(reference.day.year, (reference.day.month - 1) // 3 * 3 + 1, 1)
    return _from(market, first - timedelta(days=1), session_of(market, reference))


def _read_week(_: Expression, reference: Reference, market: str) -> Window:
    end = session_of(market, reference)
    if end is None:
        return UNKNOWN
    return _from(market, end - timedelta(days=end.weekday() + 1), end)


def _read_last_week(_: Expression, reference: Reference, market: str) -> Window:
    monday = reference.day - timedelta(days=reference.day.weekday())
    return _from(market, monday - timedelta(days=8), sessions.before(market, monday))


def _read_last_month(_: Expression, reference: Reference, market: str) -> Window:
    return _closed_month(market, (reference.day.replace(day=1) - timedelta(days=1)).replace(day=1))


def _closed_month(market: str, first: date) -> Window:
    after = (first + timedelta(days=32)).replace(day=1)
    return _from(market, first - timedelta(days=1), sessions.before(market, after))


def _read_last_quarter(_: Expression, reference: Reference, market: str) -> Window:
    this = date(reference.day.year, (reference.day.month - 1) // 3 * 3 + 1, 1)
    ended = this - timedelta(days=1)
    first = date(ended.year, ended.month - 2, 1)
    return _from(market, first - timedelta(days=1), sessions.before(market, this))


def _closed_year(market: str, year: int) -> Window:
    return _from(market, date(year - 1, 12, 31), sessions.before(market, date(year + 1, 1, 1)))


def _read_last_year(_: Expression, reference: Reference, market: str) -> Window:
    return _closed_year(market, reference.day.year - 1)


def _read_in_year(expression: Expression, reference: Reference, market: str) -> Window:
    year = int(expression.part("year") or 0)
    if year == reference.day.year:
        return _read_year(expression, reference, market)
    return _closed_year(market, year) if sessions.START.year < year < reference.day.year else UNKNOWN


def _read_since_year(expression: Expression, reference: Reference, market: str) -> Window:
    year = int(expression.part("year") or 0) or int(expression.part("ended") or 0) + 1
    return _from(market, date(year - 1, 12, 31), session_of(market, reference)) if sessions.START.year < year <= reference.day.year else UNKNOWN


def _month_start(reference: Reference, name: str, year: str | None = None) -> date:
    """The first of the most recent month of that name that has begun."""
    month = MONTHS.index(name) + 1
    if year:
        return date(int(year), month, 1)
    return date(reference.day.year - (month > reference.day.month), month, 1)


def _read_since_start_month(expression: Expression, reference: Reference, market: str) -> Window:
    first = _month_start(reference, expression.part("month") or "", expression.part("year"))
    return _from(market, first - timedelta(days=1), session_of(market, reference))


def _read_since_end_month(expression: Expression, reference: Reference, market: str) -> Window:
    first = _month_start(reference, expression.part("month") or "", expression.part("year"))
    return _from(market, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1), session_of(market, reference))


def _read_since_date(expression: Expression, reference: Reference, market: str) -> Window:
    try:
        day = _month_start(reference, expression.part("month") or "", expression.part("year")).replace(day=int(expression.part("day") or 0))
    except ValueError:
        return UNKNOWN
    if day > reference.day:
        day = day.replace(year=day.year - 1)
    return _from(market, day, session_of(market, reference)) if sessions.is_session(market, day) else UNKNOWN


def _read_date(expression: Expression, reference: Reference, market: str) -> Window:
    try:
        day = _month_start(reference, expression.part("month") or "", expression.part("year")).replace(day=int(expression.part("day") or 0))
    except ValueError:
        return UNKNOWN
    if day > reference.day:
        day = day.replace(year=day.year - 1)
    return day_window(market, day) if sessions.is_session(market, day) else UNKNOWN


def _read_since_weekday(expression: Expression, reference: Reference, market: str) -> Window:
    return _from(market, _weekday(reference, expression.part("weekday") or "", strictly=True), session_of(market, reference))


def _read_past(expression: Expression, reference: Reference, market: str) -> Window:
    end = session_of(market, reference)
    count = expression.part("count") or "one"
    number = int(count) if count.isdigit() else COUNTS[count]
    unit = (expression.part("unit") or "").rstrip("s")
    if end is None or not 0 < number <= 60:
        return UNKNOWN
    if unit == "session":
        return Window(base=sessions.shifted(market, end, -number), end=end)
    if unit == "week":
        return _from(market, reference.day - timedelta(days=7 * number + 1), end)
    return UNKNOWN  # "in the past year" and "in the last five days" are too loose to hold a close to


def _read_unknown(_expression: Expression, _reference: Reference, _market: str) -> Window:
    return UNKNOWN


READERS: dict[str, Callable[[Expression, Reference, str], Window]] = {
    "weekday": _read_weekday,
    "today": _read_today,
    "yesterday": _read_yesterday,
    "hours": _read_today,
    "one_day": _read_today,
    "extended": _read_extended,
    "year": _read_year,
    "month": _read_month,
    "quarter": _read_quarter,
    "week": _read_week,
    "last_week": _read_last_week,
    "last_month": _read_last_month,
    "last_quarter": _read_last_quarter,
    "last_year": _read_last_year,
    "in_year": _read_in_year,
    "since_year": _read_since_year,
    "since_start_month": _read_since_start_month,
    "since_end_month": _read_since_end_month,
    "since_date": _read_since_date,
    "since_weekday": _read_since_weekday,
    "date": _read_date,
    "weekly": _read_week,
    "monthly": _read_month,
    "quarterly": _read_quarter,
    "past": _read_past,
    "same": _read_unknown,
    "peak": _read_unknown,
    "fiscal": _read_unknown,
    "unknown": _read_unknown,
}
