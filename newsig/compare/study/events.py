"""The event study: what prices did after the close of days on which the news was remarkably good or bad.

An event is a session whose index is above the upper third of all earlier ones, or below the lower third: later tone
plays no part in what is remarkable. What is abnormal in the returns after it depends on the grid's model (MacKinlay,
Event Studies in Economics and Finance, Journal of Economic Literature 35, 1997, section 5)::

    market   r − (α + β r_market), α and β by least squares over the estimation window
    mean     r − the mean over the estimation window, where nothing can stand for the market
    pair     r_first − r_second: the second one stands for the market

The estimation window has the `ESTIMATED` sessions that end `GAP` sessions before the event. Returns are summed up from
the session after the event, so that the first one begins with the event's own close.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from newsig.compare.study.chance import interval, permutation_p
from newsig.compare.study.figures import Figure, Grid, Test

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from newsig.compare.study.chance import Floats

HORIZONS = (1, 2, 5, 21, 63)
"""A session, two, a week, a month and a quarter."""

EARLIER = 20
"""Earlier indices that it takes to tell what is remarkable."""

ESTIMATED, GAP, LEAST_ESTIMATED = 120, 5, 60
"""Sessions of the estimation window and between it and the event; the fewest of them that have returns."""

HISTORY = ESTIMATED + GAP
"""Sessions before the first event that a study reads."""

LEAST_EVENTS, LEAST_BLOCKS = 10, 5
"""Below so many events, or stretches of time as long as the horizon, chance cannot be told from anything."""


def event_study(name: str, signal: Mapping[date, float], grid: Grid) -> Iterator[Figure]:
    """The mean abnormal returns after events of high and of low tone, over each of `HORIZONS`."""
    high, low, known = remarkable(signal)
    numbers = {day: number for number, day in enumerate(grid.days)}
    after = [(day, abnormal(numbers[day], grid)) for day in known if day in numbers]
    tests: tuple[tuple[Test, set[date]], ...] = (("after_high", high), ("after_low", low))
    for test, events in tests:
        for horizon in HORIZONS:
            summed = [(day, value) for day, found in after if (value := _sum(found, horizon)) is not None]
            yield _figure(name, test, horizon, summed, events, numbers)


def remarkable(signal: Mapping[date, float]) -> tuple[set[date], set[date], list[date]]:
    """The days of high and of low tone by the thirds of all earlier days, and all days that can be judged so."""
    import numpy as np

    days = sorted(signal)
    values = np.array([signal[day] for day in days])
    high, low = set[date](), set[date]()
    for number in range(EARLIER, len(days)):
        lower, upper = np.quantile(values[:number], [1 / 3, 2 / 3])
        if values[number] > upper:
            high.add(days[number])
        elif values[number] < lower:
            low.add(days[number])
    return high, low, days[EARLIER:]


def abnormal(number: int, grid: Grid) -> list[float | None]:
    """The abnormal returns of the sessions after that of this number in the grid, None where one is not known."""
    days = grid.days[number + 1 : number + 1 + max(HORIZONS)]
    if grid.model == "pair":
        return [grid.returns.get(day) for day in days]
    last = number - GAP + 1
    estimated = grid.days[max(0, last - ESTIMATED) : max(0, last)]
    line = _line(estimated, grid)
    if line is None:
        return []
    alpha, beta = line
    if grid.model == "mean":
        return [None if day not in grid.returns else grid.returns[day] - alpha for day in days]
    both = [day in grid.returns and day in grid.market for day in days]
    return [
        grid.returns[day] - (alpha + beta * grid.market[day]) if known else None
        for day, known in zip(days, both, strict=True)
    ]


def _line(days: Sequence[date], grid: Grid) -> tuple[float, float] | None:
    """What returns are expected by the estimation window: a constant and the share in the market's."""
    import numpy as np

    known = [day for day in days if day in grid.returns and (grid.model == "mean" or day in grid.market)]
    if len(known) < LEAST_ESTIMATED:
        return None
    returns = np.array([grid.returns[day] for day in known])
    if grid.model == "mean":
        return float(returns.mean()), 0.0
    market = np.array([grid.market[day] for day in known])
    spread = float(((market - market.mean()) ** 2).sum())
    beta = float(((market - market.mean()) * returns).sum()) / spread if spread else 0.0
    return float(returns.mean()) - beta * float(market.mean()), beta


def _sum(found: Sequence[float | None], horizon: int) -> float | None:
    known = [value for value in found[:horizon] if value is not None]
    return sum(known) if len(known) == horizon else None


def _figure(
    name: str,
    test: Test,
    horizon: int,
    summed: Sequence[tuple[date, float]],
    events: set[date],
    numbers: Mapping[date, int],
) -> Figure:
    import numpy as np

    values = np.array([value for _, value in summed], dtype=float)
    chosen = np.array([day in events for day, _ in summed], dtype=bool)
    count = int(chosen.sum())
    block = max(horizon, _root(len(values)))
    if count < LEAST_EVENTS or count == len(values):
        reason = f"fewer than {LEAST_EVENTS} events" if count < LEAST_EVENTS else "no other days to compare with"
        return Figure(signal=name, test=test, sessions=horizon, n=count, reason=reason)
    if len(values) < LEAST_BLOCKS * block:
        reason = f"fewer than {LEAST_BLOCKS * block} sessions with an index"
        return Figure(signal=name, test=test, sessions=horizon, n=count, reason=reason)
    held = values[chosen]
    places = np.array([numbers[day] for day, _ in summed])[chosen]
    low, high = interval(_means, held, _together(places, horizon))
    return Figure(
        signal=name,
        test=test,
        sessions=horizon,
        n=count,
        value=float(held.mean()),
        low=low,
        high=high,
        p=permutation_p(values, chosen, block),
    )


def _means(values: Floats) -> Floats:
    return cast("Floats", values.mean(axis=-1))


def _root(count: int) -> int:
    return math.ceil(math.pow(count, 1 / 3))


def _together(places: NDArray[np.int64], horizon: int) -> int:
    """How many events overlap on average with one that comes before them; at least n^(1/3)."""
    import numpy as np

    overlapping = np.searchsorted(places, places + horizon) - np.arange(len(places))
    return max(_root(len(places)), math.ceil(float(overlapping.mean())))
