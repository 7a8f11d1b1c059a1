"""Work that may hang, crash or eat memory, done apart: in a process of its own, under a deadline and a limit.

Parsers written in C meet bytes of strangers here. What goes wrong with one call costs that call, as a typed error, and
the next call works. The other process is no jail: it may read and write whatever this one may.

Each worker is a pebble pool of one, so that whatever befalls a worker can only concern the one call that it had. Calls
and answers travel as bytes that are pickled here: one that cannot be unpickled would otherwise take pebble's loops
with it.
"""

from __future__ import annotations

import pickle
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import LifoQueue
from typing import Any, ParamSpec, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from newsig.apart.starting import Context, prepare
from newsig.apart.tasks import Named, work
from newsig.errors import CrashError, HungryError, OverdueError, RaisedError, StartError

__all__ = ["Apart", "Named"]

P = ParamSpec("P")
T = TypeVar("T")

MEMORY = 1024**3
"""Bytes that a worker may hold unless told otherwise. Feeds and pages of 15 MB were measured to need 100 to 500 MB."""

CALLS = 500
"""Calls after which a worker makes room for a new one, since parsers leave memory behind."""

START_UP = 60.0
"""Seconds that a worker may take to come up, beside those of the call."""

ATTEMPTS = 3
"""How often a call is made that never reached a worker."""


class Apart:
    """Workers that functions are called in. Any thread may call; close it, or use it as a context manager.

    ``seconds`` is what one call may take, ``memory`` how many bytes of its own a worker may hold during it (Linux
    alone keeps to that), ``workers`` how many calls run at a time, ``calls`` after how many a worker makes room for a
    new one. ``preload`` names modules that every worker imports before its first call, so that no call pays for it;
    where one would take in a module of ``without`` if that is installed, it has to do without. ``begin`` is called
    after that, and must not raise. A worker starts when it is first needed, and those that run are preferred.
    """

    def __init__(
        self,
        *,
        seconds: float = 10.0,
        memory: int = MEMORY,
        workers: int = 1,
        preload: Sequence[str] = (),
        without: Sequence[str] = (),
        begin: Callable[[], object] | None = None,
        calls: int = CALLS,
    ) -> None:
        self._seconds = seconds
        self._free: LifoQueue[_Worker] = LifoQueue()
        # as bytes: read in a worker, it imports what it needs only after what that must do without is known
        terms = _Terms(memory, calls, (tuple(preload), tuple(without), pickle.dumps(begin)))
        self._workers = [_Worker(terms) for _ in range(workers)]
        for worker in self._workers:
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="newsig-apart")
        self._closed = False

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``function`` returns, called in a worker; waits for a free one.

        The function must be importable by its name, its arguments and result such that pickle takes them. An error of
        newsig's own comes through as it is.

        Raises:
            OverdueError: it did not end in time.
            HungryError: it needed more memory than it may.
            CrashError: the worker ended under it.
            RaisedError: it raised an exception that is none of newsig's.
            StartError: no worker could be started.
        """
        return self.call_within(self._seconds, function, *args, **kwargs)

    def call_within(self, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `call`, with another time that it may take."""
        worker = self._free.get()
        try:
            if self._closed:
                raise RuntimeError("the workers are closed")
            return worker.call(seconds, function, args, kwargs)  # type: ignore[no-any-return]
        finally:
            self._free.put(worker)

    def submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As `call`, at once: the future has its result or error. Many may be submitted, ``workers`` run at a time."""
        return self._threads.submit(lambda: self.call(function, *args, **kwargs))

    def close(self) -> None:
        """Wait for the calls that run, drop those that wait, end the workers."""
        self._threads.shutdown(cancel_futures=True)
        taken = [self._free.get() for _ in self._workers]
        self._closed = True
        for worker in taken:
            worker.close()
            self._free.put(worker)

    def stop(self) -> None:
        """End the workers at once; calls that run or wait raise ``CancelledError`` where they were made."""
        for worker in self._workers:
            worker.stop()
        self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class _Terms:
    """What workers work under; ``first`` is what `newsig.apart.starting.prepare` is given."""

    memory: int
    calls: int
    first: tuple[tuple[str, ...], tuple[str, ...], bytes]


class _Worker:
    """One process and its successors. Not to be used by two threads at once, but for `stop`."""

    def __init__(self, terms: _Terms) -> None:
        self._terms = terms
        self._pool: ProcessPool | None = None
        self._under_way: Future[bytes] | None = None
        self._stopped = False

    def call(self, seconds: float, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        task = pickle.dumps((function, args, kwargs))
        for _ in range(ATTEMPTS):
            try:
                answer = self._sent(task, seconds)
            except (BrokenExecutor, RuntimeError):  # the worker was gone before it had the task, which never ran
                self.close()
            else:
                return self._told(answer)
        raise StartError("no process to work on it could be started")

    def _told(self, answer: bytes) -> Any:
        try:
            kind, content = pickle.loads(answer)  # noqa: S301 - our own worker's
        except Exception as error:
            raise RaisedError(f"gave a result that cannot be taken over ({type(error).__name__}: {error})") from error
        if kind == "result":
            return content
        if kind == "ours":
            raise content
        if kind == "memory":
            self.close()  # what it leaves behind would count against the next call
            raise HungryError(f"needed more than {self._terms.memory / 1024**2:,.0f} MB of memory")
        raise RaisedError(f"raised {content}")

    def _sent(self, task: bytes, seconds: float) -> bytes:
        if self._pool is None:
            self._pool = ProcessPool(1, self._terms.calls, prepare, self._terms.first, Context())
        self._under_way = future = self._pool.schedule(work, (task, self._terms.memory), timeout=seconds)
        if self._stopped:  # it may not have been seen under way
            raise CancelledError
        try:
            return future.result(seconds + START_UP)
        except TimeoutError as error:
            if not future.done():
                self.close()
            raise OverdueError(f"no result within {seconds:g} s") from error
        except ProcessExpired as error:
            raise CrashError(f"ended the process that worked on it ({_ending(error.exitcode)})") from error

    def stop(self) -> None:
        self._stopped = True
        if self._under_way is not None:
            self._under_way.cancel()

    def close(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None


def _ending(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit status {code}"
