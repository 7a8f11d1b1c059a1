"""Names that two texts of one story spell otherwise."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from newsig.compare.windows import A_DAY
from newsig.compare.wording import Word, sentence_starts, words
from newsig.records import Span

LIKE = 0.7
"""Share of letters that two spellings of one name have in common."""

LEAST_LETTERS = 3

ENDINGS = ("s", "'s", "n", "an", "ian", "ean", "ese", "ish", "ern")
"""What makes another word of a name instead of another spelling: "Europe" and "European"."""

NEVER = frozenset(
    {"march", "april"} | {f"{day}day" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")}
)
"""Names of time that look alike."""

OPENERS = frozenset(
    ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "it", "of", "on", "so", "the", "then")
)
"""Words with a capital at the start of a sentence that are no part of the name behind them."""


@dataclass(frozen=True, slots=True)
class _Spelt:
    """A word written with a capital, the words beside it, and the whole name that it is a part of."""

    word: Word
    before: str | None
    after: str | None
    name: tuple[int, int]


def spelt_otherwise(one: str, other: str) -> list[tuple[Span, Span]]:
    """The names that the one text spells in one way more often, and the other text in another, each pair once.

    A word is another spelling of a name where most letters agree and the word before or behind it is the same. Words
    that a text has in small letters, too, are no names.

    >>> pair, = spelt_otherwise("So Orla Quillfeather said.", "So Orla Quilfeather said.")
    >>> [span.text for span in pair]
    ['Orla Quillfeather', 'Orla Quilfeather']
    """
    ours, theirs = _names(one), _names(other)
    small = _small(one) | _small(other)
    count = {key: len(theirs.get(key, ())) - len(ours.get(key, ())) for key in {*ours, *theirs} - small}
    return [
        (_span(one, met[0]), _span(other, met[1]))
        for key, found in ours.items()
        for other_key, other_found in theirs.items()
        if count.get(key, 0) < 0 < count.get(other_key, 0) and alike(key, other_key)
        if (met := _meeting(found, other_found))
    ]


def alike(one: str, other: str) -> bool:
    """Whether two words are spellings of one name.

    >>> alike("lukasz", "łukasz"), alike("erik", "eric"), alike("europe", "european"), alike("pell", "marrow")
    (True, True, False, False)
    """
    first, second = sorted((one, other))
    if first == second or min(len(first), len(second)) < LEAST_LETTERS or {first, second} & NEVER:
        return False
    if any(char.isdigit() for char in first + second) or second in {first + ending for ending in ENDINGS}:
        return False
    if A_DAY.fullmatch(first) or A_DAY.fullmatch(second):
        return False
    bare, other_bare = (
        unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode() or word for word in (first, second)
    )
    return SequenceMatcher(None, bare, other_bare, autojunk=False).ratio() >= LIKE


def _names(text: str) -> Mapping[str, list[_Spelt]]:
    """The words with a capital that do not merely open a sentence, by what they are compared by."""
    found: dict[str, list[_Spelt]] = {}
    for spelt in _capitals(text):
        found.setdefault(spelt.word.key, []).append(spelt)
    return found


def _capitals(text: str) -> Iterator[_Spelt]:
    all_words, openers = words(text), _openers(text)
    for at, word in enumerate(all_words):
        if not text[word.start].isupper():
            continue
        first, last = at, at
        while first > 0 and _goes_on(text, all_words[first - 1], all_words[first]):
            first -= 1
        while last + 1 < len(all_words) and _goes_on(text, all_words[last], all_words[last + 1]):
            last += 1
        if first == last and word.start in openers:
            continue
        before = all_words[at - 1].key if at else None
        after = all_words[at + 1].key if at + 1 < len(all_words) else None
        yield _Spelt(word, before, after, (all_words[first].start, all_words[last].end))


def _goes_on(text: str, one: Word, other: Word) -> bool:
    between = text[one.end : other.start]
    return (
        between in (" ", ". ") and text[one.start].isupper() and one.key not in OPENERS and text[other.start].isupper()
    )


def _openers(text: str) -> set[int]:
    all_words = words(text)
    starts, at, found = sentence_starts(text), 0, set()
    for word in all_words:
        if at < len(starts) and word.start >= starts[at]:
            found.add(word.start)
            while at < len(starts) and word.start >= starts[at]:
                at += 1
    return found


def _small(text: str) -> set[str]:
    return {word.key for word in words(text) if text[word.start].islower()}


def _meeting(ours: list[_Spelt], theirs: list[_Spelt]) -> tuple[_Spelt, _Spelt] | None:
    """The first places where the two spellings have the same neighbour."""
    for mine in ours:
        for yours in theirs:
            if mine.before is not None and mine.before == yours.before:
                return mine, yours
            if mine.after is not None and mine.after == yours.after:
                return mine, yours
    return None


def _span(text: str, spelt: _Spelt) -> Span:
    start, end = spelt.name
    return Span(start=start, end=end, text=text[start:end])
