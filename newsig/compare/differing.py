"""What differs between two readings of the same words: records that came, went, or changed in a field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Any

SAME = 1e-6
"""How near two numbers are taken for one: the probabilities of a tone differ in their last digits from machine to
machine."""

Row = Mapping[str, Any]
"""A record as plain JSON values, see `newsig.records.row`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One record of the one reading, of the other, or of both: ``was`` is null where it appeared, ``now`` where it
    vanished."""

    was: Row | None
    now: Row | None

    @property
    def kind(self) -> str:
        """``appeared``, ``vanished`` or ``changed``."""
        return "appeared" if self.was is None else "vanished" if self.now is None else "changed"

    @property
    def fields(self) -> dict[str, tuple[Any, Any]]:
        """What it was and what it is, by field, of a record that changed; else nothing."""
        return differing(self.was, self.now) if self.was is not None and self.now is not None else {}


def differing(was: Row, now: Row) -> dict[str, tuple[Any, Any]]:
    """The fields in which two records of one kind are not the same, with both values.

    >>> differing({"value": 3.0, "symbol": "^RUT"}, {"value": 3.0, "symbol": "^GSPC"})
    {'symbol': ('^RUT', '^GSPC')}
    """
    return {
        name: (was.get(name), now.get(name))
        for name in dict.fromkeys((*was, *now))
        if not _same(was.get(name), now.get(name))
    }


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=0, abs_tol=SAME)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return not differing(one, other)
    return bool(one == other)


def changes(was: Sequence[Row], now: Sequence[Row]) -> list[Change]:
    """What became of the records of one kind in one text, in the order of the text.

    Records of the same words are one; of those left over, records whose words overlap, one for one and in their order.
    """
    before, after = _by_place(was), _by_place(now)
    pairs: list[tuple[Row, Row]] = []
    for place in before.keys() & after.keys():
        _take(before[place], after[place], lambda one, other: not differing(one, other))
        pairs += _take(before[place], after[place], lambda one, other: True)  # noqa: ARG005 - as `_take` calls it
    gone, come = _left(before), _left(after)
    pairs += _take(gone, come, _overlap)
    found = [Change(was=one, now=other) for one, other in pairs]
    found += [Change(was=one, now=None) for one in gone] + [Change(was=None, now=one) for one in come]
    return sorted(found, key=lambda change: (_place(change.now or change.was or {}), change.kind))


def _by_place(records: Sequence[Row]) -> defaultdict[tuple[int, int], list[Row]]:
    found: defaultdict[tuple[int, int], list[Row]] = defaultdict(list)
    for record in records:
        found[_place(record)].append(record)
    return found


def _left(records: Mapping[tuple[int, int], list[Row]]) -> list[Row]:
    return [record for place in sorted(records) for record in records[place]]


def _take(gone: list[Row], come: list[Row], alike: Callable[[Row, Row], bool]) -> list[tuple[Row, Row]]:
    """Take out of both lists what is alike, one for one."""
    pairs = []
    for one in list(gone):
        at = next((at for at, other in enumerate(come) if alike(one, other)), None)
        if at is not None:
            gone.pop(next(place for place, other in enumerate(gone) if other is one))
            pairs.append((one, come.pop(at)))
    return pairs


def _place(record: Row) -> tuple[int, int]:
    """Where a record stands: a tone at the words of its target, since a sentence has one for each of its targets."""
    span = record.get("target") or record
    return span["start"], span["end"]


def _overlap(one: Row, other: Row) -> bool:
    (start, end), (first, last) = _place(one), _place(other)
    return start < last and first < end
