"""How far back bars must reach, and how whole they must be, for what needs more of the past than two closes."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta

from newsig import sessions

EVER = timedelta(days=30 * 365)
"""How far back bars must reach for what is called a record of all times."""

MISSING = 0.02
"""The share of sessions that may lack a bar: more, and a peak or a rival may be among those that are not known."""


def has_gaps(days: Container[date], market: str, first: date, last: date, *, most: float = 0.0) -> bool:
    """Whether more than that share of the sessions from ``first`` to ``last`` lacks a bar."""
    wanted = sessions.between(market, first, last)
    return sum(day not in days for day in wanted) > most * len(wanted)
