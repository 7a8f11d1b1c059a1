"""When markets trade: sessions, closes and windows, per market.

A market is named by its `exchange_calendars` calendar: a MIC (``XNYS``, ``XLON`` ...), ``24/5`` for currencies,
``24/7`` for crypto assets. A session is a date in the market's own zone. exchange_calendars starts its calendars
twenty years back by default, so the start is always given here.

To build a calendar takes about as long as to read a story, and what is needed for it longer. So what it says is kept in
the user's cache, by the version of exchange_calendars, as the clocks of the market tell it; it is read from there where
it is whole and reaches as far as need be, and built anew where not.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING
from urllib.parse import quote
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
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

FORM = 1
"""The form of the files in the cache; another one is not read."""

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a market's calendar says: its ``zone``, its ``days`` of trade, as ordinals of `date`, and the minutes after
    midnight, on the clocks of the zone, at which each ``opens`` and ``closes``. ``first`` and ``last`` are the days
    that were asked for, as ordinals: a calendar may end before the last one."""

    form: int
    first: int
    last: int
    zone: str
    days: list[int]
    opens: list[int]
    closes: list[int]

    def is_whole(self) -> bool:
        """Whether it is of the present form, and nothing of it is missing."""
        return self.form == FORM and 0 < len(self.days) == len(self.opens) == len(self.closes)


def table(market: str, today: date, folder: Path) -> Table:
    """What the calendar of a market says: read from the folder, or built and kept there for the next time.

    Raises:
        exchange_calendars.errors.InvalidCalendarName: there is no such market.
    """
    file = folder / f"{quote(market, safe='')}.json"
    first, last = FIRST_DAYS.get(market, START).toordinal(), _in_a_year(today).toordinal()
    kept = _read(file)
    if kept is not None and kept.first == first and kept.last >= last:
        return kept
    built = _built(market, date.fromordinal(first), _in_a_year(_in_a_year(today)))
    _keep(built, file)
    return built


def _in_a_year(day: date) -> date:
    """The same day of the next year, as exchange_calendars counts it."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _built(market: str, first: date, last: date) -> Table:
    calendar = _calendar(market, first, last)
    zone = ZoneInfo(str(calendar.tz))
    days = [day.date() for day in calendar.sessions]
    return Table(
        form=FORM,
        first=first.toordinal(),
        last=last.toordinal(),
        zone=zone.key,
        days=[day.toordinal() for day in days],
        opens=[_minutes(day, at, zone) for day, at in zip(days, calendar.opens.dt.to_pydatetime(), strict=True)],
        closes=[_minutes(day, at, zone) for day, at in zip(days, calendar.closes.dt.to_pydatetime(), strict=True)],
    )


def _calendar(market: str, first: date, last: date) -> ExchangeCalendar:
    """The calendar to that day, or as far as it goes where its holidays are not known for so long."""
    import exchange_calendars

    try:
        return exchange_calendars.get_calendar(market, start=first.isoformat(), end=last.isoformat())
    except ValueError:
        return exchange_calendars.get_calendar(market, start=first.isoformat())


def _minutes(day: date, at: datetime, zone: ZoneInfo) -> int:
    return (at.astimezone(zone).replace(tzinfo=None) - datetime.combine(day, time())) // MINUTE


def _read(file: Path) -> Table | None:
    """What was kept; None where there is nothing, or it is broken."""
    with suppress(OSError, ValueError, TypeError):
        kept = Table(**json.loads(file.read_bytes()))
        return kept if kept.is_whole() else None
    return None


def _keep(built: Table, file: Path) -> None:
    """Put it into its place as a whole, whatever others do meanwhile; where that cannot be done, it is built again."""
    passing = file.with_name(f"{file.name}.{os.getpid()}.{get_ident()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            passing.write_text(json.dumps(asdict(built), separators=(",", ":")), encoding="ascii")
            passing.replace(file)
        finally:
            passing.unlink(missing_ok=True)


@cache
def _table(market: str) -> Table:
    from platformdirs import user_cache_path

    folder = user_cache_path("newsig") / "sessions" / version("exchange_calendars")
    return table(market, date.today(), folder)


@cache
def sessions(market: str) -> Sequence[date]:
    """Every session of a market, oldest first, from its first known day to about a year ahead."""
    days = _table(market).days
    return [date.fromordinal(day) for day in days[: bisect_right(days, _in_a_year(date.today()).toordinal())]]


@cache
def zone(market: str) -> ZoneInfo:
    """The zone that the market's sessions are dated in."""
    return ZoneInfo(_table(market).zone)


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

    Raises:
        ValueError: the market does not trade on that day.

    >>> closes_at("XNYS", date(2024, 7, 3)).isoformat()
    '2024-07-03T17:00:00+00:00'
    """
    return _moment(market, session, _table(market).closes)


@cache
def opens_at(market: str, session: date) -> datetime:
    """The moment of the session's opening, in UTC.

    Raises:
        ValueError: the market does not trade on that day.
    """
    return _moment(market, session, _table(market).opens)


def _moment(market: str, session: date, minutes: Sequence[int]) -> datetime:
    if not is_session(market, session):
        raise ValueError(f"{session} is no session of {market}")
    clock = datetime.combine(session, time()) + minutes[bisect_left(sessions(market), session)] * MINUTE
    return clock.replace(tzinfo=zone(market)).astimezone(UTC)
