"""The verbs that bring news in: feeds, collect, ingest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from newsig import settings
from newsig.cli.options import database, example, formatted, inputs, published
from newsig.cli.printing import counted, end, note, parts, print_failure, print_rows, progress
from newsig.errors import CollectError
from newsig.report.tables import Format

if TYPE_CHECKING:
    from newsig.run import Desk, Tally

FEED_COLUMNS = ("url", "title", "added_at", "fetched_at", "status", "error", "etag", "last_modified")
BRIEF_FEED_COLUMNS = ("url", "title", "fetched_at", "status", "error")
KEPT = ("new", "revised", "unchanged")


@click.group(epilog=example("newsig feeds add https://example.org/markets.xml"))
def feeds() -> None:
    """Keep the list of feeds that are collected."""


@feeds.command("add", epilog=example("newsig feeds add https://example.org/markets.xml"))
@click.argument("url")
@database
def add(url: str, db: str) -> None:
    """Add the RSS or Atom feed at URL. Nothing is fetched before `newsig collect`."""
    from newsig import run, store

    if not url.lower().startswith(("http://", "https://")):
        raise CollectError(f"{url} is no address of a feed: it must start with http:// or https://")
    with run.open_database(db) as opened:
        added = store.add_feed(opened, url, run.now())
    note(f"{'Added' if added else 'Was there already:'} {url}")


@feeds.command("list", epilog=example("newsig feeds list --format json"))
@database
@formatted()
def list_(db: str, format_: Format) -> None:
    """List the feeds and how their last visit went."""
    from newsig import run, store

    with run.open_database(db, create=False) as opened:
        print_rows(store.list_feeds(opened), format_, FEED_COLUMNS, BRIEF_FEED_COLUMNS)


@feeds.command("remove", epilog=example("newsig feeds remove https://example.org/markets.xml"))
@click.argument("url")
@database
def remove(url: str, db: str) -> None:
    """Give up the feed at URL. Its articles stay."""
    from newsig import run, store

    with run.open_database(db, create=False) as opened:
        if not store.remove_feed(opened, url):
            raise CollectError(f"{url} is none of the feeds: `newsig feeds list` shows them")
    note(f"Removed {url}")


@click.command(epilog=example("newsig collect --feed https://example.org/markets.xml"))
@click.option("--feed", "urls", metavar="URL", multiple=True, help="Visit only this feed; may be repeated.")
@database
def collect(urls: tuple[str, ...], db: str) -> None:
    """Visit the feeds and bring in their stories."""
    from newsig import run, store

    with run.open_database(db) as opened:
        if not store.list_feeds(opened):
            raise CollectError(f"there are no feeds in {db}: add one with `newsig feeds add URL`")
        tally = visit(run.Desk(db=opened, on_failure=print_failure), urls)
    end(tally.failures, tally.failures + articles_in(tally), "stories or feeds could not be collected", db)


def visit(desk: Desk, urls: Sequence[str] = ()) -> Tally:
    """Collect at a desk, with a bar, and say what came of it."""
    from dataclasses import replace

    from newsig import run, store
    from newsig.collect.http import Limits, fetch

    total = len(urls) or len(store.list_feeds(desk.db))
    with progress("Collecting", total) as on_done:
        get = partial(fetch, limits=Limits.of(settings.load()))
        tally = run.collect(replace(desk, on_done=on_done), get, feeds=urls)
    for doubt in tally.notes:
        note(doubt)
    feeds_told = ", ".join(
        filter(None, (counted(tally.counts["feeds"], "feed"), parts(tally.counts, ("not_modified",))))
    )
    click.echo(f"{feeds_told}. {_told(tally)}")
    return tally


def articles_in(tally: Tally) -> int:
    """How many articles were met and taken, whether they were new or not."""
    return sum(tally.counts[name] for name in KEPT)


def _told(tally: Tally) -> str:
    articles = articles_in(tally)
    return f"{counted(articles, 'article')}: {parts(tally.counts, KEPT)}." if articles else "No articles."


@click.command(epilog=example("newsig ingest news.jsonl.gz archive/ --published 2024-07-18"))
@inputs
@published
@database
def ingest(paths: tuple[str, ...], published: date | datetime | None, db: str) -> None:
    """Bring in articles from files and folders.

    INPUT is a JSON, JSON Lines, text or HTML file, plain or with .gz or .zst, a folder of these, or - for standard
    input.
    """
    from newsig import run

    with run.open_database(db) as opened, progress("Reading") as on_done:
        desk = run.Desk(db=opened, on_failure=print_failure, on_done=on_done)
        tally = run.ingest(desk, paths, published=published)
    click.echo(_told(tally))
    end(tally.failures, tally.failures + articles_in(tally), "articles could not be read", db)
