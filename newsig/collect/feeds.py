"""RSS, Atom, RDF, CDF and JSON feeds → the stories behind them.

A story's identity is its guid within its feed, else its link, else its title and date; `entry_id` turns that into the
page's id. The date of an entry is when it was published, else when it was last changed, since that is the text at
hand. Whatever is less than certain is said in ``notes``; an entry that cannot be used is a `Failure`.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from xml.sax import SAXException

from newsig.collect.characters import cleaned, without_bad_references
from newsig.collect.dates import read_date
from newsig.collect.decode import decode_html, decode_xml, plain
from newsig.collect.entries import Entry, Feed, clean, dated, entry_id, identities, paragraphs, usable, web_address
from newsig.collect.entries import failure as _failure
from newsig.collect.http import Fetch, shown
from newsig.collect.json_feed import is_json, json_entries
from newsig.collect.salvage import Parsed, one_by_one
from newsig.collect.xml_outline import Outline, outline
from newsig.collect.xml_text import check_entities
from newsig.errors import CollectError
from newsig.records import Failure, Page

__all__ = ["Collected", "Entry", "Feed", "collect_feed", "entry_id", "identities", "parse_feed"]

FULL_LENGTH = 800
"""Characters from which on an entry's own text is taken for the whole story, unless it trails off."""

TEASER_ENDINGS = ("...", "…", "read more", "read on", "continue reading", "full story")
HTML_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")

DOUBTS = {
    "no_zone": "a date without a zone (day kept)",
    "ambiguous_zone": "a date whose zone's name has several meanings (day kept)",
    "out_of_range": "a date that cannot be right",
    "unreadable": "a date that cannot be read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one visit to a feed brought in. ``etag`` and ``last_modified`` are for the next visit; ``known`` counts the
    stories whose pages were not asked for again."""

    pages: tuple[Page, ...] = ()
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    title: str | None = None
    known: int = 0


def parse_feed(body: bytes, url: str, content_type: str | None = None, *, now: datetime | None = None) -> Feed:
    """Read a feed of any format. ``url`` resolves relative links and names the feed in failures.

    With ``now``, an aware moment, dates that lie more than a day after it are not believed. One item that the parser
    cannot cope with costs that item only.

    Raises:
        CollectError: it is no feed, the parser cannot cope with it, or its entities would make it grow.
    """
    place = shown(url)
    text, undecoded = decode_xml(body, content_type)
    text, unfit = cleaned(text)
    notes: list[str] = []
    failures: Sequence[Failure] = ()
    try:
        if is_json(text):
            title, entries, failures = json_entries(text, url, now)
        else:
            text, bad = without_bad_references(text)
            unfit += bad
            title, entries, failures, notes = _xml_entries(text, url, now)
    except CollectError as error:
        raise CollectError(f"{place}: {error}") from error
    tidy = [clean(entry) for entry in entries]
    title, in_title = cleaned(plain(title))
    count = undecoded + unfit + in_title + sum(bad for _, bad in tidy)
    if count:
        notes.append(f"{count:,} characters that no text should hold were replaced or dropped")
    kept, useless, told = usable([entry for entry, _ in tidy], url)
    notes += [*_date_notes(kept), *told]
    return Feed(
        title=title or None,
        entries=kept,
        failures=(*failures, *useless),
        notes=tuple(f"{place}: {note}" for note in notes),
    )


def _xml_entries(text: str, url: str, now: datetime | None) -> tuple[str, list[Entry], Sequence[Failure], list[str]]:
    check_entities(text)
    notes: list[str] = []
    failures: Sequence[Failure] = ()
    try:
        parsed = _parsed(text, url)
    except CollectError:
        raise
    except Exception as error:  # feedparser raises a dozen kinds on odd input, none of them its own
        parsed, failures = one_by_one(text, url, _parsed, error)
    if parsed.malformed:
        notes.append(f"is not well-formed XML ({parsed.malformed}); what could be read was taken")
    beside = outline(text)
    ids = beside.ids if len(beside.ids) == len(parsed.items) else [()] * len(parsed.items)
    entries = [_entry(item, own, url, now) for item, own in zip(parsed.items, ids, strict=True)]
    if several := sum(len(set(own)) > 1 for own in ids):
        notes.append(f"{several} of {len(entries)} entries with more than one guid (the first is taken)")
    return parsed.title, [*entries, *_withdrawn(beside, now)], failures, notes


def _parsed(text: str, url: str) -> Parsed:
    """What feedparser reads. Raises `CollectError` where it is no feed, and anything where feedparser does."""
    import feedparser

    # The text is UTF-8 by now, whatever it says itself. In a stream, because feedparser opens a file where bare bytes
    # happen to be the path of one. Unsanitised, because that takes minutes on a large feed, and leaks.
    read = feedparser.parse(
        io.BytesIO(text.encode("utf-8")),
        response_headers={"content-location": url, "content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    broken = read.get("bozo_exception")
    malformed = str(broken) if isinstance(broken, SAXException) else ""
    if not read.get("version") and not read.entries:
        raise CollectError(f"is neither an RSS nor an Atom feed{f' ({malformed})' if malformed else ''}")
    return Parsed(
        title=str(dict.get(read.feed, "title") or ""), items=[dict(item) for item in read.entries], malformed=malformed
    )


def _entry(fields: Mapping[str, Any], ids: tuple[str, ...], url: str, now: datetime | None) -> Entry:
    authors = (plain(str(author.get("name") or "")) for author in fields.get("authors", ()))
    contents = [part for part in (_markup(detail) for detail in fields.get("content", ())) if part]
    return Entry(
        guid=ids[0] if ids else fields.get("id") or None,
        url=web_address(fields.get("link"), url),
        title=plain(fields.get("title") or "") or None,
        authors=tuple(author for author in authors if author),
        summary_html=_markup(fields.get("summary_detail") or {"value": fields.get("summary")}),
        content_html=max(contents, key=len, default=None),
        **dated(read_date(fields.get("published"), now), read_date(fields.get("updated"), now)),
    )


def _withdrawn(beside: Outline, now: datetime | None) -> list[Entry]:
    return [
        Entry(guid=guid, updated=read_date(when, now).when, standing="withdrawn") for guid, when in beside.withdrawn
    ]


def _date_notes(entries: Sequence[Entry]) -> list[str]:
    there = [entry for entry in entries if not entry.standing]
    notes = []
    if undated := sum(entry.date_text is None for entry in there):
        notes.append(f"{undated} of {len(there)} entries with no date")
    for doubt, words in DOUBTS.items():
        if written := [entry.date_text or "" for entry in there if entry.date_doubt == doubt]:
            notes.append(f"{len(written)} of {len(there)} entries with {words}: {written[0][:40]!r}")
    return notes


def _markup(detail: Mapping[str, Any]) -> str | None:
    value = detail.get("value")
    if not value:
        return None
    return paragraphs(value) if detail.get("type") == "text/plain" else str(value)


def collect_feed(
    url: str,
    fetch: Fetch,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    full_text: bool = True,
    known: Collection[str] = (),
) -> Collected:
    """Visit a feed and bring in its stories.

    ``etag`` and ``last_modified`` are those of the last visit; after a visit on which a story failed there are none,
    so that the next one meets the whole feed again.

    A story is the entry's own text where that is whole, else the page that it links to. With ``full_text`` off no
    page is asked for, and the entry's text is taken as it is. ``known`` holds ids of `entry_id` whose pages need not
    be asked for again.

    Raises:
        CollectError: the feed itself cannot be fetched or read. A story that cannot is among the failures.
    """
    answer = fetch(url, etag=etag, last_modified=last_modified)
    if answer.not_modified:
        return Collected(
            etag=answer.etag or etag, last_modified=answer.last_modified or last_modified, not_modified=True
        )
    feed = parse_feed(answer.body, answer.url, answer.content_type)
    stories = _stories(feed, url, fetch, full_text=full_text, known=known)
    if stories.failures:  # nothing that promises "not modified" next time: these stories are then tried again
        answer = replace(answer, etag=None, last_modified=None)
    return replace(
        stories,
        failures=feed.failures + stories.failures,
        notes=feed.notes,
        etag=answer.etag,
        last_modified=answer.last_modified,
        title=feed.title,
    )


def _stories(feed: Feed, url: str, fetch: Fetch, *, full_text: bool, known: Collection[str]) -> Collected:
    pages: list[Page] = []
    failures: list[Failure] = []
    for entry in feed.entries:
        page = _page(entry, url, feed.title)
        own = _own_text(entry, whole=full_text and entry.url is not None)
        if own is None and page.id in known:
            continue
        try:
            pages.append(replace(page, html=own) if own else _fetched(page, fetch, full_text=full_text))
        except CollectError as error:
            failures.append(_failure(entry, url, str(error)))
    passed = len(feed.entries) - len(pages) - len(failures)
    return Collected(pages=tuple(pages), failures=tuple(failures), known=passed)


def _page(entry: Entry, feed_url: str, publisher: str | None) -> Page:
    return Page(
        origin=shown(feed_url),
        id=entry_id(entry, feed_url),
        url=entry.url,
        title=entry.title,
        published=entry.published,
        publisher=publisher,
        authors=entry.authors,
    )


def _own_text(entry: Entry, *, whole: bool) -> str | None:
    """The longer of the entry's texts; where it must be ``whole``, only if it reads like all of the story."""
    longest = max((entry.content_html or "", entry.summary_html or ""), key=lambda markup: len(plain(markup)))
    words = plain(longest)
    if whole and (len(words) < FULL_LENGTH or words.rstrip("])> ").lower().endswith(TEASER_ENDINGS)):
        return None
    return longest if words else None


def _fetched(page: Page, fetch: Fetch, *, full_text: bool) -> Page:
    if page.url is None or not full_text:
        raise CollectError("the entry has no text of its own")
    answer = fetch(page.url)
    kind = (answer.content_type or "text/html").partition(";")[0].strip().lower()
    if kind not in HTML_TYPES:
        raise CollectError(f"{shown(page.url)}: is {kind}, not a web page")
    return replace(page, url=answer.url, html=decode_html(answer.body, answer.content_type))
