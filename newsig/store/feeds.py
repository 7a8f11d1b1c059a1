"""The feeds that are collected, their entries as they were last taken, and what hosts asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from newsig.records import Subscription
from newsig.store.rows import in_utc, insert_into
from newsig.store.schema import rows, transaction

MOMENTS = ("added_at", "fetched_at", "whole_at", "last_new_at", "not_before", "stopped_at")
THEIRS = ("url", "added_at", "private")
"""What is the user's own of a feed, and no visit's to change."""

CHANGED = [field.name for field in fields(Subscription) if field.name not in THEIRS]
SAVE_FEED = f"""
UPDATE feeds SET {", ".join(f"{name} = :{name}" for name in CHANGED)}
WHERE url = :url AND added_at = :added_at
"""  # noqa: S608 - our own columns
ENTRIES = "SELECT * FROM feed_entries WHERE feed = ? AND entry IN (SELECT value FROM json_each(?))"
SAVE_ENTRY = """
INSERT INTO feed_entries (feed, entry, digest, article_id, from_page, tries, not_before, seen_at)
VALUES (:feed, :entry, :digest, :article_id, :from_page, :tries, :not_before, :seen_at)
ON CONFLICT (feed, entry) DO UPDATE SET
  digest = excluded.digest, article_id = excluded.article_id, from_page = excluded.from_page, tries = excluded.tries,
  not_before = excluded.not_before
"""
SAVE_HOST = """
INSERT INTO hosts (host, not_before, robots, robots_at) VALUES (:host, :not_before, :robots, :robots_at)
ON CONFLICT (host) DO UPDATE SET
  not_before = excluded.not_before, robots = excluded.robots, robots_at = excluded.robots_at
"""

ROBOTS_KEPT = timedelta(days=2)
FORGET_ROBOTS = "UPDATE hosts SET robots = NULL, robots_at = NULL WHERE robots_at < ?"
"""What nobody asks for any more is not kept: a feed may lead to any number of hosts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenEntry:
    """An entry of a feed as it was last dealt with.

    ``digest`` sums up what the feed said of it. ``article_id`` is the article that it became, null where it could not
    be taken in; then ``tries`` counts how often that was tried, and it is not tried again before ``not_before``.
    ``from_page`` says that the text came from the page that it links to, not from the feed.
    """

    entry: str
    digest: str
    article_id: str | None = None
    from_page: bool = False
    tries: int = 0
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What a host asked for: to be left alone until ``not_before``, and the text of its ``robots`` of ``robots_at``."""

    host: str
    not_before: datetime | None = None
    robots: str | None = None
    robots_at: datetime | None = None


def add_feed(db: Database, feed: Subscription) -> bool:
    """Subscribe to a feed; false where that was done before: then its permission and title become those given, and a
    feed that was gone is asked again."""
    with transaction(db, f"feed {feed.url!r}"):
        stored = db.execute("SELECT 1 FROM feeds WHERE url = ?", (feed.url,)).fetchone()
        if stored is None:
            values = _values(feed)
            db.execute(insert_into("feeds", values), values)
            return True
        db.execute(
            "UPDATE feeds SET private = ?, title = coalesce(?, title), stopped_at = NULL, failing = 0 WHERE url = ?",
            (feed.private, feed.title, feed.url),
        )
        return False


def remove_feed(db: Database, url: str) -> bool:
    """Give up a feed; its articles stay. False where it was none."""
    with transaction(db, f"feed {url!r}"):
        return db.execute("DELETE FROM feeds WHERE url = ?", (url,)).rowcount == 1


def list_feeds(db: Database) -> list[Subscription]:
    """The feeds in the order in which they were added."""
    return [_feed(row) for row in rows(db, "SELECT * FROM feeds ORDER BY added_at, url")]


def articles_by_feed(db: Database) -> dict[str, int]:
    """How many articles came from each feed."""
    sql = "SELECT feed, count(DISTINCT article_id) AS articles FROM feed_entries GROUP BY feed"
    return {row["feed"]: row["articles"] for row in rows(db, sql)}


def save_feed(db: Database, feed: Subscription) -> None:
    """Keep how a feed is after a visit; one that was removed or added anew meanwhile stays so, and the user's own
    permission with it."""
    with transaction(db, f"feed {feed.url!r}"):
        db.execute(SAVE_FEED, _values(feed))


def _values(feed: Subscription) -> dict[str, Any]:
    return {field.name: _stored(getattr(feed, field.name)) for field in fields(feed)}


def _feed(row: dict[str, Any]) -> Subscription:
    values = {field.name: row[field.name] for field in fields(Subscription)}
    moments = {name: _moment(row[name]) for name in MOMENTS}
    return Subscription(**values | moments | {"private": bool(row["private"])})


def _stored(value: Any) -> Any:
    return in_utc(value) if isinstance(value, datetime) else value


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def taken_entries(db: Database, feed: str, entries: Iterable[str]) -> dict[str, TakenEntry]:
    """Which of these entries of a feed were dealt with before, by their identity."""
    found = {}
    for row in rows(db, ENTRIES, (feed, json.dumps(list(entries)))):
        found[row["entry"]] = TakenEntry(
            entry=row["entry"],
            digest=row["digest"],
            article_id=row["article_id"],
            from_page=bool(row["from_page"]),
            tries=row["tries"],
            not_before=_moment(row["not_before"]),
        )
    return found


def save_entry(db: Database, feed: str, taken: TakenEntry, seen_at: datetime) -> None:
    """Keep how an entry was dealt with, unless its feed was removed meanwhile."""
    with transaction(db, f"feed {feed!r}"):
        if db.execute("SELECT 1 FROM feeds WHERE url = ?", (feed,)).fetchone():
            values = {field.name: _stored(getattr(taken, field.name)) for field in fields(taken)}
            db.execute(SAVE_ENTRY, values | {"feed": feed, "seen_at": in_utc(seen_at)})


def host(db: Database, name: str) -> Host:
    """What is known of a host."""
    row = next(rows(db, "SELECT * FROM hosts WHERE host = ?", (name,)), None)
    if row is None:
        return Host(host=name)
    moments = {part: _moment(row[part]) for part in ("not_before", "robots_at")}
    return Host(host=name, robots=row["robots"], **moments)


def save_host(db: Database, known: Host) -> None:
    """Keep what a host asked for."""
    with transaction(db, f"host {known.host!r}"):
        db.execute(SAVE_HOST, {field.name: _stored(getattr(known, field.name)) for field in fields(known)})
        if known.robots_at is not None:
            db.execute(FORGET_ROBOTS, (in_utc(known.robots_at - ROBOTS_KEPT),))
