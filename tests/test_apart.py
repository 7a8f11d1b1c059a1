"""Calls in processes of their own: what goes wrong with one costs that one."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsig.apart import Apart
from newsig.apart.starting import THREADS
from newsig.collect.feeds import parse_feed
from newsig.collect.http import shown
from newsig.errors import (
    ApartError,
    CollectError,
    CrashError,
    HungryError,
    OverdueError,
    RaisedError,
    StartError,
)

ENDLESS = (r"(a+)+$", "a" * 60 + "b")
"""A regular expression that would take a million years, and lets no other line of Python run meanwhile."""


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    # what is imported beforehand takes no time of any call
    modules = ["newsig.collect.feeds", "feedparser", "lxml.etree"]
    with Apart(seconds=1, memory=200 * 1024**2, preload=modules) as apart:
        yield apart


def test_a_call_runs_in_another_process_and_returns(apart: Apart) -> None:
    worker = apart.call(os.getpid)
    assert worker != os.getpid()
    assert apart.call(os.getpid) == worker
    assert apart.call(shown, "https://me:secret@example.org/") == "https://example.org/"
    assert apart.call(sorted, [2, 3, 1], reverse=True) == [3, 2, 1]


HOSTILE: list[tuple[Callable[..., Any], tuple[Any, ...], type[ApartError], str, str]] = [
    (time.sleep, (60,), OverdueError, "time", "no result within 1 s"),
    (re.match, ENDLESS, OverdueError, "time", "no result within 1 s"),
    (ctypes.string_at, (0,), CrashError, "crash", "ended the process that worked on it (SIGSEGV)"),
    (os.abort, (), CrashError, "crash", "ended the process that worked on it (SIGABRT)"),
    (os._exit, (3,), CrashError, "crash", "ended the process that worked on it (exit status 3)"),
    (os._exit, (0,), OverdueError, "time", "no result within 1 s"),
    (sys.exit, (3,), RaisedError, "exception", "raised SystemExit: 3"),
    (int, ("one",), RaisedError, "exception", "raised ValueError: invalid literal for int() with base 10: 'one'"),
    (threading.Lock, (), RaisedError, "exception", "raised TypeError: cannot pickle '_thread.lock' object"),
    pytest.param(
        *(bytearray, (10**9,), HungryError, "memory", "needed more than 200 MB of memory"),
        marks=pytest.mark.skipif(
            sys.platform != "linux", reason="only Linux limits the memory that is a process's own"
        ),
    ),
]


@pytest.mark.parametrize(("function", "args", "kind", "cause", "sentence"), HOSTILE)
def test_what_goes_wrong_is_an_error_of_its_kind_and_the_next_call_works(
    apart: Apart, function: Callable[..., Any], args: tuple[Any, ...], kind: type[ApartError], cause: str, sentence: str
) -> None:
    with pytest.raises(ApartError) as caught:
        apart.call(function, *args)
    assert (type(caught.value), caught.value.cause, str(caught.value)) == (kind, cause, sentence)
    assert apart.call(abs, -1) == 1


def test_a_feed_is_read_apart(apart: Apart) -> None:
    body = b"<rss version='2.0'><channel><item><title>Oil</title><link>/1</link></item></channel></rss>"
    now = datetime(2024, 11, 30, tzinfo=UTC)
    assert apart.call(parse_feed, body, "https://example.org/feed", now=now) == parse_feed(
        body, "https://example.org/feed"
    )


def test_an_error_of_our_own_comes_through_as_it_is(apart: Apart) -> None:
    with pytest.raises(CollectError, match="is neither an RSS nor an Atom") as caught:
        apart.call(parse_feed, b"", "https://example.org/feed")
    assert not caught.value.passing


def test_large_calls_and_answers_pass_whatever_the_limit_on_memory_is() -> None:
    with Apart(memory=64 * 1024**2) as apart:
        with pytest.raises(HungryError):
            apart.call(len, bytes(100_000_000))
        assert apart.call(len, bytes(10_000_000)) == 10_000_000
        assert len(apart.call(bytes, 10_000_000)) == 10_000_000


def test_an_idle_worker_that_is_killed_is_replaced() -> None:
    with Apart() as apart:
        for _ in range(3):
            os.kill(apart.call(os.getpid), signal.SIGKILL)
        assert apart.call(abs, -1) == 1


def test_many_at_once_from_many_threads() -> None:
    with Apart(seconds=5, workers=2) as apart:
        futures = [apart.submit(divmod, number, number % 5) for number in range(40)]
        answers: list[int] = []
        threads = [threading.Thread(target=lambda n=n: answers.append(apart.call(abs, -n))) for n in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == list(range(10))
        for number, future in enumerate(futures):
            if number % 5:
                assert future.result() == divmod(number, number % 5)
            else:
                assert isinstance(future.exception(), RaisedError)


def test_closed_workers_take_no_more_calls() -> None:
    apart = Apart()
    worker = apart.call(os.getpid)
    apart.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    with pytest.raises(RuntimeError, match="closed"):
        apart.call(abs, -1)


UNGUARDED = """
import os, re, sys, threading
from newsig.apart import Apart
print("script")
apart = Apart(seconds=600)
print(apart.call(os.getpid), flush=True)
threading.Thread(target=apart.call, args=({work}), daemon=True).start()
sys.stdin.read(1)
"""


def script(tmp_path: Path, work: str) -> subprocess.Popen[str]:
    file = tmp_path / "script.py"
    file.write_text(UNGUARDED.format(work=work))
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="another system has no handle on a process of others")
@pytest.mark.parametrize("work", ["os.getpid", f"re.match, *{ENDLESS}", "__import__('time').sleep, 600"])
def test_no_worker_outlives_its_parent(tmp_path: Path, work: str) -> None:
    with script(tmp_path, work) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == "script\n"
        worker = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.kill()
            ended, _, _ = select.select([worker], [], [], 5)
            assert ended == [worker]
        finally:
            os.close(worker)


def test_a_script_that_is_not_guarded_runs_once(tmp_path: Path) -> None:
    with script(tmp_path, "os.getpid") as parent:
        said, _ = parent.communicate("x", timeout=30)
    assert re.fullmatch(r"script\n\d+\n", said)
    assert parent.returncode == 0


BEGUN: list[str] = []


def begin() -> None:
    BEGUN.append("begun")


def test_workers_begin_as_they_are_told_and_make_room_after_so_many_calls() -> None:
    with Apart(begin=begin, calls=2) as apart:
        first = apart.call(os.getpid)
        assert apart.call(begun) == ["begun"]
        assert apart.call(begun) == ["begun"]
        assert apart.call(os.getpid) != first


def begun() -> list[str]:
    return BEGUN


def made_in_c() -> tuple[bool, bool]:
    """Whether json was imported with the part of it that is written in C, and whether that can be had by now."""
    import json.decoder

    return json.decoder.c_scanstring is not None, importlib.util.find_spec("_json") is not None


def test_a_module_does_without_another_as_it_is_imported_and_only_then() -> None:
    with Apart(preload=["json.decoder"], without=["_json"]) as apart:
        assert apart.call(made_in_c) == (False, True)
    with Apart(preload=["json.decoder"]) as apart:
        assert apart.call(made_in_c) == (True, True)


def test_what_runs_and_waits_is_given_up_when_all_stops() -> None:
    apart = Apart(seconds=600, workers=2)
    workers = [apart.submit(os.getpid).result() for _ in range(2)]
    futures = [apart.submit(time.sleep, 600), apart.submit(re.match, *ENDLESS), apart.submit(abs, -1)]
    apart.stop()
    for future in futures:
        with pytest.raises(CancelledError):
            future.result()
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
    with pytest.raises(RuntimeError, match="closed"):
        apart.call(abs, -1)


def test_the_sums_of_a_worker_take_one_thread_unless_the_user_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in THREADS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    with Apart(seconds=20) as own:
        assert [own.call(os.getenv, name) for name in THREADS] == ["3", "1", "1", "1"]
    assert [os.getenv(name) for name in THREADS] == ["3", None, None, None]


def test_workers_that_cannot_start_are_an_error_of_their_own() -> None:
    with Apart(begin=os.abort) as apart, pytest.raises(StartError, match="no process to work on it could be started"):
        apart.call(abs, -1)
