"""What the database holds, for the digest and for those who look after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from newsig import instruments, store
from newsig.records import LANDMARKS, Article, Sentiment
from newsig.report.digest import Move, Story, Tone, day_bounds
from newsig.report.leads import lead
from newsig.run.copying import copies_among
from newsig.store.rows import in_utc
from newsig.store.schema import rows

if TYPE_CHECKING:
    from sqlite_utils import Database

FAILURES = "SELECT at, stage, place, reason, seen, run_id FROM failures ORDER BY id"
CLAIMED = """
SELECT c.symbol, count(*) AS told FROM article_versions AS v CROSS JOIN claims AS c ON c.version_id = v.id
WHERE v.current = 1 AND v.published_utc >= {} AND v.published_utc < {} AND c.symbol IS NOT NULL GROUP BY c.symbol
"""
NEW_SYMBOLS = f"""
SELECT symbol FROM ({CLAIMED.format(":start", ":end")})
WHERE symbol NOT IN (SELECT symbol FROM ({CLAIMED.format(":before", ":start")})) ORDER BY told DESC, symbol
"""  # noqa: S608 - our own words
NEW_SOURCES = "SELECT id, name FROM sources WHERE first_seen >= :start AND first_seen < :end ORDER BY name, id"
LAST_STORY = "SELECT max(published_utc) AS at FROM article_versions WHERE current = 1 AND published_utc < :end"
LAST_RUN = "SELECT * FROM runs ORDER BY id DESC LIMIT 1"


def stories(db: Database, day: date, zone: ZoneInfo) -> tuple[list[Story], int]:
    """The articles of a reader's day with what was found in them, and how many of them were not processed yet.

    Copies are told with the story that they are of: the original, where it is of that day, else the first copy.
    """
    told, waiting = stories_by_article(db, day, zone)
    return list(told.values()), waiting


def stories_by_article(db: Database, day: date, zone: ZoneInfo) -> tuple[dict[str, Story], int]:
    """The same by the ids of the articles, in their order."""
    start, end = day_bounds(day, zone)
    told: dict[str, Story] = {}
    waiting = 0
    of_day = dict(store.articles_between(db, start, end, day))
    found = {version_id: store.findings_of(db, version_id) for version_id in of_day}
    unread = {version_id for version_id, findings in found.items() if not findings.fingerprint}
    copies = copies_among(db, list(of_day), without=unread)
    for version_id, article in of_day.items():
        findings = found[version_id]
        waiting += version_id in unread
        if version_id in copies:
            continue
        checked = zip(findings.claims, store.verdicts_of(db, version_id), strict=True)
        moves = [(claim, verdict) for claim, verdict in checked if claim.measure not in LANDMARKS]
        told[article.id] = _story(
            article,
            moves=tuple(Move(claim=claim, verdict=verdict) for claim, verdict in moves),
            sources=findings.quotes,
            tone=_tone(findings.sentiments),
            copies=tuple(of_day[copy].publisher for copy, original in copies.items() if original == version_id),
        )
    return told, waiting


def _story(article: Article, **found: Any) -> Story:
    return Story(
        title=article.title,
        url=article.url,
        publisher=article.publisher,
        published=article.published,
        lead=lead(article.text),
        **found,
    )


def _tone(sentiments: tuple[Sentiment, ...]) -> tuple[Tone, ...]:
    labels = Counter((_target(tone), tone.label) for tone in sentiments)
    return tuple(Tone(target=target, label=label, count=count) for (target, label), count in labels.items())


def _target(tone: Sentiment) -> str:
    """What a reader calls a target of tone."""
    if tone.symbol is not None:
        known = instruments.instruments().get(tone.symbol)
        return known.name if known else tone.target.text
    segment = instruments.segments().get(tone.segment or "")
    return segment.name if segment else tone.target.text


def news_of_day(db: Database, day: date, zone: ZoneInfo) -> tuple[list[str], list[tuple[int, str]]]:
    """What is spoken of in a reader's day and was not in the day before: the symbols of claims, most often told first,
    and the sources, with their numbers, that were never heard before."""
    start, end = (in_utc(moment) for moment in day_bounds(day, zone))
    before = in_utc(day_bounds(day - timedelta(days=1), zone)[0])
    of = {"before": before, "start": start, "end": end}
    symbols = [row["symbol"] for row in rows(db, NEW_SYMBOLS, of)]
    return symbols, [(row["id"], row["name"]) for row in rows(db, NEW_SOURCES, of)]


def last_day(db: Database, until: date, zone: ZoneInfo) -> date | None:
    """The last day up to ``until`` of which there are stories; None where there is none."""
    (found,) = rows(db, LAST_STORY, {"end": in_utc(day_bounds(until, zone)[1])})
    return datetime.fromisoformat(found["at"]).astimezone(zone).date() if found["at"] else None


def failures(db: Database) -> Iterator[dict[str, Any]]:
    """What could not be taken in, in the order in which it was first met, as rows of plain JSON values."""
    return rows(db, FAILURES)


def last_run(db: Database) -> dict[str, Any] | None:
    """The latest run's row; null where nothing was processed yet."""
    return next(rows(db, LAST_RUN), None)
