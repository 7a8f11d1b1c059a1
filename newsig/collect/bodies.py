"""What comes over the wire → a body of at most so many bytes.

Only gzip was asked for and only gzip is undone, once, by `zlib` with a limit on what comes out: nothing is inflated
before it is known to fit.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from newsig.errors import BadAnswer, CutShort, TooLarge

GZIP_NAMES = ("gzip", "x-gzip")

PIECE = 64 * 1024
"""Bytes that are inflated at a time."""

MAX_MEMBERS = 1000
"""Gzip members that a body may consist of: empty ones cost time and never grow too large."""


def decompressed(chunks: Iterable[bytes], encoding: str, max_bytes: int, *, may_be_empty: bool) -> bytes:
    """The body in ``chunks``; ``encoding`` is what its ``Content-Encoding`` says.

    ``may_be_empty`` says that no bytes at all are a body of gzip, too, as a server means it that tells the length 0.

    Raises:
        BadAnswer: it is encoded in another way than asked for, or its gzip is damaged.
        CutShort: its gzip does not reach its end.
        TooLarge: it is larger than ``max_bytes``, as it came or decompressed.
    """
    name = encoding.strip().lower()
    if name in GZIP_NAMES:
        return _inflated(chunks, max_bytes, may_be_empty=may_be_empty)
    if name not in ("", "identity"):
        raise BadAnswer(f"is encoded as {name[:40]!r}, though only gzip was asked for")
    body = bytearray()
    for chunk in chunks:
        body += chunk
        check_size(len(body), max_bytes)
    return bytes(body)


def check_size(size: int, max_bytes: int) -> None:
    """Raise `TooLarge` where a body of ``size`` would be."""
    if size > max_bytes:
        raise TooLarge(f"is larger than {max_bytes:,} bytes")


def _inflated(chunks: Iterable[bytes], max_bytes: int, *, may_be_empty: bool) -> bytes:
    body: list[bytes] = []
    size, received, members = 0, 0, 1
    member = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        for chunk in chunks:
            received += len(chunk)
            check_size(received, max_bytes)
            while chunk:
                if member.eof:  # a gzip body may be several members in a row
                    member, members = zlib.decompressobj(16 + zlib.MAX_WBITS), members + 1
                if members > MAX_MEMBERS:
                    raise BadAnswer(f"sent a gzip body of more than {MAX_MEMBERS:,} members")
                for piece in _pieces(member, chunk):
                    body.append(piece)
                    size += len(piece)
                    check_size(size, max_bytes)
                chunk = member.unused_data
    except zlib.error as error:
        raise BadAnswer(f"sent a damaged gzip body ({error})") from error
    if not member.eof and (received or not may_be_empty):
        raise CutShort("sent a gzip body that is cut short")
    return b"".join(body)


def _pieces(member: Any, chunk: bytes) -> Iterator[bytes]:
    """What a chunk inflates to, a little at a time: one chunk from the wire may hold a thousand times its size."""
    while not member.eof:
        piece = member.decompress(chunk, PIECE)
        yield piece
        chunk = member.unconsumed_tail
        if not chunk and len(piece) < PIECE:  # a full piece may leave more behind that needs no further input
            return
