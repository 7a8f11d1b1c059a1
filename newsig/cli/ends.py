"""How a command ends: with its exit status, and in words for a person, whatever happened."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any

import click

from newsig.cli.lean import without
from newsig.errors import NewsigError
from newsig.report.tables import shown

SOME_FAILED = 1
"""The exit status of a command that did its work, but for what it named."""


class Sentence(click.ClickException):
    """The end of a command, in one sentence on standard error."""

    def show(self, file: Any = None) -> None:
        """Print it; a message never steers the terminal, whatever stood in a title or address."""
        click.echo(f"newsig: {shown(self.message)}", file=file, err=file is None)


class Refused(Sentence):
    """The command cannot be carried out."""

    exit_code = 2


class Broken(Sentence):
    """newsig itself is at fault."""

    exit_code = 70


class Interrupted(Sentence):
    """The user stopped it."""

    exit_code = 130


class Newsroom(click.Group):
    """A group of commands under which every error becomes a sentence. Commands are listed in their working order."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The verbs in the order in which they were added, which is that of the line."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        _never_refuse_a_character()
        without("pandas", "sqlite_utils")
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            raise Interrupted("interrupted; what was stored before is whole") from None
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # the reader of a pipe has enough: click ends quietly
            if isinstance(error, NewsigError | OSError):
                raise Refused(sentence(error)) from error
            if os.environ.get("NEWSIG_DEBUG"):
                raise
            raise Broken(sentence(error)) from error


def _never_refuse_a_character() -> None:
    """A terminal that lacks a character gets its number instead; news is full of dashes and curly quotes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def sentence(error: Exception) -> str:
    """What an error means to a person, whatever kind it is."""
    if isinstance(error, NewsigError):
        return str(error)
    if isinstance(error, OSError):
        words = error.strerror or str(error) or type(error).__name__
        return f"{error.filename}: {words}" if error.filename else words
    first = (str(error).splitlines() or [""])[0]
    what = ": ".join(part for part in (type(error).__name__, first) if part)
    return f"unexpected error ({what}): please report it; NEWSIG_DEBUG=1 shows where it happened"
