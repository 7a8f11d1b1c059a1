"""Reading archives while the program is killed, at any moment, again and again."""

from __future__ import annotations

import csv
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from newsig import run
from tests.archive_files import json_lines, record, story, zipped

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

CLOCKS = {"at", "seen_at", "first_seen", "started_at", "finished_at"}
"""Columns that say when, which differ from run to run."""

WRONG_ORDER = """
import sys
from newsig import run, store

def keep(db, steps, at):
    store.keep_marks(db, steps, at)
    print("marked", flush=True)
    sys.stdin.readline()
    return store.keep_found(db, steps, at)

with run.open_database(sys.argv[2]) as db:
    run.ingest(run.Desk(db=db), [sys.argv[1]], keep=keep)
"""
"""The command with the mark kept before what was read; it waits for a line in between."""


def archive(folder: Path, size: int) -> Path:
    """About so many articles in several formats, bad lines, repeated ids and versions among them."""
    folder.mkdir()
    lines = json_lines(_articles(size // 2)).splitlines()
    for place in range(0, len(lines), 50):
        lines.insert(place, b'{"text": "no end')
    (folder / "a.jsonl").write_bytes(b"\n".join(lines))
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["headline", "body", "date"])
    writer.writerows(
        [f"Row {n}", f"{story(10_000 + n)}\nAnd on.", "2024-07-18"][: 3 - (n % 70 == 0)] for n in range(size // 4)
    )
    (folder / "b.csv").write_text(rows.getvalue())
    members = {f"m{n:03}.txt": story(20_000 + n).encode() for n in range(size // 8)}
    (folder / "c.zip").write_bytes(zipped(members | {"part.jsonl": json_lines(_articles(size // 16, start=30_000))}))
    pages = [record(40_000 + n, kind="resource", body=story(40_000 + n).encode()) for n in range(size // 16)]
    plain = [page.replace(b"text/html", b"text/plain") for page in pages]
    plain = [page.replace(b"WARC/1.0", b"WARC/x.0", 1) if n % 40 == 7 else page for n, page in enumerate(plain)]
    (folder / "d.warc").write_bytes(b"".join(plain))
    for number in range(10):
        (folder / f"e{number}.txt").write_text(story(50_000 + number))
    (folder / "notes.pdf").write_bytes(b"%PDF")
    return folder


def _articles(count: int, start: int = 0) -> Iterator[dict[str, object]]:
    for number in range(start, start + count):
        yield {"id": f"n{number}", "text": story(number), "title": f"Title {number}", "published": "2024-07-18T02:26Z"}
        if number % 60 == 5:  # the same id with another text, far behind the first
            yield {"id": f"n{max(start, number - 300)}", "text": f"Another {number}."}
        if number % 60 == 6:
            moment = f"2024-07-18T03:{number % 60:02}:{number // 60 % 60:02}Z"
            yield {"id": f"n{number}", "text": f"{story(number)} Corrected.", "updated": moment}


def contents(database: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, without clocks."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {table: list(connection.execute(f"SELECT * FROM {table}")) for table in tables}  # noqa: S608 - our own
        return {
            table: sorted(({name: row[name] for name in row.keys() if name not in CLOCKS} for row in rows), key=repr)  # noqa: SIM118
            for table, rows in found.items()
        }
    finally:
        connection.close()


def is_done(database: Path) -> bool:
    """Whether the command was at its end: what is called then is another one."""
    connection = sqlite3.connect(database)
    try:
        counts = "SELECT (SELECT count(*) FROM ingests), (SELECT count(*) FROM ingest_runs)"
        inputs, runs = connection.execute(counts).fetchone()
        return bool(inputs and not runs)
    finally:
        connection.close()


def ingesting(folder: Path, database: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "newsig", "ingest", str(folder), "--db", str(database)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the instruments alone, to be copied: making it takes longer than reading the archive."""
    database = tmp_path_factory.mktemp("empty") / "empty.db"
    run.open_database(database).close()
    return database


def undisturbed(folder: Path, database: Path) -> tuple[dict[str, list[dict[str, Any]]], float]:
    """What is in the database after a run to its end, and how many seconds that took."""
    start = time.monotonic()
    with ingesting(folder, database) as running:
        running.communicate()
    assert running.returncode == 1
    return contents(database), time.monotonic() - start


def killed(folder: Path, database: Path, delays: Iterator[float]) -> int:
    """Run to the end, killed after each delay on the way; gives how often that was."""
    kills = 0
    while True:
        with ingesting(folder, database) as running:
            try:
                running.communicate(timeout=next(delays))
            except subprocess.TimeoutExpired:
                running.kill()
                kills += 1
            else:
                assert running.returncode in (0, 1)
        if is_done(database):
            return kills


@pytest.mark.parametrize(
    ("size", "kills"), [pytest.param(1200, 8), pytest.param(3000, 50, marks=pytest.mark.slow)], ids=["some", "many"]
)
def test_a_killed_run_goes_on_as_if_nothing_had_been(tmp_path: Path, empty: Path, size: int, kills: int) -> None:
    folder = archive(tmp_path / "in", size)
    expected, seconds = undisturbed(folder, Path(shutil.copy(empty, tmp_path / "whole.db")))
    assert len(expected["articles"]) > size * 0.9
    assert len(expected["failures"]) > size // 50
    rng = Random(20240718)
    delays = iter(lambda: rng.uniform(0.3, 1.0) * seconds, None)
    done = rounds = 0
    while done < kills:
        database = Path(shutil.copy(empty, tmp_path / f"killed{rounds}.db"))
        done += killed(folder, database, delays)
        assert contents(database) == expected
        rounds += 1


def test_the_comparison_sees_a_mark_that_is_kept_before_what_was_read(tmp_path: Path, empty: Path) -> None:
    folder = archive(tmp_path / "in", 600)
    expected, _ = undisturbed(folder, Path(shutil.copy(empty, tmp_path / "whole.db")))
    database, driver = Path(shutil.copy(empty, tmp_path / "killed.db")), tmp_path / "driver.py"
    driver.write_text(WRONG_ORDER)
    words = [sys.executable, str(driver), str(folder), str(database)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:  # noqa: S603
        assert running.stdin is not None
        assert running.stdout is not None
        for answer in (b"go on\n", None):
            assert running.stdout.readline() == b"marked\n"
            if answer:
                running.stdin.write(answer)
                running.stdin.flush()
            else:
                os.kill(running.pid, signal.SIGKILL)
    with ingesting(folder, database) as running:
        running.communicate()
    found = contents(database)
    assert found["ingests"] == expected["ingests"]
    assert len(found["articles"]) < len(expected["articles"])
