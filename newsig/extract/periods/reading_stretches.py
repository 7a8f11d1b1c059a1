"""Readers of expressions longer than a session: weeks, months, quarters and years."""

from __future__ import annotations

from datetime import date, timedelta

from newsig import sessions
from newsig.extract.periods.expressions import Expression
from newsig.extract.periods.reading_days import FARTHEST, MONTHS_IN, count_of
from newsig.extract.periods.vocabulary import ORDINALS, month_number
from newsig.extract.periods.windows import UNKNOWN, Reference, Window, months_before, session_of, window_from

LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""Months in a calendar unit."""
PARTS = {"three": 3, "six": 6, "nine": 9}


def start_of(unit: str, day: date) -> date:
    """The first day of the calendar unit that a day lies in.

    >>> start_of("quarter", date(2024, 8, 9)), start_of("week", date(2024, 8, 9))
    (datetime.date(2024, 7, 1), datetime.date(2024, 8, 5))
    """
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = LENGTHS[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def before_that(unit: str, first: date) -> date:
    """The first day of the calendar unit before the one that begins on ``first``."""
    return start_of(unit, first - timedelta(days=1))


def after_that(unit: str, first: date) -> date:
    """The first day of the calendar unit after the one that begins on ``first``."""
    return first + timedelta(days=7) if unit == "week" else months_before(first, -LENGTHS[unit])


def _closed(market: str, first: date, after: date) -> Window:
    """From the close before ``first`` to the last one before ``after``."""
    return window_from(market, first - timedelta(days=1), sessions.before(market, after))


def _to_date(unit: str, expression: Expression, reference: Reference, market: str) -> Window:
    """The unit that the reported session lies in, so far.

    "For the week" said of its first session, or "for the year", is the one that has just ended; "this month" said
    before the month has had a session is none.
    """
    end = session_of(market, reference)
    if end is None:
        return UNKNOWN
    first = start_of(unit, end)
    whole = expression.part("whole") or expression.kind in ("weekly", "monthly", "quarterly")
    if whole and first <= reference.day and not sessions.between(market, first, end - timedelta(days=1)):
        return _closed(market, before_that(unit, first), first)
    stale = start_of(unit, reference.day) != first and not (unit == "week" and reference.day.weekday() > 4)
    if stale and not whole:
        return UNKNOWN
    return window_from(market, first - timedelta(days=1), end)


def read_week(expression: Expression, reference: Reference, market: str) -> Window:
    """ "This week", "for the week"."""
    return _to_date("week", expression, reference, market)


def read_quarter(expression: Expression, reference: Reference, market: str) -> Window:
    """ "This quarter", "for the quarter"."""
    return _to_date("quarter", expression, reference, market)


def read_year(expression: Expression, reference: Reference, market: str) -> Window:
    """ "This year", "year to date", "for the year"."""
    return _to_date("year", expression, reference, market)


def _month_start(reference: Reference, name: str, year: str | None = None) -> date:
    """The first of the most recent month of that name that has begun."""
    month = month_number(name)
    if year:
        return date(int(year), month, 1)
    return date(reference.day.year - (month > reference.day.month), month, 1)


def read_month(expression: Expression, reference: Reference, market: str) -> Window:
    """ "This month", "for the month", "in June"."""
    name = expression.part("month")
    if name is None or month_number(name) == reference.day.month:
        return _to_date("month", expression, reference, market)
    first = _month_start(reference, name)
    return _closed(market, first, after_that("month", first))


def read_month_of_year(expression: Expression, reference: Reference, market: str) -> Window:
    """ "In October 2007", "in October of last year"."""
    year = str(reference.day.year - 1) if expression.part("last") else expression.part("year")
    first = _month_start(reference, expression.part("month") or "", year)
    if first == start_of("month", reference.day):
        return window_from(market, first - timedelta(days=1), session_of(market, reference))
    return _closed(market, first, after_that("month", first)) if first < reference.day else UNKNOWN


def _last(unit: str, reference: Reference, market: str) -> Window:
    first = start_of(unit, reference.day)
    return _closed(market, before_that(unit, first), first)


def read_last_week(_: Expression, reference: Reference, market: str) -> Window:
    """The week before; on a Sunday it is the one that has just ended."""
    if reference.day.weekday() == 6:
        return _last("week", Reference(day=reference.day + timedelta(days=1)), market)
    return _last("week", reference, market)


def read_last_month(_: Expression, reference: Reference, market: str) -> Window:
    """The calendar month before."""
    return _last("month", reference, market)


def read_last_quarter(_: Expression, reference: Reference, market: str) -> Window:
    """The calendar quarter before."""
    return _last("quarter", reference, market)


def read_last_year(_: Expression, reference: Reference, market: str) -> Window:
    """The calendar year before."""
    return _last("year", reference, market)


def read_in_year(expression: Expression, reference: Reference, market: str) -> Window:
    """ "In 2009": the whole year, or so far where it is not over."""
    year = int(expression.part("year") or 0)
    if not sessions.START.year < year <= reference.day.year:
        return UNKNOWN
    if year == reference.day.year:
        return window_from(market, date(year - 1, 12, 31), session_of(market, reference))
    return _closed(market, date(year, 1, 1), date(year + 1, 1, 1))


def read_since_year(expression: Expression, reference: Reference, market: str) -> Window:
    """ "Since the start of 2009", "since the end of 2008"."""
    year = int(expression.part("year") or 0) or int(expression.part("ended") or 0) + 1
    if not sessions.START.year < year <= reference.day.year:
        return UNKNOWN
    return window_from(market, date(year - 1, 12, 31), session_of(market, reference))


def read_since_month(expression: Expression, reference: Reference, market: str) -> Window:
    """ "Since the start of September", "since the end of June 2009"."""
    ended = expression.part("ended_month")
    first = _month_start(reference, ended or expression.part("month") or "", expression.part("year"))
    if ended:
        first = after_that("month", first)
    return window_from(market, first - timedelta(days=1), session_of(market, reference))


def read_since_start(expression: Expression, reference: Reference, market: str) -> Window:
    """ "Since the start of the quarter", "since the end of last month", "since the start of last week"."""
    unit = expression.part("unit") or "year"
    first = start_of(unit, reference.day)
    if ordinal := expression.part("ordinal"):
        first = months_before(date(reference.day.year, 1, 1), -LENGTHS[unit] * ORDINALS.index(ordinal))
        first = first if first <= reference.day else months_before(first, 12)
    elif expression.part("last"):
        first = before_that(unit, first)
    return window_from(market, first - timedelta(days=1), session_of(market, reference))


def read_week_ago(_: Expression, reference: Reference, market: str) -> Window:
    """ "From a week earlier": from the close seven days before."""
    end = session_of(market, reference)
    return UNKNOWN if end is None else window_from(market, end - timedelta(days=7), end)


def read_part(expression: Expression, reference: Reference, market: str) -> Window:
    """A quarter or half of the calendar year, or its first months: the last one of that name that is over."""
    months = PARTS.get(expression.part("months") or "", LENGTHS.get(expression.part("unit") or "", 0))
    ordinal = expression.part("ordinal") or "first"
    place = 12 // months - 1 if ordinal in ("final", "last") else ORDINALS.index(ordinal)
    if place * months >= 12:
        return UNKNOWN
    given = str(reference.day.year - 1) if expression.part("last") else expression.part("year")
    first = date(int(given or reference.day.year), place * months + 1, 1)
    after = months_before(first, -months)
    if given is None and not _over(market, after, reference):
        first, after = months_before(first, 12), months_before(after, 12)
    return _closed(market, first, after) if _over(market, after, reference) else UNKNOWN


def _over(market: str, after: date, reference: Reference) -> bool:
    """Whether a stretch that ends before a day has seen its last session, as a quarter has on its last evening."""
    reported = session_of(market, reference)
    if after <= reference.day or reported is None:
        return after <= reference.day
    return reported < after and not sessions.between(market, reported + timedelta(days=1), after - timedelta(days=1))


def read_months(expression: Expression, reference: Reference, market: str) -> Window:
    """ "In the July-to-September period": the last one that is over."""
    last = month_number(expression.part("last_month") or "")
    year = int(expression.part("year") or reference.day.year)
    after = after_that("month", date(year, last, 1))
    if after > reference.day and expression.part("year") is None:
        after = months_before(after, 12)
    ended = before_that("month", after)
    months = (last - month_number(expression.part("month") or "")) % 12
    return _closed(market, months_before(ended, months), after) if after <= reference.day else UNKNOWN


def read_to_month(expression: Expression, reference: Reference, market: str) -> Window:
    """ "In the three months to September", "in the year to March": whole months, where the last is over."""
    last = _month_start(reference, expression.part("month") or "", expression.part("year"))
    after = after_that("month", last)
    number = count_of(expression) * MONTHS_IN[expression.part("unit") or "month"]
    if after > reference.day or not 0 < number <= FARTHEST:
        return UNKNOWN
    return _closed(market, months_before(after, number), after)


def read_past(expression: Expression, reference: Reference, market: str) -> Window:
    """ "In the last five sessions", "over the past three weeks", "in the past 12 months".

    A few days are dated only where sessions and days of the calendar count back to the same close.
    """
    end = session_of(market, reference)
    number = count_of(expression)
    unit = (expression.part("unit") or "").rstrip("s")
    if end is None or not 0 < number <= FARTHEST:
        return UNKNOWN
    if unit in ("session", "day"):
        base = sessions.shifted(market, end, -number)
        sure = (
            unit == "session"
            or expression.part("traded")
            or base == sessions.on_or_before(market, end - timedelta(days=number))
        )
        return Window(base=base, end=end) if base is not None and sure else UNKNOWN
    if unit == "week":
        return window_from(market, reference.day - timedelta(days=7 * number + (number > 1)), end)
    return UNKNOWN if unit == "decade" else window_from(market, months_before(end, number * MONTHS_IN[unit]), end)
