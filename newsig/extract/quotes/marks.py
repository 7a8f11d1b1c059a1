"""Where quotations stand: runs between marks of every kind, told apart from apostrophes and marks gone astray.

Marks are read paragraph by paragraph. A mark that opens while another is open is a quotation within the quotation, if
enough marks close behind it; behind a finished sentence it opens the next paragraph of the same quotation, as agencies
write it, whose paragraphs may have been joined; else the earlier one was never closed, and is dropped. A straight mark
opens or closes by what stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

NESTED = 40
"""Marks behind an opening one that are looked through for those that close it."""
LONGEST = 3000
"""Code points that one run may have, so that a mark gone astray never runs away with the text."""
FEWEST_WORDS = 3
"""A run of fewer words is a term, unless a verb of saying gives just it to somebody."""

Side = Literal["open", "close", "either"]

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"``|''|\"\"|[“”„‟\"«»‹›‘’']")
_FAMILIES = {
    "“": "“",
    "”": "“",
    "„": "“",
    "‟": "“",
    '"': "“",
    "''": "“",
    '""': "“",
    "``": "“",
    "«": "«",
    "»": "«",
    "‹": "‹",
    "›": "‹",
}
_SIDES: dict[str, Side] = {"“": "open", "„": "open", "‟": "open", "”": "close", "``": "open"}
QUOTE_MARKS = "“”„‟\"«»‹›‘’'`"
"""Every character that opens or closes a quotation."""
_APOSTROPHES = frozenset("‘’'")
_SMALL = frozenset(
    ["a", "an", "the", "of", "and", "or", "for", "in", "on", "at", "to", "by", "with", "from", "as", "is", "s"]
)
_SHORTENED = frozenset(["em ", "til", "tis", "n' ", "n’ "])
"""What begins with an apostrophe: "’tis", "rock ’n’ roll"."""
_ENDED = re.compile(r"[.!?…][)\]]?$")
_TAGGED = re.compile(
    r"[,.!?…]\s+(?:(?:said|says|told|added|wrote|according)\b|(?:\w+\s+){1,3}(?:said|says|told|added|wrote)\b)"
)
"""A verb of saying inside a run that was never closed: the quotation ended before it."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch between quotation marks, marks included.

    ``closed`` is false where its closing mark is missing; ``reopened`` says that the next run goes on with it, each of
    its paragraphs being opened anew.
    """

    start: int
    end: int
    text: str
    closed: bool = True
    reopened: bool = False

    @property
    def words(self) -> str:
        """What stands between the marks."""
        return self.text.strip(f"{QUOTE_MARKS} ")

    @property
    def long(self) -> bool:
        """Whether it is more than a quoted term."""
        return len(self.words.split()) >= FEWEST_WORDS

    @property
    def title(self) -> bool:
        """Whether it is the name of something: capitals throughout, nothing that ends a sentence or clause."""
        words = [word for word in re.findall(r"[\w’'-]+", self.words) if word.lower() not in _SMALL]
        return (
            bool(words)
            and all(word[0].isupper() or word[0].isdigit() for word in words)
            and not re.search(r"[!?…]|[.;:]\s", self.words)
            and self.text[-2:-1] not in ("?", "!")
        )

    @property
    def whole(self) -> bool:
        """Whether it reads as a sentence, or the beginning of one: capital first, punctuation last."""
        return self.long and self.words[:1].isupper() and self.words[-1:] in ".!?,…-–—"


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: str
    side: Side


def find_runs(text: str) -> list[Run]:
    """Every quoted run of a text, in order, none within another.

    >>> [run.text for run in find_runs('He said "it is over" and left the “old guard” there.')]
    ['"it is over"', '“old guard”']
    >>> [run.text for run in find_runs("‘The banks’ profits fell,’ she said of the ’90s.")]
    ['‘The banks’ profits fell,’']
    """
    runs: list[Run] = []
    for paragraph in _PARAGRAPH.finditer(text):
        runs += _runs(text, paragraph.start(), paragraph.end())
    return [run for run in _chained(text, runs) if run.words and (run.end - run.start <= LONGEST or _is_sure(run))]


def _is_sure(run: Run) -> bool:
    """Whether a long run cannot have run away: its two marks tell which of them opens and which closes."""
    return run.closed and run.text[0] in _SIDES and run.text[-1] in _SIDES


def _runs(text: str, start: int, end: int) -> Iterator[Run]:
    """The runs of one paragraph."""
    marks = [_mark(text, match) for match in _MARK.finditer(text, start, end)]
    doubles = [mark for mark in marks if mark is not None]
    taken = 0
    found = list(_doubles(text, doubles, end))
    singles = [
        run for run in _singles(text, start, end) if not any(run.start < a.end and a.start < run.end for a in found)
    ]
    for run in sorted((*found, *singles), key=lambda run: run.start):
        if run.start >= taken:
            yield run
            taken = run.end


def _mark(text: str, match: re.Match[str]) -> _Mark | None:
    """A mark with the side it stands on; None for what is an apostrophe or a single mark."""
    symbol = match[0]
    if symbol in _APOSTROPHES:
        return None
    side = _SIDES.get(symbol) or _side(text, match.start(), match.end())
    return _Mark(match.start(), match.end(), _FAMILIES[symbol], side)


def _side(text: str, start: int, end: int) -> Side:
    """On which side a straight mark stands, by its neighbours."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    opens = not before.strip() or before in "([{-–—/“‘"
    closes = not behind.strip() or behind in ".,;:!?)]}-–—/”’"
    if opens == closes:
        return "either"
    return "open" if opens else "close"


def _doubles(text: str, marks: Sequence[_Mark], end: int) -> Iterator[Run]:
    """Runs between double marks and guillemets."""
    opened: _Mark | None = None
    depth = 0
    for place, mark in enumerate(marks):
        if opened is None:
            if mark.side != "close":
                opened, depth = mark, 1
            continue
        if mark.family != opened.family:
            continue
        opens = mark.side == "open" and not _low_closed(text, opened, mark)
        if opens or (mark.side == "either" and _begins(text, mark)):
            if _ENDED.search(text[opened.end : mark.start].rstrip()[-3:]):
                yield _unclosed(text, opened, mark.start)
                opened, depth = mark, 1
            elif _closes_again(marks[place : place + NESTED], depth):
                depth += 1
            else:
                opened, depth = mark, 1
            continue
        depth -= 1
        if depth == 0:
            yield Run(opened.start, mark.end, text[opened.start : mark.end])
            opened = None
    if opened is not None:
        yield _unclosed(text, opened, end)


def _begins(text: str, mark: _Mark) -> bool:
    """Whether a straight mark without telling neighbours opens a sentence right behind the last one."""
    return (
        _ENDED.search(text[max(0, mark.start - 3) : mark.start].rstrip()) is not None
        and text[mark.end : mark.end + 1].isupper()
    )


def _low_closed(text: str, opened: _Mark, mark: _Mark) -> bool:
    """Whether a mark that opens elsewhere closes a low one: „…“."""
    return text[opened.start] == "„" and text[mark.start] == "“" and not text[mark.start - 1].isspace()


def _closes_again(marks: Sequence[_Mark], depth: int) -> bool:
    """Whether the marks from an opening one on close all that is open."""
    for mark in marks:
        depth += 1 if mark.side == "open" else -1
        if depth == 0:
            return True
    return False


def _unclosed(text: str, opened: _Mark, end: int) -> Run:
    """A run without a closing mark: to the end of what it may be, but not over a verb of saying with its speaker."""
    words = text[opened.start : end].rstrip()
    told = _TAGGED.search(words)
    words = words[: told.start() + 1] if told else words
    return Run(opened.start, opened.start + len(words), words, closed=False)


def _singles(text: str, start: int, end: int) -> Iterator[Run]:
    """Runs between single marks, which apostrophes look like."""
    at = start
    while (opened := _single_opening(text, at, end)) is not None:
        closed = _single_closing(text, opened + 1, min(end, opened + LONGEST))
        if closed is None:
            at = opened + 1
            continue
        yield Run(opened, closed + 1, text[opened : closed + 1])
        at = closed + 1


def _single_opening(text: str, start: int, end: int) -> int | None:
    for place in range(start, end):
        if text[place] in "‘'":
            before, behind = text[place - 1 : place], text[place + 1 : place + 2]
            if (
                (not before.strip() or before in "([{-–—")
                and behind.isalpha()
                and text[place + 1 : place + 4].lower() not in _SHORTENED
            ):
                return place
    return None


def _single_closing(text: str, start: int, end: int) -> int | None:
    """The mark that closes: behind punctuation, else the first that is no plural's apostrophe."""
    loose = None
    for place in range(start, end):
        if text[place] in "’'" and not text[place + 1 : place + 2].isalnum():
            before = text[place - 1]
            if before in ",.?!…":
                return place
            if (
                loose is None
                and not before.isspace()
                and (before != "s" or not re.match(r"\s[a-z]", text[place + 1 : place + 3]))
            ):
                loose = place
    return loose


def _chained(text: str, runs: Sequence[Run]) -> Iterator[Run]:
    """The runs, each marked where the next one goes on with it."""
    for run, following in zip_longest(runs, runs[1:]):
        if not run.closed and following is not None and not text[run.end : following.start].strip():
            yield Run(run.start, run.end, run.text, closed=False, reopened=True)
        else:
            yield run
