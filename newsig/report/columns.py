"""The columns of what programs are given, in their order; rows may hold more."""

from __future__ import annotations

ARTICLE_COLUMNS = (
    *("article_id", "version", "url", "publisher", "authors", "published", "updated", "seen_at", "title", "text"),
    *("dateline", "standing", "feed", "origin", "fingerprint"),
)

MENTION_COLUMNS = ("mention_id", "article_id", "published", "title", "start", "end", "text", "symbol", "segment")

CLAIM_COLUMNS = (
    *("claim_id", "article_id", "published", "title", "text", "value", "unit", "comparator", "direction", "measure"),
    *(
        "modality",
        "subject",
        "symbol",
        "segment",
        "period",
        "period_basis",
        "base_date",
        "end_date",
        "timing",
        "source",
    ),
    *("hedge", "extreme", "compared", "reach", "since_date", "outcome", "rung", "reason", "context"),
)

VERDICT_COLUMNS = (
    *("claim_id", "article_id", "symbol", "measure", "modality", "value", "unit", "direction", "outcome", "rung"),
    *("reason", "actual", "tolerance", "base_date", "end_date", "solved", "chance", "loose", "cases", "windows"),
    *("bars", "price_source", "price_hash", "title", "formula"),
)

QUOTE_COLUMNS = (
    *("quote_id", "article_id", "published", "title", "speaker", "speaker_type", "role", "organisation", "source_id"),
    *("source", "kind", "cue", "attribution", "stance", "about", "horizon", "horizon_date", "text", "context"),
)

SOURCE_COLUMNS = (
    *("source_id", "name", "type", "role", "organisation", "statements", "direct", "claims", "articles"),
    *("first_seen", "last_seen", "organisations", "aliases"),
)

SENTIMENT_COLUMNS = (
    *("sentiment_id", "article_id", "published", "title", "start", "end", "text", "target_start", "target_end"),
    *("target", "symbol", "segment", "label", "positive", "neutral", "negative", "holder", "place", "in_title"),
    *("basis",),
)
