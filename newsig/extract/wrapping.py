"""Text whose lines were broken to a width: its lines are joined for reading, and what is found keeps its own words.

Agencies' mail services and old archives break paragraphs into lines; a sentence then ends in none of them. A line
break inside a paragraph becomes a blank, so that every offset stays.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from newsig.records import Spanned

WIDEST = 200
"""Code points that no line of broken text exceeds."""
SHORTEST = 40
"""Code points below which a line is a heading, a byline or a row, and its break stays."""
FEWEST = 2
"""Breaks in the middle of a sentence below which a text is not called broken."""
SHARE = 0.4
"""The share of a broken text's line breaks that stand before a word in small letters, in the middle of a sentence."""

_BREAK = re.compile(r"(?<=[^\s.!?:;])[ \t\r]*\n[ \t]*(?=[a-z])")
_LINE_END = re.compile(r"(?<=\S)[ \t\r]*\n[ \t]*(?=[^\s*•–—=-])")

_BLANKS = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\t"), " ")
"""Blanks that look like the common one, and part no words for a rule that looks for it."""
_SPANNED = frozenset({"start", "end", "text"})
_Found = TypeVar("_Found")


def unwrapped(text: str) -> str:
    """The text with a blank for each line break inside a paragraph, if its lines were broken to a width.

    >>> lines = ["Shares of the tin maker Harrowgate Smelting had", "fallen by 3 percent on Monday after the company",
    ...          "said that its profit would be lower this year,", "which surprised most who follow the stock."]
    >>> unwrapped("\\n".join(lines)) == " ".join(lines)
    True
    >>> unwrapped("By Orla Quillfeather\\nMarkets editor\\n")
    'By Orla Quillfeather\\nMarkets editor\\n'
    """
    text = text.translate(_BLANKS)
    ends = len(_LINE_END.findall(text))
    broken = len(_BREAK.findall(text))
    if broken < FEWEST or broken < SHARE * ends or max(map(len, text.split("\n"))) > WIDEST:
        return text
    return _LINE_END.sub(_joined, text)


def _joined(match: re.Match[str]) -> str:
    line = match.start() - (match.string.rfind("\n", 0, match.start()) + 1)
    return match[0] if line < SHORTEST else " " * len(match[0])


def in_own_words(found: _Found, text: str) -> _Found:
    """A record, or a tuple of them, each of whose spans has the words that stand at its place in the text."""
    if isinstance(found, tuple):
        return tuple(in_own_words(one, text) for one in found)  # type: ignore[return-value]
    if not is_dataclass(found) or isinstance(found, type):
        return found
    changed: dict[str, Any] = {
        field.name: own
        for field in fields(found)
        if (own := in_own_words(value := getattr(found, field.name), text)) is not value and own != value
    }
    if {field.name for field in fields(found)} >= _SPANNED:
        span = cast(Spanned, found)
        changed |= {"text": words} if (words := text[span.start : span.end]) != span.text else {}
    return replace(found, **changed) if changed else found
