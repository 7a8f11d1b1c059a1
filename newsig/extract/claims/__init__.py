"""Who moved, by how much, over what period: numbers, subjects and periods brought together as claims.

The steps, each in a file of its own: a story is laid out (`layout`, `candidates`), each number's direction found
(`directions`, `standing`), then its subject (`subjects`, `resolving`), then how it is meant (`readings`) and over
which sessions (`windows`, `expressions`). What was decided, and by which rule, is a `Reading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from zoneinfo import ZoneInfo

from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.claims.directions import Move, find_move, why_none
from newsig.extract.claims.layout import Layout
from newsig.extract.claims.measured import measured
from newsig.extract.claims.readings import measure_of, modality_of, timing_of
from newsig.extract.claims.resolving import resolve, topic_of
from newsig.extract.claims.scene import TRADED, Candidate, Scene
from newsig.extract.claims.speakers import source_of
from newsig.extract.claims.subjects import Asked, subject_and_rule
from newsig.extract.claims.windows import Figure, Placed, Placer
from newsig.extract.figures import holds_figures
from newsig.extract.landmarks import find_landmarks
from newsig.extract.newsrooms import newsroom_zone
from newsig.extract.numbers import Number
from newsig.extract.parse import Parse
from newsig.extract.periods import Reference
from newsig.records import Claim, Span

SEEN_BY = {
    "name": "entity recogniser",
    "place": "entity recogniser",
    "fundamental": "list of statistics or the parser",
    "other": "list of statistics or the parser",
    "price": "list of generic nouns",
    "pronoun": "list of generic nouns",
}
"""What found a candidate, by its kind; all others come from the alias table and printed codes."""


_FORECAST = re.compile(
    r"\b(?:analysts?|economists?|forecasters?|markets?|consensus|polls?|polled|surveyed)\b[^.;]{0,60}"
    r"\b(?:forecasts?|predicted|predict|expected|expect|looking\s+for|estimated|projected|called\s+for)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of one number of a story: the claim it states, or the reason why it states none.

    ``rules`` says by field what placed it, ``places`` where: ``direction`` the words of the move, ``symbol`` the name
    that the subject's words stand for. Numbers come in order of appearance.
    """

    scene: Scene
    number: Number
    claim: Claim | None = None
    reason: str | None = None
    rules: Mapping[str, str]
    places: Mapping[str, Span] = field(default_factory=dict)


class Claims:
    """The spaCy component: numbers, mentions and periods → ``doc._.claims``, tuple of `Claim`.

    ``zone`` is the newsroom's zone for stories that carry no dateline.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone

    def __call__(self, doc: Doc) -> Doc:
        """Find the claims and leave them on the document."""
        if not holds_figures(doc):
            doc._.claims = ()
            return doc
        reader = _Reader(doc, self.zone)
        moves = [reading.claim for reading in self.read(doc, reader) if reading.claim is not None]
        found = (*moves, *find_landmarks(reader.scenes, reader.placer, moves, doc._.quotes))
        doc._.claims = tuple(sorted(found, key=lambda claim: claim.start))
        return doc

    def read(self, doc: Doc, reader: _Reader | None = None) -> Iterator[Reading]:
        """What became of each number of a document."""
        reader = reader or _Reader(doc, self.zone)
        readings = [reading for scene in reader.scenes for reading in reader.sentence(scene)]
        claims = iter(measured([reading.claim for reading in readings if reading.claim is not None]))
        for reading in readings:
            yield reading if reading.claim is None else _settled(reading, next(claims))


class _Reader:
    """Reads one story, sentence by sentence: a claim rests on what was said before it."""

    def __init__(self, doc: Doc, zone: ZoneInfo) -> None:
        self.doc = doc
        self.layout = Layout(doc)
        self.scenes = self.layout.scenes
        self.placer = Placer(self.scenes, Reference.of(doc._.published, newsroom_zone(doc, zone)))
        self.subjects: list[Candidate] = []
        self.latest: tuple[int, Candidate | None] = (-1, None)

    @cached_property
    def topic(self) -> Candidate | None:
        """The company that the story is about."""
        return topic_of(self.scenes)

    def sentence(self, scene: Scene) -> Iterator[Reading]:
        previous: tuple[Number, Move] | None = None
        earlier: list[tuple[Number, Candidate]] = []
        placed: list[Placed] = []
        after = scene.start
        for number in scene.numbers:
            move = find_move(scene, number, previous)
            if move is None:
                yield Reading(scene=scene, number=number, reason=why_none(scene, number), rules={})
                continue
            subject, rule = subject_and_rule(Asked(scene, number, move, earlier))
            if subject is None and (subject := self._forecast(scene, move)) is not None:
                rule = "what was forecast is the same as in the sentence before"
            previous = (number, move)
            if subject is not None:
                earlier.append((number, subject))
            resolved = self._resolved(scene, move, subject, number)
            if _bare(number) and (resolved is None or resolved.kind != "index"):
                yield Reading(scene=scene, number=number, reason="a bare figure, and of no index", rules={})
                continue
            if resolved is None and subject is not None and subject.head == "they":
                resolved = self._of_shares(scene)
            if subject is not None and self._of_statistic(scene, subject, resolved):
                subject, resolved = replace(subject, kind="fundamental"), None
            claim = _claim(scene, number, move, subject, resolved, self.layout.parse)
            placed.append(self.placer.place(_figure(scene, number, move, claim, after, placed)))
            after = number.end
            dated = _dated(claim, placed[-1], scene.text)
            timing = timing_of(scene, number, move, dated, self.doc._.published)
            dated = replace(dated, timing=timing, source=source_of(self.doc._.quotes, number))
            self.latest = (scene.number, subject)
            if resolved is not None and resolved.symbol:
                self.subjects.append(resolved)
            rules = _rules(scene, move, subject, resolved, rule, placed[-1])
            places = {"direction": _span(scene, move), "symbol": _span(scene, resolved)}
            named = {name: span for name, span in places.items() if span is not None}
            yield Reading(scene=scene, number=number, claim=dated, rules=rules, places=named)

    def _of_statistic(self, scene: Scene, subject: Candidate, resolved: Candidate | None) -> bool:
        """Whether "it" or "they" stands for the statistic of the figure before, nothing traded being named since."""
        place, before = self.latest
        if subject.head not in ("it", "they") or before is None or before.kind != "fundamental":
            return False
        near = self.scenes[place].candidates if place >= 0 else ()
        return place >= scene.number - 1 and (resolved is None or not any(c.kind in TRADED for c in near))

    def _of_shares(self, scene: Scene) -> Candidate | None:
        """Whose shares "they" are, where the sentence before tells of shares."""
        before = self.scenes[scene.number - 1] if scene.number else None
        told = (
            before is not None
            and self.latest[0] == before.number
            and "shares" in before.text[before.start : before.end].lower()
        )
        return self.subjects[-1] if told and self.subjects else None

    def _forecast(self, scene: Scene, move: Move) -> Candidate | None:
        """What the figure before was of, where this one only says what was forecast of it: "GDP fell 1.2 percent.
        Economists had predicted a drop of 1.1 percent"."""
        place, subject = self.latest
        if move.how != "noun" or subject is None or place < scene.number - 1:
            return None
        forecast = _FORECAST.search(scene.text, scene.start, scene.end)
        return subject if forecast or subject.kind == "fundamental" else None

    def _resolved(self, scene: Scene, move: Move, subject: Candidate | None, number: Number) -> Candidate | None:
        """The instrument that moved; none for the price of a note, which moves in points that no yield can tell."""
        doer = scene.subject_at(move.start)
        found = resolve(subject, scene, self.scenes, reversed(self.subjects), self.topic, doer)
        if found is None or not found.symbol:
            found = _printed_behind(scene, number) or found
        if found is not None and found.kind == "rate" and number.unit == "points" and not _of_yield(scene, subject):
            return None
        return found


def _printed_behind(scene: Scene, number: Number) -> Candidate | None:
    """The index whose code stands right behind the figure: "European stocks rose 1.1 percent .FTEU3"."""
    behind = (c for c in scene.candidates if c.kind == "index" and c.start >= number.end)
    return next(
        (c for c in behind if not scene.text[number.end : c.start].strip() and scene.text[c.start] == "."), None
    )


def _settled(reading: Reading, claim: Claim) -> Reading:
    if claim.symbol == (reading.claim and reading.claim.symbol):
        return reading
    return replace(reading, claim=claim, rules={**reading.rules, "symbol": "the index that the story measures it by"})


def _figure(scene: Scene, number: Number, move: Move, claim: Claim, after: int, placed: list[Placed]) -> Figure:
    return Figure(
        scene=scene,
        number=number,
        move=move,
        symbol=claim.symbol,
        dated=claim.measure in ("price", "yield") and claim.modality == "actual",
        after=after,
        placed=placed,
    )


def _rules(
    scene: Scene, move: Move, subject: Candidate | None, resolved: Candidate | None, rule: str, placed: Placed
) -> Mapping[str, str]:
    """What placed the fields of a claim, by field."""
    same = subject is resolved
    return {
        "direction": f"{move.how}: {scene.text[move.start : move.end]!r}",
        "subject": rule if subject is None else f"{rule}; seen by the {SEEN_BY.get(subject.kind, 'alias table')}",
        "symbol": "nothing listed" if resolved is None else "its own" if same else "of what the words stand for",
        "period": placed.rule,
    }


def _bare(number: Number) -> bool:
    return number.unit == "points" and number.text[-1].isdigit()


def _claim(
    scene: Scene,
    number: Number,
    move: Move,
    subject: Candidate | None,
    resolved: Candidate | None,
    parse: Parse,
) -> Claim:
    """The claim of one number, without its period, timing and speaker."""
    if subject is not None and subject.kind == "rate" and number.unit == "points" and not _of_yield(scene, subject):
        subject = replace(subject, kind="price")  # a note's price, in points of its own
    if subject is not None and subject.kind == "unlisted" and _of_yield(scene, subject):
        subject, resolved = replace(subject, kind="rate"), None
    if subject is not None and subject.head in ("prices", "price") and resolved is None:
        subject = replace(subject, kind="fundamental")  # "prices rose 3 percent from a year earlier"
    measure = measure_of(scene, number, move, subject, resolved)
    return Claim(
        start=number.start,
        end=number.end,
        text=number.text,
        value=number.value,
        unit=number.unit,
        comparator=number.comparator,
        hedge=number.hedge,
        direction=number.sign if number.sign and number.unit != "times" else move.direction,
        measure=measure,
        modality=modality_of(scene, number, move, parse),
        subject=_span(scene, subject),
        symbol=resolved.symbol if resolved is not None else None,
        segment=resolved.segment if resolved is not None else None,
    )


def _of_yield(scene: Scene, subject: Candidate | None) -> bool:
    """Whether a rate's subject is the yield, not the note or bond: "the 10-year yield", "notes yielded"."""
    return subject is not None and "yield" in scene.text[subject.start : subject.end + 8].lower()


def _span(scene: Scene, found: Candidate | Move | None) -> Span | None:
    return None if found is None else Span(start=found.start, end=found.end, text=scene.text[found.start : found.end])


def _dated(claim: Claim, placed: Placed, text: str) -> Claim:
    """The claim with its period."""
    return replace(
        claim,
        period=placed.span(text),
        period_basis=placed.basis,
        base_date=placed.window.base,
        end_date=placed.window.end,
    )


@Language.factory(
    "newsig_claims",
    default_config={"zone": "America/New_York"},
    assigns=["doc._.claims"],
    requires=["doc._.mentions", "doc._.quotes", "token.tag", "doc.ents"],
)
def make_claims(nlp: Language, name: str, zone: str) -> Claims:  # noqa: ARG001 (spaCy passes both)
    """Make the component. ``zone``: IANA name of the newsroom's zone where a story does not tell it."""
    return Claims(ZoneInfo(zone))


if not Doc.has_extension("claims"):
    Doc.set_extension("claims", default=())
    Doc.set_extension("published", default=None)
