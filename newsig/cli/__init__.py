"""The command line: one verb each, in files of kindred verbs.

Commands parse, call `newsig.run` and print. Whatever is heavy is imported inside them, so that ``newsig --help``
answers at once.
"""

from __future__ import annotations

import click

from newsig import __version__
from newsig.cli.asking import claims, failures, recheck, today, verdicts
from newsig.cli.backing import backup
from newsig.cli.batching import batch, load
from newsig.cli.bringing import collect
from newsig.cli.comparing import compare, study
from newsig.cli.copying import copies
from newsig.cli.differing import diff
from newsig.cli.doctor import doctor
from newsig.cli.drifting import conflicts, drift
from newsig.cli.ends import Newsroom
from newsig.cli.exporting import export
from newsig.cli.feeding import feeds
from newsig.cli.ingesting import ingest
from newsig.cli.naming import instruments
from newsig.cli.options import example
from newsig.cli.pricing import prices
from newsig.cli.reasoning import why
from newsig.cli.running import run
from newsig.cli.scoring import scorecard
from newsig.cli.serving import serve
from newsig.cli.speaking import quotes, sources
from newsig.cli.toning import sentiment, tone
from newsig.cli.trying import demo
from newsig.cli.working import check, extract, process

__all__ = ["main"]


@click.group(cls=Newsroom, epilog=example("newsig demo"))
@click.option("--db", metavar="PATH", help="The database, for every command that uses one.")
@click.version_option(__version__, prog_name="newsig", message="%(prog)s %(version)s")
def main(db: str | None) -> None:
    """News in, checkable facts out.

    Brings in financial news, finds what is said to have moved by how much over which sessions, who said what and in
    what tone, and holds every figure against the closes.

    \b
    Exit status: 0 all is well; 1 something could not be taken in, all else was;
    2 the command could not be carried out.
    """


for command in (extract, tone, feeds, collect, ingest, process, batch, load, prices, instruments, check, run):
    main.add_command(command)
for command in (verdicts, why, recheck, claims, conflicts, drift, copies, quotes, sources):
    main.add_command(command)
for command in (sentiment, scorecard, compare, study):
    main.add_command(command)
for command in (today, serve, failures, diff, export, backup, demo, doctor):
    main.add_command(command)
