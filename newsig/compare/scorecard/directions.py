"""Which way a clause says that its target will go, by a small list of words; null before guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from newsig.compare.scorecard import lexicon as say
from newsig.compare.scorecard.clauses import OTHER, TARGET
from newsig.records import Direction

Told = Direction | Literal["unclear"] | None
"""The way, ``unclear`` where words of direction stand there but do not settle it, null where there are none."""

REACH = 4
"""How many words may stand between a verb and the thing it is done to, or between a noun and what it is there for."""
DENIED_WITHIN = 8
"""How many words a "not" may stand before what it denies."""
TURNED: dict[Direction, Direction] = {"up": "down", "down": "up", "flat": "flat"}
NAMES = frozenset((TARGET, OTHER))

_PHRASES: tuple[tuple[tuple[str, ...], Direction], ...] = (
    *((tuple(phrase.split()), "up") for phrase in say.UP_PHRASES),
    *((tuple(phrase.split()), "down") for phrase in say.DOWN_PHRASES),
    *((tuple(phrase.split()), "flat") for phrase in say.FLAT_PHRASES),
)
_NOUNS = say.UP_NOUNS | say.DOWN_NOUNS | say.PLURALS
_DENYING = tuple(tuple(phrase.split()) for phrase in say.NOT_PHRASES)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A word of direction: what the thing before it does (``verb``), what there is for one before or behind
    (``noun``), or what is done to one behind (``done``)."""

    at: int
    way: Direction
    kind: Literal["verb", "noun", "done"]


def told(points: Sequence[Sequence[str]]) -> Told:
    """Which way the clauses together say that `TARGET` will go.

    >>> told([(TARGET, "will", "not", "rise")]), told([(OTHER, "will", "rise", "with", TARGET)])
    ('down', None)
    """
    ways = {way for point in points if (way := _of_clause(point)) is not None}
    return ways.pop() if len(ways) == 1 else "unclear" if ways else None


def leads(points: Sequence[Sequence[str]]) -> bool:
    """Whether what is to come is said of `TARGET`, by words that tell no way: then the tone may tell it."""
    return any(_leads(point) for point in points if TARGET in point)


def overruled(before: Sequence[str]) -> bool:
    """Whether the words before a figure deny it, or give it to others: a sized move that is denied is no other one."""
    return _denials(before, len(before)) > 0 or _is_hearsay(before)


def _leads(words: Sequence[str]) -> bool:
    ahead = next((at for at, word in enumerate(words) if word in say.AHEAD), len(words))
    clear = not (say.FUNDAMENTALS | say.DOUBT | say.RELATIVE).intersection(words) and not _is_hearsay(words)
    at = words.index(TARGET)
    return clear and at < ahead and not (at and _is_described(words, at - 1))


def _of_clause(words: Sequence[str]) -> Told:
    if TARGET not in words:
        return None
    hits = [hit for hit in _hits(words) if _is_about_target(words, hit)]
    if not hits:
        return None
    if (say.DOUBT | say.RELATIVE).intersection(words) or _is_hearsay(words) or _is_conjecture(words):
        return "unclear"
    ways = {_turned(words, hit) for hit in hits}
    return ways.pop() if len(ways) == 1 else "unclear"


def _turned(words: Sequence[str], hit: _Hit) -> Told:
    """The way of a hit, turned over by what denies it; unclear where it is denied in part, or maybe not at all."""
    if say.SCANT.intersection(words[max(0, hit.at - DENIED_WITHIN) : hit.at]):
        return "unclear"
    if hit.kind == "noun" and (say.ENDING | say.NOT).intersection(words[hit.at + 1 :]):
        return "unclear"
    if hit.kind != "done" and (_is_given(words, hit) or _is_reversed(words, hit.at) or _is_of_figures(words, hit)):
        return "unclear"
    if _is_denied_aside(words, hit.at):
        return "unclear"
    bounds = [at for at in range(hit.at) if words[at] in (",", "and")]
    own = bounds[-1] if bounds and TARGET in words[bounds[-1] :] else 0
    count = _denials(words[own:], hit.at - own)
    if count and (hit.way == "flat" or say.LIMITS.intersection(words[own : hit.at + REACH])):
        return "unclear"
    if count and bounds and _denials(words[bounds[-1] :], hit.at - bounds[-1]) != count:
        return "unclear"
    return TURNED[hit.way] if count % 2 else hit.way


def _denials(words: Sequence[str], at: int) -> int:
    """How often what stands at a place is denied by the words before it."""
    before = tuple(words[max(0, at - DENIED_WITHIN) : at])
    phrases = sum(before[i : i + len(phrase)] == phrase for phrase in _DENYING for i in range(len(before)))
    return sum(word in say.NOT for word in before) + phrases


def _is_denied_aside(words: Sequence[str], at: int) -> bool:
    """Whether a "not" or "stops" before a place is of what does something: "what stops this will help"."""
    for place in range(max(0, at - DENIED_WITHIN), at):
        inner = words[place] in say.NOT_VERBS or say.RELATIVES.intersection(words[max(0, place - 2) : place])
        first = say.AHEAD.isdisjoint(words[:place]) and not say.AHEAD.isdisjoint(words[place + 1 : at])
        if words[place] in say.NOT and inner and first:
            return True
    return False


def _is_given(words: Sequence[str], hit: _Hit) -> bool:
    """Whether a rally or a fall is there already, or only thought of, and it is not told that it goes on."""
    behind = words[hit.at + 1 :]
    coming = any(word in say.COMING and "to" not in behind[at + 1 : at + 2] for at, word in enumerate(behind))
    if coming or say.LASTING.intersection(words):
        return False
    if say.AHEAD.intersection(behind) and not say.AHEAD.intersection(words[: hit.at + 1]):
        return True
    known = words[hit.at] not in say.AHEAD and words[hit.at] in _NOUNS
    return known and any(
        word in say.GIVEN and not NAMES.intersection(words[at : hit.at])
        for at, word in enumerate(words[: hit.at])
        if at >= hit.at - 2
    )


def _is_reversed(words: Sequence[str], at: int) -> bool:
    """Whether a verb before takes from a rally or a fall, or has it behind: "erase its losses"."""
    if words[at] not in _NOUNS:
        return False
    for place in range(at - 1, max(-1, at - 1 - REACH), -1):
        if words[place] in say.CAUSES or words[place] in NAMES:
            return False
        if words[place] in say.REVERSING:
            return words[place] != "end" or "up" not in words[place + 1 : place + 2]
    return False


def _is_of_figures(words: Sequence[str], hit: _Hit) -> bool:
    """Whether what moves is a figure of companies or of an economy: "a decline in earnings", "lose customers"."""
    for word in words[hit.at + 1 : hit.at + 1 + REACH]:
        if word in NAMES or word in say.CAUSES or (hit.kind == "verb" and word in say.BEHIND):
            return False
        if word in say.FUNDAMENTALS:
            return True
    return False


def _is_conjecture(words: Sequence[str]) -> bool:
    """Whether the clause only says what something could hint at, or hangs on an "until"."""
    hints = any(
        word in say.HINTING and say.PERHAPS.intersection(words[max(0, at - 2) : at]) for at, word in enumerate(words)
    )
    return hints or ("until" in words and bool(say.BREAKING.intersection(words[words.index("until") :])))


def _is_described(words: Sequence[str], at: int) -> bool:
    """Whether a moving word only says what something is like: "the falling dollar"."""
    if not words[at].endswith("ing") or words[at] not in say.UP_VERBS | say.DOWN_VERBS:
        return False
    like = NAMES | say.FUNDAMENTALS | say.RATES | {"streak"}
    return (at > 0 and words[at - 1] in say.DESCRIBED) or not like.isdisjoint(words[at + 1 : at + 2])


def _is_hearsay(words: Sequence[str]) -> bool:
    return any(
        word in say.HEARSAY and say.EXPECTING.intersection(words[at + 1 : at + REACH]) for at, word in enumerate(words)
    )


def _hits(words: Sequence[str]) -> Iterator[_Hit]:
    for at, word in enumerate(words):
        being = at > 0 and words[at - 1] in say.BEING
        for ups, downs, kind in _LISTS:
            if word in ups or word in downs:
                yield _Hit(at, "up" if word in ups else "down", kind)
        if being and word in say.LIFTED | say.HURT:
            yield _Hit(at, "up" if word in say.LIFTED else "down", "verb")
        elif word in say.LIFTERS or word in say.HURTERS:
            yield _Hit(at, "up" if word in say.LIFTERS else "down", "done")
        if word in say.COMPARED and _goes(words, at):
            yield _Hit(at, "up" if word == "higher" else "down", "verb")
        if word in say.ADDING and any(other[0].isdigit() or other[0] == "$" for other in words[at + 1 : at + REACH]):
            yield _Hit(at, "up", "verb")
    for phrase, way in _PHRASES:
        for at in range(len(words)):
            if tuple(words[at : at + len(phrase)]) == phrase:
                yield _Hit(at, way, "noun")


_LISTS: tuple[tuple[frozenset[str], frozenset[str], Literal["verb", "noun"]], ...] = (
    (say.UP_VERBS | say.BENEFITS, say.DOWN_VERBS, "verb"),
    (say.UP_NOUNS, say.DOWN_NOUNS, "noun"),
)


def _goes(words: Sequence[str], at: int) -> bool:
    """Whether "higher" or "lower" is what something does, and not what something is called."""
    return at + 1 == len(words) or words[at + 1] in say.BEHIND


def _is_about_target(words: Sequence[str], hit: _Hit) -> bool:
    if hit.kind == "done":
        return _is_done_to_target(words, hit.at)
    if hit.kind == "noun" and _is_there_for_target(words, hit.at):
        return True
    if hit.kind == "verb" and _is_described(words, hit.at):
        return False
    if words[hit.at] in say.BENEFITS and "from" not in words[hit.at + 1 : hit.at + 1 + REACH] and words[hit.at + 1 :]:
        return False  # "will benefit others"
    if hit.kind == "noun" and _is_there_for_other(words, hit.at):
        return False
    sent = max((at for at in range(hit.at) if words[at] in say.SENDING), default=0)
    before = words[sent : hit.at]
    names = [word for word in before if word in NAMES]
    goes = names[:1] if say.FOLLOWING.intersection(before) else names[-1:]
    return goes == [TARGET] and not say.FUNDAMENTALS.intersection(before)


def _is_done_to_target(words: Sequence[str], at: int) -> bool:
    behind = words[at + 1 : at + 1 + REACH]
    if TARGET not in behind:
        return False
    place = behind.index(TARGET)
    owned = words[at + place + 2 : at + place + 4]
    between = frozenset(behind[:place])
    return not between & (say.FUNDAMENTALS | {OTHER}) and not say.FUNDAMENTALS.union(("'s",)).intersection(owned)


def _is_there_for_target(words: Sequence[str], at: int) -> bool:
    behind = words[at + 1 : at + 1 + REACH]
    if TARGET not in behind or say.FUNDAMENTALS.intersection(words[max(0, at - 2) : at]):
        return False
    between = frozenset(behind[: behind.index(TARGET)])
    return bool(between & say.TOWARDS) and not between & (say.FUNDAMENTALS | {OTHER})


def _is_there_for_other(words: Sequence[str], at: int) -> bool:
    """Whether a noun is tied to another thing: "will feel the drop in oil"."""
    behind = words[at + 1 : at + 1 + REACH]
    if words[at] not in _NOUNS or OTHER not in behind:
        return False
    between = frozenset(behind[: behind.index(OTHER)])
    return bool(between & say.TOWARDS) and TARGET not in between
