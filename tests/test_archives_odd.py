"""Odd beginnings of standard input and documents, and odd names of files."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from newsig.collect.archives.articles import file_id
from tests.test_archives import OTHER, STORY, from_stdin, lines_of, taken

STANDARD_INPUT = [
    (lines_of(STORY, OTHER), ["a", "b"], 0),
    (b"\xef\xbb\xbf" + lines_of(STORY), ["a"], 0),
    (json.dumps(STORY, indent=2).encode(), ["a"], 0),
    (json.dumps([STORY, OTHER], indent=2).encode(), ["a", "b"], 0),
    (b"\xef\xbb\xbf\n \r\n" + lines_of(STORY, OTHER), ["a", "b"], 0),
    (b"\n\n" + json.dumps([STORY], indent=2).encode(), ["a"], 0),
    (b'{"articles": []}', [], 0),
    (b"[1, 2", [], 3),
    (b'{"id": \n' + lines_of(OTHER), ["b"], 1),
    (b"Stocks rose.\n", [file_id(None, "Stocks rose.\n")], 0),
    (b"", [], 1),
]


@pytest.mark.parametrize(("data", "ids", "failed"), STANDARD_INPUT)
def test_standard_input_is_what_its_beginning_says(data: bytes, ids: list[str], failed: int) -> None:
    pages, failures = from_stdin(data)
    assert ([page.id for page in pages], len(failures)) == (ids, failed)


@pytest.mark.parametrize("first", [b'{"text": "a" "b"}\n', b"text\n", b"\n{\n"])
def test_lines_in_a_document_of_which_the_first_is_bad(tmp_path: Path, first: bytes) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(first + lines_of(STORY, OTHER))
    pages, (failure,) = taken(file)
    assert [page.id for page in pages] == ["a", "b"]
    assert failure.place == f"{file} line {len(first.splitlines())}"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_no_text_and_links_to_folders(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    (folder / os.fsdecode(b"b\xe9.txt")).write_text("Oil fell.")
    (tmp_path / "round").symlink_to(tmp_path)
    (page,), (failure,) = taken(tmp_path)
    assert (page.origin, page.id) == (f"{tmp_path}/caf\\udce9/b\\udce9.txt", file_id("b\\udce9", "Oil fell."))
    assert failure.reason == "not read, being links to folders, which may lead in circles: round"
