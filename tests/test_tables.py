"""Rows in every format: exact for programs, safe and fitting for people."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newsig.report.tables import FORMATS, NOTHING, render, shown

ROWS = [
    {"symbol": "^RUT", "move": 11.5435, "title": "Small caps [bold]leap[/bold] | at last", "unused": 1},
    {"symbol": "^GSPC", "move": None, "title": "Megacaps tire\nsays “Wire”"},
]
COLUMNS = ["symbol", "move", "title"]


def rendered(rows, format_, columns=COLUMNS, width=None):
    return "".join(render(rows, format_, columns, width))


def test_jsonl():
    assert rendered(ROWS, "jsonl").splitlines() == [
        '{"symbol": "^RUT", "move": 11.5435, "title": "Small caps [bold]leap[/bold] | at last"}',
        '{"symbol": "^GSPC", "move": null, "title": "Megacaps tire\\nsays “Wire”"}',
    ]


def test_json():
    assert json.loads(rendered(ROWS, "json")) == [{name: row[name] for name in COLUMNS} for row in ROWS]
    assert json.loads(rendered([], "json")) == []


def test_csv():
    assert rendered(ROWS, "csv") == (
        'symbol,move,title\n^RUT,11.5435,Small caps [bold]leap[/bold] | at last\n^GSPC,,"Megacaps tire\nsays “Wire”"\n'
    )


def test_markdown():
    assert rendered(ROWS, "markdown") == (
        "| symbol | move | title |\n"
        "|---|---|---|\n"
        "| ^RUT | 11.5435 | Small caps [bold]leap[/bold] \\| at last |\n"
        "| ^GSPC |  | Megacaps tire<br>says “Wire” |\n"
    )


def test_table():
    assert rendered(ROWS, "table") == (
        " symbol      move   title\n"
        " ─────────────────────────────────────────────────────────\n"
        " ^RUT     11.5435   Small caps [bold]leap[/bold] | at last\n"
        " ^GSPC              Megacaps tire\\nsays “Wire”\n"
    )


def test_a_table_without_rows_says_so():
    assert rendered([], "table") == NOTHING


@pytest.mark.parametrize("width", [20, 40, 80])
def test_a_table_fits_its_width_and_loses_no_word(width):
    lines = rendered(ROWS, "table", width=width).splitlines()
    assert max(map(cell_len, lines)) <= width
    everything = "".join("".join(lines).split())
    assert sorted(letter for letter in everything if letter in "“”|[]") == sorted("[][]|“”")


@pytest.mark.parametrize("format_", ["jsonl", "csv", "json"])
def test_rows_are_written_as_they_come(format_):
    def endless():
        number = 0
        while True:
            yield {"number": number}
            number += 1

    chunks = render(endless(), format_, ["number"])
    assert "2" in "".join(next(chunks) for _ in range(4))


def test_dates_and_nested_values():
    row = {"day": date(2024, 7, 16), "at": datetime(2024, 7, 16, 20, tzinfo=UTC), "tolerance": (16.5, 17.5), "ok": True}
    columns = list(row)
    assert json.loads(rendered([row], "jsonl", columns)) == {
        "day": "2024-07-16",
        "at": "2024-07-16T20:00:00+00:00",
        "tolerance": [16.5, 17.5],
        "ok": True,
    }
    assert rendered([row], "csv", columns).splitlines()[1] == '2024-07-16,2024-07-16T20:00:00+00:00,"[16.5, 17.5]",True'
    assert "| 2024-07-16 | 2024-07-16T20:00:00+00:00 | [16.5, 17.5] | yes |" in rendered([row], "markdown", columns)


SHOWN = [
    ("plain “text” – 3 % ✓", "plain “text” – 3 % ✓"),
    ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
    ("\x9b31m", "\\x9b31m"),
    ("a\tb\r\nc", "a\\tb\\r\\nc"),
    ("\u202egnp.exe\u2066", "\\u202egnp.exe\\u2066"),
    ("\u200e\u200f\u061c\ufeff", "\\u200e\\u200f\\u061c\\ufeff"),
    ("\ud800", "\\ud800"),
    ("ไทย 日本 é", "ไทย 日本 é"),
]


@pytest.mark.parametrize(("text", "expected"), SHOWN)
def test_shown(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize("format_", FORMATS)
@given(text=st.text(max_size=30))
def test_nothing_steers_a_terminal(format_, text):
    written = rendered([{"title": text}], format_, ["title"], 40)
    if format_ != "csv":
        assert shown(written.replace("\n", "")) == written.replace("\n", "")


@given(value=st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()))
def test_json_is_exact(value):
    assert json.loads(rendered([{"value": value}], "jsonl", ["value"])) == {"value": value}
    assert json.loads(rendered([{"value": value}], "json", ["value"])) == [{"value": value}]
    assert rendered([{"value": value}], "jsonl", ["value"]).count("\n") == 1


@given(values=st.lists(st.text(st.characters(exclude_characters="\r\x00", codec="utf-8")), min_size=2, max_size=2))
def test_csv_is_exact(values):
    text = rendered([dict(zip("ab", values, strict=True))], "csv", ["a", "b"])
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], values]
