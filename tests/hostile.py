"""A server on loopback that misbehaves in every way a stranger's may, for the tests of whatever fetches.

::

    with hostile() as server:
        fetch(f"{server.url}/bomb-10gb", ...)
    server.accepted, server.asked          # connections so far, and the requests that came over them

`WIRES` are answers as bytes, sent as they are before the connection is closed; `STREAMS` are made as they are read, so
that ten gigabytes take no room; `MOODS` do something else with the connection. ``/raw`` sends ``server.raw``.
"""

from __future__ import annotations

import gzip
import socket
import socketserver
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import repeat

BODY = b"Stocks rose in thin trading. " * 40
PACKED = gzip.compress(BODY, mtime=0)
MEGABYTE = 1 << 20
DRIP = 0.05
"""Seconds between two bytes of a drip: no single read takes long."""

Behave = Callable[[socket.socket, "Listener"], None]


def answer(*headers: str, body: bytes = b"", status: str = "200 OK") -> bytes:
    """An answer as bytes, with these headers and no others."""
    return b"".join(
        (f"HTTP/1.1 {status}\r\n".encode(), *(f"{line}\r\n".encode("latin-1") for line in headers), b"\r\n", body)
    )


def sized(*headers: str, body: bytes = BODY, status: str = "200 OK") -> bytes:
    """An answer that tells its length."""
    return answer(f"Content-Length: {len(body)}", *headers, body=body, status=status)


def chunked(body: bytes, size: int = 100) -> bytes:
    pieces = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def moved(location: str, status: str = "302 Found") -> bytes:
    return sized(f"Location: {location}", body=b"", status=status)


CHUNKS = "Transfer-Encoding: chunked"
GZIP = "Content-Encoding: gzip"

MISSING = sized(status="404 Not Found")

WHOLE = {
    "/sized": sized(),
    "/chunked": answer(CHUNKS, body=chunked(BODY)),
    "/gzip": sized(GZIP, body=PACKED),
    "/gzip-chunked": answer(CHUNKS, GZIP, body=chunked(PACKED)),
    "/gzip-members": sized("Content-Encoding: x-gzip", body=gzip.compress(BODY[:100]) + gzip.compress(BODY[100:])),
}
"""Good answers that tell where they end; all of `BODY`."""

WIRES = WHOLE | {
    "/endless-word": answer(body=BODY),
    "/endless-gzip": answer(GZIP, body=PACKED),
    "/bare-lf": b"HTTP/1.1 200 OK\nContent-Length: %d\n\n" % len(BODY) + BODY,
    "/latin-1": sized("X-Caf\xe9: no", body=b""),
    "/nothing": b"",
    "/no-http": b"SSH-2.0-Quillfeather_1.0\r\n\r\n",
    "/http-0.9": BODY,
    "/short": answer("Content-Length: 2000", body=BODY),
    "/chunks-unfinished": answer(CHUNKS, body=chunked(BODY)[:-5]),
    "/chunk-short": answer(CHUNKS, body=b"ff\r\n" + BODY[:20]),
    "/chunk-negative": answer(CHUNKS, body=b"-5\r\nStock\r\n0\r\n\r\n"),
    "/chunk-words": answer(CHUNKS, body=b"five\r\nStock\r\n0\r\n\r\n"),
    "/chunk-absurd": answer(CHUNKS, body=b"f" * 21 + b"\r\n" + BODY),
    "/length-negative": answer("Content-Length: -5", body=BODY),
    "/length-words": answer("Content-Length: five", body=BODY),
    "/length-absurd": answer("Content-Length: 99999999999999999999", body=BODY),
    "/length-longer": answer(f"Content-Length: {'9' * 5000}", body=BODY),
    "/two-lengths": answer("Content-Length: 5", "Content-Length: 7", body=BODY),
    "/two-lengths-in-one": answer("Content-Length: 5, 7", body=BODY),
    "/bare-cr": answer("X-Line: one\rtwo", body=b""),
    "/nul": answer("X-Line: one\0two", body=b""),
    "/no-colon": answer("X-Line", body=b""),
    "/status-999": sized(status="999 Who Knows"),
    "/status-99": sized(status="99 Too Short"),
    "/status-words": sized(status="OK fine"),
    "/coding-unknown": answer("Transfer-Encoding: zstd, chunked", body=chunked(BODY)),
    "/br": sized("Content-Encoding: br", body=b"\xcf\xff\xff\x7f\xf8" + bytes(800)),
    "/gzip-gzip": sized("Content-Encoding: gzip, gzip", body=gzip.compress(PACKED)),
    "/gzip-gzip-in-two": sized(GZIP, GZIP, body=gzip.compress(PACKED)),
    "/deflate": sized("Content-Encoding: deflate", body=zlib.compress(BODY)),
    "/gzip-cut": sized(GZIP, body=PACKED[:-9]),
    "/gzip-none": sized(GZIP, body=BODY),
    "/gzip-tail": sized(GZIP, body=PACKED + b"tail"),
    "/gzip-nothing": answer(GZIP),
    "/header-5mb": sized(f"X-Long: {'x' * 5 * MEGABYTE}"),
    "/headers-5mb": sized(*repeat(f"X-Long: {'x' * 1000}", 5 * 1024)),
    "/loop": moved("/loop"),
    "/to-file": moved("file:///etc/hostname"),
    "/to-ftp": moved("ftp://127.0.0.1/feed"),
    "/to-script": moved("javascript:alert(1)"),
    "/to-nowhere": moved("http://999.1.1.1/"),
    "/to-rubbish": moved("http://[::1/\xff"),
    "/to-port-0": moved("http://127.0.0.1:0/"),
    "/to-metadata": moved("http://169.254.169.254/latest/meta-data/"),
    "/to-everywhere": moved("http://0.0.0.0/"),
    "/to-mapped": moved("http://[::ffff:127.0.0.1]/"),
    "/wants-password": sized("WWW-Authenticate: Basic", status="401 Unauthorized"),
    "/gone": sized(status="410 Gone"),
    "/busy": sized("Retry-After: 120", status="429 Too Many Requests"),
    "/down": sized("Retry-After: Wed, 17 Jul 2034 21:30:00 GMT", status="503 Service Unavailable"),
    "/part": sized("Content-Range: bytes 0-9/100", status="206 Partial Content"),
    "/upgrade": answer("Upgrade: h2c", "Connection: upgrade", status="101 Switching Protocols"),
}


def bomb(gigabytes: int) -> Iterator[bytes]:
    """Zeros as gzip, packed while they are sent: a thousandth of what they come to.

    They go out by 128 kB, so that whoever inflates what one read brings has more than a hundred megabytes at once.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    yield answer(GZIP)
    packed = b""
    for _ in range(gigabytes * 1024):
        packed += packer.compress(bytes(MEGABYTE))
        if len(packed) > 128 * 1024:
            yield packed
            packed = b""
    yield packed + packer.flush()


def endless(start: bytes, piece: bytes) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        yield start
        yield from repeat(piece)

    return pieces


STREAMS: dict[str, Callable[[], Iterator[bytes]]] = {
    "/bomb-1gb": lambda: bomb(1),
    "/bomb-10gb": lambda: bomb(10),
    "/body": endless(answer(), BODY * 500),
    "/gzip-of-nothing": endless(answer(GZIP), gzip.compress(b"") * 1000),
    "/chunks": endless(answer(CHUNKS), b"%x\r\n%b\r\n" % (len(BODY), BODY) * 500),
    "/chunks-of-a-byte": endless(answer(CHUNKS), b"1;" + b"x" * 1000 + b"\r\nx\r\n"),
    "/header": endless(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x" * 10_000),
    "/headers": endless(b"HTTP/1.1 200 OK\r\n", b"X-Long: x\r\n" * 1000),
    "/continue": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "/trailers": endless(answer(CHUNKS, body=b"0\r\n"), b"X-Long: x\r\n" * 1000),
}
"""Answers without end, or with one that is far."""


def drip(start: bytes) -> Behave:
    def behave(connection: socket.socket, server: Listener) -> None:
        connection.sendall(start)
        while not server.closing.wait(DRIP):
            connection.sendall(b"x")

    return behave


def hang(start: bytes = b"") -> Behave:
    def behave(connection: socket.socket, server: Listener) -> None:
        connection.sendall(start)
        server.closing.wait()

    return behave


def dawdle(connection: socket.socket, server: Listener) -> None:
    """A redirect to itself that takes a while: no single hop is slow."""
    server.closing.wait(0.4)
    connection.sendall(moved("/dawdle"))


def reset(connection: socket.socket, _: Listener) -> None:
    connection.sendall(answer("Content-Length: 2000", body=BODY))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


MOODS: dict[str, Behave] = {
    "/drip-body": drip(answer("Content-Length: 100000")),
    "/drip-chunk": drip(answer(CHUNKS, body=b"ffff;")),
    "/drip-header": drip(b"HTTP/1.1 200 OK\r\nX-Slow: "),
    "/drip-status": drip(b"HTTP/1.1 200 "),
    "/hang": hang(),
    "/hang-after-header": hang(answer("Content-Length: 100000")),
    "/dawdle": dawdle,
    "/reset": reset,
}


class Listener(socketserver.ThreadingTCPServer):
    """Counts the connections that it accepts, and lets ``behave`` do with each as it likes."""

    allow_reuse_address = True

    def __init__(self, behave: Behave) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behave = behave
        self.closing = threading.Event()
        self.accepted = 0
        self.asked: list[bytes] = []
        self.raw = b""

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def verify_request(self, *_: object) -> bool:
        self.accepted += 1
        return True


class _Handler(socketserver.BaseRequestHandler):
    server: Listener

    def handle(self) -> None:
        with suppress(OSError):  # whoever has had enough hangs up: that is what these tests are about
            self.server.behave(self.request, self.server)


@contextmanager
def listening(behave: Behave) -> Iterator[Listener]:
    """A server on a free port that treats every connection by ``behave``."""
    with Listener(behave) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()


def by_path(connection: socket.socket, server: Listener) -> None:
    """Read a request and treat it by its path."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        if not (data := connection.recv(65536)):
            return
        head += data
    server.asked.append(head)
    path = head.split()[1].decode().partition("?")[0]
    if path in MOODS:
        MOODS[path](connection, server)
    elif path in STREAMS:
        for piece in STREAMS[path]():
            connection.sendall(piece)
            if server.closing.is_set():
                return
    else:
        connection.sendall(server.raw if path == "/raw" else WIRES.get(path, MISSING))


@contextmanager
def hostile() -> Iterator[Listener]:
    """The server of this page."""
    with listening(by_path) as server:
        yield server
