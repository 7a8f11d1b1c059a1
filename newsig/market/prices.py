"""Price files → `newsig.records.Price`, row by row.

A file is CSV, gzipped CSV or Parquet, told apart by its first bytes. Its columns are ``symbol``, ``date`` and
``close``, and where it has them ``open``, ``high``, ``low``, ``adj_close`` and ``volume``: in any order, in capitals
or not (``Date``, ``Adj Close``, ``day`` will do).
"""

from __future__ import annotations

import csv
import gzip
import math
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, Any, cast

from newsig.errors import PriceError
from newsig.records import Failure, Price

ALIASES = {"day": "date", "adjclose": "adj_close", "adjusted_close": "adj_close", "ticker": "symbol"}
REQUIRED = ("symbol", "date", "close")
OPTIONAL = ("open", "high", "low", "adj_close", "volume")

RATES = frozenset({"^IRX", "^FVX", "^TNX", "^TYX", "US2Y"})
"""Yields: with futures, the things whose price may be zero or less (crude oil was, on 20 April 2020)."""

GZIP, PARQUET = b"\x1f\x8b", b"PAR1"
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)

Row = Mapping[str, Any]
"""The cells of one row by column: text from CSV, typed values from Parquet."""


def read_prices(path: Path | str, at: datetime | None = None) -> Iterator[Price | Failure]:
    """Every bar of a price file; a row that cannot be used comes as a `Failure` that names its line.

    ``at`` is the aware moment of reading: no row is of a later day than the one after it (None: days are not looked
    at).

    A row that repeats a symbol's day with the same close is passed over; with another close it is a failure, the
    first one stands. Memory holds one block of rows, and of those before only symbol, day and close.

    Raises:
        PriceError: there is no such file, it cannot be read as prices, or it lacks a required column. Raised when
            the first row is asked for.
    """
    path = Path(path)
    # East of Greenwich it may be tomorrow already.
    latest = at.astimezone(UTC).date() + timedelta(days=1) if at else date.max
    rows = _parquet_rows(path) if _first_bytes(path).startswith(PARQUET) else _csv_rows(path)
    yield from taken(rows, latest)


def taken(rows: Iterable[tuple[str, Row | str]], latest: date = date.max) -> Iterator[Price | Failure]:
    """The bars of rows that come with their places, under the rules of `read_prices`, none of a day after ``latest``; a
    row may be the words that say what is wrong with it."""
    closes: dict[str, dict[int, float]] = {}
    for place, row in rows:
        if isinstance(row, str):
            yield _failure(place, row)
            continue
        try:
            price = _price(row, latest)
        except ValueError as error:
            yield _failure(place, str(error))
            continue
        known = closes.setdefault(price.symbol, {}).setdefault(price.day.toordinal(), math.nan)
        if math.isnan(known):
            closes[price.symbol][price.day.toordinal()] = price.close
            yield price
        elif known != price.close:
            reason = f"{price.symbol} closes at {price.close:g} on {price.day}, but at {known:g} in a row before"
            yield _failure(place, f"{reason}: kept the earlier one")


def _failure(place: str, reason: str) -> Failure:
    return Failure(stage="prices", place=place, reason=reason)


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            first = file.read(4)
    except FileNotFoundError:
        raise PriceError(f"there is no file {path}") from None
    except OSError as error:
        raise PriceError(f"{path} cannot be read: {error.strerror or error}") from error
    if not first:
        raise PriceError(f"{path} is empty: expected prices with the columns {', '.join(REQUIRED)}")
    return first


def _csv_rows(path: Path) -> Iterator[tuple[str, Row | str]]:
    """The rows with their place, or what is wrong with one instead of it."""
    with _text(path) as file:
        reader = csv.reader(file)
        try:
            columns = _columns(next(reader, []), path)
        except (csv.Error, OSError, EOFError, zlib.error) as error:
            raise PriceError(f"{path} cannot be read as CSV: {error}") from error
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield f"{path} line {reader.line_num}", f"no CSV: {error}"
                continue
            except (OSError, EOFError, zlib.error) as error:
                yield f"{path} line {reader.line_num + 1}", f"the file breaks off here: {error}"
                return
            if any(cell.strip() for cell in cells):
                yield f"{path} line {reader.line_num}", _row(cells, columns)


def _text(path: Path) -> IO[str]:
    # A byte that is no UTF-8 spoils its own cell only.
    if _first_bytes(path).startswith(GZIP):
        return cast("IO[str]", gzip.open(path, "rt", encoding="utf-8-sig", errors="replace", newline=""))
    return path.open(encoding="utf-8-sig", errors="replace", newline="")


def _row(cells: Sequence[str], columns: Sequence[str]) -> Row | str:
    if len(cells) != len(columns):
        return f"has {len(cells)} cells where the header has {len(columns)}"
    return dict(zip(columns, cells, strict=True))


def _columns(header: Iterable[str], path: Path) -> list[str]:
    """The columns under our names; unknown ones keep theirs."""
    found = [name.strip() for name in header]
    plain = [re.sub(r"[\s_-]+", "_", name.lower()) for name in found]
    names = [ALIASES.get(name, name) for name in plain]
    missing = [name for name in REQUIRED if name not in names]
    twice = [name for name in (*REQUIRED, *OPTIONAL) if names.count(name) > 1]
    if missing and not all(map(_is_text, found)):
        raise PriceError(f"{path} is no CSV file in UTF-8, gzipped or not, and no Parquet file")
    if missing:
        raise PriceError(f"{path} has no column {' or '.join(missing)}; its columns are {_shown(found) or 'none'}")
    if twice:
        raise PriceError(f"{path} has more than one column for {' and '.join(twice)}; it has {_shown(found)}")
    return names


def _is_text(name: str) -> bool:
    """Whether it may be a column's name: other bytes than those of text are read as U+FFFD."""
    return name.isprintable() and "\ufffd" not in name


def _shown(columns: Sequence[str]) -> str:
    listed = ", ".join(columns)
    return listed if len(listed) <= 200 else listed[:199] + "…"


def _parquet_rows(path: Path) -> Iterator[tuple[str, Row | str]]:
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            given = file.schema_arrow.names
            names = dict(zip(given, _columns(given, path), strict=True))
            wanted = [name for name in given if names[name] in (*REQUIRED, *OPTIONAL)]
            number = 0
            for batch in file.iter_batches(batch_size=16384, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{path} row {number}", {names[name]: _typed(value) for name, value in row.items()}
    except (pyarrow.ArrowException, OSError) as error:
        raise PriceError(f"{path} cannot be read as Parquet: {error}") from error


def _typed(value: Any) -> Any:
    """A Parquet value as CSV would give it; a float that is no number is how tables write an empty cell."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return value


def _price(row: Row, latest: date) -> Price:
    """The bar of a row.

    Raises:
        ValueError: a cell cannot be used; the message names it.
    """
    symbol = str(row["symbol"]).strip().upper()
    if not symbol:
        raise ValueError("symbol is empty")
    day = _date(row["date"])
    if day > latest:
        raise ValueError(f"date is {day}, which is in the future")
    close = _number("close", row["close"])
    if close is None:
        raise ValueError("close is empty")
    others = {name: _number(name, row.get(name, "")) for name in OPTIONAL}
    if not symbol.endswith("=F") and symbol not in RATES:
        if close <= 0:
            raise ValueError(f"close is {close:g}, but only futures and yields can close at zero or below")
        # Where a source knows a close alone, it often writes the rest of the bar as zeros.
        others.update({name: others[name] or None for name in ("open", "high", "low")})
    return Price(symbol=symbol, day=day, close=close, **others)


def _date(cell: Any) -> date:
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    text = str(cell).strip()
    try:
        # Tables often write a session as the midnight it starts with: its own zone's date is the day.
        return date.fromisoformat(text[:10] if text[10:11] in ("T", " ") else text)
    except ValueError:
        raise ValueError(f"date is {_quoted(text)}, which is no date like 2024-07-17") from None


def _number(name: str, cell: Any) -> float | None:
    text = str(cell).strip()
    if not text:
        return None
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        raise ValueError(f"{name} is {_quoted(text)}, which is no number")
    return number


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
