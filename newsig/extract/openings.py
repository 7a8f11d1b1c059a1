"""Which of many patterns can begin at a place of a text, told by the first few characters there.

A battery of patterns costs as many readings of a text as it has patterns, though hardly one of them begins with the
word that stands at a place. What a pattern can begin with is read from the pattern itself, and where that is unsure
the pattern is tried: what is found is the same, place by place, as by ``finditer`` of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby
from sys import maxsize

DEPTH = 6
"""How many characters of a place are looked at: with more, a table of some hundred patterns takes a second to make."""
REMEMBERED = 1 << 14
"""Beginnings whose patterns are kept at hand."""
WIDEST = 16
"""Characters of a class above which it counts as "anything"."""
_REPEATED = re.compile(r"(?:(?P<mark>[?*+])|\{(?P<least>\d*)(?P<range>,(?P<most>\d*))?\})[?+]?")
_NAMED = re.compile(r"\(\?P<\w+>|\(\?[a-z]*(?:-[a-z]+)?:|\(\?>|\((?!\?)")
_LOOKING = re.compile(r"\(\?<?[=!]")
_WIDTHLESS = frozenset({"\\b", "\\B", "\\A", "\\Z"})
_FOREIGN = "\x80"
"""Stands for any character beyond ASCII."""

_Heads = frozenset[tuple[str, bool]]
"""What something can begin with, each with whether what follows it may be told as well."""
_NOTHING: _Heads = frozenset({("", True)})
_ANYTHING: _Heads = frozenset({("", False)})


class Battery:
    """Patterns that all begin at the edge of a word, as behind ``\\b``, to be found in one reading of a text."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self.patterns = patterns
        self._whole: dict[str, set[int]] = {}
        self._begun: dict[str, set[int]] = {}
        for rank, pattern in enumerate(patterns):
            for head in opening(pattern.pattern):
                self._whole.setdefault(head, set()).add(rank)
                for length in range(len(head)):
                    self._begun.setdefault(head[:length], set()).add(rank)
        self._able = lru_cache(maxsize=REMEMBERED)(self._found_able)
        self._edge = _edge_before(frozenset(self._whole))

    def _found_able(self, here: str) -> tuple[int, ...]:
        """The patterns that can begin with some characters, or go on from them where they are fewer than looked at."""
        known = _plain(here)
        whole = (self._whole.get(known[:length], ()) for length in range(len(known) + 1))
        return tuple(sorted({*chain.from_iterable(whole), *self._begun.get(known, ())}))

    def matches(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[tuple[int, re.Match[str]]]:
        """The place of a pattern in the battery with each of its matches in a stretch of text, as ``finditer`` gives
        them; the matches come in order of their starts.

        >>> battery = Battery([re.compile(r"\\bon (?:monday|friday)"), re.compile(r"\\b(?:mon|fri)day")])
        >>> [(rank, match[0]) for rank, match in battery.matches("on friday, not monday")]
        [(0, 'on friday'), (1, 'friday'), (1, 'monday')]
        """
        free: dict[int, int] = {}
        for edge in self._edge.finditer(text, start, end):
            at = edge.start()
            for rank in self._able(text[at : at + DEPTH]):
                if at >= free.get(rank, 0) and (match := self.patterns[rank].match(text, at, end)) is not None:
                    free[rank] = match.end()
                    yield rank, match


def opening(pattern: str) -> frozenset[str]:
    """What a match can begin with: small letters, a blank for any blank, a nought for any digit, "\\x80" for anything
    beyond ASCII, cut short where anything can follow.

    >>> sorted(opening(r"(?:on|in)\\s(?P<year>\\d{4})|la?st?")), opening(r"[^a]b")
    (['in 000', 'las', 'last', 'ls', 'lst', 'on 000'], frozenset({''}))
    """
    heads, at = _either(pattern, 0)
    if at != len(pattern):
        return frozenset({""})
    return frozenset(head for head, _ in heads)


def beginnings(pattern: str) -> re.Pattern[str]:
    """A pattern of one character: where it matches nowhere, no match of the other begins.

    >>> [match.start() for match in beginnings(r"(?:ten|[+-]\\d+) percent").finditer("by ten percent or +10 percent")]
    [3, 18]
    """
    heads = opening(pattern)
    return re.compile(rf"{_any_of({_FOREIGN, *(head[0] for head in heads)})}(?<=(?={_one_of(heads)})[\s\S])")


def _edge_before(heads: frozenset[str]) -> re.Pattern[str]:
    """The edges of words behind which something stands that begins with one of some heads.

    What is matched is the character behind the edge: a pattern that begins with a class is looked for fastest.
    """
    if "" in heads:
        return re.compile(r"\b")
    return re.compile(rf"{_any_of({_FOREIGN, *(head[0] for head in heads)})}(?<=\b(?={_one_of(heads)})[\s\S])")


def _one_of(heads: frozenset[str]) -> str:
    """A pattern, of classes alone, for what begins with one of some heads; no more is asked behind what is foreign."""
    if "" in heads:
        return ""
    behind: dict[str, set[str]] = {}
    for head in heads:
        if head[0] != _FOREIGN:
            behind.setdefault(head[0], set()).add(head[1:])
    alike: dict[str, list[str]] = {}
    for first, rests in sorted(behind.items()):
        alike.setdefault(_one_of(frozenset(rests)), []).append(first)
    ways = [f"{_any_of(firsts)}{rest}" for rest, firsts in alike.items()]
    return f"(?:{'|'.join((*ways, _any_of(_FOREIGN)))})"


def _any_of(firsts: Iterable[str]) -> str:
    """The class of some characters of heads, in both cases.

    With what is beyond ASCII it is written as what of ASCII is left out: Python takes a millisecond to compile a range
    up to the last of all characters, and a battery has thousands of classes.
    """
    chosen = set(firsts)
    kinds = {"0": r"\d", " ": r"\s"}
    if _FOREIGN not in chosen:
        both = (kinds.get(first, re.escape(first) + re.escape(first.upper())) for first in sorted(chosen))
        return f"[{''.join(both)}]"
    left = [code for code in range(ord(_FOREIGN)) if _plain(chr(code)) not in chosen]
    runs = [list(run) for _, run in groupby(enumerate(left), key=lambda placed: placed[1] - placed[0])]
    return f"[^{''.join(f'{_hex(run[0][1])}-{_hex(run[-1][1])}' for run in runs)}]" if runs else r"[\s\S]"


def _hex(code: int) -> str:
    return f"\\x{code:02x}"


def _plain(here: str) -> str:
    """Characters of a text in the form of `opening`, up to the first that may stand for another in a pattern that minds
    no case."""
    known = []
    for letter in here:
        if not letter.isascii():
            break
        known.append(" " if letter.isspace() else "0" if letter.isdigit() else letter.lower())
    return "".join(known)


def _either(pattern: str, at: int) -> tuple[_Heads, int]:
    """Alternatives, up to the end of their group."""
    found: _Heads = frozenset()
    while True:
        heads, at = _sequence(pattern, at)
        found |= heads
        if at >= len(pattern) or pattern[at] != "|":
            return found, at
        at += 1


def _sequence(pattern: str, at: int) -> tuple[_Heads, int]:
    heads = _NOTHING
    while at < len(pattern) and pattern[at] not in "|)":
        item, at = _item(pattern, at)
        if (repeated := _REPEATED.match(pattern, at)) is not None:
            item, at = _times(item, repeated), repeated.end()
        heads = _joined(heads, item)
    return heads, at


def _joined(first: _Heads, then: _Heads) -> _Heads:
    return frozenset(
        (
            ((head + more)[:DEPTH], further and len(head + more) < DEPTH)
            for head, unfinished in first
            if unfinished
            for more, further in then
        )
    ) | frozenset(one for one in first if not one[1])


def _times(item: _Heads, repeated: re.Match[str]) -> _Heads:
    least = {"?": 0, "*": 0, "+": 1}.get(repeated["mark"] or "", int(repeated["least"] or 0))
    most = {"?": 1, "*": DEPTH, "+": DEPTH}.get(repeated["mark"] or "", int(repeated["most"] or DEPTH))
    if repeated["least"] and not repeated["range"]:
        most = least
    found: _Heads = frozenset()
    heads = _NOTHING
    for count in range(min(most, least + DEPTH) + 1):
        if count >= least:
            found |= heads
        heads = _joined(heads, item)
    return found


def _item(pattern: str, at: int) -> tuple[_Heads, int]:
    """One group, class or character."""
    if (looking := _LOOKING.match(pattern, at)) is not None:
        return _NOTHING, _either(pattern, looking.end())[1] + 1
    if (named := _NAMED.match(pattern, at)) is not None:
        heads, at = _either(pattern, named.end())
        return heads, at + 1
    if pattern[at] == "[":
        return _class(pattern, at)
    if pattern[at] == "\\":
        return _escaped(pattern[at : at + 2]), at + 2
    if pattern[at] in "^$":
        return _NOTHING, at + 1
    return (_ANYTHING if pattern[at] in ".(" else _one(pattern[at])), at + 1


def _one(letter: str) -> _Heads:
    if not letter.isascii():
        alike = {letter.lower()[0], letter.upper()[0]}  # "ſ" is an "s" to a pattern that minds no case
        return _ANYTHING if any(one.isascii() for one in alike) else frozenset({(_FOREIGN, False)})
    return frozenset({("0" if letter.isdigit() else letter.lower(), True)})


def _escaped(pair: str) -> _Heads:
    if pair in _WIDTHLESS:
        return _NOTHING
    if pair in ("\\s", "\\d"):
        return frozenset({(" " if pair == "\\s" else "0", True)})
    return _one(pair[1]) if not pair[1].isalnum() else _ANYTHING


def _class(pattern: str, at: int) -> tuple[_Heads, int]:
    """A class in brackets: each of its characters, or anything where there are many."""
    end = pattern.index("]", at + 2)
    while pattern[end - 1] == "\\" and pattern[end - 2] != "\\":
        end = pattern.index("]", end + 1)
    inside = pattern[at + 1 : end]
    found: _Heads = frozenset()
    place = 0
    while place < len(inside):
        step = 2 if inside[place] == "\\" else 1
        if step == 1 and inside[place + 1 : place + 2] == "-" and place + 2 < len(inside):
            for code in range(ord(inside[place]), ord(inside[place + 2]) + 1):
                found |= _one(chr(code))
            step = 3
        else:
            found |= _escaped(inside[place : place + 2]) if step == 2 else _one(inside[place])
        place += step
    many = inside.startswith("^") or len(found) > WIDEST or found >= _ANYTHING
    return (_ANYTHING if many else found), end + 1
