"""Articles → findings → verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, count, groupby, tee
from typing import TYPE_CHECKING

from newsig import instruments, store
from newsig.compare.base_rates import horizon
from newsig.compare.check import Asked, needed
from newsig.compare.solving import check_together
from newsig.errors import StoreError
from newsig.market.returns import printed_bar
from newsig.records import Article, Claim, Failure, Findings, Split, Verdict
from newsig.run.copying import cluster
from newsig.run.desks import Desk, Tally
from newsig.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from sqlite_utils import Database

Load = Callable[[Settings], "Language"]
"""What gives the language model of some settings."""

KEPT = 100
"""How often a language model is used that is kept."""

CLAIMS = 500
"""Claims whose verdicts are written in one transaction."""

FOUND = ("mentions", "claims", "quotes", "sentiments", "credits")


def extract(articles: Iterable[Article | Failure], settings: Settings) -> Iterator[Findings | Failure]:
    """The findings of articles without any database; failures pass through in their places.

    Raises:
        ModelError: the language model cannot be used.
    """
    from newsig import extract as extraction

    nlp, mark = extraction.load(settings), extraction.fingerprint(settings)
    for failed, group in groupby(articles, key=lambda item: isinstance(item, Failure)):
        if failed:
            yield from (item for item in group if isinstance(item, Failure))
        else:
            yield from extraction.extract((item for item in group if isinstance(item, Article)), nlp, mark)


def explain(articles: Iterable[Article | Failure], settings: Settings) -> Iterator[list[str] | Failure]:
    """For each article the lines that say how it was read and why; failures pass through in their places.

    Raises:
        ModelError: the language model cannot be used.
    """
    from newsig import extract as extraction

    nlp = extraction.load(settings)
    for item in articles:
        yield from [item] if isinstance(item, Failure) else extraction.explain([item], nlp)


def process(desk: Desk, settings: Settings, load: Load | None = None) -> Tally:
    """Extract from every article that this fingerprint has not been over; counts ``articles`` and what was found.

    Before that, whatever brought them in, the articles are held against each other for copies: no tone and no score
    is told without.
    ``load`` gives the language model, for those who keep one from one time to the next; None loads it.

    Raises:
        ModelError: the language model cannot be used.
    """
    from newsig import extract as extraction

    cluster(desk)
    tally = Tally()
    mark = extraction.fingerprint(settings)
    waiting = store.unprocessed(desk.db, mark)
    first = next(waiting, None)
    if first is None:
        return tally
    nlp = (load or extraction.load)(settings)
    run_id = store.start_run(desk.db, mark, extraction.details(settings), desk.clock())
    versions, articles = tee(chain([first], waiting))
    found = extraction.extract((article for _, article in articles), nlp, mark)
    for (version_id, article), findings in zip(versions, found, strict=True):
        _save(desk, version_id, article, findings, run_id, tally)
        desk.on_done(1)
    articles_done = tally.counts["articles"]
    store.finish_run(desk.db, run_id, finished_at=desk.clock(), articles=articles_done, failures=tally.failures)
    return tally


def _save(
    desk: Desk, version_id: int, article: Article, findings: Findings | Failure, run_id: int, tally: Tally
) -> None:
    if isinstance(findings, Findings):
        try:
            store.save_findings(desk.db, version_id, findings, run_id)
        except StoreError as error:
            if error.for_all:
                raise
            findings = Failure(stage="process", place=article.origin or article.id, reason=str(error))
        else:
            tally.counts["articles"] += 1
            tally.counts.update({name: len(getattr(findings, name)) for name in FOUND})
            return
    desk.fail(replace(findings, stage="process"), tally, run_id)


def kept() -> Load:
    """A way to load the language model that keeps it, and loads it anew when what makes the findings has changed, or
    after `KEPT` times: its vocabulary grows with every word that it meets, and never shrinks."""
    from newsig import extract as extraction

    held: dict[str, Language] = {}
    asked = count()

    def load(settings: Settings) -> Language:
        mark = extraction.fingerprint(settings)
        if mark not in held or next(asked) % KEPT == KEPT - 1:
            held.clear()
            held[mark] = extraction.load(settings)
        return held[mark]

    return load


def check(desk: Desk, *, new_only: bool = False) -> Tally:
    """Hold every claim against the stored closes; counts the outcomes.

    With ``new_only`` those without a verdict: enough where neither prices nor newsig changed since the others got
    theirs.
    """
    tally = Tally()
    articles = groupby(store.claims_to_check(desk.db, new_only=new_only), key=lambda one: one.version_id)
    waiting: list[tuple[int, Verdict, str | None]] = []
    for _, some in articles:
        waiting += _verdicts(desk.db, list(some))
        if len(waiting) >= CLAIMS:
            _keep(desk, waiting, tally)
            waiting = []
    _keep(desk, waiting, tally)
    return tally


def _keep(desk: Desk, verdicts: Sequence[tuple[int, Verdict, str | None]], tally: Tally) -> None:
    store.save_verdicts(desk.db, verdicts, checked_at=desk.clock())
    tally.counts.update(verdict.outcome for _, verdict, _ in verdicts)
    desk.on_done(len(verdicts))


def _verdicts(db: Database, claims: Sequence[store.ToCheck]) -> list[tuple[int, Verdict, str | None]]:
    """The verdicts on the claims of one article, with their numbers and where the prices they rest on came from."""
    verdicts = check_together([asked(db, one.claim, one.published) for one in claims])
    return [(one.claim_id, verdict, _source(db, verdict)) for one, verdict in zip(claims, verdicts, strict=True)]


def asked(db: Database, claim: Claim, published: date | datetime | None) -> Asked:
    """A claim with the stored bars that a check of it reads."""
    market = instruments.market(claim.symbol) if claim.symbol else "XNYS"
    splits = _splits(db, claim)
    wanted = needed(claim, market, published, as_printed=splits is not None)
    if wanted is None and claim.symbol is not None and horizon(claim) is not None:
        wanted = claim.symbol, date.min, date.max  # earlier cases are sought in all that is known
    bars = store.bars(db, *wanted) if wanted else []
    return Asked(
        claim=claim,
        bars=bars if splits is None else [printed_bar(bar, splits) for bar in bars],
        published=published,
        market=market,
        reused=instruments.reused().get(claim.symbol or ""),
        as_printed=splits is not None,
    )


def _splits(db: Database, claim: Claim) -> list[Split] | None:
    """For the level of a share what its price was divided by since; None for all else, and where that is not known."""
    if claim.measure != "level" or claim.unit != "usd" or claim.symbol is None or claim.end_date is None:
        return None
    kind = instruments.instruments().get(claim.symbol)
    if kind is None or kind.kind not in ("stock", "etf"):
        return None
    return store.splits_behind(db, claim.symbol, claim.end_date)


def _source(db: Database, verdict: Verdict) -> str | None:
    """Where the first and the last of the bars that a verdict rests on came from."""
    if not verdict.bars:
        return None
    first, last = verdict.bars[0], verdict.bars[-1]
    return store.price_source(db, first.symbol, first.day, last.day)
