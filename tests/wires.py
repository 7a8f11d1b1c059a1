"""A publisher's server on loopback, whose answers a test writes, and how feeds of it look."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PARAGRAPH = "The Russell 2000 rose 3 percent on Wednesday, traders said after the close of the session."
STORY = "".join(f"<p>{PARAGRAPH.replace('3 percent', f'{number} percent')}</p>" for number in range(1, 11))
"""A whole story as HTML, longer than a teaser."""


@dataclass
class Answer:
    """What the server says at one address; with an ``etag`` it answers 304 to who knows that."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    etag: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    wait: threading.Event | None = None


@dataclass
class Wire:
    """A server's ``pages`` by path, and what it was ``asked`` for: path and headers."""

    address: str = ""
    pages: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def feed(self, *items: str, path: str = "/feed", etag: str | None = None) -> None:
        """Let there be a feed of these items."""
        self.pages[path] = Answer(rss(*items), "application/rss+xml", etag=etag)


def rss(*items: str, title: str = "Example Wire") -> bytes:
    namespace = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {namespace}><channel><title>{title}</title>{body}</channel></rss>'.encode()


def item(number: int, link: str | None, text: str = "", *, guid: str | None = None, title: str | None = None) -> str:
    linked = f"<link>{link}</link>" if link else ""
    named = f"<guid isPermaLink='false'>{guid or f'g{number}'}</guid><title>{title or f'Story {number}'}</title>"
    return f"{named}{linked}{text}"


def content(markup: str) -> str:
    return f"<content:encoded><![CDATA[{markup}]]></content:encoded>"


def page(text: str = STORY, title: str = "A page") -> bytes:
    return f"<html><head><title>{title}</title></head><body><article>{text}</article></body></html>".encode()


@contextmanager
def served() -> Iterator[Wire]:
    """A wire that answers on a free port until the end of the ``with`` statement."""
    wire = Wire()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wire.asked.append((self.path, dict(self.headers.items())))
            found = wire.pages.get(self.path, Answer(status=404))
            answer = found() if callable(found) else found
            if answer.wait is not None:
                answer.wait.wait(30)
            same = answer.etag is not None and self.headers["If-None-Match"] == answer.etag
            self.send_response(304 if same else answer.status)
            tag = {"ETag": answer.etag} if answer.etag else {}
            body = b"" if same else answer.body
            headers = {"Content-Type": answer.kind, "Content-Length": str(len(body))}
            for name, value in (headers | tag | answer.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client may hang up."""

    with Server(("127.0.0.1", 0), Handler) as server:
        wire.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield wire
        finally:
            server.shutdown()
