"""The narrative index of a spell beside the return of what measures its target; for a pair, both as differences.

The interval of a difference of two indices is worked out from their own, without anything else being known of them
(Zou and Donner, Construction of confidence limits about effect measures, Statistics in Medicine 27, 2008, equation 3),
as of two that are independent::

    low  = (a − b) − √((a − low_a)² + (high_b − b)²)
    high = (a − b) + √((high_a − a)² + (b − low_b)²)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import hypot, prod

from newsig.compare.narrative import Narrative, Reading, narrative
from newsig.compare.spells import Spell, change, place
from newsig.records import Price


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one story says of a target: its tone, and the verdicts on its decided claims."""

    version_id: int
    article_id: str
    title: str | None
    published: str | None
    at: datetime
    reading: Reading
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One target in one spell: the stories, their index, and the return of what measures it, null without prices."""

    told: tuple[Told, ...]
    narrative: Narrative
    change: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A spell with what was said and what the prices did in it.

    ``index``, ``low`` and ``high`` are those of the target, or of the first less the second, null where one has none;
    ``change`` likewise, as a share. ``fresh`` and ``stale`` count stories, those that speak of both targets once:
    ``stale`` are those that say nothing new of any. ``supported`` and ``refuted`` count claims of the fresh ones, of
    ``decided`` in all.
    """

    spell: Spell
    sides: tuple[Side, ...]
    index: float | None
    low: float | None
    high: float | None
    change: float | None
    fresh: int
    stale: int
    supported: int
    refuted: int
    decided: int

    @property
    def share(self) -> float | None:
        """The share of supported claims among those that are decided; null without any."""
        return self.supported / self.decided if self.decided else None

    @property
    def diverges(self) -> bool:
        """Whether the index is clearly of one sign, its interval without 0, and the return is of the other."""
        if self.low is None or self.high is None or self.change is None:
            return False
        return (self.low > 0 > self.change) or (self.high < 0 < self.change)


def side(told: Iterable[Told], change: float | None) -> Side:
    """What was said of a target in one spell, beside the return."""
    kept = tuple(told)
    return Side(told=kept, narrative=narrative(one.reading for one in kept), change=change)


def period(spell: Spell, sides: Sequence[Side]) -> Period:
    """A spell of one target, or of two as the first less the second."""
    index, low, high = difference(*(side.narrative for side in sides))
    changes = [side.change for side in sides if side.change is not None]
    stories = {one.version_id: one for side in sides for one in side.told}
    fresh = {one.version_id for side in sides for one in side.told if not one.reading.copy}
    claims = Counter(outcome for side in sides for one in side.told if not one.reading.copy for outcome in one.outcomes)
    return Period(
        spell=spell,
        sides=tuple(sides),
        index=index,
        low=low,
        high=high,
        change=None if len(changes) < len(sides) else changes[0] - sum(changes[1:]),
        fresh=len(fresh),
        stale=len(stories) - len(fresh),
        supported=claims["supported"],
        refuted=claims["refuted"],
        decided=sum(claims.values()),
    )


def difference(one: Narrative, other: Narrative | None = None) -> tuple[float | None, float | None, float | None]:
    """An index with its interval, or the difference of two, in [−2, 2]; null where one is.

    >>> one, other = Narrative(index=0.5, low=0.2, high=0.8), Narrative(index=0.1, low=-0.3, high=0.5)
    >>> [round(bound, 9) for bound in difference(one, other)]
    [0.4, -0.1, 0.9]
    """
    if other is None or one.index is None or other.index is None:
        return (one.index, one.low, one.high) if other is None else (None, None, None)
    gap = one.index - other.index
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return gap, None, None
    below, above = (
        hypot(one.index - one.low, other.high - other.index),
        hypot(one.high - one.index, other.index - other.low),
    )
    return gap, gap - below, gap + above


def placed(told: Iterable[Told], found: Sequence[Spell]) -> tuple[list[list[Told]], list[Told]]:
    """The stories of each spell, and those that became known after the last one's close; earlier ones are dropped."""
    groups: list[list[Told]] = [[] for _ in found]
    later: list[Told] = []
    for one in told:
        number = place(one.at, found)
        if number is not None:
            groups[number].append(one)
        elif not found or one.at > found[-1].until:
            later.append(one)
    return groups, later


def path(bars: Sequence[Mapping[date, Price]], days: Iterable[date]) -> list[tuple[date, float]]:
    """What became of 100 in the one series, or of the ratio of the first to the second; 100 on the first day that all
    have a bar of, and nothing for days that one of them lacks.

    >>> one, other = ({date(2024, 7, day): close for day, close in ((15, 50.0), (16, last))} for last in (55.0, 44.0))
    >>> bars = [{day: Price(symbol="X", day=day, close=close) for day, close in some.items()} for some in (one, other)]
    >>> [round(value, 9) for _, value in path(bars, one)]
    [100.0, 125.0]
    """
    known = [day for day in days if all(day in some for some in bars)]
    found: list[tuple[date, float]] = []
    for day in known:
        one, *others = (change(some, known[0], day) for some in bars)
        if one is not None and None not in others:
            found.append((day, 100 * (1 + one) / prod(1 + other for other in others if other is not None)))
    return found
