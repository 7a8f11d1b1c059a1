"""Where an index or yield is said to have stood, held against the close of that session.

Only things whose closes are quoted in the level's own unit are checked: indices and Treasury yields, which no split and
no contract's month can change. A level that misses the close is refuted only where the story says that it is the close;
yields never are, since bonds have no close that all stories share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import inf, nextafter

from newsig import sessions
from newsig.compare.chances import MOST, overlap
from newsig.compare.figures import ABOUT, NEARLY, REVISED, Band, printed
from newsig.compare.moves import INDICES, YIELDS, digest, level, series
from newsig.compare.stories import Story
from newsig.compare.windows import MARGIN, pinned
from newsig.records import Claim, Price, Verdict

NEAR = 0.01
"""What "about" and "nearly" leave open of a level, as a share of it; a bound ("above 13,000") leaves `ABOUT`."""


def needed_level(claim: Claim, market: str) -> tuple[str, date, date] | None:
    """The bars that a check of this level reads, neighbouring sessions included; None where no bars would help."""
    if _unanswerable(claim) or claim.symbol is None or claim.end_date is None:
        return None
    first = sessions.before(market, claim.end_date) or claim.end_date - MARGIN
    return claim.symbol, first, sessions.shifted(market, claim.end_date, 1) or claim.end_date + MARGIN


def _unanswerable(claim: Claim) -> str | None:
    """Why no close could answer the claim, whatever it was."""
    if claim.modality != "actual":
        return claim.modality
    if not _quoted_alike(claim):
        return "not_checkable"
    if claim.symbol is None:
        return "no_symbol"
    if claim.end_date is None:
        return "no_period"
    return "intraday" if claim.timing == "intraday" else None


def check_level(claim: Claim, bars: Sequence[Price], story: Story) -> Verdict:
    """What the close says of a level; the answers are those of `newsig.compare.check.check`."""
    reason = _unanswerable(claim) or ("intraday" if story.before_close() else None)
    days = series(claim.symbol or "", bars)
    bar = days.get(claim.end_date) if claim.end_date is not None else None
    if reason or bar is None:
        return Verdict(outcome="undecided", reason=reason or "no_prices", end_date=claim.end_date)
    exact = level_band(claim)
    slack = max(printed(claim.text, claim.value).place, REVISED * claim.value)
    rounded = exact[0] - slack, exact[1] + slack
    rung = "close" if _within(bar.close, exact) else "rounding" if _within(bar.close, rounded) else None
    told = Verdict(
        outcome="supported" if rung else "refuted",
        rung=rung,
        actual=bar.close,
        tolerance=exact,
        end_date=claim.end_date,
        formula=f"close {level(bar.close)}",
        price_hash=digest(bar),
        bars=(bar,),
    )
    return told if rung else _doubted(claim, told, days, rounded, story)


def level_band(claim: Claim) -> Band:
    """The closes that the words of a level allow, lower bound included, upper bound not."""
    figure, value = printed(claim.text, claim.value), claim.value
    hedge = (claim.hedge or "").lower()
    room = (NEAR if any(word in hedge for word in NEARLY) else ABOUT) * value
    if claim.comparator in (">", ">="):
        return (nextafter(value, inf) if claim.comparator == ">" else value), value + room
    if claim.comparator in ("<", "<="):
        return value - room, (value if claim.comparator == "<" else nextafter(value, inf))
    room = max(figure.significant / 2, NEAR * value) if claim.comparator == "~" else figure.place / 2
    return value - room, value + room


def _quoted_alike(claim: Claim) -> bool:
    symbol = claim.symbol or "^"
    if claim.unit == "percent_a_year":
        return symbol in YIELDS or claim.symbol is None
    return claim.unit == "index" and symbol not in YIELDS and (symbol.startswith("^") or symbol in INDICES)


def _within(price: float, allowed: Band) -> bool:
    return allowed[0] <= price < allowed[1]


def _doubted(claim: Claim, told: Verdict, days: Mapping[date, Price], allowed: Band, story: Story) -> Verdict:
    """The verdict on a level that is not the close: it may be right all the same."""
    bar = days[told.bars[0].day]
    low, high = (bar.close if price is None else price for price in (bar.low, bar.high))
    if not (story.says_close or story.before_open()) and overlap(allowed, (low, high)):
        by_chance = _chance(claim, allowed, low, high)
        if by_chance <= MOST:
            shown = f"{level(low)} to {level(high)} in the session"
            return replace(told, outcome="consistent", rung="intraday", chance=by_chance, formula=shown)
    if claim.end_date is None or not story.says_close:
        return replace(told, outcome="undecided", reason="intraday")
    near = [day for day, other in days.items() if _within(other.close, allowed)]
    if near and (by_chance := len(near) / len(days)) <= MOST:
        shown = f"close {level(days[near[0]].close)}"
        return replace(told, outcome="consistent", rung="window", chance=by_chance, end_date=near[0], formula=shown)
    if near or not pinned(claim):
        return replace(told, outcome="undecided", reason="ambiguous_period")
    if claim.symbol in YIELDS or (claim.symbol or "").endswith("=F"):
        return replace(told, outcome="undecided", reason="proxy_price")
    return told


def _chance(claim: Claim, allowed: Band, low: float, high: float) -> float:
    """The share of levels within a tenth of the printed one that lie in the session's range as well."""
    width = 2 * ABOUT * claim.value
    return min(1.0, (high - low + allowed[1] - allowed[0]) / width)
