"""A sentence laid out for reading: its words, and what stands where in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol

from newsig.extract.lexicon import (
    words,
)
from newsig.extract.numbers import Number
from newsig.extract.periods import Expression
from newsig.records import Mention

_WORD = re.compile(r"[A-Za-z][A-Za-z.]*(?:[-’'/&][A-Za-z0-9]+)*(?:['’](?!\w))?|\d[\d,.]*\d|\d|[^\w\s]")
TRADED = words("index stock etf commodity currency rate crypto")
"""Kinds of candidates that have prices of their own."""
_FULL_STOP = re.compile(r"[^.]+\.$")
"""A word with a full stop behind it that is none of an abbreviation."""
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")
REMEMBERED = 1 << 14
"""Spellings of words whose plain forms are kept at hand."""


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


class Story(Protocol):
    """What a sentence asks of the article that it stands in, by its place there."""

    @property
    def verbs(self) -> frozenset[int]:
        """The offsets of the article's verbs."""

    def words_of(self, scene: Scene) -> Sequence[Word]:
        """The words of a sentence, without printed codes."""

    def candidates_of(self, scene: Scene) -> Sequence[Candidate]:
        """What may have moved in it."""

    def periods_of(self, scene: Scene) -> Sequence[Expression]:
        """The expressions of time in it."""

    def subject_at(self, at: int) -> tuple[int, int] | None:
        """The span of what the parser takes for the subject of the word that begins at a character."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """One sentence with everything found in it; ``number`` is its place in the article.

    Most sentences state no move and nobody looks at them twice: what costs something is found when it is asked for.
    """

    story: Story
    text: str
    start: int
    end: int
    number: int
    paragraph: int
    mentions: Sequence[Mention]
    numbers: Sequence[Number]
    dated: Sequence[Expression] | None = None

    @cached_property
    def words(self) -> Sequence[Word]:
        """Its words and marks, without printed codes."""
        return self.story.words_of(self)

    @cached_property
    def candidates(self) -> Sequence[Candidate]:
        """What may have moved in it, in order."""
        return self.story.candidates_of(self)

    @cached_property
    def periods(self) -> Sequence[Expression]:
        """The expressions of time in it that are no part of a name; ``dated`` where those were given."""
        return self.story.periods_of(self) if self.dated is None else self.dated

    @property
    def verbs(self) -> frozenset[int]:
        """The offsets of the article's verbs."""
        return self.story.verbs

    def subject_at(self, at: int) -> tuple[int, int] | None:
        """The span of what the parser takes for the subject of the word that begins at a character."""
        return self.story.subject_at(at)

    def at_times(self, periods: Sequence[Expression]) -> Scene:
        """The same sentence with other expressions of time."""
        other = replace(self, dated=periods)
        vars(other).update((name, found) for name, found in vars(self).items() if name in ("words", "candidates"))
        return other

    def index_before(self, at: int) -> int:
        """The place of the last word that ends at or before a character; -1 if there is none."""
        return bisect_right(self._ends, at) - 1

    def between(self, start: int, end: int) -> Sequence[Word]:
        """The words that lie wholly between two characters."""
        return self.words[bisect_left(self._starts, start) : bisect_right(self._ends, end)]

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]


def split_words(text: str, start: int, end: int) -> list[Word]:
    """The words and marks of a stretch of text.

    >>> [word.lower for word in split_words("The Dow's 344-point sell-off.", 0, 29)]
    ['the', 'dow', '344', '-', 'point', 'sell-off', '.']
    """
    found = [Word(match.start(), match.end(), *_plain(match[0])) for match in _WORD.finditer(text, start, end)]
    if found and found[-1].end == end and _FULL_STOP.match(text, found[-1].start, end):
        last = found.pop()
        found += [Word(last.start, end - 1, *_plain(text[last.start : end - 1])), Word(end - 1, end, ".")]
    return found


@lru_cache(maxsize=REMEMBERED)
def _plain(raw: str) -> tuple[str, bool]:
    """The lower-case form of a word without a possessive ending, and whether it had one."""
    bare = raw
    if "'" in raw or "’" in raw:
        bare = _POSSESSIVE.sub(lambda ending: "s" if ending[0][0] == "s" else "", raw)
    return bare.lower(), bare != raw
