"""Whose a phrase is: of the move beside it, of a possessor, or of the subject of its verb."""

from __future__ import annotations

import re
from dataclasses import replace

from newsig import instruments
from newsig.extract.claims.scene import Candidate, Scene
from newsig.extract.claims.windows import Placed
from newsig.extract.landmarks.lexicon import BEFORE, BREAK, MAKING
from newsig.extract.landmarks.stage import NAMED, Owner, Stage
from newsig.extract.lexicon import DOWN_ADVERBS, DOWN_VERBS, UP_ADVERBS, UP_VERBS, words
from newsig.records import Claim, Direction

REACHING = 70
"""How many characters behind a move what is said of it may stand."""
GOES_ON = words("""
    its a an at to on was is had has then also in for by later just nearly about over or after before having their from
""")
"""Behind a comma or an "and" these go on with the same subject."""
_UP = UP_VERBS | UP_ADVERBS - {"above"}
_DOWN = DOWN_VERBS | DOWN_ADVERBS - {"below"}
_AND = re.compile(r"(?:\band|,)\s+(?:the\s+)?(?P<next>[a-z][\w’'-]*)", re.IGNORECASE)
_TELLING = re.compile(r"\s*(?:,|--|–|—)?\s*(?:\w+ing|up|down|with\s+a|at|of)\b[^,;]{0,40}$", re.IGNORECASE)
"""What may stand between a phrase and the figure that it goes with: ", rising 3 percent"."""
_POSSESSED = re.compile(r"\w(?:['’]s|s['’])\s")
_IN = re.compile(r"\s+(?:in|for|of|on)\s+(?:the\s+)?(?:benchmark\s+)?(?:U\.S\.\s+)?", re.IGNORECASE)


def mover(stage: Stage, at: int) -> Claim | None:
    """The move right before a character that goes on to what stands there: "fell 7.15 points, or 0.06 percent, to …".

    None where another clause or another name comes in between.
    """
    before = [claim for claim in stage.moves if claim.end <= at]
    if not before or at - before[-1].end > REACHING:
        return None
    gap = stage.scene.text[before[-1].end : at]
    if (
        BREAK.search(gap)
        or _another(gap)
        or any(before[-1].end <= c.start and c.end <= at and c.kind in NAMED for c in stage.scene.candidates)
    ):
        return None
    return before[-1]


def following(stage: Stage, end: int) -> Claim | None:
    """The move right behind a phrase that tells its size: "posted its best week since March, rising 3 percent"."""
    behind = [claim for claim in stage.moves if claim.start >= end]
    if not behind or behind[0].start - end > REACHING:
        return None
    gap = stage.scene.text[end : behind[0].start]
    named = any(end <= c.start and c.end <= behind[0].start and c.kind in NAMED for c in stage.scene.candidates)
    return behind[0] if _TELLING.match(gap) and not named and not BREAK.search(gap) else None


def owner_of(stage: Stage, at: int, start: int, end: int) -> Owner | None:
    """Whose a phrase is that begins with its article or possessor at one character and with its own words at another:
    the possessor's, that of the move before it, the subject's of its verb, or that of the move behind it."""
    scene = stage.scene
    before, behind = mover(stage, at), following(stage, end)
    for candidate in reversed(scene.candidates):
        if at <= candidate.start and candidate.end <= start and candidate.possessive and candidate.kind != "pronoun":
            owner = stage.resolved(candidate)
            return None if owner is None else _with_move(replace(owner, possessor=True), before or behind)
    if _POSSESSED.search(scene.text, at, start):
        return None  # "the broader market's 12-year low": somebody's, but nobody's that is known
    if before is not None:
        return belongs(before)
    verb = _verb_of(scene, at)
    if verb is not None and (owner := stage.owner(verb, start)) is not None:
        return _with_move(owner, behind)
    return belongs(behind) if behind is not None else None


def thing_at(stage: Stage, at: int) -> Candidate | None:
    """What is named right behind a move: "in oil prices", "for the Nikkei"."""
    text = stage.scene.text
    for candidate in stage.scene.candidates:
        if candidate.start >= at and _IN.fullmatch(text[at : candidate.start]):
            return candidate if candidate.kind in NAMED or candidate.kind == "fundamental" else None
    return None


def elsewhen(stage: Stage, at: int, end: int) -> bool:
    """Whether the words around a phrase set it on an earlier day than the story's, without naming that day."""
    return BEFORE.search(stage.scene.text, max(stage.scene.start, at - 60), min(stage.scene.end, end + 25)) is not None


def belongs(move: Claim) -> Owner | None:
    """The subject of a move as the owner of what is said of it; None where it moved no market price."""
    if move.subject is None or move.measure not in ("price", "yield"):
        return None
    return Owner(span=move.subject, kind=kind_of(move.symbol), symbol=move.symbol, segment=move.segment, move=move)


def kind_of(symbol: str | None) -> str:
    """The kind of the instrument; ``name`` where the table has none."""
    known = instruments.instruments().get(symbol or "")
    return known.kind if known is not None else "name"


def direction_before(scene: Scene, at: int, reach: int = 9) -> Direction:
    """Which way the nearest words in front of a character point: "rose above", "closed down at"; flat where none do."""
    place = scene.index_before(at)
    for word in reversed(scene.words[max(0, place - reach + 1) : place + 1]):
        if word.lower in _UP:
            return "up"
        if word.lower in _DOWN:
            return "down"
        if word.lower in (",", ";", "and", "but", "while"):
            break
    return "flat"


def dated(claim: Claim, placed: Placed, text: str) -> Claim:
    """The claim with a period and its window."""
    return replace(
        claim,
        period=placed.span(text),
        period_basis=placed.basis,
        base_date=placed.window.base,
        end_date=placed.window.end,
    )


def _with_move(owner: Owner, move: Claim | None) -> Owner:
    """The owner with a move, where that is its own."""
    same = move is not None and move.symbol == owner.symbol and move.measure in ("price", "yield")
    return replace(owner, move=move if same else None)


def _verb_of(scene: Scene, at: int) -> tuple[int, int] | None:
    """The verb in front of a phrase that it is the object or complement of."""
    place = scene.index_before(at)
    for word in reversed(scene.words[max(0, place - 7) : place + 1]):
        if word.lower in (";", ":", "while", "but"):
            return None
        if word.lower in MAKING and not any(c.start <= word.start < c.end for c in scene.candidates):
            return word.start, word.end
    return None


def _another(gap: str) -> bool:
    """Whether an "and" opens a clause with a subject of its own: ", and European shares closed up"."""
    for match in _AND.finditer(gap):
        near = gap[match.end("next") :].lower().split()[:3]
        if match["next"].lower() not in MAKING | GOES_ON and any(word.strip(",.") in MAKING for word in near):
            return True
    return False
