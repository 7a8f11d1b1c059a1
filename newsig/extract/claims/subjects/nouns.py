"""The subject of a noun of direction: "the Dow's 344-point fall", "a rise of 22% in profits"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsig.extract.claims.directions import Move
from newsig.extract.claims.scene import TRADED, Candidate, Scene
from newsig.extract.claims.subjects.phrases import by_grammar
from newsig.extract.claims.subjects.verbs import first, of_verb
from newsig.extract.claims.subjects.vocabulary import CUT_OFF, OWNED
from newsig.extract.lexicon import NEUTRAL_VERBS, words
from newsig.extract.numbers import Number

_LED_WITH = re.compile(
    r"\b(?:led|lead|leads|leading|push\w*|help\w*|pac(?:ed|ing)|drag\w*|lift\w*|boost\w*|drove|driving|pull\w*)\b[^.;]{0,300}"
    r"\b(?:with|by)\s+(?:an?\s+)?(?:[\w-]+\s+)?(?:of\s+)?$",
    re.IGNORECASE,
)
"""Who led an index "with a gain of 1.6 percent" gained it himself."""
_COMPARED = re.compile(
    r"\b(?:since|than|after|versus|against|compared\s+(?:with|to)|following|reversing)\s+(?:an?|the)\s+$"
)
"""Before the figure of another time, which is of the same thing: "the weakest growth since a 4 percent rise"."""
_OF = words("in of for by from")


def of_noun(scene: Scene, number: Number, move: Move, earlier: Sequence[tuple[Number, Candidate]]) -> Candidate | None:
    """ "The Dow's 344-point fall", "a 9% sell-off in China", "a rise of 22% in profits", "posted a gain of 5%"."""
    edge = min(number.start, move.start)
    owner = [c for c in scene.candidates if c.possessive and c.end <= edge and edge - c.end < 45]
    if owner and any(
        word.lower in NEUTRAL_VERBS | {"with", "by", "after", ",", "and"} for word in scene.between(owner[-1].end, edge)
    ):
        owner = []
    phrased = _of_phrase(scene, number, move)
    if phrased is not None and (not owner or phrased.kind in OWNED):
        return phrased
    if owner:
        return owner[-1]
    if earlier and _COMPARED.search(scene.text, scene.start, edge):
        return earlier[-1][1]
    if _LED_WITH.search(scene.text, scene.start, edge):
        return first(scene, edge)
    before = scene.index_before(edge)
    if before >= 0 and number.end <= move.start:  # "profit growth", "a 3 percent sales increase"
        inside = [c for c in scene.candidates if number.end <= c.start and c.end <= move.start]
        if inside:
            return inside[-1]
    if move.end <= number.start:
        prior = scene.words[scene.index_before(move.start)] if scene.index_before(move.start) >= 0 else None
        adjacent = [c for c in scene.candidates if prior is not None and c.start <= prior.start < c.end]
        itself = [c for c in scene.candidates if c.start <= move.start < c.end]
        if (adjacent or itself) and (adjacent or itself)[0].kind in ("fundamental", "other"):
            return (adjacent or itself)[0]
    return by_grammar(scene, move, of_verb(scene, edge, move, earlier))


def _of_phrase(scene: Scene, number: Number, move: Move) -> Candidate | None:
    """What stands behind "a rise of 22 percent in", "a drop of 3 percent for"."""
    for after in (max(number.end, move.end), move.end):
        behind = scene.between(after, scene.end)
        rate = bool(behind) and behind[0].lower == "to"  # "a cut to the federal funds rate"
        if behind and (behind[0].lower in _OF or rate):
            within = [c for c in scene.candidates if after <= c.start <= after + 45 and c.kind != "pronoun"]
            gap = [word.lower for word in scene.between(after, within[0].start)] if within else []
            dated = any(after <= p.start <= after + 4 and p.kind != "fiscal" for p in scene.periods)
            if rate and within and within[0].kind != "other":
                within = []
            if within and not dated and len(gap) <= 5 and "," not in gap and not CUT_OFF.intersection(gap):
                return owned_by(within, within[0])
    return None


def owned_by(within: Sequence[Candidate], first: Candidate) -> Candidate:
    """In "of crude oil prices" the thing itself, not the generic noun in front of it."""
    if first.kind == "price":
        for candidate in within[1:]:
            if candidate.kind in TRADED:
                return candidate
    return first
