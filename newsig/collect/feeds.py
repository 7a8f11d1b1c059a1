"""RSS, Atom, RDF, CDF and JSON feeds → the stories behind them.

A story's identity is its guid within its feed, else its link, else its title and date; `entry_id` turns that into the
page's id. The date of an entry is when it was published, else when it was last changed, since that is the text at
hand. Whatever is less than certain is said in ``notes``; an entry that cannot be used is a `Failure`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.sax import SAXException

from newsig.collect.characters import cleaned, without_bad_references
from newsig.collect.dates import read_date
from newsig.collect.decode import decode_xml, plain
from newsig.collect.entries import (
    LONGEST_NAME,
    Entry,
    Feed,
    clean,
    dated,
    entry_id,
    identities,
    paragraphs,
    usable,
    web_address,
)
from newsig.collect.http import shown
from newsig.collect.json_feed import is_json, json_entries
from newsig.collect.salvage import Parsed, one_by_one
from newsig.collect.xml_outline import Outline, outline
from newsig.collect.xml_text import check_entities
from newsig.errors import CollectError
from newsig.records import Failure

__all__ = ["Entry", "Feed", "entry_id", "identities", "parse_feed"]

DOUBTS = {
    "no_zone": "a date without a zone (day kept)",
    "ambiguous_zone": "a date whose zone's name has several meanings (day kept)",
    "out_of_range": "a date that cannot be right",
    "unreadable": "a date that cannot be read",
}


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
    title, in_title = cleaned(plain(title)[:LONGEST_NAME])
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
