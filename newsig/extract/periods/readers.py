"""From an expression of time to the sessions it means, on the calendar of the instrument's own market.

One reader for each kind of expression; the table of them stands at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from newsig import sessions
from newsig.extract.periods.expressions import COUNTS, MONTHS, WEEKDAYS, Expression
from newsig.extract.periods.windows import UNKNOWN, Reference, Window, day_window, session_of, window_from
from newsig.records import PeriodBasis

FARTHEST = 60
"""No story counts more sessions or weeks back than this."""


def resolve(expression: Expression | None, reference: Reference | None, market: str) -> Window:
    """The window that an expression means on a market; without an expression, the session the story reports."""
    if reference is None:
        return UNKNOWN
    if expression is None:
        return day_window(market, session_of(market, reference))
    return READERS[expression.kind](expression, reference, market)


def basis_of(expression: Expression) -> PeriodBasis:
    """How the expression gives the period away: stated, or by an event that the text only names."""
    return "event" if expression.kind == "same" else "stated"


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
    return window_from(market, date(reference.day.year - 1, 12, 31), session_of(market, reference))


def _read_month(expression: Expression, reference: Reference, market: str) -> Window:
    first = reference.day.replace(day=1)
    if (name := expression.part("month")) and MONTHS.index(name) + 1 != first.month:
        return _closed_month(market, _month_start(reference, name))
    return window_from(market, first - timedelta(days=1), session_of(market, reference))


def _quarter_start(reference: Reference) -> date:
    return date(reference.day.year, (reference.day.month - 1) // 3 * 3 + 1, 1)


def _read_quarter(_: Expression, reference: Reference, market: str) -> Window:
    return window_from(market, _quarter_start(reference) - timedelta(days=1), session_of(market, reference))


def _read_week(_: Expression, reference: Reference, market: str) -> Window:
    end = session_of(market, reference)
    if end is None:
        return UNKNOWN
    return window_from(market, end - timedelta(days=end.weekday() + 1), end)


def _read_last_week(_: Expression, reference: Reference, market: str) -> Window:
    monday = reference.day - timedelta(days=reference.day.weekday())
    return window_from(market, monday - timedelta(days=8), sessions.before(market, monday))


def _read_last_month(_: Expression, reference: Reference, market: str) -> Window:
    return _closed_month(market, (reference.day.replace(day=1) - timedelta(days=1)).replace(day=1))


def _closed_month(market: str, first: date) -> Window:
    after = (first + timedelta(days=32)).replace(day=1)
    return window_from(market, first - timedelta(days=1), sessions.before(market, after))


def _read_last_quarter(_: Expression, reference: Reference, market: str) -> Window:
    this = _quarter_start(reference)
    ended = this - timedelta(days=1)
    first = date(ended.year, ended.month - 2, 1)
    return window_from(market, first - timedelta(days=1), sessions.before(market, this))


def _closed_year(market: str, year: int) -> Window:
    return window_from(market, date(year - 1, 12, 31), sessions.before(market, date(year + 1, 1, 1)))


def _read_last_year(_: Expression, reference: Reference, market: str) -> Window:
    return _closed_year(market, reference.day.year - 1)


def _read_in_year(expression: Expression, reference: Reference, market: str) -> Window:
    year = int(expression.part("year") or 0)
    if year == reference.day.year:
        return _read_year(expression, reference, market)
    return _closed_year(market, year) if sessions.START.year < year < reference.day.year else UNKNOWN


def _read_since_year(expression: Expression, reference: Reference, market: str) -> Window:
    year = int(expression.part("year") or 0) or int(expression.part("ended") or 0) + 1
    if not sessions.START.year < year <= reference.day.year:
        return UNKNOWN
    return window_from(market, date(year - 1, 12, 31), session_of(market, reference))


def _month_start(reference: Reference, name: str, year: str | None = None) -> date:
    """The first of the most recent month of that name that has begun."""
    month = MONTHS.index(name) + 1
    if year:
        return date(int(year), month, 1)
    return date(reference.day.year - (month > reference.day.month), month, 1)


def _read_since_start_month(expression: Expression, reference: Reference, market: str) -> Window:
    first = _month_start(reference, expression.part("month") or "", expression.part("year"))
    return window_from(market, first - timedelta(days=1), session_of(market, reference))


def _read_since_end_month(expression: Expression, reference: Reference, market: str) -> Window:
    first = _month_start(reference, expression.part("month") or "", expression.part("year"))
    after = (first + timedelta(days=32)).replace(day=1)
    return window_from(market, after - timedelta(days=1), session_of(market, reference))


def _named_session(expression: Expression, reference: Reference, market: str) -> date | None:
    """The most recent day of a month and number; None where there is no such day or nothing was traded on it."""
    first = _month_start(reference, expression.part("month") or "", expression.part("year"))
    try:
        day = first.replace(day=int(expression.part("day") or 0))
        if day > reference.day and expression.part("year") is None:
            day = day.replace(year=day.year - 1)
    except ValueError:  # a 31st of June, or a 29th of February in most years
        return None
    return day if day <= reference.day and sessions.is_session(market, day) else None


def _read_since_date(expression: Expression, reference: Reference, market: str) -> Window:
    day = _named_session(expression, reference, market)
    return UNKNOWN if day is None else window_from(market, day, session_of(market, reference))


def _read_date(expression: Expression, reference: Reference, market: str) -> Window:
    return day_window(market, _named_session(expression, reference, market))


def _read_to_weekday(expression: Expression, reference: Reference, market: str) -> Window:
    day = _weekday(reference, expression.part("weekday") or "")
    number = _count(expression)
    if not sessions.is_session(market, day) or not 0 < number <= FARTHEST:
        return UNKNOWN
    if (expression.part("unit") or "").startswith("week"):
        return window_from(market, day - timedelta(days=7 * number), day)
    base = sessions.shifted(market, day, -number)
    return UNKNOWN if base is None else Window(base=base, end=day)


def _read_week_ago(_: Expression, reference: Reference, market: str) -> Window:
    end = session_of(market, reference)
    return UNKNOWN if end is None else window_from(market, end - timedelta(days=7), end)


def _count(expression: Expression) -> int:
    """The number in "in the last three weeks"; one where none is printed."""
    count = expression.part("count") or "one"
    return int(count) if count.isdigit() else COUNTS[count]


def _read_part(expression: Expression, reference: Reference, market: str) -> Window:
    """A quarter or half of the calendar year, the last one of that name that is over."""
    months = 3 if expression.part("unit") == "quarter" else 6
    place = ("first", "second", "third", "fourth").index(expression.part("ordinal") or "first")
    if place * months >= 12:
        return UNKNOWN
    year = int(expression.part("year") or reference.day.year)
    first = date(year, place * months + 1, 1)
    after = (first + timedelta(days=31 * months)).replace(day=1)
    if after > reference.day and expression.part("year") is None:
        first, after = first.replace(year=year - 1), after.replace(year=after.year - 1)
    if after > reference.day:
        return UNKNOWN
    return window_from(market, first - timedelta(days=1), sessions.before(market, after))


def _read_since_weekday(expression: Expression, reference: Reference, market: str) -> Window:
    day = _weekday(reference, expression.part("weekday") or "", strictly=True)
    return window_from(market, day, session_of(market, reference))


def _read_past(expression: Expression, reference: Reference, market: str) -> Window:
    end = session_of(market, reference)
    number = _count(expression)
    unit = (expression.part("unit") or "").rstrip("s")
    if end is None or not 0 < number <= FARTHEST:
        return UNKNOWN
    if unit == "session":
        base = sessions.shifted(market, end, -number)
        return UNKNOWN if base is None else Window(base=base, end=end)
    if unit == "week":
        return window_from(market, reference.day - timedelta(days=7 * number + 1), end)
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
    "part": _read_part,
    "to_weekday": _read_to_weekday,
    "week_ago": _read_week_ago,
    "weekly": _read_week,
    "monthly": _read_month,
    "quarterly": _read_quarter,
    "past": _read_past,
    "same": _read_unknown,
    "peak": _read_unknown,
    "fiscal": _read_unknown,
    "unknown": _read_unknown,
}
