"""Which way a number points: the verb, adverb or noun that governs it, if any does."""

from __future__ import annotations

import re
from dataclasses import replace

from newsig.extract.claims.movers import AFTER_ONLY, Move, side_of, word_move
from newsig.extract.claims.scene import Scene
from newsig.extract.claims.standing import is_level, is_pace
from newsig.extract.lexicon import (
    DOWN_ADVERBS,
    DOWN_NOUNS,
    DOWN_VERBS,
    UP_ADVERBS,
    UP_NOUNS,
    UP_VERBS,
    words,
)
from newsig.extract.numbers import Number, hedge_before

__all__ = ["Move", "find_move", "why_none"]

REACH = 9
"""How many words a verb may stand before its number."""
LONG_REACH = 18
"""How many where "by" stands before the number: "cut its forecast for sales in the region this year by 2 percent"."""
CLOSING = words("""
    of in on at to for from with by after before over under between as than since during and or but while which that if
    when the a an its it is was last this
""")
"""Words behind a number after which no noun or adverb is its own any more."""
ENDING = CLOSING | UP_VERBS | DOWN_VERBS
"""The same with the verbs of a move."""
BREAKS = words("; : while but whereas although though ” “")
LISTING = words(", and then after compared with against versus a by")
"""What may stand between two numbers of one list, dates apart."""
JOINING = words("; , and while but")
FACTS_NOT_MOVES = words("""
    own owns owned hold holding holds held represents represented accounts accounted priced yielding yields controls
""")
INFINITIVE_LEADS = words("to will would could may might")
_LINK = re.compile(
    r"^[\s,(;–—-]*+(?:(?:or|and|which is|that is|equivalent to|equal to|i\.e\.)\s*)?"
    r"(?:(?:about|around|nearly|almost|roughly|some|just|a|more than|over)\s*)*[+(]?\s*$",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:expectations?|forecasts?|estimates?|consensus|projections?|predictions?)\b[^,;]{0,30}"
    r"\b(?:of|for)\s+(?:an?\s+|about\s+)*$"
    r"|\bfrom an? (?:initial|earlier|previous) (?:forecast|estimate|reading) of\s+$",
    re.IGNORECASE,
)
_GROWTH_AT = re.compile(
    r"\b(?P<growth>growth|inflation)(?:\s+rate)?\s+(?:(?:of|at|to|was|is|were|be|been|have|has|had|seen|expected|forecast|projected"
    r"|rate|pace|estimated|running|come|came|reach|reached|hit|slowed|cooled|eased|slow|cool|accelerated|quickened|picked|up|down"
    r"|around|about|nearly|almost|only|just|an?|annual|below|above|more|less|than|well|trend|will|would|could|may|should"
    r"|average|averaged|averaging|roughly|some),?\s+)+$",
    re.IGNORECASE,
)
"""A figure of growth is a move upwards, whatever growth itself did: "growth slowed to 2 percent"."""
_NOUN = "|".join(sorted(UP_NOUNS | DOWN_NOUNS))
_TOTAL = re.compile(
    r"\b(?:bring\w*|brought|tak\w+|took|extend\w*|widen\w*|par(?:ed|ing)|trim\w*|cut\w*|narrow\w*|reduc\w+|swell\w*)\s+"
    rf"(?:[\w’']+\s+){{0,4}}?(?P<noun>{_NOUN})\b[^.;,]{{0,40}}?\s+to\s+(?:[a-z]+\s+){{0,2}}$"
    rf"|\b(?P<noun2>{_NOUN})\b[^.;,]{{0,40}}?\s(?:came|comes|amounts|amounted)\s+to\s+(?:[a-z]+\s+){{0,2}}$",
    re.IGNORECASE,
)
"""A move that a later one added up to: "brought its advance this year to 27 percent", "pared losses to 0.5 percent"."""
_WITHIN = re.compile(r"\bwithin\b")
_OF_PEAK = re.compile(r"\s+of\s+(?:its|the|their|an?)\s+(?:[\w-]+\s+){0,4}?(?:high|highs|peak|record|top)\b")
"""A distance from a peak: "within 80 points of its record high"."""
_RANKED = re.compile(
    r",?\s+(?:is|was|ranks|marks?|makes|would\s+be)\b[^.;]{0,60}?"
    rf"\b(?:largest|biggest|worst|best|steepest|sharpest|greatest|smallest)\b[^.;]{{0,40}}?\b(?P<noun>{_NOUN})\b",
    re.IGNORECASE,
)
"""A figure told by its rank: "that, at 7 percent, is the index's ninth largest fall"."""
_ELSEWHERE = re.compile(
    r"\s+(?:in|for|at|among)\s+(?:the\s+)?[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3}(?:,\s+|,?\s+and\s+)"
)
"""Between two figures of one thing in two places: "3.7 percent in Michigan, 3.6 percent in California"."""
_BARE_ITEM = re.compile(r"(?:\s*\([^)]*\))?\s*,?\s+(?:by\s+)?(?:an?\s+)?", re.IGNORECASE)
"""What stands between the name of an item whose verb is left out and its number."""
_TAKEN = re.compile(
    r"\b(?:took|takes?|taking|taken|knock\w*|wip\w+|shav\w+|sliced?|slicing|lopped|chopped|shed|stripped|erased?)\s+"
    r"(?:(?:as\s+much\s+as|about|more\s+than|nearly|almost|another|some|an?|combined|over)\s+){0,4}$",
    re.IGNORECASE,
)
_OFF = re.compile(r"\s+(?P<off>off(?:\s+of)?|from)\s+", re.IGNORECASE)
_COST = re.compile(r"\bcosts?\s+(?:the\s+)?[A-Z][\w&.’' -]{1,40}\s+(?:\w+\s+){0,2}$")
"""Together with a name: "the outage cost Intel 3 percent"."""
_FEWER = re.compile(r"\s+(?P<where>more|fewer|less)\s+(?!than\b)(?P<what>[a-z][\w-]*)", re.IGNORECASE)
"""Of counted things: "delivered 4 percent fewer cars"."""
_RESTATED_THEN = re.compile(
    r"[\s,(]*or\s+(?:about\s+|nearly\s+|almost\s+)?[\d.,]+\s*(?:percent|per\s+cent|pct|%|points?)[\s,)]*"
    r"(?P<where>higher|lower|up|down)\b",
    re.IGNORECASE,
)
"""The same move again, and only then where it went: "ended 152.50 points, or 1.21 percent, higher"."""
_OVER_A_YEAR = re.compile(
    r"\s+(?:year[\s-](?:on|over)[\s-]year|from\s+a\s+year|over\s+the\s+year|on\s+the\s+year)", re.IGNORECASE
)
"""Behind inflation: a change; without it, a level."""
_MORE_THAN = re.compile(r"\s+(?:more|less|larger|bigger|higher|faster|as)\b")
"""Behind a multiple: a comparison, not a change."""
_RESTATING = re.compile(r"\bor\b|\(")


def find_move(scene: Scene, number: Number, previous: tuple[Number, Move] | None) -> Move | None:
    """What governs a number; None where the number states no change."""
    left = _left_edge(scene, number)
    growth = _GROWTH_AT.search(scene.text, max(scene.start, left - 70), left) if number.unit == "percent" else None
    if growth and (growth["growth"].lower() == "growth" or _OVER_A_YEAR.match(scene.text, number.end)):
        return Move(direction=number.sign or "up", how="noun", start=growth.start("growth"), end=growth.end("growth"))
    within = _WITHIN.search(scene.text, max(scene.start, left - 10), number.start)
    if within is not None and _OF_PEAK.match(scene.text, number.end):
        return Move(direction="down", how="adverb", start=within.start(), end=within.end())
    if (total := _TOTAL.search(scene.text, max(scene.start, left - 120), left)) is not None:
        return _noun_move(total, "noun" if total["noun"] else "noun2")
    ranked = _RANKED.match(scene.text, number.end, scene.end)
    if ranked is not None and scene.text[:left].endswith(" at "):
        return _noun_move(ranked, "noun")
    if (cost := _COST.search(scene.text, max(scene.start, left - 60), left)) is not None:
        return Move(direction="down", how="verb", start=cost.start(), end=cost.start() + 4)
    off = _OFF.match(scene.text, number.end)
    if off is not None and _TAKEN.search(scene.text, max(scene.start, left - 40), left):
        return Move(direction="down", how="taken", start=off.start("off"), end=off.end("off"))
    if is_level(scene, number, left):
        return None
    if number.unit == "times" and _MORE_THAN.match(scene.text, number.end):
        return None
    if number.unit == "times" and number.sign:
        return Move(direction=number.sign, how="verb", start=number.start, end=number.end)
    if number.unit == "percent" and (counted := _FEWER.match(scene.text, number.end)) is not None:
        up = counted["where"].lower() == "more"
        return Move(
            direction="up" if up else "down", how="counted", start=counted.start("what"), end=counted.end("what")
        )
    if is_pace(scene, number, left) and (slowed := _before(scene, number, left, previous)) is not None:
        return replace(slowed, direction="up")
    behind = _after(scene, number)
    if behind is not None and behind.how == "adverb" and scene.text[behind.start : behind.end].lower() in AFTER_ONLY:
        return behind
    if (
        previous is not None
        and previous[0].end <= number.start
        and _LINK.match(scene.text[previous[0].end : number.start])
        and _restates(scene, number, previous[0])
    ):
        return Move(direction=previous[1].direction, how="shared", start=previous[1].start, end=previous[1].end)
    move = behind or _before(scene, number, left, previous)
    if move is None and (further := _RESTATED_THEN.match(scene.text, number.end)) is not None:
        up = further["where"].lower() in UP_ADVERBS
        where = further.span("where")
        return Move(direction="up" if up else "down", how="adverb", start=where[0], end=where[1])
    if move is None and number.sign and number.unit != "times":
        return Move(direction=number.sign, how="sign", start=number.start, end=number.end)
    if (
        move is None
        and previous is not None
        and _EXPECTED.search(scene.text, max(scene.start, number.start - 70), number.start)
    ):
        return Move(direction=previous[1].direction, how="shared", start=previous[1].start, end=previous[1].end)
    return move


def why_none(scene: Scene, number: Number) -> str:
    """Why a number states no move, in words of a person."""
    if is_level(scene, number, _left_edge(scene, number)):
        return "stands for a level, a share or a chance"
    if number.unit == "times" and _MORE_THAN.match(scene.text, number.end):
        return "compares, and states no change"
    return "no word of direction governs it"


def _noun_move(match: re.Match[str], group: str) -> Move:
    up = match[group].lower() in UP_NOUNS
    return Move(direction="up" if up else "down", how="noun", start=match.start(group), end=match.end(group))


def _restates(scene: Scene, number: Number, earlier: Number) -> bool:
    """Whether a number linked to the one before it gives the same move in another unit; "3 percent and 4 percent"
    are two moves."""
    link = scene.text[earlier.end : number.start].lower()
    return number.unit != earlier.unit or _RESTATING.search(link) is not None


def _left_edge(scene: Scene, number: Number) -> int:
    """Where the number begins with its sign and hedges."""
    hedge = hedge_before(scene.text, number.start)
    return max(scene.start, hedge[2] if hedge else number.start)


def _after(scene: Scene, number: Number) -> Move | None:
    """A noun or adverb behind the number: "a 9% stock sell-off", "6.62% lower"."""
    place = scene.index_before(number.end) + 1
    for step, word in enumerate(scene.words[place : place + 5]):
        if word.lower == "-" and step == 0:
            continue
        if (
            word.lower == ","
            and step == 0
            and place + 1 < len(scene.words)
            and scene.words[place + 1].lower in ("higher", "lower")
        ):
            adverb = scene.words[place + 1]  # "$2.09, or 2.6 percent, higher"
            return Move(
                direction="up" if adverb.lower == "higher" else "down", how="adverb", start=adverb.start, end=adverb.end
            )
        if (side := side_of(word.lower, UP_NOUNS, DOWN_NOUNS)) and not _verbal(scene, place + step):
            return Move(direction=side, how="noun", start=word.start, end=word.end)
        if step == 0 and (side := side_of(word.lower, UP_ADVERBS, DOWN_ADVERBS)):
            return Move(direction=side, how="adverb", start=word.start, end=word.end)
        if not word.lower[0].isalpha() or word.lower in ENDING:
            return None
    return None


def _verbal(scene: Scene, place: int) -> bool:
    """Whether a word that can be a noun ("rise", "drop", "cut") is used as a verb here: "to rise"."""
    word = scene.words[place]
    return word.start in scene.verbs and place > 0 and scene.words[place - 1].lower in INFINITIVE_LEADS


def _before(scene: Scene, number: Number, left: int, previous: tuple[Number, Move] | None) -> Move | None:
    """The nearest word of direction to the left, with nothing in between that would cut it off."""
    place = scene.index_before(left)
    stop = previous[0].end if previous else scene.start
    if previous is not None and _elided(scene, number, left, previous[0]):
        return Move(direction=previous[1].direction, how="listed", start=previous[1].start, end=previous[1].end)
    mention_between = False
    commas = 0
    by = scene.text.endswith(" by ", 0, left)
    for step in range(LONG_REACH if by else REACH):
        at = place - step
        if at < 0 or scene.words[at].start < scene.start:
            break
        word = scene.words[at]
        if word.end <= stop:
            break
        if found := word_move(scene, at):
            return found
        if word.lower in BREAKS or word.lower in FACTS_NOT_MOVES:
            return None
        commas += word.lower == ","
        if commas > 1 or (word.lower == "," and step > 4 and word.end > stop):
            break
        mention_between = mention_between or any(
            c.start <= word.start < c.end and c.kind not in ("pronoun", "price", "fundamental", "other")
            for c in scene.candidates
        )
    again = (
        by and previous is not None and scene.text.endswith(" by ", 0, previous[0].start)
    )  # "and that also by 2 percent"
    if previous is not None and (again or mention_between or _listed(scene, number, left, previous[0])):
        return Move(direction=previous[1].direction, how="listed", start=previous[1].start, end=previous[1].end)
    return None


def _elided(scene: Scene, number: Number, left: int, earlier: Number) -> bool:
    """Whether the verb of the figure before is meant again: "The S&P 500 added 3 percent; the Nasdaq, 8"."""
    named = [c for c in scene.candidates if earlier.end <= c.start and c.end <= left and c.kind != "pronoun"]
    verbs = [verb for verb in scene.verbs if earlier.end <= verb < left]
    if earlier.unit != number.unit or any(not any(c.start <= verb < c.end for c in named) for verb in verbs):
        return False
    if not named or not _BARE_ITEM.fullmatch(scene.text[named[-1].end : left]):
        return False
    lead = scene.between(earlier.end, named[0].start)
    joined = next((at for at, word in enumerate(lead) if word.lower in JOINING), -1)
    lead = lead[joined + 1 :]
    return len(lead) <= 6 and not any(word_move(scene, scene.index_before(word.end)) for word in lead)


def _listed(scene: Scene, number: Number, left: int, earlier: Number) -> bool:
    """Whether the number goes on with a list: "1.4 percent on Tuesday and 0.4 percent on Monday"."""
    if earlier.unit != number.unit:
        return False
    dated = {word for p in scene.periods for word in scene.between(p.start, p.end)}
    if _ELSEWHERE.fullmatch(scene.text[earlier.end : left]):
        return True
    gap = [word for word in scene.between(earlier.end, left) if word not in dated]
    return all(word.lower in LISTING for word in gap)
