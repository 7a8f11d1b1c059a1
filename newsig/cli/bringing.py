"""The verb that brings in the stories of feeds: collect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from newsig import settings
from newsig.cli.desks import Say, desk_at
from newsig.cli.options import database, example, full_text
from newsig.cli.printing import counted, end, note, parts, progress
from newsig.cli.printing import say as printed
from newsig.errors import CollectError

if TYPE_CHECKING:
    from newsig.run import Desk, Reach, Tally

KEPT = ("new", "revised", "unchanged")


@click.command(epilog=example("newsig collect --feed https://example.org/markets.xml --full-text"))
@click.option("--feed", "urls", metavar="URL", multiple=True, help="Visit only this feed; may be repeated.")
@full_text
@database
def collect(urls: tuple[str, ...], full_text: bool, db: str) -> None:
    """Visit the feeds and bring in their stories.

    A feed is left alone for as long as it asks, and ever longer where it fails again and again; one that is named with
    --feed is asked although it failed. robots.txt is heeded for the pages of stories.
    """
    from newsig import run, store

    with run.open_database(db) as opened, run.reach(settings.load()) as reach:
        if not store.list_feeds(opened):
            raise CollectError(f"there are no feeds in {db}: add one with `newsig feeds add URL`")
        tally = visit(desk_at(opened, regular=True), reach, urls, full_text=full_text)
    end(tally.failures, tally.failures + articles_in(tally), "stories or feeds could not be collected", db)


def visit(desk: Desk, reach: Reach, urls: Sequence[str] = (), *, full_text: bool = False, say: Say = printed) -> Tally:
    """Collect at a desk, with a bar, and say what came of it."""
    from newsig import run, store

    total = len(urls) or len(store.list_feeds(desk.db))
    with progress("Collecting", total) as on_done:
        tally = run.collect(replace(desk, on_done=on_done), reach, feeds=urls, full_text=full_text)
    for doubt in tally.notes:
        note(doubt)
    feeds_told = ", ".join(
        filter(None, (counted(tally.counts["feeds"], "feed"), parts(tally.counts, ("not_modified", "waiting"))))
    )
    say(f"{feeds_told}. {_told(tally)}")
    return tally


def articles_in(tally: Tally) -> int:
    """How many articles were met and taken, whether they were new or not."""
    return sum(tally.counts[name] for name in KEPT)


def _told(tally: Tally) -> str:
    articles = articles_in(tally)
    return f"{counted(articles, 'article')}: {parts(tally.counts, KEPT)}." if articles else "No articles."
