"""How numbers are written: digits, words, glyphs and vulgar fractions, and what they are worth."""

from __future__ import annotations

import re
from math import isfinite

ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
DENOMINATORS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "hundredth": 100,
}  # fmt: skip
FRACTION_GLYPHS = {
    "½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
    "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip

HYPHEN = "[-‐‑]"
_GAP = rf"(?:\s{{1,2}}|{HYPHEN})"
_ONE = "|".join(sorted(ONES, key=len, reverse=True))
_TEN = "|".join(TENS)
_SMALL = rf"(?:(?:{_TEN})(?:{_GAP}(?:{'|'.join(sorted(ONES[:9], key=len, reverse=True))}))?|{_ONE})"
_HUNDREDS = rf"(?:(?:an?|{_ONE})\s+)?hundred(?:\s+(?:and\s+)?{_SMALL})?"
_THOUSANDS = rf"(?:an?|{_SMALL})\s+thousand"
_AND_A_PART = rf"{_GAP}and{_GAP}(?:(?:a|one){_GAP}(?:half|quarter|third)|three{_GAP}quarters)"
_PARTS = "|".join(sorted(DENOMINATORS, key=len, reverse=True))
FRACTION = rf"(?:(?:a|{'|'.join(ONES[:9])}){_GAP}(?:{_PARTS})s?|half|quarter)"
"""A fraction in words: "two-thirds", "a quarter", "half"."""
DIGITS = r"(?>\d{1,3}(?:,\d{3})+(?![\d,]\d)(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
_GLYPH = "[" + "".join(FRACTION_GLYPHS) + "]"
VULGAR = r"\d{1,2}[/⁄](?:2|3|4|5|8|10|16|32|64)(?![\d/])"
NUMBER = (
    rf"(?:(?<!\d\s){VULGAR}|{DIGITS}(?:\s?{_GLYPH}|(?:\s|{HYPHEN}){VULGAR})?|{_GLYPH}"
    rf"|\b(?:{_HUNDREDS}|{_THOUSANDS}|{_SMALL}{_AND_A_PART}|{FRACTION}|{_SMALL})\b)"
)
"""A number in any spelling."""

_VALUES = (
    {word: float(value) for value, word in enumerate(ONES, start=1)}
    | {word: 10.0 * value for value, word in enumerate(TENS, start=2)}
    | {"a": 1.0, "an": 1.0, "zero": 0.0}
)
_MIXED = re.compile(rf"(?P<whole>\d+)(?:\s|{HYPHEN})(?P<part>{VULGAR})")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_SPLIT = re.compile(r"[\s‐‑-]+")


def number_value(text: str) -> float | None:
    """The value of a number in digits, words or with a fraction; None where it is none.

    >>> number_value("1,418.36"), number_value("8,26"), number_value("twenty-five"), number_value("11½")
    (1418.36, 8.26, 25.0, 11.5)
    >>> number_value("2-1/2"), number_value("one and a half"), number_value("two-fifths"), number_value("a hundred")
    (2.5, 1.5, 0.4, 100.0)
    """
    text = text.strip().lower()
    if text and text[-1] in FRACTION_GLYPHS:
        whole = _in_digits(text[:-1].strip() or "0")
        return None if whole is None else whole + FRACTION_GLYPHS[text[-1]]
    if mixed := _MIXED.fullmatch(text):
        return float(mixed["whole"]) + _vulgar(mixed["part"])
    if re.fullmatch(VULGAR, text):
        return _vulgar(text)
    return _in_digits(text) if text[:1].isdigit() or text[:1] == "." else _in_words(text)


def _vulgar(text: str) -> float:
    above, below = re.split(r"[/⁄]", text)
    return float(above) / float(below)


def _in_digits(text: str) -> float | None:
    if _DECIMAL_COMMA.fullmatch(text):  # "8,26%"
        text = text.replace(",", ".")
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return value if isfinite(value) else None


def _in_words(text: str) -> float | None:
    """The value of "one hundred and fifty", "two and a half", "three-quarters"."""
    words = [word for word in _SPLIT.split(text) if word]
    total, last, seen = 0.0, 0.0, False
    for word in words:
        part = DENOMINATORS.get(word) or DENOMINATORS.get(word.removesuffix("s"))
        if word == "and":
            total, last = total + last, 0.0
        elif word in ("hundred", "thousand"):
            total, last = total + (last or 1.0) * (100 if word == "hundred" else 1000), 0.0
        elif part:
            last = (last or 1.0) / part
        elif word in _VALUES:
            last += _VALUES[word]
        else:
            return None
        seen = seen or word != "and"
    return total + last if seen else None
