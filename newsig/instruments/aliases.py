"""The words that name an instrument or a segment, and the neighbours that take the meaning away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from newsig.instruments.own import KEPT, Own, in_force, parts_of, things_of
from newsig.instruments.parts import spellings
from newsig.instruments.rows import OF_ALIAS, Row
from newsig.instruments.tables import rows
from newsig.records import Instrument

CAPITALISED = "A"
"""Stands in a list of neighbours for any word that begins with a capital: "Target Hospitality", "Harrison Ford"."""

NUMBER = "#"
"""Stands in a list of neighbours for any figure: "100 yen"."""

PLAIN_AFTER = frozenset({
    "inc", "corp", "co", "ltd", "plc", "ag", "sa", "se", "nv", "llc", "group", "shares", "stock", "stocks",
    "futures", "prices", "ceo", "cfo", "coo", "chief", "president", "chairman", "chairwoman", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may",
    "june", "july", "august", "september", "october", "november", "december", "falls", "fall", "rises", "rise",
    "slips", "slip", "gains", "gain", "jumps", "drops", "climbs", "slides", "surges", "tumbles", "hits", "edges",
    "ends", "up", "down", "steady", "near", "holds", "rallies", "rebounds", "sinks", "soars", "dips", "extends",
    "posts", "reports", "to", "as", "on", "and", "sees", "says",
})  # fmt: skip
"""Capitalised words after a name that leave it what it is: titles, days, months, a headline's verbs."""

PLAIN_BEFORE = frozenset({
    "the", "on", "at", "in", "for", "but", "and", "as", "meanwhile", "while", "when", "after", "with", "both",
    "like", "since", "although", "though", "if", "by", "of", "to", "from", "how", "why", "what", "is", "spot",
    "u.s", "us", "monday", "tuesday", "wednesday", "thursday", "friday", "automaker", "carmaker", "retailer",
    "chipmaker",
})  # fmt: skip
"""Capitalised words before a name that leave it what it is: a sentence's opening, days, trades."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One surface form and what it names.

    ``exact`` aliases are matched with their capitals, the others whatever the case; both on word boundaries, the
    longest first. ``symbol`` is null for a segment's phrase, which has a ``segment``, and for a name whose bearer has
    no symbol (``MSCI World``), which has neither and only keeps shorter aliases in it from matching. ``not_before``
    are the words after it, ``not_after`` the words before it, that cancel the match: lower case, or one of the marks
    `CAPITALISED` and `NUMBER`.
    """

    text: str
    symbol: str | None
    segment: str | None
    exact: bool
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


def aliases() -> Sequence[Alias]:
    """Every alias: each pair of text and ``exact`` once, texts without ``exact`` in lower case."""
    return aliases_of(in_force())


@lru_cache(KEPT)
def aliases_of(own: Own) -> Sequence[Alias]:
    """The packaged aliases and phrases with a user's: a user's alias takes the place of those of the same words that
    it would otherwise have beside it, one that is matched whatever its capitals of every way to write them. A phrase of
    the user's does so as well, but where an alias of the user's has the same words, that counts."""
    known = things_of(own)
    mine = [alias for row in own.names.values() for alias in _spelt(_alias(_cells(row), known))]
    exact = {alias.text for alias in mine if alias.exact}
    lower = {alias.text for alias in mine if not alias.exact}
    phrases = {text: key for phrase, key in parts_of(own).phrases.items() for text in spellings(phrase)}
    taken = {text for table in own.segments.values() for phrase in table.phrases for text in spellings(phrase)}
    others = (
        *(_alias(row, known) for row in rows("aliases.csv") if row["alias"].lower() not in taken),
        *(Alias(text, None, segment, exact=False) for text, segment in phrases.items()),
    )
    kept = (alias for alias in others if alias.text.lower() not in lower)
    return (*mine, *(alias for alias in kept if not (alias.exact and alias.text in exact)))


def _cells(row: Row) -> Mapping[str, str]:
    return {name: getattr(row, name) for name in ("symbol", *OF_ALIAS)}


def _alias(row: Mapping[str, str], known: Mapping[str, Instrument]) -> Alias:
    thing = known.get(row["symbol"])
    return Alias(
        text=row["alias"],
        symbol=row["symbol"] or None,
        segment=thing.segment if thing else None,
        exact=row["rule"] == "exact",
        not_before=tuple(filter(None, row["not_before"].split("|"))),
        not_after=tuple(filter(None, row["not_after"].split("|"))),
    )


def _spelt(alias: Alias) -> Iterator[Alias]:
    for text in spellings(alias.text):
        yield replace(alias, text=text)


def cancelled(alias: Alias, before: str, after: str) -> bool:
    """Whether a neighbour takes the alias's meaning away; ``before`` and ``after`` are the text around the match.

    A neighbour counts across spaces and hyphens only, never across other punctuation or a line's end.

    >>> oil = Alias("oil", "CL=F", None, exact=True, not_before=("producer",), not_after=("olive", "#"))
    >>> cancelled(oil, "The ", "-producer nation"), cancelled(oil, "Olive ", ""), cancelled(oil, "fell. ", " rose")
    (True, True, False)
    """
    following, preceding = _following(after), _preceding(before)
    return any(_begins(following, word) for word in alias.not_before) or any(
        _ends(preceding, word) for word in alias.not_after
    )


def _following(after: str) -> str:
    return re.sub(r"^[ \t\u00a0\-‐‑]+", "", after[:60])


def _preceding(before: str) -> str:
    return re.sub(r"[ \t\u00a0\-‐‑]+$", "", before[-60:])


def _begins(text: str, word: str) -> bool:
    if word == CAPITALISED:
        first = re.match(r"\w+", text)
        return bool(first and first[0][0].isupper() and first[0].lower() not in PLAIN_AFTER)
    if word == NUMBER:
        return text[:1].isdigit()
    return _opening(word).match(text) is not None


def _ends(text: str, word: str) -> bool:
    if word == CAPITALISED:
        last = re.search(r"[\w.]*\w$", text)
        return bool(last and last[0][0].isupper() and last[0].lower() not in PLAIN_BEFORE)
    if word == NUMBER:
        return text[-1:].isdigit()
    return _closing(word).search(text) is not None


# There are more of these words than patterns that `re` keeps.
@lru_cache(maxsize=4096)
def _opening(word: str) -> re.Pattern[str]:
    return re.compile(re.escape(word) + r"(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _closing(word: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + re.escape(word) + "$", re.IGNORECASE)
