"""What can be asked of claims and of statements, and the ways that lead to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from newsig.store.finding import Listing, Way

TOPIC = """
SELECT quote_id FROM quote_topics WHERE symbol = :about UNION SELECT quote_id FROM quote_topics WHERE segment = :about
"""
STORY = 10
"""About how many claims, and statements with what is read of them, a story has."""

GLANCED_AT = "article_versions AS v INDEXED BY versions_at_a_glance ON v.id = {}.version_id"
"""How the version of what stands now is looked up: without its text."""

READ = "article_versions AS v ON v.id = {}.version_id"
BETWEEN = "v.published_utc BETWEEN :days_1 AND :days_2"
KNOWN = "{0}.seen_at <= :as_of AND {0}.past = 0 AND ({0}.run_id IS NOT NULL OR {0}.standing = 'withdrawn')"
AS_OF = f"""
{KNOWN.format("v")} AND NOT EXISTS (
  SELECT 1 FROM article_versions AS w WHERE w.article_id = v.article_id AND w.version > v.version
    AND {KNOWN.format("w")})
"""  # noqa: S608 - our own words
"""Of each article the last version that was seen, and read, by a moment."""

WORDS = "EXISTS (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :contains AND rowid = v.id)"
WORDS_OF_DAYS = """
v.id IN (
  SELECT rowid FROM articles_fts WHERE articles_fts MATCH :contains AND rowid BETWEEN
    (SELECT min(id) FROM article_versions WHERE published_utc BETWEEN :days_1 AND :days_2)
    AND (SELECT max(id) FROM article_versions WHERE published_utc BETWEEN :days_1 AND :days_2))
"""
"""All that hold the words at once, and not one by one; the numbers of some days' versions mostly lie together."""

WORDS_NOW = """
EXISTS (SELECT 1 FROM article_versions AS w CROSS JOIN articles_fts AS f ON f.rowid = w.id
  WHERE w.article_id = v.article_id AND w.current = 1 AND f.articles_fts MATCH :contains)
"""
CLAIM_CONDITIONS = {
    "symbol": "+c.symbol = :symbol",
    "segment": "+c.segment = :segment",
    "source": "+c.source_name_id IN (SELECT value FROM json_each(:source))",
    "direction": "+c.direction = :direction",
    "minimum": "c.value >= :minimum",
    "measure": "+c.measure = :measure",
    "moves": "c.measure NOT IN ('level', 'market_cap', 'superlative', 'streak')",
    "checked": "EXISTS (SELECT 1 FROM verdicts AS d WHERE d.claim_id = c.id)",
    "outcome": "EXISTS (SELECT 1 FROM verdicts AS d WHERE d.claim_id = c.id AND +d.outcome = :outcome)",
    "days": BETWEEN,
    "current": "v.current = 1",
    "as_of": AS_OF,
}
QUOTE_CONDITIONS = {
    "speaker": "+q.source_name_id IN (SELECT value FROM json_each(:speaker))",
    "organisation": "+q.source_name_id IN (SELECT value FROM json_each(:organisation))",
    "about": "EXISTS (SELECT 1 FROM quote_topics AS t WHERE t.quote_id = q.id "
    "AND (+t.symbol = :about OR +t.segment = :about))",
    "kind": "+q.kind = :kind",
    "stance": "+q.stance = :stance",
    "days": BETWEEN,
    "current": "v.current = 1",
    "contains": "EXISTS (SELECT 1 FROM quotes_fts AS f WHERE f.text MATCH :contains AND f.rowid = q.id)",
    "as_of": AS_OF,
}


def _by_version(
    table: str, of: str, holding: str, others: Mapping[str, str], of_days: Mapping[str, str]
) -> dict[str, Way]:
    """The ways that lead by articles to what was found in them: by days, and by the words that they hold. ``others``
    are the conditions that are put otherwise on either, ``of_days`` those on the first."""
    to_found = f"CROSS JOIN {table} AS {of} ON {of}.version_id = v.id"
    read: dict[str, Any] = {"number": f"{of}.id", "each": STORY, "others": others}
    return {
        "days": Way(
            first="article_versions AS v",
            tables=f"article_versions AS v {to_found}",
            condition=BETWEEN,
            **read | {"others": {**others, **of_days}},
        ),
        "contains": Way(
            first="articles_fts AS f",
            tables=f"{holding} {to_found}",
            condition="f.articles_fts MATCH :contains",
            **read,
        ),
    }


def _claims(version: str, words: str, holding: str, of_days: Mapping[str, str]) -> Listing:
    version = version.format("c")
    read: dict[str, Any] = {"first": "claims AS c", "tables": f"claims AS c CROSS JOIN {version}", "number": "c.id"}
    in_order = "claims AS c INDEXED BY claims_as_listed_by_symbol"
    by_symbol = read | {"first": in_order, "tables": f"{in_order} CROSS JOIN {version}"}
    checked: dict[str, Any] = {
        "first": "verdicts AS d",
        "tables": f"verdicts AS d CROSS JOIN claims AS c ON c.id = d.claim_id CROSS JOIN {version}",
        "number": "d.claim_id",
    }
    return Listing(
        view="claims_of_versions",
        number="claim_id",
        blocks="claim_blocks",
        every=Way(condition="1", in_order=True, **read),
        conditions=CLAIM_CONDITIONS | {"contains": words},
        ways={
            "symbol": Way(condition="c.symbol = :symbol", in_order=True, **by_symbol),
            "segment": Way(condition="c.segment = :segment", in_order=True, **read),
            "outcome": Way(condition="d.outcome = :outcome", in_order=True, **checked),
            "source": Way(condition=CLAIM_CONDITIONS["source"].removeprefix("+"), **read),
            **_by_version("claims", "c", holding, {"symbol": "c.symbol = :symbol"}, of_days),
        },
    )


def _quotes(version: str) -> Listing:
    version = version.format("q")
    read: dict[str, Any] = {"first": "quotes AS q", "tables": f"quotes AS q CROSS JOIN {version}", "number": "q.id"}
    holding: dict[str, Any] = {
        "first": "quotes_fts AS f",
        "tables": f"quotes_fts AS f CROSS JOIN quotes AS q ON q.id = f.rowid CROSS JOIN {version}",
        "number": "f.rowid",
    }
    topics = f"({TOPIC}) AS t"
    about: dict[str, Any] = {
        "first": topics,
        "tables": f"{topics} CROSS JOIN quotes AS q ON q.id = t.quote_id CROSS JOIN {version}",
        "number": "q.id",
    }
    return Listing(
        view="quotes_of_versions",
        number="quote_id",
        blocks="quote_blocks",
        every=Way(condition="1", in_order=True, **read),
        conditions=QUOTE_CONDITIONS,
        ways={
            "contains": Way(condition="f.text MATCH :contains", in_order=True, **holding),
            "about": Way(condition="1", **about),
            **{
                name: Way(condition=QUOTE_CONDITIONS[name].removeprefix("+"), **read)
                for name in ("speaker", "organisation")
            },
            "days": _by_version("quotes", "q", "", {}, {})["days"],
        },
    )


CLAIMS = _claims(
    GLANCED_AT,
    WORDS,
    "articles_fts AS f CROSS JOIN article_versions AS v ON v.id = f.rowid",
    {"contains": WORDS_OF_DAYS},
)
CLAIMS_AS_THEY_STOOD = _claims(
    READ,
    WORDS_NOW,
    "articles_fts AS f CROSS JOIN article_versions AS w ON w.id = f.rowid "
    "CROSS JOIN article_versions AS v ON v.article_id = w.article_id",
    {},
)
VERDICTS, VERDICTS_AS_THEY_STOOD = (
    replace(claims, view="verdicts_of_versions", every=replace(claims.ways["outcome"], condition="1"))
    for claims in (CLAIMS, CLAIMS_AS_THEY_STOOD)
)
QUOTES = _quotes(GLANCED_AT)
QUOTES_AS_THEY_STOOD = _quotes(READ)
"""The listings of what stands now, and of what stood by a moment, asked for as ``as_of``."""
