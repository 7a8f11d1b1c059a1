"""Processing while the program is killed, at any moment, again and again, or told to stop."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

import pytest

from newsig import run, store
from newsig.records import Article
from tests.conftest import WEDNESDAY
from tests.newsroom import ROOT, program
from tests.test_ingest_kill import contents

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

OF_RUNS = {"run_id", "made_at", "undone_at"}
"""Columns that say in which run, or when."""

DRIVER = """
import sys
import click
from newsig import run
from newsig.cli.ends import Newsroom
from newsig.cli.lean import without
from newsig.run.crew import EXTRACT, Duty
from newsig.run.processing import Crews
from newsig.settings import Settings
from tests import poison

def process():
    without("torch", "spacy")
    duty = Duty(begin=poison.begin, work=poison.quick)
    if sys.argv[2] == "whole":
        duty = Duty(modules=EXTRACT.modules, begin=EXTRACT.begin, work=poison.whole)
    with run.open_database(sys.argv[1], create=False) as db, Crews(duty) as crews:
        told = lambda count: print(count, flush=True)
        run.process(run.Desk(db=db, on_done=told), Settings(workers=2, seconds=600), crews=crews)

group = Newsroom()
group.add_command(click.Command("process", callback=process))
group(["process"])
"""
"""``newsig process`` with workers that go wrong where an article says so."""


def archive(path: Path, size: int, *last: str) -> Path:
    """So many stories, some of which cannot be read, with speakers whose names make one source by and by."""
    speakers = ("Orla Quillfeather", "Ms Quillfeather", "O. Quillfeather", "Zoë Łukasz")
    with run.open_database(path) as db:
        for number in range(size):
            text = (
                f"Apple rose {number % 9 + 1} percent on Wednesday. “It is their turn,” said "
                f"{speakers[number % 4]} of Petrakind Partners. {'Apple ' * 60}{'LEAVE' if number % 50 == 7 else ''}"
            )
            store.save_article(db, Article(id=f"a{number}", text=text, published=WEDNESDAY), WEDNESDAY)
        for number, words in enumerate(last):
            store.save_article(db, Article(id=f"last{number}", text=words, published=WEDNESDAY), WEDNESDAY)
        run.cluster(run.Desk(db=db))  # beforehand, since there are kills enough elsewhere for that
    return path


def rows(database: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but that of the runs, without what says in which run and when."""
    found = contents(database)
    return {
        table: [{name: value for name, value in row.items() if name not in OF_RUNS} for row in some]
        for table, some in found.items()
        if table not in ("runs", "sqlite_sequence")
    }


def processing(database: Path, what: str) -> subprocess.Popen[str]:
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-c", DRIVER, str(database), what]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environ, text=True)  # noqa: S603


def ended(database: Path, what: str, delays: Iterator[float] | None = None) -> int:
    """Process to the end, killed after each delay on the way; gives how often that was."""
    kills = 0
    while True:
        with processing(database, what) as running:
            try:
                _, errors = running.communicate(timeout=next(delays) if delays else None)
            except subprocess.TimeoutExpired:
                running.kill()
                kills += 1
            else:
                assert (running.returncode, errors) == (0, "")
                return kills


@pytest.mark.parametrize(
    ("what", "size", "kills"),
    [("quick", 300, 4), pytest.param("whole", 300, 50, marks=pytest.mark.slow)],
    ids=["some", "many"],
)
def test_a_killed_run_goes_on_as_if_nothing_had_been(tmp_path: Path, what: str, size: int, kills: int) -> None:
    begun = archive(tmp_path / "begun.db", size)
    whole = Path(shutil.copy(begun, tmp_path / "whole.db"))
    start = time.monotonic()
    ended(whole, what)
    length = time.monotonic() - start
    expected = rows(whole)
    assert len(expected["mentions"]) > size
    assert len(expected["quarantine"]) == len(expected["failures"]) == size // 50
    rng = Random(20240718)
    delays = iter(lambda: rng.uniform(0.7, 1.0) * length, None)
    met = rounds = 0
    while met < kills:
        database = Path(shutil.copy(begun, tmp_path / f"killed{rounds}.db"))
        met += ended(database, what, delays)
        found = rows(database)
        for table in expected:
            assert found[table] == expected[table], table
        rounds += 1


def children(pid: int) -> list[int]:
    files = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in files for child in file.read_text().split()]


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="another system has no handle on a process of others")
def test_what_is_told_to_stop_stops_with_its_workers(tmp_path: Path) -> None:
    database = archive(tmp_path / "n.db", 150, "HANG")
    with program(database, "quick", code=DRIVER, start_new_session=True) as running, ExitStack() as handles:
        assert running.stdout
        assert running.stdout.readline() == "100\n"
        workers = [os.pidfd_open(child) for child in children(running.pid)]
        for worker in workers:
            handles.callback(os.close, worker)
        assert len(workers) >= 2
        os.killpg(running.pid, signal.SIGINT)  # as Ctrl-C does, to all that belong to it
        _, errors = running.communicate(timeout=60)
        for worker in workers:
            assert select.select([worker], [], [], 5)[0] == [worker]
    assert (running.returncode, errors) == (130, "newsig: interrupted; what was stored before is whole\n")
    with store.open_db(database) as db:
        assert db.execute("SELECT count(run_id) FROM article_versions").fetchone()[0] >= 98
