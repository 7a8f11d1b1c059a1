"""RSS and Atom → the stories behind them.

A story's identity is its guid within its feed, else its link, else its title and date; `entry_id` turns that into the
page's id. The date of an entry is when it was published, else when it was last changed, since that is the text at
hand. Whatever is less than certain about dates is said in ``notes``; an entry that cannot be used is a `Failure`.
"""

from __future__ import annotations

import html
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from xml.sax import SAXException

from newsig.collect.dates import feed_date
from newsig.collect.decode import decode_html, plain
from newsig.collect.http import Fetch, shown
from newsig.errors import CollectError
from newsig.records import Failure, Page

FULL_LENGTH = 800
"""Characters from which on an entry's own text is taken for the whole story, unless it trails off."""

TEASER_ENDINGS = ("...", "…", "read more", "read on", "continue reading", "full story")
HTML_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed. ``title`` and ``authors`` are plain text, ``summary_html`` and ``content_html`` sanitised
    HTML, ``url`` an http or https address; ``published`` as in `Page`."""

    guid: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | datetime | None = None
    authors: tuple[str, ...] = ()
    summary_html: str | None = None
    content_html: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as read. ``notes`` are sentences on what was read with less than certainty, ``failures`` the items that
    are of no use."""

    title: str | None = None
    entries: tuple[Entry, ...] = ()
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()


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


def parse_feed(body: bytes, url: str, content_type: str | None = None) -> Feed:
    """Read an RSS or Atom document. ``url`` resolves relative links and names the feed in failures.

    Raises:
        CollectError: it is no feed, or the parser cannot cope with it.
    """
    import feedparser

    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    try:
        # in a stream, because feedparser opens a file where bare bytes happen to be the path of one
        parsed = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=True)
    except Exception as error:  # feedparser raises a dozen kinds on odd input, none of them its own
        raise CollectError(f"{shown(url)}: the feed cannot be parsed ({type(error).__name__}: {error})") from error
    broken = parsed.get("bozo_exception")
    malformed = f" ({broken})" if isinstance(broken, SAXException) else ""
    if not parsed.get("version") and not parsed.entries:
        raise CollectError(f"{shown(url)}: is neither an RSS nor an Atom feed{malformed}")
    notes = []
    if malformed:
        notes.append(f"{shown(url)}: is not well-formed XML{malformed}; what could be read was taken")
    read = [_entry(dict(item)) for item in parsed.entries]
    notes += _date_notes(url, [doubt for _, doubt in read])
    entries, failures = _usable([entry for entry, _ in read], url)
    title = plain(str(dict.get(parsed.feed, "title") or ""))
    return Feed(title=title or None, entries=entries, failures=failures, notes=tuple(notes))


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


def entry_id(entry: Entry, feed_url: str) -> str:
    """The id of an entry's page: 16 hex digits, the same from one visit to the next.

    A guid counts within its feed only, a link everywhere, so that two feeds that carry a story by its link share it.
    """
    if entry.guid:
        identity = f"{feed_url}\n{entry.guid}"
    elif entry.url:
        identity = entry.url
    else:
        identity = f"{feed_url}\n{entry.title}\n{entry.published.isoformat() if entry.published else ''}"
    return sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _entry(fields: Mapping[str, Any]) -> tuple[Entry, str | None]:
    """An entry, and what is doubtful about its date."""
    published, doubt = _published(fields)
    authors = (plain(str(author.get("name") or "")) for author in fields.get("authors", ()))
    contents = [part for part in (_markup(detail) for detail in fields.get("content", ())) if part]
    entry = Entry(
        guid=fields.get("id") or None,
        url=_link(fields.get("link")),
        title=plain(fields.get("title") or "") or None,
        published=published,
        authors=tuple(author for author in authors if author),
        summary_html=_markup(fields.get("summary_detail") or {"value": fields.get("summary")}),
        content_html=max(contents, key=len, default=None),
    )
    return entry, doubt


def _published(fields: Mapping[str, Any]) -> tuple[date | datetime | None, str | None]:
    written = fields.get("published") or fields.get("updated")
    if not written:
        return None, "no date"
    try:
        when = feed_date(written)
    except ValueError:
        return None, f"a date that cannot be read ({written[:40]!r})"
    return when, None if isinstance(when, datetime) else f"a date without a certain zone ({written[:40]!r}; day kept)"


def _date_notes(url: str, doubts: list[str | None]) -> list[str]:
    kinds: dict[str, list[str]] = {}
    for doubt in filter(None, doubts):
        kinds.setdefault(doubt.partition(" (")[0], []).append(doubt)
    return [f"{shown(url)}: {len(same)} of {len(doubts)} entries with {same[0]}" for same in kinds.values()]


def _link(address: str | None) -> str | None:
    return address if address and address.lower().startswith(("http://", "https://")) else None


def _markup(detail: Mapping[str, Any]) -> str | None:
    value = detail.get("value")
    if not value:
        return None
    return _paragraphs(value) if detail.get("type") == "text/plain" else str(value)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.splitlines() if part.strip())


def _usable(entries: list[Entry], url: str) -> tuple[tuple[Entry, ...], tuple[Failure, ...]]:
    """Entries that point somewhere or say something, each identity once; an exact repetition is no loss."""
    kept: dict[str, Entry] = {}
    failures = []
    for entry in entries:
        if not (entry.url or entry.content_html or entry.summary_html):
            failures.append(_failure(entry, url, "the entry has neither a text nor an http or https link"))
            continue
        earlier = kept.setdefault(entry_id(entry, url), entry)
        if earlier != entry:
            failures.append(_failure(entry, url, f"the entry has the same guid or link as {_name(earlier)}"))
    return tuple(kept.values()), tuple(failures)


def _failure(entry: Entry, url: str, reason: str) -> Failure:
    return Failure(stage="collect", place=f"{shown(url)}: {_name(entry)}", reason=reason)


def _name(entry: Entry) -> str:
    return repr(entry.title or entry.guid or entry.url or "(an entry without a title)")


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
