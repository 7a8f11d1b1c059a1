"""The line on one machine: the only place where the steps meet.

Each function here is one command's work. Files, network, clock and database come in as arguments; what goes wrong
with one article, feed or row is stored as a failure, told to ``on_failure``, and never stops the others.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from zoneinfo import ZoneInfo

from newsig import instruments, store
from newsig.collect.archives import read_archive
from newsig.compare.check import check as check_claim
from newsig.compare.check import needed
from newsig.errors import CollectError, ReadError, StoreError
from newsig.market.prices import read_prices
from newsig.read.article import read
from newsig.records import Article, Claim, Failure, Findings, Page, Price, Verdict, row
from newsig.report.digest import Move, Story, Tone, day_bounds
from newsig.report.leads import lead
from newsig.settings import Settings

if TYPE_CHECKING:
    from sqlite_utils import Database

    from newsig.collect.http import Fetch

Clock = Callable[[], datetime]
OnFailure = Callable[[Failure], None]
OnDone = Callable[[int], None]
BATCH = 500
"""Prices and verdicts written in one transaction."""


def now() -> datetime:
    """The time of day, in UTC."""
    return datetime.now(UTC)


def _silent(_: Any) -> None:
    """The listener of those who do not listen."""


@dataclass(slots=True)
class Tally:
    """What a command did: how many of what came out how, and how many failures it stored."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: int = 0


def open_database(path: str | Path, *, create: bool = True) -> Database:
    """The database at ``path``, up to date, with the packaged instruments and segments in it.

    Raises:
        StoreError: see `newsig.store.schema.open_db`.
    """
    db = store.open_db(path, create=create)
    store.sync_instruments(db, instruments.instruments().values(), instruments.segments().values())
    return db


def read_articles(paths: Sequence[str | Path], *, published: date | datetime | None = None, stdin: BinaryIO | None = None) -> Iterator[Article | Failure]:
    """The articles of files and folders, read into plain text; a failure for each that cannot be."""
    for page in read_archive(paths, published=published, stdin=stdin):
        yield page if isinstance(page, Failure) else _article(page, published)


def _article(page: Page, published: date | datetime | None = None) -> Article | Failure:
    try:
        return read(page, published=published)
    except ReadError as error:
        return Failure(stage="ingest", place=page.origin, reason=str(error))


def extract(articles: Iterable[Article | Failure], settings: Settings) -> Iterator[Findings | Failure]:
    """The findings of articles without any database; failures pass through in their places.

    Raises:
        ModelError: the language model cannot be used.
    """
    from newsig import extract as extraction

    nlp, mark = extraction.load(settings), extraction.fingerprint(settings)
    for failed, group in itertools.groupby(articles, key=lambda item: isinstance(item, Failure)):
        if failed:
            yield from (item for item in group if isinstance(item, Failure))
        else:
            yield from extraction.extract((item for item in group if isinstance(item, Article)), nlp, mark)


def ingest(
    db: Database, paths: Sequence[str | Path], *, published: date | datetime | None = None, stdin: BinaryIO | None = None,
    clock: Clock = now, on_failure: OnFailure = _silent, on_done: OnDone = _silent,
) -> Tally:  # fmt: skip
    """Bring the articles of files and folders into the database; counts ``new``, ``revised`` and ``unchanged``."""
    tally = Tally()
    for item in read_articles(paths, published=published, stdin=stdin):
        _keep(db, item, tally, clock, on_failure)
        on_done(1)
    return tally


def _keep(db: Database, item: Article | Failure, tally: Tally, clock: Clock, on_failure: OnFailure) -> None:
    if isinstance(item, Article):
        try:
            tally.counts[store.save_article(db, item, clock()).status] += 1
            return
        except StoreError as error:
            item = Failure(stage="ingest", place=item.origin or item.id, reason=str(error))
    _fail(db, item, tally, clock, on_failure)


def _fail(db: Database, failure: Failure, tally: Tally, clock: Clock, on_failure: OnFailure, run_id: int | None = None) -> None:
    tally.failures += 1
    store.record_failure(db, failure, clock(), run_id)
    on_failure(failure)


def collect(
    db: Database, fetch: Fetch, *, feeds: Sequence[str] = (), clock: Clock = now, on_failure: OnFailure = _silent, on_done: OnDone = _silent
) -> Tally:
    """Visit the feeds (all that are stored, or those named) and bring in their stories.

    Counts ``feeds``, ``not modified``, ``new``, ``revised`` and ``unchanged``.
    """
    tally = Tally()
    for feed in store.list_feeds(db):
        if not feeds or feed["url"] in feeds:
            _visit(db, feed, fetch, tally, clock, on_failure)
            on_done(1)
    return tally


def _visit(db: Database, feed: dict[str, Any], fetch: Fetch, tally: Tally, clock: Clock, on_failure: OnFailure) -> None:
    from newsig.collect.feeds import collect_feed

    try:
        got = collect_feed(feed["url"], fetch, etag=feed["etag"], last_modified=feed["last_modified"])
    except CollectError as error:
        store.update_feed(db, feed["url"], fetched_at=clock(), status=None, error=str(error))
        _fail(db, Failure(stage="collect", place=feed["url"], reason=str(error)), tally, clock, on_failure)
        return
    tally.counts["feeds"] += 1
    tally.counts["not modified"] += got.not_modified
    for item in (*map(_article, got.pages), *got.failures):
        _keep(db, item if isinstance(item, Article) else replace(item, stage="collect"), tally, clock, on_failure)
    # The feed's marks come last: a visit cut off half way is made again, whole.
    store.update_feed(
        db, feed["url"], fetched_at=clock(), status=304 if got.not_modified else 200, etag=got.etag, last_modified=got.last_modified, title=got.title
    )


def process(db: Database, settings: Settings, *, clock: Clock = now, on_failure: OnFailure = _silent, on_done: OnDone = _silent) -> Tally:
    """Extract from every article that this fingerprint has not been over; counts ``articles`` and what was found.

    Raises:
        ModelError: the language model cannot be used.
    """
    from newsig import extract as extraction

    tally = Tally()
    mark = extraction.fingerprint(settings)
    waiting = store.unprocessed(db, mark)
    first = next(waiting, None)
    if first is None:
        return tally
    nlp = extraction.load(settings)
    run_id = store.start_run(db, mark, extraction.details(settings), clock())
    versions, articles = itertools.tee(itertools.chain([first], waiting))
    found = extraction.extract((article for _, article in articles), nlp, mark)
    for (version_id, article), findings in zip(versions, found, strict=True):
        if isinstance(findings, Findings):
            store.save_findings(db, version_id, findings, run_id)
            tally.counts["articles"] += 1
            for name in ("mentions", "claims", "quotes", "sentiments"):
                tally.counts[name] += len(getattr(findings, name))
        else:
            _fail(db, replace(findings, stage="process", place=article.origin or article.id), tally, clock, on_failure, run_id)
        on_done(1)
    store.finish_run(db, run_id, finished_at=clock(), articles=tally.counts["articles"], failures=tally.failures)
    return tally


def import_prices(
    db: Database, paths: Sequence[str | Path], *, clock: Clock = now, on_failure: OnFailure = _silent, on_done: OnDone = _silent
) -> Tally:
    """Bring price files into the database; counts ``prices``.

    Raises:
        PriceError: a file cannot be read as prices at all.
    """
    tally = Tally()
    for path in paths:
        items = read_prices(path)
        while batch := list(itertools.islice(items, BATCH * 10)):
            for failure in (item for item in batch if isinstance(item, Failure)):
                _fail(db, failure, tally, clock, on_failure)
            tally.counts["prices"] += store.save_prices(db, [item for item in batch if isinstance(item, Price)], Path(path).name)
            on_done(len(batch))
    return tally


def check(db: Database, *, clock: Clock = now, on_done: OnDone = _silent) -> Tally:
    """Hold every claim against the stored closes; counts the outcomes."""
    tally = Tally()
    claims = store.claims_to_check(db)
    while batch := list(itertools.islice(claims, BATCH)):
        verdicts = [(claim_id, _verdict(db, claim, published)) for claim_id, claim, published in batch]
        store.save_verdicts(db, verdicts, checked_at=clock(), price_source="prices")
        tally.counts.update(verdict.outcome for _, verdict in verdicts)
        on_done(len(batch))
    return tally


def _verdict(db: Database, claim: Claim, published: date | datetime | None) -> Verdict:
    market = instruments.market(claim.symbol) if claim.symbol else "XNYS"
    wanted = needed(claim, market)
    return check_claim(claim, store.bars(db, *wanted) if wanted else (), published=published, market=market)


def stories(db: Database, day: date, zone: ZoneInfo) -> list[Story]:
    """The articles of a reader's day with what was found in them, for the digest."""
    start, end = day_bounds(day, zone)
    return [_story(db, version_id, article) for version_id, article in store.articles_between(db, start, end, day)]


def _story(db: Database, version_id: int, article: Article) -> Story:
    findings = store.findings_of(db, version_id)
    verdicts = store.verdicts_of(db, version_id)
    labels = Counter((_target(s.symbol, s.segment, s.target.text), s.label) for s in findings.sentiments)
    return Story(
        title=article.title,
        url=article.url,
        publisher=article.publisher,
        published=article.published,
        lead=lead(article.text),
        moves=tuple(Move(claim=claim, verdict=verdict) for claim, verdict in zip(findings.claims, verdicts, strict=True)),
        sources=findings.quotes,
        tone=tuple(Tone(target=target, label=label, count=count) for (target, label), count in labels.items()),
    )


def _target(symbol: str | None, segment: str | None, words: str) -> str:
    """What a reader calls a target of tone."""
    if symbol is not None:
        known = instruments.instruments().get(symbol)
        return known.name if known else words
    return instruments.segments()[segment].name if segment in instruments.segments() else words


def as_row(findings: Findings) -> dict[str, Any]:
    """Findings in the record format: one JSON object per article."""
    return row(findings)
