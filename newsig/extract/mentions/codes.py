"""Security codes printed in the text: Reuters codes, exchange tags and cashtags → Yahoo Finance symbols.

Agencies print the code behind the name it belongs to: "Kestrel Mills Inc (KSTM.O) fell". What no rule can tell stands
in the table ``codes.csv``: codes with stems of their own ("SIEGn.DE"), and those of companies since renamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from newsig.extract.lexicon import words
from newsig.extract.mentions.names import name_before
from newsig.instruments.tables import rows

SUFFIXES = {
    "N": "", "O": "", "OQ": "", "A": "", "P": "", "K": "", "PK": "", "OB": "", "L": ".L", "PA": ".PA", "DE": ".DE",
    "F": ".F", "MI": ".MI", "MC": ".MC", "AS": ".AS", "BR": ".BR", "LS": ".LS", "S": ".SW", "VX": ".SW", "SW": ".SW",
    "ST": ".ST", "OL": ".OL", "CO": ".CO", "HE": ".HE", "VI": ".VI", "AT": ".AT", "I": ".IR", "T": ".T", "HK": ".HK",
    "SS": ".SS", "SZ": ".SZ", "KS": ".KS", "KQ": ".KQ", "TW": ".TW", "TWO": ".TWO", "SI": ".SI", "KL": ".KL",
    "JK": ".JK", "BK": ".BK", "AX": ".AX", "NZ": ".NZ", "BO": ".NS", "NS": ".NS", "TO": ".TO", "V": ".V", "SA": ".SA",
    "MX": ".MX", "BA": ".BA", "SN": ".SN", "J": ".JO", "TA": ".TA", "IS": ".IS", "WA": ".WA", "PR": ".PR", "BU": ".BD",
    "MM": ".ME", "RTS": ".ME", "SE": ".SR",
}  # fmt: skip
"""A Reuters code's ending → the ending of the Yahoo symbol."""

NOT_TICKERS = words(".PA .DE .F .MI .AS .BR .VI .AT .IR .NS .SI .KL .JO .TA .WA .PR .BD .ME")
"""Endings of markets whose Reuters codes have stems of their own, not the exchange's tickers."""

EXCHANGES = {
    "NYSE": "", "NASDAQ": "", "AMEX": "", "NYSE AMERICAN": "", "NYSEARCA": "", "NYSE ARCA": "", "NASDAQGS": "",
    "NASDAQGM": "", "NASDAQCM": "", "OTC": "", "LSE": ".L", "LON": ".L", "TSX": ".TO", "TSE": ".T", "TYO": ".T",
    "HKEX": ".HK", "HKG": ".HK", "ASX": ".AX", "FRA": ".F", "ETR": ".DE", "XETRA": ".DE", "EPA": ".PA", "BIT": ".MI",
    "AMS": ".AS", "SWX": ".SW", "NSE": ".NS", "BSE": ".BO",
}  # fmt: skip

FUTURES_ROOTS = {
    "SP": "ES=F", "ES": "ES=F", "DJ": "YM=F", "YM": "YM=F", "1YM": "YM=F", "ND": "NQ=F", "NQ": "NQ=F", "CL": "CL=F",
    "LCO": "BZ=F", "NG": "NG=F", "HO": "HO=F", "RB": "RB=F", "GC": "GC=F", "SI": "SI=F", "HG": "HG=F", "PL": "PL=F",
    "PA": "PA=F",
}  # fmt: skip
QUARTERS, METALS = "HMUZ", "HKNUZ"
FUTURES_MONTHS = {
    "CL": "FGHJKMNQUVXZ", "LCO": "FGHJKMNQUVXZ", "NG": "FGHJKMNQUVXZ", "HO": "FGHJKMNQUVXZ", "RB": "FGHJKMNQUVXZ",
    "GC": "GJMQVZ", "SI": METALS, "HG": METALS, "PL": "FJNV",
}  # fmt: skip
"""The months in which a root's contracts end, those of shares every quarter."""

_ROOT = r"[0-9A-Z]{1,9}[a-z]{0,2}(?:_[a-z]{1,2})?"
_SUFFIX = "|".join(sorted(SUFFIXES, key=len, reverse=True))
_RIC = re.compile(
    # codes are printed without a blank between them as well: "RIM.TORIMM.O"
    rf"(?P<open>[(<\[]\s?)?(?:(?<![\w.])|(?<=\w\.[A-Z]{{2}})|(?<=\w\.[A-Z]))(?P<root>{_ROOT})\.(?P<suffix>{_SUFFIX})"
    rf"(?:\b|(?={_ROOT}\.(?:{_SUFFIX})\b))(?P<close>\s?[)>\]])?"
)
_INDEX = re.compile(r"(?<![\w.])[<(]?\.(?P<code>[A-Z][A-Z0-9]{2,13})\b[>)]?")
_QUOTE = re.compile(r"(?<![\w=])<?(?P<code>[A-Z]{2,4}\d{0,2}(?:YT)?=[A-Z0-9]{0,4})(?!\w)>?")
_FUTURE = re.compile(r"\b(?P<root>1?[A-Z]{2,3})(?:c\d|(?P<month>[FGHJKMNQUVXZ])\d)\b")
_EXCHANGE = "|".join(sorted(EXCHANGES, key=len, reverse=True))
_TAG = re.compile(
    rf"\b(?P<exchange>{_EXCHANGE})\s?:\s?(?P<ticker>[A-Z0-9]{{1,5}}(?:[.-][A-Z])?)\b",
    re.IGNORECASE,
)
_OPENED = re.compile(r"[(\[]\s*$")
_CASHTAG = re.compile(r"(?<![\w$])\$(?P<ticker>[A-Z]{1,5}(?:[.-][A-Z])?)\b")
_BETWEEN = re.compile(r"[\s()<>\[\],;/]*")
_NAMED_JUST_BEFORE = re.compile(r"[a-z]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A security code in the text, with the span of the name in front of it where there is one.

    ``sure`` codes are those of the table and those that name no share; the symbol of another may be that of the name
    in front, and it is None where the market's codes are no tickers. Codes that follow each other share their name.
    """

    start: int
    end: int
    symbol: str | None
    sure: bool = False
    name_start: int | None = None
    name_end: int | None = None

    @property
    def american(self) -> bool:
        """Whether the share trades in the United States."""
        return self.symbol is not None and not re.search(r"[.^=]", self.symbol)


@cache
def known_codes() -> Mapping[str, str]:
    """The Yahoo symbols of the codes that no rule can tell."""
    return MappingProxyType({row["code"]: row["symbol"] for row in rows("codes.csv")})


def find_codes(text: str) -> Iterator[Code]:
    """Every security code, in order of appearance.

    >>> [(code.symbol, text[code.name_start:code.name_end])
    ...  for text in ["Kestrel Mills Inc ( KSTM.O ) fell"] for code in find_codes(text)]
    [('KSTM', 'Kestrel Mills Inc')]
    """
    last: Code | None = None
    for code in sorted((*_reuters(text), *_quoted(text), *_tagged(text)), key=lambda code: code.start):
        if last is not None and _BETWEEN.fullmatch(text, last.end, code.start):
            code = replace(code, name_start=last.name_start, name_end=last.name_end)
        yield code
        last = code


def _reuters(text: str) -> Iterator[Code]:
    for match in _RIC.finditer(text):
        root, ending = match["root"], SUFFIXES[match["suffix"]]
        bracketed = bool(match["open"] and match["close"])
        if root == "U" or (len(root) < 2 and not bracketed and not _stands_alone(text, match)):
            continue
        printed = f"{root}.{match['suffix']}"
        sure = printed in known_codes()
        symbol = known_codes()[printed] if sure else _by_rule(re.sub(r"_[a-z]+$", "", root), ending)
        yield _named(text, Code(start=match.start(), end=match.end(), symbol=symbol, sure=sure))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a code of one letter without brackets is one, no initials: "Citigroup C.N fell"."""
    return match["suffix"] == "N" and bool(_NAMED_JUST_BEFORE.search(text, max(0, match.start() - 5), match.start()))


def _by_rule(root: str, ending: str) -> str | None:
    """The symbol of a code: "BRKb" is BRK-B, and Hong Kong codes have four digits; None where the market's codes are
    no tickers."""
    if ending in NOT_TICKERS:
        return root + ending if root.isupper() and _is_printed_alike(root + ending) else None
    if root[-1].islower():
        return f"{root[:-1]}-{root[-1].upper()}{ending}"
    return (root.zfill(4) if ending == ".HK" and root.isdigit() else root) + ending


@cache
def _is_printed_alike(symbol: str) -> bool:
    from newsig import instruments

    return symbol in instruments.instruments()


def _quoted(text: str) -> Iterator[Code]:
    """Codes of indices, yields, currencies and futures, which need no name in front."""
    for match in _INDEX.finditer(text):
        if symbol := known_codes().get("." + match["code"]):
            yield _named(text, Code(start=match.start(), end=match.end(), symbol=symbol, sure=True))
    for match in _QUOTE.finditer(text):
        if symbol := known_codes().get(match["code"]):
            yield Code(start=match.start(), end=match.end(), symbol=symbol, sure=True)
    for match in _FUTURE.finditer(text):
        root = match["root"]
        if root in FUTURES_ROOTS and (not match["month"] or match["month"] in FUTURES_MONTHS.get(root, QUARTERS)):
            yield Code(start=match.start(), end=match.end(), symbol=FUTURES_ROOTS[root], sure=True)


def _tagged(text: str) -> Iterator[Code]:
    for match in _TAG.finditer(text):
        symbol = match["ticker"].replace(".", "-") + EXCHANGES[match["exchange"].upper()]
        opened = _OPENED.search(text, max(0, match.start() - 20), match.start())
        found = Code(start=match.start(), end=match.end(), symbol=symbol)
        yield _named(text, found, opened.start() if opened else None)
    for match in _CASHTAG.finditer(text):
        symbol = match["ticker"].replace(".", "-")
        yield Code(start=match.start("ticker"), end=match.end("ticker"), symbol=symbol, sure=True)


def _named(text: str, code: Code, name_ends: int | None = None) -> Code:
    """The code with the name that ends right before it, or at ``name_ends``."""
    name = name_before(text, code.start if name_ends is None else name_ends)
    return code if name is None else replace(code, name_start=name[0], name_end=name[1])
