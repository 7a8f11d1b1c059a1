"""What followed earlier cases: "after those earlier surges, the index posted an average gain of 5.9 percent".

The condition is a streak that the same story tells of the same thing, such as five sessions that each gained at least
one percent. Its earlier cases are sought in all bars that are known, and what followed each is averaged. An average
that bears the figure out is `supported`, with the number of cases; another one shows only that the writer's cases are
not all among ours: ``needs_history``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import fsum
from statistics import stdev

from newsig.compare.answering import bands, fits, undecided
from newsig.compare.moves import series
from newsig.compare.streaks import each_of
from newsig.compare.windows import COUNT, counted
from newsig.records import Claim, Price, Verdict

FOLLOWING = re.compile(
    rf"\b(?:following|next|subsequent|ensuing)\s+(?:{COUNT}\s+)?(?P<unit>session|day|week|month|quarter|year)s?\b"
    r"|\b(?P<unit2>week|month|quarter|year) (?:later|after)\b",
    re.IGNORECASE,
)
"""Words for what came after a case."""

SESSIONS = {"session": 1, "day": 1, "week": 5, "month": 21, "quarter": 63, "year": 252}


@dataclass(frozen=True, slots=True)
class BaseRate:
    """What followed the cases: ``moves`` in percent with the session that each case ended with, oldest first."""

    moves: tuple[tuple[date, float], ...]

    @property
    def mean(self) -> float:
        """The average move, in percent."""
        return fsum(move for _, move in self.moves) / len(self.moves)

    @property
    def spread(self) -> float | None:
        """The standard deviation of the moves, in percentage points; None for a single case."""
        return stdev(move for _, move in self.moves) if len(self.moves) > 1 else None


def horizon(claim: Claim) -> int | None:
    """How many sessions after a case a claim averages over; None where it tells of no cases."""
    said = FOLLOWING.search(claim.period.text) if claim.period and claim.modality == "historical" else None
    if said is None or claim.unit != "percent" or claim.measure != "price" or claim.comparator not in ("=", "~"):
        return None
    many = counted(said["count"]) if said["count"] else 1
    return many * SESSIONS[(said["unit"] or said["unit2"]).lower()]


def condition(claim: Claim, others: Sequence[Claim]) -> Claim | None:
    """The streak before the claim that its cases are like, from the same story and of the same thing."""
    before = [
        other for other in others if other.symbol == claim.symbol and other.end <= claim.start and _is_case(other)
    ]
    return before[-1] if before else None


def _is_case(claim: Claim) -> bool:
    """Whether a claim is of sessions that each moved by so many percent at least."""
    return each_of(claim) is not None and claim.unit == "percent" and claim.comparator in (">", ">=", "=")


def after_cases(days: Mapping[date, Price], like: Claim, ahead: int, until: date) -> BaseRate:
    """The moves over ``ahead`` sessions after each earlier case of the condition.

    A case is the session with which a run first has the length of the streak; those that ended within the last
    ``ahead`` sessions up to ``until`` were not over yet.
    """
    length, known = each_of(like) or 1, [day for day in days if day <= until]
    sign = -1 if like.direction == "down" else 1
    run, found = 0, []
    for at in range(1, len(known)):
        before, after = days[known[at - 1]].close, days[known[at]].close
        moved = sign * (after / before - 1) * 100 if before > 0 else 0.0
        run = run + 1 if moved >= like.value else 0
        if run == length and at + ahead < len(known):
            found.append((known[at], (days[known[at + ahead]].close / after - 1) * 100))
    return BaseRate(tuple(found))


def check_base_rate(claim: Claim, like: Claim | None, bars: Sequence[Price], until: date | None) -> Verdict:
    """What the bars say of an average over earlier cases; the answers are those of `newsig.compare.check.check`."""
    ahead = horizon(claim)
    days = series(claim.symbol or "", bars)
    if ahead is None or like is None or until is None:
        return undecided(claim, "historical")
    cases = after_cases(days, like, ahead, until)
    if not cases.moves:
        return replace(undecided(claim, "needs_history"), cases=0)
    exact, rounded = bands(claim, 0.0)
    rung = "close" if fits(claim, cases.mean, exact) else "rounding" if fits(claim, cases.mean, rounded) else None
    return Verdict(
        outcome="supported" if rung else "undecided",
        rung=rung,
        reason=None if rung else "needs_history",
        actual=cases.mean,
        tolerance=exact,
        formula=shown(cases, ahead),
        cases=len(cases.moves),
    )


def shown(cases: BaseRate, ahead: int) -> str:
    """The cases as a person would write them."""
    each = ", ".join(f"{_signed(move, 1)} % after {day}" for day, move in cases.moves[-8:])
    spread = "" if cases.spread is None else f", standard deviation {cases.spread:.1f}"
    return f"mean of {len(cases.moves)} over {ahead} sessions {_signed(cases.mean, 2)} %{spread}: {each}"


def _signed(amount: float, decimals: int) -> str:
    return f"{amount:+.{decimals}f}".replace("-", "−")
