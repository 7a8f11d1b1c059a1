"""What a study is made from, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Test = Literal["correlation", "after_high", "after_low"]
Model = Literal["market", "mean", "pair"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Sessions in their order with their returns, as shares; a session without one is left out of the mapping.

    ``model`` says what is abnormal in them: the rest of a regression on the returns of the ``market``; what differs
    from their own ``mean`` before; or, of a ``pair``, the whole difference.
    """

    days: Sequence[date]
    returns: Mapping[date, float]
    market: Mapping[date, float]
    model: Model = "market"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One result of a study.

    ``signal`` names the index, ``test`` what was asked of it. ``sessions`` is for a ``correlation`` how many sessions
    the return comes after the index (below 0: before it), for a test after high or low tone how many sessions the
    return is summed up over. ``n`` is the number of sessions or of events, ``value`` the correlation or the mean
    abnormal return as a share, ``low`` and ``high`` the bounds of its 95 % interval. ``p`` is the probability of such
    a value by chance, ``q`` that of being wrong when all figures of the study with a ``q`` as low are called
    significant. ``reason`` says why there is no value.
    """

    signal: str
    test: Test
    sessions: int
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    q: float | None = None
    reason: str | None = None

    @property
    def significant(self) -> bool | None:
        """Whether the figure stands out after the correction; null where there is none."""
        return None if self.q is None else self.q <= SIGNIFICANT


SIGNIFICANT = 0.05
"""The share of false ones that is accepted among the figures called significant."""
