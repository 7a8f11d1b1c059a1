"""Expressions of time in a text: where they stand and of what kind they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsig.extract.openings import Battery
from newsig.extract.periods.days import DAYS
from newsig.extract.periods.events import EVENTS
from newsig.extract.periods.stretches import STRETCHES
from newsig.extract.periods.vocabulary import compiled

DAY_KINDS = frozenset({
    "weekday", "today", "yesterday", "previous", "hours", "one_day", "date", "extended", "premarket", "overnight",
})  # fmt: skip
"""Kinds that name a session rather than a longer window."""
FUTURE_KINDS = frozenset({"weekday", "date", "today", "month", "week", "year"})
"""Kinds that speak of the past or of what is to come, as the words before them say."""
LOOSE_KINDS = frozenset({"since"})
"""Kinds that any other expression beginning at the same place wins over, however short."""

PATTERNS = (*DAYS, *STRETCHES, ("event", tuple(rf"since\s+(?P<event>{event})" for event, _ in EVENTS)))
_KINDS = tuple(kind for kind, patterns in PATTERNS for _ in patterns)
_BATTERY = Battery([compiled(rf"\b(?:{pattern})(?!\w)") for _, patterns in PATTERNS for pattern in patterns])
_AHEAD = re.compile(
    r"\b(?:due|expected|scheduled|slated|will|planned|plans?|ahead of|before|until|next|upcoming|set)\b[^,.;]{0,40}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """An expression of time in the text: its span, its kind, and the named parts of it (lower case)."""

    start: int
    end: int
    kind: str
    parts: tuple[tuple[str, str], ...] = ()

    def part(self, name: str) -> str | None:
        """A named part, such as the weekday; None where the expression has none."""
        return dict(self.parts).get(name)


def find_periods(text: str) -> list[Expression]:
    """Every expression of time that can say over what a change is measured, none inside another.

    >>> [text[e.start:e.end] for text in ["On Friday the Dow fell, but is up 5% so far this year."]
    ...  for e in find_periods(text)]
    ['On Friday', 'so far this year']
    """
    hits = (
        (
            match.start() + len(match[0]) - len(match[0].lstrip()),
            (_KINDS[rank] in LOOSE_KINDS, -match.end(), rank),
            _KINDS[rank],
            match,
        )
        for rank, match in _BATTERY.matches(text)
    )
    return [found for found in apart(hits) if not _is_refused(text, found)]


def _is_refused(text: str, found: Expression) -> bool:
    if found.kind == "other":
        return True
    return found.kind in FUTURE_KINDS and _AHEAD.search(text, max(0, found.start - 60), found.start) is not None


def apart(hits: Iterable[tuple[int, tuple[int, ...], str, re.Match[str]]]) -> Iterator[Expression]:
    """The expressions that matches of patterns give, none within another: start, rank, kind and match of each.

    Of those that begin at one place the least rank wins.
    """
    taken = 0
    for start, _, kind, match in sorted(hits, key=lambda hit: hit[:2]):
        if start < taken:
            continue
        taken = match.end()
        parts = tuple((name, value.lower()) for name, value in match.groupdict().items() if value)
        yield Expression(start=start, end=match.end(), kind=kind, parts=parts)
