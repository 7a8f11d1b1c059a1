"""What the commands find in the sample stories, and how the page asks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result
from spacy.language import Language

from newsig import extract, store
from newsig.cli import main
from newsig.records import Findings
from newsig.settings import Settings
from newsig.store.parquet import Folder, from_bytes, read_manifest, schema
from tests.batches import archive, sample
from tests.test_docs import code, fenced, read, section, table


def newsig(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample as an archive, and what the command finds in it."""
    folder = tmp_path_factory.mktemp("sample")
    source, out = archive(folder / "sample.jsonl", sample()), folder / "findings"
    done = newsig("batch", source, out)
    assert done.exit_code == 1, done.output
    assert done.stdout == "17 articles done, in 11 files.\n"
    assert "line 18: no JSON" in done.stderr
    return source, out


def test_the_findings_are_those_of_extract(found: tuple[Path, Path], nlp: Language) -> None:
    _, out = found
    mark = extract.fingerprint(Settings())
    expected = {one.id: one for one in extract.extract(sample(), nlp, mark) if isinstance(one, Findings)}
    folder = Folder(str(out))
    manifest = read_manifest(folder)
    assert manifest is not None
    rows = [row for file in manifest.files for row in from_bytes(folder.read(file) or b"", file)[0]]
    got = {row.findings.id: row.findings for row in rows if row.findings}
    assert got == expected
    assert len(got) == 17
    assert sum(len(one.claims) for one in got.values()) > 100


@pytest.fixture(scope="module")
def loaded(found: tuple[Path, Path]) -> Path:
    """A database with what the folder holds."""
    _, out = found
    database = out.parent / "loaded.db"
    done = newsig("load", out, "--db", database)
    assert done.stdout == "17 articles: 17 new. 17 with findings that were not here.\n"
    assert done.exit_code == 1
    return database


def test_loading_is_ingesting_and_processing(found: tuple[Path, Path], loaded: Path, tmp_path: Path) -> None:
    database = tmp_path / "here.db"
    for line in (("ingest", found[0], "--db", database), ("process", "--db", database)):
        assert newsig(*line).exit_code in (0, 1)
    assert newsig("process", "--db", loaded).stdout == "No article waits to be processed.\n"
    assert findings(database) == findings(loaded)


def findings(database: Path) -> dict[str, Findings]:
    with store.open_db(database) as db:
        versions = db.execute("SELECT article_id, id FROM article_versions").fetchall()
        return {name: store.findings_of(db, version) for name, version in versions}


# The page

PAGE = read("docs/batch.md")


@pytest.fixture(scope="module")
def asked(found: tuple[Path, Path]) -> dict[str, list[tuple[Any, ...]]]:
    """The answers to the page's questions, by the question."""
    views, *questions = fenced(PAGE, "sql")
    words = [line for line in section(PAGE, "Ask it with DuckDB").splitlines() if line.endswith("?")]
    with duckdb.connect() as connection:
        connection.execute(views.replace("findings/", f"{found[1]}/"))
        return {word: connection.execute(sql).fetchall() for word, sql in zip(words, questions, strict=True)}


def test_duckdb_answers_as_the_database_does(asked: dict[str, list[tuple[Any, ...]]], loaded: Path) -> None:
    with store.open_db(loaded) as db:
        said = [row for row in store.claims(db, symbol="NVDA") if str(row["published"])[:10] == "2024-07-17"]
        small = [row for row in store.claims(db, segment="small_caps") if row["measure"] == "price"]
        quotes = list(store.quotes(db, organisation="saltmarsh"))
        told = [row for row in store.claims(db) if row["source"]]
    assert [(row[1], row[2]) for row in asked["What is said of Nvidia on a day?"]] == [
        (row["direction"], row["value"]) for row in sorted(said, key=lambda row: (row["article_id"], row["claim_id"]))
    ]
    assert len(said) == 5
    assert len(asked["What is said of small companies?"]) == len(small) > 3
    assert [row[3] for row in asked["What did the people of one firm say?"]] == [row["text"] for row in quotes]
    assert sum(row[1] for row in asked["Which figures come from whom?"]) == len(told) > 3


def test_duckdb_finds_words_tone_and_failures(asked: dict[str, list[tuple[Any, ...]]]) -> None:
    titles = [row[1] for row in asked["Which stories speak of stockpiles or settlements?"]]
    assert titles == ["Crude rebounds as stockpiles shrink; gold eases from record"]
    tone = asked["In what tone is a thing spoken of, day by day?"]
    assert {"^NDX", "NVDA"} & {row[1] for row in tone}
    assert all(-1 <= row[3] <= 1 for row in tone)
    ((place, reason),) = asked["What could not be taken in?"]
    assert place.endswith("sample.jsonl line 18")
    assert reason.startswith("no JSON")


def test_every_column_is_explained() -> None:
    explained = [word for row in table(section(PAGE, "Shape of the output")) for word in code(row[0])]
    assert sorted(explained) == sorted(schema().names)
