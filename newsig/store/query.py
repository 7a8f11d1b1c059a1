"""What the database says: claims, verdicts, statements and sources as rows, findings as records.

Rows are dictionaries of plain JSON values and come one at a time. Whatever is read in order to be written about
(`unprocessed`, `claims_to_check`) comes in pages, so that no read stays open while the caller writes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from newsig.errors import StoreError
from newsig.records import Article, Claim, Credit, Findings, Mention, Quote, Sentiment, Topic, Verdict
from newsig.store.filters import by_the_time, claims_asked, days
from newsig.store.finding import listed
from newsig.store.listings import CLAIMS, CLAIMS_AS_THEY_STOOD, VERDICTS, VERDICTS_AS_THEY_STOOD
from newsig.store.rows import NOON, Record, from_row, in_utc, to_article, when
from newsig.store.schema import rows
from newsig.store.speaking import quotes, sources

__all__ = [
    "ToCheck",
    "articles_between",
    "claims",
    "claims_to_check",
    "count_unprocessed",
    "counts",
    "findings_of",
    "quotes",
    "sources",
    "unprocessed",
    "verdicts",
    "verdicts_of",
]

PAGE = 100

TABLES = (
    *("feeds", "articles", "article_versions", "mentions", "claims", "quotes", "quote_topics", "sentiments", "credits"),
    *("sources", "source_names", "source_merges", "instruments", "segments", "prices", "downloads", "splits"),
    *("price_changes", "verdicts", "runs", "failures", "quarantine"),
)
CLAIM_COLUMNS = """
claim_id, article_id, published, title, text, value, unit, comparator, direction, measure, modality, subject, symbol,
segment, period, period_basis, base_date, end_date, timing, source, hedge, extreme, compared, reach, since_date,
outcome, rung, reason, context
"""
VERDICT_COLUMNS = """
claim_id, article_id, symbol, measure, modality, value, unit, direction, outcome, rung, reason, actual, tolerance_low,
tolerance_high, base_date, end_date, solved, chance, loose, cases, windows, bars, price_source, price_hash, title,
formula
"""
WAITING = """
article_versions AS n INDEXED BY versions_at_a_glance CROSS JOIN article_versions AS v ON v.id = n.id
"""
WAITS = """
 n.current = 1 AND v.standing IS NOT 'withdrawn'
   AND (n.run_id IS NULL OR n.run_id NOT IN (SELECT id FROM runs WHERE fingerprint = :fingerprint))
   AND NOT EXISTS (
     SELECT 1 FROM quarantine AS q JOIN runs AS r ON r.id = q.run_id
     WHERE q.version_id = n.id AND r.fingerprint = :fingerprint)
"""
UNPROCESSED = f"""
SELECT v.*, a.url, a.publisher, a.origin FROM {WAITING} JOIN articles AS a ON a.id = v.article_id
WHERE n.id > :after AND {WAITS} ORDER BY n.id LIMIT :page
"""  # noqa: S608 - our own words
TOPICS = """
SELECT t.* FROM quotes AS q JOIN quote_topics AS t ON t.quote_id = q.id WHERE q.version_id = ?
ORDER BY t.quote_id, t.position
"""
TO_CHECK = """
SELECT c.*, v.published FROM claims AS c CROSS JOIN article_versions AS v ON v.id = c.version_id AND v.current = 1
WHERE c.id > :after ORDER BY c.id LIMIT :page
"""
NEW_TO_CHECK = """
SELECT c.*, v.published FROM claims_to_check AS n CROSS JOIN claims AS c ON c.id = n.claim_id
CROSS JOIN article_versions AS v ON v.id = c.version_id AND v.current = 1
WHERE n.claim_id > :after ORDER BY n.claim_id LIMIT :page
"""
BETWEEN = """
SELECT v.*, a.url, a.publisher, a.origin FROM article_versions AS v JOIN articles AS a ON a.id = v.article_id
WHERE v.current = 1 AND v.published_utc BETWEEN min(:start, :noon) AND max(:end, :noon)
  AND iif(length(v.published) = 10, v.published_utc = :noon, v.published_utc >= :start AND v.published_utc < :end)
ORDER BY v.published_utc, v.id
"""


def claims(
    db: Database,
    *,
    symbol: str | None = None,
    segment: str | None = None,
    source: str | None = None,
    direction: str | None = None,
    minimum: float | None = None,
    measure: str | None = None,
    verdict: str | None = None,
    since: date | None = None,
    until: date | None = None,
    contains: str | None = None,
    as_of: date | datetime | None = None,
    before: int | None = None,
    newest: bool = False,
    limit: int | None = None,
) -> Iterator[dict[str, Any]]:
    """The claims of current articles that meet every condition given, in the order in which they were stored.

    Symbols and segments match whatever their case. ``source`` is a part of a name or organisation, ``minimum`` the
    least value, ``verdict`` an outcome; ``since`` and ``until`` are days in UTC, both included, and leave out articles
    of unknown date; ``contains`` are words that the article must hold, in any order, or a phrase "in double quotes".
    ``as_of`` asks of the articles as they stood at that moment, or by the end of that day (UTC), by when they were seen
    so; the words are still sought in what they say now, and verdicts are those of now. ``newest`` gives the last stored
    ones first, and ``before`` those alone whose number is lower, from where another page goes on.
    """
    given: dict[str, Any] = {
        "symbol": symbol,
        "segment": segment,
        "source": source,
        "direction": direction,
        "minimum": minimum,
    }
    given |= {"measure": measure, "verdict": verdict, "since": since, "until": until, "contains": contains}
    asked = claims_asked(db, given | {"as_of": as_of, "before": before})
    listing = CLAIMS if as_of is None else CLAIMS_AS_THEY_STOOD
    return listed(db, listing, CLAIM_COLUMNS, asked, limit, newest=newest)


def verdicts(
    db: Database,
    *,
    outcome: str | None = None,
    symbol: str | None = None,
    measure: str | None = None,
    since: date | None = None,
    until: date | None = None,
    as_of: date | datetime | None = None,
    limit: int | None = None,
) -> Iterator[dict[str, Any]]:
    """The verdicts on moves of current articles, by claim, or on claims of the ``measure`` given; the other conditions
    are those of `claims`.

    Levels mostly restate a move that has a verdict of its own: counted with the moves they would count it twice.

    ``tolerance`` is the pair of the least and the greatest move that the figure allows.
    """
    asked = {
        "outcome": outcome,
        "symbol": symbol,
        "measure": measure,
        "moves": True if measure is None else None,
        "checked": True,
        "days": days(since, until),
        "as_of": by_the_time(as_of),
        "current": True if as_of is None else None,
    }
    for row in listed(db, VERDICTS if as_of is None else VERDICTS_AS_THEY_STOOD, VERDICT_COLUMNS, asked, limit):
        low, high = row.pop("tolerance_low"), row.pop("tolerance_high")
        lists = {name: json.loads(row[name]) for name in ("windows", "bars")}
        truths = {name: bool(row[name]) for name in ("solved", "loose")}
        yield row | {"tolerance": None if low is None else [low, high]} | truths | lists


def unprocessed(db: Database, fingerprint: str) -> Iterator[tuple[int, Article]]:
    """The current versions, with their numbers, whose findings were not made under that fingerprint; but for those that
    could not be read under it. A story that was withdrawn says nothing any more."""
    for row in _pages(db, UNPROCESSED, {"fingerprint": fingerprint}):
        yield row["id"], to_article(row)


def count_unprocessed(db: Database, fingerprint: str) -> int:
    """How many versions `unprocessed` gives."""
    sql = f"SELECT count(*) AS waiting FROM {WAITING} WHERE {WAITS}"  # noqa: S608 - our own words
    (row,) = rows(db, sql, {"fingerprint": fingerprint})
    return int(row["waiting"])


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCheck:
    """A claim with its number, the version of the article that it stands in, and when that was published."""

    claim_id: int
    version_id: int
    claim: Claim
    published: date | datetime | None


def claims_to_check(db: Database, *, new_only: bool = False) -> Iterator[ToCheck]:
    """The claims of current articles, those of one article after each other; with ``new_only`` those that have no
    verdict, which are all those of an article or none."""
    for row in _pages(db, NEW_TO_CHECK if new_only else TO_CHECK, {}):
        yield ToCheck(
            claim_id=row["id"],
            version_id=row["version_id"],
            claim=from_row(Claim, row),
            published=when(row["published"]),
        )


def _pages(db: Database, sql: str, parameters: dict[str, Any]) -> Iterator[dict[str, Any]]:
    after = 0
    while page := list(rows(db, sql, parameters | {"after": after, "page": PAGE})):
        yield from page
        after = page[-1]["id"]


def articles_between(db: Database, start: datetime, end: datetime, day: date) -> Iterator[tuple[int, Article]]:
    """The articles of a reader's day, with the numbers of their current versions, earliest first.

    The day runs from ``start`` until before ``end``, which are moments in any zone; an article of which only the date
    is known belongs to ``day`` wherever the reader is.
    """
    bounds = {"start": in_utc(start), "end": in_utc(end), "noon": in_utc(datetime.combine(day, NOON))}
    for row in rows(db, BETWEEN, bounds):
        yield row["id"], to_article(row)


def findings_of(db: Database, version_id: int) -> Findings:
    """What was found in one version of an article, just as it was saved.

    Of a version that was not processed yet, or could not be, that is nothing, under an empty fingerprint.

    Raises:
        StoreError: there is no such version.
    """
    head = next(
        rows(
            db,
            "SELECT v.article_id, v.title, v.published, coalesce(r.fingerprint, '') AS fingerprint "
            "FROM article_versions AS v LEFT JOIN runs AS r ON r.id = v.run_id WHERE v.id = ?",
            (version_id,),
        ),
        None,
    )
    if head is None:
        raise StoreError(f"article version {version_id} is not in the database")
    return Findings(
        id=head["article_id"],
        fingerprint=head["fingerprint"],
        title=head["title"],
        published=when(head["published"]),
        mentions=_found(db, "SELECT * FROM mentions WHERE version_id = ? ORDER BY id", version_id, Mention),
        claims=_found(db, "SELECT * FROM claims WHERE version_id = ? ORDER BY id", version_id, Claim),
        quotes=_quotes(db, version_id),
        sentiments=_found(db, "SELECT * FROM sentiments WHERE version_id = ? ORDER BY id", version_id, Sentiment),
        credits=_found(db, "SELECT * FROM credits WHERE version_id = ? ORDER BY id", version_id, Credit),
    )


def _found(db: Database, sql: str, version_id: int, kind: type[Record]) -> tuple[Record, ...]:
    return tuple(from_row(kind, row) for row in rows(db, sql, (version_id,)))


def _quotes(db: Database, version_id: int) -> tuple[Quote, ...]:
    about: defaultdict[int, list[Topic]] = defaultdict(list)
    for row in rows(db, TOPICS, (version_id,)):
        about[row["quote_id"]].append(from_row(Topic, row))
    found = rows(db, "SELECT * FROM quotes WHERE version_id = ? ORDER BY id", (version_id,))
    return tuple(from_row(Quote, row | {"about": tuple(about[row["id"]])}) for row in found)


def verdicts_of(db: Database, version_id: int) -> tuple[Verdict | None, ...]:
    """The verdicts on the claims of one version, in the order of ``findings_of(…).claims``; null where not checked."""
    found = rows(
        db,
        "SELECT d.* FROM claims AS c LEFT JOIN verdicts AS d ON d.claim_id = c.id WHERE c.version_id = ? ORDER BY c.id",
        (version_id,),
    )
    return tuple(from_row(Verdict, row) if row["claim_id"] else None for row in found)


def counts(db: Database) -> dict[str, int]:
    """How many rows each table holds."""
    return {table: db.table(table).count for table in TABLES}
