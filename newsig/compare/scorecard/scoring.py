"""The score of a source: how often it was right, how sure that is, and how often anybody would have been.

- The interval of a hit rate is Wilson's at 95 % (L. D. Brown, T. T. Cai and A. DasGupta, "Interval Estimation for a
  Binomial Proportion", Statistical Science 16, 2001, section 3.1.1).
- ``p`` is the probability that calls which are right as often as their base rates say are right at least as often as
  these: the upper tail of the Poisson binomial distribution, exactly, by convolution.
- The Brier score is the mean of (p − o)², o being 1 for what came true and 0 for what did not (G. W. Brier,
  "Verification of Forecasts Expressed in Terms of Probability", Monthly Weather Review 78, 1950; half of his sum over
  both outcomes).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from newsig.compare.scorecard.nouns import Call, Grade

Z = 1.959963984540054
"""The 0.975 quantile of the normal distribution."""
ENOUGH = 10
"""With fewer graded calls nobody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a source has fared.

    ``rate`` is hits by graded calls, ``low`` and ``high`` its interval. ``based`` graded calls have a base rate;
    ``base_rate`` is its mean, ``excess`` their own rate less that mean. ``brier`` is over the ``stated`` graded calls
    with a probability, ``base_brier`` the same where every one had been given its base rate; null unless all have one.
    ``few`` says that there are fewer than `ENOUGH` graded calls.
    """

    calls: int = 0
    graded: int = 0
    hits: int = 0
    pending: int = 0
    ungraded: int = 0
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    based: int = 0
    base_rate: float | None = None
    excess: float | None = None
    p: float | None = None
    stated: int = 0
    brier: float | None = None
    base_brier: float | None = None
    few: bool = True


def score(graded: Iterable[tuple[Call, Grade]]) -> Score:
    """The score of calls, each of which counts once: see `newsig.compare.scorecard.merging`."""
    every = list(graded)
    told = [(call, one) for call, one in every if one.result in ("hit", "miss")]
    hits = sum(one.result == "hit" for _, one in told)
    low, high = wilson(hits, len(told)) if told else (None, None)
    based = [(one.base_rate, one.result == "hit") for _, one in told if one.base_rate is not None]
    bases = [base for base, _ in based]
    right = sum(hit for _, hit in based)
    base_rate = fsum(bases) / len(bases) if bases else None
    stated, brier, base_brier = _briers(told)
    return Score(
        calls=len(every),
        graded=len(told),
        hits=hits,
        pending=sum(one.result == "pending" for _, one in every),
        ungraded=sum(one.result == "ungraded" for _, one in every),
        rate=hits / len(told) if told else None,
        low=low,
        high=high,
        based=len(based),
        base_rate=base_rate,
        excess=right / len(bases) - base_rate if base_rate is not None else None,
        p=at_least(right, bases) if bases else None,
        stated=stated,
        brier=brier,
        base_brier=base_brier,
        few=len(told) < ENOUGH,
    )


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share.

    >>> tuple(round(bound, 4) for bound in wilson(7, 10))
    (0.3968, 0.8922)
    """
    share, square = hits / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = Z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def at_least(hits: int, chances: Sequence[float]) -> float:
    """The probability of so many successes or more, of trials with these chances.

    >>> round(at_least(2, [0.5, 0.5]), 4), round(at_least(1, [0.6, 0.7]), 4), at_least(0, [0.3])
    (0.25, 0.88, 1.0)
    """
    distribution = [1.0]
    for chance in chances:
        kept = [one * (1 - chance) for one in distribution] + [0.0]
        distribution = [
            stay + come for stay, come in zip(kept, [0.0, *(one * chance for one in distribution)], strict=True)
        ]
    return min(1.0, fsum(distribution[hits:]))


def brier(pairs: Sequence[tuple[float, bool]]) -> float:
    """The mean squared distance of probabilities from what came.

    >>> round(brier([(0.6, True), (0.8, False)]), 4)
    0.4
    """
    return fsum((share - came) ** 2 for share, came in pairs) / len(pairs)


def _briers(told: Sequence[tuple[Call, Grade]]) -> tuple[int, float | None, float | None]:
    stated = [
        (call.probability, one.event_rate, one.reached if one.reached is not None else one.result == "hit")
        for call, one in told
        if call.probability is not None
    ]
    if not stated:
        return 0, None, None
    bases = [(rate, came) for _, rate, came in stated if rate is not None]
    own = brier([(share, came) for share, _, came in stated])
    return len(stated), own, brier(bases) if len(bases) == len(stated) else None
