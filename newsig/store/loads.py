"""Rows of a folder of findings into the database, as if the articles had been ingested and processed here.

Whatever is there already is left as it is: rows may come twice, and a command that was cut may begin anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlite_utils import Database

from newsig.errors import StoreError
from newsig.records import Article, Failure
from newsig.store.failures import printable, record_failure
from newsig.store.parquet.shape import Filed
from newsig.store.rows import when
from newsig.store.save import finish_run, save_article, save_findings, save_past_version, start_run
from newsig.store.schema import transaction

STORED = """
SELECT v.id, v.current, r.fingerprint FROM article_versions AS v LEFT JOIN runs AS r ON r.id = v.run_id
WHERE v.article_id = ? AND v.content_hash = ? ORDER BY v.current DESC, v.id DESC LIMIT 1
"""
CURRENT = "SELECT updated FROM article_versions WHERE article_id = ? AND current = 1"
OPEN_RUN = "SELECT id FROM runs WHERE fingerprint = ? AND details = ? AND finished_at IS NULL"
FINISHED = """
SELECT (SELECT count(*) FROM article_versions WHERE run_id = :run), (SELECT count(*) FROM failures WHERE run_id = :run)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """A folder that is loaded: what its fingerprints stand for, the latest last, and when its loading began."""

    fingerprints: Mapping[str, Mapping[str, str]]
    now: datetime
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def details(self, fingerprint: str) -> dict[str, str]:
        """What the runs of a fingerprint say of themselves."""
        return {**self.fingerprints[fingerprint], "loaded": "from Parquet"}

    def newer(self, fingerprint: str) -> set[str]:
        """The fingerprints whose findings take the place of this one's."""
        order = list(self.fingerprints)
        return set(order[order.index(fingerprint) + 1 :])


def load_rows(db: Database, rows: Sequence[Filed], fingerprint: str, seen_at: datetime, loading: Loading) -> None:
    """Keep the articles, findings and failures of some rows, in one transaction.

    Counts ``new`` articles, those ``revised`` and ``unchanged``, and those whose findings were kept, ``found``.

    Raises:
        StoreError: the database cannot be written; nothing of these rows was kept.
    """
    with transaction(db, "load"):
        for filed in rows:
            try:
                failure = _loaded(db, filed, fingerprint, seen_at, loading)
            except StoreError as error:
                if error.for_all:
                    raise
                place = (filed.article and (filed.article.origin or filed.article.id)) or ""
                failure = Failure(stage="load", place=place, reason=str(error))
            if failure is not None and not _is_known(db, failure):
                record_failure(db, failure, seen_at, _run(db, fingerprint, loading))
                loading.failures.append(failure)


def _loaded(db: Database, filed: Filed, fingerprint: str, seen_at: datetime, loading: Loading) -> Failure | None:
    """Keep one row; gives its failure, where it is one."""
    article = filed.article
    if article is None:
        return filed.failure
    stored = db.execute(STORED, (article.id, filed.version)).fetchone()
    if stored is None:
        save = save_past_version if _is_past(db, article) else save_article
        loading.counts[save(db, article, seen_at).status] += 1
        stored = db.execute(STORED, (article.id, filed.version)).fetchone()
        if stored is None:
            raise StoreError(f"article {article.id!r}: it is not the version that its row says")
    else:
        loading.counts["unchanged"] += 1
    version_id, current, last = stored
    wanted = current and article.standing != "withdrawn"
    if filed.findings and wanted and last != fingerprint and last not in loading.newer(fingerprint):
        run = _run(db, fingerprint, loading)
        loading.counts["found"] += save_findings(db, version_id, filed.findings, run)
    return filed.failure


def _is_past(db: Database, article: Article) -> bool:
    """Whether the version that is current is, by its own statement, the later one."""
    stored = db.execute(CURRENT, (article.id,)).fetchone()
    updated = when(stored[0]) if stored else None
    both = isinstance(article.updated, datetime) and isinstance(updated, datetime)
    return both and article.updated < updated  # type: ignore[operator]


def _is_known(db: Database, failure: Failure) -> bool:
    named = tuple(printable(text) for text in (failure.stage, failure.place, failure.reason))
    sql = "SELECT 1 FROM failures WHERE stage = ? AND place = ? AND reason = ?"
    return db.execute(sql, named).fetchone() is not None


def _run(db: Database, fingerprint: str, loading: Loading) -> int:
    """The run that what is loaded belongs to: that of a command which was cut, else a new one."""
    details = loading.details(fingerprint)
    open_ = _open_run(db, fingerprint, loading)
    return start_run(db, fingerprint, details, loading.now) if open_ is None else open_


def _open_run(db: Database, fingerprint: str, loading: Loading) -> int | None:
    details = json.dumps(loading.details(fingerprint), ensure_ascii=False, sort_keys=True)
    found = db.execute(OPEN_RUN, (fingerprint, details)).fetchone()
    return None if found is None else int(found[0])


def finish_loading(db: Database, loading: Loading, finished_at: datetime) -> None:
    """Close the runs of a folder that is loaded to its end."""
    with transaction(db, "load"):
        for fingerprint in loading.fingerprints:
            run = _open_run(db, fingerprint, loading)
            if run is not None:
                articles, failures = db.execute(FINISHED, {"run": run}).fetchone()
                finish_run(db, run, finished_at=finished_at, articles=articles, failures=failures)
