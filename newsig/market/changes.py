"""What happened where a provider's closes are others than those it gave before, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import inf, isclose, prod

from newsig.records import PriceChange, Split

EXPLAINED = 1e-3
"""How far from a split's ratio a change may lie, relatively: closes are printed to few places."""


def told(changes: Iterable[PriceChange], splits: Sequence[Split]) -> Iterator[str]:
    """A sentence for each split that changed closes of before it, and one for what no split of ``splits`` explains, by
    symbol."""
    by_symbol: defaultdict[str, list[PriceChange]] = defaultdict(list)
    for change in changes:
        by_symbol[change.symbol].append(change)
    for symbol, found in by_symbol.items():
        own = [split for split in splits if split.symbol == symbol]
        explained = [change for change in found if by_splits(change, own)]
        for split in own:
            if count := len({change.day for change in explained if change.day < split.day}):
                yield f"{symbol}: {_closes(count)} before {split.day} {_way(split.ratio)}: a split"
        if rest := [change for change in found if not by_splits(change, own)]:
            yield _unexplained(symbol, rest)


def by_splits(change: PriceChange, splits: Sequence[Split]) -> bool:
    """Whether splits of the symbol that came after the day explain why its close is another one."""
    later = [split.ratio for split in splits if change.day < split.day]
    # A change may come of any of the splits alone, where one after the other was told.
    return any(
        isclose(change.old_close, change.new_close * ratio, rel_tol=EXPLAINED) for ratio in {*later, prod(later)} - {1}
    )


def _unexplained(symbol: str, changes: Sequence[PriceChange]) -> str:
    days = {change.day for change in changes}
    first, last = min(days), max(days)
    span = f"on {first}" if first == last else f"between {first} and {last}"
    sources = ", ".join(sorted({change.old_source for change in changes}))
    most = max(apart(change) for change in changes)
    size = "from 0 in" if most == inf else f"by up to {most:.3g} % from"
    differ = "differs" if len(days) == 1 else "differ"
    return f"history changed: {_closes(len(days))} of {symbol} {span} {differ} {size} {sources}{_as_split(changes)}"


def _as_split(changes: Sequence[PriceChange]) -> str:
    """Words for a factor that all closes have in common, where it could be a split's."""
    if any(change.old_close == 0 or change.new_close == 0 for change in changes) or len(changes) < 2:
        return ""
    ratios = [change.old_close / change.new_close for change in changes]
    if isclose(min(ratios), max(ratios), rel_tol=EXPLAINED) and not isclose(ratios[0], 1, rel_tol=0.01):
        return f", all {_way(sum(ratios) / len(ratios))}, as by a split"
    return ""


def apart(change: PriceChange) -> float:
    """By how many percent of the old close the new one differs; infinite where the old one is zero."""
    if change.old_close == 0:
        return inf
    return abs(change.new_close - change.old_close) / abs(change.old_close) * 100


def _way(ratio: float) -> str:
    """
    >>> _way(10), _way(0.1), _way(1.5)
    ('divided by 10', 'multiplied by 10', 'divided by 1.5')
    """
    return f"divided by {ratio:.4g}" if ratio > 1 else f"multiplied by {1 / ratio:.4g}"


def _closes(count: int) -> str:
    return "1 close" if count == 1 else f"{count:,} closes"
