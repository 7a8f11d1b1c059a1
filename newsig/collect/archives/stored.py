"""Files of articles in other stores, by their addresses: read as they come, nothing of them is copied first."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from newsig.collect.archives.formats import guarded
from newsig.collect.archives.parts import Found, Notebook, Part, Plan, failure, named, shown
from newsig.collect.archives.reading import is_known, kinds, read_file
from newsig.collect.archives.streams import Sought
from newsig.errors import ReadError, StorageError
from newsig.filesystems import opened, shown_address
from newsig.records import Failure

BUFFER = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file in another store; ``place`` is what people call it."""

    filesystem: Any
    path: str
    place: str
    size: int
    notes: Notebook

    def read(self, plan: Plan) -> Found:
        """Its articles and failures."""
        return guarded(self.place, lambda: self._articles(plan))

    def _articles(self, plan: Plan) -> Found:
        with self.filesystem.open_input_file(self.path) as file:
            stream = cast(BinaryIO, io.BufferedReader(Sought(file), BUFFER))
            name = shown(PurePosixPath(self.path).name)
            part = Part(
                stream=stream, place=self.place, name=name, plan=plan, notes=self.notes, direct=True, size=self.size
            )
            yield from read_file(part)


def stored(address: str) -> list[Stored | Failure]:
    """The files at an address: one, or those below it in order of name (hidden ones passed over), and a failure for
    those that nobody can read.

    Raises:
        ReadError: there is nothing, or nobody knows such addresses.
    """
    from pyarrow import fs

    try:
        filesystem, path = opened(address)
        there = filesystem.get_file_info(path)
        files = [there]
        if there.type == fs.FileType.Directory:
            found = filesystem.get_file_info(fs.FileSelector(path, recursive=True))
            files = sorted((info for info in found if info.type == fs.FileType.File), key=lambda info: str(info.path))
    except StorageError as error:
        raise ReadError(str(error)) from error
    except OSError as error:
        words = (str(error).splitlines() or [type(error).__name__])[0]
        raise ReadError(f"{shown_address(address)} cannot be read: {words}") from error
    if there.type == fs.FileType.NotFound:
        raise ReadError(f"no file or folder at {shown_address(address)}")
    return list(_known(filesystem, files, path, shown_address(address)))


def _known(filesystem: Any, files: list[Any], root: str, address: str) -> Iterator[Stored | Failure]:
    passed_over: list[str] = []
    notes = Notebook()
    for info in files:
        inner = PurePosixPath(info.path).relative_to(PurePosixPath(root)).as_posix()
        if any(part.startswith(".") for part in PurePosixPath(inner).parts):
            continue
        if not is_known(inner if inner != "." else info.path):
            passed_over.append(inner)
            continue
        place = address if inner == "." else f"{address.rstrip('/')}/{inner}"
        yield Stored(filesystem=filesystem, path=info.path, place=shown(place), size=info.size, notes=notes)
    if passed_over:
        yield failure(address, f"not read, being none of {kinds()}: {named(passed_over)}")
