"""Where an index or yield is said to have stood, held against the close of that session.

Only things whose closes are quoted in the level's own unit are checked: indices, Treasury yields, futures, currencies
and crypto assets; and shares where all splits since are known, so that the price can be told as it was printed.
A level that misses the close is refuted only where it is an index's and the story says that it is the close: bonds,
currencies and futures have no close that all stories share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import inf, nextafter

from newsig import sessions
from newsig.compare.chances import MOST, overlap
from newsig.compare.figures import ABOUT, NEARLY, REVISED, SLACK, Band, printed
from newsig.compare.moves import INDICES, YIELDS, digest, inverse, level, series
from newsig.compare.stories import Story
from newsig.compare.windows import MARGIN, pinned
from newsig.records import Claim, Price, Verdict

NEAR = 0.01
"""What "about" and "nearly" leave open of a level, as a share of it; a bound ("above 13,000") leaves `ABOUT`."""


IN_DOLLARS = frozenset({"CL=F", "BZ=F", "GC=F", "SI=F", "PL=F", "PA=F", "NG=F", "RB=F", "HO=F"})
"""Futures that are quoted in dollars, as stories quote them."""


def needed_level(claim: Claim, market: str, *, as_printed: bool = False) -> tuple[str, date, date] | None:
    """The bars that a check of this level reads, neighbouring sessions included; None where no bars would help."""
    if _unanswerable(claim, as_printed) or claim.symbol is None or claim.end_date is None:
        return None
    first = sessions.before(market, claim.end_date) or claim.end_date - MARGIN
    return (
        inverse(claim.symbol) or claim.symbol,
        first,
        sessions.shifted(market, claim.end_date, 1) or claim.end_date + MARGIN,
    )


def _unanswerable(claim: Claim, as_printed: bool) -> str | None:
    """Why no close could answer the claim, whatever it was."""
    if claim.modality != "actual":
        return claim.modality
    if not _quoted_alike(claim, as_printed):
        return "not_checkable"
    if claim.symbol is None:
        return "no_symbol"
    return "no_period" if claim.end_date is None else None


def check_level(claim: Claim, bars: Sequence[Price], story: Story, *, as_printed: bool = False) -> Verdict:
    """What the close says of a level; the answers are those of `newsig.compare.check.check`.

    ``as_printed`` says that the bars of a share are as papers printed them: the splits that came later are undone.
    """
    reason = _unanswerable(claim, as_printed) or ("intraday" if story.before_open() else None)
    days = series(claim.symbol or "", bars)
    bar = days.get(claim.end_date) if claim.end_date is not None else None
    if reason or bar is None:
        return Verdict(outcome="undecided", reason=reason or "no_prices", end_date=claim.end_date)
    exact = level_band(claim)
    slack = REVISED * claim.value
    if claim.comparator in ("=", "~"):
        slack = max(min(printed(claim.text, claim.value).significant, SLACK * claim.value), slack)
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
    early = claim.timing == "intraday" or story.before_close()
    if rung and not early:
        return told
    return _during(claim, told, rounded, early) or _elsewhere(claim, told, days, rounded, story, early)


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


def _quoted_alike(claim: Claim, as_printed: bool) -> bool:
    symbol = claim.symbol or "^"
    if claim.unit == "percent_a_year":
        return symbol in YIELDS or claim.symbol is None
    if _is_proxy(symbol) and symbol not in INDICES:
        return claim.unit == _currency(symbol)
    if as_printed and claim.unit == "usd":
        return not symbol.startswith("^")
    return claim.unit == "index" and symbol not in YIELDS and (symbol.startswith("^") or symbol in INDICES)


def _is_proxy(symbol: str) -> bool:
    """Whether stories may mean another price than ours: a spot price, another contract, another hour."""
    return symbol in YIELDS or symbol.endswith(("=F", "=X", "-USD"))


def _currency(symbol: str) -> str:
    """What a future, a pair or a crypto asset is quoted in; grain and copper futures are left out, which are in cents.

    >>> _currency("CL=F"), _currency("EURUSD=X"), _currency("JPY=X"), _currency("BTC-USD"), _currency("ZC=F")
    ('usd', 'usd', 'jpy', 'usd', 'cents')
    """
    if symbol.endswith("=F"):
        return "usd" if symbol in IN_DOLLARS else "cents"
    return symbol.removesuffix("=X")[-3:].lower()


def _within(price: float, allowed: Band) -> bool:
    return allowed[0] <= price < allowed[1]


def _during(claim: Claim, told: Verdict, allowed: Band, early: bool) -> Verdict | None:
    """The verdict where prices traded within the session bear the level out; None where none does."""
    (bar,) = told.bars
    low, high = (bar.close if price is None else price for price in (bar.low, bar.high))
    by_chance = _chance(claim, allowed, low, high)
    if (claim.timing == "close" and not early) or not overlap(allowed, (low, high)) or (by_chance > MOST and not early):
        return None
    shown = f"{level(low)} to {level(high)} in the session"
    return replace(told, outcome="consistent", rung="intraday", chance=by_chance, formula=shown)


def _elsewhere(
    claim: Claim, told: Verdict, days: Mapping[date, Price], allowed: Band, story: Story, early: bool
) -> Verdict:
    """The verdict on a level that no price of its session bears out: it may be right all the same."""
    if early or not story.says_close:
        return replace(told, outcome="undecided", rung=None, reason="intraday")
    near = [day for day, other in days.items() if _within(other.close, allowed)]
    if near and (by_chance := len(near) / len(days)) <= MOST:
        shown = f"close {level(days[near[0]].close)}"
        return replace(told, outcome="consistent", rung="window", chance=by_chance, end_date=near[0], formula=shown)
    if near or not pinned(claim):
        return replace(told, outcome="undecided", reason="ambiguous_period")
    if _is_proxy(claim.symbol or ""):
        return replace(told, outcome="undecided", reason="proxy_price")
    return told


def _chance(claim: Claim, allowed: Band, low: float, high: float) -> float:
    """The share of levels within a tenth of the printed one that lie in the session's range as well."""
    width = 2 * ABOUT * claim.value
    return min(1.0, (high - low + allowed[1] - allowed[0]) / width) if width else 1.0
