"""The indexes that answer questions: none goes over all claims, statements, articles, verdicts or sentences of tone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from benchmarks.invented import archive, fill
from newsig import run, store
from newsig.report.digest import day_bounds
from newsig.store import listings, toning
from newsig.store.copies import unsketched
from newsig.store.finding import Listing, listed, numbers

DAY = date(2015, 3, 4)
LATER = date(2016, 9, 1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SMALL = re.compile(
    r"SCAN (\(subquery-\d+\)|(source_names|who|json_each|reached|listed|told|about|[bjtf]|articles_fts|quotes_fts)\b.*)"
)
"""What may be gone over: people and organisations, what was found before, thousands of rows by their days, and full
text, which is an index itself."""

MADE = archive(1)
SYMBOL = MADE.things[0].symbol
SEGMENT = next(thing.segment for thing in MADE.things if thing.segment)
NAME, HOUSE = MADE.people[0]
WORD = MADE.words[0]


@pytest.fixture(scope="module")
def db() -> Iterator[Database]:
    with store.open_db(":memory:") as filled:
        fill(filled, 2_000)
        yield filled


INDEXED: list[tuple[Callable[[Database], Any], str]] = [
    (lambda db: store.claims(db, symbol=SYMBOL), "claims_as_listed_by_symbol (symbol=?)"),
    (lambda db: store.claims(db, symbol=SYMBOL, as_of=LATER), "claims_as_listed_by_symbol (symbol=?)"),
    (lambda db: store.claims(db, symbol=SYMBOL, since=DAY, until=DAY), "claims_by_version (version_id=? AND symbol=?)"),
    (lambda db: store.claims(db, symbol=SYMBOL, verdict="refuted"), "claims_as_listed_by_symbol (symbol=?)"),
    (lambda db: store.claims(db, segment=SEGMENT), "claims_by_segment (segment=?)"),
    (lambda db: store.claims(db, source=NAME), "claims_by_source (source_name_id=?)"),
    (lambda db: store.claims(db, source=HOUSE, since=DAY), "claims_by_source (source_name_id=?)"),
    (lambda db: store.claims(db, verdict="refuted"), "verdicts_by_outcome (outcome=?)"),
    (lambda db: store.claims(db, since=DAY), "versions_by_published (published_utc>?"),
    (lambda db: store.claims(db, since=DAY, as_of=LATER), "versions_by_published (published_utc>?"),
    (lambda db: store.claims(db, contains=WORD), "claims_by_version (version_id=?)"),
    (lambda db: store.claims(db, contains=WORD, as_of=LATER), "claims_by_version (version_id=?)"),
    (lambda db: store.claims(db, contains=WORD, symbol=SYMBOL), "versions_at_a_glance (id=? AND current=?)"),
    (lambda db: store.verdicts(db, outcome="refuted"), "verdicts_by_outcome (outcome=?)"),
    (lambda db: store.verdicts(db, symbol=SYMBOL), "claims_as_listed_by_symbol (symbol=?)"),
    (lambda db: store.verdicts(db, since=DAY, until=DAY), "versions_by_published (published_utc>?"),
    (lambda db: store.quotes(db, speaker=NAME), "quotes_by_source (source_name_id=?)"),
    (lambda db: store.quotes(db, organisation=HOUSE), "quotes_by_source (source_name_id=?)"),
    (lambda db: store.quotes(db, about=SYMBOL), "quote_topics_by_symbol (symbol=?)"),
    (lambda db: store.quotes(db, about=SEGMENT), "quote_topics_by_segment (segment=?)"),
    (lambda db: store.quotes(db, since=DAY, until=DAY), "versions_by_published (published_utc>?"),
    (lambda db: store.quotes(db, contains=WORD), "versions_at_a_glance (id=? AND current=?)"),
    (lambda db: store.sources(db, contains=NAME), "quotes_by_source (source_name_id=?)"),
    (lambda db: store.sources(db, organisation=HOUSE), "claims_by_source (source_name_id=?)"),
    (lambda db: store.sources(db, about=SYMBOL), "quotes_at_a_glance (id=?"),
    (lambda db: store.sources(db, about=SYMBOL), "claims_of_sources_by_symbol (symbol=?"),
    (lambda db: store.sources(db, about=SEGMENT), "claims_of_sources_by_segment (segment=?"),
    (lambda db: store.articles_between(db, *day_bounds(DAY, ZoneInfo("UTC")), DAY), "versions_by_published (published"),
    (lambda db: store.verdicts_of(db, 1), "claims_by_version (version_id=?)"),
    (lambda db: [store.findings_of(db, 1)], "sentiments_by_version (version_id=?)"),
    (lambda db: store.toned(db, SYMBOL), "sentiments_by_symbol (symbol=?)"),
    (lambda db: store.toned(db, SEGMENT, since=DAY, until=LATER), "sentiments_by_segment (segment=?)"),
    (lambda db: [store.waiting(db, since=DAY, until=LATER)], "unread_versions (published_utc>?"),
    (lambda db: store.statements(db, speaker=NAME), "quotes_by_source (source_name_id=?)"),
    (lambda db: store.statements(db, since=DAY, until=LATER), "versions_by_published (published_utc>?"),
    (lambda db: [run.scorecard(db, now=NOW, name=NAME)], "quotes_by_source (source_name_id=?)"),
    (lambda db: store.read_texts(db, since=DAY, until=DAY), "versions_by_published (published_utc>?"),
    (lambda db: [run.clusters(db, article="story-7")], "c USING PRIMARY KEY (version_id=?)"),
    (lambda db: store.claims_to_check(db, new_only=True), "n USING INTEGER PRIMARY KEY (rowid>?)"),
    (lambda db: store.claims_to_check(db), "c USING INTEGER PRIMARY KEY (rowid>?)"),
    (lambda db: store.unprocessed(db, "other"), "versions_at_a_glance (id>?"),
    (unsketched, "versions_at_a_glance (id>?"),
    (
        lambda db: db.query("SELECT * FROM claims_view WHERE symbol = ? AND end_date = ?", [SYMBOL, "2015-03-04"]),
        "claims_by_symbol (symbol=? AND end_date=?)",
    ),
    (lambda db: db.query("SELECT * FROM mentions_view WHERE symbol = ?", [SYMBOL]), "mentions_by_symbol (symbol=?)"),
]


def plans(db: Database, ask: Callable[[Database], Any]) -> list[str]:
    """The steps of whatever statements a question comes to."""
    asked: list[tuple[str, Any]] = []
    with db.tracer(lambda sql, parameters: asked.append((sql, parameters))):
        list(ask(db))
    return [row[3] for sql, given in asked for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", given or ())]


@pytest.mark.parametrize(("ask", "index"), INDEXED)
def test_questions_are_answered_by_an_index(db: Database, ask: Callable[[Database], Any], index: str) -> None:
    steps = plans(db, ask)
    assert [step for step in steps if index in step and step.startswith("SEARCH")] != []
    assert [step for step in steps if step.startswith("SCAN") and not SMALL.fullmatch(step)] == []


CLAIM_QUESTIONS: list[dict[str, Any]] = [
    {"symbol": SYMBOL},
    {"symbol": SYMBOL.lower(), "outcome": "supported"},
    {"symbol": SYMBOL, "days": ("2010-01-01", "2019-12-31T24")},
    {"symbol": SYMBOL, "contains": WORD},
    {"outcome": "undecided", "days": ("2010-01-01", "2019-12-31T24"), "direction": "up"},
    {"contains": WORD, "days": ("2010-01-01", "2019-12-31T24"), "minimum": 2.0},
    {"source": "[1, 2, 3]", "measure": "price"},
    {"segment": SEGMENT, "source": "[1, 2, 3, 4, 5, 6, 7, 8, 9]"},
]
QUOTE_QUESTIONS: list[dict[str, Any]] = [
    {"about": SYMBOL, "speaker": "[1, 2, 3, 4, 5, 6]"},
    {"about": SYMBOL, "stance": "forecast"},
    {"contains": WORD, "about": SYMBOL},
    {"contains": WORD, "days": ("2010-01-01", "2019-12-31T24")},
    {"organisation": "[1, 2]", "kind": "direct"},
]
WAYS = [
    *product((listings.CLAIMS,), CLAIM_QUESTIONS, ({"current": True},)),
    *product((listings.VERDICTS,), CLAIM_QUESTIONS, ({"current": True, "checked": True},)),
    *product((listings.CLAIMS_AS_THEY_STOOD,), CLAIM_QUESTIONS, ({"as_of": "2016-01-01T24"},)),
    *product((listings.QUOTES,), QUOTE_QUESTIONS, ({"current": True},)),
    *product((listings.QUOTES_AS_THEY_STOOD,), QUOTE_QUESTIONS, ({"as_of": "2016-01-01T24"},)),
]


@pytest.mark.parametrize(("listing", "asked", "besides"), WAYS)
def test_every_way_leads_to_the_same_rows(
    db: Database, listing: Listing, asked: dict[str, Any], besides: dict[str, Any]
) -> None:
    asked = asked | besides
    in_order, given = numbers(db, replace(listing, ways={}), asked, None)
    expected = [row["number"] for row in db.query(in_order, given)]
    assert expected
    only = [
        replace(listing, ways={name: replace(way, many=10**9)}) for name, way in listing.ways.items() if name in asked
    ]
    common = replace(listing, ways={name: replace(way, many=0) for name, way in listing.ways.items()})
    for one, limit in product((listing, common, *only), (None, 3)):
        found = [row[listing.number] for row in listed(db, one, listing.number, asked, limit)]
        assert found == expected[:limit]


OF_BLOCKS: list[tuple[Listing, dict[str, Any], str]] = [
    (listings.CLAIMS, {"direction": "up", "measure": "price"}, "c USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
    (listings.CLAIMS, {"symbol": SYMBOL}, "claims_as_listed_by_symbol (symbol=? AND rowid>? AND rowid<?)"),
    (listings.CLAIMS, {"segment": SEGMENT}, "claims_by_segment (segment=? AND rowid>? AND rowid<?)"),
    (listings.CLAIMS, {"outcome": "refuted"}, "verdicts_by_outcome (outcome=? AND rowid>? AND rowid<?)"),
    (listings.VERDICTS, {"checked": True}, "d USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
    (listings.QUOTES, {"stance": "forecast"}, "q USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
    (listings.QUOTES_AS_THEY_STOOD, {"as_of": "2016-01-01T24"}, "quotes_at_a_glance (id>? AND id<?)"),
]


@pytest.mark.parametrize(("listing", "asked", "index"), OF_BLOCKS)
def test_what_is_common_is_read_in_order_from_the_days_on(
    db: Database, listing: Listing, asked: dict[str, Any], index: str
) -> None:
    common = replace(listing, ways={name: replace(way, many=0) for name, way in listing.ways.items()})
    sql, given = numbers(db, common, asked | {"days": ("2015-03-04", "9999-12-31T24")}, 100)
    steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", given)]
    assert steps[0] == "SCAN b"
    assert steps[1].startswith("SEARCH")
    assert index in steps[1]
    assert [step for step in steps if "TEMP B-TREE" in step] == []


def test_the_days_of_a_thousand_rows_take_in_all_of_them(db: Database) -> None:
    for table, block in (("claims", "claim_blocks"), ("quotes", "quote_blocks")):
        outside = f"""
            SELECT f.id FROM {table} AS f JOIN article_versions AS v ON v.id = f.version_id
            WHERE v.published_utc IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {block} AS b
              WHERE b.id = f.id / 1000 AND v.published_utc BETWEEN b.first AND b.last)"""  # noqa: S608 - our own words
        assert db.execute(outside).fetchall() == []
        (blocks,) = db.execute(f"SELECT count(*) FROM {block}").fetchone()  # noqa: S608 - our own words
        assert blocks == db.execute(f"SELECT max(id) / 1000 + 1 FROM {table}").fetchone()[0]  # noqa: S608


@pytest.mark.parametrize("target", [SYMBOL, SEGMENT, "nobody"])
def test_tone_is_found_by_the_days_as_by_the_target(db: Database, target: str) -> None:
    asked = {"target": target, "since": "2010-01-01", "until": "2019-12-31T24"}
    by_target, by_days = (
        toning.TONED.format(index=index, where=f"{where} AND {toning.OF_DAYS}")
        for index, where in ((toning.GLANCE, toning.BY_TARGET), ("versions_by_published", toning.BY_DAYS))
    )
    found = db.execute(by_days, asked).fetchall()
    assert found == db.execute(by_target, asked).fetchall()
    assert bool(found) == (target != "nobody")
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {by_days}", asked)]
    assert "SEARCH n USING COVERING INDEX versions_by_published (published_utc>? AND published_utc<?)" in plan
    assert [step for step in plan if step.startswith("SCAN")] == []
