"""The verbs that ask who said what: quotes, and sources with their merges."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import click

from newsig.cli.asking import limit, since, until
from newsig.cli.options import database, example, formatted
from newsig.cli.printing import note, print_rows
from newsig.records import QuoteKind, SpeakerType, Stance
from newsig.report.tables import Format

QUOTE_COLUMNS = (
    *("quote_id", "article_id", "published", "title", "speaker", "speaker_type", "role", "organisation", "source_id"),
    *("source", "kind", "cue", "attribution", "stance", "about", "horizon", "horizon_date", "text", "context"),
)
BRIEF_QUOTE_COLUMNS = ("quote_id", "speaker", "organisation", "stance", "about", "text")
SOURCE_COLUMNS = (
    *("source_id", "name", "type", "role", "organisation", "statements", "direct", "claims", "articles"),
    *("first_seen", "last_seen", "organisations", "aliases"),
)
BRIEF_SOURCE_COLUMNS = ("source_id", "name", "role", "organisation", "statements", "articles", "last_seen")
MERGE_COLUMNS = (
    *("merge_id", "kept_id", "kept_name", "merged_id", "merged_name", "forms", "made_by", "made_at", "undone_by"),
    "undone_at",
)

about = click.option("--about", metavar="SYMBOL|SEGMENT", help="Of this instrument, or this segment of the market.")
organisation = click.option("--organisation", help="Of somebody whose organisation holds these words.")


@click.command(epilog=example("newsig quotes --about small_caps --stance forecast"))
@click.option("--speaker", help="By somebody whose name holds these words.")
@organisation
@about
@click.option("--kind", type=click.Choice(get_args(QuoteKind)), help="In the speaker's words, or in the reporter's.")
@click.option("--stance", type=click.Choice(get_args(Stance)), help="Meant so.")
@since
@until
@click.option("--contains", help='Statements that hold these words; "a phrase" in double quotes.')
@limit
@click.option("--context", is_flag=True, help="Show the words around each statement in the table, too.")
@database
@formatted()
def quotes(db: str, format_: Format, context: bool, **asked: Any) -> None:
    """List who said what.

    Several options narrow it down together.
    """
    from newsig import run, store

    brief = (*BRIEF_QUOTE_COLUMNS[:-1], "context") if context else BRIEF_QUOTE_COLUMNS
    with run.open_database(db, create=False) as opened:
        print_rows(store.quotes(opened, **asked), format_, QUOTE_COLUMNS, brief)


@click.group(invoke_without_command=True, epilog=example("newsig sources --about ^RUT --limit 10"))
@click.option("--contains", help="Whose name holds these words.")
@click.option("--type", "kind", type=click.Choice(get_args(SpeakerType)), help="Of this kind.")
@organisation
@click.option("--about", metavar="SYMBOL|SEGMENT", help="Who spoke of this instrument, or this segment of the market.")
@since
@limit
@database
@formatted()
@click.pass_context
def sources(ctx: click.Context, /, db: str, format_: Format, kind: str | None, **asked: Any) -> None:
    """List who is quoted, those with most statements first.

    One person is one source across articles. Where the rules are wrong, merge and unmerge put it right for good.
    """
    if ctx.invoked_subcommand is not None:
        return
    from newsig import run, store

    since_day: date | None = asked.pop("since")
    with run.open_database(db, create=False) as opened:
        found = store.sources(opened, type=kind, since=since_day, **asked)
        print_rows(found, format_, SOURCE_COLUMNS, BRIEF_SOURCE_COLUMNS)


@sources.command(epilog=example("newsig sources merge 12 31"))
@click.argument("keep", type=int)
@click.argument("others", metavar="OTHER...", type=int, nargs=-1, required=True)
@database
def merge(keep: int, others: tuple[int, ...], db: str) -> None:
    """Make sources one, under the number KEEP.

    No rule parts them again; `newsig sources unmerge` does.
    """
    from newsig import run, store

    with run.open_database(db, create=False) as opened:
        merges = store.merge_sources(opened, keep, others, run.now())
    note(f"merged into source {keep}; to undo it: newsig sources unmerge {' '.join(map(str, merges))}")


@sources.command(epilog=example("newsig sources unmerge 4"))
@click.argument("merges", metavar="MERGE...", type=int, nargs=-1, required=True)
@database
def unmerge(merges: tuple[int, ...], db: str) -> None:
    """Undo merges, by their numbers.

    No rule joins again what was parted so.
    """
    from newsig import run, store

    with run.open_database(db, create=False) as opened:
        for merge_id in merges:
            source_id = store.unmerge_sources(opened, merge_id, run.now())
            note(f"merge {merge_id} undone: source {source_id} stands by itself again")


@sources.command("merges", epilog=example("newsig sources merges --format csv"))
@database
@formatted()
def list_merges(db: str, format_: Format) -> None:
    """List what was merged into what, by whom and when."""
    from newsig import run, store

    with run.open_database(db, create=False) as opened:
        print_rows(store.source_merges(opened), format_, MERGE_COLUMNS)
