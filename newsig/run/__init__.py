"""The line on one machine: the only place where the steps meet.

`subscribing` keeps the list of feeds and `collecting` visits them, reaching out by `reaching`; `bringing` brings price
files into the database and `ingesting` files of articles, which `previewing` tells of before; `copying` finds which are
copies, `processing` finds what they say, by the workers of `crew`, `pricing` fetches the prices that are needed,
`working` checks it and `rechecking` looks at that again, `batching` does without a database and `loading` brings in
what that found, `telling` reads it back for the digest, `toning` sums up its tone, which `comparing` and `studying`
hold beside prices, `scoring` tells who has been right and `drifting` holds texts against each other; `clocks` and
`scheduling` keep the time; `judging` needs no database; `naming` extends the user's table of instruments. Each public
function is one command's work, most at a `Desk`: what goes wrong with one article, feed or row is told, in the database
stored as a failure, and never stops the others.

A name is read from its module when it is first asked for: who asks for a digest needs nothing that fetches or extracts.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsig.run.batching import Batch, in_process, one_machine
    from newsig.run.bringing import import_prices
    from newsig.run.clocks import gap, steady
    from newsig.run.collecting import collect
    from newsig.run.comparing import compare, divergence_rows, period_rows
    from newsig.run.copying import cluster, clusters, to_compare
    from newsig.run.crew import WITH_TORCH
    from newsig.run.desks import Desk, Tally, now, open_database, read_database
    from newsig.run.drawing import draw
    from newsig.run.drifting import conflicts, drift
    from newsig.run.exporting import export
    from newsig.run.hearing import Asked
    from newsig.run.ingesting import ingest, read_articles
    from newsig.run.judging import judge, read_passages
    from newsig.run.loading import load
    from newsig.run.naming import add_instrument, fetched, import_instruments, opened, sync_instruments
    from newsig.run.previewing import Preview, preview
    from newsig.run.pricing import needs_of_claims, needs_of_days, price_status, provider, sync_prices
    from newsig.run.processing import Crews, process
    from newsig.run.reaching import Reach, reach
    from newsig.run.reasoning import why
    from newsig.run.rechecking import recheck
    from newsig.run.scoring import Scored, scorecard
    from newsig.run.studying import figure_rows, study
    from newsig.run.subscribing import check_address, export_feeds, feed_states, import_feeds, subscribe
    from newsig.run.telling import failures, last_day, last_run, news_of_day, stories, stories_by_article
    from newsig.run.toning import tones
    from newsig.run.working import check, explain, extract

__all__ = [
    "WITH_TORCH",
    "Asked",
    "Batch",
    "Crews",
    "Desk",
    "Preview",
    "Reach",
    "Scored",
    "Tally",
    "add_instrument",
    "check",
    "check_address",
    "cluster",
    "clusters",
    "collect",
    "compare",
    "conflicts",
    "divergence_rows",
    "draw",
    "drift",
    "explain",
    "export",
    "export_feeds",
    "extract",
    "failures",
    "feed_states",
    "fetched",
    "figure_rows",
    "gap",
    "import_feeds",
    "import_instruments",
    "import_prices",
    "in_process",
    "ingest",
    "judge",
    "last_day",
    "last_run",
    "load",
    "needs_of_claims",
    "needs_of_days",
    "news_of_day",
    "now",
    "one_machine",
    "open_database",
    "opened",
    "period_rows",
    "preview",
    "price_status",
    "process",
    "provider",
    "reach",
    "read_articles",
    "read_database",
    "read_passages",
    "recheck",
    "scorecard",
    "steady",
    "stories",
    "stories_by_article",
    "study",
    "subscribe",
    "sync_instruments",
    "sync_prices",
    "to_compare",
    "tones",
    "why",
]

_HOMES = {
    "batching": ("Batch", "in_process", "one_machine"),
    "bringing": ("import_prices",),
    "clocks": ("gap", "steady"),
    "collecting": ("collect",),
    "comparing": ("compare", "divergence_rows", "period_rows"),
    "copying": ("cluster", "clusters", "to_compare"),
    "crew": ("WITH_TORCH",),
    "desks": ("Desk", "Tally", "now", "open_database", "read_database"),
    "drawing": ("draw",),
    "drifting": ("conflicts", "drift"),
    "exporting": ("export",),
    "hearing": ("Asked",),
    "ingesting": ("ingest", "read_articles"),
    "judging": ("judge", "read_passages"),
    "loading": ("load",),
    "naming": ("add_instrument", "fetched", "import_instruments", "opened", "sync_instruments"),
    "previewing": ("Preview", "preview"),
    "pricing": ("needs_of_claims", "needs_of_days", "price_status", "provider", "sync_prices"),
    "processing": ("Crews", "process"),
    "reaching": ("Reach", "reach"),
    "reasoning": ("why",),
    "rechecking": ("recheck",),
    "scoring": ("Scored", "scorecard"),
    "studying": ("figure_rows", "study"),
    "subscribing": ("check_address", "export_feeds", "feed_states", "import_feeds", "subscribe"),
    "telling": ("failures", "last_day", "last_run", "news_of_day", "stories", "stories_by_article"),
    "toning": ("tones",),
    "working": ("check", "explain", "extract"),
}
"""Where the names come from: as above, which only those see who check types."""


def __getattr__(name: str) -> object:
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found = getattr(import_module(f"{__name__}.{home}"), name)
    return found
