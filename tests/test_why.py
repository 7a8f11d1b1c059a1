"""`newsig why`: a claim's words lit, what it took from other sentences, the arithmetic of its verdict, its maker."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from spacy.language import Language
from sqlite_utils import Database

from newsig import extract, run, store
from newsig.cli import main
from newsig.records import Article, Findings, Price, Span
from newsig.report import verdict_words
from newsig.report.lighting import LEGEND, MARKS, Lit, lighted
from newsig.report.reasoning import Why, reasoning
from newsig.report.tables import shown
from newsig.settings import Settings

PUBLISHED = datetime.fromisoformat("2024-07-17T21:30:00+00:00")
TEXT = (
    "The Russell 2000 slid on Wednesday as small caps gave back gains.\n"
    "The index fell 1.06 percent, its first loss in six days.\n"
    "The S&P 500 fell 2.9 percent on Wednesday.\n"
    "The Nasdaq 100 has risen 11 percent this year, said Orla Quillfeather of Petrakind Partners.\n"
    "She expects the S&P 500 to rise 4 percent by December.\n"
    "The S&P 500 ended at 5,588.27."
)
BARS = {
    "^RUT": {date(2024, 7, 16): 2263.67, date(2024, 7, 17): 2239.67},
    "^GSPC": {date(2024, 7, 15): 5631.22, date(2024, 7, 16): 5667.20, date(2024, 7, 17): 5588.27},
    "^NDX": {date(2023, 12, 29): 16825.93, date(2024, 7, 16): 20398.62, date(2024, 7, 17): 19799.14},
}


def stored(path: Path, nlp: Language, mark: str, details: dict[str, str]) -> Database:
    """A database with the story read under a fingerprint, its prices, and its claims checked."""
    db = store.open_db(path)
    article = Article(id="a", title="Small caps slide", text=TEXT, published=PUBLISHED, publisher="Cormorant Wire")
    version = store.save_article(db, article, PUBLISHED).version_id
    (found,) = extract.extract([article], nlp, mark)
    assert isinstance(found, Findings)
    store.save_findings(db, version, found, store.start_run(db, mark, details, PUBLISHED))
    bars = [Price(symbol=name, day=day, close=close) for name, days in BARS.items() for day, close in days.items()]
    store.save_prices(db, bars, "hand.csv")
    run.check(run.Desk(db=db))
    return db


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("why") / "news.db"


@pytest.fixture(scope="module")
def db(path: Path, nlp: Language) -> Iterator[Database]:
    with stored(path, nlp, extract.fingerprint(Settings()), extract.details(Settings())) as found:
        yield found


def told(db: Database, nlp: Language, figure: str) -> Why:
    number = next(row["claim_id"] for row in store.claims(db) if row["text"] == figure)
    return run.why(db, number, Settings(), nlp)


LIT = [
    ("1.06 percent", {"figure", "subject", "move"}, {"subject": "Russell 2000", "period": "on Wednesday"}),
    ("2.9 percent", {"figure", "subject", "move", "period"}, {}),
    ("11 percent", {"figure", "subject", "move", "period", "attribution"}, {}),
    ("4 percent", {"figure", "subject", "move", "attribution"}, {}),
]


@pytest.mark.parametrize(("figure", "lit", "donors"), LIT)
def test_the_words_are_lit_where_they_stand(
    db: Database, nlp: Language, figure: str, lit: set[str], donors: dict[str, str]
) -> None:
    why = told(db, nlp, figure)
    assert {one.kind for one in why.lit} == lit
    assert {one.kind: one.words.text for one in why.donors} == donors
    for span in (why.sentence, *(one.words for one in why.lit), *(one.sentence for one in why.donors)):
        assert TEXT[span.start : span.end] == span.text
    assert figure in why.sentence.text
    assert all(one.words.text in one.sentence.text != why.sentence.text for one in why.donors)


ROWS = [
    ("1.06 percent", "outcome", "✓ supported (rung close)"),
    ("1.06 percent", "sessions", "from the close of Tuesday 2024-07-16 to the close of Wednesday 2024-07-17"),
    ("1.06 percent", "closes", "2024-07-16  2263.67  ^RUT"),
    ("1.06 percent", "arithmetic", "2239.67 / 2263.67 − 1 = −1.06 %"),
    ("1.06 percent", "allowed", "“1.06 percent” allows −1.065 to −1.055 percent"),
    ("1.06 percent", "because", "the closes give the figure"),
    ("1.06 percent", "symbol", "^RUT, Russell 2000 (of what the words stand for)"),
    ("2.9 percent", "outcome", "✗ refuted"),
    ("2.9 percent", "because", "the story says over which sessions the figure runs, and no price that may be meant"),
    ("4 percent", "outcome", "? undecided (reason forecast)"),
    ("4 percent", "because", "it is said of the future"),
    ("4 percent", "sessions", "not known"),
    ("5,588.27", "sessions", "the close of Wednesday 2024-07-17"),
    ("5,588.27", "arithmetic", "close 5588.27"),
]


@pytest.mark.parametrize(("figure", "name", "words"), ROWS)
def test_each_step_of_the_arithmetic_is_said(db: Database, nlp: Language, figure: str, name: str, words: str) -> None:
    page = reasoning(told(db, nlp, figure), width=200)
    assert f"\n  {name:12}{words}" in page


def test_the_page_without_colour_says_what_the_marks_mean(db: Database, nlp: Language) -> None:
    why = told(db, nlp, "1.06 percent")
    page = reasoning(why)
    assert "\x1b" not in page
    for one in why.lit:
        assert f"{MARKS[one.kind]} {LEGEND[one.kind]}" in page
    assert "The period is taken from another sentence:" in page
    assert re.sub(r"\x1b\[[\d;]*m", "", reasoning(why, colour=True)) == page
    assert max(map(cell_len, page.splitlines())) <= 80


def test_what_made_it_is_told_to_be_the_same_or_not(db: Database, nlp: Language, tmp_path: Path) -> None:
    assert "the same: this newsig with its present settings made it" in reasoning(told(db, nlp, "2.9 percent"))
    older = extract.details(Settings()) | {"rules": "0123456789abcdef"}
    with stored(tmp_path / "old.db", nlp, "older", older) as old:
        old.execute("UPDATE claims SET symbol = '^NDX' WHERE text = '2.9 percent'")
        old.execute("UPDATE claims SET start = start + 1 WHERE text = '4 percent'")
        pages = {figure: reasoning(told(old, nlp, figure), width=200) for figure, _, _ in LIT}
    assert "rules 0123456789abcdef →" in pages["1.06 percent"]
    assert "today's rules read it the same" in pages["1.06 percent"]
    assert "today's rules read it otherwise: symbol ^NDX → ^GSPC" in pages["2.9 percent"]
    assert "today's rules find no claim there" in pages["4 percent"]


def asked(path: Path, *words: object) -> Any:
    return CliRunner().invoke(main, ["why", *map(str, words), "--db", str(path)])


def test_json_has_all_of_it(db: Database, path: Path) -> None:
    number = next(row["claim_id"] for row in store.claims(db) if row["text"] == "1.06 percent")
    result = asked(path, number, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(result.stdout)
    assert told["claim_id"] == number
    assert told["claim"]["symbol"] == "^RUT"
    assert {one["kind"] for one in told["donors"]} == {"subject", "period"}
    assert told["verdict"]["outcome"] == "supported"
    assert told["maker"]["fingerprint"] == told["maker"]["today"] == extract.fingerprint(Settings())


def test_a_number_that_nothing_has_is_said_so(db: Database, path: Path) -> None:
    assert db.table("claims").count
    result = asked(path, 999)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "newsig: there is no claim 999: `newsig claims` lists their numbers, and articles that are processed again get "
        "new ones\n"
    )


def test_every_reason_has_its_words() -> None:
    assert verdict_words.OF_REASONS.keys() == verdict_words.REASONS.keys()


words = st.text(st.sampled_from("ab 株é\n\t\x1b\u202e[]"), min_size=1, max_size=60)


@given(words, st.data(), st.integers(10, 50))
def test_marks_stand_under_their_words(text: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    lit = [Lit(kind="period", words=Span(start=start, end=end, text=text[start:end]))]
    lines = list(lighted(Span(start=0, end=len(text), text=text), lit, width, ""))
    written = [line for line in lines if not set(line) <= {"~", " "} or not line]
    marks = "".join(line for line in lines if line not in written)
    visible = re.sub(r"[\n\t]", " ", text)
    assert "".join("".join(written).split()) == "".join(shown(visible).split())
    assert marks.count("~") == sum(cell_len(shown(character)) for character in visible[start:end])
    assert all(character.isprintable() for line in lines for character in line)
