"""Extraction in worker processes: batches of articles go out, findings come back in the articles' order.

A batch in which one article hangs, ends the process, or needs too much memory is read again article by article, and one
that fails so once more, alone, is a failure that says why. Nothing else is held up or lost by it.
"""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Semaphore
from typing import Self, TypeVar

from newsig.apart import Apart, Named
from newsig.errors import ApartError, HungryError, OverdueError, StartError
from newsig.records import Article, Failure, Findings
from newsig.settings import Settings

K = TypeVar("K")

Found = Findings | Failure

BATCH = 16
"""Articles that go to a worker together, unless they have `CHARACTERS` before."""
CHARACTERS = 100_000

AHEAD = 8
"""Batches for each worker that are under way, or done and waiting for an earlier one."""

ENOUGH = 3
"""Batches that another worker must find waiting before it starts: loading a language model takes as long."""

RECYCLED = 200
"""Batches after which a worker makes room for a new one: its vocabulary grows with every word that it meets."""

PART = 100_000
"""Characters that may take the time of an article; a text that has more is read in parts of so many."""

WITH_TORCH = ("en_core_web_trf",)
"""Pipelines that need torch; the others take it in, a third of the memory and start of a worker, for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What workers do, each function importable by its name: they import ``modules``, call ``begin`` with the settings
    and their fingerprint, and then ``work`` with every batch; it gives back one result for each article, in order."""

    modules: tuple[str, ...] = ()
    begin: Callable[[Settings, str | None], object]
    work: Callable[[Sequence[Article]], list[Found]]


EXTRACT = Duty(
    modules=("newsig.extract.shift",),
    begin=Named("newsig.extract.shift", "begin"),
    work=Named("newsig.extract.shift", "work"),
)


def usable() -> int:
    """The CPUs that this process may use, as far as the memory of the machine is enough for a worker on each."""
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return cpus
    return max(1, min(cpus, memory // 1024**3))


def crew(
    articles: Iterable[tuple[K, Article | Failure]],
    settings: Settings,
    *,
    workers: int | None = None,
    mark: str | None = None,
) -> Iterator[tuple[K, Found]]:
    """The findings of articles, each with the key that it came with, in order; failures pass through in their places.

    ``workers`` is how many processes read, by default what the settings say; ``mark`` the settings' fingerprint where
    it is known. See `Crew.work`, also for what is raised.
    """
    with Crew(settings, workers=workers, mark=mark) as those:
        yield from those.work(articles)


class Crew:
    """Worker processes that extract, to be used from one thread. Use it as a context manager, or close it.

    ``workers`` is how many, by default what the settings say; ``mark`` is the settings' fingerprint where it is known.
    ``duty`` is what the workers do.
    """

    def __init__(
        self, settings: Settings, *, workers: int | None = None, mark: str | None = None, duty: Duty = EXTRACT
    ) -> None:
        self.workers = workers or settings.workers or usable()
        self._settings = settings
        self._duty = duty
        self._apart = Apart(
            seconds=settings.seconds,
            memory=settings.memory * 1024**2,
            workers=self.workers,
            preload=duty.modules,
            without=() if settings.model in WITH_TORCH else ("torch",),
            begin=partial(duty.begin, settings, mark),
            calls=RECYCLED,
        )
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="newsig-crew")
        self._seats = Semaphore(1)  # as many threads work as there are seats: a worker starts when one is taken

    def start(self) -> None:
        """Have the first worker start, while something else is done."""
        self._threads.submit(self._begun)

    def work(self, articles: Iterable[tuple[K, Article | Failure]]) -> Iterator[tuple[K, Found]]:
        """The findings of articles, each with the key that it came with, in order; failures pass through in their
        places, and an article that cannot be read is a failure there. At most `AHEAD` batches for each worker are read
        from ``articles`` beyond what was given back.

        Raises:
            ModelError: the language model cannot be used.
            SettingsError: the user's instruments or segments cannot be used.
            StartError: no worker could be started.
        """
        under_way: deque[tuple[list[K], Future[list[Found]]]] = deque()
        try:
            yield from self._through(articles, under_way)
        finally:
            for _, future in under_way:
                future.cancel()

    def _through(
        self, articles: Iterable[tuple[K, Article | Failure]], under_way: deque[tuple[list[K], Future[list[Found]]]]
    ) -> Iterator[tuple[K, Found]]:
        for number, batch in enumerate(_batches(articles), 1):
            if number % ENOUGH == 0 and number // ENOUGH < self.workers:
                self._seats.release()
            under_way.append(
                ([key for key, _ in batch], self._threads.submit(self._at_a_seat, [it for _, it in batch]))
            )
            while under_way and (len(under_way) > AHEAD * self.workers or under_way[0][1].done()):
                yield from _ended(under_way.popleft())
        while under_way:
            yield from _ended(under_way.popleft())

    def _begun(self) -> None:
        with self._seats:
            self._sent([])  # an error will be met again by the first batch

    def _at_a_seat(self, items: Sequence[Article | Failure]) -> list[Found]:
        with self._seats:
            articles = [item for item in items if isinstance(item, Article)]
            found = iter(self._read(articles) if articles else [])
            return [next(found) if isinstance(item, Article) else item for item in items]

    def _read(self, batch: Sequence[Article]) -> list[Found]:
        try:
            return self._sent(batch)
        except StartError:
            raise
        except ApartError:
            return [self._alone(article) for article in batch]

    def _alone(self, article: Article) -> Found:
        try:
            (found,) = self._sent([article])
        except StartError:
            raise
        except ApartError as error:
            reason = f"article {article.id}: {self._cause(error, article)}"
            return Failure(stage="extract", place=article.origin or article.id, reason=reason)
        return found

    def _sent(self, batch: Sequence[Article]) -> list[Found]:
        seconds = max((self.seconds(article) for article in batch), default=self._settings.seconds)
        return self._apart.call_within(seconds, self._duty.work, batch)

    def seconds(self, article: Article) -> float:
        """What an article may take: a very long one is read in parts, and has the time of each."""
        return self._settings.seconds * max(1, math.ceil(len(article.text) / PART))

    def _cause(self, error: ApartError, article: Article) -> str:
        if isinstance(error, OverdueError):
            return f"reading it took longer than {self.seconds(article):g} s"
        if isinstance(error, HungryError):
            return f"reading it needed more than {self._settings.memory:,} MB of memory"
        return f"reading it {error}"

    def stop(self) -> None:
        """End the workers at once, whatever they are at."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._apart.stop()
        self._threads.shutdown()

    def close(self) -> None:
        """End the workers when they have done what they are at."""
        self._threads.shutdown(cancel_futures=True)
        self._apart.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.stop()


def _batches(items: Iterable[tuple[K, Article | Failure]]) -> Iterator[list[tuple[K, Article | Failure]]]:
    """Items that go to a worker together; which ones does not depend on how many workers there are."""
    batch: list[tuple[K, Article | Failure]] = []
    characters = 0
    for key, item in items:
        batch.append((key, item))
        characters += len(item.text) if isinstance(item, Article) else 0
        if len(batch) >= BATCH or characters >= CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _ended(one: tuple[list[K], Future[list[Found]]]) -> Iterator[tuple[K, Found]]:
    keys, future = one
    return zip(keys, future.result(), strict=True)
