"""Who has been right: the stored statements as calls, graded by the stored prices, summed up by source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from newsig import instruments, store
from newsig.compare.moves import inverse
from newsig.compare.scorecard import STORIES_WITHIN, Call, Grade, Score, calls, grade, merged, needed, score
from newsig.records import Price, row
from newsig.run.copying import stories_of

if TYPE_CHECKING:
    from sqlite_utils import Database

APART = ("condition",)
"""What a call holds as a record of its own, and its row in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A source with its calls, earliest first, their grades and the score that they make."""

    source_id: int
    source: str
    calls: tuple[tuple[Call, Grade], ...]
    score: Score

    def row(self) -> dict[str, Any]:
        """The score as plain JSON values."""
        return {"source_id": self.source_id, "source": self.source} | row(self.score)

    def call_rows(self) -> Iterator[dict[str, Any]]:
        """The calls with their grades as plain JSON values."""
        for call, one in self.calls:
            told = {name: value for name, value in row(call).items() if name not in APART}
            said = {"target": call.target, "condition": call.condition.text if call.condition else None}
            yield told | said | row(one) | {"direction": one.direction or call.direction}


def scorecard(
    db: Database,
    *,
    now: datetime,
    as_of: date | None = None,
    name: str | None = None,
    since: date | None = None,
    until: date | None = None,
    horizon: int | None = None,
) -> list[Scored]:
    """The sources by graded calls, most first; ``name`` is a part of a name, as in `newsig.store.statements`.

    ``since`` and ``until`` are days of publication in UTC, both included. With ``as_of`` nothing published, and no
    close, after the end of that day in UTC counts; articles of unknown date are then left out. ``horizon`` is the
    number of sessions after which calls are graded whose words give no time; None for never.
    """
    known = now
    if as_of is not None:
        known, until = min(now, end_of(as_of)), min(as_of, until or as_of)
    closes = _Closes(db, known)
    by_source: defaultdict[int, list[tuple[Call, Grade]]] = defaultdict(list)
    for call in _called(db, name, since, until):
        market = instruments.market(call.symbol) if call.symbol else "XNYS"
        symbols = needed(call, assume=horizon)
        markets = {symbol: instruments.market(symbol) for symbol in symbols}
        one = grade(call, closes.of(symbols), market, known=known, assume=horizon, markets=markets)
        by_source[call.source_id].append((call, one))
    scored = [
        Scored(source_id=source_id, source=graded[0][0].source, calls=tuple(graded), score=score(graded))
        for source_id, graded in by_source.items()
    ]
    return sorted(scored, key=lambda one: (-one.score.graded, -one.score.calls, one.source, one.source_id))


def end_of(day: date) -> datetime:
    """The moment at which a day is over, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)


def _called(db: Database, name: str | None, since: date | None, until: date | None) -> Iterator[Call]:
    """The calls of these days, each once; those of shortly before tell what was copied in these."""
    proxies = {part.id: part.proxy for part in instruments.segments().values() if part.proxy}
    first = None if since is None else since - min(STORIES_WITHIN, since - date.min)
    found = store.statements(db, speaker=name, since=first, until=until)
    made = [call for one in found for call in calls(one, proxies)]
    stories = stories_of(db, {call.article_id for call in made})
    for call in merged(made, stories):
        if since is None or (call.published is not None and _day(call.published) >= since):
            yield call


def _day(published: date | datetime) -> date:
    return published.astimezone(UTC).date() if isinstance(published, datetime) else published


class _Closes:
    """The bars of symbols up to a moment, each read once."""

    def __init__(self, db: Database, known: datetime) -> None:
        self.db, self.last = db, known.astimezone(UTC).date()
        self.read: dict[str, Sequence[Price]] = {}

    def of(self, symbols: Sequence[str]) -> dict[str, Sequence[Price]]:
        """The bars by symbol; an unlisted pair of currencies has those of the pair that it turns over."""
        for symbol in symbols:
            if symbol not in self.read:
                listed = inverse(symbol)
                self.read[symbol] = self._bars(symbol) or (self._bars(listed) if listed else [])
        return {symbol: self.read[symbol] for symbol in symbols}

    def _bars(self, symbol: str) -> Sequence[Price]:
        """Those from when on the symbol has been what it is today: what was called under it before has none."""
        reused = instruments.reused().get(symbol)
        return store.bars(self.db, symbol, reused + timedelta(days=1) if reused else date.min, self.last)
