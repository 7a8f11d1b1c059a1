"""The last day of a time that is yet to come: "by year-end" → 31 December.

Vague words have none, and neither has a time that a company's own calendar rules, or one that is over already.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from newsig.extract.periods.expressions import Expression
from newsig.extract.periods.reading_stretches import LENGTHS, after_that, start_of
from newsig.extract.periods.vocabulary import COUNTS, ORDINALS, month_number, weekday_number
from newsig.extract.periods.windows import months_before

JUST_OVER = 120
"""Days for which a quarter or month that is over may still be the one meant, in a season of results."""
FARTHEST = 60
"""Nobody counts more units ahead than this."""
UNSURE = ("early", "mid", "sometime", "some time")
"""Parts of a year or month that end nobody knows when."""
OPEN = ("until", "till", "from", "as early as", "as soon as", "after")
"""Words that name the beginning of a time, not its end."""
NUMBERED = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"}
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def last_day(expression: Expression, today: date) -> date | None:
    """The last day of the time that an expression names; None where the words do not tell, or it is past.

    >>> last_day(Expression(start=0, end=11, kind="unit_end", parts=(("unit", "year"),)), date(2024, 7, 17))
    datetime.date(2024, 12, 31)
    """
    try:
        found = READERS[expression.kind](expression, today)
    except (ValueError, OverflowError, StopIteration):  # a 31st of June, a year beyond the calendar
        return None
    return found if found is not None and found >= today else None


def _end_of(unit: str, day: date) -> date:
    """The last day of the calendar week, month, quarter, half or year that a day lies in."""
    return after_that(unit, start_of(unit, day)) - timedelta(days=1)


def _vague(_: Expression, __: date) -> date | None:
    return None


def _unit_end(expression: Expression, today: date) -> date | None:
    return _end_of(expression.part("unit") or "year", today)


def _next(expression: Expression, today: date) -> date | None:
    if expression.part("until") or expression.part("part") in UNSURE:
        return None
    unit = expression.part("unit") or "year"
    return _end_of(unit, after_that(unit, start_of(unit, today)))


def _from_now(expression: Expression, today: date) -> date | None:
    """ "Over the next 12 months": the same day a year later; of "three to five years" the longer."""
    unnumbered = expression.part("count") is None and (expression.part("unit") or "").endswith("s")
    if unnumbered or expression.part("about") or expression.part("about_behind"):
        return None
    said = expression.part("most") or expression.part("count") or "one"
    number = int(said) if said.isdigit() else COUNTS.get(said, 1)
    unit = (expression.part("unit") or "").rstrip("s")
    if not 0 < number <= FARTHEST or (unit == "day" and number == 1):
        return None
    if unit in MONTHS:
        return _same_day(today, number * MONTHS[unit])
    return today + timedelta(days=number * (7 if unit == "week" else 1))


def _same_day(day: date, months: int) -> date:
    """The day of the same number so many months later; the last of the month where there is none."""
    later = months_before(day.replace(day=1), -months)
    return min(later + timedelta(days=day.day - 1), _end_of("month", later))


def _part(expression: Expression, today: date) -> date | None:
    """ "In the second half", "by the third quarter of 2013": of this year, or of the next where it is long over."""
    unit = expression.part("unit") or "half"
    months = LENGTHS[unit]
    ordinal = NUMBERED.get(expression.part("ordinal") or "", expression.part("ordinal") or "first")
    place = 12 // months - 1 if ordinal in ("final", "last") else ORDINALS.index(ordinal)
    if place * months >= 12:
        return None
    year = int(expression.part("year") or today.year + (expression.part("next") is not None))
    end = _end_of(unit, date(year, place * months + 1, 1))
    if expression.part("year") or expression.part("next"):
        return end
    return _coming(end, _end_of(unit, date(year + 1, place * months + 1, 1)), today)


def _half_year(expression: Expression, today: date) -> date | None:
    """ "In H2", "by H1 2025"."""
    first = (expression.part("half") or expression.part("half_of")) == "1"
    year = expression.part("year")
    parts = (("unit", "half"), ("ordinal", "first" if first else "second"), *((("year", year),) if year else ()))
    return _part(Expression(start=expression.start, end=expression.end, kind="part", parts=parts), today)


def _coming(this: date, following: date, today: date) -> date | None:
    """The time of this year, or that of the next one; neither where this year's is only just over."""
    if this >= today:
        return this
    return following if (today - this).days > JUST_OVER else None


def _month(expression: Expression, today: date) -> date | None:
    if expression.part("lead") in OPEN or expression.part("part") in UNSURE:
        return None
    number = month_number(expression.part("month") or "")
    year = int(expression.part("year") or today.year + (expression.part("next") is not None))
    end = _end_of("month", date(year, number, 1))
    if expression.part("lead") == "before":
        end = date(year, number, 1) - timedelta(days=1)
    if expression.part("year") or expression.part("next"):
        return end
    return _coming(end, _same_day(end, 12), today)


def _year(expression: Expression, _: date) -> date | None:
    if expression.part("lead") in OPEN or expression.part("part") in UNSURE:
        return None
    return date(int(expression.part("year") or 0) - (expression.part("lead") == "before"), 12, 31)


def _date(expression: Expression, today: date) -> date | None:
    lead = expression.part("lead")
    if lead == "from":
        return None
    if iso := expression.part("iso"):
        day = date.fromisoformat(iso)
    else:
        month = month_number(expression.part("month") or expression.part("month2") or "")
        number = int(expression.part("day") or expression.part("day2") or 0)
        year = expression.part("year") or expression.part("year2")
        day = date(int(year or today.year), month, number)
        if year is None and (today - day).days > JUST_OVER:
            day = date(today.year + 1, month, number)
    if lead is not None and lead.startswith("in"):
        return _end_of("week", day)
    return day - timedelta(days=1) if lead == "before" else day


def _weekday(expression: Expression, today: date) -> date | None:
    """The coming day of that name; "next Friday" is this week's for some and the next one's for others."""
    number = weekday_number(expression.part("weekday") or "")
    if expression.part("week"):
        return start_of("week", today) + timedelta(days=7 + number)
    if expression.part("next"):
        return None
    day = today + timedelta(days=(number - today.weekday()) % 7)
    return day - timedelta(days=1) if expression.part("lead") == "before" else day


def _christmas(_: Expression, today: date) -> date | None:
    return date(today.year + (today > date(today.year, 12, 25)), 12, 25)


READERS: dict[str, Callable[[Expression, date], date | None]] = {
    "vague": _vague,
    "unit_end": _unit_end,
    "next": _next,
    "next_half": _part,
    "from_now": _from_now,
    "part": _part,
    "half_year": _half_year,
    "month": _month,
    "year": _year,
    "date": _date,
    "weekday": _weekday,
    "today": lambda _, today: today,
    "tomorrow": lambda _, today: today + timedelta(days=1),
    "weekend": lambda _, today: _end_of("week", today),
    "christmas": _christmas,
}
