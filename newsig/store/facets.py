"""What the claims or statements that were asked for have in common: how many are of which kind, and the SQL behind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from newsig.store.filters import claims_asked, quotes_asked
from newsig.store.finding import numbers, written
from newsig.store.listings import CLAIMS, QUOTES
from newsig.store.query import CLAIM_COLUMNS
from newsig.store.schema import rows
from newsig.store.speaking import QUOTE_COLUMNS

Kind = Literal["claims", "statements"]

AMONG = 1000
"""The last rows that are counted: of millions nobody would wait for the rest."""

MOST = 12
"""Values that are told of each facet."""

OF_CLAIMS = """
claims AS c LEFT JOIN verdicts AS d ON d.claim_id = c.id LEFT JOIN source_names AS n ON n.id = c.source_name_id
LEFT JOIN sources AS s ON s.id = n.source_id WHERE c.id IN (SELECT value FROM json_each(:ids))
"""
OF_QUOTES = """
quotes AS q LEFT JOIN source_names AS n ON n.id = q.source_name_id LEFT JOIN sources AS s ON s.id = n.source_id
LEFT JOIN quote_topics AS t ON t.quote_id = q.id WHERE q.id IN (SELECT value FROM json_each(:ids))
"""
FACETS: Mapping[Kind, tuple[str, str, Mapping[str, str]]] = {
    "claims": (
        OF_CLAIMS,
        "c.id",
        {
            "verdict": "d.outcome",
            "symbol": "c.symbol",
            "segment": "c.segment",
            "measure": "c.measure",
            "direction": "c.direction",
            "source": "s.name",
        },
    ),
    "statements": (
        OF_QUOTES,
        "q.id",
        {"source": "s.name", "stance": "q.stance", "symbol": "t.symbol", "segment": "t.segment", "form": "q.kind"},
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many rows were ``found``, and of each facet the commonest values with their numbers; ``more`` says that only
    the last `AMONG` of them were counted."""

    found: int
    more: bool
    values: Mapping[str, tuple[tuple[str, int], ...]]


def facets(db: Database, kind: Kind, given: Mapping[str, Any]) -> Facets:
    """The facets of the last claims or statements that meet what is asked for, as `newsig.store.claims` and
    `newsig.store.quotes` take it."""
    asked = claims_asked(db, given) if kind == "claims" else quotes_asked(db, given)
    sql, parameters = numbers(db, CLAIMS if kind == "claims" else QUOTES, asked, AMONG + 1, newest=True)
    ids = [row["number"] for row in rows(db, sql, parameters)]
    tables, number, columns = FACETS[kind]
    values = {}
    for name, column in columns.items():
        counted = (
            f"SELECT {column} AS value, count(DISTINCT {number}) AS count FROM {tables} AND {column} IS NOT NULL "  # noqa: S608
            f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST:d}"
        )
        found = rows(db, counted, {"ids": json.dumps(ids[:AMONG])})
        values[name] = tuple((str(row["value"]), int(row["count"])) for row in found)
    return Facets(found=min(len(ids), AMONG), more=len(ids) > AMONG, values=values)


def statement(db: Database, kind: Kind, given: Mapping[str, Any], limit: int) -> tuple[str, dict[str, Any]]:
    """The SQL that gives the last of them, with its parameters."""
    if kind == "claims":
        return written(db, CLAIMS, CLAIM_COLUMNS, claims_asked(db, given), limit, newest=True)
    return written(db, QUOTES, QUOTE_COLUMNS, quotes_asked(db, given), limit, newest=True)
