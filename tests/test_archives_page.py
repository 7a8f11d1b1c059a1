"""docs/archives.md says what is so."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsig.cli import main
from newsig.collect.archives.dating import stated
from newsig.collect.archives.fields import NAMES
from newsig.collect.archives.formats import FORMATS
from newsig.collect.archives.inflating import COMPRESSED
from newsig.collect.archives.mapping import TABLES, TARGETS, read_mapping
from newsig.collect.archives.packed import ARCHIVES, RATIO
from newsig.run.ingesting import GROUP
from tests.archive_files import json_lines
from tests.test_archives_fields import taken
from tests.test_docs import code, fenced, read, section, table

PAGE = read("docs/archives.md")


def test_the_dry_run_prints_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "news.csv").write_text(
        "headline,body,date,source,mood\n"
        'Oil falls,"Oil fell 2 %, Orla Quillfeather said.",2024-07-17,Harbour Wire,1\n'
        "Gold rises,Gold rose.,2024-07-18 02:26,Harbour Wire,2\n"
    )
    monkeypatch.chdir(tmp_path)
    (shown,) = fenced(PAGE, "console")
    words, _, printed = shown.removeprefix("$ newsig ").partition("\n")
    assert CliRunner().invoke(main, words.split()).stdout == printed


def test_every_ending_is_in_the_table() -> None:
    rows = table(section(PAGE, "Formats"))
    assert sorted(word for row in rows for word in code(row[0])) == sorted(FORMATS)
    named = section(PAGE, "Formats").rpartition("Each may end in")[2].partition("Standard")[0]
    packed = [word for word in code(named) if word in (*COMPRESSED, *ARCHIVES)]
    assert packed[: len(COMPRESSED + ARCHIVES)] == [*COMPRESSED, *ARCHIVES]
    assert f"more than {RATIO} times its size" in PAGE
    assert f"groups of {GROUP}," in PAGE


def test_every_name_of_a_field_is_in_the_table() -> None:
    assert {code(row[0])[0]: tuple(code(row[1])) for row in table(section(PAGE, "Fields"))} == NAMES


def test_the_mapping_can_be_followed(tmp_path: Path) -> None:
    (words,) = fenced(PAGE, "toml")
    (tmp_path / "map.toml").write_text(words)
    mapping = read_mapping(tmp_path / "map.toml")
    assert set(TABLES) == {line[1:].split("]")[0] for line in words.splitlines() if line.startswith("[")}
    assert set(code(section(PAGE, "Mapping").rpartition("What can be mapped")[2])) == set(TARGETS)
    record = {"lead": "Oil fell.", "story": {"body": "Twice."}, "kicker": "Oil", "when": "17/07/2024 22.26"}
    record |= {"people": [{"name": "Orla Quillfeather"}], "where": {"link": "https://news.example/1"}}
    (tmp_path / "a.json").write_text(json.dumps({"data": {"stories": [record]}}))
    ((page,), failures, _) = taken(tmp_path / "a.json", words)
    assert (page.text, page.title, page.publisher, failures) == ("Oil fell.\n\nTwice.", "Oil", "Harbour Wire", [])
    assert page.published == datetime(2024, 7, 18, 2, 26, tzinfo=UTC)
    assert mapping.encoding == "windows-1252"


@pytest.mark.parametrize(("written", "published", "doubt"), table(section(PAGE, "Dates")))
def test_every_date_of_the_table(written: str, published: str, doubt: str) -> None:
    found = stated(written, latest=datetime(2024, 8, 1, tzinfo=UTC))
    assert (found.when.isoformat() if found.when else "", found.doubt or "") == (published, doubt.strip("`"))


def test_going_on_as_the_table_says(tmp_path: Path) -> None:
    runner, file, copy = CliRunner(), tmp_path / "a.jsonl", tmp_path / "b.jsonl"

    def ingest(path: Path, *more: str) -> str:
        return runner.invoke(main, ["ingest", str(path), "--db", str(tmp_path / "n.db"), *more]).stdout

    stories = json_lines({"id": str(n), "text": f"Story {n}."} for n in range(3))
    file.write_bytes(stories)
    copy.write_bytes(stories)
    assert ingest(file) == "3 articles: 3 new.\n"
    assert ingest(copy) == "No articles. 1 input read already, and unchanged since.\n"
    file.write_bytes(stories + json_lines([{"id": "3", "text": "More."}]))
    assert ingest(file) == "1 article: 1 new. 1 input read on from where it was left.\n"
    file.write_bytes(json_lines([{"id": "0", "text": "Changed."}, {"id": "1", "text": "Story 1."}]))
    assert ingest(file) == "2 articles: 1 revised, 1 unchanged.\n"
    assert ingest(file, "--published", "2024-07-18") == "2 articles: 2 revised.\n"
