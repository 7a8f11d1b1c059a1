"""The verbs about prices: import files, sync with a provider, status."""

from __future__ import annotations

import os
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsig import settings
from newsig.cli.options import database, example, formatted, in_order, price_path, text
from newsig.cli.options import day as to_day
from newsig.cli.printing import counted, end, note, parts, print_failure, print_rows, progress, say
from newsig.errors import PriceError
from newsig.report.tables import Format

if TYPE_CHECKING:
    from newsig.run import Tally

PROVIDERS = ("yahoo", "stooq")
STATUS_COLUMNS = ("symbol", "first", "last", "bars", "missing", "sources", "downloaded", "lacking")
SYNCED = ("fetched", "held")
KEY = "NEWSIG_STOOQ_KEY"


def provider_name(value: str) -> str:
    """A provider's name in any case, or a file or folder that is there.

    Raises:
        PriceError: it is neither.
    """
    if value.lower() in PROVIDERS:
        return value.lower()
    if not Path(value).exists():
        raise PriceError(f"{value} is no provider ({', '.join(PROVIDERS)}) and no file or folder")
    return value


@click.group(epilog=example("newsig prices import closes.csv"))
def prices() -> None:
    """Bring in prices."""


@prices.command("import", epilog=example("newsig prices import closes.csv more.csv.gz"))
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=price_path)
@database
def import_(paths: tuple[str, ...], db: str) -> None:
    """Bring in daily prices from CSV, gzipped CSV or Parquet files.

    Their columns are symbol, date and close, and where they have them open, high, low, adj_close and volume. Symbols
    are Yahoo Finance's. A row takes the place of the one that is stored for its symbol and day; where both closes
    agree, what the new row lacks is kept of the stored one.
    """
    from newsig import run

    with run.open_database(db) as opened, progress("Importing") as on_done:
        tally = run.import_prices(run.Desk(db=opened, on_failure=print_failure, on_done=on_done), paths)
    for words in tally.notes:
        note(words)
    say(f"{counted(tally.counts['prices'], 'price')}.")
    unread, brought = tally.counts["unread"], tally.counts["prices"]
    if unread == tally.failures:
        end(unread, len(paths), "files could not be used", db)
    end(tally.failures, tally.failures + brought, f"{'files or ' if unread else ''}rows could not be used", db)


@prices.command(epilog=example("newsig prices sync --provider yahoo"))
@click.option(
    "--provider",
    metavar="yahoo|stooq|FILE",
    default="yahoo",
    show_default=True,
    type=provider_name,
    help="Who gives the prices; a file or folder as for `newsig prices import` will do.",
)
@click.option(
    "--symbol", "symbols", metavar="SYMBOL", multiple=True, type=text, help="All days of this instead; may be repeated."
)
@click.option("--since", metavar="DATE", type=to_day, callback=in_order, help="With --symbol: from this day on.")
@click.option("--until", metavar="DATE", type=to_day, callback=in_order, help="With --symbol: to this day.")
@database
def sync(provider: str, symbols: tuple[str, ...], since: date | None, until: date | None, db: str) -> None:
    """Fetch the daily prices that the claims of the stored articles need.

    What was fetched before is not asked for again; stopped half way, the command goes on from there. With --symbol it
    fetches instead all days of these symbols from --since to --until (default: today). Stooq may ask for a key, which
    its page gives to people: put it into NEWSIG_STOOQ_KEY.
    """
    import time

    from newsig import run, store
    from newsig.collect.http import Limits, fetch
    from newsig.market.providers import Patience

    if bool(symbols) != bool(since) or (until and not symbols):
        raise click.UsageError("--symbol goes with --since, and --until with both.")
    if since and since > run.now().date():
        raise click.UsageError(f"--since {since} is in the future: there are no prices yet.")
    chosen = settings.load()
    get = partial(fetch, limits=Limits.of(chosen))
    patience = Patience(time.sleep, run.now)
    source, spoilt = run.provider(provider, patience, get, timeout=chosen.timeout, key=os.environ.get(KEY, ""))
    with run.open_database(db, create=bool(symbols)) as opened:
        if since:
            needs = run.needs_of_days([symbol.upper() for symbol in symbols], since, until or run.now().date())
        else:
            needs = run.needs_of_claims(opened)
            _note_waiting(store.waiting(opened)[0])
        with progress("Fetching", len(needs)) as on_done:
            desk = run.Desk(db=opened, on_failure=print_failure, on_done=on_done)
            tally = run.sync_prices(desk, source, needs, spoilt)
    _say(tally)
    end(tally.failures, tally.failures + tally.counts["symbols"], "symbols or rows could not be used", db)


def _note_waiting(articles: int) -> None:
    if articles:
        note(f"{counted(articles, 'article')} not processed yet: run `newsig process` first")


def _say(tally: Tally) -> None:
    for words in tally.notes:
        note(words)
    if not tally.counts["symbols"]:
        say("No claim needs prices.")
        return
    told = ", ".join(filter(None, (parts(tally.counts, SYNCED), counted(tally.counts["prices"], "price"))))
    say(f"{counted(tally.counts['symbols'], 'symbol')} needed: {told}.")


@prices.command(epilog=example("newsig prices status --format json"))
@database
@formatted()
def status(db: str, format_: Format) -> None:
    """Show which prices there are, and which the claims lack.

    Of each symbol: its first and last day, how many bars, how many sessions between them are missing, from where, when
    it was fetched last, and the sessions that claims need but that have no bar.
    """
    from newsig import run

    with run.read_database(db) as opened:
        rows = list(run.price_status(opened, run.now))
    print_rows(rows, format_, STATUS_COLUMNS)
    lacking = [row["symbol"] for row in rows if row["lacking"]]
    if lacking:
        note(f"claims lack prices of {counted(len(lacking), 'symbol')}: run `newsig prices sync`")
