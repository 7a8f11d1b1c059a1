"""Public lists of listed companies → `Listing`, as their providers write them.

``sec``: the registrants of the US Securities and Exchange Commission with their tickers, one JSON object of ``fields``
and ``data``. ``nasdaq``: the symbol directories of Nasdaq Trader, ``nasdaqlisted.txt`` and ``otherlisted.txt``, lines
of cells between bars that end with the time they were made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from newsig.errors import CollectError
from newsig.instruments.rows import STAGE
from newsig.records import Failure

Source = Literal["sec", "nasdaq"]
SOURCES: tuple[Source, ...] = get_args(Source)

ADDRESSES: Mapping[Source, tuple[str, ...]] = {
    "sec": ("https://www.sec.gov/files/company_tickers_exchange.json",),
    "nasdaq": (
        "https://www.nasdaqtrader.com/dynamic/SymDir/nasdaqlisted.txt",
        "https://www.nasdaqtrader.com/dynamic/SymDir/otherlisted.txt",
    ),
}

EXCHANGES = frozenset({"nyse", "nasdaq", "cboe"})
OVER_THE_COUNTER = "otc"

SEC_FIELDS = ("cik", "name", "ticker", "exchange")
NASDAQ_SYMBOLS = ("Symbol", "ACT Symbol")
NASDAQ_FIELDS = ("Security Name", "Test Issue", "ETF")
NASDAQ_END = "File Creation Time"

_COMMON = re.compile(
    r"\s*(?:-\s*)?\b(?:(?:Class|Series)\s+[A-Z]\s+)?(?:(?:Subordinate|Multiple)\s+Voting\s+|Voting\s+)?"
    r"(?:Common\s+(?:Stock|Shares?)|Ordinary\s+Shares?|Capital\s+Stock|Shares\s+of\s+Beneficial\s+Interest"
    r"|Common\s+Units?|American\s+Depositary\s+(?:Shares?|Receipts?)|ADSs?)\b.*$",
    re.IGNORECASE,
)
"""What a directory puts behind a company's name to say that these are its common shares."""

_OTHER_PAPER = re.compile(
    r"\b(?:warrants?|rights?|units?|preferred|preference|notes?|debentures?|bonds?|trust\s+securities|subunits?"
    r"|depositary\s+shares?\s+each\s+representing\s+a\s+1/|when[\s-]issued)\b",
    re.IGNORECASE,
)
_LIMITED_PARTNERS = re.compile(r"\bCommon\s+Units?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A line of a list. ``symbol`` is Yahoo Finance's, ``name`` the company's as registered, ``issuer`` what its lines
    have in common. ``shares`` says whether these are its common shares, to judge by their form; ``traded`` whether
    they are listed on an exchange, and not traded over the counter."""

    symbol: str
    name: str
    issuer: str
    shares: bool
    traded: bool


def read_listings(source: Source, body: bytes, place: str) -> Iterator[Listing | Failure]:
    """Every line of a provider's list; a line that is none comes as a `Failure` that names it.

    Raises:
        CollectError: it is no such list, or not all of it; it names the ``place``. Raised when the first is asked for.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CollectError(f"{place}: is not in UTF-8, so it is not the list of companies") from error
    if text.lstrip()[:1] == "<":
        raise CollectError(f"{place}: is a web page, not the list of companies; open the address to see what it says")
    reader: Callable[[str, str], Iterator[Listing | Failure]] = {"sec": _sec, "nasdaq": _nasdaq}[source]
    return reader(text, place)


def _sec(text: str, place: str) -> Iterator[Listing | Failure]:
    try:
        found = json.loads(text)
        at = {name: found["fields"].index(name) for name in SEC_FIELDS}
        data: Sequence[Any] = found["data"]
        if not isinstance(data, list):
            raise TypeError("data is no list")
    except ValueError as error:
        raise CollectError(f"{place}: is cut short, or not the list of companies ({error})") from error
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CollectError(
            f"{place}: is not the list of companies: it has no fields {', '.join(SEC_FIELDS)}"
        ) from error
    for number, line in enumerate(data, start=1):
        listing = _sec_listing(line, at) if isinstance(line, list) and len(line) > max(at.values()) else None
        yield listing or _failure(f"{place}: entry {number}", "is no company with a name and a ticker")


def _sec_listing(line: Sequence[Any], at: Mapping[str, int]) -> Listing | None:
    cik, name, ticker, exchange = (line[at[field]] for field in SEC_FIELDS)
    if not (isinstance(name, str) and isinstance(ticker, str) and name.strip() and ticker.strip()):
        return None
    if not (name.isprintable() and ticker.isprintable()):
        return None
    symbol, exchange = ticker.strip().upper(), str(exchange or "").lower()
    listed = exchange in EXCHANGES or exchange == OVER_THE_COUNTER
    return Listing(
        symbol=symbol,
        name=" ".join(name.split()),
        issuer=str(cik),
        shares=listed and _is_common(symbol, abroad=exchange == OVER_THE_COUNTER),
        traded=exchange in EXCHANGES,
    )


def _is_common(symbol: str, *, abroad: bool = False) -> bool:
    """Whether a ticker may be of common shares. A fifth letter marks units, warrants and rights, a hyphen preferred
    shares but for classes; over the counter a fifth letter F or Y marks shares that have their home elsewhere."""
    if "-" in symbol:
        return bool(re.fullmatch(r"[A-Z]+-[ABC]", symbol))
    return bool(re.fullmatch(r"[A-Z]{1,5}", symbol)) and (
        len(symbol) < 5 or symbol[-1] not in ("FY" if abroad else "UWR")
    )


def _nasdaq(text: str, place: str) -> Iterator[Listing | Failure]:
    lines = text.splitlines()
    head = lines[0].split("|") if lines else []
    of_symbol = next((name for name in NASDAQ_SYMBOLS if name in head), None)
    if of_symbol is None or not set(NASDAQ_FIELDS) <= set(head):
        wanted = f"{' or '.join(NASDAQ_SYMBOLS)}, {', '.join(NASDAQ_FIELDS)}"
        raise CollectError(f"{place}: is not the symbol directory: its first line lacks {wanted}")
    whole = [line for line in lines[1:] if line.strip()]
    if not whole or not whole[-1].startswith(NASDAQ_END):
        raise CollectError(f"{place}: is cut short: it does not end with {NASDAQ_END!r}")
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() and not line.startswith(NASDAQ_END):
            cells = dict(zip(head, line.split("|"), strict=False))
            complete = line.count("|") == len(head) - 1 and cells[of_symbol].strip() and cells["Security Name"].strip()
            listing = _nasdaq_listing(cells, cells[of_symbol].strip()) if complete else None
            yield listing or _failure(f"{place}:{number}", f"is no line of {len(head)} cells with a symbol and a name")


def _nasdaq_listing(cells: Mapping[str, str], symbol: str) -> Listing:
    described = " ".join(cells["Security Name"].split())
    name = _COMMON.sub("", described).strip(" -,")
    other = cells["Test Issue"] == "Y" or cells["ETF"] == "Y" or cells.get("NextShares") == "Y"
    paper = _OTHER_PAPER.search(_LIMITED_PARTNERS.sub("", described))
    yahoo = symbol.upper().replace(".", "-")
    return Listing(
        symbol=yahoo,
        name=name,
        issuer=name.lower(),
        shares=bool(name)
        and name.isprintable()
        and name != described
        and not other
        and not paper
        and _is_common(yahoo),
        traded=True,
    )


def _failure(place: str, reason: str) -> Failure:
    return Failure(stage=STAGE, place=place, reason=reason)
