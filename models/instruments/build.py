"""The recipe of the instrument table: ``python -m models.instruments.build [--out FOLDER]``.

Run it from the repository's root; it needs the extra ``instruments``. Reads the register of companies that edgartools
carries, the index members that pytickersymbols carries, and the hand-made tables in ``hand/``; writes
``instruments.csv``, ``aliases.csv``, ``codes.csv``, ``listings.csv`` and ``reused.csv`` into
``newsig/instruments/``, always the same for the same inputs. Reads nothing from the network.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from models.instruments.names import distinctive, is_operating, spellings, tidy
from newsig.instruments.tables import SUFFIXES

HAND = Path(__file__).parent / "hand"
OUT = Path(__file__).parents[2] / "newsig" / "instruments"
REGISTER = "edgar/reference/data/company_tickers.parquet"
MEGA_CAPS = 10
"""How many of the S&P 100, in the register's order of size, count as mega caps."""

AMERICAN_INDICES = {"DOW JONES", "NASDAQ 100", "S&P 100", "S&P 500", "S&P 600"}
OTHER_SHARES = {"GOOG": "GOOGL", "BRK-A": "BRK-B", "FOX": "FOXA", "NWS": "NWSA"}
"""Second share classes worth a row of their own; names go to the first class."""


@dataclass
class Table:
    """What is being built: rows of instruments by symbol and, by (alias, rule), the symbol (empty: none)."""

    instruments: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)
    aliases: dict[tuple[str, str], str] = field(default_factory=dict)

    def instrument(self, symbol: str, name: str, kind: str, market: str, segment: str = "") -> None:
        """Adds a row; the first row of a symbol stays."""
        self.instruments.setdefault(symbol, (name, kind, market, segment))

    def alias(self, text: str, symbol: str, rule: str) -> None:
        """Adds a hand-made alias.

        Raises:
            ValueError: it is given to two symbols.
        """
        for variant in sorted({text, text.replace("'", "’")}):
            for known in (
                self.aliases.setdefault((variant, rule), symbol),
                self.aliases.get((variant.lower(), "lower")),
            ):
                if known not in (symbol, None):
                    raise ValueError(f"the alias {variant!r} is given to both {known!r} and {symbol!r}")


def main() -> None:
    """Builds the tables and prints what they hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT, help="the folder to write into")
    out = parser.parse_args().out
    table = build()
    neighbours = {row["alias"]: (row["not_before"], row["not_after"]) for row in hand("rules")}
    write(
        out / "instruments.csv",
        ("symbol", "name", "kind", "market", "segment"),
        ((symbol, *rest) for symbol, rest in table.instruments.items()),
    )
    write(
        out / "reused.csv",
        ("symbol", "name", "until"),
        ((row["symbol"], row["name"], row["until"]) for row in hand("companies_former") if row["until"]),
    )
    write(out / "codes.csv", ("code", "symbol"), codes())
    write(out / "listings.csv", ("home", "american"), listings())
    write(
        out / "aliases.csv",
        ("alias", "rule", "symbol", "not_before", "not_after"),
        (
            (alias, rule, symbol, *neighbours.get(alias.lower().replace("’", "'"), ("", "")))
            for (alias, rule), symbol in table.aliases.items()
        ),
    )


def build() -> Table:
    """The whole table, hand-made rows first: what they say, nothing else overrules."""
    table = Table()
    add_markets(table)
    homes = add_companies(table)
    add_registers(table, homes)
    for row in hand("companies_former"):
        table.instrument(row["symbol"], row["name"], "stock", market(row["symbol"]))
    return table


def add_markets(table: Table) -> None:
    """Indices, funds, commodities, currencies, rates, crypto assets and the names that only mask others."""
    for file, kind in (("indices", "index"), ("funds", "etf"), ("assets", ""), ("masks", "mask")):
        for row in hand(file):
            symbol, row_kind = row.get("symbol", ""), row.get("kind", kind)
            if row_kind != "mask":
                table.instrument(symbol, row["name"], row_kind, row["market"], row.get("segment", ""))
            for text in parts(row["lower"]):
                table.alias(text, symbol, "lower")
            for text in parts(row["exact"]):
                table.alias(text, symbol, "exact")


def add_companies(table: Table) -> dict[str, str]:
    """The hand-made companies; returns the home symbol of every American listing that stands for one elsewhere."""
    segments = american_segments()
    homes = {}
    for file in ("companies_us", "companies_world", "companies_former"):
        for row in hand(file):
            symbol = row["symbol"]
            if file != "companies_former":  # whose symbols may be somebody else's today
                table.instrument(symbol, row["name"], "stock", market(symbol), segments.get(symbol, ""))
            for text in (row["name"], *parts(row["aliases"])):
                table.alias(text, symbol, "exact")
            homes |= dict.fromkeys(parts(row.get("us", "")), symbol)
    return homes


def add_registers(table: Table, homes: dict[str, str]) -> None:
    """The companies of the register and of the indices abroad, with those of their names that are safe to match."""
    refused = {row["alias"] for row in hand("refused")}
    claims: defaultdict[str, set[str]] = defaultdict(set)
    firsts: defaultdict[str, set[str]] = defaultdict(set)
    abroad = list(members_abroad())
    for symbol, _, listings in abroad:
        homes |= {listing: symbol for listing in listings if listing not in homes}
    segments = american_segments()
    for symbol, name, named in (*companies(), *((symbol, name, True) for symbol, name, _ in abroad)):
        home = homes.get(symbol, symbol)
        firsts[tidy(name).split()[0].lower()].add(home)
        if home == symbol and is_operating(name):
            table.instrument(symbol, tidy(name), "stock", market(symbol), segments.get(symbol, ""))
        for text in spellings(name) if named else ():
            claims[text].add(home)
    for other, first in OTHER_SHARES.items():
        table.instrument(other, *table.instruments[first])
    for text, symbols in claims.items():
        crowded = " " not in text and len(firsts[text.lower()] | symbols) > 1
        taken = any((variant, rule) in table.aliases for variant in {text, text.lower()} for rule in ("exact", "lower"))
        if len(symbols) == 1 and not crowded and not taken and text not in refused and distinctive(text):
            table.alias(text, *symbols, "exact")


@cache
def companies() -> Sequence[tuple[str, str, bool]]:
    """Symbol, registered name, and whether the name may become aliases, once per registrant, the largest first.

    Only operating companies on an exchange lend their names: shells traded over the counter are seldom news, and the
    funds worth naming are in the hand-made table.
    """
    import pyarrow.parquet

    found: dict[str, tuple[str, str, bool]] = {}
    register = pyarrow.parquet.read_table(distribution("edgartools").locate_file(REGISTER))
    for row in register.to_pylist():
        symbol, exchange = row["ticker"], row["exchange"]
        if is_common(symbol, exchange):
            found.setdefault(row["cik"], (symbol, row["name"], exchange != "OTC" and is_operating(row["name"])))
    return tuple(found.values())


def is_common(symbol: str, exchange: str | None) -> bool:
    """Whether a ticker is a listed company's common stock, to judge by its form.

    Units, warrants and rights have a fifth letter, preferred shares a hyphen; foreign shares traded over the counter
    end in F or Y and belong to a listing at home.
    """
    if exchange not in {"NYSE", "Nasdaq", "CBOE", "OTC"}:
        return False
    if "-" in symbol:
        return bool(re.fullmatch(r"[A-Z]+-[ABC]", symbol))
    return len(symbol) < 5 or symbol[-1] not in ("FY" if exchange == "OTC" else "UWR")


def members_abroad() -> Iterator[tuple[str, str, list[str]]]:
    """Symbol, name and American listings of the members of the indices outside the United States."""
    from pytickersymbols import PyTickerSymbols

    stocks = PyTickerSymbols()
    seen = set()
    for index in sorted(stocks.get_all_indices()):
        for stock in () if index in AMERICAN_INDICES else stocks.get_stocks_by_index(index):
            symbol = stock.get("symbol") or ""
            suffix = symbol[symbol.rfind(".") :]
            if symbol.count(".") == 1 and suffix in SUFFIXES and symbol not in seen:
                seen.add(symbol)
                listings = [listing["yahoo"] for listing in stock.get("symbols", ())]
                yield symbol, stock["name"], [listing for listing in listings if listing and "." not in listing]


@cache
def american_segments() -> Mapping[str, str]:
    """Segments by symbol: members of the S&P 500 and 600, the largest of the S&P 100 apart."""
    from pytickersymbols import PyTickerSymbols

    stocks = PyTickerSymbols()

    def members(index: str) -> set[str]:
        return {(stock.get("symbol") or "").replace(".", "-") for stock in stocks.get_stocks_by_index(index)}

    hundred, large, small = members("S&P 100"), members("S&P 500"), members("S&P 600")
    largest = [symbol for symbol, _, _ in companies() if symbol in hundred][:MEGA_CAPS]
    return dict.fromkeys(small, "small_caps") | dict.fromkeys(large, "large_caps") | dict.fromkeys(largest, "mega_caps")


def codes() -> Iterator[tuple[str, str]]:
    """The Reuters codes that no rule turns into a Yahoo symbol, each with the symbol it means.

    Raises:
        ValueError: a code is given to two symbols.
    """
    known: dict[str, str] = {}
    for row in hand("codes"):
        for code in parts(row["codes"]):
            if known.setdefault(code, row["symbol"]) != row["symbol"]:
                raise ValueError(f"the code {code!r} is given to both {known[code]!r} and {row['symbol']!r}")
    yield from known.items()


def listings() -> Iterator[tuple[str, str]]:
    """The companies abroad that are listed in the United States as well: their symbols at home and there."""
    for row in hand("companies_world"):
        for listing in parts(row["us"])[:1]:
            yield row["symbol"], listing


def market(symbol: str) -> str:
    """The exchange calendar that a stock's symbol tells of."""
    return SUFFIXES.get(symbol[symbol.rfind(".") :], "XNYS") if "." in symbol else "XNYS"


def hand(name: str) -> Iterator[Mapping[str, str]]:
    """The rows of a hand-made table."""
    with (HAND / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def parts(cell: str) -> list[str]:
    """The entries of a cell."""
    return [entry for entry in cell.split("|") if entry]


def write(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Writes a sorted table and prints its count and digest."""
    ordered = sorted(tuple(row) for row in rows)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(ordered)
    print(f"{path.name}: {len(ordered)} rows, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
