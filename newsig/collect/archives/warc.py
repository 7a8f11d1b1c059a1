"""WARC, plain and in gzip members: web pages as a crawler met them.

Libraries stop at the first damaged byte, or take a cut file for a whole one; here a damaged record is a failure with
its place, and reading goes on at the next gzip member or record that is whole.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from newsig.collect.archives.captures import Record, page_of
from newsig.collect.archives.inflating import CODECS, Inflating
from newsig.collect.archives.parts import Found, Met, Part, failure
from newsig.collect.archives.streams import CHUNK, MAX_LINE, buffered, held
from newsig.errors import ReadError
from newsig.records import Mark

GZIP = b"\x1f\x8b\x08"
VERSION = re.compile(rb"WARC/\d\.\d+\r?\n")
START = re.compile(rb"WARC/\d\.\d+\r?\n(?:WARC-|Content-)", re.IGNORECASE)
ENDING = b"\r\n\r\n"
LONGEST_START = 32
MAX_HEADER = 64 * 1024
HELD = MAX_LINE + MAX_HEADER


class Cut(ReadError):  # noqa: N818 - named as what it says
    """The file ends within a record."""


def warc(part: Part) -> Found:
    """The stories among the records: responses, resources and conversions of HTML or plain text."""
    stream = held(part.stream)
    stream.seek(part.start.offset)
    if part.start.offset == 0 and not stream.read(1):
        raise ReadError("it is empty")
    stream.seek(0)
    packed = stream.read(2) == GZIP[:2] or part.name.lower().endswith(".gz")
    return (_members if packed else _plain)(part, stream)


def _plain(part: Part, stream: BinaryIO) -> Found:
    at: int | None = part.start.offset
    number = part.start.number
    while at is not None:
        number += 1
        stream.seek(at)
        try:
            record = read_record(stream)
            if record is None:
                return
        except ReadError as error:
            end = _next_record(stream, at + 1)
            yield _damaged(part, number, at, error, end)
        else:
            end = stream.tell()
            met = _taken(part, record, Mark(offset=end, number=number), f"byte {at:,}")
            if met is not None:
                yield met
            if not record.ended:
                yield _cut(part, number, at)
                return
        at = end


def _members(part: Part, stream: BinaryIO) -> Found:
    """The records of gzip members: most files have one in each, some all in one."""
    at: int | None = part.start.offset
    number, within = part.start.number - part.start.within, part.start.within
    while at is not None:
        try:
            member, end = _member(stream, at)
        except (ReadError, zlib.error) as error:
            number += 1
            end = _next_member(stream, at + 1)
            yield _damaged(part, number, at, error, end)
        else:
            if member is None:
                return
            count = 0
            for count, met in _records(part, member, at, number, end):
                if met is not None and count > within:
                    yield met
            number += count
        if end is None:
            return
        at, within = end, 0


def _records(part: Part, member: BinaryIO, at: int, before: int, end: int | None) -> Iterator[tuple[int, Met | None]]:
    """The records of one member, which are whole if the member is; ``end`` is None where the file is cut within it."""
    count = 0
    while True:
        count += 1
        mark = Mark(offset=at, within=count, number=before + count)
        try:
            record = read_record(member)
            if record is None and end is not None:
                return
            if record is None or (end is None and not record.ended):
                raise Cut("it is cut short")
            yield count, _taken(part, record, mark, f"byte {at:,}", checked=end is not None)
        except (ReadError, EOFError, zlib.error) as error:
            yield count, _cut(part, mark.number, at) if end is None else _damaged(part, mark.number, at, error, end)
            return


def _member(stream: BinaryIO, at: int) -> tuple[BinaryIO | None, int | None]:
    """The contents of the gzip member at an offset, verified by its checksum, and where it ends; None for an end where
    the file is cut, and for the contents where it has ended.

    Raises:
        ReadError, zlib.error: there is none, or it is damaged.
    """
    stream.seek(at)
    start = stream.read(len(GZIP))
    if not start.strip(b"\0") and not stream.read(CHUNK).strip(b"\0"):
        return None, None
    if start != GZIP[: len(start)]:
        raise ReadError("no gzip member starts there")
    stream.seek(at)
    member = Inflating(stream, CODECS[".gz"], single=True)
    data, size = bytearray(), 0
    buffer = bytearray(CHUNK)
    cut = False
    try:
        while count := member.readinto(buffer):
            size += count
            if len(data) < HELD:
                data += buffer[:count]
    except EOFError:
        cut = True
    end = None if cut else at + member.taken
    if size <= len(data):
        return io.BytesIO(bytes(data)), end
    stream.seek(at)
    return buffered(Inflating(stream, CODECS[".gz"], single=True)), end


def read_record(stream: BinaryIO) -> Record | None:
    """The next record of a stream; None at its end.

    Raises:
        Cut: the stream ends within it.
        ReadError: what stands there is no record.
    """
    first = stream.readline(LONGEST_START)
    while first in (b"\r\n", b"\n"):
        first = stream.readline(LONGEST_START)
    if not first:
        return None
    if not VERSION.fullmatch(first):
        cut = not first.endswith(b"\n") and len(first) < LONGEST_START
        raise Cut("it is cut short") if cut else ReadError("no WARC record starts there")
    headers, size = {}, 0
    while (line := stream.readline(MAX_HEADER)) not in (b"\r\n", b"\n"):
        size += len(line)
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if not line.endswith(b"\n"):
            raise Cut("it is cut short") if size < MAX_HEADER else ReadError("its header is too long")
        if not colon or size > MAX_HEADER:
            raise ReadError("its header is damaged")
        headers[name.strip().lower()] = value.strip()
    length = headers.get("content-length", "")
    if not length.isascii() or not length.isdecimal() or len(length) > 15:
        raise ReadError("its header does not say how long it is")
    block = _block(stream, int(length))
    end = stream.read(len(ENDING))
    if end != ENDING[: len(end)]:
        raise ReadError("it does not end where its header says")
    return Record(headers=headers, block=block, ended=end == ENDING)


def _block(stream: BinaryIO, length: int) -> bytes | None:
    """A record's block; None for one that is too long to be held."""
    if length <= MAX_LINE:
        block = stream.read(length)
        if len(block) < length:
            raise Cut("it is cut short")
        return block
    while length:
        piece = stream.read(min(length, CHUNK))
        if not piece:
            raise Cut("it is cut short")
        length -= len(piece)
    return None


def _taken(part: Part, record: Record, mark: Mark, where: str, *, checked: bool = False) -> Met | None:
    """The page of a record or the failure that it is; None where it is passed over."""
    place = f"{part.place} record {mark.number} ({where})"
    try:
        page = page_of(record, place, part.plan, part.notes, checked=checked)
    except ReadError as error:
        return Met(found=failure(place, str(error)), mark=mark)
    return Met(found=page, mark=mark, versioned=True) if page else None


def _cut(part: Part, number: int, at: int) -> Met:
    reason = f"the file is cut within record {number:,}, which starts at byte {at:,}: get it anew"
    return Met(found=failure(part.place, reason), mark=Mark(offset=at, number=number - 1))


def _damaged(part: Part, number: int, at: int, error: Exception, end: int | None) -> Met:
    if isinstance(error, Cut) and end is None:
        return _cut(part, number, at)
    after = f"reading went on at byte {end:,}" if end is not None else "nothing behind it could be read"
    reason = f"skipped, being damaged ({error}); {after}"
    mark = Mark(offset=at if end is None else end, number=number)
    return Met(found=failure(f"{part.place} record {number} (byte {at:,})", reason), mark=mark)


def _next_record(stream: BinaryIO, at: int) -> int | None:
    """Where the next record of a plain file starts."""
    return next((found for found in _places(stream, at, START, 64) if found is not None), None)


def _next_member(stream: BinaryIO, at: int) -> int | None:
    """Where the next gzip member starts that holds a record; its mark alone may stand in any data."""
    for found in _places(stream, at, re.compile(re.escape(GZIP)), len(GZIP)):
        stream.seek(found)
        try:
            if Inflating(stream, CODECS[".gz"], single=True).read(5) == b"WARC/":
                return found
        except (EOFError, zlib.error):
            continue
    return None


def _places(stream: BinaryIO, at: int, pattern: re.Pattern[bytes], longest: int) -> Iterator[int]:
    """The offsets at which a pattern stands from one offset on."""
    while True:
        stream.seek(at)
        window = stream.read(CHUNK + longest)
        for found in pattern.finditer(window):
            if found.start() < CHUNK:
                yield at + found.start()
        if len(window) < CHUNK + longest:
            return
        at += CHUNK
