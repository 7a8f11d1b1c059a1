"""What a call hangs on, read from the words behind its "if"; and whether it came true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from newsig.compare.figures import printed
from newsig.compare.moves import YIELDS
from newsig.compare.scorecard import lexicon as say
from newsig.compare.scorecard.clauses import OTHER, TARGET, tokens
from newsig.compare.scorecard.directions import told
from newsig.compare.scorecard.nouns import Condition, Event, SizeUnit
from newsig.compare.scorecard.paths import Path
from newsig.records import Claim

YIELD_SYMBOLS = ("^TNX",)
RATE_SYMBOLS = ("^IRX", "^TNX")
"""What rates are measured by: three-month bills and ten-year notes, which must agree where both have prices."""


def read_condition(words: str, marked: str, symbols: Sequence[str], claims: Iterable[Claim], opens: str) -> Condition:
    """The condition that its words state.

    Args:
        words: as they stand in the statement.
        marked: the same with the one thing that it names as `TARGET`, or what it says of rates and yields.
        symbols: those of that thing; none where it names nothing, or more than one thing.
        claims: the figures in it.
        opens: the word before it, "if" or "unless".
    """
    found, unless = tokens(marked), opens in say.UNLESS
    if TARGET not in found:
        found, symbols = _rates(found)
    if not symbols or TARGET not in found or OTHER in found or say.FUNDAMENTALS.intersection(found):
        return Condition(text=words, unless=unless)
    holds = bool(say.HOLDING.intersection(found))
    if bound := _bound(found):
        event, level = bound
        return Condition(text=words, symbols=tuple(symbols), event=event, level=level, holds=holds, unless=unless)
    claim = next((one for one in claims if one.measure in ("price", "yield") and one.direction != "flat"), None)
    way = claim.direction if claim else told([found])
    if way is None or way == "unclear":
        return Condition(text=words, unless=unless)
    size, unit = size_of(claim, symbols[0]) if claim else (None, None)
    return Condition(
        text=words, symbols=tuple(symbols), event="move", direction=way, size=size, unit=unit, unless=unless
    )


def size_of(claim: Claim, symbol: str) -> tuple[float | None, SizeUnit | None]:
    """The least size that a claim allows, in a unit that the symbol's closes have; nulls where it has none."""
    if claim.comparator in ("<", "<=") or claim.direction == "flat":
        return None, None
    least = printed(claim.text, claim.value).lowest
    if symbol in YIELDS:
        return (least, "bp") if claim.unit == "bp" else (None, None)
    if claim.unit == "percent":
        return least, "percent"
    if claim.unit == "points" and symbol.startswith("^"):
        return least, "points"
    if claim.unit == "times" and claim.value > 1:
        return 100 * (1 - 1 / claim.value if claim.direction == "down" else claim.value - 1), "percent"
    return (100 * claim.value, "percent") if claim.unit == "fraction" else (None, None)


def _rates(found: tuple[str, ...]) -> tuple[tuple[str, ...], Sequence[str]]:
    """The words with rates or yields as `TARGET`, and what measures them."""
    at = next((at for at, word in enumerate(found) if word in say.RATES), None)
    if at is None or (at and found[at - 1] in say.NO_RATES):
        return found, ()
    return (*found[:at], TARGET, *found[at + 1 :]), YIELD_SYMBOLS if found[at].startswith("yield") else RATE_SYMBOLS


def _bound(found: Sequence[str]) -> tuple[Event, float] | None:
    """The level that the words put something above or below."""
    for at, word in enumerate(found[:-1]):
        if word in say.OVER or word in say.UNDER:
            number = found[at + 1].lstrip("$").replace(",", "")
            if number.replace(".", "", 1).isdigit():
                return ("above" if word in say.OVER else "below"), float(number)
    return None


def came_true(condition: Condition, paths: Mapping[str, Path], start: date, end: date) -> tuple[bool | None, date]:
    """Whether a condition came true after ``start`` and not after ``end``, and from which session on.

    A close above or below a level makes it true from that session on; what holds, or moves, is judged over the whole
    time and counts from the start. None where nobody can know, or rates of different lives disagree.
    """
    answers = [
        answer
        for symbol in condition.symbols
        if symbol in paths and (answer := _answer(condition, paths[symbol], start, end)) is not None
    ]
    if not answers or len({met for met, _ in answers}) > 1:
        return None, start
    met, since = answers[0]
    if condition.unless:
        return not met, start
    return met, max(start, since)


def _answer(condition: Condition, path: Path, start: date, end: date) -> tuple[bool, date] | None:
    base, days = path.at(start), path.between(start, end)
    if base is None or not days:
        return None
    if condition.event == "move":
        moved = path.moved(base, days[-1]) if condition.size is None else path.best(condition.direction, base, days)
        if moved is None or condition.direction is None:
            return None
        return path.goes(moved, condition.direction, condition.size, condition.unit, base), start
    if condition.level is None:
        return None
    beyond = [day for day in days if (path.closes[day] > condition.level) == (condition.event == "above")]
    if condition.holds:
        return len(beyond) == len(days), start
    return bool(beyond), beyond[0] if beyond else start
