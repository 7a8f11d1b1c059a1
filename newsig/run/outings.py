"""What the visits of one round share: who is asked when, what hosts permit, and what is told of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Future
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
from newsig.errors import CollectError, Refused
from newsig.records import Failure
from newsig.run.desks import Desk, Tally
from newsig.run.reaching import Reach

ROBOTS_FOR = timedelta(hours=24)
"""How long a host's robots.txt is believed (RFC 9309, section 2.4)."""

Handler = Callable[[Future[Any]], None]


@dataclass(slots=True)
class Outing:
    """One round of collecting. Only the thread that made it may use it; what runs in others is given what it needs."""

    desk: Desk
    reach: Reach
    full_text: bool
    tally: Tally = field(default_factory=Tally)
    dispatch: Dispatch[Handler, Any] = field(init=False)
    _robots: dict[str, Robots | None] = field(default_factory=dict)
    _behind: defaultdict[str, list[Callable[[Robots | None], None]]] = field(default_factory=lambda: defaultdict(list))

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
        until = store.host(self.desk.db, host).not_before
        return until if until is not None and until > self.desk.clock() else None

    def asked_wait(self, host: str, error: CollectError) -> datetime | None:
        """Until when the answer that ``error`` tells of wants no further request; too many of them are the host's
        matter, and are remembered."""
        until = retry_after(error.retry_after, self.desk.clock())
        if until is not None and _status(error) == HTTPStatus.TOO_MANY_REQUESTS:
            store.save_host(self.desk.db, replace(store.host(self.desk.db, host), not_before=until))
        return until

    def with_robots(self, url: str, private: bool, then: Callable[[Robots | None], None]) -> None:
        """Call ``then`` with what the host of an address permits, None where it must not be asked now: at once, or when
        its robots.txt came."""
        host = site_of(url)
        if host not in self._robots:
            known, now = store.host(self.desk.db, host), self.desk.clock()
            if known.robots is None or known.robots_at is None or now - known.robots_at >= ROBOTS_FOR:
                self._ask_robots(host, url, private, then)
                return
            self._heed(host, known.robots)
        then(self._robots[host])

    def _ask_robots(self, host: str, url: str, private: bool, then: Callable[[Robots | None], None]) -> None:
        self._behind[host].append(then)
        if len(self._behind[host]) == 1:
            call = partial(_fetched_robots, self.reach, url, private=private)
            self.dispatch.add(host, partial(self._robots_came, host), call)

    def _robots_came(self, host: str, future: Future[Response]) -> None:
        try:
            text = robots_text(HTTPStatus.OK, future.result().body)
        except CollectError as error:
            text = robots_text(_status(error))
        if text is not None:
            known = replace(store.host(self.desk.db, host), robots=text, robots_at=self.desk.clock())
            store.save_host(self.desk.db, known)
        self._heed(host, text)
        for then in self._behind.pop(host):
            then(self._robots[host])

    def _heed(self, host: str, text: str | None) -> None:
        robots = None if text is None else Robots.parse(text)
        self._robots[host] = robots
        if robots is not None and robots.delay is not None:
            self.dispatch.slow_down(host, robots.delay)


def site_of(url: str) -> str:
    """The host of an address; what is no web address, and fails when it is fetched, stands for itself."""
    try:
        return host_of(url)
    except CollectError:
        return url


def _fetched_robots(reach: Reach, url: str, *, private: bool) -> Response:
    return reach.fetch(robots_url(url), private=private)


def _status(error: CollectError) -> int | None:
    return error.status if isinstance(error, Refused) else None
