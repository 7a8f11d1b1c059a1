"""Text cut at every boundary of what lies in it, so that spans may nest and cross: each piece knows what covers it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Lit:
    """Something that lies in a text from code point ``start`` to before ``end``: its ``kind`` and its ``key``, which is
    an element's on the page, and a ``tip``, what is to be said of it beside."""

    key: str
    kind: str
    start: int
    end: int
    tip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text with all that covers it, the widest first. ``first`` are those that begin here, and ``at`` is the
    piece's own key."""

    text: str
    at: str
    over: tuple[Lit, ...] = ()
    first: tuple[Lit, ...] = ()

    @property
    def keys(self) -> str:
        """The keys of what covers it."""
        return " ".join(one.key for one in self.over)

    @property
    def kinds(self) -> str:
        """The kinds of what covers it."""
        return " ".join(dict.fromkeys(one.kind for one in self.over))

    @property
    def tip(self) -> str:
        """What is to be said of what covers it, the narrowest first."""
        return "\n".join(one.tip for one in reversed(self.over) if one.tip)


def cut(text: str, spans: Sequence[Lit]) -> list[list[Piece]]:
    """The paragraphs of a text in pieces; the line breaks between paragraphs belong to none.

    >>> [[(piece.text, piece.keys) for piece in part] for part in cut("ab\\ncd", [
    ...     Lit(key="x", kind="quote", start=0, end=4), Lit(key="y", kind="claim", start=1, end=2)])]
    [[('a', 'x'), ('b', 'x y')], [('c', 'x'), ('d', '')]]
    """
    widest = sorted(spans, key=lambda one: (one.start, -one.end))
    begun: set[str] = set()
    return [
        [_piece(text, start, end, over, begun) for start, end, over in _runs(match.start(), match.end(), widest)]
        for match in re.finditer(r"[^\r\n]+", text)
    ]


def _runs(first: int, last: int, spans: Sequence[Lit]) -> Iterator[tuple[int, int, tuple[Lit, ...]]]:
    """The stretches of a paragraph between two boundaries, with what covers each."""
    here = [one for one in spans if one.start < last and one.end > first]
    bounds = sorted({first, last, *(at for one in here for at in (one.start, one.end) if first < at < last)})
    for start, end in pairwise(bounds):
        yield start, end, tuple(one for one in here if one.start < end and one.end > start)


def _piece(text: str, start: int, end: int, over: tuple[Lit, ...], begun: set[str]) -> Piece:
    first = tuple(one for one in over if one.key not in begun)
    begun |= {one.key for one in first}
    return Piece(text=text[start:end], at=f"at-{start}", over=over, first=first)
