"""`newsig prices sync` and `status`: what the claims need is fetched once, kept whole, and what changed is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yfinance
from click.testing import CliRunner, Result
from sqlite_utils import Database

from newsig import run, store
from newsig.cli import main
from newsig.collect.http import Limits, fetch
from newsig.errors import StoreError
from newsig.market.changes import told
from newsig.market.providers import Files, Patience, Stooq, Yahoo
from newsig.market.returns import printed_level
from newsig.records import Article, Claim, Download, Findings, Price, PriceChange, Split
from newsig.run import Tally
from tests.exchange import Answer, Exchange, Listed, served, weekdays
from tests.former import former_db
from tests.test_providers import Redirected

NOW = datetime(2024, 7, 18, 3, tzinfo=UTC)
LATER = datetime(2024, 8, 18, 3, tzinfo=UTC)
ENOUGH: Answer = (429, {"Retry-After": "3600"}, b"Too Many Requests")
ENVIRON = dict.fromkeys(("NEWSIG_DB", "NEWSIG_CONFIG", "NEWSIG_DEBUG", "NEWSIG_INSTRUMENTS", "NEWSIG_STOOQ_KEY")) | {
    "COLUMNS": "200"
}


def july(day: int) -> date:
    return date(2024, 7, day)


def claim(symbol: str | None, base: date | None, end: date | None, **more: Any) -> Claim:
    told = {"value": 3.0, "unit": "percent", "comparator": "=", "direction": "up", "measure": "price"}
    period = {"modality": "actual", "period_basis": "stated", "base_date": base, "end_date": end}
    return Claim(**{"start": 0, "end": 9, "text": "3 percent", "symbol": symbol} | told | period | more)


def stored(db: Database, *claims: Claim, name: str = "a", published: date | None = None) -> None:
    """An article with these claims."""
    saved = store.save_article(db, Article(id=name, text="3 percent up.", published=published or july(17)), NOW)
    findings = Findings(id=name, fingerprint="mark", published=published or july(17), claims=claims)
    store.save_findings(db, saved.version_id, findings, store.start_run(db, "mark", {}, NOW))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with run.open_database(tmp_path / "newsig.db") as opened:
        yield opened


@pytest.fixture
def market() -> Iterator[tuple[Exchange, str]]:
    july_days = weekdays(july(1), *(float(number) for number in range(100, 140)))
    del july_days[july(4)]
    listed = {name: Listed(closes=dict(july_days)) for name in ("AAPL", "MSFT", "^RUT", "IWM", "JPY=X", "aapl.us")}
    exchange = Exchange(listed=listed)
    with served(exchange) as base:
        yield exchange, base


@pytest.fixture(scope="module", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    yfinance.set_tz_cache_location(str(tmp_path_factory.mktemp("yfinance")))


def yahoo(base: str, at: datetime = NOW) -> Yahoo:
    return Yahoo(Patience(lambda _: None, lambda: at), 20.0, Redirected(base))


def stooq(base: str, at: datetime = NOW) -> Stooq:
    def get(url: str) -> Any:
        return fetch(url.replace("https://stooq.com", base), limits=Limits(seconds=20), private=True)

    return Stooq(get, Patience(lambda _: None, lambda: at))


def synced(db: Database, source: Any, at: datetime = NOW, needs: Any = None) -> Tally:
    return run.sync_prices(run.Desk(db=db, clock=lambda: at), source, needs or run.needs_of_claims(db))


def charts(exchange: Exchange, symbol: str) -> list[str]:
    """The spans of daily bars that were asked for, as days."""
    asked = (re.search(r"period1=(\d+)&period2=(\d+)&interval=1d", path) for path in exchange.asked if symbol in path)
    return [
        " ".join(f"{datetime.fromtimestamp(int(second), UTC):%m-%d}" for second in one.groups()) for one in asked if one
    ]


def closes(db: Database, symbol: str) -> dict[int, float]:
    return {bar.day.day: bar.close for bar in store.bars(db, symbol, july(1), july(31))}


# What the claims need


NEEDED: list[tuple[Claim, dict[str, list[int]]]] = [
    (claim("AAPL", july(9), july(10)), {"AAPL": [8, 9, 10, 11]}),
    (claim("AAPL", july(3), july(5)), {"AAPL": [2, 3, 5, 8]}),
    (claim("JPYUSD=X", july(9), july(10)), {"JPY=X": [8, 9, 10, 11]}),
    (claim(None, july(9), july(10), segment="small_caps"), {"IWM": [8, 9, 10, 11], "^RUT": [8, 9, 10, 11]}),
    (claim("^RUT", july(9), july(10), segment="small_caps"), {"^RUT": [8, 9, 10, 11]}),
    (claim("AAPL", july(9), july(10), modality="forecast"), {}),
    (claim("AAPL", None, july(10)), {}),
    (claim(None, july(9), july(10)), {}),
    (claim("WM", date(2008, 9, 25), date(2008, 9, 26)), {}),  # Washington Mutual's closes are gone
]


@pytest.mark.parametrize(("one", "days"), NEEDED)
def test_a_claim_needs_the_sessions_of_its_window_and_their_neighbours(
    db: Database, one: Claim, days: dict[str, list[int]]
) -> None:
    stored(db, one)
    assert {symbol: sorted(day.day for day in found) for symbol, found in run.needs_of_claims(db).items()} == days


def test_only_current_versions_of_articles_need_prices(db: Database) -> None:
    stored(db, claim("AAPL", july(9), july(10)))
    store.save_article(db, Article(id="a", text="Another text.", published=july(17)), NOW)
    assert run.needs_of_claims(db) == {}


# Syncing


def test_exactly_what_is_needed_is_fetched_once(db: Database, market: tuple[Exchange, str]) -> None:
    exchange, base = market
    stored(db, claim("AAPL", july(9), july(10)), claim("AAPL", july(10), july(11)))
    tally = synced(db, yahoo(base))
    assert (dict(tally.counts), tally.failures, tally.notes) == ({"symbols": 1, "fetched": 1, "prices": 5}, 0, [])
    assert closes(db, "AAPL") == {8: 105.0, 9: 106.0, 10: 107.0, 11: 108.0, 12: 109.0}
    assert charts(exchange, "AAPL") == ["07-08 07-13"]
    (download,) = db.table("downloads").rows
    assert (download["symbol"], download["provider"], download["first"], download["last"], download["bars"]) == (
        *("AAPL", "yahoo", "2024-07-08", "2024-07-12"),
        5,
    )
    assert (download["at"], len(download["sha256"]), download["currency"]) == ("2024-07-18T03:00:00+00:00", 64, "USD")
    assert {row["download_id"] for row in db.table("prices").rows} == {download["id"]}
    asked = len(exchange.asked)
    again = synced(db, yahoo(base))
    assert (dict(again.counts), len(exchange.asked)) == ({"symbols": 1, "held": 1}, asked)
    stored(db, claim("AAPL", july(11), july(15)), name="b")
    assert synced(db, yahoo(base)).counts["prices"] == 2
    assert charts(exchange, "AAPL")[1:] == ["07-15 07-17"]


def test_the_check_reads_what_was_fetched(db: Database, market: tuple[Exchange, str]) -> None:
    stored(db, claim("AAPL", july(9), july(12), value=3.0))
    synced(db, yahoo(market[1]))
    run.check(run.Desk(db=db, clock=lambda: NOW))
    (verdict,) = store.verdicts(db)
    assert (verdict["outcome"], verdict["price_source"]) == ("supported", "yahoo 2024-07-18")


def test_far_windows_are_asked_for_apart(db: Database, market: tuple[Exchange, str]) -> None:
    stored(db, claim("AAPL", july(2), july(3)), claim("AAPL", date(2024, 8, 19), date(2024, 8, 20)))
    synced(db, yahoo(market[1], datetime(2024, 9, 1, tzinfo=UTC)), datetime(2024, 9, 1, tzinfo=UTC))
    assert charts(market[0], "AAPL") == ["07-01 07-06", "08-16 08-22"]


def test_a_session_that_is_not_over_is_not_asked_for(db: Database, market: tuple[Exchange, str]) -> None:
    during = datetime(2024, 7, 17, 18, tzinfo=UTC)
    stored(db, claim("AAPL", july(16), july(17)))
    synced(db, yahoo(market[1], during), during)
    assert closes(db, "AAPL") == {15: 110.0, 16: 111.0}
    synced(db, yahoo(market[1]))
    assert closes(db, "AAPL") == {15: 110.0, 16: 111.0, 17: 112.0}
    assert charts(market[0], "AAPL") == ["07-15 07-17", "07-17 07-18"]


def test_one_failing_symbol_stops_no_other(db: Database, market: tuple[Exchange, str]) -> None:
    del market[0].listed["AAPL"]
    stored(db, *(claim(symbol, july(9), july(10)) for symbol in ("AAPL", "MSFT", "^RUT")))
    tally = synced(db, yahoo(market[1]))
    assert (dict(tally.counts), tally.failures) == ({"symbols": 3, "fetched": 2, "prices": 8}, 1)
    (failure,) = run.failures(db)
    assert (failure["stage"], failure["place"], failure["reason"]) == (
        *("prices", "AAPL"),
        "Yahoo on AAPL: No data found, symbol may be delisted",
    )


def test_a_provider_that_gives_no_more_is_left_alone_and_gone_on_with_later(
    db: Database, market: tuple[Exchange, str]
) -> None:
    exchange, base = market
    stored(db, *(claim(symbol, july(9), july(10)) for symbol in ("AAPL", "MSFT", "^RUT")))
    exchange.first["MSFT"] = [ENOUGH] * 9
    tally = synced(db, yahoo(base))
    assert (tally.counts["fetched"], tally.failures) == (1, 1)
    assert tally.notes == ["1 more not asked for: run the command again later, it goes on from here"]
    assert not any("RUT" in path for path in exchange.asked)
    exchange.first.clear()
    assert dict(synced(db, yahoo(base)).counts) == {"symbols": 3, "held": 1, "fetched": 2, "prices": 8}


class StopError(Exception):
    """The user's patience is at an end."""


def test_an_interrupted_sync_goes_on_where_it_stopped(db: Database, market: tuple[Exchange, str]) -> None:
    stored(db, *(claim(symbol, july(9), july(10)) for symbol in ("AAPL", "MSFT")))

    def stop(_: int) -> None:
        raise StopError

    with pytest.raises(StopError):
        run.sync_prices(run.Desk(db=db, clock=lambda: NOW, on_done=stop), yahoo(market[1]), run.needs_of_claims(db))
    assert (len(closes(db, "AAPL")), len(closes(db, "MSFT"))) == (4, 0)
    assert dict(synced(db, yahoo(market[1])).counts) == {"symbols": 2, "held": 1, "fetched": 1, "prices": 4}


def test_days_without_a_bar_are_told_and_not_asked_for_again(db: Database, market: tuple[Exchange, str]) -> None:
    for day in (9, 10):
        del market[0].listed["AAPL"].closes[july(day)]
    stored(db, claim("AAPL", july(9), july(11)))
    assert synced(db, yahoo(market[1])).notes == ["AAPL: yahoo has no close for 2024-07-09, 2024-07-10"]
    assert synced(db, yahoo(market[1])).counts["held"] == 1


def test_spoilt_bars_are_failures_by_name(db: Database, market: tuple[Exchange, str]) -> None:
    market[0].listed["AAPL"].closes[july(9)] = 0.0
    stored(db, claim("AAPL", july(9), july(10)))
    assert synced(db, yahoo(market[1])).failures == 1
    (failure,) = run.failures(db)
    assert (failure["place"], failure["reason"][:10]) == ("yahoo AAPL 2024-07-09", "close is 0")


def test_stooq_fetches_a_symbol_whole(db: Database, market: tuple[Exchange, str]) -> None:
    exchange, base = market
    stored(db, claim("AAPL", july(2), july(3)), claim("^RUT", july(2), july(3)))
    tally = synced(db, stooq(base))
    assert (tally.counts["prices"], [failure["reason"] for failure in run.failures(db)]) == (
        4,
        ["no symbol of Stooq is known for ^RUT: use another provider, or a file"],
    )
    stored(db, claim("AAPL", july(15), july(16)), name="b")
    synced(db, stooq(base))
    assert [path.partition("d1=")[2] for path in exchange.asked] == [
        "20240701&d2=20240705&i=d&o=0100000",
        "20240701&d2=20240717&i=d&o=0100000",
    ]


def test_a_file_is_a_provider_and_may_grow(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "closes.csv"
    stored(db, claim("AAPL", july(9), july(10)))
    path.write_text("symbol,date,close\nAAPL,2024-07-08,1\nAAPL,2024-07-09,2\nAAPL,2024-07-10,rubbish\n")
    files, spoilt = Files.read(path, lambda: NOW)
    tally = run.sync_prices(run.Desk(db=db, clock=lambda: NOW), files, run.needs_of_claims(db), spoilt)
    assert (tally.counts["prices"], tally.failures) == (2, 1)
    with path.open("a") as file:
        file.write("AAPL,2024-07-11,4\n")
    assert synced(db, Files.read(path, lambda: NOW)[0]).counts["prices"] == 3
    assert closes(db, "AAPL") == {8: 1.0, 9: 2.0, 11: 4.0}


def lines(path: Path, **by_day: float) -> Path:
    """A price file of AAPL, by days like ``d08``."""
    rows = "".join(f"AAPL,2024-07-{day[1:]},{close}\n" for day, close in by_day.items())
    path.write_text(f"symbol,date,close\n{rows}")
    return path


def test_what_an_import_took_the_place_of_is_fetched_again(
    db: Database, market: tuple[Exchange, str], tmp_path: Path
) -> None:
    exchange, base = market
    stored(db, claim("AAPL", july(9), july(10)))
    synced(db, yahoo(base))
    bad = lines(tmp_path / "bad.csv", d09=9999, d10=107)
    run.import_prices(run.Desk(db=db, clock=lambda: LATER), [bad])
    assert synced(db, yahoo(base)).notes == [
        "history changed: 1 close of AAPL on 2024-07-09 differs by up to 98.9 % from bad.csv"
    ]
    assert closes(db, "AAPL") == {8: 105.0, 9: 106.0, 10: 107.0, 11: 108.0}
    assert charts(exchange, "AAPL") == ["07-08 07-12", "07-09 07-10"]
    assert synced(db, yahoo(base)).counts["held"] == 1


def test_a_file_brings_back_what_an_import_took_the_place_of(db: Database, tmp_path: Path) -> None:
    stored(db, claim("AAPL", july(9), july(10)))
    whole = lines(tmp_path / "all.csv", d08=1, d09=2, d10=3, d11=4)
    synced(db, Files.read(whole, lambda: NOW)[0])
    assert synced(db, Files.read(whole, lambda: NOW)[0]).counts["held"] == 1
    run.import_prices(run.Desk(db=db, clock=lambda: LATER), [lines(tmp_path / "bad.csv", d09=9999)])
    synced(db, Files.read(whole, lambda: LATER)[0], LATER)
    assert closes(db, "AAPL") == {8: 1.0, 9: 2.0, 10: 3.0, 11: 4.0}


def test_a_gap_of_a_file_is_filled_by_the_file_and_by_others(
    db: Database, market: tuple[Exchange, str], tmp_path: Path
) -> None:
    stored(db, claim("AAPL", july(9), july(10)))
    gap = lines(tmp_path / "gap.csv", d08=105, d11=108)
    assert synced(db, Files.read(gap, lambda: NOW)[0]).notes == [
        "AAPL: gap.csv has no close for 2024-07-09, 2024-07-10"
    ]
    synced(db, Files.read(lines(gap, d08=105, d09=106, d11=108), lambda: NOW)[0])
    assert closes(db, "AAPL") == {8: 105.0, 9: 106.0, 11: 108.0}
    synced(db, yahoo(market[1]))
    assert closes(db, "AAPL") == {8: 105.0, 9: 106.0, 10: 107.0, 11: 108.0}
    assert {row["source"] for row in db.table("prices").rows} == {"yahoo 2024-07-18"}


def test_what_one_provider_gave_another_may_give_too(db: Database, market: tuple[Exchange, str]) -> None:
    stored(db, claim("AAPL", july(9), july(10)))
    for source in (yahoo(market[1]), stooq(market[1])):
        assert dict(synced(db, source).counts) == {"symbols": 1, "fetched": 1, "prices": 4}
        assert dict(synced(db, source).counts) == {"symbols": 1, "held": 1}


def test_a_gap_that_an_import_filled_is_not_asked_for_again(
    db: Database, market: tuple[Exchange, str], tmp_path: Path
) -> None:
    del market[0].listed["AAPL"].closes[july(9)]
    stored(db, claim("AAPL", july(9), july(10)))
    synced(db, yahoo(market[1]))
    run.import_prices(run.Desk(db=db, clock=lambda: NOW), [lines(tmp_path / "mine.csv", d09=106)])
    assert synced(db, yahoo(market[1])).counts["held"] == 1
    assert closes(db, "AAPL")[9] == 106.0


def test_days_in_the_future_come_neither_by_import_nor_by_sync(db: Database, tmp_path: Path) -> None:
    stored(db, claim("AAPL", july(9), july(10)))
    path = lines(tmp_path / "mine.csv", d10=107, d19=108, d20=109)
    desk = run.Desk(db=db, clock=lambda: NOW)
    assert (run.import_prices(desk, [path]).counts["prices"], closes(db, "AAPL")) == (2, {10: 107.0, 19: 108.0})
    (failure,) = run.failures(db)
    assert (failure["place"], failure["reason"]) == (f"{path} line 4", "date is 2024-07-20, which is in the future")
    _, (spoilt,) = Files.read(path, lambda: NOW)
    assert (spoilt.place, spoilt.reason) == (failure["place"], failure["reason"])


def test_all_days_of_a_symbol_may_be_asked_for(db: Database, market: tuple[Exchange, str]) -> None:
    needs = run.needs_of_days(["^RUT"], july(1), july(31))
    assert dict(synced(db, yahoo(market[1]), needs=needs).counts) == {"symbols": 1, "fetched": 1, "prices": 12}


# What changes


def download(*closed: tuple[int, float], at: datetime = NOW, **more: Any) -> Download:
    days = [july(day) for day, _ in closed]
    bars = tuple(
        Price(symbol="AAPL", day=july(day), close=close, adj_close=close / 2, volume=80.0) for day, close in closed
    )
    told: dict[str, Any] = {"splits": (), "currency": "USD", "sha256": "0" * 64}
    told |= {"symbol": "AAPL", "provider": "yahoo", "first": days[0], "last": days[-1]}
    return Download(**{"at": at, "bars": bars} | told | more)


def test_a_split_divides_what_was_fetched_before_it(db: Database, market: tuple[Exchange, str]) -> None:
    exchange, base = market
    stored(db, claim("AAPL", july(2), july(3)))
    synced(db, yahoo(base))
    listed = exchange.listed["AAPL"]
    listed.splits[july(22)] = (10, 1)
    listed.closes = {day: close / 10 if day < july(22) else close for day, close in listed.closes.items()}
    stored(db, claim("AAPL", july(25), july(26)), name="b", published=july(26))
    tally = synced(db, yahoo(base, LATER), LATER)
    assert tally.notes == ["AAPL: 4 closes before 2024-07-22 divided by 10: a split"]
    assert [closes(db, "AAPL")[day] for day in (1, 2, 3, 5, 24)] == [10.0, 10.1, 10.2, 10.4, 117.0]
    (before,) = store.bars(db, "AAPL", july(3), july(3))
    assert (before.open, before.adj_close, before.volume) == (10.2, pytest.approx(9.18), 10_000.0)
    assert printed_level(before, store.splits_behind(db, "AAPL", july(3))) == 102.0
    assert len(list(store.price_changes(db, 0))) == 4


def test_a_split_is_divided_by_once(db: Database) -> None:
    ten = Split(symbol="AAPL", day=july(10), ratio=10)
    store.save_download(db, download((8, 1200.0), (9, 1210.0)))
    for _ in range(2):
        store.save_download(db, download((9, 121.0), (10, 122.0), at=LATER, splits=(ten,)))
    assert closes(db, "AAPL") == {8: 120.0, 9: 121.0, 10: 122.0}
    assert store.splits(db, "AAPL") == [ten]
    store.save_download(db, download((10, 122.0), at=LATER, splits=(replace(ten, ratio=20),)))
    assert closes(db, "AAPL") == {8: 60.0, 9: 60.5, 10: 122.0}


def ten_on(day: int) -> Split:
    return Split(symbol="AAPL", day=july(day), ratio=10)


REDATED = [  # the day told first, the day told then, the closes of the 8th to the 11th
    (10, 11, [120.0, 121.0, 122.0, 1230.0]),  # the 10th was fetched before any split was told: of old shares, too
    (10, 9, [120.0, 1210.0, 1220.0, 1230.0]),
    (10, 10, [120.0, 121.0, 1220.0, 1230.0]),
    (9, 14, [120.0, 121.0, 122.0, 123.0]),
]


@pytest.mark.parametrize(("former", "later", "expected"), REDATED)
def test_a_split_dated_anew_is_divided_by_once(db: Database, former: int, later: int, expected: list[float]) -> None:
    store.save_download(db, download((8, 1200.0), (9, 1210.0), (10, 1220.0), (11, 1230.0)))
    store.save_download(db, download((15, 125.0), at=LATER, splits=(ten_on(former),)))
    store.save_download(db, download((16, 126.0), at=LATER, splits=(ten_on(later),)))
    assert list(closes(db, "AAPL").values()) == [pytest.approx(close) for close in (*expected, 125.0, 126.0)]
    assert store.splits(db, "AAPL") == [ten_on(later)]


def test_a_close_that_came_with_a_split_is_left_where_the_split_is_dated_anew(db: Database) -> None:
    store.save_download(db, download((9, 121.0), (10, 122.0), splits=(ten_on(10),)))
    store.save_download(db, download((15, 125.0), at=LATER, splits=(ten_on(11),)))
    assert closes(db, "AAPL") == {9: 121.0, 10: 122.0, 15: 125.0}
    assert list(store.price_changes(db, 0)) == []


NO_REDATING = [ten_on(16), replace(ten_on(11), ratio=5)]  # six days away, or of another ratio


@pytest.mark.parametrize("other", NO_REDATING)
def test_another_split_is_none_dated_anew(db: Database, other: Split) -> None:
    store.save_download(db, download((8, 1200.0)))
    store.save_download(db, download((17, 120.0), at=LATER, splits=(ten_on(10),)))
    store.save_download(db, download((17, 120.0), at=LATER, splits=(other,)))
    assert closes(db, "AAPL") == {8: pytest.approx(1200 / other.ratio), 17: 120.0}
    assert store.splits(db, "AAPL") == [other]


def test_a_split_that_is_told_no_more_is_taken_back(db: Database) -> None:
    store.save_download(db, download((8, 1200.0), (9, 1210.0)))
    for splits, expected in (((ten_on(10),), 120.0), ((), 1200.0), ((ten_on(10),), 120.0)):
        store.save_download(db, download((15, 125.0), at=LATER, splits=splits))
        assert closes(db, "AAPL")[8] == pytest.approx(expected)
        assert store.splits(db, "AAPL") == list(splits)
    store.save_download(db, download((16, 126.0), at=LATER, splits=None))  # tells nothing of splits
    store.save_download(db, download((16, 126.0), at=LATER, splits=(), provider="another"))
    assert (closes(db, "AAPL")[8], store.splits(db, "AAPL")) == (pytest.approx(120.0), [ten_on(10)])


def test_imported_closes_of_before_a_split_are_explained_by_it(db: Database, market: tuple[Exchange, str]) -> None:
    before = [
        Price(symbol="AAPL", day=july(day), close=close) for day, close in ((3, 1020.0), (8, 1050.0), (9, 1060.0))
    ]
    store.save_prices(db, before, "closes.csv", at=NOW)
    market[0].listed["AAPL"].splits[july(10)] = (10, 1)
    stored(db, claim("AAPL", july(9), july(10)))
    assert synced(db, yahoo(market[1])).notes == [
        "AAPL: 2 closes before 2024-07-10 divided by 10: a split",
        "AAPL: 1 more from closes.csv before the split of 2024-07-10 may not be adjusted for it: bring them in again",
    ]
    assert closes(db, "AAPL") == {3: 1020.0, 8: 105.0, 9: 106.0, 10: 107.0, 11: 108.0}


def test_imported_closes_that_are_divided_already_are_left_alone(db: Database, market: tuple[Exchange, str]) -> None:
    before = [Price(symbol="AAPL", day=july(day), close=close) for day, close in ((3, 102.0), (8, 105.0))]
    store.save_prices(db, before, "closes.csv", at=NOW)
    market[0].listed["AAPL"].splits[july(10)] = (10, 1)
    stored(db, claim("AAPL", july(9), july(10)))
    assert synced(db, yahoo(market[1])).notes == []
    assert closes(db, "AAPL")[3] == 102.0


def test_history_that_changed_is_told_and_kept(db: Database, market: tuple[Exchange, str]) -> None:
    store.save_download(db, download((8, 105.0), (9, 100.0), (10, 107.001), at=datetime(2024, 7, 9, tzinfo=UTC)))
    stored(db, claim("AAPL", july(9), july(11)))
    tally = synced(db, yahoo(market[1]))
    assert tally.notes == [
        "history changed: 1 close of AAPL on 2024-07-09 differs by up to 6 % from yahoo 2024-07-09",
    ]
    (change,) = db.table("price_changes").rows
    assert {name: change[name] for name in change if name != "id"} == {
        "symbol": "AAPL",
        "day": "2024-07-09",
        "old_close": 100.0,
        "new_close": 106.0,
        "old_source": "yahoo 2024-07-09",
        "new_source": "yahoo 2024-07-18",
        "at": "2024-07-18T03:00:00+00:00",
    }


def test_an_import_that_changes_closes_tells_it(db: Database, tmp_path: Path) -> None:
    store.save_download(db, download((8, 105.0), (9, 100.0)))
    (tmp_path / "mine.csv").write_text("symbol,date,close\nAAPL,2024-07-08,105.005\nAAPL,2024-07-09,101\n")
    tally = run.import_prices(run.Desk(db=db, clock=lambda: LATER), [tmp_path / "mine.csv"])
    assert tally.notes == ["history changed: 1 close of AAPL on 2024-07-09 differs by up to 1 % from yahoo 2024-07-18"]
    assert [(row["source"], row["download_id"]) for row in db.table("prices").rows] == [
        ("yahoo 2024-07-18", 1),
        ("mine.csv", None),
    ]
    assert run.import_prices(run.Desk(db=db, clock=lambda: LATER), [tmp_path / "mine.csv"]).notes == []


FULL: dict[str, float | None] = {"open": 100.0, "high": 108.0, "low": 99.0, "adj_close": 52.5, "volume": 80.0}
NOTHING: dict[str, float | None] = dict.fromkeys(FULL)
FILLED: list[tuple[dict[str, float | None], float, dict[str, float | None]]] = [  # stored figures, the new close, kept
    (NOTHING, 105.0, FULL),
    (NOTHING, 105.01, FULL),  # as another place prints it
    (NOTHING, 105.02, NOTHING),  # another close: the rest belonged to the former
    (NOTHING | {"volume": 90.0}, 105.0, FULL | {"volume": 90.0}),
    (NOTHING | {"volume": 90.0}, 10.5, NOTHING | {"volume": 90.0}),
]


@pytest.mark.parametrize("fetched", [True, False])
@pytest.mark.parametrize(("given", "close", "kept"), FILLED)
def test_a_close_alone_wipes_no_figure_beside_the_same_close(
    db: Database, fetched: bool, given: dict[str, float | None], close: float, kept: dict[str, float | None]
) -> None:
    former = Price(symbol="AAPL", day=july(8), close=105.0, **FULL)
    if fetched:
        store.save_download(db, replace(download((8, 105.0)), bars=(former,)))
    else:
        store.save_prices(db, [former], "former.csv", at=NOW)
    store.save_prices(db, [Price(symbol="AAPL", day=july(8), close=close, **given)], "mine.csv", at=LATER)
    (bar,) = store.bars(db, "AAPL", july(8), july(8))
    assert bar == Price(symbol="AAPL", day=july(8), close=close, **kept)
    assert len(list(store.price_changes(db, 0))) == (abs(close - 105) > 0.0105)


def test_a_close_that_an_import_agrees_with_is_still_divided_by_a_split(db: Database) -> None:
    store.save_download(db, download((8, 1200.0), (9, 1210.0)))
    store.save_prices(db, [Price(symbol="AAPL", day=july(8), close=1200.0)], "mine.csv", at=NOW)
    ten = Split(symbol="AAPL", day=july(10), ratio=10)
    store.save_download(db, download((10, 122.0), at=LATER, splits=(ten,)))
    assert closes(db, "AAPL") == {8: 120.0, 9: 121.0, 10: 122.0}


def test_another_currency_is_told_and_fetched_anew(db: Database, market: tuple[Exchange, str]) -> None:
    stored(db, claim("AAPL", july(9), july(10)))
    market[0].listed["AAPL"].currency = "GBp"
    assert synced(db, yahoo(market[1])).notes == ["AAPL: in pence, not pounds"]
    stored(db, claim("AAPL", july(11), july(15)), name="b")
    market[0].listed["AAPL"].currency = "GBP"
    assert synced(db, yahoo(market[1])).notes == ["AAPL: now in GBP, before in GBp: the next sync fetches it anew"]
    assert synced(db, yahoo(market[1])).counts["prices"] == 4


def test_a_provider_that_tells_no_currency_changes_none(db: Database) -> None:
    assert store.save_download(db, download((8, 105.0))).currency_before is None
    assert store.save_download(db, download((9, 106.0), currency=None, splits=None)).currency_before is None
    assert store.save_download(db, download((10, 107.0))).currency_before is None
    assert [first.day for first, _, _ in store.covered(db, "AAPL", "yahoo")] == [8, 9, 10]
    assert store.save_download(db, download((11, 1.08), currency="GBP")).currency_before == "USD"
    assert [first.day for first, _, _ in store.covered(db, "AAPL", "yahoo")] == [9, 11]


def test_a_download_is_kept_whole_or_not_at_all(db: Database) -> None:
    bad = download((8, 1.0), (9, 2.0), splits=(Split(symbol="AAPL", day=july(9), ratio=-1.0),))
    with pytest.raises(StoreError):
        store.save_download(db, bad)
    assert [db.table(name).count for name in ("downloads", "prices", "splits", "price_changes")] == [0, 0, 0, 0]


FORMER = """
INSERT INTO instruments (symbol, name) VALUES ('AAPL', 'Apple');
INSERT INTO prices (symbol, day, close, source) VALUES ('AAPL', '2024-07-08', 1.0, 'closes.csv');
"""


def test_a_file_of_the_former_schema_keeps_its_prices(tmp_path: Path) -> None:
    with store.open_db(former_db(tmp_path / "former.db", 5, FORMER)) as db:
        assert closes(db, "AAPL") == {8: 1.0}
        assert [row["download_id"] for row in db.table("prices").rows] == [None]


SPLITS_BEHIND = [(8, [10.0]), (10, []), (3, None), (12, None)]


@pytest.mark.parametrize(("day", "ratios"), SPLITS_BEHIND)
def test_splits_are_known_only_where_they_were_told(db: Database, day: int, ratios: list[float] | None) -> None:
    store.save_prices(db, [Price(symbol="AAPL", day=july(3), close=1.0)], "closes.csv", at=NOW)
    store.save_download(db, download((8, 1.0), (10, 1.0), splits=(Split(symbol="AAPL", day=july(10), ratio=10),)))
    found = store.splits_behind(db, "AAPL", july(day))
    assert (None if found is None else [split.ratio for split in found]) == ratios


def test_the_page_shows_what_is_said_of_a_change() -> None:
    page = (Path(__file__).parents[1] / "docs" / "prices.md").read_text(encoding="utf-8")
    for old, new, split in ((1060.0, 106.0, [Split(symbol="AAPL", day=july(10), ratio=10)]), (100.0, 106.0, [])):
        days = (8, 9) if split else (9,)
        sources = {"old_source": "yahoo 2024-07-09", "new_source": "yahoo 2024-07-18"}
        changed = [PriceChange(symbol="AAPL", day=july(day), old_close=old, new_close=new, **sources) for day in days]
        (sentence,) = told(changed, split)
        assert f"| `{sentence}` |" in page


# Status and the command line


def newsig(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], env=ENVIRON)
    assert "Traceback" not in result.output
    return result


def test_status_tells_what_there_is_and_what_is_lacking(db: Database, tmp_path: Path) -> None:
    stored(db, claim("AAPL", july(3), july(9)), claim("^RUT", july(9), july(10)))
    store.save_prices(db, [Price(symbol="MSFT", day=july(3), close=1.0)], "closes.csv", at=NOW)
    store.save_prices(db, [Price(symbol="AAPL", day=july(3), close=1.0)], "closes.csv", at=NOW)
    store.save_download(db, download((5, 1.0), (10, 1.0)))
    rows = {row["symbol"]: row for row in run.price_status(db, lambda: NOW)}
    assert rows == {
        "AAPL": {
            "symbol": "AAPL",
            "first": "2024-07-03",
            "last": "2024-07-10",
            "bars": 3,
            "missing": 2,
            "sources": "closes.csv, yahoo",
            "downloaded": "2024-07-18T03:00:00+00:00",
            "lacking": "2024-07-02 to 2024-07-02, 2024-07-08 to 2024-07-09",
        },
        "MSFT": {
            "symbol": "MSFT",
            "first": "2024-07-03",
            "last": "2024-07-03",
            "bars": 1,
            "missing": 0,
            "sources": "closes.csv",
            "downloaded": None,
            "lacking": None,
        },
        "^RUT": {
            "symbol": "^RUT",
            "first": None,
            "last": None,
            "bars": 0,
            "missing": 0,
            "sources": None,
            "downloaded": None,
            "lacking": "2024-07-08 to 2024-07-11",
        },
    }
    result = newsig("prices", "status", "--db", tmp_path / "newsig.db", "--format", "jsonl")
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {name: row[name] for name in json.loads(result.stdout.splitlines()[0])} for row in rows.values()
    ]
    assert result.stderr == "claims lack prices of 2 symbols: run `newsig prices sync`\n"


def test_the_command_syncs_from_a_file(db: Database, tmp_path: Path) -> None:
    stored(db, claim("AAPL", july(9), july(10)), claim("MSFT", july(9), july(10)))
    store.save_article(db, Article(id="new", text="Not read yet."), NOW)
    (tmp_path / "closes").mkdir()
    path = tmp_path / "closes" / "closes.csv"
    path.write_text("symbol,date,close\nAAPL,2024-07-08,1\nAAPL,2024-07-09,2\nAAPL,2024-07-10,3\n")
    result = newsig("prices", "sync", "--provider", path.parent, "--db", tmp_path / "newsig.db")
    assert (result.exit_code, result.stdout) == (1, "2 symbols needed: 1 fetched, 3 prices.\n")
    assert result.stderr.splitlines() == [
        "1 article not processed yet: run `newsig process` first",
        "MSFT: closes has no prices of MSFT from 2024-07-08 to 2024-07-11",
        f"newsig: 1 of 3 symbols or rows could not be used; see `newsig failures --db {tmp_path / 'newsig.db'}`",
    ]


def test_the_command_syncs_from_yahoo(
    db: Database, tmp_path: Path, market: tuple[Exchange, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("base", "scrapers.history"):  # yfinance's own address of Yahoo
        monkeypatch.setattr(f"yfinance.{module}._BASE_URL_", market[1])
    monkeypatch.setitem(yfinance.config.network.data, "proxy", {"https": market[1]})  # none else leaves this computer
    stored(db, claim("AAPL", july(9), july(10)))
    words = ("prices", "sync", "--db", tmp_path / "newsig.db")
    assert newsig(*words).stdout == "1 symbol needed: 1 fetched, 4 prices.\n"
    assert newsig(*words).stdout == "1 symbol needed: 1 held, 0 prices.\n"
    single = newsig(*words, "--symbol", "msft", "--since", "2024-07-01", "--until", "2024-07-03")
    assert (single.stdout, single.stderr) == ("1 symbol needed: 1 fetched, 3 prices.\n", "")


@pytest.mark.usefixtures("db")
def test_nothing_is_needed_where_nothing_is_claimed(tmp_path: Path) -> None:
    (tmp_path / "closes.csv").write_text("symbol,date,close\n")
    result = newsig("prices", "sync", "--provider", tmp_path / "closes.csv", "--db", tmp_path / "newsig.db")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "No claim needs prices.\n", "")
    assert newsig("prices", "status", "--db", tmp_path / "newsig.db").stdout == "Nothing found.\n"


MISTYPED = [
    (("sync", "--provider", "bloomberg"), "bloomberg is no provider (yahoo, stooq) and no file or folder"),
    (("sync", "--symbol", "AAPL"), "--symbol goes with --since, and --until with both."),
    (("sync", "--since", "2024-07-01"), "--symbol goes with --since, and --until with both."),
    (("sync", "--until", "2024-07-01"), "--symbol goes with --since, and --until with both."),
    (("sync", "--symbol", "AAPL", "--since", "2099-01-01"), "--since 2099-01-01 is in the future"),
    (("sync", "--symbol", "AAPL", "--since", "2099-01-01", "--until", "2099-02-01"), "is in the future"),
    (("sync", "--provider", "stooq"), "no database at "),
    (("status",), "no database at "),
]


@pytest.mark.parametrize(("words", "sentence"), MISTYPED)
def test_what_cannot_be_done_is_said(tmp_path: Path, words: Iterable[str], sentence: str) -> None:
    result = newsig("prices", *words, "--db", tmp_path / "absent.db")
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert not list(tmp_path.iterdir())
