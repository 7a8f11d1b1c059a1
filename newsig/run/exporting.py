"""Rows → a file for other programs: CSV, JSON Lines or Parquet, written row by row and put in place whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsig.errors import StorageError
from newsig.report.tables import as_json, render

if TYPE_CHECKING:
    import pyarrow

ROWS = 5000
"""Rows of one group of a Parquet file: so many are held at a time."""

WHOLE = frozenset(
    (
        *("claim_id", "quote_id", "mention_id", "sentiment_id", "source_id", "version", "cases", "statements"),
        *("direct", "claims", "articles", "start", "end", "target_start", "target_end"),
    )
)
REAL = frozenset(("value", "actual", "chance", "positive", "neutral", "negative"))
TRUE = frozenset(("solved", "loose", "in_title"))
DAYS = frozenset(("base_date", "end_date", "since_date", "horizon_date"))
TEXTS = frozenset(("authors", "aliases", "organisations"))
"""The types of columns that hold no text, by their names."""

FORMATS = {".csv": "csv", ".jsonl": "jsonl", ".parquet": "parquet"}


def export(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], path: Path) -> int:
    """Write the rows' ``columns`` in the format that the file's name ends in; returns how many rows there were.

    A file of that name is replaced once all is written, and stays as it was where something went wrong.

    Raises:
        StorageError: the name ends in no format, or the file cannot be written.
    """
    if path.suffix.lower() not in FORMATS:
        raise StorageError(f"{path}: name a file that ends in {', '.join(FORMATS)}")
    written = _Counted(rows)
    with _replacing(path) as part:
        if FORMATS[path.suffix.lower()] == "parquet":
            _parquet(written, columns, part)
        else:
            with part.open("w", encoding="utf-8", newline="") as file:
                file.writelines(render(written, FORMATS[path.suffix.lower()], columns))  # type: ignore[arg-type]
    return written.count


class _Counted:
    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        for row in self._rows:
            self.count += 1
            yield row


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write to, which takes its place in the end, and goes where something went wrong."""
    part = path.with_name(f".{path.name}-{os.getpid()}.part")
    try:
        part.open("wb").close()
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def _parquet(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    shape = pyarrow.schema([(name, _type(name)) for name in columns])
    waiting = iter(rows)
    with parquet.ParquetWriter(path, shape, compression="zstd") as writer:
        while group := list(islice(waiting, ROWS)):
            told = [{name: _cell(name, row.get(name)) for name in columns} for row in group]
            writer.write_table(pyarrow.Table.from_pylist(told, schema=shape))


def _type(name: str) -> pyarrow.DataType:
    import pyarrow

    if name == "tolerance":
        return pyarrow.list_(pyarrow.float64())
    if name in TEXTS:
        return pyarrow.list_(pyarrow.string())
    if name in DAYS:
        return pyarrow.date32()
    if name in WHOLE:
        return pyarrow.int64()
    if name in REAL:
        return pyarrow.float64()
    return pyarrow.bool_() if name in TRUE else pyarrow.string()


def _cell(name: str, value: Any) -> Any:
    """A value as Parquet holds it: what has no type of its own there is JSON in text, as in CSV."""
    if value is None or name in TEXTS or name == "tolerance":
        return value
    if name in DAYS:
        return date.fromisoformat(value)
    if name in WHOLE | REAL | TRUE:
        return value
    return value if isinstance(value, str) else as_json(value)
