"""A sentence laid out for reading: its words, and what stands where in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsig.extract.lexicon import (
    COMPANY_NOUNS,
    DOWN_NOUNS,
    DOWN_VERBS,
    FUNDAMENTAL_PHRASES,
    FUNDAMENTALS,
    INDEX_NOUNS,
    NEUTRAL_VERBS,
    OTHER_SUBJECTS,
    PRICE_NOUNS,
    UP_NOUNS,
    UP_VERBS,
    words,
)
from newsig.extract.numbers import Number
from newsig.extract.periods import Expression
from newsig.records import Mention

_WORD = re.compile(r"[A-Za-z][A-Za-z.]*(?:[-’'/&][A-Za-z0-9]+)*(?:['’](?!\w))?|\d[\d,.]*\d|\d|[^\w\s]")
TRADED = words("index stock etf commodity currency rate crypto")
"""Kinds of candidates that have prices of their own."""
MOVERS = NEUTRAL_VERBS | UP_VERBS | DOWN_VERBS | words("and or while but as to also by down up all both")
"""What may follow the name of a place that is itself the subject: "China fell 2 percent"."""
AVERAGED = words("share stock industrial blue-chip benchmark")
"""What makes an average one of prices: "the share average", but "an average gain"."""
SEPARATING = words(", ( ) ; and to of in a the with as was is for")
"""Between a name and a generic noun behind it, these make the noun something else."""
PHRASE_STOPS = words("""
    the a an its their of in on and all sending sent some other this that as for while
""")
"""Words that no noun phrase is extended over."""
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark: its span in the article, and its lower-case form without a possessive ending."""

    start: int
    end: int
    lower: str
    possessive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something in a sentence that may be what moved.

    ``kind`` is that of the instrument (``index``, ``stock`` ...) for a mention, else ``segment``, ``fundamental``,
    ``other``, ``price`` (a generic "shares"), ``pronoun``, ``name`` (a name without a symbol), ``unlisted``
    (a name that the table knows to have no symbol) or ``place``.
    """

    start: int
    end: int
    kind: str
    symbol: str | None = None
    segment: str | None = None
    head: str = ""
    possessive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One sentence with everything found in it; ``number`` is its place in the article."""

    text: str
    start: int
    end: int
    number: int
    paragraph: int
    words: Sequence[Word]
    candidates: Sequence[Candidate]
    numbers: Sequence[Number]
    periods: Sequence[Expression]
    verbs: frozenset[int] = field(default=frozenset())

    def index_before(self, at: int) -> int:
        """The place of the last word that ends at or before a character; -1 if there is none."""
        return bisect_right(self.words, at, key=lambda word: word.end) - 1

    def between(self, start: int, end: int) -> Sequence[Word]:
        """The words that lie wholly between two characters."""
        first = bisect_left(self.words, start, key=lambda word: word.start)
        return self.words[first : bisect_right(self.words, end, key=lambda word: word.end)]


def split_words(text: str, start: int, end: int) -> list[Word]:
    """The words and marks of a stretch of text.

    >>> [word.lower for word in split_words("The Dow's 344-point sell-off.", 0, 29)]
    ['the', 'dow', '344', '-', 'point', 'sell-off', '.']
    """
    found = []
    for match in _WORD.finditer(text, start, end):
        raw = match[0]
        stop = match.end()
        if raw.endswith(".") and len(raw) > 1 and "." not in raw[:-1] and stop == end:
            raw, stop = raw[:-1], stop - 1
        bare = _POSSESSIVE.sub(lambda ending: "s" if ending[0][0] == "s" else "", raw)
        found.append(Word(match.start(), stop, bare.lower(), bare != raw))
        if stop != match.end():
            found.append(Word(stop, match.end(), "."))
    return found


def find_candidates(
    words: Sequence[Word],
    text: str,
    mentions: Sequence[Mention],
    names: Sequence[tuple[int, int, str]],
    kinds: dict[str, str],
) -> list[Candidate]:
    """What may have moved, in order: mentions, statistics, generic nouns, pronouns and other names.

    ``names`` are spans of names without a symbol, each a ``name`` or a ``place``; ``kinds`` is the kind of instrument
    by symbol. A place is left out where it only says where: "the UK index", "stocks in Mumbai".
    """
    found = [_mention_candidate(mention, text, kinds) for mention in mentions]
    for start, end, kind in names:
        if not _overlaps(found, start, end) and not (kind == "place" and _only_where(words, start, end)):
            found.append(
                Candidate(start=start, end=end, kind=kind, head=text[start:end], possessive=_is_possessive(text, end))
            )
    for place, word in enumerate(words):
        generic = None if _overlaps(found, word.start, word.end) else _generic_kind(words, place)
        if generic is None:
            continue
        start = word.start
        if generic == "price":
            if _belongs_to_name(found, words, place) or _belongs_to_statistic(found, words, place):
                continue
            start = _noun_start(words, place, found)
        found.append(
            Candidate(start=start, end=word.end, kind=generic, head=word.lower, possessive=word.possessive),
        )
    return sorted(found, key=lambda candidate: candidate.start)


def _mention_candidate(mention: Mention, text: str, kinds: dict[str, str]) -> Candidate:
    kind = kinds.get(mention.symbol or "", "stock") if mention.symbol else "segment"
    return Candidate(
        start=mention.start,
        end=mention.end,
        kind=kind,
        symbol=mention.symbol,
        segment=mention.segment,
        head=mention.text,
        possessive=_is_possessive(text, mention.end),
    )


def _only_where(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a place describes a noun behind it, or stands behind a preposition with a noun to lean on."""
    before = [word.lower for word in words if word.end <= start]
    after = [word.lower for word in words if word.start >= end]
    if after and ((after[0][0].isalpha() and after[0] not in MOVERS) or after[0] == "-"):
        return True
    return (
        bool(before)
        and before[-1] in ("in", "at", "from", "on", "for", "by", "with")
        and not (len(before) > 1 and before[-2] in UP_NOUNS | DOWN_NOUNS)
    )


def _is_possessive(text: str, end: int) -> bool:
    return text[end : end + 2] in ("'s", "’s") or text[end : end + 1] in ("'", "’")


def _overlaps(found: Sequence[Candidate], start: int, end: int) -> bool:
    return any(candidate.start < end and start < candidate.end for candidate in found)


def _generic_kind(words: Sequence[Word], place: int) -> str | None:
    word = words[place].lower
    pair = f"{words[place - 1].lower} {word}" if place else word
    if word in FUNDAMENTALS or pair in FUNDAMENTAL_PHRASES:
        return "fundamental"
    if word in ("yield", "yields", "spread", "spreads"):
        return "rate"
    if word in OTHER_SUBJECTS:
        return "other"
    if word == "average":
        return "price" if place and words[place - 1].lower in AVERAGED else None
    if word in PRICE_NOUNS or word in COMPANY_NOUNS:
        return "price"
    if word in ("it", "they", "its", "their"):
        return "pronoun"
    return None


def _belongs_to_name(found: Sequence[Candidate], words: Sequence[Word], place: int) -> bool:
    """Whether a generic noun only repeats a name beside it: "Apple shares", "shares of Apple", "the Dax index"."""
    word = words[place]
    for candidate in found:
        if candidate.kind in ("pronoun", "fundamental", "other", "price"):
            continue
        if candidate.end <= word.start:
            between = _lower_between(words, candidate.end, word.start)
            near = sum(w != "s" for w in between) <= (2 if candidate.possessive else 1)
            if near and not SEPARATING.intersection(between):
                return True
        elif candidate.start >= word.end and word.lower not in INDEX_NOUNS | {"company", "group"}:
            between = _lower_between(words, word.end, candidate.start)
            joined = bool(between) and between[0] in ("of", "in", "for") and len(between) <= 5
            if joined and not {",", "and", ";"}.intersection(between):
                return True
    return False


def _belongs_to_statistic(found: Sequence[Candidate], words: Sequence[Word], place: int) -> bool:
    """Whether the word before is a statistic, which a generic noun only counts: "output units"."""
    return place > 0 and any(c.kind == "fundamental" and c.end == words[place - 1].end for c in found)


def _lower_between(words: Sequence[Word], start: int, end: int) -> list[str]:
    first = bisect_left(words, start, key=lambda word: word.start)
    return [word.lower for word in words[first : bisect_left(words, end, key=lambda word: word.start)]]


def _noun_start(words: Sequence[Word], place: int, found: Sequence[Candidate]) -> int:
    """Where the noun phrase begins: up to two describing words are taken in ("share index", "European markets")."""
    start = words[place].start
    for word in reversed(words[max(0, place - 2) : place]):
        if (
            not word.lower[0].isalpha()
            or word.lower in PHRASE_STOPS
            or word.possessive
            or _overlaps(found, word.start, word.end)
        ):
            break
        start = word.start
    return start
