"""A folder of findings into the database: once, twice, cut off, and beside what is there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsig import run, store
from newsig.records import Article
from newsig.settings import Settings
from newsig.store.parquet import Folder
from tests.batches import BAD, archive, quick, stories
from tests.test_ingest_kill import contents

WAITS = """
import sys
from newsig import run
from newsig.store.parquet import Folder

def on_done(rows):
    print(rows, flush=True)
    sys.stdin.readline()

with run.open_database(sys.argv[2]) as db:
    run.load(run.Desk(db=db, on_done=on_done), Folder(sys.argv[1]))
"""
"""The command, which waits for a line after each file."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the instruments alone, to be copied."""
    database = tmp_path_factory.mktemp("empty") / "empty.db"
    run.open_database(database).close()
    return database


def load(out: Path, database: Path) -> run.Tally:
    with run.open_database(database) as db:
        return run.load(run.Desk(db=db), Folder(str(out)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with articles of eight days, of which one broke, and a line that could not be read."""
    place = tmp_path_factory.mktemp("folder")
    made = [*stories(30), Article(id="bad", text=BAD), Article(id="undated", text="Some day.")]
    quick(place / "out").over([str(archive(place / "a.jsonl", made))])
    return place / "out"


def test_all_of_it_comes_in_and_a_second_time_changes_nothing(tmp_path: Path, folder: Path, empty: Path) -> None:
    database = Path(shutil.copy(empty, tmp_path / "a.db"))
    tally = load(folder, database)
    assert (tally.counts["new"], tally.counts["found"], tally.failures) == (32, 31, 2)
    first = contents(database)
    assert {row["stage"] for row in first["failures"]} == {"ingest", "extract"}
    assert len(first["mentions"]) == 31
    (told,) = first["runs"]
    assert (told["articles"], told["failures"]) == (31, 2)
    tally = load(folder, database)
    assert (tally.counts["unchanged"], tally.counts["found"], tally.failures) == (32, 0, 0)
    assert contents(database) == first
    with run.open_database(database) as db:
        assert not list(store.unprocessed(db, str(told["fingerprint"])))[1:]  # the article that broke is tried again


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_load_is_made_up_for(tmp_path: Path, folder: Path, empty: Path) -> None:
    whole = Path(shutil.copy(empty, tmp_path / "whole.db"))
    load(folder, whole)
    killed = Path(shutil.copy(empty, tmp_path / "killed.db"))
    words = [sys.executable, "-c", WAITS, str(folder), str(killed)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:  # noqa: S603
        assert running.stdin is not None
        assert running.stdout is not None
        for _ in range(3):
            assert int(running.stdout.readline()) > 0
            running.stdin.write(b"on\n")
            running.stdin.flush()
        running.stdout.readline()
        os.kill(running.pid, signal.SIGKILL)
    assert 0 < len(contents(killed)["articles"]) < len(contents(whole)["articles"])
    load(folder, killed)
    assert contents(killed) == contents(whole)


def versions(database: Path) -> list[tuple[Any, ...]]:
    with store.open_db(database) as db:
        sql = "SELECT version, current, text, seen_at FROM article_versions WHERE article_id = 's1' ORDER BY version"
        return list(db.execute(sql).fetchall())


@pytest.mark.parametrize("together", [False, True], ids=["one after the other", "both at last"])
def test_revised_stories_come_in_the_order_in_which_they_came(tmp_path: Path, empty: Path, together: bool) -> None:
    database, out = Path(shutil.copy(empty, tmp_path / "a.db")), tmp_path / "out"
    article = Article(id="s1", text="Gold rose.", published=datetime(2024, 7, 18, tzinfo=UTC))
    days = [datetime(2024, 7, day, tzinfo=UTC) for day in (19, 20)]
    for day, text in zip(days, ("Gold rose.", "Gold fell."), strict=True):
        batch = replace(quick(out), clock=lambda day=day: day)
        batch.over([str(archive(tmp_path / "a.jsonl", [replace(article, text=text)]))])
        if not together:
            load(out, database)
    for _ in range(2):
        load(out, database)
        assert versions(database) == [
            (1, 0, "Gold rose.", "2024-07-19T00:00:00+00:00"),
            (2, 1, "Gold fell.", "2024-07-20T00:00:00+00:00"),
        ]


def test_an_older_version_does_not_become_the_current_one(tmp_path: Path, empty: Path) -> None:
    database, out = Path(shutil.copy(empty, tmp_path / "a.db")), tmp_path / "out"
    for hour, text in ((9, "Gold fell."), (8, "Gold rose.")):
        moment = datetime(2024, 7, 18, hour, tzinfo=UTC)
        source = archive(tmp_path / "a.jsonl", [Article(id="s1", text=text, updated=moment)])
        quick(out).over([str(source)])
    for _ in range(2):
        load(out, database)
        assert {text: current for _, current, text, _ in versions(database)} == {"Gold fell.": 1, "Gold rose.": 0}


def test_of_two_fingerprints_the_later_one_stands(tmp_path: Path, empty: Path) -> None:
    database, out = Path(shutil.copy(empty, tmp_path / "a.db")), tmp_path / "out"
    source = str(archive(tmp_path / "a.jsonl", stories(4)))
    for zone in ("America/New_York", "Europe/London"):
        quick(out, Settings(zone=zone)).over([source])
    load(out, database)
    first = contents(database)
    assert len(first["runs"]) == 2
    assert len({row["run_id"] for row in first["mentions"]}) == 1
    load(out, database)
    assert contents(database) == first


def test_what_was_ingested_here_is_found_again(tmp_path: Path, empty: Path) -> None:
    database, out = Path(shutil.copy(empty, tmp_path / "a.db")), tmp_path / "out"
    source = str(archive(tmp_path / "a.jsonl", stories(4)))
    with run.open_database(database) as db:
        run.ingest(run.Desk(db=db), [source])
    quick(out).over([source])
    tally = load(out, database)
    assert (tally.counts["unchanged"], tally.counts["found"], tally.failures) == (4, 4, 0)
