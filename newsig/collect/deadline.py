"""A network for httpcore under which a whole fetch ends by one moment, and reaches no other address than it may.

httpx limits each read on its own, so a server that sends a byte a second is waited for without end. Here every
operation on a connection gets only the time that is left, looking up the name included, and every byte is counted.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

import httpcore

from newsig.collect.addresses import Resolve, refusal
from newsig.errors import AddressRefused, TooLarge, Unreachable

T = TypeVar("T")


class Allowance:
    """What a fetch may still cost: ``seconds`` from its making, and the bytes of the last `allow`.

    ``ended`` says that the other side has closed the connection.
    """

    def __init__(self, seconds: float) -> None:
        self.ended = False
        self._ends = time.monotonic() + seconds
        self._bytes, self._limit, self._what = 0, 0, ""

    def seconds(self) -> float:
        """Seconds until the end.

        Raises:
            httpcore.TimeoutException: it has passed.
        """
        seconds = self._ends - time.monotonic()
        if seconds <= 0:
            raise httpcore.TimeoutException("the time allowed is over")
        return seconds

    def allow(self, size: int, what: str) -> None:
        """From now on ``size`` more bytes may come in; ``what`` is what they are, as the start of a sentence."""
        self._bytes, self._limit, self._what = size, size, what

    def room(self) -> int:
        """How many bytes may still come in.

        Raises:
            TooLarge: none.
        """
        if self._bytes <= 0:
            raise TooLarge(f"{self._what} is larger than {self._limit:,} bytes")
        return self._bytes

    def spend(self, data: bytes) -> None:
        """Count what was read from a connection."""
        self._bytes -= len(data)
        self.ended = not data


class Network(httpcore.NetworkBackend):
    """Makes connections that keep to an allowance, and only to addresses that may be asked.

    A name is looked up once for each connection, and what was looked up is what is connected to: a name that stands
    for another address a moment later is no way in.
    """

    def __init__(
        self, allowance: Allowance, *, private: bool, resolve: Resolve, backend: httpcore.NetworkBackend
    ) -> None:
        self._allowance = allowance
        self._private = private
        self._resolve = resolve
        self._inner = backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the allowance stands in for every other timeout
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's permitted addresses that answers.

        Raises:
            AddressRefused: the host has none that may be asked.
            Unreachable: it has none at all.
        """
        options = list(socket_options or ())

        def dial(address: str, seconds: float) -> httpcore.NetworkStream:
            return _Stream(self._inner.connect_tcp(address, port, seconds, local_address, options), self._allowance)

        *others, last = self._permitted(host)
        for number, address in enumerate(others):
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return dial(address, self._allowance.seconds() / (len(others) + 1 - number))
        return dial(last, self._allowance.seconds())

    def _permitted(self, host: str) -> Sequence[str]:
        addresses = self._looked_up(host)
        refusals = {address: refusal(address, private=self._private) for address in addresses}
        permitted = [address for address in addresses if refusals[address] is None]
        if not permitted:
            address, kind = next(iter(refusals.items()))
            stands_for = "is" if address == host else f"stands for {address},"
            asked = "asked for private feeds only" if refusal(address, private=True) is None else "never asked"
            raise AddressRefused(f"{host} {stands_for} {kind}, which is {asked}")
        return permitted

    def _looked_up(self, host: str) -> Sequence[str]:
        try:
            addresses = _within(self._allowance.seconds(), lambda: self._resolve(host))
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("the name could not be looked up in time") from error
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or "it is no name of a host"
            raise Unreachable(f"{host} could not be found ({why})") from error
        if not addresses:
            raise Unreachable(f"{host} could not be found (it has no address)")
        return addresses


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, allowance: Allowance) -> None:
        self._inner = inner
        self._allowance = allowance

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        data = self._inner.read(min(max_bytes, self._allowance.room()), self._allowance.seconds())
        self._allowance.spend(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._allowance.seconds())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        # Python's handshake takes its timeout for the whole of it, not for each message
        left = self._allowance.seconds()
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._allowance)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _within(seconds: float, work: Callable[[], T]) -> T:
    """What ``work`` gives, or TimeoutError: the system's resolver knows no timeout, so it is left to itself then."""
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # whatever it is, it belongs to the one who waits
            outcome.set_exception(error)

    threading.Thread(target=run, name="newsig resolver", daemon=True).start()
    return outcome.result(seconds)
