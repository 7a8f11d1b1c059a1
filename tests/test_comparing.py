"""`newsig compare` and `newsig study` on small databases: tone and closes whose figures are worked out by hand."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from newsig import sessions, store
from newsig.cli import comparing
from newsig.compare.beside import Period, difference, path, period, side
from newsig.compare.narrative import Narrative
from newsig.compare.spells import Spell, change, place, session_of, spells
from newsig.compare.study import Figure, corrected
from newsig.records import Article, Claim, Outcome, Price, Verdict
from newsig.run.hearing import Measure
from tests.test_toning import Said, Story, filled, found, newsig

CLOSES = {
    "^RUT": {12: 2000.0, 15: 2020.0, 16: 2121.0, 17: 2078.58, 18: 2037.0, 19: 2016.63, 22: 2056.9626},
    "^NDX": {12: 20000.0, 15: 20200.0, 16: 20402.0, 17: 20606.02, 18: 20606.02, 19: 20812.0802},
    "IWM": {15: 200.0, 16: 209.0},
}
UP = Said("The Russell 2000 rose in early trade on Monday.", 0.8, place="lead")
DOWN = Said("Shares of Crocs fell after a weak forecast.", -0.6, "CROX")
CHEAP = Said("Small caps look cheap to many investors now.", 0.4, "small", holder="Orla Quillfeather")
AGAIN = Said("Small caps went up in a market that fell.", 0.4, "small")
CHIPS = Said("Nvidia gained again on strong demand for chips.", 0.9, "NVDA")
PLAIN = Said("Nvidia did as well as anybody had thought.", 0.1, "NVDA")


def story(name: str, published: str, *said: Said, seen: str | None = None) -> Story:
    """One that was seen when it was published, unless told otherwise."""
    at = datetime.fromisoformat(seen or (published if len(published) > 10 else f"{published}T12:00Z"))
    return Story(name, published, said, at)


STORIES = (
    story("monday", "2024-07-15T14:00Z", UP),
    story("at-the-close", "2024-07-15T20:00Z", DOWN),
    story("after-it", "2024-07-15T20:00:01Z", CHEAP),
    story("copied", "2024-07-16T13:00Z", UP),
    story("chips", "2024-07-16T15:00Z", CHIPS),
    story("more-chips", "2024-07-16T16:00Z", PLAIN),
    story("sunny", "2024-07-17T15:00Z", replace(AGAIN, text="Small caps are doing well, all things considered.")),
    story("sunnier", "2024-07-17T16:00Z", AGAIN),
)


def priced(db: Path, closes: Mapping[str, Mapping[int, float]] = CLOSES) -> Path:
    bars = [
        Price(symbol=symbol, day=date(2024, 7, day), close=close)
        for symbol, some in closes.items()
        for day, close in some.items()
    ]
    with store.open_db(db) as opened:
        store.save_prices(opened, bars, "closes.csv")
    return db


def claiming(db: Path, name: str, outcomes: Sequence[Outcome], end: date) -> None:
    """Have a story make claims of the Russell 2000, with these verdicts."""
    text = " ".join(f"{number} percent" for number in range(1, len(outcomes) + 1))
    claims = tuple(
        Claim(
            start=text.index(f"{number} "),
            end=text.index(f"{number} ") + len(f"{number} percent"),
            text=f"{number} percent",
            value=float(number),
            unit="percent",
            comparator="=",
            direction="up",
            measure="price",
            modality="actual",
            symbol="^RUT",
            segment="small_caps",
        )
        for number in range(1, len(outcomes) + 1)
    )
    (one,) = (some for some in STORIES if some.id == name)
    words = f"{text}\n" + "\n".join(said.text for said in one.said)
    shifted = tuple(
        replace(
            said,
            start=said.start + len(text) + 1,
            end=said.end + len(text) + 1,
            target=replace(said.target, start=said.target.start + len(text) + 1, end=said.target.end + len(text) + 1),
        )
        for said in found(one).sentiments
    )
    findings = replace(found(one), fingerprint="rules-2", sentiments=shifted, claims=claims)
    with store.open_db(db) as opened:
        run = store.start_run(opened, "rules-2", {}, one.seen)
        article = Article(id=name, text=words, title=findings.title, published=findings.published)
        version = store.save_article(opened, article, one.seen).version_id
        assert store.save_findings(opened, version, findings, run)
        numbers = [row["id"] for row in opened.query("SELECT id FROM claims ORDER BY start")]
        verdicts = [Verdict(outcome=outcome, end_date=end) for outcome in outcomes]
        store.save_verdicts(
            opened, ((number, verdict, None) for number, verdict in zip(numbers, verdicts, strict=True)), one.seen
        )


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def compared(db: Path, *words: object) -> list[dict[str, Any]]:
    return rows(newsig("compare", "--db", db, *words, "--format", "jsonl"))


def studied(db: Path, *words: object) -> list[dict[str, Any]]:
    return rows(newsig("study", "--db", db, *words, "--format", "jsonl"))


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return priced(filled(tmp_path_factory.mktemp("comparing") / "compared.db", STORIES))


# The index beside the return


def test_the_index_beside_the_return_by_hand(db: Path) -> None:
    told = compared(db, "small_caps")
    assert [(row["base"], row["last"], row["index"], row["fresh"], row["stale"], row["return"]) for row in told] == [
        ("2024-07-12", "2024-07-15", 0.1, 2, 0, 1.0),  # (0.8 − 0.6) / 2
        ("2024-07-15", "2024-07-16", 0.4, 1, 1, 5.0),
        ("2024-07-16", "2024-07-17", 0.4, 2, 0, -2.0),
    ]
    assert [(row["low"], row["high"], row["diverges"]) for row in told] == [
        (-1.0, 1.0, False),
        (None, None, False),
        (0.4, 0.4, True),  # two that agree
    ]
    assert list(told[0]) == list(comparing.PERIOD_COLUMNS)
    assert {(row["target"], row["symbol"]) for row in told} == {("small_caps", "^RUT")}


def test_a_week_is_one_of_sessions(db: Path) -> None:
    (week,) = compared(db, "small_caps", "--by", "week", "--until", "2024-07-19")
    assert (week["base"], week["first"], week["last"]) == ("2024-07-12", "2024-07-15", "2024-07-19")
    assert (week["index"], week["fresh"], week["stale"]) == (0.28, 5, 1)  # (0.8 − 0.6 + 0.4 + 0.4 + 0.4) / 5
    assert week["return"] == pytest.approx(0.8315, abs=1e-4)  # 2016.63 / 2000 − 1
    (cut,) = compared(db, "small_caps", "--by", "week", "--since", "2024-07-16", "--until", "2024-07-16")
    assert (cut["first"], cut["last"], cut["return"]) == ("2024-07-16", "2024-07-16", 5.0)


def test_a_pair_is_the_first_less_the_second(db: Path) -> None:
    told = {row["last"]: row for row in compared(db, "small_caps", "mega_caps")}
    tuesday = told["2024-07-16"]
    assert (tuesday["one_index"], tuesday["other_index"], tuesday["index"]) == (0.4, 0.5, -0.1)
    assert (tuesday["one_return"], tuesday["other_return"], tuesday["return"]) == (5.0, 1.0, 4.0)
    assert (tuesday["fresh"], tuesday["stale"]) == (3, 1)
    assert (tuesday["target"], tuesday["symbol"]) == ("small_caps − mega_caps", "^RUT − ^NDX")
    assert list(tuesday) == [*comparing.PERIOD_COLUMNS, *comparing.SIDES]
    assert (told["2024-07-15"]["index"], told["2024-07-15"]["one_index"]) == (None, 0.1)


def test_a_fund_measures_a_segment_where_asked(db: Path) -> None:
    told = compared(db, "small_caps", "--fund", "--since", "2024-07-16", "--until", "2024-07-16")
    assert [(row["symbol"], row["return"]) for row in told] == [("IWM", 4.5)]


def test_a_symbol_measures_itself(db: Path) -> None:
    told = compared(db, "^rut", "--until", "2024-07-15")
    assert [(row["target"], row["symbol"], row["index"], row["return"]) for row in told] == [("^RUT", "^RUT", 0.8, 1.0)]


def test_the_share_of_supported_claims_among_the_decided(tmp_path: Path) -> None:
    path = priced(filled(tmp_path / "claims.db", [one for one in STORIES if one.id != "monday"]))
    claiming(path, "monday", ("supported", "supported", "refuted", "undecided"), date(2024, 7, 15))
    told = compared(path, "small_caps")[0]
    assert [told[name] for name in ("supported", "refuted", "decided", "share")] == [2, 1, 3, 0.6667]
    (later,) = compared(path, "small_caps", "--since", "2024-07-16", "--until", "2024-07-16")
    assert (later["decided"], later["share"]) == (0, None)


# Divergences


def test_the_articles_behind_divergences(db: Path) -> None:
    told = compared(db, "small_caps", "--divergences")
    assert [(row["last"], row["index"], row["return"], row["article_id"], row["tone"]) for row in told] == [
        ("2024-07-17", 0.4, -2.0, "sunny", 0.4),
        ("2024-07-17", 0.4, -2.0, "sunnier", 0.4),
    ]
    assert list(told[0]) == list(comparing.ARTICLE_COLUMNS)
    assert newsig("compare", "--db", db, "^RUT", "--divergences").stdout == "Nothing found.\n"


SIGNS = [
    (0.1, 0.5, -0.01, True),
    (0.1, 0.5, 0.01, False),
    (-0.5, -0.1, 0.01, True),
    (-0.5, -0.1, -0.01, False),
    (-0.1, 0.5, -0.01, False),
    (0.0, 0.5, -0.01, False),
    (0.1, 0.5, 0.0, False),
    (0.1, 0.5, None, False),
    (None, None, -0.01, False),
]


@pytest.mark.parametrize(("low", "high", "moved", "diverges"), SIGNS)
def test_what_diverges(low: float | None, high: float | None, moved: float | None, diverges: bool) -> None:
    (spell,) = spells("XNYS", date(2024, 7, 16), date(2024, 7, 16))
    made: Period = replace(period(spell, [side((), moved)]), low=low, high=high)
    assert made.diverges is diverges


# When a story counts


def test_a_story_counts_from_the_later_of_publication_and_first_sight(tmp_path: Path) -> None:
    late = story("late", "2024-07-15T14:00Z", UP, seen="2024-07-18T14:00Z")
    path = priced(filled(tmp_path / "late.db", [late]))
    result = newsig("compare", "--db", path, "small_caps", "--format", "jsonl")
    assert [row["last"] for row in rows(result)] == ["2024-07-18"]
    assert "1 story first seen more than a day after publication, and counted from then: see --archive" in result.stderr
    result = newsig("compare", "--db", path, "small_caps", "--archive", "--format", "jsonl")
    assert [row["last"] for row in rows(result)] == ["2024-07-15"]
    assert result.stderr == "every story is taken for seen when it was published\n"


DAYS_ONLY = [  # published, seen, in an archive or not, the session
    ("2024-07-16", "2024-07-16T14:00Z", False, "2024-07-16"),
    ("2024-07-16", "2024-07-16T21:00Z", False, "2024-07-17"),
    ("2024-07-16", "2024-07-16T14:00Z", True, "2024-07-17"),  # it may have come after the close
    ("2024-07-19", "2024-07-20T14:00Z", True, "2024-07-22"),
    ("2024-07-17", "2024-07-16T14:00Z", False, "2024-07-17"),
    ("2024-07-16T14:00Z", "2024-07-15T14:00Z", False, "2024-07-16"),
]


@pytest.mark.parametrize(("published", "seen", "archive", "session"), DAYS_ONLY)
def test_where_a_story_is_placed(tmp_path: Path, published: str, seen: str, archive: bool, session: str) -> None:
    path = priced(filled(tmp_path / "placed.db", [story("one", published, UP, seen=seen)]))
    told = compared(path, "small_caps", *(["--archive"] if archive else []))
    assert [row["last"] for row in told] == [session]


def test_stories_of_unknown_date_count_from_first_sight_but_in_no_archive(tmp_path: Path) -> None:
    undated = Story("undated", None, (UP,), datetime(2024, 7, 16, 14, tzinfo=UTC))
    path = priced(filled(tmp_path / "undated.db", [undated, STORIES[1]]))
    assert [row["fresh"] for row in compared(path, "small_caps")] == [1, 1]
    result = newsig("compare", "--db", path, "small_caps", "--archive", "--format", "jsonl")
    assert [row["fresh"] for row in rows(result)] == [1]
    assert "1 article of unknown date left out" in result.stderr


def test_a_copy_of_a_story_from_before_the_first_session_is_one(db: Path) -> None:
    (told,) = compared(db, "small_caps", "--since", "2024-07-16", "--until", "2024-07-16")
    assert (told["fresh"], told["stale"]) == (1, 1)


# As of a day


def test_as_of_a_day_the_story_stood_as_it_did_then(tmp_path: Path) -> None:
    first = story("one", "2024-07-15T14:00Z", UP)
    revised = story("one", "2024-07-15T14:00Z", DOWN, seen="2024-07-17T14:00Z")
    path = priced(filled(filled(tmp_path / "revised.db", [first]), [revised]))
    assert [(row["last"], row["index"]) for row in compared(path, "small_caps")] == [("2024-07-17", -0.6)]
    then = compared(path, "small_caps", "--as-of", "2024-07-16")
    assert [(row["last"], row["index"]) for row in then] == [("2024-07-15", 0.8)]


def test_a_verdict_counts_once_its_last_session_is_over(tmp_path: Path) -> None:
    path = priced(filled(tmp_path / "verdicts.db", [one for one in STORIES if one.id != "monday"]))
    claiming(path, "monday", ("supported", "refuted"), date(2024, 7, 17))
    assert compared(path, "small_caps", "--as-of", "2024-07-16")[0]["decided"] == 0
    assert compared(path, "small_caps", "--as-of", "2024-07-17")[0]["decided"] == 2


def test_as_of_a_day_nothing_that_came_later_counts(tmp_path: Path) -> None:
    def known_by(day: int) -> Path:
        """What was there on that day, and nothing since."""
        kept = [one for one in STORIES if one.seen < datetime(2024, 7, day + 1, tzinfo=UTC)]
        closes = {symbol: {at: close for at, close in some.items() if at <= day} for symbol, some in CLOSES.items()}
        return priced(filled(tmp_path / f"until-{day}.db", kept), closes)

    revised = [replace(one, said=(DOWN,), seen=datetime(2024, 7, 19, tzinfo=UTC)) for one in STORIES[:1]]
    whole = priced(filled(filled(tmp_path / "whole.db", STORIES), revised))
    for day in range(14, 19):
        then, as_of = known_by(day), ("--as-of", f"2024-07-{day}")
        for words in (("small_caps",), ("small_caps", "mega_caps", "--by", "week"), ("small_caps", "--divergences")):
            assert compared(whole, *words, *as_of) == compared(then, *words, *as_of)
        assert studied(whole, "small_caps", *as_of) == studied(then, "small_caps", *as_of)


def test_a_session_that_is_not_over_is_not_told(tmp_path: Path) -> None:
    path = priced(filled(tmp_path / "tokyo.db", [story("one", "2024-07-15T14:00Z", UP)]))
    result = newsig("compare", "--db", path, "small_caps", "--as-of", "2024-07-14", "--format", "jsonl")
    assert rows(result) == []
    evening = priced(filled(tmp_path / "evening.db", [story("one", "2024-07-15T21:00Z", UP)]))
    result = newsig("compare", "--db", evening, "small_caps", "--as-of", "2024-07-15", "--format", "jsonl")
    assert rows(result) == []
    assert "1 story after the last close left out: they belong to the next session" in result.stderr


# What cannot be asked, and where there is little


REFUSED = [
    (("energy",), "no index is known that measures energy: give --fund for XLE"),
    (("insurers",), "no index is known that measures insurers: name an index or fund itself"),
    (("mega_caps", "technology"), "both targets are measured by ^NDX: there is nothing between them"),
    (("^FTSE", "^GSPC"), "^FTSE (XLON) and ^GSPC (XNYS) trade on different days: choose two of one market"),
    (("small_caps", "--as-of", "1980-01-01"), "no session of XNYS is known by 1980-01-01"),
    (("a", "b", "c"), "name one or two"),
    ((), "Missing argument"),
    (("small_caps", "--since", "2024-07-19", "--until", "2024-07-18"), "no day is left between them"),
    (("small_caps", "--plot", "tone.jpg"), "name a file that ends in .png, .svg, .pdf"),
    (("small_caps", "--plot", "no/such/folder/tone.png"), "there is no folder no/such/folder"),
]


@pytest.mark.parametrize(("words", "sentence"), REFUSED)
def test_what_cannot_be_compared_is_said(db: Path, words: tuple[str, ...], sentence: str) -> None:
    result = newsig("compare", "--db", db, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


LACKING = [
    (("study", "small_caps"), "statsmodels", "a study needs statsmodels"),
    (("study", "small_caps"), "arch", "a study needs arch"),
    (("compare", "small_caps", "--plot", "tone.svg"), "matplotlib", "a picture needs matplotlib"),
]


@pytest.mark.parametrize(("words", "library", "sentence"), LACKING)
def test_a_library_that_is_missing_is_named(db: Path, words: tuple[str, ...], library: str, sentence: str) -> None:
    code = f"import sys; sys.modules[{library!r}] = None; from newsig.cli import main; main()"
    command = [sys.executable, "-c", code, "--db", str(db), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=db.parent)  # noqa: S603
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"newsig: {sentence}: python -m pip install 'newsig[study]'\n"


def test_what_is_not_there_is_noted(tmp_path: Path) -> None:
    path = filled(tmp_path / "priceless.db", STORIES)
    result = newsig("compare", "--db", path, "small_caps", "--format", "jsonl")
    assert {row["return"] for row in rows(result)} == {None}
    assert "no prices of ^RUT for these sessions: bring them in with `newsig prices import`" in result.stderr
    result = newsig("compare", "--db", path, "nosuchthing")
    assert (result.exit_code, result.stdout) == (0, "Nothing found.\n")
    assert "'nosuchthing' is no symbol and no segment known here" in result.stderr


@pytest.mark.parametrize("days", [("0001-01-01", "0001-01-05"), ("9999-12-30", "9999-12-31")])
def test_days_beyond_every_calendar_have_no_rows(db: Path, days: tuple[str, str]) -> None:
    assert compared(db, "small_caps", "--since", days[0], "--until", days[1]) == []


def test_readers_get_two_decimals_with_their_sign(db: Path) -> None:
    lines = newsig("compare", "--db", db, "small_caps").stdout.splitlines()
    assert lines[0].split() == list(comparing.BRIEF_PERIOD_COLUMNS["day"])
    assert lines[4].split() == ["2024-07-17", "+0.40", "+0.40", "+0.40", "2", "0", "-2.00", "yes"]


# The picture


@pytest.mark.parametrize(
    ("ending", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"), ("PNG", b"\x89PNG")]
)
def test_a_picture_is_drawn_the_same_each_time(db: Path, tmp_path: Path, ending: str, magic: bytes) -> None:
    drawn = [tmp_path / f"{name}.{ending}" for name in ("once", "twice")]
    for picture in drawn:
        assert len(compared(db, "small_caps", "mega_caps", "--plot", picture)) == 3
    assert drawn[0].read_bytes().startswith(magic)
    assert drawn[0].read_bytes() == drawn[1].read_bytes()


def test_a_picture_tells_what_it_shows(tmp_path: Path) -> None:
    path = priced(filled(tmp_path / "marked.db", [one for one in STORIES if one.id != "monday"]))
    claiming(path, "monday", ("supported", "refuted"), date(2024, 7, 15))
    picture = tmp_path / "marked.svg"
    compared(path, "small_caps", "--plot", picture)
    shown = picture.read_text(encoding="utf-8")
    for words in ("small_caps, 2024-07-15 to 2024-07-17", "narrative index", "^RUT, start = 100", "95 % interval"):
        assert f"<!-- {words} -->" in shown
    for words in ("claims supported", "claims refuted"):
        assert f"<!-- {words} -->" in shown


def test_a_picture_of_nothing_is_one(db: Path, tmp_path: Path) -> None:
    picture = tmp_path / "nothing.png"
    assert compared(db, "AAPL", "--plot", picture) == []
    assert picture.read_bytes().startswith(b"\x89PNG")


# The study


def lively(path: Path, lead: int, count: int = 90, until: date = date.max) -> Path:
    """A story a session, on which the Russell 2000 acts so many sessions later, and the market not at all; of all that
    what was known by the end of a day."""
    draw = random.Random(11)
    days = sessions.between("XNYS", date(2023, 1, 3), date(2023, 12, 29))
    tones = [round(draw.uniform(-1, 1), 3) for _ in range(count)]
    first = 130
    stories, bars = [], []
    level, market = 2000.0, 4000.0
    for number, day in enumerate(days):
        if day > until:
            break
        told = number - first - lead
        level *= 1 + draw.gauss(0, 0.002) + (0.01 * tones[told] if 0 <= told < count else 0.0)
        market *= 1 + draw.gauss(0, 0.004)
        bars += [Price(symbol="^RUT", day=day, close=level), Price(symbol="^GSPC", day=day, close=market)]
        if 0 <= number - first < count:
            words = f"Small caps had their day number {number} in the news."
            holder = "Marisol Petrakind" if number % 2 else None
            stories.append(
                story(f"s{number}", f"{day}T15:00Z", Said(words, tones[number - first], "small", holder=holder))
            )
    filled(path, stories)
    with store.open_db(path) as opened:
        store.save_prices(opened, bars, "closes.csv")
    return path


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lively(tmp_path_factory.mktemp("studying") / "led.db", 1)


def test_a_lead_of_one_session_is_found(led: Path) -> None:
    told = studied(led, "small_caps")
    assert list(told[0]) == list(comparing.FIGURE_COLUMNS)
    significant = [(row["signal"], row["test"], row["sessions"]) for row in told if row["significant"]]
    assert ("fresh", "correlation", 1) in significant
    assert ("fresh", "after_high", 1) in significant
    correlations = [row for row in told if row["test"] == "correlation" and row["value"] is not None]
    assert max(correlations, key=lambda row: abs(row["value"]))["sessions"] == 1
    assert {row["reason"] for row in told if row["signal"] == "stale"} == {
        "fewer than 30 sessions with both",
        "fewer than 10 events",
    }
    assert [row["n"] for row in told if row["test"] == "correlation" and row["sessions"] == 0] == [90, 0, 45, 45]


def test_a_control_shows_what_chance_gives(led: Path) -> None:
    result = newsig("study", "--db", led, "small_caps", "--shuffled", "1", "--format", "jsonl")
    assert [row for row in rows(result) if row["significant"]] == []
    assert "the tone was dealt out anew (seed 1): whatever is significant here is chance" in result.stderr
    assert "sessions with an index: fresh 90, stale 0, reporters 45, named 45" in result.stderr
    again = newsig("study", "--db", led, "small_caps", "--shuffled", "1", "--format", "jsonl")
    assert (again.stdout, again.stderr) == (result.stdout, result.stderr)


def test_the_market_itself_is_measured_by_its_own_mean(led: Path) -> None:
    told = studied(led, "small_caps", "--market", "^RUT")
    assert next(row for row in told if row["test"] == "after_high" and row["sessions"] == 1)["value"] > 0.3


def test_a_market_without_prices_is_noted(led: Path) -> None:
    result = newsig("study", "--db", led, "small_caps", "--market", "^DJI", "--format", "jsonl")
    events = [row for row in rows(result) if row["test"] != "correlation"]
    assert {row["reason"] for row in events} == {"fewer than 10 events"}
    assert "no prices of ^DJI for these sessions" in result.stderr


def test_a_study_of_nothing_says_so(db: Path) -> None:
    told = studied(db, "AAPL", "--market", "^RUT")
    assert {row["n"] for row in told} == {0}
    assert None not in {row["reason"] for row in told}


def test_as_of_a_day_a_study_knows_nothing_later(led: Path, tmp_path: Path) -> None:
    day = sessions.between("XNYS", date(2023, 1, 3), date(2023, 12, 29))[190]
    then = lively(tmp_path / "then.db", 1, until=day)
    told = studied(led, "small_caps", "--as-of", day)
    assert told == studied(then, "small_caps", "--as-of", day)
    assert [row["n"] for row in told if row["test"] == "correlation" and row["sessions"] in (0, 5)][:2] == [61, 56]


# What the page says

PAGE = (Path(__file__).parent.parent / "docs" / "narrative.md").read_text(encoding="utf-8")
MOMENTS = re.findall(r"^\| (\S+Z) \| (\S+) \|$", PAGE, flags=re.MULTILINE)
DIFFERENCES = re.findall(r"^\| ([-\d., ]+) \| ([-\d., ]+) \| (\S+) \| (\S+) \| (\S+) \|$", PAGE, flags=re.MULTILINE)
CORRECTED = re.findall(r"^\| ([\d., ]+) \| ([\d., ]+) \|$", PAGE, flags=re.MULTILINE)
EXAMPLES = re.findall(r"^newsig (.+)$", PAGE, flags=re.MULTILINE)


def test_the_tables_of_the_page_are_read() -> None:
    assert (len(MOMENTS), len(DIFFERENCES), len(CORRECTED), len(EXAMPLES)) == (5, 3, 2, 5)


@pytest.mark.parametrize(("at", "session"), MOMENTS)
def test_the_session_of_a_moment_is_what_the_page_says(at: str, session: str) -> None:
    assert str(session_of("XNYS", datetime.fromisoformat(at))) == session


@pytest.mark.parametrize(("one", "other", "gap", "low", "high"), DIFFERENCES)
def test_an_interval_of_a_difference_is_as_the_page_says(one: str, other: str, gap: str, low: str, high: str) -> None:
    sides = [map(float, side.split(", ")) for side in (one, other)]
    found = difference(*(Narrative(**dict(zip(("index", "low", "high"), side, strict=True))) for side in sides))
    assert [f"{bound:.4f}" for bound in found if bound is not None] == [gap, low, high]


@pytest.mark.parametrize(("given_", "told"), CORRECTED)
def test_the_correction_is_what_the_page_says(given_: str, told: str) -> None:
    figures = [Figure(signal="fresh", test="correlation", sessions=0, n=50, p=float(p)) for p in given_.split(", ")]
    assert [f"{figure.q:.4f}" for figure in corrected(figures)] == told.split(", ")


@pytest.mark.parametrize("words", EXAMPLES)
def test_the_commands_of_the_page_can_be_typed(db: Path, tmp_path: Path, words: str) -> None:
    typed = [str(tmp_path / word) if word.endswith(".svg") else word for word in words.split()]
    assert newsig(typed[0], "--db", db, *typed[1:]).exit_code == 0


def test_a_study_has_as_many_figures_as_the_page_says(db: Path) -> None:
    assert f"A study prints {len(studied(db, 'small_caps'))} figures" in PAGE


# Spells and differences


PLACED = [
    (datetime(2024, 7, 3, 17, 0, tzinfo=UTC), "2024-07-03"),  # the half day before the holiday
    (datetime(2024, 7, 3, 17, 0, 1, tzinfo=UTC), "2024-07-05"),
    (datetime(2024, 7, 6, 12, 0, tzinfo=UTC), "2024-07-08"),
    (datetime(2024, 1, 5, 20, 59, tzinfo=UTC), "2024-01-05"),  # winter
    (datetime(2024, 1, 5, 21, 1, tzinfo=UTC), "2024-01-08"),
]


@pytest.mark.parametrize(("at", "session"), PLACED)
def test_the_session_of_a_moment(at: datetime, session: str) -> None:
    found_ = session_of("XNYS", at)
    assert str(found_) == session
    over = spells("XNYS", date(2023, 12, 1), date(2024, 7, 31))
    number = place(at, over)
    assert number is not None
    assert over[number].last == found_


@given(st.datetimes(datetime(2024, 1, 3), datetime(2024, 12, 20), timezones=st.just(UTC)))
def test_every_moment_is_in_one_spell(at: datetime) -> None:
    for by in ("day", "week"):
        over = spells("XNYS", date(2024, 1, 2), date(2024, 12, 31), by)  # type: ignore[arg-type]
        held = [spell for spell in over if spell.after < at <= spell.until]
        number = place(at, over)
        assert number is not None
        assert held == [over[number]]
        assert _follow_each_other(over)


def _follow_each_other(over: Sequence[Spell]) -> bool:
    return all(one.until == other.after and one.last == other.base for one, other in pairwise(over))


def adjusted(day: int, close: float, adj_close: float | None) -> Price:
    return Price(symbol="IWM", day=date(2024, 7, day), close=close, adj_close=adj_close)


CHANGES = [
    ((100.0, 99.0), (101.0, 100.98), 0.02),  # a dividend of 1
    ((100.0, None), (101.0, 100.98), 0.01),
    ((100.0, 99.0), (101.0, None), 0.01),
    ((0.0, None), (101.0, None), None),
    ((-37.63, None), (10.0, None), None),
]


@pytest.mark.parametrize(("first", "last", "moved"), CHANGES)
def test_changes_by_hand(first: tuple[float, float | None], last: tuple[float, float | None], moved: float) -> None:
    bars = {bar.day: bar for bar in (adjusted(15, *first), adjusted(16, *last))}
    assert change(bars, date(2024, 7, 15), date(2024, 7, 16)) == (None if moved is None else pytest.approx(moved))
    assert change(bars, date(2024, 7, 15), date(2024, 7, 17)) is None


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0, 1)), min_size=2, max_size=2))
def test_the_interval_of_a_difference_is_no_narrower_than_that_of_either(sides: Iterable[tuple[float, float]]) -> None:
    one, other = (Narrative(index=index, low=index - reach, high=index + reach) for index, reach in sides)
    gap, low, high = difference(one, other)
    assert gap is not None
    assert low is not None
    assert high is not None
    assert low <= gap <= high
    widest = max((some.high or 0) - (some.low or 0) for some in (one, other))
    assert high - low >= widest - 1e-9
    back, back_low, back_high = difference(other, one)
    assert (back, back_low, back_high) == (pytest.approx(-gap), pytest.approx(-high), pytest.approx(-low))


def test_a_path_skips_what_is_missing() -> None:
    days = [date(2024, 7, 15) + timedelta(days=number) for number in range(4)]
    one = {day: Price(symbol="A", day=day, close=close) for day, close in zip(days, (1.0, 2.0, 3.0, 4.0), strict=True)}
    other = {day: Price(symbol="B", day=day, close=4.0) for day in days if day.day in (16, 18)}
    assert path([one, other], days) == [(days[1], 100.0), (days[3], 200.0)]
    assert path([one, {}], days) == []


EARLY = [  # what measures the target, when a story is known in UTC, the first session whose price comes after it
    ("^GSPC", datetime(2011, 4, 12, 19, 30, tzinfo=UTC), date(2011, 4, 12)),
    ("GC=F", datetime(2011, 4, 12, 19, 30, tzinfo=UTC), date(2011, 4, 13)),
    ("GC=F", datetime(2011, 4, 12, 16, 30, tzinfo=UTC), date(2011, 4, 12)),
    ("^TNX", datetime(2011, 4, 12, 19, 30, tzinfo=UTC), date(2011, 4, 13)),
]


@pytest.mark.parametrize(("symbol", "at", "session"), EARLY)
def test_no_story_stands_in_a_session_whose_price_was_made_before_it(symbol: str, at: datetime, session: date) -> None:
    measure = Measure(target=symbol, symbol=symbol, market="XNYS")
    assert session_of(measure.market, at + measure.early) == session
