"""The first sentences of a story, without what stands around them on a page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import islice

TITLES = re.compile(r"mr|mrs|ms|dr|prof|sen|rep|gov|gen|lt|col|sgt|capt|st|vs|e\.g|i\.e|approx|est|dept", re.IGNORECASE)
"""Abbreviations that a sentence never ends with."""

NUMBERED = re.compile(r"no|nos|vol|fig|art|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec", re.IGNORECASE)
"""Abbreviations where a number follows, and words or names where it does not."""

TAILS = re.compile(
    r"inc|corp|co|ltd|llc|plc|cos|bros|jr|sr|etc|[a-z](?:\.[a-z])*",  # the last one: U.S, a.m, J
    re.IGNORECASE,
)
"""Abbreviations that a sentence may end with: it does where one of `OPENERS` follows."""

OPENERS = re.compile(
    r"the|an?|it|its|he|his|she|her|they|their|we|our|i|you|this|that|these|those|there|but|and|so|or|yet|in|on|at|by"
    r"|for|from|to|with|as|if|when|while|after|before|since|still|meanwhile|however|also|shares|stocks|analysts"
    r"|investors",
    re.IGNORECASE,
)
"""Words that open sentences when they are written with a capital."""

_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-Z0-9$€£¥])")
DATELINE_LENGTH = 120
"""No dateline is longer."""

_OPENING, _CLOSING = "\"'“‘«([", "\"'”’»)]"
_NEXT_WORD = re.compile(r"\s+[\"'“‘«(\[]*(\w*)")
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]]*$")

_BYLINE = re.compile(r"(?i:by)\s+[A-Z][\w.'’-]*(?:(?:\s+|,\s*)(?:and\s+)?[A-Z][\w.'’-]*)*$")
_CREDIT = re.compile(
    r"\(?(?:(?:additional )?reporting|writing|editing|photo(?:graph)?s?|graphics?) by\b", re.IGNORECASE
)
_PLACE = r"[A-Z][A-Z.'’]+(?:[ /,-]+[A-Z][A-Z.'’]+)*(?:, (?:[A-Z][a-z]+\.? ?)+(?:\d{1,2})?)?"
_DATELINE = re.compile(
    rf"(?:(?:{_PLACE}\s*)?\([A-Z][\w.&/’' -]*\)\s*[–—-]{{1,2}}\s*|{_PLACE}\s+[–—-]{{1,2}}\s+(?=[\"“]?[A-Z]))"
)


def lead(text: str, count: int = 2) -> str:
    """The first ``count`` sentences of an article's plain text, on one line.

    Buttons, headline, byline, credits and dateline are passed over: what has no full stop is no sentence.

    >>> lead("close\\n\\nBy Jane Doe\\n\\nLONDON (Wire) – Acme Inc. rose 3.5 percent. The U.S. index fell. More.")
    'Acme Inc. rose 3.5 percent. The U.S. index fell.'
    """
    return " ".join(islice(_sentences(text), count))


def _sentences(text: str) -> Iterator[str]:
    for paragraph in _paragraphs(text):
        if not (_BYLINE.match(paragraph) or _CREDIT.match(paragraph)):
            dateline = _DATELINE.match(paragraph[:DATELINE_LENGTH])
            sentences = split(paragraph[dateline.end() if dateline else 0 :])
            yield from (sentence for sentence in sentences if " " in sentence and _CLOSED.search(sentence[-9:]))


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs on one line each. A line that starts small or with a figure goes on from the one before: mail and old
    archives wrap."""
    words: list[str] = []
    for line in io.StringIO(text):
        fresh = line.split()
        if words and not (fresh and (fresh[0][0].islower() or fresh[0][0].isdigit())):
            yield " ".join(words)
            words = []
        words += fresh
    if words:
        yield " ".join(words)


def split(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph, with what is left at its end.

    >>> list(split("Mr. Smith of Acme Corp. sold No. 5. He left."))
    ['Mr. Smith of Acme Corp. sold No. 5.', 'He left.']
    """
    start = 0
    for end in _END.finditer(paragraph):
        following = _NEXT_WORD.match(paragraph, end.end())
        if _ends_sentence(paragraph[start : end.end()], following[1] if following else ""):
            yield paragraph[start : end.end()].strip()
            start = end.end()
    if rest := paragraph[start:].strip():
        yield rest


def _ends_sentence(before: str, opener: str) -> bool:
    """Whether a full stop after ``before``, with ``opener`` as the next word, ends a sentence."""
    last = before.rsplit(None, 1)[-1].strip(_OPENING + _CLOSING)
    if not last.endswith("."):
        return True
    word = last[:-1]
    if TITLES.fullmatch(word):
        return False
    if NUMBERED.fullmatch(word):
        return not opener[:1].isdigit()
    return not TAILS.fullmatch(word) or OPENERS.fullmatch(opener) is not None
