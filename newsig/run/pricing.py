"""Prices that are fetched: exactly those that what is stored needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsig import instruments, sessions, store
from newsig.compare.check import needed
from newsig.errors import PriceError
from newsig.market.changes import by_splits, told
from newsig.market.planning import days_between, is_settled, missing, runs, spans
from newsig.records import Claim, Download, Failure, PriceChange, Split
from newsig.run.desks import Desk, Tally

if TYPE_CHECKING:
    from sqlite_utils import Database

    from newsig.market.providers import Patience, Provider
    from newsig.market.providers.stooq import Fetch

Needs = Mapping[str, Set[date]]
"""The days that are needed of each symbol."""

PENCE = {"GBp": "pence, not pounds", "ZAc": "South African cents, not rand", "ILA": "agorot, not shekels"}
"""Yahoo's codes for a hundredth of a currency."""


def provider(
    name: str, patience: Patience, fetch: Fetch, *, timeout: float, key: str = ""
) -> tuple[Provider, Sequence[Failure]]:
    """A provider by its name, or the file or folder of that name; with the rows of it that could not be used.

    Raises:
        PriceError: what it needs is not installed, or there is no such file, or it holds no prices.
    """
    from newsig.market import providers

    if name == "yahoo":
        return providers.Yahoo(patience, timeout), ()
    if name == "stooq":
        return providers.Stooq(fetch, patience, key), ()
    return providers.Files.read(Path(name), patience.clock)


def needs_of_claims(db: Database) -> Needs:
    """The days that checks of the claims of current articles read, neighbouring sessions included.

    A claim on a segment alone needs those of the index that measures the segment and of the fund that follows it.
    """
    found: defaultdict[str, set[date]] = defaultdict(set)
    for waiting in store.claims_to_check(db):
        for one in _on_symbols(waiting.claim):
            market = instruments.market(one.symbol or "")
            if wanted := needed(one, market, waiting.published, as_printed=True):
                symbol, first, last = wanted
                found[symbol].update(days_between(instruments.market(symbol), first, last))
    return found


def _on_symbols(claim: Claim) -> Iterator[Claim]:
    """The claim, or for one on a segment the claim on each thing that stands for it; none on a reused symbol."""
    segment = None if claim.symbol else instruments.segments().get(claim.segment or "")
    symbols = (segment.proxy, segment.fund) if segment else (claim.symbol,)
    for symbol in filter(None, symbols):
        reused = instruments.reused().get(symbol)
        if not (reused and claim.base_date and claim.base_date <= reused):
            yield claim if symbol == claim.symbol else replace(claim, symbol=symbol)


def needs_of_days(symbols: Sequence[str], first: date, last: date) -> Needs:
    """All days of some symbols from ``first`` to ``last``, both included."""
    return {symbol: set(days_between(instruments.market(symbol), first, last)) for symbol in symbols}


def sync_prices(desk: Desk, source: Provider, needs: Needs, spoilt: Sequence[Failure] = ()) -> Tally:
    """Fetch the needed days that the provider was not asked for since they were over, and those whose close an imported
    file took the place of; each span is kept by itself.

    Counts ``symbols``, of them ``fetched`` and ``held`` (nothing was missing), and ``prices``. A symbol that cannot be
    had is a failure; where the provider would refuse all others as well they are left for the next time. What is worth
    a word about the prices is in the notes. ``spoilt`` are rows of the provider's that could not be used.
    """
    tally = Tally()
    for failure in spoilt:
        desk.fail(failure, tally)
    tally.counts["symbols"] = len(needs)
    for number, symbol in enumerate(sorted(needs)):
        try:
            _sync(desk, source, symbol, needs[symbol], tally)
        except PriceError as error:
            desk.fail(Failure(stage="prices", place=symbol, reason=str(error)), tally)
            left = len(needs) - number - 1
            if error.for_all and left:
                tally.notes.append(f"{left:,} more not asked for: run the command again later, it goes on from here")
                break
        desk.on_done(1)
    return tally


def _sync(desk: Desk, source: Provider, symbol: str, days: Set[date], tally: Tally) -> None:
    market, at = instruments.market(symbol), desk.clock()
    lacking = missing(market, days, store.covered(desk.db, symbol, source.name), at)
    lacking |= missing(market, _again(desk.db, source, symbol, days), (), at)
    if not lacking:
        tally.counts["held"] += 1
        return
    asked = {day for day in days if is_settled(market, day, at)} if source.whole else lacking
    for first, last in spans(asked, whole=source.whole):
        got = source.bars(symbol, first, last)
        final = tuple(bar for bar in got.bars if is_settled(market, bar.day, got.at))
        _keep(desk, replace(got, bars=final), market, tally)
    tally.counts["fetched"] += 1


def _again(db: Database, source: Provider, symbol: str, days: Set[date]) -> Set[date]:
    """The days to ask for though they were asked for before: the close that came then is another one's now, or none
    came and the provider may have got one since."""
    again = days & store.overwritten(db, symbol)
    return again | (days - store.days_held(db, symbol)) if source.grows else again


def _keep(desk: Desk, got: Download, market: str, tally: Tally) -> None:
    before = store.last_change(desk.db)
    brought = store.save_download(desk.db, got)
    tally.counts["prices"] += len(got.bars)
    changes = list(store.price_changes(desk.db, before))
    tally.notes.extend([*told(changes, brought.splits), *_undivided(desk.db, changes, brought.splits)])
    if brought.currency_before:
        tally.notes.append(
            f"{got.symbol}: now in {got.currency}, before in {brought.currency_before}: the next sync fetches it anew"
        )
    elif got.currency in PENCE:
        tally.notes.append(f"{got.symbol}: in {PENCE[got.currency]}")
    if gaps := _gaps(got, market):
        tally.notes.append(f"{got.symbol}: {got.provider} has no close for {_listed(gaps)}")
    for failure in got.failures:
        desk.fail(replace(failure, stage="prices"), tally)


def _undivided(db: Database, changes: Sequence[PriceChange], splits: Sequence[Split]) -> Iterator[str]:
    """Words on bars that a split leaves as they were, though others of their source proved to stand before it."""
    for split in splits:
        proved = {change.old_source for change in changes if change.day < split.day and by_splits(change, [split])}
        for source, bars in store.maybe_undivided(db, split).items():
            if source in proved:
                told_of = f"{bars:,} more from {source} before the split of {split.day}"
                yield f"{split.symbol}: {told_of} may not be adjusted for it: bring them in again"


def _gaps(got: Download, market: str) -> list[date]:
    """The settled sessions of what was asked for of which no bar came."""
    days = {bar.day for bar in got.bars}
    asked = sessions.between(market, got.first, got.last)
    return [day for day in asked if day not in days and is_settled(market, day, got.at)]


def _listed(days: Sequence[date]) -> str:
    shown = ", ".join(day.isoformat() for day in days[:3])
    return shown if len(days) <= 3 else f"{shown} and {len(days) - 3:,} more sessions"


def price_status(db: Database, clock: Callable[[], datetime]) -> Iterator[dict[str, Any]]:
    """For each symbol that has prices, or that claims need, a row of plain JSON values.

    ``first``, ``last`` and ``bars`` tell what there is, ``missing`` how many sessions between first and last have no
    bar, ``sources`` which providers and files it came from, ``downloaded`` when it was fetched last. ``lacking`` lists
    the spans of settled sessions that claims need and that have no bar.
    """
    at, needs = clock(), needs_of_claims(db)
    rows = {row["symbol"]: row for row in store.prices_held(db)}
    nothing = {"first": None, "last": None, "bars": 0, "sources": None, "downloaded": None}
    for symbol in sorted({*rows, *needs}):
        row = rows.get(symbol, nothing)
        market, days = instruments.market(symbol), store.days_held(db, symbol)
        span = sessions.between(market, min(days), max(days)) if days else ()
        lacking = {day for day in needs.get(symbol, ()) if day not in days and is_settled(market, day, at)}
        yield {
            **row,
            "symbol": symbol,
            "missing": sum(day not in days for day in span),
            "lacking": ", ".join(f"{first} to {last}" for first, last in runs(lacking, market)) or None,
        }
