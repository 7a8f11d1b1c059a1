"""Bylines: who wrote a story, on a line of its own or run into the dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from newsig.furniture.datelines import dateline_end
from newsig.furniture.names import PERSON, UPPER, people
from newsig.furniture.words import FIRMS, JOBS, LINKS, NO_PARTS, NOT_NAMES, PARTICLES, STAFF, TIMES

LONGEST = 200

_BY = re.compile(r"(?:By|BY|by)\s{1,5}")
_WORD = re.compile(r"[^\W\d_][\w.'’-]{0,40}")
_LATER = re.compile(r"[,|•·;(]|\s[-–—]")
_FROM = re.compile(rf"From {PERSON}(?:(?:, | and ){PERSON}){{0,3}} in {PERSON.replace('{1,5}', '{0,3}')}\.?")
_PIPED = re.compile(rf"(?P<who>{PERSON}(?:(?:, | and ){PERSON}){{0,3}}) \| (?:[{UPPER}][\w.&'’-]{{1,30}} ?){{1,5}}")
_TOKEN = re.compile(rf"(?:[{UPPER}][\w.'’-]{{0,30}}|{'|'.join(sorted(PARTICLES))}|and)(?:,|;)?\s{{1,5}}")
_PLACE = re.compile(rf"[{UPPER}]{{2}}|\(")


def is_byline(line: str, *, opening: bool) -> bool:
    """Whether a line of its own is a byline; ``opening`` says that no story came before it.

    >>> is_byline("By Jane Roe, Harbour Wire", opening=True), is_byline("By Friday it fell", opening=True)
    (True, False)
    """
    if len(line) > LONGEST:
        return False
    by = _BY.match(line)
    if by is not None:
        return _names_writers(line[by.end() :])
    if not opening:
        return False
    if _FROM.fullmatch(line) is not None:
        return bool(people(line))
    piped = _PIPED.fullmatch(line)
    return piped is not None and bool(people(piped["who"]))


def _names_writers(rest: str) -> bool:
    """Whether what follows "By" is names, with offices, publishers and times behind them."""
    words = [word.rstrip(".") for word in _WORD.findall(rest)]
    if not words or not rest[0].isupper():
        return False
    later = _LATER.search(rest)
    head = rest[: later.start()] if later else rest
    if not _may_name(_WORD.findall(head)):
        return False
    name = list(takewhile(lambda word: word[0].isupper() or word in PARTICLES, words))
    if sum(word[0].isupper() for word in name) < 2 and not (words[0].casefold() in STAFF and len(words) == 1):
        return False
    if re.search(r"\d", head) or "%" in rest:
        return False
    allowed = PARTICLES | LINKS | JOBS | TIMES
    return all(word[0].isupper() or word in allowed for word in words)


def _may_name(words: Sequence[str]) -> bool:
    """Whether words in capitals may begin with a name: "Jane Roe Of The Harbour News", not "Order Of The Board"."""
    if not words or words[0].rstrip(".").casefold() in NOT_NAMES:
        return False
    folded = [word.casefold() for word in takewhile(lambda word: word[0].isupper() or word in PARTICLES, words)]
    at = next((place for place, word in enumerate(folded) if word in NO_PARTS), None)
    return at is None or (at >= 2 and not FIRMS.isdisjoint(folded[at:]))


def run_in_end(text: str, start: int, end: int) -> int | None:
    """Where a byline ends that a dateline follows on the same line: "By Jane Roe NEW YORK (Reuters) - Stocks".

    >>> text = "By Jane Roe NEW YORK (Harbour Wire) - Stocks rose."
    >>> text[: run_in_end(text, 0, len(text))]
    'By Jane Roe'
    """
    by = _BY.match(text, start, end)
    if by is None:
        return None
    at, count = by.end(), 0
    while (token := _TOKEN.match(text, at, end)) is not None and count < 30:
        at, count = token.end(), count + 1
        if count >= 2 and _PLACE.match(text, at, end) and dateline_end(text, at, end, opening=True) is not None:
            words = text[by.end() : at]
            return None if not _may_name(_WORD.findall(words)) else start + len(text[start:at].rstrip(" ,;"))
    return None
