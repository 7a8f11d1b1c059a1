"""Where one claim comes from: its article as it stood, the run that found it, and what its verdict rests on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from newsig.errors import StoreError
from newsig.records import Article, Claim, Verdict
from newsig.store.rows import from_row, to_article
from newsig.store.schema import rows

ORIGIN = """
SELECT v.*, a.url, a.publisher, a.origin, c.id AS claim_id, c.run_id AS made_in, r.fingerprint, r.details, r.started_at
FROM claims AS c JOIN article_versions AS v ON v.id = c.version_id JOIN articles AS a ON a.id = v.article_id
JOIN runs AS r ON r.id = c.run_id WHERE c.id = ?
"""
CLAIM = "SELECT * FROM claims WHERE id = ?"
VERDICT = "SELECT * FROM verdicts WHERE claim_id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A claim with what stands behind it.

    ``version`` counts the article's versions from 1, ``current`` says that it is the one that counts. ``fingerprint``
    sums up what made the claim and ``details`` spells it out, ``run_id`` and ``started_at`` are of the run in which it
    was made; ``price_source`` and ``checked_at`` of the verdict, null where there is none.
    """

    claim_id: int
    claim: Claim
    article: Article
    version_id: int
    version: int
    current: bool
    run_id: int
    started_at: str
    fingerprint: str
    details: Mapping[str, Any]
    verdict: Verdict | None = None
    price_source: str | None = None
    checked_at: str | None = None


def origin(db: Database, claim_id: int) -> Origin:
    """The claim of that number, with what stands behind it.

    Raises:
        StoreError: there is no such claim.
    """
    found = next(rows(db, ORIGIN, (claim_id,)), None)
    if found is None:
        raise StoreError(
            f"there is no claim {claim_id}: `newsig claims` lists their numbers, and articles that are processed again "
            "get new ones"
        )
    (claim,) = rows(db, CLAIM, (claim_id,))
    verdict = next(rows(db, VERDICT, (claim_id,)), None)
    return Origin(
        claim_id=claim_id,
        claim=from_row(Claim, claim),
        article=to_article(found),
        version_id=found["id"],
        version=found["version"],
        current=bool(found["current"]),
        run_id=found["made_in"],
        started_at=found["started_at"],
        fingerprint=found["fingerprint"],
        details=json.loads(found["details"]),
        verdict=from_row(Verdict, verdict) if verdict else None,
        price_source=verdict["price_source"] if verdict else None,
        checked_at=verdict["checked_at"] if verdict else None,
    )
