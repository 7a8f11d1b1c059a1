"""Feeds as text, and collecting from a real server on loopback."""

from __future__ import annotations

import contextlib
import tarfile
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.collect.dates import feed_date
from newsig.collect.feeds import FULL_LENGTH, Entry, Feed, collect_feed, entry_id, parse_feed
from newsig.collect.http import Limits, fetch
from newsig.errors import CollectError

CORPUS = Path(__file__).parents[2] / "shared/data/feeds/feedparser_corpus.tar.gz"
URL = "https://example.org/feed.xml"
GET = partial(fetch, limits=Limits(seconds=10), private=True)


def rss(*items: str, title: str = "Example Wire") -> bytes:
    namespaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {namespaces}><channel><title>{title}</title>{body}</channel></rss>'.encode()


def only(body: bytes) -> Entry:
    (entry,) = parse_feed(body, URL).entries
    return entry


def test_an_rss_item_in_full() -> None:
    entry = only(
        rss(
            "<guid isPermaLink='false'>g1</guid><link>https://example.org/1</link><title>Small caps jump</title>"
            "<pubDate>Wed, 17 Jul 2024 22:26:00 -0400</pubDate><dc:creator>Ann Lee</dc:creator>"
            "<description>Short.</description><content:encoded><![CDATA[<p>Up <b>3%</b>.</p>]]></content:encoded>"
        )
    )
    assert entry == Entry(
        guid="g1",
        url="https://example.org/1",
        title="Small caps jump",
        published=datetime(2024, 7, 17, 22, 26, tzinfo=timezone(-timedelta(hours=4))),
        authors=("Ann Lee",),
        summary_html="Short.",
        content_html="<p>Up <b>3%</b>.</p>",
    )


def test_an_atom_entry_in_full() -> None:
    entry = only(
        b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>urn:1</id><title>Oil</title>
        <link href="/oil"/><published>2024-07-18T02:26:00Z</published><updated>2024-07-19T00:00:00Z</updated>
        <author><name>Bo Ek</name></author><summary>S</summary>
        <content type="html">&lt;p&gt;Oil fell.&lt;/p&gt;</content>
        </entry></feed>"""
    )
    assert (entry.guid, entry.url, entry.authors) == ("urn:1", "https://example.org/oil", ("Bo Ek",))
    assert entry.published == datetime(2024, 7, 18, 2, 26, tzinfo=UTC)
    assert (entry.summary_html, entry.content_html) == ("<p>S</p>", "<p>Oil fell.</p>")


TITLES = [
    ("S&amp;P 500 &lt; 5,600", "S&P 500 < 5,600"),
    ("&lt;b&gt;Fed&lt;/b&gt; raises", "Fed raises"),
    ("<![CDATA[AT&amp;T <i>up</i> 2%]]>", "AT&T up 2%"),
    ("&lt;script&gt;alert(1)&lt;/script&gt;Oil", "Oil"),
    ("  Two\n lines ", "Two lines"),
]


@pytest.mark.parametrize(("written", "title"), TITLES)
def test_titles_are_plain_text(written: str, title: str) -> None:
    assert only(rss(f"<title>{written}</title><link>https://example.org/1</link>")).title == title


DATES = [
    ("Thu, 18 Jul 2024 02:26:00 GMT", "2024-07-18T02:26:00+00:00"),
    ("Thu, 18 Jul 2024 02:26 -0000", "2024-07-18T02:26:00+00:00"),
    ("Wed, 17 Jul 2024 22:26:00 EDT", "2024-07-17T22:26:00-04:00"),
    ("17 July 2024 22:26:00 -0400", "2024-07-17T22:26:00-04:00"),
    ("Thu, 18 Jul 24 02:26:00 Z", "2024-07-18T02:26:00+00:00"),
    ("2024-07-18T02:26:00.123Z", "2024-07-18T02:26:00.123000+00:00"),
    ("2024-07-18T02:26:00+0530", "2024-07-18T02:26:00+05:30"),
    ("Thu, 18 Jul 2024 02:26:00 IST", "2024-07-18"),
    ("Thu, 18 Jul 2024 02:26:00 BST", "2024-07-18"),
    ("Thu, 18 Jul 2024 02:26:00", "2024-07-18"),
    ("Thu, 18 Jul 2024", "2024-07-18"),
    ("2024-07-18T02:26:00", "2024-07-18"),
    ("2024-07-18", "2024-07-18"),
    ("31/31/2024", None),
    ("18 juil. 2024 02:26:00 GMT", None),
    ("Wed, 31 Feb 2024 02:26:00 GMT", None),
    ("1721269560", None),
    ("9999-12-31T23:59:00-14:00", None),
    ("Thu, 18 Jul 2024 02:26:00 +9900", None),
    ("yesterday", None),
]


@pytest.mark.parametrize(("written", "expected"), DATES)
def test_dates_say_no_more_than_is_written(written: str, expected: str | None) -> None:
    feed = parse_feed(rss(f"<link>https://example.org/1</link><pubDate>{written}</pubDate>"), URL)
    published = feed.entries[0].published
    assert (published.isoformat() if published else None) == expected
    assert bool(feed.notes) == (not isinstance(published, datetime))


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_written_out_is_read_back(moment: datetime) -> None:
    try:
        moment.astimezone(UTC)
    except OverflowError:
        return
    assert feed_date(moment.isoformat()).isoformat() == moment.isoformat()


@given(st.text())
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(feed_date(text), date)


def test_notes_count_what_is_uncertain() -> None:
    link = "<link>https://example.org/{}</link>"
    feed = parse_feed(rss(*(link.format(n) + "<pubDate>18 Jul 2024 02:26 IST</pubDate>" for n in range(3))), URL)
    (note,) = feed.notes
    assert note == f"{URL}: 3 of 3 entries with a date without a certain zone ('18 Jul 2024 02:26 IST'; day kept)"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/hostname", "JaVaScRiPt:x", "data:text/html,x"])
def test_other_links_than_web_addresses_are_no_links(link: str) -> None:
    feed = parse_feed(rss(f"<title>Bad</title><link>{link}</link>", "<link>https://example.org/2</link>"), URL)
    assert [entry.url for entry in feed.entries] == ["https://example.org/2"]
    (failure,) = feed.failures
    assert (failure.place, "neither a text nor" in failure.reason) == (f"{URL}: 'Bad'", True)


def test_a_repeated_guid_is_said_and_an_exact_repetition_is_not() -> None:
    first = "<guid isPermaLink='false'>g</guid><title>One</title><link>https://example.org/1</link>"
    other = "<guid isPermaLink='false'>g</guid><title>Two</title><link>https://example.org/2</link>"
    feed = parse_feed(rss(first, first, other), URL)
    assert [entry.title for entry in feed.entries] == ["One"]
    assert [failure.reason for failure in feed.failures] == ["the entry has the same guid or link as 'One'"]


BROKEN = [
    (b"", "neither an RSS nor an Atom feed"),
    (b"<html><body><h1>404</h1></body></html>", "neither an RSS nor an Atom feed"),
    (rss("<title>&#xD800;</title>"), "the feed cannot be parsed"),
]


@pytest.mark.parametrize(("body", "reason"), BROKEN)
def test_a_broken_feed(body: bytes, reason: str) -> None:
    with pytest.raises(CollectError, match=f"{URL}: (is )?{reason}"):
        parse_feed(body, URL)


def test_a_body_that_is_a_path_opens_no_file(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(rss("<title>One</title><link>https://example.org/1</link>"))
    with pytest.raises(CollectError):
        parse_feed(bytes(file), URL)


def test_a_feed_that_is_cut_short_is_read_and_said_to_be() -> None:
    whole = rss("<title>One</title><link>https://example.org/1</link>", "<title>Two</title>")
    feed = parse_feed(whole[:-40], URL)
    assert feed.entries[0].title == "One"
    assert any("not well-formed" in note for note in feed.notes)


def test_ids_are_stable() -> None:
    entry = Entry(guid="g", url="https://example.org/1", title="T")
    assert entry_id(entry, URL) == entry_id(Entry(guid="g"), URL) != entry_id(entry, "https://example.com/")
    assert entry_id(Entry(url="https://example.org/1"), URL) == entry_id(Entry(url="https://example.org/1"), "x")
    assert len({entry_id(Entry(title=title), URL) for title in "ab"}) == 2


@pytest.mark.skipif(not CORPUS.exists(), reason="the feeds lie beside the repository of developers only")
def test_every_feed_of_the_corpus_is_a_feed_or_an_error() -> None:
    read, refused = 0, []
    with tarfile.open(CORPUS) as corpus:
        for member in corpus:
            if (file := corpus.extractfile(member)) is None:
                continue
            try:
                assert isinstance(parse_feed(file.read(), URL), Feed)
                read += 1
            except CollectError as error:
                refused.append(str(error))
    assert read > 2000
    assert all(sentence.startswith(URL) for sentence in refused)


PARAGRAPH = "<p>The Russell 2000 rose 3 percent on Wednesday, traders said after the close of the session.</p>"
FULL = PARAGRAPH * (FULL_LENGTH // 80)
PAGE = (
    b"<html><head><title>Page</title></head><body><article><p>From the page: oil fell 2%.</p></article></body></html>"
)


class Wire(BaseHTTPRequestHandler):
    feed: bytes
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/feed" and self.headers["If-None-Match"] == '"1"':
            self._send(304, "", b"")
        elif self.path == "/feed":
            self._send(200, "application/rss+xml", self.feed)
        elif self.path == "/missing":
            self._send(404, "text/html", b"")
        elif self.path == "/report.pdf":
            self._send(200, "application/pdf", b"%PDF")
        else:
            self._send(200, "text/html; charset=utf-8", PAGE)

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("ETag", '"1"')
        if kind:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def wire() -> Iterator[str]:
    Wire.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Wire) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def item(number: int, link: str, text: str) -> str:
    return f"<guid isPermaLink='false'>g{number}</guid><title>Story {number}</title><link>{link}</link>{text}"


def encoded(markup: str) -> str:
    return f"<content:encoded><![CDATA[{markup}]]></content:encoded>"


def test_full_text_from_the_feed_else_from_the_page(wire: str) -> None:
    Wire.feed = rss(
        item(1, f"{wire}/1", encoded(FULL)),
        item(2, f"{wire}/2", encoded("<p>Oil fell.</p>")),
        item(3, f"{wire}/3", encoded(FULL + "<p>Read more…</p>")),
    )
    found = collect_feed(f"{wire}/feed", GET)
    assert Wire.asked == ["/feed", "/2", "/3"]
    assert [page.html for page in found.pages] == [FULL, PAGE.decode(), PAGE.decode()]
    first = found.pages[0]
    assert (first.title, first.publisher, first.url, first.text) == ("Story 1", "Example Wire", f"{wire}/1", None)
    assert (found.etag, found.title, found.failures, found.not_modified) == ('"1"', "Example Wire", (), False)


def test_a_page_that_cannot_be_had_costs_its_entry_only(wire: str) -> None:
    Wire.feed = rss(item(1, f"{wire}/missing", ""), item(2, f"{wire}/report.pdf", ""), item(3, f"{wire}/3", ""))
    found = collect_feed(f"{wire}/feed", GET)
    assert [page.title for page in found.pages] == ["Story 3"]
    assert [(failure.place, failure.reason) for failure in found.failures] == [
        (f"{wire}/feed: 'Story 1'", f"{wire}/missing: answered 404 Not Found"),
        (f"{wire}/feed: 'Story 2'", f"{wire}/report.pdf: is application/pdf, not a web page"),
    ]
    assert found.etag is None  # the next visit meets the whole feed, and so these stories, again


def test_the_second_visit_finds_nothing_new(wire: str) -> None:
    Wire.feed = rss(item(1, f"{wire}/1", ""))
    first = collect_feed(f"{wire}/feed", GET)
    second = collect_feed(f"{wire}/feed", GET, etag=first.etag)
    assert (second.not_modified, second.pages, second.etag) == (True, (), '"1"')


def test_known_stories_are_not_asked_for_again(wire: str) -> None:
    Wire.feed = rss(item(1, f"{wire}/1", ""), item(2, f"{wire}/2", ""))
    known = collect_feed(f"{wire}/feed", GET).pages[0].id
    assert known is not None
    found = collect_feed(f"{wire}/feed", GET, known={known})
    assert (found.known, [page.title for page in found.pages]) == (1, ["Story 2"])
    assert Wire.asked == ["/feed", "/1", "/2", "/feed", "/2"]


def test_without_full_text_no_page_is_asked_for(wire: str) -> None:
    Wire.feed = rss(item(1, f"{wire}/1", "<description>Stocks &amp;lt; bonds</description>"), item(2, f"{wire}/2", ""))
    found = collect_feed(f"{wire}/feed", GET, full_text=False)
    assert (Wire.asked, len(found.pages)) == (["/feed"], 1)
    assert [failure.reason for failure in found.failures] == ["the entry has no text of its own"]


def test_a_feed_that_cannot_be_had_is_an_error(wire: str) -> None:
    with pytest.raises(CollectError, match="answered 404 Not Found"):
        collect_feed(f"{wire}/missing", GET)
