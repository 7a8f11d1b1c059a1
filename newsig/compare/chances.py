"""How likely it is that a figure fits by chance: what a `consistent` verdict is worth.

A search that tries many windows, or a whole day's range, finds something for many figures that nobody printed. So the
same search is tried with other figures of that size, from half of it to twice, evenly by ratio and printed alike: the
chance is the share of them that fit as well.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from newsig.compare.figures import Band
from newsig.records import Claim

FACTORS = tuple(2.0 ** (step / 100) for step in range(-100, 101))
"""By what the other figures differ from the printed one."""

MOST = 0.5
"""Where more than every second figure fits, one that fits says nothing."""

DRAWS = 2000
"""How many times figures for several claims are drawn together."""


def chance(claim: Claim, allowed: Band, reached: Sequence[Band]) -> float:
    """The share of figures of the claim's size that would fit.

    ``allowed`` are the moves that the claim's own figure allows, ``reached`` those that the search came upon, each from
    least to most and both included; all count towards the claim's direction.
    """
    if claim.direction == "flat":
        return 1.0
    fitting = sum(any(overlap(_moved(claim, allowed, factor), one) for one in reached) for factor in FACTORS)
    return fitting / len(FACTORS)


def joint_chance(claims: Sequence[tuple[Claim, Band]], reached: Sequence[Sequence[float]]) -> float:
    """The share of draws, one figure for each claim, for which one window fits them all.

    ``reached`` holds for each window the moves that it gives for the claims, in their order. The draws are the same
    ones each time.
    """
    drawn = random.Random(0)
    fitting = 0
    for _ in range(DRAWS):
        bands = [_moved(claim, allowed, drawn.choice(FACTORS)) for claim, allowed in claims]
        fitting += any(
            all(low <= move < high for (low, high), move in zip(bands, moves, strict=True)) for moves in reached
        )
    return fitting / DRAWS


def overlap(allowed: Band, reached: Band) -> bool:
    """Whether a move lies in both: the one interval without its upper end, the other one with it.

    >>> overlap((1.5, 2.5), (2.0, 2.0)), overlap((1.5, 2.5), (2.5, 3.0)), overlap((1.5, 2.5), (0.0, 1.5))
    (True, False, True)
    """
    return allowed[0] <= reached[1] and reached[0] < allowed[1]


def _moved(claim: Claim, allowed: Band, factor: float) -> Band:
    """The band of another figure: printed to the same place, or as loosely in proportion."""
    low, high = allowed
    if claim.comparator == "=" and claim.unit != "times":
        step = claim.value * (factor - 1)
        return low + step, high + step
    return low * factor, high * factor
