"""Files of articles → a folder of Parquet: what needs no database, and may be spread over many machines.

Each block of articles becomes one file, named by what is in it. A command that was cut finds the files that it wrote,
and works on the rest; the manifest comes last.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from newsig import store
from newsig.errors import StorageError
from newsig.records import Article, Failure, Findings
from newsig.run.blocks import Sorting
from newsig.run.desks import Tally, now, unheard
from newsig.run.ingesting import read_articles
from newsig.settings import Settings
from newsig.store import parquet
from newsig.store.parquet import Block, Engine, Extracting, Folder, Job, Manifest, Written

if TYPE_CHECKING:
    from spacy.language import Language

K = TypeVar("K")
LOCK = "_lock"


def in_process(articles: Iterable[tuple[K, Article]], settings: Settings) -> Iterator[tuple[K, Findings | Failure]]:
    """The findings of articles in their order, worked on here; the language model is loaded once for a process.

    Raises:
        ModelError: the language model cannot be used.
    """
    from newsig import extract as extraction

    waiting = iter(articles)
    first = next(waiting, None)
    if first is None:
        return
    mark = extraction.fingerprint(settings)
    keys: deque[K] = deque()

    def noted() -> Iterator[Article]:
        for key, article in chain([first], waiting):
            keys.append(key)
            yield article

    for found in extraction.extract(noted(), _language(mark, settings), mark):
        yield keys.popleft(), found


@lru_cache(maxsize=1)
def _language(fingerprint: str, settings: Settings) -> Language:  # noqa: ARG001 - what it was loaded under
    from newsig import extract as extraction

    return extraction.load(settings)


def one_machine(blocks: Iterator[Block], job: Job) -> Iterator[tuple[Written, tuple[Failure, ...]]]:
    """The engine of one machine: articles flow through ``job.extract``, and a block is written once all is back."""
    waiting: dict[int, tuple[Block, list[tuple[int, Findings | Failure]]]] = {}
    ready: list[Block] = []

    def articles() -> Iterator[tuple[tuple[int, int], Article]]:
        for block in blocks:
            if block.articles:
                waiting[block.number] = block, []
            else:
                ready.append(block)
            yield from (((block.number, place), article) for place, article in block.articles)

    for (number, place), found in job.extract(articles(), job.settings):
        block, answers = waiting[number]
        answers.append((place, found))
        if len(answers) == len(block.articles):
            ready.append(waiting.pop(number)[0].answered(answers))
        while ready:
            yield _written(job, ready.pop())
    yield from (_written(job, block) for block in ready)
    if waiting:
        lost = sum(len(block.articles) - len(answers) for block, answers in waiting.values())
        raise StorageError(f"nothing came back of {lost:,} articles: please report it, and run the same command again")


def _written(job: Job, block: Block) -> tuple[Written, tuple[Failure, ...]]:
    return parquet.write_block(job.folder, block, job.fingerprint), block.failures


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A command at work: what is read and written, how, and who is told."""

    folder: Folder
    settings: Settings
    engine: Engine = one_machine
    extract: Extracting = in_process
    clock: Callable[[], datetime] = now
    on_failure: Callable[[Failure], None] = unheard
    on_done: Callable[[int], None] = unheard

    def over(self, paths: Sequence[str], *, published: date | datetime | None = None) -> Tally:
        """Write what is found in the articles of files and folders, as far as it is not there.

        Counts the ``articles`` and ``unread`` failures that were read, those ``repeated`` among them and ``there``
        already, the ``new`` rows and the ``files`` with them.

        Raises:
            ReadError: there is no such file or folder.
            StorageError: the folder cannot be used, or what is in it is damaged.
            StoreError: another command is at work on it.
            ModelError: the language model cannot be used.
            ClusterError: the engine broke off; all files before are whole, and the same command goes on there.
        """
        articles = read_articles(paths, published=published)
        with _alone(self.folder):
            return self._worked(articles)

    def _worked(self, articles: Iterator[Article | Failure]) -> Tally:
        from newsig import extract as extraction

        started, tally = self.clock(), Tally()
        mark = extraction.fingerprint(self.settings)
        before = parquet.read_manifest(self.folder) or Manifest()
        files, present = _there(self.folder, before, mark, started, tally)
        sorting = Sorting(fingerprint=mark, present=present, counts=tally.counts)
        job = Job(folder=self.folder, settings=self.settings, fingerprint=mark, extract=self.extract)
        for file, failures in self.engine(sorting.blocks(articles), job):
            files[file.path] = replace(file, at=started)
            tally.counts.update(new=file.rows, files=1)
            tally.failures += file.failures
            for failure in failures:
                self.on_failure(failure)
            self.on_done(file.rows)
        for path in sorting.numbers.keys() & (files.keys() - before.files.keys()):
            files[path] = replace(files[path], number=sorting.numbers[path])
        after = Manifest(files=files, fingerprints=_explained(before, files, mark, extraction.details(self.settings)))
        if after != before:
            parquet.write_manifest(self.folder, after)
        _sweep(self.folder)
        return tally


@contextmanager
def _alone(folder: Folder) -> Iterator[None]:
    """Nobody else on this machine writes into the folder; elsewhere nothing tells."""
    local = folder.local()
    if local is None:
        yield
        return
    local.mkdir(parents=True, exist_ok=True)
    words = f"another `newsig batch` is at work on {folder.shown}: leave it to that one, or stop it first"
    with store.locked(local / LOCK, words):
        _sweep(folder)
        yield


def _sweep(folder: Folder) -> None:
    """Remove what was laid ready, and what killed writers left."""
    folder.clear(parquet.STAGED)
    for path in folder.unfinished():
        folder.remove(path)


def _there(
    folder: Folder, manifest: Manifest, fingerprint: str, started: datetime, tally: Tally
) -> tuple[dict[str, Written], set[bytes]]:
    """The files that are there and whole, those of a command that was cut among them, and the keys of the rows that
    need not be worked on again.

    Raises:
        StorageError: a file is damaged, or none of ours.
    """
    files: dict[str, Written] = {}
    present: set[bytes] = set()
    paths = folder.paths()
    for path in paths:
        known = manifest.files.get(path)
        found = (known, parquet.checked(folder, known)) if known else _adopted(folder, path, started)
        if found is None:
            continue
        files[path], data = found
        if files[path].fingerprint == fingerprint:
            present.update(parquet.keys_in(data, f"{folder.shown}/{path}"))
    gone = len(manifest.files.keys() - files.keys())
    if gone:
        tally.notes.append(
            f"{gone:,} files of the manifest are gone; of their articles, those of the input are done again"
        )
    return files, present


def _adopted(folder: Folder, path: str, started: datetime) -> tuple[Written, bytes] | None:
    """A whole file that is in no manifest yet; one that is not whole is removed.

    Raises:
        StorageError: it is none of ours.
    """
    if not parquet.OURS.fullmatch(path):
        raise StorageError(f"{folder.shown}/{path} is no file of `newsig batch`: move it elsewhere")
    data = folder.read(path) or b""
    try:
        block, fingerprint = parquet.block_of(data, path)
    except StorageError:
        block, fingerprint = None, ""
    if block is None or block.path(fingerprint) != path:
        folder.remove(path)
        return None
    return parquet.written(block, data, fingerprint, at=started), data


def _explained(
    before: Manifest, files: Mapping[str, Written], fingerprint: str, details: Mapping[str, str]
) -> dict[str, Mapping[str, str]]:
    """What the fingerprints of files stand for, the one that was worked under last."""
    used = {file.fingerprint for file in files.values()}
    marks = [*before.fingerprints, *sorted(used - before.fingerprints.keys())]
    others = {mark: before.fingerprints.get(mark, {}) for mark in marks if mark in used - {fingerprint}}
    return {**others, **({fingerprint: dict(details)} if fingerprint in used else {})}
