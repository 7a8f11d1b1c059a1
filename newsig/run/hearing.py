"""What the database knows of targets when prices are held beside them: the stories, what measures them, and until when.

Nothing here looks ahead: see `newsig.store.signals` for when a story counts as known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from newsig import instruments, sessions, store
from newsig.compare.beside import Told
from newsig.compare.moves import YIELDS, inverse, series
from newsig.compare.narrative import Earlier, Reading, Sentence, attention_of_all, of_title, reading
from newsig.compare.spells import close_of
from newsig.errors import CompareError
from newsig.records import Price
from newsig.run.copying import copies_as_they_came
from newsig.store.signals import Signal, signal_versions, signals, untimed

if TYPE_CHECKING:
    from sqlite_utils import Database

Kind = Literal["fresh", "stale", "reporters", "named"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The parts of the news that are read apart: what is new, what stood in earlier stories, and of what is new that which
reporters say themselves and that which they have named people say."""

BEFORE = timedelta(days=14)
"""How long before the first session stories are read: those that its own may have copied, over any holiday."""

LATE = timedelta(days=1)
"""A story seen so long after its publication comes from an archive, or was overlooked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One target or two, and what may be known of them: see `newsig.store.signals`.

    ``fund`` has segments measured by their funds instead of their indices.
    """

    targets: tuple[str, ...]
    fund: bool = False
    archive: bool = False
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The stories on one target, with the readings of each by kind; ``copies`` are the versions that count for nothing
    because another one of their cluster was known before, see `newsig.run.copying`. ``late`` are the versions that were
    seen long after they were published, ``untimed`` is how many could not be placed. ``models`` judged their tone."""

    told: tuple[tuple[Told, Mapping[Kind, Reading]], ...]
    copies: frozenset[int]
    late: frozenset[int]
    untimed: int
    models: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What measures one target: a symbol of the prices, whose sessions are those of its market."""

    target: str
    symbol: str
    market: str

    @property
    def early(self) -> timedelta:
        """How long before the market's close its own daily price is made: metals and crude are settled before two and
        three o'clock in New York, yields are taken at three."""
        if self.symbol.endswith("=F"):
            return timedelta(hours=3)
        return timedelta(hours=1) if self.symbol in YIELDS else timedelta(0)


def measures(db: Database, asked: Asked) -> tuple[Measure, ...]:
    """What measures the targets: the segment's index, or its fund; the symbol itself.

    Raises:
        CompareError: nothing measures one, both are the same, or they trade on different days.
    """
    found = tuple(_measure(db, target, asked.fund) for target in asked.targets)
    if len({one.symbol for one in found}) < len(found):
        raise CompareError(f"both targets are measured by {found[0].symbol}: there is nothing between them")
    if len({one.market for one in found}) > 1:
        named = " and ".join(f"{one.symbol} ({one.market})" for one in found)
        raise CompareError(f"{named} trade on different days: choose two of one market")
    return found


def _measure(db: Database, target: str, fund: bool) -> Measure:
    name = store.target_name(db, target)
    symbol: str | None = name
    if segment := instruments.segments().get(name):
        symbol = segment.fund if fund else segment.proxy
        other = segment.proxy if fund else segment.fund
        if symbol is None:
            hint = f"{'leave out' if fund else 'give'} --fund for {other}" if other else "name an index or fund itself"
            raise CompareError(f"no {'fund' if fund else 'index'} is known that measures {name}: {hint}")
    return Measure(target=name, symbol=symbol or name, market=instruments.market(symbol or name))


def hear(db: Database, measure: Measure, asked: Asked, since: date | None = None) -> Heard:
    """The stories on a target, earliest first, those from shortly before ``since`` on.

    Each stands as long after its own moment as the price is made before the market's close, so that none falls into a
    session whose price was made before it.
    """
    target = measure.target
    first = None if since is None else since - min(BEFORE, since - date.min)
    found = list(signals(db, target, archive=asked.archive, since=first, as_of=asked.as_of))
    versions = signal_versions(db, target, archive=asked.archive, as_of=asked.as_of)
    copies = copies_as_they_came(db, versions, archive=asked.archive, as_of=asked.as_of)
    found.sort(
        key=lambda signal: (signal.at, signal.version_id in copies)
    )  # of one moment the original before its copies
    return Heard(
        told=tuple(_read(found, copies, measure.early)),
        copies=frozenset(copies),
        late=frozenset(signal.version_id for signal in found if _is_late(signal)),
        untimed=untimed(db, target),
        models=frozenset(sentiment.basis for signal in found for sentiment in signal.ours),
    )


def _is_late(signal: Signal) -> bool:
    """Whether it counts from long after its publication; of one whose date is not known nobody can say."""
    if signal.published is None:
        return False
    day = date.fromisoformat(signal.published[:10])
    printed = signal.published if len(signal.published) > 10 else f"{day.isoformat()}T23:59:59+00:00"
    return signal.at - datetime.fromisoformat(printed) > LATE


def _read(
    found: Iterable[Signal], copies: Collection[int], early: timedelta
) -> Iterator[tuple[Told, Mapping[Kind, Reading]]]:
    together, apart = Earlier(), Earlier()
    for signal in found:
        marked = together.marked(signal.at, signal.ours, signal.others)
        by_holder = apart.marked(signal.at, signal.ours, signal.others, apart=True)
        if signal.version_id in copies:
            marked, by_holder = ([replace(one, stale=True) for one in some] for some in (marked, by_holder))
        whole, title = attention_of_all(signal.ours, signal.others), of_title(marked)
        own: Mapping[Kind, tuple[Sequence[Sentence], float]] = {
            "fresh": (marked, title),
            "stale": ([replace(sentence, stale=not sentence.stale) for sentence in marked], title),
            "reporters": ([sentence for sentence in by_holder if sentence.holder is None], title),
            "named": ([sentence for sentence in by_holder if sentence.holder is not None], 0.0),
        }
        readings = {kind: reading(sentences, whole, share) for kind, (sentences, share) in own.items()}
        told = Told(
            version_id=signal.version_id,
            article_id=signal.article_id,
            title=signal.title,
            published=signal.published,
            at=signal.at + early,
            reading=readings["fresh"],
            outcomes=signal.outcomes,
        )
        yield told, readings


def last_session(market: str, as_of: date | None) -> date:
    """The last session that was over by the end of that day (UTC); the end of the calendar where no day is asked for.

    Raises:
        CompareError: the calendar does not reach back so far.
    """
    days = sessions.sessions(market)
    if as_of is None or as_of > days[-1]:
        return days[-1]
    end = datetime.combine(as_of, time.max, UTC)
    day = sessions.on_or_before(market, as_of)
    if day is not None and close_of(market, day) > end:
        day = sessions.before(market, day)
    if day is None:
        raise CompareError(f"no session of {market} is known by {as_of}: its calendar begins on {days[0]}")
    return day


def bars(db: Database, symbol: str, days: Sequence[date]) -> dict[date, Price]:
    """The bars of these sessions, by day; those of the pair that the symbol turns over where it has none itself."""
    if not days:
        return {}
    listed = inverse(symbol)
    found = store.bars(db, symbol, days[0], days[-1]) or (store.bars(db, listed, days[0], days[-1]) if listed else [])
    return series(symbol, found)
