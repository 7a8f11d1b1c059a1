"""Which targets each sentence of an article holds: instruments and segments by their mentions, general words for a part
of the market, and words that stand for one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from spacy.tokens import Doc

from newsig.extract.sentences import paragraph_spans, sentence_spans
from newsig.extract.sentiments.general import Target, general_targets
from newsig.extract.sentiments.standing import BACK, standing_targets
from newsig.furniture import find_credits
from newsig.records import Mention, Place

Finder = Callable[[str], Sequence[Mention]]
"""What finds the mentions in words that the pipeline's own mentions leave out: headlines."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that holds targets: where it stands in the text, in which place of the article."""

    start: int
    end: int
    place: Place
    targets: tuple[Target, ...] = field(default=())


def sentences_with_targets(doc: Doc, text: str, find: Finder) -> Iterator[Sentence]:
    """The sentences of an article that hold a target, each with its targets in the order of the text.

    A target is there once, as it is first named. Furniture holds none, but the headline above a text does; a text that
    begins with its own title has it as a headline.
    """
    mentions: Sequence[Mention] = doc._.mentions
    before: list[Sequence[Target]] = []
    for start, end, place in _sentences(text, doc._.title):
        if place == "headline":
            near = [_shifted(mention, start) for mention in find(text[start:end])]
        else:
            near = [_target(mention) for mention in mentions if start <= mention.start and mention.end <= end]
        named = _once(_named(text, start, end, near))
        stood = [] if place == "headline" else standing_targets(text, start, end, named, before[:BACK], doc._.quotes)
        targets = tuple(sorted((*named, *stood), key=lambda target: target.start))
        before.insert(0, targets)
        if targets:
            yield Sentence(start, end, place, targets)


def named_in(words: str, find: Finder) -> list[Target]:
    """The targets that words outside the story name: its title."""
    return _once(_named(words, 0, len(words), [_target(mention) for mention in find(words)]))


def _named(text: str, start: int, end: int, near: Sequence[Target]) -> Iterator[Target]:
    taken = [(target.start, target.end) for target in near]
    yield from near
    yield from general_targets(text, start, end, taken)


def _target(mention: Mention) -> Target:
    return Target(mention.start, mention.end, mention.symbol, mention.segment)


def _shifted(mention: Mention, by: int) -> Target:
    return Target(mention.start + by, mention.end + by, mention.symbol, mention.segment)


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _once(targets: Iterator[Target]) -> list[Target]:
    """Each target once, where it is first named: an instrument by its symbol, a segment by its id."""
    kept: dict[tuple[str | None, str], Target] = {}
    for target in sorted(targets, key=lambda target: target.start):
        kept.setdefault(target.thing, target)
    return list(kept.values())


def _sentences(text: str, title: str | None) -> Iterator[tuple[int, int, Place]]:
    """The sentences of headlines and of the story, without what surrounds it."""
    pieces = find_credits(text)
    headings = [(piece.start, piece.end) for piece in pieces if piece.kind == "heading"]
    headings += [span for span in islice(paragraph_spans(text), 1) if title and _same(text[slice(*span)], title)]
    silent = [(piece.start, piece.end) for piece in pieces if piece.kind not in ("heading", "dateline")]
    datelines = [(piece.start, piece.end) for piece in pieces if piece.kind == "dateline"]
    lead = next(
        (
            span
            for span in paragraph_spans(text)
            if not any(a <= span[0] < b for a, b in (*headings, *silent)) and span not in datelines
        ),
        (0, 0),
    )
    for start, end in sentence_spans(text):
        after = next((b for a, b in datelines if a <= start < b), start)
        while after < end and text[after].isspace():
            after += 1
        if after >= end or any(a <= after < b for a, b in silent):
            continue
        if any(a <= after < b for a, b in headings):
            yield after, end, "headline"
        else:
            yield after, end, "lead" if lead[0] <= after < lead[1] else "body"
