"""Who is quoted: the list of sources, and of each what was said, what was foretold and how that came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from newsig import run, store
from newsig.records import row
from newsig.serve.answering import AbsentError, Answer, Query, Site
from newsig.serve.asking import told_row
from newsig.serve.rendering import render
from newsig.store.schema import rows

if TYPE_CHECKING:
    from sqlite_utils import Database

MOST = 100
"""Sources in the list, and the last statements and calls of one."""

BACK = timedelta(days=730)
"""How far back from the last statement calls are graded: a page must not take long."""

SOURCE = "SELECT * FROM sources WHERE id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source with its last statements, and its calls since ``since``, last first, with the ``score`` they make; null
    without any."""

    head: Mapping[str, Any]
    statements: tuple[dict[str, Any], ...]
    calls: tuple[dict[str, Any], ...]
    score: Mapping[str, Any] | None
    since: date


def source(db: Database, source_id: int, now: datetime) -> Source:
    """What there is of one source, by its number.

    Raises:
        AbsentError: there is none of that number.
        StoreError: the database could not be read.
    """
    head = next(rows(db, SOURCE, (source_id,)), None)
    if head is None:
        raise AbsentError(f"There is no source {source_id}.")
    last = datetime.fromisoformat(head["last_seen"]).astimezone(UTC).date()
    since = last - min(BACK, last - date.min)
    scored = [one for one in run.scorecard(db, now=now, name=head["name"], since=since) if one.source_id == source_id]
    calls = [one for each in scored for one in each.call_rows()]
    return Source(
        head=head,
        statements=tuple(store.quotes_of(db, source_id, MOST)),
        calls=tuple(reversed(calls))[:MOST],
        score=row(scored[0].score) if scored else None,
        since=since,
    )


def voice(db: Database, site: Site, rest: str, query: Query) -> Answer:  # noqa: ARG001 - every page's signature
    """The page of one source."""
    if not (rest.isascii() and rest.isdigit() and len(rest) < 19):
        raise AbsentError(f"There is no source {rest!r}.")
    told = source(db, int(rest), datetime.now(UTC))
    statements = [told_row(one) for one in told.statements]
    body = render("source.html", title=told.head["name"], told=told, statements=statements, zone=site.zone, most=MOST)
    return Answer(body=body)


def voices(db: Database, site: Site, rest: str, query: Query) -> Answer:  # noqa: ARG001
    """The list of sources, those with most statements first, or of those whose name holds some words."""
    words = query.get("name", "").strip()
    found = list(store.sources(db, contains=words or None, limit=MOST + 1))
    body = render("sources.html", title="Sources", found=found[:MOST], more=len(found) > MOST, words=words)
    return Answer(body=body)
