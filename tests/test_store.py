"""The database as a file: created, upgraded, refused; what is written into it is whole or absent."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from newsig import store
from newsig.errors import StoreError
from newsig.records import (
    Article,
    Claim,
    Credit,
    Failure,
    Findings,
    Instrument,
    Mention,
    Price,
    Quote,
    Segment,
    Sentiment,
    Span,
    Subscription,
    Topic,
    Verdict,
)
from newsig.store.schema import APPLICATION_ID, migrate, migrations
from tests.former import former_db

NOW = datetime(2024, 7, 18, 6, tzinfo=UTC)
TEXT = (
    "Small caps rallied again.\n“It is their turn,” said Ada Pell of Pell Partners. The Russell 2000 rose 1.5 percent."
)
ARTICLE = Article(
    id="wrap-1",
    text=TEXT,
    title="Small caps rally",
    published=datetime(2024, 7, 17, 22, 30, tzinfo=timezone(timedelta(hours=-4))),
    url="https://news.example/1",
    publisher="Example Wire",
    authors=("Ida Ross", "Zoë Bell"),
    origin="feed https://news.example/rss",
    dateline="NEW YORK, July 17 (Example Wire) –",
    credits=("By Ida Ross and Zoë Bell", "© Example Wire"),
)


def at(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def findings(fingerprint: str = "rules-1") -> Findings:
    return Findings(
        id=ARTICLE.id,
        fingerprint=fingerprint,
        title=ARTICLE.title,
        published=ARTICLE.published,
        mentions=(Mention(**at("Russell 2000"), symbol="^RUT", segment="small_caps"),),
        claims=(
            Claim(
                **at("1.5 percent"),
                value=1.5,
                unit="percent",
                comparator="=",
                direction="up",
                measure="price",
                modality="actual",
                subject=Span(**at("Russell 2000")),
                symbol="^RUT",
                segment="small_caps",
                base_date=date(2024, 7, 16),
                end_date=date(2024, 7, 17),
                period_basis="assumed",
                timing="close",
                source="Ada Pell",
            ),
        ),
        quotes=(
            Quote(
                **at("“It is their turn,”"),
                kind="direct",
                speaker="Ada Pell",
                organisation="Pell Partners",
                cue="said",
                about=(Topic(segment="small_caps"),),
            ),
        ),
        sentiments=(
            Sentiment(
                **at("Small caps rallied again."),
                target=Span(**at("Small caps")),
                label="positive",
                positive=0.8,
                neutral=0.15,
                negative=0.05,
                segment="small_caps",
            ),
        ),
        credits=(Credit(**at("Small caps rallied again."), kind="heading"),),
    )


def processed(db: Database, fingerprint: str = "rules-1") -> int:
    """The sample article with its findings in the database; the number of its version."""
    saved = store.save_article(db, ARTICLE, NOW)
    store.save_findings(db, saved.version_id, findings(fingerprint), store.start_run(db, fingerprint, {}, NOW))
    return saved.version_id


def content(db: Database) -> dict[str, list[Any]]:
    return {table: list(db.table(table).rows) for table in store.counts(db)}


# -- the file


def test_a_new_file_is_ready_and_careful(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "n.db") as db:
        pragmas = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout", "user_version", "application_id")
        found = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
        assert found == ["wal", 1, 2, 30_000, len(migrations()), APPLICATION_ID]
        assert set(store.counts(db).values()) == {0}


def test_an_empty_older_file_is_upgraded_in_place(tmp_path: Path) -> None:
    (tmp_path / "n.db").touch()
    with store.open_db(tmp_path / "n.db", create=False) as db:
        assert store.save_article(db, ARTICLE, NOW).status == "new"


EXTRA = "CREATE TABLE notes (id INTEGER PRIMARY KEY); ALTER TABLE feeds ADD COLUMN paused INTEGER;"


def test_an_older_file_keeps_its_rows_through_an_upgrade(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "n.db") as db:
        version = processed(db)
        store.add_feed(db, Subscription(url="https://news.example/rss", added_at=NOW))
        migrate(db, [*migrations(), EXTRA])
        assert db.execute("PRAGMA user_version").fetchone()[0] == len(migrations()) + 1
        assert store.findings_of(db, version) == findings()
        assert store.list_feeds(db) == [Subscription(url="https://news.example/rss", added_at=NOW)]


def test_a_file_of_the_first_schema_keeps_its_claims(tmp_path: Path) -> None:
    with store.open_db(":memory:") as db:
        columns = [name for name in db.table("claims").columns_dict if name not in NEWER]
    names = ", ".join(f'"{name}"' for name in columns)
    nulls = ", NULL" * (len(columns) - 12)
    rows = (
        "INSERT INTO articles VALUES ('a', NULL, NULL, NULL, 'now')",
        "INSERT INTO runs (id, fingerprint, newsig_version, details, started_at) VALUES (1, 'f', '1', '{}', 'now')",
        "INSERT INTO article_versions VALUES (1, 'a', 1, 1, 1, NULL, NULL, 'now', 'h', '[]', NULL, 'up 3%')",
        f"INSERT INTO claims ({names}) SELECT 1, 1, 1, 3, 5, '3%', 3, 'percent', '=', 'up', 'price', 'actual'{nulls}",
    )
    former_db(tmp_path / "n.db", 1, ";\n".join(rows))
    with store.open_db(tmp_path / "n.db") as db:
        assert [(row["text"], row["extreme"], row["since_date"]) for row in store.claims(db)] == [("3%", None, None)]


SECOND = """
INSERT INTO instruments (symbol, name) VALUES ('^RUT', 'Russell 2000');
INSERT INTO runs (id, fingerprint, newsig_version, details, started_at) VALUES (1, 'f', '1', '{}', '2024-07-18T06:00');
INSERT INTO articles VALUES ('a', NULL, NULL, NULL, 'now'), ('b', NULL, NULL, NULL, 'now');
INSERT INTO article_versions VALUES
  (1, 'a', 1, 1, 1, '2024-07-17', '2024-07-17T12:00:00+00:00', 'now', 'h', '[]', 'A', 'up 3%, she said. "So."'),
  (2, 'b', 1, 1, 1, '2024-07-18', '2024-07-18T12:00:00+00:00', 'now', 'h', '[]', 'B', 'It goes on.');
INSERT INTO sources VALUES
  (1, 'Ada Pell', 'person', 'chair', 'Pell Partners Inc', '2024-07-17T12:00:00+00:00', '2024-07-17T12:00:00+00:00'),
  (2, 'Ada B. Pell', 'person', NULL, 'Pell Partners', '2024-07-18T12:00:00+00:00', '2024-07-18T12:00:00+00:00'),
  (4, 'Old Bank', NULL, NULL, NULL, '2024-07-17T12:00:00+00:00', '2024-07-17T12:00:00+00:00');
INSERT INTO claims (version_id, run_id, start, "end", text, value, unit, comparator, direction, measure, modality,
    symbol, source, source_id)
  VALUES (1, 1, 3, 5, '3%', 3, 'percent', '=', 'up', 'price', 'actual', '^RUT', 'Old Bank', 4);
INSERT INTO quotes (version_id, run_id, start, "end", text, kind, speaker, speaker_type, role, organisation, source_id)
  VALUES (1, 1, 17, 22, '"So."', 'direct', 'Ada Pell', 'person', 'chair', 'Pell Partners Inc', 1),
  (2, 1, 0, 11, 'It goes on.', 'indirect', 'Ada B. Pell', 'person', NULL, 'Pell Partners', 2),
  (2, 1, 0, 10, 'It goes on', 'indirect', NULL, NULL, NULL, NULL, NULL);
"""
CARRIED = [
    ("Ada Pell", "Pell Partners Inc", 1, "Ada B. Pell"),
    ("Ada B. Pell", "Pell Partners", 1, "Ada B. Pell"),
    (None, None, None, None),
]


TENTH = """
INSERT INTO runs (id, fingerprint, newsig_version, details, started_at) VALUES (1, 'f', '1', '{}', '2024-07-18T06:00');
INSERT INTO articles (id, first_seen) VALUES ('a', 'now');
INSERT INTO article_versions (id, article_id, version, current, run_id, seen_at, content_hash, authors, text)
  VALUES (1, 'a', 1, 1, 1, 'now', 'h', '[]', 'up 3%, then 4%');
INSERT INTO claims (version_id, run_id, start, "end", text, value, unit, comparator, direction, measure, modality)
  VALUES (1, 1, 3, 5, '3%', 3, 'percent', '=', 'up', 'price', 'actual'),
  (1, 1, 12, 14, '4%', 4, 'percent', '=', 'up', 'price', 'actual');
INSERT INTO verdicts (claim_id, outcome, solved, checked_at) VALUES (2, 'undecided', 0, 'now');
"""


def test_a_file_of_the_tenth_schema_knows_which_claims_have_no_verdict(tmp_path: Path) -> None:
    def waiting() -> list[int]:
        return [one.claim_id for one in store.claims_to_check(db, new_only=True)]

    with store.open_db(former_db(tmp_path / "n.db", 10, TENTH)) as db:
        assert waiting() == [1]
        store.save_verdicts(db, [(1, Verdict(outcome="undecided"), None)], NOW)
        assert waiting() == []
        db.execute("DELETE FROM verdicts WHERE claim_id = 2")
        assert waiting() == [2]
        db.execute("DELETE FROM claims WHERE id = 1")
        db.execute("DELETE FROM claims WHERE id = 2")
        assert waiting() == []


def test_a_file_of_the_second_schema_keeps_its_quotes_and_joins_its_sources(tmp_path: Path) -> None:
    with store.open_db(former_db(tmp_path / "n.db", 2, SECOND)) as db:
        told = db.execute("SELECT speaker, organisation, source_id, source FROM quotes_view ORDER BY quote_id")
        assert told.fetchall() == CARRIED
        assert db.execute("SELECT source, source_id FROM claims_view").fetchall() == [("Old Bank", 4)]
        assert db.execute("SELECT * FROM sources ORDER BY id").fetchall() == [
            (1, "Ada B. Pell", "person", "chair", "Pell Partners", f"2024-07-17{NOON}", f"2024-07-18{NOON}"),
            (4, "Old Bank", None, None, None, f"2024-07-17{NOON}", f"2024-07-17{NOON}"),
        ]
        (made,) = store.source_merges(db)
        assert (made["kept_id"], made["merged_id"], made["made_by"]) == (1, 2, "rule")
        assert made["forms"] == "Ada B. Pell (Pell Partners)"
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (quote,) = store.findings_of(db, 1).quotes
        assert (quote.text, quote.role, quote.about, quote.horizon, quote.attribution) == (
            '"So."',
            "chair",
            (),
            None,
            None,
        )
        assert store.unmerge_sources(db, made["merge_id"], NOW) == 2
        assert [row["id"] for row in db.table("sources").rows] == [1, 2, 4]


NOON = "T12:00:00+00:00"
NEWER = ("extreme", "compared", "reach", "since_date", "source_name_id")
"""Columns of claims that came after the first schema."""


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "n.db") as db:
        before = db.schema
        with pytest.raises(StoreError):
            migrate(db, [*migrations(), "CREATE TABLE notes (id INTEGER); CREATE TABLE articles (id INTEGER);"])
        assert db.schema == before
        assert db.execute("PRAGMA user_version").fetchone()[0] == len(migrations())


def write_newer(path: Path) -> None:
    with store.open_db(path) as db:
        migrate(db, [*migrations(), EXTRA])


def write_foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE articles (a)")
    connection.close()


KNOWN = len(migrations())
REFUSED: list[tuple[Callable[[Path], object], str]] = [
    (write_newer, f"was written by a newer newsig (schema {KNOWN + 1}, this one knows {KNOWN}): upgrade newsig"),
    (write_foreign, "is another program's database: choose another file"),
    (lambda path: path.write_text("title,text\n" * 500), "is no SQLite database: choose another file"),
    (lambda path: path.mkdir(), "cannot be opened: check that its folder exists"),
]


@pytest.mark.parametrize(("make", "sentence"), REFUSED)
def test_a_file_that_is_not_ours_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], object], sentence: str
) -> None:
    path = tmp_path / "other.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as caught:
        store.open_db(path)
    assert str(caught.value).startswith(f"{path} {sentence}")
    assert before == (path.read_bytes() if path.is_file() else None)


def test_a_missing_file_is_made_only_where_that_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no database at .*: .*newsig ingest"):
        store.open_db(tmp_path / "none.db", create=False)
    with pytest.raises(StoreError, match="cannot be opened: check that its folder exists"):
        store.open_db(tmp_path / "no folder" / "none.db")
    assert list(tmp_path.iterdir()) == []


# -- articles and findings


def test_an_article_is_new_then_unchanged_then_revised() -> None:
    revised = Article(id="wrap-1", text="Corrected.", published=date(2024, 7, 18))
    same_moment = ARTICLE.published.astimezone(UTC) if isinstance(ARTICLE.published, datetime) else None
    with store.open_db(":memory:") as db:
        assert store.save_article(db, ARTICLE, NOW).status == "new"
        again = Article(id=ARTICLE.id, text=TEXT, title=ARTICLE.title, published=same_moment, dateline=ARTICLE.dateline)
        assert store.save_article(db, again, NOW).status == "unchanged"
        assert store.save_article(db, revised, NOW).status == "revised"
        assert store.save_article(db, ARTICLE, NOW).status == "revised"
        stored = list(db.query("SELECT version, current, published_utc FROM article_versions ORDER BY id"))
    moment = "2024-07-18T02:30:00+00:00"
    assert [tuple(row.values()) for row in stored] == [
        (1, 0, moment),
        (2, 0, "2024-07-18T12:00:00+00:00"),
        (3, 1, moment),
    ]


def test_the_same_fingerprint_changes_nothing_and_another_replaces() -> None:
    with store.open_db(":memory:") as db:
        version = processed(db, "rules-1")
        store.save_verdicts(db, [(1, Verdict(outcome="supported"), "sample")], NOW)
        before = content(db) | {"runs": []}
        assert list(store.unprocessed(db, "rules-1")) == []
        second = store.start_run(db, "rules-1", {}, NOW)
        assert not store.save_findings(db, version, findings("rules-1"), second)
        assert content(db) | {"runs": []} == before

        assert [article for _, article in store.unprocessed(db, "rules-2")] == [ARTICLE]
        third = store.start_run(db, "rules-2", {}, NOW)
        bare = Findings(id=ARTICLE.id, fingerprint="rules-2", title=ARTICLE.title, published=ARTICLE.published)
        assert store.save_findings(db, version, bare, third)
        assert store.findings_of(db, version) == bare
        counts = store.counts(db)
        gone = (
            "mentions",
            "claims",
            "quotes",
            "quote_topics",
            "sentiments",
            "credits",
            "verdicts",
            "sources",
            "source_names",
        )
        assert [counts[table] for table in gone] == [0] * len(gone)
        assert counts["runs"] == 3


def test_another_dateline_is_another_version_other_credits_are_not() -> None:
    with store.open_db(":memory:") as db:
        assert store.save_article(db, ARTICLE, NOW).status == "new"
        assert store.save_article(db, replace(ARTICLE, credits=()), NOW).status == "unchanged"
        assert store.save_article(db, replace(ARTICLE, dateline="LONDON –"), NOW).status == "revised"
        (_, stored), *_ = store.unprocessed(db, "rules-1")
        assert (stored.dateline, stored.credits) == ("LONDON –", ARTICLE.credits)


def test_credits_are_kept_and_shown() -> None:
    found = replace(findings(), mentions=(), claims=(), quotes=(), sentiments=())
    with store.open_db(":memory:") as db:
        version = store.save_article(db, ARTICLE, NOW).version_id
        assert store.save_findings(db, version, found, store.start_run(db, found.fingerprint, {}, NOW))
        assert store.findings_of(db, version) == found
        (shown,) = db.query("SELECT title, kind, text, context FROM credits_view")
        assert list(shown.values())[:3] == [ARTICLE.title, "heading", "Small caps rallied again."]
        assert shown["context"].startswith("Small caps rallied again. “It is their turn,”")
        store.save_article(db, Article(id=ARTICLE.id, text="Corrected."), NOW)
        assert list(db.query("SELECT * FROM credits_view")) == []


def test_a_source_is_one_person_across_stories() -> None:
    with store.open_db(":memory:") as db:
        processed(db)
        text = "“Fine,” said Ada Pell."
        other = Article(id="wrap-2", text=text, published=date(2024, 7, 20))
        run = store.start_run(db, "rules-1", {}, NOW)
        quote = Quote(
            start=0,
            end=7,
            text="“Fine,”",
            kind="direct",
            speaker="Ada Pell",
            role="chair",
            organisation="Pell Partners",
        )
        found = Findings(id="wrap-2", fingerprint="rules-1", published=other.published, quotes=(quote,))
        store.save_findings(db, store.save_article(db, other, NOW).version_id, found, run)
        (source,) = db.table("sources").rows
    assert (source["name"], source["organisation"], source["role"]) == ("Ada Pell", "Pell Partners", "chair")
    assert (source["first_seen"], source["last_seen"]) == ("2024-07-18T02:30:00+00:00", "2024-07-20T12:00:00+00:00")


MISFITS = [
    (lambda: Findings(id="other", fingerprint="rules-1"), "has no version"),
    (lambda: Findings(id=ARTICLE.id, fingerprint="rules-9"), "is not of the fingerprint 'rules-9'"),
    (
        lambda: Findings(id=ARTICLE.id, fingerprint="rules-1", mentions=(Mention(start=1, end=4, text="Sma"),)),
        "the text at 1:4 is 'mal', but the record says 'Sma'",
    ),
    (
        lambda: Findings(id=ARTICLE.id, fingerprint="rules-1", mentions=(Mention(start=4, end=4, text=""),)),
        "does not fit the tables",
    ),
]


@pytest.mark.parametrize(("make", "sentence"), MISFITS)
def test_findings_that_do_not_fit_are_refused_whole(make: Callable[[], Findings], sentence: str) -> None:
    with store.open_db(":memory:") as db:
        version = store.save_article(db, ARTICLE, NOW).version_id
        run = store.start_run(db, "rules-1", {}, NOW)
        before = content(db)
        with pytest.raises(StoreError, match=sentence):
            store.save_findings(db, version, make(), run)
        assert content(db) == before


UNHOLDABLE = [
    (Article(id="half", text="a \ud83d b"), "article 'half': the text holds '\\ud83d', half a character"),
    (Article(id="half-title", text="a", title="\udcff"), "article 'half-title': the text holds '\\udcff'"),
    (
        Article(id="early", text="a", published=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))),
        "article 'early': its date",
    ),
]


@pytest.mark.parametrize(("article", "sentence"), UNHOLDABLE)
def test_an_article_that_no_file_can_hold_is_named(article: Article, sentence: str) -> None:
    with store.open_db(":memory:") as db:
        with pytest.raises(StoreError) as caught:
            store.save_article(db, article, NOW)
        assert str(caught.value).startswith(sentence)
        assert store.counts(db)["articles"] == 0


# -- round trip

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
names = st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
symbols = st.none() | st.sampled_from(["^RUT", "^rut", "MSFT", "VOD.L", "EURUSD=X"])
segments = st.none() | st.sampled_from(["small_caps", "mega_caps"])
days = st.none() | st.dates()
numbers = st.floats(min_value=0, allow_infinity=False)
zones = st.builds(lambda minutes: timezone(timedelta(minutes=minutes)), st.integers(-14 * 60, 14 * 60))
moments = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1), timezones=zones)


@st.composite
def processed_articles(draw: st.DrawFn) -> tuple[Article, Findings]:
    text = draw(texts.filter(bool))
    article = Article(
        id=draw(texts.filter(bool)),
        text=text,
        title=draw(names),
        published=draw(st.none() | st.dates() | moments),
        url=draw(names),
        publisher=draw(names),
        authors=tuple(draw(st.lists(texts, max_size=2))),
        origin=draw(names),
        dateline=draw(names),
        credits=tuple(draw(st.lists(texts, max_size=2))),
    )

    def place() -> dict[str, Any]:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return {"start": start, "end": end, "text": text[start:end]}

    def span() -> Span | None:
        return Span(**place()) if draw(st.booleans()) else None

    def some(make: Callable[[], Any]) -> tuple[Any, ...]:
        return tuple(make() for _ in range(draw(st.integers(0, 3))))

    def claim() -> Claim:
        return Claim(
            **place(),
            value=draw(numbers),
            unit=draw(st.sampled_from(["percent", "bp", "times", "index", "usd", "rank", "sessions"])),
            comparator=draw(st.sampled_from(["=", ">", "~"])),
            direction=draw(st.sampled_from(["up", "down", "flat"])),
            measure=draw(st.sampled_from(["price", "level", "market_cap", "superlative", "streak"])),
            modality="actual",
            subject=span(),
            symbol=draw(symbols),
            segment=draw(segments),
            hedge=draw(names),
            period=span(),
            period_basis=draw(st.sampled_from([None, "stated"])),
            base_date=draw(days),
            end_date=draw(days),
            timing=draw(st.sampled_from([None, "close"])),
            source=draw(names),
            extreme=draw(st.sampled_from([None, "highest"])),
            compared=draw(st.sampled_from([None, "close"])),
            reach=draw(st.sampled_from([None, "since"])),
            since_date=draw(days),
        )

    def quote() -> Quote:
        return Quote(
            **place(),
            kind="indirect",
            speaker=draw(names),
            speaker_type=draw(st.sampled_from([None, "person"])),
            role=draw(names),
            organisation=draw(names),
            cue=draw(names),
            attribution=span(),
            stance=draw(st.sampled_from([None, "hope"])),
            about=some(lambda: Topic(symbol=draw(symbols), segment=draw(segments))),
            horizon=span(),
            horizon_date=draw(days),
        )

    def sentiment() -> Sentiment:
        shares = draw(st.tuples(numbers, numbers, numbers))
        return Sentiment(
            **place(),
            target=Span(**place()),
            label="neutral",
            **dict(zip(("positive", "neutral", "negative"), shares, strict=True)),
            symbol=draw(symbols),
            segment=draw(segments),
            holder=draw(names),
            basis=draw(st.text()),
        )

    found = Findings(
        id=article.id,
        fingerprint=draw(st.text(min_size=1)),
        title=article.title,
        published=article.published,
        mentions=some(lambda: Mention(**place(), symbol=draw(symbols), segment=draw(segments))),
        claims=some(claim),
        quotes=some(quote),
        sentiments=some(sentiment),
        credits=some(lambda: Credit(**place(), kind=draw(st.sampled_from(["byline", "credit", "caption"])))),
    )
    return article, found


@given(processed_articles())
@settings(deadline=None, max_examples=60)
def test_what_is_saved_is_what_is_read(pair: tuple[Article, Findings]) -> None:
    article, found = pair
    with store.open_db(":memory:") as db:
        version = store.save_article(db, article, NOW).version_id
        assert list(store.unprocessed(db, found.fingerprint)) == [(version, article)]
        assert store.save_findings(db, version, found, store.start_run(db, found.fingerprint, {}, NOW))
        assert store.findings_of(db, version) == found
        assert [one.claim for one in store.claims_to_check(db)] == list(found.claims)
        db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")
        db.execute("INSERT INTO quotes_fts(quotes_fts, rank) VALUES ('integrity-check', 1)")


@given(
    st.builds(
        Verdict,
        outcome=st.sampled_from(["supported", "undecided"]),
        rung=names,
        reason=names,
        actual=st.none() | st.floats(allow_nan=False),
        tolerance=st.none() | st.tuples(numbers, numbers),
        base_date=days,
        end_date=days,
        formula=names,
        price_hash=names,
        solved=st.booleans(),
        chance=st.none() | numbers,
    )
)
@settings(deadline=None, max_examples=40)
def test_a_verdict_is_read_as_it_was_saved(verdict: Verdict) -> None:
    with store.open_db(":memory:") as db:
        version = processed(db)
        assert store.verdicts_of(db, version) == (None,)
        (number,) = (one.claim_id for one in store.claims_to_check(db))
        assert store.save_verdicts(db, [(number, Verdict(outcome="refuted"), None), (number, verdict, None)], NOW) == 2
        assert store.save_verdicts(db, [(number + 1, verdict, None)], NOW) == 0
        assert store.verdicts_of(db, version) == (verdict,)


# -- whole or not at all


def process_and_fail(db: Database) -> None:
    with store.transaction(db):
        processed(db)
        store.save_findings(db, 99, findings(), 1)


def test_an_error_inside_a_transaction_leaves_nothing(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "n.db") as db:
        before = content(db)
        with pytest.raises(StoreError, match="no version"):
            process_and_fail(db)
        assert content(db) == before
        assert not db.conn.in_transaction


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from newsig import store
from newsig.records import Article

db = store.open_db(sys.argv[1])
store.save_article(db, Article(id="kept", text="one"), datetime.now(UTC))
with store.transaction(db):
    store.save_article(db, Article(id="lost", text="two"), datetime.now(UTC))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_program_killed_while_it_writes_leaves_whole_articles_only(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "n.db")], check=False)  # noqa: S603
    assert done.returncode == -9
    with store.open_db(tmp_path / "n.db", create=False) as db:
        assert [article.id for _, article in store.unprocessed(db, "any")] == ["kept"]
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def in_threads(count: int, work: Callable[[int], None]) -> list[BaseException]:
    """Run ``work`` in so many threads that start together; the errors that it raised."""
    barrier, errors = threading.Barrier(count), list[BaseException]()

    def guarded(number: int) -> None:
        try:
            barrier.wait()
            work(number)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.parametrize("attempt", range(5))
def test_writers_that_create_the_file_at_once_lose_nothing(tmp_path: Path, attempt: int) -> None:
    path = tmp_path / f"{attempt}.db"

    def write(number: int) -> None:
        with store.open_db(path) as db:
            for serial in range(10):
                store.save_article(db, Article(id=f"{number}-{serial}", text="words"), NOW)
                store.save_prices(db, [Price(symbol=f"S{number}", day=date(2024, 7, 1 + serial), close=1.0)], "test")
                store.record_failure(db, Failure(stage="ingest", place="a.json", reason="no text"), NOW)

    assert in_threads(6, write) == []
    with store.open_db(path, create=False) as db:
        counts = store.counts(db)
        assert (counts["articles"], counts["prices"], counts["failures"]) == (60, 60, 1)
        assert next(db.table("failures").rows)["seen"] == 60


def test_who_comes_while_another_creates_the_file_waits(tmp_path: Path) -> None:
    path, errors = tmp_path / "n.db", list[StoreError]()

    def open_and_close() -> None:
        try:
            store.open_db(path).close()
        except StoreError as error:
            errors.append(error)

    creator = sqlite3.connect(path)
    creator.execute("BEGIN IMMEDIATE")
    second = threading.Thread(target=open_and_close)
    second.start()
    second.join(timeout=0.2)
    assert second.is_alive()
    creator.close()
    second.join()
    assert errors == []


def test_two_runs_at_once_process_an_article_once(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "n.db") as db:
        version = store.save_article(db, ARTICLE, NOW).version_id
    changed: list[bool] = []

    def process(_: int) -> None:
        with store.open_db(tmp_path / "n.db") as db:
            run = store.start_run(db, "rules-1", {}, NOW)
            changed.append(store.save_findings(db, version, findings(), run))

    assert in_threads(4, process) == []
    assert sorted(changed) == [False, False, False, True]


def test_a_writer_that_waited_in_vain_says_so(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "n.db") as one, store.open_db(tmp_path / "n.db") as two:
        two.execute("PRAGMA busy_timeout = 50")
        with (
            store.transaction(one),
            pytest.raises(StoreError, match=r"article 'wrap-1': .*n\.db is being written to by"),
        ):
            store.save_article(two, ARTICLE, NOW)
        assert store.save_article(two, ARTICLE, NOW).status == "new"


REFERENCES = [
    "INSERT INTO prices (symbol, day, close, source) VALUES ('NONE', '2024-07-18', 1, 'x')",
    "INSERT INTO claims SELECT 9, 99, 1, 0, 1, 'x', 1, 'percent', '=', 'up', 'price', 'actual' " + ", NULL" * 19,
    "INSERT INTO verdicts (claim_id, outcome, solved, checked_at) VALUES (99, 'refuted', 0, 'now')",
    "UPDATE mentions SET symbol = 'NONE'",
    "UPDATE sentiments SET segment = 'none'",
    "UPDATE quotes SET source_name_id = 99",
    "UPDATE claims SET source_name_id = 99",
    "UPDATE source_names SET source_id = 99",
    "UPDATE quote_topics SET segment = 'none'",
    "UPDATE article_versions SET run_id = 99",
    "DELETE FROM instruments",
    "DELETE FROM runs",
    "DELETE FROM sources",
    "DELETE FROM source_names",
]


@pytest.mark.parametrize("sql", REFERENCES)
def test_no_row_points_at_nothing(sql: str) -> None:
    with store.open_db(":memory:") as db:
        processed(db)
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY constraint failed"):
            db.execute(sql)


def test_an_article_leaves_with_all_that_hangs_on_it() -> None:
    with store.open_db(":memory:") as db:
        processed(db)
        store.save_verdicts(db, [(1, Verdict(outcome="supported"), "sample")], NOW)
        db.execute("DELETE FROM articles")
        counts = store.counts(db)
        left = ("article_versions", "mentions", "claims", "quotes", "quote_topics", "sentiments", "credits", "verdicts")
        assert [counts[table] for table in left] == [0] * len(left)
        for index in ("articles_fts", "quotes_fts"):
            assert db.execute(f"SELECT count(*) FROM {index} WHERE {index} MATCH 'small OR turn'").fetchone() == (0,)  # noqa: S608


# -- instruments, prices, runs, failures, feeds

RUSSELL = Instrument(symbol="^RUT", name="Russell 2000", kind="index", market="XNYS", segment="small_caps")
SMALL = Segment(id="small_caps", name="Small caps", proxy="^RUT", fund="IWM")


def test_the_instrument_table_fills_in_what_was_only_named(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "n.db") as db:
        store.save_prices(db, [Price(symbol="^rut", day=date(2024, 7, 17), close=2239.0)], "test")
        store.sync_instruments(db, [RUSSELL], [SMALL])
        named = dict(db.execute("SELECT symbol, name FROM instruments").fetchall())
        assert named == {"^RUT": "Russell 2000", "IWM": "IWM"}
        store.sync_instruments(db, [Instrument(symbol="^RUT", name="R2K", kind="index", market="XNYS")], [])
        assert db.execute("SELECT name, segment FROM instruments WHERE symbol = '^RUT'").fetchall() == [("R2K", None)]


def test_a_table_already_there_is_not_written_again(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "n.db") as db, store.open_db(tmp_path / "n.db") as other:
        store.sync_instruments(db, [RUSSELL], [SMALL])
        db.execute("PRAGMA busy_timeout = 50")
        with store.transaction(other):  # a write would have to wait for this one, and fail
            store.sync_instruments(db, [RUSSELL], [SMALL])
        assert store.counts(db)["instruments"] == 2


def test_prices_are_kept_once_a_day_and_read_back() -> None:
    july = [
        Price(symbol="^RUT", day=date(2024, 7, 1) + timedelta(days=n), close=2000.0 + n, volume=5e9) for n in range(9)
    ]
    better = Price(symbol="^RUT", day=date(2024, 7, 3), close=2036.6, open=2033.0, adj_close=2036.6)
    with store.open_db(":memory:") as db:
        assert store.price_range(db) is None
        assert store.save_prices(db, july, "sample") == 9
        assert store.save_prices(db, [better], "other") == 1
        assert store.bars(db, "^rut", date(2024, 7, 2), date(2024, 7, 4)) == [july[1], better, july[3]]
        assert store.bars(db, "^GSPC", date(2024, 7, 2), date(2024, 7, 4)) == []
        assert store.price_range(db) == (date(2024, 7, 1), date(2024, 7, 9))


def test_prices_before_an_error_stay() -> None:
    def given_prices() -> Any:
        for number in range(7000):
            yield Price(symbol="MSFT", day=date(2000, 1, 1) + timedelta(days=number), close=1.0)
        raise OSError("the file ends here")

    with store.open_db(":memory:") as db:
        with pytest.raises(OSError, match="ends here"):
            store.save_prices(db, given_prices(), "sample")
        assert store.counts(db)["prices"] == 5000


def test_a_run_is_opened_and_closed() -> None:
    with store.open_db(":memory:") as db:
        run = store.start_run(db, "rules-1", {"model": "small", "calendar": "4.13"}, NOW)
        store.finish_run(db, run, finished_at=NOW + timedelta(minutes=1), articles=12, failures=1)
        (row,) = db.table("runs").rows
    assert row["details"] == '{"calendar": "4.13", "model": "small"}'
    assert (row["finished_at"], row["articles"], row["failures"]) == ("2024-07-18T06:01:00+00:00", 12, 1)


def test_a_failure_met_again_is_counted_not_doubled() -> None:
    odd = Failure(stage="ingest", place=os.fsdecode(b"caf\xe9.json:3"), reason="this line is no JSON")
    with store.open_db(":memory:") as db:
        store.record_failure(db, odd, NOW)
        store.record_failure(db, odd, NOW + timedelta(days=1), store.start_run(db, "rules-1", {}, NOW))
        (row,) = db.table("failures").rows
    assert (row["place"], row["seen"], row["at"][:10], row["run_id"]) == ("caf\\udce9.json:3", 2, "2024-07-19", 1)


def test_feeds_are_added_once_and_kept_as_they_are() -> None:
    first = Subscription(url="https://news.example/rss", added_at=NOW, title="Wire")
    later = NOW + timedelta(hours=1)
    full = replace(
        first,
        address="https://news.example/feed",
        etag='W/"é"',
        last_modified="Thu",
        status=503,
        error="busy",
        failing=2,
        moving_to="https://other.example/",
        moves=1,
        **dict.fromkeys(("fetched_at", "whole_at", "last_new_at", "not_before", "stopped_at"), later),
    )
    with store.open_db(":memory:") as db:
        assert [store.add_feed(db, first), store.add_feed(db, replace(first, title=None))] == [True, False]
        store.save_feed(db, full)
        assert store.list_feeds(db) == [full]
        store.add_feed(db, replace(first, private=True, title="New"))
        assert store.list_feeds(db) == [replace(full, private=True, title="New", stopped_at=None, failing=0)]
        assert [store.remove_feed(db, first.url), store.remove_feed(db, first.url)] == [True, False]
        store.save_feed(db, full)  # removed meanwhile
        assert store.list_feeds(db) == []


def test_entries_and_hosts_are_kept_as_they_are() -> None:
    url = "https://news.example/rss"
    taken = store.TakenEntry(entry="e1", digest="d1", tries=2, not_before=NOW)
    with store.open_db(":memory:") as db:
        store.save_entry(db, url, taken, NOW)  # of a feed that was removed meanwhile
        store.add_feed(db, Subscription(url=url, added_at=NOW))
        assert store.taken_entries(db, url, ["e1"]) == {}
        store.save_entry(db, url, taken, NOW)
        changed = replace(taken, digest="d2", tries=0, not_before=None, from_page=True)
        store.save_entry(db, url, changed, NOW)
        assert store.taken_entries(db, url, ["e1", "e2"]) == {"e1": changed}
        assert store.host(db, "news.example") == store.Host(host="news.example")
        known = store.Host(host="news.example", not_before=NOW, robots="", robots_at=NOW)
        store.save_host(db, known)
        assert store.host(db, "news.example") == known


KEPT = [(b"", b""), (b"<rss>", b"<rss>"), (b"x" * 3_000_000, b"x" * 1024 * 1024)]


@pytest.mark.parametrize(("body", "kept"), KEPT)
def test_what_could_not_be_read_is_kept_up_to_a_limit(body: bytes, kept: bytes) -> None:
    failure = Failure(stage="collect", place="caf\udce9", reason="is no feed")
    with store.open_db(":memory:") as db:
        store.keep_body(db, failure, body, "text/xml", NOW)  # of no failure that is stored
        store.record_failure(db, failure, NOW)
        for content in (b"earlier", body):
            store.keep_body(db, failure, content, "text/xml", NOW)
        ((size, stored),) = db.execute("SELECT size, body FROM failed_bodies").fetchall()
        assert (size, zlib.decompress(stored)) == (len(body), kept)
