"""Lists of feeds, read and written."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.collect.characters import cleaned
from newsig.collect.opml import read_opml, write_opml
from newsig.errors import CollectError

CREATED = datetime(2024, 7, 18, 2, 26, tzinfo=UTC)


def opml(body: str, version: str = "2.0") -> bytes:
    return f"<?xml version='1.0'?><opml version='{version}'><head/><body>{body}</body></opml>".encode()


FOLDERS = """<outline text='Markets'><outline text='Funds'><outline text='A' xmlUrl='https://example.org/a'/></outline>
<outline text='B' xmlUrl='https://example.org/b'/></outline><outline text='none' htmlUrl='https://example.org'/>"""
LISTS: list[tuple[str, list[tuple[str, str | None]]]] = [
    ("", []),
    ("<outline text='A' type='rss' xmlUrl='https://example.org/a'/>", [("https://example.org/a", "A")]),
    ("<outline text='A' title='B' xmlUrl='https://example.org/a'/>", [("https://example.org/a", "B")]),
    ("<outline title='A' xmlurl='https://example.org/a'/>", [("https://example.org/a", "A")]),
    ("<Outline XMLURL=' https://example.org/a '></Outline>", [("https://example.org/a", None)]),
    (
        FOLDERS,
        [("https://example.org/a", "A"), ("https://example.org/b", "B")],
    ),
    (
        "<outline text='A' xmlUrl='https://example.org/a'/><outline text='again' xmlUrl='https://example.org/a'/>",
        [("https://example.org/a", "A")],
    ),
    ("<outline text='A' xmlUrl='feed://example.org/a'/>", [("http://example.org/a", "A")]),
    ("<outline text='A' xmlUrl='feed:https://example.org/a'/>", [("https://example.org/a", "A")]),
    ("<outline text='A' xmlUrl='ftp://example.org/a'/>", [("ftp://example.org/a", "A")]),
    ("<outline text='A&#xD800;&#27;' xmlUrl='https://example.org/a'/>", [("https://example.org/a", "A\ufffd\ufffd")]),
    # not well-formed, as many readers write it
    ("<outline text='A & B' xmlUrl='https://example.org/a?b=1&c=2'/>", [("https://example.org/a?b=1&c=2", "A & B")]),
]


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize(("body", "found"), LISTS)
def test_lists_of_feeds(body: str, found: list[tuple[str, str | None]], version: str) -> None:
    assert read_opml(opml(body, version)) == found
    assert read_opml(opml(body, version).decode().encode("utf-16")) == found


NONE = [
    (b"", "is no list of feeds"),
    (b"<html><body/></html>", "is no list of feeds"),
    (b"<rss/>", "is no list of feeds"),
    (b"\x00\xff" * 100, "is no list of feeds"),
    (b"<!DOCTYPE opml [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><opml>&c;</opml>", "declares the entity 'c'"),
]


@pytest.mark.parametrize(("body", "reason"), NONE)
def test_what_is_no_list_is_said_to_be_none(body: bytes, reason: str) -> None:
    with pytest.raises(CollectError, match=reason):
        read_opml(body)


def test_a_list_as_others_read_it() -> None:
    written = write_opml([("https://example.org/?b=1&c=2", "Zoë & co"), ("https://example.org/b", None)], CREATED)
    assert written.decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<opml version="2.0">\n'
        "  <head>\n"
        "    <title>Feeds of newsig</title>\n"
        "    <dateCreated>Thu, 18 Jul 2024 02:26:00 +0000</dateCreated>\n"
        "  </head>\n"
        "  <body>\n"
        '    <outline type="rss" xmlUrl="https://example.org/?b=1&amp;c=2" text="Zoë &amp; co" title="Zoë &amp; co"/>\n'
        '    <outline type="rss" xmlUrl="https://example.org/b" text="https://example.org/b"/>\n'
        "  </body>\n"
        "</opml>\n"
    )


@given(st.dictionaries(st.from_regex(r"https://example\.org/[!-~]{1,20}", fullmatch=True), st.none() | st.text()))
def test_what_is_written_is_read_back(feeds: dict[str, str | None]) -> None:
    wanted = [(url, cleaned(title or "")[0].strip() or None) for url, title in feeds.items()]
    assert read_opml(write_opml(feeds.items(), CREATED)) == wanted


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_list_or_an_error(body: bytes) -> None:
    for tried in (body, opml("<outline xmlUrl='https://example.org/'>").replace(b"<head/>", body)):
        with contextlib.suppress(CollectError):
            assert len(read_opml(tried)) <= 1
