"""What moved: the subject of a move inside its sentence.

`RULES` are asked in turn; the first that finds somebody has found the subject, and is named in an explanation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from newsig.extract.claims.directions import Move
from newsig.extract.claims.scene import TRADED, Candidate, Scene
from newsig.extract.claims.subjects.nouns import of_noun, owned_by
from newsig.extract.claims.subjects.phrases import by_grammar, doer
from newsig.extract.claims.subjects.verbs import last_named, nearest, of_verb
from newsig.extract.claims.subjects.vocabulary import DRIVING, NAMED, OWNED, TRANSITIVE
from newsig.extract.lexicon import words
from newsig.extract.numbers import Number

_JOINED = re.compile(
    r"(?:['’]s)?\s*(?:,\s*|\([^)]*\)\s*|(?:\w+\.[A-Z]{1,2}|\.[A-Z0-9]+)\s*)*(?:,?\s*(?:and|or|as well as)\s+)?"
    r"(?:(?:the|both|rivals?|fellow|peers?|its|broader|London|Paris|Frankfurt|[A-Z]\w+['’]s|[a-z]+)\s+){0,3}"
)
"""What stands between two names of one list, with their printed codes and trades."""


BY_VERB = words("verb adverb shared listed")
"""How a move may be told for its subject to be that of a verb."""
EXPECTED = words(
    "forecast forecasts estimate estimates expectation expectations prediction predictions projection projections"
)
"""Heads that are never what moved: "below forecasts of a 2 percent rise"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A number whose subject is asked for: its sentence, what gives its direction, and the claims of the sentence that
    came before, with their subjects."""

    scene: Scene
    number: Number
    move: Move
    earlier: Sequence[tuple[Number, Candidate]]


def find_subject(
    scene: Scene, number: Number, move: Move, earlier: Sequence[tuple[Number, Candidate]]
) -> Candidate | None:
    """The candidate that moved, or None; ``earlier`` as in `Asked`."""
    return subject_and_rule(Asked(scene, number, move, earlier))[0]


def subject_and_rule(asked: Asked) -> tuple[Candidate | None, str]:
    """The candidate that moved and the name of the rule of `RULES` that found it; "none" where none did."""
    for name, rule in RULES:
        found = rule(asked)
        if found is not None and found.head in EXPECTED and asked.move.how == "noun":
            return (asked.earlier[-1][1], "what was forecast is the same") if asked.earlier else (None, "none")
        if found is not None:
            return found, name
    return None, "none"


def _restated(asked: Asked) -> Candidate | None:
    """The same move in another unit: "fell 7.15 points, or 0.06 percent"."""
    return asked.earlier[-1][1] if asked.move.how == "shared" and asked.earlier else None


def _respectively(asked: Asked) -> Candidate | None:
    """The subject of one of several numbers told apart by "respectively"."""
    scene, number, move = asked.scene, asked.number, asked.move
    run = [n for n in scene.numbers if n.unit == number.unit and n.start > move.end]
    told = "respectively" in scene.text[run[-1].end : run[-1].end + 25].lower() if run else False
    if number not in run or not (told or _two_and_two(scene, run, move)):
        return None
    named = [c for c in scene.candidates if c.end <= move.start and c.kind in NAMED | {"segment"}]
    alike = [c for c in named if sum(c.kind == other.kind for other in named) >= len(run)]
    return alike[-len(run) :][run.index(number)] if len(alike) >= len(run) else None


def _two_and_two(scene: Scene, run: Sequence[Number], move: Move) -> bool:
    """Whether two joined figures follow two joined names: "Anglo American and Glencore lost 1.8 percent and 2.2"."""
    if len(run) != 2 or scene.text[run[0].end : run[1].start].strip() != "and":
        return False
    named = [c for c in scene.candidates if c.end <= move.start and c.kind in NAMED]
    return len(named) == 2 and scene.text[named[0].end : named[1].start].strip() in ("and", "and the")


def _compared(asked: Asked) -> Candidate | None:
    """The subject behind a number of a comparison: "against 6.1 percent for the FTSE 100"."""
    if asked.move.how != "listed":
        return None
    for candidate in asked.scene.candidates:
        if candidate.start >= asked.number.end and candidate.kind in NAMED:
            lead = asked.scene.text[asked.number.end : candidate.start].split()
            return candidate if lead in (["for"], ["for", "the"]) else None
    return None


def _listed(asked: Asked) -> Candidate | None:
    """The next of a list: "JP Morgan rose 3 percent and Citigroup 4", or the same again: "3 percent on Monday and 4 on
    Tuesday"."""
    if asked.move.how != "listed" or not asked.earlier:
        return None
    since, before = asked.earlier[-1]
    newer = [
        c
        for c in asked.scene.candidates
        if since.end <= c.start and c.end <= asked.number.start and c.kind != "pronoun"
    ]
    return last_named(newer, asked.scene) or before


def _noun(asked: Asked) -> Candidate | None:
    """Of a noun of direction, see `newsig.extract.claims.subjects.nouns`."""
    return of_noun(asked.scene, asked.number, asked.move, asked.earlier) if asked.move.how == "noun" else None


def _counted(asked: Asked) -> Candidate | None:
    """The things of which there are more or fewer: "delivered 4 percent fewer cars"."""
    if asked.move.how != "counted":
        return None
    word = asked.scene.text[asked.move.start : asked.move.end].lower()
    return Candidate(start=asked.move.start, end=asked.move.end, kind="fundamental", head=word)


def _taken(asked: Asked) -> Candidate | None:
    """What something was taken off: "wiped 11 percent from the retailer's shares"."""
    if asked.move.how != "taken":
        return None
    behind = [c for c in asked.scene.candidates if asked.move.end <= c.start <= asked.move.end + 30]
    return owned_by(behind, behind[0]) if behind else None


def _ahead(asked: Asked) -> Candidate | None:
    """The subject of the main clause behind an opening phrase: "Falling 2.2 percent, General Motors gave back …"."""
    scene, number = asked.scene, asked.number
    opening = scene.between(scene.start, min(asked.move.start, number.start))
    span = scene.subject_at(asked.move.start)
    if span is not None and scene.start <= span[0] < asked.move.start:
        return None
    if asked.earlier or asked.move.how not in ("verb", "adverb") or len(opening) > 2:
        return None
    if any(c.end <= asked.move.start for c in scene.candidates):
        return None
    comma = scene.text.find(",", number.end, min(scene.end, number.end + 60))
    behind = [c for c in scene.candidates if 0 < comma < c.start <= comma + 40 and c.kind != "pronoun"]
    return behind[0] if behind else None


def _signed(asked: Asked) -> Candidate | None:
    """The name before a number with a sign: "Apple -1.5%"."""
    return nearest(asked.scene, asked.number.start) if asked.move.how == "sign" else None


def _object(asked: Asked) -> Candidate | None:
    """The object of a verb that moves others: "cut its dividend by 10 percent", "doubled its forecast"."""
    scene, number, move = asked.scene, asked.number, asked.move
    if move.how in ("noun", "sign") or scene.text[move.start : move.end].lower() not in TRANSITIVE:
        return None
    objects = [c for c in scene.candidates if move.end <= c.start and c.end <= number.start and c.kind != "pronoun"]
    if objects:
        return next((c for c in objects if c.kind in OWNED), objects[-1])
    return _whose(scene, number) if number.unit == "times" else None


def _whose(scene: Scene, number: Number) -> Candidate | None:
    """What a company doubled or halved: "doubled its profit estimate"."""
    behind = [c for c in scene.candidates if number.end <= c.start and c.kind in OWNED]
    lead = scene.text[number.end : behind[0].start].lower().split() if behind else []
    return behind[0] if lead and lead[0] in ("its", "their", "the", "his") and len(lead) <= 3 else None


def _driven(asked: Asked) -> Candidate | None:
    """The object of "pushed down the price of zinc by 2 percent"."""
    scene, number, move = asked.scene, asked.number, asked.move
    at = scene.index_before(move.start)
    if move.how != "adverb" or at < 0 or scene.words[at].lower not in DRIVING:
        return None
    objects = [c for c in scene.candidates if move.end <= c.start and c.end <= number.start and c.kind != "pronoun"]
    if not objects or scene.between(move.end, objects[0].start)[3:]:
        return None
    return owned_by(objects, objects[0])


def _ellipsis(asked: Asked) -> Candidate | None:
    """A possessor for what is his: "Kestrel's sales rose 4 percent and Larkmoor's gained 6"."""
    chosen = _by_verb(asked)
    if chosen is None or not chosen.possessive or asked.scene.between(chosen.end, asked.move.start):
        return None
    return replace(chosen, kind="fundamental") if asked.earlier and asked.earlier[-1][1].kind == "fundamental" else None


def _verb(asked: Asked) -> Candidate | None:
    """Of a verb or adverb, see `newsig.extract.claims.subjects.verbs`; the parser's word where that knows better."""
    return by_grammar(asked.scene, asked.move, _by_verb(asked)) if asked.move.how in BY_VERB else None


def _by_verb(asked: Asked) -> Candidate | None:
    scene, move = asked.scene, asked.move
    if move.how not in BY_VERB:
        return None
    chosen = _first_of_list(scene, of_verb(scene, min(move.start, asked.number.start), move, asked.earlier))
    if chosen is not None and chosen.head in ("its", "their"):
        return doer(scene, move) or chosen
    return chosen


def _first_of_list(scene: Scene, chosen: Candidate | None) -> Candidate | None:
    """Of several that moved together ("the Dow and the S&P are both up", "BHP, Rio Tinto and Xstrata rose") the first,
    which stands for them all."""
    if chosen is None or chosen.kind not in TRADED:
        return chosen
    first = chosen
    joined = False
    for candidate in reversed(scene.candidates[: list(scene.candidates).index(chosen)]):
        between = scene.text[candidate.end : first.start]
        parted = any(candidate.end <= number.start < first.start for number in scene.numbers)
        if candidate.kind != chosen.kind or candidate.possessive or parted or not _JOINED.fullmatch(between):
            break
        joined = joined or "and" in between.split()
        if not joined:
            break
        first = candidate
    return first


RULES: tuple[tuple[str, Callable[[Asked], Candidate | None]], ...] = (
    ("restates the figure before", _restated),
    ("respectively", _respectively),
    ("compared with another", _compared),
    ("next of a list", _listed),
    ("of a noun of direction", _noun),
    ("more or fewer of them", _counted),
    ("taken off it", _taken),
    ("opens the sentence, and the subject follows", _ahead),
    ("before a signed number", _signed),
    ("object of the verb", _object),
    ("driven up or down", _driven),
    ("possessor for what is his", _ellipsis),
    ("subject of the verb", _verb),
)
"""Rules in the order they are asked, each with the name that an explanation gives it."""
