"""Stories, findings, verdicts, runs and failures into the database.

Every function here is one transaction; inside `newsig.store.schema.transaction` it is a part of that one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlite_utils import Database

from newsig import __version__
from newsig.errors import StoreError
from newsig.records import Article, Claim, Findings, Mention, Quote, Sentiment, Topic, Verdict
from newsig.store.casting import Met, cast, names_in, save_cast
from newsig.store.content import check_text, content_digest, moment_of
from newsig.store.prices import name_instruments
from newsig.store.rows import in_utc, insert_into, to_row
from newsig.store.schema import transaction
from newsig.store.settling import settle

FOUND = ("mentions", "claims", "quotes", "sentiments", "credits")
"""The tables of findings, by the names that they have in `Findings`."""

SAVE_VERSION = """
INSERT INTO article_versions
  (article_id, version, current, published, published_utc, seen_at, content_hash, authors, title, text, dateline,
   credits, updated, date_text, date_doubt, standing, feed, from_page)
VALUES
  (:id, (SELECT coalesce(max(version), 0) + 1 FROM article_versions WHERE article_id = :id), 1, :published, :moment,
   max(:seen_at, (SELECT coalesce(max(seen_at), '') FROM article_versions WHERE article_id = :id)), :digest, :authors,
   :title, :text, :dateline, :credits, :updated, :date_text, :date_doubt, :standing, :feed,
   :from_page)
"""
SAVE_TOPIC = "INSERT INTO quote_topics (quote_id, position, symbol, segment) VALUES (?, ?, ?, ?)"
SAVE_VERDICT = """
INSERT INTO verdicts
  (claim_id, outcome, rung, reason, actual, tolerance_low, tolerance_high, base_date, end_date, formula, price_hash,
   solved, chance, loose, windows, cases, bars, price_source, checked_at)
SELECT
  :claim_id, :outcome, :rung, :reason, :actual, :tolerance_low, :tolerance_high, :base_date, :end_date, :formula,
  :price_hash, :solved, :chance, :loose, :windows, :cases, :bars, :price_source, :checked_at
WHERE EXISTS (SELECT 1 FROM claims WHERE id = :claim_id)
ON CONFLICT (claim_id) DO UPDATE SET
  outcome = excluded.outcome, rung = excluded.rung, reason = excluded.reason, actual = excluded.actual,
  tolerance_low = excluded.tolerance_low, tolerance_high = excluded.tolerance_high, base_date = excluded.base_date,
  end_date = excluded.end_date, formula = excluded.formula, price_hash = excluded.price_hash, solved = excluded.solved,
  chance = excluded.chance, loose = excluded.loose, windows = excluded.windows, cases = excluded.cases,
  bars = excluded.bars, price_source = excluded.price_source, checked_at = excluded.checked_at
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of an article: ``new``, ``revised`` (a further version of it) or ``unchanged``."""

    version_id: int
    status: Literal["new", "revised", "unchanged"]


def save_article(db: Database, article: Article, seen_at: datetime, *, from_page: bool = False) -> Saved:
    """Keep an article; where its title, text, date, dateline or standing differs from what is stored, as a further
    version. ``from_page`` says that the text is that of the page that a feed's entry links to.

    A version is never seen before the one that it follows: with an earlier ``seen_at`` it gets that one's.

    Raises:
        StoreError: the article cannot be stored, for instance because its text holds half a character.
    """
    check_text(article)
    with transaction(db, f"article {article.id!r}"):
        digest = content_digest(article)
        stored = db.execute(
            "SELECT id, content_hash FROM article_versions WHERE article_id = ? AND current = 1", (article.id,)
        ).fetchone()
        if stored and stored[1] == digest:
            return Saved(version_id=stored[0], status="unchanged")
        db.execute(
            "INSERT INTO articles (id, url, publisher, origin, first_seen) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET "
            "url = excluded.url, publisher = excluded.publisher, origin = excluded.origin",
            (article.id, article.url, article.publisher, article.origin, in_utc(seen_at)),
        )
        db.execute("UPDATE article_versions SET current = 0 WHERE article_id = ? AND current = 1", (article.id,))
        version_id = db.execute(
            SAVE_VERSION, _version_values(article, seen_at, digest) | {"from_page": from_page}
        ).lastrowid
        if stored:  # what it said of its speakers counts no more
            settle(db, names_in(db, stored[0]), in_utc(seen_at))
        return Saved(version_id=int(version_id or 0), status="revised" if stored else "new")


def save_past_version(db: Database, article: Article, seen_at: datetime) -> Saved:
    """Keep a version that is older, by its own statement, than the one that is current and stays so.

    Raises:
        StoreError: as for `save_article`, or the article is not stored.
    """
    check_text(article)
    with transaction(db, f"article {article.id!r}"):
        stored = db.execute(
            "SELECT id, current, content_hash FROM article_versions WHERE article_id = ? ORDER BY id", (article.id,)
        ).fetchall()
        digest = content_digest(article)
        if known := next((id_ for id_, _, content in stored if content == digest), None):
            return Saved(version_id=known, status="unchanged")
        current = next((id_ for id_, current, _ in stored if current), None)
        if current is None:
            raise StoreError(f"article {article.id!r} is not in the database: ingest it first")
        db.execute("UPDATE article_versions SET current = 0 WHERE id = ?", (current,))
        values = _version_values(article, seen_at, digest) | {"from_page": False}
        version_id = db.execute(SAVE_VERSION, values).lastrowid
        db.execute("UPDATE article_versions SET current = 0, past = 1 WHERE id = ?", (version_id,))
        db.execute("UPDATE article_versions SET current = 1 WHERE id = ?", (current,))
        return Saved(version_id=int(version_id or 0), status="revised")


def _version_values(article: Article, seen_at: datetime, digest: str) -> dict[str, str | None]:
    return {
        "id": article.id,
        "published": article.published.isoformat() if article.published else None,
        "moment": moment_of(article),
        "seen_at": in_utc(seen_at),
        "digest": digest,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "title": article.title,
        "text": article.text,
        "dateline": article.dateline,
        "credits": json.dumps(article.credits, ensure_ascii=False),
        "updated": article.updated.isoformat() if article.updated else None,
        "date_text": article.date_text,
        "date_doubt": article.date_doubt,
        "standing": article.standing,
        "feed": article.feed,
    }


def start_run(db: Database, fingerprint: str, details: Mapping[str, Any], started_at: datetime) -> int:
    """Open a run: ``fingerprint`` sums up what makes the findings, ``details`` spells it out. Returns its number."""
    with transaction(db, "run"):
        cursor = db.execute(
            "INSERT INTO runs (fingerprint, newsig_version, details, started_at) VALUES (?, ?, ?, ?)",
            (fingerprint, __version__, json.dumps(details, ensure_ascii=False, sort_keys=True), in_utc(started_at)),
        )
        return int(cursor.lastrowid or 0)


def finish_run(db: Database, run_id: int, *, finished_at: datetime, articles: int, failures: int) -> None:
    """Close a run with the number of articles it processed and of those that failed."""
    with transaction(db, f"run {run_id}"):
        db.execute(
            "UPDATE runs SET finished_at = ?, articles = ?, failures = ? WHERE id = ?",
            (in_utc(finished_at), articles, failures, run_id),
        )


def save_findings(db: Database, version_id: int, findings: Findings, run_id: int) -> bool:
    """Replace what was found in one version of an article, together with the verdicts on it.

    Findings of the same fingerprint are left as they are, so that a second run, even one beside the first, changes
    nothing; that is told by the answer false.

    Raises:
        StoreError: the version is not of that article, the run is not of that fingerprint, a record's words are not
            those of the text at its place, or SQLite cannot hold a value.
    """
    with transaction(db, f"article {findings.id!r}"):
        text, seen, last = _checked(db, version_id, findings, run_id)
        if last == findings.fingerprint:
            return False
        _check_words(findings, text)
        former = names_in(db, version_id)
        for table in (*FOUND, "source_sightings"):
            db.execute(f"DELETE FROM {table} WHERE version_id = ?", (version_id,))  # noqa: S608 - our own names
        _insert(db, version_id, findings, run_id, seen)
        (at,) = db.execute("SELECT started_at FROM runs WHERE id = ?", (run_id,)).fetchone()
        settle(db, dict.fromkeys((*former, *names_in(db, version_id))), at)
        db.execute("UPDATE article_versions SET run_id = ? WHERE id = ?", (run_id, version_id))
        db.execute("DELETE FROM quarantine WHERE version_id = ?", (version_id,))
        return True


def _checked(db: Database, version_id: int, findings: Findings, run_id: int) -> tuple[str, str, str | None]:
    """The version's text, its time, and the fingerprint that it was last processed under."""
    stored = db.execute(
        "SELECT v.text, coalesce(v.published_utc, v.seen_at), r.fingerprint FROM article_versions AS v "
        "LEFT JOIN runs AS r ON r.id = v.run_id WHERE v.id = ? AND v.article_id = ?",
        (version_id, findings.id),
    ).fetchone()
    if stored is None:
        raise StoreError(f"article {findings.id!r} has no version {version_id} in the database: ingest it first")
    run = db.execute("SELECT fingerprint FROM runs WHERE id = ?", (run_id,)).fetchone()
    if run is None or run[0] != findings.fingerprint:
        raise StoreError(f"article {findings.id!r}: run {run_id} is not of the fingerprint {findings.fingerprint!r}")
    text, seen, last = stored
    return text, seen, last


def _check_words(findings: Findings, text: str) -> None:
    for span in findings.spans():
        if text[span.start : span.end] != span.text:
            raise StoreError(
                f"article {findings.id!r}: the text at {span.start}:{span.end} is "
                f"{text[span.start : span.end]!r}, but the record says {span.text!r}"
            )


def _insert(db: Database, version_id: int, findings: Findings, run_id: int, seen: str) -> None:
    topics = [topic for quote in findings.quotes for topic in quote.about]
    found: tuple[Mention | Claim | Sentiment | Topic, ...] = (
        *findings.mentions,
        *findings.claims,
        *findings.sentiments,
        *topics,
    )
    name_instruments(db, {record.symbol for record in found}, {record.segment for record in found})
    story = cast(findings)
    names = save_cast(db, story, version_id, seen)
    made = {"version_id": version_id, "run_id": run_id}
    _insert_all(db, "mentions", [to_row(mention) | made for mention in findings.mentions])
    _insert_all(db, "credits", [to_row(credit) | made for credit in findings.credits])
    _insert_all(db, "sentiments", [to_row(sentiment) | made for sentiment in findings.sentiments])
    _insert_all(db, "claims", _from(story.claims, findings.claims, names, made))
    for quote, values in zip(findings.quotes, _from(story.quotes, findings.quotes, names, made), strict=True):
        quote_id = db.execute(insert_into("quotes", values), values).lastrowid
        about = enumerate(quote.about)
        db.conn.executemany(SAVE_TOPIC, [(quote_id, place, topic.symbol, topic.segment) for place, topic in about])


def _from(
    who: Sequence[Met | None], records: Sequence[Claim | Quote], names: Mapping[Met, int], made: dict[str, int]
) -> list[dict[str, Any]]:
    """Claims or quotes as rows, with the forms of those that they come from."""
    return [
        to_row(record) | made | {"source_name_id": names[met] if met else None}
        for met, record in zip(who, records, strict=True)
    ]


def _insert_all(db: Database, table: str, values: Sequence[Mapping[str, Any]]) -> None:
    if values:
        db.conn.executemany(insert_into(table, values[0]), values)


def save_verdicts(db: Database, checked: Iterable[tuple[int, Verdict, str | None]], checked_at: datetime) -> int:
    """Keep the verdicts on claims, in place of earlier ones; returns how many were kept.

    Each comes with its claim's number and the source of the prices it rests on.

    A claim that was replaced since it was read gets none: its successor has another number.
    """
    at = {"checked_at": in_utc(checked_at)}
    with transaction(db, "verdicts"):
        kept = db.conn.executemany(
            SAVE_VERDICT,
            ({"claim_id": claim, "price_source": source} | to_row(verdict) | at for claim, verdict, source in checked),
        )
        return max(kept.rowcount, 0)  # -1 where there were none
