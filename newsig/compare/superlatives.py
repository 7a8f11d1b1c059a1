"""Ranks: "its biggest one-day loss of the year", "the highest close since May" – true on the day, until overtaken.

What is so called is compared with all others of its kind since the day that the words reach back to. Bars must reach
back that far, thirty years for what is called a record of all times; else the answer is ``needs_history``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from newsig import sessions
from newsig.compare.answering import undecided
from newsig.compare.figures import REVISED
from newsig.compare.history import EVER, MISSING, has_gaps
from newsig.compare.moves import YIELDS, digest, inverse, level, series
from newsig.compare.stories import Story
from newsig.compare.streaks import LENGTHS, changes, is_whole
from newsig.compare.windows import A_DAY, MARGIN, pinned
from newsig.records import Claim, Price, Verdict

UNITS = {"session": "sessions", "week": "weeks", "month": "months", "quarter": "quarters", "year": "years"}
"""The steps whose moves are compared."""

A_SPAN = re.compile(r"\b(?:day|week|month|quarter|year)s?\b", re.IGNORECASE)
EXACT = re.compile(r"\b(?:since|of|this|record|all-time|ever)\b", re.IGNORECASE)
"""Words of a superlative that say from which day on it holds; else "in nine months" is a rounded time."""

NEARLY = re.compile(r"\b(?:nearly|almost|about|around)\b", re.IGNORECASE)
ROUGHLY, NEARLY_ROUGHLY = 0.08, 0.2
"""How much shorter than it is said a rounded time may be, and one that is "nearly" so long; a week at least."""

KNOWN = date(1990, 1, 1)
"""From when on the sessions of markets are known."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of those that are compared: the session it ends with, its size, greater for what is more of the claim, and
    the bars that give it."""

    day: date
    size: float
    bars: tuple[Price, ...]


def needed_superlative(claim: Claim, story: Story) -> tuple[str, date, date] | None:
    """The bars that a check of this claim reads; None where no bars would help."""
    if _unanswerable(claim) or claim.symbol is None or claim.end_date is None:
        return None
    last = sessions.shifted(story.market, claim.end_date, 1) or claim.end_date + MARGIN
    lead = timedelta(days=LENGTHS[UNITS.get(claim.compared or "", "sessions")]) + MARGIN
    return inverse(claim.symbol) or claim.symbol, _reach(claim, claim.end_date) - lead, last


def _unanswerable(claim: Claim) -> str | None:
    """Why no bars could answer the claim, whatever they were."""
    if claim.compared is None or claim.extreme is None or claim.reach is None:
        return "not_checkable"
    if claim.modality != "actual":
        return claim.modality
    if claim.symbol is None:
        return "no_symbol"
    if claim.end_date is None or _reach(claim, claim.end_date) >= claim.end_date:
        return "no_period"
    if claim.reach == "since" and claim.since_date is None:
        return "no_period"
    return "intraday" if claim.timing == "intraday" else None


def _reach(claim: Claim, end: date) -> date:
    return claim.since_date if claim.since_date is not None else end - EVER


def ranked(claim: Claim, days: Mapping[date, Price]) -> list[Ranked]:
    """All that the claim compares, oldest first: closes, or the moves of sessions, weeks, months … in its direction."""
    if claim.compared in ("level", "close"):
        sign = -1 if claim.extreme == "lowest" else 1
        return [Ranked(day, sign * bar.close, (bar,)) for day, bar in days.items()]
    found = []
    for before, after in changes(days, UNITS[claim.compared or "session"]):
        moved = after.close - before.close
        if not (_in_points(claim) or claim.symbol in YIELDS):
            if before.close <= 0:
                continue
            moved /= before.close
        size = -moved if claim.direction == "down" else moved
        if size > 0:
            found.append(Ranked(after.day, -size if claim.extreme == "smallest" else size, (before, after)))
    return found


def _in_points(claim: Claim) -> bool:
    return "point" in claim.text.lower()


def check_superlative(claim: Claim, bars: Sequence[Price], story: Story) -> Verdict:
    """What the bars say of a superlative; the answers are those of `newsig.compare.check.check`."""
    if reason := _unanswerable(claim) or ("intraday" if story.before_close() else None):
        return undecided(claim, reason)
    days = series(claim.symbol or "", bars)
    end = claim.end_date
    if end is None or end not in days:
        return undecided(claim, "no_prices")
    since = _reach(claim, end)
    if min(days) > since + MARGIN or has_gaps(days, story.market, max(since, KNOWN), end, most=MISSING):
        return replace(undecided(claim, "needs_history"), cases=len(days))
    if not is_whole([day for day in days if day <= end][-2:], story.market):
        return undecided(claim, "no_prices")
    ranks = {day: _rank(claim, days, since, day) for day in _near(days, end)}
    own = ranks[end]
    if own is not None and own.outcome == "supported":
        return own
    if A_SPAN.search(claim.text) and not EXACT.search(claim.text):
        rounded = NEARLY_ROUGHLY if claim.comparator == "<" or NEARLY.search(claim.text) else ROUGHLY
        roughly = _rank(claim, days, since + timedelta(days=max(7, round(rounded * (end - since).days))), end)
        if roughly is not None and roughly.outcome == "supported":
            return replace(roughly, rung="rounding")
    for day, other in ranks.items():
        if other is not None and other.outcome == "supported" and day != end:
            return replace(other, outcome="consistent", rung="window", chance=_share(days, since, end))
    if own is None or not _names_day(claim) or claim.compared in ("level", None) or not story.may_refute:
        return replace(own or undecided(claim, "ambiguous_period"), outcome="undecided", reason="ambiguous_period")
    return own


def _names_day(claim: Claim) -> bool:
    return claim.period is not None and A_DAY.search(claim.period.text) is not None and pinned(claim)


def _near(days: Mapping[date, Price], end: date) -> list[date]:
    known = list(days)
    at = known.index(end)
    return known[max(0, at - 1) : at + 1]


def _rank(claim: Claim, days: Mapping[date, Price], since: date, end: date) -> Verdict | None:
    """The verdict for what ends with that session; None where nothing of the kind does."""
    known = {day: bar for day, bar in days.items() if day <= end}
    compared = [one for one in ranked(claim, known) if one.day >= since or one.day == end]
    own = next((one for one in compared if one.day == end), None)
    if own is None:
        return None
    better = sorted((one for one in compared if one.size > own.size), key=lambda one: -one.size)
    narrowly = [one for one in better if one.size - own.size <= _slack(claim, own)]
    rank, said = len(better) + 1, int(claim.value)
    rung = "close" if rank == said else "rounding" if rank - len(narrowly) <= said <= rank else None
    rival = (
        better[0] if better else max((one for one in compared if one is not own), key=lambda one: one.size, default=own)
    )
    used = (*own.bars, *(bar for bar in rival.bars if bar not in own.bars))
    return Verdict(
        outcome="supported" if rung else "refuted",
        rung=rung,
        actual=float(rank),
        base_date=claim.base_date if end == claim.end_date else own.bars[0].day,
        end_date=end,
        formula=f"number {rank} of {len(compared)} since {since}: {_shown(own)}, beside {_shown(rival)}",
        price_hash=digest(*used),
        bars=used,
        cases=len(compared),
    )


def _slack(claim: Claim, own: Ranked) -> float:
    """By how much closes may differ between sources: of levels their own share, of moves that of two levels."""
    return REVISED * (abs(own.size) if claim.compared in ("level", "close") else 2 * _unit(claim, own))


def _unit(claim: Claim, own: Ranked) -> float:
    return own.bars[-1].close if _in_points(claim) else 1.0


def _share(days: Mapping[date, Price], since: date, end: date) -> float:
    """How often a session taken at random would be called so with its neighbour: two in all that were compared."""
    return min(1.0, 2 / max(1, sum(since <= day <= end for day in days)))


def _shown(one: Ranked) -> str:
    if len(one.bars) == 1:
        return f"{level(one.bars[0].close)} on {one.day}"
    before, after = one.bars
    return f"{level(before.close)} to {level(after.close)} on {one.day}"


def overtaken(claim: Claim, bars: Sequence[Price], end: date) -> tuple[date | None, date]:
    """When a superlative that was true for the session ``end`` stopped being so, and the last day that is known.

    That is the first later session that so many others outdo it with; None where it still holds by the bars given.
    """
    days = series(claim.symbol or "", bars)
    own = next((one for one in ranked(claim, {d: bar for d, bar in days.items() if d <= end}) if one.day == end), None)
    last = max(days, default=end)
    if own is None:
        return None, last
    compared, since = ranked(claim, days), _reach(claim, end)
    ahead = sum(one.size > own.size for one in compared if since <= one.day < end)
    for one in compared:
        if one.day > end and one.size > own.size:
            ahead += 1
            if ahead >= int(claim.value):
                return one.day, last
    return None, last
