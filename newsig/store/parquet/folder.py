"""A folder of findings, on this machine or in an object store: its partitions, and files that are there whole or not at
all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from newsig.errors import StorageError
from newsig.filesystems import BUCKETS, is_address, opened, shown_address

NO_DAY = "__HIVE_DEFAULT_PARTITION__"
"""The partition of articles without a date; readers of partitioned Parquet know it as null."""

OURS = re.compile(r"day=[^/]+/[0-9a-f]{32}\.parquet")
"""The files of articles within a folder."""

STAGED = "_staged"
"""What waits to be worked on elsewhere; readers of Parquet pass over names that begin so."""

UNFINISHED = ".part"


def partition(day: date | None) -> str:
    """The folder of a day.

    >>> partition(date(2024, 7, 17)), partition(None)
    ('day=2024-07-17', 'day=__HIVE_DEFAULT_PARTITION__')
    """
    return f"day={day.isoformat() if day else NO_DAY}"


def digest(data: bytes) -> str:
    """What a file is by its bytes: sha256, hexadecimal."""
    return sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, by its path on this machine or its address in an object store. Paths within it have slashes."""

    address: str

    @property
    def shown(self) -> str:
        """The folder as people may see it."""
        return shown_address(self.address)

    def local(self) -> Path | None:
        """Where it is on this machine; None where it is elsewhere."""
        return None if is_address(self.address) else Path(self.address)

    def write(self, path: str, data: bytes) -> None:
        """Write a file, in place of one that is there; whatever happens meanwhile, no reader finds a part of it.

        Of other stores those which show a file only once it is closed keep to that, as object stores do.

        Raises:
            StorageError: it cannot be written.
        """
        try:
            local = self.local()
            if local is not None:
                _write_whole(local / path, data)
                return
            filesystem, place = self._place(path)
            if filesystem.type_name not in BUCKETS:
                filesystem.create_dir(str(PurePosixPath(place).parent), recursive=True)
            with filesystem.open_output_stream(place) as stream:
                stream.write(data)
        except OSError as error:
            raise StorageError(f"{self.shown}/{path} cannot be written: {_words(error)}") from error

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none.

        Raises:
            StorageError: it cannot be read.
        """
        try:
            filesystem, place = self._place(path)
            with filesystem.open_input_stream(place) as stream:
                return bytes(stream.read())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageError(f"{self.shown}/{path} cannot be read: {_words(error)}") from error

    def remove(self, path: str) -> None:
        """Remove a file."""
        filesystem, place = self._place(path)
        filesystem.delete_file(place)

    def clear(self, path: str) -> None:
        """Remove a folder within this one with all that is in it, where it is there."""
        from pyarrow import fs

        filesystem, place = self._place(path)
        if filesystem.get_file_info(place).type == fs.FileType.Directory:
            filesystem.delete_dir(place)

    def paths(self) -> list[str]:
        """The files in its partitions, in order of name.

        Raises:
            StorageError: they cannot be listed.
        """
        return sorted(path for path in self._everything() if path.startswith("day="))

    def unfinished(self) -> list[str]:
        """What writers that were killed have left."""
        return [path for path in self._everything() if path.endswith(UNFINISHED)]

    def _everything(self) -> Iterator[str]:
        from pyarrow import fs

        filesystem, root = self._place("")
        selector = fs.FileSelector(root, allow_not_found=True, recursive=True)
        try:
            found = filesystem.get_file_info(selector)
        except OSError as error:
            raise StorageError(f"{self.shown} cannot be listed: {_words(error)}") from error
        for info in found:
            if info.type == fs.FileType.File:
                yield PurePosixPath(info.path).relative_to(PurePosixPath(root)).as_posix()

    def _place(self, path: str) -> tuple[Any, str]:
        filesystem, root = opened(self.address)
        return filesystem, f"{root.rstrip('/') or root}/{path}".rstrip("/")


def _write_whole(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}-{os.getpid()}{UNFINISHED}")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _words(error: OSError) -> str:
    return error.strerror or (str(error).splitlines() or [type(error).__name__])[0]
