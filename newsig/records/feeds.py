"""A feed as it is kept: where it is, what it asked for, and how its last visit went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed that is collected.

    ``url`` is the address under which it was added and is known for good; ``address`` where it has moved to for good,
    null where it has not. ``private`` permits it to be in one's own network. ``etag`` and ``last_modified`` are the
    server's own words. Moments are aware: ``fetched_at`` of the last visit, with its HTTP ``status`` (null where no
    answer came) and ``error`` (null where all went well); ``whole_at`` when it last sent all of itself;
    ``last_new_at`` when it last brought something new; ``not_before`` until when it asked to be left alone;
    ``stopped_at`` when it said that it is gone. ``failing`` counts the visits in a row that failed, ``moves`` those in
    a row that led to ``moving_to`` for good.
    """

    url: str
    added_at: datetime
    title: str | None = None
    address: str | None = None
    private: bool = False
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: datetime | None = None
    status: int | None = None
    error: str | None = None
    whole_at: datetime | None = None
    last_new_at: datetime | None = None
    not_before: datetime | None = None
    stopped_at: datetime | None = None
    failing: int = 0
    moving_to: str | None = None
    moves: int = 0

    @property
    def at(self) -> str:
        """Where it is fetched."""
        return self.address or self.url
