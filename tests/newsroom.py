"""A small publisher on loopback, and newsig as a program beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from newsig import store

ROOT = Path(__file__).parent.parent
SENTENCES = (
    "The Russell 2000 rose 1.5 percent on Wednesday.",
    "“It is their turn,” said Orla Quillfeather of Petrakind Partners.",
    "Small caps rallied while the Nasdaq 100 fell 2.9 percent, said Zoë Łukasz of Petrakind Partners.",
)


def text(number: int, times: int = 12) -> str:
    """A story long enough to be taken from the feed, of which no two are alike."""
    return "\n".join(f"<p>{sentence} It was story {number}.</p>" for sentence in SENTENCES * times)


class Publisher(BaseHTTPRequestHandler):
    """``stories`` are the texts of the feed; one that is None has a page, which answers once ``opened`` is set."""

    stories: Sequence[str | None] = ()
    asked: threading.Event
    opened: threading.Event

    def do_GET(self) -> None:
        if self.path == "/feed.xml":
            self._send("application/rss+xml", self._feed())
        elif self.path.startswith("/story"):
            self.asked.set()
            self.opened.wait(60)
            self._send("text/html; charset=utf-8", f"<html><body><article>{text(99)}</article></body></html>")
        else:
            self.send_error(404)

    def _feed(self) -> str:
        address = "http://{}:{}".format(*self.server.server_address[:2])
        items = "".join(
            f"<item><guid isPermaLink='false'>g{number}</guid><title>Story {number}</title>"
            f"<link>{address}/story{number}</link><pubDate>Wed, 17 Jul 2024 22:{number:02d}:00 -0400</pubDate>"
            + (f"<content:encoded><![CDATA[{story}]]></content:encoded>" if story else "")
            + "</item>"
            for number, story in enumerate(self.stories)
        )
        space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        return f'<rss version="2.0" {space}><channel><title>Petrakind Wire</title>{items}</channel></rss>'

    def _send(self, kind: str, body: str) -> None:
        data = body.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None: ...


@contextmanager
def publishing(stories: Sequence[str | None]) -> Iterator[tuple[str, type[Publisher]]]:
    """The address of a feed of these stories, and its publisher."""
    events = {"asked": threading.Event(), "opened": threading.Event()}
    publisher = type("Handler", (Publisher,), {"stories": stories, **events})
    with ThreadingHTTPServer(("127.0.0.1", 0), publisher) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/feed.xml", publisher
        publisher.opened.set()
        server.shutdown()
        thread.join()


@contextmanager
def undone(db: Database) -> Iterator[Database]:
    """The database, to be as it was before in the end: making one for each example takes longer than the example."""
    db.execute("BEGIN")
    try:
        yield db
    finally:
        db.rollback()


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """The place of the one writer, taken."""
    with store.open_db(path) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.rollback()


class Program(subprocess.Popen[str]):
    """A program that does not outlive a test that failed beside it."""

    def __exit__(self, *error: Any) -> None:
        if error[0] is not None:
            self.kill()
        super().__exit__(*error)


def program(*words: object, code: str | None = None, **more: Any) -> Program:
    """newsig with these words as a program of its own, or ``code`` with these arguments."""
    environ: Mapping[str, str] = {name: value for name, value in os.environ.items() if not name.startswith("NEWSIG_")}
    command = [sys.executable, *(("-m", "newsig") if code is None else ("-c", code)), *map(str, words)]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    environ = {**environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return Program(command, env=environ, encoding="utf-8", **pipes, **more)


def done(*words: object, code: str | None = None, **more: Any) -> tuple[int, str, str]:
    """The same, when it is over: its exit status, and what it said on standard output and standard error."""
    with program(*words, code=code, **more) as running:
        said, errors = running.communicate(timeout=120)
    assert "Traceback" not in errors
    return running.returncode, said, errors
