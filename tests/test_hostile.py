"""The fetcher against servers that mean no good: each way has its own error, and none costs more than allowed."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import httpcore
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsig.collect.http import Limits, Response, fetch
from newsig.errors import (
    AddressRefused,
    BadAnswer,
    CollectError,
    CutShort,
    Refused,
    TooLarge,
    TooSlow,
    Unreachable,
)
from tests.hostile import (
    BODY,
    CHUNKS,
    GZIP,
    MOODS,
    PACKED,
    STREAMS,
    WHOLE,
    WIRES,
    Listener,
    answer,
    by_path,
    chunked,
    hostile,
    listening,
    moved,
    sized,
)

ROOT = Path(__file__).parents[1]
PATIENCE = 1.5
SLACK = 1.0
"""Seconds by which a busy machine may be late."""

MEMORY = 150
"""Megabytes that fetching may take, the interpreter and its imports included."""

get = partial(fetch, limits=Limits(seconds=30), private=True)

TAKEN = {
    **dict.fromkeys(WHOLE, (BODY, True)),
    "/bare-lf": (BODY, True),
    "/endless-word": (BODY, False),
    "/endless-gzip": (BODY, False),
}

KINDS: dict[str, type[CollectError]] = {
    "/latin-1": BadAnswer,
    "/nothing": CutShort,
    "/no-http": BadAnswer,
    "/http-0.9": CutShort,
    "/short": CutShort,
    "/chunks-unfinished": CutShort,
    "/chunk-short": CutShort,
    "/chunk-negative": BadAnswer,
    "/chunk-words": BadAnswer,
    "/chunk-absurd": BadAnswer,
    "/length-negative": BadAnswer,
    "/length-words": BadAnswer,
    "/length-absurd": TooLarge,
    "/length-longer": BadAnswer,
    "/two-lengths": BadAnswer,
    "/two-lengths-in-one": BadAnswer,
    "/bare-cr": BadAnswer,
    "/nul": BadAnswer,
    "/no-colon": BadAnswer,
    "/status-999": Refused,
    "/status-99": BadAnswer,
    "/status-words": BadAnswer,
    "/coding-unknown": BadAnswer,
    "/br": BadAnswer,
    "/gzip-gzip": BadAnswer,
    "/gzip-gzip-in-two": BadAnswer,
    "/deflate": BadAnswer,
    "/gzip-cut": CutShort,
    "/gzip-none": BadAnswer,
    "/gzip-tail": BadAnswer,
    "/gzip-nothing": CutShort,
    "/header-5mb": TooLarge,
    "/headers-5mb": TooLarge,
    "/loop": BadAnswer,
    "/to-file": AddressRefused,
    "/to-ftp": AddressRefused,
    "/to-script": AddressRefused,
    "/to-nowhere": AddressRefused,
    "/to-rubbish": AddressRefused,
    "/to-port-0": AddressRefused,
    "/to-metadata": AddressRefused,
    "/to-everywhere": AddressRefused,
    "/to-mapped": AddressRefused,
    "/wants-password": Refused,
    "/gone": Refused,
    "/busy": Refused,
    "/down": Refused,
    "/part": Refused,
    "/upgrade": BadAnswer,
    "/bomb-1gb": TooLarge,
    "/bomb-10gb": TooLarge,
    "/body": TooLarge,
    "/gzip-of-nothing": BadAnswer,
    "/chunks": TooLarge,
    "/chunks-of-a-byte": TooLarge,
    "/header": TooLarge,
    "/headers": TooLarge,
    "/continue": TooLarge,
    "/trailers": BadAnswer,
    "/reset": CutShort,
    **dict.fromkeys(MOODS.keys() - {"/reset"}, TooSlow),
}

CHILD = """
import json, sys
from pathlib import Path
from newsig.collect.http import Limits, fetch
from newsig.errors import CollectError

base, patience = sys.argv[1], json.loads(sys.argv[2])
kinds = {}
for path, seconds in patience.items():
    try:
        kinds[path] = fetch(base + path, limits=Limits(seconds=seconds), private=True).status
    except CollectError as error:
        kinds[path] = type(error).__name__
# the peak of this program alone: ru_maxrss would begin with that of the program that started it
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps({"kinds": kinds, "megabytes": int(peak.split()[1]) / 1024}))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Listener]:
    with hostile() as listener:
        yield listener


def test_every_way_has_an_outcome() -> None:
    assert {*TAKEN, *KINDS} == {*WIRES, *STREAMS, *MOODS}


@pytest.mark.parametrize(("path", "taken"), TAKEN.items())
def test_what_is_whole_is_known_to_be(server: Listener, path: str, taken: tuple[bytes, bool]) -> None:
    got = get(server.url + path)
    assert (got.body, got.whole) == taken


@pytest.mark.parametrize(("path", "kind"), [item for item in KINDS.items() if item[1] is not TooSlow])
def test_each_way_has_its_own_error(server: Listener, path: str, kind: type[CollectError]) -> None:
    with pytest.raises(CollectError) as caught:
        get(server.url + path)
    assert type(caught.value) is kind
    assert str(caught.value).startswith(f"{server.url}{path}: ")
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


def test_nobody_is_waited_for_beyond_the_deadline(server: Listener) -> None:
    slow = [path for path, kind in KINDS.items() if kind is TooSlow]

    def waited(path: str) -> float:
        began = time.monotonic()
        with pytest.raises(TooSlow, match=f"{path}: no complete answer within {PATIENCE} s"):
            get(server.url + path, limits=Limits(seconds=PATIENCE))
        return time.monotonic() - began

    with ThreadPoolExecutor(len(slow) + 1) as visits:
        seconds = [visits.submit(waited, path) for path in slow]
        began = time.monotonic()
        assert get(f"{server.url}/sized").body == BODY  # the others do not wait with them
        assert time.monotonic() - began < PATIENCE
        assert max(visit.result() for visit in seconds) < PATIENCE + SLACK


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_nothing_takes_more_memory_than_allowed(server: Listener) -> None:
    patience = {path: PATIENCE if kind is TooSlow else 30 for path, kind in KINDS.items()}
    words = [sys.executable, "-c", CHILD, server.url, json.dumps(patience)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, capture_output=True, text=True, timeout=100, check=True, env=environ)  # noqa: S603
    told = json.loads(done.stdout)
    assert told["kinds"] == {path: kind.__name__ for path, kind in KINDS.items()}
    assert told["megabytes"] < MEMORY


def test_no_more_is_read_than_allowed(server: Listener) -> None:
    assert get(f"{server.url}/sized", limits=Limits(max_bytes=len(BODY))).body == BODY
    for path in ("/sized", "/chunked", "/gzip", "/endless-word"):
        with pytest.raises(TooLarge, match=f"is larger than {len(BODY) - 1:,} bytes"):
            get(server.url + path, limits=Limits(max_bytes=len(BODY) - 1))


# Cut short

CUT = {
    **WHOLE,
    "/gzip-endless": answer(GZIP, body=PACKED),
}


@pytest.mark.parametrize("path", CUT)
def test_an_answer_cut_anywhere_is_never_taken_for_whole(server: Listener, path: str) -> None:
    wire = CUT[path]
    for end in range(0, len(wire), 7):
        server.raw = wire[:end]
        with pytest.raises(CutShort):
            get(f"{server.url}/raw")


def test_a_body_without_an_end_may_be_cut_and_says_so(server: Listener) -> None:
    wire = answer('ETag: "1"', body=BODY)
    for end in range(len(wire) - len(BODY), len(wire), 50):
        server.raw = wire[:end]
        got = get(f"{server.url}/raw")
        assert (got.whole, got.body) == (False, BODY[: len(got.body)])


# Any bytes at all


def outcome(url: str, **more: Any) -> Response | CollectError:
    try:
        return get(url, **more)
    except CollectError as error:
        return error


SEEDS = (
    sized('ETag: "1"', "Content-Type: text/xml", body=BODY[:60]),
    answer(CHUNKS, GZIP, body=chunked(PACKED, 30)),
    answer(GZIP, "Connection: close", body=PACKED),
    moved("/sized", "301 Moved Permanently"),
    moved("http://elsewhere.example/feed", "308 Permanent Redirect"),
    sized("Retry-After: 120", status="503 Service Unavailable"),
    answer(status="103 Early Hints") + sized(),
    sized(status="304 Not Modified", body=b""),
)
EDITS = st.tuples(
    st.integers(0, 300),
    st.integers(0, 8),
    st.one_of(st.binary(max_size=6), st.sampled_from([b"\r\n", b":", b"-1", b","])),
)


@given(wire=st.sampled_from(SEEDS), edits=st.lists(EDITS, min_size=1, max_size=4))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_answer_is_taken_or_has_its_error(
    server: Listener, wire: bytes, edits: list[tuple[int, int, bytes]]
) -> None:
    for place, length, put in edits:
        place %= len(wire) + 1
        wire = wire[:place] + put + wire[place + length :]
    server.raw = wire
    got = outcome(f"{server.url}/raw", etag='"1"', limits=Limits(seconds=10), resolve=lambda _: ["127.0.0.1"])
    if isinstance(got, CollectError):
        assert type(got) is not CollectError  # one of its kinds
        assert str(got).isprintable()
    else:
        assert got.status in (200, 304)


@given(body=st.binary(max_size=200))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_said_to_be_gzip_are_taken_or_have_their_error(server: Listener, body: bytes) -> None:
    server.raw = sized(GZIP, body=body)
    got = outcome(f"{server.url}/raw")
    assert isinstance(got, BadAnswer | CutShort) or got == Response(url=f"{server.url}/raw", status=200, body=b"")


# Who is asked

PUBLIC = "93.184.216.34"


class Internet(httpcore.NetworkBackend):
    """Connects to one public address, which is a server on loopback, and to loopback itself; remembers what it did."""

    def __init__(self, server: Listener) -> None:
        self._port = server.port
        self._real = httpcore.SyncBackend()
        self.dialled: list[str] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.dialled.append(host)
        if host == PUBLIC:
            return self._real.connect_tcp("127.0.0.1", self._port, timeout, local_address, socket_options)
        return self._real.connect_tcp(host, port, timeout, local_address, socket_options)


class Names:
    """A resolver that gives its answers one after the other, the last for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = answers
        self.asked: list[str] = []

    def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        return self._answers[min(len(self.asked), len(self._answers)) - 1]


@pytest.fixture
def private() -> Iterator[Listener]:
    """A server that nobody may reach."""
    with listening(by_path) as listener:
        yield listener


def test_a_public_feed_is_fetched(server: Listener) -> None:
    internet, names = Internet(server), Names([PUBLIC])
    got = fetch("http://wire.example/sized", limits=Limits(), resolve=names, backend=internet)
    assert (got.body, names.asked, internet.dialled) == (BODY, ["wire.example"], [PUBLIC])
    assert b"\r\nHost: wire.example\r\n" in server.asked[-1]


def test_a_name_that_changes_its_address_is_no_way_in(server: Listener, private: Listener) -> None:
    internet, names = Internet(server), Names([PUBLIC], ["127.0.0.1"])
    url = f"http://wire.example:{private.port}/sized"
    assert fetch(url, limits=Limits(), resolve=names, backend=internet).body == BODY
    assert names.asked == ["wire.example"]  # looked up once, and what was looked up was connected to
    with pytest.raises(AddressRefused, match=r"wire.example stands for 127.0.0.1, this computer itself"):
        fetch(url, limits=Limits(), resolve=names, backend=internet)
    assert (internet.dialled, private.accepted) == ([PUBLIC], 0)


def test_a_redirect_is_no_way_in(server: Listener, private: Listener) -> None:
    for target in (private.url, f"http://localhost:{private.port}", f"http://2130706433:{private.port}"):
        server.raw = moved(f"{target}/sized", "301 Moved Permanently")
        internet, names = Internet(server), Names([PUBLIC], ["127.0.0.1"])
        with pytest.raises(AddressRefused, match=r"http://wire.example/raw: .* this computer itself"):
            fetch("http://wire.example/raw", limits=Limits(), resolve=names, backend=internet)
        assert internet.dialled == [PUBLIC]
    assert private.accepted == 0


def test_every_redirect_is_looked_up_and_judged_anew(server: Listener, private: Listener) -> None:
    internet, names = Internet(server), Names([PUBLIC], [PUBLIC], ["10.0.0.1", "127.0.0.1"])
    with pytest.raises(AddressRefused, match=r"stands for 10.0.0.1, one's own network"):
        fetch("http://wire.example/loop", limits=Limits(), resolve=names, backend=internet)
    assert (internet.dialled, private.accepted) == ([PUBLIC, PUBLIC], 0)


def test_only_the_permitted_of_several_addresses_are_tried(server: Listener, private: Listener) -> None:
    internet, names = Internet(server), Names(["127.0.0.1", PUBLIC, "::1"])
    url = f"http://wire.example:{private.port}/sized"
    assert fetch(url, limits=Limits(), resolve=names, backend=internet).body == BODY
    assert (internet.dialled, private.accepted) == ([PUBLIC], 0)


def test_the_next_address_is_tried_where_one_does_not_answer(server: Listener) -> None:
    got = get(f"http://wire.example:{server.port}/sized", resolve=Names(["127.0.0.2", "127.0.0.1"]))
    assert got.body == BODY


SPELLINGS = [
    *("127.0.0.1", "127.0.0.1.", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1"),
    *("0", "localhost", "LOCALHOST", "127。0。0。1", "１２７.0.0.1"),
    *(
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
    ),
    *("me:secret@127.0.0.1", "wire.example@127.0.0.1", "wire.example\\@127.0.0.1"),
]


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_this_computer_is_asked(private: Listener, host: str) -> None:
    with pytest.raises((AddressRefused, Unreachable)):
        fetch(f"http://{host}:{private.port}/sized", limits=Limits(seconds=5))
    assert private.accepted == 0


def test_looking_up_a_name_is_under_the_deadline() -> None:
    never = Event()

    def stuck(_: str) -> Sequence[str]:
        never.wait(20)
        return []

    began = time.monotonic()
    with pytest.raises(TooSlow):
        fetch("http://wire.example/", limits=Limits(seconds=0.3), resolve=stuck)
    assert time.monotonic() - began < 0.3 + SLACK
    never.set()


@pytest.mark.parametrize("error", [socket.gaierror(-2, "Name or service not known"), UnicodeError("label too long")])
def test_a_name_that_is_nobodys(error: Exception) -> None:
    def unknown(_: str) -> Sequence[str]:
        raise error

    with pytest.raises(Unreachable, match=r"http://wire.example/: wire.example could not be found \("):
        fetch("http://wire.example/", limits=Limits(seconds=5), resolve=unknown)


def test_a_name_without_addresses() -> None:
    with pytest.raises(Unreachable, match="it has no address"):
        fetch("http://wire.example/", limits=Limits(seconds=5), resolve=lambda _: [])


# Secured connections


def test_the_name_is_told_to_the_other_side_though_its_address_is_dialled() -> None:
    hello: list[bytes] = []

    def note(connection: socket.socket, _: Listener) -> None:
        hello.append(connection.recv(65536))

    with listening(note) as server, pytest.raises(Unreachable, match="could not connect"):
        get(f"https://wire.example:{server.port}/", resolve=Names(["127.0.0.1"]))
    assert b"wire.example" in hello[0]


def test_a_handshake_that_drips_is_under_the_deadline() -> None:
    def drip(connection: socket.socket, server: Listener) -> None:
        connection.sendall(b"\x16\x03\x03\x40\x00")  # a record of 16,384 bytes, of a handshake, is to come
        while not server.closing.wait(0.05):
            connection.sendall(b"\x02")

    began = time.monotonic()
    with listening(drip) as server, pytest.raises((TooSlow, Unreachable)):
        get(f"https://127.0.0.1:{server.port}/", limits=Limits(seconds=0.5))
    assert time.monotonic() - began < 0.5 + SLACK


def test_responses_are_values(server: Listener) -> None:
    assert get(f"{server.url}/sized") == Response(url=f"{server.url}/sized", status=200, body=BODY)
