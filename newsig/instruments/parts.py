"""Segments of the market, with the words for them and the companies in them: the packaged ones, and a user's.

A user's file is TOML in the form of the packaged ``segments.toml``, one table for each segment::

    [water]
    name = "Water"
    fund = "PHO"                    # the exchange-traded fund that follows it; `proxy` is the index that measures it
    phrases = ["water stocks"]      # words that mean the segment, whatever their capitals
    names = ["water suppliers"]     # barer nouns, which mean it only as something that a sentence is for or against
    members = ["AWK", "XYL"]        # symbols of what belongs to it

A table of a packaged segment adds its words to the packaged ones; of the rest, what it gives counts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from newsig.errors import SettingsError
from newsig.instruments import tables
from newsig.instruments.checking import LONGEST, is_name, symbol_of
from newsig.records import Segment

TEXTS = ("name", "proxy", "fund")
LISTS = ("phrases", "names", "members")

_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a file says of one segment: null or empty where it is silent. Words are in small letters with straight
    apostrophes, and in an order of ours, since the file's has no meaning. ``members`` may be none at all, which is not
    to be silent of them."""

    name: str | None = None
    proxy: str | None = None
    fund: str | None = None
    phrases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    members: tuple[str, ...] | None = None


Tables = Mapping[str, Table]
"""What a file says of segments, by their ids."""

NONE: Tables = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The segments in force by id, and to which of them a phrase, a name and the symbol of a member belong."""

    segments: Mapping[str, Segment]
    phrases: Mapping[str, str]
    names: Mapping[str, str]
    members: Mapping[str, str]


def load(path: str | Path | None) -> Tables:
    """A user's file of segments; where none is named or none is there, nothing. Members are not looked up yet, see
    `check_members`.

    Raises:
        SettingsError: the file cannot be read, or something in it cannot be used.
    """
    if not path or not Path(path).exists():
        return NONE
    try:
        written = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError(f"the segments in {path} are not in UTF-8: save them as TOML in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"the segments in {path} are no TOML: mend this: {error}") from error
    except OSError as error:
        raise SettingsError(f"the segments in {path} cannot be read: {error.strerror or error}") from error
    found: dict[str, Table] = {}
    for key, cells in written.items():
        try:
            found[key] = _table(key, cells)
            _check_new(key, found[key])
        except ValueError as error:
            raise SettingsError(f"{path}: {error}") from error
    for part in LISTS:
        if twice := _twice(found, part):
            raise SettingsError(f"{path}: {twice}")
    return MappingProxyType(found)


def check_members(path: str | Path | None, mine: Tables, known: Container[str]) -> None:
    """Refuse members that no table of instruments knows.

    Raises:
        SettingsError: there is one; it names the file, the segment and the symbol.
    """
    for key, table in mine.items():
        for symbol in table.members or ():
            if symbol not in known:
                raise SettingsError(
                    f"{path}: [{key}] has the member {symbol}, which is in no table of instruments: "
                    f"take it out, or add it with `newsig instruments add {symbol} --name NAME`"
                )


def joined(mine: Tables) -> Parts:
    """The packaged segments with a user's: words of the user's beat the same packaged ones, and so do members."""
    return Parts(
        segments=MappingProxyType({key: _segment(key, mine) for key in {**packaged(), **mine}}),
        phrases=_owners(packaged(), mine, "phrases"),
        names=_owners(packaged(), mine, "names"),
        members=_owners(
            {key: table for key, table in packaged().items() if key not in mine or mine[key].members is None},
            mine,
            "members",
        ),
    )


@cache
def packaged() -> Tables:
    """What the shipped file says of segments."""
    return MappingProxyType({key: _table(key, cells) for key, cells in tables.segment_tables().items()})


def _segment(key: str, mine: Tables) -> Segment:
    shipped, own = packaged().get(key, Table()), mine.get(key, Table())
    return Segment(
        id=key,
        name=own.name or shipped.name or key,
        proxy=own.proxy or shipped.proxy,
        fund=own.fund or shipped.fund,
    )


def _owners(shipped: Tables, mine: Tables, part: str) -> Mapping[str, str]:
    """Whose each of the words or members is: the user's come last, and so count."""
    return MappingProxyType(
        {item: key for found in (shipped, mine) for key, table in found.items() for item in getattr(table, part) or ()}
    )


def _twice(found: Tables, part: str) -> str | None:
    """What is wrong where two segments of one file share something that can belong to one only."""
    owners: dict[str, str] = {}
    for key, table in found.items():
        for item in getattr(table, part) or ():
            if (other := owners.setdefault(item, key)) != key:
                return f"{item!r} stands in the {part} of [{other}] and of [{key}]: keep it in one of them"
    return None


def _table(key: str, cells: Any) -> Table:
    """A table as it is written, made whole.

    Raises:
        ValueError: it cannot be used; the rest of a sentence for a person.
    """
    if not isinstance(cells, dict):
        raise ValueError(f"{key} belongs to no segment: put it below the id of one, such as [small_caps]")
    if not _ID.fullmatch(key):
        raise ValueError(f"{key!r} is no id of a segment: write it in small letters, such as [small_caps]")
    for name, value in cells.items():
        if name not in (*TEXTS, *LISTS):
            raise ValueError(f"[{key}] knows no {name!r}: write {', '.join((*TEXTS, *LISTS))}, or take it out")
        texts = value if name in LISTS else [value]
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            wanted = 'a list of texts, such as ["one", "another"]' if name in LISTS else "a text in quotation marks"
            raise ValueError(f"[{key}] has the {name} {value!r}: write {wanted}")
    try:
        return _made(cells)
    except ValueError as error:
        raise ValueError(f"[{key}]: {error}") from error


def _made(cells: Mapping[str, Any]) -> Table:
    symbols = {name: symbol_of(cells[name]) for name in ("proxy", "fund") if name in cells}
    members = cells.get("members")
    return Table(
        name=_words(cells["name"], "name") if "name" in cells else None,
        **symbols,
        phrases=tuple(sorted(_lower(cells, "phrases"))),
        names=tuple(sorted(_lower(cells, "names"))),
        members=None if members is None else tuple(sorted({symbol_of(member) for member in members})),
    )


def _lower(cells: Mapping[str, Any], part: str) -> set[str]:
    return {_words(text, part).lower().replace("’", "'") for text in cells.get(part, ())}


def _words(text: str, part: str) -> str:
    words = " ".join(text.split())
    if not is_name(words) or len(words) > LONGEST or not words.isprintable():
        raise ValueError(
            f"{text!r} can be no part of {part}: take it out, or write words of two letters or figures, one of them a "
            f"letter, and up to {LONGEST} characters"
        )
    return words


def _check_new(key: str, table: Table) -> None:
    if key in packaged():
        return
    if table.name is None:
        name = key.replace("_", " ").capitalize()
        raise ValueError(f'[{key}] is a segment of your own and needs a name: write name = "{name}" below it')
    if not (table.phrases or table.names or table.members):
        raise ValueError(f"[{key}] could never be found: give it phrases, names or members")


def spellings(words: str) -> Iterator[str]:
    """Words with their apostrophes straight and curly, as stories have them either way.

    >>> list(spellings("banks' shares"))
    ["banks' shares", 'banks’ shares']
    """
    yield from sorted({words.replace("’", "'"), words.replace("'", "’")})
