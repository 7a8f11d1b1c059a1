"""Being a good guest: what counts as one host, and until when it wants to be left alone."""

from __future__ import annotations

import re
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
