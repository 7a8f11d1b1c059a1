"""The verb that brings in files of articles: ingest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from newsig.cli.desks import desk_at
from newsig.cli.options import database, example, inputs, published
from newsig.cli.printing import counted, end, note, parts, print_text, progress, say
from newsig.report.tables import shown

if TYPE_CHECKING:
    from newsig.run import Preview, Tally

KEPT = ("new", "revised", "unchanged")
WIDTH = 10


@click.command(epilog=example("newsig ingest news.jsonl.gz archive/ --published 2024-07-18"))
@inputs
@published
@click.option("--mapping", metavar="FILE", help="A TOML file that says which fields hold what.")
@click.option("--dry-run", is_flag=True, help="Tell what would be read, and touch no database.")
@database
def ingest(
    paths: tuple[str, ...], published: date | datetime | None, mapping: str | None, dry_run: bool, db: str
) -> None:
    """Bring in articles from files and folders.

    INPUT is a file of JSON, JSON Lines, CSV, Parquet, WARC, NewsML-G2, NITF, HTML or text, plain or compressed, a zip
    or tar archive or a folder of these, or - for standard input. The same command goes on where it was cut, and what
    was read once is not read again.
    """
    from newsig import run
    from newsig.collect.archives import read_mapping

    names = read_mapping(mapping) if mapping else None
    if dry_run:
        failed = read = 0
        for seen in run.preview(paths, published=published, mapping=names, latest=run.now()):
            failed, read = failed + seen.failed, read + seen.articles
            print_text(f"{shown(line)}\n" for line in _lines(seen))
        end(failed, failed + read, "articles could not be read")
        return
    with run.open_database(db) as opened, progress("Reading") as on_done:
        desk = replace(desk_at(opened), on_done=on_done)
        tally = run.ingest(desk, paths, published=published, mapping=names)
    for words in tally.notes:
        note(words)
    say(_told(tally))
    articles = sum(tally.counts[name] for name in KEPT)
    end(tally.failures, tally.failures + articles, "articles could not be read", db)


def _told(tally: Tally) -> str:
    articles, done = sum(tally.counts[name] for name in KEPT), tally.counts["done_already"]
    told = [f"{counted(articles, 'article')}: {parts(tally.counts, KEPT)}." if articles else "No articles."]
    if done:
        told.append(f"{counted(done, 'input')} read already, and unchanged since.")
    if tally.counts["continued"]:
        told.append(f"{counted(tally.counts['continued'], 'input')} read on from where it was left.")
    return " ".join(told)


def _lines(seen: Preview) -> Iterator[str]:
    """What a dry run says of the files of one format."""
    many = f", {counted(seen.files, 'file')}" if seen.files > 1 else ""
    yield f"{seen.path}"
    yield _line("format", seen.format + many)
    yield _line("articles", f"{seen.articles:,}" + (" or more: reading stopped there" if seen.enough else ""))
    if seen.notes.fields:
        yield _line("fields", ", ".join(f"{name} from {source}" for name, source in seen.notes.fields.items()))
    if seen.notes.unused:
        yield _line("not used", ", ".join(seen.notes.unused))
    if seen.first is not None:
        yield _line("days", f"{seen.first} to {seen.last}")
    if seen.example:
        yield _line("example", seen.example)
    for what in seen.notes.counted():
        yield _line("note", what)
    for failure in seen.failures:
        yield _line("fails", f"{failure.place}: {failure.reason}")
    if seen.failed > len(seen.failures):
        yield _line("fails", f"{seen.failed - len(seen.failures):,} more")


def _line(name: str, words: str) -> str:
    return f"  {name:<{WIDTH}}{words}"
