"""How collecting reaches the outside world: within limits, with parsers in processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from newsig.collect.discovery import FeedLink, find_feeds
from newsig.collect.feeds import Feed, parse_feed
from newsig.collect.http import Fetch, Limits, fetch
from newsig.read.article import read
from newsig.records import Article

if TYPE_CHECKING:
    from newsig.settings import Settings

READERS = ("newsig.collect.feeds", "newsig.read.article", "feedparser", "trafilatura")
"""What the processes that read feeds and pages import before they are given any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How collecting reaches out: ``fetch`` asks for an address, ``parse`` reads the bytes of a feed, ``read`` a page,
    and ``discover`` finds the feeds that the bytes of a page name.

    ``at_once`` is how many requests are under way at once, ``pause`` the least seconds between two to one host,
    ``full_every`` the time after which a feed must send all of itself again.
    """

    fetch: Fetch
    parse: Callable[..., Feed] = parse_feed
    read: Callable[..., Article] = read
    discover: Callable[..., list[FeedLink]] = find_feeds
    at_once: int = 8
    pause: float = 1.0
    full_every: timedelta = timedelta(days=7)


@contextmanager
def reach(settings: Settings) -> Iterator[Reach]:
    """The outside world within the limits of the settings; two processes read, so that one hard page holds up none."""
    from newsig.apart import Apart

    with Apart(workers=2, preload=READERS) as apart:
        yield Reach(
            fetch=partial(fetch, limits=Limits.of(settings)),
            parse=lambda *given, **named: apart.call(parse_feed, *given, **named),
            read=lambda page, **named: apart.call(read, page, **named),
            discover=lambda *given: apart.call(find_feeds, *given),
            at_once=settings.at_once,
            pause=settings.pause,
            full_every=timedelta(days=settings.full_every_days),
        )
