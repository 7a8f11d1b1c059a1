"""The verb that copies the database: backup."""

from __future__ import annotations

from pathlib import Path

import click

from newsig.cli.options import database, example
from newsig.cli.printing import progress, say

MEGABYTE = 1_000_000


@click.command(epilog=example("newsig backup week-29.db --db week.db"))
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="In place of a file of that name.")
@database
def backup(path: Path, db: str, replace: bool) -> None:
    """Copy the database while others write to it.

    The copy is the database as it stood at one moment, in a single file, and is checked before it gets its name. To go
    back to it, put it in the place of the database while no program uses that.
    """
    from newsig import store

    done = 0
    with progress("Copying pages") as bar:

        def on_pages(copied: int, of: int) -> None:
            nonlocal done
            bar.expect(of)
            bar(copied - done)
            done = copied

        size = store.back_up(db, path, replace=replace, on_pages=on_pages)
    say(f"{db} copied to {path}: {size / MEGABYTE:,.1f} MB, checked.")
