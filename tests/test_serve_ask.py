"""The Ask page: what is shown is what was asked for, page by page, in every form, and does nobody harm."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from newsig import store
from newsig.errors import ServeError
from newsig.serve import asking
from newsig.serve.answering import Answer, Site, answer


def asked(site: Site, path: str = "/ask", **query: str) -> Answer:
    return answer(site, path, query)


ASKED = [
    ({}, 10),
    ({"symbol": "^rut"}, 5),
    ({"segment": "small_caps"}, 10),
    ({"verdict": "supported"}, 5),
    ({"verdict": "refuted"}, 0),
    ({"direction": "down"}, 5),
    ({"measure": "price", "words": "russell"}, 10),
    ({"words": "nothing of that"}, 0),
    ({"since": "2024-07-17", "until": "2024-07-17"}, 10),
    ({"since": "2024-07-18"}, 0),
    ({"kind": "statements"}, 5),
    ({"kind": "statements", "source": "zoe"}, 5),
    ({"kind": "statements", "form": "indirect"}, 0),
]


@pytest.mark.parametrize(("query", "number"), ASKED, ids=str)
def test_page_csv_and_json_have_the_same_rows(query: dict[str, str], number: int, site: Site) -> None:
    page, lines, records = (asked(site, path, **query) for path in ("/ask", "/ask.csv", "/ask.json"))
    assert {one.status for one in (page, lines, records)} == {200}
    found = json.loads(records.body)
    assert len(found) == number
    assert len(list(csv.DictReader(io.StringIO(lines.body)))) == number
    assert [str(row.get("claim_id") or row["quote_id"]) for row in found] == re.findall(
        r"#(?:claim|quote)-(\d+)", page.body
    )


def test_pages_follow_one_another_without_gap_or_repeat(db: Database, site: Site) -> None:
    query, seen = {"kind": "claims", "segment": "small_caps"}, []
    while True:
        told = asking.found(db, site, asking.question(query), most=3)
        seen += [row["claim_id"] for row in told.rows]
        if told.more is None:
            break
        query = {name: value for name, (value,) in parse_qs(urlsplit(told.more).query).items()}
    assert seen == sorted((row["claim_id"] for row in store.claims(db, segment="small_caps")), reverse=True)


@pytest.mark.parametrize("query", [query for query, _ in ASKED if query], ids=str)
def test_the_sql_behind_gives_the_same_rows(query: dict[str, str], db: Database, site: Site) -> None:
    told = asking.found(db, site, asking.question(query))
    given = {name: value for name, (value,) in parse_qs(urlsplit(told.sql).query, keep_blank_values=True).items()}
    sql = given.pop("sql")
    assert urlsplit(told.sql).path == "/news"
    number = "claim_id" if told.question.kind == "claims" else "quote_id"
    names = [column[0] for column in db.execute(sql, given).description]
    assert [dict(zip(names, row, strict=True))[number] for row in db.execute(sql, given)] == [
        row[number] for row in told.rows
    ]


@pytest.mark.parametrize("query", [query for query, _ in ASKED], ids=str)
def test_facets_count_what_choosing_them_gives(query: dict[str, str], db: Database, site: Site) -> None:
    told = asking.found(db, site, asking.question(query))
    for name, choices in told.choices.items():
        for one in choices:
            if one.chosen or (name in ("symbol", "segment") and told.question.kind == "statements"):
                continue
            there = {key: value for key, (value,) in parse_qs(urlsplit(one.href).query).items()}
            assert asking.found(db, site, asking.question(there)).facets.found == one.count


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"kind": "rumours"}, "no kind 'rumours'"),
        ({"verdict": "true"}, "verdict cannot be 'true'"),
        ({"since": "yesterday"}, "is no date"),
        ({"since": "2024-07-18", "until": "2024-07-17"}, "no day is left"),
        ({"before": "-1"}, "no page before"),
        ({"before": "9" * 30}, "no page before"),
        ({"kind": "statements", "symbol": "^RUT", "segment": "small_caps"}, "leave one of the two out"),
    ],
)
def test_what_cannot_be_asked_is_said(query: dict[str, str], words: str, site: Site) -> None:
    with pytest.raises(ServeError, match=words):
        asking.question(query)
    assert (asked(site, **query).status, words in re.sub("&#39;", "'", asked(site, **query).body)) == (400, True)


def test_a_form_leads_to_an_address_without_what_was_left_empty(site: Site) -> None:
    got = asked(site, kind="claims", symbol="^RUT", words="", since="")
    assert (got.status, got.headers["Location"]) == (302, "/ask?kind=claims&symbol=%5ERUT")


@given(st.lists(st.text(), min_size=1))
def test_no_cell_is_a_formula(cells: list[str]) -> None:
    rows = [{"cell": cell} for cell in cells]
    for row in csv.DictReader(io.StringIO(asking.as_csv(rows), newline="")):
        assert not row["cell"].startswith(asking.STEERING)


def test_titles_and_names_stay_words(site: Site) -> None:
    page = asked(site).body
    assert "<script" not in page
    assert "<img" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page
    assert "javascript:" not in page
