"""From an expression of time to the sessions it means, on the calendar of the instrument's own market.

One reader for each kind of expression; the table of them stands at the end.
"""

from __future__ import annotations

from collections.abc import Callable

from newsig.extract.periods import reading_days as days
from newsig.extract.periods import reading_stretches as stretches
from newsig.extract.periods.expressions import Expression
from newsig.extract.periods.windows import UNKNOWN, Reference, Window, day_window, session_of
from newsig.records import PeriodBasis


def resolve(expression: Expression | None, reference: Reference | None, market: str) -> Window:
    """The window that an expression means on a market; without an expression, the session the story reports."""
    if reference is None:
        return UNKNOWN
    if expression is None:
        return day_window(market, session_of(market, reference))
    return READERS[expression.kind](expression, reference, market)


def basis_of(expression: Expression) -> PeriodBasis:
    """How the expression gives the period away: stated, or by an event that the text only names."""
    return "event" if expression.kind in ("same", "event") else "stated"


def _read_unknown(_expression: Expression, _reference: Reference, _market: str) -> Window:
    return UNKNOWN


READERS: dict[str, Callable[[Expression, Reference, str], Window]] = {
    "weekday": days.read_weekday,
    "today": days.read_today,
    "yesterday": days.read_yesterday,
    "previous": days.read_previous,
    "hours": days.read_today,
    "one_day": days.read_today,
    "premarket": days.read_premarket,
    "extended": days.read_extended,
    "overnight": days.read_overnight,
    "weekend": days.read_weekend,
    "date": days.read_date,
    "since_date": days.read_since_date,
    "since_weekday": days.read_since_weekday,
    "to_weekday": days.read_to_weekday,
    "to_date": days.read_to_date,
    "between": days.read_between,
    "peak": days.read_peak,
    "event": days.read_event,
    "week_ago": stretches.read_week_ago,
    "week": stretches.read_week,
    "weekly": stretches.read_week,
    "month": stretches.read_month,
    "monthly": stretches.read_month,
    "quarter": stretches.read_quarter,
    "quarterly": stretches.read_quarter,
    "year": stretches.read_year,
    "last_week": stretches.read_last_week,
    "last_month": stretches.read_last_month,
    "last_quarter": stretches.read_last_quarter,
    "last_year": stretches.read_last_year,
    "month_of_year": stretches.read_month_of_year,
    "in_year": stretches.read_in_year,
    "part": stretches.read_part,
    "months": stretches.read_months,
    "to_month": stretches.read_to_month,
    "past": stretches.read_past,
    "since_year": stretches.read_since_year,
    "since_month": stretches.read_since_month,
    "since_start": stretches.read_since_start,
    "since": _read_unknown,
    "same": _read_unknown,
    "fiscal": _read_unknown,
    "unknown": _read_unknown,
}
