"""How what was asked for is found: from the condition that fewest rows meet, and no further than rows are read.

SQLite plans a statement before it knows how often a symbol or a word comes. So that is counted here first, up to a
bound, and the tables are joined in the order that follows from it. What is found are numbers only; the rows
themselves, with their articles and the words around them, are read a few at a time as they are taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlite_utils import Database

from newsig.store.schema import rows

PAGE = 100
"""Rows that are read at a time."""

BEFORE = "before"
MANY = 20_000
"""So many claims or quotes are soon gone through."""

OF_BLOCKS = "b.last >= :days_1 AND b.first <= :days_2 AND {0} BETWEEN 1000 * b.id AND 1000 * b.id + 999"
"""Passes over the thousands of rows that have nothing of the days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A condition by which rows can be found without reading others.

    ``tables`` are joined in this order, the ``first`` one of them having what meets the ``condition``; ``number`` is
    the column by which rows come. ``in_order`` says that they come by it without being sorted. Where ``many`` or more
    rows of the first table meet it, each of which stands for as many as ``each`` of what is asked for, another way may
    be better. ``others`` are conditions that are put otherwise when this way is gone.
    """

    first: str
    tables: str
    condition: str
    number: str
    in_order: bool = False
    many: int = MANY
    each: int = 1
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What can be asked of one kind of rows: the ``conditions``, those that are ``ways`` to the rows, and ``every``
    row where none is. ``view`` shows the rows of a ``number``, ``blocks`` tells between which moments the articles of
    each thousand of them were published."""

    view: str
    number: str
    blocks: str
    every: Way
    conditions: Mapping[str, str]
    ways: Mapping[str, Way]


Asked = Mapping[str, Any]
"""What is asked for: a value, or a pair, by the name of the condition; None for what is not."""


def listed(
    db: Database, listing: Listing, columns: str, asked: Asked, limit: int | None, *, newest: bool = False
) -> Iterator[dict[str, Any]]:
    """The rows that meet every condition asked for, by their numbers, at most ``limit``; ``newest`` has the highest
    number first.

    Raises:
        StoreError: SQLite could not read them.
    """
    sql, parameters = numbers(db, listing, asked, limit, newest=newest)
    found = (row["number"] for row in rows(db, sql, parameters))
    shown = (
        f"SELECT {columns} FROM {listing.view} WHERE {listing.number} IN (SELECT value FROM json_each(?)) "  # noqa: S608
        f"ORDER BY {listing.number} {_order(newest)}"
    )
    while page := list(islice(found, PAGE)):
        yield from rows(db, shown, (json.dumps(page),))


def written(
    db: Database, listing: Listing, columns: str, asked: Asked, limit: int | None, *, newest: bool = False
) -> tuple[str, dict[str, Any]]:
    """What `listed` asks of the database as one statement, with those parameters that stand in it."""
    sql, parameters = numbers(db, listing, asked, limit, newest=newest)
    whole = (
        f"SELECT {' '.join(columns.split())}\nFROM {listing.view}\nWHERE {listing.number} IN (\n  {sql}\n)\n"
        f"ORDER BY {listing.number} {_order(newest)}"
    )
    return whole, {name: value for name, value in parameters.items() if re.search(rf":{name}\b", whole)}


def numbers(
    db: Database, listing: Listing, asked: Asked, limit: int | None, *, newest: bool = False
) -> tuple[str, dict[str, Any]]:
    """The statement that finds the numbers of the rows, with its parameters. What is asked for as ``before`` is the
    number that all of them are below, whichever way they are found."""
    given = {name: value for name, value in asked.items() if value is not None and name != BEFORE}
    chosen, few = _way(db, listing, given, limit)
    way = listing.ways[chosen] if chosen else listing.every
    conditions = {**listing.conditions, **way.others, **({chosen: way.condition} if chosen else {})}
    met, tables, order = [conditions[name] for name in given], way.tables, f"{way.number} {_order(newest)}"
    if way.in_order and not few and "days" in given:
        met.append(OF_BLOCKS.format(way.number))
        tables, order = f"{listing.blocks} AS b CROSS JOIN {tables}", f"b.id {_order(newest)}, {order}"
    if asked.get(BEFORE) is not None:
        met, given = [*met, f"{way.number} < :{BEFORE}"], given | {BEFORE: asked[BEFORE]}
    where = " AND ".join(met) or "1"
    sql = f"SELECT {way.number} AS number FROM {tables} WHERE {where} ORDER BY {order} LIMIT :limit"  # noqa: S608
    return sql, _named(given) | {"limit": -1 if limit is None else limit}


def _order(newest: bool) -> str:
    return "DESC" if newest else "ASC"


def _way(db: Database, listing: Listing, given: Asked, limit: int | None) -> tuple[str | None, bool]:
    """The name of the condition to find rows by, and whether few rows meet it; no name where all are to be read in
    order until enough meet the rest."""
    ways = {name: listing.ways[name] for name in given if name in listing.ways}
    sizes = {name: _size(db, way, given) for name, way in ways.items()}
    few = [name for name, way in ways.items() if sizes[name] < way.many]
    if few:
        return min(few, key=lambda name: sizes[name] * ways[name].each), True
    in_order = [name for name, way in ways.items() if way.in_order]
    sorted_ = [name for name in ways if limit is None and name != "days"]
    return next(iter(in_order or sorted_), None), False


def _size(db: Database, way: Way, given: Asked) -> int:
    """How many rows of its first table a way has, as far as that matters."""
    sql = f"SELECT count(*) AS size FROM (SELECT 1 FROM {way.first} WHERE {way.condition} LIMIT :many)"  # noqa: S608
    (row,) = rows(db, sql, _named(given) | {"many": way.many})
    return int(row["size"])


def _named(given: Asked) -> dict[str, Any]:
    """The parameters of a statement: a pair is two, with a number behind its name."""
    return {
        name + (f"_{number}" if isinstance(value, tuple) else ""): part
        for name, value in given.items()
        for number, part in enumerate(value if isinstance(value, tuple) else (value,), start=1)
    }
