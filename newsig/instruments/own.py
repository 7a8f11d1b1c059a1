"""The packaged tables with a user's own in front of them: what the rest of the program asks.

A user's table of instruments and file of segments are chosen once, from the settings, where work begins: where a
database is opened or a language model loaded. Everything else asks for instruments, segments and aliases and gets those
in force. Nothing chosen: the packaged ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from newsig.errors import SettingsError
from newsig.instruments import checking, parts, tables
from newsig.instruments.rows import Key, Line, Row, read_rows, write_rows
from newsig.records import Failure, Instrument, Segment

KEPT = 4
"""How many tables are kept ready at once: more than one only where a program changes between them."""


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """A user's rows by what they are about, the state of the file that they were read from (null: no file), and what
    the user says of segments."""

    rows: Mapping[Key, Row] = field(default_factory=lambda: MappingProxyType({}))
    state: str | None = None
    segments: parts.Tables = field(default_factory=lambda: parts.NONE)

    @property
    def things(self) -> dict[str, Row]:
        """The rows of instruments, by symbol."""
        return {row.symbol: row for row in self.rows.values() if not row.alias}

    @property
    def names(self) -> dict[Key, Row]:
        """The rows of aliases."""
        return {key: row for key, row in self.rows.items() if row.alias}


NONE = Own()
_in_force = NONE


def load(path: str | Path | None, segments: parts.Tables | None = None) -> Own:
    """A user's table; where no file is named or none is there, one without rows. ``segments`` is what the user says of
    those that its rows may name; None for what is in force.

    Raises:
        SettingsError: the file cannot be read, or a line of it cannot be used; it names the line and the cause.
    """
    mine = _in_force.segments if segments is None else segments
    if not path or not Path(path).exists():
        return Own(segments=mine) if mine else NONE
    try:
        lines = list(read_rows(Path(path)))
        state = _state(Path(path))
    except ValueError as error:
        raise SettingsError(f"the table of instruments {path} {error}") from error
    except OSError as error:
        raise SettingsError(f"the table of instruments {path} cannot be read: {error.strerror or error}") from error
    ids = list({**parts.packaged(), **mine})
    things: dict[str, Row] = {}
    rows: dict[Key, Row] = {}
    for line in sorted((_taken(line) for line in lines), key=lambda line: bool(line.row.alias)):
        try:
            row = _whole(line.row, things, ids)
        except ValueError as error:
            raise _unusable(line.place, str(error)) from error
        things |= {} if row.alias else {row.symbol: row}
        rows[row.key] = row
    return Own(MappingProxyType(rows), state, mine)


def _taken(line: Line | Failure) -> Line:
    if isinstance(line, Failure):
        raise _unusable(line.place, line.reason)
    return line


def _unusable(place: str, why: str) -> SettingsError:
    return SettingsError(f"{place}: {why}; mend the line or take it out")


def _whole(row: Row, things: Mapping[str, Row], segments: Collection[str]) -> Row:
    """A row of the user's file as it stands in force: what a person wrote into it counts, ordinary word or not."""
    if not row.alias:
        return checking.thing(row, tables.packaged().get(checking.symbol_of(row.symbol)), segments)
    whole = checking.alias(row)
    if whole.symbol and whole.symbol not in things and whole.symbol not in tables.packaged():
        raise ValueError(f"{whole.symbol} is not in the table: give it a line with its name")
    return whole


def save(path: str | Path, rows: Mapping[Key, Row], before: Own) -> None:
    """Put the rows in place of the user's table, all at once.

    Raises:
        SettingsError: the file is no longer the one that ``before`` was read from, or cannot be written.
    """
    if _state(Path(path)) != before.state:
        raise SettingsError(f"{path} was changed by somebody else in the meantime, and was left as it is: try again")
    try:
        write_rows(Path(path), rows.values())
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}") from error


def _state(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def choose(path: str | Path | None, segments: str | Path | None = None) -> None:
    """Put the user's table at ``path`` and the user's file of ``segments`` in force, for the whole process; None or no
    file: the packaged ones alone.

    Raises:
        SettingsError: see `load` and `newsig.instruments.parts.load`, or a segment has a member that nobody knows.
    """
    _put(_chosen(path, segments))


def choose_segments(path: str | Path | None) -> None:
    """Put the user's file of segments in force beside the table that is, for work on the table itself: members may
    still be missing in it.

    Raises:
        SettingsError: see `newsig.instruments.parts.load`.
    """
    _put(replace(_in_force, segments=parts.load(path)))


def _chosen(path: str | Path | None, segments: str | Path | None) -> Own:
    mine = parts.load(segments)
    own = load(path, mine)
    parts.check_members(segments, mine, {*tables.packaged(), *own.things})
    return own


def _put(own: Own) -> None:
    global _in_force
    if (own.rows, own.segments) != (_in_force.rows, _in_force.segments):  # else what was made ready for it serves on
        _in_force = own if own.rows or own.segments else NONE


@contextmanager
def chosen(path: str | Path | None, segments: str | Path | None = None) -> Iterator[None]:
    """The user's table and segments in force for a while, then what was in force before."""
    global _in_force
    before = _in_force
    choose(path, segments)
    try:
        yield
    finally:
        _in_force = before


def in_force() -> Own:
    """The user's rows that are in force."""
    return _in_force


def instruments() -> Mapping[str, Instrument]:
    """Every known instrument by its Yahoo Finance symbol."""
    return things_of(_in_force)


def segments() -> Mapping[str, Segment]:
    """Every segment of the market by its id, without the words that name it."""
    return parts_of(_in_force).segments


def parts_in_force() -> parts.Parts:
    """The segments with all that names them; the same object for as long as they are in force."""
    return parts_of(_in_force)


def phrases() -> Iterator[tuple[str, str]]:
    """Pairs of a segment's phrase, in lower case, and the segment's id; each phrase once."""
    yield from parts_of(_in_force).phrases.items()


def names() -> Iterator[tuple[str, str]]:
    """Pairs of a bare name, in lower case, and the id of the segment that it means as something that a sentence is for
    or against; each name once."""
    yield from parts_of(_in_force).names.items()


@lru_cache(KEPT)
def parts_of(own: Own) -> parts.Parts:
    """The packaged segments with a user's."""
    return parts.joined(own.segments)


@lru_cache(KEPT)
def things_of(own: Own) -> Mapping[str, Instrument]:
    """The instruments by symbol, with the segments that they are members of."""
    things = listed(own)
    # a member that is in no table yet is one that the user is about to add, see `choose_segments`
    members = {symbol: key for symbol, key in parts_of(own).members.items() if symbol in things}
    if not members:
        return things
    return MappingProxyType(
        {**things, **{symbol: replace(things[symbol], segment=members[symbol]) for symbol in members}}
    )


@lru_cache(KEPT)
def listed(own: Own) -> Mapping[str, Instrument]:
    """The packaged instruments by symbol, a user's in their places; with the segments of the tables of instruments."""
    if not own.rows:
        return tables.packaged()
    mine = {symbol: checking.instrument(row) for symbol, row in own.things.items()}
    return MappingProxyType({**tables.packaged(), **mine})


def market(symbol: str) -> str:
    """The name of the exchange calendar that a Yahoo symbol trades by, known to the table or not.

    >>> market("^RUT"), market("SAP.DE"), market("XYZW.L"), market("BTC-USD"), market("EURSEK=X"), market("BRK-B")
    ('XNYS', 'XETR', 'XLON', '24/7', '24/5', 'XNYS')
    """
    known = instruments().get(symbol)
    return known.market if known else tables.market_by_ending(symbol)


def fingerprint(path: str | Path | None = None, segments: str | Path | None = None) -> str:
    """Sixteen hexadecimal digits that change whenever a table does: with the user's table at ``path`` and the user's
    file of ``segments``, or with those in force where neither is named.

    Raises:
        SettingsError: see `choose`.
    """
    return _fingerprint(_in_force if path is None and segments is None else _chosen(path, segments))


@lru_cache(KEPT)
def _fingerprint(own: Own) -> str:
    if not own.rows and not own.segments:
        return tables.digest()[:16]
    meanings = sorted(astuple(replace(row, source="")) for row in own.rows.values())
    told = f"{tables.digest()}\n{meanings!r}\n{sorted(own.segments.items())!r}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]
