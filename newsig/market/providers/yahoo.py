"""Yahoo Finance's daily prices, through yfinance.

Closes are adjusted for all splits up to the moment of asking and for no dividends, ``adj_close`` for both. yfinance
knows how to be let in; what Yahoo says is read from its answers themselves, since yfinance takes every error
for a delisted share.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from newsig.errors import PriceError
from newsig.market.prices import Row
from newsig.market.providers.asking import Patience, sorted_out
from newsig.records import Download, Split

CHART = "/v8/finance/chart/"
SPLITS_SINCE = date(1970, 1, 2)
"""From when on splits are asked for: no bars are needed from before."""

INSTALL = "prices from Yahoo need yfinance: pip install 'newsig[prices]'"
COLUMNS = {"Open": "open", "High": "high", "Low": "low", "Close": "close", "Adj Close": "adj_close", "Volume": "volume"}
NEVER_SPLIT = ("=X", "=F", "-USD")
"""Endings of what has no shares that could be split; nor has an index, with its caret."""

TOO_MANY = 429


class Yahoo:
    """Asks Yahoo by yfinance. ``timeout`` is in seconds for one request, ``session`` one of curl_cffi or requests that
    yfinance is to use (None: its own kind, which looks like a browser).

    Raises:
        PriceError: yfinance is not installed.
    """

    name = "yahoo"
    whole = False
    grows = False

    def __init__(self, patience: Patience, timeout: float, session: Any = None) -> None:
        try:
            import yfinance
            from curl_cffi.requests import Session
        except ImportError as error:
            raise PriceError(INSTALL) from error
        # Its words on errors come in our own sentences; without any handler Python would print them, too.
        logging.getLogger("yfinance").addHandler(logging.NullHandler())
        self._library = yfinance
        self._patience = patience
        self._timeout = timeout
        self._line = _Line(session or Session(impersonate="chrome"), patience)
        self._told: dict[tuple[str, date], tuple[Split, ...]] = {}

    def bars(self, symbol: str, first: date, last: date) -> Download:
        """See `Provider.bars`."""
        at = self._patience.clock()
        ticker = self._library.Ticker(symbol, session=self._line.session)
        frame = self._history(ticker, first, last + timedelta(days=1), "1d")
        chart = self._line.chart(symbol)
        bars, failures = sorted_out(_rows(frame, symbol), first, last)
        if not bars:
            raise PriceError(f"Yahoo gave no prices of {symbol} from {first} to {last}")
        digest = hashlib.sha256(self._line.sent).hexdigest()
        return Download(
            symbol=symbol,
            provider=self.name,
            first=first,
            last=last,
            at=at,
            sha256=digest,
            bars=bars,
            splits=self._splits(ticker, symbol, at.date()),
            currency=chart["meta"].get("currency"),
            failures=failures,
        )

    def _splits(self, ticker: Any, symbol: str, today: date) -> tuple[Split, ...]:
        """All splits of a symbol: the closes of a span are divided by those that came after it, too, and the chart of
        the span tells its own only. Asked for once a day."""
        if symbol.startswith("^") or symbol.endswith(NEVER_SPLIT):
            return ()
        if (symbol, today) not in self._told:
            self._history(ticker, SPLITS_SINCE, today + timedelta(days=1), "3mo")  # a row a quarter will do
            self._told[symbol, today] = _splits(self._line.chart(symbol), symbol)
        return self._told[symbol, today]

    def _history(self, ticker: Any, first: date, before: date, interval: str) -> Any:
        from yfinance.data import YfData

        YfData.cache_get.cache_clear()  # it keeps refusals, too
        self._line.begin()
        span = {"start": first.isoformat(), "end": before.isoformat(), "interval": interval}
        try:
            return ticker.history(**span, auto_adjust=False, actions=True, timeout=self._timeout)
        except Exception as error:
            self._line.chart(ticker.ticker)  # what Yahoo said goes before what yfinance made of it
            raise PriceError(f"yfinance cannot read Yahoo's answer on {ticker.ticker} ({error})") from error


class _Line:
    """Yfinance's session, listened to: charts are asked for patiently, and the last answer is kept."""

    def __init__(self, session: Any, patience: Patience) -> None:
        self.session = session
        self._ask = session.request
        self._patience = patience
        session.request = self._request
        self.begin()

    def begin(self) -> None:
        """Forget what was heard; from here on the attempts are counted."""
        self.sent = b""
        self._status: int | None = None
        self._error: OSError | None = None
        self._attempts = 0

    def _request(self, method: str, url: str, **given: Any) -> Any:
        if CHART not in url:
            return self._ask(method=method, url=url, **given)
        while True:
            self._attempts += 1
            self.sent, self._status, self._error, asked = b"", None, None, None
            try:
                answer = self._ask(method=method, url=url, **given)
            except OSError as error:
                self._error = error
                if self._patience.waits(self._attempts):
                    continue
                raise
            self.sent, self._status = answer.content, int(answer.status_code)
            asked = answer.headers.get("Retry-After")
            if not (self._status == TOO_MANY or self._status >= 500) or not self._patience.waits(self._attempts, asked):
                return answer

    def chart(self, symbol: str) -> dict[str, Any]:
        """The chart that the last answer holds.

        Raises:
            PriceError: it holds none, and this is why.
        """
        tried = f", {self._attempts} times" if self._attempts > 1 else ""
        if self._status is None:
            reason = str(self._error or "no answer").partition(". See https")[0]
            raise PriceError(f"Yahoo could not be asked{tried}: {reason}", for_all=True)
        if self._status == TOO_MANY:
            raise PriceError(f"Yahoo takes no more requests for now (429{tried}): go on later", for_all=True)
        if self._status >= 500:
            raise PriceError(f"Yahoo is out of order ({self._status}{tried}): go on later", for_all=True)
        try:
            chart = json.loads(self.sent)["chart"]
            if error := chart.get("error"):
                raise PriceError(f"Yahoo on {symbol}: {error.get('description') or error.get('code')}")
            found = chart["result"][0]
            if not isinstance(found["meta"], dict):
                raise TypeError("meta is no object")
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise PriceError(f"Yahoo answered {self._status} on {symbol} with something else than a chart") from error
        return dict(found)


def _rows(frame: Any, symbol: str) -> Iterator[tuple[str, Row]]:
    for moment, values in zip(frame.index, frame.to_dict("records"), strict=True):
        cells = {ours: values.get(theirs) for theirs, ours in COLUMNS.items()}
        day = moment.date()
        row = {"symbol": symbol, "date": day} | {name: "" if cell != cell else cell for name, cell in cells.items()}
        yield f"yahoo {symbol} {day}", row


def _splits(chart: dict[str, Any], symbol: str) -> tuple[Split, ...]:
    """The splits that a chart tells, oldest first, by day in the exchange's zone."""
    told = (chart.get("events") or {}).get("splits") or {}
    try:
        zone = ZoneInfo(chart["meta"]["exchangeTimezoneName"])
        ratios = {
            datetime.fromtimestamp(one["date"], UTC).astimezone(zone).date(): one["numerator"] / one["denominator"]
            for one in told.values()
        }
    except (KeyError, ValueError, TypeError, ZeroDivisionError, AttributeError) as error:
        raise PriceError(f"Yahoo's splits of {symbol} cannot be read ({error!r})") from error
    return tuple(Split(symbol=symbol, day=day, ratio=ratios[day]) for day in sorted(ratios) if ratios[day] > 0)
