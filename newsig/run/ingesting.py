"""Files of articles into the database, in groups: what was read and how far are kept together, so that a command that
was cut goes on where it stopped, and nothing is read or counted twice."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, BinaryIO

from newsig import store
from newsig.collect.archives import (
    READING,
    STDIN,
    Input,
    Mapping,
    Met,
    Plan,
    checked_content,
    inputs,
    pausing,
    read_archive,
)
from newsig.errors import ReadError
from newsig.read.article import read
from newsig.records import Article, Failure, Mark, Page
from newsig.run.desks import Desk, Tally

if TYPE_CHECKING:
    from sqlite_utils import Database

GROUP = 200
"""Articles and failures that are kept in one transaction, unless `SECONDS` or `CHARACTERS` are reached before."""

SECONDS = 2.0
CHARACTERS = 8_000_000

Keep = Callable[["Database", Sequence[store.Step], datetime], list[store.Outcome]]


def read_articles(
    paths: Sequence[str | Path], *, published: date | datetime | None = None, stdin: BinaryIO | None = None
) -> Iterator[Article | Failure]:
    """The articles of files and folders, read into plain text; a failure for each that cannot be.

    Raises:
        ReadError: there is no such file or folder; known at once, before anything is read.
    """
    found = read_archive(paths, published=published, stdin=stdin)
    return (as_article(item, published) for item in found)


def as_article(
    found: Page | Failure, published: date | datetime | None = None, now: datetime | None = None
) -> Article | Failure:
    """The article of a page, or why there is none; ``published`` and ``now`` as for `newsig.read.article.read`."""
    if isinstance(found, Failure):
        return found
    try:
        return read(found, published=published, now=now)
    except ReadError as error:
        place = f"{found.origin}: {found.url}" if found.url else found.origin
        return Failure(stage="ingest", place=place, reason=str(error))


def ingest(
    desk: Desk,
    paths: Sequence[str | Path],
    *,
    published: date | datetime | None = None,
    mapping: Mapping | None = None,
    stdin: BinaryIO | None = None,
    keep: Keep = store.keep_group,
) -> Tally:
    """Bring the articles of files and folders into the database.

    Counts ``new``, ``revised`` and ``unchanged`` articles, and the ``inputs`` that were ``done_already`` or
    ``continued``. What was read with less than certainty is among the notes. ``keep`` stores a group.

    Raises:
        ReadError: there is no such file or folder.
        StoreError: the database cannot be written; all groups before are in it, and the same command goes on there.
    """
    piped = any(str(path) == STDIN for path in paths)
    if piped:  # what came through a pipe is kept before more is waited for
        stdin = pausing(stdin or sys.stdin.buffer, lambda: reading.flush())
    found = inputs(paths, stdin)
    recipe = _digest([READING, mapping.digest if mapping else None, published.isoformat() if published else None])
    # two pipes are two inputs, although both are called "-": nothing tells that one goes on where another was cut
    arguments = store.ONCE + token_hex() if piped else _digest([recipe, *(_absolute(path) for path in paths)])
    run = store.start_ingest_run(desk.db, arguments)
    reading = _Reading(desk, Plan(published=published, mapping=mapping, latest=desk.clock()), recipe, run, keep)
    for one in found:
        if isinstance(one, Failure):
            reading.add(store.Step(found=one, run=reading.run))
        else:
            reading.take(one)
    reading.flush()
    store.end_ingest_run(desk.db, reading.run)
    return reading.ended()


def _digest(told: object) -> str:
    return sha256(json.dumps(told).encode()).hexdigest()


def _absolute(path: str | Path) -> str:
    return STDIN if str(path) == STDIN else str(Path(path).absolute())


@dataclass(slots=True)
class _Reading:
    """One command at work: the group that waits to be kept, and what came of those before."""

    desk: Desk
    plan: Plan
    recipe: str
    run: int
    keep: Keep
    tally: Tally = field(default_factory=Tally)
    waiting: list[store.Step] = field(default_factory=list)
    characters: int = 0
    since: float = field(default_factory=time.monotonic)
    told: dict[str, Input] = field(default_factory=dict)

    def take(self, one: Input) -> None:
        """Read an input from where it was left."""
        self.tally.counts["inputs"] += 1
        try:
            ingest = self._known(one)
        except ReadError as error:
            self.add(store.Step(found=Failure(stage="ingest", place=one.place, reason=str(error)), run=self.run))
            return
        if ingest is not None and ingest.finished:
            self.tally.counts["done_already"] += 1
            return
        self.told.setdefault(one.given, one)
        mark = ingest.mark if ingest is not None else Mark()
        self.tally.counts["continued"] += mark != Mark()
        self._read(one, ingest, mark)

    def _known(self, one: Input) -> store.Ingest | None:
        """What is known of an input by its content; None for standard input.

        Raises:
            ReadError: it cannot be read, or is not what a list of checksums says.
        """
        if one.path is None:
            return None
        content = checked_content(one, lambda size: store.ingested_sizes(self.desk.db, self.recipe, size))
        new = store.Ingest(
            digest=content.digest,
            recipe=self.recipe,
            size=content.size,
            path=_absolute(one.path),
            grows=one.grows,
            run=self.run,
        )
        # the marks of what still waits are not in the database
        waiting = (step.ingest for step in reversed(self.waiting) if step.ingest is not None)
        known = next((ingest for ingest in waiting if ingest.digest == new.digest), None)
        known = known or store.find_ingest(self.desk.db, new, content.beginnings)
        if known is not new or not store.was_changed(self.desk.db, new):
            return known
        self.flush()  # its ids may have other texts than in what the cut command read
        self.run = store.renewed_ingest_run(self.desk.db, self.run)
        return replace(new, run=self.run)

    def _read(self, one: Input, ingest: store.Ingest | None, start: Mark) -> None:
        """Read an input on; its last step is kept together with its end."""
        steps = (self._step(met, ingest) for met in one.read(self.plan, start))
        if ingest is None:  # nobody will ask how far it was read
            for step in steps:
                self.add(step)
            return
        last = store.Step(found=None, run=ingest.run, ingest=replace(ingest, finished=True))
        for step in steps:
            if last.found is not None:
                self.add(last)
            last = step
        self.add(
            last if last.ingest is None or last.broken else replace(last, ingest=replace(last.ingest, finished=True))
        )

    def _step(self, met: Met, ingest: store.Ingest | None) -> store.Step:
        found = as_article(met.found, self.plan.published, self.plan.latest)
        if ingest is None:
            return store.Step(found=found, run=self.run, versioned=met.versioned)
        at = replace(ingest, mark=met.mark)
        return store.Step(found=found, run=ingest.run, ingest=at, versioned=met.versioned, broken=met.broken)

    def add(self, step: store.Step) -> None:
        """Let a step wait for its group, and keep that once it is large enough, or old enough."""
        self.waiting.append(step)
        self.characters += len(step.found.text) if isinstance(step.found, Article) else 0
        old = time.monotonic() - self.since > SECONDS
        if len(self.waiting) >= GROUP or self.characters >= CHARACTERS or old:
            self.flush()

    def flush(self) -> None:
        """Keep the group, then tell what came of it."""
        outcomes = self.keep(self.desk.db, self.waiting, self.desk.clock()) if self.waiting else []
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                self.tally.failures += 1
                self.desk.on_failure(outcome)
            else:
                self.tally.counts[outcome] += 1
        self.desk.on_done(len(outcomes))
        self.waiting, self.characters, self.since = [], 0, time.monotonic()

    def ended(self) -> Tally:
        """What was done in all."""
        self.tally.notes.extend(f"{given}: {note}" for given, one in self.told.items() for note in one.notes.told())
        return self.tally
