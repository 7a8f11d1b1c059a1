"""Price files into the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from newsig import store
from newsig.errors import PriceError
from newsig.market.changes import told
from newsig.market.prices import read_prices
from newsig.records import Failure, Price
from newsig.run.desks import Desk, Tally

ROWS = 5000
"""Price rows that are taken at a time."""


def import_prices(desk: Desk, paths: Sequence[str | Path]) -> Tally:
    """Bring price files into the database; counts ``prices``, and ``unread``: the files of none, a failure each.

    Closes that take the place of others are told in the notes.
    """
    tally = Tally()
    before = store.last_change(desk.db)
    for path in paths:
        rows = _rows(path, desk.clock())
        while some := list(islice(rows, ROWS)):
            prices = [item for item in some if isinstance(item, Price)]
            tally.counts["prices"] += store.save_prices(desk.db, prices, Path(path).name, at=desk.clock())
            for failure in (item for item in some if isinstance(item, Failure)):
                tally.counts["unread"] += failure.place == str(path)
                desk.fail(replace(failure, stage="prices"), tally)
            desk.on_done(len(some))
    tally.notes.extend(told(store.price_changes(desk.db, before), ()))
    return tally


def _rows(path: str | Path, at: datetime) -> Iterator[Price | Failure]:
    try:
        yield from read_prices(path, at)
    except PriceError as error:
        yield Failure(stage="prices", place=str(path), reason=str(error).removeprefix(f"{path} "))
