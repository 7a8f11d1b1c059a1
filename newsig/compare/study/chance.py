"""What chance gives: intervals, p-values and their correction for many tests.

- Intervals are percentiles of the stationary bootstrap (Politis and Romano, The Stationary Bootstrap, Journal of the
  American Statistical Association 89, 1994), which draws blocks of random length, so that neighbours stay neighbours.
- The p-value of events is that of a permutation test: the days of the signal are dealt out anew in blocks, from a
  random one on, so that runs of remarkable days stay runs; (1 + as far off) / (1 + tries), which is never 0.
- The q-value is Benjamini and Hochberg's (Controlling the False Discovery Rate, Journal of the Royal Statistical
  Society B 57, 1995).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from newsig.compare.study.figures import Figure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

Day = TypeVar("Day")

SEED = 20240717
TRIES = 999
"""Resamples and permutations: the third decimal of a p-value is not worth more."""


def interval(statistic: Callable[[Floats], Floats], values: Floats, block: int) -> tuple[float, float]:
    """The 95 % interval of a statistic of rows in the order of time, drawn in blocks of ``block`` rows on average.

    ``statistic`` gets all resamples at once, stacked along the first axis, and gives one number for each.
    """
    import numpy as np
    from arch.bootstrap import StationaryBootstrap

    drawn = StationaryBootstrap(block, values, seed=np.random.default_rng(SEED))
    places = np.stack([drawn.update_indices() for _ in range(TRIES)])
    low, high = np.nanpercentile(statistic(values[places]), [2.5, 97.5])
    return float(low), float(high)


def permutation_p(values: Floats, chosen: Truths, block: int) -> float:
    """How often days that are dealt out by chance have a mean as far from that of all days as the chosen ones have.

    ``values`` are the returns after each day on which there is a signal, in the order of time, and ``chosen`` says
    which of these are events. ``block`` is how many days stay together.
    """
    import numpy as np

    centre = values.mean()
    far = abs(values[chosen].mean() - centre)
    means = _dealt(chosen, block) @ values / np.count_nonzero(chosen)
    as_far = np.count_nonzero(np.abs(means - centre) >= far - 1e-12)
    return float((1 + as_far) / (1 + TRIES))


def _dealt(chosen: Truths, block: int) -> Floats:
    """The days in blocks, beginning anywhere, in a new order, once in each row; 1 where a day is chosen."""
    import numpy as np

    draw = np.random.default_rng(SEED)
    days = np.arange(len(chosen))
    ranks = draw.random((TRIES, 1 + (len(chosen) - 1) // block))
    order = np.argsort(ranks[:, days // block], axis=1, kind="stable")
    begin = draw.integers(len(chosen), size=(TRIES, 1))
    return cast("Floats", chosen[(order + begin) % len(chosen)].astype(float))


def shuffled(signal: Mapping[Day, float], seed: int) -> dict[Day, float]:
    """The values of a signal dealt out anew over its days: a control that can tell nothing of prices.

    >>> sorted(shuffled({1: 0.5, 2: -0.5, 3: 0.1}, seed=7).values())
    [-0.5, 0.1, 0.5]
    """
    import numpy as np

    days = list(signal)
    order = np.random.default_rng(seed).permutation(len(days))
    return {day: signal[days[number]] for day, number in zip(days, order, strict=True)}


def corrected(figures: Sequence[Figure]) -> list[Figure]:
    """The figures with their q-values, over all that have a p-value."""
    from statsmodels.stats.multitest import multipletests

    tested = [figure.p for figure in figures if figure.p is not None]
    if not tested:
        return list(figures)
    found = iter(multipletests(tested, method="fdr_bh")[1])
    return [figure if figure.p is None else replace(figure, q=float(next(found))) for figure in figures]
