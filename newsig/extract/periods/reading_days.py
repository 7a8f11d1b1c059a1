"""Readers of expressions that name days: from words to sessions."""

from __future__ import annotations

from datetime import date, timedelta

from newsig import sessions
from newsig.extract.periods.events import EVENTS
from newsig.extract.periods.expressions import Expression
from newsig.extract.periods.vocabulary import COUNTS, WEEKDAYS, compiled, month_number, weekday_number
from newsig.extract.periods.windows import (
    UNKNOWN,
    Reference,
    Window,
    day_window,
    months_before,
    session_of,
    window_from,
)

FARTHEST = 60
"""No story counts more sessions, weeks or months back than this."""
STILL_AHEAD = 45
"""A date without a year that lies at most so many days ahead is still to come, not last year's."""
MONTHS_IN = {"month": 1, "months": 1, "period": 1, "quarter": 3, "half": 6, "half-year": 6, "year": 12, "years": 12}
_EVENTS = tuple((compiled(words), days) for words, days in EVENTS)


def count_of(expression: Expression) -> int:
    """The number in "in the last three weeks"; one where none is printed."""
    count = expression.part("count") or "one"
    return int(count) if count.isdigit() else COUNTS[count]


def named_day(expression: Expression, reference: Reference, *, suffix: str = "") -> date | None:
    """The day that an expression names by month and number, in any order; None where there is no such day.

    Without a year it is the most recent one. ``suffix`` picks the second of two dates.
    """
    parts = {name.removesuffix(suffix): value for name, value in expression.parts if name.endswith(suffix)}
    try:
        if iso := parts.get("iso"):
            return date.fromisoformat(iso)
        month = month_number(parts.get("month") or parts.get("month2") or "")
        number, year = int(parts.get("day") or parts.get("day2") or 0), parts.get("year") or parts.get("year2")
        day = date(int(year or reference.day.year), month, number)
        return day.replace(year=day.year - 1) if day > reference.day and not year else day
    except (ValueError, StopIteration):  # a 31st of June, a 29th of February in most years, no date at all
        return None


def latest(reference: Reference, name: str) -> date:
    """The most recent day of that name, looking back from the story's own day."""
    return reference.day - timedelta(days=(reference.day.weekday() - weekday_number(name)) % 7)


def _on(market: str, day: date | None, reference: Reference) -> Window:
    """The change of one day, where the market traded on it."""
    if day is None or day > reference.day or not sessions.is_session(market, day):
        return UNKNOWN
    return day_window(market, day)


def read_weekday(expression: Expression, reference: Reference, market: str) -> Window:
    """ "On Friday", "last Friday", "on Thursday of last week"."""
    name = expression.part("weekday") or ""
    if expression.part("week"):
        monday = reference.day - timedelta(days=reference.day.weekday() + 7)
        return _on(market, monday + timedelta(days=weekday_number(name)), reference)
    day = latest(reference, name)
    if expression.part("last") and day == reference.day:
        day -= timedelta(days=7)
    return _on(market, day, reference)


def read_today(_: Expression, reference: Reference, market: str) -> Window:
    """The session of the story's day, the last one that had opened."""
    session = sessions.on_or_before(market, reference.day)
    current = session_of(market, reference)
    return day_window(market, min(filter(None, (session, current)), default=None))


def read_yesterday(_: Expression, reference: Reference, market: str) -> Window:
    """The last session before the story's day."""
    return day_window(market, sessions.on_or_before(market, reference.day - timedelta(days=1)))


def read_previous(_: Expression, reference: Reference, market: str) -> Window:
    """The session before the one of the story's day, opened or not."""
    current = reference.day if sessions.is_session(market, reference.day) else session_of(market, reference)
    return day_window(market, sessions.before(market, current)) if current else UNKNOWN


def read_premarket(expression: Expression, reference: Reference, market: str) -> Window:
    """Before the opening: measured from the close before, in the session that is about to begin."""
    name = expression.part("weekday")
    if name in WEEKDAYS:
        return _on(market, latest(reference, name), reference)
    return day_window(market, sessions.on_or_before(market, reference.day))


def read_extended(expression: Expression, reference: Reference, market: str) -> Window:
    """After the close: measured from that close, on the same day."""
    name = expression.part("weekday")
    session = _on(market, latest(reference, name), reference).end if name else session_of(market, reference)
    return Window(base=session, end=session)


def read_overnight(_: Expression, reference: Reference, market: str) -> Window:
    """The last session that had opened, as seen from the other side of the world."""
    return day_window(market, session_of(market, reference))


def read_weekend(_: Expression, reference: Reference, market: str) -> Window:
    """From Friday's close to Sunday's, where something is traded on weekends."""
    sunday = reference.day - timedelta(days=(reference.day.weekday() + 1) % 7)
    if not sessions.is_session(market, sunday) or not sessions.is_session(market, sunday - timedelta(days=1)):
        return UNKNOWN
    return window_from(market, sunday - timedelta(days=2), sunday)


def read_date(expression: Expression, reference: Reference, market: str) -> Window:
    """ "On July 11", "on 11 July 2024"; a day that may be still to come has no dates."""
    day = named_day(expression, reference)
    if day is not None and not (expression.part("year") or expression.part("year2") or expression.part("iso")):
        coming = months_before(day, -12)
        if 0 < (coming - reference.day).days <= STILL_AHEAD:
            return UNKNOWN
    return _on(market, day, reference)


def since(market: str, day: date | None, reference: Reference, *, closed: bool = False) -> Window:
    """From the close of a day; from the close before it where the day opens a month ("since October 1") and its close
    is not what the words name (``closed``).

    Unknown where nothing was traded on a day within a month: nobody can say which close is meant.
    """
    if day is None or day > reference.day:
        return UNKNOWN
    if day.day == 1 and not closed:
        return window_from(market, day - timedelta(days=1), session_of(market, reference))
    return window_from(market, day, session_of(market, reference)) if sessions.is_session(market, day) else UNKNOWN


def read_since_date(expression: Expression, reference: Reference, market: str) -> Window:
    """ "Since July 11", "since hitting a low on March 9"."""
    if expression.part("intraday"):
        return UNKNOWN
    return since(market, named_day(expression, reference), reference, closed=expression.part("close") is not None)


def read_peak(expression: Expression, reference: Reference, market: str) -> Window:
    """A distance from a peak; dated only where the words name its day: "from its Oct. 9, 2007 high"."""
    day = named_day(expression, reference) or named_day(expression, reference, suffix="_at")
    return UNKNOWN if day is None or day.day == 1 or expression.part("intraday") else since(market, day, reference)


def read_since_weekday(expression: Expression, reference: Reference, market: str) -> Window:
    """ "Since Monday", "from Friday's close": from the close of that day, never the story's own."""
    day = latest(reference, expression.part("weekday") or "")
    if day == reference.day:
        day -= timedelta(days=7)
    return window_from(market, day, session_of(market, reference))


def read_to_weekday(expression: Expression, reference: Reference, market: str) -> Window:
    """ "In the five days to Tuesday", "in the four weeks ended Friday"."""
    day = latest(reference, expression.part("weekday") or "")
    return _up_to(market, day, count_of(expression), expression.part("unit") or "")


def read_to_date(expression: Expression, reference: Reference, market: str) -> Window:
    """ "In the week ended March 9", "the three months to Sept. 30", "in the week of July 8"."""
    day = named_day(expression, reference)
    if day is None:
        return UNKNOWN
    if expression.part("of"):
        monday = day - timedelta(days=day.weekday())
        end = sessions.before(market, monday + timedelta(days=7))
        known = end is not None and end <= reference.day
        return window_from(market, monday - timedelta(days=1), end) if known else UNKNOWN
    if day > reference.day:
        return UNKNOWN
    return _up_to(market, day, count_of(expression), expression.part("unit") or "")


def _up_to(market: str, day: date, number: int, unit: str) -> Window:
    """A counted stretch that ends on a day."""
    if not 0 < number <= FARTHEST:
        return UNKNOWN
    end = sessions.on_or_before(market, day)
    if unit.startswith("week"):
        return window_from(market, day - timedelta(days=7 * number), end)
    if unit in MONTHS_IN:
        return window_from(market, months_before(day, number * MONTHS_IN[unit]), end)
    if end != day:
        return UNKNOWN
    base = sessions.shifted(market, day, -number)
    return UNKNOWN if base is None else Window(base=base, end=day)


def read_between(expression: Expression, reference: Reference, market: str) -> Window:
    """ "Between July 8 and July 15": from the close of the one day to that of the other."""
    first, last = named_day(expression, reference), named_day(expression, reference, suffix="_at")
    if first is None or last is None or last > reference.day or not sessions.is_session(market, last):
        return UNKNOWN
    if first > last and not (expression.part("year") or expression.part("year2")):
        first = months_before(first, 12)
    return window_from(market, first, last) if sessions.is_session(market, first) else UNKNOWN


def read_event(expression: Expression, reference: Reference, market: str) -> Window:
    """ "Since Lehman's collapse": from the last close that knew nothing of it."""
    words = expression.part("event") or ""
    known = next((days for pattern, days in _EVENTS if pattern.fullmatch(words)), ())
    base = max((day for day in known if day < reference.day), default=None)
    return UNKNOWN if base is None else window_from(market, base, session_of(market, reference))
