"""Amounts that can be a level: money, an index's points, a yield's percent; pure text in, records out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from newsig.extract.numbers import Number, hedge_before, number_value
from newsig.records import Comparator, Unit

MARKS: dict[str, Unit] = {
    "US$": "usd", "C$": "cad", "A$": "aud", "HK$": "hkd", "R$": "brl", "$": "usd", "€": "eur", "£": "gbp", "¥": "jpy",
    "Rs": "inr", "Rs.": "inr", "₹": "inr", "₩": "krw", "₽": "rub",
}  # fmt: skip
"""Marks in front of an amount, the longer ones first."""
CURRENCIES: dict[str, Unit] = {
    "U.S. dollars": "usd", "Hong Kong dollars": "hkd", "Canadian dollars": "cad", "Australian dollars": "aud",
    "Swiss francs": "chf", "U.S. cents": "cents", "dollars": "usd", "dollar": "usd", "cents": "cents", "euros": "eur",
    "euro": "eur", "pounds": "gbp", "pence": "pence", "yen": "jpy", "francs": "chf", "yuan": "cny", "rupees": "inr",
    "won": "krw", "reais": "brl", "roubles": "rub", "rubles": "rub",
}  # fmt: skip
"""Names behind an amount, the longer ones first."""
MAGNITUDES = {
    "million": 1e6, "billion": 1e9, "trillion": 1e12, "mln": 1e6, "bln": 1e9, "bn": 1e9, "trln": 1e12, "tn": 1e12,
}  # fmt: skip
NEAR = re.compile(r"\b(?P<near>near|around|about|close to)\s+(?:the\s+)?$", re.IGNORECASE)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MARKED = "|".join(map(re.escape, MARKS))
_NAMED = "|".join(map(re.escape, CURRENCIES))
_MAGNITUDE = "|".join(MAGNITUDES)
_AMOUNT = re.compile(
    rf"(?<![\w.,/$€£¥-])(?P<mark>{_MARKED})?\s?(?P<number>{_NUMBER})(?![\d/]|[.,]\d|-\d|:\d)"
    rf"(?:\s?(?P<magnitude>{_MAGNITUDE})\b)?"
    rf"(?:\s(?P<currency>{_NAMED})\b|\s?(?P<rate>percent|pct|per\s+cent|%)|[\s-](?P<points>points?|pts)\b)?"
)
_NOT_A_LEVEL = re.compile(
    r"\s?(?:a\.m\.|p\.m\.|am\b|pm\b|GMT|EDT|EST|ET\b|BST|million|billion|trillion|mln|bln|[a-z]?[bt]n\b|m\b|basis|bps?\b"
    r"|percent|percentage|pct\b|%|tonnes|tons|barrels|ounces|shares|units|days?\b|weeks?\b|months?\b|years?\b|hours?\b"
    r"|minutes?\b|sessions?\b|companies|stocks|contracts|jobs|people|times\b|to\s+1\b|of\s+the\b|Fibonacci|cent\b|cents\b|-)",
    re.IGNORECASE,
)
"""What makes a number in front of it a count, a time of day or a sum of money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount as it stands in the text. ``unit`` is None for a bare number; ``magnitude`` says that it is a sum in
    millions or more; ``left`` is where its hedge begins."""

    start: int
    end: int
    text: str
    value: float
    unit: Unit | None
    magnitude: bool
    comparator: Comparator
    hedge: str | None
    left: int

    def number(self) -> Number:
        """The amount as a number that claims are placed by; its unit says nothing."""
        return Number(start=self.start, end=self.end, text=self.text, value=self.value, unit="points")


@lru_cache(maxsize=4)
def find_amounts(text: str, start: int, end: int) -> tuple[Amount, ...]:
    """The amounts of a stretch of text that can be levels or market values.

    >>> [(a.text, a.value, a.unit) for a in find_amounts("rose to 12,565.53 as oil hit $75.04 a barrel", 0, 45)]
    [('12,565.53', 12565.53, None), ('$75.04', 75.04, 'usd')]
    """
    return tuple(_amounts(text, start, end))


def _amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(text, start, end):
        value = number_value(match["number"])
        unit = _unit(match)
        if value is None or (match["mark"] and match["rate"]) or _counts(text, match, unit):
            continue
        hedge = _hedge(text, match.start())
        yield Amount(
            start=match.start(),
            end=match.end(),
            text=match[0],
            value=round(value * MAGNITUDES.get(match["magnitude"] or "", 1), 6),
            unit=unit,
            magnitude=match["magnitude"] is not None,
            comparator=hedge[1] if hedge else "=",
            hedge=hedge[0] if hedge else None,
            left=hedge[2] if hedge else match.start(),
        )


def _unit(match: re.Match[str]) -> Unit | None:
    if match["mark"]:
        return MARKS[match["mark"]]
    if match["currency"]:
        return CURRENCIES[match["currency"]]
    if match["rate"]:
        return "percent_a_year"
    return "index" if match["points"] else None


def _counts(text: str, match: re.Match[str], unit: Unit | None) -> bool:
    """Whether a bare number counts something, or is a year, a day or a time."""
    if _NOT_A_LEVEL.match(text, match.end()) and not (match["currency"] or match["points"]):
        return True
    bare = unit is None and not match["magnitude"]
    return bare and "." not in match["number"] and "," not in match["number"]


def _hedge(text: str, at: int) -> tuple[str, Comparator, int] | None:
    if (near := NEAR.search(text, max(0, at - 20), at)) is not None:
        return near["near"], "~", near.start()
    return hedge_before(text, at)
