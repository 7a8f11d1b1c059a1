"""Lead and lag: the index of a session beside the returns of the sessions around it.

The value is Pearson's correlation, its interval that of the stationary bootstrap on the pairs. The p-value is that of
the slope in a regression of the return on the index with errors that are robust to changing variance and to
autocorrelation (Newey and West, Econometrica 55, 1987), with ⌊4 (n / 100)^(2/9)⌋ lags (Newey and West, Review of
Economic Studies 61, 1994).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from newsig.compare.study.chance import interval
from newsig.compare.study.figures import Figure, Grid

if TYPE_CHECKING:
    from newsig.compare.study.chance import Floats

LAGS = range(-5, 6)
"""How many sessions the return comes after the index; below 0 it comes before it."""

LEAST = 30
"""Pairs below which no correlation is told."""


def lead_lag(name: str, signal: Mapping[date, float], grid: Grid) -> Iterator[Figure]:
    """The correlation of an index with the returns at each of `LAGS`."""
    import numpy as np

    numbers = {day: number for number, day in enumerate(grid.days)}
    known = [(numbers[day], signal[day]) for day in sorted(signal) if day in numbers]
    for lag in LAGS:
        moved = [(number + lag, value) for number, value in known if 0 <= number + lag < len(grid.days)]
        pairs = [
            (value, grid.returns[grid.days[number]]) for number, value in moved if grid.days[number] in grid.returns
        ]
        yield _figure(name, lag, np.array(pairs, dtype=float).reshape(-1, 2))


def _figure(name: str, lag: int, pairs: Floats) -> Figure:
    import numpy as np

    empty = Figure(signal=name, test="correlation", sessions=lag, n=len(pairs))
    if len(pairs) < LEAST:
        return _without(empty, f"fewer than {LEAST} sessions with both")
    if np.ptp(pairs[:, 0]) == 0 or np.ptp(pairs[:, 1]) == 0:
        return _without(empty, "one of both never changes")
    low, high = interval(correlation, pairs, ceil(len(pairs) ** (1 / 3)))
    return Figure(
        signal=name,
        test="correlation",
        sessions=lag,
        n=len(pairs),
        value=float(correlation(pairs)),
        low=low,
        high=high,
        p=slope_p(pairs),
    )


def _without(figure: Figure, reason: str) -> Figure:
    return Figure(signal=figure.signal, test=figure.test, sessions=figure.sessions, n=figure.n, reason=reason)


def correlation(pairs: Floats) -> Floats:
    """Pearson's correlation of two columns, or of each of many pairs of columns stacked along the first axis; not a
    number where one never changes."""
    import numpy as np

    apart = pairs - pairs.mean(axis=-2, keepdims=True)
    both = np.sqrt((apart**2).sum(axis=-2).prod(axis=-1))
    with np.errstate(invalid="ignore"):
        return np.asarray(apart.prod(axis=-1).sum(axis=-1) / both)


def slope_p(pairs: Floats) -> float:
    """The p-value of the slope of the second column on the first, with Newey and West's errors."""
    import statsmodels.api as sm

    lags = int(4 * (len(pairs) / 100) ** (2 / 9))
    fit = sm.OLS(pairs[:, 1], sm.add_constant(pairs[:, 0])).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
    )
    return float(fit.pvalues[1])
