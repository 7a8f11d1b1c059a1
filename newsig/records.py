"""The nouns: every record that passes between the steps.

Standard library only. All records are frozen; every span counts code points of the article's text, half-open, and
``article.text[start:end]`` equals the record's own ``text``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, Protocol

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

LANDMARKS: frozenset[Measure] = frozenset(("level", "market_cap", "superlative", "streak"))
"""The measures of claims that say where something stands; all others are moves."""

LABELS: tuple[Label, ...] = ("negative", "neutral", "positive")
"""The labels of tone, from bad to good."""


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
class Page:
    """What collecting brings in, before it is read.

    ``origin`` says where it came from, for people: a feed's address, or a file with its line. Exactly one of ``text``
    (taken as given, never changed) and ``html`` (to be reduced to text) is set. ``published`` is a plain date where
    only the day is known, an aware datetime otherwise, and None where nothing is known. ``url`` is null for files.
    """

    origin: str
    id: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | datetime | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    text: str | None = None
    html: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A story as plain text. ``published`` as in `Page`; ``id`` is stable from one collection to the next.

    ``dateline`` and ``credits`` are the lines that reading took out of a web page's text; a text that was given as it
    is keeps its own, and both are empty.
    """

    id: str
    text: str
    title: str | None = None
    published: date | datetime | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    origin: str | None = None
    dateline: str | None = None
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that could not be taken in, kept so that nothing is lost silently.

    ``stage`` is the step (``collect``, ``ingest``, ``process``, ``prices`` ...), ``place`` a file with its line, a
    feed or a symbol, ``reason`` one sentence for a person.
    """

    stage: str
    place: str
    reason: str


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
class Instrument:
    """A thing with a price. ``kind`` is ``index``, ``stock``, ``etf``, ``commodity``, ``currency``, ``rate`` or
    ``crypto``; ``market`` the MIC of the exchange calendar its sessions follow; ``segment`` an id of the segment
    table."""

    symbol: str
    name: str
    kind: str
    market: str
    segment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of the market that stories speak of as one ("small caps"). ``proxy`` is the index measuring it, ``fund``
    the exchange-traded fund tracking that index."""

    id: str
    name: str
    proxy: str | None = None
    fund: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One session's bar. Prices in the instrument's own units; ``close`` is adjusted for splits but not for
    dividends, ``adj_close`` for both, null where the source has none."""

    symbol: str
    day: date
    close: float
    open: float | None = None
    high: float | None = None
    low: float | None = None
    adj_close: float | None = None
    volume: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the closes say of one claim.

    ``actual`` is the move that the closes give, signed, in the claim's unit; ``tolerance`` the half-open interval of
    moves, signed, that the printed figure allows. ``reason`` is set where the outcome is ``undecided``.
    ``price_hash`` is a digest of the bars used, ``formula`` the arithmetic in words of a person. ``base_date`` and
    ``end_date`` are the window that was held against prices, ``windows`` those that make the figure true where the
    words leave several possible, ``solved`` says that prices chose among them. ``chance`` is the share of figures of
    that size that would fit as well, ``loose`` marks a bound that was met by far, ``cases`` is how many earlier cases
    an average or rank was taken from. ``bars`` are those that the arithmetic uses.
    """

    outcome: Outcome
    rung: str | None = None
    reason: str | None = None
    actual: float | None = None
    tolerance: tuple[float, float] | None = None
    base_date: date | None = None
    end_date: date | None = None
    formula: str | None = None
    price_hash: str | None = None
    solved: bool = False
    chance: float | None = None
    loose: bool = False
    windows: tuple[tuple[date, date], ...] = ()
    cases: int | None = None
    bars: tuple[Price, ...] = ()


def row(record: Any) -> dict[str, Any]:
    """A record as plain JSON values: the one place where records become rows.

    Dates and times become ISO 8601 strings, tuples lists, nested records objects.

    >>> row(Span(start=0, end=2, text="up"))
    {'start': 0, 'end': 2, 'text': 'up'}
    """
    return {field.name: _plain(getattr(record, field.name)) for field in dataclasses.fields(record)}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return row(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    return value


def parse_when(value: str) -> date | datetime:
    """An ISO 8601 date or datetime; a datetime without a zone is refused, since nobody can say when it was.

    >>> parse_when("2024-07-18"), parse_when("2024-07-18T02:26Z").isoformat()
    (datetime.date(2024, 7, 18), '2024-07-18T02:26:00+00:00')

    Raises:
        ValueError: what was given is no such date.
    """
    text = value.strip()
    if len(text) == 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"the time {value!r} has no zone: write it as 2024-07-18T02:26Z or 2024-07-18T02:26+02:00")
    return moment


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """From ``day`` on a share is traded as ``ratio`` shares: 10 in a ten-for-one split, 0.1 where ten become one."""

    symbol: str
    day: date
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """What a provider gave at one go for one symbol.

    ``first`` and ``last`` are the days that were asked for, both included, ``at`` the aware moment of asking and
    ``sha256`` the digest of the bytes that came. ``splits`` are all of the symbol until ``at``, null where the provider
    tells none. ``currency`` is the provider's code for what one unit of a price is (``GBp`` is a penny), null
    where it tells none. ``failures`` are rows of it that could not be used.
    """

    symbol: str
    provider: str
    first: date
    last: date
    at: datetime
    sha256: str
    bars: tuple[Price, ...]
    splits: tuple[Split, ...] | None = None
    currency: str | None = None
    failures: tuple[Failure, ...] = ()

    @property
    def source(self) -> str:
        """The name that its bars carry: the provider, with the day of asking in UTC."""
        return f"{self.provider} {self.at.astimezone(UTC).date()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """A stored close that another one took the place of, and where both came from."""

    symbol: str
    day: date
    old_close: float
    new_close: float
    old_source: str
    new_source: str
