"""The closes of one symbol as a path through its sessions, and the moves along it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from newsig import sessions
from newsig.compare.moves import YIELDS, level, series
from newsig.compare.scorecard.nouns import SizeUnit
from newsig.records import Direction, Price

FLAT = 2.0
"""A move of at most so many percent is none, for calls that something will not move."""
FLAT_YIELD = 10.0
"""The same for yields, in basis points."""

TINY = 1e-9
"""What floating point may take from a move that is just as large as it was said."""


class Path:
    """The bars of sessions up to ``last``; moves are in percent of adjusted closes, in basis points for yields.

    Closes adjusted for dividends are taken where every bar has one: a mixture would show moves that never were. Levels
    are those of the plain closes.
    """

    def __init__(self, symbol: str, bars: Sequence[Price], last: date, market: str) -> None:
        self.market = market
        known = frozenset(sessions.between(market, date.min, last))
        own = {day: bar for day, bar in series(symbol, bars).items() if day in known}
        adjusted = all(bar.adj_close is not None for bar in own.values())
        self.is_yield = symbol in YIELDS
        self.closes = {day: bar.close for day, bar in own.items()}
        self.values = {
            day: bar.adj_close if adjusted and bar.adj_close is not None else bar.close for day, bar in own.items()
        }

    @cached_property
    def days(self) -> list[date]:
        """The days with a bar, oldest first."""
        return list(self.closes)

    def at(self, day: date) -> date | None:
        """The last session not after ``day``; None where it has no bar."""
        session = sessions.on_or_before(self.market, day)
        return session if session in self.closes else None

    def calendar(self, start: date, end: date) -> Sequence[date]:
        """The sessions after ``start`` and not after ``end``, with a bar or without."""
        return [day for day in sessions.between(self.market, start, end) if day > start]

    def sessions_to(self, end: date) -> Sequence[date]:
        """The sessions from the first bar on, up to ``end``."""
        return sessions.between(self.market, self.days[0], end) if self.days else []

    def is_whole(self, start: date, end: date) -> bool:
        """Whether each of those sessions has a bar."""
        return all(day in self.closes for day in self.calendar(start, end))

    def between(self, start: date, end: date) -> list[date]:
        """The days with a bar after ``start`` and not after ``end``."""
        return self.days[bisect_right(self.days, start) : bisect_right(self.days, end)]

    def moved(self, first: date, last: date) -> float | None:
        """The move between two days with bars; None where a price is not above zero."""
        return self.change(self.values[first], self.values[last])

    def change(self, first: float, last: float) -> float | None:
        """The move from one value to another."""
        if self.is_yield:
            return (last - first) * 100
        return (last / first - 1) * 100 if first > 0 else None

    def best(self, direction: Direction | None, base: date, days: Sequence[date]) -> float | None:
        """The furthest move from ``base`` to any of these days that way."""
        moves = [move for day in days if (move := self.moved(base, day)) is not None]
        return (min if direction == "down" else max)(moves, default=None)

    def size(self, size: float, unit: SizeUnit | None, base: date) -> float:
        """A told size in the path's own unit."""
        return size / self.closes[base] * 100 if unit == "points" else size

    def goes(
        self,
        moved: float,
        direction: Direction,
        size: float | None = None,
        unit: SizeUnit | None = None,
        base: date | None = None,
    ) -> bool:
        """Whether a move goes in a direction, by at least a size where one is given."""
        if direction == "flat":
            return abs(moved) <= (FLAT_YIELD if self.is_yield else FLAT) + TINY
        along = moved if direction == "up" else -moved
        return along > 0 if size is None or base is None else along >= self.size(size, unit, base) - TINY

    def formula(self, first: date, last: date, moved: float) -> str:
        """The arithmetic of a move as a person would write it."""
        start, end = level(self.values[first]), level(self.values[last])
        if self.is_yield:
            return f"({end} − {start}) × 100 = {moved:+.1f} bp".replace("-", "−")
        return f"{end} / {start} − 1 = {moved:+.2f} %".replace("-", "−")
