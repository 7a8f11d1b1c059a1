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
from newsig.records import Claim, Direction

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
    mixed = say.FUNDAMENTALS.intersection(found) or say.JOINING.intersection(found) or found.count(TARGET) > 1
    if not symbols or TARGET not in found or OTHER in found or mixed:
        return Condition(text=words, unless=unless)
    holds = bool(say.HOLDING.intersection(found))
    if bound := _bound(found):
        event, level = bound
        if _numbers(found) > 1 or ("percent" in found and symbols[0] not in YIELDS):
            return Condition(text=words, unless=unless)
        return Condition(text=words, symbols=tuple(symbols), event=event, level=level, holds=holds, unless=unless)
    move = _move(found, list(claims), symbols)
    if move is None:
        return Condition(text=words, unless=unless)
    way, size, unit = move
    return Condition(
        text=words, symbols=tuple(symbols), event="move", direction=way, size=size, unit=unit, unless=unless
    )


def _move(
    found: Sequence[str], claims: Sequence[Claim], symbols: Sequence[str]
) -> tuple[Direction, float | None, SizeUnit | None] | None:
    """The move that the words tell, by its figure where they have one; None where a figure is left over."""
    if not claims:
        way = told([found])
        return None if way is None or way == "unclear" or _numbers(found) else (way, None, None)
    claim, inside = claims[0], tokens(claims[0].text)
    if len(claims) > 1 or claim.measure not in ("price", "yield") or _numbers(found) > _numbers(inside):
        return None
    size, unit = size_of(claim, symbols[0])
    return None if size is None else (claim.direction, size, unit)


def _numbers(found: Sequence[str]) -> int:
    """How many of the words tell a number."""
    return sum(word in (*say.ONES, *say.TENS) or any(sign.isdigit() for sign in word) for word in found)


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

    A close above or below a level, or the first that is as far away as told, makes it true from that session on; what
    holds, or moves by no told size, is judged over the whole time and counts from the start. None where nobody can
    know since closes are missing, or rates of different lives disagree.
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
    base, last = path.at(start), path.at(end)
    if base is None or last is None or last <= base:
        return None
    if condition.event == "move" and condition.size is None:
        moved = path.moved(base, last)
        return None if moved is None or condition.direction is None else (path.goes(moved, condition.direction), start)
    if not path.is_whole(base, last):
        return None
    days = path.between(base, last)
    met = [day for day in days if _is_met(condition, path, base, day)]
    if condition.holds and condition.event != "move":
        return len(met) == len(days), start
    return bool(met), met[0] if met else start


def _is_met(condition: Condition, path: Path, base: date, day: date) -> bool:
    """Whether one close is beyond the level, or as far from ``base`` as told."""
    if condition.level is not None:
        close, level = path.closes[day], condition.level
        return close > level if condition.event == "above" else close < level
    moved, way = path.moved(base, day), condition.direction
    return moved is not None and way is not None and path.goes(moved, way, condition.size, condition.unit, base)
