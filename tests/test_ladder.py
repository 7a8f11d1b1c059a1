"""The verdicts that need more than two closes: several windows, neighbours, peaks, streaks, ranks, earlier cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig import sessions
from newsig.compare.base_rates import after_cases
from newsig.compare.chances import chance, joint_chance
from newsig.compare.check import Asked, check, needed
from newsig.compare.distances import past
from newsig.compare.figures import band, is_loose
from newsig.compare.solving import check_together
from newsig.compare.streaks import run_before
from newsig.compare.superlatives import overtaken
from newsig.compare.windows import readings
from newsig.records import Claim, Price, Span, Verdict

THURSDAY = datetime(2024, 7, 18, 2, 26, tzinfo=UTC)
"""After Wednesday's close in New York."""

RUSSELL = {  # closes of the Russell 2000
    date(2024, 7, 5): 2026.73,
    date(2024, 7, 8): 2038.67,
    date(2024, 7, 9): 2029.47,
    date(2024, 7, 10): 2051.75,
    date(2024, 7, 11): 2125.04,
    date(2024, 7, 12): 2148.27,
    date(2024, 7, 15): 2187.02,
    date(2024, 7, 16): 2263.67,
    date(2024, 7, 17): 2239.67,
}
NASDAQ = {
    date(2024, 7, 5): 20391.97,
    date(2024, 7, 8): 20439.54,
    date(2024, 7, 9): 20453.02,
    date(2024, 7, 10): 20675.38,
    date(2024, 7, 11): 20211.36,
    date(2024, 7, 12): 20331.49,
    date(2024, 7, 15): 20386.88,
    date(2024, 7, 16): 20398.62,
    date(2024, 7, 17): 19799.14,
}
SPX = {
    date(2024, 7, 5): 5567.19,
    date(2024, 7, 8): 5572.85,
    date(2024, 7, 9): 5576.98,
    date(2024, 7, 10): 5633.91,
    date(2024, 7, 11): 5584.54,
    date(2024, 7, 12): 5615.35,
    date(2024, 7, 15): 5631.22,
    date(2024, 7, 16): 5667.20,
    date(2024, 7, 17): 5588.27,
}


def span(text: str, start: int = 0) -> Span:
    return Span(start=start, end=start + len(text), text=text)


def claim(text: str, value: float, direction: str = "up", period: str | None = None, **fields: Any) -> Claim:
    """A claim of the Russell 2000 without dates, unless told otherwise."""
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
        "symbol": "^RUT",
        "period": span(period) if period else None,
        "period_basis": "stated" if period else None,
    }
    return Claim(**{**known, **fields})


def bars(closes: dict[date, float], symbol: str = "^RUT") -> list[Price]:
    return [Price(symbol=symbol, day=day, close=close, high=close, low=close) for day, close in closes.items()]


def daily(closes: Sequence[float], last: date = date(2024, 7, 17), symbol: str = "^RUT") -> list[Price]:
    """Bars of consecutive sessions that end with ``last``."""
    days = sessions.between("XNYS", last - timedelta(days=3 * len(closes) + 30), last)[-len(closes) :]
    return bars(dict(zip(days, closes, strict=True)), symbol)


def asked(said: Claim, prices: list[Price], published: Any = THURSDAY) -> Asked:
    return Asked(claim=said, bars=prices, published=published, market="XNYS")


def judge(said: Claim, prices: list[Price], published: Any = THURSDAY) -> Verdict:
    return check(asked(said, prices, published))


def told(verdict: Verdict) -> str:
    return f"{verdict.outcome} {verdict.rung or verdict.reason or ''}".strip()


# Windows that the words leave open

READINGS = [  # the words, the last session that was over, the first and the last window, how many there are
    (
        "in five days",
        date(2024, 7, 17),
        (date(2024, 7, 3), date(2024, 7, 11)),
        (date(2024, 7, 10), date(2024, 7, 17)),
        5,
    ),
    (
        "over 3 sessions",
        date(2024, 7, 17),
        (date(2024, 7, 8), date(2024, 7, 11)),
        (date(2024, 7, 12), date(2024, 7, 17)),
        5,
    ),
    (
        "since last week",
        date(2024, 7, 17),
        (date(2024, 7, 5), date(2024, 7, 16)),
        (date(2024, 7, 12), date(2024, 7, 17)),
        12,
    ),
    (
        "in that time",
        date(2024, 7, 17),
        (date(2024, 7, 2), date(2024, 7, 17)),
        (date(2024, 7, 16), date(2024, 7, 17)),
        10,
    ),
    (
        "between late October and late December 2023",
        date(2024, 7, 17),
        (date(2023, 10, 20), date(2023, 12, 20)),
        (date(2023, 10, 31), date(2023, 12, 29)),
        8 * 7,
    ),
    (
        "from mid-December to early January",
        date(2024, 7, 17),
        (date(2023, 12, 11), date(2024, 1, 2)),
        (date(2023, 12, 21), date(2024, 1, 11)),
        9 * 8,
    ),
]


@pytest.mark.parametrize(("words", "finished", "first", "last", "many"), READINGS)
def test_windows_that_words_leave_possible(words: str, finished: date, first: Any, last: Any, many: int) -> None:
    found = readings(claim("3 percent", 3.0, period=words), finished, "XNYS")
    assert (found[0], found[-1], len(found)) == (first, last, many)
    assert all(start < end <= finished for start, end in found)


@pytest.mark.parametrize("words", ["for years", "in the past", "since the crisis"])
def test_words_that_tell_too_little(words: str) -> None:
    said = claim("3 percent", 3.0, period=words)
    assert readings(said, date(2024, 7, 17), "XNYS") == ()
    assert told(judge(said, bars(RUSSELL))) == "undecided no_period"
    assert needed(said, "XNYS", THURSDAY) is None


def test_a_figure_that_one_of_several_windows_gives_is_consistent() -> None:
    said = claim("11.5 percent", 11.5, comparator=">", period="in five days")
    found = judge(said, bars(RUSSELL))
    assert told(found) == "consistent window"
    assert (found.base_date, found.end_date) == (date(2024, 7, 9), date(2024, 7, 16))
    assert found.windows == ((date(2024, 7, 9), date(2024, 7, 16)),)
    assert found.chance is not None
    assert 0 < found.chance <= 0.5
    assert found.formula == "2263.67 / 2029.47 − 1 = +11.54 %"


def test_a_figure_that_every_window_gives_is_supported() -> None:
    said = claim("3 percent", 3.0, period="over 2 sessions")
    found = judge(said, daily([100 * 1.03 ** (step / 2) for step in range(9)]))
    assert (told(found), found.solved, len(found.windows)) == ("supported close", True, 5)


def test_a_figure_that_no_window_gives_is_undecided() -> None:
    found = judge(claim("40 percent", 40.0, period="in five days"), bars(RUSSELL))
    assert told(found) == "undecided ambiguous_period"


# Neighbours

WEEK = span("since last week", 40)
FELL = claim("3 percent", 3.0, "down", symbol="^NDX")
ROSE = claim("0.2 percent", 0.2, symbol="^GSPC")


def together(*said: tuple[Claim, list[Price]]) -> list[Verdict]:
    return check_together([asked(one, prices) for one, prices in said])


def test_neighbours_choose_the_one_window_that_makes_both_true() -> None:
    fell, rose = (replace(one, period=WEEK, period_basis="stated") for one in (FELL, ROSE))
    found = together((fell, bars(NASDAQ, "^NDX")), (rose, bars(SPX, "^GSPC")))
    assert [told(one) for one in found] == ["supported close", "supported close"]
    assert {one.windows for one in found} == {((date(2024, 7, 9), date(2024, 7, 17)),)}
    assert all(one.solved for one in found)
    assert [one.formula for one in found] == [
        "19799.14 / 20453.02 − 1 = −3.20 %",
        "5588.27 / 5576.98 − 1 = +0.20 %",
    ]


def test_alone_either_of_them_is_not_supported() -> None:
    for one, closes in ((FELL, NASDAQ), (ROSE, SPX)):
        said = replace(one, period=WEEK, period_basis="stated")
        assert told(judge(said, bars(closes, one.symbol or ""))).split()[0] in ("consistent", "undecided")


def test_neighbours_that_have_no_window_in_common_stay_as_they_are() -> None:
    fell, rose = (
        replace(one, period=WEEK, period_basis="stated") for one in (FELL, replace(ROSE, value=0.7, text="0.7"))
    )
    found = together((fell, bars(NASDAQ, "^NDX")), (rose, bars(SPX, "^GSPC")))
    assert not any(one.outcome == "supported" or one.solved for one in found)


def test_a_window_in_common_that_any_figures_would_have_supports_nothing() -> None:
    vague = (
        replace(FELL, comparator="~", period=WEEK),
        replace(ROSE, text="about 1", value=1.0, comparator="<", period=WEEK),
    )
    found = together((vague[0], bars(NASDAQ, "^NDX")), (vague[1], bars(SPX, "^GSPC")))
    assert not any(one.outcome == "supported" for one in found)


@pytest.mark.parametrize("fields", [{"timing": "intraday"}, {"symbol": "^NDX"}])
def test_figures_from_within_a_session_choose_no_window(fields: dict[str, Any]) -> None:
    fell, rose = (replace(one, period=WEEK, period_basis="stated", **fields) for one in (FELL, ROSE))
    found = together((fell, bars(NASDAQ, "^NDX")), (rose, bars(SPX, "^GSPC")))
    assert not any(one.outcome == "supported" for one in found)


# Chances


def test_the_chance_of_a_search_is_the_share_of_other_figures_that_fit() -> None:
    said = claim("3 percent", 3.0)
    allowed = band(said, 0.1)  # 2.5 to 3.5: half a point either way
    assert chance(said, allowed, []) == 0
    assert chance(said, allowed, [(0.0, 10.0)]) == 1
    # from half to twice, evenly by ratio: figures from 2.5 to 3.5 are log2(3.5 / 2.5) of the two octaves
    assert chance(said, allowed, [(3.0, 3.0)]) == pytest.approx(0.2427, abs=0.01)
    assert chance(replace(said, direction="flat"), allowed, [(0.0, 0.0)]) == 1


@given(st.lists(st.floats(-20, 20), max_size=8), st.floats(-20, 20), st.floats(0.1, 10))
def test_a_wider_search_is_more_likely_to_find(moves: list[float], more: float, value: float) -> None:
    said = claim(f"{value:.1f} percent", float(f"{value:.1f}") or 0.1)
    allowed = band(said, 0.1)
    narrow = chance(said, allowed, [(move, move) for move in moves])
    assert 0 <= narrow <= chance(said, allowed, [(move, move) for move in (*moves, more)]) <= 1


def test_two_claims_fit_more_seldom_than_one() -> None:
    one = claim("3 percent", 3.0), (2.5, 3.5)
    alone, both = joint_chance([one], [[3.0]]), joint_chance([one, one], [[3.0, 3.0]])
    assert alone == pytest.approx(0.2427, abs=0.03)
    assert both == pytest.approx(alone**2, abs=0.03)
    assert joint_chance([one, one], [[3.0, 3.0]]) == both


LOOSE = [
    (">", 11.5, 11.54, False),
    (">", 20.0, 26.2, True),
    (">", 30.0, 30.4, False),
    ("<", 1.0, 0.2, True),
    ("<", 18.0, 17.7, False),
    ("=", 3.0, 3.4, False),
]


@pytest.mark.parametrize(("comparator", "value", "moved", "loose"), LOOSE)
def test_a_bound_that_is_met_by_far_is_marked(comparator: Any, value: float, moved: float, loose: bool) -> None:
    assert is_loose(claim(f"{value:g} percent", value, comparator=comparator), moved) == loose


# Peaks

PASTS = [
    ("below its 2021 peak", (date(2021, 1, 1), date(2021, 12, 31), False)),
    ("from its March low", (date(2024, 3, 1), date(2024, 3, 31), True)),
    ("below its November high", (date(2023, 11, 1), date(2023, 11, 30), False)),
    ("off the October 2007 highs", (date(2007, 10, 1), date(2007, 10, 31), False)),
    ("from a 52-week low", (date(2023, 7, 17), date(2024, 7, 17), True)),
    ("from its early March low", (date(2024, 3, 1), date(2024, 3, 11), True)),
    ("below this year's peak", None),
    ("below its decade high", None),
    ("from its market peak", None),
    ("below expectations", None),
]


@pytest.mark.parametrize(("words", "expected"), PASTS)
def test_when_a_peak_stood(words: str, expected: Any) -> None:
    found = past(claim("8 percent", 8.0, period=words), date(2024, 7, 17))
    assert (None if found is None else (found.first, found.last, found.lowest)) == expected


ALL_2021 = dict.fromkeys(sessions.between("XNYS", date(2020, 12, 22), date(2021, 12, 31)), 2200.0)


def test_the_distance_from_a_peak() -> None:
    peak = ALL_2021 | {date(2021, 11, 8): 2442.74, date(2021, 12, 31): 2245.31}
    said = claim("8%", 8.0, "down", "below its 2021 peak", comparator="~")
    assert needed(said, "XNYS", THURSDAY) == ("^RUT", date(2020, 12, 22), date(2024, 7, 17))
    found = judge(said, bars(peak | RUSSELL))
    assert (told(found), found.base_date, found.formula) == (
        "supported close",
        date(2021, 11, 8),
        "2239.67 / 2442.74 − 1 = −8.31 %",
    )
    assert told(judge(replace(said, value=12.0, text="12%"), bars(peak | RUSSELL))) == "undecided ambiguous_period"
    assert told(judge(said, bars(RUSSELL))) == "undecided needs_history"
    holes = {day: close for day, close in peak.items() if not date(2021, 3, 1) <= day <= date(2021, 4, 30)}
    assert told(judge(said, bars(holes | RUSSELL))) == "undecided needs_history"
    assert told(judge(replace(said, timing="intraday"), bars(peak | RUSSELL))) == "undecided intraday"


def test_a_peak_may_be_a_moment_of_the_day() -> None:
    moment = Price(symbol="^RUT", day=date(2021, 1, 4), close=2200.0, high=2420.0)
    others = {day: close for day, close in ALL_2021.items() if day != moment.day}
    prices = [moment, *bars(others | {date(2024, 7, 17): 1980.0})]
    found = judge(claim("18.2 percent", 18.2, "down", "below its 2021 peak"), prices)
    assert told(found) == "consistent intraday"


def test_a_move_from_a_days_low_is_held_against_that_low() -> None:
    low = Price(symbol="^RUT", day=date(2024, 7, 9), close=2029.47, low=2000.0, high=2040.0)
    prices = [low, *bars({day: close for day, close in RUSSELL.items() if day != low.day})]
    said = claim("12 percent", 12.0, "up", "from the July 9 low", base_date=low.day, end_date=date(2024, 7, 17))
    assert told(judge(said, prices)) == "consistent intraday"
    assert told(judge(replace(said, value=30.0, text="30 percent"), prices)) == "undecided ambiguous_period"


# Streaks

STREAKS = [  # closes up to 17 July, how many sessions up are said, the words of the day, what comes of it
    ([10, 11, 12, 13, 14, 15], 5, "on Wednesday", "supported close"),
    ([10, 9, 12, 13, 14, 15], 4, "on Wednesday", "supported close"),
    ([10, 11, 12, 13, 14, 15, 16], 4, "on Wednesday", "supported close"),  # longer than was said
    ([20, 10, 11, 12, 13, 14, 13], 4, "on Wednesday", "consistent window"),
    ([10, 11, 10, 13, 12, 14, 13], 4, "on Wednesday", "refuted"),
    ([10, 11, 10, 13, 12, 14, 13], 4, None, "undecided ambiguous_period"),
    ([10, 11, 12], 5, "on Wednesday", "undecided needs_history"),
    ([20, 10, 11, 12, 13, 14, 13], 4, "after Wednesday", "consistent window"),
]


@pytest.mark.parametrize(("closes", "count", "words", "expected"), STREAKS)
def test_streaks(closes: list[float], count: int, words: str | None, expected: str) -> None:
    said = claim(
        f"{count} straight sessions",
        float(count),
        "up",
        words,
        unit="sessions",
        measure="streak",
        end_date=date(2024, 7, 17),
    )
    found = judge(said, daily(closes))
    assert told(found) == expected
    assert found.loose == (expected == "supported close" and run_length(closes) > count)


def test_a_session_that_is_missing_breaks_no_streak_and_makes_none() -> None:
    said = claim("4", 4.0, "up", "on Wednesday", unit="sessions", measure="streak", end_date=date(2024, 7, 17))
    holed = [bar for bar in daily([10, 9, 12, 13, 11, 15, 16]) if bar.close != 11]
    assert told(judge(said, holed)) == "undecided no_prices"


STREAKS_OF_NO_COUNT: list[dict[str, Any]] = [
    {"comparator": ">"},
    {"direction": "flat"},
    {"value": 0.0},
    {"value": 9999.0},
]


@pytest.mark.parametrize("fields", STREAKS_OF_NO_COUNT)
def test_streaks_that_are_no_plain_count(fields: dict[str, Any]) -> None:
    said = claim("4", 4.0, "up", "on Wednesday", unit="sessions", measure="streak", end_date=date(2024, 7, 17))
    assert told(judge(replace(said, **fields), daily([10, 11, 12, 13, 14, 15]))) == "undecided not_checkable"


def run_length(closes: Sequence[float]) -> int:
    count = 0
    while count + 1 < len(closes) and closes[-count - 1] > closes[-count - 2]:
        count += 1
    return count


@given(st.lists(st.floats(1, 100), min_size=2, max_size=12))
def test_a_run_ends_where_the_direction_turns(closes: list[float]) -> None:
    prices = daily(closes)
    assert run_before(list(pairwise(prices)), "up") == run_length(closes)


def test_weeks_in_a_row_are_counted_by_their_last_closes() -> None:
    closes = dict(zip(sessions.between("XNYS", date(2024, 6, 10), date(2024, 7, 12)), range(100, 200), strict=False))
    said = claim("third straight week", 3.0, unit="weeks", measure="streak", end_date=date(2024, 7, 12))
    assert told(judge(said, bars(closes))) == "supported close"


def test_a_move_of_each_session_in_a_row() -> None:
    said = claim("1 percent", 1.0, comparator=">=", period="in five consecutive sessions")
    found = judge(
        said, bars({day: close for day, close in RUSSELL.items() if day <= date(2024, 7, 16)}), date(2024, 7, 16)
    )
    assert (told(found), found.base_date, found.end_date) == ("supported close", date(2024, 7, 9), date(2024, 7, 16))
    week = replace(said, period=span("in five consecutive sessions last week"))
    assert told(judge(week, bars(RUSSELL))) == "consistent window"  # that week's Tuesday fell
    assert told(judge(replace(said, value=2.0, text="2 percent"), bars(RUSSELL))) == "undecided ambiguous_period"


# Ranks

WORST = {
    "measure": "superlative",
    "unit": "rank",
    "extreme": "biggest",
    "compared": "session",
    "reach": "since",
    "since_date": date(2024, 6, 3),
    "base_date": date(2024, 7, 16),
    "end_date": date(2024, 7, 17),
}
RANKS = [  # the closes up to 17 July, what is said of that session's fall, what comes of it
    ([100, 99, 98, 97, 90], {}, "supported close"),
    ([100, 80, 98, 97, 90], {}, "refuted"),
    ([100, 80, 98, 97, 90], {"value": 2.0}, "supported close"),
    ([100, 99, 98, 90, 89], {}, "consistent window"),
    ([100, 99, 98, 90, 91], {}, "consistent window"),
    ([100, 80, 98, 97, 90], {"period": span("lately")}, "undecided ambiguous_period"),
    ([100, 99, 98, 97, 90], {"since_date": date(2019, 1, 2)}, "undecided needs_history"),
    ([100, 99, 98, 97, 90], {"reach": "ever", "since_date": None}, "undecided needs_history"),
    ([100, 99, 98, 97, 90], {"compared": None}, "undecided not_checkable"),
    ([100, 99, 98, 97, 90], {"since_date": None}, "undecided no_period"),
    ([100, 99, 98, 97, 90], {"extreme": "lowest", "compared": "close"}, "supported close"),
    ([100, 89, 98, 97, 90], {"extreme": "lowest", "compared": "close"}, "refuted"),
]


@pytest.mark.parametrize(("closes", "fields", "expected"), RANKS)
def test_ranks(closes: list[float], fields: dict[str, Any], expected: str) -> None:
    said = replace(claim("biggest one-day loss since June 3", 1.0, "down", "on Wednesday", **WORST), **fields)
    found = judge(said, daily([100.0] * 35 + closes))
    assert told(found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("biggest one-day loss in about two months", "supported rounding"),
        ("biggest one-day loss since May", "refuted"),
        ("biggest one-day loss of the quarter", "refuted"),
    ],
)
def test_a_time_in_whole_months_is_a_rounded_one(text: str, expected: str) -> None:
    since = date(2024, 5, 17)
    said = claim(text, 1.0, "down", "on Wednesday", **{**WORST, "since_date": since})
    closes = [100.0] * 10 + [50.0] + [100.0] * 36 + [99.0, 98.0, 97.0, 90.0]
    prices = daily(closes)
    (fall,) = (bar.day for bar in prices if bar.close == 50.0)
    assert since <= fall <= since + timedelta(days=4)
    assert told(judge(said, prices)) == expected


def test_a_rank_among_prices_with_holes_is_not_known() -> None:
    said = claim("biggest one-day loss since June 3", 1.0, "down", "on Wednesday", **WORST)
    prices = daily([100.0] * 35 + [100, 99, 98, 97, 90])
    assert told(judge(said, prices)) == "supported close"
    assert told(judge(said, [bar for bar in prices if bar.close != 97])) == "undecided needs_history"
    late = replace(said, since_date=date(2024, 7, 18))
    assert told(judge(late, prices)) == "undecided no_period"


@pytest.mark.parametrize("measure", ["price", "superlative", "streak", "level"])
def test_a_symbol_of_another_company_answers_nothing(measure: Any) -> None:
    fields: dict[str, Any] = {
        "price": {},
        "superlative": WORST,
        "streak": {"unit": "sessions"},
        "level": {"unit": "usd"},
    }
    said = claim("4", 4.0, "up", "on Wednesday", symbol="AAPL", **({"measure": measure, "base_date": date(2024, 7, 16),
                 "end_date": date(2024, 7, 17)} | fields[measure]))  # fmt: skip
    given = Asked(claim=said, bars=daily([10.0] * 60), published=THURSDAY, market="XNYS", as_printed=True)
    assert told(check(given)) != "undecided symbol_reused"
    assert told(check(replace(given, reused=date(2025, 1, 1)))) == "undecided symbol_reused"


def test_a_rank_is_true_until_it_is_overtaken() -> None:
    said = claim("biggest one-day loss since June 3", 1.0, "down", "on Wednesday", **WORST)
    prices = daily([100.0] * 35 + [100, 99, 98, 97, 90])
    later = bars({date(2024, 7, 18): 89.0, date(2024, 7, 24): 80.0, date(2024, 7, 25): 60.0})
    assert overtaken(said, prices, date(2024, 7, 17)) == (None, date(2024, 7, 17))
    assert overtaken(said, prices + later[:1], date(2024, 7, 17)) == (None, date(2024, 7, 18))
    assert overtaken(said, prices + later, date(2024, 7, 17)) == (date(2024, 7, 24), date(2024, 7, 25))
    assert overtaken(replace(said, value=2.0), prices + later, date(2024, 7, 17)) == (
        date(2024, 7, 25),
        date(2024, 7, 25),
    )


# What followed earlier cases


def test_the_average_after_earlier_cases() -> None:
    # Two runs of three sessions that gain two percent each; what followed over a session was +4 and −2 percent.
    up = [100.0, 102.0, 104.04, 106.1208]
    closes = [*up, 106.1208 * 1.04, 100.0, *up[1:], 106.1208 * 0.98, *[104.0] * 30]
    prices = daily(closes)
    like = claim("2 percent", 2.0, comparator=">=", period="in three straight sessions", start=0, end=9)
    found = after_cases({bar.day: bar for bar in prices}, replace(like, value=1.99), 1, date(2024, 7, 17))
    assert [round(move, 6) for _, move in found.moves] == [4.0, -2.0]
    assert (found.mean, found.spread) == (pytest.approx(1.0), pytest.approx(18**0.5))
    gain = claim("1 percent", 1.0, period="over the next session", modality="historical", start=20, end=29)
    near = replace(like, value=1.99, text="1.99 percent")
    verdicts = check_together([asked(near, prices), asked(gain, prices)])
    assert (told(verdicts[1]), verdicts[1].cases, verdicts[1].actual) == ("supported close", 2, pytest.approx(1.0))
    other = check_together([asked(near, prices), asked(replace(gain, value=9.0, text="9 percent"), prices)])
    assert (told(other[1]), other[1].cases) == ("undecided needs_history", 2)
    assert told(check_together([asked(gain, prices)])[0]) == "undecided historical"


# Prices that are missing or odd

CRUDE = {date(2020, 4, 17): 18.27, date(2020, 4, 20): -37.63, date(2020, 4, 21): 10.01}
ODD = [  # the days and closes that are known, the claim's window, its figure, what comes of it
    (CRUDE, (date(2020, 4, 17), date(2020, 4, 20)), ("306 percent", 306.0, "down"), "supported close"),
    (CRUDE, (date(2020, 4, 20), date(2020, 4, 21)), ("127 percent", 127.0, "up"), "undecided not_checkable"),
    (CRUDE, (date(2020, 4, 16), date(2020, 4, 17)), ("8 percent", 8.0, "down"), "undecided no_prices"),
    (CRUDE, (date(2020, 4, 21), date(2020, 4, 22)), ("19 percent", 19.0, "up"), "undecided no_prices"),
    (CRUDE, (date(2020, 4, 17), date(2020, 4, 20)), ("50 percent", 50.0, "down"), "undecided proxy_price"),
    ({}, (date(2020, 4, 17), date(2020, 4, 20)), ("306 percent", 306.0, "down"), "undecided no_prices"),
]


@pytest.mark.parametrize(("closes", "window", "figure", "expected"), ODD)
def test_odd_prices_are_a_reason_and_never_refute(closes: Any, window: Any, figure: Any, expected: str) -> None:
    said = claim(*figure, "on Monday", symbol="CL=F", base_date=window[0], end_date=window[1])
    assert told(judge(said, bars(closes, "CL=F"))) == expected


def test_a_bar_that_comes_twice_counts_once() -> None:
    said = claim(
        "3.2 percent",
        3.2,
        "down",
        "on Wednesday",
        symbol="^NDX",
        base_date=date(2024, 7, 9),
        end_date=date(2024, 7, 17),
    )
    assert judge(said, bars(NASDAQ, "^NDX") * 2) == judge(said, bars(NASDAQ, "^NDX"))
