"""The claims of one article together: neighbours share a window, and prices choose it.

A story that gives several figures for one period of loose words ("since last week") means one window. Of those that
the words leave possible, only some make all of its figures true. Where exactly one does, and figures of that size
would seldom have had one, it is taken as `solved`; where several do, each claim is `consistent` at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from newsig.compare.answering import answer, bands, fits, towards
from newsig.compare.base_rates import check_base_rate, condition, horizon
from newsig.compare.chances import joint_chance
from newsig.compare.check import Asked, check, is_dated, possible
from newsig.compare.distances import is_distance
from newsig.compare.moves import move, series
from newsig.compare.stories import Story
from newsig.compare.streaks import is_streak
from newsig.compare.windows import Window, around, pinned
from newsig.records import Claim, Price, Verdict

MOST = 0.3
"""How often figures of that size may have a window in common by chance, for one that is found to be taken."""

MANY = 6
"""Claims that are solved together; more add nothing but time."""


def check_together(asked: Sequence[Asked]) -> list[Verdict]:
    """The verdicts on the claims of one article, in their order."""
    verdicts = [check(one) for one in asked]
    claims = [one.claim for one in asked]
    for at, one in enumerate(asked):
        if horizon(one.claim) is not None:
            story = Story(one.published, one.market, one.claim)
            verdicts[at] = check_base_rate(one.claim, condition(one.claim, claims), one.bars, story.finished())
    for group in _groups(asked, verdicts):
        for at, verdict in _solved([asked[at] for at in group], [verdicts[at] for at in group], group):
            verdicts[at] = verdict
    return verdicts


def _groups(asked: Sequence[Asked], verdicts: Sequence[Verdict]) -> list[list[int]]:
    """The claims that share the words of a period which settle no window, by their numbers."""
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for at, (one, verdict) in enumerate(zip(asked, verdicts, strict=True)):
        claim = one.claim
        early = claim.timing == "intraday" or Story(one.published, one.market, claim).before_close()
        if claim.period and verdict.price_hash and _is_open(claim) and not early:
            found[claim.period.start, claim.period.end].append(at)
    return [group[:MANY] for group in found.values() if len({asked[at].claim.symbol for at in group}) > 1]


def _is_open(claim: Claim) -> bool:
    """Whether a claim is of a move between two closes that its words do not settle."""
    if claim.measure not in ("price", "yield") or claim.direction == "flat" or is_streak(claim) or is_distance(claim):
        return False
    return not (is_dated(claim) and pinned(claim))


def _solved(asked: Sequence[Asked], verdicts: Sequence[Verdict], numbers: Sequence[int]) -> list[tuple[int, Verdict]]:
    """The verdicts of a group where one window makes all of it true, else what is left of them."""
    days = [series(one.claim.symbol or "", one.bars) for one in asked]
    windows = _common(asked, days)
    moves = {window: _moves(asked, days, window) for window in windows}
    known = {window: found for window, found in moves.items() if found is not None}
    allowed = [bands(one.claim, _level(found))[1] for one, found in zip(asked, days, strict=True)]
    true = [
        window
        for window, found in known.items()
        if all(fits(one.claim, moved, band) for one, moved, band in zip(asked, found, allowed, strict=True))
    ]
    if not true:
        return []
    reached = [[towards(one.claim, moved) for one, moved in zip(asked, found, strict=True)] for found in known.values()]
    by_chance = joint_chance([(one.claim, band) for one, band in zip(asked, allowed, strict=True)], reached)
    read = {(verdict.base_date, verdict.end_date) for verdict in verdicts if verdict.outcome == "supported"}
    if read & set(true) and all(verdict.outcome == "supported" for verdict in verdicts):
        return []
    firm = len(true) == 1 and by_chance <= MOST
    told = [answer(one.claim, found, true[-1]) for one, found in zip(asked, days, strict=True)]
    return [
        (at, _kept(old, replace(new, solved=True, chance=by_chance, windows=tuple(true)), firm))
        for at, old, new in zip(numbers, verdicts, told, strict=True)
    ]


def _kept(old: Verdict, new: Verdict, firm: bool) -> Verdict:
    if firm and new.rung:
        return new
    if old.outcome in ("supported", "consistent"):
        return old
    return replace(new, outcome="consistent", rung="window") if new.chance is not None and new.chance <= MOST else old


def _common(asked: Sequence[Asked], days: Sequence[Mapping[date, Price]]) -> list[Window]:
    """The windows that the words of all claims leave possible and that have bars for each, oldest first."""
    each = []
    for one, found in zip(asked, days, strict=True):
        story = Story(one.published, one.market, one.claim)
        until = story.finished()
        known = [day for day in found if until is None or day <= until]
        each.append(set(around(one.claim, known)) if is_dated(one.claim) else set(possible(one.claim, story)))
    return sorted(set.intersection(*each))


def _moves(asked: Sequence[Asked], days: Sequence[Mapping[date, Price]], window: Window) -> list[float] | None:
    """What each claim's closes moved by in that window; None where a bar is missing."""
    found = []
    for one, bars in zip(asked, days, strict=True):
        if window[0] not in bars or window[1] not in bars:
            return None
        moved = move(one.claim, bars[window[0]].close, bars[window[1]].close)
        if moved is None:
            return None
        found.append(moved)
    return found


def _level(days: Mapping[date, Price]) -> float:
    return days[max(days)].close if days else 0.0
