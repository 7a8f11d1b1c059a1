"""Windows of sessions, and the moment from which a story looks back at them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from newsig import sessions

EARLIEST = 1800
"""A story dated before this year carries an empty date of some program, such as 0001-01-01, and no date of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """From where a story looks at time: its moment of publication (UTC, None where only the day is known) and the
    day in its newsroom's zone."""

    day: date
    moment: datetime | None = None

    @classmethod
    def of(cls, published: date | datetime | None, zone: ZoneInfo) -> Reference | None:
        """The reference of a story; None where nobody knows when it was published."""
        if published is None or published.year < EARLIEST:
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


def months_before(day: date, count: int) -> date:
    """The day of the same number so many months before; the end of a month stays one. Negative counts look ahead.

    >>> months_before(date(2024, 5, 31), 3), months_before(date(2024, 3, 1), -12)
    (datetime.date(2024, 2, 29), datetime.date(2025, 3, 1))
    """
    place = day.year * 12 + day.month - 1 - count
    year, month = place // 12, place % 12 + 1
    last = monthrange(year, month)[1]
    at_end = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if at_end else min(day.day, last))


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


def day_window(market: str, session: date | None) -> Window:
    """The change of one session: from the close before it."""
    if session is None:
        return UNKNOWN
    return Window(base=sessions.before(market, session), end=session)


def window_from(market: str, base_day: date, end: date | None) -> Window:
    """From the last close on or before a day; unknown where that would leave nothing in between."""
    base = sessions.on_or_before(market, base_day)
    if base is None or end is None or base >= end:
        return UNKNOWN
    return Window(base=base, end=end)
