"""The user's own table of instruments, looked into and extended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsig import sessions
from newsig.errors import CollectError, SettingsError
from newsig.instruments import checking, own
from newsig.instruments.companies import rows_of
from newsig.instruments.drafting import Change, Draft, What
from newsig.instruments.listings import Listing, Source, read_listings
from newsig.instruments.rows import STAGE, Key, Line, Row, by_key, read_rows
from newsig.instruments.tables import SUFFIXES
from newsig.records import Failure
from newsig.run.desks import Tally

if TYPE_CHECKING:
    from newsig.collect.http import Fetch

Told = Callable[[Failure], None]
Document = Callable[[], tuple[str, bytes]]
"""Gives a list as bytes, and the place it came from, for people; raises `CollectError`."""


def add_instrument(path: str, thing: Row, aliases: Sequence[Row]) -> Tally:
    """Put an instrument and aliases of it into the user's table at ``path``; a new name becomes an alias, too, where
    that is safe. Counts ``instruments`` and ``aliases``, each ``added``, ``changed`` or ``unchanged``.

    Raises:
        SettingsError: a cell cannot be used, or the table cannot be read; nothing was written.
    """
    before = own.load(_place(path))
    draft, tally = Draft.of(before), Tally()
    try:
        for row in (thing, *aliases):
            _count(tally, draft.put(row, usable_calendar))
    except ValueError as error:
        raise SettingsError(str(error)) from error
    return _kept(path, draft, before, tally)


def import_instruments(path: str, files: Iterable[str | Path], on_failure: Told) -> Tally:
    """Put the rows of CSV files into the user's table at ``path``; a row that cannot be used is a failure.

    Counts as `add_instrument`. Instruments come before aliases, whatever the order of the lines.

    Raises:
        SettingsError: the user's table cannot be read or written.
    """
    before = own.load(_place(path))
    draft, tally = Draft.of(before), Tally()
    given: dict[Key, Line] = {}
    for item in sorted(_lines(files), key=lambda item: isinstance(item, Line) and bool(item.row.alias)):
        try:
            if isinstance(item, Failure):
                raise ValueError(item.reason)
            _put(draft, item, given, tally)
        except ValueError as error:
            tally.failures += 1
            on_failure(Failure(stage=STAGE, place=item.place, reason=str(error)))
    return _kept(path, draft, before, tally)


def _lines(files: Iterable[str | Path]) -> Iterator[Line | Failure]:
    for file in files:
        try:
            yield from read_rows(Path(file))
        except ValueError as error:
            yield Failure(stage=STAGE, place=str(file), reason=str(error))
        except OSError as error:
            yield Failure(stage=STAGE, place=str(file), reason=f"cannot be read: {error.strerror or error}")


def _put(draft: Draft, line: Line, given: dict[Key, Line], tally: Tally) -> None:
    row = line.row
    earlier = given.get(row.key, line)
    if earlier.row != row:
        what = f"the alias {row.alias}" if row.alias else row.symbol
        raise ValueError(f"says something else of {what} than {earlier.place}: kept the earlier one")
    _count(tally, draft.put(row, usable_calendar))
    given[row.key] = line


def _count(tally: Tally, changes: Iterable[tuple[What, Change]]) -> None:
    tally.counts.update(f"{what} {change}" for what, change in changes)


def sync_instruments(path: str, source: Source, documents: Iterable[Document], on_failure: Told) -> Tally:
    """Put the companies of a public list that the tables lack into the user's table at ``path``, and let those that
    an earlier visit put there follow it. What a person wrote, and what no list has any more, stays.

    Counts ``listings``, and how many of them were ``added``, ``changed``, ``left_alone`` (known and as they were) or
    ``left_out`` (no company's common shares). A document that cannot be had, and an entry of it that cannot be used,
    is a failure.

    Raises:
        CollectError: no document could be had.
        SettingsError: the user's table cannot be read or written.
    """
    before = own.load(_place(path))
    tally = Tally()
    listings = _listings(source, documents, tally, on_failure)
    followed = {row.symbol for row in before.things.values() if row.source == source}
    followed &= {listing.symbol for listing in listings}
    base = own.Own(
        {key: row for key, row in before.rows.items() if not (row.source == source and row.symbol in followed)}
    )
    fresh, counts = rows_of(listings, base, source)
    tally.counts.update(counts)
    tally.counts["listings"] = len(listings)
    after = dict(base.rows)
    for symbol, rows in fresh.items():
        had = {key for key, row in before.rows.items() if row.symbol == symbol and row.source == source}
        unchanged = all(before.rows.get(row.key) == row for row in rows) and len(had) == len(rows)
        after |= by_key(rows)
        tally.counts["left_alone" if unchanged else "changed" if symbol in before.things else "added"] += 1
    if after != dict(before.rows):
        own.save(path, after, before)
    return tally


def _listings(source: Source, documents: Iterable[Document], tally: Tally, on_failure: Told) -> list[Listing]:
    listings: list[Listing] = []
    refused: list[CollectError] = []
    documents = list(documents)
    for document in documents:
        try:
            place, body = document()
            items = list(read_listings(source, body, place))
        except CollectError as error:
            refused.append(error)
            continue
        for item in items:
            if isinstance(item, Failure):
                tally.failures += 1
                on_failure(item)
            else:
                listings.append(item)
    if len(refused) == len(documents):
        raise refused[0]
    for refusal in refused:
        tally.failures += 1
        place, _, reason = str(refusal).partition(": ")
        on_failure(Failure(stage=STAGE, place=place, reason=reason))
    return listings


def fetched(url: str, fetch: Fetch) -> Document:
    """The document at an address."""
    from newsig.collect.http import shown

    return lambda: (shown(url), fetch(url).body)


def opened(file: str | Path) -> Document:
    """The document in a file."""

    def read() -> tuple[str, bytes]:
        try:
            return str(file), Path(file).read_bytes()
        except OSError as error:
            raise CollectError(f"{file}: cannot be read: {error.strerror or error}") from error

    return read


def usable_calendar(market: str) -> str:
    """The name of a market's calendar, which can be built as `newsig.sessions` needs it.

    Raises:
        ValueError: it cannot.
    """
    name = checking.calendar_name(market)
    if name not in SUFFIXES.values():
        try:
            sessions.sessions(name)
        except (ValueError, NotImplementedError) as error:
            raise ValueError(
                f"the calendar of {name} cannot be built: choose a market with the same holidays"
            ) from error
    return name


def _place(path: str) -> str:
    if not path.strip():
        raise SettingsError("your table of instruments has no place: name a file with NEWSIG_INSTRUMENTS")
    return path


def _kept(path: str, draft: Draft, before: own.Own, tally: Tally) -> Tally:
    if draft.rows != dict(before.rows):
        own.save(path, draft.rows, before)
    tally.notes.extend(draft.notes)
    return tally
