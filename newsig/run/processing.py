"""Articles → findings in the database: read in worker processes, written by this one, in groups.

What was found and that it was looked for are kept together: a command that was cut goes on where it stopped, and comes
to the same as one that was not.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from typing import Self

from newsig import store
from newsig.errors import StoreError
from newsig.records import Article, Failure, Findings
from newsig.run.copying import cluster
from newsig.run.crew import EXTRACT, Crew, Duty
from newsig.run.desks import Desk, Tally
from newsig.settings import Settings

FOUND = ("mentions", "claims", "quotes", "sentiments", "credits")

GROUP = 100
"""Articles and failures that are kept in one transaction, unless `SECONDS` pass before."""

SECONDS = 2.0

Key = tuple[int, str]
"""The number of an article's version, and the place that a failure of it names."""


class Crews:
    """Keeps a crew from one time to the next. Use it as a context manager, or close it; ``duty`` is what it does."""

    def __init__(self, duty: Duty = EXTRACT) -> None:
        self._duty = duty
        self._held: tuple[Settings, str, Crew] | None = None

    def get(self, settings: Settings, mark: str) -> Crew:
        """The crew for some settings: the same again while they and ``mark``, their fingerprint, are."""
        if self._held is None or self._held[:2] != (settings, mark):
            self.close()
            self._held = settings, mark, Crew(settings, mark=mark, duty=self._duty)
        return self._held[2]

    def close(self) -> None:
        """End the workers when they have done what they are at."""
        if self._held is not None:
            self._held[2].close()
            self._held = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and self._held is not None:
            self._held[2].stop()
            self._held = None
        self.close()


def process(desk: Desk, settings: Settings, *, crews: Crews | None = None, retry: bool = False) -> Tally:
    """Extract from every article that this fingerprint has not been over; counts ``articles`` and what was found.

    The articles are held against each other for copies as well, whatever brought them in: no tone and no score is told
    without. An article that cannot be read is set aside as a failure, and tried again under another fingerprint, or
    with ``retry``. ``crews`` keeps the workers from one time to the next; None ends them.

    Raises:
        ModelError: the language model cannot be used.
        StoreError: the database cannot be written; all groups before are in it, and the next time goes on there.
        StartError: no worker could be started.
    """
    from newsig import extract as extraction

    mark = extraction.fingerprint(settings)
    if retry:
        store.take_up_again(desk.db, mark)
    waiting = store.unprocessed(desk.db, mark)
    first = next(waiting, None)
    if first is None:
        cluster(desk)
        return Tally()
    with _crew(crews, settings, mark) as crew:
        crew.start()
        cluster(desk)  # while the first worker loads the language model
        desk.on_expected(store.count_unprocessed(desk.db, mark))
        run_id = store.start_run(desk.db, mark, extraction.details(settings), desk.clock())
        tally = _processed(desk, crew, chain([first], waiting), run_id)
    articles = tally.counts["articles"]
    store.finish_run(desk.db, run_id, finished_at=desk.clock(), articles=articles, failures=tally.failures)
    return tally


@contextmanager
def _crew(crews: Crews | None, settings: Settings, mark: str) -> Iterator[Crew]:
    if crews is not None:
        yield crews.get(settings, mark)
        return
    with Crew(settings, mark=mark) as crew:
        yield crew


def _processed(desk: Desk, crew: Crew, waiting: Iterator[tuple[int, Article]], run_id: int) -> Tally:
    tally = Tally()
    group: list[tuple[Key, Findings | Failure]] = []
    since = time.monotonic()
    articles = (((version_id, article.origin or article.id), article) for version_id, article in waiting)
    for found in crew.work(articles):
        group.append(found)
        if len(group) >= GROUP or time.monotonic() - since > SECONDS:
            _keep(desk, group, run_id, tally)
            group, since = [], time.monotonic()
    _keep(desk, group, run_id, tally)
    return tally


def _keep(desk: Desk, group: Sequence[tuple[Key, Findings | Failure]], run_id: int, tally: Tally) -> None:
    """Keep a group in one transaction, then tell what came of it."""
    counts = Counter[str]()
    failures = []
    with store.transaction(desk.db, "findings"):
        at = desk.clock()
        for (version_id, place), found in group:
            kept = _saved(desk, version_id, place, found, run_id)
            if isinstance(kept, Failure):
                store.set_aside(desk.db, version_id, kept, run_id, at)
                failures.append(kept)
            else:
                counts["articles"] += 1
                counts.update({name: len(getattr(kept, name)) for name in FOUND})
    tally.counts += counts
    tally.failures += len(failures)
    for failure in failures:
        desk.on_failure(failure)
    desk.on_done(len(group))


def _saved(desk: Desk, version_id: int, place: str, found: Findings | Failure, run_id: int) -> Findings | Failure:
    """What was found, when it is saved, or why it cannot be."""
    if isinstance(found, Failure):
        return replace(found, stage="process")
    try:
        store.save_findings(desk.db, version_id, found, run_id)
    except StoreError as error:
        if error.for_all:
            raise
        return Failure(stage="process", place=place, reason=str(error))
    return found
