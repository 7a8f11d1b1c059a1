"""The verb that lists which stories are copies of one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click

from newsig.cli.asking import since, until
from newsig.cli.options import NUMBER, database, example, formatted, text
from newsig.cli.printing import FOR_READERS, counted, note, print_rows
from newsig.report.tables import Format

COLUMNS = (
    *("original", "article_id", "version", "copies", "share", "publisher", "published", "seen_at", "title", "url"),
    "length",
)
BRIEF_COLUMNS = ("story", "of it", "words", "published", "publisher", "title")


@click.command(epilog=example("newsig copies --since 2024-07-15"))
@click.argument("article", required=False, type=text)
@since
@until
@click.option("--limit", type=NUMBER, help="At most so many clusters.")
@database
@formatted()
def copies(db: str, format_: Format, **asked: Any) -> None:
    """List stories with their copies.

    A copy has the words of its original, cut, edited or put together with others, and appeared at most seven days
    after it. A story with its copies counts once wherever newsig sums up. With ARTICLE, an id or a part of a title,
    the story that it is or copies; else all that were copied.
    """
    from newsig import run

    with run.read_database(db) as opened:
        found = run.clusters(opened, **asked)
        waiting = run.to_compare(opened)
    print_rows(_told(found) if format_ in FOR_READERS else found, format_, COLUMNS, BRIEF_COLUMNS)
    stories = sum(row["share"] is None for row in found)
    if stories:
        note(f"{_counted(stories, 'story', 'stories')} with {_counted(len(found) - stories, 'copy', 'copies')}")
    elif asked["article"] is not None:
        note("it was not copied, and copies nothing")
    if waiting:
        note(f"{counted(waiting, 'article')} not compared with the others yet: run `newsig process`")


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _told(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows for readers: stories are numbered, and of copies stands how much of the words they have in common."""
    number = 0
    for row in rows:
        number += row["share"] is None
        yield {
            **row,
            "story": number,
            "of it": "original" if row["share"] is None else f"{row['share']:.0%}",
            "words": row["length"],
            "published": row["published"] or f"(seen {row['seen_at'][:10]})",
        }
