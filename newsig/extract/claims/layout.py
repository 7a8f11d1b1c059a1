"""A story laid out for reading: its sentences, each with the numbers, periods and possible subjects in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from spacy.tokens import Doc

from newsig import instruments
from newsig.extract.claims.candidates import find_candidates, without_codes
from newsig.extract.claims.grammar import subject_at
from newsig.extract.claims.scene import Candidate, Scene, Word, split_words
from newsig.extract.lexicon import DOWN_VERBS, UP_VERBS
from newsig.extract.numbers import Number, find_numbers, number_value
from newsig.extract.parse import Parse
from newsig.extract.periods import Expression, find_periods
from newsig.extract.sentences import dateline_spans, furniture_spans, paragraph_spans, sentence_spans, text_of
from newsig.records import Mention

NAME_LABELS = {
    "ORG": "name",
    "PRODUCT": "name",
    "FAC": "name",
    "PERSON": "name",
    "GPE": "place",
    "NORP": "place",
    "LOC": "place",
}
_Thing = TypeVar("_Thing")
CLOCKS = frozenset({"UTC", "GMT", "EST", "EDT", "ET", "BST", "CET", "PM", "AM"})
"""Zones of clocks that the entity recogniser takes for firms."""
_BULLET = re.compile(r"[*•\n]")
TABLE_LINE = re.compile(r"\|[^|=]*=[^|]*\|")
"""A line of a data table left in the text: it has numbers, but no sentence says anything of them."""
_ALONE = r"\d[\d,]*\.\d+(?=\s*(?:[,;()]|to\b|at\b|or\b|and\b|on\b|\.(?:\s|$)|$))"
_ANY_ALONE = re.compile(rf"(?<=\s){_ALONE}", re.IGNORECASE)
"""What a sentence with a number of `_BARE` holds, and is quickly looked for."""
_BARE = re.compile(
    r"(?:\b(?:"
    + "|".join(sorted(UP_VERBS | DOWN_VERBS))
    + r")|\b(?:increase|decrease|gain|loss|rise|fall|drop)\s+of)\s+(?:(?:by|just|about|only|up)\s+)*"
    rf"(?P<number>{_ALONE})",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(r"(?<![\w.,$])(?P<number>\d[\d,]*(?:\.\d+)?)\s+and\s+$")


class Layout:
    """A document laid out for reading: ``scenes`` are its sentences, ``parse`` its tree."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = text = text_of(doc)
        self.silent = [*furniture_spans(text), *dateline_spans(text)]
        self.spans = list(sentence_spans(text))
        mentions = _by_sentence(self.spans, doc._.mentions, _span)
        paragraphs = [start for start, _ in paragraph_spans(text)]
        numbers = _by_sentence(self.spans, filter(self._is_told, find_numbers(text)), _span)
        self.scenes = [
            Scene(
                story=self,
                text=text,
                start=start,
                end=end,
                number=place,
                paragraph=max(0, bisect_right(paragraphs, start) - 1),
                mentions=mentions[place],
                numbers=() if TABLE_LINE.search(text, start, end) else _with_bare(text, start, end, numbers[place]),
            )
            for place, (start, end) in enumerate(self.spans)
        ]

    def _is_told(self, number: Number) -> bool:
        """Whether a number is part of no name and stands in the story itself."""
        return not _touches(self.doc._.mentions, number) and not self._is_silent(number.start)

    def _is_silent(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.silent)

    @cached_property
    def parse(self) -> Parse:
        """The document's tree."""
        return Parse(self.doc)

    @cached_property
    def verbs(self) -> frozenset[int]:
        """The offsets of the verbs."""
        return frozenset(node.idx for node in self.parse.nodes if node.pos_ in ("VERB", "AUX"))

    @cached_property
    def _names(self) -> list[list[tuple[int, int, str]]]:
        names = (name for name in _names(self.doc) if not self._is_silent(name[0]))
        return _by_sentence(self.spans, names, lambda name: name[:2])

    @cached_property
    def _periods(self) -> list[list[Expression]]:
        return _by_sentence(self.spans, find_periods(self.text), _span)

    def words_of(self, scene: Scene) -> Sequence[Word]:
        """The words of a sentence, without printed codes."""
        return without_codes(split_words(self.text, scene.start, scene.end), scene.mentions)

    def candidates_of(self, scene: Scene) -> Sequence[Candidate]:
        """What may have moved in a sentence."""
        named = self._names[scene.number]
        return find_candidates(scene.words, self.text, scene.mentions, named, instruments.instruments(), self.verbs)

    def periods_of(self, scene: Scene) -> Sequence[Expression]:
        """The expressions of time in a sentence that are no part of a name."""
        return [period for period in self._periods[scene.number] if not _touches(scene.mentions, period)]

    def subject_at(self, at: int) -> tuple[int, int] | None:
        """The span of the grammatical subject of the word that begins at a character."""
        return subject_at(self.parse, at)


def _by_sentence(
    sentences: Sequence[tuple[int, int]], things: Iterable[_Thing], span: Callable[[_Thing], tuple[int, int]]
) -> list[list[_Thing]]:
    """For each sentence the things that stand wholly in it, in the order in which they were given."""
    starts = [start for start, _ in sentences]
    found: list[list[_Thing]] = [[] for _ in sentences]
    for thing in things:
        start, end = span(thing)
        place = bisect_right(starts, start) - 1
        if place >= 0 and end <= sentences[place][1]:
            found[place].append(thing)
    return found


def _span(thing: Mention | Number | Expression) -> tuple[int, int]:
    return thing.start, thing.end


def _names(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Names without a symbol: those the table knows to have none, and those the entity recogniser saw."""
    yield from ((start, end, "unlisted") for start, end in doc._.unlisted)
    text = text_of(doc)
    for ent in doc.ents:
        if (kind := NAME_LABELS.get(ent.label_)) is not None:
            start, end = ent.start_char, ent.end_char
            if text[start:end] not in CLOCKS and not _BULLET.search(text, start, end):
                yield start, end, kind


def _touches(mentions: Sequence[Mention], other: Number | Expression) -> bool:
    """Whether a name holds the number or period, as "S&P 500" and "Russell 2000" do."""
    before = bisect_left(mentions, other.end, key=lambda mention: mention.start)  # none stands inside another
    return before > 0 and other.start < mentions[before - 1].end


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
    for match in _BARE.finditer(text, start, end) if _ANY_ALONE.search(text, start, end) else ():
        value = number_value(match["number"])
        first, last = match.span("number")
        if value is not None and not _taken(found, first, last):
            found.append(Number(start=first, end=last, text=match["number"], value=value, unit="points"))
    return sorted(found, key=lambda number: number.start)


def _taken(numbers: Sequence[Number], start: int, end: int) -> bool:
    return any(number.start < end and start < number.end for number in numbers)
