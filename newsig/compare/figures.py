"""How much a printed figure leaves open: its text and comparator → the moves it allows.

A figure is read as its writer printed it. "17 percent" stands for all that rounds to it, [16.5, 17.5); "more than"
makes it a lower bound, "nearly" an upper one with little room below, "about" widens it on both sides. Bands are
half-open and count towards the claim's direction: a fall of three is 3 in a claim that something fell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import nextafter

from newsig.records import Claim

Band = tuple[float, float]
"""The moves allowed, lower bound included, upper bound not."""

FRACTIONS = {
    "half": 1 / 2,
    "third": 1 / 3,
    "quarter": 1 / 4,
    "fifth": 1 / 5,
    "eighth": 1 / 8,
    "tenth": 1 / 10,
    "½": 1 / 2,
    "⅓": 1 / 3,
    "⅔": 1 / 3,
    "¼": 1 / 4,
    "¾": 1 / 4,
    "⅛": 1 / 8,
    "⅜": 1 / 8,
    "⅝": 1 / 8,
    "⅞": 1 / 8,
}
"""The step in which a worded or set fraction counts: "three quarters" counts in quarters."""

NEARLY = ("nearly", "almost", "close to", "just under", "just below", "just short", "shy of", "approaching")
"""Hedges that put the move just below the figure, and not anywhere below it."""

ABOUT = 0.10
"""What "about" and "nearly" leave open, as a share of the figure."""

LOOSE = 10.0
"""A move more than this many times "more than X" is not the move that was written about."""

FAR_MET = 0.2
"""A bound that is met by more than this share of it is met by far."""

SLACK = 0.03
"""What rounding from unrounded or preliminary prices may add, as a share of the figure."""

REVISED = 0.0001
"""By how much of its level an index's close is commonly corrected after the first reports of it."""
LEAST_SLACK = {"percent": 0.01, "points": 0.01, "bp": 0.1, "times": 0.0, "fraction": 0.0}
"""The same for small figures, in their unit: closes are themselves rounded."""

MULTIPLE_BELOW, MULTIPLE_ABOVE, MULTIPLE_SLACK = 0.05, 0.25, 0.05
""""Doubled" is said of anything from a shade below twice to well over it: shares of the multiple."""

_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_RATIO = re.compile(r"\d+/(\d+)")
_FRACTION = re.compile("|".join(FRACTIONS), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Printed:
    """What the figure's text tells: ``lowest`` and ``highest`` value (apart only in a range), ``place`` the value of
    one unit of the last printed place, ``significant`` that of the last place which is not a trailing zero."""

    lowest: float
    highest: float
    place: float
    significant: float


@lru_cache(maxsize=65536)
def printed(text: str, value: float) -> Printed:
    """Read the precision of a figure worth ``value`` from its text.

    >>> printed("11.5 percent", 11.5).place, printed("three percent", 3.0).place, printed("half a percent", 0.5).place
    (0.1, 1.0, 0.5)
    >>> printed("1,418.36 points", 1602.54).place, printed("8,26%", 8.26).place
    (0.01, 0.01)
    >>> printed("400 points", 400.0)
    Printed(lowest=400.0, highest=400.0, place=1.0, significant=100.0)
    """
    if step := _step(text):
        return Printed(value, value, step, step)
    readings = [_reading(number, value) for number in _NUMBER.findall(text)]
    if not readings:
        place = _place(f"{value:.10f}".rstrip("0").rstrip("."))
        return Printed(value, value, place, _significant(value, place))
    amounts = [amount for amount, _ in readings]
    place = min(place for _, place in readings)
    if not _is_range(amounts, value):
        amounts = [value]
    return Printed(min(amounts), max(amounts), place, _significant(value, place))


def _step(text: str) -> float | None:
    """The step in which the figure's fraction counts, null where it has none."""
    if ratio := _RATIO.search(text):
        return 1 / max(1, int(ratio[1]))
    fraction = _FRACTION.search(text)
    return FRACTIONS[fraction[0].lower()] if fraction else None


def _reading(number: str, value: float) -> tuple[float, float]:
    """A number's amount and the worth of its last place: in the English way, or with the decimal comma where only that
    gives the claim's value."""
    english = number.replace(",", "")
    continental = number.replace(".", "").replace(",", ".")
    for candidate in (english, continental):
        if candidate.count(".") <= 1 and float(candidate) == value:
            return value, _place(candidate)
    plain = english if english.count(".") <= 1 else english.replace(".", "")
    return float(plain), _place(plain)


def _place(number: str) -> float:
    return float(f"1e-{len(number.partition('.')[2])}")


def _significant(value: float, place: float) -> float:
    significant = place
    while place >= 1 and value >= 10 * significant and value % (10 * significant) == 0:
        significant *= 10
    return significant


def _is_range(amounts: list[float], value: float) -> bool:
    return len(amounts) == 2 and abs(sum(amounts) / 2 - value) < 1e-9


def band(claim: Claim, still: float) -> Band:
    """The moves that a claim's words allow, in its unit and towards its direction.

    ``still`` is the move that counts as none at all, for claims that something is flat.
    """
    figure = printed(claim.text, claim.value)
    if claim.direction == "flat":
        bound = max(claim.value + figure.place / 2, still) if _NUMBER.search(claim.text) else still
        return -bound, bound
    if claim.comparator in (">", ">="):
        return claim.value, LOOSE * max(claim.value, figure.place)
    if claim.comparator == "<":
        return _below(claim, figure)
    if claim.comparator == "<=":
        return nextafter(0, 1), figure.highest + figure.place / 2
    if claim.comparator == "~":
        room = max(figure.significant / 2, ABOUT * claim.value)
        return figure.lowest - room, figure.highest + room
    if claim.unit == "times":
        return _multiple(claim.value, figure)
    return figure.lowest - figure.place / 2, figure.highest + figure.place / 2


def _near(claim: Claim) -> float:
    """How far from a bound a move may be for which no nearer figure would have been printed."""
    return max(FAR_MET * claim.value, printed(claim.text, claim.value).place / 2)


def nearby(claim: Claim, allowed: Band) -> Band:
    """Of the moves that a figure allows those for which no nearer bound would have been printed."""
    low, high = allowed
    if claim.comparator in (">", ">="):
        return low, min(high, claim.value + _near(claim))
    return (max(low, claim.value - _near(claim)), high) if claim.comparator in ("<", "<=") else allowed


def is_loose(claim: Claim, moved: float) -> bool:
    """Whether a bound was met by so far that a nearer figure would have been printed; ``moved`` counts towards the
    claim's direction."""
    room = _near(claim)
    if claim.comparator in (">", ">="):
        return moved >= claim.value + room
    return claim.comparator in ("<", "<=") and moved < claim.value - room


def _below(claim: Claim, figure: Printed) -> Band:
    hedge = (claim.hedge or "").lower()
    if any(word in hedge for word in NEARLY):
        return claim.value - max(ABOUT * claim.value, figure.place / 2), claim.value
    return nextafter(0, 1), claim.value


def _multiple(value: float, figure: Printed) -> Band:
    if figure.place < 1:
        return value - figure.place / 2, value + figure.place / 2
    return value - MULTIPLE_BELOW * value, value + MULTIPLE_ABOVE * value


def widened(claim: Claim, exact: Band, level: float) -> Band:
    """The band with the room that rounding may need: one unit of the last significant place, and never much in
    proportion to the figure; for points also what an index of that ``level`` is revised by after a close."""
    share = MULTIPLE_SLACK if claim.unit == "times" else SLACK
    most = max(share * claim.value, LEAST_SLACK[claim.unit])
    slack = min(printed(claim.text, claim.value).significant, most)
    if claim.unit == "points":
        slack = max(slack, REVISED * level)
    low, high = exact
    return (low if low == nextafter(0, 1) else low - slack), high + slack
