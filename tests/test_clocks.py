"""Clocks that are wrong: what is written does not run backwards, and is not stuck in a year that never comes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from newsig import run, store
from newsig.errors import StoreError
from newsig.records import Article, Subscription
from newsig.run.clocks import forward, gap, later, remark, steady
from tests.newsroom import done, undone

NOON = datetime(2024, 7, 18, 12, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)

LATER = [
    (timedelta(0), None, timedelta(0)),
    (timedelta(0), -HOUR, timedelta(0)),
    (timedelta(0), HOUR, HOUR),
    (timedelta(0), DAY, DAY),
    (timedelta(0), DAY + SECOND, timedelta(0)),
    (timedelta(0), 27_000 * DAY, timedelta(0)),
    (-2 * DAY, -HOUR, -2 * DAY),
]


@pytest.mark.parametrize(("reading", "last", "written"), LATER)
def test_the_moment_that_is_written(reading: timedelta, last: timedelta | None, written: timedelta) -> None:
    assert later(NOON + reading, None if last is None else NOON + last) == NOON + written


HELD = "the clock says 2024-07-18 12:00 UTC, but the database holds moments up to"
REMARKS = [
    (-HOUR, None),
    (timedelta(0), None),
    (60 * SECOND, None),
    (
        HOUR,
        f"{HELD} 2024-07-18 13:00 UTC: until the clock is there, 2024-07-18 13:00 UTC is written",
    ),
    (
        400 * DAY,
        f"{HELD} 2025-08-22 12:00 UTC: they are left aside; if it is the clock that is wrong, set it",
    ),
]


@pytest.mark.parametrize(("ahead", "words"), REMARKS)
def test_what_is_said_of_a_clock_that_is_behind(ahead: timedelta, words: str | None) -> None:
    assert remark(NOON, NOON + ahead) == words


def test_days_without_news_are_told() -> None:
    assert gap(NOON, None) is None
    assert gap(NOON + DAY, NOON) is None
    assert (gap(NOON + 8 * DAY, NOON) or "").startswith(
        "nothing was done here from 2024-07-18 12:00 UTC to 2024-07-26 12:00 UTC: "
    )


# -- in a database


@pytest.fixture(scope="module")
def empty() -> Iterator[Database]:
    with store.open_db(":memory:") as db:
        yield db


def unheard(words: str) -> None:
    assert words


def see(db: Database, at: datetime, text: str, name: str = "a") -> None:
    store.save_article(db, Article(id=name, text=text), at)


def test_a_clock_put_back_by_an_hour_stands_still_until_it_is_there_again() -> None:
    told: list[str] = []
    readings = iter([NOON - HOUR, NOON - HOUR, NOON - SECOND, NOON + SECOND])
    with store.open_db(":memory:") as db:
        see(db, NOON, "one")
        clock = steady(db, lambda: next(readings), told.append)
        assert [clock() for _ in range(3)] == [NOON, NOON, NOON + SECOND]
    assert told == [remark(NOON - HOUR, NOON)]


def test_after_a_false_clock_of_2099_true_moments_are_written_again() -> None:
    false = datetime(2099, 1, 1, tzinfo=UTC)
    told: list[str] = []
    with store.open_db(":memory:") as db:
        see(db, NOON, "one")
        see(db, false, "two", "b")
        assert steady(db, lambda: NOON + HOUR, told.append)() == NOON + HOUR
        assert told == [remark(NOON + HOUR, false)]
        assert steady(db, lambda: NOON - HOUR, told.append)() == NOON  # what can be believed is followed still


def test_a_clock_that_goes_wrong_at_work_is_not_followed_for_ever() -> None:
    readings = iter([NOON, datetime(2099, 1, 1, tzinfo=UTC), NOON + SECOND, NOON])
    clock = forward(lambda: next(readings), None)
    assert [clock() for _ in range(4)] == [NOON, datetime(2099, 1, 1, tzinfo=UTC), NOON + SECOND, NOON + SECOND]


def test_a_clock_from_before_the_database_writes_nothing() -> None:
    with store.open_db(":memory:") as db:
        store.add_feed(db, Subscription(url="https://petrakind.example/feed", added_at=NOON))
        with pytest.raises(StoreError) as caught:
            steady(db, lambda: datetime(1970, 1, 1, tzinfo=UTC), pytest.fail)
    assert str(caught.value) == (
        "the clock of this computer says 1970-01-01 00:00 UTC, but the database begins at 2024-07-18 12:00 UTC: "
        "set the clock"
    )
    assert caught.value.passing


FILLED: list[Callable[[Database], object]] = [
    lambda db: see(db, NOON, "one"),
    lambda db: store.start_run(db, "f", {}, NOON),
    lambda db: (
        store.add_feed(db, Subscription(url="https://petrakind.example/feed", added_at=NOON - DAY)),
        store.save_feed(
            db, Subscription(url="https://petrakind.example/feed", added_at=NOON - DAY, fetched_at=NOON, status=200)
        ),
    ),
]


@pytest.mark.parametrize("fill", FILLED)
def test_the_newest_moment_is_found_wherever_it_stands(fill: Callable[[Database], object]) -> None:
    with store.open_db(":memory:") as db:
        assert store.newest_moment(db) is store.first_moment(db) is None
        fill(db)
        assert store.newest_moment(db) == NOON
        assert store.newest_moment(db, NOON - SECOND) in (None, NOON - DAY)
        assert (store.first_moment(db) or NOON) <= NOON


MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
NEAR = st.integers(-100_000, 100_000).map(lambda number: NOON + number * SECOND)


@given(st.lists(st.tuples(st.lists(MOMENTS | NEAR, min_size=1, max_size=4), st.sampled_from("ab")), max_size=8))
@settings(deadline=None, max_examples=60)
def test_whatever_the_clock_says_versions_follow_each_other(
    empty: Database, runs: list[tuple[list[datetime], str]]
) -> None:
    texts = iter(map(str, range(1000)))
    with undone(empty) as db:
        for readings, name in runs:
            following = iter(readings)
            try:
                clock = steady(db, lambda following=following: next(following), unheard)
            except StoreError:
                continue
            for _ in readings[1:]:
                see(db, clock(), next(texts), name)
        for name in "ab":
            seen = [
                row[0]
                for row in db.execute("SELECT seen_at FROM article_versions WHERE article_id = ? ORDER BY id", name)
            ]
            assert seen == sorted(seen)


@given(st.lists(st.integers(0, 86_400), min_size=1, max_size=12))
@settings(deadline=None, max_examples=40)
def test_within_a_day_the_whole_database_does_not_run_backwards(empty: Database, back: list[int]) -> None:
    with undone(empty) as db:
        for number, seconds in enumerate(back):
            clock = steady(db, lambda seconds=seconds: NOON - seconds * SECOND, unheard)
            see(db, clock(), str(number), str(number))
        seen = [row[0] for row in db.execute("SELECT seen_at FROM article_versions ORDER BY id")]
    assert seen == sorted(seen)


def test_a_version_is_never_seen_before_the_one_that_it_follows() -> None:
    with store.open_db(":memory:") as db:
        for at, text in ((NOON, "one"), (NOON - HOUR, "two"), (NOON + timedelta(microseconds=1), "three")):
            see(db, at, text)
        seen = [row[0] for row in db.execute("SELECT seen_at FROM article_versions ORDER BY id")]
    assert [datetime.fromisoformat(moment) - NOON for moment in seen] == [
        timedelta(0),
        timedelta(0),
        timedelta(microseconds=1),
    ]


# -- as a program


def test_the_command_writes_and_tells_it(tmp_path: Path) -> None:
    ahead = run.now() + 3 * HOUR
    with store.open_db(tmp_path / "n.db") as db:
        see(db, ahead, "one")
    file = tmp_path / "two.json"
    file.write_text(json.dumps({"id": "b", "text": "two"}), encoding="utf-8")
    status, said, errors = done("ingest", file, "--db", tmp_path / "n.db")
    assert (status, said) == (0, "1 article: 1 new.\n")
    (line,) = errors.splitlines()
    assert f"the database holds moments up to {ahead:%Y-%m-%d %H:%M} UTC: until the clock is there" in line
    with store.open_db(tmp_path / "n.db") as db:
        assert store.newest_moment(db) == ahead
        assert {row[0] for row in db.execute("SELECT first_seen FROM articles")} == {ahead.isoformat()}
