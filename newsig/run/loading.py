"""A folder of findings → the database."""

from __future__ import annotations

from newsig import store
from newsig.run.copying import cluster
from newsig.run.desks import Desk, Tally
from newsig.store import parquet
from newsig.store.parquet import Folder


def load(desk: Desk, folder: Folder) -> Tally:
    """Merge what `newsig batch` wrote into the database, file by file, after all of it was verified.

    Counts ``new``, ``revised`` and ``unchanged`` articles, and those of which findings were ``found`` that were not in
    the database. What is there already stays as it is, so that a second time changes nothing, and a time that was cut
    is made up for. In the end copies are looked for, as `newsig process` does.

    Raises:
        StorageError: the folder is not whole; nothing was taken from it.
        StoreError: the database cannot be written; the files before are in it.
    """
    manifest = parquet.verified(folder)
    loading = store.Loading(fingerprints=manifest.fingerprints, now=desk.clock())
    for file in manifest.in_order():
        rows, _ = parquet.from_bytes(parquet.checked(folder, file), f"{folder.shown}/{file.path}")
        known = len(loading.failures)
        store.load_rows(desk.db, rows, file.fingerprint, file.at or loading.now, loading)
        for failure in loading.failures[known:]:
            desk.on_failure(failure)
        desk.on_done(len(rows))
    store.finish_loading(desk.db, loading, desk.clock())
    cluster(desk)
    return Tally(counts=loading.counts, failures=len(loading.failures))
