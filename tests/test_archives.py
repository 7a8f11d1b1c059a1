"""Files and folders of articles, good and bad."""

from __future__ import annotations

import gzip
import io
import json
import math
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.collect.archives import read_archive
from newsig.collect.archives.articles import file_id
from newsig.collect.archives.streams import MAX_LINE
from newsig.errors import ReadError
from newsig.records import Failure, Page

MOMENT = datetime(2024, 7, 18, 2, 26, tzinfo=UTC)
STORY = {"id": "a", "text": "Stocks rose 2%.\n\n  They did. ", "published": "2024-07-18T02:26Z"}
OTHER = {"id": "b", "text": "Oil fell 3%."}


def taken(*paths: str | Path, **options: Any) -> tuple[list[Page], list[Failure]]:
    found = list(read_archive(paths, **options))
    pages = [item for item in found if isinstance(item, Page)]
    return pages, [item for item in found if isinstance(item, Failure)]


def from_stdin(data: bytes, **options: Any) -> tuple[list[Page], list[Failure]]:
    return taken("-", stdin=io.BytesIO(data), **options)


def lines_of(*articles: object) -> bytes:
    return b"".join(json.dumps(article).encode() + b"\n" for article in articles)


def test_every_field_of_a_json_article(tmp_path: Path) -> None:
    article = {
        **STORY,
        "title": " Rally ",
        "url": "https://example.org/1",
        "publisher": "Example Wire",
        "authors": ["Ann Lee", "Bo Ek"],
        "section": {"anything": "else"},
    }
    file = tmp_path / "a.json"
    file.write_text(json.dumps(article))
    assert list(read_archive([file])) == [
        Page(
            origin=str(file),
            id="a",
            url="https://example.org/1",
            title=" Rally ",
            published=MOMENT,
            publisher="Example Wire",
            authors=("Ann Lee", "Bo Ek"),
            text=STORY["text"],
            date_text="2024-07-18T02:26Z",
        )
    ]


WRITERS = {
    "a.jsonl": lambda data: data,
    "a.JSONL.GZ": gzip.compress,
    "a.jsonl.zst": lambda data: pyarrow.compress(data, codec="zstd", asbytes=True),
}


@pytest.mark.parametrize("name", WRITERS)
def test_json_lines_compressed_or_not(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(WRITERS[name](b"\xef\xbb\xbf" + lines_of(STORY) + b"\n  \n" + lines_of(OTHER).rstrip()))
    pages, failures = taken(file)
    assert [(page.id, page.text, page.origin) for page in pages] == [
        ("a", STORY["text"], f"{file} line 1"),
        ("b", OTHER["text"], f"{file} line 4"),
    ]
    assert not failures


@pytest.mark.parametrize("name", ["a.JSONL.GZ", "a.jsonl.zst"])
@pytest.mark.parametrize("damage", ["cut", "rubbish"])
def test_a_damaged_file_is_a_failure_and_the_next_file_goes_on(tmp_path: Path, name: str, damage: str) -> None:
    packed = WRITERS[name](lines_of(STORY) + lines_of(*({"text": str(number)} for number in range(5000))))
    (tmp_path / name).write_bytes(packed[: len(packed) // 2] if damage == "cut" else b"rubbish" * 100)
    (tmp_path / "b.json").write_text(json.dumps(OTHER))
    pages, failures = taken(tmp_path)
    assert pages[-1].id == "b"
    assert failures[-1].place == str(tmp_path / name)
    assert failures[-1].reason.startswith("cannot be read")


BAD_LINES = [
    (b'{"text": "a" "b"}', "no JSON: Expecting ',' delimiter at column 14"),
    (b"text", "no JSON: Expecting value at column 1"),
    (b"[" * 100_000, "no JSON that can be read: it is nested too deeply"),
    (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", "no JSON that can be read: Exceeds the limit"),
    (b'{"text": "caf\xe9"}', "no UTF-8: byte 0xe9 at offset 13"),
    (b"[]", "no article: a JSON object is needed, not a list"),
    (b"3", "no article: a JSON object is needed, not a number"),
    (b"null", "no article: a JSON object is needed, not null"),
    (b"NaN", "no article: a JSON object is needed, not a number"),
    (b"{}", "no text"),
    (b'{"text": " \\n "}', "no text"),
    (b'{"text": null, "html": ""}', "no text"),
    (b'{"text": ["a"]}', "text is a list, but must be text"),
    (b'{"text": "a\\ud800"}', "text has U+D800 at character 1, which cannot be stored as text"),
    (b'{"text": "ab\\u0000c"}', "text has U+0000 at character 2, which cannot be stored as text"),
    (b'{"text": "a", "title": 5}', "title is a number, but must be text"),
    (b'{"text": "a", "title": "\\udfff"}', "title has U+DFFF at character 0"),
    (b'{"text": "a", "id": true}', "id is true or false, but must be text"),
    (b'{"text": "a", "id": "\\ud800"}', "id has U+D800"),
    (b'{"text": "a", "url": "javascript:alert(1)"}', "url is 'javascript:alert(1)', but must start with http"),
    (b'{"text": "a", "authors": [1]}', "authors is a list, but must be a name or a list of names"),
    (b'{"text": "a", "authors": "\\ud800"}', "authors has U+D800"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES, ids=[reason[:40] for _, reason in BAD_LINES])
def test_a_bad_line_is_named_and_the_others_are_taken(tmp_path: Path, line: bytes, reason: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines_of(STORY) + line + b"\n" + lines_of(OTHER))
    pages, (failure,) = taken(file)
    assert [page.id for page in pages] == ["a", "b"]
    assert (failure.stage, failure.place) == ("ingest", f"{file} line 2")
    assert failure.reason.startswith(reason)


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines_of(STORY) + b"x" * (MAX_LINE + 1) + b"\n" + lines_of(OTHER))
    pages, (failure,) = taken(file)
    assert [page.id for page in pages] == ["a", "b"]
    assert (failure.place, failure.reason) == (
        f"{file} line 2",
        f"longer than 20,971,520 bytes; it starts at byte {len(lines_of(STORY)):,}",
    )


DATES = [
    ("2024-07-18T02:26:00+00:00", MOMENT),
    ("2024-07-17T22:26-04:00", MOMENT),
    ("2024-07-18", date(2024, 7, 18)),
    ("2024-07-18T02:26", date(2024, 7, 18)),
    ("", date(2024, 1, 2)),
    (None, date(2024, 1, 2)),
]


@pytest.mark.parametrize(("written", "published"), DATES)
def test_dates_and_the_date_for_articles_without(written: str | None, published: date) -> None:
    (page,), _ = from_stdin(lines_of({"text": "a", "published": written}), published=date(2024, 1, 2))
    assert page.published == published


def test_articles_without_an_id() -> None:
    given_articles = [
        {"text": "one"},
        {"text": "one", "title": "t"},
        {"text": "one", "published": "2024-07-18"},
        {"text": "two", "url": "https://example.org/1"},
        {"text": "three", "url": "https://example.org/2"},
        {"text": "four", "id": 17},
        {"text": "five", "id": 17, "url": "https://example.org/3"},
        {"text": "six", "id": 18.0, "title": math.nan},
    ]
    first, _ = from_stdin(lines_of(*given_articles))
    again, _ = from_stdin(lines_of(*reversed(given_articles)), published=date(2024, 1, 2))
    assert [page.id for page in first] == [page.id for page in reversed(again)]
    assert len({page.id for page in first}) == 8
    assert [first[5].id, first[7].id] == ["17", "18"]


def test_one_id_means_one_text() -> None:
    pages, (failure,) = from_stdin(lines_of(STORY, OTHER, STORY, {**STORY, "text": "Another."}))
    assert [page.id for page in pages] == ["a", "b", "a"]
    assert failure.place == "standard input line 4"
    assert failure.reason == "same id as an earlier article ('a'), but another text"


def test_a_list_of_articles(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps([STORY, {"text": 1}, OTHER], indent=1))
    pages, (failure,) = taken(file)
    assert [page.origin for page in pages] == [f"{file} item 1", f"{file} item 3"]
    assert failure.place == f"{file} item 2"


def test_a_document_that_is_no_json_says_where(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"id": "a",\n "text" "b"}')
    assert taken(file) == (
        [],
        [Failure(stage="ingest", place=str(file), reason="no JSON: Expecting ':' delimiter at line 2, column 9")],
    )


def test_text_is_taken_exactly(tmp_path: Path) -> None:
    text = "\r\n Rally \u00a0\n\n“Up” 2%\r\n"
    file = tmp_path / "rally.txt"
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    (page,), _ = taken(file, published=MOMENT)
    assert page == Page(origin=str(file), id=file_id("rally", text), published=MOMENT, text=text)


BAD_TEXTS = [
    (b"caf\xe9", "no UTF-8: byte 0xe9 at offset 3"),
    (b" \n", "no text"),
    (b"", "no text"),
    (b"a\x00b", "text has U+0000 at character 1"),
]


@pytest.mark.parametrize(("content", "reason"), BAD_TEXTS)
def test_a_bad_text_file(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    _, (failure,) = taken(file)
    assert (failure.place, failure.reason[: len(reason)]) == (str(file), reason)


def test_html_is_decoded_and_left_to_be_read(tmp_path: Path) -> None:
    file = tmp_path / "a.htm"
    file.write_bytes(b'<meta charset="windows-1252"><p>\x93Up\x94 2%</p>')
    (page,), _ = taken(file, published=MOMENT)
    assert (page.text, page.published) == (None, None)
    assert page.html == '<meta charset="windows-1252"><p>“Up” 2%</p>'


def test_a_folder_in_order_and_what_is_passed_over(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a.txt", ".hidden.txt", ".git/x.txt", "b/notes.pdf", "README.md", "c.txt.gz"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(name.encode()) if name.endswith(".gz") else name.encode())
    pages, (failure,) = taken(tmp_path)
    assert [page.text for page in pages] == ["a.txt", "c.txt.gz", "b/two.txt"]
    assert pages[1].id == file_id("c", "c.txt.gz")
    assert failure.place == str(tmp_path)
    assert failure.reason.endswith("README.md, b/notes.pdf")


def test_a_file_of_another_kind_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    _, (failure,) = taken(tmp_path / "a.pdf")
    assert failure.reason.startswith("not read, being none of .json, .jsonl, ")


def test_a_missing_path_is_known_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"no file or folder at .*absent\.jsonl"):
        read_archive(["-", tmp_path / "absent.jsonl"], stdin=io.BytesIO(b"text"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
FIELDS = st.sampled_from(["id", "text", "html", "title", "published", "url", "publisher", "authors"])
LINES = st.one_of(
    st.binary().map(lambda data: data.replace(b"\n", b"")),
    st.dictionaries(FIELDS, VALUES).map(lambda article: json.dumps(article).encode()),
    st.fixed_dictionaries({"text": st.text(min_size=1)}).map(lambda article: json.dumps(article).encode()),
)


@given(st.lists(LINES))
def test_no_line_raises_and_none_is_lost(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    file = tmp_path_factory.getbasetemp() / "any.jsonl"
    file.write_bytes(b"\n".join(lines))
    pages, failures = taken(file)
    assert len(pages) + len(failures) == sum(bool(line.strip()) for line in lines)
    assert all((page.text or page.html or "").encode() and page.id for page in pages)


@given(st.text(min_size=1))
def test_the_text_of_json_is_never_changed(text: str) -> None:
    pages, _ = from_stdin(lines_of({"text": text}))
    assert [page.text for page in pages] in ([text], [])
    assert bool(pages) == (bool(text.strip()) and "\x00" not in text)
