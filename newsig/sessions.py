"""When markets trade: sessions, closes and windows, per market.

A market is named by its `exchange_calendars` calendar: a MIC (``XNYS``, ``XLON`` ...), ``24/5`` for currencies,
``24/7`` for crypto assets. A session is a date in the market's own zone. exchange_calendars starts its calendars
twenty years back by default, so the start is always given here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from exchange_calendars import ExchangeCalendar

START = date(1990, 1, 1)
"""No session before this day is known."""

FIRST_DAYS = {
    "XBOM": date(1997, 1, 1),
    "XSHG": date(1991, 1, 1),
    "XTAE": date(2000, 1, 1),
    "XTKS": date(1997, 1, 1),
    "XSAU": date(2021, 1, 1),
}
"""Calendars whose holidays are recorded from a later day on."""


@cache
def calendar(market: str) -> ExchangeCalendar:
    """The exchange calendar of a market, from the first day on which its holidays are known.

    Raises:
        exchange_calendars.errors.InvalidCalendarName: there is no such market.
    """
    import exchange_calendars

    return exchange_calendars.get_calendar(market, start=FIRST_DAYS.get(market, START).isoformat())


@cache
def sessions(market: str) -> Sequence[date]:
    """Every session of a market, oldest first, from its first known day to about a year ahead."""
    return cast("Sequence[date]", [day.date() for day in calendar(market).sessions])


def zone(market: str) -> ZoneInfo:
    """The zone that the market's sessions are dated in."""
    return cast("ZoneInfo", calendar(market).tz)


def is_session(market: str, day: date) -> bool:
    """Whether the market trades on that day.

    >>> is_session("XNYS", date(2024, 7, 4)), is_session("XLON", date(2024, 7, 4))
    (False, True)
    """
    days = sessions(market)
    at = bisect_left(days, day)
    return at < len(days) and days[at] == day


def on_or_before(market: str, day: date) -> date | None:
    """The last session not after ``day``; None where the calendar does not reach.

    >>> on_or_before("XNYS", date(2024, 7, 7))
    datetime.date(2024, 7, 5)
    """
    return shifted(market, day, 0)


def before(market: str, day: date) -> date | None:
    """The last session before ``day``: the one whose close a day's change is measured from.

    >>> before("XNYS", date(2024, 7, 5))
    datetime.date(2024, 7, 3)
    """
    days = sessions(market)
    at = bisect_left(days, day)
    return days[at - 1] if at > 0 and day <= days[-1] else None


def on_or_after(market: str, day: date) -> date | None:
    """The first session not before ``day``; None where the calendar does not reach."""
    days = sessions(market)
    at = bisect_left(days, day)
    return days[at] if days[0] <= day and at < len(days) else None


def shifted(market: str, day: date, count: int) -> date | None:
    """The session ``count`` sessions away from the last one not after ``day``.

    >>> shifted("XNYS", date(2024, 7, 16), -5)
    datetime.date(2024, 7, 9)
    """
    days = sessions(market)
    at = bisect_right(days, day) - 1
    if at < 0 or day > days[-1] or not 0 <= at + count < len(days):
        return None
    return days[at + count]


def between(market: str, first: date, last: date) -> Sequence[date]:
    """The sessions from ``first`` to ``last``, both included."""
    days = sessions(market)
    return days[bisect_left(days, first) : bisect_right(days, last)]


@cache
def closes_at(market: str, session: date) -> datetime:
    """The moment of the session's close, in UTC.

    >>> closes_at("XNYS", date(2024, 7, 3)).isoformat()
    '2024-07-03T17:00:00+00:00'
    """
    return cast("datetime", calendar(market).session_close(session.isoformat()).to_pydatetime()).astimezone(UTC)


@cache
def opens_at(market: str, session: date) -> datetime:
    """The moment of the session's opening, in UTC."""
    return cast("datetime", calendar(market).session_open(session.isoformat()).to_pydatetime()).astimezone(UTC)
