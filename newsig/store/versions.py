"""The versions of a story, and the articles that may be copies of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from newsig.errors import StoreError
from newsig.records import Article
from newsig.store.filters import conditions, days
from newsig.store.identity import plain
from newsig.store.rows import in_utc, to_article
from newsig.store.schema import rows

COPIED_WITHIN = timedelta(days=7)
"""How far apart two copies of a story may have appeared."""

MATCHES = 10
"""How many of several stories an error names."""

VERSION = """
SELECT v.*, a.url, a.publisher, a.origin, coalesce(v.published_utc, v.seen_at) AS at,
  coalesce(r.fingerprint, '') AS fingerprint
FROM article_versions AS v JOIN articles AS a ON a.id = v.article_id LEFT JOIN runs AS r ON r.id = v.run_id
"""
OF_ARTICLE = f"{VERSION} WHERE v.article_id = ? ORDER BY v.version"
TITLES = "SELECT article_id, title FROM article_versions WHERE current = 1 ORDER BY id"
MAY_BE_COPIES = f"""
{VERSION}
WHERE v.article_id <> :article AND v.run_id IS NOT NULL
  AND v.id IN (
    SELECT id FROM article_versions WHERE current = 1 AND published_utc BETWEEN :first AND :last UNION ALL
    SELECT id FROM article_versions WHERE current = 1 AND published_utc IS NULL AND seen_at BETWEEN :first AND :last)
  AND (
    v.id IN (SELECT other_id FROM copies WHERE version_id = :version)
    OR EXISTS (SELECT 1 FROM mentions AS m JOIN mentions AS n ON n.symbol = m.symbol OR n.segment = m.segment
      WHERE m.version_id = :version AND n.version_id = v.id)
    OR EXISTS (SELECT 1 FROM quotes AS q JOIN quotes AS p ON p.speaker = q.speaker
      WHERE q.version_id = :version AND p.version_id = v.id)
    OR NOT EXISTS (SELECT 1 FROM mentions WHERE version_id = :version UNION ALL
      SELECT 1 FROM quotes WHERE version_id = :version AND speaker IS NOT NULL)
  )
ORDER BY at, v.id
"""  # noqa: S608 - our own words
READ = """
SELECT v.id, v.article_id, v.title, v.published, v.text FROM article_versions AS v
WHERE v.current = 1 AND v.run_id IS NOT NULL AND {where} ORDER BY v.id
"""
READ_IDS = (
    "SELECT v.id FROM article_versions AS v WHERE v.current = 1 AND v.run_id IS NOT NULL AND {where} ORDER BY v.id"
)
READ_FILTERS = {"article": "v.article_id = ?", "days": "v.published_utc BETWEEN ? AND ?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an article. ``at`` is when it was published, or first seen where that is not known;
    ``fingerprint`` is of what made its findings, empty where it was never processed; ``from_page`` says that its text
    came from the page that a feed's entry links to, ``current`` that it is
    the one that counts."""

    id: int
    number: int
    article: Article
    at: datetime
    seen_at: datetime
    fingerprint: str
    from_page: bool = False
    current: bool = True


def find_story(db: Database, words: str) -> str:
    """The id of the article that words mean: its id, or its title or a part of that, whatever the case and accents.

    Raises:
        StoreError: they mean none, or several, which the sentence names.
    """
    if next(rows(db, "SELECT 1 FROM articles WHERE id = ?", (words,)), None):
        return words
    wanted = plain(words)
    found = [(row["article_id"], row["title"]) for row in rows(db, TITLES) if wanted in plain(row["title"] or "")]
    found = [match for match in found if plain(match[1]) == wanted] or found
    if not found:
        raise StoreError(f"no story has the id {words!r}, or these words in its title: give other words, or an id")
    if len(found) > 1:
        named = "; ".join(f"{article} ({title})" for article, title in found[:MATCHES])
        more = f"; and {len(found) - MATCHES:,} more" if len(found) > MATCHES else ""
        raise StoreError(f"{words!r} is in the titles of {len(found):,} stories, give the id of one: {named}{more}")
    return str(found[0][0])


def versions_of(db: Database, article_id: str) -> list[Version]:
    """Every version of an article, the first one first."""
    return [_version(row) for row in rows(db, OF_ARTICLE, (article_id,))]


def may_be_copies(db: Database, of: Version) -> Iterator[Version]:
    """The current articles that appeared at most `COPIED_WITHIN` from this version and are linked to it as copies, name
    one thing, or quote one speaker, that it does; where it does neither of these two, all of them."""
    bounds = {"first": in_utc(_moved(of.at, -COPIED_WITHIN)), "last": in_utc(_moved(of.at, COPIED_WITHIN))}
    found = rows(db, MAY_BE_COPIES, bounds | {"article": of.article.id, "version": of.id})
    return (_version(row) for row in found)


def _moved(at: datetime, by: timedelta) -> datetime:
    try:
        return at + by
    except OverflowError:  # at either end of the calendar
        return at


def _version(row: dict[str, Any]) -> Version:
    return Version(
        id=row["id"],
        number=row["version"],
        article=to_article(row),
        at=datetime.fromisoformat(row["at"]),
        seen_at=datetime.fromisoformat(row["seen_at"]),
        fingerprint=row["fingerprint"],
        from_page=bool(row["from_page"]),
        current=bool(row["current"]),
    )


def read_versions(db: Database, *, since: date | None = None, until: date | None = None) -> list[int]:
    """The numbers of the versions that `read_texts` gives of these days."""
    where, given = conditions(READ_FILTERS, {"days": days(since, until)})
    return [row["id"] for row in rows(db, READ_IDS.format(where=where), given)]


def read_texts(
    db: Database, *, article: str | None = None, since: date | None = None, until: date | None = None
) -> Iterator[dict[str, Any]]:
    """The current articles that were processed, with their texts, one at a time: of one id, or of days in UTC, both
    included, which leave out articles of unknown date."""
    where, given = conditions(READ_FILTERS, {"article": article, "days": days(since, until)})
    return rows(db, READ.format(where=where), given)
