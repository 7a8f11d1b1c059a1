"""What moved and which way, over every form in which market reports say so.

The texts and what a careful reader finds in them stand in ``subjects.toml``, grouped by form; what is read wrongly
today in ``subjects_gaps.toml``, grouped by cause. A gap that starts to pass must move up.
"""

from __future__ import annotations

import tomllib
from itertools import zip_longest
from pathlib import Path

import pytest

from newsig.records import LANDMARKS, Findings
from tests.conftest import Read

Row = tuple[str, str, str, str, str]  # number, subject's words, symbol or "-", direction, measure

FIELDS = ("number", "subject", "symbol", "direction", "measure")


def table(name: str) -> list[tuple[str, list[Row]]]:
    groups: dict[str, dict[str, list[str]]] = tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return [(text, [read_row(move) for move in moves]) for group in groups.values() for text, moves in group.items()]


def read_row(move: str) -> Row:
    number, subject, symbol, direction, measure = move.split(" | ")
    return number, subject, symbol, direction, measure


CASES = table("subjects.toml")
KNOWN_GAPS = table("subjects_gaps.toml")


def moves(findings: Findings) -> list[Row]:
    """The moves that were found, as rows of the table: no levels, streaks or records, and no leading article."""
    return [
        (
            claim.text,
            claim.subject.text.removeprefix("The ").removeprefix("the ") if claim.subject else "-",
            claim.symbol or "-",
            claim.direction,
            claim.measure,
        )
        for claim in findings.claims
        if claim.measure not in LANDMARKS
    ]


def differences(found: list[Row], wanted: list[Row]) -> list[str]:
    """What is missing, added or read another way, one line a field, in words for the one who reads the failure."""
    lines = []
    for got, want in zip_longest(found, wanted):
        if got is None or want is None:
            lines.append(f"only found: {got}" if got else f"not found: {want}")
            continue
        fields = zip(FIELDS, got, want, strict=True)
        lines += [f"{want[0]}: {field} is {g!r}, not {w!r}" for field, g, w in fields if g not in w.split(" / ")]
    return lines


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_what_moved_and_which_way(read: Read, text: str, rows: list[Row]) -> None:
    assert differences(moves(read(text)), rows) == []


@pytest.mark.xfail(reason="read wrongly today")
@pytest.mark.parametrize(("text", "rows"), KNOWN_GAPS)
def test_known_gaps(read: Read, text: str, rows: list[Row]) -> None:
    assert differences(moves(read(text)), rows) == []


def test_the_tables_name_only_what_stands_in_their_texts() -> None:
    for text, rows in CASES + KNOWN_GAPS:
        for number, subject, *_ in rows:
            assert any(reading in text for reading in number.split(" / ")), (text, number)
            assert any(reading in text for reading in subject.split(" / ")), (text, subject)


def test_no_text_stands_twice() -> None:
    texts = [text for text, _ in CASES + KNOWN_GAPS]
    assert len(set(texts)) == len(texts)
