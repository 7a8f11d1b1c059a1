"""The verbs that ask who said what: quotes, sources with merge, unmerge, merges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

import click
from click.core import ParameterSource

from newsig.cli.asking import as_it_stood, limit, note_unknown, since, until
from newsig.cli.options import NUMBER, database, example, formatted, text, together
from newsig.cli.options import day as to_day
from newsig.cli.printing import counted, print_rows, say
from newsig.records import QuoteKind, SpeakerType, Stance
from newsig.report.columns import QUOTE_COLUMNS, SOURCE_COLUMNS
from newsig.report.tables import Format

BRIEF_QUOTE_COLUMNS = ("quote_id", "day", "speaker", "stance", "about", "text")
BRIEF_SOURCE_COLUMNS = ("source_id", "name", "role", "organisation", "statements", "direct", "articles", "last day")
MERGE_COLUMNS = (
    *("merge_id", "kept_id", "kept_name", "merged_id", "merged_name", "forms", "made_by", "made_at"),
    *("undone_by", "undone_at"),
)
BRIEF_MERGE_COLUMNS = ("merge_id", "kept", "merged", "made", "undone")

quote_filters = together(
    click.option("--speaker", type=text, help="By somebody one of whose names holds these words."),
    click.option("--organisation", type=text, help="By somebody one of whose organisations holds these words."),
    click.option("--about", metavar="SYMBOL|SEGMENT", type=text, help="About this instrument or segment, in any case."),
    click.option("--kind", type=click.Choice(get_args(QuoteKind)), help="In the speaker's own words, or not."),
    click.option("--stance", type=click.Choice(get_args(Stance)), help="Said as fact, forecast, condition or hope."),
    since,
    until,
    as_it_stood,
    click.option("--contains", type=text, help='Whose own words hold these; "a phrase" in double quotes.'),
    limit,
)
"""What narrows a list of statements down."""

source_filters = together(
    click.option("--contains", type=text, help="One of whose names holds these words."),
    click.option("--type", "type_", type=click.Choice(get_args(SpeakerType)), help="Of this kind."),
    click.option("--organisation", type=text, help="One of whose organisations holds these words."),
    click.option(
        "--about", metavar="SYMBOL|SEGMENT", type=text, help="Who spoke about this, and how often; in any case."
    ),
    click.option("--since", metavar="DATE", type=to_day, help="Who spoke on this day (UTC) or later, and how often."),
    limit,
)
"""What narrows a list of sources down."""


@click.command(epilog=example("newsig quotes --about small_caps --stance forecast"))
@quote_filters
@click.option("--context", is_flag=True, help="Print the words around each statement, too; programs always get them.")
@database
@formatted()
def quotes(db: str, format_: Format, context: bool, **asked: Any) -> None:
    """List who said what.

    Several options narrow it down together. A segment takes in its instruments: --about small_caps finds what was said
    about ^RUT, too.
    """
    from newsig import run, store

    brief = (*BRIEF_QUOTE_COLUMNS[:-1], "context" if context else "text")
    with run.read_database(db) as opened:
        note_unknown(opened, symbol=asked["about"], segment=asked["about"])
        print_rows(_dated(store.quotes(opened, **asked)), format_, QUOTE_COLUMNS, brief)


def _dated(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows with the day of publication besides, which is shorter than the moment."""
    for row in rows:
        yield {**row, "day": _day(row["published"])}


def _day(moment: str | None) -> str | None:
    return moment and moment[:10]


@click.group(invoke_without_command=True, epilog=example("newsig sources merge 12 31"))
@source_filters
@database
@formatted()
@click.pass_context
def sources(ctx: click.Context, /, db: str, format_: Format, type_: str | None, **asked: Any) -> None:
    """List who is quoted, most statements first; merge what is one.

    A person or an organisation is one source, under whatever forms of its name stories give it. Where newsig cannot
    know that two are one, or was wrong, `merge` and `unmerge` settle it for good.
    """
    from newsig import run, store

    if ctx.invoked_subcommand is not None:
        _refuse_options(ctx)
        return
    with run.read_database(db) as opened:
        note_unknown(opened, symbol=asked["about"], segment=asked["about"])
        found = store.sources(opened, type=type_, **asked)
        rows = ({**row, "last day": _day(row["last_seen"])} for row in found)
        print_rows(rows, format_, SOURCE_COLUMNS, BRIEF_SOURCE_COLUMNS)


def _refuse_options(ctx: click.Context) -> None:
    """What narrows the list down says nothing to the commands below it, and must not be lost in silence."""
    for parameter in ctx.command.params:
        name = parameter.name or ""
        if name != "db" and ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(
                f"{parameter.opts[0]} is for the list of sources: give it behind {ctx.invoked_subcommand}, "
                f"if that knows it."
            )


@sources.command(epilog=example("newsig sources merge 12 31"))
@click.argument("keep", type=NUMBER)
@click.argument("others", metavar="OTHER...", nargs=-1, required=True, type=NUMBER)
@database
def merge(keep: int, others: tuple[int, ...], db: str) -> None:
    """Make the sources OTHER one with KEEP, for good.

    All are numbers that `newsig sources` lists. No rule and no later story parts them again; `newsig sources unmerge`
    does.
    """
    from newsig import run, store

    with run.open_database(db, create=False) as opened:
        made = store.merge_sources(opened, keep, others, run.now())
    undoing = ", ".join(f"`newsig sources unmerge {merge_id}`" for merge_id in made)
    say(f"{counted(len(made), 'source')} merged into source {keep}. To undo it: {undoing}.")


@sources.command(epilog=example("newsig sources unmerge 5"))
@click.argument("merge_id", metavar="MERGE", type=NUMBER)
@database
def unmerge(merge_id: int, db: str) -> None:
    """Undo the merge MERGE, for good.

    It is a number that `newsig sources merges` lists, of a merge by a user or by rule. The source comes back under its
    own number, and no rule merges it again.
    """
    from newsig import run, store

    with run.open_database(db, create=False) as opened:
        back = store.unmerge_sources(opened, merge_id, run.now())
    say(f"Source {back} is one of its own again.")


@sources.command(epilog=example("newsig sources merges --by user"))
@click.option("--by", type=click.Choice(["rule", "user"]), help="Made by rule or by a user.")
@limit
@database
@formatted()
def merges(db: str, format_: Format, **asked: Any) -> None:
    """List what was merged into what, by whom and when, latest first."""
    from newsig import run, store

    with run.read_database(db) as opened:
        print_rows(_merged(store.source_merges(opened, **asked)), format_, MERGE_COLUMNS, BRIEF_MERGE_COLUMNS)


def _merged(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        undone = row["undone_at"] and f"by {row['undone_by']}, {_day(row['undone_at'])}"
        yield {
            **row,
            "kept": f"{row['kept_id']} {row['kept_name']}",
            "merged": f"{row['merged_id']} {row['forms']}",
            "made": f"by {row['made_by']}, {_day(row['made_at'])}",
            "undone": undone,
        }
