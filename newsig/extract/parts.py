"""Long texts, read part by part: cut where a paragraph or a sentence ends, and what is found put together again.

A reader's cost grows faster than the text, and spaCy takes no more than a million characters. What a story says in one
part is not known in the next: who "he" is, or of which day a figure is, may stay unknown there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from newsig.extract.sentences import sentence_spans
from newsig.furniture import find_credits
from newsig.records import Article, Findings

LONGEST = 100_000
"""Code points up to which a text is read as a whole, and the most that a part of a longer one has."""

FOUND = ("mentions", "claims", "quotes", "sentiments", "credits")

_PARAGRAPH = re.compile(r"\n[^\S\n]*(?:\n\s*)?")
_BLANK = re.compile(r"\s+")
_Record = TypeVar("_Record")


def in_parts(article: Article, longest: int = LONGEST) -> list[tuple[int, Article]]:
    """An article as parts of at most ``longest`` code points, each with the place in the text where it starts; an
    article that is not longer is its own only part.

    A part ends where a paragraph ends; within one that is too long where a sentence ends, then between two words, and
    only in a single word that is too long anywhere. Together the parts have the whole text. All of them know the
    story's dateline.
    """
    if len(article.text) <= longest:
        return [(0, article)]
    (first, end), *others = _cut(article.text, longest)
    told = (credit.text for credit in find_credits(article.text[:end]) if credit.kind == "dateline")
    later = replace(article, dateline=article.dateline or next(told, None))
    parts = [(first, replace(article, text=article.text[:end]))]
    return parts + [(start, replace(later, text=article.text[start:end])) for start, end in others]


def _cut(text: str, longest: int) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > longest:
        end = start + _end(text[start : start + longest])
        yield start, end
        start = end
    yield start, len(text)


def _end(text: str) -> int:
    """Where to end the first part of a text, of which this much may be in it."""
    half = len(text) // 2  # an earlier end would make parts of a few words
    ends = [match.end() for match in _PARAGRAPH.finditer(text, half)]
    if not ends:
        # the last sentence may go on behind what is seen here
        ends = [start for start, _ in sentence_spans(text) if start > half]
    if not ends:
        ends = [match.end() for match in _BLANK.finditer(text, half)]
    return ends[-1] if ends else len(text)


def joined(found: Sequence[tuple[int, Findings]]) -> Findings:
    """The findings of an article from those of its parts, each with the place where its part starts."""
    (_, first), *_ = found
    together: dict[str, Any] = {
        name: tuple(
            _later(record) if start else record for start, one in found for record in moved(getattr(one, name), start)
        )
        for name in FOUND
    }
    return replace(first, **together)


def _later(record: _Record) -> _Record:
    """A record of a part that is not the first: no sentence there is the headline's or in the first paragraph."""
    return replace(record, place="body") if hasattr(record, "place") else record  # type: ignore[type-var]


def moved(found: Any, by: int) -> Any:
    """A record, or a tuple of them, with all of its spans so many code points further on."""
    if isinstance(found, tuple):
        return tuple(moved(one, by) for one in found)
    if not is_dataclass(found) or isinstance(found, type):
        return found
    values = {field.name: getattr(found, field.name) for field in fields(found)}
    changed = {name: value + by if name in ("start", "end") else moved(value, by) for name, value in values.items()}
    return replace(found, **changed)
