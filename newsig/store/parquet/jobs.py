"""What those who work on blocks are told, wherever they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from newsig.records import Article, Failure, Findings
from newsig.settings import Settings
from newsig.store.parquet.files import Block
from newsig.store.parquet.folder import Folder
from newsig.store.parquet.manifest import Written

K = TypeVar("K")


class Extracting(Protocol):
    """What finds the findings of articles, each with a key of the caller's, in any order: each comes out once."""

    def __call__(
        self, articles: Iterable[tuple[K, Article]], settings: Settings
    ) -> Iterator[tuple[K, Findings | Failure]]:
        """The findings of each article, or why there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker needs to know: where the files go, by which settings articles are read, the ``fingerprint`` of
    these, and how. It can be pickled."""

    folder: Folder
    settings: Settings
    fingerprint: str
    extract: Extracting


Engine = Callable[[Iterator[Block], Job], Iterator[tuple[Written, tuple[Failure, ...]]]]
"""What works on blocks and writes their files, in any order; gives each file with the failures in it."""
