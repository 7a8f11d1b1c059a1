"""A server on this computer that answers as Yahoo's chart service and as Stooq do, out of one table of closes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

NEW_YORK = "America/New_York"
GONE = {"code": "Not Found", "description": "No data found, symbol may be delisted"}
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Listed:
    """A thing that trades: closes and splits by day; what is null or a word stands so in the answer."""

    closes: dict[date, Any]
    splits: dict[date, tuple[float, float]] = field(default_factory=dict)
    currency: str | None = "USD"
    zone: str = NEW_YORK
    adjusted: float = 0.9


@dataclass
class Exchange:
    """What is listed, by the symbol that is asked for; ``first`` are answers that come before all others, by symbol;
    ``asked`` the paths that were asked for prices."""

    listed: dict[str, Listed]
    first: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def chart(self, symbol: str, asked: dict[str, str]) -> Answer:
        thing = self.listed.get(symbol)
        if thing is None:
            return as_json(404, {"chart": {"result": None, "error": GONE}})
        days, events = [], {}
        if "period1" in asked:
            first, last = (datetime.fromtimestamp(int(asked[name]), UTC) for name in ("period1", "period2"))
            days = [day for day in thing.closes if first <= opening(day, thing.zone) < last]
            told = {day: split for day, split in thing.splits.items() if first <= opening(day, thing.zone) < last}
            events = {
                str(int(opening(day, thing.zone).timestamp())): {
                    "date": int(opening(day, thing.zone).timestamp()),
                    "numerator": up,
                    "denominator": down,
                    "splitRatio": f"{up:g}:{down:g}",
                }
                for day, (up, down) in told.items()
            }
        if asked.get("interval") == "3mo":
            days = days[:1]
        return as_json(200, {"chart": {"result": [result(symbol, thing, days, events)], "error": None}})

    def csv(self, symbol: str, asked: dict[str, str]) -> Answer:
        thing = self.listed.get(symbol)
        first, last = (datetime.strptime(asked[name], "%Y%m%d").date() for name in ("d1", "d2"))
        days = [day for day in thing.closes if first <= day <= last] if thing else []
        if thing is None or not days:
            return 200, {"Content-Type": "text/plain"}, b"No data\r\n"
        rows = [
            f"{day},{thing.closes[day]},{thing.closes[day]},{thing.closes[day]},{thing.closes[day]}" for day in days
        ]
        return 200, {"Content-Type": "text/csv"}, "\r\n".join(["Date,Open,High,Low,Close", *rows, ""]).encode()


def opening(day: date, zone: str) -> datetime:
    """The moment that Yahoo dates a day's bar with."""
    return datetime.combine(day, time(9, 30), ZoneInfo(zone))


def as_json(status: int, value: object) -> Answer:
    return status, {"Content-Type": "application/json"}, json.dumps(value).encode()


def result(symbol: str, thing: Listed, days: list[date], events: dict[str, Any]) -> dict[str, Any]:
    closes = [thing.closes[day] for day in days]
    meta = {
        "currency": thing.currency,
        "symbol": symbol,
        "instrumentType": "EQUITY",
        "exchangeTimezoneName": thing.zone,
        "priceHint": 2,
        "validRanges": ["1d", "max"],
        "firstTradeDate": 345479400,
    }
    quote = dict.fromkeys(("open", "high", "low", "close"), closes)
    adjusted = [close * thing.adjusted if isinstance(close, float) else close for close in closes]
    return {
        "meta": meta,
        "timestamp": [int(opening(day, thing.zone).timestamp()) for day in days],
        "events": {"splits": events} if events else {},
        "indicators": {"quote": [quote | {"volume": [1000] * len(days)}], "adjclose": [{"adjclose": adjusted}]},
    }


class Handler(BaseHTTPRequestHandler):
    exchange: Exchange

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(path.query).items()}
        chart = "/v8/finance/chart/"
        if path.path.startswith(chart):
            self._answer(unquote(path.path.removeprefix(chart)), asked, self.exchange.chart)
        elif path.path == "/q/d/l/":
            self._answer(asked["s"], asked, self.exchange.csv)
        else:  # cookies, crumbs and the like
            self._send((404, {}, b""))

    def _answer(self, symbol: str, asked: dict[str, str], usual: Any) -> None:
        self.exchange.asked.append(self.path)
        if waiting := self.exchange.first.get(symbol):
            answer = waiting.pop(0)
            if answer == SILENCE:
                self.exchange.closing.wait()
            else:
                self._send(answer)
        else:
            self._send(usual(symbol, asked))

    def _send(self, answer: Answer) -> None:
        status, headers, body = answer
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


SILENCE: Answer = (0, {}, b"")
"""No answer at all, for as long as the server runs."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Clients that lose patience are a part of the tests."""


@contextmanager
def served(exchange: Exchange) -> Iterator[str]:
    """The address of a server that answers out of ``exchange``."""
    handler = type("Handler", (Handler,), {"exchange": exchange})
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            exchange.closing.set()
            server.shutdown()


def weekdays(first: date, *closes: Any) -> dict[date, Any]:
    """Closes for weekdays from ``first`` on."""
    days = (first + timedelta(days=number) for number in range(2 * len(closes) + 3))
    return dict(zip((day for day in days if day.weekday() < 5), closes, strict=False))
