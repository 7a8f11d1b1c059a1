"""Instruments, segments and their prices, in and out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from itertools import islice

from sqlite_utils import Database

from newsig.records import Instrument, Price, Segment
from newsig.store.rows import from_row, in_utc
from newsig.store.schema import rows, transaction

BATCH = 5000
"""Prices that are written in one transaction."""

SAME = 1e-4
"""Closes that lie apart by no more than this share of the former one are the same, printed to other places."""

NAME_INSTRUMENT = "INSERT INTO instruments (symbol, name) VALUES (:name, :name) ON CONFLICT (symbol) DO NOTHING"
NAME_SEGMENT = "INSERT INTO segments (id, name) VALUES (:name, :name) ON CONFLICT (id) DO NOTHING"
KNOWN = """
SELECT EXISTS (SELECT 1 FROM instruments WHERE symbol = :symbol) OR EXISTS (SELECT 1 FROM segments WHERE id = :segment)
  AS known
"""
SAVE_INSTRUMENT = """
INSERT INTO instruments (symbol, name, kind, market, segment) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (symbol) DO UPDATE SET
  symbol = excluded.symbol, name = excluded.name, kind = excluded.kind, market = excluded.market,
  segment = excluded.segment
"""
SAVE_SEGMENT = """
INSERT INTO segments (id, name, proxy, fund) VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET id = excluded.id, name = excluded.name, proxy = excluded.proxy, fund = excluded.fund
"""
MARK = """
SELECT count(*), total(open), total(high), total(low), total(close), total(adj_close), total(volume),
  (SELECT total(id) FROM downloads)
FROM prices
"""
AGREES = f"abs(close - excluded.close) <= {SAME} * abs(close)"
SAVE_PRICE = f"""
INSERT INTO prices (symbol, day, open, high, low, close, adj_close, volume, source, download_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (symbol, day) DO UPDATE SET
  open = iif({AGREES}, coalesce(excluded.open, open), excluded.open),
  high = iif({AGREES}, coalesce(excluded.high, high), excluded.high),
  low = iif({AGREES}, coalesce(excluded.low, low), excluded.low),
  close = excluded.close,
  adj_close = iif({AGREES}, coalesce(excluded.adj_close, adj_close), excluded.adj_close),
  volume = iif({AGREES}, coalesce(excluded.volume, volume), excluded.volume),
  source = iif({AGREES} AND excluded.download_id IS NULL AND download_id IS NOT NULL, source, excluded.source),
  download_id = iif({AGREES}, coalesce(excluded.download_id, download_id), excluded.download_id)
"""  # noqa: S608
NOTE_CHANGE = """
INSERT INTO price_changes (symbol, day, old_close, new_close, old_source, new_source, at)
SELECT symbol, day, close, :close, source, :source, coalesce(:at, strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now'))
FROM prices WHERE symbol = :symbol AND day = :day AND abs(close - :close) > :same * abs(close)
"""


def sync_instruments(db: Database, instruments: Iterable[Instrument], segments: Iterable[Segment]) -> None:
    """Make the tables ``instruments`` and ``segments`` say what is given; what they hold beyond it stays.

    Where all of it is there already, nothing is written.
    """
    stored_instruments = set(db.execute("SELECT symbol, name, kind, market, segment FROM instruments"))
    stored_segments = set(db.execute("SELECT id, name, proxy, fund FROM segments"))
    things = {(thing.symbol, thing.name, thing.kind, thing.market, thing.segment) for thing in instruments}
    parts = {(part.id, part.name, part.proxy, part.fund) for part in segments}
    if things <= stored_instruments and parts <= stored_segments:
        return
    with transaction(db, "instruments"):
        measures = {symbol for _, _, proxy, fund in parts for symbol in (proxy, fund)}
        name_instruments(db, measures, {segment for *_, segment in things})
        db.conn.executemany(SAVE_SEGMENT, parts - stored_segments)
        db.conn.executemany(SAVE_INSTRUMENT, things - stored_instruments)


def known(db: Database, *, symbol: str | None = None, segment: str | None = None) -> bool:
    """Whether there is such an instrument or such a segment, from a table or from what articles say, in any case."""
    return any(row["known"] for row in rows(db, KNOWN, {"symbol": symbol, "segment": segment}))


def name_instruments(db: Database, symbols: Collection[str | None], segments: Collection[str | None]) -> None:
    """Give symbols and segments that nobody knows a row of their own, named after themselves."""
    db.conn.executemany(NAME_INSTRUMENT, ({"name": symbol} for symbol in symbols if symbol is not None))
    db.conn.executemany(NAME_SEGMENT, ({"name": segment} for segment in segments if segment is not None))


def save_prices(db: Database, prices: Iterable[Price], source: str, *, at: datetime | None = None) -> int:
    """Keep bars, each in place of an earlier one of its symbol and day; returns how many were given.

    Where the closes of both agree, what the new bar lacks is kept of the former one, and a bar that a download brought
    stays that download's. Where they do not, the new bar stands alone: the other figures belonged to the former close.
    They are read as they are written, a few thousand in one transaction: an error in their midst leaves those before.
    A close that another one takes the place of goes into ``price_changes``, as of ``at`` (None: SQLite's clock).
    """
    given, saved = iter(prices), 0
    while batch := list(islice(given, BATCH)):
        with transaction(db, f"prices of {source}"):
            name_instruments(db, {price.symbol for price in batch}, ())
            write_bars(db, batch, source, at)
        saved += len(batch)
    return saved


def write_bars(
    db: Database, batch: Sequence[Price], source: str, at: datetime | None, download_id: int | None = None
) -> None:
    """Write bars of known symbols, and what they change; a part of the caller's transaction."""
    noted = {"source": source, "at": at and in_utc(at), "same": SAME}
    closes = ({"symbol": bar.symbol, "day": bar.day.isoformat(), "close": bar.close} | noted for bar in batch)
    db.conn.executemany(NOTE_CHANGE, closes)
    db.conn.executemany(SAVE_PRICE, ((*_columns(bar), source, download_id) for bar in batch))


def _columns(bar: Price) -> tuple[str | float | None, ...]:
    """Written out, since there are many more prices than anything else."""
    return bar.symbol, bar.day.isoformat(), bar.open, bar.high, bar.low, bar.close, bar.adj_close, bar.volume


def bars(db: Database, symbol: str, first: date, last: date) -> list[Price]:
    """The bars of a symbol from ``first`` to ``last``, both included, oldest first."""
    found = rows(
        db,
        "SELECT * FROM prices WHERE symbol = ? AND day BETWEEN ? AND ? ORDER BY day",
        (symbol, first.isoformat(), last.isoformat()),
    )
    return [from_row(Price, row) for row in found]


def price_source(db: Database, symbol: str, base: date | None, end: date | None) -> str | None:
    """Where the bars of two days came from: the names of the files, in alphabetical order; None without bars."""
    row = db.execute(
        "SELECT group_concat(source, ', ') FROM "
        "(SELECT DISTINCT source FROM prices WHERE symbol = ? AND day IN (?, ?) ORDER BY source)",
        (symbol, base and base.isoformat(), end and end.isoformat()),
    ).fetchone()
    return str(row[0]) if row[0] else None


def price_range(db: Database) -> tuple[date, date] | None:
    """The first and the last day that any price is known for; null where there are none."""
    (row,) = rows(db, "SELECT min(day) AS first, max(day) AS last FROM prices")
    return (date.fromisoformat(row["first"]), date.fromisoformat(row["last"])) if row["first"] else None


def price_mark(db: Database) -> tuple[float, ...]:
    """Figures that change when a price does or a download tells splits, for those who ask whether one did."""
    mark = db.execute(MARK).fetchone()
    return tuple(mark)
