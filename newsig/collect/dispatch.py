"""Many calls at once, but one at a time per host and with a pause between two: nobody's slowness holds up another."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

Label = TypeVar("Label")
Answer = TypeVar("Answer")


class Dispatch(Generic[Label, Answer]):
    """Runs calls in threads, those to one host one after the other in the order in which they were added.

    ``at_once`` is how many calls run at once, ``pause`` the least seconds between the end of one to a host and the
    start of the next; `slow_down` lengthens it for one host. A program that ends does not wait for calls that run.

    >>> dispatch = Dispatch[str, int](at_once=2, pause=0)
    >>> dispatch.add("example.org", "the answer", lambda: 42)
    >>> [(label, done.result()) for label, done in dispatch.done()]
    [('the answer', 42)]
    """

    def __init__(self, *, at_once: int, pause: float) -> None:
        self._at_once = at_once
        self._pause = pause
        self._pauses: dict[str, float] = {}
        self._waiting: dict[str, deque[tuple[Label, Callable[[], Answer]]]] = defaultdict(deque)
        self._running: dict[Future[Answer], tuple[str, Label]] = {}
        self._ended: SimpleQueue[Future[Answer]] = SimpleQueue()
        self._given_up: deque[tuple[Label, Future[Answer]]] = deque()
        self._free_at: dict[str, float] = {}

    def add(self, host: str, label: Label, call: Callable[[], Answer]) -> None:
        """Let ``call`` be called when its host's turn comes, also while `done` is gone through."""
        self._waiting[host].append((label, call))

    def slow_down(self, host: str, pause: float) -> None:
        """Pause this long between two calls to a host, if that is longer than between all others."""
        self._pauses[host] = max(pause, self._pause)

    def give_up(self, host: str, error: Exception) -> None:
        """Let every call to a host that has not begun end with an error."""
        for label, _ in self._waiting.pop(host, ()):
            future: Future[Answer] = Future()
            future.set_exception(error)
            self._given_up.append((label, future))

    def done(self) -> Iterator[tuple[Label, Future[Answer]]]:
        """The calls as they end, each with its label, until none is left."""
        while self._waiting or self._running or self._given_up:
            if self._given_up:
                yield self._given_up.popleft()
                continue
            soonest = self._start()
            try:
                future = self._ended.get(timeout=soonest)
            except Empty:
                continue
            host, label = self._running.pop(future)
            self._free_at[host] = time.monotonic() + self._pauses.get(host, self._pause)
            yield label, future

    def _start(self) -> float | None:
        """Begin what may begin now; gives the seconds until more may, None where only the end of a call brings that."""
        now, busy = time.monotonic(), {host for host, _ in self._running.values()}
        soonest: list[float] = []
        for host in [name for name in self._waiting if name not in busy]:
            if len(self._running) >= self._at_once:
                return None
            if (left := self._free_at.get(host, 0) - now) > 0:
                soonest.append(left)
                continue
            label, call = self._waiting[host].popleft()
            if not self._waiting[host]:
                del self._waiting[host]
            future: Future[Answer] = Future()
            self._running[future] = (host, label)
            Thread(target=self._call, args=(future, call), name=f"newsig collect {host}", daemon=True).start()
        return min(soonest, default=None)

    def _call(self, future: Future[Answer], call: Callable[[], Answer]) -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # whatever it is, it is the caller's, who asks for the result
            future.set_exception(error)
        self._ended.put(future)
