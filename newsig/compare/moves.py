"""From two closes to the move between them, in the unit of a claim, with its arithmetic."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date

from newsig.records import Claim, Price

YIELDS = frozenset({"^TNX", "^FVX", "^TYX", "^IRX", "US2Y"})
"""Symbols that quote a yield in percent: 4.25 is 4.25 %."""

INDICES = frozenset({"000001.SS", "000300.SS", "399001.SZ", "DX-Y.NYB", "ES=F", "NQ=F", "YM=F", "RTY=F", "NKD=F"})
"""Symbols that quote an index in points though they carry no caret."""

QUOTED_IN_DOLLARS = ("EUR", "GBP", "AUD", "NZD")
"""Currencies whose pair with the dollar is listed as dollars for one of them; the others are listed the other way."""


def inverse(symbol: str) -> str | None:
    """The listed pair that an unlisted currency pair turns over; None for all other symbols.

    >>> inverse("JPYUSD=X"), inverse("USDEUR=X"), inverse("JPY=X"), inverse("EURUSD=X"), inverse("^RUT")
    ('JPY=X', 'EURUSD=X', None, None, None)
    """
    dollars = re.fullmatch(r"(?!USD)([A-Z]{3})USD=X", symbol)
    if dollars and dollars[1] not in QUOTED_IN_DOLLARS:
        return f"{dollars[1]}=X"
    units = re.fullmatch(r"(?:USD)?([A-Z]{3})=X", symbol)
    if units and units[1] in QUOTED_IN_DOLLARS:
        return f"{units[1]}USD=X"
    return None


def series(symbol: str, bars: Sequence[Price]) -> dict[date, Price]:
    """The bars of the symbol by day, oldest first; those of the pair that it turns over where it has none itself."""
    own = {bar.day: bar for bar in bars if bar.symbol == symbol}
    if not own and (listed := inverse(symbol)):
        own = {bar.day: _turned(symbol, bar) for bar in bars if bar.symbol == listed and bar.close > 0}
    return dict(sorted(own.items()))


def _turned(symbol: str, bar: Price) -> Price:
    low, high = (1 / level if level and level > 0 else None for level in (bar.high, bar.low))
    return Price(symbol=symbol, day=bar.day, close=1 / bar.close, low=low, high=high)


def is_yield(claim: Claim) -> bool:
    """Whether the claim is of a yield, which closes quote in percent."""
    return claim.measure == "yield" or claim.symbol in YIELDS


def has_meaning(claim: Claim) -> bool:
    """Whether closes of the claim's symbol can be measured in its unit: basis points are for yields, points for
    yields and indices."""
    symbol = claim.symbol
    if claim.unit == "bp":
        return is_yield(claim)
    if claim.unit == "points" and symbol is not None and not is_yield(claim):
        return (symbol.startswith("^") or symbol in INDICES) and "percentage" not in claim.text.lower()
    return claim.unit != "fraction"


def move(claim: Claim, first: float, last: float) -> float | None:
    """The move from one close to another, signed, in the claim's unit; None where the unit has no meaning for them.

    In ``times`` it is the ratio in the claim's direction, negative downwards: -2 is a half of what it was.
    """
    if claim.unit == "points":
        return last - first
    if claim.unit == "bp":
        return (last - first) * 100
    if first <= 0 or (claim.unit == "times" and last <= 0):
        return None
    if claim.unit == "times":
        return -first / last if claim.direction == "down" else last / first
    return (last - first) / first * 100


def formula(claim: Claim, first: float, last: float, moved: float) -> str:
    """The arithmetic of a move as a person would write it: ``2184.35 / 2029.47 − 1 = +7.63 %``."""
    base, end = level(first), level(last)
    if claim.unit == "points":
        return f"{end} − {base} = {_signed(moved)} points"
    if claim.unit == "bp":
        return f"({end} − {base}) × 100 = {_signed(moved, 1)} bp"
    if claim.unit == "times":
        ratio = f"{base} / {end}" if claim.direction == "down" else f"{end} / {base}"
        return f"{ratio} = {abs(moved):.2f} times"
    return f"{end} / {base} − 1 = {_signed(moved)} %"


def span_formula(claim: Claim, first: float, bar: Price, least: float, most: float) -> str:
    """How far the prices of a session were from the close that the move starts from, as a person would write it."""
    unit = {"points": "points", "bp": "bp", "times": "times"}.get(claim.unit, "%")
    low, high = (level(price if price is not None else bar.close) for price in (bar.low, bar.high))
    return f"{low} to {high} against {level(first)}: {_signed(least)} to {_signed(most)} {unit}"


def level(price: float) -> str:
    """A close as a person would print it: two decimals, more for small ones."""
    decimals = 2 if abs(price) >= 20 else 4 if abs(price) >= 0.1 else 6
    whole, _, fraction = f"{price:.{decimals}f}".partition(".")
    return f"{whole}.{fraction[:2]}{fraction[2:].rstrip('0')}".replace("-", "−")


def _signed(amount: float, decimals: int = 2) -> str:
    return f"{amount:+.{decimals}f}".replace("-", "−")


def digest(*bars: Price) -> str:
    """A short digest of the closes of some bars: the same for the same symbols, days and closes."""
    text = "\n".join(f"{bar.symbol} {bar.day.isoformat()} {bar.close!r}" for bar in bars)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
