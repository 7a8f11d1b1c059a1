"""Findings ↔ SQLite: one file that holds the stories, what was found in them, the prices and the verdicts.

`schema` opens the file and brings it up to date, `save`, `prices` and `downloads` write, `feeds` keeps the
subscriptions, `ingests` what was read from files, `query` reads. A database belongs to the thread that opened it;
several processes may write to the same file, each waiting for its turn.
"""

from newsig.store.alone import alone, locked
from newsig.store.backups import back_up
from newsig.store.calls import statements
from newsig.store.content import check_text, content_digest
from newsig.store.copies import current_versions, linked, text_of
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
from newsig.store.exports import articles as exported_articles
from newsig.store.exports import mentions as exported_mentions
from newsig.store.exports import sentiments as exported_sentiments
from newsig.store.facets import Facets, facets, statement
from newsig.store.failures import keep_body, printable, record_failure
from newsig.store.feeds import (
    Host,
    TakenEntry,
    add_feed,
    articles_by_feed,
    host,
    list_feeds,
    remove_feed,
    save_entry,
    save_feed,
    save_host,
    taken_entries,
)
from newsig.store.ingests import (
    ONCE,
    Ingest,
    Outcome,
    Step,
    end_ingest_run,
    find_ingest,
    ingested_sizes,
    keep_found,
    keep_group,
    keep_marks,
    renewed_ingest_run,
    start_ingest_run,
    was_changed,
)
from newsig.store.keys import has_article, keep_keys, met
from newsig.store.loads import Loading, finish_loading, load_rows
from newsig.store.merging import merge as merge_sources
from newsig.store.merging import merges as source_merges
from newsig.store.merging import unmerge as unmerge_sources
from newsig.store.moments import first_moment, newest_moment
from newsig.store.origins import Origin, origin
from newsig.store.prices import bars, known, price_mark, price_range, price_source, save_prices, sync_instruments
from newsig.store.quarantine import set_aside, take_up_again
from newsig.store.query import (
    ToCheck,
    articles_between,
    claims,
    claims_to_check,
    count_unprocessed,
    counts,
    findings_of,
    quotes,
    sources,
    unprocessed,
    verdicts,
    verdicts_of,
)
from newsig.store.reading import may_be_written, open_to_read
from newsig.store.readings import ReadVersion, makers, read_now
from newsig.store.save import (
    Saved,
    finish_run,
    save_article,
    save_findings,
    save_verdicts,
    start_run,
)
from newsig.store.schema import BUSY_SECONDS, open_db, transaction
from newsig.store.speaking import quotes_of
from newsig.store.toning import Toned, target_name, toned, toned_versions, waiting
from newsig.store.versions import (
    COPIED_WITHIN,
    Version,
    find_story,
    may_be_copies,
    read_texts,
    read_versions,
    versions_of,
)

__all__ = [
    "BUSY_SECONDS",
    "COPIED_WITHIN",
    "ONCE",
    "Facets",
    "Host",
    "Ingest",
    "Loading",
    "Origin",
    "Outcome",
    "ReadVersion",
    "Saved",
    "Step",
    "TakenEntry",
    "ToCheck",
    "Toned",
    "Version",
    "add_feed",
    "alone",
    "articles_between",
    "articles_by_feed",
    "back_up",
    "bars",
    "check_text",
    "claims",
    "claims_to_check",
    "content_digest",
    "count_unprocessed",
    "counts",
    "covered",
    "current_versions",
    "days_held",
    "end_ingest_run",
    "exported_articles",
    "exported_mentions",
    "exported_sentiments",
    "facets",
    "find_ingest",
    "find_story",
    "findings_of",
    "finish_loading",
    "finish_run",
    "first_moment",
    "has_article",
    "host",
    "ingested_sizes",
    "keep_body",
    "keep_found",
    "keep_group",
    "keep_keys",
    "keep_marks",
    "known",
    "last_change",
    "linked",
    "list_feeds",
    "load_rows",
    "locked",
    "makers",
    "may_be_copies",
    "may_be_written",
    "maybe_undivided",
    "merge_sources",
    "met",
    "newest_moment",
    "open_db",
    "open_to_read",
    "origin",
    "overwritten",
    "price_changes",
    "price_mark",
    "price_range",
    "price_source",
    "prices_held",
    "printable",
    "quotes",
    "quotes_of",
    "read_now",
    "read_texts",
    "read_versions",
    "record_failure",
    "remove_feed",
    "renewed_ingest_run",
    "save_article",
    "save_download",
    "save_entry",
    "save_feed",
    "save_findings",
    "save_host",
    "save_prices",
    "save_verdicts",
    "set_aside",
    "source_merges",
    "sources",
    "splits",
    "splits_behind",
    "start_ingest_run",
    "start_run",
    "statement",
    "statements",
    "sync_instruments",
    "take_up_again",
    "taken_entries",
    "target_name",
    "text_of",
    "toned",
    "toned_versions",
    "transaction",
    "unmerge_sources",
    "unprocessed",
    "verdicts",
    "verdicts_of",
    "versions_of",
    "waiting",
    "was_changed",
]
