"""How far something stands from a peak or a low of its past: "about 8% below its 2021 peak".

The highest close of the time that is named, or the lowest one, is what the last close is measured from. Where only the
highest price of a session makes the figure true, it is `consistent`: papers quote both. Nothing is refuted here, since
one story's peak is a close and another one's a moment of the day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from newsig.compare.answering import answer, bands, fits, undecided
from newsig.compare.chances import MOST, chance
from newsig.compare.history import EVER, MISSING, has_gaps
from newsig.compare.moves import inverse, move, series, span_formula
from newsig.compare.stories import Story
from newsig.compare.windows import MARGIN, MONTH, month_number, part_of_month
from newsig.records import Claim, Price, Verdict

EXTREME = re.compile(
    rf"\b(?:below|above|from|off|under|over|since)\s+(?:(?:its|their|the|a|an|last)\s+)?(?:(?P<part>early|mid|late)[\s-]*)?"
    rf"(?P<when>(?:{MONTH}\s+)?(?:of\s+)?(?:19|20)\d\d(?:['’]s)?|{MONTH}|52-week|one-year|12-month|year['’]s|all-time|record)"
    r"\s+(?:closing\s+|intraday\s+|record\s+)?(?P<kind>peaks?|highs?|tops?|lows?|troughs?|bottoms?)\b",
    re.IGNORECASE,
)
"""Words that name an extreme of the past, with the time that it stood in."""

LOWS = ("low", "trough", "bottom")
A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Past:
    """The time that an extreme is sought in, both days included; ``lowest`` where it is a low."""

    first: date
    last: date
    lowest: bool


def is_distance(claim: Claim) -> bool:
    """Whether a claim measures from an extreme of the past, on a day that its words do not give."""
    return claim.base_date is None and _said(claim) is not None


def _said(claim: Claim) -> re.Match[str] | None:
    return EXTREME.search(claim.period.text) if claim.period else None


def past(claim: Claim, until: date) -> Past | None:
    """When the extreme stood; ``until`` is the session that is measured."""
    said = _said(claim)
    if said is None:
        return None
    lowest = said["kind"].lower().startswith(LOWS)
    when = said["when"].lower()
    if when in ("record", "all-time"):
        return Past(until - EVER, until, lowest)
    if when in ("52-week", "one-year", "12-month"):
        return Past(until - A_YEAR, until, lowest)
    year = re.search(r"\d{4}", when)
    if month := re.match(MONTH, when):
        number = month_number(month[0])
        of = int(year[0]) if year else until.year - (number > until.month)
        return Past(*part_of_month(said["part"], number, of), lowest)
    of = int(year[0]) if year else until.year
    return Past(date(of, 1, 1), min(date(of, 12, 31), until), lowest)


def _measured(claim: Claim, story: Story) -> date | None:
    return claim.end_date or story.finished()


def needed_distance(claim: Claim, story: Story) -> tuple[str, date, date] | None:
    """The bars that a check of this claim reads."""
    until = _measured(claim, story)
    sought = past(claim, until) if until else None
    if sought is None or until is None or claim.symbol is None:
        return None
    return inverse(claim.symbol) or claim.symbol, sought.first - MARGIN, until


def check_distance(claim: Claim, bars: Sequence[Price], story: Story) -> Verdict:
    """What the closes say of a distance; the answers are those of `newsig.compare.check.check`."""
    until = _measured(claim, story)
    sought = past(claim, until) if until else None
    days = series(claim.symbol or "", bars)
    if sought is None or until not in days:
        return undecided(claim, "no_prices" if sought else "no_period")
    if claim.timing == "intraday" or story.before_close():
        return undecided(claim, "intraday")
    stood = {day: bar for day, bar in days.items() if sought.first <= day <= min(sought.last, until)}
    if not stood or has_gaps(days, story.market, sought.first, min(sought.last, until), most=MISSING):
        return undecided(claim, "needs_history")
    sign = -1 if sought.lowest else 1
    extreme = max(stood, key=lambda day: sign * stood[day].close)
    if extreme == until:
        return replace(undecided(claim, "ambiguous_period"), end_date=until)
    told = replace(answer(claim, days, (extreme, until)), solved=True, cases=len(stood))
    return told if told.rung else _by_moments(claim, told, stood, days[until], sought)


def _by_moments(claim: Claim, told: Verdict, stood: Mapping[date, Price], last: Price, sought: Past) -> Verdict:
    """The verdict where the peak may be a moment of a session."""
    moments = [price for bar in stood.values() if (price := bar.low if sought.lowest else bar.high) is not None]
    doubted = replace(told, outcome="undecided", rung=None, reason="ambiguous_period")
    if not moments:
        return doubted
    peak = min(moments) if sought.lowest else max(moments)
    actual = move(claim, peak, last.close)
    _, rounded = bands(claim, peak)
    if actual is None or not fits(claim, actual, rounded):
        return doubted
    by_chance = chance(claim, rounded, [(abs(actual), abs(actual))])
    if by_chance > MOST:
        return replace(doubted, chance=by_chance)
    shown = span_formula(claim, peak, last, actual, actual)
    return replace(doubted, outcome="consistent", rung="intraday", reason=None, chance=by_chance, formula=shown)
