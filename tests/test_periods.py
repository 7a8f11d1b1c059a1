"""Expressions of time and the closes they mean, read from stories of known days on real calendars."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.extract.periods import Reference, find_periods, resolve, session_of

NEW_YORK = ZoneInfo("America/New_York")
THURSDAY = "2024-07-18T14:00:00+00:00"  # ten o'clock in New York, in the session
EVENING = "2024-07-18T02:26:00+00:00"  # still Wednesday evening in New York
SUNDAY = "2024-07-21"
NEW_YEAR = "2024-01-02"  # the first session of a year

CASES = [
    # a day, looking back
    (EVENING, "on Wednesday", "2024-07-16", "2024-07-17"),
    (EVENING, "on Tuesday", "2024-07-15", "2024-07-16"),
    (EVENING, "late on Monday", "2024-07-12", "2024-07-15"),
    (EVENING, "last Friday", "2024-07-11", "2024-07-12"),
    (EVENING, "Friday's", "2024-07-11", "2024-07-12"),
    (EVENING, "on Thursday", "2024-07-10", "2024-07-11"),
    (EVENING, "on Saturday", None, None),
    (EVENING, "today", "2024-07-16", "2024-07-17"),
    (EVENING, "yesterday", "2024-07-15", "2024-07-16"),
    (EVENING, "on the day", "2024-07-16", "2024-07-17"),
    (THURSDAY, "this morning", "2024-07-17", "2024-07-18"),
    (SUNDAY, "on Friday", "2024-07-18", "2024-07-19"),
    (SUNDAY, "today", "2024-07-18", "2024-07-19"),
    ("2024-07-05", "on Thursday", None, None),  # Independence Day
    ("2024-07-05", "on Friday", "2024-07-03", "2024-07-05"),
    ("2024-07-18", "on July 11", "2024-07-10", "2024-07-11"),
    ("2024-07-18", "on June 3, 2024", "2024-05-31", "2024-06-03"),
    ("2024-02-18", "on December 29", "2023-12-28", "2023-12-29"),
    # weeks
    (EVENING, "for the week", "2024-07-12", "2024-07-17"),
    (EVENING, "so far this week", "2024-07-12", "2024-07-17"),
    (EVENING, "last week", "2024-07-05", "2024-07-12"),
    (SUNDAY, "for the week", "2024-07-12", "2024-07-19"),
    (SUNDAY, "in the week to Friday", "2024-07-12", "2024-07-19"),
    (EVENING, "from a week earlier", "2024-07-10", "2024-07-17"),
    (EVENING, "in the last three weeks", "2024-06-25", "2024-07-17"),
    (EVENING, "in the five days to Tuesday", "2024-07-09", "2024-07-16"),
    (EVENING, "in the past five sessions", "2024-07-10", "2024-07-17"),
    # months, quarters, years
    (EVENING, "this month", "2024-06-28", "2024-07-17"),
    (EVENING, "month to date", "2024-06-28", "2024-07-17"),
    (EVENING, "so far in July", "2024-06-28", "2024-07-17"),
    (EVENING, "in June", "2024-05-31", "2024-06-28"),
    (EVENING, "in September", "2023-08-31", "2023-09-29"),
    (EVENING, "last month", "2024-05-31", "2024-06-28"),
    (EVENING, "this quarter", "2024-06-28", "2024-07-17"),
    (EVENING, "last quarter", "2024-03-28", "2024-06-28"),
    (EVENING, "in the first half", "2023-12-29", "2024-06-28"),
    (EVENING, "in the first quarter", "2023-12-29", "2024-03-28"),
    (EVENING, "in the fourth quarter", "2023-09-29", "2023-12-29"),
    (EVENING, "this year", "2023-12-29", "2024-07-17"),
    (EVENING, "so far this year", "2023-12-29", "2024-07-17"),
    (EVENING, "year to date", "2023-12-29", "2024-07-17"),
    (EVENING, "for the year", "2023-12-29", "2024-07-17"),
    (EVENING, "since the start of the year", "2023-12-29", "2024-07-17"),
    (EVENING, "in 2024", "2023-12-29", "2024-07-17"),
    (EVENING, "in 2023", "2022-12-30", "2023-12-29"),
    (EVENING, "last year", "2022-12-30", "2023-12-29"),
    (EVENING, "since the start of 2023", "2022-12-30", "2024-07-17"),
    (EVENING, "since the end of 2022", "2022-12-30", "2024-07-17"),
    (NEW_YEAR, "this year", "2023-12-29", "2024-01-02"),
    # since
    (EVENING, "since Monday", "2024-07-15", "2024-07-17"),
    (EVENING, "since last Wednesday", "2024-07-10", "2024-07-17"),
    (EVENING, "from Friday's close", "2024-07-12", "2024-07-17"),
    (EVENING, "since the start of May", "2024-04-30", "2024-07-17"),
    (EVENING, "since the start of September", "2023-08-31", "2024-07-17"),
    (EVENING, "since the end of June", "2024-06-28", "2024-07-17"),
    (EVENING, "since June 12", "2024-06-12", "2024-07-17"),
    (EVENING, "since October 27, 2023", "2023-10-27", "2024-07-17"),
    (EVENING, "since July 4", None, None),  # no close on that day
    # after the close
    (EVENING, "in after-hours trading", "2024-07-17", "2024-07-17"),
    (EVENING, "in extended trading", "2024-07-17", "2024-07-17"),
    # what the text alone cannot settle keeps its words and has no dates
    (EVENING, "in five days", None, None),
    (EVENING, "since last week", None, None),
    (EVENING, "since April 2020", None, None),
    (EVENING, "since the election", None, None),
    (EVENING, "in five consecutive sessions last week", None, None),
    (EVENING, "between late March and early May 2023", None, None),
    (EVENING, "over the following month", None, None),
    (EVENING, "below its 2021 peak", None, None),
    (EVENING, "from its February high", None, None),
    (EVENING, "from a year earlier", None, None),
    (EVENING, "in the past year", None, None),
    (EVENING, "over that three-day stretch", None, None),
    (EVENING, "since then", None, None),
    (EVENING, "third-quarter", None, None),
    (EVENING, "from 52 weeks ago", None, None),
]

OTHER_MARKETS = [
    ("XTKS", "2024-07-17", "on Tuesday", "2024-07-12", "2024-07-16"),  # Marine Day on the 15th
    ("XLON", "2024-07-05", "on Thursday", "2024-07-03", "2024-07-04"),
    ("XHKG", "2024-07-02", "today", "2024-06-28", "2024-07-02"),
    ("24/7", "2024-07-21", "today", "2024-07-20", "2024-07-21"),
]

NOT_PERIODS = [
    "results are due on Thursday",
    "is expected to report on Thursday",
    "through Friday",
    "crude for August delivery",
    "the Russell 2000 and the Nasdaq 100",
    "may fall",
    "second to none",
]


def window(published: str, text: str, market: str = "XNYS") -> tuple[date | None, date | None]:
    when = datetime.fromisoformat(published) if "T" in published else date.fromisoformat(published)
    (expression,) = find_periods(f"the index rose {text}.")
    found = resolve(expression, Reference.of(when, NEW_YORK), market)
    return found.base, found.end


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("published", "text", "base", "end"), CASES)
def test_an_expression_means_these_closes(published: str, text: str, base: str | None, end: str | None) -> None:
    assert window(published, text) == (day(base), day(end))


@pytest.mark.parametrize(("market", "published", "text", "base", "end"), OTHER_MARKETS)
def test_each_market_has_its_own_sessions(market: str, published: str, text: str, base: str, end: str) -> None:
    assert window(published, text, market) == (day(base), day(end))


@pytest.mark.parametrize("text", NOT_PERIODS)
def test_what_only_looks_like_a_period(text: str) -> None:
    assert find_periods(text) == []


def test_a_story_of_unknown_day_has_no_dates() -> None:
    (expression,) = find_periods("on Friday")
    assert resolve(expression, Reference.of(None, NEW_YORK), "XNYS").end is None


@pytest.mark.parametrize(
    ("moment", "session"),
    [
        ("2024-07-18T13:00:00+00:00", "2024-07-17"),  # before the opening
        ("2024-07-18T13:31:00+00:00", "2024-07-18"),
        ("2024-07-19T02:00:00+00:00", "2024-07-18"),
        ("2024-07-21T12:00:00+00:00", "2024-07-19"),
    ],
)
def test_the_session_that_a_moment_reports(moment: str, session: str) -> None:
    reference = Reference.of(datetime.fromisoformat(moment), NEW_YORK)
    assert reference is not None
    assert session_of("XNYS", reference) == date.fromisoformat(session)


@given(
    st.dates(date(1995, 1, 1), date(2026, 6, 30)),
    st.sampled_from(sorted({text for _, text, *_ in CASES})),
    st.sampled_from(["XNYS", "XLON", "XTKS", "24/5"]),
)
def test_windows_look_back_and_in_order(published: date, text: str, market: str) -> None:
    base, end = window(published.isoformat(), text, market)
    assert (base is None) == (end is None)
    if base is not None and end is not None:
        assert base <= end <= published


@given(st.text(alphabet="since the last week on Monday in 5 days 2024 July 4,.", max_size=120))
def test_spans_are_in_order_and_apart(text: str) -> None:
    found = find_periods(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
