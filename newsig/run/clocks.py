"""The moments that are written: in one database they do not run backwards, whatever the computer's clock does.

When a story was first seen tells from when on it may count for anything. A clock that was put back would date what
comes next before what came earlier; one that was put forward and back again would leave moments that never come.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from newsig import store
from newsig.errors import StoreError

if TYPE_CHECKING:
    from sqlite_utils import Database

SLACK = timedelta(minutes=1)
"""So far clocks are put back every day, without a word."""

BELIEVED = timedelta(days=1)
"""Moments further ahead of the clock were written under a false one."""

Clock = Callable[[], datetime]


def steady(db: Database, clock: Clock, tell: Callable[[str], None]) -> Clock:
    """The clock to write by: ``clock``, but never before the newest moment in the database.

    A moment that is more than a day ahead of the clock is not followed, since the database would wait for it; ``tell``
    gets a sentence where there is one, and where the clock is more than a minute behind the newest moment.

    Raises:
        StoreError: the clock is more than a day before the first moment in the database, which no clock of today is.
    """
    now = clock()
    first, newest = store.first_moment(db), store.newest_moment(db)
    if first and first - now > BELIEVED:
        raise StoreError(
            f"the clock of this computer says {shown(now)}, but the database begins at {shown(first)}: set the clock",
            for_all=True,
            passing=True,
        )
    if newest and (words := remark(now, newest)):
        tell(words)
    return forward(clock, store.newest_moment(db, now + BELIEVED))


def forward(clock: Clock, newest: datetime | None) -> Clock:
    """A clock that stands still at the last moment it told, at first ``newest``, until ``clock`` has come there; where
    that would take more than a day it goes by ``clock`` again."""
    last = newest

    def moment() -> datetime:
        nonlocal last
        last = later(clock(), last)
        return last

    return moment


def later(reading: datetime, last: datetime | None) -> datetime:
    """The later of the two, unless ``last`` is too far ahead to be believed.

    >>> noon = datetime(2024, 7, 18, 12, tzinfo=UTC)
    >>> later(noon, noon + timedelta(hours=3)) - noon, later(noon, noon + timedelta(days=3)) - noon
    (datetime.timedelta(seconds=10800), datetime.timedelta(0))
    """
    return last if last is not None and reading < last <= reading + BELIEVED else reading


def remark(now: datetime, newest: datetime) -> str | None:
    """What is to be said of a clock that is behind the newest moment stored; None where it is not, or hardly."""
    ahead = newest - now
    if ahead <= SLACK:
        return None
    if ahead <= BELIEVED:
        return (
            f"the clock says {shown(now)}, but the database holds moments up to {shown(newest)}: "
            f"until the clock is there, {shown(newest)} is written"
        )
    return (
        f"the clock says {shown(now)}, but the database holds moments up to {shown(newest)}: they are left aside; "
        f"if it is the clock that is wrong, set it"
    )


def gap(now: datetime, newest: datetime | None) -> str | None:
    """What is to be said where more than a day passed since the newest moment stored; None where it did not."""
    if newest is None or now - newest <= BELIEVED:
        return None
    return (
        f"nothing was done here from {shown(newest)} to {shown(now)}: what feeds no longer tell is lost; if newsig ran "
        f"all the time, the clock was put forward"
    )


def shown(moment: datetime) -> str:
    """A moment for people, to the minute.

    >>> shown(datetime.fromisoformat("2024-07-18T02:26:31+02:00"))
    '2024-07-18 00:26 UTC'
    """
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
