"""Files as bounded streams: never more in memory than one line or one document."""

from __future__ import annotations

import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from newsig.errors import ReadError

MAX_LINE = 20 * 1024 * 1024
"""Bytes of the longest line or single article taken."""

MAX_DOCUMENT = 200 * 1024 * 1024
"""Bytes of the largest JSON object, and of the largest archive's member that must be held to be read."""

UNREADABLE = (OSError, EOFError, zlib.error, lzma.LZMAError)
"""What reading a file, damaged or not, raises."""

CHUNK = 64 * 1024


class TooLong(ValueError):  # noqa: N818 - named as what it says
    """More bytes than the limit; the message says how many are allowed."""


class Pausing(io.RawIOBase):
    """A stream that may be waited for, such as a pipe: ``before`` is called whenever it is asked for more."""

    def __init__(self, source: BinaryIO, before: Callable[[], None]) -> None:
        self._source, self._before = source, before

    def readable(self) -> bool:
        """As `io.RawIOBase` has it."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As `io.RawIOBase` has it."""
        self._before()
        data: bytes = self._source.read1(len(buffer))  # type: ignore[attr-defined]
        buffer[: len(data)] = data
        return len(data)


def pausing(source: BinaryIO, before: Callable[[], None]) -> BinaryIO:
    """A stream as `Pausing` has it, buffered."""
    return buffered(Pausing(source, before))


class Metered(io.RawIOBase):
    """A stream that gives no more than ``limit`` bytes and can be sought forwards, as `tarfile` does.

    Raises `TooLong` beyond the limit, and where more than `MAX_LINE` bytes are wanted at once.
    """

    def __init__(self, source: BinaryIO, limit: int) -> None:
        self._source, self._limit, self._at = source, limit, 0
        self.last = b""
        """What was read last."""

    def readable(self) -> bool:
        """As `io.RawIOBase` has it."""
        return True

    def seekable(self) -> bool:
        """As `io.RawIOBase` has it."""
        return True

    def tell(self) -> int:
        """As `io.RawIOBase` has it."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As `io.RawIOBase` has it."""
        target = offset + (self._at if whence == io.SEEK_CUR else 0)
        if whence == io.SEEK_END or target < self._at:
            raise io.UnsupportedOperation("a stream cannot be sought backwards")
        while self._at < target and self.read(min(CHUNK, target - self._at)):
            pass
        return self._at

    def read(self, size: int = -1) -> bytes:
        """As `io.RawIOBase` has it."""
        if size is None or size < 0 or size > MAX_DOCUMENT + 1:
            raise TooLong(f"it is longer than {MAX_DOCUMENT:,} bytes")
        data = self.last = self._source.read(size)
        self._at += len(data)
        if self._at > self._limit:
            raise TooLong(f"it inflates to more than {self._limit:,} bytes, which no text does")
        return data

    def readinto(self, buffer: Any) -> int:
        """As `io.RawIOBase` has it."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class Slice(io.RawIOBase):
    """The next bytes of a stream, as many as its ``size`` says; where there are fewer, it is cut."""

    def __init__(self, source: BinaryIO, size: int) -> None:
        self._source, self._left = source, size

    def readable(self) -> bool:
        """As `io.RawIOBase` has it."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As `io.RawIOBase` has it."""
        wanted = min(len(buffer), self._left)
        data = self._source.read(wanted) if wanted else b""
        if len(data) < wanted:
            raise EOFError("it is cut short")
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


class Sought(io.RawIOBase):
    """A file of another store, as pyarrow opens it: its parts are fetched as they are asked for."""

    def __init__(self, file: Any) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as there is something."""
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        """Where it is."""
        return int(self._file.tell())


def buffered(stream: io.RawIOBase) -> BinaryIO:
    """A stream that is read in pieces, however small those are that are wanted."""
    return cast("BinaryIO", io.BufferedReader(stream, CHUNK))


def whole(stream: BinaryIO, limit: int) -> bytes:
    """All that is left of a stream.

    Raises:
        TooLong: that is more than ``limit`` bytes.
    """
    data = bytearray()
    while piece := stream.read(min(limit + 1 - len(data), 16 * CHUNK)):
        data += piece
        if len(data) > limit:
            raise TooLong(f"it is longer than {limit:,} bytes")
    return bytes(data)


class _Rejoined(io.RawIOBase):
    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        # a pipe gives what it has, and is not waited for until it fills a buffer
        self._first, self._more = first, getattr(rest, "read1", rest.read)

    def readable(self) -> bool:
        """As `io.RawIOBase` has it."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As `io.RawIOBase` has it."""
        data = self._first[: len(buffer)] or self._more(len(buffer))
        self._first = self._first[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def rejoined(first: bytes, rest: BinaryIO) -> BinaryIO:
    """A stream with the bytes that were read from it before it again.

    >>> rejoined(b"one", io.BytesIO(b" two")).read()
    b'one two'
    """
    return buffered(_Rejoined(first, rest))


def held(stream: BinaryIO) -> BinaryIO:
    """A stream that can be sought: itself, or its bytes in memory.

    Raises:
        ReadError: it cannot be sought, and is too large to be held.
    """
    if isinstance(stream, io.BufferedReader) and isinstance(stream.raw, io.FileIO | Sought):
        return stream
    if isinstance(stream, io.BytesIO):
        return stream
    try:
        return io.BytesIO(whole(stream, MAX_DOCUMENT))
    except TooLong as error:
        raise ReadError(f"{error}, too many for a format that must be held to be read: unpack it first") from error


def lines(stream: BinaryIO, limit: int = MAX_LINE) -> Iterator[bytes | None]:
    """The lines of a stream without their newline; None for one of more than ``limit`` bytes.

    >>> list(lines(io.BytesIO(b"short\\nrather long\\nend"), limit=5))
    [b'short', None, b'end']
    """
    return (line for line, _, _ in measured_lines(stream, limit))


def measured_lines(stream: BinaryIO, limit: int = MAX_LINE) -> Iterator[tuple[bytes | None, int, bool]]:
    """As `lines`, each with its length in bytes and whether a newline ended it.

    >>> list(measured_lines(io.BytesIO(b"short\\nrather long\\nend"), limit=5))
    [(b'short', 6, True), (None, 12, True), (b'end', 3, False)]
    """
    while line := stream.readline(limit + 1):
        content = line.removesuffix(b"\n")
        length, ended = len(line), line.endswith(b"\n")
        if len(content) <= limit:
            yield content, length, ended
            continue
        while line and not ended:
            line = stream.readline(limit)
            length, ended = length + len(line), line.endswith(b"\n")
        yield None, length, ended
