"""Superlatives as their words give them: "steepest one-day fall of the year", "a two-month high"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from newsig.extract.claims.scene import Candidate
from newsig.extract.landmarks.lexicon import either
from newsig.extract.landmarks.owners import thing_at
from newsig.extract.landmarks.reach import ONES, ORDER, Reach, ago, counted, read_reach
from newsig.extract.landmarks.stage import Stage
from newsig.extract.lexicon import words
from newsig.extract.openings import Battery
from newsig.records import Compared, Direction, Extreme

HIGHEST = words("highest strongest best richest")
SMALLEST = words("smallest slightest mildest")
GOOD = words("best strongest")
BAD = words("worst weakest poorest deepest")
UPWARD = words("gain gains rise advance jump rally increase climb surge rebound run leap run-up upswing")
DOWNWARD = words("""
    loss losses fall drop decline slide slump plunge tumble sell-off selloff retreat rout decrease dip setback pullback
""")
COMPARED: dict[str, Compared] = {
    "one-day": "session", "single-day": "session", "daily": "session", "one-session": "session", "1-day": "session",
    "day": "session", "session": "session", "single-session": "session", "intraday": "session",
    "weekly": "week", "one-week": "week", "week": "week", "monthly": "month", "one-month": "month", "month": "month",
    "quarterly": "quarter", "quarter": "quarter", "annual": "year", "yearly": "year",
    "one-year": "year", "year": "year",
}  # fmt: skip
"""What a word says is compared."""
_NTH = r"(?:(?P<nth>" + "|".join(ORDER) + r")[\s-])?"
_MODIFIER = (
    r"(?:(?:one|single|two|three|four|five|six|\d+)-(?:day|session|week|month|year)"
    rf"|{either('daily weekly monthly quarterly annual yearly closing intraday')}"
    rf"|{either('percentage percent point points trading price calendar back-to-back')})"
)
_NOUN = "|".join(sorted(UPWARD | DOWNWARD))
_STRETCH = "day|session|week|month|quarter|year|performance|showing|finish|half|start"
_MOVE = re.compile(
    rf"\b{_NTH}(?P<adjective>"
    + either(
        "biggest largest best worst steepest sharpest strongest weakest greatest deepest heaviest poorest smallest"
    )
    + rf")(?P<modifiers>(?:\s+{_MODIFIER}){{0,3}})(?:[\s-](?:point\s+)?)(?P<noun>{_NOUN}|{_STRETCH})\b"
    r"(?P<in>\s+in\s+(?:a\s+single|such\s+a|one)\s+(?P<unit>day|session|week|month|quarter|year|period)\b)?",
    re.IGNORECASE,
)
_MOST = re.compile(r"\bthe\s+(?P<adjective>most)\b(?=\s+(?:since|in|ever|on\s+record|this)\b)", re.IGNORECASE)
_LEVEL = re.compile(
    r"\b(?P<adjective>highest|lowest|strongest|weakest|best|worst)(?:\s+(?P<noun>"
    r"clos(?:e|ing)(?:\s+(?:level|price|high|value))?|finish|settlement|(?:trading\s+|intraday\s+)?levels?|prices?|points?"
    r"|values?|marks?|readings?))?(?P<basis>\s+on\s+a\s+closing\s+basis)?(?=\s|,)",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"\b(?P<record>all-time|record|life-?time)(?:[\s-](?P<closing>closing|close|intraday|trading))?"
    r"[\s-](?P<noun>highs?|lows?|peaks?|close)\b",
    re.IGNORECASE,
)
_RECORD_MOVE = re.compile(rf"\brecord(?P<modifiers>(?:\s+{_MODIFIER}){{0,2}})\s+(?P<noun>{_NOUN})\b", re.IGNORECASE)
_SPANNED = re.compile(
    rf"(?<![/\d.-])\b(?P<count>\d+(?:[\s-]1/2)?|{either(' '.join(ONES[:19]))})(?P<half>-and-a-half)?"
    r"[\s-](?P<unit>day|week|month|year|decade)(?P<half2>-and-a-half)?"
    r"[\s-](?:(?P<closing>closing|intraday|trading)\s+)?(?P<noun>high|low|peak|trough)s?\b",
    re.IGNORECASE,
)
_OF_THE = re.compile(r"\b(?P<noun>high|low)s?(?=\s+(?:of|for)\s+the\s+(?:year|month|quarter|week)\b)", re.IGNORECASE)


SUPERLATIVES = Battery([_MOVE, _MOST, _LEVEL, _RECORD, _RECORD_MOVE, _SPANNED, _OF_THE])
"""What every superlative begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A superlative as its words give it; ``thing`` is what they name themselves: "the biggest drop in oil prices".
    ``direction`` is None where only the move tells it: "rose 5 percent, the most since May"."""

    start: int
    end: int
    extreme: Extreme
    direction: Direction | None
    compared: Compared | None
    rank: int
    reach: Reach
    thing: Candidate | None = None


def find_phrases(stage: Stage, day: date | None) -> Iterator[Phrase]:
    """The superlatives of a sentence, some of them inside others; ``day`` is that from which the story looks back."""
    text, start, end = stage.scene.text, stage.scene.start, stage.scene.end
    matches: dict[re.Pattern[str], list[re.Match[str]]] = defaultdict(list)
    for _, match in SUPERLATIVES.matches(text, start, end):
        matches[match.re].append(match)
    for match in matches[_MOVE]:
        thing = thing_at(stage, match.end())
        reach = read_reach(text, thing.end if thing is not None else match.end(), end, day)
        if reach and (phrase := _of_move(match, reach)):
            yield replace(phrase, thing=thing)
    for match in matches[_MOST]:
        if reach := read_reach(text, match.end(), end, day):
            at = match.start("adjective")
            yield Phrase(start=at, end=reach.end, extreme="biggest", direction=None, compared=None, rank=1, reach=reach)
    for match in matches[_LEVEL]:
        if match["adjective"].lower() in ("best", "worst") and not match["noun"]:
            continue  # "the Dow's worst since 2008" may be a day, a week or a level
        if reach := read_reach(text, match.end(), end, day):
            yield _of_level(match, reach, match["noun"] or match["basis"] or "")
    for match in matches[_RECORD]:
        yield _of_level(match, Reach(kind="ever", end=match.end()), f"{match['closing'] or ''} {match['noun']}")
    for match in matches[_RECORD_MOVE]:
        if phrase := _of_move(match, Reach(kind="ever", end=match.end())):
            yield replace(phrase, thing=thing_at(stage, match.end()))
    for match in matches[_SPANNED]:
        since = ago(day, counted(match), match["unit"].lower()) if day is not None else None
        yield _of_level(
            match,
            Reach(kind="since", end=match.end(), since=since, counted=True),
            f"{match['closing'] or ''} {match['noun']}",
        )
    for match in matches[_OF_THE]:
        if reach := read_reach(text, match.end(), end, day):
            yield _of_level(match, reach, match["noun"])


def _of_move(match: re.Match[str], reach: Reach) -> Phrase | None:
    """A superlative of a move; None where nothing says which way it went."""
    groups = match.groupdict()
    adjective, noun = (groups.get("adjective") or "biggest").lower(), groups["noun"].lower()
    side = _side(adjective, noun)
    if side is None or noun in ("level", "close"):
        return None
    stated: list[Compared | None] = [
        COMPARED[word] for word in (groups["modifiers"] or "").lower().split() if word in COMPARED
    ]
    if groups.get("in"):
        stated = [COMPARED.get((groups["unit"] or "").lower())]
    elif not stated and noun in COMPARED:
        stated = [COMPARED[noun]]
    return Phrase(
        start=match.start(),
        end=reach.end,
        extreme="smallest" if adjective in SMALLEST else "biggest",
        direction=side,
        compared=stated[0] if stated else None,
        rank=ORDER[groups["nth"].lower()] if groups.get("nth") else 1,
        reach=reach,
    )


def _side(adjective: str, noun: str) -> Direction | None:
    if noun in UPWARD:
        return "up"
    if noun in DOWNWARD:
        return "down"
    return "up" if adjective in GOOD else "down" if adjective in BAD else None


def _of_level(match: re.Match[str], reach: Reach, noun: str) -> Phrase:
    groups = match.groupdict()
    word = (groups.get("adjective") or groups["noun"]).lower()
    high = word in HIGHEST or word.startswith(("high", "peak", "close"))
    closing = any(part in noun.lower() for part in ("clos", "finish", "settlement")) or bool(groups.get("basis"))
    return Phrase(
        start=match.start(),
        end=reach.end,
        extreme="highest" if high else "lowest",
        direction="up" if high else "down",
        compared="close" if closing else "level",
        rank=1,
        reach=reach,
    )
