"""Rows → a table to read, JSON, JSON Lines, CSV or Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, get_args

Format = Literal["table", "json", "jsonl", "csv", "markdown"]
FORMATS: tuple[Format, ...] = get_args(Format)

NOTHING = "Nothing found.\n"
"""What a table without rows says."""

CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Characters that steer a terminal or the direction of writing instead of showing, and halves of a surrogate pair."""

MARKUP = re.compile(r"[\\|`*<~]|\](?=[(\[:])|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
"""What Markdown would take for its own, or for HTML."""

AS_WIDE_AS_NEEDED = 1_000_000


def shown(text: str) -> str:
    r"""The text with all that would steer a terminal made visible.

    >>> shown("up\x1b[31m 3\u202e %\n")
    'up\\x1b[31m 3\\u202e %\\n'
    """
    return CONTROLS.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    plain = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    code = ord(match[0])
    return plain.get(match[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def render(
    rows: Iterable[Mapping[str, Any]],
    format: Format,  # noqa: A002
    columns: Sequence[str],
    width: int | None = None,
) -> Iterator[str]:
    """The rows' ``columns`` as pieces of text, in the order given; a column that a row lacks is empty there.

    JSON, JSON Lines and CSV carry every value exactly, and are written row by row. A table is for reading: fitted to
    ``width`` cells (None: as wide as it needs), with controls made visible.

    >>> print("".join(render([{"symbol": "^RUT", "move": 11.54}], "jsonl", ["symbol", "move"])), end="")
    {"symbol": "^RUT", "move": 11.54}
    """
    chosen = ({name: row.get(name) for name in columns} for row in rows)
    if format == "table":
        return _table(list(chosen), columns, width)
    return {"json": _json, "jsonl": _jsonl, "csv": _csv, "markdown": _markdown}[format](chosen, columns)


def _jsonl(rows: Iterable[Mapping[str, Any]], _columns: Sequence[str]) -> Iterator[str]:
    for row in rows:
        yield f"{as_json(row)}\n"


def _json(rows: Iterable[Mapping[str, Any]], _columns: Sequence[str]) -> Iterator[str]:
    opening = "[\n"
    for row in rows:
        yield f"{opening}  {as_json(row)}"
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def as_json(value: Any, indent: int | None = None) -> str:
    """A value as JSON text, readable but for the characters that steer a terminal, which are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    return CONTROLS.sub(_json_escape, text)


def _json_escape(match: re.Match[str]) -> str:
    # json escapes the newlines inside strings: one that is left belongs to the layout.
    return match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}"


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        yield _drained(buffer)
        writer.writerow([_cell(row[name]) for name in columns])
    yield _drained(buffer)


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _cell(value: Any) -> Any:
    if isinstance(value, Mapping | list | tuple):
        return as_json(value)
    return _plain(value) if isinstance(value, date) else value


def _markdown(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    yield f"| {' | '.join(_markdown_cell(name) for name in columns)} |\n"
    yield f"|{'---|' * len(columns)}\n"
    for row in rows:
        yield f"| {' | '.join(_markdown_cell(row[name]) for name in columns)} |\n"


def _markdown_cell(value: Any) -> str:
    lines = MARKUP.sub(r"\\\g<0>", _words(value)).splitlines()
    return "<br>".join(shown(line) for line in lines)


def _words(value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(_cell(value))


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], width: int | None) -> Iterator[str]:
    if not rows:
        yield NOTHING
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        values = [row[name] for row in rows]
        numbers = all(isinstance(value, int | float | None) for value in values)
        table.add_column(Text(shown(name)), justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        # Text, not str: rich would read square brackets in a headline as its own markup.
        table.add_row(*(Text(shown(_words(row[name]))) for name in columns))
    page = io.StringIO()
    Console(file=page, width=width or AS_WIDE_AS_NEEDED, color_system=None, emoji=False).print(table)
    lines = [line.rstrip() for line in page.getvalue().split("\n")]
    yield "".join(f"{line}\n" for line in lines if line)
