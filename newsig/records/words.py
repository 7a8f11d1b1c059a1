"""The words that fields of records may hold."""

from __future__ import annotations

from typing import Literal

MoveUnit = Literal["percent", "points", "bp", "times", "fraction"]
Money = Literal[
    "usd", "cents", "eur", "gbp", "pence", "jpy", "chf", "cny", "hkd", "inr", "krw", "aud", "cad", "brl", "rub"
]
Unit = Literal[MoveUnit, Money, "index", "percent_a_year", "rank", "sessions", "weeks", "months", "quarters", "years"]
Comparator = Literal["=", ">", ">=", "<", "<=", "~"]
Direction = Literal["up", "down", "flat"]
Measure = Literal["price", "yield", "fundamental", "other", "level", "market_cap", "superlative", "streak"]
Extreme = Literal["highest", "lowest", "biggest", "smallest"]
Compared = Literal["level", "close", "session", "week", "month", "quarter", "year"]
Reach = Literal["ever", "since"]
Modality = Literal["actual", "forecast", "conditional", "historical"]
PeriodBasis = Literal["stated", "inherited", "event", "assumed"]
Timing = Literal["intraday", "close"]
QuoteKind = Literal["direct", "indirect"]
SpeakerType = Literal["person", "organisation", "unnamed"]
Stance = Literal["actual", "forecast", "conditional", "hope"]
Label = Literal["positive", "neutral", "negative"]
Place = Literal["headline", "lead", "body"]
CreditKind = Literal["heading", "byline", "dateline", "credit", "caption", "correction"]
Outcome = Literal["supported", "consistent", "refuted", "undecided"]
DateDoubt = Literal["no_zone", "ambiguous_zone", "out_of_range", "unreadable"]
Standing = Literal["corrected", "withdrawn"]

LANDMARKS: frozenset[Measure] = frozenset(("level", "market_cap", "superlative", "streak"))
"""The measures of claims that say where something stands; all others are moves."""

LABELS: tuple[Label, ...] = ("negative", "neutral", "positive")
"""The labels of tone, from bad to good."""
