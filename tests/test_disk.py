"""A full disk and files that cannot be written to: a sentence, whole rows, and the same in the end."""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from newsig import run, store
from newsig.cli import main
from newsig.errors import StoreError
from newsig.records import Article, Price, Subscription
from tests.former import former_db
from tests.newsroom import SENTENCES, done, program, publishing, text

NOW = datetime(2024, 7, 18, 6, tzinfo=UTC)
unix = pytest.mark.skipif(sys.platform != "linux", reason="limits and permissions are taken away as Linux does it")
COUNT = 300
"""Stories enough for more than one group of those that `ingest` keeps together."""
MANY = 200
"""Stories enough for more than one group of those that `process` keeps together."""
FEEDS = 6
CLOSES = [
    Price(symbol=symbol, day=date(2024, 7, day), close=close)
    for symbol, closes in {"^RUT": (2263.67, 2239.67), "^NDX": (20398.62, 19799.14)}.items()
    for day, close in zip((16, 17), closes, strict=True)
]

FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from newsig.cli import main
main(sys.argv[2:])
"""
"""newsig where no file grows beyond so many bytes: Python ignores the signal, and a write fails as on a full disk."""


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that was read and found, without the moments and the numbers of runs."""
    with store.open_db(path, create=False) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        found = {}
        for table in ("articles", "article_versions", "claims", "quotes", "mentions", "sources", "verdicts"):
            names = [
                name
                for name in db.table(table).columns_dict
                if name not in ("run_id", "first_seen", "seen_at", "checked_at")
            ]
            rows = db.query(f"SELECT * FROM {table}")  # noqa: S608 - our own names
            found[table] = sorted((tuple(row[name] for name in names) for row in rows), key=repr)
        return found


def stories(folder: Path) -> Path:
    path = folder / "stories.jsonl"
    lines = [json.dumps({"id": f"s{n}", "text": text(n), "published": "2024-07-17T21:00Z"}) for n in range(COUNT)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def begun(path: Path) -> Path:
    """A database with nothing in it but what every one holds."""
    store.open_db(path).close()
    assert done("failures", "--db", path)[0] == 0
    return path


def full(database: Path, *words: object, limit: int, **more: Any) -> None:
    status, _, errors = done(limit, *words, "--db", database, code=FULL, **more)
    assert status == 2
    assert errors.splitlines()[-1].startswith("newsig: ")
    assert (
        f"{database} cannot be read or written (disk I/O error): check the disk; what was stored before is whole"
        in (errors.splitlines()[-1])
    )


@unix
def test_ingest_on_a_full_disk(tmp_path: Path) -> None:
    database, other, archive = begun(tmp_path / "n.db"), begun(tmp_path / "o.db"), stories(tmp_path)
    full(database, "ingest", archive, limit=1_300_000)
    with store.open_db(database, create=False) as db:
        assert 0 < store.counts(db)["articles"] < COUNT
        assert store.counts(db)["failures"] == 0  # the trouble was the disk's, not a story's
    for each in (database, other):
        assert done("ingest", archive, "--db", each)[0] == 0
    assert content(database) == content(other)


@unix
def test_collect_on_a_full_disk(tmp_path: Path) -> None:
    database, other = begun(tmp_path / "n.db"), begun(tmp_path / "o.db")
    (tmp_path / "newsig.toml").write_text("[collect]\nat_once = 1\n", encoding="utf-8")  # an order to compare
    with ExitStack() as publishers:
        for number in range(FEEDS):
            feed, _ = publishers.enter_context(publishing([text(10 * number + n, 20) for n in range(10)]))
            for each in (database, other):
                assert done("feeds", "add", feed, "--private", "--db", each)[0] == 0
        full(database, "collect", limit=900_000, cwd=tmp_path)
        with store.open_db(database, create=False) as db:
            assert 0 < store.counts(db)["articles"] < FEEDS * 10
        for each in (database, other):
            assert done("collect", "--db", each, cwd=tmp_path)[0] == 0
    assert content(database) == content(other)


@unix
def test_process_and_check_on_a_full_disk(tmp_path: Path) -> None:
    database, other = tmp_path / "n.db", tmp_path / "o.db"
    for each in (database, other):
        with store.open_db(each) as db:
            for number in range(MANY):
                store.save_article(db, Article(id=f"s{number}", text=SENTENCES[0], published=NOW), NOW)
            run.cluster(run.Desk(db=db))
            store.save_prices(db, CLOSES, "closes.csv")
        assert done("failures", "--db", each)[0] == 0
    full(database, "process", limit=330_000)
    with store.open_db(database, create=False) as db:
        assert 0 < db.execute("SELECT count(DISTINCT version_id) FROM claims").fetchone()[0] < MANY
    for each in (database, other):
        assert done("process", "--db", each)[0] == 0
    full(database, "check", limit=33_000)
    with store.open_db(database, create=False) as db:
        assert store.counts(db)["verdicts"] == 0
    for each in (database, other):
        assert done("check", "--db", each)[0] == 0
    assert content(database) == content(other)


# -- what may not be written to

NOBODY = """
import ctypes, os, sys
if os.geteuid() == 0:  # whom permissions stop only without the privilege to pass over them
    header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(header, none) == 0
import json
from click.testing import CliRunner
from newsig.cli import main
results = [CliRunner().invoke(main, words) for words in json.load(sys.stdin)]
json.dump([[result.exit_code, result.stdout, result.stderr] for result in results], sys.stdout)
"""
"""Commands of newsig as a user whom permissions stop: capset(2), version 3, with no capability left."""


def stopped(commands: Sequence[Sequence[str]], database: Path) -> list[list[Any]]:
    """The exit status, standard output and standard error of each command, given by somebody who may only read."""
    with program(code=NOBODY, cwd=database.parent) as running:
        asked = json.dumps([[*words, "--db", str(database)] for words in commands])
        said, errors = running.communicate(asked, timeout=120)
    assert (running.returncode, errors) == (0, "")
    found: list[list[Any]] = json.loads(said)
    return found


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder with a database, neither of which may be written to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with store.open_db(folder / "n.db") as db:
            store.save_article(db, Article(id="kept", text="one", published=NOW), NOW)
            store.add_feed(db, Subscription(url="https://petrakind.example/feed", added_at=NOW))
        (folder / "two.txt").write_text("Two.", encoding="utf-8")
        lock(folder)
        yield folder
        unlock(folder)


def lock(folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)


def unlock(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)


READING = [
    ("claims",),
    ("verdicts",),
    ("quotes",),
    ("sources",),
    ("failures",),
    ("feeds", "list"),
    ("prices", "status"),
    ("today", "--date", "2024-07-18", "--tz", "UTC"),
    ("conflicts",),
]


@unix
def test_reading_needs_no_permission_to_write(shelf: Path) -> None:
    before = sorted(shelf.iterdir())
    locked = stopped(READING, shelf / "n.db")
    assert sorted(shelf.iterdir()) == before
    unlock(shelf)
    for words, (status, said, errors) in zip(READING, locked, strict=True):
        free = CliRunner().invoke(main, [*words, "--db", str(shelf / "n.db")])
        assert (status, said, errors) == (free.exit_code, free.stdout, free.stderr) == (0, free.stdout, free.stderr)


WRITING = [
    ("ingest", "two.txt"),
    ("collect",),
    ("process",),
    ("check",),
    ("run",),
    ("feeds", "add", "https://a.example/"),
]


@unix
def test_writing_without_permission_ends_with_a_sentence(shelf: Path) -> None:
    for status, said, errors in stopped(WRITING, shelf / "n.db"):
        assert (status, said) == (2, "")
        assert errors.startswith(f"newsig: {shelf / 'n.db'}")
        assert "may be written to" in errors or "cannot be written to" in errors
    unlock(shelf)
    with store.open_db(shelf / "n.db", create=False) as db:
        assert store.counts(db)["articles"] == store.counts(db)["feeds"] == 1


@unix
def test_a_locked_file_of_an_older_newsig_is_not_guessed_at(shelf: Path) -> None:
    unlock(shelf)
    former_db(shelf / "old.db", 5, "")
    lock(shelf)
    ((status, _, errors),) = stopped([("claims",)], shelf / "old.db")
    assert status == 2
    assert errors.startswith(f"newsig: {shelf / 'old.db'} was written by an older newsig (schema 5, this one reads ")
    assert errors.endswith("cannot be brought up to date where it is: copy it to a folder that may be written to\n")


@unix
def test_a_file_whose_newest_rows_lie_beside_it_is_not_read_without_them(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "n.db") as db:
        store.save_article(db, Article(id="a", text="one"), NOW)
        copied = {name: (tmp_path / f"n.db{name}").read_bytes() for name in ("", "-wal")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for suffix, data in copied.items():
            (folder / f"n.db{suffix}").write_bytes(data)
        lock(folder)
        ((status, _, errors),) = stopped([("claims",)], folder / "n.db")
        unlock(folder)
    assert (status, "was copied or cut off while it was written to" in errors) == (2, True)


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    store.open_db(tmp_path / "n.db").close()
    with run.read_database(tmp_path / "n.db") as db, pytest.raises(StoreError, match=r"n\.db cannot be written to"):
        store.add_feed(db, Subscription(url="https://petrakind.example/feed", added_at=NOW))
    with pytest.raises(StoreError, match="no database at"):
        run.read_database(tmp_path / "absent.db")


# -- copies while it is written to


@pytest.mark.parametrize("how", ["VACUUM INTO", "backup"])
def test_a_copy_made_meanwhile_is_whole(tmp_path: Path, how: str) -> None:
    copy = tmp_path / "copy.db"
    with store.open_db(tmp_path / "n.db") as db:
        store.save_article(db, Article(id="a", text="one"), NOW)
        with store.transaction(db):
            store.save_article(db, Article(id="b", text="two"), NOW)
            with closing(sqlite3.connect(tmp_path / "n.db")) as other:
                if how == "backup":
                    with closing(sqlite3.connect(copy)) as target:
                        other.backup(target)
                else:
                    other.execute("VACUUM INTO ?", (str(copy),))
    with store.open_db(copy, create=False) as db:
        assert [row[0] for row in db.execute("SELECT id FROM articles")] == ["a"]
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with closing(sqlite3.connect(copy)) as plain:
        assert plain.execute("PRAGMA user_version").fetchone()[0] > 0
