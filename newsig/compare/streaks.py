"""Sessions in a row: "fell for a fifth straight day", "gained at least 1 percent in five consecutive sessions".

A streak is counted backwards from the session that it ends with. One that went on longer than was said is supported
all the same, as a bound met by far; one that was shorter is refuted where the story names the day it ended with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from newsig import sessions
from newsig.compare.answering import bands, towards, undecided
from newsig.compare.chances import MOST, chance
from newsig.compare.figures import nearby
from newsig.compare.moves import digest, inverse, level, move, series
from newsig.compare.stories import Story
from newsig.compare.windows import A_DAY, COUNT, LAST_WEEK, MARGIN, counted, pinned
from newsig.records import Claim, Price, Verdict

EACH = re.compile(
    rf"\b{COUNT}\s+(?:consecutive|straight|successive)\s+(?:trading\s+)?(?:days|sessions)\b", re.IGNORECASE
)
"""Sessions of which each one moved by the figure."""

LENGTHS = {"sessions": 1, "weeks": 7, "months": 31, "quarters": 92, "years": 366}
"""The days that a unit of a streak takes at most; a session is one with `MARGIN`."""

ENDS = 10
"""How many sessions back a streak may end whose words leave that open."""

LONGEST = 60
"""More in a row than any market has seen."""

FLAT = 0.0002
"""A change smaller than this share may have another sign in another source."""


def is_streak(claim: Claim) -> bool:
    """Whether a claim is of sessions in a row: a count of them, or a move that each of them made."""
    return claim.measure == "streak" or each_of(claim) is not None


def each_of(claim: Claim) -> int | None:
    """How many sessions in a row each made the move that a claim tells; None where it tells no such thing."""
    said = EACH.search(claim.period.text) if claim.period and claim.measure != "streak" else None
    return counted(said["count"]) if said else None


def needed_streak(claim: Claim, story: Story) -> tuple[str, date, date] | None:
    """The bars that a check of this claim reads."""
    last = claim.end_date or story.finished()
    if claim.symbol is None or last is None:
        return None
    count = each_of(claim) or min(int(claim.value), LONGEST) + 1
    per = LENGTHS[claim.unit] if claim.measure == "streak" else 1
    first = last - timedelta(days=(count + 1) * (per if per > 1 else 2)) - 2 * MARGIN
    return inverse(claim.symbol) or claim.symbol, first, sessions.shifted(story.market, last, 1) or last + MARGIN


def check_streak(claim: Claim, bars: Sequence[Price], story: Story) -> Verdict:
    """What the closes say of a streak; the answers are those of `newsig.compare.check.check`."""
    days = series(claim.symbol or "", bars)
    last = claim.end_date or story.finished()
    if last is None:
        return undecided(claim, "no_period")
    if last not in days:
        return undecided(claim, "no_prices")
    if claim.end_date is not None and (claim.timing == "intraday" or story.before_close()):
        return undecided(claim, "intraday")
    each = each_of(claim)
    if each is not None:
        return _check_each(claim, days, last, each, story.market)
    if claim.direction == "flat" or claim.comparator != "=" or not 1 <= claim.value <= LONGEST:
        return undecided(claim, "not_checkable")
    return _check_count(claim, days, last, story)


def is_whole(days: Sequence[date], market: str) -> bool:
    """Whether no session is missing between the days given, oldest first."""
    return len(days) == len(sessions.between(market, days[0], days[-1])) if days else True


def changes(days: Mapping[date, Price], unit: str) -> list[tuple[Price, Price]]:
    """The closes of periods that follow each other, each with the close before it, by the period's unit."""
    kept: dict[object, Price] = {}
    for day, bar in days.items():
        kept[_period(day, unit)] = bar
    closes = list(kept.values())
    return list(pairwise(closes))


def _period(day: date, unit: str) -> object:
    return {
        "weeks": day.isocalendar()[:2],
        "months": (day.year, day.month),
        "quarters": (day.year, (day.month - 1) // 3),
        "years": day.year,
    }.get(unit, day)


def run_before(steps: Sequence[tuple[Price, Price]], direction: str) -> int:
    """How many steps in a row went in the direction, up to the last one."""
    count = 0
    for before, after in reversed(steps):
        moved = after.close - before.close
        if abs(moved) < FLAT * abs(before.close) and direction != "flat" and moved == 0:
            break
        if (moved > 0) != (direction == "up"):
            break
        count += 1
    return count


def _check_count(claim: Claim, days: Mapping[date, Price], last: date, story: Story) -> Verdict:
    counts = {
        end: run_before(changes({day: bar for day, bar in days.items() if day <= end}, claim.unit), claim.direction)
        for end in [day for day in days if day <= last][-ENDS:]
    }
    whole = changes({day: bar for day, bar in days.items() if day <= last}, claim.unit)
    said = int(claim.value)
    if len(whole) < said and counts[last] == len(whole):
        return undecided(claim, "needs_history")
    told = _told([before for before, _ in whole[-said:]] + [days[last]], counts[last], last)
    if claim.unit == "sessions" and not is_whole([bar.day for bar in told.bars], story.market):
        return undecided(claim, "no_prices")
    if counts[last] >= said:
        return replace(told, outcome="supported", rung="close", loose=counts[last] > said)
    near = (
        [end for end in list(counts)[-2:] if counts[end] >= said]
        if _names_day(claim)
        else [end for end, count in counts.items() if count >= said]
    )
    if near:
        share = sum(count >= said for count in counts.values()) / len(counts)
        if share <= MOST:
            found = [after for _, after in whole if after.day <= near[-1]][-said - 1 :]
            told = _told(found, counts[near[-1]], near[-1])
            return replace(told, outcome="consistent", rung="window", chance=share)
    small = any(abs(b.close - a.close) < FLAT * abs(a.close) for a, b in whole[-said:])
    if near or small or not _names_day(claim) or claim.unit != "sessions" or not story.may_refute:
        return replace(told, outcome="undecided", reason="ambiguous_period")
    return told


def _names_day(claim: Claim) -> bool:
    said = claim.period is not None and A_DAY.search(claim.period.text) is not None
    return claim.end_date is not None and said and pinned(claim)


def _told(used: Sequence[Price], count: int, last: date) -> Verdict:
    closes = ", ".join(level(bar.close) for bar in used)
    return Verdict(
        outcome="refuted",
        actual=float(count),
        base_date=used[0].day,
        end_date=last,
        formula=f"{closes}: {count} in a row",
        price_hash=digest(*used),
        bars=tuple(used),
        cases=count,
    )


def _check_each(claim: Claim, days: Mapping[date, Price], last: date, count: int, market: str) -> Verdict:
    """The verdict on a move that each of so many sessions in a row made: the least of them must fit, or the most."""
    known = [day for day in days if day <= last]
    if len(known) <= count:
        return undecided(claim, "needs_history")
    found = {
        known[end]: least
        for end in range(max(count, len(known) - ENDS), len(known))
        if is_whole(known[end - count : end + 1], market)
        and (least := _least(claim, [days[day] for day in known[end - count : end + 1]])) is not None
    }
    _, rounded = bands(claim, days[last].close)
    near = nearby(claim, rounded)
    true = [end for end, least in found.items() if near[0] <= least < near[1]]
    if not true:
        return undecided(claim, "ambiguous_period")
    end = true[-1]
    used = [days[day] for day in known[known.index(end) - count : known.index(end) + 1]]
    told = _told(used, count, end)
    told = replace(told, actual=found[end], windows=tuple((known[known.index(day) - count], day) for day in true))
    if end == _literal(claim, last, story_days=known):
        return replace(told, outcome="supported", rung="close", solved=True)
    by_chance = chance(claim, near, [(least, least) for least in found.values()])
    if by_chance > MOST:
        return replace(told, outcome="undecided", reason="ambiguous_period", chance=by_chance)
    return replace(told, outcome="consistent", rung="window", chance=by_chance)


def _least(claim: Claim, bars: Sequence[Price]) -> float | None:
    moves = [move(claim, before.close, after.close) for before, after in pairwise(bars)]
    known = [towards(claim, one) for one in moves if one is not None]
    hardest = max if claim.comparator in ("<", "<=") else min
    return hardest(known) if known and len(known) == len(moves) else None


def _literal(claim: Claim, last: date, story_days: Sequence[date]) -> date | None:
    """The session that the sessions end with if the words are taken as they stand."""
    words = claim.period.text if claim.period else ""
    if claim.end_date is not None or not LAST_WEEK.search(words):
        return claim.end_date or last
    sunday = last - timedelta(days=last.weekday() + 1)
    return max((day for day in story_days if day <= sunday), default=None)
