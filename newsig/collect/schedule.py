"""When a feed is visited, and what a visit changes about it. Pure functions; the clock is an argument."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

from newsig.collect.http import Response
from newsig.errors import CollectError, Refused
from newsig.records import Subscription

PATIENCE = timedelta(minutes=30)
"""How long a feed is left alone after its second failure in a row; after each further one twice as long."""

LONGEST = timedelta(hours=24)
"""The longest that a feed is left alone, whatever happens and whatever it asks for."""

MOVES = 3
"""Visits in a row after which a feed that says that it has moved for good is believed: captive portals say so, too."""


def rests_until(feed: Subscription) -> datetime | None:
    """Until when failures in a row keep us from asking again; None where they do not.

    The first failure costs nothing, the second `PATIENCE`, each further one twice as much, never more than `LONGEST`.
    """
    if feed.failing < 2 or feed.fetched_at is None:
        return None
    doublings = min(feed.failing - 2, 20)
    return feed.fetched_at + min(PATIENCE * (1 << doublings), LONGEST)


def waits(feed: Subscription, now: datetime, *, asked_for: bool = False) -> str | None:
    """Why a feed is not visited now, as the rest of a sentence; None where it is.

    ``asked_for`` is a visit that a person wants: it does not wait for `rests_until`, but for what the server asked.
    """
    if feed.stopped_at is not None:
        return f"has been gone for good since {feed.stopped_at:%Y-%m-%d}: remove it, or add it anew to ask once more"
    # what lies farther ahead than anybody is left alone was written by a clock that was wrong
    if feed.not_before is not None and now < feed.not_before <= now + LONGEST:
        return f"asked to be left alone until {feed.not_before:%Y-%m-%d %H:%M} UTC"
    rest = None if asked_for else rests_until(feed)
    if rest is not None and now < rest <= now + LONGEST:
        return f"failed {feed.failing} times in a row and is asked again after {rest:%Y-%m-%d %H:%M} UTC"
    return None


def conditional(feed: Subscription, now: datetime, *, full_every: timedelta) -> bool:
    """Whether the server may answer that nothing changed.

    Now and then it may not, because some say so for ever once they have sent a wrong date or tag.
    """
    return feed.whole_at is not None and timedelta() <= now - feed.whole_at < full_every


def answered(
    feed: Subscription, answer: Response, now: datetime, *, keep_marks: bool, title: str | None = None, new: int = 0
) -> Subscription:
    """The feed after an answer.

    ``keep_marks`` says that all in it was taken in, so that the server need not send it again; ``new`` counts what was
    new. Marks are the server's own, and those of a 304 take the place of the former ones, too.
    """
    return replace(
        _moved(feed, answer.permanent),
        title=title or feed.title,
        whole_at=feed.whole_at if answer.not_modified else now,
        etag=(answer.etag or (feed.etag if answer.not_modified else None)) if keep_marks else None,
        last_modified=(answer.last_modified or (feed.last_modified if answer.not_modified else None))
        if keep_marks
        else None,
        fetched_at=now,
        status=answer.status,
        error=None,
        failing=0,
        not_before=None,
        stopped_at=None,
        last_new_at=now if new else feed.last_new_at,
    )


def failed(feed: Subscription, error: CollectError, now: datetime, not_before: datetime | None) -> Subscription:
    """The feed after a visit that failed; ``not_before`` is what the server asked for.

    Where it had moved to is given up after `MOVES` failures in a row: the address that a person gave is asked again.
    """
    status = error.status if isinstance(error, Refused) else None
    return replace(
        feed,
        address=None if feed.failing + 1 >= MOVES or status == HTTPStatus.GONE else feed.address,
        fetched_at=now,
        status=status,
        error=str(error),
        failing=feed.failing + 1,
        not_before=not_before,
        stopped_at=now if status == HTTPStatus.GONE and feed.address is None else None,
    )


def _moved(feed: Subscription, to: str | None) -> Subscription:
    """The feed that has, or has not, led to another address for good."""
    if to is None or to == feed.at:
        return replace(feed, moving_to=None, moves=0)
    moves = feed.moves + 1 if to == feed.moving_to else 1
    if moves < MOVES:
        return replace(feed, moving_to=to, moves=moves)
    return replace(feed, address=to, moving_to=None, moves=0)
