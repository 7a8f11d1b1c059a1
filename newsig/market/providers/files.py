"""Prices out of files that somebody saved."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from newsig.errors import PriceError
from newsig.market.prices import read_prices
from newsig.records import Download, Failure, Price

ENDINGS = (".csv", ".csv.gz", ".parquet")
"""What is taken for a price file in a folder, whatever the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The bars of a file or a folder, by symbol and day."""

    name: str
    by_symbol: Mapping[str, Mapping[date, Price]]
    sha256: str
    clock: Callable[[], datetime]
    whole: bool = True
    grows: bool = True

    @classmethod
    def read(cls, path: Path, clock: Callable[[], datetime]) -> tuple[Files, Sequence[Failure]]:
        """All bars of a file, or of the price files of a folder in the order of their names, with the rows that could
        not be used. Of two bars of one day the later file's stands.

        Raises:
            PriceError: there is nothing at ``path``, or no price file in the folder, or one cannot be read as prices.
        """
        paths = [path] if not path.is_dir() else sorted(one for one in path.iterdir() if is_price_file(one))
        if not paths:
            raise PriceError(f"{path} holds no price file: its name must end in {', '.join(ENDINGS)}")
        found: dict[str, dict[date, Price]] = {}
        failures, digest = [], hashlib.sha256()
        for one in paths:
            for item in read_prices(one, clock()):
                if isinstance(item, Failure):
                    failures.append(item)
                else:
                    found.setdefault(item.symbol, {})[item.day] = item
            digest.update(one.read_bytes())
        return cls(name=path.name, by_symbol=found, sha256=digest.hexdigest(), clock=clock), failures

    def bars(self, symbol: str, first: date, last: date) -> Download:
        """See `Provider.bars`. The download's span is that of the bars, since a file may grow."""
        bars = [bar for day, bar in self.by_symbol.get(symbol.upper(), {}).items() if first <= day <= last]
        if not bars:
            raise PriceError(f"{self.name} has no prices of {symbol} from {first} to {last}")
        bars.sort(key=lambda bar: bar.day)
        return Download(
            symbol=symbol,
            provider=self.name,
            first=bars[0].day,
            last=bars[-1].day,
            at=self.clock(),
            sha256=self.sha256,
            bars=tuple(bars),
        )


def is_price_file(path: Path) -> bool:
    """Whether a name in a folder is that of a price file.

    >>> is_price_file(Path("AAPL.CSV")), is_price_file(Path("notes.txt"))
    (True, False)
    """
    return path.name.lower().endswith(ENDINGS)
