"""What companies are called besides their names: a common word once named in full, an index's name, and the shares
of a foreign company that trade in America."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from newsig import instruments
from newsig.extract.lexicon import words
from newsig.extract.mentions.names import TITLES
from newsig.extract.sentences import STARTERS
from newsig.instruments.tables import rows


@dataclass(frozen=True, slots=True)
class Found:
    """A run of text that the table or a code gives a meaning; ``symbol`` and ``segment`` may both be None for a name
    that is known to have no symbol and only hides the shorter names inside it."""

    start: int
    end: int
    symbol: str | None
    segment: str | None


_CAPITALISED = re.compile(r"\b(?P<word>[A-Z][a-z]+\.?)\s$")

_SHARES = r"(?=(?:['’]s)?\s+(?:shares|stock|bid|offer|chief|board|shareholders)\b)"
_INDEX_WORDS = (
    "industrial|average|ind(?:ex|ices|exes)|futures|utilit|transport|stoxx|euro|newswires|u\\.s\\.|world|global|mini"
)
NAMESAKES = {
    "NDAQ": rf"\b(?:Nasdaq|NASDAQ){_SHARES}",
    "NYX": rf"\b(?:NYSE|Big Board){_SHARES}",
    "DJ": rf"\bDow Jones(?!\s+(?i:{_INDEX_WORDS}))(?=['’]|,|\s+[a-z])",
}
"""Companies that share a name with an index, by what they are called once the story is about them."""

SHORTENED = {
    "DAL": "Delta", "LUV": "Southwest", "AAL": "American", "AMR": "American", "UAL": "United", "CAL": "Continental",
    "NWA": "Northwest", "BSC": "Bear", "JAVA": "Sun", "PALM": "Palm", "PRU": "Prudential", "PRU.L": "Prudential",
    "6753.T": "Sharp", "7733.T": "Olympus", "CON.DE": "Continental", "MRO": "Marathon", "DFS": "Discover",
    "S": "Sprint", "TTE.PA": "Total", "MEO.DE": "Metro", "NXT.L": "Next", "ORA.PA": "Orange", "TPR": "Coach",
    "SPLS": "Staples", "NE": "Noble", "DO": "Diamond Offshore", "6773.T": "Pioneer", "BBWI": "Limited",
    "LEA": "Lear", "EXE": "Chesapeake", "STZ": "Constellation", "CEG": "Constellation", "HIG": "Hartford",
    "LNC": "Lincoln", "PFG": "Principal", "SKY.L": "Sky", "MWW": "Monster", "APOL": "Apollo", "NWL": "Newell",
    "WMB": "Williams", "TSN": "Tyson", "DF": "Dean", "GTW": "Gateway", "AMAT": "Applied", "STX": "Seagate",
    "BGP": "Borders", "PGR": "Progressive", "TRB": "Tribune", "HCA": "HCA", "BSX": "Boston Scientific",
    "SL.L": "Standard Life", "CAM": "Cameron", "SEE": "Sealed Air", "LO": "Lorillard",
}  # fmt: skip
"""Common words that name a company in a story which has named it in full."""

LOOSE = words("""
    American United Total Next Limited Principal Progressive Applied Continental Lincoln Williams Discover Metro Orange
    Sharp Dean Lear Sky Sun Bear Noble Coach Pioneer Constellation
""")
"""Those of them that need a verb or a share behind them: "American said", not "American consumers"."""
_ACTS = (
    r"(?:['’]s?\s|\s+(?:shares?|stock|said|says|fell|rose|gained|lost|dropped|jumped|slid|climbed|advanced|declined|reported"
    r"|posted|plans?|has|had|is|was|will|would|also|expects?|cut|raised|shed|added|tumbled|slipped|surged|soared|plunged"
    r"|edged|ended|closed|up|down|agreed|could|may|declined)\b|,\s+(?:up|down|off)\b)"
)

_AMERICAN = r"(?:U\.S\.|US|American|New York)[- ](?:listed|traded)"
_PAPER = r"(?:shares?|stocks?|AD[RS]s?|American\s+deposit[ao]ry\s+(?:receipts?|shares?))"
_SHARES_OF = re.compile(
    rf"(?:\b{_AMERICAN}\s+{_PAPER}|\bAD[RS]s?|\bdeposit[ao]ry\s+(?:receipts?|shares?))"
    r"\s+(?:of|in|for)\s+(?:(?:the|both|[a-z-]+|[A-Z][a-z]+['’]s)\s+){0,4}$"
)
_ITS_SHARES = re.compile(rf"(?:['’]s?)?\s+(?:{_AMERICAN}\s+{_PAPER}|AD[RS]s?\b|American\s+deposit[ao]ry)")


@cache
def american_listings() -> Mapping[str, str]:
    """The symbols of American listings by those of the home listings."""
    return MappingProxyType({row["home"]: row["american"] for row in rows("listings.csv")})


def found(start: int, end: int, symbol: str) -> Found:
    """A run that means a symbol, with its segment."""
    known = instruments.instruments().get(symbol)
    return Found(start, end, symbol, known.segment if known else None)


def bynames(text: str, coded: set[str | None], tabled: Sequence[Found]) -> Iterator[Found]:
    """The by-names of the companies that the story names in full, by the table's names or by a code."""
    present = coded | {hit.symbol for hit in tabled}
    yield from _receipts(text, tabled)
    yield from _shortened(text, present)
    yield from _namesakes(text, present)


def _receipts(text: str, tabled: Sequence[Found]) -> Iterator[Found]:
    """Companies whose American shares are meant in so many words: "U.S.-listed shares of BP", "Nokia's ADRs"."""
    for hit in tabled:
        symbol = american_listings().get(hit.symbol or "")
        if symbol and (
            _SHARES_OF.search(text, max(0, hit.start - 90), hit.start)
            or _ITS_SHARES.match(text[hit.end : hit.end + 60])
        ):
            yield found(hit.start, hit.end, symbol)


def _shortened(text: str, symbols: set[str | None]) -> Iterator[Found]:
    """Companies that a story calls by a common word once it has named them in full: "Delta", "Southwest"."""
    for symbol, name in SHORTENED.items():
        if symbol in symbols:
            for match in re.finditer(rf"(?<![\w&.-]){name}(?=['’]s?\s|[,.;]|\s+[a-z0-9(])", text):
                acts = re.match(_ACTS, text[match.end() : match.end() + 20])
                mid = name not in LOOSE and re.search(r"[a-z,]\s$", text[max(0, match.start() - 2) : match.start()])
                if (acts or mid) and not follows_a_name(text, match.start()):
                    yield found(match.start(), match.end(), symbol)


def _namesakes(text: str, symbols: set[str | None]) -> Iterator[Found]:
    for symbol, pattern in NAMESAKES.items():
        if symbol in symbols:
            for match in re.finditer(pattern, text):
                yield found(match.start(), match.end(), symbol)


def follows_a_name(text: str, at: int) -> bool:
    """Whether a capitalised word stands right before a single word: "Peter Arch" is no mention of Arch Coal."""
    before = _CAPITALISED.search(text, max(0, at - 20), at)
    return before is not None and before["word"] not in STARTERS | TITLES
