"""What a host's ``robots.txt`` permits, by RFC 9309: pure functions over its text and the status that it came with.

::

    text = robots_text(answer.status, answer.body)      # to be kept, for a day or so (§2.4)
    text is None                                        # the host is not to be asked now
    Robots.parse(text).allows(url)

The group of newsig counts, else that of everybody. Nothing in the file can make reading it dear: protego keeps each
rule once for every agent named above it, so the agents that are not newsig are one to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Self

from newsig.collect.addresses import web_address

if TYPE_CHECKING:
    from protego import Protego

AGENT = "newsig"
"""The name by which a ``robots.txt`` speaks of this program (its product token, §2.2.1)."""

MAX_LENGTH = 500 * 1024
"""Characters that are read; the standard asks for no less (§2.5)."""

LONGEST_DELAY = 60.0
"""Seconds to which a crawl delay is cut: it is no part of the standard, and must not bring a visit to a halt."""

_AGENT = re.compile(r"^\s*user[- ]?agent(?:\s*:|\s)\s*(\*(?=\s|#|$)|[a-z_-]*)", re.IGNORECASE)


def robots_url(url: str) -> str:
    """Where the ``robots.txt`` lies that speaks of an address.

    Raises:
        AddressRefused: ``url`` is no web address.

    >>> robots_url("https://me:secret@example.org:8443/news/feed.xml?page=2")
    'https://example.org:8443/robots.txt'
    """
    address = web_address(url)
    return f"{address.scheme}://{address.netloc.decode()}/robots.txt"


def robots_text(status: int | None, body: bytes = b"") -> str | None:
    """The text to go by after asking for a ``robots.txt``; None where its host must not be asked anything now.

    ``status`` is null where there was no answer. A file that is not there (a status of 400 to 499) forbids nothing
    (§2.3.1.3); one that cannot be had for now forbids all (§2.3.1.4). A host that complains of too many requests (429)
    is taken to be of the second kind, which is more than the standard asks.

    >>> robots_text(200, b"User-agent: *"), robots_text(404), robots_text(503), robots_text(None)
    ('User-agent: *', '', None, None)
    """
    if status == HTTPStatus.OK:
        return _cut(body.decode("utf-8-sig", "replace"))
    if status is not None and 400 <= status < 500 and status != HTTPStatus.TOO_MANY_REQUESTS:
        return ""
    return None


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host."""

    _rules: Protego

    @classmethod
    def parse(cls, text: str) -> Self:
        """The rules in the text of a ``robots.txt``; whatever cannot be understood is passed over."""
        from protego import Protego

        return cls(Protego.parse("\n".join(_settled(line) for line in _cut(text).splitlines())))

    def allows(self, url: str) -> bool:
        """Whether newsig may fetch an address of that host.

        Raises:
            AddressRefused: ``url`` is no web address.
        """
        return self._rules.can_fetch(str(web_address(url).copy_with(fragment=None)), AGENT)

    @property
    def delay(self) -> float | None:
        """The seconds that the host wants between two requests, at most `LONGEST_DELAY`; null where it does not say."""
        delay = self._rules.crawl_delay(AGENT)
        return None if delay is None else min(delay, LONGEST_DELAY)


def _settled(line: str) -> str:
    """A line that names an agent, with ``newsig``, ``*`` or ``another`` for it; any other as it is."""
    if named := _AGENT.match(line):
        name = named[1].lower()
        return f"User-agent: {name if name in ('*', AGENT) else 'another'}"
    return line


def _cut(text: str) -> str:
    """The text up to its greatest length, without a last line that would say more when it is cut."""
    return text if len(text) <= MAX_LENGTH else text[:MAX_LENGTH].rpartition("\n")[0]
