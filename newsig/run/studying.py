"""Whether a target's tone goes before its prices: the study on the stored stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from newsig import sessions
from newsig.compare.narrative import Reading, narrative
from newsig.compare.spells import changes, session_of, spells
from newsig.compare.study import HISTORY, HORIZONS, Figure, Grid, corrected, event_study, lead_lag, shuffled
from newsig.errors import CompareError
from newsig.run.comparing import BETWEEN
from newsig.run.hearing import KINDS, Asked, Heard, Kind, Measure, bars, hear, last_session, measures

if TYPE_CHECKING:
    from sqlite_utils import Database

MARKET = "^GSPC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """The figures of a study, with how many sessions have an index, by kind, and what they do not tell: see
    `newsig.run.comparing.Compared`. ``market`` is what stood for the market, null where nothing could."""

    measures: tuple[Measure, ...]
    figures: tuple[Figure, ...]
    sessions: Mapping[Kind, int]
    market: str | None
    copies: int
    late: int
    untimed: int
    models: tuple[str, ...]
    priceless: tuple[str, ...]

    @property
    def target(self) -> str:
        """The target, or both."""
        return BETWEEN.join(one.target for one in self.measures)


def study(
    db: Database,
    asked: Asked,
    *,
    since: date | None = None,
    until: date | None = None,
    market: str = MARKET,
    seed: int | None = None,
) -> Studied:
    """The lead and lag and the event study of every kind of news.

    ``since`` and ``until`` are the first and last sessions of the index, both included; returns around them are read
    beyond. ``market`` is the symbol of the market's index. With a ``seed`` the indices are dealt out anew over their
    sessions, as a control.

    Raises:
        CompareError: the targets cannot be compared, or a library is missing.
    """
    _need("statsmodels", "arch")
    found = measures(db, asked)
    last = last_session(found[0].market, asked.as_of)
    heard = [hear(db, one, asked, since) for one in found]
    indices = {kind: _index(heard, kind, found[0].market, since, min(until or last, last)) for kind in KINDS}
    if seed is not None:
        indices = {kind: shuffled(index, seed) for kind, index in indices.items()}
    grid, priceless = _grid(db, found, indices["fresh"] | indices["stale"], market, last)
    figures = [
        figure
        for kind, index in indices.items()
        for figure in (*lead_lag(kind, index, grid), *event_study(kind, index, grid))
    ]
    return Studied(
        measures=found,
        figures=tuple(corrected(figures)),
        sessions={kind: len(index) for kind, index in indices.items()},
        market=market if grid.model == "market" else None,
        copies=len(frozenset[int]().union(*(_copies(some, found[0].market, since, until or last) for some in heard))),
        late=len(frozenset[int]().union(*(some.late for some in heard))),
        untimed=max(some.untimed for some in heard) if asked.archive else 0,
        models=tuple(sorted(frozenset[str]().union(*(some.models for some in heard)))),
        priceless=priceless,
    )


def _need(*libraries: str) -> None:
    for library in libraries:
        if find_spec(library) is None:
            raise CompareError(f"a study needs {library}: python -m pip install 'newsig[study]'")


def _index(heard: Sequence[Heard], kind: Kind, market: str, since: date | None, until: date) -> dict[date, float]:
    """The index of a kind of news by session; of two targets the first's less the second's, where both have one."""
    sides = [_by_session(some, kind, market) for some in heard]
    days = sorted(set.intersection(*(set(side) for side in sides)))
    kept = [day for day in days if (since or date.min) <= day <= until]
    return {day: sides[0][day] - sum(side[day] for side in sides[1:]) for day in kept}


def _by_session(heard: Heard, kind: Kind, market: str) -> dict[date, float]:
    groups: defaultdict[date, list[Reading]] = defaultdict(list)
    for told, readings in heard.told:
        if (day := session_of(market, told.at)) is not None:
            groups[day].append(readings[kind])
    found = {day: narrative(readings).index for day, readings in groups.items()}
    return {day: index for day, index in found.items() if index is not None}


def _copies(heard: Heard, market: str, since: date | None, until: date) -> frozenset[int]:
    """The versions of these sessions that count for nothing but as stale news."""
    copies = [told for told, _ in heard.told if told.version_id in heard.copies]
    days = [(told.version_id, session_of(market, told.at)) for told in copies]
    return frozenset(version for version, day in days if day and (since or date.min) <= day <= until)


def _grid(
    db: Database, found: Sequence[Measure], index: Mapping[date, float], market: str, last: date
) -> tuple[Grid, tuple[str, ...]]:
    """The returns of the sessions around the index, and the symbols without any."""
    calendar = found[0].market
    first = sessions.shifted(calendar, min(index), -HISTORY) if index else None
    end = sessions.shifted(calendar, max(index), max(HORIZONS)) if index else None
    over = spells(calendar, first or date.min, min(end or last, last)) if index else []
    days = [over[0].base, *(spell.last for spell in over)] if over else []
    own = [changes(bars(db, one.symbol, days), over) for one in found]
    pair, itself = len(own) > 1, market.upper() == found[0].symbol.upper()
    whole = {} if pair or itself else changes(bars(db, market, days), over)
    both = set.intersection(*(set(some) for some in own))
    grid = Grid(
        days=[spell.last for spell in over],
        returns={day: own[0][day] - sum(some[day] for some in own[1:]) for day in sorted(both)},
        market=whole,
        model="pair" if pair else "mean" if itself else "market",
    )
    named = [one.symbol for one, some in zip(found, own, strict=True) if not some]
    named += [market] if over and grid.model == "market" and not whole else []
    return grid, tuple(named)


def figure_rows(studied: Studied) -> list[dict[str, Any]]:
    """The figures as rows of plain JSON values; abnormal returns in percent, for a pair in percentage points."""
    return [_row(studied.target, figure) for figure in studied.figures]


def _row(target: str, figure: Figure) -> dict[str, Any]:
    scale = 1 if figure.test == "correlation" else 100
    value, low, high = (None if bound is None else scale * bound for bound in (figure.value, figure.low, figure.high))
    return {
        "target": target,
        "signal": figure.signal,
        "test": figure.test,
        "sessions": figure.sessions,
        "n": figure.n,
        "value": value,
        "low": low,
        "high": high,
        "p": figure.p,
        "q": figure.q,
        "significant": figure.significant,
        "reason": figure.reason,
    }
