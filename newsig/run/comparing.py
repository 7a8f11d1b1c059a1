"""The narrative index of a target, or of two, beside what prices did in the same sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from newsig import sessions, store
from newsig.compare.beside import Period, Told, path, period, placed, side
from newsig.compare.spells import By, Spell, change, session_of, spells
from newsig.records import Price
from newsig.run.hearing import Asked, Heard, Measure, bars, hear, last_session, measures

if TYPE_CHECKING:
    from sqlite_utils import Database

BETWEEN = " − "
"""Between the names of two things whose difference is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The periods with what they do not tell.

    ``prices`` are what measures the target, at 100 in the beginning, or the ratio of two. ``later`` is how many stories
    came after the last period's close, ``copies`` how many of those before it count for nothing, since another one of
    their cluster was known before, ``late`` how many count from long after their publication, ``untimed`` how many are
    of unknown date, and ``waiting`` and ``failed`` how many were not processed. ``priceless`` are the symbols
    without any price in these periods.
    """

    measures: tuple[Measure, ...]
    periods: tuple[Period, ...]
    prices: tuple[tuple[date, float], ...]
    stories: int
    later: int
    copies: int
    late: int
    untimed: int
    waiting: int
    failed: int
    models: tuple[str, ...]
    priceless: tuple[str, ...]

    @property
    def target(self) -> str:
        """The target, or both."""
        return BETWEEN.join(one.target for one in self.measures)

    @property
    def symbol(self) -> str:
        """What measures it, or both."""
        return BETWEEN.join(one.symbol for one in self.measures)


def compare(
    db: Database, asked: Asked, by: By = "day", *, since: date | None = None, until: date | None = None
) -> Compared:
    """The periods of the sessions from ``since`` to ``until``, both included, by session or by week.

    Without them, from the first story's session to the last one's.

    Raises:
        CompareError: the targets cannot be compared, see `newsig.run.hearing.measures`.
    """
    found = measures(db, asked)
    market = found[0].market
    heard = [hear(db, one, asked, since) for one in found]
    last = last_session(market, asked.as_of)
    told = [one for some in heard for one, _ in some.told]
    over = spells(market, *_bounds(market, told, since, until, last), by)
    groups = [placed((one for one, _ in some.told), over) for some in heard]
    days = [over[0].base, *sessions.between(market, over[0].first, over[-1].last)] if over else []
    series = [bars(db, one.symbol, days) for one in found]
    waiting, failed = store.waiting(db, since=since, until=min(filter(None, (until, asked.as_of)), default=None))
    return Compared(
        measures=found,
        periods=tuple(_periods(over, [group for group, _ in groups], series)),
        prices=tuple(path(series, days)),
        stories=_distinct(one for group, _ in groups for some in group for one in some),
        later=0 if until is not None else _distinct(one for _, after in groups for one in after),
        copies=_distinct(
            one
            for (group, _), some in zip(groups, heard, strict=True)
            for told in group
            for one in told
            if one.version_id in some.copies
        ),
        late=len(frozenset[int]().union(*(some.late for some in heard))),
        untimed=max(some.untimed for some in heard) if asked.archive else 0,
        waiting=waiting,
        failed=failed,
        models=_models(heard),
        priceless=tuple(one.symbol for one, some in zip(found, series, strict=True) if over and not some),
    )


def _bounds(market: str, told: Sequence[Told], since: date | None, until: date | None, last: date) -> tuple[date, date]:
    """The first and the last day: those asked for, else those of the stories; none beyond the last session."""
    moments = [one.at for one in told]
    first = since or (session_of(market, min(moments)) if moments else None) or date.min
    end = until or (session_of(market, max(moments)) if moments else None)
    if end is None:
        end = date.max if moments else date.min
    return first, min(end, last)


def _periods(
    over: Sequence[Spell], groups: Sequence[Sequence[Sequence[Told]]], series: Sequence[Mapping[date, Price]]
) -> Iterator[Period]:
    """The periods of the spells, of what each target has in them: its stories, spell by spell, and its bars."""
    for number, spell in enumerate(over):
        moved = (change(bars_of, spell.base, spell.last) for bars_of in series)
        yield period(spell, [side(told[number], value) for told, value in zip(groups, moved, strict=True)])


def _distinct(told: Iterator[Told]) -> int:
    return len({one.version_id for one in told})


def _models(heard: Sequence[Heard]) -> tuple[str, ...]:
    return tuple(sorted(frozenset[str]().union(*(some.models for some in heard))))


def period_rows(compared: Compared) -> Iterator[dict[str, Any]]:
    """The periods as rows of plain JSON values; returns in percent, for a pair in percentage points."""
    for one in compared.periods:
        sides = list(zip(("one", "other"), one.sides, strict=False))
        yield {
            **_spell(one.spell),
            "target": compared.target,
            "index": one.index,
            "low": one.low,
            "high": one.high,
            "fresh": one.fresh,
            "stale": one.stale,
            "supported": one.supported,
            "refuted": one.refuted,
            "decided": one.decided,
            "share": one.share,
            "symbol": compared.symbol,
            "return": _percent(one.change),
            "diverges": one.diverges,
            **{f"{name}_index": some.narrative.index for name, some in sides},
            **{f"{name}_return": _percent(some.change) for name, some in sides},
        }


def divergence_rows(compared: Compared) -> Iterator[dict[str, Any]]:
    """The articles behind the periods in which the index and the return are of opposite signs, as rows."""
    for one in compared.periods:
        if not one.diverges:
            continue
        for measure, some in zip(compared.measures, one.sides, strict=True):
            for told in some.told:
                if not told.reading.copy:
                    yield {
                        **_spell(one.spell),
                        "index": one.index,
                        "low": one.low,
                        "high": one.high,
                        "return": _percent(one.change),
                        "target": measure.target,
                        "article_id": told.article_id,
                        "published": told.published,
                        "at": told.at.isoformat(),
                        "title": told.title,
                        "tone": told.reading.tone,
                        "prominence": told.reading.prominence,
                    }


def _spell(spell: Spell) -> dict[str, str]:
    return {"base": spell.base.isoformat(), "first": spell.first.isoformat(), "last": spell.last.isoformat()}


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
