"""What commands take: the database, a format, days, moments, zones, files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from newsig import settings
from newsig.errors import PriceError, ReadError, SettingsError
from newsig.records import parse_when
from newsig.report.tables import FORMATS

Command = TypeVar("Command", bound=Callable[..., Any])

STDIN = "-"


def day(value: str) -> date:
    """A calendar day.

    Raises:
        click.BadParameter: it is none.
    """
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date: write it as 2024-12-31.") from None


def when(value: str) -> date | datetime:
    """A day, or a moment with its zone: of a time without one nobody can say when it was.

    Raises:
        click.BadParameter: it is neither.
    """
    try:
        return parse_when(value)
    except ValueError:
        wrong = f"{value!r} is no date, or a time without its zone"
        raise click.BadParameter(f"{wrong}: write it as 2024-07-18 or 2024-07-18T02:26Z.") from None


def zone(value: str) -> ZoneInfo:
    """An IANA time zone.

    Raises:
        click.BadParameter: the zone database does not know it.
    """
    try:
        return ZoneInfo(value)
    except (ValueError, KeyError, OSError):  # no zone's name at all, an unknown one, or a folder of zones
        raise click.BadParameter(f"{value!r} is no time zone: write it as America/New_York.") from None


def article_path(value: str) -> str:
    """A file or folder that is there, or ``-``; known before anything is opened or made.

    Raises:
        ReadError: there is nothing.
    """
    if value != STDIN and not Path(value).exists():
        raise ReadError(f"no file or folder at {value}")
    return value


def price_path(value: str) -> str:
    """A file that is there; known before anything is opened or made.

    Raises:
        PriceError: there is none.
    """
    if not Path(value).is_file():
        raise PriceError(f"no file at {value}")
    return value


def database(command: Command) -> Command:
    """The option ``--db``, of the command or before it; else the setting's."""
    option = click.option(
        "--db", metavar="PATH", callback=_database, help="The database (default: newsig.db, or what NEWSIG_DB names)."
    )
    return option(command)


def _database(ctx: click.Context, param: click.Parameter, value: str | None) -> str:  # noqa: ARG001
    path, group = value, ctx.parent
    while path is None and group is not None:
        path, group = group.params.get("db"), group.parent
    path = settings.load().db if path is None else path
    if not path.strip():  # SQLite would take no name for a database that is thrown away at the end
        raise SettingsError("the database has no name: give one with --db or NEWSIG_DB")
    return path


def formatted(*formats: str) -> Callable[[Command], Command]:
    """The option ``--format``; all formats for rows unless some are named."""
    choices = click.Choice(formats or FORMATS)
    return click.option("--format", "format_", type=choices, default="table", show_default=True, help="How to print.")


def published(command: Command) -> Command:
    """The option ``--published``."""
    option = click.option(
        "--published",
        metavar="DATE",
        type=when,
        help="The date of articles that carry none: 2024-07-18 or 2024-07-18T02:26Z.",
    )
    return option(command)


def inputs(command: Command) -> Command:
    """The argument ``INPUT...`` of commands that read articles."""
    return click.argument("paths", metavar="INPUT...", nargs=-1, required=True, type=article_path)(command)


def example(words: str) -> str:
    """The last line of a command's help; click keeps it as it is written, without filling it up."""
    return f"\b\nExample: {words}"
