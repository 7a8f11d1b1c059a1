"""Feeds added, by their own address, that of their site, or a list of them, and how they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsig import store
from newsig.collect.discovery import FeedLink
from newsig.collect.http import Response, shown
from newsig.collect.opml import read_opml, write_opml
from newsig.collect.schedule import rests_until
from newsig.errors import CollectError
from newsig.records import Failure, Subscription, row
from newsig.run.desks import Desk, Tally
from newsig.run.reaching import Reach

if TYPE_CHECKING:
    from sqlite_utils import Database

WEB = ("http://", "https://")
NAMED = 10
"""How many feeds of a site are named where it has several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A feed that was added, or was there already (``new`` false); ``doubt`` says why it could not be asked."""

    url: str
    title: str | None = None
    new: bool = True
    doubt: str | None = None


def subscribe(desk: Desk, reach: Reach, url: str, *, private: bool = False) -> Added:
    """Add the feed at an address, or the one that the page there names.

    Where there is no answer just now, the address is taken as it is. ``private`` permits one in one's own network.

    Raises:
        CollectError: there is no feed, or the page names several, which the sentence lists.
    """
    check_address(url)
    try:
        answer = reach.fetch(url, private=private)
    except CollectError as error:
        if not error.passing:
            raise
        return _added(desk, Added(url=url, doubt=str(error)), private)
    title = _title(reach, answer)
    if title is not None:
        return _added(desk, Added(url=url, title=title or None), private)
    found = _one(reach.discover(answer.body, answer.url, answer.content_type), shown(url))
    title = _title(reach, reach.fetch(found.url, private=private))
    if title is None:
        raise CollectError(f"{shown(url)} names the feed {shown(found.url)}, which is none")
    return _added(desk, Added(url=found.url, title=title or found.title), private)


def check_address(url: str) -> None:
    """See whether an address can be one of a feed.

    Raises:
        CollectError: it cannot.
    """
    if not url.lower().startswith(WEB):
        raise CollectError(f"{shown(url)} is no address of a feed: it must start with http:// or https://")


def _title(reach: Reach, answer: Response) -> str | None:
    """The title of a feed, empty where it has none; None where the answer is no feed."""
    try:
        return reach.parse(answer.body, answer.url, answer.content_type).title or ""
    except CollectError:
        return None


def _one(found: list[FeedLink], place: str) -> FeedLink:
    if not found:
        raise CollectError(f"{place} is no feed, and names none: give the address of the feed itself")
    if len(found) > 1:
        listed = "; ".join(f"{shown(one.url)} ({one.title})" if one.title else shown(one.url) for one in found[:NAMED])
        more = f"; and {len(found) - NAMED} more" if len(found) > NAMED else ""
        raise CollectError(f"{place} names {len(found)} feeds, add the one that you mean: {listed}{more}")
    return found[0]


def _added(desk: Desk, found: Added, private: bool) -> Added:
    feed = Subscription(url=found.url, added_at=desk.clock(), title=found.title, private=private)
    return replace(found, new=store.add_feed(desk.db, feed))


def import_feeds(desk: Desk, data: bytes, place: str) -> Tally:
    """Add the feeds of an OPML file, without asking them; counts ``added`` and ``known``.

    Raises:
        CollectError: it is no OPML.
    """
    tally = Tally()
    for url, title in read_opml(data):
        try:
            check_address(url)
        except CollectError as error:
            desk.fail(Failure(stage="collect", place=place, reason=str(error)), tally)
            continue
        new = store.add_feed(desk.db, Subscription(url=url, added_at=desk.clock(), title=title))
        tally.counts["added" if new else "known"] += 1
    return tally


def export_feeds(db: Database, at: datetime) -> bytes:
    """The feeds as OPML 2.0."""
    return write_opml([(feed.url, feed.title) for feed in store.list_feeds(db)], at)


def feed_states(db: Database, now: datetime) -> Iterator[dict[str, Any]]:
    """The feeds with their ``state`` (new, ok, failing, waiting, gone), how many ``articles`` came from each, and the
    time before which none is asked again (``next_at``)."""
    articles = store.articles_by_feed(db)
    for feed in store.list_feeds(db):
        later = [until for until in (feed.not_before, rests_until(feed)) if until is not None and until > now]
        next_at = max(later, default=None)
        yield row(feed) | {
            "state": _state(feed, next_at),
            "articles": articles.get(feed.url, 0),
            "next_at": next_at.isoformat() if next_at else None,
        }


def _state(feed: Subscription, next_at: datetime | None) -> str:
    if feed.stopped_at is not None:
        return "gone"
    if feed.fetched_at is None:
        return "new"
    if next_at is not None:
        return "waiting"
    return "failing" if feed.failing else "ok"
