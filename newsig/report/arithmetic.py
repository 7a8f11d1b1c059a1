"""The arithmetic of a verdict, spelled out: bars, move, what the figure allows, and why it comes out as it does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Protocol

from newsig.records import Claim, Split, Verdict
from newsig.report.verdict_words import MARKS, because

UNITS = {"percent": "percent", "points": "points", "bp": "basis points", "times": "times", "percent_a_year": "percent"}
MOST_BARS = 6
"""Bars that are spelled out; of more the first and the last."""
MOST_WINDOWS = 4


class Reasoned(Protocol):
    """What the arithmetic is of, see `newsig.report.reasoning.Why`."""

    @property
    def claim(self) -> Claim:
        """The claim."""

    @property
    def verdict(self) -> Verdict | None:
        """What the closes say of it; null where it was not checked."""

    @property
    def room(self) -> tuple[float, float] | None:
        """The tolerance with room for rounding."""

    @property
    def splits(self) -> tuple[Split, ...]:
        """Splits since the window began."""

    @property
    def price_source(self) -> str | None:
        """Where the prices came from."""

    @property
    def checked_at(self) -> str | None:
        """When it was checked."""


def reckoned(why: Reasoned) -> list[tuple[str, str]]:
    """The verdict step by step: the name of each, and its words."""
    verdict = why.verdict
    if verdict is None:
        return [("outcome", "not checked: `newsig check` holds it against the closes")]
    return [
        ("outcome", f"{MARKS[verdict.outcome]} {verdict.outcome}{_rung(verdict)}"),
        *_window(why.claim, verdict),
        *_bars(verdict),
        *_splits(why),
        *_move(why.claim, verdict, why.room),
        ("because", _because(verdict)),
        *_searched(verdict),
        *_prices(why),
    ]


def _rung(verdict: Verdict) -> str:
    named = verdict.rung or verdict.reason
    return f" ({'rung' if verdict.rung else 'reason'} {named})" if named else ""


def _window(claim: Claim, verdict: Verdict) -> Iterator[tuple[str, str]]:
    base, end = verdict.base_date, verdict.end_date
    if base and end:
        yield "sessions", f"from the close of {_day(base)} to the close of {_day(end)}"
    elif end:
        yield "sessions", f"the close of {_day(end)}"
    else:
        yield "sessions", "not known"
    if verdict.solved:
        yield "", "the words leave several windows open; the prices chose this one"
    elif verdict.rung == "window" and (claim.base_date or claim.end_date):
        yield "", f"read was another window, {claim.base_date or '?'} to {claim.end_date or '?'}"


def _day(day: date) -> str:
    return f"{day:%A} {day.isoformat()}"


def _bars(verdict: Verdict) -> Iterator[tuple[str, str]]:
    bars = verdict.bars
    few = bars if len(bars) <= MOST_BARS else (bars[0], bars[-1])
    for number, bar in enumerate(few):
        within = "" if bar.low is None or bar.high is None else f", {_number(bar.low)} to {_number(bar.high)} that day"
        yield "closes" if number == 0 else "", f"{bar.day.isoformat()}  {_number(bar.close)}  {bar.symbol}{within}"
    if len(few) < len(bars):
        yield "", f"and {len(bars) - len(few)} between them"


def _splits(why: Reasoned) -> Iterator[tuple[str, str]]:
    for number, split in enumerate(why.splits):
        words = f"{split.day.isoformat()}  1 share became {split.ratio:g}: earlier closes are divided by that"
        yield "splits" if number == 0 else "", words


def _move(claim: Claim, verdict: Verdict, room: tuple[float, float] | None) -> Iterator[tuple[str, str]]:
    if verdict.formula:
        yield "arithmetic", verdict.formula
    if verdict.tolerance:
        signs = "" if claim.measure in ("level", "market_cap") else "+"
        unit = UNITS.get(claim.unit, "")
        words = f"{claim.hedge} {claim.text}" if claim.hedge else claim.text
        yield "allowed", f"“{words}” allows {_band(verdict.tolerance, signs)} {unit}".rstrip()
        if room and verdict.rung != "close":
            yield "", f"with room for rounding {_band(room, signs)} {unit}".rstrip()


def _band(band: tuple[float, float], signs: str) -> str:
    return " to ".join(_number(bound, signs) for bound in band)


def _number(amount: float, sign: str = "") -> str:
    """A number with as many places as it needs, six at most.

    >>> _number(5567.19), _number(-0.545, "+"), _number(0.5350000001, "+"), _number(0.0)
    ('5567.19', '−0.545', '+0.535', '0')
    """
    whole = f"{amount:{sign}.6f}".rstrip("0").rstrip(".")
    return ("0" if whole in ("-0", "+0") else whole).replace("-", "−")


def _because(verdict: Verdict) -> str:
    words = because(verdict.outcome, verdict.rung, verdict.reason)
    if verdict.loose:
        words += "; the bound is met by so far that a nearer figure would have been printed"
    if verdict.cases is not None:
        words += f"; {verdict.cases:,} cases were compared"
    return words


def _searched(verdict: Verdict) -> Iterator[tuple[str, str]]:
    if verdict.chance is not None:
        yield "chance", f"of the figures from half to twice that size {verdict.chance:.0%} would fit as well"
    if len(verdict.windows) > 1 or verdict.solved:
        told = [f"{first} to {last}" for first, last in verdict.windows[:MOST_WINDOWS]]
        more = len(verdict.windows) - len(told)
        yield "windows", f"true in {', '.join(told)}" + (f" and {more} more" if more else "")


def _prices(why: Reasoned) -> Iterator[tuple[str, str]]:
    verdict = why.verdict
    if verdict and verdict.price_hash:
        yield "prices", f"from {why.price_source or 'a source that is not known'}, digest {verdict.price_hash}"
    if why.checked_at:
        yield "checked", moment(why.checked_at)


def moment(at: str) -> str:
    """A stored moment as a reader would write it.

    >>> moment("2024-07-18T02:26:09.563197+00:00")
    '2024-07-18 02:26 UTC'
    """
    return f"{datetime.fromisoformat(at).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
