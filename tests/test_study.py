"""Leads, lags and events against chance: worked out by hand, found where they were planted, and not where they were
not."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from newsig.compare.study import HORIZONS, LAGS, Figure, Grid, corrected, event_study, lead_lag, shuffled
from newsig.compare.study.chance import TRIES, interval, permutation_p
from newsig.compare.study.events import EARLIER, ESTIMATED, GAP, LEAST_EVENTS, abnormal, remarkable
from newsig.compare.study.leads import LEAST, correlation, slope_p

DAYS = [date(2024, 1, 1) + timedelta(days=number) for number in range(700)]


def grid(returns: list[float], market: list[float] | None = None, **fields: object) -> Grid:
    days = DAYS[: len(returns)]
    known = {"market": dict(zip(days, market or (), strict=False)), **fields}
    return Grid(days=days, returns=dict(zip(days, returns, strict=True)), **known)  # type: ignore[arg-type]


def planted(count: int, effect: float, lead: int, seed: int = 7) -> tuple[dict[date, float], Grid]:
    """An index, and returns that follow it by so many sessions."""
    draw = random.Random(seed)
    tones = [draw.uniform(-1, 1) for _ in range(count)]
    market = [draw.gauss(0, 0.01) for _ in range(count)]
    told = [tones[number - lead] if 0 <= number - lead < count else 0.0 for number in range(count)]
    returns = [1.2 * whole + effect * tone + draw.gauss(0, 0.005) for whole, tone in zip(market, told, strict=True)]
    return dict(zip(DAYS, tones, strict=False)), grid(returns, market)


# By hand


def test_abnormal_returns_by_hand() -> None:
    # The market goes up and down by 1 % in turn, the share by 2 % and 0.1 % more: α = 0.001, β = 2.
    market = [0.01 if number % 2 else -0.01 for number in range(200)]
    returns = [0.001 + 2 * value for value in market]
    returns[151] += 0.03
    market[152], returns[152] = 0.02, 0.0
    found = abnormal(150, grid(returns, market))
    assert found[:3] == pytest.approx([0.03, -0.041, 0.0])  # 0 − (0.001 + 2 × 0.02)
    assert len(found) == 49


def test_other_models_by_hand() -> None:
    returns = [0.01 if number % 2 else -0.02 for number in range(200)]  # the mean is −0.005
    assert abnormal(150, grid(returns, model="mean"))[:2] == pytest.approx([0.015, -0.015])
    assert abnormal(150, grid(returns, model="pair"))[:2] == pytest.approx([0.01, -0.02])


def test_the_estimation_window_ends_before_the_event() -> None:
    market = [0.01 if number % 2 else -0.01 for number in range(200)]
    steady = [2 * value for value in market]
    first, last = 150 - GAP - ESTIMATED + 1, 150 - GAP
    outside = [value if first <= number <= last or number > 150 else 0.5 for number, value in enumerate(steady)]
    assert abnormal(150, grid(outside, market)) == pytest.approx(abnormal(150, grid(steady, market)))
    inside = [0.5 if number == last else value for number, value in enumerate(steady)]
    assert abnormal(150, grid(inside, market))[0] != pytest.approx(0.0, abs=1e-6)


def test_too_short_a_history_tells_nothing() -> None:
    assert abnormal(50, grid([0.01, -0.01] * 50, [0.01, -0.01] * 50)) == []


def test_a_missing_return_is_not_taken_for_none() -> None:
    whole = grid([0.01, -0.01] * 100, model="mean")
    kept = {day: value for day, value in whole.returns.items() if day != DAYS[151]}
    assert abnormal(150, replace(whole, returns=kept))[:2] == [None, pytest.approx(0.01, abs=1e-3)]


def test_what_is_remarkable_by_hand() -> None:
    # Thirds of 0, 1 … 19 are 6⅓ and 12⅔.
    signal = dict(zip(DAYS, [*map(float, range(EARLIER)), 13.0, 6.0, 10.0], strict=False))
    assert remarkable(signal) == ({DAYS[20]}, {DAYS[21]}, DAYS[20:23])


def test_the_benjamini_hochberg_correction_by_hand() -> None:
    # 0.01 × 4 / 1, 0.02 × 4 / 2, 0.03 × 4 / 3, 0.9 × 4 / 4; what has no p-value is not counted.
    given_ = [0.03, None, 0.01, 0.9, 0.02]
    figures = [Figure(signal="fresh", test="correlation", sessions=1, n=50, p=p) for p in given_]
    found = corrected(figures)
    assert [one.q for one in found] == [pytest.approx(0.04), None, *map(pytest.approx, (0.04, 0.9, 0.04))]
    assert [one.significant for one in found] == [True, None, True, False, True]
    assert corrected(figures[1:2]) == figures[1:2]


def test_a_correlation_by_hand() -> None:
    # Σ(x−2)(y−2) = 1, Σ(x−2)² = Σ(y−2)² = 2
    assert correlation(np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 3.0]])) == pytest.approx(0.5)


def test_a_permutation_by_hand() -> None:
    # Of six days in blocks of one, those two are the highest: 1 of 15 pairs is as far above the mean and 1 as far below
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    found = permutation_p(values, np.array([False] * 4 + [True] * 2), 1)
    assert found == pytest.approx(2 / 15, abs=0.04)
    assert found * (TRIES + 1) == pytest.approx(round(found * (TRIES + 1)))


# What was planted is found


def test_a_planted_lead_of_one_session_is_found() -> None:
    signal, whole = planted(400, 0.01, 1)
    found = {figure.sessions: figure for figure in corrected(list(lead_lag("fresh", signal, whole)))}
    assert set(found) == set(LAGS)
    assert [lag for lag, figure in found.items() if figure.significant] == [1]
    lead = found[1]
    assert lead.low is not None
    assert lead.value is not None
    assert lead.high is not None
    assert 0 < lead.low < lead.value < lead.high < 1


def test_a_planted_lead_of_one_session_shows_in_the_first_after_the_event() -> None:
    signal, whole = planted(400, 0.01, 1)
    found = {(one.test, one.sessions): one for one in corrected(list(event_study("fresh", signal, whole)))}
    for test, sign in (("after_high", 1), ("after_low", -1)):
        one = found[test, 1]  # type: ignore[index]
        assert one.value is not None
        assert one.low is not None
        assert one.high is not None
        assert sign * one.value == pytest.approx(0.0067, abs=0.002)  # two thirds of the effect, on average
        assert one.low < one.value < one.high
        assert one.low * one.high > 0
        assert one.significant


def test_the_shuffled_control_knows_nothing() -> None:
    # One study in twenty calls something significant by chance: that is what the correction promises, and no more.
    signal, whole = planted(400, 0.01, 1)
    found = []
    for seed in range(3):
        control = shuffled(signal, seed)
        assert sorted(control.values()) == sorted(signal.values())
        figures = corrected([*lead_lag("fresh", control, whole), *event_study("fresh", control, whole)])
        assert not next(one for one in figures if one.sessions == 1).significant
        found += figures
    assert sum(bool(one.significant) for one in found) <= 1


def test_one_p_value_in_twenty_is_at_most_a_twentieth_by_chance() -> None:
    # Of 200 tries at most 10 are to be expected below 0.05, and about half of them below 0.5; 18, and 100 ± 20, leave
    # room for what such counts vary by.
    signal, whole = planted(200, 0.01, 1)
    returns = np.array([whole.returns[day] for day in DAYS[1:200]])
    permuted, regressed = [], []
    for seed in range(200):
        tones = np.array([*shuffled(signal, seed).values()])[:-1]
        permuted.append(permutation_p(returns, tones > 1 / 3, 6))
        regressed.append(slope_p(np.column_stack([tones, returns])))
    for found in (permuted, regressed):
        assert sum(p <= 0.05 for p in found) <= 18
        assert 80 <= sum(p <= 0.5 for p in found) <= 120


def test_persistent_tone_without_effect_is_not_significant() -> None:
    # Tone that stays high for weeks makes events that overlap: dealt out one by one, they would look remarkable.
    draw = random.Random(3)
    level, tones = 0.0, []
    for _ in range(600):
        level = 0.97 * level + draw.gauss(0, 0.1)
        tones.append(level)
    whole = grid([draw.gauss(0, 0.01) for _ in tones], [draw.gauss(0, 0.01) for _ in tones])
    signal = dict(zip(DAYS, tones, strict=False))
    assert [one for one in corrected(list(event_study("fresh", signal, whole))) if one.significant] == []


def test_the_same_data_give_the_same_figures() -> None:
    signal, whole = planted(190, 0.004, 1)
    twice = [[*lead_lag("fresh", signal, whole), *event_study("fresh", signal, whole)] for _ in range(2)]
    assert twice[0] == twice[1]
    backwards = dict(reversed(signal.items()))
    assert [*lead_lag("fresh", backwards, whole), *event_study("fresh", backwards, whole)] == twice[0]


# Too little


def test_too_little_says_so() -> None:
    signal, whole = planted(LEAST - 1, 0.01, 1)
    found = [*lead_lag("fresh", signal, whole), *event_study("fresh", signal, whole)]
    assert {figure.reason for figure in found} == {"fewer than 30 sessions with both", "fewer than 10 events"}
    assert {figure.value for figure in found} == {None}
    assert [figure.n for figure in found if figure.test == "correlation" and figure.sessions >= 0] == [
        *range(LEAST - 1, LEAST - 7, -1)
    ]


def test_a_long_horizon_needs_a_long_series() -> None:
    signal, whole = planted(250, 0.01, 1)
    found = {one.sessions: one for one in event_study("fresh", signal, whole) if one.test == "after_high"}
    assert found[63].reason == "fewer than 315 sessions with an index"
    assert found[63].n >= LEAST_EVENTS
    assert [horizon for horizon in HORIZONS if found[horizon].value is not None] == [1, 2, 5, 21]


def test_an_index_that_never_changes_correlates_with_nothing() -> None:
    _, whole = planted(100, 0.0, 1)
    found = list(lead_lag("fresh", dict.fromkeys(DAYS[:100], 0.5), whole))
    assert {one.reason for one in found} == {"one of both never changes"}


def test_no_index_at_all() -> None:
    found = [*lead_lag("fresh", {}, grid([])), *event_study("fresh", {}, grid([]))]
    assert {one.n for one in found} == {0}
    assert len(found) == len(LAGS) + 2 * len(HORIZONS)


# What always holds


@given(st.lists(st.floats(-1, 1), min_size=12, max_size=40), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_told_is_nothing_to_chance(values: list[float], draw: random.Random) -> None:
    days = DAYS[: len(values)]
    events = draw.sample(days, 5)
    again = draw.sample(events, 5)
    chosen, same = (np.array([day in set(some) for day in days]) for some in (events, again))
    assert permutation_p(np.array(values), chosen, 2) == permutation_p(np.array(values), same, 2)


@given(st.lists(st.floats(-1, 1), min_size=12, max_size=40), st.integers(1, 12), st.floats(-1, 1))
def test_a_p_value_is_one_and_knows_no_level(values: list[float], block: int, level: float) -> None:
    chosen = np.arange(len(values)) % 3 == 0
    rounded = np.round(np.array(values), 3)
    found = permutation_p(rounded, chosen, block)
    assert 0 < found <= 1
    assert permutation_p(rounded + round(level, 3), chosen, block) == pytest.approx(found)


@given(st.integers(EARLIER, 60), st.integers(0, 100))
def test_later_tone_changes_nothing_that_was_remarkable(count: int, seed: int) -> None:
    draw = random.Random(seed)
    signal = {day: draw.uniform(-1, 1) for day in DAYS[:80]}
    before = {day: signal[day] for day in DAYS[:count]}
    (high, low, known), (high_then, low_then, known_then) = remarkable(signal), remarkable(before)
    assert {day for day in high if day in before} == high_then
    assert {day for day in low if day in before} == low_then
    assert known[: len(known_then)] == known_then


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_the_interval_of_a_mean_lies_among_the_values(seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=30)
    low, high = interval(lambda some: some.mean(axis=1), values, 3)
    assert values.min() <= low < high <= values.max()


def test_errors_are_robust_to_autocorrelation() -> None:
    draw = np.random.default_rng(5)
    steps = np.cumsum(draw.normal(size=(2, 200)), axis=1)
    plain = sm.OLS(steps[1], sm.add_constant(steps[0])).fit().pvalues[1]
    assert slope_p(steps.T) > plain
