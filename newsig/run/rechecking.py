"""Verdicts looked at again: what present prices make of them, and which superlatives still hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from newsig import store
from newsig.compare.solving import check_together
from newsig.compare.superlatives import overtaken
from newsig.records import Verdict
from newsig.run.working import asked

if TYPE_CHECKING:
    from sqlite_utils import Database


def recheck(db: Database, symbol: str | None = None) -> Iterator[dict[str, Any]]:
    """Rows of plain JSON values for the claims, of one symbol or of all, whose verdict is not what it was.

    ``now`` is ``changed`` where present prices give another verdict than the stored one, with both; for superlatives
    that were true, ``overtaken`` with the day, or ``holds`` with the last day that is known. Nothing is stored.
    """
    for _, some in groupby(store.claims_to_check(db), key=lambda one: one.version_id):
        article = list(some)
        if symbol is None or any((one.claim.symbol or "").lower() == symbol.lower() for one in article):
            yield from _of_article(db, article, symbol)


def _of_article(db: Database, article: Sequence[store.ToCheck], symbol: str | None) -> Iterator[dict[str, Any]]:
    stored = store.verdicts_of(db, article[0].version_id)
    fresh = check_together([asked(db, one.claim, one.published) for one in article])
    for one, before, after in zip(article, stored, fresh, strict=True):
        if before is None or (symbol is not None and (one.claim.symbol or "").lower() != symbol.lower()):
            continue
        told = {"claim_id": one.claim_id, "symbol": one.claim.symbol, "text": one.claim.text}
        if _answer(before) != _answer(after):
            yield told | _row("changed", before, after, after.end_date)
        elif (
            one.claim.measure == "superlative" and after.outcome == "supported" and after.end_date and one.claim.symbol
        ):
            bars = store.bars(db, one.claim.symbol, date.min, date.max)
            lost, known = overtaken(one.claim, bars, after.end_date)
            yield told | _row("overtaken" if lost else "holds", before, after, lost or known)


def _answer(verdict: Verdict) -> tuple[str | None, ...]:
    return verdict.outcome, verdict.rung, verdict.reason, verdict.price_hash


def _row(now: str, before: Verdict, after: Verdict, day: date | None) -> dict[str, Any]:
    return {
        "true_on": after.end_date.isoformat() if after.end_date and after.outcome == "supported" else None,
        "now": now,
        "day": day.isoformat() if day else None,
        "was": _said(before),
        "is": _said(after),
        "formula_was": before.formula,
        "formula": after.formula,
    }


def _said(verdict: Verdict) -> str:
    return ": ".join(part for part in (verdict.outcome, verdict.reason or verdict.rung) if part)
