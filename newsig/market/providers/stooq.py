"""Stooq's daily prices, as CSV over HTTP.

Stooq adjusts for everything unless it is told not to; asked as here, closes are adjusted for splits and not for
dividends, as they should be. It tells no splits, no currency and, at the same time, no closes adjusted for dividends.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Protocol
from urllib.parse import urlencode

from newsig.errors import CollectError, PriceError
from newsig.market.prices import Row
from newsig.market.providers.asking import Patience, sorted_out
from newsig.records import Download

ADDRESS = "https://stooq.com/q/d/l/"
SKIP_DIVIDENDS = "0100000"
"""The kinds of adjustment to leave out, one digit for each: splits, dividends and five rarer ones."""

COUNTERPARTS = {
    "^GSPC": "^spx", "^DJI": "^dji", "^DJT": "^djt", "^DJU": "^dju", "^IXIC": "^ndq", "^NDX": "^ndx", "^GSPTSE": "^tsx",
    "^GDAXI": "^dax", "^FCHI": "^cac", "^AEX": "^aex", "^IBEX": "^ibex", "^SSMI": "^smi", "^BVSP": "^bvp",
    "^N225": "^nkx", "^HSI": "^hsi", "^KS11": "^kospi", "^TWII": "^twse", "000001.SS": "^shc",
    "GC=F": "gc.f", "SI=F": "si.f", "HG=F": "hg.f", "PL=F": "pl.f", "PA=F": "pa.f",
    "CL=F": "cl.f", "BZ=F": "cb.f", "NG=F": "ng.f", "BTC-USD": "btc.v",
}  # fmt: skip
"""Yahoo's symbols whose counterpart follows no rule. Only those that are the very same thing: Stooq's ^ukx is a
contract on the FTSE 100, and its dx.f a future on the dollar index."""

EXCHANGES = {".L": ".uk", ".DE": ".de", ".T": ".jp", ".BD": ".hu", ".WA": ""}
"""The endings of Yahoo's symbols by exchange, and Stooq's."""

_PAIR = re.compile(r"([A-Z]{3})?([A-Z]{3})=X")
_SHARE = re.compile(r"[A-Z]{1,5}(?:-[A-Z]{1,2})?")
_LISTED = re.compile(r"([A-Z0-9-]+)(\.[A-Z]+)")

NO_DATA = "no data"
LIMIT = "daily hits limit"


class Answer(Protocol):
    """What is read of a fetched document."""

    @property
    def body(self) -> bytes:
        """Its bytes."""


Fetch = Callable[[str], Answer]
"""Gives the document at an address; raises `CollectError`."""


def counterpart(symbol: str) -> str | None:
    """Stooq's symbol for one of Yahoo's; None where none is known.

    >>> counterpart("AAPL"), counterpart("BRK-B"), counterpart("^IXIC"), counterpart("EURUSD=X"), counterpart("JPY=X")
    ('aapl.us', 'brk-b.us', '^ndq', 'eurusd', 'usdjpy')
    >>> counterpart("VOD.L"), counterpart("CDR.WA"), counterpart("^RUT"), counterpart("ETH-USD")
    ('vod.uk', 'cdr', None, None)
    """
    if symbol in COUNTERPARTS:
        return COUNTERPARTS[symbol]
    if pair := _PAIR.fullmatch(symbol):
        return f"{pair[1] or 'USD'}{pair[2]}".lower()
    if _SHARE.fullmatch(symbol):
        return f"{symbol.lower()}.us"
    listed = _LISTED.fullmatch(symbol)
    if listed and listed[2] in EXCHANGES:
        return listed[1].lower() + EXCHANGES[listed[2]]
    return None


class Stooq:
    """Asks Stooq by ``fetch``. ``key`` is the key that its page gives to people, empty for none."""

    name = "stooq"
    whole = True
    grows = False

    def __init__(self, fetch: Fetch, patience: Patience, key: str = "") -> None:
        self._fetch = fetch
        self._patience = patience
        self._key = key

    def bars(self, symbol: str, first: date, last: date) -> Download:
        """See `Provider.bars`."""
        theirs = counterpart(symbol)
        if theirs is None:
            raise PriceError(f"no symbol of Stooq is known for {symbol}: use another provider, or a file")
        asked = {"s": theirs, "d1": f"{first:%Y%m%d}", "d2": f"{last:%Y%m%d}", "i": "d", "o": SKIP_DIVIDENDS}
        at = self._patience.clock()
        body = self._asked(f"{ADDRESS}?{urlencode(asked | ({'apikey': self._key} if self._key else {}), safe='^')}")
        text = body.decode("utf-8-sig", "replace").strip()
        if reason := _refusal(text):
            raise PriceError(f"Stooq ({theirs}) {reason[0]}", for_all=reason[1])
        bars, failures = sorted_out(_rows(text, symbol, theirs), first, last)
        if not bars:
            raise PriceError(f"Stooq ({theirs}) gave no usable prices from {first} to {last}")
        return Download(
            symbol=symbol,
            provider=self.name,
            first=first,
            last=last,
            at=at,
            sha256=hashlib.sha256(body).hexdigest(),
            bars=bars,
            failures=failures,
        )

    def _asked(self, url: str) -> bytes:
        attempt = 1
        while True:
            try:
                return self._fetch(url).body
            except CollectError as error:
                if error.passing and self._patience.waits(attempt, error.retry_after):
                    attempt += 1
                    continue
                reason = str(error).partition(": ")[2]  # without the address: it holds the user's key
                tried = f", {attempt} times" if attempt > 1 else ""
                raise PriceError(f"Stooq could not be asked{tried}: {reason}", for_all=error.passing) from error


def _refusal(text: str) -> tuple[str, bool] | None:
    """What an answer that is no table says, and whether it would be the same for every symbol; None for a table."""
    start = text[:500].lower()
    if text.lower().startswith("date,"):
        return None
    if not text or start.startswith(NO_DATA):
        return "has no prices for these days", False
    if LIMIT in start:
        return "has given as much as it gives in a day: go on tomorrow", True
    if "apikey" in start:
        return "asks for a key: its download page gives one to people; set NEWSIG_STOOQ_KEY to it", True
    if start.startswith("<") or "<html" in start:
        return "answered with a web page, as it does to programs: save the prices by browser, or use a key", True
    return f"answered {text[:60]!r} instead of prices", False


def _rows(text: str, symbol: str, theirs: str) -> Iterator[tuple[str, Row | str]]:
    reader = csv.reader(io.StringIO(text))
    columns = [name.strip().lower() for name in next(reader)]
    for cells in reader:
        place = f"stooq {theirs} line {reader.line_num}"
        if len(cells) != len(columns):
            yield place, f"has {len(cells)} cells where the header has {len(columns)}"
        elif "close" not in columns:
            yield place, "has no close"
        else:
            yield place, {"symbol": symbol, **dict(zip(columns, cells, strict=True))}
