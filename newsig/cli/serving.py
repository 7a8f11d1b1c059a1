"""The verb that shows pages: serve."""

from __future__ import annotations

import click

from newsig import settings
from newsig.cli.options import database, example
from newsig.cli.printing import note

PORT = 8001


@click.command(epilog=example("newsig serve --db newsig-demo.db"))
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=PORT,
    show_default=True,
    help="Where to listen; 0 for any that is free.",
)
@database
def serve(port: int, db: str) -> None:
    """Show the database as pages, to this computer alone.

    Each day's digest, articles with what was found in them, sources, instruments, and a page to ask. Nothing can be
    written through them. Ctrl+C ends it.
    """
    from newsig.serve.starting import serve as serve_pages

    try:
        serve_pages(db, settings.load(), port, lambda address: note(f"newsig is at {address}  (Ctrl+C ends it)"))
    except KeyboardInterrupt:
        note("newsig serve has ended")
