"""The verb that is the whole line: run, once or again and again."""

from __future__ import annotations

import errno
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

import click

from newsig.cli.bringing import articles_in, visit
from newsig.cli.desks import Say, desk_at
from newsig.cli.ends import sentence
from newsig.cli.options import beat, chosen, database, example, full_text, tone_model
from newsig.cli.printing import counted, end, note
from newsig.cli.printing import say as printed
from newsig.cli.working import find, hold
from newsig.errors import CollectError, ModelError, NewsigError, StartError, StoreError
from newsig.report.tables import shown

if TYPE_CHECKING:
    from sqlite_utils import Database

    from newsig.run import Crews
    from newsig.run.scheduling import Pause
    from newsig.settings import Settings

STOPPING = (signal.SIGINT, signal.SIGTERM)


@click.command(epilog=example("newsig run --every 15m --db week.db"))
@click.option(
    "--every", metavar="15m|2h|1h30m", type=beat, help="Again at each such beat from the start, until stopped."
)
@full_text
@tone_model
@database
def run(db: str, full_text: bool, tone_model: str | None, every: int | None) -> None:
    """Collect, process and check in one go.

    With --every it goes on in the foreground, with one line for each round, until Ctrl-C or SIGTERM. A round that takes
    longer lets beats pass; one that the disk, the network or another program spoils is told, and the next one comes.
    Prices are not fetched: `newsig prices sync` does that.
    """
    from newsig import run as line
    from newsig import store

    with store.alone(db):
        if every:
            repeat(partial(line.open_database, db, create=False), chosen(tone_model), every, db, full_text=full_text)
            return
        with line.open_database(db, create=False) as opened:
            done = _line(opened, chosen(tone_model), db, printed, full_text=full_text)
    end(done.failed, done.of, "stories or feeds could not be collected or processed", db)


@dataclass(slots=True)
class _Kept:
    """What is kept from round to round: the workers, and the prices that the verdicts rest on."""

    crews: Crews
    prices: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Done:
    """How many things of a round failed, of how many."""

    failed: int
    of: int


def _line(
    opened: Database, settings: Settings, db: str, say: Say, kept: _Kept | None = None, *, full_text: bool = False
) -> _Done:
    """Collect, process and check once."""
    from newsig import run as line
    from newsig import store

    count = store.counts(opened)
    if not count["feeds"] and not count["articles"]:
        raise StoreError(f"{db} holds neither feeds nor articles: add some with `newsig feeds add` or `newsig ingest`")
    desk = desk_at(opened, regular=True)
    if count["feeds"]:
        with line.reach(settings) as reach:
            collected = visit(desk, reach, full_text=full_text, say=say)
    else:
        note("There are no feeds to collect.")
        collected = line.Tally()
    found = find(desk, settings, say, crews=kept.crews if kept else None)
    prices = store.price_mark(opened) if kept else None
    hold(desk, say, new_only=kept is not None and kept.prices == prices)
    if kept:
        kept.prices = prices
    failed = collected.failures + found.failures
    return _Done(failed, failed + articles_in(collected) + found.counts["articles"])


def repeat(
    opened: Callable[[], Database], settings: Settings, every: float, db: str, *, full_text: bool = False
) -> None:
    """Make rounds at beats of so many seconds until a signal comes; what is begun then and not stored is given up.

    ``opened`` opens the database that is called ``db``, anew for each round.
    """
    from newsig import run as line
    from newsig.run import scheduling

    over = 0
    try:
        with _stoppable(), line.Crews() as crews:
            kept = _Kept(crews)
            for _ in scheduling.beats(every, time.monotonic, _wait):
                told = _round(opened, settings, db, kept, full_text=full_text)
                over += 1
                click.echo(told)
    except KeyboardInterrupt:
        click.echo(f"Stopped after {counted(over, 'round')}.")


def _round(opened: Callable[[], Database], settings: Settings, db: str, kept: _Kept, *, full_text: bool) -> str:
    """Make one round; gives the line that tells of it. An error that may pass ends no more than the round."""
    from newsig import run as line

    begun, start = f"{line.now():%Y-%m-%dT%H:%M:%SZ}", time.monotonic()
    told: list[str] = []
    try:
        with opened() as held:
            done = _line(held, settings, db, told.append, kept, full_text=full_text)
        if done.failed:
            told.append(f"{done.failed:,} of {done.of:,} failed.")
        told.append(f"Took {time.monotonic() - start:.1f} s.")
    except Exception as error:
        if not passes(error):
            raise
        told.append(f"Broke off: {sentence(error)}.")
    return f"{begun} {shown(' '.join(told))}"


def passes(error: Exception) -> bool:
    """Whether the next round may well succeed where this one met ``error``.

    Errors of newsig's say so themselves; those of the system pass, as does that no process could be started, but for
    the reader of a pipe that has gone; what nobody expected is taken for one story's, and shows where it happened with
    NEWSIG_DEBUG.
    """
    if isinstance(error, StartError):
        return True
    if isinstance(error, NewsigError):
        return isinstance(error, ModelError | StoreError | CollectError) and error.passing
    if isinstance(error, OSError):
        return error.errno != errno.EPIPE
    return not isinstance(error, click.ClickException | click.Abort) and not os.environ.get("NEWSIG_DEBUG")


def _wait(rest: Pause) -> None:
    if rest.skipped:
        note(f"The round took longer than the beat: {counted(rest.skipped, 'beat')} skipped.")
    time.sleep(rest.seconds)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Inside, the first of the signals that stop raises `KeyboardInterrupt`; a second one finds things as they were."""
    before = {number: signal.getsignal(number) for number in STOPPING}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as a handler is called
        restore()
        raise KeyboardInterrupt

    for number in STOPPING:
        signal.signal(number, stop)
    try:
        yield
    finally:
        restore()
