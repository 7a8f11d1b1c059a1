"""What is found in a story: every record points at its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from newsig.records.words import (
    Comparator,
    Compared,
    CreditKind,
    Direction,
    Extreme,
    Label,
    Measure,
    Modality,
    PeriodBasis,
    Place,
    QuoteKind,
    Reach,
    SpeakerType,
    Stance,
    Timing,
    Unit,
)


class Spanned(Protocol):
    """Anything that points at its words in the article's text."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """The code point after the last."""

    @property
    def text(self) -> str:
        """The words themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of the article's text: code points ``start`` to ``end`` (half-open) and the words themselves."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A listed thing or a segment of the market named in the text. ``symbol`` is Yahoo Finance's."""

    start: int
    end: int
    text: str
    symbol: str | None = None
    segment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement of a figure: that something moved by some size over some period, or where it stands.

    ``start``/``end``/``text`` is the number with its unit; ``value`` is never negative, the sign is ``direction``.
    ``base_date`` is the session whose close the change is measured from, ``end_date`` the last session of it; both
    null where they cannot be known from the text. ``period`` is the span that states the period, or the donor's span
    where ``period_basis`` is ``inherited``. ``source`` is the named speaker, null for the reporter.

    Four measures are no moves (`LANDMARKS`):

    - ``level``: where a price, index or yield stood at ``end_date``, without a base; ``direction`` is that of the move
      which led there, ``flat`` where none is told.
    - ``market_cap``: what all shares are worth together, in whole units of the currency; dated as a level.
    - ``superlative``: "its steepest one-day fall of the year", the whole phrase. ``value`` is the rank (2 is "the
      second-biggest"), base and end are the window of what is so called. ``extreme`` and ``direction`` say what it is
      the most of, ``compared`` with what others of its kind (null: the words do not settle it), ``reach`` whether with
      all there ever were or since some day. ``since_date`` is the first day from which on, by the words alone, none
      came up to it.
    - ``streak``: "five straight sessions" that all went in ``direction``, counted by ``value``; the last one ends with
      ``end_date``, and ``base_date`` is the close before the first.
    """

    start: int
    end: int
    text: str
    value: float
    unit: Unit
    comparator: Comparator
    direction: Direction
    measure: Measure
    modality: Modality
    subject: Span | None = None
    symbol: str | None = None
    segment: str | None = None
    hedge: str | None = None
    period: Span | None = None
    period_basis: PeriodBasis | None = None
    base_date: date | None = None
    end_date: date | None = None
    timing: Timing | None = None
    source: str | None = None
    extreme: Extreme | None = None
    compared: Compared | None = None
    reach: Reach | None = None
    since_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a statement speaks of: an instrument, with its segment where it has one, or a segment as a whole."""

    symbol: str | None = None
    segment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A statement attributed to somebody. A direct quote's span includes its quotation marks.

    ``speaker`` is the full name as the article first gives it, null where the article does not tell surely who it is,
    and then so are its type, ``role``, ``organisation`` and ``attribution``; a ``cue`` may still tell that somebody
    speaks. ``role`` and ``organisation`` are the article's words, wherever in it they stand. ``attribution`` is the
    span that stands for the speaker beside the statement ("he", "the bank"), or beside the one that this goes on with.
    ``about`` lists what the statement speaks of, ``horizon`` the words that say by when it should come true, and
    ``horizon_date`` the last day of that time, null where it cannot be known.
    """

    start: int
    end: int
    text: str
    kind: QuoteKind
    speaker: str | None = None
    speaker_type: SpeakerType | None = None
    role: str | None = None
    organisation: str | None = None
    cue: str | None = None
    attribution: Span | None = None
    stance: Stance | None = None
    about: tuple[Topic, ...] = ()
    horizon: Span | None = None
    horizon_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentiment:
    """The tone of one sentence (the span) towards one target in it.

    ``target`` is the first words of the sentence that name it or stand for it ("the group"). ``positive``, ``neutral``
    and ``negative`` are a model's probabilities and sum to 1, and ``label`` is the most probable. ``holder`` is whose
    view it is, by full name, null for the reporter. ``place`` says whether the sentence is the headline above the text,
    one of its first paragraph, or a later one; ``in_title`` whether the article's title, or that headline, names the
    target. ``basis`` names the model that judged: ``newsig`` for the one that ships.
    """

    start: int
    end: int
    text: str
    target: Span
    label: Label
    positive: float
    neutral: float
    negative: float
    symbol: str | None = None
    segment: str | None = None
    holder: str | None = None
    place: Place = "body"
    in_title: bool = False
    basis: str = "newsig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Words that surround a story and are nobody's statement: who wrote, edited and photographed it, where, what was
    corrected."""

    start: int
    end: int
    text: str
    kind: CreditKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that was found in one article: one row, one JSON object, one shape everywhere."""

    id: str
    fingerprint: str
    title: str | None = None
    published: date | datetime | None = None
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    quotes: tuple[Quote, ...] = ()
    sentiments: tuple[Sentiment, ...] = ()
    credits: tuple[Credit, ...] = ()

    def spans(self) -> Iterator[Spanned]:
        """Every span of every record, for the round-trip test ``text[start:end] == span.text``."""
        yield from self.mentions
        for quote in self.quotes:
            yield quote
            yield from (span for span in (quote.attribution, quote.horizon) if span)
        for claim in self.claims:
            yield claim
            yield from (span for span in (claim.subject, claim.period) if span)
        for sentiment in self.sentiments:
            yield from (sentiment, sentiment.target)
        yield from self.credits


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A `Quote` of a known source with what was found in its words, as it comes out of the database.

    ``source_id`` and ``source`` are the number and the name under which all forms of the speaker's name are one.
    ``published`` is that of the article, in the zone that it was given in.
    """

    quote_id: int
    article_id: str
    published: date | datetime | None
    source_id: int
    source: str
    quote: Quote
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    sentiments: tuple[Sentiment, ...] = ()
