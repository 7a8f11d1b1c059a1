"""The fetcher against real servers on loopback."""

from __future__ import annotations

import gzip
import pickle
import re
import socket
import threading
import zlib
from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newsig import __version__
from newsig.collect.http import Limits, Response, fetch, shown
from newsig.errors import AddressRefused, CollectError, Refused
from newsig.settings import Settings
from tests.hostile import Listener, answer, hostile, listening, moved, sized

BODY = b"Stocks rose. " * 100
PACKED = gzip.compress(BODY)
MODIFIED = "Thu, 18 Jul 2024 02:26:00 GMT"
ETAG = 'W/"caf\xe9 \x221"'
BOMB = gzip.compress(bytes(50_000_000))

get = partial(fetch, limits=Limits(seconds=10), private=True)

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
    answer = get(newsroom + path)
    assert (answer.status, answer.body, answer.url, answer.not_modified) == (200, body, newsroom + path, False)


def test_says_who_asks_and_takes_gzip_only(newsroom: str) -> None:
    get(newsroom + "/plain")
    sent = Newsroom.asked[-1]
    assert (sent["User-Agent"], sent["Accept-Encoding"]) == (f"newsig/{__version__}", "gzip")
    assert "If-None-Match" not in sent


def test_validators_go_back_as_they_came(newsroom: str) -> None:
    first = get(newsroom + "/tagged")
    assert (first.etag, first.last_modified, first.body) == (ETAG, MODIFIED, BODY)
    second = get(newsroom + "/tagged", etag=first.etag, last_modified=first.last_modified)
    assert (second.status, second.not_modified, second.body, second.etag) == (304, True, b"", ETAG)


@pytest.mark.parametrize("path", ["/moved", "/endless-redirect"])
def test_redirects_are_followed_without_reading_their_bodies(newsroom: str, path: str) -> None:
    answer = get(newsroom + path)
    assert (answer.url, answer.body) == (newsroom + "/plain", BODY)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/gone", "answered 404 Not Found"),
        ("/busy", "answered 503 Service Unavailable"),
        ("/odd", "answered 299"),
        ("/unasked", "answered 304 Not Modified"),
        ("/loop", "redirects more than 5 times"),
        ("/local", "redirects to 'file:///etc/hostname', but only web addresses are fetched"),
        ("/cut-gzip", "sent a gzip body that is cut short"),
        ("/no-gzip", "sent a damaged gzip body"),
        ("/deflate", "is encoded as 'deflate', though only gzip was asked for"),
        ("/stacked", "is encoded as 'gzip, gzip', though only gzip was asked for"),
        ("/bomb", "is larger than 15,728,640 bytes"),
        ("/short", r"the answer broke off (peer closed connection"),
    ],
)
def test_what_is_not_taken_is_said_in_a_sentence(newsroom: str, path: str, sentence: str) -> None:
    with pytest.raises(CollectError, match=re.escape(f"{newsroom}{path}: {sentence}")):
        get(newsroom + path)


@pytest.mark.parametrize("path", ["/drip", "/silent"])
def test_the_deadline_covers_the_whole_answer(newsroom: str, path: str) -> None:
    with pytest.raises(CollectError, match=f"{newsroom}{path}: no complete answer within 0.5 s"):
        get(newsroom + path, limits=Limits(seconds=0.5))


@pytest.mark.parametrize(("limit", "fits"), [(len(BODY), True), (len(BODY) - 1, False)])
@pytest.mark.parametrize("path", ["/plain", "/gzip"])
def test_the_size_limit_is_exact(newsroom: str, path: str, limit: int, fits: bool) -> None:
    if fits:
        assert len(get(newsroom + path, limits=Limits(max_bytes=limit)).body) == limit
    else:
        with pytest.raises(CollectError, match=f"is larger than {limit:,} bytes"):
            get(newsroom + path, limits=Limits(max_bytes=limit))


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(CollectError) as caught:
            get(f"http://127.0.0.1:{port}/")
    assert str(caught.value) == f"http://127.0.0.1:{port}/: could not connect (Connection refused)"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed.xml",
        "file:///etc/hostname",
        "ftp://127.0.0.1/feed",
        "http://",
        "http:///feed",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:-1/",
        "http://127.0.0.1:port/",
        "http://999.0.0.1/",
        "http://[::1/",
        "http://xn--a.example\ud800/",
        "http://127.0.0.1/\x1b[31m",
        "http://127.0.0.1/" + 70_000 * "x",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_cannot_be_asked(url: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        get(url)
    assert str(caught.value).isprintable()


def test_the_limits_are_the_settings() -> None:
    assert Limits.of(Settings()) == Limits()
    chosen = Settings(timeout=5, max_bytes=2048, max_header=1024, max_redirects=0)
    assert Limits.of(chosen) == Limits(seconds=5, max_bytes=2048, max_header=1024, max_redirects=0)


# Where answers lead

MOVES = [
    # the statuses of the hops, whether the address has moved for good
    ([], False),
    ([301], True),
    ([308], True),
    ([301, 308, 301], True),
    ([302], False),
    ([303], False),
    ([307], False),
    ([301, 302], False),
    ([307, 308], False),
]


@pytest.mark.parametrize(("statuses", "for_good"), MOVES)
def test_an_address_has_moved_where_every_hop_says_for_good(statuses: list[int], for_good: bool) -> None:
    hops = [moved(f"/hop{number}", f"{status} Moved") for number, status in enumerate(statuses, 1)]

    def behave(connection: socket.socket, _: Listener) -> None:
        head = connection.recv(65536)
        number = int(head.split()[1].removeprefix(b"/hop"))
        connection.sendall(hops[number] if number < len(hops) else sized('ETag: "new"', body=BODY))

    with listening(behave) as server:
        got = get(f"{server.url}/hop0")
        last = f"{server.url}/hop{len(hops)}"
        assert (got.url, got.permanent, got.etag) == (last, last if for_good else None, '"new"')


@pytest.mark.parametrize(("most", "taken"), [(3, True), (2, False)])
def test_the_limit_of_redirects_is_exact(most: int, taken: bool) -> None:
    hops = iter((*(moved("/raw") for _ in range(3)), sized(body=BODY)))

    def behave(connection: socket.socket, _: Listener) -> None:
        connection.recv(65536)
        connection.sendall(next(hops))

    with listening(behave) as server:
        if taken:
            assert get(f"{server.url}/", limits=Limits(max_redirects=most)).body == BODY
        else:
            with pytest.raises(CollectError, match="redirects more than 2 times"):
                get(f"{server.url}/", limits=Limits(max_redirects=most))
        assert server.accepted == most + 1


@pytest.fixture(scope="module")
def hostiles() -> Iterator[Listener]:
    with hostile() as server:
        yield server


RELATIVE = [
    ("/raw?next", "/raw?next"),
    ("raw?next", "/news/raw?next"),
    ("../raw?next", "/raw?next"),
    ("?next", "/news/feed?next"),
    ("/caf\xc3\xa9", "/caf%C3%A9"),
]


@pytest.mark.parametrize(("location", "asked"), RELATIVE)
def test_redirects_are_relative_to_where_they_come_from(location: str, asked: str) -> None:
    answers = iter((moved(location), sized(body=BODY)))

    def behave(connection: socket.socket, server: Listener) -> None:
        server.asked.append(connection.recv(65536))
        connection.sendall(next(answers))

    with listening(behave) as server:
        assert get(f"{server.url}/news/feed").url == server.url + asked
        assert server.asked[-1].startswith(f"GET {asked} HTTP/1.1\r\n".encode())


def test_another_etag_on_not_modified_is_told(hostiles: Listener) -> None:
    hostiles.raw = answer('ETag: W/"new"', "Last-Modified: whenever it was", status="304 Not Modified")
    got = get(f"{hostiles.url}/raw", etag='"old"')
    assert got == Response(
        url=f"{hostiles.url}/raw",
        status=304,
        body=b"",
        etag='W/"new"',
        last_modified="whenever it was",
        not_modified=True,
    )


REFUSED = [
    ("401 Unauthorized", None, False),
    ("403 Forbidden", None, False),
    ("410 Gone", None, False),
    ("429 Too Many Requests", "120", True),
    ("503 Service Unavailable", "Wed, 17 Jul 2034 21:30:00 GMT", True),
    ("500 Oops", "soon, caf\xe9", True),
]


@pytest.mark.parametrize(("status", "retry_after", "passing"), REFUSED)
def test_a_refusal_tells_its_status_and_when_to_come_again(
    hostiles: Listener, status: str, retry_after: str | None, passing: bool
) -> None:
    hostiles.raw = sized(*([f"Retry-After: {retry_after}"] if retry_after else []), status=status)
    with pytest.raises(Refused) as caught:
        get(f"{hostiles.url}/raw")
    assert caught.value.status == int(status[:3])
    assert (caught.value.retry_after, caught.value.passing) == (retry_after, passing)


def test_the_kinds_of_errors_survive_being_sent_to_another_process() -> None:
    error = Refused("answered 429", status=429, retry_after="120")
    error.place = "http://wire.example/"
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(again), str(again), vars(again)) == (Refused, "http://wire.example/: answered 429", vars(error))


# Passwords

SHOWN = [
    ("http://me:secret@wire.example/feed?a=b@c", "http://wire.example/feed?a=b@c"),
    ("http://me:sec@ret@wire.example/", "http://wire.example/"),
    ("http://me:sec/ret@wire.example/", "http://wire.example/"),
    ("http://me:sec?ret@wire.example/", "http://wire.example/"),
    ("http://secret@wire.example", "http://wire.example"),
    ("http://wire.example:8080/@me", "http://wire.example:8080/@me"),
    ("http://wire.example?next=a@b", "http://wire.example?next=a@b"),
    ("http://[::1]:8080/@me", "http://[::1]:8080/@me"),
    ("http://wire.example/\x1b[31m", "http://wire.example/\\x1b[31m"),
]


@pytest.mark.parametrize(("url", "expected"), SHOWN)
def test_an_address_is_shown_without_its_password(url: str, expected: str) -> None:
    assert shown(url) == expected


@pytest.mark.parametrize("path", ["/gone", "/to-port-0", "/no-http", "/hang", "/bomb-1gb", "/to-metadata", "/short"])
def test_no_error_shows_a_password(hostiles: Listener, path: str) -> None:
    with pytest.raises(CollectError) as caught:
        get(hostiles.url.replace("://", "://me:secret@") + path, limits=Limits(seconds=0.5))
    assert str(caught.value).startswith(hostiles.url + path)
    assert "secret" not in str(caught.value)


def test_a_password_goes_to_where_it_was_given_for_and_no_further(hostiles: Listener) -> None:
    known = b"\r\nAuthorization: Basic " + b64encode("me:s\u00e9cret".encode()) + b"\r\n"
    with hostile() as other:
        hostiles.raw = moved(f"{other.url}/sized", "301 Moved Permanently")
        got = get(hostiles.url.replace("://", "://me:s%C3%A9cret@") + "/raw")
        assert (got.url, got.permanent) == (f"{other.url}/sized", None)
        assert known in hostiles.asked[-1]
        assert b"Authorization" not in other.asked[-1]
        other.raw = moved(f"{hostiles.url.replace('://', '://you:hidden@')}/sized")
        get(other.url.replace("://", "://me:secret@") + "/raw")
        assert b"Authorization" in other.asked[-1]
        assert b"Authorization" not in hostiles.asked[-1]


def test_no_cookie_goes_back(hostiles: Listener) -> None:
    hostiles.raw = sized("Location: /sized", "Set-Cookie: who=you", status="302 Found", body=b"")
    get(f"{hostiles.url}/raw")
    assert b"Cookie" not in hostiles.asked[-1]
