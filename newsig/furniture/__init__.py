"""What surrounds a story's own words: headings, bylines, datelines, credits, photo lines and corrections.

They name people, firms and places, but nobody states anything in them. Reading takes them out of web pages; extraction
marks them in texts that are kept as they were given. Everything here is a pure function of the text, and every pattern
is bounded, so that no text, however odd, takes long.

- `find_credits` finds them, in the order of the text;
- `people` names who is named in one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from newsig.furniture.brackets import behind, bracketed
from newsig.furniture.bylines import is_byline, run_in_end
from newsig.furniture.datelines import dateline_end
from newsig.furniture.lines import contributed, kind_of_line
from newsig.furniture.names import people
from newsig.records import Credit, CreditKind

__all__ = ["find_credits", "people"]

HEADINGS = 8
"""Lines above a byline that may be headings; with more there is a list or a story above it."""
LONGEST_TITLE = 200
"""Characters beyond which a line without a full stop is a part of the story all the same."""

Piece = tuple[int, int, CreditKind]

_BLANKS = dict.fromkeys((0xA0, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)), " ")
"""Blanks of typesetting, which the patterns are not to know: as plain ones they leave every place where it was."""

_LINE = re.compile(r"\S[^\n]*")
_CLOSED = re.compile(r"[.!?…][\"'”’)\]]{0,3}$")
"""How a line ends that is a sentence, which headings and the labels of a page are not."""


@lru_cache(maxsize=32)
def find_credits(text: str) -> tuple[Credit, ...]:
    """All that surrounds the story in a text, in its order, none inside another.

    >>> text = "By Jane Roe\\n\\nLONDON (Harbour Wire) - Shares fell. (Editing by John Doe)"
    >>> [(credit.kind, credit.text) for credit in find_credits(text)]
    [('byline', 'By Jane Roe'), ('dateline', 'LONDON (Harbour Wire) -'), ('credit', '(Editing by John Doe)')]
    """
    plain = text.translate(_BLANKS)
    closed_in = [*bracketed(plain), *behind(plain)]
    found = [*closed_in, *_by_lines(plain, closed_in)]
    kept: list[Credit] = []
    for start, end, kind in sorted(found, key=lambda piece: (piece[0], -piece[1])):
        if start < end and (not kept or kept[-1].end <= start):
            kept.append(Credit(start=start, end=end, text=text[start:end], kind=kind))
    return tuple(kept)


class _Above:
    """What stands above the line being read: whether a story began, and which lines may be its headings."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = 0
        self.loose: list[tuple[int, int]] = []
        self.bylines = 0

    @property
    def opening(self) -> bool:
        """Whether no story came before. One short sentence may be a title with a full stop."""
        return self.sentences < 2

    def begun(self) -> None:
        """Take note that the story has begun."""
        self.sentences += 2

    def story(self, start: int, end: int) -> None:
        """Take note of a line, or the rest of one, that belongs to none of the pieces."""
        line = self.text[start:end].strip()
        if len(line) > LONGEST_TITLE:
            self.begun()
        elif _CLOSED.search(line):
            self.sentences += 1
        elif line:
            self.loose.append((start, end))

    def headings(self) -> Iterator[Piece]:
        """The lines above the first byline, neighbours as one, where no sentence stands among them."""
        self.bylines += 1
        if self.bylines > 1 or self.sentences or len(self.loose) > HEADINGS:
            return
        joined: list[tuple[int, int]] = []
        for start, end in self.loose:
            if joined and self.text[joined[-1][1] : start].isspace():
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        yield from ((start, end, "heading") for start, end in joined)


def _by_lines(text: str, closed_in: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces that are whole lines or begin one, where the line is not taken already."""
    above = _Above(text)
    taken = sorted(closed_in)
    for match in _LINE.finditer(text):
        start, end = match.start(), match.start() + len(match[0].rstrip())
        while (at := bisect_right(taken, start, key=lambda piece: piece[0]) - 1) >= 0 and taken[at][1] > start:
            start = _on(text, taken[at][1])
        if start < end:
            stop = taken[at + 1][0] if at + 1 < len(taken) else end
            yield from _of_line(text, start, end, min(stop, end), above)


def _of_line(text: str, start: int, end: int, stop: int, above: _Above) -> Iterator[Piece]:
    """The pieces of one line; its own words go no farther than ``stop``."""
    line = text[start:end]
    byline = is_byline(line, opening=above.opening)
    if byline:
        yield from above.headings()
    if kind := "byline" if byline else kind_of_line(line, opening=above.opening):
        yield start, end, kind
        return
    if (byline_end := run_in_end(text, start, end)) is not None:
        yield from above.headings()
        yield start, byline_end, "byline"
        start = _on(text, byline_end)
    if (place_end := dateline_end(text, start, end, opening=above.opening)) is not None:
        yield start, place_end, "dateline"
        above.begun()
        start = place_end
    if span := contributed(text[start:end]):
        yield start + span[0], start + span[1], "credit"
    above.story(start, stop)


def _on(text: str, at: int) -> int:
    """The first place from ``at`` on that is no blank or mark between two pieces."""
    while at < len(text) and text[at] in " \t,;":
        at += 1
    return at
