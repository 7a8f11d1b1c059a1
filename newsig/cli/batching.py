"""The verbs for archives that one machine is too slow for: batch, and load, which brings in what that found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from newsig.cli.desks import desk_at
from newsig.cli.options import STDIN, article_path, chosen, database, example, published, tone_model
from newsig.cli.printing import counted, end, note, parts, print_failure, progress, say
from newsig.filesystems import is_address

if TYPE_CHECKING:
    from newsig.run import Tally

KEPT = ("new", "revised", "unchanged")


def archive(value: str) -> str:
    """A file or folder that is there, or an address elsewhere.

    Raises:
        click.BadParameter: it is standard input, which cannot be read a second time.
        ReadError: there is nothing.
    """
    if value == STDIN:
        raise click.BadParameter("standard input cannot be read again after a cut: name a file.")
    return value if is_address(value) else article_path(value)


@click.command(epilog=example("newsig batch archive/ findings/ --engine ray"))
@click.argument("path", metavar="INPUT", type=archive)
@click.argument("output", metavar="OUTPUT")
@click.option(
    "--engine", type=click.Choice(("local", "ray")), default="local", show_default=True, help="What does the work."
)
@click.option("--address", metavar="HOST:PORT", help="The Ray cluster to work on (default: one on this machine).")
@published
@tone_model
def batch(
    path: str,
    output: str,
    engine: str,
    address: str | None,
    published: date | datetime | None,
    tone_model: str | None,
) -> None:
    """Find what articles say, as a folder of Parquet.

    INPUT is a file or folder that `newsig ingest` reads; OUTPUT a folder, in which every day of publication has one of
    its own. Both may be addresses such as s3://bucket/folder. No database is touched: `newsig load` brings OUTPUT into
    one. The same command goes on where it was cut, and finds nothing twice.
    """
    if address and engine != "ray":
        raise click.UsageError("--address is that of a Ray cluster: add --engine ray.")
    from newsig import cluster, run
    from newsig.run.crew import crew
    from newsig.store.parquet import Folder

    spread = cluster.spread(address) if engine == "ray" else run.one_machine
    with progress("Extracting") as on_done:
        work = run.Batch(
            folder=Folder(output),
            settings=chosen(tone_model),
            engine=spread,
            extract=run.in_process if engine == "ray" else crew,  # an actor of Ray is a worker already
            on_failure=print_failure,
            on_done=on_done,
        )
        tally = work.over([path], published=published)
    for words in tally.notes:
        note(words)
    say(_told(tally))
    end(tally.failures, tally.counts["new"], "articles could not be read or processed; OUTPUT holds why")


def _told(tally: Tally) -> str:
    counts = tally.counts
    done = counts["new"] - tally.failures
    told = [f"{counted(done, 'article')} done, in {counted(counts['files'], 'file')}." if done else "No new articles."]
    if counts["there"]:
        told.append(f"{counts['there']:,} there already.")
    if counts["repeated"]:
        told.append(f"{counts['repeated']:,} met twice, and done once.")
    return " ".join(told)


@click.command(epilog=example("newsig load findings/ --db archive.db"))
@click.argument("output", metavar="OUTPUT")
@database
def load(output: str, db: str) -> None:
    """Bring in what `newsig batch` found.

    OUTPUT is its folder, or the address of it. It is verified before anything is taken from it: a file that is
    damaged, missing or not in the manifest ends the command. What is in the database already stays as it is.
    """
    from newsig import run
    from newsig.store.parquet import Folder

    with run.open_database(db) as opened, progress("Loading") as on_done:
        tally = run.load(replace(desk_at(opened), on_done=on_done), Folder(output))
    articles = sum(tally.counts[name] for name in KEPT)
    found = f" {tally.counts['found']:,} with findings that were not here." if tally.counts["found"] else ""
    say(f"{counted(articles, 'article')}: {parts(tally.counts, KEPT)}.{found}" if articles else "No articles.")
    end(tally.failures, tally.failures + articles, "articles have no findings", db)
