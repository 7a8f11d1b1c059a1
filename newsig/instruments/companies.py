"""Registered companies → rows of a user's table: which are worth one, and which of their names are safe to find.

A wrong company is worse than a missed one. A name without its legal form becomes an alias only where it holds a word
that is neither English nor a given name nor common among companies; otherwise the company is found by its full name,
legal form included. Aliases of companies always ask for their capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsig.instruments.aliases import aliases_of
from newsig.instruments.checking import LONGEST
from newsig.instruments.dictionary import FUNCTION_WORDS, GIVEN_NAMES, is_ordinary
from newsig.instruments.listings import Listing, Source
from newsig.instruments.own import Own, things_of
from newsig.instruments.rows import Row
from newsig.instruments.tables import market_by_ending
from newsig.records import Instrument

FORMS = {
    "inc": "Inc", "incorporated": "Incorporated", "corp": "Corp", "corporation": "Corporation", "co": "Co",
    "company": "Company", "cos": "Cos", "companies": "Companies", "ltd": "Ltd", "limited": "Limited", "plc": "PLC",
    "llc": "LLC", "lp": "LP", "sa": "SA", "nv": "NV", "bv": "BV", "ag": "AG", "se": "SE", "ab": "AB", "asa": "ASA",
    "oyj": "Oyj", "spa": "SpA", "kgaa": "KGaA", "sab": "SAB", "cv": "CV",
}  # fmt: skip
"""Legal forms, without points and in small letters, as newspapers print them."""

BEFORE_FORMS = {("de", "CV"): "de", ("public", "Ltd"): "Public", ("public", "Limited"): "Public"}
"""Words that belong to the legal form behind them."""

ABBREVIATED = frozenset({"Inc", "Corp", "Co", "Cos", "Ltd"})
"""Forms that are also printed with a point, and after a comma."""

ENDINGS = frozenset({"Holdings", "Holding", "Group"})
"""Last words that stories leave out."""

LEAST = 5
"""A single word that may stand for a company has at least so many letters; a word that tells a longer name apart one
letter less."""

BRAND = 6
"""A first word in capitals of at most so many letters may be printed so by newspapers, too."""

CROWD = 3
"""A word in the names of so many companies tells none of them apart."""

SHELL = re.compile(r"\b(acquisitions?|merger|spac|blank check|capital investment corp)\b", re.IGNORECASE)
FUND = re.compile(
    r"\b(funds?|etfs?|etns?|bdc|muni\w*|portfolio|series trust|bitcoin|ether(eum)?|bullion|physical"
    r"|(income|royalty|term|opportunit(y|ies)|strategic|securities|bond) trust"
    r"|ishares|proshares|grayscale|currencyshares|spdr)\b",
    re.IGNORECASE,
)

_ASIDE = re.compile(r"\s*\([^)]*\)|\s*[/\\][A-Za-z. ]{2,12}[/\\]?\s*$")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Names:
    """What a company may be called: its name without and with its legal form, in the spellings of stories."""

    short: tuple[str, ...]
    full: tuple[str, ...]


def names_of(registered: str) -> Names:
    """The names of a company by its name in a register.

    >>> names_of("KESTREL MILLS, INC. /DE/")
    Names(short=('Kestrel Mills',), full=('Kestrel Mills Inc', 'Kestrel Mills Inc.', 'Kestrel Mills, Inc.'))
    >>> names_of("Norvanta Group PLC")
    Names(short=('Norvanta Group', 'Norvanta'), full=('Norvanta Group PLC',))
    """
    bare = _ASIDE.sub("", registered).rstrip(" /\\")
    words = bare.replace(",", " ").split()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    forms: list[str] = []
    while len(words) > 1 and (form := _form(words[-1], forms)):
        forms.insert(0, form)
        words.pop()
    if len(words) > 1 and words[-1] == "&":
        words.pop()
    name = " ".join(words)
    spellings = tuple(_printed(name)) if bare.isupper() else (name,)
    short = [text for spelling in spellings for text in _without_ending(spelling)]
    return Names(tuple(short), tuple(text for spelling in spellings for text in _with_forms(spelling, forms)))


def _form(word: str, behind: Sequence[str]) -> str | None:
    plain = word.replace(".", "").lower()
    return FORMS.get(plain) or (BEFORE_FORMS.get((plain, behind[0])) if behind else None)


def _without_ending(name: str) -> Iterator[str]:
    yield name
    head, _, last = name.rpartition(" ")
    if head and last in ENDINGS:
        yield head.rstrip(" &")


def _with_forms(name: str, forms: Sequence[str]) -> Iterator[str]:
    if not forms:
        return
    yield f"{name} {' '.join(forms)}"
    if ABBREVIATED.intersection(forms):
        dotted = ", ".join(f"{form}." if form in ABBREVIATED else form for form in forms)
        yield f"{name} {dotted}"
        yield f"{name}, {dotted}"


def _printed(shouted: str) -> Iterator[str]:
    """A name in capitals as newspapers print it: small words small, words without a vowel left as they are; and the
    first word in capitals where it may be a brand."""
    first, *others = (_cased(word, first=at == 0) for at, word in enumerate(shouted.split()))
    yield " ".join((first, *others))
    if first != first.upper() and first.isalpha() and len(first) <= BRAND and not is_ordinary(first):
        yield " ".join((first.upper(), *others))


def _cased(word: str, *, first: bool) -> str:
    letters = "".join(_WORD.findall(word))
    if not first and word.lower() in FUNCTION_WORDS:
        return word.lower()
    if (len(letters) < LEAST and not set(letters) & set("AEIOUY")) or re.search(r"\d|\w\.\w", word):
        return word
    capital = _WORD.sub(lambda part: part[0].capitalize(), word)
    return re.sub(r"(['’])S\b", r"\1s", capital)


def rows_of(listings: Iterable[Listing], base: Own, source: Source) -> tuple[dict[str, list[Row]], Counter[str]]:
    """The rows of the companies that the tables lack, by symbol; and how many listings were ``left_alone`` because
    the tables know the company, or ``left_out`` because they are none of a company's common shares.

    ``base`` is the user's table without the rows that followed this source before.
    """
    listings = list(listings)
    known = things_of(base)
    bearers = _bearers(base)
    words = Counter(word for thing in known.values() for word in set(_WORD.findall(thing.name.lower())))
    issuers = {listing.issuer for listing in listings if listing.symbol in known}
    counts: Counter[str] = Counter()
    found: dict[str, tuple[Listing, Names]] = {}
    for listing in listings:
        names = names_of(listing.name)
        if listing.issuer in issuers or _elsewhere(names, listing.symbol, bearers, known):
            counts["left_alone"] += 1
        elif not listing.shares or SHELL.search(listing.name) or FUND.search(listing.name) or listing.issuer in found:
            counts["left_out"] += 1
        else:
            found[listing.issuer] = (listing, names)
    firsts = Counter(_first(thing.name) for thing in known.values())
    firsts.update(_first(names.short[0]) for _, names in found.values())
    safe = {issuer: _safe(listing, names, words, firsts) for issuer, (listing, names) in found.items()}
    claims = Counter(text for texts in safe.values() for text in texts)
    rows = {}
    for issuer, (listing, names) in found.items():
        free = [text for text in safe[issuer] if claims[text] == 1 and _folded(text) not in bearers]
        rows[listing.symbol] = [_thing(listing, names, source), *_aliases(listing, free, source)]
    return rows, counts


Bearers = Mapping[str, set[str]]
"""The symbols of those who bear a name, by the name without its accents, capitals and points."""


def _bearers(base: Own) -> Bearers:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for alias in aliases_of(base):
        found[_folded(alias.text)].update(filter(None, (alias.symbol,)))
    for symbol, thing in things_of(base).items():
        found[_folded(thing.name)].add(symbol)
    return dict(found)


def _folded(name: str) -> str:
    """A name as registers and newspapers may both write it.

    >>> _folded("Dr. Reddy's") == _folded("DR REDDYS"), _folded("América Móvil")
    (True, 'america movil')
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]", "", name.casefold()))
    return " ".join(re.findall(r"\w+", "".join(sign for sign in plain if not unicodedata.combining(sign))))


def _elsewhere(names: Names, symbol: str, bearers: Bearers, known: Mapping[str, Instrument]) -> bool:
    """Whether the tables know a company of one of these names by another symbol: that of its home, or a former one."""
    holders = {holder for text in (*names.short, *names.full) for holder in bearers.get(_folded(text), ())}
    return any(holder != symbol and holder in known and known[holder].kind == "stock" for holder in holders)


def _first(name: str) -> str:
    return _folded(name).split(" ")[0]


def _safe(listing: Listing, names: Names, words: Counter[str], firsts: Counter[str]) -> list[str]:
    """The names to find a company by: the short ones that tell it apart, else the full ones."""
    telling = [
        text
        for text in names.short
        if listing.traded and is_telling(text, words) and (" " in text or firsts[_first(text)] < 2)
    ]
    texts = telling or names.full or (names.short if names.short[0].count(" ") > 1 else ())
    return [text for text in texts if len(text) <= LONGEST and text.isprintable()]


def is_telling(name: str, words: Mapping[str, int]) -> bool:
    """Whether a name, with its capitals, can hardly mean anything but its company; ``words`` counts the companies that
    have a word in their names.

    >>> is_telling("Norvanta", {}), is_telling("Norvanta Mills", {})
    (True, True)
    >>> is_telling("Gap", {}), is_telling("Kestrel Mills", {}), is_telling("Scott Norvanta", {})
    (False, False, False)
    """
    parts = _WORD.findall(name)
    rare = [part for part in parts if words.get(part.lower(), 0) < CROWD and not is_ordinary(part)]
    if not name[:1].isalnum() or name == name.lower():
        return False
    if len(parts) == 1:
        return bool(rare) and " " not in name and len(rare[0]) >= LEAST
    person = len(parts) == 2 and parts[0].lower() in GIVEN_NAMES
    return not person and any(len(part) >= LEAST - 1 for part in rare)


def _thing(listing: Listing, names: Names, source: Source) -> Row:
    return Row(
        symbol=listing.symbol,
        name=names.short[0][:LONGEST],
        kind="stock",
        market=market_by_ending(listing.symbol),
        source=source,
    )


def _aliases(listing: Listing, texts: Iterable[str], source: Source) -> Iterator[Row]:
    for text in texts:
        yield Row(symbol=listing.symbol, alias=text, rule="exact", source=source)
