"""Feeds into the database: many at once, and none holds up another."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from newsig import store
from newsig.collect.feeds import Feed
from newsig.collect.http import Response, shown
from newsig.collect.schedule import answered, conditional, failed, waits
from newsig.errors import ApartError, CollectError
from newsig.records import Subscription
from newsig.run.desks import Desk, Tally
from newsig.run.outings import LeftAloneError, Outing, site_of, unexpected
from newsig.run.reaching import Reach
from newsig.run.visits import Visit


@dataclass(frozen=True, slots=True)
class _Answer:
    """A feed's answer with what it was read as, or why it could not be; with neither where nothing changed."""

    response: Response
    feed: Feed | None = None
    problem: str | None = None


def collect(desk: Desk, reach: Reach, *, feeds: Sequence[str] = (), full_text: bool = False) -> Tally:
    """Visit the feeds (all that are stored, or those named) and bring in their stories.

    ``full_text`` asks for the pages of stories that a feed does not carry in full. Counts ``feeds``, ``waiting`` (those
    whose time it is not), ``not_modified``, ``new``, ``revised`` and ``unchanged``; what was read with less than
    certainty is among the notes.

    Raises:
        CollectError: a feed that is named is not stored.
    """
    stored = {feed.url: feed for feed in store.list_feeds(desk.db)}
    if unknown := [url for url in feeds if url not in stored]:
        raise CollectError(f"{unknown[0]} is none of the feeds: add it with `newsig feeds add {unknown[0]}`")
    outing = Outing(desk, reach, full_text)
    for url in dict.fromkeys(feeds or stored):
        _begin(outing, stored[url], asked_for=bool(feeds))
    for handle, future in outing.dispatch.done():
        handle(future)
    return outing.tally


def _begin(outing: Outing, feed: Subscription, *, asked_for: bool) -> None:
    """Let a feed be asked, unless it is not its time."""
    now, host = outing.desk.clock(), site_of(feed.at)
    reason = waits(feed, now, asked_for=asked_for)
    if reason is None and (until := outing.rests_until(host)) is not None:
        reason = f"is on {host}, which asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
    if reason is None:
        call = partial(_ask, outing.reach, feed, now)
        outing.dispatch.add(host, partial(_answered, outing, feed), call)
    else:
        _waits(outing, feed, reason)


def _waits(outing: Outing, feed: Subscription, reason: str) -> None:
    """Tell that a feed is not asked now, and why."""
    outing.tally.counts["waiting"] += 1
    outing.tally.notes.append(f"{shown(feed.url)} {reason}")
    outing.desk.on_done(1)


def _ask(reach: Reach, feed: Subscription, now: datetime) -> _Answer:
    """Fetch and read a feed; in a thread."""
    with unexpected():
        return _read_answer(reach, feed, now)


def _read_answer(reach: Reach, feed: Subscription, now: datetime) -> _Answer:
    marks = conditional(feed, now, full_every=reach.full_every)
    response = reach.fetch(
        feed.at,
        etag=feed.etag if marks else None,
        last_modified=feed.last_modified if marks else None,
        private=feed.private,
    )
    if response.not_modified:
        return _Answer(response)
    try:
        return _Answer(response, reach.parse(response.body, response.url, response.content_type, now=now))
    except (ApartError, CollectError) as error:
        return _Answer(response, problem=str(error))


def _answered(outing: Outing, feed: Subscription, future: Future[_Answer]) -> None:
    try:
        answer = future.result()
    except LeftAloneError as error:
        _waits(outing, feed, f"was not asked: {error}")
        return
    except CollectError as error:
        outing.tally.counts["feeds"] += 1
        _lost(outing, feed, error)
        return
    outing.tally.counts["feeds"] += 1
    if answer.feed is not None:
        Visit(outing, feed, answer.response, answer.feed).take_in()
    elif answer.problem is not None:
        _lost(outing, feed, CollectError(answer.problem), answer.response)
    else:
        outing.tally.counts["not_modified"] += 1
        store.save_feed(outing.desk.db, answered(feed, answer.response, outing.desk.clock(), keep_marks=True))
        outing.desk.on_done(1)


def _lost(outing: Outing, feed: Subscription, error: CollectError, response: Response | None = None) -> None:
    """Record a visit that failed."""
    with store.transaction(outing.desk.db, shown(feed.url)):
        until = outing.asked_wait(site_of(feed.at), error)
        store.save_feed(outing.desk.db, failed(feed, error, outing.desk.clock(), until))
        outing.fail(shown(feed.url), str(error), response)
    outing.desk.on_done(1)
