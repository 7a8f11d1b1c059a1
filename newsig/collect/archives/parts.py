"""What a reader of one format is given, and what it gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from newsig.collect.archives.mapping import Mapping
from newsig.records import Failure, Mark, Page

NAMED = 5
"""How many of many things are named; the rest are counted."""
UNUSED = 200
"""Names of fields that are remembered as not used."""


@dataclass(slots=True)
class Notebook:
    """What is worth a word about an input besides its failures: which fields hold what, which are not used, and what
    was taken with less than certainty or passed over, with how often and where first."""

    fields: dict[str, str] = field(default_factory=dict)
    unused: dict[str, None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def count(self, what: str, example: str = "") -> None:
        """Note one more of something."""
        self.counts[what] += 1
        self.first.setdefault(what, example)

    def leave_out(self, name: str) -> None:
        """Note a field that is not used."""
        if len(self.unused) < UNUSED:
            self.unused[name] = None

    def told(self) -> Iterator[str]:
        """The notes, one sentence each."""
        if self.unused:
            used = ", ".join(f"{name} from {source}" for name, source in self.fields.items() if name != source)
            yield f"fields not used: {named(list(self.unused))}" + (f" ({used})" if used else "")
        yield from self.counted()

    def counted(self) -> Iterator[str]:
        """What was taken with less than certainty or passed over."""
        for what, times in self.counts.items():
            example = f" (first: {self.first[what]})" if self.first[what] else ""
            yield f"{times:,} × {what}{example}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How inputs are read: the date of articles that carry none, the user's names of fields, and the moment after which
    no date can lie, None where nobody knows."""

    published: date | datetime | None = None
    mapping: Mapping | None = None
    latest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file, or a member of an archive, to be read by one format.

    ``place`` is what people call it, ``name`` its own name, from which ids are made. ``size`` is that of the file in
    bytes, None for a member. ``start`` is where reading goes on; ``direct`` says that the stream is the very file,
    so that offsets in it are the file's and can be sought.
    """

    stream: BinaryIO
    place: str
    name: str
    plan: Plan
    notes: Notebook
    start: Mark = Mark()  # noqa: RUF009 - frozen
    direct: bool = False
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A page or a failure, and how far the input is read when it is dealt with.

    ``versioned`` says that the page is one of several versions by its nature, so that another text under the same id
    is no contradiction. ``broken`` says that a system's error ended the reading, which may go on another time.
    """

    found: Page | Failure
    mark: Mark
    versioned: bool = False
    broken: bool = False


Found = Iterator[Met]
Reader = Callable[[Part], Found]


def numbered(items: Iterator[Page | Failure], start: Mark) -> Found:
    """Items of an input that is always read from its beginning, without those that were taken already."""
    for count, found in enumerate(items, 1):
        if count > start.within:
            yield Met(found=found, mark=Mark(within=count, number=count))


def failure(place: str, reason: str) -> Failure:
    """A failure of ingesting."""
    return Failure(stage="ingest", place=place, reason=reason)


def shown(name: str | Path) -> str:
    """The name of a file as people and databases can have it, its bytes that are no UTF-8 written as numbers.

    >>> shown("caf\\udce9.jsonl")
    'caf\\\\udce9.jsonl'
    """
    return str(name).encode("utf-8", "backslashreplace").decode()


def named(names: list[str]) -> str:
    """The first few of many names.

    >>> named(["a", "b"]), named(list("abcdefgh"))
    ('a, b', 'a, b, c, d, e and 3 more')
    """
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
