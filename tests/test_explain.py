"""Why a story was read as it was: what `newsig extract --explain` prints, for people."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsig.cli import main

TEXT = (
    "The Dow fell 0.3 percent on Friday to 12,638.74, while Apple, up nearly 12 percent this year, lost 2 percent. "
    "The family owns a 5% stake. Analysts at Larkmoor Partners expect Apple's profit to rise 8 percent."
)

RULES = [
    ("'0.3 percent'", "direction", "down  (verb: 'fell')"),
    ("'0.3 percent'", "subject", "Dow  (subject of the verb; seen by the alias table)"),
    ("'0.3 percent'", "symbol", "^DJI  (its own)"),
    ("'0.3 percent'", "period", "'on Friday', 2011-05-05 to 2011-05-06  (stated, its own words)"),
    ("'12 percent'", "comparator", "<  ('nearly')"),
    ("'12 percent'", "period", "'this year', 2010-12-31 to 2011-05-06  (stated, its own words)"),
    ("'2 percent'", "period", "'on Friday', 2011-05-05 to 2011-05-06  (inherited, the day that the lead names)"),
    ("'8 percent'", "measure", "fundamental"),
    ("'8 percent'", "modality", "forecast  (by the words of its clause)"),
    ("'8 percent'", "period", "no dates  (no sessions: not of a price, or not of what happened)"),
    ("'8 percent'", "source", "Larkmoor Partners  (the statement it stands in)"),
    ("'12,638.74'", "measure", "level"),
]


def explained(*words: object, text: str = TEXT) -> Result:
    arguments = ["extract", "--explain", *map(str, words)]
    return CliRunner().invoke(main, [*arguments, "--published", "2011-05-06T21:00Z"], input=text)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    result = explained("-")
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.splitlines()


@pytest.mark.parametrize(("number", "field", "expected"), RULES)
def test_each_field_names_what_placed_it(lines: list[str], number: str, field: str, expected: str) -> None:
    start = next(place for place, line in enumerate(lines) if line.strip() == number)
    found = next(line for line in lines[start:] if line.split()[:1] == [field])
    assert found.split(maxsplit=1)[1] == expected


def test_every_sentence_with_a_number_is_shown_with_its_place(lines: list[str]) -> None:
    assert [line for line in lines if line[:1].isdigit()] == [
        f"1. {TEXT.partition(' The family')[0]}",
        "2. The family owns a 5% stake.",
        "3. Analysts at Larkmoor Partners expect Apple's profit to rise 8 percent.",
    ]


def test_what_was_refused_says_why(lines: list[str]) -> None:
    assert "   '5%' refused: stands for a level, a share or a chance" in lines


def test_control_characters_are_shown_never_obeyed() -> None:
    assert "\x1b" not in explained("-", text="The Dow\x1b[31m fell 3 percent on Friday.").stdout


def test_an_absent_file_is_one_sentence(tmp_path: Path) -> None:
    result = explained(tmp_path / "absent.txt")
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "absent.txt" in result.stderr
