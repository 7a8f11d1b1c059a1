"""One change between two texts of a story, as a record, and which of the changes a correction owns up to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from newsig.compare.copies import Telling
from newsig.compare.wording import keys, sentence_at
from newsig.records import Span

ChangeKind = Literal["number", "hedge", "period", "quote", "speaker", "name", "added", "dropped"]
Of = Literal["claim", "quote", "name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: what kind, of what, the words before and after with their places, and what it is in a person's words.

    ``before`` is null for what was added, ``after`` for what was dropped. ``correction`` is the line of the later text
    that owns up to the change, null where none does.
    """

    kind: ChangeKind
    of: Of
    before: Span | None
    after: Span | None
    detail: str
    correction: str | None = None


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPOKEN_OF: Mapping[str, frozenset[str]] = {
    "number": _set("figure figures number percentage percent size amount level total direction points"),
    "hedge": _set("figure figures number percentage percent size amount"),
    "period": _set("day date week month quarter year period time timing"),
    "quote": _set("quote quotation quotes"),
    "speaker": _set("speaker source attribution title role firm affiliation employer analyst's"),
    "name": _set("name names spelling spelled misspelled"),
    "added": _set("adds added dropped omitted missing"),
    "dropped": _set("removes removed drops deletes deleted withdrawn"),
}
"""The words by which corrections speak of a kind of change without repeating it."""

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

_PARAGRAPH = re.compile(
    rf"(?:paragraphs?|para(?:s|graf)?|graf)\s+(\d{{1,2}})|({'|'.join(ORDINALS)}|lead|opening)\s+(?:paragraph|para)\b",
    re.IGNORECASE,
)
_PIECE = re.compile(r";|\band (?=(?:correct|fix|add|remov|chang)\w*\b)", re.IGNORECASE)


def credited(changes: Sequence[Change], other: Telling) -> list[Change]:
    """The changes with the correction of the later text that owns up to each.

    A correction means the changes whose names or figures it repeats; where it repeats none, those of the kind that it
    speaks of, in the paragraph that it names.
    """
    found = list(changes)
    for correction in other.corrections:
        for piece in _PIECE.split(correction):
            for at in _meant(piece, found, other):
                found[at] = replace(found[at], correction=found[at].correction or correction)
    return found


def _meant(piece: str, changes: Sequence[Change], other: Telling) -> list[int]:
    bare = _PARAGRAPH.sub(" ", piece)
    names = {_possessor(key) for key in _names_and_figures(bare)}
    repeated = [at for at, change in enumerate(changes) if names & _telling(change)]
    if repeated:
        return repeated
    said = set(keys(bare))
    paragraph = _paragraph(piece)
    return [
        at
        for at, change in enumerate(changes)
        if said & SPOKEN_OF[change.kind] and paragraph in (None, _paragraph_of(change, other))
    ]


def _names_and_figures(text: str) -> Iterator[str]:
    """Words with a capital and figures; the first word has one in any case."""
    for match in re.finditer(r"\S+", text.strip("() ")):
        if match.start() and (match[0][0].isupper() or any(map(str.isdigit, match[0]))):
            yield from keys(match[0])


def _telling(change: Change) -> set[str]:
    spans = [span.text for span in (change.before, change.after) if span]
    return {_possessor(key) for text in (*spans, change.detail) for key in _names_and_figures(f"· {text}")}


def _possessor(key: str) -> str:
    return key.removesuffix("'s")


def _paragraph(piece: str) -> int | None:
    match = _PARAGRAPH.search(piece)
    if match is None:
        return None
    if match[1]:
        return int(match[1])
    return ORDINALS.index(match[2].lower()) + 1 if match[2].lower() in ORDINALS else 1


def _paragraph_of(change: Change, other: Telling) -> int | None:
    """The paragraph of the later text in which the change stands, counted without the lines around the story."""
    if change.after is None:
        return None
    story = other.story()
    start, _ = sentence_at(other.text, change.after.start)
    return sum(bool(line.strip()) for line in story[:start].split("\n")[:-1]) + 1
