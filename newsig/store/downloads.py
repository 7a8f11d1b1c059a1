"""Downloads with their bars and splits, in and out, and what they changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from newsig.records import Download, PriceChange, Split
from newsig.store.prices import name_instruments, write_bars
from newsig.store.rows import from_row, in_utc
from newsig.store.schema import rows, transaction

ADD_DOWNLOAD = """
INSERT INTO downloads (symbol, provider, first, last, at, sha256, bars, currency, splits_told)
VALUES (:symbol, :provider, :first, :last, :at, :sha256, :bars, :currency, :splits_told)
"""
SAVE_SPLIT = """
INSERT INTO splits (symbol, day, ratio, download_id) VALUES (?, ?, ?, ?)
ON CONFLICT (symbol, day) DO UPDATE SET ratio = excluded.ratio, download_id = excluded.download_id
"""
NOT_DIVIDED = """
FROM prices WHERE symbol = :symbol AND day < :day
  AND download_id IN (SELECT id FROM downloads WHERE symbol = :symbol AND splits_told = 1)
"""
"""Bars that were adjusted for all splits known when they came: a split that is told only now was none of them."""

NOTE_DIVISION = f"""
INSERT INTO price_changes (symbol, day, old_close, new_close, old_source, new_source, at)
SELECT symbol, day, close, close / :ratio, source, :source, :at {NOT_DIVIDED}
"""
DIVIDE = f"""
UPDATE prices SET open = open / :ratio, high = high / :ratio, low = low / :ratio, close = close / :ratio,
  adj_close = adj_close / :ratio, volume = volume * :ratio
WHERE (symbol, day) IN (SELECT symbol, day {NOT_DIVIDED})
"""  # noqa: S608
SPLITS_TOLD = """
SELECT 1 FROM prices AS p JOIN downloads AS d ON d.id = p.download_id
WHERE p.symbol = ? AND p.day = ? AND d.splits_told = 1
"""
UNSURE = """
SELECT source, count(*) AS bars FROM prices WHERE symbol = ? AND day < ?
  AND (download_id IS NULL OR download_id IN (SELECT id FROM downloads WHERE symbol = ? AND splits_told = 0))
GROUP BY source ORDER BY source
"""
LATEST_CURRENCY = "SELECT currency FROM downloads WHERE symbol = ? AND currency IS NOT NULL ORDER BY id DESC LIMIT 1"
COVERED = """
SELECT first, last, at FROM downloads WHERE symbol = :symbol AND (currency IS NULL OR currency = (
  SELECT currency FROM downloads WHERE symbol = :symbol AND currency IS NOT NULL ORDER BY id DESC LIMIT 1))
"""
CHANGES = "SELECT * FROM price_changes WHERE id > ? ORDER BY id"
HELD = """
SELECT p.symbol, min(p.day) AS first, max(p.day) AS last, count(*) AS bars,
  (SELECT group_concat(source, ', ') FROM (
    SELECT DISTINCT coalesce(d.provider, q.source) AS source
    FROM prices AS q LEFT JOIN downloads AS d ON d.id = q.download_id WHERE q.symbol = p.symbol ORDER BY 1)) AS sources,
  (SELECT max(at) FROM downloads WHERE symbol = p.symbol) AS downloaded
FROM prices AS p GROUP BY p.symbol ORDER BY p.symbol
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a download changed. ``splits`` are those that were not known before; ``currency_before`` is that of the
    download before, where it told another one."""

    splits: tuple[Split, ...]
    currency_before: str | None


def save_download(db: Database, download: Download) -> Brought:
    """Keep a download with its bars and splits, all or nothing.

    Its bars take the place of earlier ones. Where it tells a split that no download told before, earlier bars of before
    that day which came from providers that tell splits are divided by it: they were adjusted for the splits of their
    time only. Whatever close that changes goes into ``price_changes``.

    Raises:
        StoreError: SQLite could not write it.
    """
    with transaction(db, f"prices of {download.symbol}"):
        name_instruments(db, {download.symbol}, ())
        before = db.execute(LATEST_CURRENCY, [download.symbol]).fetchone()
        download_id = int(db.execute(ADD_DOWNLOAD, _columns(download)).lastrowid or 0)
        new = tuple(split for split in download.splits or () if _take(db, split, download, download_id))
        write_bars(db, download.bars, download.source, download.at, download_id)
    changed = before is not None and download.currency is not None and before[0] != download.currency
    return Brought(splits=new, currency_before=str(before[0]) if changed else None)


def _columns(download: Download) -> dict[str, Any]:
    return {
        "symbol": download.symbol,
        "provider": download.provider,
        "first": download.first.isoformat(),
        "last": download.last.isoformat(),
        "at": in_utc(download.at),
        "sha256": download.sha256,
        "bars": len(download.bars),
        "currency": download.currency,
        "splits_told": int(download.splits is not None),
    }


def _take(db: Database, split: Split, download: Download, download_id: int) -> bool:
    """Keep a split and divide what came before it was known; whether it is news."""
    known = db.execute(
        "SELECT ratio FROM splits WHERE symbol = ? AND day = ?", [split.symbol, split.day.isoformat()]
    ).fetchone()
    ratio = split.ratio / (known[0] if known else 1)
    if abs(ratio - 1) < 1e-9 and known:
        return False
    given = {"symbol": split.symbol, "day": split.day.isoformat(), "ratio": ratio}
    db.execute(NOTE_DIVISION, given | {"source": download.source, "at": in_utc(download.at)})
    db.execute(DIVIDE, given)
    db.execute(SAVE_SPLIT, [split.symbol, split.day.isoformat(), split.ratio, download_id])
    return True


def splits(db: Database, symbol: str) -> list[Split]:
    """The splits of a symbol that downloads told, oldest first."""
    return [from_row(Split, row) for row in rows(db, "SELECT * FROM splits WHERE symbol = ? ORDER BY day", (symbol,))]


def splits_behind(db: Database, symbol: str, day: date) -> list[Split] | None:
    """The splits that the stored close of a day was divided by; None where they are not known, since there is no such
    close, or its source tells no splits."""
    told = db.execute(SPLITS_TOLD, [symbol, day.isoformat()]).fetchone()
    return [split for split in splits(db, symbol) if day < split.day] if told else None


def maybe_undivided(db: Database, split: Split) -> dict[str, int]:
    """How many bars of before a split came from each source that tells no splits: they may stand before it or after."""
    found = rows(db, UNSURE, (split.symbol, split.day.isoformat(), split.symbol))
    return {row["source"]: row["bars"] for row in found}


def covered(db: Database, symbol: str) -> list[tuple[date, date, datetime]]:
    """The spans that downloads were asked for, with the moment of asking; those in another currency than the latest
    one's count no more."""
    return [
        (date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), datetime.fromisoformat(row["at"]))
        for row in rows(db, COVERED, {"symbol": symbol})
    ]


def last_change(db: Database) -> int:
    """The number of the latest row of ``price_changes``; 0 where there is none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM price_changes").fetchone()[0])


def changes(db: Database, after: int) -> Iterator[PriceChange]:
    """The closes that others took the place of since the row of that number."""
    for row in rows(db, CHANGES, (after,)):
        yield from_row(PriceChange, row)


def held(db: Database) -> Iterator[dict[str, Any]]:
    """Each symbol with prices: ``symbol``, ``first``, ``last``, ``bars``, ``sources`` (providers and files), and when
    it was last ``downloaded``, null where it never was."""
    return rows(db, HELD)


def days_held(db: Database, symbol: str) -> set[date]:
    """The days of which there is a bar of the symbol."""
    found = db.execute("SELECT day FROM prices WHERE symbol = ?", [symbol])
    return {date.fromisoformat(day) for (day,) in found}
