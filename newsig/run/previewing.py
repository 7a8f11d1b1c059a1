"""What files hold, read without any database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from newsig.collect.archives import Input, Mapping, Notebook, Plan, checked_content, inputs
from newsig.errors import ReadError
from newsig.records import Article, Failure
from newsig.run.ingesting import as_article

ENOUGH = 1000
"""Articles and failures of one format under one path after which no more are read."""

SHOWN = 5


@dataclass(slots=True)
class Preview:
    """What would be read from the files of one format under one path.

    ``enough`` says that reading stopped there, so that the numbers are lower bounds. ``failures`` are the first of
    those counted in ``failed``; ``first`` and ``last`` the days of the articles; ``example`` a title.
    """

    path: str
    format: str
    notes: Notebook
    files: int = 0
    articles: int = 0
    failed: int = 0
    enough: bool = False
    first: date | None = None
    last: date | None = None
    example: str | None = None
    failures: list[Failure] = field(default_factory=list)

    def add(self, found: Article | Failure) -> None:
        """Count what was read."""
        if isinstance(found, Failure):
            self.failed += 1
            self.failures += [found] if len(self.failures) < SHOWN else []
            return
        self.articles += 1
        self.example = self.example or found.title
        if found.published is not None:
            day = found.published.date() if isinstance(found.published, datetime) else found.published
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)


def preview(
    paths: Sequence[str | Path],
    *,
    published: date | datetime | None = None,
    mapping: Mapping | None = None,
    stdin: BinaryIO | None = None,
    latest: datetime | None = None,
) -> Iterator[Preview]:
    """What `newsig.run.ingest` would read, by path and format; no more than `ENOUGH` of each.

    Raises:
        ReadError: there is no such file or folder.
    """
    plan = Plan(published=published, mapping=mapping, latest=latest)
    found: dict[tuple[str, str], Preview] = {}
    for one in inputs(paths, stdin):
        if isinstance(one, Failure):
            other = found.setdefault((one.place, ""), Preview(path=one.place, format="not read", notes=Notebook()))
            other.add(one)
        else:
            key = (one.given, one.format)
            _read(one, plan, found.setdefault(key, Preview(path=one.given, format=one.format, notes=one.notes)))
    yield from found.values()


def _read(one: Input, plan: Plan, into: Preview) -> None:
    into.files += 1
    if into.enough:
        return
    try:
        checked_content(one)
    except ReadError as error:
        into.add(Failure(stage="ingest", place=one.place, reason=str(error)))
        return
    for met in one.read(plan):
        into.add(as_article(met.found, plan.published, plan.latest))
        if into.articles + into.failed >= ENOUGH:
            into.enough = True
            return
