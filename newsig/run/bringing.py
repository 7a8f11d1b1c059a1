"""The stories of feeds, and prices, into the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsig import store
from newsig.errors import CollectError, PriceError, ReadError, StoreError
from newsig.market.changes import told
from newsig.market.prices import read_prices
from newsig.read.article import read
from newsig.records import Article, Failure, Page, Price
from newsig.run.desks import Desk, Tally

if TYPE_CHECKING:
    from newsig.collect.http import Fetch

ROWS = 5000
"""Price rows that are taken at a time."""


def collect(desk: Desk, fetch: Fetch, *, feeds: Sequence[str] = ()) -> Tally:
    """Visit the feeds (all that are stored, or those named) and bring in their stories.

    Counts ``feeds``, ``not_modified``, ``new``, ``revised`` and ``unchanged``; what was read from a feed with less
    than certainty is among the notes.

    Raises:
        CollectError: a feed that is named is not stored.
    """
    stored = {feed["url"]: feed for feed in store.list_feeds(desk.db)}
    if unknown := [url for url in feeds if url not in stored]:
        raise CollectError(f"{unknown[0]} is none of the feeds: add it with `newsig feeds add {unknown[0]}`")
    tally = Tally()
    for url in dict.fromkeys(feeds or stored):
        _visit(desk, stored[url], fetch, tally)
        desk.on_done(1)
    return tally


def _visit(desk: Desk, feed: dict[str, Any], fetch: Fetch, tally: Tally) -> None:
    from newsig.collect.feeds import collect_feed
    from newsig.collect.http import shown

    url, place = feed["url"], shown(feed["url"])
    tally.counts["feeds"] += 1
    try:
        got = collect_feed(url, fetch, etag=feed["etag"], last_modified=feed["last_modified"])
    except CollectError as error:
        store.update_feed(desk.db, url, fetched_at=desk.clock(), status=None, error=str(error))
        desk.fail(Failure(stage="collect", place=place, reason=str(error).removeprefix(f"{place}: ")), tally)
        return
    failed_before = tally.failures
    for item in (*(_article(page, "collect") for page in got.pages), *got.failures):
        _keep(desk, item, tally, "collect")
    tally.counts["not_modified"] += got.not_modified
    tally.notes.extend(got.notes)
    # The feed's marks come last, so that a visit cut off half way is made again, whole; and they are withheld where a
    # story failed, so that the next visit meets that story again.
    whole = tally.failures == failed_before
    store.update_feed(
        desk.db,
        url,
        fetched_at=desk.clock(),
        status=304 if got.not_modified else 200,
        etag=got.etag if whole else None,
        last_modified=got.last_modified if whole else None,
        title=got.title,
    )


def _article(page: Page, stage: str, published: date | datetime | None = None) -> Article | Failure:
    try:
        return read(page, published=published)
    except ReadError as error:
        return Failure(stage=stage, place=_place(page), reason=str(error))


def _keep(desk: Desk, item: Article | Failure, tally: Tally, stage: str) -> None:
    if isinstance(item, Article):
        try:
            tally.counts[store.save_article(desk.db, item, desk.clock()).status] += 1
            return
        except StoreError as error:
            item = Failure(stage=stage, place=_place(item), reason=str(error))
    desk.fail(item, tally)


def _place(item: Page | Article) -> str:
    """Where an article came from, for people: a feed alone would not tell which of its stories it is."""
    return f"{item.origin}: {item.url}" if item.origin and item.url else item.origin or item.url or str(item.id)


def import_prices(desk: Desk, paths: Sequence[str | Path]) -> Tally:
    """Bring price files into the database; counts ``prices``, and ``unread``: the files of none, a failure each.

    Closes that take the place of others are told in the notes.
    """
    tally = Tally()
    before = store.last_change(desk.db)
    for path in paths:
        rows = _rows(path, desk.clock())
        while some := list(islice(rows, ROWS)):
            prices = [item for item in some if isinstance(item, Price)]
            tally.counts["prices"] += store.save_prices(desk.db, prices, Path(path).name, at=desk.clock())
            for failure in (item for item in some if isinstance(item, Failure)):
                tally.counts["unread"] += failure.place == str(path)
                desk.fail(replace(failure, stage="prices"), tally)
            desk.on_done(len(some))
    tally.notes.extend(told(store.price_changes(desk.db, before), ()))
    return tally


def _rows(path: str | Path, at: datetime) -> Iterator[Price | Failure]:
    try:
        yield from read_prices(path, at)
    except PriceError as error:
        yield Failure(stage="prices", place=str(path), reason=str(error).removeprefix(f"{path} "))
