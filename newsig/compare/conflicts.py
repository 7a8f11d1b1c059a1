"""Claims of one article that cannot all be true.

Three ways of disagreeing, from plain to worked out:

============== =======================================================================================================
``figures``    two figures for one move, or one level, whose bands (`newsig.compare.figures`) have nothing in common
``directions`` the same, where one says up and the other down, or one that nothing moved
``arithmetic`` a level and two accounts of the way to it (so many points, so many percent, from such a level) that
               start from different closes
============== =======================================================================================================

Extraction misreads a story far more often than a writer contradicts himself, so a figure counts only where nothing
speaks against its reading: what happened is told of an index, a fund, a share or a yield that is named beside it, over
a known window, and no other time, no bound and no other name stands in its sentence before it. Figures from before the
close are left out, since the close may well differ from them; so are things that have several prices a day
(currencies, futures, crypto assets), and prices in money, which stories go on quoting after the close.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import Literal

from newsig.compare.figures import REVISED, Band, band, printed, widened
from newsig.compare.levels import level_band
from newsig.compare.moves import YIELDS, is_yield
from newsig.compare.windows import A_DAY
from newsig.compare.wording import sentence_at
from newsig.records import Claim, Findings

ConflictKind = Literal["figures", "directions", "arithmetic"]

MOVES = ("percent", "points", "bp")
"""Units of moves that are compared; multiples and fractions are rounded too freely."""

LEVELS = ("index", "percent_a_year")

SEVERAL_PRICES = ("=X", "=F", "-USD")
"""What the symbols of things end with that have no price which all stories share."""

AHEAD = 30
"""Characters behind a figure in which its time may stand."""

OTHER_TIMES = re.compile(
    r"\b(?:week(?:ly|s)?|month(?:ly|s)?|quarter(?:ly|s)?|year(?:ly|s)?|decades?|january|february|march|april|may|june"
    r"|july|august|september|october|november|december|earlier|previous(?:ly)?|peak|high|low|worst|best|morning"
    r"|afternoon|midday|noon|open(?:ing|ed)?|intraday|pre-?market|after-hours|electronic|extended|futures|had|briefly"
    r"|at (?:one|some) (?:point|stage)|(?:days?|sessions?) (?:after|before|earlier|ago)|late|since|so far|average|times"
    r"|initial(?:ly)?|records?|corrections?|below|above|levels?|approach(?:ed|ing)|vs"
    r"|(?:1[0-2]|[1-9])(?::\d\d)? ?(?:[ap]\.m|[ap]m|o['’]clock))\b",
    re.IGNORECASE,
)
"""Words that say another time than that of the day's close, or a price of another kind."""


A_HEADLINE = re.compile(r"\b[A-Z]{2,}(?: [A-Z0-9&]{2,}){2,}")
"""A line in capitals within a story, which says what the section below it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Claims of one article that cannot all be true, in the order of the text, and why, in words of a person."""

    kind: ConflictKind
    claims: tuple[Claim, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class _Start:
    """The closes from which a move may have started, and the claims that say so."""

    low: float
    high: float
    claims: tuple[Claim, ...]


def conflicts(findings: Findings, text: str) -> list[Conflict]:
    """The conflicts among the claims of one article, in the order of its text.

    ``text`` is the article's own. A figure that is told twice is held against others once.
    """
    told = [claim for claim in findings.claims if _tells(claim) and _is_clear(claim, findings, text)]
    moves = _distinct(claim for claim in told if claim.measure != "level")
    levels = _distinct(claim for claim in told if claim.measure == "level")
    apart = [pair for pair in (*_pairs(moves), *_pairs(levels)) if not _in_one_sentence(*pair, text)]
    beside = [(move, level) for level in levels for move in moves if _leads_to(move, level, text)]
    found = [*_of_figures(apart), *_of_ways(beside, levels)]
    return sorted(found, key=lambda conflict: [claim.start for claim in conflict.claims])


def _tells(claim: Claim) -> bool:
    """Whether the claim says what one price did, or where it stood, at the close of a known session."""
    if claim.modality != "actual" or claim.symbol is None or claim.end_date is None or claim.timing == "intraday":
        return False
    if claim.symbol.endswith(SEVERAL_PRICES) or claim.comparator == "<=" or claim.period_basis == "assumed":
        return False
    if claim.measure == "level":
        return claim.unit in LEVELS
    known = claim.base_date is not None and claim.base_date < claim.end_date
    return known and claim.measure in ("price", "yield") and claim.unit in MOVES


def _is_clear(claim: Claim, findings: Findings, text: str) -> bool:
    """Whether the sentence leaves no doubt of what the figure is about and of when."""
    if claim.subject is None:
        return False
    named = [one for one in findings.mentions if one.start < claim.subject.end and claim.subject.start < one.end]
    start, end = sentence_at(text, claim.start)
    first, last = sorted((claim.subject.end, claim.start))
    between = [one for one in findings.mentions if first <= one.start < last and one.symbol != claim.symbol]
    if not any(one.symbol == claim.symbol for one in named) or between or claim.subject.start < start:
        return False
    around = _without(text[start : min(end, claim.end + AHEAD)], claim.period.text if claim.period else "")
    if A_HEADLINE.search(text[start:end]):
        return False
    return ";" not in text[first:last] and not OTHER_TIMES.search(around) and not A_DAY.search(around)


def _without(words: str, period: str) -> str:
    """The words without those that state the claim's own time, wherever it is said again."""
    return re.sub(re.escape(period), " ", words, flags=re.IGNORECASE) if period else words


def _in_one_sentence(one: Claim, other: Claim, text: str) -> bool:
    """Nobody contradicts himself in one breath: there two figures are of two times or two things."""
    return sentence_at(text, one.start) == sentence_at(text, other.start)


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    told: dict[object, Claim] = {}
    for claim in claims:
        told.setdefault((*_of_what(claim), claim.value, claim.direction, claim.comparator), claim)
    return list(told.values())


def _of_what(claim: Claim) -> tuple[object, ...]:
    return claim.symbol, claim.measure, claim.unit, claim.base_date, claim.end_date


def _pairs(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    groups: defaultdict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[_of_what(claim)].append(claim)
    for group in groups.values():
        yield from combinations(group, 2)


def _of_figures(pairs: Iterable[tuple[Claim, Claim]]) -> Iterator[Conflict]:
    for one, other in pairs:
        if _meet(_allowed(one), _allowed(other)):
            continue
        opposed = one.measure != "level" and one.direction != other.direction
        when = (
            f"on {one.end_date}" if one.measure == "level" else f"from the close of {one.base_date} to {one.end_date}"
        )
        yield Conflict(
            kind="directions" if opposed else "figures",
            claims=(one, other),
            reason=f"{_words(one)} and {_words(other)} {when}",
        )


def _of_ways(beside: Iterable[tuple[Claim, Claim]], levels: Sequence[Claim]) -> Iterator[Conflict]:
    """Accounts of the way to one level that start from different closes."""
    starts: defaultdict[tuple[int, date | None], list[_Start]] = defaultdict(list)
    for move, level in beside:
        if start := _start(move, level):
            starts[level.start, move.base_date].append(start)
    for (_, base), known in starts.items():
        level = known[0].claims[0]
        told = [_Start(*_allowed(one), (one,)) for one in levels if _is_base(one, level, base)]
        for one, other in combinations([*known, *told], 2):
            if not _meet((one.low, one.high), (other.low, other.high)) and not _alike(one, other):
                yield _of_starts(one, other)


def _is_base(one: Claim, level: Claim, base: date | None) -> bool:
    return one.symbol == level.symbol and one.unit == level.unit and one.end_date == base


def _alike(one: _Start, other: _Start) -> bool:
    """Whether the two differ in figures of one kind, which is told without any arithmetic."""
    return one.claims[-1].unit == other.claims[-1].unit


def _of_starts(one: _Start, other: _Start) -> Conflict:
    claims = sorted({claim.start: claim for claim in (*one.claims, *other.claims)}.values(), key=lambda it: it.start)
    ways = " but ".join(f"{_way(start)} {_range(start.low, start.high)}" for start in (one, other))
    return Conflict(kind="arithmetic", claims=tuple(claims), reason=ways)


def _way(start: _Start) -> str:
    if len(start.claims) == 1:
        return f"at {start.claims[0].text} before, that is"
    level, move = start.claims
    return f"{_words(move)} to {level.text} starts from"


def _leads_to(move: Claim, level: Claim, text: str) -> bool:
    """Whether the move is told beside the level, as the way to it, in a unit that has a meaning for it."""
    of_yield = level.unit == "percent_a_year"
    same = move.symbol == level.symbol and move.end_date == level.end_date and is_yield(move) == of_yield
    return same and (of_yield or move.unit != "bp") and _in_one_sentence(move, level, text)


def _start(move: Claim, level: Claim) -> _Start | None:
    """Where a move that led to a level started; None where its unit says nothing about that."""
    if move.unit == "percent" and (is_yield(move) or level.symbol in YIELDS):
        return None
    ends, moved = _allowed(level), _moved(move, level.value)
    if move.unit == "percent":
        if moved[0] <= -100:
            return None
        found = [end / (1 + by / 100) for end, by in product(ends, moved)]
    else:
        share = 0.01 if move.unit == "bp" else 1.0
        found = [end - by * share for end, by in product(ends, moved)]
    return _Start(min(found), max(found), (level, move))


def _moved(claim: Claim, level: float = 0.0) -> Band:
    """The moves that a figure allows, downwards below zero, with the room that rounding may need."""
    low, high = widened(claim, band(claim, claim.value / 100), level)
    return (-high, -low) if claim.direction == "down" else (low, high)


def _allowed(claim: Claim) -> Band:
    """What a figure leaves open: a move or a level."""
    if claim.measure != "level":
        return _moved(claim)
    low, high = level_band(claim)
    slack = max(printed(claim.text, claim.value).place, REVISED * claim.value)
    return low - slack, high + slack


def _meet(one: Band, other: Band) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _words(claim: Claim) -> str:
    """A claim's figure with its way, as its story has it: "up about 3 percent", "at 5,588.27"."""
    if claim.measure == "level":
        return f"at {claim.text}"
    hedge = f"{claim.hedge} " if claim.hedge and claim.hedge not in claim.text else ""
    return f"{claim.direction} {hedge}{claim.text}"


def _range(low: float, high: float) -> str:
    return f"{low:,.2f}" if f"{low:.2f}" == f"{high:.2f}" else f"{low:,.2f} to {high:,.2f}"
