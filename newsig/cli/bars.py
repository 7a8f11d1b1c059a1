"""Bars on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from newsig.cli.printing import Bar
from newsig.records import Failure


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        """How many in a second, or in a minute where that is less than one."""
        speed = task.finished_speed or task.speed
        if not speed:
            return Text("")
        return Text(f"{speed:,.1f}/s" if speed >= 1 else f"{speed * 60:,.1f}/min")


class _Drawn(Bar):
    def __init__(self, progress: Progress, what: str, total: int | None) -> None:
        self._progress = progress
        self._task = progress.add_task(what, total=total, failed="")
        self._failed = 0

    def __call__(self, count: int) -> None:
        self._progress.advance(self._task, count)

    def expect(self, total: int) -> None:
        self._progress.update(self._task, total=total)

    def fail(self, failure: Failure) -> None:
        super().fail(failure)
        self._failed += 1
        self._progress.update(self._task, failed=f"{self._failed:,} failed")


@contextmanager
def drawn(what: str, total: int | None) -> Iterator[Bar]:
    """A bar on standard error, gone in the end."""
    columns = (
        *(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeElapsedColumn()),
        *(TimeRemainingColumn(), TextColumn("{task.fields[failed]}", style="red")),
    )
    # Standard output stays where it is: redirected, rich would draw it where the bar is.
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        yield _Drawn(progress, what, total)
