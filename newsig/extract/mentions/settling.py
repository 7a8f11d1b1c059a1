"""What the printed codes settle: the symbol of each, and of the name in front of it wherever the story names it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from newsig import instruments
from newsig.extract.mentions.bynames import Found, bynames, follows_a_name, found
from newsig.extract.mentions.codes import Code
from newsig.extract.mentions.houses import HOUSES, only_employer
from newsig.extract.mentions.names import bare, short_names

_AMERICAN = re.compile(
    r"\b(?:U\.S\.|US|American|New York|NYSE|Nasdaq)[- ](?:listed|traded|quoted)\b"
    r"|\bdeposit[ao]ry\s+(?:receipts?|shares?)|\bAD[RS]s?\b",
    re.IGNORECASE,
)
"""What says that of a company's two listings the American one is meant."""

_JOINT = re.compile(r"\b(?:Inc\.?|Corp\.?|Ltd\.?|Plc|Co\.?)\s+and\s+")

_INSIDE = re.compile(r"[\w&.]")
_BEHIND = re.compile(r"(?![\w&])(?!\s+[A-Z][a-z])(?!-[A-Za-z])")

AMERICAN_REACH = (90, 700)
"""How far before and after a name's codes that may be said, in code points."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Codes that follow each other, with the symbol they settle and the name in front of them."""

    start: int
    end: int
    symbol: str | None
    name: str
    home: str | None


def coded(text: str, codes: Sequence[Code], tabled: Sequence[Found]) -> Iterator[Found]:
    """The codes, and the names that they stand behind, wherever these occur."""
    namings = []
    for _, run in groupby(codes, key=lambda code: code.name_end or -code.end):
        group = list(run)
        naming = _naming(text, group, tabled)
        if naming.symbol in HOUSES and only_employer(text, naming.start, group[-1].end):
            continue
        namings.append(naming)
        if naming.symbol is not None:
            yield from (found(code.start, code.end, naming.symbol) for code in group)
    yield from _names(text, namings, tabled)
    yield from _tabled_names(tabled, namings)
    yield from bynames(text, {naming.symbol for naming in namings}, tabled)


def _naming(text: str, group: Sequence[Code], tabled: Sequence[Found]) -> Naming:
    first = group[0]
    start, hit = _name_start(text, first, tabled)
    symbols = [symbol for code in group if (symbol := _settled(code, hit))]
    home = hit.symbol if hit else None
    symbol = home if home in symbols else next(iter(symbols), None)
    if len(set(symbols)) > 1:
        lead, reach = AMERICAN_REACH
        if _AMERICAN.search(text, max(0, first.start - lead), group[-1].end + reach):
            symbol = next((s for code in group if code.american and (s := _settled(code, hit))), symbol)
    name = text[start : first.name_end] if first.name_end is not None else ""
    return Naming(start, first.start, symbol, name, home)


def _name_start(text: str, code: Code, tabled: Sequence[Found]) -> tuple[int, Found | None]:
    """Where the name in front of a code begins, and the share that the table knows by that name.

    The table tells "Procter and Gamble" from "Boeing and Airbus": a name of the table at the end is the whole name,
    and one that ends before an "and" is another's.
    """
    if code.name_start is None or code.name_end is None:
        return code.start, None
    start, end = code.name_start, code.name_start + len(bare(text[code.name_start : code.name_end]))
    near = tabled[bisect_left(tabled, start, key=_at) : bisect_left(tabled, code.name_end, key=_at)]
    inside = [hit for hit in near if hit.symbol and hit.end <= code.name_end and _share(hit)]
    for hit in inside:
        if hit.end >= end and (hit.start == start or not _conflict(code, hit)):
            return hit.start, hit
    for hit in inside:
        if joint := re.match(r"(?:['’]s)?\s+and\s+", text[hit.end : code.name_end]):
            start = max(start, hit.end + joint.end())
    joints = list(_JOINT.finditer(text, start, code.name_end))
    return (joints[-1].end() if joints else start), None


def _at(hit: Found) -> int:
    return hit.start


def _conflict(code: Code, hit: Found) -> bool:
    """Whether a code has a company of its own, so that a name that stands only at the end of the words before it is
    no renamed one's: "Bank of America Merrill Lynch (BAC.N)"."""
    known = not code.sure and code.symbol in instruments.instruments()
    return known and code.symbol != hit.symbol


def _share(hit: Found) -> bool:
    known = instruments.instruments().get(hit.symbol or "")
    return known is None or known.kind == "stock"


def _settled(code: Code, hit: Found | None) -> str | None:
    """The symbol that a printed code means: the table's, else the one that the rule gives.

    A name in front that the table gives another symbol of the same market tells that the company was renamed.
    """
    if code.sure:
        return code.symbol
    if hit is None or hit.symbol is None:
        return code.symbol
    if code.symbol is None:
        return hit.symbol
    if _market(code.symbol) != _market(hit.symbol):
        return code.symbol
    if _market(code.symbol) or re.split(r"-", code.symbol)[0] == re.split(r"-", hit.symbol)[0]:
        return code.symbol if code.symbol in instruments.instruments() else hit.symbol
    return hit.symbol


def _market(symbol: str) -> str:
    return symbol[symbol.rfind(".") :] if "." in symbol else ""


def _names(text: str, namings: Sequence[Naming], tabled: Sequence[Found]) -> Iterator[Found]:
    """Every place where a company with a printed code is named, in full or in short.

    Of several codes in the story for one name, the nearest before the name settles it. Words that the table gives to
    another keep their meaning, save right before the code.
    """
    settled: dict[str, list[Naming]] = {}
    for naming in namings:
        if naming.symbol is not None and naming.name:
            for name in _called(naming):
                settled.setdefault(name, []).append(naming)
    others = {(hit.start, hit.end): hit.symbol for hit in tabled}
    for name, places in settled.items():
        for start in _places(text, name):
            before = [naming for naming in places if naming.start <= start]
            naming = before[-1] if before else places[0]
            taken = others.get((start, start + len(name)), naming.home) not in (naming.home, naming.symbol)
            if naming.start == start or not (taken or (" " not in name and follows_a_name(text, start))):
                yield found(start, start + len(name), naming.symbol or "")


def _places(text: str, name: str) -> Iterator[int]:
    """Where a name stands as a whole, not as part of a longer one."""
    start = text.find(name)
    while start >= 0:
        if _BEHIND.match(text, start + len(name)) and (start == 0 or not _INSIDE.match(text[start - 1])):
            yield start
        start = text.find(name, start + 1)


def _called(naming: Naming) -> list[str]:
    """What the bearer of a code is called: an index by its full name only, and only if it says what it is."""
    known = instruments.instruments().get(naming.symbol or "")
    if known is None or known.kind == "stock":
        return short_names(naming.name)
    return [naming.name] if re.search(r"(?i)\b(?:index|average|composite)$", naming.name) else []


def _tabled_names(tabled: Sequence[Found], namings: Sequence[Naming]) -> Iterator[Found]:
    """The table's names of companies for which a code tells another listing, or another company."""
    homes: dict[str, list[Naming]] = {}
    for naming in namings:
        if naming.home and naming.symbol:
            homes.setdefault(naming.home, []).append(naming)
    for hit in tabled:
        if places := homes.get(hit.symbol or ""):
            before = [naming for naming in places if naming.start <= hit.start]
            yield found(hit.start, hit.end, (before or places[:1])[-1].symbol or "")
