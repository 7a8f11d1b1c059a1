"""Which days of a symbol to ask a provider for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from newsig import sessions

SETTLED = timedelta(minutes=30)
"""After a session's close, until its bar is taken for final."""

NEAR = timedelta(days=31)
"""Days no further apart than this are asked for at one go, with what lies between."""

Span = tuple[date, date]


def days_between(market: str, first: date, last: date) -> list[date]:
    """The sessions of a span; its weekdays as far as the calendar does not reach back.

    >>> [day.isoformat() for day in days_between("XNYS", date(2024, 7, 3), date(2024, 7, 8))]
    ['2024-07-03', '2024-07-05', '2024-07-08']
    """
    start = sessions.sessions(market)[0]
    before = [first + timedelta(days=number) for number in range((min(start, last + timedelta(days=1)) - first).days)]
    return [*(day for day in before if day.weekday() < 5), *sessions.between(market, first, last)]


def is_settled(market: str, day: date, at: datetime) -> bool:
    """Whether a day's bar was final at a moment: before, it is a price of the day and no close.

    >>> from datetime import UTC
    >>> [is_settled("XNYS", date(2024, 7, 17), datetime(2024, 7, 17, hour, tzinfo=UTC)) for hour in (19, 21)]
    [False, True]
    """
    if day < at.date() - timedelta(days=1):
        return True
    if sessions.is_session(market, day):
        return sessions.closes_at(market, day) + SETTLED <= at
    return day < at.date()


def missing(
    market: str, needed: Iterable[date], asked: Iterable[tuple[date, date, datetime]], at: datetime
) -> set[date]:
    """The needed days that are settled at ``at`` and that no download (first day, last day, moment) was asked for after
    they were: what a download did not bring then, its provider does not have."""
    asked = list(asked)
    return {
        day
        for day in needed
        if is_settled(market, day, at)
        and not any(first <= day <= last and is_settled(market, day, then) for first, last, then in asked)
    }


def spans(days: Collection[date], *, whole: bool = False) -> Iterator[Span]:
    """The days as few spans, earliest first: one, or one for each run of days that are near each other.

    >>> days = [date(2024, 7, 1), date(2024, 7, 9), date(2024, 9, 2)]
    >>> [(str(first), str(last)) for first, last in spans(days)]
    [('2024-07-01', '2024-07-09'), ('2024-09-02', '2024-09-02')]
    """
    ordered = sorted(days)
    start = 0
    for number, day in enumerate(ordered):
        following = ordered[number + 1] if number + 1 < len(ordered) else None
        if following is None or (following - day > NEAR and not whole):
            yield ordered[start], day
            start = number + 1


def runs(days: Collection[date], market: str) -> list[Span]:
    """The days as runs of sessions that follow each other, earliest first; of weekdays as far as the calendar does not
    reach back."""
    found: list[Span] = []
    for day in sorted(days):
        if found and len(days_between(market, found[-1][1], day)) <= 2:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
