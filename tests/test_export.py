"""`newsig export` and `newsig backup`: what leaves the database, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from newsig import store
from newsig.cli import main
from newsig.errors import StoreError
from newsig.records import Article, Claim, Findings, Mention, Price, Quote, Sentiment, Span, Topic, Verdict

AT = datetime.fromisoformat("2024-07-17T21:30:00+00:00")
TEXT = 'The Russell 2000 rose 3 percent. "=It,\n1 will" fall, said Orla Quillfeather.'
KINDS = ("articles", "mentions", "claims", "verdicts", "quotes", "sources", "sentiments")


def span(words: str) -> dict[str, Any]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words), "text": words}


MOVE: dict[str, Any] = {"value": 3.0, "unit": "percent", "comparator": "=", "direction": "up", "measure": "price"}
FOUND = Findings(
    id="a",
    fingerprint="one",
    mentions=(Mention(**span("Russell 2000"), symbol="^RUT", segment="small_caps"),),
    claims=(
        Claim(**span("3 percent"), **MOVE, modality="actual", symbol="^RUT", base_date=date(2024, 7, 16)),
        Claim(**span("percent"), **MOVE, modality="forecast"),
    ),
    quotes=(
        Quote(
            **span('"=It,\n1 will"'),
            kind="direct",
            speaker="Orla Quillfeather",
            speaker_type="person",
            about=(Topic(symbol="^RUT"),),
        ),
    ),
    sentiments=(
        Sentiment(
            **span("The Russell 2000 rose 3 percent."),
            target=Span(**span("Russell 2000")),
            label="positive",
            positive=0.75,
            neutral=0.25,
            negative=0.0,
            symbol="^RUT",
            in_title=True,
            holder="Orla Quillfeather",
        ),
    ),
)
VERDICT = Verdict(
    outcome="supported",
    rung="close",
    actual=3.01,
    tolerance=(2.5, 3.5),
    bars=(Price(symbol="^RUT", day=date(2024, 7, 16), close=1.0),),
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "news.db"
    with store.open_db(path) as opened:
        article = Article(id="a", title="=1+1", text=TEXT, published=AT, authors=("Orla Quillfeather",))
        version = store.save_article(opened, article, AT).version_id
        store.save_findings(opened, version, FOUND, store.start_run(opened, "one", {}, AT))
        number = next(one.claim_id for one in store.claims_to_check(opened))
        store.save_verdicts(opened, [(number, VERDICT, "hand.csv")], AT)
    return path


def asked(*words: object) -> Result:
    return CliRunner().invoke(main, [*map(str, words)])


def told(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if path.suffix == ".parquet":
        return list(parquet.read_table(path).to_pylist())
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(value: Any) -> Any:
    """A value of JSON as CSV has it."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_has_the_same_rows(db: Path, tmp_path: Path, kind: str) -> None:
    rows = {}
    for suffix in ("jsonl", "csv", "parquet"):
        result = asked("export", kind, tmp_path / f"x.{suffix}", "--db", db)
        assert (result.exit_code, result.stderr) == (0, "")
        rows[suffix] = told(tmp_path / f"x.{suffix}")
    assert rows["jsonl"]
    assert result.stdout.startswith(f"{len(rows['jsonl'])} ")
    assert rows["csv"] == [{name: plain(value) for name, value in row.items()} for row in rows["jsonl"]]
    for row, other in zip(rows["jsonl"], rows["parquet"], strict=True):
        for name, value in row.items():
            column = other[name].isoformat() if isinstance(other[name], date) else other[name]
            assert column == value or json.loads(column) == value
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["x.csv", "x.jsonl", "x.parquet"]


@pytest.mark.parametrize("kind", ["claims", "verdicts", "quotes", "sources"])
def test_rows_are_those_of_the_listing(db: Path, tmp_path: Path, kind: str) -> None:
    assert asked("export", kind, tmp_path / "x.jsonl", "--db", db).exit_code == 0
    assert (tmp_path / "x.jsonl").read_text(encoding="utf-8") == asked(kind, "--format", "jsonl", "--db", db).stdout


NARROWED = [
    (("claims", "--symbol", "^rut"), 1),
    (("claims", "--verdict", "refuted"), 0),
    (("mentions", "--segment", "small_caps"), 1),
    (("mentions", "--symbol", "^NDX"), 0),
    (("articles", "--until", "2024-07-16"), 0),
    (("articles", "--since", "2024-07-17"), 1),
    (("sentiments", "--target", "^RUT", "--holder", "quill"), 1),
    (("sentiments", "--holder", "nobody"), 0),
    (("quotes", "--about", "^RUT"), 1),
    (("sources", "--type", "organisation"), 0),
]


@pytest.mark.parametrize(("words", "count"), NARROWED)
def test_options_narrow_down_as_they_do_in_listings(
    db: Path, tmp_path: Path, words: tuple[str, ...], count: int
) -> None:
    kind, *options = words
    assert asked("export", kind, tmp_path / "x.parquet", *options, "--db", db).exit_code == 0
    found = parquet.read_table(tmp_path / "x.parquet")
    assert found.num_rows == count
    assert "null" not in {str(column) for column in found.schema.types}


def test_a_file_is_replaced_whole_or_not_at_all(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("before", encoding="utf-8")
    with sqlite3.connect(db) as source, sqlite3.connect(tmp_path / "half.db") as half:
        source.backup(half)
        half.execute("DROP VIEW claims_of_versions")
        half.execute("CREATE VIEW claims_of_versions AS SELECT 1 AS claim_id")
    assert asked("export", "claims", path, "--db", tmp_path / "half.db").exit_code == 2
    assert path.read_text(encoding="utf-8") == "before"
    assert asked("export", "claims", path, "--db", db).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("claim_id,")
    assert not [one for one in tmp_path.iterdir() if one.name.endswith(".part")]


def test_what_cannot_be_written_is_said_so(db: Path, tmp_path: Path) -> None:
    assert asked("export", "claims", tmp_path / "x.xls", "--db", db).stderr == (
        f"newsig: {tmp_path}/x.xls: name a file that ends in .csv, .jsonl, .parquet\n"
    )
    for suffix in ("csv", "parquet"):
        path = tmp_path / "no" / f"x.{suffix}"
        sentence = f"newsig: {path} cannot be written: No such file or directory\n"
        assert asked("export", "claims", path, "--db", db).stderr == sentence


# backup


def whole(path: Path) -> list[tuple[Any, ...]]:
    with sqlite3.connect(path) as copy:
        return list(copy.execute("SELECT id FROM articles"))


def test_a_copy_is_the_database_in_one_file(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    result = asked("backup", copy, "--db", db)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{db} copied to {copy}: {copy.stat().st_size / 1e6:.1f} MB, checked.\n"
    assert [one.name for one in tmp_path.iterdir()] == ["copy.db"]
    assert asked("claims", "--db", copy, "--format", "jsonl").stdout == (
        asked("claims", "--db", db, "--format", "jsonl").stdout
    )


def test_nothing_is_overwritten_without_being_told(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("mine", encoding="utf-8")
    assert asked("backup", copy, "--db", db).stderr == (
        f"newsig: {copy} is there already: name another file, or say --replace\n"
    )
    assert copy.read_text(encoding="utf-8") == "mine"
    assert asked("backup", copy, "--db", db, "--replace").exit_code == 0
    assert whole(copy) == [("a",)]
    assert asked("backup", db, "--db", db, "--replace").stderr == (
        f"newsig: {db} is the database itself: name another file\n"
    )


def test_a_database_in_use_is_not_replaced(db: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with store.open_db(other) as opened:
        opened.execute("SELECT * FROM articles").fetchall()
        result = asked("backup", other, "--db", db, "--replace")
    assert "is a database that some program uses" in result.stderr
    assert whole(other) == []


def test_an_older_database_is_copied_as_it_is(db: Path, tmp_path: Path) -> None:
    old, copy = tmp_path / "old.db", tmp_path / "copy.db"
    assert asked("backup", old, "--db", db).exit_code == 0
    with sqlite3.connect(old) as opened:
        opened.execute("PRAGMA user_version = 9")
    before = old.read_bytes()
    assert asked("backup", copy, "--db", old).exit_code == 0
    assert old.read_bytes() == before
    with sqlite3.connect(copy) as opened:
        assert opened.execute("PRAGMA user_version").fetchone() == (9,)


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    """A database to which a thread writes pairs of rows, each in a transaction, as fast as it can."""
    path = tmp_path / "busy.db"
    with store.open_db(path) as opened:
        opened.execute("CREATE TABLE pairs (half INTEGER, words TEXT)")
        opened.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) "
            "INSERT INTO pairs SELECT i % 2, hex(randomblob(500)) FROM n"
        )
    stop = threading.Event()

    def write() -> None:
        with sqlite3.connect(path, timeout=30, isolation_level=None) as mine:
            while not stop.is_set():
                mine.execute("BEGIN IMMEDIATE")
                mine.execute("INSERT INTO pairs VALUES (0, hex(randomblob(500)))")
                mine.execute("INSERT INTO pairs VALUES (1, hex(randomblob(500)))")
                mine.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    yield path
    stop.set()
    writer.join()


def test_a_copy_is_of_one_moment_while_others_write(written: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    store.back_up(written, tmp_path / "copy.db", on_pages=lambda done, of: steps.append((done, of)))
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        ones, others = copy.execute("SELECT sum(half = 0), sum(half = 1) FROM pairs").fetchone()
        assert ones == others >= 2000
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert steps[-1][0] == steps[-1][1]
    assert len({of for _, of in steps}) == 1


def test_what_is_damaged_is_not_kept(db: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    assert asked("backup", broken, "--db", db).exit_code == 0
    data = bytearray(broken.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    data[page * 20 : page * 24] = os.urandom(4 * page)
    broken.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        store.back_up(broken, tmp_path / "copy.db")
    assert [one.name for one in tmp_path.iterdir()] == ["broken.db"]
