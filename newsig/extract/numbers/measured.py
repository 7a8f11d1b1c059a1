"""Numbers with a unit: percentages, points and basis points, single, as a range, or as a part of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newsig.extract.numbers.made import Number, made
from newsig.extract.numbers.words import DIGITS, FRACTION, HYPHEN, NUMBER, VULGAR, number_value
from newsig.extract.openings import beginnings
from newsig.records import Comparator, Direction, Unit

UNITS: tuple[tuple[Unit, str], ...] = (
    ("points", (
        rf"percentage(?:\s{{1,2}}|{HYPHEN})points?\b|pct\.?\s?(?:points?|pts?)\b|%{HYPHEN}?\s?(?:points?|pts?)\b"
        r"|(?-i:ppt?s?)\b"
    )),
    ("percent", rf"percent\b|per(?:\s{{1,2}}|{HYPHEN})?cent\b|pct\b|(?<=\d)(?-i:pc)\b|%(?!\d)"),
    ("bp", rf"basis(?:\s{{1,2}}|{HYPHEN})points?\b|(?-i:bps?)\b|(?<=\d)BPS?\b"),
    ("points", r"(?:index\s+)?points?\b|pts?\b"),
)  # fmt: skip
"""Units as they are written; the first that fits."""
NAMED_BY_NUMBER = r"S&P|S&amp;P|Poor['’]s|Russell|CSI|FTSE|STOXX|Fortune|Forbes|Topix|SmallCap|MidCap"
"""Indices and lists whose names end in a number: what follows it is no unit."""
NO_MEASURE = (
    "plan|plans|programme|program|agenda|checklist|scale|font|type|guide|guard|shot|shots|play|turn|turns"
    "|modem|modems|connection|connections|link|links|cotton|wool|organic|sure|certain|confident|convinced"
)
"""What makes a number with a unit something else than a measure: "a 10-point plan", "100 percent cotton"."""
LEADS = (
    r"gain(?:s|ed|ing)?|los(?:e|es|t|ing)|r[io]ses?|risen|rising|f[ae]lls?|fallen|falling|add(?:s|ed|ing)?|shed"
    r"|up|down|off|climb(?:s|ed|ing)?|drop(?:s|ped|ping)?|slip(?:s|ped|ping)?|eas(?:e|es|ed|ing)|edg(?:ed|ing)"
    r"|jump(?:s|ed)?|advanced?|declin(?:e|ed)|dip(?:s|ped)?|tick(?:ed|ing)?|inch(?:ed|ing)?|cut|raised?|moved?"
    r"|put\s+on|gave\s+up|by|of|within|than|nearly|almost|about|around|roughly|over|under|just|only|as\s+much\s+as"
    r"|another|higher|lower"
)
"""Words before "a point" and "one percent" that make it a measure, unlike "at one point"."""


def _units(prefix: str) -> str:
    return "(?:" + "|".join(f"(?P<{prefix}{i}>{pattern})" for i, (_, pattern) in enumerate(UNITS)) + ")"


FILLERS: dict[str, Comparator] = {"+": ">", "plus": ">", "or more": ">=", "or so": "~", "odd": "~"}
"""What words between a number and its unit say of the true figure."""
_UNIT = _units("u")
_FIRST_UNIT = _units("v")
_ANY_UNIT = "(?:" + "|".join(pattern for _, pattern in UNITS) + ")"
_GAP = rf"(?:\s{{0,3}}|\s?{HYPHEN}\s?)"
_FILLER = rf"(?:(?P<filler>full|whole|entire|odd|or\s+so|or\s+more|plus)(?:\s{{1,3}}|{HYPHEN}))?"
_A_WHOLE = r"(?:an?|one|1)\s+(?:full\s+|single\s+|whole\s+)?"
_SIGN = r"(?:[+−–-](?=[\d.])|(?:minus|plus|negative)\s+)"
_FREE = r"(?<![\w.$€£¥/⁄&%])(?<!\d,)"
_LINK = rf"(?:\s{{1,2}}(?:to|or)\s{{1,2}}|\s?(?:{HYPHEN}|[–—])\s?|{HYPHEN}to{HYPHEN})"
_MEASURED = re.compile(
    rf"{_FREE}(?P<sign>{_SIGN})?(?P<first>{NUMBER})(?P<plus>\+)?"
    rf"(?:(?P<unit>{_GAP}{_FIRST_UNIT})?(?P<link>{_LINK})(?P<sign2>{_SIGN})?(?P<second>{NUMBER}))?"
    rf"(?P<gap>{_GAP}){_FILLER}{_UNIT}",
    re.IGNORECASE,
)
_BEGINNING = beginnings(rf"{_SIGN}|{NUMBER}")
_BETWEEN = re.compile(
    rf"\bbetween\s+(?P<sign>{_SIGN})?(?P<first>{NUMBER})(?:{_GAP}{_ANY_UNIT})?\s+and\s+"
    rf"(?P<sign2>{_SIGN})?(?P<second>{NUMBER}){_GAP}{_UNIT}",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"{_FREE}(?:\b(?P<part>{FRACTION})\s+(?:of\s+)?|(?P<digits>{VULGAR}|{DIGITS})\s+of\s+){_A_WHOLE}{_UNIT}",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"\b(?:an?|one)\s+(?P<whole>(?:full|whole|single|entire)\s+)?{_UNIT}(?P<more>\s+or\s+two\b)?", re.IGNORECASE
)
_ANY_UNIT_AT_ALL = re.compile(r"point|per.{0,2}cent|pct|%|pts?\b|ppt?s?\b|\dpc|bps?\b", re.IGNORECASE | re.DOTALL)
"""What no number with a unit is without."""
_LED = re.compile(rf"\b(?:{LEADS})\s+$", re.IGNORECASE)
_NO_ONE = re.compile(r"\s+(?:of|where|when|that|at|in\s+time|to\s+note)\b", re.IGNORECASE)
_NAMED_PART = re.compile(
    r"\b(?:first|second|third|fourth|last|latest|this|next|previous|prior|current|per|each|every)[\s-]+$", re.IGNORECASE
)
_OTHERWISE = re.compile(rf"(?:\s+|{HYPHEN})(?:{NO_MEASURE})\b", re.IGNORECASE)
_NAME = re.compile(rf"(?:{NAMED_BY_NUMBER})\s+$", re.IGNORECASE)
_ARTICLE = re.compile(rf"an?(?:\s+|{HYPHEN})", re.IGNORECASE)
_LOOK_BACK = 24
"""How many characters before a number its context is looked for."""


def find_measured(text: str) -> Iterator[Number]:
    """The numbers that have a unit, in no particular order; they may overlap."""
    if not _ANY_UNIT_AT_ALL.search(text):
        return
    for found in (_numbers, _between, _parts, _ones):
        yield from (number for number in found(text) if not _OTHERWISE.match(text, number.end))


def _numbers(text: str) -> Iterator[Number]:
    at = 0
    while match := _next_measured(text, at):
        at = match.end()
        first, second = number_value(match["first"]), number_value(match["second"] or "")
        if first is None or _spurious(text, match):
            continue
        unit, sign = _unit(match), _sign(match["sign"])
        if match["second"] is None:
            number = made(text, (_start(match), match.end()), first, unit, sign=sign, at=match.start())
            yield _with_filler(number, match)
        elif second is not None and _is_range(match, first, second, unit):
            span, middle = (match.start("first"), match.end()), (first + second) / 2
            yield made(text, span, middle, unit, sign=sign, at=match.start(), joined=True)
        else:
            if own := _first_unit(match):  # "six per cent to 871.25 points": a move, then the level it led to
                yield made(text, (match.start("first"), match.end("unit")), first, own, sign=sign, at=match.start())
            at = match.end("unit" if match["unit"] else "first")


def _next_measured(text: str, at: int) -> re.Match[str] | None:
    """The first number with a unit behind a character: what a search finds, in a third of its time."""
    tried = (_MEASURED.match(text, place.start()) for place in _BEGINNING.finditer(text, at))
    return next(filter(None, tried), None)


def _with_filler(number: Number, match: re.Match[str]) -> Number:
    """The number with the hedge that stands between it and its unit: "213+ points", "5 or so percent"."""
    words = match["plus"] or " ".join((match["filler"] or "").lower().split())
    if words not in FILLERS or number.hedge:
        return number
    return replace(number, comparator=FILLERS[words], hedge=words)


def _spurious(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a number with its unit is none: "S&P 500 points to", "the third quarter points to"."""
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    first, adjoined = match["first"].lower(), match["gap"].strip() != ""
    if _NAME.search(before) and first.isdigit() and match["second"] is None and match["gap"].isspace():
        return True
    if first in ("half", "quarter"):
        return _NAMED_PART.search(before) is not None or text[match.end() - 1].lower() == "s"
    return first == "one" and _unit(match) in ("points", "percent") and not adjoined and match["second"] is None


def _start(match: re.Match[str]) -> int:
    """Where the number begins; the article of "a quarter-point cut" belongs to the cut."""
    article = _ARTICLE.match(match["first"]) if match["gap"].strip() else None
    return match.start("first") + (article.end() if article else 0)


def _is_range(match: re.Match[str], first: float, second: float, unit: Unit) -> bool:
    """Whether two joined numbers bound one figure: of one unit and sign, rising, and of like size."""
    return _of_one_sign(match) and first < second <= 10 * first and _first_unit(match) in (None, unit)


def _of_one_sign(match: re.Match[str]) -> bool:
    """Whether both ends of a range lie on one side of zero: "-3 to -1%", "minus 2 to 3%", but not "-1% to 2%"."""
    if match["sign2"]:
        return _sign(match["sign"]) == _sign(match["sign2"])
    return _sign(match["sign"]) != "down" or match["sign"].strip().isalpha() or "to" not in match["link"].lower()


def _unit(match: re.Match[str]) -> Unit:
    return next(unit for i, (unit, _) in enumerate(UNITS) if match[f"u{i}"])


def _first_unit(match: re.Match[str]) -> Unit | None:
    return next((unit for i, (unit, _) in enumerate(UNITS) if match[f"v{i}"]), None)


def _sign(text: str | None) -> Direction | None:
    if not text:
        return None
    return "up" if text.strip().lower() in ("+", "plus") else "down"


def _between(text: str) -> Iterator[Number]:
    for match in _BETWEEN.finditer(text):
        first, second = number_value(match["first"]), number_value(match["second"])
        if first is not None and second is not None and _sign(match["sign"]) == _sign(match["sign2"] or match["sign"]):
            span, middle = (match.start("first"), match.end()), (first + second) / 2
            yield made(text, span, middle, _unit(match), sign=_sign(match["sign"]), joined=True)


def _parts(text: str) -> Iterator[Number]:
    """Parts of one: "half a percentage point", "0.77 of a point", "a tenth of 1 percent"."""
    for match in _PART.finditer(text):
        value = number_value(match["part"] or match["digits"])
        if value is not None:
            yield made(text, match.span(), value, _unit(match))


def _ones(text: str) -> Iterator[Number]:
    """One whole unit: "a full point", "a basis point", "a percentage point or two"."""
    for match in _ONE.finditer(text):
        loose = match[0].split()[-1].lower() in ("point", "percent", "cent") and _unit(match) in ("points", "percent")
        if loose and not match["whole"] and "percentage" not in match[0].lower() and not _is_led(text, match):
            continue
        more = match["more"] is not None
        yield made(text, match.span(), 1.5 if more else 1.0, _unit(match), joined=more)


def _is_led(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    return _LED.search(before) is not None and not _NO_ONE.match(text, match.end())
