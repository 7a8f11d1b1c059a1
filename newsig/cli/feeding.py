"""The verb that keeps the list of feeds: feeds add, list, status, remove, import, export."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from newsig import settings
from newsig.cli.desks import desk_at
from newsig.cli.options import database, example, formatted
from newsig.cli.printing import counted, end, note, parts, print_rows, say
from newsig.errors import CollectError
from newsig.records import row
from newsig.report.tables import Format

COLUMNS = ("url", "title", "added_at", "fetched_at", "status", "error", "etag", "last_modified", "address", "private")
BRIEF = ("url", "title", "fetched_at", "status", "error")
STATES = (
    *("url", "title", "state", "articles", "fetched_at", "last_new_at", "next_at", "failing", "status", "error"),
    *("address", "stopped_at", "whole_at"),
)
BRIEF_STATES = ("url", "state", "articles", "fetched_at", "last_new_at", "next_at", "error")


@click.group(epilog=example("newsig feeds add https://example.org/markets.xml"))
def feeds() -> None:
    """Keep the list of feeds that are collected."""


@feeds.command("add", epilog=example("newsig feeds add https://example.org/markets.xml"))
@click.argument("url")
@click.option("--private", is_flag=True, help="Permit this feed to be in your own network, or on this computer.")
@database
def add(url: str, private: bool, db: str) -> None:
    """Add the feed at URL, or the one that the site at URL names.

    RSS, Atom and JSON Feed are read. Addresses within your own network are refused unless you permit them with
    --private.
    """
    from newsig import run

    run.check_address(url)
    with run.open_database(db) as opened, run.reach(settings.load()) as reach:
        added = run.subscribe(desk_at(opened), reach, url, private=private)
    if added.doubt:
        note(f"It could not be asked just now, and was added as it is: {added.doubt}")
    called = f" ({added.title})" if added.title else ""
    note(f"{'Added' if added.new else 'Was there already:'} {added.url}{called}")


@feeds.command("list", epilog=example("newsig feeds list --format json"))
@database
@formatted()
def list_(db: str, format_: Format) -> None:
    """List the feeds and how their last visit went."""
    from newsig import run, store

    with run.read_database(db) as opened:
        print_rows(map(row, store.list_feeds(opened)), format_, COLUMNS, BRIEF)


@feeds.command("status", epilog=example("newsig feeds status"))
@database
@formatted()
def status(db: str, format_: Format) -> None:
    """Say which feeds are well, which fail, wait or are gone.

    A feed that answers 410 is gone and is asked no more; one that fails again and again is asked ever more rarely, at
    least once a day.
    """
    from newsig import run

    with run.read_database(db) as opened:
        print_rows(run.feed_states(opened, run.now()), format_, STATES, BRIEF_STATES)


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


@feeds.command("import", epilog=example("newsig feeds import subscriptions.opml"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@database
def import_(file: str, db: str) -> None:
    """Add the feeds of an OPML file, which other feed readers write. Nothing is fetched."""
    from newsig import run

    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    with run.open_database(db) as opened:
        tally = run.import_feeds(desk_at(opened), data, file)
    known = tally.counts["added"] + tally.counts["known"]
    say(f"{counted(known, 'feed')}: {parts(tally.counts, ('added', 'known'))}." if known else "No feeds.")
    end(tally.failures, tally.failures + known, "feeds could not be added", db)


@feeds.command("export", epilog=example("newsig feeds export > subscriptions.opml"))
@database
def export(db: str) -> None:
    """Print the feeds as OPML, for other feed readers."""
    from newsig import run

    with run.read_database(db) as opened:
        sys.stdout.buffer.write(run.export_feeds(opened, run.now()))
