"""The shipped tables of instruments and segments."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from newsig.records import Instrument

FILES = ("aliases.csv", "codes.csv", "instruments.csv", "listings.csv", "reused.csv", "segments.toml")

SUFFIXES = {
    ".AS": "XAMS", ".AX": "XASX", ".BA": "XBUE", ".BD": "XBUD", ".BE": "XFRA", ".BK": "XBKK",
    ".BO": "XBOM", ".BR": "XBRU", ".CL": "XBOG", ".CN": "XTSE", ".CO": "XCSE", ".DE": "XETR", ".DU": "XFRA",
    ".F": "XFRA", ".HE": "XHEL", ".HK": "XHKG", ".HM": "XFRA", ".IC": "XICE", ".IL": "XLON", ".IR": "XDUB",
    ".IS": "XIST", ".JK": "XIDX", ".JO": "XJSE", ".KL": "XKLS", ".KQ": "XKRX", ".KS": "XKRX", ".L": "XLON",
    ".LM": "XLIM", ".LS": "XLIS", ".MC": "XMAD", ".ME": "XMOS", ".MI": "XMIL", ".MU": "XFRA", ".MX": "XMEX",
    ".NE": "XTSE", ".NS": "XBOM", ".NZ": "XNZE", ".OL": "XOSL", ".PA": "XPAR", ".PR": "XPRA", ".PS": "XPHS",
    ".SA": "BVMF", ".SG": "XFRA", ".SI": "XSES", ".SN": "XSGO", ".SR": "XSAU", ".SS": "XSHG", ".ST": "XSTO",
    ".SW": "XSWX", ".SZ": "XSHG", ".T": "XTKS", ".TO": "XTSE", ".TS": "XTSE", ".TW": "XTAI",
    ".TWO": "XTAI", ".V": "XTSE", ".VI": "XWBO", ".WA": "XWAR",
    "-USD": "24/7", "=F": "XNYS", "=X": "24/5",
}  # fmt: skip
"""Which calendar the end of a Yahoo symbol tells of; exchange_calendars cannot build those of Athens and Tel Aviv."""


@cache
def packaged() -> Mapping[str, Instrument]:
    """Every instrument of the shipped table by its Yahoo Finance symbol."""
    return MappingProxyType(
        {
            row["symbol"]: Instrument(
                symbol=row["symbol"],
                name=row["name"],
                kind=row["kind"],
                market=row["market"],
                segment=row["segment"] or None,
            )
            for row in rows("instruments.csv")
        }
    )


def ending(symbol: str) -> str:
    """The part of a Yahoo symbol that may tell its market, mark included; empty where it has none.

    >>> ending("SAP.DE"), ending("BTC-USD"), ending("^RUT")
    ('.DE', '-USD', '')
    """
    mark = max(symbol.rfind("."), symbol.rfind("="), symbol.rfind("-"))
    return symbol[mark:] if mark > 0 else ""


def market_by_ending(symbol: str) -> str:
    """The exchange calendar that a Yahoo symbol's ending tells of; New York's where it tells of none.

    >>> market_by_ending("XYZW.L"), market_by_ending("EURSEK=X"), market_by_ending("BRK-B")
    ('XLON', '24/5', 'XNYS')
    """
    return SUFFIXES.get(ending(symbol), "XNYS")


@cache
def reused() -> Mapping[str, date]:
    """Symbols that changed hands, with the last day of the year in which the older holder gave them up.

    Aliases of the older holder keep its symbol, yet closes under that symbol belong to the newer one: up to this day
    they say nothing about either.

    >>> reused()["WM"]  # Washington Mutual, then Waste Management
    datetime.date(2008, 12, 31)
    """
    return MappingProxyType({row["symbol"]: date(int(row["until"]), 12, 31) for row in rows("reused.csv")})


@cache
def former() -> Mapping[str, str]:
    """Who held a symbol that changed hands, and until which year.

    >>> former()["WM"]
    'Washington Mutual (to 2008)'
    """
    return MappingProxyType({row["symbol"]: f"{row['name']} (to {row['until']})" for row in rows("reused.csv")})


@cache
def digest() -> str:
    """Sixty-four hexadecimal digits that change whenever a shipped table does."""
    found = hashlib.sha256()
    for name in FILES:
        found.update(name.encode() + b"\0" + _file(name).encode() + b"\0")
    return found.hexdigest()


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a shipped CSV table."""
    yield from csv.DictReader(_file(name).splitlines())


def segment_tables() -> Mapping[str, Any]:
    """The shipped file of segments, as it is written."""
    return tomllib.loads(_file("segments.toml"))


@cache
def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
