"""What stands in a sentence that may have moved: names, statistics, generic nouns, pronouns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from newsig.extract.claims.scene import TRADED, Candidate, Word
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
    SAY_VERBS,
    UP_NOUNS,
    UP_VERBS,
    words,
)
from newsig.records import Instrument, Mention

NAMES = TRADED | words("name place pronoun price other")
OTHER_PHRASES = ("borrowing costs", "bank rate", "price target")
MAKERS = words("maker manufacturer owner operator developer producer parent publisher")
MOVERS = NEUTRAL_VERBS | UP_VERBS | DOWN_VERBS | words("and or while but as to also by down up all both")
"""What may follow the name of a place that is itself the subject: "China fell 2 percent"."""
AVERAGED = words("share stock industrial blue-chip benchmark")
"""What makes an average one of prices: "the share average", but "an average gain"."""
SEPARATING = words(", ( ) ; and to of in a the with as was is for")
"""Between a name and a generic noun behind it, these make the noun something else."""
PHRASE_STOPS = words("""
    the a an its their of in on and all sending sent some other this that as for while with at by from to any no if when
    or but both each every our my his her what which why how where compared against
""")
"""Words that no noun phrase is extended over."""
INDEX_WORDS = INDEX_NOUNS | words("stock share blue-chip composite , futures shares (")
"""What may stand between a name and its printed code."""
RATED = words("""
    participation delinquency default jobless savings vacancy occupancy
    utilization utilisation birth poverty foreclosure
""")
"""What a bureau or a bank states as a rate, and no central bank sets."""
STATED = FUNDAMENTALS | RATED
VERBAL = NEUTRAL_VERBS | UP_VERBS | DOWN_VERBS | SAY_VERBS
NOT_IN_PHRASES = PHRASE_STOPS | VERBAL
TURNS = UP_NOUNS | DOWN_NOUNS
GENERIC = (
    FUNDAMENTALS
    | OTHER_SUBJECTS
    | PRICE_NOUNS
    | COMPANY_NOUNS
    | {phrase.split()[-1] for phrase in (*OTHER_PHRASES, *FUNDAMENTAL_PHRASES)}
    | words("yield yields spread spreads rate rates average it they its their")
)
"""The words for which `_generic_kind` can tell a kind; it asks the word before what kind that is."""
BODIES = INDEX_NOUNS | {"company", "group"}
_start: Callable[[Word], int] = itemgetter(0)
"""Where a word begins; the fields of a word are those of a tuple."""
_CODE = re.compile(
    r"[(<\[].*|[A-Z]{2,8}(?:\s[A-Z]+)?:\s?[A-Z0-9.-]+|\.[A-Z0-9]+|[A-Z0-9]{1,6}[a-z]?\.[A-Z]{1,2}|[A-Z]{2,4}[a-z]?\d"
)
"""A mention that is a printed code: "(KSTM.O)", ".SPX", "SPM7"."""


def without_codes(words: Sequence[Word], mentions: Sequence[Mention]) -> list[Word]:
    """The words of a sentence less its printed codes, which say nothing that the names before them do not."""
    printed = [mention for mention in mentions if _CODE.fullmatch(mention.text)]
    if not printed:
        return list(words)
    return [word for word in words if not any(one.start <= word.start < one.end for one in printed)]


def find_candidates(
    words: Sequence[Word],
    text: str,
    mentions: Sequence[Mention],
    names: Sequence[tuple[int, int, str]],
    known: Mapping[str, Instrument],
    verbs: frozenset[int],
) -> list[Candidate]:
    """What may have moved, in order: mentions, statistics, generic nouns, pronouns and other names.

    ``names`` are spans of names without a symbol, each a ``name`` or a ``place``; ``known`` are the
    instruments by symbol, ``verbs`` the offsets of the verbs. A place is left out where it only says where: "the UK
    index", "stocks in Mumbai".
    """
    found = [_mention_candidate(words, mention, text, known) for mention in mentions]
    found = [c for c in found if c.kind != "segment" or text[c.start - 1 : c.start] != "-"]  # "blue-chip index"
    names = [name for name in names if not _names_a_product(words, name[1])]
    for start, end, kind in names:
        if not _overlaps(found, start, end) and not (kind == "place" and _only_where(words, start, end)):
            found.append(
                Candidate(start=start, end=end, kind=kind, head=text[start:end], possessive=_is_possessive(text, end))
            )
    for place, word in enumerate(words):
        if word.lower not in GENERIC or _overlaps(found, word.start, word.end):
            continue
        generic = _generic_kind(words, place)
        if generic is None:
            continue
        start = word.start
        if generic == "price":
            if _belongs_to_name(found, words, place) or _belongs_to_statistic(found, words, place):
                continue
            start = _noun_start(words, place, found, verbs)
        elif generic == "fundamental":
            start = _noun_start(words, place, found, verbs)
            found = [c for c in found if c.kind != "fundamental" or c.end <= start]
            if place + 1 < len(words) and words[place + 1].lower in ("index", "gauge"):
                word = words[place + 1]  # "consumer price index"
        found.append(
            Candidate(start=start, end=word.end, kind=generic, head=_head(words, place), possessive=word.possessive),
        )
    return _with_codes(words, text, sorted(found, key=lambda candidate: candidate.start))


def _with_codes(words: Sequence[Word], text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, each printed code taken together with the name in front of it, which is what a reader calls it:
    the name's words, the code's symbol."""
    kept: list[Candidate] = []
    for candidate in found:
        if not _CODE.fullmatch(text[candidate.start : candidate.end]):
            kept.append(candidate)
            continue
        gap = text[kept[-1].end : candidate.start].lower().split() if kept else []
        if kept and kept[-1].kind not in ("pronoun", "place") and INDEX_WORDS.issuperset(gap):
            named = kept.pop()
            if named.kind == "price":  # "index .SPX": the words before it belong to the name
                named = replace(named, start=min(named.start, _name_start(words, text, named.start)))
            kept.append(replace(candidate, start=named.start, end=named.end, head=named.head))
            continue
        start = _name_start(words, text, candidate.start)
        end = max((word.end for word in words if start <= word.start and word.end <= candidate.start), default=start)
        kept.append(replace(candidate, start=start, end=end) if start < end else candidate)
    return kept


def _name_start(words: Sequence[Word], text: str, at: int) -> int:
    """Where the capitalised words begin that end at a character; that character where there are none."""
    start = at
    for word in reversed([word for word in words if word.end <= at]):
        capitalised = text[word.start].isupper() and not (start == at and word.lower in PHRASE_STOPS)
        if not capitalised or text[word.end : start].strip():
            break
        start = word.start
    return start


def _mention_candidate(
    words: Sequence[Word], mention: Mention, text: str, known: Mapping[str, Instrument]
) -> Candidate:
    named = known.get(mention.symbol or "")
    kind = "segment" if not mention.symbol else named.kind if named is not None else "stock"
    behind = bisect_left(words, mention.end, key=_start) if kind == "index" else len(words)
    member = words[behind] if behind < len(words) else None
    if member is not None and member.lower in ("component", "constituent"):
        return Candidate(start=mention.start, end=member.end, kind="price", head="company")  # "the Dow component rose"
    return Candidate(
        start=mention.start,
        end=mention.end,
        kind=kind,
        symbol=mention.symbol,
        segment=mention.segment,
        head=mention.text,
        possessive=_is_possessive(text, mention.end),
    )


def _names_a_product(words: Sequence[Word], end: int) -> bool:
    """Whether a name is only of what somebody makes: "the iPhone maker"."""
    place = bisect_left(words, end, key=_start)
    return place < len(words) and words[place].start - end <= 1 and words[place].lower in MAKERS


def _only_where(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a place describes a noun behind it, or stands behind a preposition with a noun to lean on."""
    before = [word.lower for word in words if word.end <= start]
    after = [word.lower for word in words if word.start >= end]
    if after and ((after[0][0].isalpha() and after[0] not in MOVERS) or after[0] == "-"):
        return True
    if before[-2:] == ["outside", "of"] or before[-1:] in (["outside"], ["ex"]):
        return True
    return (
        bool(before)
        and before[-1] in ("in", "at", "from", "on", "for", "by", "with")
        and not (len(before) > 1 and before[-2] in TURNS)
    )


def _is_possessive(text: str, end: int) -> bool:
    return text[end : end + 2] in ("'s", "’s") or text[end : end + 1] in ("'", "’")


def _overlaps(found: Sequence[Candidate], start: int, end: int) -> bool:
    return any(candidate.start < end and start < candidate.end for candidate in found)


def _generic_kind(words: Sequence[Word], place: int) -> str | None:
    word = words[place].lower
    pair = f"{words[place - 1].lower} {word}" if place else word
    if pair in OTHER_PHRASES:
        return "other"
    if word in FUNDAMENTALS or pair in FUNDAMENTAL_PHRASES:
        return "fundamental"
    if word in ("yield", "yields", "spread", "spreads"):
        return "rate"
    if word in ("rate", "rates") and place and words[place - 1].lower in STATED:
        return "fundamental"
    if word in OTHER_SUBJECTS:
        return "other"
    if word == "average":
        return "price" if place and words[place - 1].lower in AVERAGED else None
    if word in PRICE_NOUNS or word in COMPANY_NOUNS:
        return "price"
    if word in ("it", "they", "its", "their"):
        return "pronoun"
    return None


def _head(words: Sequence[Word], place: int) -> str:
    """The noun itself; a "share price" is the share's, other prices are anything's."""
    word = words[place].lower
    return "share price" if word == "price" and place and words[place - 1].lower in ("share", "stock") else word


def _belongs_to_name(found: Sequence[Candidate], words: Sequence[Word], place: int) -> bool:
    """Whether a generic noun only repeats a name beside it: "Apple shares", "shares of Apple", "the Dax index"."""
    word = words[place]
    for candidate in found:
        if candidate.kind in ("pronoun", "fundamental", "other", "price"):
            continue
        if candidate.kind == "stock" and candidate.possessive and word.lower in INDEX_NOUNS:
            continue  # "the bank's index of …" is not the bank
        if candidate.end <= word.start:
            between = _lower_between(words, candidate.end, word.start)
            near = sum(w != "s" for w in between) <= (2 if candidate.possessive else 1)
            if near and not SEPARATING.intersection(between) and not VERBAL.intersection(between):
                return True
        elif candidate.start >= word.end and word.lower not in BODIES:
            between = _lower_between(words, word.end, candidate.start)
            joined = bool(between) and between[0] in ("of", "in", "for") and len(between) <= 5
            if joined and not {",", "and", ";"}.intersection(between):
                return True
    return False


def _belongs_to_statistic(found: Sequence[Candidate], words: Sequence[Word], place: int) -> bool:
    """Whether the word before is a statistic, which a generic noun only counts: "output units"."""
    return place > 0 and any(c.kind == "fundamental" and c.end == words[place - 1].end for c in found)


def _lower_between(words: Sequence[Word], start: int, end: int) -> list[str]:
    first = bisect_left(words, start, key=_start)
    return [word.lower for word in words[first : bisect_left(words, end, key=_start)]]


def _noun_start(words: Sequence[Word], place: int, found: Sequence[Candidate], verbs: frozenset[int]) -> int:
    """Where the noun phrase begins: up to two describing words are taken in ("share index", "European markets")."""
    start = words[place].start
    for word in reversed(words[max(0, place - 2) : place]):
        if (
            not word.lower[0].isalpha()
            or word.lower in NOT_IN_PHRASES
            or word.start in verbs
            or word.possessive
            or any(c.start < word.end and word.start < c.end and c.kind in NAMES for c in found)
        ):
            break
        start = word.start
    return start
