"""The verbs for the table of what can be named: instruments find, add, import, sync."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from newsig import settings
from newsig.cli.options import example, formatted
from newsig.cli.printing import counted, end, note, parts, print_failure, print_rows, progress, say
from newsig.errors import CollectError, SettingsError
from newsig.instruments.checking import KINDS
from newsig.instruments.listings import ADDRESSES, Source
from newsig.report.tables import Format

if TYPE_CHECKING:
    from newsig.run import Tally
    from newsig.run.naming import Document

COLUMNS = ("symbol", "name", "kind", "market", "segment", "aliases", "former", "table")
BRIEF_COLUMNS = ("symbol", "name", "kind", "market", "segment", "also called", "table")
SHOWN = 20
ALIASES_SHOWN = 5
CHANGES = ("added", "changed", "unchanged")
SYNCED = ("added", "changed", "left_alone", "left_out")


def table_path(value: str) -> str:
    """A file that is there; known before anything is read.

    Raises:
        SettingsError: there is none.
    """
    if not Path(value).is_file():
        raise SettingsError(f"no file at {value}")
    return value


@click.group(epilog=example("newsig instruments find Nestlé"))
def instruments() -> None:
    """Look into and extend the table of what can be named.

    Your rows stand in newsig-instruments.csv, or in the file that the setting `instruments` names, and win over the
    packaged ones. `newsig process` then goes over the articles again.
    """


@instruments.command(epilog=example("newsig instruments find Washington Mutual"))
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=SHOWN, show_default=True, help="At most so many.")
@formatted()
def find(words: tuple[str, ...], limit: int, format_: Format) -> None:
    """Show what a name, symbol, alias or former name means.

    What is called exactly so comes first, then what begins with the words, then what holds them.
    """
    from newsig import instruments as tables
    from newsig.instruments import finding

    chosen = settings.load()
    tables.choose(chosen.instruments, chosen.segments)
    found = finding.find(" ".join(words))
    print_rows(_told(found[:limit]), format_, COLUMNS, BRIEF_COLUMNS)
    if len(found) > limit:
        note(f"{len(found) - limit:,} more: see them with --limit {len(found)}")


def _told(found: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The meanings as rows, with a column for readers that names a few of many aliases."""
    for meaning in found:
        others = [alias for alias in meaning.aliases if alias.casefold() != meaning.name.casefold()]
        more = f" and {len(others) - ALIASES_SHOWN} more" if len(others) > ALIASES_SHOWN else ""
        also = ", ".join(others[:ALIASES_SHOWN]) + more
        row = {name: getattr(meaning, name) for name in COLUMNS}
        yield {**row, "also called": "; ".join(filter(None, (also, meaning.former and f"was {meaning.former}")))}


@instruments.command(epilog=example("newsig instruments add ^RUT --alias R2K --exact"))
@click.argument("symbol")
@click.option("--name", help="What it is called; a new one needs a name.")
@click.option("--kind", type=click.Choice(KINDS), help="What it is.")
@click.option("--market", metavar="MIC", help="The market whose days it trades on, such as XNYS.")
@click.option("--segment", help="The segment of the market it belongs to, such as small_caps.")
@click.option("--alias", "aliases", multiple=True, metavar="WORDS", help="Words that name it; may be repeated.")
@click.option("--exact", is_flag=True, help="Find these aliases only with the capitals they are given in.")
def add(symbol: str, aliases: Sequence[str], exact: bool, **cells: str | None) -> None:
    """Add an instrument or aliases to your table, or change it.

    SYMBOL is Yahoo Finance's, such as BRK-B, SAP.DE, ^GSPC, EURUSD=X or GC=F. What is not given stays as it is known,
    or follows from the symbol. A name becomes an alias, too, unless it is an ordinary word.
    """
    from newsig import run
    from newsig.instruments.checking import symbol_of
    from newsig.instruments.rows import Row

    try:
        symbol = symbol_of(symbol)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="SYMBOL") from error
    if any(not words.strip() for words in aliases):
        raise click.BadParameter("an alias needs words", param_hint="--alias")
    rule = "exact" if exact else "lower"
    named = [Row(symbol=symbol, alias=" ".join(words.split()), rule=rule) for words in aliases]
    thing = Row(symbol=symbol, **{name: " ".join((cell or "").split()) for name, cell in cells.items()})
    path = _own_table()
    tally = run.add_instrument(path, thing, named)
    _say(tally)
    say(f"{symbol} in {path}: {_changes(tally)}.")


@instruments.command("import", epilog=example("newsig instruments import mine.csv"))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=table_path)
def import_(files: tuple[str, ...]) -> None:
    """Bring rows of CSV files into your table.

    Their columns are symbol and any of name, kind, market, segment, alias, rule, not_before and not_after, so that
    each line names an instrument, gives it an alias, or both. The rule is exact where an alias needs its capitals.
    """
    from newsig import run

    path = _own_table()
    with progress("Importing"):
        tally = run.import_instruments(path, files, print_failure)
    _say(tally)
    say(f"{path}: {_changes(tally)}.")
    rows = sum(tally.counts.values())
    end(tally.failures, tally.failures + rows, "rows could not be used")


@instruments.command(epilog=example("newsig instruments sync nasdaq"))
@click.argument("source", type=click.Choice(get_args(Source)))
@click.option("--url", "urls", metavar="URL", multiple=True, help="Fetch this address instead; may be repeated.")
@click.option("--file", "files", metavar="FILE", multiple=True, help="Read this saved list instead; may be repeated.")
def sync(source: Source, urls: tuple[str, ...], files: tuple[str, ...]) -> None:
    """Add the listed companies that the table lacks, from a public list.

    sec is the list of the US Securities and Exchange Commission, nasdaq the symbol directory of Nasdaq Trader with the
    companies of New York's other exchanges. A later visit lets what it added follow the list; your own rows stay.
    """
    from newsig import run

    documents = [*map(run.opened, files), *_fetched(urls or (() if files else ADDRESSES[source]), private=bool(urls))]
    path = _own_table()
    with progress("Fetching"):
        try:
            tally = run.sync_instruments(path, source, documents, print_failure)
        except CollectError as error:
            raise CollectError(f"{error}{_advice(source, str(error))}") from error
    _say(tally)
    told = parts(tally.counts, SYNCED) or "nothing in it"
    say(f"{path}: {counted(tally.counts['listings'], 'listing')}, {told}.")
    end(tally.failures, tally.failures + tally.counts["listings"], "entries or lists could not be used")


def _own_table() -> str:
    """The path of the user's table, with the user's segments in force, since its rows may name them."""
    from newsig import instruments as tables

    chosen = settings.load()
    tables.choose_segments(chosen.segments)
    return chosen.instruments


def _fetched(urls: Iterable[str], *, private: bool) -> Iterator[Document]:
    from newsig import run
    from newsig.collect.http import Limits, fetch

    get = partial(fetch, limits=Limits.of(settings.load()), private=private)
    return (run.fetched(url, get) for url in urls)


def _advice(source: Source, why: str) -> str:
    """The SEC refuses programs whose makers do not leave an address; its page opens in any browser."""
    if source == "sec" and "403" in why:
        return "; save the list with a browser and give it with --file"
    return ""


def _say(tally: Tally) -> None:
    for remark in tally.notes:
        note(remark)


def _changes(tally: Tally) -> str:
    """What became of instruments and aliases, in a line: ``1 instrument added; 2 aliases added, 1 unchanged``."""
    told = [_of(tally.counts, "instruments", "instrument"), _of(tally.counts, "aliases", "alias")]
    return "; ".join(filter(None, told)) or "nothing to take in"


def _of(counts: Mapping[str, int], many: str, one: str) -> str:
    these = [(counts[f"{many} {change}"], change) for change in CHANGES if counts.get(f"{many} {change}")]
    if not these:
        return ""
    (first, change), *others = these
    return ", ".join([
        f"{first:,} {one if first == 1 else many} {change}",
        *(f"{number:,} {change}" for number, change in others),
    ])  # fmt: skip
