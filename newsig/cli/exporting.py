"""The verb that hands on what the database holds: export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsig.cli.asking import claim_filters, note_unknown, since, until, verdict_filters
from newsig.cli.options import database, example, text, together
from newsig.cli.printing import counted, say
from newsig.cli.speaking import quote_filters, source_filters
from newsig.report.columns import (
    ARTICLE_COLUMNS,
    CLAIM_COLUMNS,
    MENTION_COLUMNS,
    QUOTE_COLUMNS,
    SENTIMENT_COLUMNS,
    SOURCE_COLUMNS,
    VERDICT_COLUMNS,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

file = together(click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path)), database)


@click.group(epilog=example("newsig export claims claims.parquet --symbol ^RUT"))
def export() -> None:
    """Write what the database holds to a file for other programs.

    FILE ends in .csv, .jsonl or .parquet, and is replaced where it is there. All values are there as they are stored;
    what is a list or has parts of its own is JSON in CSV. Rows go to the file one after the other, however many.
    """


def _written(
    db: str, path: Path, columns: Sequence[str], noun: str, rows: Callable[[Database], Iterable[Mapping[str, Any]]]
) -> None:
    from newsig import run

    with run.read_database(db) as opened:
        number = run.export(rows(opened), columns, path)
    say(f"{counted(number, noun)} written to {path}.")


@export.command("articles", epilog=example("newsig export articles articles.parquet --since 2024-07-01"))
@since
@until
@file
def articles(path: Path, db: str, **asked: Any) -> None:
    """Write the articles as they stand now, with their texts."""
    from newsig import store

    _written(db, path, ARTICLE_COLUMNS, "article", lambda opened: store.exported_articles(opened, **asked))


@export.command("mentions", epilog=example("newsig export mentions mentions.csv --symbol ^RUT"))
@click.option("--symbol", type=text, help="Of this instrument, by Yahoo Finance's symbol.")
@click.option("--segment", type=text, help="Of this segment of the market, such as small_caps.")
@since
@until
@file
def mentions(path: Path, db: str, **asked: Any) -> None:
    """Write which instruments and segments are named where."""
    from newsig import store

    def found(opened: Database) -> Iterable[Mapping[str, Any]]:
        note_unknown(opened, symbol=asked["symbol"])
        note_unknown(opened, segment=asked["segment"])
        return store.exported_mentions(opened, **asked)

    _written(db, path, MENTION_COLUMNS, "mention", found)


@export.command("claims", epilog=example("newsig export claims claims.csv --verdict refuted"))
@claim_filters
@file
def claims(path: Path, db: str, outcome: str | None, **asked: Any) -> None:
    """Write what articles say has moved, with the outcome of each."""
    from newsig import store

    def found(opened: Database) -> Iterable[Mapping[str, Any]]:
        note_unknown(opened, symbol=asked["symbol"])
        note_unknown(opened, segment=asked["segment"])
        return store.claims(opened, verdict=outcome, **asked)

    _written(db, path, CLAIM_COLUMNS, "claim", found)


@export.command("verdicts", epilog=example("newsig export verdicts verdicts.parquet"))
@verdict_filters
@file
def verdicts(path: Path, db: str, **asked: Any) -> None:
    """Write checked claims and what the closes say of them.

    Levels, market values, superlatives and streaks are written where --measure asks for them.
    """
    from newsig import store

    def found(opened: Database) -> Iterable[Mapping[str, Any]]:
        note_unknown(opened, symbol=asked["symbol"])
        return store.verdicts(opened, **asked)

    _written(db, path, VERDICT_COLUMNS, "verdict", found)


@export.command("quotes", epilog=example("newsig export quotes quotes.jsonl --about small_caps"))
@quote_filters
@file
def quotes(path: Path, db: str, **asked: Any) -> None:
    """Write who said what."""
    from newsig import store

    def found(opened: Database) -> Iterable[Mapping[str, Any]]:
        note_unknown(opened, symbol=asked["about"], segment=asked["about"])
        return store.quotes(opened, **asked)

    _written(db, path, QUOTE_COLUMNS, "quote", found)


@export.command("sources", epilog=example("newsig export sources sources.csv --type person"))
@source_filters
@file
def sources(path: Path, db: str, type_: str | None, **asked: Any) -> None:
    """Write who is quoted, most statements first."""
    from newsig import store

    def found(opened: Database) -> Iterable[Mapping[str, Any]]:
        note_unknown(opened, symbol=asked["about"], segment=asked["about"])
        return store.sources(opened, type=type_, **asked)

    _written(db, path, SOURCE_COLUMNS, "source", found)


@export.command("sentiments", epilog=example("newsig export sentiments tone.parquet --target small_caps"))
@click.option("--target", metavar="SYMBOL|SEGMENT", type=text, help="Towards this instrument or segment, in any case.")
@click.option("--holder", type=text, help="Only the views of somebody whose name holds these words.")
@since
@until
@file
def sentiments(path: Path, db: str, **asked: Any) -> None:
    """Write the tone of each sentence towards each thing that it speaks of.

    Those of copies are among them: `newsig sentiment` counts each story once.
    """
    from newsig import store

    def found(opened: Database) -> Iterable[Mapping[str, Any]]:
        note_unknown(opened, symbol=asked["target"], segment=asked["target"])
        return store.exported_sentiments(opened, **asked)

    _written(db, path, SENTIMENT_COLUMNS, "tone", found)
