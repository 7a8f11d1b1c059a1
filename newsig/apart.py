"""Work that may hang, crash or eat memory, done apart: in a process of its own, under a deadline and a limit.

Parsers written in C meet bytes of strangers here. What goes wrong with one call costs that call, as a typed error, and
the next call works. The other process is no jail: it may read and write whatever this one may.

Each worker is a pebble pool of one, so that whatever befalls a worker can only concern the one call that it had. Calls
and answers travel as bytes that are pickled here: one that cannot be unpickled would otherwise take pebble's loops
with it.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from multiprocessing.context import SpawnContext, SpawnProcess
from queue import SimpleQueue
from typing import Any, ParamSpec, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from newsig.errors import CrashError, HungryError, NewsigError, OverdueError, RaisedError

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
    alone keeps to that), ``workers`` how many calls run at a time. ``preload`` names modules that every worker imports
    before its first call, so that no call pays for it.
    """

    def __init__(
        self, *, seconds: float = 10.0, memory: int = MEMORY, workers: int = 1, preload: Sequence[str] = ()
    ) -> None:
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        self._workers = [_Worker(seconds, memory, tuple(preload)) for _ in range(workers)]
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
        """
        worker = self._free.get()
        try:
            if self._closed:
                raise RuntimeError("the workers are closed")
            return worker.call(function, args, kwargs)  # type: ignore[no-any-return]
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Worker:
    """One process and its successors. Not to be used by two threads at once."""

    def __init__(self, seconds: float, memory: int, preload: tuple[str, ...]) -> None:
        self._seconds = seconds
        self._memory = memory
        self._preload = preload
        self._pool: ProcessPool | None = None

    def call(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        task = pickle.dumps((function, args, kwargs))
        for _ in range(ATTEMPTS):
            try:
                answer = self._sent(task)
            except (BrokenExecutor, RuntimeError):  # the worker was gone before it had the task, which never ran
                self.close()
            else:
                return self._told(answer)
        raise CrashError("no process to work on it could be started")

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
            raise HungryError(f"needed more than {self._memory / 1024**2:,.0f} MB of memory")
        raise RaisedError(f"raised {content}")

    def _sent(self, task: bytes) -> bytes:
        if self._pool is None:
            self._pool = ProcessPool(1, CALLS, _prepare, (self._preload,), _Context())
        future = self._pool.schedule(_work, (task, self._memory), timeout=self._seconds)
        try:
            return future.result(self._seconds + START_UP)
        except TimeoutError as error:
            if not future.done():
                self.close()
            raise OverdueError(f"no result within {self._seconds:g} s") from error
        except ProcessExpired as error:
            raise CrashError(f"ended the process that worked on it ({_ending(error.exitcode)})") from error

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


class _Process(SpawnProcess):
    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - multiprocessing's name
        with _nameless_main():
            return SpawnProcess._Popen(process_obj)


class _Context(SpawnContext):
    Process = _Process


_STARTING = threading.Lock()


@contextmanager
def _nameless_main() -> Iterator[None]:
    """Keep new processes from running the script of this one.

    They would do so to find its functions, and a script that is not guarded by its ``__name__`` would run twice. The
    main module of a package is the one that multiprocessing leaves alone.
    """
    main = sys.modules["__main__"]
    with _STARTING:
        spec = main.__spec__
        main.__spec__ = ModuleSpec("newsig.__main__", None)
        try:
            yield
        finally:
            main.__spec__ = spec


def _prepare(preload: tuple[str, ...]) -> None:
    if sys.platform != "win32":
        # pebble's handler in Python may be called while the interpreter is being taken down, and complains
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()
    for module in preload:
        importlib.import_module(module)


def _end_with_parent() -> None:
    """Have the kernel end this process as soon as its parent is gone, whatever it is at.

    Idle workers see it by themselves; one that hangs in C code, holding the interpreter's lock, can run no line of
    ours. The pipe to the parent can: when its other end closes, it sends SIGIO, which by default is deadly.
    """
    parent = multiprocessing.parent_process()
    if sys.platform == "win32" or parent is None:
        return
    import fcntl

    pipe = parent.sentinel
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([pipe], [], [], 0)[0]:  # it was gone before we asked
        os._exit(1)


def _work(task: bytes, memory: int) -> bytes:
    """In the worker: do a task, and say what came of it as a pickled pair that every reader can unpickle."""
    try:
        with _limited(memory):
            function, args, kwargs = pickle.loads(task)  # noqa: S301 - our own parent's
            return pickle.dumps(("result", function(*args, **kwargs)))
    except MemoryError:
        return pickle.dumps(("memory", None))
    except NewsigError as error:
        return _error(error)
    except BaseException as error:  # sys.exit() too
        return _said(error)


def _error(error: NewsigError) -> bytes:
    try:
        answer = pickle.dumps(("ours", error))
        pickle.loads(answer)  # noqa: S301 - made a line ago
    except Exception:  # an exception class may pickle in any odd way, or not at all
        return _said(error)
    return answer


def _said(error: BaseException) -> bytes:
    return pickle.dumps(("raised", f"{type(error).__name__}: {error}"[:300]))


@contextmanager
def _limited(memory: int) -> Iterator[None]:
    """Limit the memory that is this process's own, only while it works: a limit that held while a task is being read
    from the pipe would leave half of it there for the next worker."""
    if sys.platform == "win32":
        yield
        return
    import resource

    # not RLIMIT_AS, which counts what libraries reserve and never touch
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (memory if hard == resource.RLIM_INFINITY else min(memory, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
