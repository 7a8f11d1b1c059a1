"""When feeds are visited and what a visit changes, with the clock as an argument."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.collect.http import Response
from newsig.collect.schedule import LONGEST, MOVES, answered, conditional, failed, rests_until, waits
from newsig.errors import CollectError, Refused
from newsig.records import Subscription

NOW = datetime(2024, 7, 18, 12, tzinfo=UTC)
URL = "https://example.org/feed"
FEED = Subscription(url=URL, added_at=NOW - timedelta(days=9), etag='"1"', last_modified="Thu", whole_at=NOW)
WHOLE = Response(url=URL, status=200, body=b"<rss/>", etag='"2"')
SAME = Response(url=URL, status=304, body=b"", not_modified=True)


def minutes(number: float) -> datetime:
    return NOW + timedelta(minutes=number)


RESTS = [(0, None), (1, None), (2, 30), (3, 60), (4, 120), (5, 240), (7, 960), (8, 1440), (9, 1440), (5000, 1440)]


@pytest.mark.parametrize(("failing", "rest"), RESTS)
def test_a_feed_that_fails_is_asked_ever_more_rarely(failing: int, rest: int | None) -> None:
    feed = replace(FEED, failing=failing, fetched_at=NOW)
    assert rests_until(feed) == (None if rest is None else minutes(rest))


WAITS = [
    ({}, False, None),
    ({"not_before": minutes(5)}, False, "asked to be left alone until 2024-07-18 12:05 UTC"),
    ({"not_before": minutes(5)}, True, "asked to be left alone until 2024-07-18 12:05 UTC"),
    ({"not_before": minutes(0)}, False, None),
    ({"not_before": minutes(60 * 24 * 300)}, False, None),  # by a clock that was wrong
    ({"failing": 3, "fetched_at": minutes(-59)}, False, "failed 3 times in a row and is asked again after"),
    ({"failing": 3, "fetched_at": minutes(-59)}, True, None),
    ({"failing": 3, "fetched_at": minutes(-60)}, False, None),
    ({"stopped_at": minutes(-60)}, True, "has been gone for good since 2024-07-18"),
]


@pytest.mark.parametrize(("state", "asked_for", "words"), WAITS)
def test_when_a_feed_is_left_alone(state: dict[str, object], asked_for: bool, words: str | None) -> None:
    reason = waits(replace(FEED, **state), NOW, asked_for=asked_for)  # type: ignore[arg-type]
    assert (reason is None) if words is None else words in str(reason)


def test_now_and_then_the_server_must_send_all() -> None:
    week = timedelta(days=7)
    assert conditional(FEED, NOW + week - timedelta(seconds=1), full_every=week)
    assert not conditional(FEED, NOW + week, full_every=week)
    assert not conditional(replace(FEED, whole_at=None), NOW, full_every=week)


MARKS = [
    (WHOLE, True, ('"2"', None)),
    (WHOLE, False, (None, None)),
    (replace(WHOLE, etag=None), True, (None, None)),
    (SAME, True, ('"1"', "Thu")),
    (replace(SAME, etag='"3"'), True, ('"3"', "Thu")),
    (replace(SAME, last_modified="Fri"), True, ('"1"', "Fri")),
]


@pytest.mark.parametrize(("answer", "keep", "marks"), MARKS)
def test_the_marks_of_an_answer(answer: Response, keep: bool, marks: tuple[str | None, str | None]) -> None:
    after = answered(FEED, answer, minutes(9), keep_marks=keep)
    assert (after.etag, after.last_modified) == marks
    assert after.whole_at == (NOW if answer.not_modified else minutes(9))


def test_an_answer_ends_all_waiting() -> None:
    before = replace(FEED, failing=4, not_before=minutes(5), stopped_at=NOW, error="no answer", title="Old")
    after = answered(before, WHOLE, minutes(9), keep_marks=True, title="New", new=3)
    assert (after.failing, after.not_before, after.stopped_at, after.error) == (0, None, None, None)
    assert (after.title, after.last_new_at, after.fetched_at, after.status) == ("New", minutes(9), minutes(9), 200)
    again = answered(after, SAME, minutes(20), keep_marks=True)
    assert (again.title, again.last_new_at, again.status) == ("New", minutes(9), 304)


def test_a_failure_keeps_the_marks_and_what_was_asked() -> None:
    after = failed(FEED, Refused("busy", status=503), minutes(1), minutes(60))
    assert (after.etag, after.status, after.error, after.failing) == ('"1"', 503, "busy", 1)
    assert (after.not_before, after.stopped_at) == (minutes(60), None)


def test_gone_is_gone() -> None:
    elsewhere = failed(replace(FEED, address=ELSEWHERE), Refused("gone", status=410), NOW, None)
    assert (elsewhere.stopped_at, elsewhere.at) == (None, URL)
    after = failed(FEED, Refused("answered 410 Gone", status=410), NOW, None)
    assert after.stopped_at == NOW
    assert failed(FEED, CollectError("no answer"), NOW, None).stopped_at is None


def moved(*targets: str | None) -> Subscription:
    feed = FEED
    for target in targets:
        feed = answered(feed, replace(WHOLE, permanent=target), NOW, keep_marks=True)
    return feed


ELSEWHERE = "https://example.org/new"
MOVED: list[tuple[list[str | None], str | None, int]] = [
    ([ELSEWHERE], None, 1),
    ([ELSEWHERE, ELSEWHERE], None, 2),
    ([ELSEWHERE] * MOVES, ELSEWHERE, 0),
    ([ELSEWHERE, None, ELSEWHERE, ELSEWHERE], None, 2),
    ([ELSEWHERE, ELSEWHERE, "https://portal.example/login", ELSEWHERE], None, 1),
]


@pytest.mark.parametrize(("targets", "address", "moves"), MOVED)
def test_only_a_move_that_is_told_again_and_again_is_believed(
    targets: list[str | None], address: str | None, moves: int
) -> None:
    feed = moved(*targets)
    assert (feed.url, feed.address, feed.moves) == (URL, address, moves)


def test_an_address_that_fails_is_given_up_for_the_first_one() -> None:
    feed = moved(*[ELSEWHERE] * MOVES)
    for _ in range(MOVES - 1):
        feed = failed(feed, CollectError("no answer"), NOW, None)
        assert feed.at == ELSEWHERE
    assert failed(feed, CollectError("no answer"), NOW, None).at == URL


@given(st.lists(st.sampled_from(["answer", "same", "failure"]), max_size=40))
def test_nobody_is_left_alone_for_more_than_a_day_unasked(visits: list[str]) -> None:
    feed, now = FEED, NOW
    for visit in visits:
        now += timedelta(minutes=7)
        if visit == "failure":
            feed = failed(feed, CollectError("no answer"), now, None)
        else:
            feed = answered(feed, WHOLE if visit == "answer" else SAME, now, keep_marks=True)
        assert waits(feed, now + LONGEST) is None
