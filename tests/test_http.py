"""The fetcher against real servers on loopback."""

from __future__ import annotations

import gzip
import re
import socket
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newsig import __version__
from newsig.collect.http import fetch, shown
from newsig.errors import CollectError

BODY = b"Stocks rose. " * 100
PACKED = gzip.compress(BODY)
MODIFIED = "Thu, 18 Jul 2024 02:26:00 GMT"
ETAG = 'W/"caf\xe9 \x221"'
BOMB = gzip.compress(bytes(50_000_000))

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/plain": (200, {"Content-Type": "text/plain"}, BODY),
    "/gzip": (200, {"Content-Encoding": "gzip"}, PACKED),
    "/members": (200, {"Content-Encoding": "x-gzip"}, PACKED + PACKED),
    "/cut-gzip": (200, {"Content-Encoding": "gzip"}, PACKED[:-9]),
    "/no-gzip": (200, {"Content-Encoding": "gzip"}, BODY),
    "/deflate": (200, {"Content-Encoding": "deflate"}, zlib.compress(BODY)),
    "/stacked": (200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(PACKED)),
    "/bomb": (200, {"Content-Encoding": "gzip"}, BOMB),
    "/moved": (301, {"Location": "/plain"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/local": (302, {"Location": "file:///etc/hostname"}, b""),
    "/gone": (404, {}, b"not here"),
    "/busy": (503, {}, b"later"),
    "/odd": (299, {}, b"?"),
    "/unasked": (304, {}, b""),
}


class Newsroom(BaseHTTPRequestHandler):
    closing: threading.Event
    asked: list[dict[str, str]]

    def do_GET(self) -> None:
        self.asked.append(dict(self.headers.items()))
        if self.path == "/tagged":
            self._tagged()
        elif self.path == "/short":
            self._send(200, {"Content-Length": str(len(BODY) + 1)}, BODY)
        elif self.path == "/drip":
            self._send(200, {"Content-Length": "1000"}, b"")
            while not self.closing.wait(0.05):
                self.wfile.write(b".")
        elif self.path == "/endless-redirect":
            self._send(302, {"Content-Length": "1000", "Location": "/plain"}, b"")
            self.closing.wait()
        elif self.path == "/silent":
            self.closing.wait()
        else:
            status, headers, body = ANSWERS[self.path]
            self._send(status, {"Content-Length": str(len(body)), **headers}, body)

    def _tagged(self) -> None:
        headers = {"ETag": ETAG, "Last-Modified": MODIFIED}
        if self.headers["If-None-Match"] == ETAG and self.headers["If-Modified-Since"] == MODIFIED:
            self._send(304, headers, b"")
        else:
            self._send(200, {"Content-Length": str(len(BODY)), **headers}, BODY)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what these tests are about."""


@pytest.fixture(scope="module")
def newsroom() -> Iterator[str]:
    Newsroom.closing, Newsroom.asked = threading.Event(), []
    with Server(("127.0.0.1", 0), Newsroom) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        Newsroom.closing.set()
        server.shutdown()


@pytest.mark.parametrize(("path", "body"), [("/plain", BODY), ("/gzip", BODY), ("/members", BODY * 2)])
def test_a_whole_answer(newsroom: str, path: str, body: bytes) -> None:
    answer = fetch(newsroom + path, timeout=10)
    assert (answer.status, answer.body, answer.url, answer.not_modified) == (200, body, newsroom + path, False)


def test_says_who_asks_and_takes_gzip_only(newsroom: str) -> None:
    fetch(newsroom + "/plain", timeout=10)
    sent = Newsroom.asked[-1]
    assert (sent["User-Agent"], sent["Accept-Encoding"]) == (f"newsig/{__version__}", "gzip")
    assert "If-None-Match" not in sent


def test_validators_go_back_as_they_came(newsroom: str) -> None:
    first = fetch(newsroom + "/tagged", timeout=10)
    assert (first.etag, first.last_modified, first.body) == (ETAG, MODIFIED, BODY)
    second = fetch(newsroom + "/tagged", etag=first.etag, last_modified=first.last_modified, timeout=10)
    assert (second.status, second.not_modified, second.body, second.etag) == (304, True, b"", ETAG)


@pytest.mark.parametrize("path", ["/moved", "/endless-redirect"])
def test_redirects_are_followed_without_reading_their_bodies(newsroom: str, path: str) -> None:
    answer = fetch(newsroom + path, timeout=10)
    assert (answer.url, answer.body) == (newsroom + "/plain", BODY)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/gone", "answered 404 Not Found"),
        ("/busy", "answered 503 Service Unavailable"),
        ("/odd", "answered 299"),
        ("/unasked", "answered 304 Not Modified"),
        ("/loop", "redirects more than 5 times"),
        ("/local", "only http and https addresses are fetched, not 'file:"),
        ("/cut-gzip", "sent a gzip body that is cut short"),
        ("/no-gzip", "sent a damaged gzip body"),
        ("/deflate", "is encoded as 'deflate', though only gzip was asked for"),
        ("/stacked", "is encoded as 'gzip, gzip', though only gzip was asked for"),
        ("/bomb", "is larger than 15,728,640 bytes"),
        ("/short", r"the answer broke off or is no HTTP (peer closed connection"),
    ],
)
def test_what_is_not_taken_is_said_in_a_sentence(newsroom: str, path: str, sentence: str) -> None:
    with pytest.raises(CollectError, match=re.escape(f"{newsroom}{path}: {sentence}")):
        fetch(newsroom + path, timeout=10)


@pytest.mark.parametrize("path", ["/drip", "/silent"])
def test_the_deadline_covers_the_whole_answer(newsroom: str, path: str) -> None:
    with pytest.raises(CollectError, match=f"{newsroom}{path}: no complete answer within 0.5 s"):
        fetch(newsroom + path, timeout=0.5)


@pytest.mark.parametrize(("limit", "fits"), [(len(BODY), True), (len(BODY) - 1, False)])
@pytest.mark.parametrize("path", ["/plain", "/gzip"])
def test_the_size_limit_is_exact(newsroom: str, path: str, limit: int, fits: bool) -> None:
    if fits:
        assert len(fetch(newsroom + path, timeout=10, max_bytes=limit).body) == limit
    else:
        with pytest.raises(CollectError, match=f"is larger than {limit:,} bytes"):
            fetch(newsroom + path, timeout=10, max_bytes=limit)


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(CollectError) as caught:
            fetch(f"http://127.0.0.1:{port}/", timeout=10)
    assert str(caught.value) == f"http://127.0.0.1:{port}/: could not connect (Connection refused)"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed.xml",
        "file:///etc/hostname",
        "ftp://127.0.0.1/feed",
        "http://",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:port/",
        "http://[::1/",
        f"http://{'a' * 70}.invalid/",
        "http://127.0.0.1/\x1b[31m",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_cannot_be_asked(url: str) -> None:
    with pytest.raises(CollectError) as caught:
        fetch(url, timeout=2)
    assert str(caught.value).isprintable()


def test_no_password_is_shown() -> None:
    assert "secret" not in shown("http://me:secret@127.0.0.1/feed?a=b@c")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(CollectError) as caught:
            fetch(f"http://me:secret@127.0.0.1:{taken.getsockname()[1]}/", timeout=10)
    assert "secret" not in str(caught.value)
