"""Two programs at one database: nothing is lost, nobody is left without a word."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from subprocess import TimeoutExpired

import pytest
from sqlite_utils import Database

from newsig import store
from newsig.errors import StoreError
from newsig.records import Article, Failure
from tests.newsroom import done, holding, program, publishing, text

NOW = datetime(2024, 7, 18, 6, tzinfo=UTC)
INGEST = """
import sys, click
from newsig import run
from newsig.cli.ends import Newsroom
from newsig.cli.printing import print_failure

def ingest():
    with run.open_database(sys.argv[1], busy=float(sys.argv[2])) as db:
        run.ingest(run.Desk(db=db, on_failure=print_failure), sys.argv[3:])

group = Newsroom()
group.add_command(click.Command("ingest", callback=ingest))
group(["ingest"])
"""
"""``newsig ingest`` with a wait that is shorter than people may choose."""


def archive(path: Path, name: str, count: int = 40) -> Path:
    lines = (json.dumps({"id": f"{name}-{number}", "text": f"Story {number} of {name}."}) for number in range(count))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def stored(path: Path) -> list[str]:
    with store.open_db(path, create=False) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in db.execute("SELECT id FROM articles ORDER BY id")]


def test_two_at_once_on_a_file_that_is_not_there_yet(tmp_path: Path) -> None:
    database = tmp_path / "n.db"
    names = ("one", "two", "three")
    running = [program("ingest", archive(tmp_path / f"{name}.jsonl", name), "--db", database) for name in names]
    for each in running:
        with each:
            said, errors = each.communicate(timeout=120)
        assert (each.returncode, said, errors) == (0, "40 articles: 40 new.\n", "")
    assert stored(database) == sorted(f"{name}-{number}" for name in names for number in range(40))


def test_a_writer_that_takes_three_seconds_is_waited_for(tmp_path: Path) -> None:
    store.open_db(tmp_path / "n.db").close()
    file = archive(tmp_path / "one.jsonl", "one")
    with ExitStack() as held:
        held.enter_context(holding(tmp_path / "n.db"))
        with program("ingest", file, "--db", tmp_path / "n.db") as running:
            with pytest.raises(TimeoutExpired):
                running.wait(3)  # the fault itself: three seconds in which nothing can be written
            held.close()
            said, errors = running.communicate(timeout=120)
    assert (running.returncode, said, errors) == (0, "40 articles: 40 new.\n", "")


def test_a_writer_that_takes_longer_ends_it_with_a_sentence(tmp_path: Path) -> None:
    database, file = tmp_path / "n.db", archive(tmp_path / "one.jsonl", "one")
    assert done(database, 30, file, code=INGEST)[0] == 0
    with holding(database):
        more = archive(tmp_path / "two.jsonl", "two")
        status, said, errors = done(database, 0.2, more, code=INGEST)
    assert (status, said) == (2, "")
    assert errors == (
        f"newsig: ingest: {database} is being written to by another program: try again when that has finished\n"
    )
    assert len(stored(database)) == 40
    assert done(database, 30, more, code=INGEST)[0] == 0
    assert len(stored(database)) == 80
    with store.open_db(database, create=False) as db:
        assert store.counts(db)["failures"] == 0


WRITES: list[Callable[[Database], object]] = [
    lambda db: store.save_article(db, Article(id="a", text="a"), NOW),
    lambda db: store.record_failure(db, Failure(stage="ingest", place="a", reason="b"), NOW),
    lambda db: store.start_run(db, "f", {}, NOW),
]


@pytest.mark.parametrize("write", WRITES)
def test_trouble_with_the_database_is_told_from_trouble_with_a_record(
    tmp_path: Path, write: Callable[[Database], object]
) -> None:
    with store.open_db(tmp_path / "n.db", busy=0.05) as db:
        with holding(tmp_path / "n.db"), pytest.raises(StoreError) as caught:
            write(db)
        assert (caught.value.for_all, caught.value.passing) == (True, True)
        with pytest.raises(StoreError) as caught:
            store.save_article(db, Article(id="a", text="\ud800"), NOW)
        assert (caught.value.for_all, caught.value.passing) == (False, False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals for one process")
def test_who_waits_for_another_can_be_stopped_at_once(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": "one"})
    with program("ingest", "-", "--db", tmp_path / "n.db") as running:
        assert running.stdin is not None
        assert running.stderr is not None
        running.stdin.write(f"{line}\nno json\n")
        running.stdin.flush()
        assert running.stderr.readline().startswith("standard input line 2: ")  # now it waits for more
        with holding(tmp_path / "n.db"):
            running.stdin.write(f"{line.replace('one', 'two')}\n")
            running.stdin.flush()
            with pytest.raises(TimeoutExpired):
                running.wait(0.5)  # it has come to the lock by now; stopped before, it ends alike
            running.send_signal(signal.SIGINT)
            _, errors = running.communicate(timeout=10)
    assert (running.returncode, errors) == (130, "newsig: interrupted; what was stored before is whole\n")
    assert stored(tmp_path / "n.db") == ["a"]


# -- newsig run, of which there is one at a time


def test_a_second_run_is_told_of_the_first(tmp_path: Path) -> None:
    with publishing([text(1)]) as (feed, _):
        assert done("feeds", "add", feed, "--private", "--db", tmp_path / "n.db")[0] == 0
        with store.alone(tmp_path / "n.db"):
            for words in ((), ("--every", "15m")):
                status, said, errors = done("run", *words, "--db", tmp_path / "n.db")
                assert (status, said) == (2, "")
                assert errors == (
                    f"newsig: another `newsig run` is at work on {tmp_path / 'n.db'}: "
                    f"leave it to that one, or stop it first\n"
                )
            assert done("collect", "--db", tmp_path / "n.db")[0] == 0  # others may work beside it
        with store.alone(tmp_path / "n.db"):
            pass


HOLD = "import sys; from newsig import store\nwith store.alone(sys.argv[1]): print('in', flush=True); sys.stdin.read()"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_run_that_was_killed_is_in_nobodys_way(tmp_path: Path) -> None:
    store.open_db(tmp_path / "n.db").close()
    with program(tmp_path / "n.db", code=HOLD) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "in\n"
        with pytest.raises(StoreError, match="another `newsig run` is at work"), store.alone(tmp_path / "n.db"):
            pass
        running.kill()
        running.wait(60)
        with store.alone(tmp_path / "n.db"):
            pass


def test_one_run_for_each_database(tmp_path: Path) -> None:
    for name in "ab":
        store.open_db(tmp_path / name).close()
    with store.alone(tmp_path / "a"), store.alone(tmp_path / "b"), store.alone(":memory:"):
        assert (tmp_path / "a-running").stat().st_size == 0
    with pytest.raises(StoreError, match="no database at"), store.alone(tmp_path / "absent"):
        pass
    assert not (tmp_path / "absent-running").exists()
