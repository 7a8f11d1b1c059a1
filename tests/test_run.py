"""The line on one machine: what only shows where the steps meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from newsig import run, sessions, store
from newsig.records import Article, Claim, Download, Findings, Price, Span, Split

NOW = datetime(2024, 7, 18, 12, tzinfo=UTC)
HEADER = "symbol,date,open,high,low,close,adj_close,volume\n"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with run.open_database(tmp_path / "newsig.db") as opened:
        yield opened


def stored(db: Database, symbol: str, base: date, end: date) -> None:
    """One article with one claim: the symbol fell 10 percent."""
    text = "The share fell 10 percent."
    claim = Claim(
        start=15,
        end=25,
        text="10 percent",
        value=10.0,
        unit="percent",
        comparator="=",
        direction="down",
        measure="price",
        modality="actual",
        symbol=symbol,
        period_basis="stated",
        base_date=base,
        end_date=end,
    )
    saved = store.save_article(db, Article(id="a", text=text, published=end), NOW)
    run_id = store.start_run(db, "mark", {}, NOW)
    store.save_findings(
        db, saved.version_id, Findings(id="a", fingerprint="mark", published=end, claims=(claim,)), run_id
    )


def checked(db: Database, tmp_path: Path, rows: str) -> dict[str, object]:
    (tmp_path / "closes.csv").write_text(HEADER + rows, encoding="utf-8")
    desk = run.Desk(db=db, clock=lambda: NOW)
    run.import_prices(desk, [tmp_path / "closes.csv"])
    run.check(desk)
    (verdict,) = store.verdicts(db)
    return verdict


def test_a_verdict_names_the_file_its_prices_came_from(db: Database, tmp_path: Path) -> None:
    stored(db, "MSFT", date(2024, 7, 16), date(2024, 7, 17))
    verdict = checked(db, tmp_path, "MSFT,2024-07-16,,,,100,,\nMSFT,2024-07-17,,,,90,,\n")
    assert (verdict["outcome"], verdict["price_source"]) == ("supported", "closes.csv")


def test_a_symbol_that_changed_hands_is_not_judged_by_its_new_owners_prices(db: Database, tmp_path: Path) -> None:
    stored(db, "WM", date(2008, 9, 10), date(2008, 9, 11))  # Washington Mutual then, Waste Management today
    verdict = checked(db, tmp_path, "WM,2008-09-10,,,,30,,\nWM,2008-09-11,,,,33,,\n")
    assert (verdict["outcome"], verdict["reason"]) == ("undecided", "symbol_reused")


def test_a_level_is_checked_and_left_out_of_the_digest(db: Database, tmp_path: Path) -> None:
    day = date(2024, 7, 17)
    text = "The Dow rose 0.6 percent to 41,198.08."
    prices = tmp_path / "closes.csv"
    prices.write_text(f"{HEADER}^DJI,2024-07-16,,,,40954.48,,\n^DJI,2024-07-17,,,,41198.08,,\n")
    run.import_prices(run.Desk(db=db, clock=lambda: NOW), [str(prices)])
    version = store.save_article(db, Article(id="wrap", text=text, published=day), NOW).version_id
    shared: dict[str, Any] = {"comparator": "=", "direction": "up", "modality": "actual", "symbol": "^DJI"}
    move = Claim(start=13, end=24, text="0.6 percent", value=0.6, unit="percent", measure="price", timing="close",
                 base_date=date(2024, 7, 16), end_date=day, **shared)  # fmt: skip
    level = Claim(start=28, end=37, text="41,198.08", value=41198.08, unit="index", measure="level", timing="close",
                  end_date=day, **shared)  # fmt: skip
    found = Findings(id="wrap", fingerprint="f", published=day, claims=(move, level))
    store.save_findings(db, version, found, store.start_run(db, "f", {}, NOW))
    assert run.check(run.Desk(db=db, clock=lambda: NOW)).counts == {"supported": 2}
    ((story,), _) = run.stories(db, day, ZoneInfo("UTC"))
    assert [shown.claim for shown in story.moves] == [move]


def test_a_superlative_is_true_until_it_is_overtaken(db: Database, tmp_path: Path) -> None:
    text = "The index had its biggest one-day loss of the month on Wednesday."
    claim = Claim(
        start=18,
        end=51,
        text="biggest one-day loss of the month",
        value=1.0,
        unit="rank",
        comparator="=",
        direction="down",
        measure="superlative",
        modality="actual",
        symbol="^NDX",
        period=Span(start=52, end=64, text="on Wednesday"),
        period_basis="stated",
        base_date=date(2024, 7, 16),
        end_date=date(2024, 7, 17),
        extreme="biggest",
        compared="session",
        reach="since",
        since_date=date(2024, 7, 1),
    )
    published = date(2024, 7, 18)
    saved = store.save_article(db, Article(id="loss", text=text, published=published), NOW)
    findings = Findings(id="loss", fingerprint="f", published=published, claims=(claim,))
    store.save_findings(db, saved.version_id, findings, store.start_run(db, "f", {}, NOW))
    days = sessions.between("XNYS", date(2024, 6, 28), date(2024, 7, 15))
    closes = {day.isoformat(): 20300.0 for day in days} | {"2024-07-16": 20398.62, "2024-07-17": 19799.14}

    def rechecked(**later: float) -> tuple[str, str | None]:
        path = tmp_path / "ndx.csv"
        rows = [f"^NDX,{day.strip('d').replace('_', '-')},,,,{close},," for day, close in (closes | later).items()]
        path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
        run.import_prices(run.Desk(db=db, clock=lambda: datetime(2024, 7, 25, tzinfo=UTC)), [path])
        (row,) = run.recheck(db)
        return row["now"], row["day"]

    assert run.check(run.Desk(db=db, clock=lambda: NOW)).counts == {"undecided": 1}
    assert rechecked() == ("changed", "2024-07-17")
    assert run.check(run.Desk(db=db, clock=lambda: NOW)).counts == {"supported": 1}
    assert rechecked(d2024_07_23=19754.34) == ("holds", "2024-07-23")
    assert rechecked(d2024_07_23=19754.34, d2024_07_24=19032.39) == ("overtaken", "2024-07-24")
    assert list(run.recheck(db, "^RUT")) == []


def test_the_price_of_a_share_is_held_against_what_was_printed_before_a_split(db: Database) -> None:
    text = "Nvidia closed at $1,208.88."
    level = Claim(start=17, end=26, text="$1,208.88", value=1208.88, unit="usd", comparator="=", direction="flat",
                  measure="level", modality="actual", symbol="NVDA", timing="close",
                  end_date=date(2024, 6, 7))  # fmt: skip
    version = store.save_article(db, Article(id="chip", text=text, published=date(2024, 6, 8)), NOW).version_id
    found = Findings(id="chip", fingerprint="f", published=date(2024, 6, 8), claims=(level,))
    store.save_findings(db, version, found, store.start_run(db, "f", {}, NOW))
    desk = run.Desk(db=db, clock=lambda: NOW)
    bar = Price(symbol="NVDA", day=date(2024, 6, 7), close=120.888)
    store.save_prices(db, [bar], "closes.csv")
    assert run.check(desk).counts == {"undecided": 1}  # nobody told which splits came later
    split = Split(symbol="NVDA", day=date(2024, 6, 10), ratio=10)
    store.save_download(
        db,
        Download(
            symbol="NVDA",
            provider="yahoo",
            first=date(2024, 6, 6),
            last=date(2024, 6, 10),
            at=NOW,
            sha256="0" * 64,
            bars=(bar,),
            splits=(split,),
        ),
    )
    assert run.check(desk).counts == {"supported": 1}
