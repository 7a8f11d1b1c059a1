"""A call against the closes → hit or miss, or why neither.

The move is measured from the last close that was surely known when the statement was published to the last close not
after its horizon. Of a statement with an hour the former is the last close before it; of one with a day alone, and of
markets without a closing price that all share, that of the session before the day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from newsig import sessions
from newsig.compare.scorecard.conditions import came_true
from newsig.compare.scorecard.nouns import Call, Grade, Reason
from newsig.compare.scorecard.paths import Path
from newsig.records import Direction, Price

HISTORY = 250
"""The fewest earlier windows from which a base rate is taken: about a year of starts."""
Bars = Mapping[str, Sequence[Price]]


def needed(call: Call, *, assume: int | None = None) -> tuple[str, ...]:
    """The symbols whose bars a `grade` of the call reads; none where no bars could tell what came of it."""
    if _unanswerable(call) or _is_open(call, assume):
        return ()
    symbols = (call.symbol, *(call.condition.symbols if call.condition else ()))
    return tuple(dict.fromkeys(symbol for symbol in symbols if symbol is not None))


def grade(
    call: Call,
    bars: Bars,
    market: str,
    *,
    known: datetime,
    assume: int | None = None,
    markets: Mapping[str, str] | None = None,
) -> Grade:
    """What came of a call.

    Args:
        call: the call.
        bars: by symbol, those of `needed`, from as far back as there are any; what comes after the horizon, or was not
            known by then, is not looked at.
        market: the calendar of the call's symbol, as in `newsig.sessions`.
        known: the moment up to which anything is known.
        assume: the sessions after which a call is graded whose words give no horizon; None for never.
        markets: the calendars of what conditions speak of, by symbol; without one it is ``market``.
    """
    if reason := _unanswerable(call):
        return _ungraded(reason)
    start = first_close(call, market)
    if start is None:
        return _ungraded("no_prices")
    assumed = call.horizon is None
    if _is_open(call, assume):
        return _ungraded("no_horizon")
    end = last_close(call, market, start, assume or 0)
    if end is not None and end <= start:
        return _ungraded("no_window", assumed=assumed)
    if end is None or sessions.closes_at(market, end) > known:
        in_past = end is None and call.horizon is not None and call.horizon < start
        return _ungraded("no_prices") if in_past else Grade(result="pending", start=start, end=end, assumed=assumed)
    calendars = {symbol: (markets or {}).get(symbol, market) for symbol in needed(call, assume=assume)} | {
        call.symbol or "": market
    }
    paths = {symbol: Path(symbol, bars.get(symbol, ()), end, own) for symbol, own in calendars.items()}
    return _judged(call, paths, start, end, assumed)


def _unanswerable(call: Call) -> Reason | None:
    """Why no closes could tell what came of the call."""
    if call.kind == "hope":
        return "hope"
    if call.target is None:
        return "no_target"
    if not call.sided:
        return "no_direction"
    if call.symbol is None:
        return "no_prices"
    if call.condition is not None and not call.condition.symbols:
        return "unknown_condition"
    return "no_date" if call.published is None else None


def _is_open(call: Call, assume: int | None) -> bool:
    """Whether the call has no day by which it should come true, and may be given none."""
    return call.horizon is None and (assume is None or call.horizon_words is not None)


def first_close(call: Call, market: str) -> date | None:
    """The last session whose close was surely known when the call was published; None where the calendar ends."""
    shared = market not in ("24/5", "24/7") and not (call.symbol or "").endswith(("=X", "=F", "-USD"))
    if not isinstance(call.published, datetime):
        return sessions.before(market, call.published) if call.published else None
    zoned = call.published.astimezone(sessions.zone(market))
    if not shared:
        return sessions.before(market, min(zoned.date(), call.published.astimezone(UTC).date()))
    day = sessions.on_or_before(market, zoned.date())
    if day is None or sessions.closes_at(market, day) <= call.published:
        return day
    return sessions.before(market, day)


def last_close(call: Call, market: str, start: date, assume: int) -> date | None:
    """The last session not after the horizon, or so many after the start; None where the calendar ends."""
    if call.horizon is None:
        return sessions.shifted(market, start, assume)
    return sessions.on_or_before(market, call.horizon)


def _judged(call: Call, paths: Mapping[str, Path], start: date, end: date, assumed: bool) -> Grade:
    path = paths[call.symbol or ""]
    if start not in path.closes or end not in path.closes:
        return _ungraded("no_prices", start, end, assumed)
    if call.condition is not None:
        met, start = came_true(call.condition, paths, start, end)
        if not met:
            return _ungraded("unknown_condition" if met is None else "condition_not_met", start, end, assumed)
        counted = path.at(start)
        if counted is None or counted >= end:
            return _ungraded("no_prices" if counted is None else "no_window", start, end, assumed)
        start = counted
    direction = call.direction or _towards(call, path.closes[start])
    moved = path.moved(start, end)
    if moved is None or (direction is None and call.event == "move"):
        return _ungraded("no_prices" if moved is None else "no_direction", start, end, assumed)
    measure = _Measure(call, direction, path, start, end)
    return Grade(
        result="hit" if measure.hits(moved) else "miss",
        direction=direction if call.event == "move" else None,
        start=start,
        end=end,
        sessions=measure.length,
        moved=moved,
        reached=measure.reached(),
        base_rate=measure.base_rate(),
        event_rate=measure.event_rate() if call.probability is not None else None,
        formula=path.formula(start, end, moved),
        assumed=assumed,
    )


def _ungraded(reason: Reason, start: date | None = None, end: date | None = None, assumed: bool = False) -> Grade:
    return Grade(result="ungraded", reason=reason, start=start, end=end, assumed=assumed)


def _towards(call: Call, close: float) -> Direction | None:
    """The way from a close to the level that was called."""
    if call.level is None or call.level == close:
        return None
    return "up" if call.level > close else "down"


class _Measure:
    """How a call fared in its window, and how it would have in every earlier one of that length."""

    def __init__(self, call: Call, direction: Direction | None, path: Path, start: date, end: date) -> None:
        self.call, self.direction, self.path, self.start = call, direction, path, start
        self.window = path.calendar(start, end)
        self.length = len(self.window)
        self.is_whole = path.is_whole(start, end)
        self.earlier = [path.values.get(day) for day in path.sessions_to(start)]
        self.to_level = path.change(path.closes[start], call.level) if call.level is not None else None

    def hits(self, moved: float) -> bool:
        """Whether a move is what was called."""
        if self.call.event != "move" and self.to_level is not None:
            return moved > self.to_level if self.call.event == "above" else moved < self.to_level
        return self.direction is not None and self.path.goes(moved, self.direction)

    def reached(self) -> bool | None:
        """Whether any close of the window came up to the level or size that was told; None with one missing."""
        if not self.is_whole:
            return None
        best = self.path.best(self.direction, self.start, self.window)
        return None if best is None else self._far_enough(best)

    def _far_enough(self, best: float) -> bool | None:
        if self.direction is None or self.direction == "flat" or self.call.event != "move":
            return None
        if self.to_level is not None:
            return best >= self.to_level if self.direction == "up" else best <= self.to_level
        if self.call.size is None:
            return None
        return self.path.goes(best, self.direction, self.call.size, self.call.unit, self.start)

    def base_rate(self) -> float | None:
        """The share of earlier windows that went as called, of as many sessions; None where the own one has gaps."""
        pairs = zip(self.earlier, self.earlier[self.length :], strict=False)
        moves = (self.path.change(a, b) for a, b in pairs if a is not None and b is not None)
        return self._share([self.hits(move) for move in moves if move is not None])

    def event_rate(self) -> float | None:
        """The share of earlier windows in which what the probability is of came true: the size, where one is told."""
        if self.reached() is None:
            return self.base_rate()
        pick = min if self.direction == "down" else max
        came = []
        for at in range(len(self.earlier) - self.length):
            known = [value for value in self.earlier[at : at + 1 + self.length] if value is not None]
            best = self.path.change(known[0], pick(known[1:])) if len(known) > self.length else None
            if best is not None:
                came.append(bool(self._far_enough(best)))
        return self._share(came)

    def _share(self, came: Sequence[bool]) -> float | None:
        return sum(came) / len(came) if self.is_whole and len(came) >= HISTORY else None
