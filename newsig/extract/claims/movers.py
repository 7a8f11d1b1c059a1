"""The words that say where a number points, one by one: "rose", "up", "a gain"."""

from __future__ import annotations

from dataclasses import dataclass

from newsig.extract.claims.scene import Scene
from newsig.extract.lexicon import (
    AMBIGUOUS_WITHOUT_PARTICLE,
    DIRECTION_PARTICLES,
    DOWN_ADVERBS,
    DOWN_NOUNS,
    DOWN_VERBS,
    FLAT_WORDS,
    UP_ADVERBS,
    UP_NOUNS,
    UP_VERBS,
    words,
)
from newsig.records import Direction

AFTER_ONLY = words("above below ahead stronger weaker softer firmer")
"""Adverbs that say where a number points only from behind it: "2 percent above"."""
PARTICLE_VERBS = words("make made makes set sets take took run start buy bought snap snapped")
"""Verbs with which "up" and "down" mean something else: "made up", "set up", "bought up"."""
NOUN_LEADS = words("a an the its their of big sharp further early")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The word that says where a number points.

    ``how`` is ``verb``, ``adverb`` or ``noun`` for a word of its own, ``shared`` where the number restates the one
    before it ("7.15 points, or 0.06 percent"), ``listed`` where it continues a list ("and Citigroup 4%"), ``sign``
    where the number itself says so, ``counted`` where there are more or fewer of what the span names, ``taken`` where
    it was taken off what stands behind ("wiped 11 percent from the shares").
    """

    direction: Direction
    how: str
    start: int
    end: int


def word_move(scene: Scene, at: int) -> Move | None:
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
    if word.lower not in AFTER_ONLY and (side := side_of(word.lower, UP_ADVERBS, DOWN_ADVERBS)):
        if word.lower == "off" and follower in ("the", "a", "an", "its"):
            return None
        if word.lower in ("up", "down") and leader in PARTICLE_VERBS:
            return None
        return Move(direction=side, how="adverb", start=word.start, end=word.end)
    is_noun = word.lower in UP_NOUNS or word.lower in DOWN_NOUNS
    if (side := side_of(word.lower, UP_VERBS, DOWN_VERBS)) and not (is_noun and _nominal(scene, at)):
        return Move(direction=side, how="verb", start=word.start, end=word.end)
    if is_noun and (side := side_of(word.lower, UP_NOUNS, DOWN_NOUNS)):
        return Move(direction=side, how="noun", start=word.start, end=word.end)
    return None


def _nominal(scene: Scene, at: int) -> bool:
    """Whether a word that can be both ("gains", "fall") is a noun here, by the tagger and the word before it."""
    if scene.words[at].start not in scene.verbs:
        return True
    return at > 0 and scene.words[at - 1].lower in NOUN_LEADS


def side_of(word: str, up: frozenset[str], down: frozenset[str]) -> Direction | None:
    """Whether a word is among those that point up or those that point down; None where among neither."""
    if word in up:
        return "up"
    return "down" if word in down else None
