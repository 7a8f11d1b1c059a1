"""Security codes printed in the text: Reuters codes, exchange tags and cashtags → Yahoo Finance symbols.

Agencies print the code behind the name it belongs to: "Kestrel Mills Inc (KSTM.O) fell". The code names the company
once, and the name in front of it, or its first words, name it for the rest of the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsig.extract.lexicon import words

SUFFIXES = {
    "N": "", "O": "", "OQ": "", "A": "", "P": "", "K": "", "PK": "", "L": ".L", "PA": ".PA", "DE": ".DE", "F": ".F",
    "MI": ".MI", "MC": ".MC", "AS": ".AS", "BR": ".BR", "LS": ".LS", "S": ".SW", "VX": ".SW", "SW": ".SW", "ST": ".ST",
    "OL": ".OL", "CO": ".CO", "HE": ".HE", "VI": ".VI", "AT": ".AT", "I": ".IR", "T": ".T", "HK": ".HK", "SS": ".SS",
    "SZ": ".SZ", "KS": ".KS", "KQ": ".KQ", "TW": ".TW", "SI": ".SI", "AX": ".AX", "NZ": ".NZ", "BO": ".BO", "NS": ".NS",
    "TO": ".TO", "V": ".V", "SA": ".SA", "MX": ".MX", "BA": ".BA", "J": ".JO", "TA": ".TA", "IS": ".IS", "WA": ".WA",
}  # fmt: skip
"""A Reuters code's ending → the ending of the Yahoo symbol."""

NOT_TICKERS = words(".PA .DE .F .MI .MC .AS .BR .LS .SW .ST .OL .CO .HE .VI .AT")
"""Endings of markets whose Reuters codes have stems of their own, not the exchange's tickers."""

INDEX_CODES = {
    "SPX": "^GSPC", "INX": "^GSPC", "DJI": "^DJI", "IXIC": "^IXIC", "NDX": "^NDX", "RUT": "^RUT", "VIX": "^VIX",
    "FTSE": "^FTSE", "GDAXI": "^GDAXI", "FCHI": "^FCHI", "FTEU3": "^FTEU3", "STOXX": "^STOXX", "STOXX50E": "^STOXX50E",
    "N225": "^N225", "TOPX": "^TOPX", "HSI": "^HSI", "SSEC": "000001.SS", "CSI300": "000300.SS", "KS11": "^KS11",
    "AXJO": "^AXJO", "BSESN": "^BSESN", "NSEI": "^NSEI", "GSPTSE": "^GSPTSE", "SOX": "^SOX", "SOXX": "^SOX",
    "DJT": "^DJT", "DXY": "DX-Y.NYB", "BVSP": "^BVSP", "MXX": "^MXX", "IBEX": "^IBEX", "SSMI": "^SSMI", "AEX": "^AEX",
    "BKX": "^BKX", "KRX": "^KRX", "NWX": "^NWX", "HGX": "^HGX", "XAU": "^XAU", "OSX": "^OSX", "MERV": "^MERV",
}  # fmt: skip
EXCHANGES = {
    "NYSE": "", "NASDAQ": "", "AMEX": "", "NYSE AMERICAN": "", "NYSEARCA": "", "NYSE ARCA": "", "NASDAQGS": "",
    "NASDAQGM": "", "NASDAQCM": "", "OTC": "", "LSE": ".L", "LON": ".L", "TSX": ".TO", "TSE": ".T", "TYO": ".T",
    "HKEX": ".HK", "HKG": ".HK", "ASX": ".AX", "FRA": ".F", "ETR": ".DE", "XETRA": ".DE", "EPA": ".PA", "BIT": ".MI",
    "AMS": ".AS", "SWX": ".SW", "NSE": ".NS", "BSE": ".BO",
}  # fmt: skip

FIRST_WORDS = words("""
    General International American National United First Bank New North South East West Great Royal Deutsche Credit
    Standard Best Home Dow Union Pacific Atlantic Central Federal Global World Universal British Canadian Chinese
    European Asian Banco Grupo China Japan Korea India Texas California Boston Chicago York Southern Northern Western
    Eastern State City Capital Public Advanced Applied Consolidated Continental Associated Allied Old Big Red Blue
    Green Black White Gold Silver Oil Energy Financial Marathon Liberty Community Popular Express Progressive Santa San
    Los Saint The U.S. Wall Street Hong Real Total Select Sector Market Markets President Research Regional Health Air
""")
"""First words of names that mean something else when they stand alone."""

_RIC = re.compile(
    r"(?P<open>[(<\[]\s?)?\b(?P<root>[0-9A-Z]{1,6}(?:[a-z])?)\.(?P<suffix>[A-Z]{1,2})\b(?P<close>\s?[)>\]])?"
)
_INDEX = re.compile(r"(?<![\w.])[<(]?\.(?P<code>[A-Z][A-Z0-9]{2,7})\b[>)]?")
_EXCHANGE = "|".join(sorted(EXCHANGES, key=len, reverse=True))
_TAG = re.compile(
    rf"\b(?P<exchange>{_EXCHANGE})\s?:\s?(?P<ticker>[A-Z0-9]{{1,5}}(?:[.-][A-Z])?)\b",
    re.IGNORECASE,
)
_OPENED = re.compile(r"[(\[]\s*$")
_CASHTAG = re.compile(r"(?<![\w$])\$(?P<ticker>[A-Z]{1,5}(?:[.-][A-Z])?)\b")
_NAME = re.compile(
    r"(?:(?:[A-Z][\w&’'.-]*|&|of|and|the|de|3M|[0-9]+[A-Z]\w*)\s+){0,5}(?:[A-Z0-9][\w&’'.-]*)(?:’s|'s)?,?\s*$"
)
_LEGAL = re.compile(
    r"\s+(?:Inc|Corp|Co|Ltd|Plc|PLC|plc|Group|Holdings?|Company|Corporation|Incorporated|Limited"
    r"|LLC|LP|SA|AG|NV|SE|SpA|AB|ASA|Oyj|Cos)\.?$"
)
_POSSESSIVE = re.compile(r"(?:’s|'s)?,?\s*$")
_SENTENCE_END = re.compile(r"(?<=[a-z]{3})[.!?:;]\s+(?=[A-Z])")
_LEAD = re.compile(r"(?:(?:The|And|But|At|In|On|of|and|the|Shares|Peer|While|Among)\s+)+")
NAME_REACH = 60
"""How far before a code its name may begin, in code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A security code in the text, with the span of the name in front of it where there is one.

    ``is_ticker`` is False for Reuters codes of continental Europe, whose stems are not the exchange's tickers.
    """

    start: int
    end: int
    symbol: str
    is_ticker: bool = True
    name_start: int | None = None
    name_end: int | None = None


def find_codes(text: str) -> Iterator[Code]:
    """Every security code, in order of appearance of each kind.

    >>> [(code.symbol, text[code.name_start:code.name_end])
    ...  for text in ["Kestrel Mills Inc ( KSTM.O ) fell"] for code in find_codes(text)]
    [('KSTM', 'Kestrel Mills Inc')]
    """
    for match in _RIC.finditer(text):
        suffix = SUFFIXES.get(match["suffix"])
        bracketed = bool(match["open"] and match["close"])
        if suffix is None or (not bracketed and len(match["root"]) < 2) or match["root"] == "U":
            continue
        yield replace(_named(text, match, _root(match["root"], suffix) + suffix), is_ticker=suffix not in NOT_TICKERS)
    for match in _INDEX.finditer(text):
        if match["code"] in INDEX_CODES:
            yield _named(text, match, INDEX_CODES[match["code"]])
    for match in _TAG.finditer(text):
        suffix = EXCHANGES[match["exchange"].upper()]
        opened = _OPENED.search(text, max(0, match.start() - 20), match.start())
        yield _named(text, match, match["ticker"].replace(".", "-") + suffix, opened.start() if opened else None)
    for match in _CASHTAG.finditer(text):
        yield Code(start=match.start("ticker"), end=match.end("ticker"), symbol=match["ticker"].replace(".", "-"))


def _root(root: str, suffix: str) -> str:
    """The symbol's stem: "BRKb" is BRK-B, and Hong Kong codes have four digits."""
    if root[-1].islower():
        return f"{root[:-1]}-{root[-1].upper()}"
    return root.zfill(4) if suffix == ".HK" and root.isdigit() else root


def _named(text: str, match: re.Match[str], symbol: str, name_ends: int | None = None) -> Code:
    """The code with the name that ends right before it, or at ``name_ends``."""
    edge = match.start() if name_ends is None else name_ends
    offset = max(0, edge - NAME_REACH)
    name = _NAME.search(text[offset:edge])
    if not name or "\n" in name[0]:
        return Code(start=match.start(), end=match.end(), symbol=symbol)
    title = _POSSESSIVE.sub("", name[0])
    if not _LEGAL.search(title.split(". ")[0]):
        title = _SENTENCE_END.split(title)[-1]
    lead = _LEAD.match(title)
    start = offset + name.start() + name[0].find(title)
    return Code(
        start=match.start(),
        end=match.end(),
        symbol=symbol,
        name_start=start + (lead.end() if lead else 0),
        name_end=start + len(title),
    )


def short_names(name: str) -> list[str]:
    """What a company is called after its first full mention: without its legal form, then by its first words.

    >>> short_names("Harbour Mills Inc"), short_names("General Mills Inc")
    (['Harbour Mills Inc', 'Harbour Mills', 'Harbour'], ['General Mills Inc', 'General Mills'])
    """
    names = [name]
    while (shorter := _LEGAL.sub("", names[-1])) != names[-1]:
        names.append(shorter)
    parts = names[-1].split()
    names += [" ".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]
    return [
        short
        for short in names
        if len(short) > 3 and (" " in short or short not in FIRST_WORDS) and short.split()[-1][0].isupper()
    ]
