"""Which way a number points: the verb, adverb or noun that governs it, if any does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsig.extract.claims.scene import Scene, Word
from newsig.extract.lexicon import (
    AMBIGUOUS_WITHOUT_PARTICLE,
    DIRECTION_PARTICLES,
    DOWN_ADVERBS,
    DOWN_NOUNS,
    DOWN_VERBS,
    FLAT_WORDS,
    NOT_A_MOVE_AFTER,
    UP_ADVERBS,
    UP_NOUNS,
    UP_VERBS,
    words,
)
from newsig.extract.numbers import Number, hedge_before
from newsig.records import Direction

REACH = 9
"""How many words a verb may stand before its number."""
AFTER_ONLY = words("above below ahead stronger weaker softer firmer")
"""Adverbs that say where a number points only from behind it: "2 percent above"."""
LEVEL_NOUNS = words("level levels mark barrier threshold milestone handle")
SHARE_NOUNS = words("stake chance probability stakes holding")
CLOSING = words("""
    of in on at to for from with by after before over under between as than since during and or but while which that if
    when the a an its it is was last this
""")
"""Words behind a number after which no noun or adverb is its own any more."""
BREAKS = words("; : while but whereas although though ” “")
LISTING = words(", and then after compared with against versus a by")
"""What may stand between two numbers of one list, dates apart."""
FACTS_NOT_MOVES = words("""
    own owns owned holds held represents represented accounts accounted priced yielding yields controls
""")
PARTICLE_VERBS = words("make made makes set sets take took run start buy bought snap snapped")
"""Verbs with which "up" and "down" mean something else: "made up", "set up", "bought up"."""
INFINITIVE_LEADS = words("to will would could may might")
NOUN_LEADS = words("a an the its their of big sharp further early")
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
_TO_LEVEL = re.compile(r"\b(?:to|at|from|than)\s+(?:the\s+|an?\s+|its\s+|only\s+|just\s+)*$", re.IGNORECASE)
_LEVEL_OF = re.compile(
    r"\b(?:value|level|price|rate|total|yield|high|low|peak|close|probability|chance|stake|range|band)"
    r"\s+of\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
_RESTATING = re.compile(r"\bor\b|\(")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The word that says where a number points.

    ``how`` is ``verb``, ``adverb`` or ``noun`` for a word of its own, ``shared`` where the number restates the one
    before it ("7.15 points, or 0.06 percent"), ``listed`` where it continues a list ("and Citigroup 4%"), ``sign``
    where the number itself says so.
    """

    direction: Direction
    how: str
    start: int
    end: int


def find_move(scene: Scene, number: Number, previous: tuple[Number, Move] | None) -> Move | None:
    """What governs a number; None where the number states no change."""
    left = _left_edge(scene, number)
    if _is_level(scene, number, left):
        return None
    if number.unit == "times" and number.sign:
        return Move(direction=number.sign, how="verb", start=number.start, end=number.end)
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
    if move is None and number.sign and number.unit != "times":
        return Move(direction=number.sign, how="sign", start=number.start, end=number.end)
    if (
        move is None
        and previous is not None
        and _EXPECTED.search(scene.text, max(scene.start, number.start - 70), number.start)
    ):
        return Move(direction=previous[1].direction, how="shared", start=previous[1].start, end=previous[1].end)
    return move


def _restates(scene: Scene, number: Number, earlier: Number) -> bool:
    """Whether a number linked to the one before it gives the same move in another unit; "3 percent and 4 percent"
    are two moves."""
    link = scene.text[earlier.end : number.start].lower()
    return number.unit != earlier.unit or _RESTATING.search(link) is not None


def _left_edge(scene: Scene, number: Number) -> int:
    """Where the number begins with its sign and hedges."""
    hedge = hedge_before(scene.text, number.start)
    return max(scene.start, hedge[2] if hedge else number.start)


def _is_level(scene: Scene, number: Number, left: int) -> bool:
    """Whether the number is a level or a share of something: "to 5 percent", "a 3 percent stake", "9% of sales"."""
    after = scene.between(number.end, min(scene.end, number.end + 60))
    follower = after[0].lower if after else ""
    if follower in LEVEL_NOUNS or (follower == "-" and len(after) > 1 and after[1].lower in LEVEL_NOUNS):
        return True
    if follower in NOT_A_MOVE_AFTER or (len(after) > 1 and after[1].lower in SHARE_NOUNS):
        return True
    if follower == "of" and not _loses_value(after):
        return not _adjacent_verb(scene, left) or any(word.lower in UP_NOUNS | DOWN_NOUNS for word in after[1:5])
    before = scene.text[max(scene.start, left - 40) : left]
    return bool(_TO_LEVEL.search(before) or _LEVEL_OF.search(before))


def _loses_value(after: Sequence[Word]) -> bool:
    return any(word.lower in ("value", "worth") for word in after[1:5])


def _adjacent_verb(scene: Scene, left: int) -> bool:
    at = scene.index_before(left)
    return at >= 0 and scene.words[at].lower in (UP_VERBS | DOWN_VERBS) - {"own", "cut", "shed"}


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
        if (side := _side(word.lower, UP_NOUNS, DOWN_NOUNS)) and not _verbal(scene, place + step):
            return Move(direction=side, how="noun", start=word.start, end=word.end)
        if step == 0 and (side := _side(word.lower, UP_ADVERBS, DOWN_ADVERBS)):
            return Move(direction=side, how="adverb", start=word.start, end=word.end)
        if not word.lower[0].isalpha() or word.lower in CLOSING or word.lower in UP_VERBS | DOWN_VERBS:
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
    mention_between = False
    commas = 0
    for step in range(REACH):
        at = place - step
        if at < 0 or scene.words[at].start < scene.start:
            break
        word = scene.words[at]
        if word.end <= stop:
            break
        if found := _word_move(scene, at):
            return found
        if word.lower in BREAKS or word.lower in FACTS_NOT_MOVES:
            return None
        commas += word.lower == ","
        if commas > 1 or (word.lower == "," and step > 0 and word.end > stop and step > 4):
            break
        mention_between = mention_between or any(
            c.start <= word.start < c.end and c.kind not in ("pronoun", "price", "fundamental", "other")
            for c in scene.candidates
        )
    if previous is not None and (mention_between or _listed(scene, number, left, previous[0])):
        return Move(direction=previous[1].direction, how="listed", start=previous[1].start, end=previous[1].end)
    return None


def _listed(scene: Scene, number: Number, left: int, earlier: Number) -> bool:
    """Whether the number goes on with a list: "1.4 percent on Tuesday and 0.4 percent on Monday"."""
    if earlier.unit != number.unit:
        return False
    dated = {word for p in scene.periods for word in scene.between(p.start, p.end)}
    gap = [word for word in scene.between(earlier.end, left) if word not in dated]
    return all(word.lower in LISTING for word in gap)


def _word_move(scene: Scene, at: int) -> Move | None:
    """The move that a word of direction states, with its neighbours; None where it states none."""
    word = scene.words[at]
    follower = scene.words[at + 1].lower if at + 1 < len(scene.words) else ""
    leader = scene.words[at - 1].lower if at else ""
    if (phrase := DIRECTION_PARTICLES.get(f"{leader} {word.lower}")) is not None:
        return Move(
            direction="up" if phrase == "up" else "down", how="verb", start=scene.words[at - 1].start, end=word.end
        )
    if word.lower in AMBIGUOUS_WITHOUT_PARTICLE:
        return None
    if word.lower in FLAT_WORDS:
        return Move(direction="flat", how="adverb", start=word.start, end=word.end)
    if word.lower not in AFTER_ONLY and (side := _side(word.lower, UP_ADVERBS, DOWN_ADVERBS)):
        if word.lower == "off" and follower in ("the", "a", "an", "its"):
            return None
        if word.lower in ("up", "down") and leader in PARTICLE_VERBS:
            return None
        return Move(direction=side, how="adverb", start=word.start, end=word.end)
    is_noun = word.lower in UP_NOUNS | DOWN_NOUNS
    if (side := _side(word.lower, UP_VERBS, DOWN_VERBS)) and not (is_noun and _nominal(scene, at)):
        return Move(direction=side, how="verb", start=word.start, end=word.end)
    if is_noun and (side := _side(word.lower, UP_NOUNS, DOWN_NOUNS)):
        return Move(direction=side, how="noun", start=word.start, end=word.end)
    return None


def _nominal(scene: Scene, at: int) -> bool:
    """Whether a word that can be both ("gains", "fall") is a noun here, by the tagger and the word before it."""
    if scene.words[at].start not in scene.verbs:
        return True
    return at > 0 and scene.words[at - 1].lower in NOUN_LEADS


def _side(word: str, up: frozenset[str], down: frozenset[str]) -> Direction | None:
    if word in up:
        return "up"
    return "down" if word in down else None
