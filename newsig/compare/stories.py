"""When a claim was printed, against the close of the session that it ends with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from newsig import sessions
from newsig.compare.moves import YIELDS
from newsig.records import Claim


class Story:
    """When a claim was printed, against the close of the session that it ends with.

    ``published`` is a plain date where the hour is not known; ``market`` the calendar of the claim's market.
    """

    def __init__(self, published: date | datetime | None, market: str, claim: Claim) -> None:
        self.hour_known = isinstance(published, datetime)
        self.moment = published
        self.day = published.astimezone(UTC).date() if isinstance(published, datetime) else published
        self.market = market
        self.end = claim.end_date
        self.says_close = claim.timing == "close"
        self.is_yield = claim.measure == "yield" or claim.symbol in YIELDS
        self.shared_close = market not in ("24/5", "24/7") and not (claim.symbol or "").endswith(("=X", "=F", "-USD"))

    @property
    def may_refute(self) -> bool:
        """Whether all stories mean the same closing price: bonds, currencies and futures have none."""
        return self.shared_close and not self.is_yield

    def finished(self) -> date | None:
        """The last session that was over when the story appeared, of the day itself where the hour is not known."""
        if self.day is None:
            return self.end
        last = sessions.on_or_before(self.market, self.day)
        if last is None or not isinstance(self.moment, datetime):
            return last
        closed = _close_of(self.market, last)
        return last if closed is not None and closed <= self.moment else sessions.before(self.market, last)

    def before_close(self) -> bool:
        """Whether the session was surely not over: prices that nobody had yet cannot confirm the figure."""
        if self.day is None or self.end is None or self.day > self.end + timedelta(days=1):
            return False
        if not isinstance(self.moment, datetime) or not self.shared_close:
            return self.day < self.end
        closed = _close_of(self.market, self.end)
        return not self.says_close and (self.moment < closed if closed else self.day < self.end)

    def before_open(self) -> bool:
        """Whether the session had surely not begun: none of its prices was there to be quoted."""
        if self.day is None or self.end is None or self.day > self.end:
            return False
        if not isinstance(self.moment, datetime) or not self.shared_close:
            return self.day < self.end
        opened = sessions.opens_at(self.market, self.end) if sessions.is_session(self.market, self.end) else None
        return self.moment < opened if opened else self.day < self.end

    def may_precede_close(self) -> bool:
        """Whether the session may not have been over, for all that is known."""
        return not self.says_close and self.day == self.end and not (self.hour_known and self.shared_close)


@lru_cache(maxsize=4096)
def _close_of(market: str, day: date) -> datetime | None:
    return sessions.closes_at(market, day) if sessions.is_session(market, day) else None
