"""The nouns: every record that passes between the steps.

Standard library only. All records are frozen; every span counts code points of the article's text, half-open, and
``article.text[start:end]`` equals the record's own ``text``.
"""

from newsig.records.findings import Claim, Credit, Findings, Mention, Quote, Sentiment, Span, Spanned, Statement, Topic
from newsig.records.market import Download, Instrument, Price, PriceChange, Segment, Split, Verdict
from newsig.records.rows import parse_when, row
from newsig.records.stories import Article, Failure, Page
from newsig.records.words import (
    LABELS,
    LANDMARKS,
    Comparator,
    Compared,
    CreditKind,
    Direction,
    Extreme,
    Label,
    Measure,
    Modality,
    Money,
    MoveUnit,
    Outcome,
    PeriodBasis,
    Place,
    QuoteKind,
    Reach,
    SpeakerType,
    Stance,
    Timing,
    Unit,
)

__all__ = [
    "LABELS",
    "LANDMARKS",
    "Article",
    "Claim",
    "Comparator",
    "Compared",
    "Credit",
    "CreditKind",
    "Direction",
    "Download",
    "Extreme",
    "Failure",
    "Findings",
    "Instrument",
    "Label",
    "Measure",
    "Mention",
    "Modality",
    "Money",
    "MoveUnit",
    "Outcome",
    "Page",
    "PeriodBasis",
    "Place",
    "Price",
    "PriceChange",
    "Quote",
    "QuoteKind",
    "Reach",
    "Segment",
    "Sentiment",
    "Span",
    "Spanned",
    "SpeakerType",
    "Split",
    "Stance",
    "Statement",
    "Timing",
    "Topic",
    "Unit",
    "Verdict",
    "parse_when",
    "row",
]
