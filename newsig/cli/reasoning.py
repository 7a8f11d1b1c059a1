"""The verb that tells why: why."""

from __future__ import annotations

import os
import sys
from typing import Literal

import click

from newsig import settings
from newsig.cli.lean import without
from newsig.cli.options import NUMBER, database, example, formatted
from newsig.cli.printing import page_width, print_text, speak_utf8


@click.command(epilog=example("newsig why 31 --db week.db"))
@click.argument("claim_id", type=NUMBER)
@database
@formatted("table", "json")
def why(claim_id: int, db: str, format_: Literal["table", "json"]) -> None:
    """Tell why a claim is read and judged as it is.

    Its sentence with the words that make the claim, the sentences it took something from, what placed each field, the
    arithmetic of its verdict, and what made it. The story is read again with the rules of today; nothing is stored.

    CLAIM_ID is a number that `newsig claims` lists.
    """
    from newsig import run
    from newsig.report.reasoning import reasoning

    chosen = settings.load()
    if chosen.model not in run.WITH_TORCH:
        without("torch", "spacy")
    with run.read_database(db) as opened:
        found = run.why(opened, claim_id, chosen)
    if format_ == "json":
        speak_utf8()
    print_text([reasoning(found, format_, page_width(), colour=has_colour())])


def has_colour() -> bool:
    """Whether standard output is a terminal that shows colour, and nobody asked for none (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
