"""Parquet: rows in groups, each read by itself, so that a damaged one costs itself only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from newsig.collect.archives.articles import DOUBTS, decoded
from newsig.collect.archives.fields import Fields
from newsig.collect.archives.jsons import page_of
from newsig.collect.archives.parts import Found, Met, Notebook, Part, failure
from newsig.collect.archives.streams import held
from newsig.errors import ReadError
from newsig.records import Mark

ROWS = 200
"""Rows that are in memory at a time, beside the pages of the file that they stand in."""

UNVERIFIED = "a file without checksums of its pages: it is unverified, unless a .sha256 file stands beside it"
PAGE_HEADER = 512
UNCONVERTED = (ValueError, OverflowError, LookupError, OSError)
"""What a value raises that no Python object can hold; Arrow's own exceptions are among these, too."""


def parquet(part: Part) -> Found:
    """An article a row. Checksums of pages are verified where the file has them."""
    import pyarrow
    import pyarrow.parquet

    source = held(part.stream)
    try:
        file = pyarrow.parquet.ParquetFile(source, page_checksum_verification=True, pre_buffer=False)
        _check_names(file)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise ReadError(f"no Parquet that can be read: {_first_line(error)}") from error
    names = tuple(file.schema_arrow.names)
    fields = Fields(part.plan.mapping, part.notes)
    sources = fields.sources(_flat_names(file.schema_arrow))
    wanted = {source.partition(".")[0] for found in sources.values() for source in found}
    columns = [name for name in names if name in wanted or name.partition(".")[0] in wanted]
    if part.size is not None and not _has_checksums(source, file, columns):
        part.notes.count(UNVERIFIED, part.place)
    yield from _groups(part, file, columns, fields)


def _groups(part: Part, file: Any, columns: list[str], fields: Fields) -> Found:
    number = part.start.number - part.start.within
    for group in range(part.start.offset, file.metadata.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        taken = part.start.within if group == part.start.offset else 0
        yield from _group(part, file, columns, fields, Mark(offset=group, within=taken, number=number))
        number += rows


def _group(part: Part, file: Any, columns: list[str], fields: Fields, start: Mark) -> Found:
    import pyarrow

    group, before = start.offset, start.number
    rows, row = file.metadata.row_group(group).num_rows, 0
    try:
        for batch in file.iter_batches(batch_size=ROWS, row_groups=[group], columns=columns):
            for record in _records(batch, f"{part.place} row", before + row, part.notes):
                row += 1
                if row > start.within:
                    where = f"{part.place} row {before + row}"
                    told = isinstance(record, ReadError)
                    found = failure(where, str(record)) if told else page_of(record, where, part, fields)
                    yield Met(found=found, mark=Mark(offset=group, within=row, number=before + row))
        if row != rows:
            raise ReadError(f"it holds {row:,} rows, but says {rows:,}")
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError, ReadError) as error:
        skipped = f"rows {before + row + 1:,} to {before + rows:,} are lost" if rows > row else "it is damaged"
        reason = f"row group {group + 1}: {skipped} ({_first_line(error)}): get the file anew"
        yield Met(found=failure(part.place, reason), mark=Mark(offset=group + 1, number=before + rows))


def _records(batch: Any, place: str, before: int, notes: Notebook) -> Iterator[dict[str, Any] | ReadError]:
    """The rows of a batch, or why one cannot be had: value by value where not all can be at once."""
    batch = _in_microseconds(batch)
    try:
        rows = batch.to_pylist()
    except UNCONVERTED:
        rows = [None] * batch.num_rows
    for number, row in enumerate(rows):
        try:
            record = row or _record(batch, number, f"{place} {before + number + 1}", notes)
            yield {name: _text(value, name) for name, value in record.items()}
        except ReadError as error:
            yield error


def _record(batch: Any, row: int, where: str, notes: Notebook) -> dict[str, Any]:
    import pyarrow

    record: dict[str, Any] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            record[name] = column[row].as_py()
        except UNCONVERTED as error:
            if not pyarrow.types.is_temporal(column.type):
                raise ReadError(f"{name} cannot be read: {_first_line(error)}") from error
            notes.count(DOUBTS["out_of_range"], f"{name}, {where}")
    return record


def _in_microseconds(batch: Any) -> Any:
    """A batch whose times have no nanoseconds, which Python's cannot hold."""
    import pyarrow

    columns = [
        column.cast(pyarrow.timestamp("us", column.type.tz), safe=False)
        if pyarrow.types.is_timestamp(column.type) and column.type.unit == "ns"
        else column
        for column in batch.columns
    ]
    return pyarrow.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _text(value: Any, name: str) -> Any:
    """A value, decoded where it is bytes: many writers keep text so."""
    if not isinstance(value, bytes):
        return value
    try:
        return decoded(value)
    except ReadError as error:
        raise ReadError(f"{name}: {error}") from error


def _check_names(file: Any) -> None:
    """The names of columns stand in the file twice; where they differ one of them is damaged."""
    schema = file.metadata.schema
    for group in range(file.metadata.num_row_groups):
        for place in range(file.metadata.num_columns):
            told, path = file.metadata.row_group(group).column(place).path_in_schema, schema.column(place).path
            if told != path:
                raise ReadError(f"its column {path!r} is called {told!r} at another place: get the file anew")


def _flat_names(schema: Any) -> tuple[str, ...]:
    import pyarrow

    names: list[str] = []
    for field in schema:
        if pyarrow.types.is_struct(field.type):
            names += [f"{field.name}.{inner.name}" for inner in field.type]
        else:
            names.append(field.name)
    return tuple(names)


def _has_checksums(source: BinaryIO, file: Any, columns: list[str]) -> bool:
    """Whether the first page of every column that is read has a checksum, in every group of rows."""
    return all(
        _has_checksum(source, _start(chunk))
        for chunk in _chunks(file)
        if chunk.path_in_schema.partition(".")[0] in columns
    )


def _chunks(file: Any) -> Iterator[Any]:
    for group in range(file.metadata.num_row_groups):
        for place in range(file.metadata.num_columns):
            yield file.metadata.row_group(group).column(place)


def _start(chunk: Any) -> int:
    return int(chunk.dictionary_page_offset if chunk.has_dictionary_page else chunk.data_page_offset)


def _has_checksum(source: BinaryIO, offset: int) -> bool:
    """Whether a page's header, a struct of Thrift's compact protocol, has its fourth field: the checksum.

    The fields before it are 32-bit integers as variable-length numbers; each starts with a byte that holds its type
    (5) and how much its number is above the last one's. (Parquet's ``PageHeader``, and Thrift's compact protocol.)
    """
    source.seek(offset)
    header = source.read(PAGE_HEADER)
    at = number = 0
    while at < len(header) and header[at] & 0x0F == 5 and number < 4:
        number += header[at] >> 4
        at += 1
        while at < len(header) and header[at] & 0x80:
            at += 1
        at += 1
    return number == 4


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
