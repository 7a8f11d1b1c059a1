"""Numbers that stand for a level, a share or a chance, and move nothing: "to 5 percent", "a 3 percent stake"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsig.extract.claims.scene import Scene, Word
from newsig.extract.lexicon import DOWN_NOUNS, DOWN_VERBS, NOT_A_MOVE_AFTER, UP_NOUNS, UP_VERBS, words
from newsig.extract.numbers import Number

LEVEL_NOUNS = words("level levels mark barrier threshold milestone handle")
INDEX_LEVEL = 1000
"""From so many points on, "trading below 11,000 points" is where an index stands."""
RANGES = words("zone range band target corridor")
NOUNS = UP_NOUNS | DOWN_NOUNS
VERBS = (UP_VERBS | DOWN_VERBS) - {"own", "cut", "shed"}
SHARE_NOUNS = words("stake chance probability stakes holding")
_RATE_BEHIND = re.compile(
    r"\s+(?:(?:annual|annuali[sz]ed|yearly|monthly|quarterly|seasonally adjusted)\s+){0,2}(?:rate|pace|clip)\b",
    re.IGNORECASE,
)
_TO_A = re.compile(r"\bto\s+an?\s+(?:\w+\s+)?$")
_RATE_BEFORE = re.compile(
    r"\bat\s+an?\s+(?:(?:annual|annuali[sz]ed|yearly|monthly|revised|seasonally\s+adjusted)\s+){0,2}(?:rate|pace|clip)"
    r"\s+of\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""A rate of growth is a move: "shrank at a 3 percent annual rate"."""
_FROM_LEVEL = re.compile(r"\s+from\s+[\d.]+\s?(?:percent|%)")
_YIELDING = re.compile(r"\byield(?:s|ed|ing)?\s+(?:(?:about|around|just|some|only|over)\s+)?$", re.IGNORECASE)
_OVER_RATE = re.compile(
    r"\b(?:libor|euribor|treasur\w+|bunds?|gilts|swaps|rate|mid-?swaps)\s+(?:plus|minus)\s+$", re.IGNORECASE
)
_BEYOND = re.compile(r"\b(?:below|above|beneath|past)\s+(?:the\s+|an?\s+)?$", re.IGNORECASE)
"""A move below or above a percentage is one to a level: "the yield fell below 3 percent"."""
_HIGH_AS = re.compile(r"\bas\s+(?:high|low)\s+as\s+(?:an?\s+)?$", re.IGNORECASE)
_TO_LEVEL = re.compile(r"\b(?:to|at|from|than)\s+(?:(?:the|an?|its)\s+(?:\w+\s+)?|only\s+|just\s+)*$", re.IGNORECASE)
_LEVEL_OF = re.compile(
    r"\b(?:value|level|price|rate|total|yield|high|low|peak|close|probability|chance|stake|range|band)"
    r"\s+of\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)


def is_level(scene: Scene, number: Number, left: int) -> bool:
    """Whether the number is a level or a share of something: "to 5 percent", "a 3 percent stake", "9% of sales"."""
    after = scene.between(number.end, min(scene.end, number.end + 60))
    follower = after[0].lower if after else ""
    if _is_rate(scene, number, left) or _moves_behind(after):
        return False
    if follower in LEVEL_NOUNS or (follower == "-" and len(after) > 1 and after[1].lower in LEVEL_NOUNS):
        return True
    if follower in NOT_A_MOVE_AFTER or (len(after) > 1 and after[1].lower in SHARE_NOUNS):
        return True
    if number.joined and any(word.lower in RANGES for word in after[:5]):
        return True
    if follower == "of" and not _loses_value(after):
        return not _adjacent_verb(scene, left) or any(word.lower in NOUNS for word in after[1:5])
    if (number.hedge or "").lower() == "up to" and _FROM_LEVEL.match(scene.text, number.end):
        return True  # "its share is up to 24 percent from 23"
    before = scene.text[max(scene.start, left - 40) : left]
    if number.unit == "bp" and _OVER_RATE.search(scene.text, max(scene.start, number.start - 30), number.start):
        return True  # "Libor plus 50 basis points"
    if number.unit == "percent" and _BEYOND.search(scene.text, max(scene.start, number.start - 20), number.start):
        return True
    if number.unit == "points" and number.value >= INDEX_LEVEL and number.hedge in ("above", "below", "over", "under"):
        return True
    return any(pattern.search(before) for pattern in (_TO_LEVEL, _LEVEL_OF, _YIELDING, _HIGH_AS))


def is_pace(scene: Scene, number: Number, left: int) -> bool:
    """Whether growth came to a pace, which is a rise however it got there: "slowed to a 3.5 percent annual pace"."""
    behind = _RATE_BEHIND.match(scene.text, number.end)
    return behind is not None and _TO_A.search(scene.text, max(scene.start, left - 25), left) is not None


def _is_rate(scene: Scene, number: Number, left: int) -> bool:
    """Whether the number is the rate at which something grows: "expanded at a 2 percent annual rate"."""
    if _RATE_BEFORE.search(scene.text, scene.start, left):
        return True
    behind = _RATE_BEHIND.match(scene.text, number.end)
    return (
        behind is not None
        and re.search(r"\b(?:at|to|from)\s+(?:an?\s+(?:\w+\s+)?)?$", scene.text[scene.start : left]) is not None
    )


def _moves_behind(after: Sequence[Word]) -> bool:
    """Whether a noun of direction stands right behind: "from a 29 percent decline", "to a 3 percent gain"."""
    return bool(after) and after[0].lower in NOUNS


def _loses_value(after: Sequence[Word]) -> bool:
    return any(word.lower in ("value", "worth") for word in after[1:5])


def _adjacent_verb(scene: Scene, left: int) -> bool:
    at = scene.index_before(left)
    return at >= 0 and scene.words[at].lower in VERBS
