"""What a provider is, and how patiently one over the network is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

from newsig.market.prices import Row, taken
from newsig.records import Download, Failure, Price

ATTEMPTS = 4
"""How often one thing is asked for before it counts as refused."""

FIRST_PAUSE = 2.0
"""Seconds before the second attempt; each further pause is twice as long."""

LONGEST_PAUSE = 120.0
"""Seconds. Whoever asks for a longer pause is not waited for."""


class Provider(Protocol):
    """A source of daily bars."""

    @property
    def name(self) -> str:
        """What its bars are filed under."""

    @property
    def whole(self) -> bool:
        """Whether all days that are needed of a symbol must be fetched together: where no splits are told, bars that
        were fetched at different times may stand before and after one."""

    @property
    def grows(self) -> bool:
        """Whether it may have later what it lacks now, so that a day without a bar is asked for again."""

    def bars(self, symbol: str, first: date, last: date) -> Download:
        """The bars of a symbol (Yahoo Finance's) from ``first`` to ``last``, both included.

        Raises:
            PriceError: there are none, or they could not be had; one sentence.
        """


@dataclass(frozen=True, slots=True)
class Patience:
    """How to wait: ``pause`` waits so many seconds, ``clock`` tells the moment."""

    pause: Callable[[float], None]
    clock: Callable[[], datetime]

    def waits(self, attempt: int, retry_after: str | None = None) -> bool:
        """Wait for the attempt after ``attempt`` (counted from 1); False, at once, where there shall be none."""
        seconds = pause_before(attempt + 1, retry_after, self.clock())
        if seconds is None:
            return False
        self.pause(seconds)
        return True


def pause_before(attempt: int, retry_after: str | None, now: datetime) -> float | None:
    """The seconds to wait before an attempt; None where it is not worth it. A server's ``Retry-After`` can only make
    the pause longer: seconds, or the date of HTTP (RFC 9110, 10.2.3).

    >>> now = datetime(2024, 7, 18, 3, tzinfo=UTC)
    >>> [pause_before(attempt, None, now) for attempt in (2, 3, 4, 5)]
    [2.0, 4.0, 8.0, None]
    >>> pause_before(2, "30", now), pause_before(2, "Thu, 18 Jul 2024 03:01:00 GMT", now), pause_before(2, "3600", now)
    (30.0, 60.0, None)
    """
    if attempt > ATTEMPTS:
        return None
    seconds = max(FIRST_PAUSE * 2 ** (attempt - 2), _asked(retry_after or "", now))
    return seconds if seconds <= LONGEST_PAUSE else None


def _asked(retry_after: str, now: datetime) -> float:
    words = retry_after.strip()
    if words.isascii() and words.isdigit():
        return float(words)
    try:
        moment = parsedate_to_datetime(words)
    except ValueError:
        return 0.0
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()


def sorted_out(
    rows: Iterable[tuple[str, Row | str]], first: date, last: date
) -> tuple[tuple[Price, ...], tuple[Failure, ...]]:
    """The bars of a span, oldest first, and the rows that could not be used."""
    items = list(taken(rows))
    bars = [item for item in items if isinstance(item, Price) and first <= item.day <= last]
    failures = tuple(item for item in items if isinstance(item, Failure))
    return tuple(sorted(bars, key=lambda bar: bar.day)), failures
