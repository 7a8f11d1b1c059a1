"""The grammatical subject, where it is no name that is known: by the parser, see `newsig.extract.claims.grammar`."""

from __future__ import annotations

import re

from newsig.extract.claims.directions import Move
from newsig.extract.claims.scene import TRADED, Candidate, Scene
from newsig.extract.claims.subjects.vocabulary import COUNTED, OWNED, PRICED, SECTORS, UNMOVED

_NAME_BEHIND = re.compile(r"\s+(?P<name>[A-Z][\w&.’'-]*(?:\s+[A-Z][\w&’'-]*)*)")
_DEEP_PHRASE = re.compile(r"\s+(?:on|in|of|at|for|from|by)\s+[^;()]*$")
_PLACELINE = re.compile(r"\)|\b[A-Z]{4,}\b")
_WITH = re.compile(
    r"\bwith\s+(?:the|its|their|an?)\s+(?P<noun>[a-z][\w-]*(?:\s+[a-z][\w-]*){0,2}?)(?:\s+of\s+[\w\s]{2,30})?\s+$"
)
_PHRASE = re.compile(r"\s+(?:on|in|of|at|for|from)\s+(?:the\s+|all\s+)?(?:\w+\s+)?")


def doer(scene: Scene, move: Move) -> Candidate | None:
    """The candidate that the parser takes for the subject: "GM cut its loss for the day but ended down"."""
    span = scene.subject_at(move.start)
    if span is None:
        return None
    return next((c for c in scene.candidates if c.start < span[1] and span[0] < c.end <= move.start), None)


def by_grammar(scene: Scene, move: Move, chosen: Candidate | None) -> Candidate | None:
    """What the parser takes for the subject, where nothing known was found, or where what was found only stands in a
    phrase of it: "volume on the Nasdaq", "enrolments at its colleges", "net profit at the world's largest maker"."""
    span = _with_phrase(scene, move) or scene.subject_at(move.start)
    if span is None or span[1] > move.start or span[0] < scene.start or _PLACELINE.search(scene.text[slice(*span)]):
        return chosen
    known = [c for c in scene.candidates if c.start < span[1] and span[0] < c.end]
    if chosen is not None and chosen.kind in ("name", "place") and known and known[-1].kind in TRADED | OWNED:
        return known[-1]  # "the euro slid on the trading platform EBS and was last down"
    thing = _thing(scene, *span) if not known else known[-1] if known[-1].kind in ("fundamental", "other") else None
    if chosen is None or thing is None or thing is chosen:
        return chosen or thing
    if span[1] <= chosen.start:
        if any(span[1] <= verb < chosen.start and not _participle(scene, verb) for verb in scene.verbs):
            return chosen
        lead = scene.text[span[1] : chosen.start]
        if known:
            within = chosen.kind not in ("fundamental", "other") and _DEEP_PHRASE.match(lead) is not None
        else:
            within = _PHRASE.fullmatch(lead) is not None and (
                chosen.kind in ("index", "price", "other") or chosen.head == "its" or lead.split()[0] == "at"
            )
        return thing if within and thing.head not in PRICED else chosen
    return thing if chosen.end <= span[0] and _is_nearer(scene, chosen, thing) else chosen


def _is_nearer(scene: Scene, chosen: Candidate, thing: Candidate) -> bool:
    """Whether a noun behind what was found is what moved: a generic noun, a family of sectors, or somebody who only
    says "that levies would be raised"."""
    if thing.head in SECTORS and chosen.kind == "unlisted":
        return True
    if chosen.kind in ("name", "place"):
        return "that" in scene.text[chosen.end : thing.start].split()
    return not chosen.symbol and chosen.kind in OWNED | {"pronoun"}


def _participle(scene: Scene, verb: int) -> bool:
    """Whether a verb only describes the noun before it: "the countries then using the euro"."""
    return next((word.lower.endswith("ing") for word in scene.words if word.start == verb), False)


def _with_phrase(scene: Scene, move: Move) -> tuple[int, int] | None:
    """The noun of ", with the total value of deals up 21 percent", which is a clause of its own."""
    found = _WITH.search(scene.text, scene.start, move.start) if move.how == "adverb" else None
    return found.span("noun") if found else None


def _thing(scene: Scene, start: int, end: int) -> Candidate | None:
    """A noun phrase that is no candidate, as one: a name where it is written with a capital, else a statistic."""
    last = scene.text[start:end].split()[-1]
    if not last[0].isalpha() or last.lower() in PRICED | UNMOVED:
        return None
    tail = _NAME_BEHIND.match(scene.text, end)
    if tail is not None:  # "German truck maker MAN"
        return Candidate(start=tail.start("name"), end=tail.end("name"), kind="name", head=tail["name"])
    named = last[0].isupper() and start > scene.start
    kind = "name" if named else "price" if last.lower() in SECTORS else "other" if last.lower() in COUNTED else ""
    return Candidate(start=start, end=end, kind=kind or "fundamental", head=last.lower())
