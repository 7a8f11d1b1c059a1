"""`newsig scorecard` on small databases, and the page that explains it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result

from newsig import sessions, store
from newsig.cli import main, scoring
from newsig.compare.scorecard import Score, nouns
from newsig.compare.scorecard.scoring import at_least, wilson
from newsig.records import Article, Findings, Mention, Price, Quote, Span, Stance, Topic, parse_when
from tests.pages import ROOT
from tests.test_scorecard import said, ways

SEEN = datetime(2024, 12, 1, tzinfo=UTC)
ENVIRON = dict.fromkeys(("NEWSIG_DB", "NEWSIG_CONFIG", "NEWSIG_DEBUG", "NEWSIG_INSTRUMENTS", "NEWSIG_SEGMENTS"))
PAGE = (ROOT / "docs/scorecard.md").read_text(encoding="utf-8")
ORLA, MARISOL, ZOE = "Orla Quillfeather", "Marisol Petrakind", "Zoë Łukasz"


@dataclass(frozen=True)
class Told:
    """A statement in an article of its own, of small caps where it names them."""

    published: str | None
    speaker: str | None
    text: str
    horizon: str | None = "2024-09-30"
    stance: Stance = "forecast"


def found(number: int, one: Told) -> Findings:
    target = one.text.lower().find("small caps")
    named = target >= 0
    topic = Topic(segment="small_caps")
    horizon = Span(start=0, end=1, text=one.text[0]) if one.horizon else None
    quote = Quote(
        start=0,
        end=len(one.text),
        text=one.text,
        kind="indirect",
        speaker=one.speaker,
        speaker_type="person" if one.speaker else None,
        cue="said",
        stance=one.stance,
        about=(topic,) if named else (),
        horizon=horizon,
        horizon_date=date.fromisoformat(one.horizon) if one.horizon else None,
    )
    mention = Mention(start=target, end=target + 10, text=one.text[target : target + 10], segment="small_caps")
    return Findings(
        id=f"a{number}",
        fingerprint="rules-1",
        published=parse_when(one.published) if one.published else None,
        quotes=(quote,),
        mentions=(mention,) if named else (),
    )


def closes(first: date, last: date) -> Iterator[Price]:
    """Closes of the Russell 2000: up two sessions, down one, over and over; from July 2024 on up every session."""
    close = 1000.0
    for number, day in enumerate(sessions.between("XNYS", first, last)):
        close += 1 if day >= date(2024, 7, 1) or number % 3 else -1
        yield Price(symbol="^RUT", day=day, close=close)


def filled(path: Path, statements: Iterable[Told], prices: Iterable[Price] = ()) -> Path:
    with store.open_db(path) as db:
        run = store.start_run(db, "rules-1", {}, SEEN)
        for number, one in enumerate(statements):
            findings = found(number, one)
            article = Article(id=findings.id, text=one.text, published=findings.published)
            assert store.save_findings(db, store.save_article(db, article, SEEN).version_id, findings, run)
        store.save_prices(db, prices, "closes.csv")
    return path


def newsig(db: Path, *words: object) -> Result:
    result = CliRunner().invoke(
        main, ["scorecard", "--db", str(db), *map(str, words)], env=ENVIRON | {"COLUMNS": "240"}
    )
    assert "Traceback" not in result.output
    return result


def rows(db: Path, *words: object) -> list[dict[str, Any]]:
    result = newsig(db, *words, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


UP = "Small caps will rise by the end of September"
STATEMENTS = (
    Told("2024-07-10T20:30Z", ORLA, UP),
    Told("2024-07-11T09:00Z", ORLA, f"“{UP.upper()},”"),
    Told("2024-07-19", ORLA, "Small caps will fall this summer"),
    Told("2024-07-10T20:30Z", MARISOL, "There is a 60 percent chance that small caps fall"),
    Told("2024-07-10T20:30Z", MARISOL, "Small caps will climb from here", horizon=None),
    Told("2024-07-10T20:30Z", MARISOL, "I hope small caps will rise", stance="hope"),
    Told("2024-08-10T20:30Z", MARISOL, "Small caps will rise next year", horizon="2025-12-31"),
    Told("2024-07-10T20:30Z", ZOE, "The weather will turn"),
    Told("2024-07-10T20:30Z", None, UP),
    Told("2024-07-10T20:30Z", ORLA, "Small caps rose", stance="actual"),
    Told(None, ZOE, "The rain will stop"),
)
PRICES = tuple(closes(date(2022, 7, 1), date(2024, 11, 29)))
AS_OF = ("--as-of", "2024-11-30")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("scoring") / "scoring.db", STATEMENTS, PRICES)


def test_the_table_of_sources(db: Path) -> None:
    orla, marisol = rows(db, *AS_OF)
    assert list(orla) == list(scoring.COLUMNS)
    assert [orla[name] for name in ("source", "calls", "graded", "hits", "rate", "few")] == [ORLA, 2, 2, 1, 0.5, True]
    assert [marisol[name] for name in ("source", "calls", "graded", "pending", "ungraded")] == [MARISOL, 4, 1, 1, 2]
    assert (marisol["stated"], marisol["brier"]) == (1, 0.36)
    assert marisol["base_brier"] == pytest.approx(marisol["base_rate"] ** 2, abs=1e-4)
    assert "1 source without a call on a price left out" in newsig(db, *AS_OF).stderr


def test_the_score_by_hand(db: Path) -> None:
    orla, _ = rows(db, *AS_OF)
    assert (orla["low"], orla["high"]) == (0.0945, 0.9055)  # 1/2 ± z √(2·1/4 + z²/4) / (2 + z²), z² = 3.8415
    made = rows(db, "quillfeather", *AS_OF)
    assert [call["result"] for call in made] == ["hit", "miss"]
    up, down = (call["base_rate"] for call in made)
    assert orla["base_rate"] == pytest.approx((up + down) / 2, abs=1e-4)
    assert orla["p"] == pytest.approx(1 - (1 - up) * (1 - down), abs=1e-3)


def test_calls_with_their_arithmetic(db: Path) -> None:
    up, down = rows(db, "QUILLFEATHER", *AS_OF)
    assert list(up) == list(scoring.CALL_COLUMNS)
    told = {bar.day: bar.close for bar in PRICES}
    start, end = told[date(2024, 7, 10)], told[date(2024, 9, 30)]
    assert up["formula"] == f"{end:.2f} / {start:.2f} − 1 = +{(end / start - 1) * 100:.2f} %"
    assert (up["start"], up["end"], up["copies"], up["symbol"]) == ("2024-07-10", "2024-09-30", 1, "^RUT")
    assert (down["start"], down["direction"], down["result"]) == ("2024-07-18", "down", "miss")


def test_the_base_rate_is_that_of_the_windows_before_the_call(db: Path) -> None:
    up, _ = rows(db, "quillfeather", *AS_OF)
    before = [bar.close for bar in PRICES if bar.day <= date(2024, 7, 10)]
    windows = list(zip(before, before[up["sessions"] :], strict=False))
    assert len(windows) >= 250
    assert up["base_rate"] == round(sum(last > first for first, last in windows) / len(windows), 4)


def test_reasons(db: Path) -> None:
    told = {call["text"]: (call["result"], call["reason"]) for call in rows(db, "--calls", *AS_OF)}
    assert told["Small caps will climb from here"] == ("ungraded", "no_horizon")
    assert told["I hope small caps will rise"] == ("ungraded", "hope")
    assert told["Small caps will rise next year"] == ("pending", None)
    assert told["The weather will turn"] == ("ungraded", "no_target")
    assert "The rain will stop" not in told  # nobody knows that it was said by then
    assert len(told) == 7
    assert {call["text"] for call in rows(db, "--calls")} - set(told) == {"The rain will stop"}


def test_an_assumed_horizon(db: Path) -> None:
    made = rows(db, "petrakind", *AS_OF, "--horizon", 21)
    (call,) = [call for call in made if call["horizon"] is None and call["kind"] != "hope"]
    assert (call["result"], call["sessions"], call["assumed"], call["end"]) == ("hit", 21, True, "2024-08-08")
    assert sum(call["assumed"] for call in made) == 1


DAYS = [
    (("--since", "2024-07-12"), {"Small caps will fall this summer", "Small caps will rise next year"}),
    (("--since", "2024-08-01"), {"Small caps will rise next year"}),
    (("--since", "2024-07-11", "--until", "2024-07-18"), set()),  # a copy of the day before
]


@pytest.mark.parametrize(("days", "texts"), DAYS, ids=[" ".join(days) for days, _ in DAYS])
def test_days_are_those_of_publication(db: Path, days: tuple[str, ...], texts: set[str]) -> None:
    assert {call["text"] for call in rows(db, "--calls", *AS_OF, *days)} == texts


@pytest.mark.parametrize("day", ["2024-07-10", "2024-07-19", "2024-09-29", "2024-09-30", "2024-10-01"])
def test_as_of_a_day_nothing_later_is_known(db: Path, day: str, tmp_path: Path) -> None:
    known = [one for one in STATEMENTS if one.published and one.published[:10] <= day]
    then = filled(tmp_path / "then.db", known, [bar for bar in PRICES if bar.day.isoformat() <= day])
    left_out = ("quote_id", "article_id", "source_id")  # the numbers that rows happen to have

    def told(path: Path) -> list[dict[str, Any]]:
        return [
            {name: value for name, value in row.items() if name not in left_out}
            for row in rows(path, "--calls", "--as-of", day)
        ]

    assert told(db) == told(then)
    assert all(not call["end"] or call["end"] <= day for call in told(db) if call["result"] in ("hit", "miss"))


def test_readers_get_what_they_need(db: Path) -> None:
    lines = newsig(db, *AS_OF).stdout.splitlines()
    assert lines[2].split("  ")[0].strip() == ORLA
    assert "50%" in lines[2]
    assert "9% to 91%" in lines[2]
    assert "0.360 (base " in lines[3]
    assert all(scoring.TOO_FEW in line for line in lines[2:])
    result = newsig(db, "petrakind", *AS_OF, "--horizon", 21)
    assert "small_caps down (60%)" in result.stdout
    assert "2024-08-08 (assumed)" in result.stdout
    assert "ungraded: hope" in result.stdout
    assert f"{MARISOL}: 1 of 2 graded calls right, 50% (95 % interval 9% to 91%); anybody" in result.stderr


@pytest.mark.parametrize("words", [(), ("--calls",)])
def test_the_formats_hold_the_same_rows(db: Path, words: tuple[str, ...]) -> None:
    lines = rows(db, *AS_OF, *words)
    assert json.loads(newsig(db, *AS_OF, *words, "--format", "json").stdout) == lines
    table = list(csv.DictReader(io.StringIO(newsig(db, *AS_OF, *words, "--format", "csv").stdout)))
    assert [list(row) for row in table] == [list(row) for row in lines]
    for format_ in ("markdown", "table"):
        assert len(newsig(db, *AS_OF, *words, "--format", format_).stdout.splitlines()) == len(lines) + 2


def test_where_there_is_nothing(tmp_path: Path) -> None:
    empty = filled(tmp_path / "empty.db", [])
    assert newsig(empty).stdout == "Nothing found.\n"
    assert newsig(empty, "nobody").stdout == "Nothing found.\n"


WRONG = [
    (("--as-of", "soon"), "is no date"),
    (("--as-of", "9999-12-31"), "at the end of the calendar"),
    (("--horizon", "0"), "0 is not in the range"),
    (("--since", "2024-08-01", "--until", "2024-07-01"), "no day is left between them"),
    ((" ",), "it is empty"),
]


@pytest.mark.parametrize(("words", "sentence"), WRONG, ids=lambda value: " ".join(value))
def test_what_cannot_be_done_is_said(db: Path, words: tuple[str, ...], sentence: str) -> None:
    result = newsig(db, *words)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())


def test_a_database_without_prices_grades_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path / "none.db", STATEMENTS[:1])
    (row,) = rows(path)
    assert (row["graded"], row["rate"], row["base_rate"]) == (0, None, None)
    (call,) = rows(path, "quillfeather")
    assert (call["result"], call["reason"]) == ("ungraded", "no_prices")


# The page


def cells(heading: str, first: str) -> list[list[str]]:
    """The rows of the table of a section whose head begins so."""
    part = re.split(rf"^## {heading}$", PAGE, flags=re.MULTILINE)[1].split("\n## ")[0]
    _, _, table = part.partition(f"\n| {first} |")
    lines = table.split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize(("words", "way"), cells("What is a call", "words"))
def test_the_words_of_the_page_call_what_it_says(words: str, way: str) -> None:
    assert ways(said(words.strip("“”")))["small_caps"] == (None if way == "–" else way)


@pytest.mark.parametrize(("hits", "graded", "base", "low", "high", "p"), cells("The score", "hits"))
def test_the_score_is_what_the_page_says(hits: str, graded: str, base: str, low: str, high: str, p: str) -> None:
    bounds = wilson(int(hits), int(graded))
    assert [f"{bound:.4f}" for bound in bounds] == [low, high]
    assert f"{at_least(int(hits), [float(base)] * int(graded)):.4f}" == p


def test_the_page_names_every_reason_basis_and_figure() -> None:
    assert [row[1].strip("`") for row in cells("Grading", "outcome") if row[1]] == list(get_args(nouns.Reason))
    assert [row[0].strip("`") for row in cells("What is a call", "`basis`")] == list(get_args(nouns.Basis))
    fields = {name for row in cells("The score", "field") for name in re.findall(r"`(\w+)`", row[0])}
    assert fields < set(Score.__dataclass_fields__)
