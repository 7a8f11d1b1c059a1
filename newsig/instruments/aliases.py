"""The words that name an instrument or a segment, and the neighbours that take the meaning away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsig.instruments.tables import instruments, phrases, rows

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


@cache
def aliases() -> Sequence[Alias]:
    """Every alias: each pair of text and ``exact`` once, texts without ``exact`` in lower case."""
    known = instruments()
    named = [
        Alias(
            text=row["alias"],
            symbol=row["symbol"] or None,
            segment=known[row["symbol"]].segment if row["symbol"] else None,
            exact=row["rule"] == "exact",
            not_before=tuple(filter(None, row["not_before"].split("|"))),
            not_after=tuple(filter(None, row["not_after"].split("|"))),
        )
        for row in rows("aliases.csv")
    ]
    return (*named, *(Alias(text, None, segment, exact=False) for text, segment in phrases()))


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
    return bool(re.match(re.escape(word) + r"(?!\w)", text, re.IGNORECASE))


def _ends(text: str, word: str) -> bool:
    if word == CAPITALISED:
        last = re.search(r"[\w.]*\w$", text)
        return bool(last and last[0][0].isupper() and last[0].lower() not in PLAIN_BEFORE)
    if word == NUMBER:
        return text[-1:].isdigit()
    return bool(re.search(r"(?<!\w)" + re.escape(word) + "$", text, re.IGNORECASE))
