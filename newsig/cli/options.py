"""What commands take: the database, a format, days, moments, zones, files."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from newsig import settings
from newsig.errors import PriceError, ReadError, SettingsError
from newsig.records import parse_when
from newsig.report.tables import FORMATS
from newsig.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

STDIN = "-"
PICTURES = (".png", ".svg", ".pdf")
NUMBER = click.IntRange(1, 2**63 - 1)
"""What SQLite can count to."""


def text(value: str) -> str:
    """Words to look for: nothing at all is in every name, or in none, and never what was meant.

    Raises:
        click.BadParameter: there are none.
    """
    if not value.strip():
        raise click.BadParameter("it is empty: give words, or leave the option out.")
    return value


def finite(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:  # noqa: ARG001
    """A number that others can be compared with.

    Raises:
        click.BadParameter: it is infinite, or no number.
    """
    if value is not None and not math.isfinite(value):
        raise click.BadParameter(f"{value} is no size: write it as 1.5.")
    return value


def day(value: str) -> date:
    """A calendar day.

    Raises:
        click.BadParameter: it is none.
    """
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date: write it as 2024-12-31.") from None


def with_neighbours(ctx: click.Context, param: click.Parameter, value: date | None) -> date | None:  # noqa: ARG001
    """A day with one before and one after it, into which it reaches in other zones.

    Raises:
        click.BadParameter: it is the first or the last day that can be written.
    """
    if value in (date.min, date.max):
        raise click.BadParameter(f"{value} is at the end of the calendar: choose another day.")
    return value


def in_order(ctx: click.Context, param: click.Parameter, value: date | None) -> date | None:
    """One of the options ``--since`` and ``--until``, of which the one that comes second sees both.

    Raises:
        click.UsageError: they leave no day between them.
    """
    given = {**ctx.params, param.name: value}
    since, until = given.get("since"), given.get("until")
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}: no day is left between them.")
    return value


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


def beat(value: str) -> int:
    """A length of time in seconds, from one round to the next.

    Raises:
        click.BadParameter: it is none, or too short or too long.
    """
    from newsig.run.scheduling import seconds

    try:
        return seconds(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def zone(value: str) -> ZoneInfo:
    """An IANA time zone.

    Raises:
        click.BadParameter: the zone database does not know it.
    """
    try:
        return ZoneInfo(value)
    except (ValueError, KeyError, OSError):  # no zone's name at all, an unknown one, or a folder of zones
        raise click.BadParameter(f"{value!r} is no time zone: write it as America/New_York.") from None


def picture(value: str) -> Path:
    """A file to draw into, of a kind that can be drawn and in a folder that is there.

    Raises:
        click.BadParameter: it is none.
    """
    path = Path(value)
    if path.suffix.lower() not in PICTURES:
        raise click.BadParameter(f"{value!r} is no picture: name a file that ends in {', '.join(PICTURES)}.")
    if not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder {path.parent}: make it first.")
    return path


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


def full_text(command: Command) -> Command:
    """The option ``--full-text``."""
    option = click.option(
        "--full-text",
        is_flag=True,
        help="Ask for the pages of stories that a feed does not carry in full, as far as robots.txt permits.",
    )
    return option(command)


def tone_model(command: Command) -> Command:
    """The option ``--tone-model``; else the setting's."""
    option = click.option(
        "--tone-model",
        metavar="NAME|FOLDER",
        type=text,
        help="What judges the tone: a model's name on Hugging Face, or a folder (default: newsig's own).",
    )
    return option(command)


def workers(command: Command) -> Command:
    """The option ``--workers``; else the setting's."""
    option = click.option(
        "--workers",
        metavar="N",
        type=click.IntRange(1, 256),
        help="How many processes read the articles (default: one for each CPU, as far as there is enough to do).",
    )
    return option(command)


def chosen(tone_model: str | None, workers: int | None = None) -> Settings:
    """The settings in force, with the tone model and the number of workers of the options where these are given."""
    found = settings.load()
    return replace(found, tone_model=tone_model or found.tone_model, workers=workers or found.workers)


def together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one, in their order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def example(words: str) -> str:
    """The last line of a command's help; click keeps it as it is written, without filling it up."""
    return f"\b\nExample: {words}"
