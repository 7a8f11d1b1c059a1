"""A sentence laid out for reading: its words, and what stands where in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from newsig.extract.lexicon import (
    words,
)
from newsig.extract.numbers import Number
from newsig.extract.periods import Expression

_WORD = re.compile(r"[A-Za-z][A-Za-z.]*(?:[-’'/&][A-Za-z0-9]+)*(?:['’](?!\w))?|\d[\d,.]*\d|\d|[^\w\s]")
TRADED = words("index stock etf commodity currency rate crypto")
"""Kinds of candidates that have prices of their own."""
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")


class Word(NamedTuple):
    """A word or mark: its span in the article, and its lower-case form without a possessive ending."""

    start: int
    end: int
    lower: str
    possessive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something in a sentence that may be what moved.

    ``kind`` is that of the instrument (``index``, ``stock`` ...) for a mention, else ``segment``, ``fundamental``,
    ``other``, ``price`` (a generic "shares"), ``pronoun``, ``name`` (a name without a symbol), ``unlisted``
    (a name that the table knows to have no symbol) or ``place``.
    """

    start: int
    end: int
    kind: str
    symbol: str | None = None
    segment: str | None = None
    head: str = ""
    possessive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One sentence with everything found in it; ``number`` is its place in the article.

    ``verbs`` are the offsets of the article's verbs, ``subjects`` the spans of what the parser takes for the subject
    by the offset of the verb, see `newsig.extract.claims.grammar`.
    """

    text: str
    start: int
    end: int
    number: int
    paragraph: int
    words: Sequence[Word]
    candidates: Sequence[Candidate]
    numbers: Sequence[Number]
    periods: Sequence[Expression]
    verbs: frozenset[int] = field(default=frozenset())
    subjects: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def index_before(self, at: int) -> int:
        """The place of the last word that ends at or before a character; -1 if there is none."""
        return bisect_right(self.words, at, key=lambda word: word.end) - 1

    def between(self, start: int, end: int) -> Sequence[Word]:
        """The words that lie wholly between two characters."""
        first = bisect_left(self.words, start, key=lambda word: word.start)
        return self.words[first : bisect_right(self.words, end, key=lambda word: word.end)]


def split_words(text: str, start: int, end: int) -> list[Word]:
    """The words and marks of a stretch of text.

    >>> [word.lower for word in split_words("The Dow's 344-point sell-off.", 0, 29)]
    ['the', 'dow', '344', '-', 'point', 'sell-off', '.']
    """
    found = []
    for match in _WORD.finditer(text, start, end):
        raw = match[0]
        stop = match.end()
        if raw.endswith(".") and len(raw) > 1 and "." not in raw[:-1] and stop == end:
            raw, stop = raw[:-1], stop - 1
        bare = raw
        if "'" in raw or "’" in raw:
            bare = _POSSESSIVE.sub(lambda ending: "s" if ending[0][0] == "s" else "", raw)
        found.append(Word(match.start(), stop, bare.lower(), bare != raw))
        if stop != match.end():
            found.append(Word(stop, match.end(), "."))
    return found
