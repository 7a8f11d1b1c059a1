"""The examples and bounds of docs/pages.md hold."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import get_args

import pytest

from newsig.errors import NoStory
from newsig.read import extracting
from newsig.read.article import read as read_page
from newsig.read.standing import standing_of
from newsig.read.written import written
from newsig.records import Page, row
from tests.test_docs import code, fenced, read, section, table

PAGE = read("docs/pages.md")
DATES = table(section(PAGE, "Dates"))
MARKS = table(section(PAGE, "Marks of the desk"))
NOW = datetime(2024, 7, 20, tzinfo=UTC)


def test_the_page_becomes_the_article_that_is_shown() -> None:
    (html,), (shown,) = fenced(PAGE, "html"), fenced(PAGE, "json")
    address = "https://harbourwire.example/2024/kettle-maker-lifts-forecast?utm_source=feed"
    assert address in PAGE
    article = row(read_page(Page(origin="feed", url=address, html=html), now=NOW))
    wanted = json.loads(shown)
    assert {name: article[name] for name in wanted} == wanted


@pytest.mark.parametrize(("text", "when", "doubt"), DATES)
def test_a_date_tells_what_the_page_says(text: str, when: str, doubt: str) -> None:
    found = written(text, NOW)
    told = found.when.isoformat() if isinstance(found.when, date) else ""
    assert (told, f"`{found.doubt}`" if found.doubt else "") == (when, doubt)


@pytest.mark.parametrize(("title", "line", "standing"), MARKS)
def test_a_mark_means_what_the_page_says(title: str, line: str, standing: str) -> None:
    found = standing_of(title, [], f"{line}\n\nShares rose.\n\nThey fell.")
    assert (f"`{found}`" if found else "") == standing


def test_every_cause_is_named_once() -> None:
    assert [code(cause)[0] for cause, _ in table(section(PAGE, "What is refused"))] == list(get_args(NoStory))


def test_the_bounds_are_those_of_the_code() -> None:
    bounds = [int(most.replace(",", "")) for _, most, _ in table(section(PAGE, "The text"))]
    assert bounds == [
        extracting.LARGEST,
        extracting.LONGEST,
        extracting.MOST_ELEMENTS,
        extracting.MOST_LINKS,
        extracting.MOST_ATTRIBUTES,
        extracting.DEEPEST,
    ]
