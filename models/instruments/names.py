"""Company names: from a register's spelling to the words a story uses, and which of them are safe to match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ACRONYM_LENGTH = 5
"""A word in capitals without a vowel and at most this long stays in capitals."""

BRAND_LENGTH = 6
"""A first word at most this long may be a brand that is printed in capitals."""

RARE_ALONE = 2.0
RARE_IN_TWO = 3.2
RARE_IN_MORE = 4.2
"""Zipf frequencies (the base-10 logarithm of a word's count in a billion words of English): below them, a name of
one, two, or three and more words holds a word that is rare enough for the name to mean its company only."""

SHORTEST = 5
"""A single word has at least so many letters."""

SMALL_WORDS = frozenset({
    "a", "an", "and", "at", "by", "de", "del", "des", "do", "du", "for", "in", "la", "of", "on", "the", "to",
    "und", "y",
})  # fmt: skip

LEGAL = frozenset({
    "inc", "incorporated", "corp", "corporation", "co", "company", "companies", "cos", "ltd", "limited", "plc",
    "llc", "lp", "llp", "lllp", "sa", "s.a", "s.a.b", "sab", "nv", "n.v", "ag", "se", "ab", "asa", "as", "oyj",
    "spa", "s.p.a", "kgaa", "kk", "bhd", "pcl", "ohg", "gmbh", "adr", "ads", "cv", "de", "c.v", "public", "p.l.c",
    "l.p", "&", "and", "the", "/new", "new",
})  # fmt: skip

ENDINGS = ("Holdings", "Holding", "Group")

BLANK_CHEQUE = re.compile(
    r"\b(acquisition|acquisitions|spac|merger|blank check|capital investment corp)\b", re.IGNORECASE
)
FUND = re.compile(
    r"\b(funds?|etf|etns?|ishares|proshares|grayscale|muni\w*|portfolio|series trust|bdc|physical|microsectors|bitcoin|"
    r"ethereum|currencyshares|(income|royalty|term|opportunities|strategic|securities|bond) trust)\b",
    re.IGNORECASE,
)


def is_operating(name: str) -> bool:
    """Whether a registrant is a company, as opposed to a fund or a shell that looks for one.

    >>> is_operating("Hippo Holdings Inc."), is_operating("Cal Redwood Acquisition Corp."), is_operating("Foo Fund")
    (True, False, False)
    """
    return not (BLANK_CHEQUE.search(name) or FUND.search(name))


def tidy(name: str) -> str:
    """A registered name without its legal form and marks, in the case a newspaper would print.

    >>> tidy("BANK OF AMERICA CORP /DE/"), tidy("WELLS FARGO & COMPANY/MN"), tidy("Caribou Biosciences, Inc.")
    ('Bank of America', 'Wells Fargo', 'Caribou Biosciences')
    """
    bare = _bare(name)
    return _printed(bare) if bare.isupper() else bare


def spellings(name: str) -> Iterator[str]:
    """The ways a story may print a registered name: as tidied, without "Holdings" or "Group", first word in capitals.

    >>> list(spellings("IDEXX LABORATORIES INC /DE")), list(spellings("CrowdStrike Holdings, Inc."))
    (['Idexx Laboratories', 'IDEXX Laboratories'], ['CrowdStrike Holdings', 'CrowdStrike'])
    """
    bare, form = _bare(name), tidy(name)
    head, _, last = form.rpartition(" ")
    for text in (form, head.rstrip(" &")) if head and last in ENDINGS else (form,):
        yield text
        first, _, rest = text.partition(" ")
        if bare.isupper() and first.isalpha() and len(first) <= BRAND_LENGTH and frequency(first) < RARE_IN_TWO:
            yield f"{first.upper()} {rest}".strip()


def distinctive(alias: str) -> bool:
    """Whether these words, in these capitals, can hardly mean anything but the company.

    >>> distinctive("Caribou Biosciences"), distinctive("Target"), distinctive("Key"), distinctive("Summit Financial")
    (True, False, False, False)
    """
    words = re.findall(r"[^\W\d_]+", alias)
    if not words or not alias[0].isalnum() or len(alias) > 60:
        return False
    if len(words) == 2 and words[0].lower() in _first_names() and len(words[1]) > 1:
        return False
    rarest = min((frequency(word) for word in words if len(word) > 2), default=9.0)
    if len(words) == 1:
        return len(words[0]) >= SHORTEST and " " not in alias and rarest < RARE_ALONE
    return rarest < (RARE_IN_TWO if len(words) == 2 else RARE_IN_MORE)


@cache
def frequency(word: str) -> float:
    """How common a word is in English, from 0 (never seen) to about 8 ("the")."""
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word.lower(), "en", wordlist="large"))


@cache
def _first_names() -> frozenset[str]:
    return frozenset((Path(__file__).parent / "hand" / "first_names.csv").read_text(encoding="utf-8").split())


def _bare(name: str) -> str:
    from cleanco import basename

    marked = re.sub(r"\s*\([^)]*\)", "", name).strip(" /,")
    unmarked = re.sub(r"\s*[/\\]\s*[A-Za-z. ]*/?\s*$", "", marked)
    words = (basename(unmarked) or unmarked).replace(",", " ").split()
    while len(words) > 1 and words[-1].lower().strip(".,") in LEGAL:
        words.pop()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower() == "the" else words)


def _printed(shouted: str) -> str:
    return " ".join(_cased(word, first=at == 0) for at, word in enumerate(shouted.split()))


def _cased(word: str, *, first: bool) -> str:
    lower = word.lower()
    if lower in SMALL_WORDS and not first:
        return lower
    letters = re.sub(r"[^A-Z]", "", word)
    if len(letters) <= ACRONYM_LENGTH and not set(letters) & set("AEIOUY") and lower not in {"ltd", "st", "mt", "dr"}:
        return word
    if re.fullmatch(r"[IVX]+", word) or "." in word.rstrip(".") or re.search(r"\d", word):
        return word
    titled = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), lower)
    titled = re.sub(r"(['’])S\b", r"\1s", titled)
    return re.sub(r"^Mc([a-z])", lambda found: "Mc" + found[1].upper(), titled)
