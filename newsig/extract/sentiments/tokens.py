"""Passages as the numbers that a model reads: tokens, and which of them are a target's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from newsig.extract.sentiments.judging import Passage

LONGEST = 256
"""Tokens of a piece, or less where a model reads less. Of a longer passage each target is read with as many of the
words around it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of tokens, first and last of which are the tokenizer's marks.

    ``targets`` are the places in ``ids`` of each target's tokens, ``which`` the numbers of these targets in their
    passage.
    """

    ids: tuple[int, ...]
    targets: tuple[tuple[int, ...], ...]
    which: tuple[int, ...]


def pieces(passage: Passage, tokenizer: Tokenizer, longest: int = LONGEST) -> Iterator[Piece]:
    """One piece of at most ``longest`` tokens for all targets of a passage, or one for each where it is too long.

    Raises:
        ValueError: a target holds no word.
    """
    encoding = tokenizer.encode(passage.text)
    offsets: Sequence[tuple[int, int]] = encoding.offsets
    placed = [_places(offsets, target) for target in passage.targets]
    if len(encoding.ids) <= longest:
        yield Piece(tuple(encoding.ids), tuple(placed), tuple(range(len(placed))))
        return
    first, *inner, last = encoding.ids
    room = longest - 2
    for number, places in enumerate(placed):
        middle = (places[0] + places[-1]) // 2 - 1
        start = max(0, min(middle - room // 2, len(inner) - room))
        kept = tuple(place - start for place in places if 0 < place - start <= room)
        yield Piece((first, *inner[start : start + room], last), (kept,), (number,))


def _places(offsets: Sequence[tuple[int, int]], target: tuple[int, int]) -> tuple[int, ...]:
    start, end = target
    places = tuple(number for number, (a, b) in enumerate(offsets) if a < b and a < end and start < b)
    if not places:
        raise ValueError(f"no word stands from {start} to {end}")
    return places
