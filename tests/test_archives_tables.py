"""Tables of articles: CSV and Parquet, whole and damaged."""

from __future__ import annotations

import codecs
import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.collect.archives import Input, inputs
from newsig.collect.archives.parquet import UNVERIFIED
from newsig.collect.archives.parts import Plan
from newsig.collect.archives.streams import MAX_LINE
from tests.archive_files import story
from tests.test_archives_fields import taken

MOMENT = datetime(2024, 7, 18, 2, 26, tzinfo=UTC)
TABLE = 'headline,body,date\nOil,"Oil fell.\n\nIt said ""so"".",2024-07-18\nGold,Gold rose.,2024-07-19\n'

READABLE = {
    "plain": (TABLE.encode(), None),
    "bom": (codecs.BOM_UTF8 + TABLE.encode(), None),
    "utf16": (TABLE.encode("utf-16"), None),
    "crlf": (TABLE.replace("\n", "\r\n").encode(), None),
    "bare cr": (TABLE.replace("\n", "\r").encode(), None),
    "semicolon": (TABLE.replace(",", ";").encode(), None),
    "tab": (TABLE.replace(",", "\t").encode(), None),
    "no newline at the end": (TABLE.rstrip().encode(), None),
    "blank lines": (TABLE.replace("\nGold", "\n\n\nGold").encode(), None),
    "title above": (b"News of July\n" + TABLE.encode(), 'text="body"\ntitle="headline"\n[csv]\nheader=2'),
    "no header": (
        TABLE.partition("\n")[2].encode(),
        'text="b"\ntitle="a"\n[csv]\nheader=0\ncolumns=["a", "b", "c"]',
    ),
    "delimiter": (TABLE.replace(",", "~").encode(), 'text="body"\ntitle="headline"\n[csv]\ndelimiter="~"'),
}


@pytest.mark.parametrize("name", READABLE)
def test_csv_however_it_is_written(tmp_path: Path, name: str) -> None:
    data, mapping = READABLE[name]
    file = tmp_path / "a.csv"
    file.write_bytes(data)
    pages, failures, _ = taken(file, mapping if isinstance(mapping, str) else None)
    assert not failures
    assert [page.title for page in pages] == ["Oil", "Gold"]
    assert [(page.text or "").replace("\r\n", "\n").replace("\r", "\n") for page in pages] == [
        'Oil fell.\n\nIt said "so".',
        "Gold rose.",
    ]


def test_another_encoding_is_named_and_never_guessed(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("body\ncafé – 2 %\nplain\n".encode("windows-1252"))
    (page,), (failure,), _ = taken(file)
    assert (page.text, failure.place) == ("plain", f"{file} line 2")
    assert failure.reason.startswith("body holds byte 0xe9, which is no UTF-8: a mapping can name the file's encoding")
    pages, failures, _ = taken(file, 'text = "body"\n[csv]\nencoding = "windows-1252"')
    assert ([page.text for page in pages], failures) == (["café – 2 %", "plain"], [])


BAD_ROWS = [
    ("one,two,three", "too many fields: 3, where the table has 2 columns"),
    ("one", "too few fields: 1, where the table has 2 columns"),
    ('one,"two" three', "no CSV: ',' expected after '\"'"),
    ("one,", "no text"),
    ("one,a\x00b", "text has U+0000 at character 1"),
]


@pytest.mark.parametrize(("row", "reason"), BAD_ROWS)
def test_a_bad_row_is_named_and_the_others_are_taken(tmp_path: Path, row: str, reason: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f'title,text\nA,"first\nstory"\n{row}\nB,second\n', newline="")
    pages, (failure,), _ = taken(file)
    assert [page.text for page in pages] == ["first\nstory", "second"]
    assert failure.place == f"{file} line 4"
    assert failure.reason.startswith(reason)


def test_a_quote_left_open_is_a_failure_that_says_where_it_began(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('title,text\nA,first\nB,"left open\nC,third\n')
    pages, (failure,), _ = taken(file)
    assert [page.text for page in pages] == ["first"]
    assert (failure.place, failure.reason) == (f"{file} line 3", "no CSV: unexpected end of data")


def test_a_field_may_be_long_and_not_longer(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f'text\n"{"long " * 200_000}"\n{"x" * (MAX_LINE + 2)}\nlast\n')
    pages, (failure,), _ = taken(file)
    assert [len(page.text or "") for page in pages] == [1_000_000, 4]
    assert (failure.place, failure.reason) == (f"{file} line 3", "no CSV: a line longer than 20,971,520 characters")


BAD_TABLES = [
    ("kopf,rumpf\na,b\n", "no text: none of its fields (kopf, rumpf) is known to hold one"),
    ("text,text\na,b\n", "two columns are named 'text'"),
]


@pytest.mark.parametrize(("table", "reason"), BAD_TABLES)
def test_a_table_without_a_use_is_one_failure(tmp_path: Path, table: str, reason: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(table)
    pages, (failure,), _ = taken(file)
    assert (pages, failure.place, failure.reason[: len(reason)]) == ([], str(file), reason)


FIELD = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@given(st.lists(st.tuples(FIELD, FIELD), max_size=8))
def test_every_table_that_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("title", "text"), *rows])
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(written.getvalue().encode())
    pages, failures, _ = taken(file)
    assert [(page.title or "", page.text) for page in pages] == [(a, b) for a, b in rows if b.strip()]
    assert len(failures) == sum(not b.strip() for _, b in rows)


@given(st.binary(max_size=300))
def test_no_bytes_raise_as_a_table(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(b"title,text\n" + data)
    pages, failures, _ = taken(file)
    assert len(pages) + len(failures) <= data.count(b"\n") + data.count(b"\r") + 1
    assert all((page.text or "").encode() for page in pages)


# Parquet


def parquet(path: Path, rows: int = 120, **options: object) -> Path:
    table = pa.table(
        {
            "headline": [f"Title {n}" for n in range(rows)],
            "body": [story(n) for n in range(rows)],
            "date": pa.array([MOMENT] * rows, pa.timestamp("us", tz="UTC")),
            "mood": list(range(rows)),
            "source": [{"name": "Harbour Wire", "id": n} for n in range(rows)],
        }
    )
    pq.write_table(table, path, row_group_size=50, **options)
    return path


def test_parquet_by_its_columns(tmp_path: Path) -> None:
    file = parquet(tmp_path / "a.parquet", write_page_checksum=True)
    pages, failures, notes = taken(file)
    assert (len(pages), failures) == (120, [])
    assert (pages[50].title, pages[50].text, pages[50].origin) == ("Title 50", story(50), f"{file} row 51")
    assert (pages[50].published, pages[50].publisher) == (MOMENT, "Harbour Wire")
    used = "text from body, title from headline, published from date, publisher from source.name"
    assert list(notes.told()) == [f"fields not used: mood, source.id ({used})"]


def test_parquet_without_a_zone_or_with_a_day(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    times = pa.array([MOMENT.replace(tzinfo=None)], pa.timestamp("ns"))
    pq.write_table(pa.table({"text": ["Oil fell."], "date": times}), file)
    ((page,), _, notes) = taken(file)
    assert (page.published, page.date_doubt) == (date(2024, 7, 18), "no_zone")
    assert UNVERIFIED in notes.counts


ODD = {
    "a time that cannot be": (pa.array([10**18, 0], pa.timestamp("us")), "date", [None, date(1970, 1, 1)], []),
    "nanoseconds": (pa.array([1, 1], pa.timestamp("ns")), "date", [date(1970, 1, 1)] * 2, []),
    "bytes": (pa.array([b"Oil", b"caf\xe9"]), "title", ["Oil"], ["title: no UTF-8: byte 0xe9 at offset 3"]),
    "no UTF-8": (pa.array([b"Oil", b"caf\xe9"]).view(pa.string()), "title", ["Oil"], ["title cannot be read: "]),
    "no number": (pa.array([float("nan"), None]), "author", [(), ()], []),
    "numbers": (pa.array([1.0, 2.0]), "id", ["1", "2"], []),
}
HELD = {"date": "published", "author": "authors"}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_value_costs_its_field_or_its_row(tmp_path: Path, name: str) -> None:
    values, column, expected, reasons = ODD[name]
    pq.write_table(pa.table({"text": ["Oil fell.", "Gold rose."], column: values}), tmp_path / "a.parquet")
    pages, failures, _ = taken(tmp_path / "a.parquet")
    assert [getattr(page, HELD.get(column, column)) for page in pages] == expected
    assert [one.reason[: len(reason)] for one, reason in zip(failures, reasons, strict=True)] == reasons


def test_parquet_goes_on_within_a_group_of_rows(tmp_path: Path) -> None:
    (one,) = inputs([parquet(tmp_path / "a.parquet")])
    assert isinstance(one, Input)
    met = list(one.read(Plan()))
    for place in (0, 1, 48, 49, 50, 99, 119):
        rest = list(one.read(Plan(), met[place].mark))
        assert [item.found for item in rest] == [item.found for item in met[place + 1 :]]


@pytest.mark.parametrize("codec", ["none", "snappy", "zstd"])
def test_no_flipped_bit_changes_an_article_in_silence(tmp_path: Path, codec: str) -> None:
    data = parquet(tmp_path / "whole.parquet", compression=codec, write_page_checksum=True).read_bytes()
    whole, _, _ = taken(tmp_path / "whole.parquet")
    expected = [(page.title, page.text, page.published, page.publisher) for page in whole]
    file = tmp_path / "flipped.parquet"
    rng = Random(24)
    told = 0
    for _ in range(250):
        flipped = bytearray(data)
        flipped[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        file.write_bytes(flipped)
        pages, failures, notes = taken(file)
        found = [(page.title, page.text, page.published, page.publisher) for page in pages]
        assert found == expected or failures or UNVERIFIED in notes.counts
        told += bool(failures)
    assert told > 50


def test_a_damaged_group_of_rows_costs_itself_alone(tmp_path: Path) -> None:
    file = parquet(tmp_path / "a.parquet", compression="none", write_page_checksum=True, use_dictionary=False)
    data = bytearray(file.read_bytes())
    data[data.index(story(60).encode()) + 3] ^= 1
    file.write_bytes(data)
    pages, (failure,), _ = taken(file)
    assert [page.title for page in pages] == [f"Title {n}" for n in (*range(50), *range(100, 120))]
    assert failure.reason.startswith("row group 2: rows 51 to 100 are lost (")
    assert failure.reason.endswith("get the file anew")


def test_what_is_no_parquet(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + b"rubbish" * 50)
    pages, (failure,), _ = taken(tmp_path / "a.parquet")
    assert pages == []
    assert failure.reason.startswith("no Parquet that can be read: ")
