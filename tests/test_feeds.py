"""Feeds as text, and collecting from a real server on loopback."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.feeds import TOKENS, Count, feeds, mutated
from newsig.collect.characters import BAD
from newsig.collect.dates import EARLIEST, LONGEST, OTHERS, RFC, ZONES, read_date
from newsig.collect.feeds import Entry, entry_id, identities, parse_feed
from newsig.collect.http import fetch
from newsig.errors import CollectError

CORPUS = Path(__file__).parents[2] / "shared/data/feeds/feedparser_corpus.tar.gz"
URL = "https://example.org/feed.xml"
KEYS = st.sampled_from(["name", "title", "id", "url"])
GET = partial(fetch, timeout=10)


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
        date_text="Wed, 17 Jul 2024 22:26:00 -0400",
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


DATES: list[tuple[str, str | None, str | None]] = [
    # RFC 822 and 5322
    ("Thu, 18 Jul 2024 02:26:00 GMT", "2024-07-18T02:26:00+00:00", None),
    ("Thu, 18 Jul 2024 02:26:00 UT", "2024-07-18T02:26:00+00:00", None),
    ("Thu, 18 Jul 2024 02:26:00 UTC", "2024-07-18T02:26:00+00:00", None),
    ("Thu, 18 Jul 2024 02:26 -0000", "2024-07-18T02:26:00+00:00", None),
    ("Thu, 18 Jul 24 02:26:00 Z", "2024-07-18T02:26:00+00:00", None),
    ("Wed, 17 Jul 2024 22:26:00 EDT", "2024-07-17T22:26:00-04:00", None),
    ("Wed, 17 Jan 2024 22:26:00 EST", "2024-01-17T22:26:00-05:00", None),
    ("Wed, 17 Jan 2024 22:26:00 CST", "2024-01-17T22:26:00-06:00", None),
    ("Wed, 17 Jul 2024 22:26:00 PDT", "2024-07-17T22:26:00-07:00", None),
    ("17 July 2024 22:26:00 -0400", "2024-07-17T22:26:00-04:00", None),
    ("17-Jul-2024 22:26:00 -04:00", "2024-07-17T22:26:00-04:00", None),
    ("Wednesday, 17 July 2024 22:26:00 -0400", "2024-07-17T22:26:00-04:00", None),
    ("Wed, 02 Oct 2024 15:04:05 +0000 (UTC)", "2024-10-02T15:04:05+00:00", None),
    ("Wed, 02 Oct 2024 15:04:05 +0200 (Central European Summer Time)", "2024-10-02T15:04:05+02:00", None),
    ("Wed, 4 Sept 2024 15:04:05 GMT", "2024-09-04T15:04:05+00:00", None),
    ("Wed, 02 Oct 2024 03:04 PM GMT", "2024-10-02T15:04:00+00:00", None),
    ("Wed, 02 Oct 2024 12:04 a.m. GMT", "2024-10-02T00:04:00+00:00", None),
    ("Wed, 02 Oct 2024 15:04:05 GMT+0200", "2024-10-02T15:04:05+02:00", None),
    ("  Wed,  02 Oct 2024 15:04:05  GMT\n", "2024-10-02T15:04:05+00:00", None),
    # zones of one meaning
    ("Thu, 18 Jan 2024 09:00:00 CET", "2024-01-18T09:00:00+01:00", None),
    ("Thu, 18 Jul 2024 09:00:00 CEST", "2024-07-18T09:00:00+02:00", None),
    ("Thu, 18 Jul 2024 09:00:00 EEST", "2024-07-18T09:00:00+03:00", None),
    ("Thu, 18 Jul 2024 09:00:00 JST", "2024-07-18T09:00:00+09:00", None),
    ("Thu, 18 Jul 2024 09:00:00 KST", "2024-07-18T09:00:00+09:00", None),
    ("Thu, 18 Jul 2024 09:00:00 HKT", "2024-07-18T09:00:00+08:00", None),
    ("Thu, 18 Jul 2024 09:00:00 SGT", "2024-07-18T09:00:00+08:00", None),
    ("Thu, 18 Jul 2024 09:00:00 AEST", "2024-07-18T09:00:00+10:00", None),
    ("Thu, 18 Jan 2024 09:00:00 ACDT", "2024-01-18T09:00:00+10:30", None),
    ("Thu, 18 Jul 2024 09:00:00 NZST", "2024-07-18T09:00:00+12:00", None),
    ("Thu, 18 Jul 2024 09:00:00 SAST", "2024-07-18T09:00:00+02:00", None),
    # zones of several, or of none
    ("Thu, 18 Jul 2024 02:26:00 IST", "2024-07-18", "ambiguous_zone"),
    ("Thu, 18 Jul 2024 02:26:00 BST", "2024-07-18", "ambiguous_zone"),
    ("Thu, 18 Jul 2024 02:26:00 AST", "2024-07-18", "ambiguous_zone"),
    ("Thu, 18 Jul 2024 02:26:00 ET", "2024-07-18", "ambiguous_zone"),
    ("Thu, 18 Jul 2024 02:26:00 A", "2024-07-18", "ambiguous_zone"),
    ("Thu, 18 Jul 2024 02:26:00", "2024-07-18", "no_zone"),
    ("2024-07-18T02:26:00", "2024-07-18", "no_zone"),
    ("2024-07-18 02:26", "2024-07-18", "no_zone"),
    ("Wed Oct  2 15:04:05 2024", "2024-10-02", "no_zone"),
    # outside its own form RFC 5322 says nothing of EST and CST, which Australia and China have too
    ("Wed Oct 02 15:04:05 CST 2024", "2024-10-02", "ambiguous_zone"),
    ("2024-10-02 15:04:05 EST", "2024-10-02", "ambiguous_zone"),
    # ISO 8601 and RFC 3339
    ("2024-07-18T02:26:00Z", "2024-07-18T02:26:00+00:00", None),
    ("2024-07-18t02:26:00z", "2024-07-18T02:26:00+00:00", None),
    ("2024-07-18T02:26:00.123Z", "2024-07-18T02:26:00.123000+00:00", None),
    ("2024-07-18T02:26:00,5Z", "2024-07-18T02:26:00.500000+00:00", None),
    ("2024-07-18T02:26:00.123456789Z", "2024-07-18T02:26:00.123456+00:00", None),
    ("2024-07-18T02:26:00+0530", "2024-07-18T02:26:00+05:30", None),
    ("2024-07-18T02:26+05:30", "2024-07-18T02:26:00+05:30", None),
    ("2024-07-18 02:26:00 +0000", "2024-07-18T02:26:00+00:00", None),
    ("2024-07-18 02:26:00 UTC", "2024-07-18T02:26:00+00:00", None),
    ("2024/07/18 02:26:00 +0900", "2024-07-18T02:26:00+09:00", None),
    ("20240718T022600Z", "2024-07-18T02:26:00+00:00", None),
    ("Wed Oct 02 15:04:05 UTC 2024", "2024-10-02T15:04:05+00:00", None),
    # days
    ("Thu, 18 Jul 2024", "2024-07-18", None),
    ("2024-07-18", "2024-07-18", None),
    ("20240718", "2024-07-18", None),
    ("July 18, 2024", "2024-07-18", None),
    # other ways of writing
    ("October 2, 2024 at 3:04 pm UTC", "2024-10-02T15:04:00+00:00", None),
    ("Mi, 02 Okt 2024 15:04:05 +0200", "2024-10-02T15:04:05+02:00", None),
    ("18. März 2024 02:26:00 +0100", "2024-03-18T02:26:00+01:00", None),
    ("18 juil. 2024 02:26:00 GMT", "2024-07-18T02:26:00+00:00", None),
    ("mié, 02 ene 2024 15:04:05 +0100", "2024-01-02T15:04:05+01:00", None),
    # what cannot be
    ("Thu, 01 Jan 1970 00:00:00 GMT", None, "out_of_range"),
    ("Thu, 01 Jan 70 00:00:00 GMT", None, "out_of_range"),
    ("0001-01-01T00:00:00Z", None, "out_of_range"),
    ("0001-01-01T00:00:00+10:00", None, "out_of_range"),
    ("1989-12-31", None, "out_of_range"),
    ("1990-01-01", "1990-01-01", None),
    ("2024-12-01T00:00:00Z", "2024-12-01T00:00:00+00:00", None),
    ("2024-12-01T00:00:01Z", None, "out_of_range"),
    ("2024-12-01", "2024-12-01", None),
    ("2024-12-02", None, "out_of_range"),
    ("2099-01-01T00:00:00Z", None, "out_of_range"),
    ("9999-12-31T23:59:00-14:00", None, "out_of_range"),
    # what cannot be read
    ("31/31/2024", None, "unreadable"),
    ("02/10/2024", None, "unreadable"),
    ("18 listopad 2024 02:26:00 GMT", None, "unreadable"),
    ("Wed, 31 Feb 2024 02:26:00 GMT", None, "unreadable"),
    ("Wed, 02 Oct 2024 25:04:05 GMT", None, "unreadable"),
    ("Wed, 02 Oct 2024 15:04 PM GMT", None, "unreadable"),
    ("Thu, 18 Jul 2024 02:26:00 +9900", None, "unreadable"),
    ("Thu, 18 Jul 2024 02:26:00 +0099", None, "unreadable"),
    ("2024-07", None, "unreadable"),
    ("1721269560", None, "unreadable"),
    ("1721269560000", None, "unreadable"),
    ("yesterday", None, "unreadable"),
]
NOW = datetime(2024, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(("written", "expected", "doubt"), DATES)
def test_dates_say_no_more_than_is_written(written: str, expected: str | None, doubt: str | None) -> None:
    feed = parse_feed(rss(f"<link>https://example.org/1</link><pubDate>{written}</pubDate>"), URL, now=NOW)
    (entry,) = feed.entries
    assert (entry.published.isoformat() if entry.published else None) == expected
    assert (entry.date_text, entry.date_doubt) == (written.strip(), doubt)
    assert bool(feed.notes) == bool(doubt)


@given(st.datetimes(min_value=datetime(1990, 1, 2), timezones=st.timezones()))
def test_a_moment_written_out_is_read_back(moment: datetime) -> None:
    try:
        moment.astimezone(UTC)
    except OverflowError:
        return
    read = read_date(moment.isoformat())
    assert (read.when.isoformat() if read.when else None, read.doubt) == (moment.isoformat(), None)


@given(st.text() | st.from_regex(RFC) | st.from_regex(OTHERS[2]), st.none() | st.just(NOW))
def test_any_text_is_a_date_or_a_doubt(text: str, now: datetime | None) -> None:
    read = read_date(text, now)
    assert read.text == (text.strip()[:LONGEST] or None)
    assert (read.when is None) <= (read.doubt is not None or not text.strip())
    assert read.when is None or str(EARLIEST) <= read.when.isoformat()


def test_the_zones_of_one_meaning_are_those_of_the_database() -> None:
    for place, names in (
        ("Europe/Berlin", "cet cest"),
        ("Europe/Athens", "eet eest"),
        ("Asia/Tokyo", "jst"),
        ("Asia/Seoul", "kst"),
        ("Asia/Hong_Kong", "hkt"),
        ("Asia/Karachi", "pkt"),
        ("Asia/Jakarta", "wib"),
        ("Africa/Johannesburg", "sast"),
        ("Australia/Sydney", "aest aedt"),
        ("Australia/Adelaide", "acst acdt"),
        ("Australia/Perth", "awst"),
        ("Pacific/Auckland", "nzst nzdt"),
        ("Pacific/Honolulu", "hst"),
        ("America/Anchorage", "akst akdt"),
    ):
        days = [datetime(2024, month, 15, tzinfo=ZoneInfo(place)) for month in (1, 7)]
        written = {str(day.tzname()).lower(): day.utcoffset() for day in days}
        assert written == {name: timedelta(hours=ZONES[name]) for name in names.split()}


def test_an_entry_is_dated_by_its_publication_else_by_its_last_change() -> None:
    changed = "<updated>2024-07-19T00:00:00Z</updated>"
    body = "<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>"
    entry = "<entry><id>{}</id><link href='https://example.org/{}'/>{}</entry>"
    both = "<published>2024-07-18T02:26:00</published>" + changed
    feed = parse_feed(body.format(entry.format(1, 1, both) + entry.format(2, 2, changed)).encode(), URL)
    first, second = feed.entries
    assert (first.published, first.date_text, first.date_doubt) == (date(2024, 7, 18), "2024-07-18T02:26:00", "no_zone")
    assert first.updated == second.updated == second.published == datetime(2024, 7, 19, tzinfo=UTC)
    assert (second.date_text, second.date_doubt) == ("2024-07-19T00:00:00Z", None)


def test_notes_count_what_is_uncertain() -> None:
    link = "<link>https://example.org/{}</link>"
    feed = parse_feed(rss(*(link.format(n) + "<pubDate>18 Jul 2024 02:26 IST</pubDate>" for n in range(3))), URL)
    (note,) = feed.notes
    words = "3 of 3 entries with a date whose zone's name has several meanings (day kept): '18 Jul 2024 02:26 IST'"
    assert note == f"{URL}: {words}"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/hostname", "JaVaScRiPt:x", "data:text/html,x"])
def test_other_links_than_web_addresses_are_no_links(link: str) -> None:
    feed = parse_feed(rss(f"<title>Bad</title><link>{link}</link>", "<link>https://example.org/2</link>"), URL)
    assert [entry.url for entry in feed.entries] == ["https://example.org/2"]
    (failure,) = feed.failures
    assert (failure.place, "neither a text nor" in failure.reason) == (f"{URL}: 'Bad'", True)


def test_a_repeated_guid_is_said_and_an_exact_repetition_is_not() -> None:
    first = "<guid isPermaLink='false'>g</guid><title>One</title><link>https://example.org/1</link>"
    other = "<guid isPermaLink='false'>g</guid><title>Two</title><link>https://example.org/2</link>"
    once = parse_feed(rss(first, first), URL)
    assert ([entry.title for entry in once.entries], len(once.notes)) == (["One"], 1)
    feed = parse_feed(rss(first, first, other), URL)
    assert [entry.title for entry in feed.entries] == ["One", "Two"]
    assert feed.failures == ()
    assert f"{URL}: 2 of 2 entries share a guid or link with another; each is kept: 'g'" in feed.notes
    assert len(set(identities(feed.entries, URL))) == 2


GUIDS = [
    ("<guid>tag:example.org,2024:1</guid>", "tag:example.org,2024:1"),
    ("<guid>relative/1</guid>", "relative/1"),
    ("<guid isPermaLink='true'>https://example.org/a?b=1&amp;c=2</guid>", "https://example.org/a?b=1&c=2"),
    ("<guid>\n  spaced out\n </guid>", "spaced out"),
    ("<guid><![CDATA[<b>&amp;]]></guid>", "<b>&amp;"),
    ("<guid>first</guid><guid>second</guid>", "first"),
    ("<id>1</id>", "1"),
    ("<guid/>", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "guid"), GUIDS)
def test_guids_are_as_given(written: str, guid: str | None) -> None:
    feed = parse_feed(rss(f"<title>T</title><link>https://example.org/1</link>{written}"), URL)
    assert feed.entries[0].guid == guid
    assert any("more than one guid" in note for note in feed.notes) == ("second" in written)


BOMB = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
BROKEN = [
    (b"", "is neither an RSS nor an Atom feed"),
    (b"<html><body><h1>404</h1></body></html>", "is neither an RSS nor an Atom feed"),
    (
        f"<!DOCTYPE rss [<!ENTITY e0 'ha'>{BOMB}]><rss><channel>&e9;</channel></rss>".encode(),
        "declares the entity 'e1'",
    ),
    (
        f"<!DOCTYPE rss [<!ENTITY a '{'a' * 5000}'>]><rss>{'&a;' * 5000}</rss>".encode("utf-16"),
        "declares entities that expand to 25,000,000 characters",
    ),
    (b"<!DOCTYPE rss [" + b"<!ENTITY a 'b'>" * 1001 + b"]><rss/>", "declares 1,001 entities, as only attacks do"),
    (b"<!DOCTYPE rss [<!ENTITY it's>]><rss/>", "has a document type that cannot be read"),
    (b'{"items": []}', "is JSON, but no JSON Feed"),
    (b'{"version": "https://jsonfeed.org/version/1"}', "is a JSON Feed without a list of items"),
    (b'{"version": ', "is no JSON: Expecting value at line 1, column 13"),
    (b'{"a": ' + b"[" * 100_000, "is JSON that is nested too deeply"),
]


@pytest.mark.parametrize(("body", "reason"), BROKEN)
def test_a_broken_feed(body: bytes, reason: str) -> None:
    with pytest.raises(CollectError) as caught:
        parse_feed(body, URL)
    assert str(caught.value).startswith(f"{URL}: {reason}")


def test_entities_that_do_no_harm_are_resolved() -> None:
    latin = "<!ENTITY % HTMLlat1 PUBLIC '-//W3C//ENTITIES Latin 1 for XHTML//EN' 'xhtml-lat1.ent'>"
    head = f'<!DOCTYPE rss [\n{latin}\n<!ENTITY firm "Petrakind">]>'
    feed = parse_feed(head.encode() + rss("<title>&firm; up</title><link>https://example.org/1</link>"), URL)
    assert feed.entries[0].title == "Petrakind up"


def test_no_file_is_read_for_an_entity(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("hush")
    head = f"<!DOCTYPE rss [<!ENTITY s SYSTEM '{file.as_uri()}'>]>"
    feed = parse_feed(head.encode() + rss("<title>T &s;</title><link>https://example.org/1</link>"), URL)
    assert "hush" not in str(feed)


@pytest.mark.parametrize("token", TOKENS)
def test_what_parsers_stumble_over_costs_the_other_items_nothing(token: bytes) -> None:
    fine = b"<item><title>Fine %d</title><link>https://example.org/%d</link></item>"
    odd = (
        b"<item><title>Odd</title><link>https://example.org/odd</link><description>" + token + b"</description></item>"
    )
    feed = parse_feed(b"<rss version='2.0'><channel>" + fine % (1, 1) + odd + fine % (2, 2) + b"</channel></rss>", URL)
    titles = [str(entry.title) for entry in feed.entries]
    assert titles[0] == "Fine 1"
    if token not in SWALLOWING:
        assert titles[-1] == "Fine 2"
    assert not BAD.search(str(feed))


SWALLOWING = (b"<![CDATA[", b"<!--", b"<?x", b"<![", b"<!", b"<!ENTITY x '&x;'>")
"""Tokens after which a reader cannot tell markup from what is quoted or commented out."""

REFERENCES = ["&#xD800;", "&#x110000;", "&#99999999999999999999;", "&#0;", "&#27;", f"&#{'9' * 5000};", "&#x;"]


@pytest.mark.parametrize("reference", REFERENCES)
@pytest.mark.parametrize("escaped", ["", "amp;"])
def test_a_bad_reference_is_replaced_and_counted(reference: str, escaped: str) -> None:
    written = reference.replace("&", f"&{escaped}")
    feed = parse_feed(rss(f"<title>Up{written}3%</title><link>https://example.org/1</link>", "<title>B</title>"), URL)
    assert feed.entries[0].title == "Up\ufffd3%"
    assert f"{URL}: 1 characters that no text should hold were replaced or dropped" in feed.notes


CHARACTERS = [
    ("A\0B", "AB"),
    ("\x1b[31mFed\x1b]0;x\x07", "[31mFed]0;x"),
    ("He said \x93no\x94", "He said “no”"),
    ("\u202eFed\u202c up", "Fed up"),
    ("one\x0btwo", "one two"),
    ("&#x202e;Fed &#147;up&#148;", "Fed “up”"),
]


@pytest.mark.parametrize(("written", "title"), CHARACTERS)
def test_characters_that_no_text_should_hold(written: str, title: str) -> None:
    items = (
        f"<title>{written}</title><guid>{written}</guid><author>{written}</author><link>https://example.org/1</link>"
    )
    feed = parse_feed(rss(items, title=written), URL)
    assert (feed.title, feed.entries[0].title, feed.entries[0].guid) == (title, title, title)
    assert any("characters that no text should hold" in note for note in feed.notes)


def test_an_item_on_which_the_parser_gives_up_costs_that_item() -> None:
    item = "<title>{0}</title><guid isPermaLink='false'>{0}</guid><link>https://example.org/{0}</link>{1}"
    trap = "<textInput><link>x</link></textInput>"
    feed = parse_feed(rss(item.format("One", ""), item.format("Two", trap), item.format("Three", "")), URL)
    assert [(entry.title, entry.guid) for entry in feed.entries] == [("One", "One"), ("Three", "Three")]
    (failure,) = feed.failures
    assert (failure.place, failure.reason[:28]) == (f"{URL}: 'Two'", "the item cannot be parsed (K")
    assert feed.title == "Example Wire"
    with pytest.raises(CollectError, match="cannot be parsed"):
        parse_feed(rss(item.format("Two", trap)), URL)


ENCODINGS = [
    ("utf-8", "utf-8", None),
    ("utf-8-sig", None, None),
    ("utf-16", "utf-16", None),
    ("utf-16-le", "utf-16", None),
    ("utf-16-be", None, None),
    ("utf-32", "utf-32", None),
    ("windows-1252", "iso-8859-1", None),
    ("windows-1252", None, "text/xml; charset=iso-8859-1"),
    ("windows-1252", None, "text/xml"),
    ("utf-8", None, "text/xml"),
    ("utf-8", "iso-8859-1", None),
    ("utf-8", "zip", "application/xml; charset=rot13"),
    ("utf-8", "utf-8", "application/xml; charset=utf-16"),
]


@pytest.mark.parametrize(("encoding", "declared", "content_type"), ENCODINGS)
def test_encodings(encoding: str, declared: str | None, content_type: str | None) -> None:
    declaration = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    body = declaration + rss("<title>Łódź</title>" if "utf" in encoding else "<title>café “so”</title>").decode()
    body = body.replace("</item>", "<link>https://example.org/1</link></item>")
    title = parse_feed(body.encode(encoding), URL, content_type).entries[0].title
    assert title == ("Łódź" if "utf" in encoding else "café “so”")


def test_bytes_that_are_no_text_cost_only_themselves() -> None:
    body = rss("<title>Łódź up</title><link>https://example.org/1</link>").replace(b" up", b"\xff\x81 up")
    feed = parse_feed(b"<?xml version='1.0' encoding='utf-8'?>" + body, URL)
    assert feed.entries[0].title == "Łódź\ufffd\ufffd up"
    assert f"{URL}: 2 characters that no text should hold were replaced or dropped" in feed.notes


RSS_1 = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>A</title></channel><item rdf:about="urn:1">
<title>Oil</title><link>https://example.org/1</link><dc:date>2024-07-18T02:26:00Z</dc:date></item></rdf:RDF>"""
ATOM_03 = b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>urn:1</id><title>Oil</title>
<link rel="alternate" href="https://example.org/1"/></entry></feed>"""
OLDER = [
    (RSS_1, "urn:1"),
    (
        b"<rss version='0.91'><channel><item><title>Oil</title><link>https://example.org/1</link></item></channel></rss>",
        None,
    ),
    (b"<channel><title>A</title><item href='https://example.org/1'><title>Oil</title></item></channel>", None),
    (ATOM_03, "urn:1"),
]


@pytest.mark.parametrize(("body", "guid"), OLDER)
def test_older_formats(body: bytes, guid: str | None) -> None:
    entry = only(body)
    assert (entry.title, entry.url, entry.guid) == ("Oil", "https://example.org/1", guid)


JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Example Wire", "items": [
{"id": 17, "url": "/1", "title": "S&amp;P \\ud800 up", "date_published": "2024-07-18T02:26:00Z",
 "authors": [{"name": "Orla Quillfeather"}, {"url": "x"}, "y"], "content_text": "One < two.\\nThree.", "summary": "S"},
{"id": "b", "external_url": "https://example.com/b", "author": {"name": "Zoë Łukasz"}, "content_html": "<p>Oil.</p>",
 "date_modified": "2024-07-18", "tags": [1e999, NaN, {}]},
"no item", {"id": "c"}, {"id": ["d"], "url": 5}, {"id": "e", "url": "javascript:1", "content_text": "E"}]}"""


def test_a_json_feed() -> None:
    feed = parse_feed(JSON_FEED.encode(), URL, "text/html")
    first, second, third = feed.entries
    assert first == Entry(
        guid="17",
        url="https://example.org/1",
        title="S&P \ufffd up",
        published=datetime(2024, 7, 18, 2, 26, tzinfo=UTC),
        date_text="2024-07-18T02:26:00Z",
        authors=("Orla Quillfeather",),
        content_html="<p>One &lt; two.</p><p>Three.</p>",
        summary_html="<p>S</p>",
    )
    assert (second.guid, second.url, second.authors) == ("b", "https://example.com/b", ("Zoë Łukasz",))
    assert (second.published, second.updated, second.content_html) == (date(2024, 7, 18),) * 2 + ("<p>Oil.</p>",)
    assert (third.url, third.content_html) == (None, "<p>E</p>")
    assert [failure.place for failure in feed.failures] == [
        f"{URL}: item 3",
        f"{URL}: 'c'",
        f"{URL}: '(an entry without a title)'",
    ]
    assert feed.title == "Example Wire"


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda j: st.lists(j) | st.dictionaries(KEYS, j))
)
def test_any_json_is_a_feed_or_an_error(value: object) -> None:
    body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": [value, {"id": value, "url": value}]})
    feed = parse_feed(body.encode(), URL)
    assert len(feed.entries) + len(feed.failures) in (1, 2)


STONES = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<at:deleted-entry ref="urn:1" when="2024-07-18T02:26:00Z"/><at:deleted-entry ref=" urn:2 " when="soon"/>
<at:deleted-entry ref="urn:3" when="2024-07-19T00:00:00Z"/><at:deleted-entry when="2024-07-19T00:00:00Z"/>
<entry><id>urn:2</id><link href="/2"/><updated>2024-07-18T02:26:00Z</updated></entry>
<entry><id>urn:3</id><link href="/3"/><updated>2024-07-18T02:26:00Z</updated></entry></feed>"""


def test_what_is_withdrawn_is_an_entry_that_says_so() -> None:
    feed = parse_feed(STONES.encode(), URL)
    assert {entry.guid: entry.standing for entry in feed.entries} == {
        "urn:1": "withdrawn",
        "urn:2": None,  # is there, and nobody can tell whether that was before
        "urn:3": "withdrawn",
    }
    (first, *_) = [entry for entry in feed.entries if entry.standing]
    assert first == Entry(guid="urn:1", standing="withdrawn", updated=datetime(2024, 7, 18, 2, 26, tzinfo=UTC))
    assert entry_id(first, URL) == entry_id(Entry(guid="urn:1"), URL)
    assert feed.failures == ()


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


ENTRIES = st.builds(
    Entry,
    guid=st.none() | st.sampled_from("gh"),
    url=st.none() | st.sampled_from(["https://example.org/1", "https://example.org/2"]),
    title=st.none() | st.sampled_from("TU"),
    published=st.none() | st.just(date(2024, 7, 18)),
    content_html=st.none() | st.sampled_from(["a", "b"]),
)


@given(st.lists(ENTRIES, unique=True))
def test_entries_of_one_fetch_that_differ_have_ids_that_differ(entries: list[Entry]) -> None:
    ids = identities(entries, URL)
    assert len(set(ids)) == len(entries)
    own = [entry_id(entry, URL) for entry in entries]
    assert all(id_ == plain_id for id_, plain_id in zip(ids, own, strict=True) if own.count(plain_id) == 1)
    assert dict(zip(entries, ids, strict=True)) == dict(
        zip(reversed(entries), identities(list(reversed(entries)), URL), strict=True)
    )


@pytest.mark.skipif(not CORPUS.exists(), reason="the feeds lie beside the repository of developers only")
def test_every_feed_of_the_corpus_is_a_feed_or_an_error_whole_and_mutated() -> None:
    count, originals = Count(), list(feeds(CORPUS))
    for name, body in originals[::4]:
        count.parse(name, body)
    assert count.outcomes["parsed"] > 500
    for number in range(300):
        chance = random.Random(number)
        name, body = chance.choice(originals)
        count.parse(name, mutated(body, chance))
    assert count.outcomes["uncaught"] == 0
    assert count.outcomes["parsed"] > 700


@settings(deadline=None)
@given(st.sampled_from([RSS_1, STONES.encode(), JSON_FEED.encode(), rss("<title>T</title>")]), st.randoms())
def test_feeds_of_our_own_may_be_mutated(body: bytes, chance: random.Random) -> None:
    count = Count()
    count.parse("own", mutated(body, chance))
    assert count.outcomes["uncaught"] == 0
