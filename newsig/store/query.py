"""What the database says: claims and verdicts as rows, findings as records.

Rows are dictionaries of plain JSON values and come one at a time. Whatever is read in order to be written about
(`unprocessed`, `claims_to_check`) comes in pages, so that no read stays open while the caller writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from newsig.errors import StoreError
from newsig.records import Article, Claim, Findings, Mention, Quote, Sentiment, Verdict
from newsig.store.rows import NOON, Record, from_row, in_utc, to_article, when
from newsig.store.schema import rows

PAGE = 100

TABLES = (
    *("feeds", "articles", "article_versions", "mentions", "claims", "quotes", "sources", "sentiments"),
    *("instruments", "segments", "prices", "verdicts", "runs", "failures"),
)
CLAIM_COLUMNS = """
claim_id, article_id, published, title, text, value, unit, comparator, direction, measure, modality, subject, symbol,
segment, period, period_basis, base_date, end_date, timing, source, hedge, extreme, compared, reach, since_date,
outcome, reason, context
"""
VERDICT_COLUMNS = """
claim_id, article_id, symbol, measure, modality, value, unit, direction, outcome, rung, reason, actual, tolerance_low,
tolerance_high, base_date, end_date, solved, chance, price_source, price_hash, title, formula
"""
FILTERS = {
    "symbol": "symbol = ?",
    "segment": "segment = ?",
    "source": "source_id IN (SELECT id FROM sources"
    " WHERE instr(lower(name || ' ' || coalesce(organisation, '')), lower(?)) > 0)",
    "direction": "direction = ?",
    "minimum": "value >= ?",
    "measure": "measure = ?",
    "moves": "measure NOT IN ('level', 'market_cap', 'superlative', 'streak')",
    "outcome": "outcome = ?",
    "days": "version_id IN (SELECT id FROM article_versions WHERE current = 1 AND published_utc BETWEEN ? AND ?)",
    "contains": "version_id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)",
}
"""What a user may ask of claims and verdicts, as conditions on their views; the values are always parameters."""

UNPROCESSED = """
SELECT v.*, a.url, a.publisher, a.origin FROM article_versions AS v JOIN articles AS a ON a.id = v.article_id
WHERE v.current = 1 AND v.id > :after
  AND (v.run_id IS NULL OR v.run_id NOT IN (SELECT id FROM runs WHERE fingerprint = :fingerprint))
ORDER BY v.id LIMIT :page
"""
TO_CHECK = """
SELECT c.*, v.published FROM claims AS c JOIN article_versions AS v ON v.id = c.version_id AND v.current = 1
WHERE c.id > :after ORDER BY c.id LIMIT :page
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
    limit: int | None = None,
) -> Iterator[dict[str, Any]]:
    """The claims of current articles that meet every condition given, in the order in which they were stored.

    Symbols and segments match whatever their case. ``source`` is a part of a name or organisation, ``minimum`` the
    least value, ``verdict`` an outcome; ``since`` and ``until`` are days in UTC, both included, and leave out articles
    of unknown date; ``contains`` are words that the article must hold, in any order, or a phrase "in double quotes".
    """
    asked = {
        "symbol": symbol,
        "segment": segment,
        "source": source,
        "direction": direction,
        "minimum": minimum,
        "measure": measure,
        "outcome": verdict,
        "days": _days(since, until),
        "contains": None if contains is None else words(db, contains),
    }
    return _select(db, f"SELECT {CLAIM_COLUMNS} FROM claims_view", asked, limit)  # noqa: S608 - our own columns


def verdicts(
    db: Database,
    *,
    outcome: str | None = None,
    symbol: str | None = None,
    measure: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Iterator[dict[str, Any]]:
    """The verdicts on moves of current articles, by claim, or on claims of the ``measure`` given; the other conditions
    are those of `claims`.

    Levels mostly restate a move that has a verdict of its own: counted with the moves they would count it twice.

    ``tolerance`` is the pair of the least and the greatest move that the figure allows.
    """
    asked: dict[str, Any] = {"outcome": outcome, "symbol": symbol, "measure": measure, "days": _days(since, until)}
    if measure is None:
        asked["moves"] = ()
    sql = f"SELECT {VERDICT_COLUMNS} FROM verdicts_view"  # noqa: S608 - our own columns
    for row in _select(db, sql, asked, limit):
        low, high = row.pop("tolerance_low"), row.pop("tolerance_high")
        yield row | {"tolerance": None if low is None else [low, high], "solved": bool(row["solved"])}


def _days(since: date | None, until: date | None) -> tuple[str, str] | None:
    """Bounds on moments written in UTC: "T24" comes after every moment of its day and before the next day."""
    if since is None and until is None:
        return None
    return (since or date.min).isoformat(), f"{(until or date.max).isoformat()}T24"


def _select(db: Database, sql: str, asked: dict[str, Any], limit: int | None) -> Iterator[dict[str, Any]]:
    given = {name: value for name, value in asked.items() if value is not None}
    where = " AND ".join(FILTERS[name] for name in given) or "1"
    parameters = [part for value in given.values() for part in (value if isinstance(value, tuple) else (value,))]
    parameters.append(-1 if limit is None else limit)
    return rows(db, f"{sql} WHERE {where} ORDER BY claim_id LIMIT ?", parameters)


def words(db: Database, text: str) -> str:
    """A user's words as a query of FTS5, in which none of them has a special meaning."""
    return db.quote_fts(text.replace("\0", " ")) or '""'


def unprocessed(db: Database, fingerprint: str) -> Iterator[tuple[int, Article]]:
    """The current versions, with their numbers, whose findings were not made under that fingerprint."""
    for row in _pages(db, UNPROCESSED, {"fingerprint": fingerprint}):
        yield row["id"], to_article(row)


def claims_to_check(db: Database) -> Iterator[tuple[int, Claim, date | datetime | None]]:
    """The claims of current articles: their numbers, the claims, and when the article was published."""
    for row in _pages(db, TO_CHECK, {}):
        yield row["id"], from_row(Claim, row), when(row["published"])


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
        quotes=_found(db, "SELECT * FROM quotes WHERE version_id = ? ORDER BY id", version_id, Quote),
        sentiments=_found(db, "SELECT * FROM sentiments WHERE version_id = ? ORDER BY id", version_id, Sentiment),
    )


def _found(db: Database, sql: str, version_id: int, kind: type[Record]) -> tuple[Record, ...]:
    return tuple(from_row(kind, row) for row in rows(db, sql, (version_id,)))


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
