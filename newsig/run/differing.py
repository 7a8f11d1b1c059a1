"""Two runs over the same articles, held against each other: what another model or rule changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, TypeGuard

from newsig import store
from newsig.compare.differing import changes, differing
from newsig.errors import ReadError
from newsig.records import row
from newsig.report.differing import KINDS, Differences, Example, Side
from newsig.run.desks import read_database

if TYPE_CHECKING:
    from sqlite_utils import Database

SQLITE = b"SQLite format 3\x00"


class Run(Protocol):
    """What some articles were read as."""

    name: str
    judged: bool
    """Whether claims come with their verdicts."""

    def ids(self) -> Iterator[str]:
        """The articles."""

    def read(self, article_id: str) -> tuple[str | None, Mapping[str, Any]] | None:
        """A digest of an article's words, null where it is not known, and its findings as plain JSON values; null where
        there is no such article."""

    def makers(self) -> Mapping[str, Mapping[str, Any]]:
        """The parts of each fingerprint, as far as they are known."""


class _Stored:
    """The findings of a database."""

    judged = True

    def __init__(self, name: str, db: Database) -> None:
        self.name, self._db = name, db
        self._versions = {one.article_id: one for one in store.read_now(db)}

    def ids(self) -> Iterator[str]:
        yield from self._versions

    def read(self, article_id: str) -> tuple[str | None, Mapping[str, Any]] | None:
        version = self._versions.get(article_id)
        if version is None:
            return None
        found = row(store.findings_of(self._db, version.version_id))
        for claim, verdict in zip(found["claims"], store.verdicts_of(self._db, version.version_id), strict=True):
            claim |= {name: getattr(verdict, name, None) for name in ("outcome", "rung", "reason")}
        return version.content, found

    def makers(self) -> Mapping[str, Mapping[str, Any]]:
        return store.makers(self._db)


class _Printed:
    """The findings of a file that ``newsig extract`` printed; of each article its place in the file is kept."""

    judged = False

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self.name, self._file = name, file
        self._places: dict[str, int] = {}
        place = 0
        for number, line in enumerate(file, start=1):
            if line.strip():
                self._places[_findings(line, f"{name}:{number}")["id"]] = place
            place += len(line)

    def ids(self) -> Iterator[str]:
        yield from self._places

    def read(self, article_id: str) -> tuple[str | None, Mapping[str, Any]] | None:
        if article_id not in self._places:
            return None
        self._file.seek(self._places[article_id])
        return None, _findings(self._file.readline(), self.name)

    def makers(self) -> Mapping[str, Mapping[str, Any]]:
        return {}


def _findings(line: bytes, place: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise ReadError(f"{place}: it is no JSON: name a file that `newsig extract` wrote, or a database") from error
    if not _is_findings(found):
        raise ReadError(f"{place}: it is no findings: name a file that `newsig extract` wrote, or a database")
    return found


def _is_findings(found: Any) -> TypeGuard[dict[str, Any]]:
    """Whether a JSON value is findings as far as they are held against others."""
    if not isinstance(found, dict) or not {"id", "fingerprint", *KINDS} <= found.keys():
        return False
    lists = [found[kind] for kind in KINDS]
    records = chain.from_iterable(some if isinstance(some, list) else [None] for some in lists)
    return all(isinstance(one, dict) and {"start", "end", "text"} <= one.keys() for one in records)


@contextmanager
def opened_runs(one: str | Path, other: str | Path) -> Iterator[tuple[Run, Run]]:
    """Two runs, each of them a database, or a file of JSON Lines that ``newsig extract`` printed.

    Raises:
        ReadError: a file is neither, or there is none.
        StoreError: a database cannot be read.
    """
    with ExitStack() as stack:
        first, second = (_opened(Path(path), stack) for path in (one, other))
        yield first, second


def _opened(path: Path, stack: ExitStack) -> Run:
    try:
        file = stack.enter_context(path.open("rb"))
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
    if file.read(len(SQLITE)) == SQLITE:
        return _Stored(str(path), stack.enter_context(read_database(path)))
    file.seek(0)
    return _Printed(str(path), file)


def diff(one: Run, other: Run, found: Differences) -> Iterator[Example]:
    """The records that differ, article by article in the order of the first run; ``found`` is filled in meanwhile."""
    for article_id in one.ids():
        was, now = one.read(article_id), other.read(article_id)
        _count(found.one, was)
        if was is None or now is None:
            continue
        found.both += 1
        if was[0] and now[0] and was[0] != now[0]:
            found.reworded += 1
            continue
        for example in _of_article(article_id, was[1], now[1], judged=one.judged and other.judged):
            found.counts[example.kind, example.became] += 1
            found.fields.update(Counter((example.kind, name) for name in example.fields))
            yield example
    for article_id in other.ids():
        _count(found.other, other.read(article_id))
    found.makers = _makers(one, other)


def differences(one: Run, other: Run) -> Differences:
    """Counts of nothing yet, of two runs."""
    return Differences(one=Side(name=one.name), other=Side(name=other.name))


def _count(side: Side, read: tuple[str | None, Mapping[str, Any]] | None) -> None:
    if read is not None:
        side.articles += 1
        side.records.update({kind: len(read[1][kind]) for kind in KINDS})
        side.fingerprints[read[1]["fingerprint"]] = None


def _of_article(article_id: str, was: Mapping[str, Any], now: Mapping[str, Any], *, judged: bool) -> Iterator[Example]:
    for kind in KINDS:
        before, after = was[kind], now[kind]
        if kind == "claims" and not judged:
            before, after = ([_unjudged(claim) for claim in claims] for claims in (before, after))
        for change in changes(before, after):
            yield Example(
                article_id=article_id,
                kind=kind,
                became=change.kind,
                record=change.now or change.was or {},
                fields=change.fields,
            )


def _unjudged(claim: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in claim.items() if name not in ("outcome", "rung", "reason")}


def _makers(one: Run, other: Run) -> Mapping[str, tuple[Any, Any]]:
    """The parts that differ, where each run has one maker that is known."""
    was, now = one.makers(), other.makers()
    return differing(*was.values(), *now.values()) if len(was) == len(now) == 1 else {}
