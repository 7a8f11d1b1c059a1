"""What a feed holds once it is read, whatever its format, and which of its entries are one story."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin

from newsig.collect.characters import cleaned
from newsig.collect.dates import Reading
from newsig.collect.http import shown
from newsig.records import DateDoubt, Failure, Standing

LONGEST_TITLE = 1000
LONGEST_NAME = 200
"""Characters that are kept of the title of an entry and of a feed, and of what an entry is called in a failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed. ``title`` and ``authors`` are plain text, ``url`` is an http or https address, ``guid`` as
    given. ``summary_html`` and ``content_html`` are HTML as it came, not sanitised: to be read, never to be shown.

    ``published``, ``updated``, ``date_text``, ``date_doubt`` and ``standing`` are as in `Page`. An entry that is
    ``withdrawn`` has nothing but a guid, and the moment of its withdrawal as ``updated``.
    """

    guid: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | datetime | None = None
    authors: tuple[str, ...] = ()
    summary_html: str | None = None
    content_html: str | None = None
    updated: date | datetime | None = None
    date_text: str | None = None
    date_doubt: DateDoubt | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as read. ``notes`` are sentences on what was read with less than certainty, ``failures`` the items that
    are of no use."""

    title: str | None = None
    entries: tuple[Entry, ...] = ()
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()


def entry_id(entry: Entry, feed_url: str) -> str:
    """The id of an entry's page: 16 hex digits, the same from one visit to the next.

    A guid counts within its feed only, a link everywhere, so that two feeds that carry a story by its link share it.
    Where a guid or link is not of one entry alone, see `identities`.
    """
    if entry.guid:
        return _digest(feed_url, entry.guid)
    if entry.url:
        return _digest(entry.url)
    return _digest(feed_url, entry.title, _day(entry))


def identities(entries: Sequence[Entry], feed_url: str) -> list[str]:
    """The ids of the entries of one fetch, a different one for each that differs.

    It is that of `entry_id` where no other entry has it. Those that share one are told apart by their links, then by
    title and date, then by all that they say; an entry that is withdrawn keeps the id of its guid.
    """
    ids = [entry_id(entry, feed_url) for entry in entries]
    tellers = (
        lambda entry: (entry.url,),
        lambda entry: (entry.url, entry.title, _day(entry)),
        lambda entry: tuple(str(getattr(entry, field.name)) for field in fields(Entry)),
    )
    plain_ids = list(ids)
    for teller in tellers:
        shared = _shared(ids)
        ids = [
            _digest(feed_url, plain_ids[number], *teller(entry)) if id_ in shared and not entry.standing else id_
            for number, (entry, id_) in enumerate(zip(entries, ids, strict=True))
        ]
    return ids


def usable(entries: Sequence[Entry], url: str) -> tuple[tuple[Entry, ...], tuple[Failure, ...], list[str]]:
    """The entries that point somewhere or say something, the others as failures, and notes.

    Of exact repetitions one is kept. Entries that share a guid or link and differ are all kept, and told. A story that
    is withdrawn and also there is the later of both.
    """
    failures = [
        failure(entry, url, "the entry has neither a text nor an http or https link")
        for entry in entries
        if not (entry.url or entry.content_html or entry.summary_html or entry.standing)
    ]
    kept = [entry for entry in entries if entry.url or entry.content_html or entry.summary_html or entry.standing]
    kept = _not_withdrawn(list(dict.fromkeys(kept)))
    notes = []
    ids = [entry_id(entry, url) for entry in kept]
    if shared := _shared(ids):
        sharing = [entry for entry, id_ in zip(kept, ids, strict=True) if id_ in shared]
        first = sharing[0].guid or sharing[0].url or sharing[0].title or ""
        notes.append(
            f"{len(sharing)} of {len(kept)} entries share a guid or link with another; each is kept: {first[:80]!r}"
        )
    return tuple(kept), tuple(failures), notes


def dated(published: Reading, updated: Reading) -> dict[str, Any]:
    """An entry's fields on time. What was published is dated by that, else by its last change: that is the text at
    hand."""
    stated = published if published.text else updated
    return {
        "published": stated.when,
        "updated": updated.when,
        "date_text": stated.text,
        "date_doubt": stated.doubt,
    }


def clean(entry: Entry) -> tuple[Entry, int]:
    """The entry without characters that no text should hold, and how many they were."""
    changes: dict[str, Any] = {}
    count = 0
    if entry.title:
        entry = replace(entry, title=entry.title[:LONGEST_TITLE])
    for name in ("guid", "url", "title", "summary_html", "content_html", "date_text"):
        if value := getattr(entry, name):
            changes[name], bad = cleaned(value)
            count += bad
    authors = [cleaned(author) for author in entry.authors]
    changes["authors"] = tuple(author for author, _ in authors if author)
    return replace(entry, **changes), count + sum(bad for _, bad in authors)


def web_address(address: object, base: str) -> str | None:
    """An http or https address, made absolute by ``base``; null for any other."""
    if not isinstance(address, str) or not address.strip():
        return None
    try:
        address = urljoin(base, cleaned(address)[0].strip())
    except ValueError:  # an IPv6 address that is none
        return None
    return address if address.lower().startswith(("http://", "https://")) else None


def paragraphs(text: str) -> str:
    """Plain text as HTML, a paragraph for each of its lines."""
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.splitlines() if part.strip())


def failure(entry: Entry, url: str, reason: str) -> Failure:
    """A failure that names the entry of the feed at ``url``."""
    return Failure(stage="collect", place=f"{shown(url)}: {name_of(entry)}", reason=reason)


def name_of(entry: Entry) -> str:
    """What to call an entry before people."""
    return repr((entry.title or entry.guid or entry.url or "(an entry without a title)")[:LONGEST_NAME])


def _shared(ids: Sequence[str]) -> frozenset[str]:
    return frozenset(id_ for id_, count in Counter(ids).items() if count > 1)


def _not_withdrawn(entries: list[Entry]) -> list[Entry]:
    withdrawn = {entry.guid: entry for entry in entries if entry.standing == "withdrawn"}
    live = {entry.guid: entry for entry in entries if entry.standing != "withdrawn"}
    gone = {guid for guid, stone in withdrawn.items() if guid in live and _later(stone, live[guid])}
    return [
        entry
        for entry in entries
        if entry.guid not in withdrawn
        or (entry.standing == "withdrawn" and (entry.guid in gone or entry.guid not in live))
        or (entry.standing != "withdrawn" and entry.guid not in gone)
    ]


def _later(stone: Entry, entry: Entry) -> bool:
    when, changed = stone.updated, entry.updated or entry.published
    return isinstance(when, datetime) and isinstance(changed, datetime) and when > changed


def _day(entry: Entry) -> str:
    return entry.published.isoformat() if entry.published else ""


def _digest(*parts: str | None) -> str:
    return sha256("\n".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
