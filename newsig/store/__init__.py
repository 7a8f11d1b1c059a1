"""Findings ↔ SQLite: one file that holds the stories, what was found in them, the prices and the verdicts.

`schema` opens the file and brings it up to date, `save`, `prices` and `downloads` write, `feeds` keeps the
subscriptions, `ingests` what was read from files, `query` reads. A database belongs to the thread that opened it;
several processes may write to the same file, each waiting for its turn.
"""

from newsig.store.calls import statements
from newsig.store.downloads import changes as price_changes
from newsig.store.downloads import (
    covered,
    days_held,
    last_change,
    maybe_undivided,
    overwritten,
    save_download,
    splits,
    splits_behind,
)
from newsig.store.downloads import held as prices_held
from newsig.store.feeds import add_feed, list_feeds, remove_feed, update_feed
from newsig.store.ingests import (
    Ingest,
    Outcome,
    Step,
    end_ingest_run,
    find_ingest,
    ingested_sizes,
    keep_found,
    keep_group,
    keep_marks,
    start_ingest_run,
)
from newsig.store.merging import merge as merge_sources
from newsig.store.merging import merges as source_merges
from newsig.store.merging import unmerge as unmerge_sources
from newsig.store.prices import bars, known, price_range, price_source, save_prices, sync_instruments
from newsig.store.query import (
    ToCheck,
    articles_between,
    claims,
    claims_to_check,
    counts,
    findings_of,
    quotes,
    sources,
    unprocessed,
    verdicts,
    verdicts_of,
)
from newsig.store.save import (
    Saved,
    finish_run,
    record_failure,
    save_article,
    save_findings,
    save_verdicts,
    start_run,
)
from newsig.store.schema import open_db, transaction
from newsig.store.toning import target_name, toned, waiting
from newsig.store.versions import Version, find_story, may_be_copies, read_texts, versions_of

__all__ = [
    "Ingest",
    "Outcome",
    "Saved",
    "Step",
    "ToCheck",
    "Version",
    "add_feed",
    "articles_between",
    "bars",
    "claims",
    "claims_to_check",
    "counts",
    "covered",
    "days_held",
    "end_ingest_run",
    "find_ingest",
    "find_story",
    "findings_of",
    "finish_run",
    "ingested_sizes",
    "keep_found",
    "keep_group",
    "keep_marks",
    "known",
    "last_change",
    "list_feeds",
    "may_be_copies",
    "maybe_undivided",
    "merge_sources",
    "open_db",
    "overwritten",
    "price_changes",
    "price_range",
    "price_source",
    "prices_held",
    "quotes",
    "read_texts",
    "record_failure",
    "remove_feed",
    "save_article",
    "save_download",
    "save_findings",
    "save_prices",
    "save_verdicts",
    "source_merges",
    "sources",
    "splits",
    "splits_behind",
    "start_ingest_run",
    "start_run",
    "statements",
    "sync_instruments",
    "target_name",
    "toned",
    "transaction",
    "unmerge_sources",
    "unprocessed",
    "update_feed",
    "verdicts",
    "verdicts_of",
    "versions_of",
    "waiting",
]
