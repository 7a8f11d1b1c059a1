"""When the next round is due: at full beats, counted from the start.

A round that takes longer than the beat lets beats pass: rounds never overlap, and never come closer together to catch
up. All of it is arithmetic; the clock and the wait are given.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

PERIOD = re.compile(r"(?=.)(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?", re.IGNORECASE)
SHORTEST, LONGEST = 60, 7 * 24 * 3600
"""Bounds of a beat in seconds: publishers want to be left in peace, and feeds forget."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The time from one round to the next: ``beat`` is the next one's number from 0, ``seconds`` the wait for it, and
    ``skipped`` how many beats passed while the round before was at work."""

    beat: int
    seconds: float
    skipped: int


def seconds(words: str) -> int:
    """The length of a beat.

    >>> seconds("15m"), seconds("90s"), seconds("2h"), seconds("1h30m")
    (900, 90, 7200, 5400)

    Raises:
        ValueError: it is none, or too short or too long; the sentence says what to write.
    """
    found = PERIOD.fullmatch(words.strip())
    if found is None:
        raise ValueError(f"{words!r} is no length of time: write it as 15m, 90s, 2h or 1h30m.")
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    length = hours * 3600 + minutes * 60 + rest
    if not SHORTEST <= length <= LONGEST:
        raise ValueError(f"{words!r} is not between 1m and {LONGEST // 3600}h: publishers want to be left in peace.")
    return length


def pause(every: float, elapsed: float, beat: int) -> Pause:
    """What follows the round of ``beat``, which was at work until ``elapsed`` seconds after the start.

    >>> pause(60, 12.5, 0), pause(60, 130, 0), pause(60, 120, 0)
    (Pause(beat=1, seconds=47.5, skipped=0), Pause(beat=3, seconds=50, skipped=2), Pause(beat=2, seconds=0, skipped=1))
    """
    due = max(beat + 1, math.ceil(elapsed / every))
    return Pause(due, max(0, due * every - elapsed), due - beat - 1)


def beats(every: float, clock: Callable[[], float], wait: Callable[[Pause], None]) -> Iterator[int]:
    """The numbers of the beats at which a round begins, without end: the first at once, each of the others after
    ``wait``, which is given the `Pause` when the round before is over. ``clock`` tells seconds that never run
    backwards."""
    start, beat = clock(), 0
    while True:
        yield beat
        rest = pause(every, clock() - start, beat)
        wait(rest)
        beat = rest.beat
