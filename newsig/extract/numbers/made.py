"""The record of a number with its unit, and how one is made from a place in the text."""

from __future__ import annotations

from dataclasses import dataclass

from newsig.extract.numbers.hedges import hedge_before, hedge_behind
from newsig.records import Comparator, Direction, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with its unit as it stands in the text.

    ``sign`` is set where the number itself states the direction ("-1.5%", "doubled"); ``hedge`` holds the words that
    qualify it and ``joined`` whether it is a range, whose value is the midpoint.
    """

    start: int
    end: int
    text: str
    value: float
    unit: Unit
    comparator: Comparator = "="
    hedge: str | None = None
    sign: Direction | None = None
    joined: bool = False


_PLAIN: tuple[None, Comparator] = (None, "=")


def made(
    text: str,
    span: tuple[int, int],
    value: float,
    unit: Unit,
    *,
    sign: Direction | None = None,
    at: int | None = None,
    joined: bool = False,
) -> Number:
    """The number at a span, with the hedge before it (or before ``at``, where a sign stands between) or behind it."""
    start, end = span
    before = hedge_before(text, start if at is None else at)
    hedge, comparator = before[:2] if before else (hedge_behind(text, end) or _PLAIN)
    return Number(
        start=start,
        end=end,
        text=text[start:end],
        value=value,
        unit=unit,
        comparator="~" if joined else comparator,
        hedge=hedge,
        sign=sign,
        joined=joined,
    )
