"""Where commands that write work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsig.cli.printing import note, print_failure

if TYPE_CHECKING:
    from sqlite_utils import Database

    from newsig.run import Desk

Say = Callable[[str], object]
"""What is told of a command's work goes there, a sentence or two at a time."""


def desk_at(opened: Database, *, regular: bool = False) -> Desk:
    """A desk at a database: failures are printed, and what is odd about the clock is told.

    ``regular`` is for work that is to be done every day: days on which it was not are told, too.
    """
    from newsig import run, store

    if regular and (words := run.gap(run.now(), store.newest_moment(opened))):
        note(words)
    return run.Desk(db=opened, clock=run.steady(opened, run.now, note), on_failure=print_failure)
