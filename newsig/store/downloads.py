"""Downloads with their bars and splits, in and out, and what they changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
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
SAME_RATIO = 1e-9
"""How far apart, relatively, two tellings of one ratio may lie."""

REDATED = timedelta(days=5)
"""A split that is told no more is the same as a new one of its ratio that lies no further away."""

ADJUSTED = """
FROM prices WHERE symbol = :symbol AND day >= :since AND day < :day
  AND download_id IN (SELECT id FROM downloads WHERE symbol = :symbol AND splits_told = 1 AND id < :told_by)
"""
"""Bars that were adjusted for all splits known when they came: one that was told first by a later download was none of
them."""

NOTE_DIVISION = f"""
INSERT INTO price_changes (symbol, day, old_close, new_close, old_source, new_source, at)
SELECT symbol, day, close, close / :ratio, source, :source, :at {ADJUSTED}
"""
DIVIDE = f"""
UPDATE prices SET open = open / :ratio, high = high / :ratio, low = low / :ratio, close = close / :ratio,
  adj_close = adj_close / :ratio, volume = volume * :ratio
WHERE (symbol, day) IN (SELECT symbol, day {ADJUSTED})
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
TOLD_BEFORE = """
SELECT s.symbol, s.day, s.ratio, s.download_id FROM splits AS s JOIN downloads AS d ON d.id = s.download_id
WHERE s.symbol = ? AND d.provider = ? ORDER BY s.day
"""
LATEST_CURRENCY = "SELECT currency FROM downloads WHERE symbol = ? AND currency IS NOT NULL ORDER BY id DESC LIMIT 1"
COVERED = """
SELECT first, last, at FROM downloads
WHERE symbol = :symbol AND provider = :provider AND (currency IS NULL OR currency = (
  SELECT currency FROM downloads WHERE symbol = :symbol AND currency IS NOT NULL ORDER BY id DESC LIMIT 1))
"""
OVERWRITTEN = """
SELECT p.day FROM prices AS p WHERE p.symbol = :symbol AND p.download_id IS NULL AND EXISTS (
  SELECT 1 FROM price_changes AS c JOIN downloads AS d
    ON d.symbol = c.symbol AND c.old_source = d.provider || ' ' || substr(d.at, 1, 10)
  WHERE c.symbol = p.symbol AND c.day = p.day)
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
    time only. A split that its provider dates anew within a few days divides only what lies between the two days and
    came before either was told; one that its provider tells no more is taken back. Whatever close that changes goes
    into ``price_changes``.

    Raises:
        StoreError: SQLite could not write it.
    """
    with transaction(db, f"prices of {download.symbol}"):
        name_instruments(db, {download.symbol}, ())
        before = db.execute(LATEST_CURRENCY, [download.symbol]).fetchone()
        download_id = int(db.execute(ADD_DOWNLOAD, _columns(download)).lastrowid or 0)
        if download.splits is not None:
            _mend(db, download.splits, download, download_id)
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
    if abs(ratio - 1) < SAME_RATIO and known:
        return False
    _divide(db, replace(split, ratio=ratio), download, told_by=download_id)
    db.execute(SAVE_SPLIT, [split.symbol, split.day.isoformat(), split.ratio, download_id])
    return True


def _mend(db: Database, told: Sequence[Split], download: Download, download_id: int) -> None:
    """Date anew, or take back, the splits that the provider told before and tells no more."""
    days = {split.day for split in told}
    known = [
        (from_row(Split, row), row["download_id"])
        for row in rows(db, TOLD_BEFORE, (download.symbol, download.provider))
    ]
    new = [split for split in told if split.day not in {one.day for one, _ in known}]
    for old, told_by in known:
        if old.day in days:
            continue
        key = [old.symbol, old.day.isoformat()]
        if moved := next((split for split in new if _is_redated(old, split)), None):
            new.remove(moved)
            first, last = sorted((old.day, moved.day))
            ratio = old.ratio if old.day < moved.day else 1 / old.ratio
            _divide(db, Split(symbol=old.symbol, day=last, ratio=ratio), download, told_by=told_by, since=first)
            db.execute("UPDATE splits SET day = ? WHERE symbol = ? AND day = ?", [moved.day.isoformat(), *key])
        else:
            _divide(db, replace(old, ratio=1 / old.ratio), download, told_by=download_id)
            db.execute("DELETE FROM splits WHERE symbol = ? AND day = ?", key)


def _is_redated(old: Split, new: Split) -> bool:
    return abs(old.ratio / new.ratio - 1) < SAME_RATIO and abs(old.day - new.day) <= REDATED


def _divide(db: Database, split: Split, download: Download, *, told_by: int, since: date = date.min) -> None:
    """Divide the bars from ``since`` to before a split which downloads before ``told_by`` brought, and note it."""
    given = {"symbol": split.symbol, "day": split.day.isoformat(), "ratio": split.ratio}
    given |= {"since": since.isoformat(), "told_by": told_by}
    db.execute(NOTE_DIVISION, given | {"source": download.source, "at": in_utc(download.at)})
    db.execute(DIVIDE, given)


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


def covered(db: Database, symbol: str, provider: str) -> list[tuple[date, date, datetime]]:
    """The spans that downloads of a provider were asked for, with the moment of asking; those in another currency than
    the latest one's count no more."""
    return [
        (date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), datetime.fromisoformat(row["at"]))
        for row in rows(db, COVERED, {"symbol": symbol, "provider": provider})
    ]


def overwritten(db: Database, symbol: str) -> set[date]:
    """The days whose close a download brought and an imported file took the place of by another one."""
    return {date.fromisoformat(row["day"]) for row in rows(db, OVERWRITTEN, {"symbol": symbol})}


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
