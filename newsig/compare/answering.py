"""What the closes of one window, or the prices of some sessions, say of a figure by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from newsig.compare.figures import Band, band, is_loose, widened
from newsig.compare.moves import digest, formula, move
from newsig.compare.windows import Window
from newsig.records import Claim, Price, Verdict

STILL = {"percent": 0.1, "bp": 0.5, "times": 0.001}
"""The move that counts as none, by unit; in points a thousandth of the level."""


def bands(claim: Claim, level: float) -> tuple[Band, Band]:
    """The moves that a claim's words allow, and those that they allow with room for rounding; ``level`` is that of the
    closes, which a move in points is small or large against."""
    exact = band(claim, STILL.get(claim.unit, abs(level) / 1000))
    return exact, widened(claim, exact, abs(level))


def towards(claim: Claim, actual: float) -> float:
    """A move as the claim counts it: positive in its direction."""
    return -actual if claim.direction == "down" else actual


def fits(claim: Claim, actual: float | None, allowed: Band) -> bool:
    """Whether a move is one of those allowed."""
    return actual is not None and allowed[0] <= towards(claim, actual) < allowed[1]


def rung_of(claim: Claim, actual: float | None, level: float) -> str | None:
    """``close`` or ``rounding`` where the move gives the figure."""
    exact, rounded = bands(claim, level)
    return "close" if fits(claim, actual, exact) else "rounding" if fits(claim, actual, rounded) else None


def answer(claim: Claim, days: Mapping[date, Price], window: Window) -> Verdict:
    """What the closes of one window say: supported or refuted by them alone."""
    first, last = days[window[0]], days[window[1]]
    actual = move(claim, first.close, last.close)
    if actual is None:
        return undecided(claim, "not_checkable")
    exact, _ = bands(claim, first.close)
    rung = rung_of(claim, actual, first.close)
    return Verdict(
        outcome="supported" if rung else "refuted",
        rung=rung,
        actual=actual,
        tolerance=signed(claim, exact),
        base_date=window[0],
        end_date=window[1],
        formula=formula(claim, first.close, last.close, actual),
        price_hash=digest(first, last),
        bars=(first, last),
        loose=rung is not None and is_loose(claim, towards(claim, actual)),
    )


def signed(claim: Claim, allowed: Band) -> Band:
    """A band of moves as prices give them, falls negative."""
    low, high = (round(bound, 9) for bound in allowed)
    return (-high, -low) if claim.direction == "down" else (low, high)


def reached(claim: Claim, starts: Sequence[float], ends: Sequence[Price]) -> Band | None:
    """The least and the most that the prices of some sessions moved from some prices, towards the claim's direction."""
    prices = [price for bar in ends for price in prices_of(bar)]
    if not starts or not prices:
        return None
    found = [move(claim, max(starts), min(prices)), move(claim, min(starts), max(prices))]
    known = sorted(towards(claim, one) for one in found if one is not None)
    return (known[0], known[-1]) if len(known) == len(found) else None


def prices_of(bar: Price) -> list[float]:
    """The prices of a session that are known and matter: its close, low and high."""
    return [price for price in (bar.close, bar.low, bar.high) if price is not None]


def undecided(claim: Claim, reason: str) -> Verdict:
    """The verdict on a claim that nothing was held against."""
    return Verdict(outcome="undecided", reason=reason, base_date=claim.base_date, end_date=claim.end_date)
