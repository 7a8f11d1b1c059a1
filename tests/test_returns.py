"""The arithmetic of prices: returns, levels as printed, which days to ask for, and what changed, worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig import sessions
from newsig.market.changes import told
from newsig.market.planning import NEAR, Span, days_between, is_settled, missing, runs, spans
from newsig.market.providers.asking import LONGEST_PAUSE, pause_before
from newsig.market.returns import aligned, printed_level, returns
from newsig.records import Price, PriceChange, Split

MONDAY = date(2024, 7, 8)


def bar(day: date, close: float, adjusted: float | None = None) -> Price:
    return Price(symbol="AAPL", day=day, close=close, adj_close=adjusted)


def july(day: int) -> date:
    return date(2024, 7, day)


# Returns


RETURNS = [
    ([(8, 100, None), (9, 110, None), (10, 99, None)], {9: 0.1, 10: -0.1}),
    ([(10, 99, None), (8, 100, None), (9, 110, None)], {9: 0.1, 10: -0.1}),
    ([(8, 100, 90), (9, 100, 99)], {9: 0.1}),  # what a dividend of a tenth took off the close
    ([(8, 100, 90), (9, 110, None)], {9: 0.1}),  # both or none
    ([(8, 100, None), (10, 110, None)], {10: 0.1}),
    ([(8, 18.27, None), (9, -37.63, None), (10, 10.01, None)], {}),
    ([(8, 0, None), (9, 1, None), (10, 2, None)], {10: 1.0}),
    ([(8, 100, None)], {}),
    ([], {}),
]


@pytest.mark.parametrize(("bars", "expected"), RETURNS)
def test_returns(bars: list[tuple[int, float, float | None]], expected: dict[int, float]) -> None:
    given_bars = [bar(july(day), close, adjusted) for day, close, adjusted in bars]
    simple = {july(day): pytest.approx(value) for day, value in expected.items()}
    assert returns(given_bars) == simple
    assert returns(given_bars, "log") == {july(day): pytest.approx(log(1 + value)) for day, value in expected.items()}


def test_a_return_over_a_gap_is_left_out_where_the_sessions_are_given() -> None:
    days = sessions.between("XNYS", july(1), july(12))
    bars = [bar(july(3), 100), bar(july(5), 110), bar(july(9), 121), bar(july(10), 133.1), bar(july(13), 1.0)]
    assert returns(bars, sessions=days) == {july(5): pytest.approx(0.1), july(10): pytest.approx(0.1)}


closes = st.lists(st.floats(1, 1e4), min_size=2, max_size=30)


@given(closes)
def test_log_returns_add_up_and_simple_ones_multiply(values: list[float]) -> None:
    bars = [bar(MONDAY + timedelta(days=number), value) for number, value in enumerate(values)]
    assert sum(returns(bars, "log").values()) == pytest.approx(log(values[-1] / values[0]), abs=1e-9)
    product = 1.0
    for value in returns(bars).values():
        product *= 1 + value
    assert product == pytest.approx(values[-1] / values[0], rel=1e-9)


@given(closes, st.floats(0.001, 1000))
def test_a_split_of_all_bars_changes_no_return(values: list[float], ratio: float) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(len(values))]
    before = returns([bar(day, value) for day, value in zip(days, values, strict=True)])
    after = returns([bar(day, value / ratio) for day, value in zip(days, values, strict=True)])
    assert after == {day: pytest.approx(value, rel=1e-6, abs=1e-9) for day, value in before.items()}


def test_series_are_aligned_on_their_common_days() -> None:
    days, series = aligned({"A": {july(8): 1.0, july(9): 2.0, july(11): 3.0}, "B": {july(11): 5.0, july(9): 4.0}})
    assert (days, series) == ([july(9), july(11)], {"A": [2.0, 3.0], "B": [4.0, 5.0]})
    assert aligned({"A": {july(8): 1.0}, "B": {}}) == ([], {"A": [], "B": []})
    assert aligned({}) == ([], {})


# Levels as they were printed


def split(day: date, ratio: float, symbol: str = "AAPL") -> Split:
    return Split(symbol=symbol, day=day, ratio=ratio)


PRINTED = [
    ([], 120.0),
    (None, None),
    ([split(july(10), 10)], 1200.0),
    ([split(july(9), 10)], 120.0),  # of the day itself: the close is of new shares already
    ([split(july(10), 10), split(july(11), 0.5)], 600.0),
    ([split(july(10), 10, "MSFT")], 120.0),
]


@pytest.mark.parametrize(("splits", "level"), PRINTED)
def test_a_level_as_its_day_printed_it(splits: list[Split] | None, level: float | None) -> None:
    assert printed_level(bar(july(9), 120.0), splits) == level


# Which days to ask for


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 7, day, hour, minute, tzinfo=UTC)


SETTLED = [
    ("XNYS", july(17), at(17, 20, 29), False),
    ("XNYS", july(17), at(17, 20, 30), True),
    ("XNYS", july(3), at(3, 17, 30), True),  # closed at one
    ("XNYS", july(18), at(17, 23), False),
    ("XTKS", july(17), at(17, 7), True),
    ("24/7", july(17), at(17, 23, 59), False),
    ("24/7", july(17), at(18, 1), True),
    ("XNYS", july(4), at(4, 23), False),  # no session: over when the day is
    ("XNYS", july(4), at(5, 0), True),
]


@pytest.mark.parametrize(("market", "day", "moment", "settled"), SETTLED)
def test_a_bar_is_final_some_time_after_the_close(market: str, day: date, moment: datetime, settled: bool) -> None:
    assert is_settled(market, day, moment) is settled


def test_what_was_asked_for_after_the_close_is_not_missing() -> None:
    needed = [july(day) for day in (15, 16, 17, 18)]
    asked = [(july(15), july(17), at(17, 15))]  # while the 17th was traded
    assert missing("XNYS", needed, [], at(17, 15)) == {july(15), july(16)}
    assert missing("XNYS", needed, asked, at(17, 15)) == set()
    assert missing("XNYS", needed, asked, at(18, 23)) == {july(17), july(18)}


def test_days_before_the_calendar_are_weekdays() -> None:
    days = days_between("XNYS", date(1989, 12, 29), date(1990, 1, 3))
    assert [day.isoformat()[2:] for day in days] == ["89-12-29", "90-01-01", "90-01-02", "90-01-03"]
    assert days_between("XNYS", date(1987, 10, 16), date(1987, 10, 19)) == [date(1987, 10, 16), date(1987, 10, 19)]


def test_runs_of_days_before_the_calendar() -> None:
    days = days_between("XNYS", date(1987, 10, 12), date(1990, 1, 5))
    lone = date(1987, 10, 21)
    assert runs(days, "XNYS") == [(date(1987, 10, 12), date(1990, 1, 5))]
    assert runs([day for day in days if day != lone], "XNYS") == [
        (date(1987, 10, 12), date(1987, 10, 20)),
        (date(1987, 10, 22), date(1990, 1, 5)),
    ]


day_sets = st.sets(st.dates(date(2020, 1, 1), date(2024, 12, 31)), max_size=20)


@given(day_sets, st.booleans())
def test_spans_hold_all_days_and_little_else(days: set[date], whole: bool) -> None:
    found = list(spans(days, whole=whole))
    assert all(any(first <= day <= last for first, last in found) for day in days)
    assert {end for span in found for end in span} <= days
    assert found == sorted(found)
    if whole:
        assert len(found) == bool(days)
    else:
        assert all(later[0] - former[1] > NEAR for former, later in pairwise(found))


RUNS: list[tuple[list[int], list[Span]]] = [
    ([], []),
    ([3], [(july(3), july(3))]),
    ([3, 5, 8, 10], [(july(3), july(8)), (july(10), july(10))]),  # the 4th is a holiday, the 6th a Saturday
]


@pytest.mark.parametrize(("days", "expected"), RUNS)
def test_runs_of_sessions(days: list[int], expected: list[Span]) -> None:
    assert runs([july(day) for day in days], "XNYS") == expected


@pytest.mark.parametrize("retry_after", ["", "soon", "-5", "Thu, 99 Foo", "٣", "1.5"])
def test_a_retry_after_that_cannot_be_read_changes_nothing(retry_after: str) -> None:
    assert pause_before(2, retry_after, at(18, 3)) == 2.0


@given(st.integers(2, 9), st.text(max_size=30))
def test_no_pause_is_longer_than_the_longest(attempt: int, retry_after: str) -> None:
    seconds = pause_before(attempt, retry_after, at(18, 3))
    assert seconds is None or 2.0 <= seconds <= LONGEST_PAUSE


# What changed


def change(day: int, old: float, new: float, source: str = "yahoo 2024-07-01") -> PriceChange:
    return PriceChange(
        symbol="AAPL", day=july(day), old_close=old, new_close=new, old_source=source, new_source="yahoo 2024-07-18"
    )


TEN = ", all divided by 10, as by a split"
BOTH = "between 2024-07-08 and 2024-07-09"
TOLD = [
    ([], [], []),
    (
        [change(8, 1208.9, 120.89), change(9, 1217.0, 121.7)],
        [split(july(10), 10)],
        ["AAPL: 2 closes before 2024-07-10 divided by 10: a split"],
    ),
    ([change(8, 2.0, 20.0)], [split(july(10), 0.1)], ["AAPL: 1 close before 2024-07-10 multiplied by 10: a split"]),
    (
        [change(8, 60.0, 10.0), change(10, 20.0, 10.0)],
        [split(july(9), 3), split(july(11), 2)],
        [
            "AAPL: 1 close before 2024-07-09 divided by 3: a split",
            "AAPL: 2 closes before 2024-07-11 divided by 2: a split",
        ],
    ),
    (
        [change(8, 100.0, 102.0, "early.csv"), change(10, 100.0, 99.0, "early.csv")],
        [],
        ["history changed: 2 closes of AAPL between 2024-07-08 and 2024-07-10 differ by up to 2 % from early.csv"],
    ),
    (
        [change(8, 100.0, 10.0), change(12, 100.0, 10.0)],  # after the split there is nothing to divide
        [split(july(10), 10)],
        [
            "AAPL: 1 close before 2024-07-10 divided by 10: a split",
            "history changed: 1 close of AAPL on 2024-07-12 differs by up to 90 % from yahoo 2024-07-01",
        ],
    ),
    (
        [change(8, 100.0, 10.0, "b.csv"), change(9, 110.0, 11.0, "a.csv")],
        [],
        [f"history changed: 2 closes of AAPL {BOTH} differ by up to 90 % from a.csv, b.csv{TEN}"],
    ),
    ([change(8, 0.0, 1.0)], [], ["history changed: 1 close of AAPL on 2024-07-08 differs from 0 in yahoo 2024-07-01"]),
    (
        [change(8, -37.63, -37.0)],
        [],
        ["history changed: 1 close of AAPL on 2024-07-08 differs by up to 1.67 % from yahoo 2024-07-01"],
    ),
]


@pytest.mark.parametrize(("changes", "splits", "sentences"), TOLD)
def test_what_changed_is_told(changes: list[PriceChange], splits: list[Split], sentences: list[str]) -> None:
    assert list(told(changes, splits)) == sentences


@given(st.lists(st.floats(0.5, 5000), min_size=1, max_size=8), st.sampled_from([0.1, 0.5, 1.5, 2, 3, 10, 20]))
def test_a_split_alone_leaves_nothing_unexplained(olds: list[float], ratio: float) -> None:
    changes = [change(1 + number, old, old / ratio) for number, old in enumerate(olds)]
    (sentence,) = told(changes, [split(july(20), ratio)])
    assert sentence.endswith(": a split")
