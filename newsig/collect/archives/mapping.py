"""The mapping file: which fields of a foreign format hold what."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from newsig.errors import ReadError

TARGETS = ("id", "text", "html", "title", "published", "updated", "url", "publisher", "authors")
"""What a field can be mapped to."""

TABLES = {
    "constants": ("publisher", "title", "authors", "published"),
    "dates": ("format", "zone"),
    "csv": ("encoding", "delimiter", "header", "columns"),
    "json": ("articles",),
}
ENCODINGS = (
    *("utf-8", "utf-16", "us-ascii", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254"),
    *("iso-8859-1", "iso-8859-2", "iso-8859-15", "mac-roman", "shift_jis", "euc-jp", "euc-kr", "gb18030", "big5"),
)
EXAMPLE = 'text = "body"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A mapping file as read.

    ``fields`` names for each target the dotted paths whose values are joined; ``constants`` what holds for every
    article without a value of its own. ``formats`` are those of dates, ``zone`` that of times without one.
    ``header`` is the line with the names of a table's columns, 0 where there is none.
    """

    fields: AnyMapping[str, tuple[str, ...]]
    constants: AnyMapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    zone: ZoneInfo | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header: int = 1
    columns: tuple[str, ...] = ()
    articles: str | None = None
    digest: str = ""


def read_mapping(path: str | Path) -> Mapping:
    """The mapping of a TOML file.

    Raises:
        ReadError: there is no such file, or it says something that cannot be done; the sentence says what to write.
    """
    try:
        data = Path(path).read_bytes()
        told = tomllib.loads(data.decode())
    except OSError as error:
        raise ReadError(f"the mapping {path} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadError(f"the mapping {path} is no TOML: {error}") from error
    try:
        return _mapping(told, sha256(data).hexdigest())
    except ValueError as error:
        raise ReadError(f"the mapping {path}: {error}") from error


def _mapping(told: dict[str, Any], digest: str) -> Mapping:
    tables = {name: _table(told, name) for name in TABLES}
    if unknown := [name for name in told if name not in TARGETS and name not in TABLES]:
        raise ValueError(f"{unknown[0]!r} is none of {', '.join((*TARGETS, *TABLES))}")
    fields = {name: _names(value, name) for name, value in told.items() if name in TARGETS}
    if "text" not in fields and "html" not in fields:
        raise ValueError(f"it must say which field holds the text, such as {EXAMPLE}")
    csv, dates = tables["csv"], tables["dates"]
    header = csv.get("header", 1)
    if not isinstance(header, int) or isinstance(header, bool) or header < 0:
        raise ValueError("csv.header is the number of the line with the names, from 1, or 0 where there is none")
    return Mapping(
        fields=fields,
        constants={name: _text(value, f"constants.{name}") for name, value in tables["constants"].items()},
        formats=_names(dates.get("format", []), "dates.format"),
        zone=_zone(dates["zone"]) if "zone" in dates else None,
        encoding=_encoding(csv["encoding"]) if "encoding" in csv else None,
        delimiter=_delimiter(csv["delimiter"]) if "delimiter" in csv else None,
        header=header,
        columns=_names(csv.get("columns", []), "csv.columns"),
        articles=_text(tables["json"]["articles"], "json.articles") if "articles" in tables["json"] else None,
        digest=digest,
    )


def _table(told: dict[str, Any], name: str) -> dict[str, Any]:
    table = told.get(name, {})
    if not isinstance(table, dict):
        raise ValueError(f"{name} must be a table: write it as [{name}]")
    if unknown := [key for key in table if key not in TABLES[name]]:
        raise ValueError(f"{name}.{unknown[0]} is none of {', '.join(TABLES[name])}")
    return table


def _names(value: Any, what: str) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise ValueError(f'{what} must be a name, or a list of names such as ["lead", "body"]')
    return tuple(names)


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{what} must be text in quotation marks")
    return value


def _zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ValueError, KeyError, OSError, TypeError, AttributeError):
        raise ValueError(f"dates.zone is {value!r}, which is no time zone: write it as America/New_York") from None


def _encoding(value: Any) -> str:
    if str(value).lower() not in ENCODINGS:
        raise ValueError(f"csv.encoding is {value!r}, but must be one of {', '.join(ENCODINGS)}")
    return str(value).lower()


def _delimiter(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 1 or value in '"\r\n':
        raise ValueError(f'csv.delimiter is {value!r}, but must be one character, such as ";" or "\\t"')
    return value
