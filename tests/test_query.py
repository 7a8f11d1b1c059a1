"""What the database answers: claims, verdicts, a reader's day, full text, and that it does so by an index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from newsig import store
from newsig.errors import StoreError
from newsig.records import Article, Claim, Findings, Instrument, Mention, Quote, Sentiment, Span, Verdict

NOW = datetime(2024, 7, 20, tzinfo=UTC)
FINGERPRINT = "rules-1"

WRAP = Article(
    id="wrap",
    title="Small caps rally",
    published=datetime(2024, 7, 18, 2, 26, tzinfo=UTC),
    text="The 🚀 Russell 2000 rose 11.5 percent this year,\nsaid Ada Pell of Pell Partners. “It’s not over,” she said.",
)
CHIPS = Article(
    id="chips",
    title="Chipmakers slump",
    published=date(2024, 7, 17),
    text="Nvidia fell 6.6% on Wednesday; sales may grow 20%.",
)
UNDATED = Article(id="undated", text="Gold rose 1%.")


def at(article: Article, words: str) -> dict[str, Any]:
    start = article.text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def claim(article: Article, words: str, **known: Any) -> Claim:
    usual = {"unit": "percent", "comparator": "=", "direction": "up", "measure": "price", "modality": "actual"}
    return Claim(**at(article, words), **(usual | known))


FOUND = [
    (
        WRAP,
        {
            "mentions": (Mention(**at(WRAP, "Russell 2000"), symbol="^RUT", segment="small_caps"),),
            "claims": (
                claim(
                    WRAP,
                    "11.5 percent",
                    value=11.5,
                    subject=Span(**at(WRAP, "Russell 2000")),
                    symbol="^RUT",
                    segment="small_caps",
                    period=Span(**at(WRAP, "this year")),
                    period_basis="stated",
                    base_date=date(2023, 12, 29),
                    end_date=date(2024, 7, 17),
                    source="Ada Pell",
                ),
            ),
            "quotes": (
                Quote(**at(WRAP, "“It’s not over,”"), kind="direct", speaker="Ada Pell", organisation="Pell Partners"),
            ),
            "sentiments": (
                Sentiment(
                    **at(WRAP, "“It’s not over,”"),
                    target=Span(**at(WRAP, "Russell 2000")),
                    label="positive",
                    positive=0.7,
                    neutral=0.2,
                    negative=0.1,
                    symbol="^RUT",
                ),
            ),
        },
    ),
    (
        CHIPS,
        {
            "claims": (
                claim(CHIPS, "6.6%", value=6.6, direction="down", symbol="NVDA", segment="mega_caps"),
                claim(CHIPS, "20%", value=20, measure="fundamental", modality="forecast"),
            )
        },
    ),
    (UNDATED, {"claims": (claim(UNDATED, "1%", value=1, symbol="GC=F"),)}),
]
VERDICTS = [
    (
        1,
        Verdict(
            outcome="supported", actual=11.52, tolerance=(11.45, 11.55), rung="close", price_hash="ab", formula="f"
        ),
    ),
    (2, Verdict(outcome="refuted", actual=-1.0, tolerance=(-6.65, -6.55), base_date=date(2024, 7, 16))),
    (3, Verdict(outcome="undecided", reason="forecast")),
]


@pytest.fixture
def db() -> Iterator[Database]:
    with store.open_db(":memory:") as filled:
        store.sync_instruments(
            filled, [Instrument(symbol="^RUT", name="Russell 2000 Index", kind="index", market="XNYS")], []
        )
        run = store.start_run(filled, FINGERPRINT, {}, NOW)
        for article, found in FOUND:
            version = store.save_article(filled, article, NOW).version_id
            known: dict[str, Any] = {"id": article.id, "title": article.title, "published": article.published, **found}
            store.save_findings(filled, version, Findings(fingerprint=FINGERPRINT, **known), run)
        store.save_verdicts(filled, [(number, verdict, "sample") for number, verdict in VERDICTS], NOW)
        yield filled


ASKED: list[tuple[dict[str, Any], list[int]]] = [
    ({}, [1, 2, 3, 4]),
    ({"symbol": "^rut"}, [1]),
    ({"symbol": "' OR 1=1 --"}, []),
    ({"segment": "mega_caps"}, [2]),
    ({"source": "ada"}, [1]),
    ({"source": "pell partners"}, [1]),
    ({"source": "%"}, []),
    ({"direction": "up"}, [1, 3, 4]),
    ({"minimum": 11.5}, [1, 3]),
    ({"measure": "fundamental"}, [3]),
    ({"verdict": "undecided"}, [3]),
    ({"since": date(2024, 7, 18)}, [1]),
    ({"until": date(2024, 7, 17)}, [2, 3]),
    ({"since": date(2024, 7, 17), "until": date(2024, 7, 18)}, [1, 2, 3]),
    ({"contains": "slump wednesday"}, [2, 3]),
    ({"contains": '"fell 6.6%"'}, [2, 3]),
    ({"contains": "6.6 fell"}, [2, 3]),
    ({"contains": "Chipmaker"}, [2, 3]),
    ({"contains": "?!"}, []),
    ({"contains": ""}, []),
    ({"direction": "up", "measure": "price", "limit": 1}, [1]),
]


@pytest.mark.parametrize(("asked", "expected"), ASKED)
def test_claims_meet_every_condition(db: Database, asked: dict[str, Any], expected: list[int]) -> None:
    assert [row["claim_id"] for row in store.claims(db, **asked)] == expected


def test_a_claim_comes_with_its_story(db: Database) -> None:
    row = next(store.claims(db))
    assert json.loads(json.dumps(row)) == row == {
        "claim_id": 1,
        "article_id": "wrap",
        "published": "2024-07-18T02:26:00+00:00",
        "title": "Small caps rally",
        "text": "11.5 percent",
        "value": 11.5,
        "unit": "percent",
        "comparator": "=",
        "direction": "up",
        "measure": "price",
        "modality": "actual",
        "subject": "Russell 2000",
        "symbol": "^RUT",
        "segment": "small_caps",
        "period": "this year",
        "period_basis": "stated",
        "base_date": "2023-12-29",
        "end_date": "2024-07-17",
        "timing": None,
        "source": "Ada Pell",
        "hedge": None,
        "extreme": None,
        "compared": None,
        "reach": None,
        "since_date": None,
        "outcome": "supported",
        "rung": "close",
        "reason": None,
        "context": "The 🚀 Russell 2000 rose 11.5 percent this year, said Ada Pell of Pell Partners. “It’s not over,”…",
    }  # fmt: skip


def test_a_verdict_comes_in_the_format_of_the_docs(db: Database) -> None:
    row = next(store.verdicts(db))
    assert row == {
        "claim_id": 1,
        "article_id": "wrap",
        "symbol": "^RUT",
        "measure": "price",
        "modality": "actual",
        "value": 11.5,
        "unit": "percent",
        "direction": "up",
        "outcome": "supported",
        "rung": "close",
        "reason": None,
        "actual": 11.52,
        "tolerance": [11.45, 11.55],
        "base_date": None,
        "end_date": None,
        "solved": False,
        "chance": None,
        "loose": False,
        "cases": None,
        "windows": [],
        "bars": [],
        "price_source": "sample",
        "price_hash": "ab",
        "title": "Small caps rally",
        "formula": "f",
    }
    assert [row["claim_id"] for row in store.verdicts(db, outcome="refuted", symbol="nvda")] == [2]
    assert [row["tolerance"] for row in store.verdicts(db, since=date(2024, 7, 17), until=date(2024, 7, 17))] == [
        [-6.65, -6.55],
        None,
    ]


def test_verdicts_are_on_moves_unless_another_measure_is_asked_for(db: Database) -> None:
    for number, measure in ((1, "level"), (2, "streak")):
        db.execute("UPDATE claims SET measure = ? WHERE id = ?", (measure, number))
    listed = {measure: store.verdicts(db, measure=measure) for measure in (None, "level", "streak", "fundamental")}
    assert {measure: [row["claim_id"] for row in rows] for measure, rows in listed.items()} == {
        None: [3],
        "level": [1],
        "streak": [2],
        "fundamental": [3],
    }


def test_a_superlative_comes_with_what_it_is_held_against(db: Database) -> None:
    said = "highest close since June"
    article = Article(id="high", text=said)
    found = Claim(
        **at(article, said),
        value=1,
        unit="rank",
        comparator="=",
        direction="up",
        measure="superlative",
        modality="actual",
        extreme="highest",
        compared="close",
        reach="since",
        since_date=date(2024, 7, 1),
    )
    version = store.save_article(db, article, NOW).version_id
    run = store.start_run(db, FINGERPRINT, {}, NOW)
    store.save_findings(db, version, Findings(id="high", fingerprint=FINGERPRINT, claims=(found,)), run)
    (row,) = store.claims(db, measure="superlative")
    asked = ("extreme", "compared", "reach", "since_date", "unit", "value")
    assert [row[name] for name in asked] == ["highest", "close", "since", "2024-07-01", "rank", 1]
    assert store.findings_of(db, version).claims == (found,)


def test_a_revised_story_takes_its_old_claims_out_of_sight(db: Database) -> None:
    store.save_article(db, Article(id="chips", text="Withdrawn.", published=date(2024, 7, 17)), NOW)
    assert [row["claim_id"] for row in store.claims(db)] == [1, 4]
    assert [row["claim_id"] for row in store.verdicts(db)] == [1]
    assert [one.claim_id for one in store.claims_to_check(db)] == [1, 4]
    assert list(store.claims(db, contains="Wednesday")) == []
    assert store.counts(db)["claims"] == 4


def test_claims_to_check_know_when_their_story_was_published(db: Database) -> None:
    checked = list(store.claims_to_check(db))
    assert [one.published for one in checked] == [WRAP.published, CHIPS.published, CHIPS.published, None]
    assert [one.claim for one in checked] == [claim for _, found in FOUND for claim in found["claims"]]


def test_more_claims_than_a_page_are_all_checked_while_verdicts_are_written(db: Database) -> None:
    many = Article(id="many", text="1% " * 250)
    claims = tuple(
        Claim(
            start=3 * n,
            end=3 * n + 2,
            text="1%",
            value=1,
            unit="percent",
            comparator="=",
            direction="up",
            measure="price",
            modality="actual",
        )
        for n in range(250)
    )
    run = store.start_run(db, FINGERPRINT, {}, NOW)
    version = store.save_article(db, many, NOW).version_id
    store.save_findings(db, version, Findings(id="many", fingerprint=FINGERPRINT, claims=claims), run)
    for number in [one.claim_id for one in store.claims_to_check(db)]:
        store.save_verdicts(db, [(number, Verdict(outcome="undecided", reason="no_prices"), None)], NOW)
    assert store.counts(db)["verdicts"] == 254


# -- a reader's day


def day_of(name: str, day: date) -> tuple[datetime, datetime, date]:
    zone = ZoneInfo(name)
    following = day + timedelta(days=1)
    return (
        datetime(day.year, day.month, day.day, tzinfo=zone),
        datetime(following.year, following.month, following.day, tzinfo=zone),
        day,
    )


DAYS = [
    ("UTC", date(2024, 7, 17), ["chips"]),
    ("UTC", date(2024, 7, 18), ["wrap"]),
    ("America/New_York", date(2024, 7, 17), ["chips", "wrap"]),
    ("America/New_York", date(2024, 7, 18), []),
    ("Pacific/Kiritimati", date(2024, 7, 17), ["chips"]),  # 14 hours ahead: this day ends before noon in UTC
    ("Pacific/Kiritimati", date(2024, 7, 18), ["wrap"]),
    ("Pacific/Pago_Pago", date(2024, 7, 17), ["chips", "wrap"]),
    ("Pacific/Pago_Pago", date(2024, 7, 16), []),
]


@pytest.mark.parametrize(("zone", "day", "expected"), DAYS)
def test_a_readers_day_is_their_zones(db: Database, zone: str, day: date, expected: list[str]) -> None:
    assert [article.id for _, article in store.articles_between(db, *day_of(zone, day))] == expected


@pytest.mark.parametrize(("moment", "expected"), [("00:00:00", 1), ("23:59:59.999999", 1), ("24", 0), ("before", 0)])
def test_midnight_belongs_to_the_day_that_begins(moment: str, expected: int) -> None:
    start, end, day = day_of("America/New_York", date(2024, 7, 17))
    published = {"24": end, "before": start - timedelta(microseconds=1)}.get(moment) or datetime.fromisoformat(
        f"2024-07-17T{moment}-04:00"
    )
    with store.open_db(":memory:") as db:
        store.save_article(db, Article(id="a", text="x", published=published), NOW)
        assert len(list(store.articles_between(db, start, end, day))) == expected


# -- words


@pytest.fixture(scope="module")
def empty() -> Iterator[Database]:
    with store.open_db(":memory:") as opened:
        yield opened


@given(asked=st.text() | st.text(alphabet='"*^:-+(){}NEAROTD \0'))
@settings(deadline=None, max_examples=300)
def test_no_words_of_a_user_break_the_search(empty: Database, asked: str) -> None:
    assert list(store.claims(empty, contains=asked)) == []


def test_half_a_character_in_a_question_is_an_answer_in_words(db: Database) -> None:
    with pytest.raises(StoreError, match="half a character"):
        list(store.claims(db, symbol="\udcff"))


def test_quotes_are_found_by_their_words_and_their_speaker(db: Database) -> None:
    for words in ("over", "ada pell"):
        sql = "SELECT text FROM quotes_fts WHERE quotes_fts MATCH ?"
        assert db.execute(sql, (words,)).fetchall() == [("“It’s not over,”",)]


# -- views and indexes

VIEWS = {
    "claims_view": [
        "Small caps rally",
        "11.5 percent",
        "Russell 2000 Index",
        "supported",
        "11.5 percent this year, said",
    ],
    "verdicts_view": ["Small caps rally", "Russell 2000 Index", "supported", "11.5 percent this year, said"],
    "mentions_view": ["Small caps rally", "^RUT", "Russell 2000 Index", "The 🚀 Russell 2000 rose"],
    "quotes_view": ["Small caps rally", "Ada Pell", "Pell Partners", "“It’s not over,” she said."],
    "sentiments_view": ["Small caps rally", "positive", "Russell 2000 Index", "“It’s not over,” she said."],
    "articles_view": ["Small caps rally", "2024-07-18T02:26:00+00:00", FINGERPRINT],
}


@pytest.mark.parametrize(("view", "expected"), VIEWS.items())
def test_a_person_can_read_the_views(db: Database, view: str, expected: list[str]) -> None:
    row = next(row for row in db.view(view).rows if row["article_id"] == "wrap")
    shown = "\n".join(str(value) for value in row.values())
    assert [words for words in expected if words not in shown] == []


@given(st.text(min_size=1, max_size=300, alphabet=st.characters(exclude_characters="\0", codec="utf-8")), st.data())
@settings(deadline=None, max_examples=30)
def test_the_context_is_the_words_around_the_record(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = Findings(
        id="a", fingerprint=FINGERPRINT, mentions=(Mention(start=start, end=end, text=text[start:end], symbol="X"),)
    )
    with store.open_db(":memory:") as db:
        version = store.save_article(db, Article(id="a", text=text), NOW).version_id
        store.save_findings(db, version, found, store.start_run(db, FINGERPRINT, {}, NOW))
        (row,) = db.view("mentions_view").rows
    around = text[max(0, start - 60) : end + 60].replace("\r", " ").replace("\n", " ")
    assert row["context"] == ("…" if start > 60 else "") + around + ("…" if end + 60 < len(text) else "")


def test_an_article_not_yet_processed_has_no_findings_and_a_missing_one_is_an_error(db: Database) -> None:
    version = store.save_article(db, Article(id="new", text="x", title="New"), NOW).version_id
    assert store.findings_of(db, version) == Findings(id="new", title="New", fingerprint="")
    assert store.verdicts_of(db, version) == ()
    with pytest.raises(StoreError, match="article version 99 is not in the database"):
        store.findings_of(db, 99)
