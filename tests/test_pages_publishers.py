"""Pages as ten kinds of publishers write them: what is the story, what stands around it, what the page says of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from newsig.errors import ReadError
from newsig.read.article import reading
from newsig.records import Page

PAGES = Path(__file__).parent / "publishers"
AWAY = "https://elsewhere.example/story"
SUMMER, EAST, ALPS = (timezone(timedelta(hours=hours)) for hours in (1, -4, 2))

CASES: dict[str, dict[str, Any]] = {
    "agency-on-a-portal": {
        "url": "https://finance.brackwater.example/news/kettle-maker-lifts-forecast-143000112.html?guccounter=1",
        "title": "UPDATE 2-Kettle maker lifts forecast, shares jump",
        "authors": ("Orla Quillfeather", "Tam Brackwater"),
        "publisher": "Brackwater Finance",
        "published": datetime(2024, 7, 17, 14, 30, tzinfo=UTC),
        "updated": datetime(2024, 7, 17, 18, 5, tzinfo=UTC),
        "address": "https://finance.brackwater.example/news/kettle-maker-lifts-forecast-143000112.html",
        "dateline": "MILLBROOK, July 17 (Harbour Wire) -",
        "standing": None,
        "first": "Shares of Millbrook Kettles rose 3 percent on Wednesday",
        "last": "said Basil Oxenholme of Oxenholme & Quill.",
        "paragraphs": 4,
        "around": ["(Adds analyst comment in paragraph 4, updates shares)", "By Orla Quillfeather and Tam Brackwater"],
    },
    "newspaper": {
        "url": "https://amp.millbrookcourier.example/business/2024/jul/17/kettle-maker-bet-harbour",
        "title": "Kettle maker's bet on the harbour",
        "authors": ("Marisol Quince",),
        "publisher": "The Millbrook Courier",
        "published": datetime(2024, 7, 17, 6, tzinfo=SUMMER),
        "updated": datetime(2024, 7, 17, 9, 12, 44, tzinfo=SUMMER),
        "address": "https://www.millbrookcourier.example/business/2024/jul/17/kettle-maker-bet-harbour",
        "dateline": None,
        "standing": "corrected",
        "first": "Millbrook Kettles will build a second plant beside the harbour",
        "last": "while those from shops were flat in the three months.",
        "paragraphs": 4,
        "around": ["This article was amended on 17 July 2024."],
    },
    "blog": {
        "url": "https://smallcaps.blogspot.com/2024/07/why-kettles-are-not-boring.html?m=1",
        "title": "Why kettles are not boring",
        "authors": ("Basil Oxenholme",),
        "publisher": "Notes on Small Caps",
        "published": datetime(2024, 7, 17, 21, 14, tzinfo=ALPS),
        "updated": None,
        "address": "https://smallcaps.blogspot.com/2024/07/why-kettles-are-not-boring.html",
        "dateline": None,
        "standing": None,
        "first": "I bought shares of Millbrook Kettles at 36 dollars",
        "last": "until the results of the first of August.",
        "paragraphs": 4,
        "around": [],
    },
    "press-release": {
        "url": AWAY,
        "title": "Millbrook Kettles Raises Full-Year Outlook",
        "authors": (),
        "publisher": "Newsroom Circuit",
        "published": datetime(2024, 7, 17, 8, tzinfo=EAST),
        "updated": None,
        "address": AWAY,
        "dateline": "MILLBROOK, Mass., July 17, 2024 /Newsroom Circuit/ --",
        "standing": None,
        "first": "Millbrook Kettles Corp. (MKET) today raised its outlook",
        "last": "Millbrook Kettles makes kettles for homes and hotels in forty countries.",
        "paragraphs": 7,
        "around": ["Investor Relations, ir@millbrookkettles.example", "SOURCE Millbrook Kettles Corp."],
    },
    "exchange-notice": {
        "url": AWAY,
        "title": "Trading in MKET resumes",
        "authors": (),
        "publisher": None,
        "published": datetime(2024, 7, 17, 14, 5, tzinfo=UTC),
        "updated": None,
        "address": AWAY,
        "dateline": None,
        "standing": None,
        "first": "Market notice 2024-211",
        "last": "Questions: Market Surveillance, +44 20 5550 1234",
        "paragraphs": 7,
        "around": ["Published: 17 July 2024 14:05 UTC"],
    },
    "broadcaster": {
        "url": "https://edition.harbour.example/2024/07/17/investing/kettles-shares/index.html",
        "title": "Kettle maker's shares jump on forecast",
        "authors": ("Zoë Łukasz",),
        "publisher": "Harbour Broadcasting",
        "published": datetime(2024, 7, 17, 8, 2, tzinfo=EAST),
        "updated": datetime(2024, 7, 17, 11, 47, tzinfo=EAST),
        "address": "https://edition.harbour.example/2024/07/17/investing/kettles-shares/index.html",
        "dateline": "New York Harbour Business —",
        "standing": None,
        "first": "Shares of Millbrook Kettles rose 3 percent on Wednesday",
        "last": "its results for the quarter on the first of August.",
        "paragraphs": 5,
        "around": ["Tam Brackwater contributed to this report."],
    },
    "amp": {
        "url": "https://www.tidewaterpost.example/money/kettle-maker-sees-record-year/amp/",
        "title": "Kettle maker sees record year",
        "authors": ("Ingmar Tolvarsen",),
        "publisher": "Tidewater Post",
        "published": datetime(2024, 7, 17, 17, 20, tzinfo=UTC),
        "updated": datetime(2024, 7, 17, 17, 20, tzinfo=UTC),
        "address": "https://www.tidewaterpost.example/money/kettle-maker-sees-record-year/",
        "dateline": "TIDEWATER —",
        "standing": None,
        "first": "Millbrook Kettles expects a record year",
        "last": "It had 395 million dollars in mind before.",
        "paragraphs": 3,
        "around": [],
    },
    "photo-gallery": {
        "url": AWAY,
        "title": "In pictures: a day at the kettle works",
        "authors": (),
        "publisher": "The Millbrook Courier",
        "published": datetime(2024, 7, 16, 12, tzinfo=SUMMER),
        "updated": None,
        "address": AWAY,
        "dateline": None,
        "standing": None,
        "first": "Our photographer spent a day at the works",
        "last": "Half of them leave the country, most for hotels.",
        "paragraphs": 2,
        "around": [],
    },
}
REFUSED = {"live-blog": "live_blog", "list-of-stories": "list"}


def html_of(name: str) -> str:
    return (PAGES / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_a_page_of_a_publisher(name: str) -> None:
    case = CASES[name]
    article = reading(Page(origin=name, url=case["url"], publisher="A feed", html=html_of(name))).article
    said = {field: getattr(article, field) for field in ("title", "authors", "published", "updated", "standing")}
    assert said == {field: case[field] for field in said}
    assert (article.publisher, article.url) == (case["publisher"] or "A feed", case["address"])
    paragraphs = article.text.split("\n\n")
    assert (article.dateline, len(paragraphs)) == (case["dateline"], case["paragraphs"])
    assert paragraphs[0].startswith(case["first"])
    assert paragraphs[-1].endswith(case["last"])
    assert all(any(line.startswith(wanted) for line in article.credits) for wanted in case["around"])


@pytest.mark.parametrize(("name", "cause"), REFUSED.items())
def test_what_is_not_one_story_is_refused(name: str, cause: str) -> None:
    with pytest.raises(ReadError) as caught:
        reading(Page(origin=name, url=AWAY, html=html_of(name)))
    assert caught.value.cause == cause


def test_every_page_is_asked_for() -> None:
    assert {file.stem for file in PAGES.glob("*.html")} == {*CASES, *REFUSED}
