"""One claim against the closes → `Verdict`.

A claim is answered by two closes: the one its window starts from and the one it ends with; a level by one, see
`newsig.compare.levels`; what needs more of the past has modules of its own (`newsig.compare.distances`, `streaks`,
`superlatives`, `base_rates`). The figure's own precision decides whether they agree (`newsig.compare.figures`).

- ``supported``: the closes give the figure, rung ``close``; or but for its last printed place, ``rounding``;
- ``consistent``: other prices than those closes do, on the rung ``intraday`` prices of the session, on ``window``
  another window than the one read; with the ``chance`` that any figure of that size would;
- ``refuted``: nothing explains the figure;
- ``undecided``: closes cannot answer it, or something else may explain the figure, for one of these reasons:

==================== ==========================================================================================
``not_checkable``    no move or level of a price or yield, or none that closes can tell
``forecast``         said of the future
``conditional``      said of a case that may not come
``historical``       said of other times in general
``no_symbol``        of nothing that is listed
``no_period``        the window is not known
``intraday``         a figure from before the close that no price of the session gives, or nearly any
``symbol_reused``    in the window's days the symbol was another company's than today
``no_prices``        the bar of the window's first or last day is missing
``needs_history``    bars do not reach back far enough
``ambiguous_period`` the figure does not fit, and the story does not pin the window; or so many windows are possible
                     that nearly any figure fits one
``ambiguous_unit``   a percentage of a yield that does not fit, and may be meant in percentage points
``proxy_price``      the figure does not fit, but stories mean other prices than these: currencies and crypto assets
                     have no closing price that all share, futures are not the metal and roll from month to month
==================== ==========================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import inf

from newsig import sessions
from newsig.compare.answering import answer, bands, fits, prices_of, reached, towards, undecided
from newsig.compare.chances import MOST, chance, overlap
from newsig.compare.distances import check_distance, is_distance, needed_distance
from newsig.compare.figures import LEAST_SLACK, Band, nearby
from newsig.compare.levels import check_level, needed_level
from newsig.compare.moves import has_meaning, inverse, is_yield, move, series, span_formula
from newsig.compare.stories import Story
from newsig.compare.streaks import LENGTHS, check_streak, is_streak, needed_streak
from newsig.compare.superlatives import check_superlative, needed_superlative
from newsig.compare.windows import FAR, MARGIN, Window, around, pinned, readings
from newsig.records import Claim, Price, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A claim with what it is held against.

    ``bars`` hold those which `needed` names; others do no harm, the order does not matter. ``published`` is when the
    story appeared, a plain date where the hour is not known; ``market`` the calendar of the claim's market, as in
    `newsig.sessions`; ``reused`` up to which day the symbol belonged to another company than it does today.
    ``as_printed`` says that later splits are undone in the bars, which only levels are held against.
    """

    claim: Claim
    bars: Sequence[Price]
    published: date | datetime | None
    market: str
    reused: date | None = None
    as_printed: bool = False


def check(asked: Asked) -> Verdict:
    """What the closes say of a claim by itself.

    Where closes are there, the move, its arithmetic, the tolerance and the bars with their digest come with the
    outcome.
    """
    claim = asked.claim
    story = Story(asked.published, asked.market, claim)
    if _was_anothers(asked):
        return undecided(claim, "symbol_reused")
    if claim.measure == "level":
        return check_level(claim, asked.bars, story, as_printed=asked.as_printed)
    if claim.measure == "superlative":
        return check_superlative(claim, asked.bars, story)
    if reason := _unanswerable(claim):
        return undecided(claim, reason)
    if is_streak(claim):
        return check_streak(claim, asked.bars, story)
    if is_distance(claim):
        return check_distance(claim, asked.bars, story)
    days = series(claim.symbol or "", asked.bars)
    windows = possible(claim, story)
    if not windows:
        return undecided(claim, "no_period")
    if windows[0][0] == windows[0][1]:  # after the close of that day, or before its opening
        return undecided(claim, "not_checkable")
    if all(first not in days or last not in days for first, last in windows):
        return undecided(claim, "no_prices")
    return _of_one(claim, days, story) if is_dated(claim) else _of_several(claim, days, windows)


def _was_anothers(asked: Asked) -> bool:
    """Whether the bars that a check reads are from before the symbol changed hands."""
    wanted = needed(asked.claim, asked.market, asked.published, as_printed=asked.as_printed)
    dated = min(filter(None, (asked.claim.base_date, asked.claim.end_date)), default=None)
    first = dated if dated and asked.claim.measure in ("price", "yield") else wanted[1] if wanted else None
    return wanted is not None and asked.reused is not None and first is not None and first <= asked.reused


def is_dated(claim: Claim) -> bool:
    """Whether the words of a claim settle its window."""
    return claim.base_date is not None and claim.end_date is not None


def possible(claim: Claim, story: Story) -> tuple[Window, ...]:
    """The windows that a claim's words leave possible: its own where they settle it."""
    if claim.base_date is not None and claim.end_date is not None:
        return ((claim.base_date, claim.end_date),) if claim.base_date <= claim.end_date else ()
    return readings(claim, story.finished(), story.market)


def needed(
    claim: Claim, market: str, published: date | datetime | None = None, *, as_printed: bool = False
) -> tuple[str, date, date] | None:
    """The bars that a check of this claim reads: symbol, first day and last day, neighbouring sessions included.

    The symbol is the listed one where the claim's own is its inverse. None where no bars would help; ``as_printed`` is
    that of `Asked`.
    """
    story = Story(published, market, claim)
    if claim.measure == "level":
        return needed_level(claim, market, as_printed=as_printed)
    if claim.measure == "superlative":
        return needed_superlative(claim, story)
    if _unanswerable(claim) or claim.symbol is None:
        return None
    if is_streak(claim):
        return needed_streak(claim, story)
    if is_distance(claim):
        return needed_distance(claim, story)
    windows = possible(claim, story)
    if not windows or windows[0][0] == windows[0][1]:
        return None
    first, last = min(start for start, _ in windows), max(end for _, end in windows)
    if is_dated(claim) and not pinned(claim):
        first = sessions.shifted(market, first, -FAR) or first - MARGIN
    first = sessions.before(market, first) or first - MARGIN
    return inverse(claim.symbol) or claim.symbol, first, sessions.shifted(market, last, 1) or last + MARGIN


AN_EXTREME = re.compile(r"\b(?:lows?|highs?|peaks?|troughs?|bottom)\b", re.IGNORECASE)
"""Words for the least and the most that was paid."""


def _unanswerable(claim: Claim) -> str | None:
    """Why no closes could answer the claim, whatever they were."""
    if claim.measure not in ("price", "yield", "streak") or not has_meaning(claim) or not _is_countable(claim):
        return "not_checkable"
    if claim.modality != "actual":
        return claim.modality
    return "no_symbol" if claim.symbol is None else None


def _is_countable(claim: Claim) -> bool:
    """Whether the figure counts in a unit of its measure."""
    return claim.unit in LENGTHS if claim.measure == "streak" else claim.unit in LEAST_SLACK


def _of_one(claim: Claim, days: Mapping[date, Price], story: Story) -> Verdict:
    """The verdict on a claim whose words settle its window."""
    first, last = days[claim.base_date], days[claim.end_date]  # type: ignore[index]  # the caller looked
    actual = move(claim, first.close, last.close)
    if actual is None:
        return undecided(claim, "not_checkable")
    told = answer(claim, days, (first.day, last.day))
    early = claim.timing == "intraday" or story.before_close()
    if told.rung and not early:
        return told
    _, rounded = bands(claim, first.close)
    if claim.unit == "percent" and is_yield(claim) and not early:
        return _doubted(told, "ambiguous_unit")
    if story.before_open():
        return _doubted(told, "intraday")
    if early or not story.says_close:
        during = reached(claim, [first.close], [last])
        if during and overlap(nearby(claim, rounded), during):
            within = early or (story.may_precede_close() and not story.shared_close)
            return _during(claim, told, rounded, during, (first, last), most=1.0 if within else MOST)
        if early or story.may_precede_close():
            return _doubted(told, "intraday")
    return _elsewhere(claim, told, days, rounded, story)


def _elsewhere(claim: Claim, told: Verdict, days: Mapping[date, Price], rounded: Band, story: Story) -> Verdict:
    """The verdict on a claim that neither the closes of its window nor the prices of its last session bear out."""
    until = max(filter(None, (story.day, claim.end_date)))
    near = around(claim, [day for day in days if day <= until])
    if found := _from_extreme(claim, told, days, rounded) or _another(claim, told, days, near, rounded):
        return found
    if not pinned(claim):
        return _doubted(told, "ambiguous_period")
    if not story.may_refute:
        starts = [price for start, _ in near for price in prices_of(days[start])]
        some_hour = reached(claim, starts, [days[end] for _, end in near])
        if some_hour and overlap(rounded, some_hour):
            ends = days[claim.base_date], days[claim.end_date]  # type: ignore[index]
            return _during(claim, told, rounded, some_hour, ends, otherwise="proxy_price")
        return _doubted(told, "proxy_price")
    return told


def _from_extreme(claim: Claim, told: Verdict, days: Mapping[date, Price], rounded: Band) -> Verdict | None:
    """The verdict where the words measure from a session's low or high, "from the November 21 low", and not its close;
    None where they do not."""
    if claim.period is None or not AN_EXTREME.search(claim.period.text):
        return None
    first, last = days[claim.base_date], days[claim.end_date]  # type: ignore[index]
    for price in filter(None, (first.low, first.high)):
        moved = move(claim, price, last.close)
        if moved is not None and fits(claim, moved, rounded):
            one = (towards(claim, moved), towards(claim, moved))
            return _during(claim, told, rounded, one, (replace(first, close=price), last))
    return _doubted(told, "ambiguous_period")


def _of_several(claim: Claim, days: Mapping[date, Price], windows: Sequence[Window]) -> Verdict:
    """The verdict on a claim whose words leave several windows possible: supported where it holds in all of them."""
    known = [window for window in windows if window[0] in days and window[1] in days]
    told = [answer(claim, days, window) for window in known]
    if len(known) == len(windows) and all(one.rung for one in told):
        return replace(told[-1], solved=True, windows=tuple(known))
    _, rounded = bands(claim, days[known[0][0]].close)
    closest = _another(claim, told[-1], days, known, rounded)
    return closest or _doubted(told[-1], "ambiguous_period")


def _another(
    claim: Claim, told: Verdict, days: Mapping[date, Price], windows: Sequence[Window], allowed: Band
) -> Verdict | None:
    """The verdict where another window makes the figure true; None where none does."""
    moves = {window: move(claim, days[window[0]].close, days[window[1]].close) for window in windows}
    near = nearby(claim, allowed)
    true = [window for window, actual in moves.items() if fits(claim, actual, near)]
    if not true:
        loosely = any(fits(claim, actual, _unbounded(claim, allowed)) for actual in moves.values())
        return _doubted(told, "ambiguous_period") if loosely else None
    given = [(towards(claim, one), towards(claim, one)) for one in moves.values() if one is not None]
    by_chance = chance(claim, near, given)
    if by_chance > MOST:
        return replace(_doubted(told, "ambiguous_period"), chance=by_chance, windows=tuple(true))
    chosen = min(true, key=lambda window: _distance(claim, window))
    return replace(
        answer(claim, days, chosen), outcome="consistent", rung="window", chance=by_chance, windows=tuple(true)
    )


def _distance(claim: Claim, window: Window) -> int:
    """How many days a window is off the one that was read; of those of which none was read the last is the nearest."""
    if claim.base_date is None or claim.end_date is None:
        return -window[1].toordinal() - window[0].toordinal()
    return abs((window[0] - claim.base_date).days) + abs((window[1] - claim.end_date).days)


def _during(
    claim: Claim,
    told: Verdict,
    rounded: Band,
    during: Band,
    ends: tuple[Price, Price],
    *,
    most: float = MOST,
    otherwise: str = "intraday",
) -> Verdict:
    """The verdict where prices traded within a session make the figure true.

    ``most`` is the greatest chance that is taken: any, where the figure is known to be from within a session.
    """
    by_chance = chance(claim, nearby(claim, rounded), [during])
    if by_chance > most:
        return replace(_doubted(told, otherwise), chance=by_chance)
    least, most = during if claim.direction != "down" else (-during[1], -during[0])
    return replace(
        told,
        outcome="consistent",
        rung="intraday",
        reason=None,
        chance=by_chance,
        formula=span_formula(claim, ends[0].close, ends[1], least, most),
    )


def _unbounded(claim: Claim, allowed: Band) -> Band:
    """Far beyond the bound of "more than" the words stay true: then the window is what must be wrong."""
    return (allowed[0], inf) if claim.comparator in (">", ">=") else allowed


def _doubted(told: Verdict, reason: str) -> Verdict:
    return replace(told, outcome="undecided", reason=reason, rung=None, loose=False)
