"""One claim against the closes → `Verdict`.

A claim is answered by two closes: the one its window starts from and the one it ends with; a level by one, see
`newsig.compare.levels`. The figure's own precision decides whether they agree (`newsig.compare.figures`). A claim that
does not fit is refuted only where nothing else can explain it; else it stays undecided, for a reason:

==================== ==========================================================================================
``forecast``         said of the future
``conditional``      said of a case that may not come
``historical``       said of other times in general
``not_checkable``    no move or level of a price or yield, or none that closes can tell
``no_symbol``        of nothing that is listed
``no_period``        the window is not known
``intraday``         a figure from before the close; or it does not fit, and may be one
``symbol_reused``    in the window's days the symbol was another company's than today
``no_prices``        the bar of the window's first or last day is missing
``ambiguous_period`` the figure does not fit, but the story does not pin the window, or a neighbouring one fits
``ambiguous_close``  the figure does not fit the closes, but other prices of those days do, in a market without a
                     closing price that all stories share (currencies, crypto assets, futures)
``ambiguous_unit``   a percentage of a yield that does not fit, and may be meant in percentage points
==================== ==========================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from math import inf

from newsig import sessions
from newsig.compare.figures import Band, band, widened
from newsig.compare.levels import check_level, needed_level
from newsig.compare.moves import digest, formula, has_meaning, inverse, is_yield, move, series
from newsig.compare.stories import Story
from newsig.compare.windows import MARGIN, pinned
from newsig.records import Claim, Price, Verdict

STILL = {"percent": 0.1, "bp": 0.5, "times": 0.001}
"""The move that counts as none, by unit; in points a thousandth of the level."""


def check(
    claim: Claim,
    bars: Sequence[Price],
    *,
    published: date | datetime | None,
    market: str,
    reused: date | None = None,
) -> Verdict:
    """What the closes say of a claim.

    Args:
        claim: the claim, with its window read from the text.
        bars: bars that hold those which `needed` names; others do no harm, the order does not matter.
        published: when the story appeared; a plain date where the hour is not known.
        market: the calendar of the claim's market, as in `newsig.sessions`.
        reused: up to which day the symbol belonged to another company than it does today; None where it never did.

    Returns:
        ``supported`` on the rung ``close``, or ``rounding`` where the figure fits but for the last printed place;
        ``refuted``; or ``undecided`` with one of the reasons above. Where both closes are there, the move, its
        arithmetic, the tolerance and the digest of the two bars come with it.
    """
    story = Story(published, market, claim)
    if claim.measure == "level":
        return check_level(claim, bars, story)
    if reason := _unanswerable(claim) or ("intraday" if story.before_close() else None):
        return _undecided(claim, reason)
    if reused is not None and claim.base_date is not None and claim.base_date <= reused:
        return _undecided(claim, "symbol_reused")
    days = series(claim.symbol or "", bars)
    first, last = (days.get(day) if day else None for day in (claim.base_date, claim.end_date))
    if first is None or last is None:
        return _undecided(claim, "no_prices")
    actual = move(claim, first.close, last.close)
    if actual is None:
        return _undecided(claim, "not_checkable")
    exact = band(claim, STILL.get(claim.unit, abs(first.close) / 1000))
    rounded = widened(claim, exact, abs(first.close))
    rung = "close" if _fits(claim, actual, exact) else "rounding" if _fits(claim, actual, rounded) else None
    doubt = None if rung else _doubt(claim, days, rounded, story)
    return Verdict(
        outcome="supported" if rung else "undecided" if doubt else "refuted",
        rung=rung,
        reason=doubt,
        actual=actual,
        tolerance=_signed(claim, exact),
        base_date=claim.base_date,
        end_date=claim.end_date,
        formula=formula(claim, first.close, last.close, actual),
        price_hash=digest(first, last),
    )


def needed(claim: Claim, market: str) -> tuple[str, date, date] | None:
    """The bars that a check of this claim reads: symbol, first day and last day, neighbouring sessions included.

    The symbol is the listed one where the claim's own is its inverse. None where no bars would help.
    """
    if claim.measure == "level":
        return needed_level(claim, market)
    if _unanswerable(claim) or claim.symbol is None or claim.base_date is None or claim.end_date is None:
        return None
    first = sessions.before(market, claim.base_date) or claim.base_date - MARGIN
    last = sessions.shifted(market, claim.end_date, 1) or claim.end_date + MARGIN
    return inverse(claim.symbol) or claim.symbol, first, last


def _unanswerable(claim: Claim) -> str | None:
    """Why no closes could answer the claim, whatever they were."""
    if claim.modality != "actual":
        return claim.modality
    if claim.measure not in ("price", "yield") or not has_meaning(claim):
        return "not_checkable"
    if claim.symbol is None:
        return "no_symbol"
    if claim.base_date is None or claim.end_date is None or claim.base_date > claim.end_date:
        return "no_period"
    if claim.base_date == claim.end_date:  # after the close of that day, or before its opening
        return "not_checkable"
    return "intraday" if claim.timing == "intraday" else None


def _signed(claim: Claim, allowed: Band) -> Band:
    low, high = (round(bound, 9) for bound in allowed)
    return (-high, -low) if claim.direction == "down" else (low, high)


def _fits(claim: Claim, actual: float | None, allowed: Band) -> bool:
    if actual is None:
        return False
    return allowed[0] <= (-actual if claim.direction == "down" else actual) < allowed[1]


def _doubt(claim: Claim, days: Mapping[date, Price], rounded: Band, story: Story) -> str | None:
    """Why a figure that does not fit may be right all the same; None where nothing speaks for it."""
    if claim.unit == "percent" and is_yield(claim):
        return "ambiguous_unit"
    if story.may_precede_close() or (not story.says_close and _fits_during_last_session(claim, days, rounded)):
        return "intraday"
    if not pinned(claim) or _fits_nearby(claim, days, rounded, story):
        return "ambiguous_period"
    if not story.shared_close and _fits_at_some_hour(claim, days, rounded):
        return "ambiguous_close"
    return None


def _fits_nearby(claim: Claim, days: Mapping[date, Price], rounded: Band, story: Story) -> bool:
    """Whether a window that starts or ends a session earlier or later makes the figure true."""
    low, high = rounded
    if claim.comparator in (">", ">="):
        high = inf  # far beyond the bound the words stay true: the window is what must be wrong
    known = [
        day for day in days if story.day is None or claim.end_date is None or day <= max(story.day, claim.end_date)
    ]
    return any(
        _fits(claim, move(claim, days[first].close, days[last].close), (low, high))
        for first in _around(claim.base_date, known)
        for last in _around(claim.end_date, known)
        if first < last
    )


def _around(day: date | None, known: Sequence[date]) -> Iterator[date]:
    """The day, the session before it and the session after it, as far as there are bars."""
    if day in known:
        at = known.index(day)
        yield from known[max(0, at - 1) : at + 2]


def _fits_during_last_session(claim: Claim, days: Mapping[date, Price], rounded: Band) -> bool:
    """Whether a price traded in the window's last session makes the figure true: stories go on quoting such figures
    after the close."""
    if claim.base_date is None or claim.end_date is None:
        return False
    return _reaches(claim, [days[claim.base_date].close], [days[claim.end_date]], rounded)


def _fits_at_some_hour(claim: Claim, days: Mapping[date, Price], rounded: Band) -> bool:
    """Whether any two prices traded around the window's ends make the figure true."""
    known = list(days)
    starts = [days[day] for day in _around(claim.base_date, known)]
    return _reaches(
        claim,
        [price for bar in starts for price in _prices(bar)],
        [days[day] for day in _around(claim.end_date, known)],
        rounded,
    )


def _reaches(claim: Claim, starts: Sequence[float], ends: Sequence[Price], allowed: Band) -> bool:
    prices = [price for bar in ends for price in _prices(bar)]
    least, most = move(claim, max(starts), min(prices)), move(claim, min(starts), max(prices))
    if least is None or most is None:
        return False
    low, high = _signed(claim, allowed)
    least, most = min(least, most), max(least, most)
    return max(least, low) < min(most, high)


def _prices(bar: Price) -> list[float]:
    return [price for price in (bar.close, bar.low, bar.high) if price is not None]


def _undecided(claim: Claim, reason: str) -> Verdict:
    return Verdict(outcome="undecided", reason=reason, base_date=claim.base_date, end_date=claim.end_date)
