"""How a worker starts, and that it ends with its parent."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any


class _Process(SpawnProcess):
    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - multiprocessing's name
        with _nameless_main(), _one_thread(), _undisturbed():
            return SpawnProcess._Popen(process_obj)


class Context(SpawnContext):
    """How workers are started: from nothing, without the script of this process, undisturbed by Ctrl-C."""

    Process = _Process


THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
"""The variables by which the libraries for sums are told how many threads to use, when they are imported."""

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


@contextmanager
def _one_thread() -> Iterator[None]:
    """Have the libraries of a new process do their sums in one thread, unless the user says otherwise: it is workers
    that share the processors, and threads of theirs would wait for each other at full speed."""
    added = {name: "1" for name in THREADS if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C, which every process at the terminal hears, from one that is just starting: it would end in a trace.
    What is blocked stays so in a new process; this one hears it on its main thread, or a moment later."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def prepare(preload: tuple[str, ...], without: tuple[str, ...], begin: bytes) -> None:
    """What a worker does first: see `newsig.apart.Apart`."""
    if sys.platform != "win32":
        # pebble's handler in Python may be called while the interpreter is being taken down, and complains
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()
    for module in without:
        sys.modules[module] = None  # type: ignore[assignment]  # how Python marks what cannot be imported
    for module in preload:
        importlib.import_module(module)
    for module in without:
        del sys.modules[module]
    if first := pickle.loads(begin):  # noqa: S301 - our own parent's
        first()


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
