"""One sentence on the stage: whose a figure is, of which day, how it is meant and who says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsig.extract.claims.directions import Move
from newsig.extract.claims.resolving import resolve
from newsig.extract.claims.scene import TRADED, Candidate, Scene
from newsig.extract.claims.speakers import source_of
from newsig.extract.claims.subjects import find_subject
from newsig.extract.claims.windows import Figure, Placed, Placer
from newsig.extract.landmarks.lexicon import (
    AHEAD,
    BREAK,
    CLAUSE,
    ELSEWHERE,
    MAKING,
    PLAIN,
    SENDING,
    SUPPOSING,
    SURVEYED,
    THAT_DAY,
    UNPRICED,
)
from newsig.extract.lexicon import INDEX_NOUNS
from newsig.extract.numbers import Number
from newsig.extract.periods import Expression, find_periods
from newsig.records import Claim, Direction, Modality, Quote, Span

FARTHEST = 300
"""How many characters back the words of a sentence bear on a phrase."""
_BOUND = re.compile(r"\b(?:above|below|near|off)\s+[$€£]?\d[\d.,]*")
"""A level told with an extreme: "a one-month high above $1.39 on Monday"."""
NAMED = TRADED | {"segment", "name", "unlisted"}
"""Kinds of candidates that are named in the text and have a price, or may have one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose a figure is: the words of the subject, and the kind, symbol and segment of what they stand for.

    ``move`` is the claim that the figure belongs to, None where it stands alone; ``possessor`` says that the subject
    owns what is said: "the Dow's record high".
    """

    span: Span
    kind: str
    symbol: str | None
    segment: str | None
    move: Claim | None = None
    possessor: bool = False


def _is_note(candidate: Candidate, subject: Candidate) -> bool:
    """Whether a candidate is a bond or note named before a bare "yield", whose yield it is."""
    return candidate.kind == "rate" and candidate.symbol is not None and candidate.end <= subject.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One sentence with the moves found in it, and what is needed to place more in the story.

    ``moves`` are the claims of the sentence in their order, ``quotes`` the statements of the whole story.
    """

    scene: Scene
    scenes: Sequence[Scene]
    placer: Placer
    moves: Sequence[Claim]
    quotes: Sequence[Quote]

    def day(self, number: Number, direction: Direction, symbol: str | None) -> Placed:
        """The period that the sentence or the story gives a figure; none where it speaks of another time."""
        if THAT_DAY.search(self.scene.text, max(self.scene.start, number.start - FARTHEST), number.start):
            return Placed()
        move = Move(direction=direction, how="verb", start=number.start, end=number.start)
        return self.placer.place(
            Figure(
                scene=self.scene.at_times(self._periods(number)),
                number=number,
                move=move,
                symbol=symbol,
                dated=True,
                after=self.scene.start,
                placed=[],
            )
        )

    def _periods(self, number: Number) -> list[Expression]:
        """The expressions of time around a figure that may date it; those that its own words are a part of are read
        anew behind it: "its lowest since 2006 last week"."""
        apart = [p for p in self.scene.periods if p.end <= number.start or p.start >= number.end]
        if any(p.start < number.end < p.end for p in self.scene.periods):
            behind = find_periods(self.scene.text[number.end : self.scene.end])
            apart += [replace(p, start=p.start + number.end, end=p.end + number.end) for p in behind]
        return [p for p in sorted(apart, key=lambda p: p.start) if self._near(p, number)]

    def _near(self, period: Expression, number: Number) -> bool:
        """Whether an expression of time stands in the clause of a figure, or opens the sentence."""
        text = self.scene.text
        if period.start >= number.end:
            return ELSEWHERE.search(_BOUND.sub(" ", text[number.end : period.start])) is None
        opens = not text[self.scene.start : period.start].strip(" \"“'‘(")
        return opens or ELSEWHERE.search(text[period.end : number.start]) is None

    def speaker(self, number: Number) -> str | None:
        """Who is quoted as saying it; None for the reporter."""
        return source_of(self.quotes, number)

    def owner(self, verb: tuple[int, int], at: int) -> Owner | None:
        """What stands as the subject of a verb that says something of what stands at a character; None where nothing
        named does."""
        objects = [c for c in self.scene.candidates if verb[1] <= c.start and c.end <= at and c.kind != "pronoun"]
        if objects and self.scene.text[verb[0] : verb[1]].lower() in SENDING:
            return self.resolved(objects[-1])
        inner = self.scene.text[verb[0] : verb[1]].lower().endswith("ing")
        carried = inner and (
            BREAK.search(self.scene.text, self.scene.start, verb[0]) is not None
            or self.scene.text[verb[1] :].startswith((" it ", " them "))
            or self._joined(verb[0])
        )
        at = verb[0] if carried else at
        number = Number(start=at, end=at, text="", value=0.0, unit="points")
        move = Move(direction="flat", how="sign" if carried else "verb", start=verb[0], end=verb[1])
        return self.resolved(find_subject(self.scene, number, move, []))

    def _joined(self, at: int) -> bool:
        """Whether another subject with a verb of its own follows an "and" before a character."""
        text = self.scene.text
        return any(
            c.kind in NAMED
            and c.end <= at
            and text[max(self.scene.start, c.start - 8) : c.start].endswith(("and ", "and the "))
            and any(word.lower in MAKING for word in self.scene.between(c.end, min(at, c.end + 15)))
            for c in self.scene.candidates
        )

    def resolved(self, subject: Candidate | None) -> Owner | None:
        """The subject with the instrument that it stands for."""
        known = resolve(subject, self.scene, self.scenes, ())
        if subject is not None and subject.head in ("yield", "yields") and (known is None or not known.symbol):
            known = next((c for c in reversed(self.scene.candidates) if _is_note(c, subject)), known)
        if subject is None or known is None or known.kind not in NAMED or self._unpriced(subject):
            return None
        return Owner(
            span=Span(start=subject.start, end=subject.end, text=self.scene.text[subject.start : subject.end]),
            kind=known.kind,
            symbol=known.symbol,
            segment=known.segment,
        )

    def _unpriced(self, subject: Candidate) -> bool:
        """Whether a subject has no price of its own: a statistic, a market place, the prices of a statistic."""
        before = self.scene.text[max(self.scene.start, subject.start - 20) : subject.start]
        if subject.head in INDEX_NOUNS and re.search(r"\b(?:its|their)\s+$", before, re.IGNORECASE):
            return True  # somebody's own index, which measures no market
        if subject.kind in ("fundamental", "other") or subject.head in ("they", "their"):
            return True
        return bool(UNPRICED.search(subject.head) or SURVEYED.search(before))

    def modality(self, at: int) -> Modality:
        """How the clause in front of a character means what it says."""
        text = self.scene.text
        start = max(self.scene.start, at - FARTHEST)
        opening = [match.end() for match in CLAUSE.finditer(text, start, at)]
        clause = text[opening[-1] if opening else start : at]
        plain = PLAIN.intersection(clause.lower().split()[-2:])
        cues = {cue[0].lower() for cue in AHEAD.finditer(text[start:at] if plain else clause)}
        if cues & SUPPOSING:
            return "conditional"
        return "forecast" if cues else "actual"
