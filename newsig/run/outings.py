"""What the visits of one round share: who is asked when, what hosts permit, and what is told of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from newsig import store
from newsig.collect.dispatch import Dispatch
from newsig.collect.hosts import host_of, retry_after
from newsig.collect.http import Response
from newsig.collect.robots import Robots, robots_text, robots_url
from newsig.collect.schedule import LONGEST
from newsig.errors import CollectError, NewsigError, Refused, TooSlow, Unreachable
from newsig.records import Failure
from newsig.run.desks import Desk, Tally
from newsig.run.reaching import Reach

NOT_TOLD = timedelta(hours=1)
"""How long a host is left alone that is asked too much and does not tell for how long."""

NO_ANSWERS = 2
"""Requests without an answer after which a host is asked nothing more in a round."""

ROBOTS_FOR = timedelta(hours=24)
"""How long a host's robots.txt is believed (RFC 9309, section 2.4)."""


class LeftAloneError(CollectError):
    """A request was not made, because its host is left alone until ``until``."""

    def __init__(self, host: str, until: datetime) -> None:
        super().__init__(f"{host} is left alone until {until:%Y-%m-%d %H:%M} UTC", passing=True)
        self.until = until


Handler = Callable[[Future[Any]], None]


@dataclass(slots=True)
class Outing:
    """One round of collecting. Only the thread that made it may use it; what runs in others is given what it needs."""

    desk: Desk
    reach: Reach
    full_text: bool
    tally: Tally = field(default_factory=Tally)
    dispatch: Dispatch[Handler, Any] = field(init=False)
    _silent: Counter[str] = field(default_factory=Counter)
    _robots: dict[tuple[str, bool], Robots | None] = field(default_factory=dict)
    _behind: defaultdict[tuple[str, bool], list[Callable[[Robots | None], None]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        self.dispatch = Dispatch(at_once=self.reach.at_once, pause=self.reach.pause)

    def fail(self, place: str, reason: str, response: Response | None = None) -> None:
        """Store, count and tell a failure, with the bytes that could not be read where there are any."""
        failure = Failure(stage="collect", place=place, reason=reason.removeprefix(f"{place}: "))
        with store.transaction(self.desk.db, place):
            self.desk.fail(failure, self.tally)
            if response is not None:
                store.keep_body(self.desk.db, failure, response.body, response.content_type, self.desk.clock())

    def rests_until(self, host: str) -> datetime | None:
        """Until when a host is to be left alone, where that is later than now."""
        until, now = store.host(self.desk.db, host).not_before, self.desk.clock()
        return until if until is not None and now < until <= now + LONGEST else None

    def asked_wait(self, host: str, error: CollectError) -> datetime | None:
        """Until when the answer that ``error`` tells of wants no further request.

        Too many of them are the host's matter: that is remembered, and what waits for it is given up. So is, for this
        round, what waits for a host that does not answer.
        """
        now = self.desk.clock()
        until = retry_after(error.retry_after, now)
        if _status(error) == HTTPStatus.TOO_MANY_REQUESTS:
            until = until or now + NOT_TOLD
            store.save_host(self.desk.db, replace(store.host(self.desk.db, host), not_before=until))
            self.dispatch.give_up(host, LeftAloneError(host, until))
        self._silent[host] += isinstance(error, TooSlow | Unreachable)
        if self._silent[host] == NO_ANSWERS:
            self.dispatch.give_up(host, LeftAloneError(host, now + NOT_TOLD))
        return until

    def with_robots(self, url: str, private: bool, then: Callable[[Robots | None], None]) -> None:
        """Call ``then`` with what the host of an address permits, None where it must not be asked now: at once, or when
        its robots.txt came."""
        site = site_of(url), private
        if site not in self._robots:
            known, now = store.host(self.desk.db, site[0]), self.desk.clock()
            fresh = known.robots_at is not None and timedelta() <= now - known.robots_at < ROBOTS_FOR
            if known.robots is None or not fresh:
                self._ask_robots(site, url, then)
                return
            self._heed(site, known.robots)
        then(self._robots[site])

    def _ask_robots(self, site: tuple[str, bool], url: str, then: Callable[[Robots | None], None]) -> None:
        host, private = site
        if self.rests_until(host) is not None:
            then(None)
            return
        self._behind[site].append(then)
        if len(self._behind[site]) == 1:
            call = partial(_fetched_robots, self.reach, url, private=private)
            self.dispatch.add(host, partial(self._robots_came, site), call)

    def _robots_came(self, site: tuple[str, bool], future: Future[Response]) -> None:
        try:
            text = robots_text(HTTPStatus.OK, future.result().body)
        except CollectError as error:
            self.asked_wait(site[0], error)
            text = robots_text(_status(error))
        if text is not None:
            known = replace(store.host(self.desk.db, site[0]), robots=text, robots_at=self.desk.clock())
            store.save_host(self.desk.db, known)
        self._heed(site, text)
        for then in self._behind.pop(site):
            then(self._robots[site])

    def _heed(self, site: tuple[str, bool], text: str | None) -> None:
        robots = None if text is None else Robots.parse(text)
        self._robots[site] = robots
        if robots is not None and robots.delay is not None:
            self.dispatch.slow_down(site[0], robots.delay)


def site_of(url: str) -> str:
    """The host of an address; what is no web address, and fails when it is fetched, stands for itself."""
    try:
        return host_of(url)
    except CollectError:
        return url


def _fetched_robots(reach: Reach, url: str, *, private: bool) -> Response:
    with unexpected():
        return reach.fetch(robots_url(url), private=private)


@contextmanager
def unexpected() -> Iterator[None]:
    """Let whatever nobody thought of cost the one request that met it, and not all collecting.

    Raises:
        CollectError: something other than an error of newsig's own was raised.
    """
    try:
        yield
    except NewsigError:
        raise
    except Exception as error:
        raise CollectError(f"cannot be dealt with ({type(error).__name__}: {error})") from error


def _status(error: CollectError) -> int | None:
    return error.status if isinstance(error, Refused) else None
