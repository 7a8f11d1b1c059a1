"""How often in a row something rose or fell: "for a seventh straight session", "a four-day losing streak"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from newsig import instruments
from newsig.extract.landmarks.lexicon import ENDED, REPEATED, either
from newsig.extract.landmarks.owners import direction_before, elsewhen, owner_of, thing_at
from newsig.extract.landmarks.reach import FARTHEST, ONES, ORDER
from newsig.extract.landmarks.stage import Owner, Stage
from newsig.extract.landmarks.stretches import before_this, stretch
from newsig.extract.numbers import Number, hedge_before, number_value
from newsig.extract.openings import Battery
from newsig.extract.periods import DAY_KINDS
from newsig.records import Claim, Direction, Unit

UNITS: dict[str, Unit] = {
    "session": "sessions", "day": "sessions", "daily": "sessions", "week": "weeks", "weekly": "weeks",
    "month": "months", "monthly": "months", "quarter": "quarters", "quarterly": "quarters",
    "year": "years", "annual": "years", "yearly": "years",
}  # fmt: skip
_UP = either("gains? advances? rises? increases winning higher up rally rallies upside")
_DOWN = either("loss(?:es)? declines? falls? drops? losing lower down selling decreases downside slides?")
_NTH = rf"(?P<nth>{'|'.join(ORDER)}|\d+(?:st|nd|rd|th))"
_COUNT = rf"(?P<count>{'|'.join(sorted(ONES[1:], key=len, reverse=True))}|\d+)"
_ROW = either("straight consecutive successive back-to-back")
_BEHIND = either("in_a_row running in_succession on_the_trot")
_UNIT = "(?P<unit>session|day|week|month|quarter|year)"
_LY = "(?P<unit>daily|weekly|monthly|quarterly|annual|yearly)"
_SIDE = rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
_OF_SIDE = r"(?:\s+of\s+(?:(?P<of>losses|declines|falls|drops|selling)|(?P<of2>gains|advances|rises)))?"
STREAKS = Battery(
    [
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            # "its fourth consecutive weekly gain", "a seventh straight session of gains"
            rf"\b{_NTH}[\s-]{_ROW}\s+{_LY}\s+(?:[\w-]+\s+)?{_SIDE}\b",
            rf"\b{_NTH}[\s-]{_ROW}\s+(?:{_SIDE}\s+)?(?:trading\s+)?{_UNIT}s?\b{_OF_SIDE}",
            rf"\b{_NTH}\s+{_LY}\s+{_SIDE}\s+{_BEHIND}\b",
            rf"\b{_NTH}\s+(?:{_SIDE}\s+)?(?:trading\s+)?{_UNIT}\s+{_BEHIND}\b",
            rf"\bfor\s+(?:a|the|its)\s+{_NTH}\s+(?P<unit>day|session)\b(?!\s+(?:of|in|out)\s+(?:the|a|of|\d|{'|'.join(ONES)})\b)",
            # "five straight weekly gains", "five straight sessions", "three weeks in a row"
            rf"\b{_COUNT}[\s-]{_ROW}\s+{_LY}\s+{_SIDE}\b",
            rf"\b{_COUNT}[\s-]{_ROW}\s+(?:{_SIDE}\s+)?(?:trading\s+)?{_UNIT}s?\b{_OF_SIDE}",
            rf"\b{_COUNT}\s+(?:trading\s+)?{_UNIT}s\s+{_BEHIND}\b",
            # "a four-day losing streak", "its five-session run of gains"
            rf"\b{_COUNT}[\s-]{_UNIT}\s+(?:long\s+)?{_SIDE}\s+(?:streak|run)\b",
            rf"\b{_COUNT}[\s-]{_UNIT}\s+(?:streak|run|string)\s+of\s+{_SIDE}\b",
        )
    ]
)
_LEAD = re.compile(
    r"(?:\b(?:for|in|an?|the|its|their|of|over|at\s+least|more\s+than|on|[\w.&]+['’]s?)\s+)+$", re.IGNORECASE
)
_OF = re.compile(r"\s+(?:in|of|for)\s+[^,.;]{1,30}")
_EARLIER = re.compile(r"\b(?:since|than|match\w*|until|last|previous|earlier)\s+(?:[\w’'-]+\s+){0,3}$", re.IGNORECASE)
"""What a streak is held against is another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A streak as its words give it: ``nth`` says that they count its last part ("a fifth day"), ``side`` is None
    where only the verb says which way it went."""

    start: int
    end: int
    count: int
    unit: Unit
    stretch: str
    nth: bool
    side: Direction | None


def find_streaks(stage: Stage) -> Iterator[Claim]:
    """The streaks of one sentence, in order of appearance."""
    taken = stage.scene.start
    for run in sorted(_runs(stage), key=lambda run: (run.start, -run.end)):
        if run.start < taken:
            continue
        claim = _claim(stage, run)
        if claim is not None:
            taken = run.end
            yield claim


def _runs(stage: Stage) -> Iterator[Run]:
    text = stage.scene.text
    for _, match in STREAKS.matches(text, stage.scene.start, stage.scene.end):
        groups = match.groupdict()
        count = _count(groups.get("nth"), groups.get("count"))
        if count is None or count < 2:
            continue
        up, down = groups.get("up") or groups.get("of2"), groups.get("down") or groups.get("of")
        unit = UNITS[groups["unit"].lower()]
        start = match.start("nth") if groups.get("nth") else match.start()
        yield Run(
            start=start,
            end=match.end(),
            count=count,
            unit=unit,
            stretch=unit.removesuffix("s"),
            nth=groups.get("nth") is not None,
            side="up" if up else "down" if down else None,
        )


def _count(nth: str | None, count: str | None) -> int | None:
    if nth is not None:
        found = ORDER.get(nth.lower()) or (int(nth[:-2]) if nth[:-2].isdigit() and len(nth) < 9 else None)
    else:
        value = number_value(count or "")
        found = int(value) if value is not None else None
    return found if found is not None and found <= FARTHEST else None


def _claim(stage: Stage, run: Run) -> Claim | None:
    scene, text = stage.scene, stage.scene.text
    lead = _LEAD.search(text[scene.start : run.start])
    at = scene.start + lead.start() if lead is not None else run.start
    thing = thing_at(stage, run.end)
    owner = stage.resolved(thing) if thing is not None else owner_of(stage, at, run.start, run.end)
    if owner is None:
        return None
    side = run.side or (owner.move.direction if owner.move is not None else direction_before(scene, at))
    between = text[min(owner.span.end, at) : run.end]
    of = _OF.match(text, run.end)
    if side == "flat" or REPEATED.search(between) or (of is not None and REPEATED.search(of[0])):
        return None
    hedge = hedge_before(text, run.start)
    number = Number(start=run.start, end=run.end, text=text[run.start : run.end], value=float(run.count), unit="points")
    modality = stage.modality(at)
    claim = Claim(
        start=run.start,
        end=run.end,
        text=number.text,
        value=number.value,
        unit=run.unit,
        comparator=hedge[1] if hedge else "=",
        hedge=hedge[0] if hedge else None,
        direction=side,
        measure="streak",
        modality=modality,
        subject=owner.span,
        symbol=owner.symbol,
        segment=owner.segment,
        source=stage.speaker(number),
    )
    return _in_time(stage, claim, run, number, owner, at) if modality == "actual" else claim


def _in_time(stage: Stage, claim: Claim, run: Run, number: Number, owner: Owner, at: int) -> Claim:
    """The claim with its first close and its last session."""
    market = instruments.market(claim.symbol) if claim.symbol else "XNYS"
    placed = stage.day(number, claim.direction, claim.symbol)
    move = owner.move
    if move is not None and move.end_date is not None and placed.basis != "stated":
        last: date | None = move.end_date
        period, basis = move.period, move.period_basis
    else:
        daily = placed.expression is None or placed.expression.kind in DAY_KINDS or run.unit != "sessions"
        last = placed.window.end if daily else None
        period, basis = placed.span(stage.scene.text), placed.basis
    text = stage.scene.text
    if placed.basis != "stated" and elsewhen(stage, at, claim.end):
        return claim
    if _EARLIER.search(text, max(stage.scene.start, at - 40), run.start) and placed.basis != "stated":
        return claim
    ended = ENDED.search(text, max(stage.scene.start, at - 60), at)
    if ended is not None and not (ended["end"] and run.nth):
        last = before_this(market, run.stretch, last) if stretch(market, run.stretch, last).end else None
    window = stretch(market, run.stretch, last, run.count)
    if window.end is None:
        return replace(claim, period=period, period_basis=basis) if basis != "assumed" else claim
    return replace(claim, period=period, period_basis=basis, base_date=window.base, end_date=window.end)
