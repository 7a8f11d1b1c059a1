"""Who moved, by how much, over what period: numbers, subjects and periods brought together as claims.

The steps, each in a file of its own: a sentence is laid out (`scene`), each number's direction found (`directions`),
then its subject (`subjects`), then how it is meant (`readings`) and over which sessions (`windows`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from spacy.language import Language
from spacy.tokens import Doc

from newsig import instruments
from newsig.extract.claims.directions import Move, find_move
from newsig.extract.claims.readings import measure_of, modality_of, timing_of
from newsig.extract.claims.resolving import resolve
from newsig.extract.claims.scene import Candidate, Scene, find_candidates, split_words
from newsig.extract.claims.subjects import find_subject
from newsig.extract.claims.windows import Figure, Placed, Placer
from newsig.extract.lexicon import DOWN_VERBS, UP_VERBS
from newsig.extract.newsrooms import newsroom_zone
from newsig.extract.numbers import Number, find_numbers, number_value
from newsig.extract.periods import Expression, Reference, find_periods
from newsig.extract.sentences import dateline_spans, furniture_spans, paragraph_spans, sentence_spans
from newsig.records import Claim, Mention, Quote, Span

NAME_LABELS = {
    "ORG": "name",
    "PRODUCT": "name",
    "FAC": "name",
    "PERSON": "name",
    "GPE": "place",
    "NORP": "place",
    "LOC": "place",
}
CLOCKS = frozenset({"UTC", "GMT", "EST", "EDT", "ET", "BST", "CET", "PM", "AM"})
"""Zones of clocks that the entity recogniser takes for firms."""
TABLE_LINE = re.compile(r"\|[^|=]*=[^|]*\|")
"""A line of a data table left in the text: it has numbers, but no sentence says anything of them."""
_BARE = re.compile(
    r"(?:\b(?:"
    + "|".join(sorted(UP_VERBS | DOWN_VERBS))
    + r")|\b(?:increase|decrease|gain|loss|rise|fall|drop)\s+of)\s+(?:(?:by|just|about|only|up)\s+)*"
    r"(?P<number>\d[\d,]*\.\d+)(?=\s*(?:[,;()]|to\b|at\b|or\b|and\b|on\b|\.(?:\s|$)|$))",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(r"(?<![\w.,$])(?P<number>\d[\d,]*(?:\.\d+)?)\s+and\s+$")


def scenes_of(doc: Doc) -> list[Scene]:
    """The sentences of a document, laid out with their numbers, periods and possible subjects."""
    text = doc.text
    kinds = {symbol: instrument.kind for symbol, instrument in instruments.instruments().items()}
    paragraphs = list(paragraph_spans(text))
    silent = [*furniture_spans(text), *dateline_spans(text)]
    numbers = [
        number
        for number in find_numbers(text)
        if not _touches(doc._.mentions, number) and not any(a <= number.start < b for a, b in silent)
    ]
    periods = find_periods(text)
    names = [name for name in _names(doc) if not any(a <= name[0] < b for a, b in silent)]
    verbs = frozenset(token.idx for token in doc if token.pos_ in ("VERB", "AUX"))
    scenes = []
    for place, (start, end) in enumerate(sentence_spans(text)):
        words = split_words(text, start, end)
        inside = [mention for mention in doc._.mentions if start <= mention.start and mention.end <= end]
        named = [name for name in names if start <= name[0] and name[1] <= end]
        measured = [number for number in numbers if start <= number.start and number.end <= end]
        dated = [period for period in periods if start <= period.start and period.end <= end]
        scenes.append(
            Scene(
                text=text,
                start=start,
                end=end,
                number=place,
                paragraph=next((i for i, (a, b) in enumerate(paragraphs) if a <= start < b), 0),
                words=words,
                candidates=find_candidates(words, text, inside, named, kinds),
                numbers=() if TABLE_LINE.search(text, start, end) else _with_bare(text, start, end, measured),
                periods=[period for period in dated if not _touches(inside, period)],
                verbs=verbs,
            )
        )
    return scenes


def _names(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Names without a symbol: those the table knows to have none, and those the entity recogniser saw."""
    yield from ((start, end, "unlisted") for start, end in doc._.unlisted)
    for ent in doc.ents:
        if ent.label_ in NAME_LABELS and ent.text not in CLOCKS:
            yield ent.start_char, ent.end_char, NAME_LABELS[ent.label_]


def _touches(mentions: Sequence[Mention], other: Number | Expression) -> bool:
    """Whether a name holds the number or period, as "S&P 500" and "Russell 2000" do."""
    return any(mention.start < other.end and other.start < mention.end for mention in mentions)


def _with_bare(text: str, start: int, end: int, numbers: Sequence[Number]) -> list[Number]:
    """The numbers of a sentence together with those whose unit is left out: "fell 75.38", "1.5 and 3 percent"."""
    found = list(numbers)
    for number in numbers:
        pair = _RESPECTIVELY.search(text, max(start, number.start - 25), number.start)
        told_apart = pair is not None and "respectively" in text[number.end : number.end + 20]
        if pair is not None and told_apart and not _taken(found, *pair.span("number")):
            value = number_value(pair["number"])
            if value is not None:
                first, last = pair.span("number")
                found.append(replace(number, start=first, end=last, text=pair["number"], value=value))
    for match in _BARE.finditer(text, start, end):
        value = number_value(match["number"])
        first, last = match.span("number")
        if value is not None and not _taken(found, first, last):
            found.append(Number(start=first, end=last, text=match["number"], value=value, unit="points"))
    return sorted(found, key=lambda number: number.start)


def _taken(numbers: Sequence[Number], start: int, end: int) -> bool:
    return any(number.start < end and start < number.end for number in numbers)


class Claims:
    """The spaCy component: numbers, mentions and periods → ``doc._.claims``, tuple of `Claim`.

    ``zone`` is the newsroom's zone for stories that carry no dateline.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone

    def __call__(self, doc: Doc) -> Doc:
        """Find the claims and leave them on the document."""
        doc._.claims = tuple(self.find(doc))
        return doc

    def find(self, doc: Doc) -> Iterator[Claim]:
        """The claims of a document, in order of appearance."""
        scenes = scenes_of(doc)
        placer = Placer(scenes, Reference.of(doc._.published, newsroom_zone(doc.text, self.zone)))
        last: list[Candidate] = []
        for scene in scenes:
            after = scene.start
            placed: list[Placed] = []
            for number, move, subject in _moves(scene):
                resolved = resolve(subject, scene, scenes, reversed(last))
                if _bare(number) and (resolved is None or resolved.kind != "index"):
                    continue
                claim = _claim(scene, number, move, subject, resolved)
                placed.append(
                    placer.place(
                        Figure(
                            scene=scene,
                            number=number,
                            move=move,
                            symbol=claim.symbol,
                            dated=claim.measure in ("price", "yield") and claim.modality == "actual",
                            after=after,
                            placed=placed,
                        )
                    )
                )
                after = number.end
                yield replace(_dated(claim, placed[-1], scene.text), source=_speaker(doc._.quotes, number))
                if resolved is not None and resolved.symbol:
                    last.append(resolved)


def _moves(scene: Scene) -> Iterator[tuple[Number, Move, Candidate | None]]:
    """The numbers of a sentence that state a move, each with its subject before any resolution."""
    previous: tuple[Number, Move] | None = None
    earlier: list[tuple[Number, Candidate]] = []
    for number in scene.numbers:
        move = find_move(scene, number, previous)
        if move is None:
            continue
        subject = find_subject(scene, number, move, earlier)
        yield number, move, subject
        previous = (number, move)
        if subject is not None:
            earlier.append((number, subject))


def _bare(number: Number) -> bool:
    return number.unit == "points" and number.text[-1].isdigit()


def _claim(
    scene: Scene,
    number: Number,
    move: Move,
    subject: Candidate | None,
    resolved: Candidate | None,
) -> Claim:
    """The claim of one number, without its period and speaker."""
    measure = measure_of(subject, resolved, number)
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
        modality=modality_of(scene, number, move),
        subject=_span(scene, subject) if subject is not None else None,
        symbol=resolved.symbol if resolved is not None else None,
        segment=resolved.segment if resolved is not None else None,
        timing=timing_of(scene, number) if measure in ("price", "yield") else None,
    )


def _span(scene: Scene, subject: Candidate) -> Span:
    return Span(start=subject.start, end=subject.end, text=scene.text[subject.start : subject.end])


def _dated(claim: Claim, placed: Placed, text: str) -> Claim:
    """The claim with its period."""
    return replace(
        claim,
        period=placed.span(text),
        period_basis=placed.basis,
        base_date=placed.window.base,
        end_date=placed.window.end,
    )


def _speaker(quotes: Sequence[Quote], number: Number) -> str | None:
    """Who is quoted as saying the sentence that the number stands in."""
    return next((quote.speaker for quote in quotes if quote.start <= number.start and number.end <= quote.end), None)


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
