"""Paths → inputs: the files that are meant, and how each is read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from newsig.collect.archives.articles import decoded, parse_json, text_page
from newsig.collect.archives.checksums import is_checksums
from newsig.collect.archives.formats import FORMATS, ending, format_of, guarded, read_part
from newsig.collect.archives.inflating import COMPRESSED, inflated
from newsig.collect.archives.jsons import is_answer, is_json, json_lines, listed, opening, records
from newsig.collect.archives.packed import ARCHIVES, TAR_PACKED, is_archive, tar_archive, zip_archive
from newsig.collect.archives.parts import Found, Met, Notebook, Part, Plan, failure, named, numbered, shown
from newsig.collect.archives.streams import MAX_DOCUMENT, MAX_LINE, rejoined, whole
from newsig.errors import ReadError
from newsig.records import Failure, Mark

STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file that can be read, ``path`` being None for standard input; ``given`` is the path by which it was found.

    The files of a folder have their notes in common.
    """

    given: str
    path: Path | None
    notes: Notebook
    stdin: BinaryIO | None = None

    @property
    def place(self) -> str:
        """What people call it."""
        return "standard input" if self.path is None else shown(self.path)

    @property
    def format(self) -> str:
        """The name of its format, for people."""
        if self.path is None:
            return "standard input"
        kind, packed = ending(self.path.name)
        known = FORMATS.get(kind)
        name = known.name if known else "zip" if kind == ".zip" else "tar"
        return f"{name} ({packed or TAR_PACKED.get(kind)})" if packed or kind in TAR_PACKED else name

    @property
    def grows(self) -> bool:
        """Whether more may be appended to it later."""
        known = None if self.path is None else format_of(self.path.name)
        return known is not None and known.grows

    def read(self, plan: Plan, start: Mark = Mark()) -> Found:  # noqa: B008 - frozen
        """Its articles and failures from a mark on."""
        return guarded(self.place, lambda: self._articles(plan, start))

    def _articles(self, plan: Plan, start: Mark) -> Found:
        if self.path is None:
            stream = self.stdin or sys.stdin.buffer
            yield from _stdin(Part(stream=stream, place=self.place, name="", plan=plan, notes=self.notes))
            return
        with self.path.open("rb") as stream:
            part = Part(
                stream=stream,
                place=self.place,
                name=shown(self.path.name),
                plan=plan,
                notes=self.notes,
                start=start,
                direct=True,
                size=self.path.stat().st_size,
            )
            yield from read_file(part)


def inputs(paths: Sequence[str | Path], stdin: BinaryIO | None = None) -> Iterator[Input | Failure]:
    """The files of paths, of folders in order of name (hidden ones passed over), and ``-``; a failure for those that
    nobody can read.

    Raises:
        ReadError: there is no such file or folder. This is known before anything is read.
    """
    for path in paths:
        if str(path) != STDIN and not Path(path).exists():
            raise ReadError(f"no file or folder at {shown(path)}")
    return (found for path in paths for found in _inputs(path, stdin))


def _inputs(given: str | Path, stdin: BinaryIO | None) -> Iterator[Input | Failure]:
    path = Path(given)
    if str(given) == STDIN:
        yield Input(given=STDIN, path=None, stdin=stdin, notes=Notebook())
    elif path.is_dir():
        yield from _folder(path, shown(given))
    elif is_known(path.name):
        yield Input(given=shown(given), path=path, notes=Notebook())
    else:
        yield failure(shown(path), f"not read, being none of {kinds()}")


def _folder(folder: Path, given: str) -> Iterator[Input | Failure]:
    passed_over: list[str] = []
    links: list[str] = []
    notes = Notebook()
    unlisted: list[OSError] = []
    for place, names, files in os.walk(folder, onerror=unlisted.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        links += [shown(Path(place, name).relative_to(folder)) for name in names if Path(place, name).is_symlink()]
        for name in sorted(name for name in files if not name.startswith(".")):
            path = Path(place, name)
            if is_known(name) and path.is_file():
                yield Input(given=given, path=path, notes=notes)
            elif not is_checksums(path):
                passed_over.append(shown(path.relative_to(folder)))
    for error in unlisted:
        yield failure(shown(error.filename), f"cannot be listed: {error.strerror}")
    if passed_over:
        yield failure(shown(folder), f"not read, being none of {kinds()}: {named(passed_over)}")
    if links:
        yield failure(shown(folder), f"not read, being links to folders, which may lead in circles: {named(links)}")


def is_known(name: str) -> bool:
    """Whether a file of this name can be read."""
    return format_of(name) is not None or is_archive(name)


def kinds() -> str:
    """What can be read, for people."""
    return f"{', '.join((*FORMATS, *ARCHIVES))} (or these with {' or '.join(COMPRESSED)})"


def read_file(part: Part) -> Found:
    """The articles of a file, whatever its format."""
    return _archive(part) if is_archive(part.name) else read_part(part)


def _archive(part: Part) -> Found:
    kind, packed = ending(part.name)
    if kind == ".zip":
        return zip_archive(part)
    return tar_archive(replace(part, stream=inflated(part.stream, packed or TAR_PACKED.get(kind, ""))))


def _stdin(part: Part) -> Found:
    """JSON Lines where the first line is a JSON object, a JSON document where all of it is one, else plain text."""
    first = opening(part.stream)
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"[":
        yield from numbered(listed(part, rejoined(first, part.stream)), part.start)
    elif start != b"{":
        text = decoded(first + whole(part.stream, MAX_LINE))
        yield Met(found=text_page(text, origin=part.place, stem=None, published=part.plan.published), mark=Mark())
    elif is_json(first) and not is_answer(parse_json(first), part):
        yield from json_lines(replace(part, stream=rejoined(first, part.stream)))
    else:
        data = first + whole(part.stream, MAX_DOCUMENT)
        if is_json(data):
            yield from numbered(records(part, parse_json(data)), part.start)
        else:
            yield from json_lines(replace(part, stream=rejoined(data, part.stream)))
