"""Words and sentences of a text with their places, for holding texts against each other."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

SHINGLE = 5
"""Words in a row that two writers hardly choose alike by chance, as in the detection of copied text (Broder, On the
resemblance and containment of documents, 1997)."""

_WORD = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+(?:['’&.-](?=[^\W_])[^\W_]+)*")
_STOP = re.compile(
    r"(?=[.!?…])"  # tells at once of most places that they are none
    r"(?<!\b[A-Z])(?<!\bInc)(?<!\bCorp)(?<!\bCo)(?<!\bLtd)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\b[ap]\.m)"
    r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9])|\n+"
)
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its place, and what it is compared by (without case and typography)."""

    start: int
    end: int
    key: str


@lru_cache(maxsize=256)
def words(text: str) -> tuple[Word, ...]:
    """The words and figures of a text in their order, punctuation left out.

    >>> [word.key for word in words("“Chips ROSE 12.5%,” O’Neil said.")]
    ['chips', 'rose', '12.5', "o'neil", 'said']
    """
    return tuple(
        Word(match.start(), match.end(), unicodedata.normalize("NFC", match[0].translate(_STRAIGHT)).casefold())
        for match in _WORD.finditer(text)
    )


def keys(text: str) -> list[str]:
    """What the words of a text are compared by."""
    return [word.key for word in words(text)]


def shingles(found: Sequence[str], size: int = SHINGLE) -> set[tuple[str, ...]]:
    """Every run of ``size`` words.

    >>> sorted(shingles(["a", "b", "c"], 2))
    [('a', 'b'), ('b', 'c')]
    """
    return {tuple(found[at : at + size]) for at in range(len(found) - size + 1)}


def holds(text: Sequence[str], run: Sequence[str]) -> bool:
    """Whether a run of words stands in another one, unbroken.

    >>> holds(["a", "b", "c"], ["b", "c"]), holds(["a", "b", "c"], ["a", "c"])
    (True, False)
    """
    return f" {' '.join(run)} " in f" {' '.join(text)} "


@lru_cache(maxsize=256)
def sentence_starts(text: str) -> tuple[int, ...]:
    """Where the sentences of a text begin; a line break ends one, too."""
    return (0, *(match.end() for match in _STOP.finditer(text)))


def sentence_at(text: str, place: int) -> tuple[int, int]:
    """Start and end of the sentence that holds a place.

    >>> sentence_at("Apple Inc. fell. The Dow rose.", 20)
    (16, 30)
    """
    starts = sentence_starts(text)
    at = bisect_right(starts, place)
    return starts[at - 1], starts[at] if at < len(starts) else len(text)


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in place of some spans, so that all else keeps its place."""
    pieces = list(text)
    for start, end in spans:
        pieces[start:end] = " " * (end - start)
    return "".join(pieces)


def within(found: Sequence[Word], start: int, end: int) -> Iterator[Word]:
    """The words that stand between two places."""
    return (word for word in found if start <= word.start and word.end <= end)
