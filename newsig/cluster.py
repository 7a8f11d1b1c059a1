"""The same work on Ray Data: blocks of articles spread over the actors of a cluster. The only import of ray.

The blocks are laid ready in the folder that the findings go to, so that articles pass through no object store of
Ray's, and a worker needs to be told a path alone. Files are named by what is in them: a worker that is killed is
replaced, and what it had at hand is written again under the same name.
"""

from __future__ import annotations

import json
import logging
import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

from newsig.errors import ClusterError, NewsigError
from newsig.records import Failure, Findings
from newsig.settings import TONE_MODEL
from newsig.store import parquet
from newsig.store.parquet import Block, Engine, Job, Written

if TYPE_CHECKING:
    import pyarrow

Done = tuple[Written, tuple[Failure, ...]]

LOCAL = "local"
"""Ray's word for a cluster of its own on this machine."""

WHOLE = 2
"""How often a block is begun as a whole. Where its worker died as often, it is more likely an article than chance: from
then on they are taken one by one, and the one at which another worker dies is a failure."""

GO_ON = "what was written is whole: run the same command again"
DIED = "the worker died at it, as it did twice before with the articles beside it"


class Worker:
    """An actor: it loads the language model once, then works on one block after the other.

    Called with a table of paths of blocks, it writes their files and gives a table of what it wrote. An error is given
    in place of a file, as a sentence: what Ray would make of it is for Ray's own makers.
    """

    def __init__(self, job: Job) -> None:
        self._job = job

    def __call__(self, paths: pyarrow.Table) -> pyarrow.Table:
        """The files of some blocks, written."""
        import pyarrow

        done = [pickle.dumps(self._tried(path)) for path in paths["path"].to_pylist()]
        return pyarrow.table({"done": pyarrow.array(done, pyarrow.binary())})

    def _tried(self, path: str) -> Done | str:
        from newsig import extract

        try:
            here = extract.fingerprint(self._job.settings)
            if here != self._job.fingerprint:
                return (
                    f"a worker has another newsig, other models or other settings (fingerprint {here}, not "
                    f"{self._job.fingerprint}): install the same on every machine of the cluster"
                )
            return self._done(path)
        except NewsigError as error:
            return str(error)
        except Exception as error:
            return f"a worker broke off ({type(error).__name__}: {_first_line(error)}); {GO_ON}"

    def _done(self, path: str) -> Done:
        block = parquet.staged_block(self._job.folder, path)
        answered = block.answered(list(self._found(block, f"{path}.attempts")))
        file = parquet.write_block(self._job.folder, answered, self._job.fingerprint)
        return file, answered.failures

    def _found(self, block: Block, notes: str) -> Iterator[tuple[int, Findings | Failure]]:
        """What comes of the articles of a block; how often it was begun, and at which articles workers died, is noted
        beside it for the next worker."""
        begun, *fatal = json.loads(self._job.folder.read(notes) or b"[0]")
        if begun < WHOLE:
            self._job.folder.write(notes, json.dumps([begun + 1]).encode())
            yield from self._job.extract(block.articles, self._job.settings)
            return
        for place, article in block.articles:
            if place in fatal:
                reason = f"article {article.id}: {DIED}"
                yield place, Failure(stage="extract", place=article.origin or article.id, reason=reason)
                continue
            self._job.folder.write(notes, json.dumps([begun, *fatal, place]).encode())
            yield from self._job.extract([(place, article)], self._job.settings)


def spread(address: str | None) -> Engine:
    """The engine that works on a Ray cluster: the one at ``address``, or one of its own on this machine.

    The folder must be one that every machine of the cluster reaches under the same name, and newsig be the same there.

    Raises:
        ClusterError: Ray is not installed.
    """
    try:
        import ray  # noqa: F401
    except ImportError as error:
        raise ClusterError("Ray is not installed: `pip install 'newsig[ray]'`, or use --engine local") from error
    return lambda blocks, job: _spread(blocks, job, address)


def _spread(blocks: Iterator[Block], job: Job, address: str | None) -> Iterator[Done]:
    paths = [parquet.stage_block(job.folder, block, job.fingerprint) for block in blocks]
    if not paths:
        return
    import ray

    with redirect_stdout(sys.stderr):  # Ray tells there of workers that died, until it is shut down
        _start(address)
        try:
            for row in _dataset(paths, job).iter_rows():
                done: Done | str = pickle.loads(row["done"])  # noqa: S301 - our own worker's
                if isinstance(done, str):
                    raise ClusterError(done)
                yield done
        except (ray.exceptions.RayError, RuntimeError) as error:
            raise ClusterError(f"Ray broke off ({_first_line(error)}); {GO_ON}") from error
        finally:
            ray.shutdown()


def _start(address: str | None) -> None:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody is told that newsig runs
    import ray

    options: dict[str, Any] = {} if address else {"include_dashboard": False}
    try:
        ray.init(address or LOCAL, log_to_driver=False, logging_level=logging.ERROR, **options)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise ClusterError(f"no Ray cluster at {address or 'hand'}: {_first_line(error)}") from error


def _dataset(paths: list[str], job: Job) -> Any:
    """The blocks as Ray Data sees them: one row each, and each row a task of its own.

    Ray reads and moves its own rows on a processor, too: where actors hold all of them it waits for ever.
    """
    import ray
    from ray.data import ActorPoolStrategy, DataContext

    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    context = DataContext.get_current()
    context.max_errored_blocks = 0
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    resources: dict[str, float] = ray.cluster_resources()
    processors = int(resources.get("CPU", 1))
    actors = max(1, min(processors - 1, len(paths)))
    waiting = ray.data.from_items([{"path": path} for path in paths], override_num_blocks=len(paths))
    return waiting.map_batches(
        Worker,
        batch_size=None,
        batch_format="pyarrow",
        fn_constructor_args=(job,),
        compute=ActorPoolStrategy(size=actors, max_tasks_in_flight_per_actor=2),
        num_cpus=1 if processors > 1 else 0.5,
        num_gpus=_graphics(job, resources.get("GPU", 0), actors),
    )


def _graphics(job: Job, processors: float, actors: int) -> float | None:
    """The share of a graphics processor that an actor gets: only a tone model other than newsig's own, which is small
    and made for the CPU, is faster there."""
    if not processors or job.settings.tone_model == TONE_MODEL:
        return None
    return min(1.0, processors / actors)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
