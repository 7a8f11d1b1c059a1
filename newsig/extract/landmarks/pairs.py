"""Which pair of currencies a level prices: "the euro" at 160.55 yen is EURJPY=X."""

from __future__ import annotations

import re

from newsig.records import Unit

DOLLAR = "DX-Y.NYB"
CODES: dict[Unit, str] = {
    "usd": "USD", "eur": "EUR", "gbp": "GBP", "jpy": "JPY", "chf": "CHF", "cny": "CNY", "hkd": "HKD", "inr": "INR",
    "krw": "KRW", "aud": "AUD", "cad": "CAD", "brl": "BRL", "rub": "RUB",
}  # fmt: skip
UNITS = {code: unit for unit, code in CODES.items()}
IN_DOLLARS = ("EUR", "GBP", "AUD", "NZD")
"""Currencies whose pair with the dollar is listed as dollars for one of them."""
NAMES = {
    "yen": "JPY", "dollar": "USD", "greenback": "USD", "euro": "EUR", "sterling": "GBP", "pound": "GBP", "franc": "CHF",
    "yuan": "CNY",
}  # fmt: skip
_WORD = "|".join(NAMES)
_AGAINST = re.compile(
    rf"(?:\s+of\s+(?:[$\d][\d.,]*\s+)(?P<unit>yen|Swiss\s+francs?|francs?|euros?|pounds?)|[^.,;]{{0,25}}?\s(?:against|versus)\s+(?:the\s+|a\s+)?"
    rf"(?:(?P<many>basket|broad|trade|major)|(?:\S+\s+)?(?P<name>{_WORD})))\b",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"(?P<base>[A-Z]{3})?(?P<quote>[A-Z]{3})=X")
_PER_DOLLAR = re.compile(
    r"\s+(?:(?:yen|francs|yuan|won|rupees)\s+)?(?:per|to\s+the|against\s+the|to\s+a)\s+(?:U\.S\.\s+)?dollar",
    re.IGNORECASE,
)


def priced_pair(symbol: str | None, unit: Unit | None, kind: str, behind: str) -> tuple[str | None, Unit | None]:
    """The symbol and unit of a level of something of that ``kind``; the unit is None where it cannot be one.

    ``behind`` are the words that follow the amount.

    >>> priced_pair("EURUSD=X", "jpy", "currency", ""), priced_pair("JPYUSD=X", None, "currency", " per dollar")
    (('EURJPY=X', 'jpy'), ('JPY=X', 'jpy'))
    """
    if kind != "currency":
        return symbol, unit or "index"
    base = "USD" if symbol == DOLLAR else _base(symbol)
    if base is None:
        return symbol, unit
    if base != "USD" and _PER_DOLLAR.match(behind) and base not in IN_DOLLARS:
        return f"{base}=X", UNITS.get(base)
    quote = CODES.get(unit) if unit is not None else _quote(symbol)
    if quote is None or quote == base:
        return symbol, unit if quote is None else None
    return _listed(base, quote), UNITS.get(quote)


def per_dollar(behind: str) -> bool:
    """Whether the words behind an amount make it the price of a dollar: "156.20 per dollar"."""
    return _PER_DOLLAR.match(behind) is not None


def paired(symbol: str | None, kind: str, behind: str) -> str | None:
    """The symbol of a currency held against another one: "the euro" at a low "against the yen". ``behind`` are the
    words that follow; a currency held against many has no symbol but the dollar's index.

    >>> paired("EURUSD=X", "currency", " against the yen"), paired("GBPUSD=X", "currency", " of 132.80 yen")
    ('EURJPY=X', 'GBPJPY=X')
    """
    base = "USD" if symbol == DOLLAR else _base(symbol)
    against = _AGAINST.match(behind)
    if kind != "currency" or base is None or against is None:
        return symbol
    if against["many"]:
        return DOLLAR if base == "USD" else None
    other = NAMES[(against["name"] or against["unit"].split()[-1].rstrip("s")).lower()]
    return symbol if other == base else _listed(base, other)


def _listed(base: str, other: str) -> str:
    """The pair of two currencies as it is listed."""
    if other == "USD":
        return f"{base}USD=X"
    return f"{other}=X" if base == "USD" else f"{base}{other}=X"


def _base(symbol: str | None) -> str | None:
    match = _SYMBOL.fullmatch(symbol or "")
    return None if match is None else match["base"] or "USD"


def _quote(symbol: str | None) -> str | None:
    match = _SYMBOL.fullmatch(symbol or "")
    return None if match is None else match["quote"]
