"""Weeks, months, quarters and years as sessions: the window of the one that a session ends."""

from __future__ import annotations

from datetime import date, timedelta

from newsig import sessions
from newsig.extract.landmarks.reach import FARTHEST, ago, first_of
from newsig.extract.periods import UNKNOWN, Window


def stretch(market: str, unit: str, end: date | None, count: int = 1) -> Window:
    """The window of the last ``count`` sessions, weeks, months, quarters or years up to a session.

    Unknown where the session is not the last of its week, month …: what was meant is then open.

    >>> stretch("XNYS", "week", date(2024, 7, 19), 2)
    Window(base=datetime.date(2024, 7, 5), end=datetime.date(2024, 7, 19))
    """
    if end is None or not 1 <= count <= FARTHEST:
        return UNKNOWN
    if unit == "session":
        base = sessions.shifted(market, end, -count)
        return UNKNOWN if base is None else Window(base=base, end=end)
    first = first_of(unit, end)
    following = sessions.shifted(market, end, 1)
    if first is None or following is None or first_of(unit, following) == first:
        return UNKNOWN
    start = first - timedelta(days=7 * (count - 1)) if unit == "week" else ago(first, count - 1, unit)
    base = None if start is None else sessions.before(market, start)
    return UNKNOWN if base is None else Window(base=base, end=end)


def before_this(market: str, unit: str, end: date | None) -> date | None:
    """The last session of the stretch before the one that a session lies in."""
    if end is None:
        return None
    first = end if unit == "session" else first_of(unit, end)
    return None if first is None else sessions.before(market, first)
