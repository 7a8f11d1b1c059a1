"""Yahoo, Stooq and files as providers, against a real server on loopback that answers in their formats."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yfinance
from curl_cffi.requests import Session

from newsig.collect.http import Limits, Response, fetch
from newsig.errors import PriceError
from newsig.market.providers import Files, Patience, Stooq, Yahoo
from newsig.market.providers.asking import LONGEST_PAUSE, pause_before
from newsig.market.providers.stooq import ADDRESS, counterpart
from newsig.records import Price, Split
from tests.exchange import SILENCE, Answer, Exchange, Listed, served, weekdays

NOW = datetime(2024, 7, 18, 3, tzinfo=UTC)
MONDAY, FRIDAY = date(2024, 7, 8), date(2024, 7, 12)
LATER: Answer = (503, {}, b"later")
ENOUGH: Answer = (429, {"Retry-After": "7"}, b"Too Many Requests")
ENOUGH_FOR_AN_HOUR: Answer = (429, {"Retry-After": "3600"}, b"Too Many Requests")


def exchange() -> Exchange:
    week = weekdays(MONDAY, 10.0, 11.0, 12.0, 13.0, 14.0)
    return Exchange(
        listed={
            "AAPL": Listed(closes=weekdays(date(2024, 7, 1), *(float(number) for number in range(20, 32)))),
            "NVDA": Listed(
                closes=weekdays(date(2024, 6, 3), 115.0, 116.4, 122.4, 121.0, 120.9, 121.8, 120.9),
                splits={date(2024, 6, 10): (10, 1), date(2021, 7, 20): (4, 1)},
            ),
            "NEW.L": Listed(closes=week, splits={date(2024, 7, 16): (1, 5)}, currency="GBp", zone="Europe/London"),
            "CL=F": Listed(closes={date(2020, 4, 17): 18.27, date(2020, 4, 20): -37.63, date(2020, 4, 21): 10.01}),
            "HOLE": Listed(closes=weekdays(MONDAY, 10.0, None, 12.0, 0.0, 14.0)),
            "NOTHING": Listed(closes={}),
            "aapl.us": Listed(closes=week),
            "cl.f": Listed(closes={date(2020, 4, 20): -37.63}),
            "odd.us": Listed(closes=weekdays(MONDAY, 10.0, "N/D", 12.0, -3.0, "14.0,15")),
        }
    )


class Redirected(Session[Any]):
    """What yfinance asks Yahoo for is asked of a server on this computer."""

    def __init__(self, base: str) -> None:
        super().__init__(impersonate="chrome")
        self.base = base

    def request(self, method: Any, url: str, **given: Any) -> Any:  # type: ignore[override]
        return super().request(method, re.sub(r"^https://[a-z0-9.]*yahoo\.com", self.base, url), **given)


@pytest.fixture(scope="module", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    yfinance.set_tz_cache_location(str(tmp_path_factory.mktemp("yfinance")))


@pytest.fixture
def market() -> Iterator[tuple[Exchange, str]]:
    listed = exchange()
    with served(listed) as base:
        yield listed, base


@pytest.fixture
def waited() -> list[float]:
    return []


@pytest.fixture
def yahoo(market: tuple[Exchange, str], waited: list[float]) -> Yahoo:
    return Yahoo(Patience(waited.append, lambda: NOW), 20.0, Redirected(market[1]))


def asker(base: str, timeout: float = 20.0) -> Callable[[str], Response]:
    return lambda url: fetch(url.replace("https://stooq.com", base), limits=Limits(seconds=timeout), private=True)


@pytest.fixture
def stooq(market: tuple[Exchange, str], waited: list[float]) -> Stooq:
    return Stooq(asker(market[1]), Patience(waited.append, lambda: NOW))


# Yahoo


def test_yahoo_gives_the_bars_of_a_span_adjusted_for_splits_and_for_dividends_apart(yahoo: Yahoo) -> None:
    got = yahoo.bars("AAPL", date(2024, 7, 2), date(2024, 7, 3))
    assert got.bars == tuple(
        Price(
            symbol="AAPL",
            day=date(2024, 7, day),
            **dict.fromkeys(("open", "high", "low", "close"), close),
            adj_close=pytest.approx(close * 0.9),
            volume=1000.0,
        )
        for day, close in ((2, 21.0), (3, 22.0))
    )
    assert (got.provider, got.first, got.last, got.at) == ("yahoo", date(2024, 7, 2), date(2024, 7, 3), NOW)
    assert (got.splits, got.currency, got.failures, got.source) == ((), "USD", (), "yahoo 2024-07-18")


def test_the_digest_is_that_of_what_was_sent(yahoo: Yahoo, market: tuple[Exchange, str]) -> None:
    span = (date(2024, 7, 11), date(2024, 7, 12))
    digests = {yahoo.bars("AAPL", *span).sha256 for _ in range(2)}
    assert len(digests) == 1
    market[0].listed["AAPL"].closes[date(2024, 7, 15)] = 31.01
    assert yahoo.bars("AAPL", *span).sha256 in digests
    market[0].listed["AAPL"].closes[date(2024, 7, 12)] = 31.01
    assert yahoo.bars("AAPL", *span).sha256 not in digests


SPLITS = [
    ("NVDA", date(2024, 6, 10), date(2024, 6, 11), [(date(2021, 7, 20), 4), (date(2024, 6, 10), 10)]),
    ("NVDA", date(2024, 6, 3), date(2024, 6, 7), [(date(2021, 7, 20), 4), (date(2024, 6, 10), 10)]),
    ("NEW.L", MONDAY, FRIDAY, [(date(2024, 7, 16), 0.2)]),
    ("CL=F", date(2020, 4, 17), date(2020, 4, 17), []),
]


@pytest.mark.parametrize(("symbol", "first", "last", "splits"), SPLITS)
def test_yahoo_tells_every_split(
    yahoo: Yahoo, symbol: str, first: date, last: date, splits: list[tuple[date, float]]
) -> None:
    assert yahoo.bars(symbol, first, last).splits == tuple(
        Split(symbol=symbol, day=day, ratio=ratio) for day, ratio in splits
    )


def test_splits_are_asked_for_once(yahoo: Yahoo, market: tuple[Exchange, str]) -> None:
    for day in (8, 9):
        yahoo.bars("AAPL", date(2024, 7, day), date(2024, 7, day))
    assert sum("interval=3mo" in path for path in market[0].asked) == 1


def test_pence_are_told(yahoo: Yahoo) -> None:
    assert yahoo.bars("NEW.L", MONDAY, FRIDAY).currency == "GBp"


def test_a_future_may_close_below_zero(yahoo: Yahoo) -> None:
    bars = yahoo.bars("CL=F", date(2020, 4, 17), date(2020, 4, 21)).bars
    assert [bar.close for bar in bars] == [18.27, -37.63, 10.01]


def test_days_without_a_usable_close_are_left_out(yahoo: Yahoo) -> None:
    got = yahoo.bars("HOLE", MONDAY, FRIDAY)
    assert [(bar.day.day, bar.close) for bar in got.bars] == [(8, 10.0), (10, 12.0), (12, 14.0)]
    assert [(failure.place, failure.reason) for failure in got.failures] == [
        ("yahoo HOLE 2024-07-09", "close is empty"),
        ("yahoo HOLE 2024-07-11", "close is 0, but only futures and yields can close at zero or below"),
    ]


@pytest.mark.parametrize(
    ("symbol", "sentence"),
    [
        ("GONE", "Yahoo on GONE: No data found, symbol may be delisted"),
        ("NOTHING", "Yahoo gave no prices of NOTHING from 2024-07-08 to 2024-07-12"),
    ],
)
def test_a_symbol_without_prices_is_named(yahoo: Yahoo, symbol: str, sentence: str, waited: list[float]) -> None:
    with pytest.raises(PriceError) as caught:
        yahoo.bars(symbol, MONDAY, FRIDAY)
    assert (str(caught.value), caught.value.for_all, waited) == (sentence, False, [])


RETRIED = [
    ([LATER], [2.0]),
    ([ENOUGH], [7.0]),
    ([LATER, ENOUGH, LATER], [2.0, 7.0, 8.0]),
]


@pytest.mark.parametrize(("answers", "pauses"), RETRIED)
def test_yahoo_is_asked_again_after_a_pause(
    yahoo: Yahoo, market: tuple[Exchange, str], waited: list[float], answers: list[Answer], pauses: list[float]
) -> None:
    yahoo.bars("AAPL", date(2024, 7, 11), date(2024, 7, 12))
    market[0].first["AAPL"] = [*answers]
    assert [bar.close for bar in yahoo.bars("AAPL", date(2024, 7, 15), date(2024, 7, 15)).bars] == [30.0]
    assert waited == pauses


REFUSED = [
    ([ENOUGH] * 9, "Yahoo takes no more requests for now (429, 5 times): go on later", True),
    ([ENOUGH_FOR_AN_HOUR] * 3, "Yahoo takes no more requests for now (429", True),
    ([LATER] * 9, "Yahoo is out of order (503, ", True),
    ([(200, {}, b"<html>Will be right back</html>")] * 2, "Yahoo answered 200 on AAPL with something else", False),
    ([(200, {}, b"{}")], "Yahoo answered 200 on AAPL with something else than a chart", False),
]


@pytest.mark.parametrize(("answers", "sentence", "for_all"), REFUSED)
def test_what_yahoo_refuses_is_one_sentence(
    yahoo: Yahoo, market: tuple[Exchange, str], answers: list[Answer], sentence: str, for_all: bool
) -> None:
    yahoo.bars("AAPL", date(2024, 7, 11), date(2024, 7, 12))  # from here on the symbol's zone is known
    market[0].first["AAPL"] = [*answers]
    with pytest.raises(PriceError) as caught:
        yahoo.bars("AAPL", date(2024, 7, 15), date(2024, 7, 15))
    assert str(caught.value).startswith(sentence)
    assert (caught.value.for_all, "\n" in str(caught.value)) == (for_all, False)


def test_a_refusal_is_not_remembered(yahoo: Yahoo, market: tuple[Exchange, str]) -> None:
    market[0].first["AAPL"] = [ENOUGH_FOR_AN_HOUR] * 4
    with pytest.raises(PriceError):
        yahoo.bars("AAPL", date(2024, 7, 15), date(2024, 7, 15))
    market[0].first.clear()
    assert len(yahoo.bars("AAPL", date(2024, 7, 15), date(2024, 7, 15)).bars) == 1


def test_a_silent_yahoo_is_given_up(market: tuple[Exchange, str], waited: list[float]) -> None:
    quick = Yahoo(Patience(waited.append, lambda: NOW), 0.3, Redirected(market[1]))
    quick.bars("AAPL", date(2024, 7, 11), date(2024, 7, 12))
    market[0].first["AAPL"] = [SILENCE] * 8
    with pytest.raises(PriceError, match=r"Yahoo could not be asked, 4 times: .*timed out") as caught:
        quick.bars("AAPL", date(2024, 7, 15), date(2024, 7, 15))
    assert (caught.value.for_all, waited) == (True, [2.0, 4.0, 8.0])


def test_without_yfinance_the_command_says_what_to_install(tmp_path: Path) -> None:
    code = "import sys; sys.modules['yfinance'] = None; from newsig.cli import main; main()"
    words = ["prices", "sync", "--symbol", "AAPL", "--since", "2024-07-01", "--db", str(tmp_path / "new.db")]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "newsig: prices from Yahoo need yfinance: pip install 'newsig[prices]'\n"
    assert not list(tmp_path.iterdir())


# Stooq


def test_stooq_gives_the_bars_of_a_span(stooq: Stooq, market: tuple[Exchange, str]) -> None:
    got = stooq.bars("AAPL", MONDAY, date(2024, 7, 9))
    assert [(bar.symbol, bar.day, bar.close, bar.adj_close) for bar in got.bars] == [
        ("AAPL", MONDAY, 10.0, None),
        ("AAPL", date(2024, 7, 9), 11.0, None),
    ]
    assert market[0].asked == ["/q/d/l/?s=aapl.us&d1=20240708&d2=20240709&i=d&o=0100000"]
    assert (got.splits, got.currency, got.at) == (None, None, NOW)
    sent = asker(market[1])(f"{ADDRESS}?s=aapl.us&d1=20240708&d2=20240709&i=d&o=0100000").body
    assert got.sha256 == hashlib.sha256(sent).hexdigest()


def test_stooqs_spoilt_rows_are_named(stooq: Stooq) -> None:
    got = stooq.bars("ODD", MONDAY, FRIDAY)
    assert [bar.close for bar in got.bars] == [10.0, 12.0]
    assert [(failure.place, failure.reason) for failure in got.failures] == [
        ("stooq odd.us line 3", "close is 'N/D', which is no number"),
        ("stooq odd.us line 5", "close is -3, but only futures and yields can close at zero or below"),
        ("stooq odd.us line 6", "has 9 cells where the header has 5"),
    ]


def test_stooqs_future_may_close_below_zero(stooq: Stooq) -> None:
    assert stooq.bars("CL=F", date(2020, 4, 20), date(2020, 4, 20)).bars[0].close == -37.63


COUNTERPARTS = [
    ("AAPL", "aapl.us"),
    ("BRK-B", "brk-b.us"),
    ("^GSPC", "^spx"),
    ("^DJI", "^dji"),
    ("^IXIC", "^ndq"),
    ("^NDX", "^ndx"),
    ("EURUSD=X", "eurusd"),
    ("JPY=X", "usdjpy"),
    ("GC=F", "gc.f"),
    ("BZ=F", "cb.f"),
    ("SAP.DE", "sap.de"),
    ("VOD.L", "vod.uk"),
    ("7203.T", "7203.jp"),
    ("PKO.WA", "pko"),
    ("BTC-USD", "btc.v"),
    ("^RUT", None),
    ("^FTSE", None),
    ("DX-Y.NYB", None),
    ("0700.HK", None),
    ("US2Y", None),
    ("ZC=F", None),
    ("DOGE-USD", None),
]


@pytest.mark.parametrize(("symbol", "theirs"), COUNTERPARTS)
def test_stooqs_symbols(symbol: str, theirs: str | None) -> None:
    assert counterpart(symbol) == theirs


def test_the_page_shows_stooqs_symbols() -> None:
    page = (Path(__file__).parents[1] / "docs" / "prices.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| `([^`]+)` \| (`[^`]+`|–) \|$", page, flags=re.MULTILINE)
    assert len(shown) >= 12
    assert {symbol: theirs.strip("`") for symbol, theirs in shown} == {
        symbol: counterpart(symbol) or "–" for symbol, _ in shown
    }


def test_the_page_shows_the_pauses() -> None:
    page = (Path(__file__).parents[1] / "docs" / "prices.md").read_text(encoding="utf-8")
    assert [pause_before(attempt, None, NOW) for attempt in (2, 3, 4, 5)] == [2.0, 4.0, 8.0, None]
    assert "after 2, 4 and 8 seconds" in page
    assert (LONGEST_PAUSE, "more than two minutes" in page) == (120.0, True)


def test_a_symbol_that_stooq_has_none_for_is_not_asked(stooq: Stooq, market: tuple[Exchange, str]) -> None:
    with pytest.raises(PriceError, match=r"no symbol of Stooq is known for \^RUT: use another provider, or a file"):
        stooq.bars("^RUT", MONDAY, FRIDAY)
    assert market[0].asked == []


PLAIN = {"Content-Type": "text/plain"}
STOOQ_SAYS = [
    ((200, PLAIN, b"No data"), "Stooq (aapl.us) has no prices for these days", False),
    ((200, PLAIN, b""), "Stooq (aapl.us) has no prices for these days", False),
    ((200, PLAIN, b"Exceeded the daily hits limit"), "has given as much as it gives in a day: go on tomorrow", True),
    ((200, {}, b"<!DOCTYPE html><html><script>work()</script></html>"), "answered with a web page", True),
    ((200, PLAIN, b"Get your apikey:\n\n1. Open the page"), "asks for a key", True),
    ((200, PLAIN, b"Brak danych, prosze"), "answered 'Brak danych, prosze' instead of prices", False),
    ((200, {}, b"Date,Open,High,Low,Close\r\n"), "gave no usable prices from 2024-07-08 to 2024-07-12", False),
    ((200, {}, b"Date,Open\r\n2024-07-08,1\r\n"), "gave no usable prices", False),
    ((404, {}, b""), "Stooq could not be asked: answered 404 Not Found", False),
]


@pytest.mark.parametrize(("answer", "sentence", "for_all"), STOOQ_SAYS)
def test_stooqs_answers_are_told_apart(
    stooq: Stooq, market: tuple[Exchange, str], waited: list[float], answer: Answer, sentence: str, for_all: bool
) -> None:
    market[0].first["aapl.us"] = [answer]
    with pytest.raises(PriceError) as caught:
        stooq.bars("AAPL", MONDAY, FRIDAY)
    assert sentence in str(caught.value)
    assert (caught.value.for_all, waited) == (for_all, [])


@pytest.mark.parametrize(("answers", "pauses"), RETRIED)
def test_stooq_is_asked_again_after_a_pause(
    stooq: Stooq, market: tuple[Exchange, str], waited: list[float], answers: list[Answer], pauses: list[float]
) -> None:
    market[0].first["aapl.us"] = [*answers]
    assert len(stooq.bars("AAPL", MONDAY, FRIDAY).bars) == 5
    assert waited == pauses


STOOQ_REFUSES = [
    ([LATER] * 4, "Stooq could not be asked, 4 times: answered 503 Service Unavailable", [2.0, 4.0, 8.0]),
    ([ENOUGH_FOR_AN_HOUR], "Stooq could not be asked: answered 429 Too Many Requests", []),
    ([SILENCE] * 4, "Stooq could not be asked, 4 times: no complete answer within 0.2 s", [2.0, 4.0, 8.0]),
]


@pytest.mark.parametrize(("answers", "sentence", "pauses"), STOOQ_REFUSES)
def test_stooq_is_given_up(
    market: tuple[Exchange, str], waited: list[float], answers: list[Answer], sentence: str, pauses: list[float]
) -> None:
    market[0].first["aapl.us"] = [*answers]
    quick = Stooq(asker(market[1], 0.2), Patience(waited.append, lambda: NOW), key="secret")
    with pytest.raises(PriceError) as caught:
        quick.bars("AAPL", MONDAY, FRIDAY)
    assert (str(caught.value), caught.value.for_all, waited) == (sentence, True, pauses)


def test_the_key_is_sent_and_never_told(market: tuple[Exchange, str], waited: list[float]) -> None:
    keyed = Stooq(asker(market[1]), Patience(waited.append, lambda: NOW), key="secret")
    assert len(keyed.bars("AAPL", MONDAY, FRIDAY).bars) == 5
    assert market[0].asked[0].endswith("&apikey=secret")
    market[0].first["aapl.us"] = [(404, {}, b"")]
    with pytest.raises(PriceError) as caught:
        keyed.bars("AAPL", MONDAY, FRIDAY)
    assert "secret" not in str(caught.value)


# Files


def test_a_folder_of_files_is_a_provider(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("symbol,date,close\nAAPL,2024-07-09,2\nAAPL,2024-07-08,1\nAAPL,2024-07-10,x\n")
    (tmp_path / "b.CSV").write_text("symbol,date,close\nAAPL,2024-07-09,2.5\n^RUT,2024-07-09,9\n")
    (tmp_path / "notes.txt").write_text("no prices")
    provider, failures = Files.read(tmp_path, lambda: NOW)
    got = provider.bars("aapl", date(2024, 7, 1), date(2024, 7, 31))
    assert [(bar.day.day, bar.close) for bar in got.bars] == [(8, 1.0), (9, 2.5)]
    assert (got.first, got.last, got.splits, got.provider) == (MONDAY, date(2024, 7, 9), None, tmp_path.name)
    assert [failure.reason for failure in failures] == ["close is 'x', which is no number"]
    with pytest.raises(PriceError, match=f"{tmp_path.name} has no prices of MSFT from 2024-07-08 to 2024-07-12"):
        provider.bars("MSFT", MONDAY, FRIDAY)


def test_the_digest_of_a_file_is_its_own(tmp_path: Path) -> None:
    path = tmp_path / "closes.csv"
    path.write_text("symbol,date,close\nAAPL,2024-07-08,1\n")
    provider, _ = Files.read(path, lambda: NOW)
    assert provider.bars("AAPL", MONDAY, FRIDAY).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_folder_without_price_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no prices")
    with pytest.raises(PriceError, match="holds no price file: its name must end in"):
        Files.read(tmp_path, lambda: NOW)
    with pytest.raises(PriceError, match=r"there is no file .*absent\.csv"):
        Files.read(tmp_path / "absent.csv", lambda: NOW)
