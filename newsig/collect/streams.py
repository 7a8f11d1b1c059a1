"""Files as bounded streams: decompressed on the way, and never more in memory than one line or one document."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

MAX_LINE = 20 * 1024 * 1024
"""Bytes of the longest line or single article taken."""

MAX_DOCUMENT = 200 * 1024 * 1024
"""Bytes of the largest JSON document taken; JSON Lines know no such limit."""

UNREADABLE = (OSError, EOFError, zlib.error)
"""What reading a file, damaged or not, raises."""

COMPRESSED = (".gz", ".zst")


class TooLong(ValueError):  # noqa: N818 - named as what it says
    """More bytes than the limit; the message says how many are allowed."""


def opened(path: Path) -> BinaryIO:
    """The file's bytes, decompressed where its name ends in ``.gz`` or ``.zst``.

    Raises:
        OSError: it cannot be opened. Reading on raises any of `UNREADABLE`.
    """
    if path.suffix.lower() == ".gz":
        return cast("BinaryIO", gzip.open(path, "rb"))
    if path.suffix.lower() == ".zst":
        import pyarrow

        return cast("BinaryIO", io.BufferedReader(pyarrow.CompressedInputStream(pyarrow.OSFile(str(path)), "zstd")))
    return path.open("rb")


def whole(stream: BinaryIO, limit: int) -> bytes:
    """All that is left of a stream.

    Raises:
        TooLong: that is more than ``limit`` bytes.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise TooLong(f"it is longer than {limit:,} bytes")
    return data


def lines(stream: BinaryIO, limit: int = MAX_LINE) -> Iterator[bytes | None]:
    """The lines of a stream without their newline; None for one of more than ``limit`` bytes.

    >>> list(lines(io.BytesIO(b"short\\nrather long\\nend"), limit=5))
    [b'short', None, b'end']
    """
    while line := stream.readline(limit + 1):
        content = line.removesuffix(b"\n")
        if len(content) <= limit:
            yield content
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit)
        yield None
