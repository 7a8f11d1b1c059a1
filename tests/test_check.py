"""Claims against hand-made bars: what fits, what does not, and what cannot be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newsig.compare.check import Asked, check, needed
from newsig.compare.figures import band, printed, widened
from newsig.compare.moves import inverse
from newsig.compare.windows import pinned
from newsig.records import Claim, Price, Span, Verdict

# The week of 8 to 12 July 2024 and the Monday after it.
MON, TUE, WED, THU, FRI, NEXT = (date(2024, 7, day) for day in (8, 9, 10, 11, 12, 15))
WEEK = (MON, TUE, WED, THU, FRI, NEXT)
AFTER = datetime(2024, 7, 15, 22, 0, tzinfo=UTC)
"""After the last close of `WEEK`."""


def span(text: str) -> Span:
    return Span(start=0, end=len(text), text=text)


def claim(text: str, value: float, direction: str = "up", **fields: Any) -> Claim:
    """A claim about the S&P 500 on Thursday (from Wednesday's close) unless told otherwise."""
    known: dict[str, Any] = {
        "start": 0,
        "end": len(text),
        "text": text,
        "value": value,
        "unit": "percent",
        "comparator": "=",
        "direction": direction,
        "measure": "price",
        "modality": "actual",
        "symbol": "^GSPC",
        "period": span("on Thursday"),
        "period_basis": "stated",
        "base_date": WED,
        "end_date": THU,
    }
    return Claim(**{**known, **fields})


def bars(*closes: float | None, symbol: str = "^GSPC", spread: float = 0.0) -> list[Price]:
    """Bars of `WEEK` from Monday on; None leaves a day out. ``spread`` widens each bar around its close."""
    return [
        Price(symbol=symbol, day=day, close=close, high=close + spread, low=close - spread)
        for day, close in zip(WEEK, closes, strict=False)
        if close is not None
    ]


def thursday(base: float, end: float, **how: Any) -> list[Price]:
    """Bars in which nothing moves but from Wednesday to Thursday."""
    return bars(base, base, base, end, end, end, **how)


def judge(said: Claim, prices: list[Price], published: Any = AFTER, market: str = "XNYS") -> Verdict:
    return check(Asked(claim=said, bars=prices, published=published, market=market))


def told(verdict: Verdict) -> str:
    """The outcome with its rung or reason: ``supported close``."""
    return f"{verdict.outcome} {verdict.rung or verdict.reason or ''}".strip()


POINTS = {"unit": "points"}
BP = {"unit": "bp", "measure": "yield", "symbol": "^TNX"}
TIMES = {"unit": "times"}

FIGURES = [  # the claim, Wednesday's close, Thursday's close, what comes of it
    # plain figures
    (claim("3 percent", 3.0), 100, 103, "supported close"),
    (claim("3 percent", 3.0), 100, 102.5, "supported close"),
    (claim("3 percent", 3.0), 100, 103.49, "supported close"),
    (claim("3 percent", 3.0), 100, 103.55, "supported rounding"),
    (claim("3 percent", 3.0), 100, 103.7, "refuted"),
    (claim("3 percent", 3.0), 100, 97, "refuted"),
    (claim("three percent", 3.0), 100, 103.4, "supported close"),
    (claim("17 percent", 17.0), 100, 116.5, "supported close"),
    (claim("17 percent", 17.0), 100, 117.5001, "supported rounding"),
    (claim("17 percent", 17.0), 100, 119, "refuted"),
    (claim("11.5 percent", 11.5), 100, 111.54, "supported close"),
    (claim("11.5 percent", 11.5), 100, 111.6, "supported rounding"),
    (claim("11.5 percent", 11.5), 100, 112, "refuted"),
    (claim("2.62%", 2.62), 100, 102.624, "supported close"),
    (claim("2.62%", 2.62), 100, 102.634, "supported rounding"),
    (claim("2.62%", 2.62), 100, 102.7, "refuted"),
    (claim("8,26%", 8.26), 100, 108.261, "supported close"),
    (claim("8,26%", 8.26), 100, 108.4, "refuted"),
    (claim("0.02 percent", 0.02), 10000, 10001.9, "supported close"),
    (claim("0.02 percent", 0.02), 10000, 10005, "refuted"),
    # falls
    (claim("3 percent", 3.0, "down"), 100, 97, "supported close"),
    (claim("3 percent", 3.0, "down"), 100, 103, "refuted"),
    (claim("-3.16%", 3.16, "down"), 100, 96.84, "supported close"),
    (claim("0.0 percent", 0.0, "down"), 1000, 999.8, "supported close"),
    # bounds
    (claim("11.5 percent", 11.5, comparator=">", hedge="more than"), 100, 111.54, "supported close"),
    (claim("11.5 percent", 11.5, comparator=">", hedge="more than"), 100, 118, "supported close"),
    (claim("11.5 percent", 11.5, comparator=">", hedge="more than"), 100, 111.47, "supported rounding"),
    (claim("11.5 percent", 11.5, comparator=">", hedge="more than"), 100, 110, "refuted"),
    (claim("2 percent", 2.0, comparator=">", hedge="over"), 100, 160, "undecided ambiguous_period"),
    (claim("1 percent", 1.0, comparator=">=", hedge="at least"), 100, 101, "supported close"),
    (claim("1 percent", 1.0, comparator=">=", hedge="at least"), 100, 100.8, "refuted"),
    (claim("5 percent", 5.0, "down", comparator=">", hedge="more than"), 100, 94, "supported close"),
    (claim("5 percent", 5.0, "down", comparator=">", hedge="more than"), 100, 96, "refuted"),
    (claim("18 percent", 18.0, comparator="<", hedge="nearly"), 100, 117.67, "supported close"),
    (claim("18 percent", 18.0, comparator="<", hedge="nearly"), 100, 118.2, "supported rounding"),
    (claim("18 percent", 18.0, comparator="<", hedge="nearly"), 100, 120, "refuted"),
    (claim("18 percent", 18.0, comparator="<", hedge="almost"), 100, 112, "refuted"),
    (claim("1 percent", 1.0, comparator="<", hedge="less than"), 100, 100.3, "supported close"),
    (claim("1 percent", 1.0, comparator="<", hedge="less than"), 100, 99.7, "refuted"),
    (claim("1 percent", 1.0, comparator="<", hedge="less than"), 100, 100, "refuted"),
    (claim("4 percent", 4.0, comparator="<=", hedge="as much as"), 100, 104.2, "supported close"),
    (claim("4 percent", 4.0, comparator="<=", hedge="as much as"), 100, 107, "refuted"),
    # about
    (claim("8%", 8.0, "down", comparator="~", hedge="about"), 100, 91.69, "supported close"),
    (claim("8%", 8.0, "down", comparator="~", hedge="about"), 100, 89, "refuted"),
    (claim("2% to 3%", 2.5, comparator="~"), 100, 103.3, "supported close"),
    (claim("2% to 3%", 2.5, comparator="~"), 100, 104, "refuted"),
    (claim("half a percent", 0.5), 100, 100.7, "supported close"),
    (claim("half a percent", 0.5), 100, 100.9, "refuted"),
    (claim("2 1/2 percent", 2.5), 100, 102.7, "supported close"),
    (claim("2½ percent", 2.5), 100, 102.9, "refuted"),
    # flat
    (claim("0.0 percent", 0.0, "flat"), 1000, 1000.9, "supported close"),
    (claim("0.02 percent", 0.02, "flat"), 1000, 999.7, "supported close"),
    # points
    (claim("43.37", 43.37, "down", **POINTS), 2000, 1956.63, "supported close"),
    (claim("43.37", 43.37, "down", **POINTS), 2000, 1955, "refuted"),
    (claim("1,602.54 points", 1602.54, **POINTS), 12000, 13602.54, "supported close"),
    (claim("100 points", 100.0, **POINTS), 12000, 12100.4, "supported close"),
    (claim("100 points", 100.0, **POINTS), 12000, 12102, "supported rounding"),
    (claim("100 points", 100.0, **POINTS), 12000, 12108, "refuted"),
    (claim("400 points", 400.0, "down", comparator=">", **POINTS), 12604, 12100, "supported close"),
    (claim("30 points", 30.0, "down", comparator="~", **POINTS), 13270.68, 13239.54, "supported close"),
    (claim("30 points", 30.0, "down", comparator="~", **POINTS), 13270.68, 13225, "refuted"),
    (claim("few points", 0.0, "flat", **POINTS), 5000, 5004, "supported close"),
    # yields
    (claim("5 basis points", 5.0, **BP), 4.189, 4.239, "supported close"),
    (claim("5 basis points", 5.0, "down", **BP), 4.189, 4.239, "undecided proxy_price"),
    (claim("5 basis points", 5.0, **BP), 4.189, 4.25, "undecided proxy_price"),
    (claim("0.05 percentage points", 0.05, **{**BP, "unit": "points"}), 4.189, 4.239, "supported close"),
    (claim("1.2 percent", 1.2, **{**BP, "unit": "percent"}), 4.189, 4.239, "supported close"),
    (claim("0.05 percent", 0.05, **{**BP, "unit": "percent"}), 4.189, 4.239, "undecided ambiguous_unit"),
    # multiples
    (claim("doubled", 2.0, **TIMES), 10, 20.1, "supported close"),
    (claim("doubled", 2.0, **TIMES), 10, 24.9, "supported close"),
    (claim("doubled", 2.0, **TIMES), 10, 15.5, "refuted"),
    (claim("2.5 times", 2.5, **TIMES), 10, 25.2, "supported close"),
    (claim("2.5 times", 2.5, **TIMES), 10, 30, "refuted"),
    (claim("halved", 2.0, "down", **TIMES), 20, 9.9, "supported close"),
    (claim("halved", 2.0, "down", **TIMES), 20, 16, "refuted"),
    (claim("tripled", 3.0, comparator=">", hedge="more than", **TIMES), 10, 35, "supported close"),
    # closes that have no percentage
    (claim("3 percent", 3.0, symbol="CL=F"), 0, 3, "undecided not_checkable"),
    (claim("3 percent", 3.0, symbol="CL=F"), -37.63, 10.01, "undecided not_checkable"),
    (claim("306 percent", 306.0, "down", symbol="CL=F"), 18.27, -37.63, "supported close"),
    (claim("halved", 2.0, "down", symbol="CL=F", **TIMES), 18.27, -37.63, "undecided not_checkable"),
]


@pytest.mark.parametrize(("said", "base", "end", "expected"), FIGURES)
def test_figures(said, base, end, expected):
    verdict = judge(said, thursday(base, end, symbol=said.symbol))
    assert told(verdict) == expected


UNANSWERABLE = [  # what makes the claim one that no closes answer, the reason
    ({"modality": "forecast"}, "forecast"),
    ({"modality": "conditional"}, "conditional"),
    ({"modality": "historical"}, "historical"),
    ({"measure": "fundamental"}, "not_checkable"),
    ({"measure": "other"}, "not_checkable"),
    ({"unit": "fraction"}, "not_checkable"),
    ({"unit": "bp"}, "not_checkable"),
    ({"unit": "points", "symbol": "AAPL"}, "not_checkable"),
    ({"unit": "points", "symbol": "EURUSD=X"}, "not_checkable"),
    ({"unit": "points", "text": "3 percentage points"}, "not_checkable"),
    ({"symbol": None}, "no_symbol"),
    ({"base_date": None}, "no_period"),
    ({"end_date": None}, "no_period"),
    ({"base_date": FRI}, "no_period"),
    ({"base_date": THU}, "not_checkable"),
    ({"symbol": "^RUT"}, "no_prices"),
    ({"modality": "forecast", "symbol": None, "base_date": None}, "forecast"),
    ({"modality": "forecast", "measure": "fundamental"}, "not_checkable"),
    ({"measure": "fundamental", "symbol": None}, "not_checkable"),
]


@pytest.mark.parametrize(("fields", "reason"), UNANSWERABLE)
def test_what_no_closes_answer(fields, reason):
    said = replace(claim("3 percent", 3.0), **fields)
    verdict = judge(said, thursday(100, 103))
    assert told(verdict) == f"undecided {reason}"
    assert (verdict.actual, verdict.formula, verdict.price_hash) == (None, None, None)
    assert (needed(said, "XNYS") is None) == (reason != "no_prices")


@pytest.mark.parametrize("gone", [WED, THU])
def test_a_missing_bar_at_either_end(gone):
    prices = [bar for bar in thursday(100, 103) if bar.day != gone]
    assert told(judge(claim("3 percent", 3.0), prices)) == "undecided no_prices"


def test_bars_that_are_missing_beside_the_window_do_no_harm():
    prices = [bar for bar in thursday(100, 103) if bar.day in (WED, THU)]
    assert told(judge(claim("3 percent", 3.0), prices)) == "supported close"
    assert told(judge(claim("9 percent", 9.0), prices)) == "refuted"


WINDOWS = [  # closes from Monday on, how the period is told, what comes of "up 3 percent"
    # the move is a session earlier or later than we read it, at one end or both
    (bars(100, 100, 103, 103, 103, 103), {}, "consistent window"),
    (bars(100, 100, 100, 100, 103, 103), {}, "consistent window"),
    (bars(100, 100, 101.5, 103, 103, 103), {}, "undecided ambiguous_period"),  # nearly any figure fits a neighbour
    (bars(103, 103, 103, 103, 103, 106.1), {}, "refuted"),
    (bars(100, 103, 103, 103, 103, 103), {}, "refuted"),
    # nothing fits, but the story does not name the day
    (bars(100, 100, 100, 100, 100, 100), {"period_basis": "assumed", "period": None}, "undecided ambiguous_period"),
    (bars(100, 100, 100, 100, 100, 100), {"period_basis": "event"}, "undecided ambiguous_period"),
    (bars(100, 100, 100, 100, 100, 100), {"period_basis": None}, "undecided ambiguous_period"),
    (bars(100, 100, 100, 100, 100, 100), {"period_basis": "inherited"}, "refuted"),
    (
        bars(100, 100, 100, 100, 100, 100),
        {"period_basis": "inherited", "period": span("this year")},
        "undecided ambiguous_period",
    ),
    (bars(100, 100, 100, 100, 100, 100), {"period": span("since last week")}, "undecided ambiguous_period"),
    (bars(100, 100, 100, 100, 100, 100), {"period": None}, "refuted"),
    # and it does fit
    (bars(100, 100, 100, 103, 103, 103), {"period_basis": "assumed", "period": None}, "supported close"),
]


@pytest.mark.parametrize(("prices", "fields", "expected"), WINDOWS)
def test_windows(prices, fields, expected):
    assert told(judge(replace(claim("3 percent", 3.0), **fields), prices)) == expected


def test_flat_is_refuted_by_a_market_that_moves_every_day():
    said = claim("0.02 percent", 0.02, "flat")
    assert told(judge(said, bars(100, 102, 104, 106, 108, 110))) == "refuted"
    assert told(judge(said, thursday(100, 102))) == "undecided ambiguous_period"


def test_a_session_after_publication_explains_nothing():
    prices = bars(100, 100, 100, 100, 103, 103)
    published = datetime(2024, 7, 11, 21, 0, tzinfo=UTC)
    assert told(judge(claim("3 percent", 3.0), prices, published)) == "refuted"


CLOCKS = [  # when the story appeared, the closes of Wednesday and Thursday, the claim's timing, what comes of it
    (datetime(2024, 7, 11, 19, 59, tzinfo=UTC), 100, 103, None, "consistent intraday"),
    (datetime(2024, 7, 11, 13, 29, tzinfo=UTC), 100, 103, None, "undecided intraday"),
    (datetime(2024, 7, 11, 20, 0, tzinfo=UTC), 100, 103, None, "supported close"),
    (datetime(2024, 7, 11, 20, 1, tzinfo=UTC), 100, 100, None, "refuted"),
    (datetime(2024, 7, 11, 19, 59, tzinfo=UTC), 100, 103, "close", "supported close"),
    (datetime(2024, 7, 10, 23, 0, tzinfo=UTC), 100, 103, None, "undecided intraday"),
    (date(2024, 7, 10), 100, 103, None, "undecided intraday"),
    (date(2024, 7, 11), 100, 103, None, "supported close"),
    (date(2024, 7, 11), 100, 100, None, "undecided intraday"),
    (date(2024, 7, 11), 100, 100, "close", "refuted"),
    (date(2024, 7, 12), 100, 100, None, "refuted"),
    (None, 100, 103, None, "supported close"),
    (None, 100, 100, None, "refuted"),
]


@pytest.mark.parametrize(("published", "base", "end", "timing", "expected"), CLOCKS)
def test_what_the_clock_says(published, base, end, timing, expected):
    said = claim("3 percent", 3.0, timing=timing)
    assert told(judge(said, thursday(base, end), published)) == expected


def test_a_price_of_the_session_itself_explains_a_figure_that_misses_the_close():
    prices = thursday(100, 101, spread=2.0)
    assert told(judge(claim("3 percent", 3.0), prices)) == "undecided intraday"
    assert told(judge(claim("3 percent", 3.0, timing="close"), prices)) == "refuted"
    assert told(judge(claim("5 percent", 5.0), prices)) == "refuted"


def test_markets_that_never_shut_share_no_close():
    prices = [
        Price(symbol="EURUSD=X", day=WED, close=1.100, high=1.110, low=1.080),
        Price(symbol="EURUSD=X", day=THU, close=1.101, high=1.103, low=1.099),
    ]
    euro = {"symbol": "EURUSD=X"}
    assert told(judge(claim("0.1 percent", 0.1, **euro), prices, market="24/5")) == "supported close"
    assert told(judge(claim("1.5 percent", 1.5, **euro), prices, market="24/5")) == "undecided proxy_price"
    assert told(judge(claim("6 percent", 6.0, **euro), prices, market="24/5")) == "undecided proxy_price"
    afternoon = datetime(2024, 7, 11, 15, 0, tzinfo=UTC)
    assert told(judge(claim("0.1 percent", 0.1, **euro), prices, afternoon, "24/5")) == "supported close"
    assert told(judge(claim("6 percent", 6.0, **euro), prices, afternoon, "24/5")) == "undecided intraday"


def test_an_unlisted_pair_is_the_listed_one_turned_over():
    prices = thursday(160.0, 158.0, symbol="JPY=X", spread=0.05)
    verdict = judge(claim("1.3 percent", 1.3, symbol="JPYUSD=X"), prices, market="24/5")
    assert told(verdict) == "supported close"
    assert verdict.formula == "0.006329 / 0.00625 − 1 = +1.27 %"
    assert told(judge(claim("7 percent", 7.0, symbol="JPYUSD=X"), prices, market="24/5")) == "undecided proxy_price"
    assert needed(claim("1.3 percent", 1.3, symbol="JPYUSD=X"), "24/5") == ("JPY=X", TUE, FRI)
    own = prices + thursday(1.0, 1.1, symbol="JPYUSD=X")
    assert judge(claim("10 percent", 10.0, symbol="JPYUSD=X"), own, market="24/5").outcome == "supported"


@pytest.mark.parametrize(
    ("symbol", "listed"),
    [
        ("JPYUSD=X", "JPY=X"),
        ("CHFUSD=X", "CHF=X"),
        ("CNYUSD=X", "CNY=X"),
        ("USDEUR=X", "EURUSD=X"),
        ("EUR=X", "EURUSD=X"),
        ("GBP=X", "GBPUSD=X"),
        ("JPY=X", None),
        ("EURUSD=X", None),
        ("EURJPY=X", None),
        ("USDUSD=X", None),
        ("BTC-USD", None),
        ("CL=F", None),
        ("", None),
    ],
)
def test_inverse(symbol, listed):
    assert inverse(symbol) == listed


FORMULAS = [
    (claim("7.63 percent", 7.63, symbol="^RUT"), 2029.47, 2184.35, "2184.35 / 2029.47 − 1 = +7.63 %"),
    (claim("3 percent", 3.0, "down"), 100, 97, "97.00 / 100.00 − 1 = −3.00 %"),
    (claim("154.88 points", 154.88, unit="points"), 2029.47, 2184.35, "2184.35 − 2029.47 = +154.88 points"),
    (claim("5 basis points", 5.0, **BP), 4.189, 4.239, "(4.239 − 4.189) × 100 = +5.0 bp"),
    (claim("doubled", 2.0, **TIMES), 10.05, 20.1, "20.10 / 10.05 = 2.00 times"),
    (claim("halved", 2.0, "down", **TIMES), 20.1, 10.05, "20.10 / 10.05 = 2.00 times"),
    (claim("306 percent", 306.0, "down", symbol="CL=F"), 18.27, -37.63, "−37.63 / 18.27 − 1 = −305.97 %"),
]


@pytest.mark.parametrize(("said", "base", "end", "expected"), FORMULAS)
def test_the_arithmetic_is_shown(said, base, end, expected):
    assert judge(said, thursday(base, end, symbol=said.symbol)).formula == expected


def test_a_verdict_tells_all_it_rests_on():
    verdict = judge(claim("3 percent", 3.0, "down"), thursday(100, 97.2))
    assert verdict.actual == pytest.approx(-2.8)
    assert verdict.tolerance == (-3.5, -2.5)
    assert (verdict.base_date, verdict.end_date) == (WED, THU)
    assert verdict.price_hash is not None
    assert len(verdict.price_hash) == 16
    assert not verdict.solved


def test_the_digest_of_the_bars_follows_their_closes_only():
    said = claim("3 percent", 3.0)
    first = judge(said, thursday(100, 103))
    assert judge(said, thursday(100, 103, spread=1.0)).price_hash == first.price_hash
    assert judge(said, list(reversed(thursday(100, 103)))) == first
    assert judge(said, thursday(100, 103.01)).price_hash != first.price_hash
    assert judge(replace(said, symbol="^RUT"), thursday(100, 103, symbol="^RUT")).price_hash != first.price_hash


NEEDED = [
    (claim("3 percent", 3.0), "XNYS", ("^GSPC", TUE, FRI)),
    (claim("3 percent", 3.0, base_date=FRI, end_date=NEXT), "XNYS", ("^GSPC", THU, date(2024, 7, 16))),
    (
        claim("3 percent", 3.0, base_date=date(2024, 7, 3), end_date=date(2024, 7, 5)),
        "XNYS",
        ("^GSPC", date(2024, 7, 2), MON),
    ),
    (
        claim("12.8 percent", 12.8, "down", base_date=date(1929, 10, 26), end_date=date(1929, 10, 28)),
        "XNYS",
        ("^GSPC", date(1929, 10, 16), date(1929, 11, 7)),
    ),
]


@pytest.mark.parametrize(("said", "market", "expected"), NEEDED)
def test_needed(said, market, expected):
    assert needed(said, market) == expected


PINNED = [
    ("stated", "on Friday", True),
    ("stated", "Thursday", True),
    ("stated", "today", True),
    ("stated", "this year", True),
    ("stated", "for the week", True),
    ("stated", "in five days", True),
    ("stated", "since July 9", True),
    ("stated", "since Wednesday", True),
    ("stated", "since last week", False),
    ("stated", "since the start of September", False),
    ("stated", "in recent weeks", False),
    ("stated", "over the past month", False),
    ("stated", "in early trading on Friday", False),
    ("stated", "at the open", False),
    ("inherited", "on Monday", True),
    ("inherited", "this year", False),
    ("inherited", "in that time", False),
    ("assumed", "on Monday", False),
    ("event", "since Friday's jobs report", False),
    (None, "on Monday", False),
]


@pytest.mark.parametrize(("basis", "words", "expected"), PINNED)
def test_pinned(basis, words, expected):
    assert pinned(claim("3 percent", 3.0, period_basis=basis, period=span(words))) is expected


PRINTED = [  # text, value, place, last place that is not a trailing zero
    ("17 percent", 17.0, 1, 1),
    ("20%", 20.0, 1, 10),
    ("6.50%", 6.5, 0.01, 0.01),
    ("ten percent", 10.0, 1, 10),
    ("two-percent", 2.0, 1, 1),
    ("three-quarters of a percent", 0.75, 0.25, 0.25),
    ("3/4 percent", 0.75, 0.25, 0.25),
    ("1.602,54 points", 1602.54, 0.01, 0.01),
    ("1,602 points", 1602.0, 1, 1),
    ("213+ points", 213.0, 1, 1),
    ("344.65-point", 344.65, 0.01, 0.01),
    ("0%", 0.0, 1, 1),
    ("no change", 0.0, 1, 1),
]


@pytest.mark.parametrize(("text", "value", "place", "significant"), PRINTED)
def test_printed_precision(text, value, place, significant):
    figure = printed(text, value)
    assert (figure.place, figure.significant) == (pytest.approx(place), pytest.approx(significant))


CLOSES = st.floats(min_value=1, max_value=50_000)


@given(base=CLOSES, end=CLOSES, decimals=st.integers(0, 2))
def test_a_figure_printed_rightly_is_supported(base, end, decimals):
    move = (end / base - 1) * 100
    assume(abs(move) < 1e6)
    value = float(f"{abs(move):.{decimals}f}")
    said = claim(f"{value:.{decimals}f} percent", value, "up" if move >= 0 else "down")
    assert judge(said, thursday(base, end)).outcome == "supported"


@given(base=CLOSES, move=st.floats(1, 90), up=st.booleans(), off=st.floats(0.1, 0.5), more=st.booleans())
def test_a_figure_that_is_off_is_never_supported(base, move, up, off, more):
    direction = 1 if up else -1
    value = round(move * (1 + off if more else 1 - off), 2)
    said = claim(f"{value:.2f} percent", value, "up" if up else "down")
    assert judge(said, thursday(base, base * (1 + direction * move / 100))).outcome == "refuted"


@given(
    value=st.floats(0.01, 1000).map(lambda number: round(number, 2)),
    comparator=st.sampled_from(["=", ">", ">=", "<", "<=", "~"]),
    direction=st.sampled_from(["up", "down", "flat"]),
    unit=st.sampled_from(["percent", "points", "bp", "times"]),
    hedge=st.sampled_from([None, "nearly", "less than"]),
)
def test_bands_are_in_order_and_widening_widens(value, comparator, direction, unit, hedge):
    said = claim(f"{value}", value, direction, comparator=comparator, unit=unit, hedge=hedge)
    low, high = band(said, 0.1)
    wider_low, wider_high = widened(said, (low, high), 1000.0)
    assert wider_low <= low <= high <= wider_high


# Levels


def level(text: str, value: float, **fields: Any) -> Claim:
    """A claim that the S&P 500 stood somewhere at Thursday's close unless told otherwise."""
    known: dict[str, Any] = {"unit": "index", "measure": "level", "base_date": None, "timing": "close"}
    return claim(text, value, "flat", **{**known, **fields})


BELOW = {"comparator": "<", "hedge": "below"}
YIELD = {"unit": "percent_a_year", "symbol": "^TNX"}

LEVELS = [  # the level, Thursday's close, what comes of it
    (level("5,584.54", 5584.54), 5584.54, "supported close"),
    (level("5,584.5", 5584.5), 5584.54, "supported close"),
    (level("5,585", 5585), 5584.54, "supported close"),
    (level("5,584", 5584), 5584.54, "supported rounding"),
    (level("5,584.60", 5584.60), 5584.54, "supported rounding"),
    (level("5,590.10", 5590.10), 5584.54, "refuted"),
    (level("5,590.10", 5590.10, timing=None), 5584.54, "undecided intraday"),
    (level("5,590.10", 5590.10, timing="intraday"), 5590.10, "consistent intraday"),
    (level("5,590.10", 5590.10, timing="intraday"), 5584.54, "undecided intraday"),
    (level("$78.40", 78.40, unit="usd", symbol="CL=F"), 78.40, "supported close"),
    (level("$79.40", 79.40, unit="usd", symbol="CL=F"), 78.40, "undecided proxy_price"),
    (level("$0", 0.0, unit="usd", symbol="CL=F"), 5.0, "undecided proxy_price"),
    (level("$61", 61.0, unit="usd", symbol="CL=F", comparator=">"), 60.14, "undecided proxy_price"),
    (level("4 percent", 4.0, **YIELD), 5.4, "undecided proxy_price"),
    (level("$1.0870", 1.087, unit="usd", symbol="EURUSD=X"), 1.08703, "supported close"),
    (level("$158.40", 158.4, unit="usd", symbol="JPY=X"), 158.4, "undecided not_checkable"),
    (level("158.40 yen", 158.4, unit="jpy", symbol="JPY=X"), 158.4, "supported close"),
    (level("5,590.10", 5590.10, period_basis="assumed", period=None), 5584.54, "undecided ambiguous_period"),
    (level("5,500", 5500, comparator=">"), 5584.54, "supported close"),
    (level("5,500", 5500, comparator=">"), 5490.0, "refuted"),
    (level("5,500", 5500, **BELOW), 5490.0, "supported close"),
    (level("5,500", 5500, **BELOW), 5500.0, "supported rounding"),
    (level("5,500", 5500, **BELOW), 4000.0, "refuted"),
    (level("5,600", 5600, comparator="~"), 5584.54, "supported close"),
    (level("5,600", 5600, comparator="~"), 5400.0, "refuted"),
    (level("4.21 percent", 4.21, **YIELD), 4.207, "supported close"),
    (level("4.35 percent", 4.35, **YIELD), 4.207, "undecided proxy_price"),
    (level("5,584.54", 5584.54, modality="forecast"), 5584.54, "undecided forecast"),
    (level("5,584.54", 5584.54, end_date=None), 5584.54, "undecided no_period"),
    (level("5,584.54", 5584.54, end_date=date(2024, 7, 18)), 5584.54, "undecided intraday"),
    (level("5,584.54", 5584.54, end_date=date(2024, 7, 5)), 5584.54, "undecided no_prices"),
    (level("5,584.54", 5584.54, symbol=None), 5584.54, "undecided no_symbol"),
    (level("$228.88", 228.88, unit="usd", symbol="AAPL"), 228.88, "undecided not_checkable"),
    (level("5,584.54", 5584.54, symbol="MSFT"), 5584.54, "undecided not_checkable"),
    (level("42.1", 42.1, symbol="^TNX"), 42.1, "undecided not_checkable"),
]


@pytest.mark.parametrize(("said", "close", "expected"), LEVELS)
def test_levels_against_the_close(said, close, expected):
    prices = bars(1.0, 1.0, 1.0, close, 1.0, 1.0, symbol=said.symbol or "^GSPC")
    assert told(judge(said, prices)) == expected


def test_a_level_that_is_the_close_of_the_day_beside_it_is_not_refuted():
    assert told(judge(level("5,633.91", 5633.91), bars(1.0, 1.0, 5633.91, 5584.54, 1.0, 1.0))) == ("consistent window")


def test_a_level_printed_before_the_close_is_no_close():
    published = datetime(2024, 7, 11, 19, 59, tzinfo=UTC)
    said = level("5,584.54", 5584.54, timing=None)
    assert told(judge(said, bars(1.0, 1.0, 1.0, 5584.54), published)) == "consistent intraday"
    before = datetime(2024, 7, 11, 13, 0, tzinfo=UTC)
    assert told(judge(said, bars(1.0, 1.0, 1.0, 5584.54), before)) == "undecided intraday"


def test_the_price_of_a_share_is_checked_as_it_was_printed():
    said = level("$228.88", 228.88, unit="usd", symbol="AAPL")
    prices = bars(1.0, 1.0, 1.0, 228.88, symbol="AAPL")
    asked = Asked(claim=said, bars=prices, published=AFTER, market="XNYS")
    assert told(check(asked)) == "undecided not_checkable"
    assert told(check(replace(asked, as_printed=True))) == "supported close"


def test_a_level_tells_what_it_rests_on():
    verdict = judge(level("5,584.5", 5584.5), bars(1.0, 1.0, 1.0, 5584.54))
    assert (verdict.actual, verdict.formula, verdict.base_date, verdict.end_date) == (
        5584.54,
        "close 5584.54",
        None,
        THU,
    )
    assert verdict.tolerance == pytest.approx((5584.45, 5584.55))
    assert verdict.price_hash
    assert needed(level("5,584.5", 5584.5), "XNYS") == ("^GSPC", WED, FRI)
    assert needed(level("$228.88", 228.88, unit="usd", symbol="AAPL"), "XNYS") is None


@pytest.mark.parametrize("measure", ["market_cap", "superlative"])
def test_other_landmarks_are_not_checked(measure):
    said = claim("third day", 3.0, unit="sessions", measure=measure)
    assert told(judge(said, thursday(100, 103))) == "undecided not_checkable"
    assert needed(said, "XNYS") is None


@given(st.floats(10, 40000), st.integers(0, 2))
def test_a_level_printed_rightly_is_supported(close, decimals):
    text = f"{close:,.{decimals}f}"
    said = level(text, float(text.replace(",", "")))
    assert told(judge(said, bars(1.0, 1.0, 1.0, close))).startswith("supported")
