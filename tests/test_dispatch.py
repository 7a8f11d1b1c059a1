"""Calls at once: hosts apart, one at a time per host, in their order."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsig.collect.dispatch import Dispatch


def answers(dispatch: Dispatch[str, str]) -> list[tuple[str, str]]:
    return [(label, done.result(timeout=0)) for label, done in dispatch.done()]


def test_a_slow_host_holds_up_nobody_else() -> None:
    slow = threading.Event()
    dispatch = Dispatch[str, str](at_once=2, pause=0)
    dispatch.add("slow.example", "slow", lambda: str(slow.wait(10)))
    for number in range(5):
        dispatch.add(f"{number}.example", str(number), lambda: "quick")
    seen = []
    for label, _ in dispatch.done():
        seen.append(label)
        if len(seen) == 5:  # only then may the slow one answer
            slow.set()
    assert seen == ["0", "1", "2", "3", "4", "slow"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=12), st.integers(1, 4))
def test_each_host_is_asked_in_order_and_never_twice_at_once(hosts: list[str], at_once: int) -> None:
    dispatch = Dispatch[int, None](at_once=at_once, pause=0)
    lock, under_way, most = threading.Lock(), defaultdict[str, int](int), 0

    def call(host: str) -> None:
        nonlocal most
        with lock:
            under_way[host] += 1
            assert under_way[host] == 1
            most = max(most, sum(under_way.values()))
        with lock:
            under_way[host] -= 1

    for number, host in enumerate(hosts):
        dispatch.add(host, number, lambda host=host: call(host))
    ended = [label for label, done in dispatch.done() if done.exception(timeout=0) is None]
    assert sorted(ended) == list(range(len(hosts)))
    assert most <= at_once
    for host in set(hosts):
        ours = [number for number in ended if hosts[number] == host]
        assert ours == sorted(ours)


def test_between_two_calls_to_a_host_there_is_a_pause() -> None:
    times: list[float] = []
    dispatch = Dispatch[int, None](at_once=4, pause=0.05)
    for number in range(3):
        dispatch.add("one.example", number, lambda: times.append(time.monotonic()))
    dispatch.slow_down("one.example", 0.08)
    assert len(list(dispatch.done())) == 3
    assert all(later - earlier >= 0.079 for earlier, later in pairwise(times))


def test_what_a_call_raises_is_its_own_and_calls_may_bring_calls() -> None:
    def broken() -> str:
        raise KeyError("no such thing")

    dispatch = Dispatch[str, str](at_once=2, pause=0)
    dispatch.add("one.example", "broken", broken)
    seen: list[str] = []
    for label, done in dispatch.done():
        seen.append(label)
        if label == "broken":
            with pytest.raises(KeyError):
                done.result()
            dispatch.add("one.example", "next", lambda: "well")
    assert seen == ["broken", "next"]


def test_nothing_to_do_is_done_at_once() -> None:
    dispatch: Dispatch[str, Callable[[], str]] = Dispatch(at_once=1, pause=9)
    assert list(dispatch.done()) == []
