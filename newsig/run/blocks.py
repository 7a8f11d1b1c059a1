"""A stream of articles → blocks of one day each, to be worked on wherever there is room.

Which articles make a block depends on the stream alone, not on what was done before: a command that was cut and runs
again comes to the same blocks, and finds the files of those that it wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256

from newsig import store
from newsig.errors import StoreError
from newsig.records import Article, Failure, row
from newsig.store.parquet import Block, Filed, key

ROWS = 250
"""Articles in one block. Beside it a model is loaded in no time, and what a killed worker loses is soon done again."""

CHARACTERS = 2_000_000
"""Characters after which a block is full with fewer articles."""

WAITING = 10_000
"""Articles of all days that wait for their blocks to fill; then the fullest goes as it is."""

WAITING_CHARACTERS = 60_000_000


def filed(found: Article | Failure) -> Filed:
    """An article as a row that waits for its findings; a failure, or an article that could not be kept, as one that
    waits for nothing."""
    if isinstance(found, Article):
        try:
            store.check_text(found)
            version = store.content_digest(found)
            "".join(_texts(found)).encode()
            return Filed(version=version, article=found)
        except UnicodeEncodeError:
            reason = f"article {found.id!r}: it holds half a character, which no file can hold"
        except StoreError as error:
            reason = str(error)
        found = Failure(stage="ingest", place=found.origin or found.id, reason=reason)
    told = [store.printable(text) for text in (found.stage, found.place, found.reason)]
    version = sha256("\0".join(told).encode()).hexdigest()
    return Filed(version=version, failure=Failure(stage=told[0], place=told[1], reason=told[2]))


def _texts(article: Article) -> Iterator[str]:
    for value in row(article).values():
        yield from value if isinstance(value, list) else [value] if isinstance(value, str) else []


def day_of(one: Filed) -> date | None:
    """The day of publication, in UTC; of a moment that is given as a day, that day."""
    published = one.article.published if one.article else None
    return published.astimezone(UTC).date() if isinstance(published, datetime) else published


@dataclass(slots=True)
class Sorting:
    """Articles on their way into blocks.

    ``present`` are the keys of rows that are there already under the ``fingerprint``, and are left out of all blocks.
    Counts the ``articles`` and the ``unread`` failures of the stream, those ``repeated`` in it, and those ``there``.
    ``numbers`` has the files of blocks of which nothing is new.
    """

    fingerprint: str
    present: set[bytes]
    counts: Counter[str] = field(default_factory=Counter)
    numbers: dict[str, int] = field(default_factory=dict)
    seen: set[bytes] = field(default_factory=set)
    waiting: dict[date | None, list[Filed]] = field(default_factory=dict)
    characters: Counter[date | None] = field(default_factory=Counter)
    held: int = 0
    number: int = 0

    def blocks(self, found: Iterable[Article | Failure]) -> Iterator[Block]:
        """The blocks of a stream, without what is there already."""
        for item in found:
            yield from self._add(filed(item))
        for day in sorted(self.waiting, key=lambda day: (day is None, day or date.min)):
            yield from self._full(day)

    def _add(self, one: Filed) -> Iterator[Block]:
        self.counts["articles" if one.article else "unread"] += 1
        if key(one) in self.seen:
            self.counts["repeated"] += 1
            return
        self.seen.add(key(one))
        day = day_of(one)
        self.waiting.setdefault(day, []).append(one)
        self.characters[day] += len(one.article.text) if one.article else 0
        self.held += 1
        if len(self.waiting[day]) >= ROWS or self.characters[day] >= CHARACTERS:
            yield from self._full(day)
        elif self.held >= WAITING or self.characters.total() >= WAITING_CHARACTERS:
            yield from self._full(max(self.waiting, key=lambda day: len(self.waiting[day])))

    def _full(self, day: date | None) -> Iterator[Block]:
        block = Block(day=day, filed=tuple(self.waiting.pop(day)), number=self.number)
        del self.characters[day]
        self.held -= len(block.filed)
        self.number += 1
        new = tuple(one for one in block.filed if key(one) not in self.present)
        self.counts["there"] += len(block.filed) - len(new)
        if new:
            yield replace(block, filed=new)
        else:
            self.numbers[block.path(self.fingerprint)] = block.number
