"""Being a good guest: one request at a time to a host, a pause between two, and none before it may be."""

from __future__ import annotations

import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from newsig.collect.addresses import web_address

LONGEST_WAIT = timedelta(hours=24)
"""The longest that a ``Retry-After`` is believed: ten years are a mistake, and a day later it can be asked again."""

DIGITS = 9
"""More digits than these are more than thirty years, and are not counted."""


def host_of(url: str) -> str:
    """The host of an address, with its port where that is an unusual one: what is asked politely, as one.

    Raises:
        AddressRefused: ``url`` is no web address.

    >>> host_of("https://Example.org:443/feed"), host_of("http://example.org:8080/")
    ('example.org', 'example.org:8080')
    """
    return web_address(url).netloc.decode()


class Hosts:
    """The hosts that are asked, each by one thread at a time; safe to share among threads.

    ``pause`` is the least seconds between the end of a request to a host and the beginning of the next. ``clock``
    tells the seconds of some clock that never goes back, ``wait`` lets some of them pass.
    """

    def __init__(
        self,
        pause: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._pause = pause
        self._clock = clock
        self._wait = wait
        self._guard = threading.Lock()
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @contextmanager
    def turn(self, host: str, delay: float | None = None) -> Iterator[None]:
        """Have a host to oneself for one request, after whoever came before, and after the pause.

        ``delay`` is the host's own wish for a pause, which can only make it longer. A thread that has its turn must
        not ask for another one of the same host: it would wait for itself.
        """
        with self._guard:
            one = self._hosts[host]
        with one.lock:
            pause = max(self._pause, delay or 0.0)
            while one.ended is not None and (left := one.ended + pause - self._clock()) > 0:
                self._wait(left)
            try:
                yield
            finally:
                one.ended = self._clock()


class _Host:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.ended: float | None = None


def retry_after(header: str | None, now: datetime) -> datetime | None:
    """The moment before which a server does not want to be asked again, by its ``Retry-After`` (RFC 9110 §10.2.3).

    ``header`` is seconds or a date of HTTP, ``now`` an aware datetime. None where it is neither; ``now`` where the
    date is past; and never later than `LONGEST_WAIT` from now.

    >>> retry_after("90", datetime(2024, 7, 17, 23, 59, tzinfo=UTC)).isoformat()
    '2024-07-18T00:00:30+00:00'
    """
    words = (header or "").strip()
    if re.fullmatch(r"[0-9]+", words):
        seconds = int(words) if len(words) <= DIGITS else 10**DIGITS
        return now + min(timedelta(seconds=seconds), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(words)
    except (ValueError, OverflowError):  # OverflowError: a zone or year of any number of digits
        return None
    if until.tzinfo is None:  # an old form that names no zone: dates of HTTP are in GMT
        until = until.replace(tzinfo=UTC)
    return min(max(until, now), now + LONGEST_WAIT)
