"""When markets trade, as exchange_calendars has it, and what of that is kept in the user's cache."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import exchange_calendars
import pytest

from newsig import instruments, sessions

TODAY = date(2026, 3, 2)
SOME = ("24/5", "24/7", "BVMF", "XHKG", "XKRX", "XLON", "XNYS", "XSAU", "XSHG", "XTKS")
OTHERS = sorted({one.market for one in instruments.instruments().values()} - {*SOME})


def _same(market: str) -> None:
    days = sessions.sessions(market)
    first = sessions.FIRST_DAYS.get(market, sessions.START).isoformat()
    told = exchange_calendars.get_calendar(market, start=first)
    assert days == [day.date() for day in told.sessions]
    assert sessions.zone(market).key == str(told.tz)
    # the calendar of Korea takes its own last day for one that opens late, whichever that is
    for day, opened, closed in list(zip(days, told.opens, told.closes, strict=True))[:-1]:
        assert sessions.opens_at(market, day) == opened.to_pydatetime().astimezone(UTC)
        assert sessions.closes_at(market, day) == closed.to_pydatetime().astimezone(UTC)


@pytest.mark.parametrize("market", SOME)
def test_sessions_are_those_of_exchange_calendars(market: str) -> None:
    _same(market)


@pytest.mark.slow
@pytest.mark.parametrize("market", OTHERS)
def test_sessions_of_other_markets_are_those_of_exchange_calendars(market: str) -> None:
    _same(market)


def test_a_day_without_trade_has_no_close() -> None:
    with pytest.raises(ValueError, match="2024-07-04 is no session of XNYS"):
        sessions.closes_at("XNYS", date(2024, 7, 4))


def test_a_market_that_does_not_exist_is_kept_nowhere(tmp_path: Path) -> None:
    with pytest.raises(exchange_calendars.errors.InvalidCalendarName):
        sessions.table("../XNYS", TODAY, tmp_path / "cache")
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    built = sessions.table("24/7", TODAY, tmp_path)
    (file,) = tmp_path.iterdir()
    fewer = replace(built, days=built.days[1:], opens=built.opens[1:], closes=built.closes[1:])
    file.write_text(json.dumps(asdict(fewer)))
    assert sessions.table("24/7", TODAY + timedelta(days=200), tmp_path) == fewer


def test_what_does_not_reach_a_year_ahead_is_built_again(tmp_path: Path) -> None:
    built, later = (sessions.table("24/7", TODAY + timedelta(days=days), tmp_path) for days in (0, 400))
    assert later.days[: len(built.days)] == built.days
    assert date.fromordinal(built.days[-1]) == date(2028, 3, 2)
    assert date.fromordinal(later.days[-1]) == date(2029, 4, 6)
    assert sessions.table("24/7", TODAY, tmp_path) == later


BROKEN = {
    "empty": lambda whole: whole[:0],
    "cut": lambda whole: whole[: len(whole) // 2],
    "zeros": lambda whole: bytes(len(whole)),
    "no text": lambda whole: b"\xff" * len(whole),
    "a list": lambda whole: b"[" + whole + b"]",
    "another form": lambda whole: whole.replace(b'"form":1', b'"form":0'),
    "another field": lambda whole: whole.replace(b'"form":1', b'"form":1,"more":1'),
    "from another day on": lambda whole: whole.replace(b'"first":726468', b'"first":726469'),
    "uneven": lambda whole: whole.replace(b'"opens":[', b'"opens":[0,'),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_file_is_built_again(tmp_path: Path, how: str) -> None:
    built = sessions.table("24/7", TODAY, tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(BROKEN[how](whole))
    assert file.read_bytes() != whole
    assert sessions.table("24/7", TODAY, tmp_path) == built
    assert file.read_bytes() == whole


def test_where_nothing_can_be_kept_it_is_built_each_time(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("no folder")
    assert sessions.table("24/7", TODAY, taken / "sessions") == sessions.table("24/7", TODAY, tmp_path)


def test_many_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        tables = list(pool.map(partial(sessions.table, today=TODAY, folder=tmp_path), ["24/5"] * 16))
    assert [file.name for file in tmp_path.iterdir()] == ["24%2F5.json"]
    assert tables == [sessions.table("24/5", TODAY, tmp_path)] * 16


def test_what_was_kept_needs_neither_pandas_nor_exchange_calendars(tmp_path: Path) -> None:
    code = (
        "import sys; from datetime import date; from newsig import sessions; "
        "print(sessions.closes_at('XNYS', date(2024, 7, 3)).isoformat(), 'pandas' in sys.modules)"
    )
    told = [
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
        ).stdout.split()
        for _ in range(2)
    ]
    assert [moment for moment, _ in told] == [datetime(2024, 7, 3, 17, tzinfo=UTC).isoformat()] * 2
    assert told[1][1] == "False"
