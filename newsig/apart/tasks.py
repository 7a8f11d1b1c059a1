"""In a worker: a task as bytes → its answer as bytes, within a limit of memory."""

from __future__ import annotations

import importlib
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from newsig.errors import NewsigError


@dataclass(frozen=True, slots=True)
class Named:
    """The function of a module by its name, to be called in a worker by one who need not import the module."""

    module: str
    name: str

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the function returns."""
        return getattr(importlib.import_module(self.module), self.name)(*args, **kwargs)


def work(task: bytes, memory: int) -> bytes:
    """Do a task, and say what came of it as a pickled pair that every reader can unpickle."""
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
