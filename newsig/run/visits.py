"""What comes of a visit to a feed: its entries taken in one by one, its marks last.

What was read is stored as it comes, each story together with its entry. The marks by which a server may say that
nothing changed follow when every story of the feed is in, or given up: a visit that is cut off is made again, whole,
and changes nothing twice.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from newsig import store
from newsig.collect.feeds import Entry, Feed, entry_id, identities
from newsig.collect.http import Response, shown
from newsig.collect.robots import Robots
from newsig.collect.schedule import answered
from newsig.collect.visiting import MOST_TRIES, entry_page, is_whole, own_text, step, told, try_again_at
from newsig.errors import ApartError, CollectError, StoreError
from newsig.read.identity import entry_digest, guid_key
from newsig.records import Page, Subscription
from newsig.run.keeping import keep_story, withdraw
from newsig.run.outings import LeftAloneError, Outing, site_of
from newsig.run.readings import Reading, read_all, read_page

NO_TEXT = "the entry has no text of its own: `newsig collect --full-text` asks for the page that it links to"
SAYS_NOTHING = "the entry has neither a text nor a link to one"


MOST_ENTRIES = 2000
"""Entries of a feed that are taken in at one visit."""

MOST_PAGES = 25
"""Pages that are asked for at one visit to a feed, so that the round comes to an end; the next visit goes on."""


class NoTextError(CollectError):
    """A feed says nothing of a story, and its page is not asked for."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with its identity in the feed, the digest of what the feed says of it, and what is known of it."""

    entry: Entry
    identity: str
    digest: str
    before: store.TakenEntry


@dataclass(slots=True)
class Visit:
    """A visit under way. ``articles`` are what the feed's entries are; ``left`` counts what is still to come, ``asked``
    the pages that were asked for, ``new`` the new articles; ``again`` says that some entry is to be tried again."""

    outing: Outing
    feed: Subscription
    answer: Response
    parsed: Feed
    articles: set[str] = field(default_factory=set)
    left: int = 0
    asked: int = 0
    new: int = 0
    again: bool = False

    def take_in(self) -> None:
        """Store what can be stored at once, and ask for the rest."""
        db, now = self.outing.desk.db, self.outing.desk.clock()
        self.left = 1  # this: what comes meanwhile does not end the visit
        self.outing.tally.notes.extend(self.parsed.notes)
        entries = self.parsed.entries[:MOST_ENTRIES]
        names = identities(entries, self.feed.url)
        known = store.taken_entries(db, self.feed.url, names)
        digests = [entry_digest(told(entry)) for entry in entries]
        # an entry that changed may be another story by now, which has its guid
        sure = (
            known[name]
            for name, digest in zip(names, digests, strict=True)
            if name in known and digest == known[name].digest
        )
        self.articles = {before.article_id for before in sure if before.article_id}
        own: list[tuple[Item, Page]] = []
        with store.transaction(db, shown(self.feed.url)):
            for failure in self.parsed.failures:
                self.outing.fail(failure.place, failure.reason)
            if len(entries) < len(self.parsed.entries):
                many = f"it holds {len(self.parsed.entries):,} entries, of which the first {MOST_ENTRIES:,} are taken"
                self.outing.fail(shown(self.feed.url), many)
            # the oldest first, as they appeared: feeds have the newest at the top
            for entry, name, digest in reversed(list(zip(entries, names, digests, strict=True))):
                item = Item(entry, name, digest, known.get(name) or store.TakenEntry(entry=name, digest=""))
                own.extend((item, page) for page in self._begun(item, now))
        if own:
            self.left += 1
            self.outing.dispatch.add(
                f"reading {self.feed.url}",
                partial(self._own_read, [item for item, _ in own]),
                partial(read_all, self.outing.reach, [page for _, page in own], now),
            )
        self._came()

    def _begun(self, item: Item, now: datetime) -> list[Page]:
        """Do for an entry what can be done at once; gives the page of its own text where that is to be read."""
        entry, before = item.entry, item.before
        what = step(
            entry,
            changed=before.digest != item.digest,
            taken=before.article_id is not None,
            from_page=before.from_page,
            tries=before.tries,
            not_before=before.not_before,
            now=now,
            full_text=self.outing.full_text,
        )
        if what == "take":
            return [self._page(item, own_text(entry))]
        if what == "ask" and self.asked == MOST_PAGES:
            self.again = True  # the next visit goes on
        elif what == "ask":
            self.asked += 1
            self.left += 1
            self.outing.with_robots(str(entry.url), self._private(entry), partial(self._ask, item))
        elif what == "withdrawn":
            self._withdraw(item, now)
        elif what == "nothing":
            self._not_taken(item, Reading(problem=NoTextError(NO_TEXT if entry.url else SAYS_NOTHING)))
        else:
            self.again |= what == "wait"
            self.outing.tally.counts["unchanged"] += before.article_id is not None
        return []

    def _page(self, item: Item, html: str | None) -> Page:
        page = entry_page(item.entry, self.feed.url, item.identity, self.parsed.title, html)
        # a guid that several entries have names none of them
        return page if item.identity == entry_id(item.entry, self.feed.url) else replace(page, guid=None)

    def _private(self, entry: Entry) -> bool:
        """Whether an entry's page may be in one's own network: only beside the feed that may."""
        return self.feed.private and site_of(str(entry.url)) == site_of(self.feed.at)

    def _own_read(self, items: list[Item], future: Future[list[Reading]]) -> None:
        with store.transaction(self.outing.desk.db, shown(self.feed.url)):
            for item, reading in zip(items, future.result(), strict=True):
                self._read(item, reading)
        self._came()

    def _ask(self, item: Item, robots: Robots | None) -> None:
        """Ask for the page of an entry, if its host permits that."""
        url = str(item.entry.url)
        host = site_of(url)
        until = self.outing.rests_until(host)
        if until is not None:
            self._wait(item, until)
            self._came()
            return
        if robots is None:
            refused = CollectError(f"{shown(url)}: robots.txt of {host} cannot be had now", passing=True)
        elif not robots.allows(url):
            refused = CollectError(f"{shown(url)}: robots.txt of {host} asks not to fetch it")
        else:
            now, private = self.outing.desk.clock(), self._private(item.entry)
            call = partial(read_page, self.outing.reach, self._page(item, None), now, private=private, robots=robots)
            self.outing.dispatch.add(host, partial(self._page_read, item), call)
            return
        self._page_lost(item, Reading(problem=refused))
        self._came()

    def _page_read(self, item: Item, future: Future[Reading]) -> None:
        with store.transaction(self.outing.desk.db, shown(self.feed.url)):
            try:
                reading = future.result()
            except LeftAloneError as error:
                self._wait(item, error.until)
                self._came()
                return
            if reading.article is None:
                self._page_lost(item, reading)
            else:
                self._read(item, reading)
        self._came()

    def _wait(self, item: Item, until: datetime) -> None:
        """Let an entry wait for a host that is left alone, which is no failure of its own."""
        self.again = True
        waiting = replace(item.before, digest=item.digest, not_before=until)
        store.save_entry(self.outing.desk.db, self.feed.url, waiting, self.outing.desk.clock())

    def _page_lost(self, item: Item, lost: Reading) -> None:
        """Take what the feed itself says of a story instead of a page that could not be had."""
        own = own_text(item.entry)
        if own is None or item.before.article_id is not None:
            self._not_taken(item, lost)
            return
        self.left += 1
        self.outing.dispatch.add(
            f"reading {self.feed.url}",
            partial(self._own_instead, item, lost),
            partial(read_all, self.outing.reach, [self._page(item, own)], self.outing.desk.clock()),
        )

    def _own_instead(self, item: Item, lost: Reading, future: Future[list[Reading]]) -> None:
        """Record that a page could not be had together with what stands for it, so that neither stands alone."""
        with store.transaction(self.outing.desk.db, shown(self.feed.url)):
            tried = self._not_taken(item, lost)
            self._read(replace(item, before=tried), future.result()[0])
        self._came()

    def _read(self, item: Item, reading: Reading) -> None:
        """Keep a story that was read, together with its entry."""
        if reading.article is None:
            self._not_taken(item, reading)
            return
        db, now = self.outing.desk.db, self.outing.desk.clock()
        from_page, before = reading.response is not None, item.before.article_id
        try:
            article_id, status = keep_story(
                db, reading.article, now, from_page=from_page, known=before, besides=self.articles - {before}
            )
        except StoreError as error:
            if error.for_all:
                raise
            self._not_taken(item, replace(reading, problem=error))
            return
        self.articles.add(article_id)
        self.new += status == "new"
        self.outing.tally.counts[status] += 1
        taken = replace(item.before, digest=item.digest, article_id=article_id, from_page=from_page)
        if from_page or item.before.digest != item.digest:
            taken = replace(taken, tries=0, not_before=None)
        store.save_entry(db, self.feed.url, taken, now)

    def _withdraw(self, item: Item, now: datetime) -> None:
        db = self.outing.desk.db
        names = {"guid": guid_key(self.feed.url, item.entry.guid) or ""}
        for one in store.met(db, names, known=item.before.article_id)[:1]:
            if one["feed"] == self.feed.url:  # what another feed brought is not this one's to take back
                self.outing.tally.counts["revised"] += withdraw(db, one["article_id"], now) == "revised"
        store.save_entry(db, self.feed.url, replace(item.before, digest=item.digest), now)

    def _not_taken(self, item: Item, reading: Reading) -> store.TakenEntry:
        """Record that an entry could not be taken in, and when that is tried again."""
        db, now, entry = self.outing.desk.db, self.outing.desk.clock(), item.entry
        name = repr(entry.title or entry.guid or entry.url or "(an entry without a title)")
        self.outing.fail(f"{shown(self.feed.url)}: {name}", str(reading.problem), reading.response)
        asked = None
        if isinstance(reading.problem, CollectError) and entry.url is not None:
            asked = self.outing.asked_wait(site_of(entry.url), reading.problem)
        if isinstance(reading.problem, NoTextError):  # no try: nothing was asked
            tried = replace(item.before, digest=item.digest, tries=0, not_before=None)
            store.save_entry(db, self.feed.url, tried, now)
            return tried
        tries = 1 if item.before.digest != item.digest else item.before.tries + 1
        if not (isinstance(reading.problem, ApartError) or getattr(reading.problem, "passing", False)):
            tries = MOST_TRIES  # it would be the same again
        self.again |= tries < MOST_TRIES
        tried = replace(item.before, digest=item.digest, tries=tries, not_before=try_again_at(tries, now, asked))
        store.save_entry(db, self.feed.url, tried, now)
        return tried

    def _came(self) -> None:
        self.left -= 1
        self._finish()

    def _finish(self) -> None:
        """Keep the feed's marks, once nothing is still to come."""
        if self.left:
            return
        desk = self.outing.desk
        marks = is_whole(self.answer) and not self.again
        feed = answered(self.feed, self.answer, desk.clock(), keep_marks=marks, title=self.parsed.title, new=self.new)
        store.save_feed(desk.db, feed)
        desk.on_done(1)
