"""A fence around SQL that anybody may write: it reads this one file, for a moment, and gives a bounded answer.

SQLite looks at its clock between two steps of a statement, never within one. So each step is bounded, too: by the
length of a value, by the functions that may be called, and by taking the place of those that need long for long values.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from datasette.database import Database

Answer = TypeVar("Answer")

MILLISECONDS = 1000
ROWS = 1000
BYTES = 16_000_000
"""How long a statement may take, and how many rows and bytes its answer may have."""

LENGTH = 2_000_000
"""The longest value, in bytes; no article that was read is longer."""

LIMITS: Mapping[int, int] = {
    sqlite3.SQLITE_LIMIT_LENGTH: LENGTH,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 500,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
PRAGMAS = frozenset(
    {"table_info", "table_xinfo", "foreign_key_list", "index_list", "index_info", "index_xinfo", "schema_version"}
    | {"data_version"}
)
"""What Datasette asks of tables, and SQLite's full-text search of the file. None of these takes a value."""

NAMED = """
abs avg bm25 ceil ceiling char coalesce concat concat_ws count cume_dist current_date current_time current_timestamp
date datetime dense_rank exp first_value floor glob group_concat hex highlight ifnull iif instr json json_array
json_array_length json_each json_extract json_group_array json_group_object json_object json_quote json_tree
json_type json_valid julianday lag last_value lead length like likelihood likely ln log log10 log2 lower ltrim match
max min mod nth_value ntile nullif octet_length percent_rank pow power quote rank replace round row_number rtrim
sign snippet sqlite_version sqrt strftime string_agg substr substring subtype sum time timediff total trim trunc
typeof unicode unixepoch unlikely upper -> ->>
"""
FUNCTIONS = frozenset(NAMED.split())
"""The functions that may be called: none that loads, writes or makes much out of little, such as ``printf``."""

SEARCHED = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' AND name NOT LIKE '%\"%'"
TRIMMED = 1000
"""How many different characters may be trimmed."""


class Fenced(Database):  # type: ignore[misc] # Datasette has no types
    """A database of Datasette's that can be read only, and only so far."""

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection behind the fence.

        Raises:
            sqlite3.OperationalError: it was asked for to write.
        """
        if write:
            raise sqlite3.OperationalError("this database is read only")
        connection: sqlite3.Connection = super().connect()
        fence(connection)
        return connection

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Call ``fn`` with a connection whose answers have a bounded size together."""

        def counted(connection: sqlite3.Connection) -> Answer:
            connection.row_factory = _counter()
            return fn(connection)

        found: Answer = await super().execute_fn(counted)
        return found

    async def execute(self, sql: str, *given: Any, **how: Any) -> Any:
        """The answer to a statement; what is wrong with it is for its author, not for the server's terminal."""
        return await super().execute(sql, *given, **{**how, "log_sql_errors": False})

    async def attached_databases(self) -> list[Any]:
        """None: the fence lets none in, and does not tell where the file is."""
        return []


def fence(connection: sqlite3.Connection) -> None:
    """Let a connection do nothing but read, within bounds."""
    for limit, most in LIMITS.items():
        connection.setlimit(limit, most)
    connection.create_function("instr", 2, _instr, deterministic=True)
    connection.create_function("replace", 3, _replace, deterministic=True)
    for name, trimmed in {"trim": str.strip, "ltrim": str.lstrip, "rtrim": str.rstrip}.items():
        for arguments in (1, 2):
            connection.create_function(name, arguments, _trimmer(trimmed), deterministic=True)
    for table in [name for (name,) in connection.execute(SEARCHED)]:  # SQLite makes itself ready for them only once
        connection.execute(f'SELECT 1 FROM "{table}" LIMIT 0')  # noqa: S608 - a name of the schema's
    connection.set_authorizer(_allowed)


def _allowed(action: int, first: str | None, second: str | None, _: str | None, __: str | None) -> int:
    fine = (
        action in READING
        or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in FUNCTIONS)
        or (action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in PRAGMAS)
    )
    return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY


def _counter() -> Callable[[sqlite3.Cursor, tuple[Any, ...]], sqlite3.Row]:
    """Makes rows, until they are too large together."""
    left = BYTES

    def row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        nonlocal left
        left -= sum(len(value) for value in values if isinstance(value, str | bytes))
        if left < 0:
            raise sqlite3.OperationalError(f"the answer is larger than {BYTES // 1_000_000} MB: ask for less")
        return sqlite3.Row(cursor, values)

    return row


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _instr(text: Any, part: Any) -> int | None:
    """SQLite's ``instr``, in a time that grows with the length, not with its square."""
    return None if text is None or part is None else _text(text).find(_text(part)) + 1


def _replace(text: Any, old: Any, new: Any) -> str | None:
    """SQLite's ``replace``, likewise."""
    if text is None or old is None or new is None:
        return None
    held, gone, put = _text(text), _text(old), _text(new)
    if not gone:
        return held
    if len(held) + held.count(gone) * (len(put) - len(gone)) > LENGTH:
        raise OverflowError
    return held.replace(gone, put)


def _trimmer(trimmed: Callable[[str, str], str]) -> Callable[..., str | None]:
    def trim(text: Any, characters: Any = " ") -> str | None:
        if text is None or characters is None:
            return None
        distinct = "".join(dict.fromkeys(_text(characters)))
        if len(distinct) > TRIMMED:
            raise OverflowError
        return trimmed(_text(text), distinct) if distinct else _text(text)

    return trim
