"""Rounds at full beats: their arithmetic, and newsig run --every as a program that is told to stop."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig import run, store
from newsig.records import Article
from newsig.run.scheduling import LONGEST, SHORTEST, Pause, beats, pause, seconds
from newsig.settings import Settings
from tests.newsroom import done, holding, program, publishing, text

NOW = datetime(2024, 7, 18, 6, tzinfo=UTC)
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals for one process")

# -- a length of time

LENGTHS = [
    ("15m", 900),
    ("90s", 90),
    ("2h", 7200),
    ("1h30m", 5400),
    ("1H30M", 5400),
    (" 60s ", 60),
    ("0h1m0s", 60),
    ("1h0m1s", 3601),
    ("168h", LONGEST),
]
NO_LENGTHS = ["", "15", "m", "15 m", "30m1h", "1m1m", "-5m", "1.5h", "١٥m", "15min", "1d", "9" * 5000 + "m", "15m\n2"]
BEYOND = ["59s", "0m", "0h0m0s", "169h", "604801s", "999999999h"]


@pytest.mark.parametrize(("words", "length"), LENGTHS)
def test_a_length_of_time(words: str, length: int) -> None:
    assert seconds(words) == length


@pytest.mark.parametrize(
    ("words", "sentence"),
    [*((words, "is no length of time: write it as 15m, 90s, 2h or 1h30m.") for words in NO_LENGTHS)]
    + [(words, "is not between 1m and 168h: publishers want to be left in peace.") for words in BEYOND],
)
def test_rubbish_is_refused_in_a_sentence(words: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        seconds(words)
    assert str(caught.value) == f"{words!r} {sentence}"


@given(st.integers(SHORTEST, LONGEST))
def test_every_length_can_be_written(length: int) -> None:
    hours, rest = divmod(length, 3600)
    assert seconds(f"{hours}h{rest // 60}m{rest % 60}s") == seconds(f"{length}s") == length


# -- the beat

PAUSES = [
    (900, 4, 0, Pause(1, 896, 0)),
    (900, 899.5, 0, Pause(1, 0.5, 0)),
    (900, 900, 0, Pause(1, 0, 0)),
    (900, 900.5, 0, Pause(2, 899.5, 1)),
    (900, 1800, 0, Pause(2, 0, 1)),
    (900, 4500, 2, Pause(5, 0, 2)),
    (900, 1804, 2, Pause(3, 896, 0)),
    (900, 1799.9, 2, Pause(3, 900.1, 0)),  # a wait that ended a little early is no reason for a round at once
]


@pytest.mark.parametrize(("every", "elapsed", "beat", "expected"), PAUSES)
def test_the_wait_for_the_next_beat(every: float, elapsed: float, beat: int, expected: Pause) -> None:
    found = pause(every, elapsed, beat)
    assert (found.beat, found.skipped) == (expected.beat, expected.skipped)
    assert found.seconds == pytest.approx(expected.seconds)


class Day:
    """A clock that only rounds and waits move on."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.rests: list[Pause] = []

    def read(self) -> float:
        return self.now

    def wait(self, rest: Pause) -> None:
        self.rests.append(rest)
        self.now += rest.seconds


def starts(every: float, rounds: Sequence[float]) -> tuple[list[float], list[Pause]]:
    """When rounds of these lengths begin, from the start, and the waits between them."""
    day = Day()
    begun = []
    for _, length in zip(beats(every, day.read, day.wait), rounds, strict=False):
        begun.append(day.now - 1000)
        day.now += length
    return begun, day.rests


def test_rounds_begin_at_full_beats_and_never_overlap() -> None:
    begun, rests = starts(60, [5, 59, 61, 200, 1, 1])
    assert begun == [0, 60, 120, 240, 480, 540]
    assert [rest.skipped for rest in rests] == [0, 0, 1, 3, 0, 0]


@given(st.integers(SHORTEST, LONGEST), st.lists(st.floats(0, 10 * LONGEST), min_size=1, max_size=20))
def test_whatever_rounds_take_they_keep_the_beat(every: int, rounds: list[float]) -> None:
    begun, _ = starts(every, rounds)
    assert begun[0] == 0
    for start, following, length in zip(begun, begun[1:], rounds, strict=False):
        assert following / every == pytest.approx(round(following / every), abs=1e-6)
        assert following - start >= length - 1e-6  # the one is over before the other begins
        assert following - start < max(length, every) + every  # and no beat is left out that could be kept


def test_the_first_round_is_at_once() -> None:
    day = Day()
    assert list(islice(beats(60, day.read, day.wait), 1)) == [0]
    assert day.rests == []


# -- the workers


def test_the_workers_are_kept_until_something_else_makes_the_findings() -> None:
    plain = Settings()
    with run.Crews() as crews:
        first = crews.get(plain, "rules-1")
        assert crews.get(Settings(), "rules-1") is first
        other = crews.get(plain, "rules-2")
        assert other is not first
        assert crews.get(Settings(seconds=5), "rules-2") is not other
        assert crews.get(plain, "rules-1") is not first  # one is kept, not all that ever were


# -- as a program

LINE = """
import sys, click
from functools import partial
from newsig import run, settings, store
from newsig.cli.ends import Newsroom
from newsig.cli.running import repeat

def line():
    with store.alone(sys.argv[1]):
        opened = partial(run.open_database, sys.argv[1], create=False, busy=0.2)
        repeat(opened, settings.load(), float(sys.argv[2]), sys.argv[1])

group = Newsroom()
group.add_command(click.Command("line", callback=line))
group(["line"])
"""
"""``newsig run --every`` with a beat and a wait that are shorter than people may choose."""


def fed(database: Path, feed: str) -> Path:
    status, _, errors = done("feeds", "add", feed, "--private", "--db", database)
    assert (status, errors) == (0, f"Added {feed} (Petrakind Wire)\n")
    return database


@UNIX
def test_two_rounds_and_then_sigterm(tmp_path: Path) -> None:
    with publishing([text(1), text(2)]) as (feed, _), program(fed(tmp_path / "n.db", feed), 0.5, code=LINE) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        with store.open_db(tmp_path / "n.db") as db:  # somebody else writes in the meantime
            store.save_article(db, Article(id="late", text="The Dow rose 1 percent on Wednesday."), run.now())
        lines = [first]
        while "1 article processed: " not in lines[-1]:
            lines.append(running.stdout.readline())
            assert len(lines) < 50
        running.send_signal(signal.SIGTERM)
        said, errors = running.communicate(timeout=60)
    assert " 1 feed. 2 articles: 2 new. 2 articles processed: " in first
    assert datetime.fromisoformat(first.partition(" ")[0]).utcoffset() is not None
    *more, last = said.splitlines()
    rounds = len(lines) + len(more)
    assert (running.returncode, last) == (0, f"Stopped after {rounds} rounds.")
    assert "The round took longer than the beat: " in errors
    assert "skipped.\n" in errors


@UNIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_while_it_waits_it_stops_at_once(tmp_path: Path, number: signal.Signals) -> None:
    with publishing([]) as (feed, _):
        database = fed(tmp_path / "n.db", feed)
        with program("run", "--every", "1h", "--db", database) as running:
            assert running.stdout is not None
            assert "No new claims." not in running.stdout.readline()
            running.send_signal(number)
            said, errors = running.communicate(timeout=10)
    assert (running.returncode, said, errors) == (0, "Stopped after 1 round.\n", "")


@UNIX
def test_in_the_midst_of_a_round_what_is_stored_is_whole(tmp_path: Path) -> None:
    with publishing([text(1), None, text(3)]) as (feed, publisher):
        database = fed(tmp_path / "n.db", feed)
        with program("run", "--every", "1h", "--full-text", "--db", database) as running:
            assert publisher.asked.wait(60)  # it waits for the page of the second story
            running.send_signal(signal.SIGTERM)
            said, errors = running.communicate(timeout=10)
        assert (running.returncode, said, errors) == (0, "Stopped after 0 rounds.\n", "")
        with store.open_db(database, create=False) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        publisher.opened.set()
        assert done("collect", "--full-text", "--db", database)[0] == 0
        with store.open_db(database, create=False) as db:
            assert store.counts(db)["articles"] == 3


@UNIX
def test_a_locked_database_spoils_a_round_only(tmp_path: Path) -> None:
    with publishing([text(1)]) as (feed, _):
        database = fed(tmp_path / "n.db", feed)
        with ExitStack() as held:
            held.enter_context(holding(database))
            with program(database, 1, code=LINE) as running:
                assert running.stdout is not None
                lines = [running.stdout.readline()]
                held.close()
                while "Broke off" in lines[-1]:
                    lines.append(running.stdout.readline())
                    assert len(lines) < 50
                running.send_signal(signal.SIGINT)
                said, _ = running.communicate(timeout=60)
    assert f"{database} is being written to by another program: try again when that has finished." in lines[0]
    assert " 1 new. 1 article processed: " in lines[-1]
    assert said.splitlines()[-1].startswith("Stopped after ")


@UNIX
def test_a_database_that_goes_away_ends_it(tmp_path: Path) -> None:
    with publishing([]) as (feed, _), program(fed(tmp_path / "n.db", feed), 0.2, code=LINE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        (tmp_path / "n.db").rename(tmp_path / "elsewhere.db")
        _, errors = running.communicate(timeout=60)
    assert running.returncode == 2
    assert errors.splitlines()[-1].startswith(f"newsig: no database at {tmp_path / 'n.db'}: ")


def nothing(path: Path) -> None:
    assert not path.exists()


REFUSED: list[tuple[Callable[[Path], object], tuple[str, ...], str]] = [
    (nothing, ("--every", "15m"), "newsig: no database at "),
    (lambda path: store.open_db(path).close(), ("--every", "15m"), "newsig: {} holds neither feeds nor articles: "),
    (nothing, ("--every", "soon"), "Error: Invalid value for '--every': 'soon' is no length of time: "),
    (nothing, ("--every", "30s"), "Error: Invalid value for '--every': '30s' is not between 1m and 168h: "),
    (lambda path: path.write_text("no database" * 100), ("--every", "15m"), "newsig: {} is no SQLite database: "),
]


@pytest.mark.parametrize(("make", "words", "sentence"), REFUSED)
def test_what_cannot_pass_ends_it(
    tmp_path: Path, make: Callable[[Path], object], words: tuple[str, ...], sentence: str
) -> None:
    database = tmp_path / "n.db"
    make(database)
    status, said, errors = done("run", *words, "--db", database)
    assert (status, said) == (2, "")
    assert errors.splitlines()[-1].startswith(sentence.format(database))
    assert database.exists() or not list(tmp_path.iterdir())
