"""Numbers that can state a move: percentages, points, basis points and multiples, with their hedges.

Pure text in, records out; what moved, and whether anything moved at all, is decided in `newsig.extract.claims`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsig.records import Comparator, Direction, Unit

ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORD_VALUES = (
    {word: float(value) for value, word in enumerate(ONES, start=1)}
    | {word: float(value * 10) for value, word in enumerate(TENS, start=2)}
    | {
        f"{ten}-{one}": float(t * 10 + o)
        for t, ten in enumerate(TENS, start=2)
        for o, one in enumerate(ONES[:9], start=1)
    }
    | {"hundred": 100.0, "half": 0.5, "a half": 0.5, "half a": 0.5, "a quarter": 0.25, "quarter": 0.25, "a": 1.0}
)
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875}
MULTIPLES: dict[str, tuple[float, Direction]] = {
    "doubled": (2.0, "up"),
    "doubling": (2.0, "up"),
    "tripled": (3.0, "up"),
    "tripling": (3.0, "up"),
    "trebled": (3.0, "up"),
    "quadrupled": (4.0, "up"),
    "quadrupling": (4.0, "up"),
    "quintupled": (5.0, "up"),
    "halved": (2.0, "down"),
    "halving": (2.0, "down"),
}
HALVES = {
    "half": 0.5,
    "quarter": 0.25,
    "a quarter": 0.25,
    "a third": 1 / 3,
    "three-quarters": 0.75,
    "three quarters": 0.75,
}
"""Parts of one point or percent: "half a percentage point", "a quarter-point cut"."""
FOLDS = {"twofold": 2.0, "threefold": 3.0, "fourfold": 4.0, "fivefold": 5.0, "sixfold": 6.0, "tenfold": 10.0}

HEDGES: tuple[tuple[str, Comparator], ...] = (
    (r"no less than|not less than|at least|a minimum of|at a minimum of", ">="),
    (r"as much as|as many as|up to|at most|no more than|not more than|a maximum of|within|by as much as", "<="),
    (r"more than|greater than|better than|over|above|in excess of|well over|upwards of|north of|topping", ">"),
    (r"nearly|almost|less than|close to|just under|just shy of|just below|shy of|under|below|not quite", "<"),
    (r"about|around|roughly|approximately|some|an estimated|circa|or so|approx\.?", "~"),
    (r"just over|slightly more than|a little more than|a bit more than|slightly over", ">"),
    (r"slightly less than|slightly under|a little less than|fewer than|approaching", "<"),
)
_HEDGED = "|".join(
    f"(?P<h{i}>{'|'.join(sorted(pattern.split('|'), key=len, reverse=True))})" for i, (pattern, _) in enumerate(HEDGES)
)
_HEDGE = re.compile(
    rf"(?:^|(?<=[\s(\"“–—-]))(?:{_HEDGED})\s+(?:(?:an?|another|the|by|of)\s+)?"
    r"(?:(?:incredible|further|additional|modest|whopping|more modest|whole|full)\s+)?$",
    re.IGNORECASE,
)

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+"
_LONGEST_FIRST = sorted(WORD_VALUES, key=len, reverse=True)
_WORDS = "|".join(re.escape(word) for word in _LONGEST_FIRST if word not in ("a", "half a", "hundred"))
_GLYPHS = "[" + "".join(FRACTIONS) + "]"
_NUMBER = rf"(?:(?:{_DIGITS})(?:\s?{_GLYPHS}|\s+1/2)?|{_GLYPHS}|\b(?:{_WORDS})\b)"
_UNITS: tuple[tuple[str, Unit], ...] = (
    (r"percentage[\s-]points?|pct\.?\s?points?|%-?points?", "points"),
    (r"percent|per[\s-]?cent|pct\b\.?|%", "percent"),
    (r"basis[\s-]points?|bps?\b", "bp"),
    (r"of\s+a\s+points?|of\s+a\s+percentage\s+points?|points?\b|pts?\b", "points"),
)
_UNIT = "|".join(f"(?P<u{i}>{pattern})" for i, (pattern, _) in enumerate(_UNITS))
_FIRST_UNIT = r"(?:\s?%|[\s-](?:percent|pct|per cent|points?|basis points?|bps?))?"
_MEASURED = re.compile(
    rf"(?<![\w.,$€£¥/&])(?P<sign>[+−–-](?=[\d.])|minus\s+|plus\s+)?"
    rf"(?P<first>{_NUMBER})(?P<plus>\+)?"
    rf"(?:(?P<unit>{_FIRST_UNIT})\s?(?:to|-|–)\s?(?P<second>{_NUMBER}))?"
    rf"(?:[\s-]|\sa\s)?(?:{_UNIT})(?![\w])",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"\b(?P<half>half|quarter|a\s+third|a\s+quarter|three[\s-]quarters)\s+(?:of\s+)?an?\s+"
    r"(?P<unit>percentage\s+point|percent|point)\b"
    r"|\b(?P<quarter>quarter|half)-(?:percentage-)?point\b",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    rf"\b(?:(?P<verb>{'|'.join(MULTIPLES)})|(?P<fold>{'|'.join(FOLDS)}|(?P<times>\d+)-?fold))\b", re.IGNORECASE
)
_BETWEEN = re.compile(
    rf"\bbetween\s+(?P<first>{_NUMBER}){_FIRST_UNIT}\s+and\s+(?P<second>{_NUMBER})(?:[\s-])?(?:{_UNIT})(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with its unit as it stands in the text.

    ``sign`` is set where the number itself states the direction ("-1.5%", "doubled"); ``hedge`` holds the words that
    qualify it and ``joined`` whether it is a range, whose value is the midpoint.
    """

    start: int
    end: int
    text: str
    value: float
    unit: Unit
    comparator: Comparator = "="
    hedge: str | None = None
    sign: Direction | None = None
    joined: bool = False


def number_value(text: str) -> float | None:
    """The value of a number in digits, words or with a fraction; None where it is none.

    >>> number_value("1,418.36"), number_value("8,26"), number_value("twenty-five"), number_value("11½")
    (1418.36, 8.26, 25.0, 11.5)
    """
    text = text.strip().lower()
    if text in WORD_VALUES:
        return WORD_VALUES[text]
    extra = 0.0
    if text and text[-1] in FRACTIONS:
        extra, text = FRACTIONS[text[-1]], text[:-1].strip()
    elif text.endswith(" 1/2"):
        extra, text = 0.5, text[:-4]
    if not text:
        return extra
    if re.fullmatch(r"\d+,\d{1,2}", text):  # a decimal comma: "8,26%"
        text = text.replace(",", ".")
    try:
        return float(text.replace(",", "")) + extra
    except ValueError:
        return None


def find_numbers(text: str) -> list[Number]:
    """Every percentage, number of points or basis points, and multiple in the text, in order of appearance.

    >>> [(n.text, n.value, n.unit, n.comparator) for n in find_numbers("fell nearly 2 percent, or 25 points")]
    [('2 percent', 2.0, 'percent', '<'), ('25 points', 25.0, 'points', '=')]
    """
    found = sorted(
        (*_measured(text), *_between(text), *_halves(text), *_multiples(text)),
        key=lambda number: (number.start, -number.end),
    )
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return kept


def hedge_before(text: str, at: int) -> tuple[str, Comparator, int] | None:
    """The hedge that ends right before ``at``: its words, what it means and where it starts.

    >>> hedge_before("rose more than 5", 15)
    ('more than', '>', 5)
    """
    match = _HEDGE.search(text, max(0, at - 45), at)
    if not match:
        return None
    name = next(name for name, value in match.groupdict().items() if value)
    return match[name], HEDGES[int(name[1:])][1], match.start(name)


def _measured(text: str) -> Iterator[Number]:
    for match in _MEASURED.finditer(text):
        first = number_value(match["first"])
        if first is None:
            continue
        unit = next(unit for i, (_, unit) in enumerate(_UNITS) if match[f"u{i}"])
        start, value = match.start("first"), first
        second = number_value(match["second"]) if match["second"] else None
        sign: Direction | None = None
        if match["sign"]:
            sign = "up" if match["sign"].strip().lower() in ("+", "plus") else "down"
        if second is not None and not _is_range(match, first, second, unit):
            if own := _unit_of(match["unit"]):  # "six per cent to 871.25 points": a move, and the level it led to
                yield _made(text, start, match.end("unit"), first, own, sign, at=match.start())
            continue
        if second is not None:
            value = (first + second) / 2
        number = _made(text, start, match.end(), value, unit, sign, joined=second is not None, at=match.start())
        yield _with_plus(number) if match["plus"] else number


def _is_range(match: re.Match[str], first: float, second: float, unit: Unit) -> bool:
    """Whether two numbers joined by "to" bound one figure: of one unit, rising, and of like size."""
    return first < second <= 10 * first and _unit_of(match["unit"]) in (None, unit)


def _unit_of(text: str | None) -> Unit | None:
    words = (text or "").strip(" -").lower()
    return next((unit for pattern, unit in _UNITS if words and re.fullmatch(pattern, words, re.IGNORECASE)), None)


def _between(text: str) -> Iterator[Number]:
    for match in _BETWEEN.finditer(text):
        first, second = number_value(match["first"]), number_value(match["second"])
        if first is not None and second is not None:
            unit = next(unit for i, (_, unit) in enumerate(_UNITS) if match[f"u{i}"])
            yield _made(text, match.start("first"), match.end(), (first + second) / 2, unit, None, joined=True)


def _made(
    text: str,
    start: int,
    end: int,
    value: float,
    unit: Unit,
    sign: Direction | None,
    *,
    joined: bool = False,
    at: int | None = None,
) -> Number:
    hedge = hedge_before(text, start if at is None else at)
    comparator: Comparator = "~" if joined else hedge[1] if hedge else "="
    return Number(
        start=start,
        end=end,
        text=text[start:end],
        value=value,
        unit=unit,
        comparator=comparator,
        hedge=hedge[0] if hedge else None,
        sign=sign,
        joined=joined,
    )


def _with_plus(number: Number) -> Number:
    """ "213+ points" is more than 213 points."""
    return Number(
        start=number.start,
        end=number.end,
        text=number.text,
        value=number.value,
        unit=number.unit,
        comparator=">",
        hedge="+",
    )


def _halves(text: str) -> Iterator[Number]:
    for match in _HALF.finditer(text):
        word = re.sub(r"\s+", " ", (match["half"] or match["quarter"]).lower())
        unit: Unit = "percent" if (match["unit"] or "").lower() == "percent" else "points"
        yield _made(text, match.start(), match.end(), HALVES[word], unit, None)


def _multiples(text: str) -> Iterator[Number]:
    for match in _MULTIPLE.finditer(text):
        if match["verb"]:
            value, sign = MULTIPLES[match["verb"].lower()]
            yield _made(text, match.start(), match.end(), value, "times", sign)
        else:
            value = float(match["times"]) if match["times"] else FOLDS[match["fold"].lower()]
            yield _made(text, match.start(), match.end(), value, "times", None)
