"""Compressed files as streams: gzip, zstd, bzip2 and xz."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

from newsig.collect.archives.streams import CHUNK, buffered

COMPRESSED = (".gz", ".zst", ".bz2", ".xz")
XZ_MEMORY = 256 * 1024 * 1024
"""Bytes that undoing xz may take; a file can ask for gigabytes."""


def opened(path: Path) -> BinaryIO:
    """The file's bytes, decompressed where its name ends in one of `COMPRESSED`.

    Raises:
        OSError: it cannot be opened. Reading on raises any of `UNREADABLE`.
    """
    return inflated(path.open("rb"), path.suffix.lower())


def inflated(stream: BinaryIO, ending: str) -> BinaryIO:
    """A stream decompressed as an ending of `COMPRESSED` says, else as it is; closing it closes ``stream``."""
    if ending == ".zst":
        import pyarrow

        return cast("BinaryIO", io.BufferedReader(pyarrow.CompressedInputStream(stream, "zstd")))
    if ending in CODECS:
        return buffered(Inflating(stream, CODECS[ending]))
    return stream


class _Gzip:
    """One member of a gzip file, with the interface of `bz2.BZ2Decompressor`."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(16 + zlib.MAX_WBITS)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data


CODECS: dict[str, Callable[[], Any]] = {
    ".gz": _Gzip,
    ".bz2": bz2.BZ2Decompressor,
    ".xz": lambda: lzma.LZMADecompressor(memlimit=XZ_MEMORY),
}


class Inflating(io.RawIOBase):
    """What a stream holds compressed, all its members in a row or, with ``single``, the first of them."""

    def __init__(self, source: BinaryIO, codec: Callable[[], Any], *, single: bool = False) -> None:
        self._source, self._new, self._codec, self._single = source, codec, codec(), single
        self._rest = b""
        self.taken = 0
        """Bytes read from the source that belong to what was inflated so far."""

    def readable(self) -> bool:
        """As `io.RawIOBase` has it."""
        return True

    def close(self) -> None:
        """As `io.RawIOBase` has it."""
        if not self._single and not self.closed:
            self._source.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        """As `io.RawIOBase` has it."""
        while True:
            if self._codec.eof and not self._next():
                return 0
            data = b""
            if self._codec.needs_input:
                data, self._rest = self._rest or self._source.read(CHUNK), b""
                self.taken += len(data)
            out = self._codec.decompress(data, len(buffer))
            if not (out or data or self._codec.eof) and self._codec.needs_input:
                raise EOFError("it is cut short")
            if self._codec.eof:
                self._rest = self._codec.unused_data
                self.taken -= len(self._rest)
            if out:
                buffer[: len(out)] = out
                return len(out)

    def _next(self) -> bool:
        if self._single:
            return False
        self._rest = (self._rest or self._source.read(CHUNK)).lstrip(b"\0")  # gzip files may be padded
        if self._rest:
            self._codec = self._new()
        return bool(self._rest)
