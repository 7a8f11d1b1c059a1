"""A sentence with words of it lit: marks beneath, which tell the same without colour, and colour if there is some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsig.records import Span
from newsig.report.tables import shown

MARKS = {"figure": "=", "move": ".", "subject": "-", "period": "~", "attribution": "+"}
"""What is written beneath words, by their kind."""

COLOURS = {"figure": "1;33", "move": "35", "subject": "1;36", "period": "32", "attribution": "34"}
"""The same in ANSI's numbers for style and colour."""

LEGEND = {
    "figure": "the figure",
    "move": "the words of the move",
    "subject": "what moved",
    "period": "over which sessions",
    "attribution": "who says so",
}
PLAIN = "\x1b[0m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lit:
    """Words of an article that play a part, one of `MARKS`, in a claim."""

    kind: str
    words: Span


@dataclass(frozen=True, slots=True)
class _Cell:
    """One character of a line: as it is shown, how many columns it takes, and the part that it plays."""

    shown: str
    columns: int
    kind: str | None


def legend(lit: Sequence[Lit]) -> str:
    """What the marks mean, of those that are there.

    >>> legend([Lit(kind="figure", words=Span(start=0, end=1, text="3"))])
    '= the figure'
    """
    kinds = {one.kind for one in lit}
    return "   ".join(f"{mark} {LEGEND[kind]}" for kind, mark in MARKS.items() if kind in kinds)


def lighted(
    sentence: Span, lit: Sequence[Lit], width: int, indent: str = "  ", *, colour: bool = False
) -> Iterator[str]:
    """The sentence as lines, with a line of marks beneath each that has lit words.

    Controls are made visible; a line break is a blank. Where words play several parts, the first one of ``lit`` shows.
    """
    for line in _lines(_cells(sentence, lit), width - len(indent)):
        yield indent + _coloured(line, colour=colour)
        if any(cell.kind for cell in line):
            yield (indent + "".join((MARKS[cell.kind] if cell.kind else " ") * cell.columns for cell in line)).rstrip()


def _cells(sentence: Span, lit: Sequence[Lit]) -> list[_Cell]:
    from rich.cells import cell_len

    cells = []
    for at, character in enumerate(sentence.text, start=sentence.start):
        kind = next((one.kind for one in lit if one.words.start <= at < one.words.end), None)
        visible = " " if character in "\n\r\t" else shown(character)
        cells.append(_Cell(visible, cell_len(visible), kind))
    return cells


def _lines(cells: Sequence[_Cell], width: int) -> Iterator[list[_Cell]]:
    """Cells in lines that fit, broken at blanks; a word that is longer than a line has one for itself."""
    line: list[_Cell] = []
    word: list[_Cell] = []
    for cell in [*cells, _Cell(" ", 1, None)]:
        if cell.shown != " ":
            word.append(cell)
            continue
        if line and _columns(line) + _columns(word) > width:
            yield line
            line = []
        line, word = [*line, *word, cell], []
    if line:
        yield line


def _columns(cells: Sequence[_Cell]) -> int:
    return sum(cell.columns for cell in cells)


def _coloured(line: Sequence[_Cell], *, colour: bool) -> str:
    text, kind = "", None
    for cell in line:
        if colour and cell.kind != kind:
            text += (PLAIN if kind else "") + (f"\x1b[{COLOURS[cell.kind]}m" if cell.kind else "")
            kind = cell.kind
        text += cell.shown
    return text.rstrip() + (PLAIN if kind else "")
