"""The verbs about texts that differ: drift between versions and copies of a story, conflicts inside one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from newsig import settings
from newsig.cli.asking import limit, since, until
from newsig.cli.options import database, example, formatted, text
from newsig.cli.printing import FOR_READERS, end, note, print_failure, print_rows, print_text
from newsig.report.tables import Format

if TYPE_CHECKING:
    from newsig.run.drifting import Compared

DRIFT_COLUMNS = (
    *("kind", "of", "detail", "before", "after", "correction"),
    *("before_article", "before_version", "before_publisher", "before_start", "before_end"),
    *("after_article", "after_version", "after_publisher", "after_start", "after_end"),
)
BRIEF_DRIFT_COLUMNS = ("text", "kind", "before", "after", "detail", "corrected")
CONFLICT_COLUMNS = ("article_id", "published", "title", "kind", "symbol", "reason", "claims", "copies")
BRIEF_CONFLICT_COLUMNS = ("article_id", "kind", "symbol", "reason", "words", "copies")
LONGEST = 60
"""Characters of a statement that a table shows."""


@click.command(epilog=example('newsig drift "European shares fall"'))
@click.argument("story", type=text)
@database
@formatted()
def drift(story: str, db: str, format_: Format) -> None:
    """Tell how the versions and copies of a story differ.

    STORY is an article's id, or its title or a part of that. Each version, and each article of seven days before or
    after that copies the story or tells its facts in other words, is held against the earliest text: figures, hedges,
    periods, quotations, speakers, names, and what was added or dropped.
    """
    from newsig import run

    with run.read_database(db) as opened:
        found = run.drift(opened, story, settings.load())
    for number, one in enumerate(found.texts):
        note(f"{number + 1}. {_named(one)}")
    if len(found.texts) == 1:
        note("one version, and no copy within seven days: there is nothing to compare it with")
    if found.rows or format_ != "table":
        numbers = {(one.version.article.id, one.version.number): at + 1 for at, one in enumerate(found.texts)}
        rows = _told(found.rows, numbers) if format_ in FOR_READERS else found.rows
        print_rows(rows, format_, DRIFT_COLUMNS, BRIEF_DRIFT_COLUMNS)
    else:
        print_text(["No changes.\n"])
    for failure in found.failures:
        print_failure(failure)
    end(len(found.failures), len(found.texts) + len(found.failures), "texts could not be read")


def _named(one: Compared) -> str:
    """A text that was compared, as a reader would name it."""
    article, kin = one.version.article, one.kinship
    parts = [f"{article.id}, version {one.version.number}", article.publisher, one.version.at.isoformat()]
    if kin:
        parts.append(f"{kin.likeness}: {kin.words:.0%} of its words, {kin.figures} figures in common")
    return ", ".join(part for part in parts if part)


def _told(rows: Iterable[Mapping[str, Any]], numbers: Mapping[tuple[str, int], int]) -> Iterator[dict[str, Any]]:
    """The rows for readers: with the later text's number, and long statements cut."""
    for row in rows:
        yield {
            **row,
            "before": _short(row["before"]),
            "after": _short(row["after"]),
            "text": numbers[row["after_article"], row["after_version"]],
            "corrected": row["correction"] is not None,
        }


def _short(words: str | None) -> str | None:
    return words if words is None or len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


@click.command(epilog=example("newsig conflicts --since 2024-07-15"))
@click.option("--article", metavar="ID|TITLE", type=text, help="In this article, by its id or a part of its title.")
@since
@until
@limit
@database
@formatted()
def conflicts(db: str, format_: Format, **asked: Any) -> None:
    """List what contradicts itself in one article.

    Claims that cannot all be true: two figures for one move or level, or points and percent that do not lead to the
    level beside them. Figures from before the close are left out.
    """
    from newsig import run

    with run.read_database(db) as opened:
        print_rows(_with_words(run.conflicts(opened, **asked)), format_, CONFLICT_COLUMNS, BRIEF_CONFLICT_COLUMNS)


def _with_words(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {**row, "words": " / ".join(claim["context"] for claim in row["claims"])}
