"""Articles and prices into the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from newsig import store
from newsig.collect.archives import read_archive
from newsig.errors import PriceError, ReadError, StoreError
from newsig.market.changes import told
from newsig.market.prices import read_prices
from newsig.read.article import read
from newsig.records import Article, Failure, Page, Price
from newsig.run.desks import Desk, Tally

ROWS = 5000
"""Price rows that are taken at a time."""


def read_articles(
    paths: Sequence[str | Path], *, published: date | datetime | None = None, stdin: BinaryIO | None = None
) -> Iterator[Article | Failure]:
    """The articles of files and folders, read into plain text; a failure for each that cannot be.

    Raises:
        ReadError: there is no such file or folder; known at once, before anything is read.
    """
    found = read_archive(paths, published=published, stdin=stdin)
    return (item if isinstance(item, Failure) else _article(item, "ingest", published) for item in found)


def ingest(
    desk: Desk,
    paths: Sequence[str | Path],
    *,
    published: date | datetime | None = None,
    stdin: BinaryIO | None = None,
) -> Tally:
    """Bring the articles of files and folders into the database; counts ``new``, ``revised`` and ``unchanged``.

    Raises:
        ReadError: there is no such file or folder.
    """
    tally = Tally()
    for item in read_articles(paths, published=published, stdin=stdin):
        _keep(desk, item, tally, "ingest")
        desk.on_done(1)
    return tally


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
            if error.for_all:
                raise
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
