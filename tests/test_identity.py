"""Which article a story of a feed is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newsig.read.identity import Kind, Met, keys, likeness, link_key, only_redated, poorer, same_story
from newsig.records import Article

FEED = "https://example.org/feed"
LINKS = [
    ("https://www.example.org/oil/", "example.org/oil"),
    ("http://example.org/oil", "example.org/oil"),
    ("https://Example.ORG/oil?utm_source=rss&utm_medium=feed", "example.org/oil"),
    ("https://example.org/story?id=3&fbclid=abc", "example.org/story?id=3"),
    ("https://example.org/story?id=4", "example.org/story?id=4"),
    ("https://example.org/", None),
    ("https://example.org", None),
    ("https://example.org/?p=77", "example.org/?p=77"),
    ("https://[broken/", None),
    (None, None),
]


@pytest.mark.parametrize(("url", "key"), LINKS)
def test_a_link_is_known_by_what_leads_to_the_story(url: str | None, key: str | None) -> None:
    assert link_key(url) == key


OIL = Article(
    id="new",
    feed=FEED,
    guid="https://example.org/?p=1",
    url="https://example.org/oil",
    title="Oil slips as stocks build",
    text="Oil slipped 2 percent on Monday as stockpiles rose for a fourth week, traders in Rotterdam said.",
    published=datetime(2024, 7, 18, tzinfo=UTC),
)
GOLD = "Gold closed at a record high after softer inflation figures sent the dollar lower."


def known(kind: Kind, **changes: str | None) -> Met:
    fields = {"article_id": "old", "url": OIL.url, "title": OIL.title, "text": OIL.text, "feed": FEED}
    return Met(kind=kind, **fields | changes)  # type: ignore[arg-type]


SAME: list[tuple[str, Met, bool]] = [
    ("an unchanged story", known("guid"), True),
    ("an edit of a word", known("guid", text=OIL.text.replace("2", "2.1")), True),
    ("all words rewritten at the same address", known("guid", title="Crude", text=GOLD), True),
    ("a guid used again for another story", known("guid", title="Gold", text=GOLD, url="https://example.org/g"), False),
    ("a story that moved", known("guid", url="https://example.org/2024/oil"), True),
    ("another story under a guid without any link", known("guid", title="Gold", text=GOLD, url=None), False),
    ("an edit under a guid without any link", known("guid", title="Crude slips", url=None), True),
    ("the same title from another feed", known("link", text=GOLD, feed="https://other.example/feed"), False),
    ("the same words from another feed", known("link", title="Crude", feed="https://other.example/feed"), True),
    ("a new guid at the same address", known("link"), True),
    ("a new guid and a new title", known("link", title="Oil falls"), True),
    ("a new guid and a new text", known("link", text=GOLD), True),
    ("another story at the same address", known("link", title="Gold", text=GOLD), False),
    ("the same entry with another text", known("entry", text=GOLD), True),
    ("the same entry with another story", known("entry", title="Gold", text=GOLD), False),
    ("the same words elsewhere", known("content", url="https://example.org/again"), True),
]


@pytest.mark.parametrize(("met", "same"), [row[1:] for row in SAME], ids=[what for what, _, _ in SAME])
def test_what_is_the_same_story(met: Met, same: bool) -> None:
    assert same_story(OIL, [met]) == (met if same else None)


def test_the_most_certain_name_decides() -> None:
    guid, link = known("guid", article_id="by guid"), known("link", article_id="by link")
    assert same_story(OIL, [link, guid]) == guid
    reused = replace(guid, title="Gold", text=GOLD, url="https://example.org/gold")
    assert same_story(OIL, [link, reused]) == link


def test_the_names_of_a_story() -> None:
    names = keys(OIL)
    assert names["guid"] == f"{FEED}\nexample.org/?p=1"
    assert names["link"] == "example.org/oil"
    assert keys(replace(OIL, guid="http://example.org/?p=1"))["guid"] == names["guid"]
    assert keys(replace(OIL, title=OIL.title and OIL.title.upper()))["content"] == names["content"]
    assert keys(replace(OIL, feed="https://other.example/"))["content"] != names["content"]
    assert "content" not in keys(replace(OIL, published=None))
    assert keys(replace(OIL, published=None, text=OIL.text * 3)).keys() == {"guid", "link", "content"}
    assert keys(Article(id="1", text="Oil slipped.")) == {}
    assert keys(Article(id="1", text="Oil slipped.", feed=FEED)).keys() == {"content"}


def test_a_new_date_alone_is_no_edit() -> None:
    stored = replace(known("guid"), published="2024-07-17T00:00:00+00:00")
    assert only_redated(OIL, stored)
    assert not only_redated(OIL, known("guid"))  # no date was known
    assert not only_redated(replace(OIL, standing="withdrawn"), stored)
    assert not only_redated(replace(OIL, text=GOLD), stored)


POORER = [
    (FEED, False, FEED, False, False),
    (FEED, False, FEED, True, True),
    (FEED, True, FEED, False, True),
    (FEED, True, FEED, True, False),
    ("https://other.example/", False, FEED, False, True),
    ("https://other.example/", True, FEED, False, True),
    ("https://other.example/", True, FEED, True, False),
]


@pytest.mark.parametrize(("feed", "from_page", "known_feed", "known_from_page", "less"), POORER)
def test_only_another_source_can_tell_less(
    feed: str, from_page: bool, known_feed: str, known_from_page: bool, less: bool
) -> None:
    current = replace(known("link"), text=OIL.text * 2, feed=known_feed, from_page=known_from_page)
    assert poorer(replace(OIL, feed=feed), current, from_page=from_page) is less
    shorter = replace(current, text="Oil.")
    stranger = feed != known_feed and not from_page
    assert poorer(replace(OIL, feed=feed), shorter, from_page=from_page) is stranger


def test_likeness_is_a_share_of_the_poorer_text() -> None:
    assert likeness("", "") == likeness("", "Oil") == 0
    assert likeness("Oil fell", "oil FELL again") == likeness("oil FELL again", "Oil fell") == 1
