"""What is traded, its prices, and what they say of a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from newsig.records.stories import Failure
from newsig.records.words import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A thing with a price. ``kind`` is ``index``, ``stock``, ``etf``, ``commodity``, ``currency``, ``rate`` or
    ``crypto``; ``market`` the MIC of the exchange calendar its sessions follow; ``segment`` an id of the segment
    table."""

    symbol: str
    name: str
    kind: str
    market: str
    segment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of the market that stories speak of as one ("small caps"). ``proxy`` is the index measuring it, ``fund``
    the exchange-traded fund tracking that index."""

    id: str
    name: str
    proxy: str | None = None
    fund: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One session's bar. Prices in the instrument's own units; ``close`` is adjusted for splits but not for
    dividends, ``adj_close`` for both, null where the source has none."""

    symbol: str
    day: date
    close: float
    open: float | None = None
    high: float | None = None
    low: float | None = None
    adj_close: float | None = None
    volume: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """From ``day`` on a share is traded as ``ratio`` shares: 10 in a ten-for-one split, 0.1 where ten become one."""

    symbol: str
    day: date
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """What a provider gave at one go for one symbol.

    ``first`` and ``last`` are the days that were asked for, both included, ``at`` the aware moment of asking and
    ``sha256`` the digest of the bytes that came. ``splits`` are all of the symbol until ``at``, null where the provider
    tells none. ``currency`` is the provider's code for what one unit of a price is (``GBp`` is a penny), null
    where it tells none. ``failures`` are rows of it that could not be used.
    """

    symbol: str
    provider: str
    first: date
    last: date
    at: datetime
    sha256: str
    bars: tuple[Price, ...]
    splits: tuple[Split, ...] | None = None
    currency: str | None = None
    failures: tuple[Failure, ...] = ()

    @property
    def source(self) -> str:
        """The name that its bars carry: the provider, with the day of asking in UTC."""
        return f"{self.provider} {self.at.astimezone(UTC).date()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """A stored close that another one took the place of, and where both came from."""

    symbol: str
    day: date
    old_close: float
    new_close: float
    old_source: str
    new_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the closes say of one claim.

    ``actual`` is the move that the closes give, signed, in the claim's unit; ``tolerance`` the half-open interval of
    moves, signed, that the printed figure allows. ``reason`` is set where the outcome is ``undecided``.
    ``price_hash`` is a digest of the bars used, ``formula`` the arithmetic in words of a person. ``base_date`` and
    ``end_date`` are the window that was held against prices, ``windows`` those that make the figure true where the
    words leave several possible, ``solved`` says that prices chose among them. ``chance`` is the share of figures of
    that size that would fit as well, ``loose`` marks a bound that was met by far, ``cases`` is how many earlier cases
    an average or rank was taken from. ``bars`` are those that the arithmetic uses.
    """

    outcome: Outcome
    rung: str | None = None
    reason: str | None = None
    actual: float | None = None
    tolerance: tuple[float, float] | None = None
    base_date: date | None = None
    end_date: date | None = None
    formula: str | None = None
    price_hash: str | None = None
    solved: bool = False
    chance: float | None = None
    loose: bool = False
    windows: tuple[tuple[date, date], ...] = ()
    cases: int | None = None
    bars: tuple[Price, ...] = ()
