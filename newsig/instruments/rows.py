"""A user's table as a file: CSV lines → `Row`, and back.

The columns are those of the packaged ``instruments.csv`` and ``aliases.csv`` together. A line may name an instrument,
give one of its aliases, or do both at once; which columns a file has, and in which order, is its own affair.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Literal

from newsig.records import Failure

STAGE = "instruments"
SHOWN = 60
"""Characters of a first line without columns that a message shows."""

Key = tuple[Literal["thing", "exact", "lower"], str]
"""What a row is about: an instrument by its symbol, or an alias by its rule and words. One row each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One instrument (``alias`` is empty) or one alias (``name``, ``kind``, ``market`` and ``segment`` are empty).

    The cells are those of the file, as text; ``source`` is the public list that the row came from and follows, empty
    where a person made it.
    """

    symbol: str = ""
    name: str = ""
    kind: str = ""
    market: str = ""
    segment: str = ""
    alias: str = ""
    rule: str = ""
    not_before: str = ""
    not_after: str = ""
    source: str = ""

    @property
    def key(self) -> Key:
        """What the row is about."""
        if not self.alias:
            return "thing", self.symbol
        return ("exact", self.alias) if self.rule == "exact" else ("lower", self.alias.lower())


COLUMNS = tuple(field.name for field in fields(Row))
OF_THING = ("name", "kind", "market", "segment")
OF_ALIAS = ("alias", "rule", "not_before", "not_after")


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the place it stands in, for people: the file and its line."""

    place: str
    row: Row


def read_rows(path: Path) -> Iterator[Line | Failure]:
    """The rows of a CSV file in UTF-8, as they are written there; a line that is none comes as a `Failure`.

    Raises:
        ValueError: the file cannot be read as a table of instruments; a sentence for a person.
        OSError: there is no such file, or it may not be read.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            head = [cell.strip().lower() for cell in next(reader, [])]
            _check_head(head)
            for cells in reader:
                place = f"{path}:{reader.line_num}"
                if any(cell.strip() for cell in cells):
                    yield from _lines(head, cells, place)
        except UnicodeDecodeError as error:
            raise ValueError("is not in UTF-8: save it as CSV in UTF-8") from error
        except csv.Error as error:
            raise ValueError(f"line {reader.line_num} is no CSV ({error})") from error


def _check_head(head: list[str]) -> None:
    unknown = [name for name in head if name not in COLUMNS]
    if unknown or "symbol" not in head or len(set(head)) < len(head):
        shown = ",".join(head)[:SHOWN] or "nothing"
        raise ValueError(
            f"must begin with a line of columns, symbol and any of {', '.join(COLUMNS[1:])}; found {shown}"
        )


def _lines(head: list[str], cells: list[str], place: str) -> Iterator[Line | Failure]:
    if len(cells) != len(head):
        yield Failure(stage=STAGE, place=place, reason=f"has {len(cells)} cells where there are {len(head)} columns")
        return
    whole = Row(**{name: " ".join(cell.split()) for name, cell in zip(head, cells, strict=True)})
    if not whole.alias and any(getattr(whole, name) for name in OF_ALIAS):
        yield Failure(stage=STAGE, place=place, reason="has a rule or neighbours, but no alias that they are for")
        return
    if not any(getattr(whole, name) for name in (*OF_THING, "alias")):
        yield Failure(stage=STAGE, place=place, reason=f"says nothing of {whole.symbol}: neither a name nor an alias")
    if any(getattr(whole, name) for name in OF_THING):
        yield Line(place, replace(whole, **dict.fromkeys(OF_ALIAS, "")))
    if whole.alias:
        yield Line(place, replace(whole, **dict.fromkeys(OF_THING, "")))


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Put a table in place of the file at ``path``, all at once: whoever reads meanwhile sees the old or the new.

    Raises:
        OSError: the folder is absent or may not be written to.
    """
    path = path.resolve()  # a link stays a link
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with new.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(astuple(row) for row in sorted(rows, key=_order))
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            new.chmod(path.stat().st_mode & 0o777)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _order(row: Row) -> tuple[str, bool, str, str]:
    return row.symbol, bool(row.alias), row.alias, row.rule


def by_key(rows: Iterable[Row]) -> Mapping[Key, Row]:
    """The rows by what they are about; of two about the same thing the later one."""
    return {row.key: row for row in rows}
