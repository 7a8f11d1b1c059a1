"""What is in one text and not in another: by sentences, and within those that changed by words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

Change = tuple[Literal["same", "gone", "new"], str]

SENTENCES = re.compile(r"[^.!?\n]+[.!?]*[”\"’')\]]*\s*|[.!?\n]+\s*")
WORDS = re.compile(r"\S+\s*|\s+")
MANY = 250_000
"""So many pairs of words are compared; beyond them a passage has changed as a whole."""


def differences(before: str, after: str) -> list[Change]:
    """The passages of both texts in their order: those of both, those that are gone and those that are new.

    >>> differences("It rose 3 percent. Then it rained.", "It rose 4 percent. Then it rained.")
    [('same', 'It rose '), ('gone', '3 '), ('new', '4 '), ('same', 'percent. Then it rained.')]
    """
    return _joined(_compared(SENTENCES.findall(before), SENTENCES.findall(after), within=True))


def _compared(before: Sequence[str], after: Sequence[str], *, within: bool) -> Iterator[Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        gone, new = "".join(before[first:last]), "".join(after[start:end])
        if kind == "equal":
            yield "same", new
            continue
        old_words, new_words = WORDS.findall(gone), WORDS.findall(new)
        if within and kind == "replace" and len(old_words) * len(new_words) <= MANY:
            yield from _compared(old_words, new_words, within=False)
        else:
            yield from (change for change in (("gone", gone), ("new", new)) if change[1])


def _joined(changes: Iterator[Change]) -> list[Change]:
    joined: list[Change] = []
    for kind, text in changes:
        if joined and joined[-1][0] == kind:
            joined[-1] = (kind, joined[-1][1] + text)
        else:
            joined.append((kind, text))
    return joined
