"""Bars → returns and levels. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import log, prod
from typing import Literal

from newsig.records import Price, Split

Kind = Literal["simple", "log"]


def returns(bars: Sequence[Price], kind: Kind = "simple", sessions: Sequence[date] | None = None) -> dict[date, float]:
    """The return of each bar's day since the bar before it, as a share (0.01 is 1 percent); the order does not matter.

    Of adjusted closes, dividends included, where both bars have one; else of the closes. A pair has no return where a
    price is zero or less. With ``sessions``, all days of the market oldest first, nor has one that leaves a session
    out: its return would be that of several days.

    ``simple`` is ``p₁ / p₀ − 1``, which adds up over things held on one day; ``log`` is ``ln(p₁ / p₀)``, which adds up
    over days (Campbell, Lo and MacKinlay, The Econometrics of Financial Markets, 1997, section 1.4).
    """
    place = {day: number for number, day in enumerate(sessions or ())}
    found = {}
    for before, bar in pairwise(sorted(bars, key=lambda bar: bar.day)):
        if sessions is not None and place.get(bar.day, -1) - place.get(before.day, -3) != 1:
            continue
        first, last = _comparable(before, bar)
        if first > 0 and last > 0:
            found[bar.day] = last / first - 1 if kind == "simple" else log(last / first)
    return found


def _comparable(before: Price, bar: Price) -> tuple[float, float]:
    if before.adj_close is not None and bar.adj_close is not None:
        return before.adj_close, bar.adj_close
    return before.close, bar.close


def aligned(series: Mapping[str, Mapping[date, float]]) -> tuple[list[date], dict[str, list[float]]]:
    """The days that all series have, oldest first, and each series on these days.

    >>> monday, tuesday = date(2024, 7, 15), date(2024, 7, 16)
    >>> aligned({"^RUT": {monday: 0.018, tuesday: 0.035}, "IWM": {tuesday: 0.034}})
    ([datetime.date(2024, 7, 16)], {'^RUT': [0.035], 'IWM': [0.034]})
    """
    days = sorted(set.intersection(*(set(values) for values in series.values()))) if series else []
    return days, {name: [values[day] for day in days] for name, values in series.items()}


def printed_level(bar: Price, splits: Sequence[Split] | None) -> float | None:
    """The close as that day's papers printed it: times the ratios of the splits that came later.

    ``splits`` hold all that the close was divided by; those of other symbols and up to its day do no harm. None where
    they are not known.

    >>> before = Price(symbol="NVDA", day=date(2024, 6, 7), close=120.888)
    >>> split = Split(symbol="NVDA", day=date(2024, 6, 10), ratio=10)
    >>> printed_level(before, [split]), printed_level(before, None)
    (1208.88, None)
    """
    return None if splits is None else printed_bar(bar, splits).close


def printed_bar(bar: Price, splits: Sequence[Split]) -> Price:
    """A bar with the prices that its day's papers printed, adjusted for nothing; ``splits`` as in `printed_level`."""
    ratio = prod(split.ratio for split in splits if split.symbol == bar.symbol and bar.day < split.day)
    open_, high, low = (None if price is None else price * ratio for price in (bar.open, bar.high, bar.low))
    return replace(bar, close=bar.close * ratio, open=open_, high=high, low=low, adj_close=None)
