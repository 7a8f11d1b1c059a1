"""Feeds that web pages name, and documents that are feeds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsig.collect.discovery import FeedLink, find_feeds, is_feed

PAGE = "https://example.org/news/today.html"


def link(href: str, kind: str = "application/rss+xml", rest: str = "") -> str:
    return f"<link rel='alternate' type='{kind}' href='{href}' {rest}>"


DECLARED: list[tuple[str, list[str]]] = [
    (link("/feed"), ["https://example.org/feed"]),
    (link("feed.xml"), ["https://example.org/news/feed.xml"]),
    (link("//example.com/feed"), ["https://example.com/feed"]),
    (link("/a", "Application/Atom+XML; charset=utf-8"), ["https://example.org/a"]),
    (link("/r", "application/rdf+xml"), ["https://example.org/r"]),
    (link("/j", "application/feed+json"), ["https://example.org/j"]),
    (link("/feed.json", "application/json"), ["https://example.org/feed.json"]),
    (link("/wp-json/wp/v2/posts/1/feed", "application/json"), []),
    (link("/x", "application/json"), []),
    (link("/x", "text/html"), []),
    (link("/de", "text/html", "hreflang='de'"), []),
    (link("/feed", rest="hreflang='de'") + link("/feed", rest="hreflang='en'"), ["https://example.org/feed"]),
    (link("/feed#a") + link("/feed#b"), ["https://example.org/feed#a"]),
    ("<link rel='ALTERNATE home' type='application/rss+xml' href=' /feed '>", ["https://example.org/feed"]),
    ("<link rel='alternate stylesheet' type='application/rss+xml' href='/feed'>", []),
    ("<link rel='feed' href='/feed'>", ["https://example.org/feed"]),
    ("<link rel='canonical' type='application/rss+xml' href='/feed'>", []),
    (f"<base href='https://example.com/x/'>{link('feed')}", ["https://example.com/x/feed"]),
    (f"<base href='javascript:1'>{link('/feed')}", ["https://example.org/feed"]),
    (link("javascript:1") + link("file:///etc/passwd") + link("http://[::1/feed") + link(""), []),
    (
        link("/comments/feed") + link("/feed") + link("/f2", rest="title='Replies to all'"),
        ["https://example.org/feed", "https://example.org/comments/feed", "https://example.org/f2"],
    ),
    (f"<body><div>{link('/feed')}</div>", ["https://example.org/feed"]),
    (f"<!-- {link('/feed')} -->", []),
]


@pytest.mark.parametrize(("head", "found"), DECLARED)
def test_declared_feeds(head: str, found: list[str]) -> None:
    page = f"<html><head>{head}</head><body><a href='/about'>About</a></body></html>"
    assert [link.url for link in find_feeds(page, PAGE)] == found
    assert find_feeds(page.encode("utf-16"), PAGE) == find_feeds(page, PAGE)


def test_a_feed_has_the_title_and_type_that_the_page_gives_it() -> None:
    page = link("/feed", rest="title='Orla&#39;s &lt;b&gt;wire&lt;/b&gt;'")
    assert find_feeds(page, PAGE) == [
        FeedLink(url="https://example.org/feed", title="Orla's wire", type="application/rss+xml")
    ]


ANCHORS = [
    ("/feed", True),
    ("/feed/", True),
    ("/blog/rss", True),
    ("/news.rss", True),
    ("/all.atom", True),
    ("/rss.xml", True),
    ("/index.xml", True),
    ("/feeds/markets", True),
    ("/feed.json", True),
    ("/?feed=rss2", True),
    ("/sitemap.xml", False),
    ("/sitemap/index.xml", False),
    ("/feedback", False),
    ("/newsfeed-explained.html", False),
    ("/report.xml", False),
    ("mailto:feed@example.org", False),
]


@pytest.mark.parametrize(("href", "is_one"), ANCHORS)
def test_anchors_count_where_nothing_is_declared(href: str, is_one: bool) -> None:
    anchor = f"<a href='{href}'> Our <b>feed</b></a>"
    assert [link.title for link in find_feeds(anchor, PAGE)] == (["Our feed"] if is_one else [])
    assert [link.url for link in find_feeds(anchor + link("/own"), PAGE)] == ["https://example.org/own"]


@settings(deadline=None)
@given(st.text() | st.binary(), st.sampled_from([PAGE, "", "http://["]))
def test_any_page_has_feeds_or_none(page: str | bytes, url: str) -> None:
    assert all(link.url.startswith("http") for link in find_feeds(page, url))


def test_a_page_of_any_depth_is_looked_through() -> None:
    assert find_feeds("<div>" * 50_000 + link("/feed"), PAGE) == []
    assert len(find_feeds(link("/feed") + "<div>" * 50_000, PAGE)) == 1


DOCUMENTS: list[tuple[bytes, bool]] = [
    (b"<rss version='2.0'>", True),
    (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <html> --><?xml-stylesheet?>\n<RSS>", True),
    (b"<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'rss-0.91.dtd'><rss/>", True),
    (b"<feed xmlns='http://www.w3.org/2005/Atom'>", True),
    (b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", True),
    (b"<feed><product/></feed>", False),
    (b"<rdf:RDF xmlns:rdf='x' xmlns='http://purl.org/rss/1.0/'>", True),
    (b"<rdf:RDF xmlns:rdf='x'><owl:Class/>", False),
    (b"<channel href='x'>", True),
    ("<rss version='2.0'>".encode("utf-16"), True),
    (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', True),
    (b'{\n "title": "x", "version":"https:\\/\\/jsonfeed.org\\/version\\/1"', True),
    (b'{"version": "1.1"}', False),
    (b"<!DOCTYPE html><html><body><rss>", False),
    (b"<html>", False),
    (b"<!DOCTYPE rss [<!ENTITY it's>]><rss>", False),
    (b"rss", False),
    (b"", False),
]


@pytest.mark.parametrize(("body", "expected"), DOCUMENTS)
def test_a_document_is_a_feed_by_what_it_holds(body: bytes, expected: bool) -> None:
    assert is_feed(body, "text/html") is expected
