"""How the cost of a whole run grows with the archive, and how it falls with the workers.

::

    python -m benchmarks.scale [--sizes 1000 10000 100000] [--workers 1 2]

For every size and number of workers: invented stories, one in five of the market (`benchmarks.stories`), as JSON Lines
through ``newsig ingest`` and ``newsig process`` into a new database, as programs of their own. Printed are seconds by
the clock, processor milliseconds a story and the most memory that any one process of a command took; then the exponent
of a power law through the processor seconds (1 is linear), and the clock of one worker beside that of more.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.stories import stories


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, processor seconds, and megabytes of the largest process."""

    clock: float
    processor: float
    megabytes: float


def archive(path: Path, size: int) -> Path:
    """Invented stories as JSON Lines."""
    with path.open("w", encoding="utf-8") as lines:
        for story in islice(stories(), size):
            published = str(story.published)
            line = {"id": story.id, "title": story.title, "published": published, "text": story.text}
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
    return path


def cost(*words: str) -> Cost:
    """What a command of newsig costs, together with the processes that it starts."""
    begun = time.monotonic()
    command = subprocess.Popen([sys.executable, "-m", "newsig", *words], stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, used = os.wait4(command.pid, 0)
    command.returncode = os.waitstatus_to_exitcode(status)
    assert command.returncode == 0, words
    return Cost(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def whole_run(size: int, workers: int) -> tuple[Cost, Cost]:
    """The costs of `ingest` and `process` on a new database."""
    with tempfile.TemporaryDirectory() as folder:
        given, database = archive(Path(folder) / "archive.jsonl", size), str(Path(folder) / "newsig.db")
        return (
            cost("ingest", str(given), "--db", database),
            cost("process", "--workers", str(workers), "--db", database),
        )


def exponent(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """The slope of the costs against the sizes, both in logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    asked = parser.parse_args()
    found: dict[tuple[int, int], Cost] = {}
    print(f"{'stories':>9}{'workers':>9}  {'command':8}{'clock s':>9}{'CPU ms each':>13}{'largest MB':>12}")
    for workers in asked.workers:
        for size in asked.sizes:
            for name, one in zip(("ingest", "process"), whole_run(size, workers), strict=True):
                each = one.processor / size * 1000
                print(f"{size:9,}{workers:9}  {name:8}{one.clock:9.1f}{each:13.2f}{one.megabytes:12.0f}", flush=True)
                found[size, workers] = one
    for workers in asked.workers:
        if len(asked.sizes) > 1:
            slope = exponent(asked.sizes, [found[size, workers].processor for size in asked.sizes])
            print(f"process with {workers}: processor seconds grow with the archive to the power of {slope:.2f}")
    for workers in asked.workers[1:]:
        largest = max(asked.sizes)
        faster = found[largest, asked.workers[0]].clock / found[largest, workers].clock
        print(f"process of {largest:,}: {workers} workers are {faster:.2f} times as fast as {asked.workers[0]}")


if __name__ == "__main__":
    main()
