"""What commands print: rows and records on standard output; progress, failures and notes on standard error."""

from __future__ import annotations

import io
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from newsig.cli.ends import SOME_FAILED
from newsig.records import Failure
from newsig.report.tables import Format, render, shown

FOR_READERS = ("table", "markdown")
NARROWEST = 40


def print_rows(
    rows: Iterable[Mapping[str, Any]],
    format_: Format,
    columns: Sequence[str],
    brief: Sequence[str] | None = None,
) -> None:
    """Rows in a format: all ``columns`` for programs, the ``brief`` ones for readers."""
    for_reader = format_ in FOR_READERS
    if not for_reader:
        speak_utf8()
    print_text(render(rows, format_, brief if brief and for_reader else columns, table_width()))


def print_text(pieces: Iterable[str]) -> None:
    """Text on standard output, piece by piece as it comes."""
    sys.stdout.writelines(pieces)
    sys.stdout.flush()


def speak_utf8() -> None:
    """Programs that read our JSON and CSV expect UTF-8, whatever the terminal's own encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def table_width() -> int | None:
    """The terminal's width in columns; None where there is no terminal, so that lines keep their length."""
    return page_width() if sys.stdout.isatty() else None


def page_width() -> int:
    """The width of running text in columns: the terminal's, and 80 where there is none."""
    return max(NARROWEST, shutil.get_terminal_size().columns)


class Bar:
    """A bar that nobody sees; call it with how many things were just done."""

    def __call__(self, count: int) -> None:
        """Move on."""

    def expect(self, total: int) -> None:
        """Be told how many things there are."""

    def fail(self, failure: Failure) -> None:
        """Name a failure, and count it."""
        print_failure(failure)


@contextmanager
def progress(what: str, total: int | None = None, *, beside_output: bool = False) -> Iterator[Bar]:
    """A bar on a terminal, with the rate, the time that is left and the failures; one that nobody sees elsewhere.

    ``beside_output`` says that the command writes to standard output meanwhile: on one terminal they would mix.
    """
    if not sys.stderr.isatty() or (beside_output and sys.stdout.isatty()):
        yield Bar()
        return
    from newsig.cli.bars import drawn

    with drawn(what, total) as bar:
        yield bar


def note(words: str) -> None:
    """A line on standard error."""
    click.echo(shown(words), err=True)


def say(words: str) -> None:
    """A line on standard output for people, which never steers the terminal, whatever file or source it names."""
    click.echo(shown(words))


def print_failure(failure: Failure) -> None:
    """A failure, named, on standard error."""
    note(f"{failure.place}: {failure.reason}")


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "article"), counted(2000, "article")
    ('1 article', '2,000 articles')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def note_copies(number: int) -> None:
    """Say how many copies of stories were left out; nothing where there were none."""
    if number:
        note(f"{number:,} {'copy' if number == 1 else 'copies'} counted once: `newsig copies` lists them")


def parts(counts: Mapping[str, int], names: Sequence[str]) -> str:
    """The counts that are not zero.

    >>> parts({"new": 3, "revised": 0, "unchanged": 1}, ("new", "revised", "unchanged"))
    '3 new, 1 unchanged'
    """
    return ", ".join(f"{counts[name]:,} {name.replace('_', ' ')}" for name in names if counts.get(name))


def end(failed: int, of: int, what: str, db: str | None = None) -> None:
    """Leave with exit status 1 where something failed, after saying how much of it.

    ``what`` completes the sentence: ``articles could not be read``; ``db`` is where the failures are kept.
    """
    if failed:
        where = f"; see `newsig failures --db {shlex.quote(db)}`" if db else ""
        note(f"newsig: {failed:,} of {of:,} {what}{where}")
        raise click.exceptions.Exit(SOME_FAILED)
