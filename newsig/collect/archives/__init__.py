"""Files and folders → pages, whatever the format: JSON, JSON Lines, CSV, Parquet, WARC, NewsML-G2, NITF, HTML and text,
compressed or within zip and tar.

`reading` finds the inputs, `formats` the reader of each, and every reader gives what it `parts.Met`: a page or a
failure, with the mark from which reading can go on. Nothing is held in memory but one article or one group of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from newsig.collect.archives.checksums import Content, content_of, listed_digest
from newsig.collect.archives.mapping import Mapping, read_mapping
from newsig.collect.archives.parts import Met, Notebook, Plan
from newsig.collect.archives.reading import STDIN, Input, inputs
from newsig.collect.archives.stored import Stored, stored
from newsig.collect.archives.streams import pausing
from newsig.errors import ReadError
from newsig.filesystems import is_address
from newsig.records import Failure, Page

__all__ = [
    "READING",
    "STDIN",
    "Content",
    "Input",
    "Mapping",
    "Met",
    "Notebook",
    "Plan",
    "checked_content",
    "inputs",
    "pausing",
    "read_archive",
    "read_mapping",
]

READING = 1
"""Raised by one when the same bytes are read otherwise than before, so that finished inputs are read again."""


def read_archive(
    paths: Sequence[str | Path], *, published: date | datetime | None = None, stdin: BinaryIO | None = None
) -> Iterator[Page | Failure]:
    """The articles of files, of the files in folders (in order of name, hidden ones passed over), and of ``-``; paths
    may be addresses in other stores, such as ``s3://bucket/folder``.

    ``published`` is the date of articles that carry none; HTML may carry one inside, so that of an HTML page without
    a date is `newsig.read`'s to fill in. ``stdin`` is what ``-`` stands for, by default standard input. Two articles
    of one run may share an id only with the same text, unless each says which version it is.

    Raises:
        ReadError: there is no such file or folder. This is known before anything is read.
    """
    plan = Plan(published=published)
    given = [stored(str(path)) if is_address(path) else inputs([path], stdin) for path in paths]
    return _distinct(one for found in chain.from_iterable(given) for one in _met(found, plan))


def checked_content(one: Input, sizes: Callable[[int], Collection[int]] = lambda _: ()) -> Content:
    """What a file is by its bytes; ``sizes`` gives, by the file's size, those of the beginnings that are wanted of one
    to which more may have been appended.

    Raises:
        ReadError: it cannot be read, or is not what a list of checksums beside it says.
    """
    if one.path is None:
        return Content(size=0, digest="", beginnings={})
    try:
        content = content_of(one.path, sizes(one.path.stat().st_size) if one.grows else ())
        listed = listed_digest(one.path)
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}") from error
    if listed and listed[0] != content.digest:
        raise ReadError(f"not read: its sha256 is not what {listed[1]} says: get it anew, or mend the list")
    return content


def _met(found: Input | Stored | Failure, plan: Plan) -> Iterator[Page | Failure | Met]:
    return iter([found]) if isinstance(found, Failure) else found.read(plan)


def _distinct(found: Iterator[Page | Failure | Met]) -> Iterator[Page | Failure]:
    """The same, with a failure for an article whose id an earlier one of another text has.

    What was met is remembered by 64 bits of each id and of each text."""
    seen: dict[int, int] = {}
    for met in found:
        item = met.found if isinstance(met, Met) else met
        versioned = isinstance(met, Met) and met.versioned
        if isinstance(item, Page) and not versioned and item.updated is None:
            content = hash(item.text or item.html)
            if seen.setdefault(hash(item.id), content) != content:
                reason = f"same id as an earlier article ({item.id!r}), but another text"
                item = Failure(stage="ingest", place=item.origin, reason=reason)
        yield item
