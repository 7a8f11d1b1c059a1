"""Spells of sessions: each with the stories that became known in it and the two closes that measure it.

A story belongs to the session at whose close it was known and at whose predecessor's close it was not: what is printed
after the close belongs to the next session, as it does for a trader. So a session's stories and its change from close
to close are of the same hours, and whatever comes after its close cannot have been in them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Literal

from newsig import sessions
from newsig.records import Price

By = Literal["day", "week"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Sessions from ``first`` to ``last``, from the close of ``base``, the session before them, to that of ``last``.

    ``after`` and ``until`` are the moments of these closes, the first not included, the second included.
    """

    base: date
    first: date
    last: date
    after: datetime
    until: datetime


def spells(market: str, first: date, last: date, by: By = "day") -> list[Spell]:
    """The spells of the sessions from ``first`` to ``last``, both included: one for each, or one for each ISO week.

    A week that the two days cut has only the sessions that they leave. None where the calendar does not reach.
    """
    days = sessions.between(market, first, last)
    groups = [[day] for day in days] if by == "day" else [list(week) for _, week in groupby(days, _week)]
    bases = [sessions.before(market, group[0]) for group in groups]
    return [
        Spell(
            base=base,
            first=group[0],
            last=group[-1],
            after=close_of(market, base),
            until=close_of(market, group[-1]),
        )
        for base, group in zip(bases, groups, strict=True)
        if base is not None
    ]


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


@lru_cache(maxsize=1 << 15)
def close_of(market: str, session: date) -> datetime:
    """The moment of a session's close, in UTC; the calendar's own answer is slow."""
    return sessions.closes_at(market, session)


def place(at: datetime, found: Sequence[Spell]) -> int | None:
    """The number of the spell, of those given in their order, into which a moment falls; None where it is in none."""
    number = bisect_left(found, at, key=lambda spell: spell.until)
    return number if number < len(found) and found[number].after < at else None


def session_of(market: str, at: datetime) -> date | None:
    """The first session whose close is not before the moment; None where the calendar does not reach.

    >>> from datetime import UTC
    >>> session_of("XNYS", datetime(2024, 7, 5, 20, 1, tzinfo=UTC))
    datetime.date(2024, 7, 8)
    """
    day = sessions.on_or_after(market, at.date() - timedelta(days=1))
    while day is not None and close_of(market, day) < at:
        day = sessions.shifted(market, day, 1)
    return day


def change(bars: Mapping[date, Price], base: date, end: date) -> float | None:
    """The return from one close to another, as a share; None where a bar is missing or nothing can be divided by.

    Closes adjusted for dividends are taken where both bars have one, else those adjusted for splits alone.

    >>> prices = [Price(symbol="X", day=date(2024, 7, day), close=close) for day, close in ((15, 100.0), (16, 103.0))]
    >>> round(change({bar.day: bar for bar in prices}, date(2024, 7, 15), date(2024, 7, 16)), 9)
    0.03
    """
    first, last = bars.get(base), bars.get(end)
    if first is None or last is None:
        return None
    adjusted = first.adj_close is not None and last.adj_close is not None
    before, after = (bar.adj_close if adjusted else bar.close for bar in (first, last))
    return None if not before or before < 0 or after is None else after / before - 1


def changes(bars: Mapping[date, Price], days: Sequence[Spell]) -> dict[date, float]:
    """The returns of sessions whose own bar and that before are there, by session."""
    found = ((spell.last, change(bars, spell.base, spell.last)) for spell in days)
    return {day: value for day, value in found if value is not None}
