"""Collecting that is killed again and again ends as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from newsig import store
from newsig.records import Subscription
from tests.wires import STORY, Answer, Wire, content, item, page, served

TREE = Path(__file__).parents[1]
TELLING = "Gold closed at record number {} on Wednesday, traders in Rotterdam said after the close of session {}."
CLOCKS = {"seen_at", "first_seen", "since", "added_at", "fetched_at", "whole_at", "last_new_at", "not_before", "at"}
CLOCKS |= {"robots_at", "id"}
"""What differs from one undisturbed run to the next: clocks, and the order in which feeds are done."""

TABLES = ("articles", "article_versions", "article_keys", "feeds", "feed_entries", "hosts", "failures", "failed_bodies")
STORIES = 12


class Press:
    """Several wires, and an event each time one of them is asked for something."""

    def __init__(self, wires: list[Wire]) -> None:
        self.wires = wires
        self.asked = threading.Semaphore(0)
        for number, wire in enumerate(wires):
            self.fill(wire, number)

    def fill(self, wire: Wire, wire_number: int) -> None:
        items = []
        for number in range(STORIES):
            told = TELLING.format(wire_number * 1000 + number, number)
            whole = f"<p>{told}</p>" + STORY
            if number % 3 == 0:  # the feed has all of it
                items.append(item(number, f"{wire.address}/{number}", content(whole)))
                continue
            items.append(item(number, f"{wire.address}/{number}", f"<description>{told[:60]} ...</description>"))
            if number % 5:  # the others have no page
                wire.pages[f"/{number}"] = self.announced(Answer(page(whole)))
        wire.feed(*items, etag='"1"')
        feed = wire.pages["/feed"]
        assert isinstance(feed, Answer)
        wire.pages["/feed"] = self.announced(feed)

    def announced(self, answer: Answer) -> Any:
        def give() -> Answer:
            self.asked.release()
            return answer

        return give


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with ExitStack() as stack:
        yield Press([stack.enter_context(served()) for _ in range(3)])


def newsig(database: Path, *command: str) -> subprocess.Popen[bytes]:
    environ = os.environ | {"NEWSIG_COLLECT_PAUSE": "0", "PYTHONPATH": str(TREE)}
    words = [sys.executable, *command, "collect", "--full-text", "--db", str(database)]
    return subprocess.Popen(words, env=environ, cwd=TREE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def prepared(database: Path, press: Press) -> Path:
    with store.open_db(database) as db:
        for wire in press.wires:
            store.add_feed(db, Subscription(url=f"{wire.address}/feed", added_at=datetime.now(UTC), private=True))
    return database


def killed(database: Path, press: Press, kills: int, requests: range, *command: str) -> int:
    """Kill collecting as often as asked, each time a moment after some request; gives how often it was under way."""
    made, struck = random.Random(kills), 0
    for _ in range(kills):
        while press.asked.acquire(blocking=False):
            pass
        child = newsig(database, *command)
        under_way = all(press.asked.acquire(timeout=20) for _ in range(made.choice(requests)))
        threading.Event().wait(made.random() * 0.1)
        struck += under_way and child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.wait()
    return struck


def rows(database: Path) -> dict[str, list[str]]:
    """All that is stored but for clocks, in an order of its own."""
    with store.open_db(database, create=False) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {table: sorted(map(str, _told(db, table))) for table in TABLES}


def _told(db: Database, table: str) -> Iterator[dict[str, Any]]:
    for row in db.query(f"SELECT * FROM {table}"):  # noqa: S608
        yield {name: value for name, value in row.items() if name not in CLOCKS | {"failure_id"}}


def compared(tmp_path: Path, press: Press, kills: int, requests: range, *command: str) -> tuple[Any, Any, int]:
    undisturbed, disturbed = (prepared(tmp_path / name, press) for name in ("one.db", "two.db"))
    assert newsig(undisturbed, "-m", "newsig").wait() == 1  # some pages are missing
    struck = killed(disturbed, press, kills, requests, *command)
    newsig(disturbed, *command).wait()
    for database in (undisturbed, disturbed):  # a last visit, to which every feed answers that nothing changed
        newsig(database, *command).wait()
    return rows(undisturbed), rows(disturbed), struck


@pytest.mark.parametrize("kills", [6, pytest.param(50, marks=pytest.mark.slow)])
def test_a_killed_visit_changes_nothing(tmp_path: Path, press: Press, kills: int) -> None:
    undisturbed, disturbed, struck = compared(tmp_path, press, kills, range(1, 7), "-m", "newsig")
    assert struck >= 3
    assert disturbed == undisturbed
    assert len(undisturbed["articles"]) == 3 * STORIES


def test_marks_that_are_kept_before_the_stories_are_found_out(tmp_path: Path, press: Press) -> None:
    undisturbed, disturbed, _ = compared(tmp_path, press, 1, range(6, 9), "-m", "tests.early_marks")
    assert len(disturbed["articles"]) < len(undisturbed["articles"]) == 3 * STORIES
