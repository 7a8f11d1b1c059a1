"""CSV: rows of named fields, whatever stands in them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, cast

from newsig.collect.archives.fields import Fields
from newsig.collect.archives.jsons import page_of
from newsig.collect.archives.parts import Found, Part, failure, numbered
from newsig.collect.archives.streams import MAX_LINE, TooLong
from newsig.errors import ReadError
from newsig.records import Failure, Page

DELIMITERS = ",;\t|"
LOOKED_AT = 64 * 1024
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
UNDECODED = range(0xDC80, 0xDD00)
"""What stands for bytes that the encoding does not know."""


def csv_table(part: Part) -> Found:
    """An article a row; the columns' names are in the first line, unless a mapping says otherwise."""
    return numbered(_rows(part), part.start)


def _rows(part: Part) -> Iterator[Page | Failure]:
    lines = _Lines(part.stream, part.plan.mapping.encoding if part.plan.mapping else None)
    try:
        yield from _of(lines, part)
    finally:
        lines.release()


def _of(lines: _Lines, part: Part) -> Iterator[Page | Failure]:
    csv.field_size_limit(MAX_LINE)
    reader = csv.reader(lines, delimiter=_delimiter(lines, part), strict=True)
    names = _names(reader, part)
    if not names:
        return
    fields = Fields(part.plan.mapping, part.notes)
    fields.sources(tuple(name for name in names if name))
    while True:
        where = f"{part.place} line {reader.line_num + 1}"
        try:
            row = next(reader)
        except StopIteration:
            return
        except (csv.Error, TooLong, UnicodeError) as error:
            yield failure(where, f"no CSV: {error}")
            continue
        if row:
            yield _row(row, names, where, part, fields)


def _names(reader: Iterator[list[str]], part: Part) -> list[str]:
    """The columns' names; none where the table is empty."""
    mapping = part.plan.mapping
    header = mapping.header if mapping else 1
    row: list[str] = []
    try:
        for _ in range(header):
            row = next(reader)
    except StopIteration:
        return []
    except (csv.Error, TooLong, UnicodeError) as error:
        raise ReadError(f"the line with the columns' names is no CSV: {error}") from error
    names = list(mapping.columns) if mapping and mapping.columns else [name.strip() for name in row]
    if not names:
        raise ReadError("it has no line with the columns' names: a mapping must say them with csv.columns")
    if twice := [name for place, name in enumerate(names) if name and name in names[:place]]:
        raise ReadError(f"two columns are named {twice[0]!r}: a mapping must name them with csv.columns")
    return names


def _row(row: Sequence[str], names: Sequence[str], where: str, part: Part, fields: Fields) -> Page | Failure:
    if len(row) != len(names):
        some = "many" if len(row) > len(names) else "few"
        return failure(where, f"too {some} fields: {len(row)}, where the table has {len(names)} columns")
    for name, value in zip(names, row, strict=True):
        if bad := next((sign for sign in value if ord(sign) in UNDECODED), None) if not value.isascii() else None:
            byte = ord(bad) - 0xDC00
            return failure(
                where,
                f"{name} holds byte 0x{byte:02x}, which is no UTF-8: a mapping can name the file's encoding, such as "
                'encoding = "windows-1252" under [csv]',
            )
    record = {name: value for name, value in zip(names, row, strict=True) if name}
    return page_of(record, where, part, fields)


def _delimiter(lines: _Lines, part: Part) -> str:
    """What separates the fields: as the mapping says, a tab in .tsv, else what the first line has most of."""
    if part.plan.mapping and part.plan.mapping.delimiter:
        return part.plan.mapping.delimiter
    if ".tsv" in part.name.lower():
        return "\t"
    return max(DELIMITERS, key=lines.first.count)


class _Lines:
    """The lines of a stream as text, bounded; one that is too long raises `TooLong` and is passed over."""

    def __init__(self, stream: BinaryIO, encoding: str | None) -> None:
        buffered: Any = stream if hasattr(stream, "peek") else io.BufferedReader(cast("io.RawIOBase", stream))
        start = buffered.peek(4)
        marked = next((name for mark, name in MARKS if start.startswith(mark)), None)
        errors = "replace" if encoding or marked == "utf-16" else "surrogateescape"
        self._text = io.TextIOWrapper(buffered, marked or encoding or "utf-8", errors=errors, newline="")
        self.first = self._text.readline(LOOKED_AT)
        self._waiting = self.first

    def __iter__(self) -> _Lines:
        return self

    def release(self) -> None:
        """Leave the stream to whoever opened it."""
        self._text.detach()

    def __next__(self) -> str:
        line, self._waiting = self._waiting, ""
        line = line + self._text.readline(MAX_LINE + 1) if not line.endswith(("\n", "\r")) else line
        if not line:
            raise StopIteration
        if line.endswith(("\n", "\r")) or len(line) <= MAX_LINE:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(MAX_LINE)
        raise TooLong(f"a line longer than {MAX_LINE:,} characters")
