"""Articles → findings, and claims → verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from newsig import instruments, store
from newsig.compare.base_rates import horizon
from newsig.compare.check import Asked, needed
from newsig.compare.solving import check_together
from newsig.market.returns import printed_bar
from newsig.records import Article, Claim, Failure, Findings, Split, Verdict
from newsig.run.crew import crew
from newsig.run.desks import Desk, Tally
from newsig.settings import Settings

if TYPE_CHECKING:
    from sqlite_utils import Database

CLAIMS = 500
"""Claims whose verdicts are written in one transaction."""


def extract(
    articles: Iterable[Article | Failure], settings: Settings, *, workers: int | None = None
) -> Iterator[Findings | Failure]:
    """The findings of articles without any database; failures pass through in their places.

    ``workers`` is how many processes read, by default what the settings say.

    Raises:
        ModelError: the language model cannot be used.
        StartError: no worker could be started.
    """
    return (found for _, found in crew(((None, article) for article in articles), settings, workers=workers))


def explain(articles: Iterable[Article | Failure], settings: Settings) -> Iterator[list[str] | Failure]:
    """For each article the lines that say how it was read and why; failures pass through in their places.

    Raises:
        ModelError: the language model cannot be used.
    """
    from newsig import extract as extraction

    nlp = extraction.load(settings)
    for item in articles:
        yield from [item] if isinstance(item, Failure) else extraction.explain([item], nlp)


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
