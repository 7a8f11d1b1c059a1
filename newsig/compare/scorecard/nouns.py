"""The nouns of a scorecard: a call, the condition it hangs on, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from newsig.records import Direction

Kind = Literal["forecast", "conditional", "hope"]
Basis = Literal["claim", "words", "tone"]
Event = Literal["move", "above", "below"]
SizeUnit = Literal["percent", "points", "bp"]
Result = Literal["hit", "miss", "pending", "ungraded"]
Reason = Literal[
    "hope",
    "no_target",
    "no_direction",
    "no_date",
    "no_horizon",
    "no_window",
    "no_prices",
    "unknown_condition",
    "condition_not_met",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must come true before a call counts.

    ``symbols`` are the things it speaks of, in the order in which they are looked for; none where nothing listed is
    meant, and then nobody can check it. ``event`` is a ``move`` in ``direction``, at least of ``size`` where one is
    told, or a close ``above`` or ``below`` a ``level``; where ``holds``, every close must be. ``unless`` turns it over.
    """

    text: str
    symbols: tuple[str, ...] = ()
    event: Event | None = None
    direction: Direction | None = None
    level: float | None = None
    size: float | None = None
    unit: SizeUnit | None = None
    holds: bool = False
    unless: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """That the price of something will go one way by some day, as one source said it.

    ``symbol`` is what it is measured by: the thing itself, or the index of the ``segment``; null where it is about
    nothing with a price. ``direction`` is null where the words give none, or where ``level`` does: then it is the way
    from the first close to that level. ``basis`` says what told it. ``event`` is ``above`` or ``below`` where the call
    is that the last close stands so to ``level``. ``size`` is in ``unit``, never negative. ``probability`` is that of
    the call coming true, in (0.5, 1]. ``horizon`` is the last day of the time it is given.
    """

    quote_id: int
    article_id: str
    source_id: int
    source: str
    published: date | datetime | None
    kind: Kind
    text: str
    symbol: str | None = None
    segment: str | None = None
    direction: Direction | None = None
    basis: Basis | None = None
    event: Event = "move"
    level: float | None = None
    size: float | None = None
    unit: SizeUnit | None = None
    horizon: date | None = None
    horizon_words: str | None = None
    condition: Condition | None = None
    probability: float | None = None
    copies: int = 0

    @property
    def target(self) -> str | None:
        """The symbol or the segment that the call is about."""
        return self.segment or self.symbol

    @property
    def sided(self) -> bool:
        """Whether the words tell what would make the call come true."""
        return self.direction is not None or self.level is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What came of a call.

    ``start`` and ``end`` are the sessions whose closes were compared, ``sessions`` how many lie between them, ``moved``
    the move: in percent, in basis points for yields. ``reached`` tells whether any close in between came up to the
    level or size that was told, null where none was. ``base_rate`` is the share of earlier windows of that length that
    went as called, ``event_rate`` the share in which what the probability was given for came true; both null where
    there are too few. ``assumed`` says that the horizon was not the source's own.
    """

    result: Result
    reason: Reason | None = None
    direction: Direction | None = None
    start: date | None = None
    end: date | None = None
    sessions: int | None = None
    moved: float | None = None
    reached: bool | None = None
    base_rate: float | None = None
    event_rate: float | None = None
    formula: str | None = None
    assumed: bool = False
