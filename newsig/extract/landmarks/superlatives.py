"""What was the most of its kind: "its steepest one-day fall of the year", "the highest close since April 2020"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newsig import instruments
from newsig.extract.landmarks.lexicon import CLOSING, STATISTIC, either
from newsig.extract.landmarks.owners import elsewhen, owner_of, thing_at
from newsig.extract.landmarks.pairs import paired
from newsig.extract.landmarks.phrases import Phrase, find_phrases
from newsig.extract.landmarks.reach import MONTHS
from newsig.extract.landmarks.stage import Owner, Stage
from newsig.extract.landmarks.stretches import stretch
from newsig.extract.numbers import Number
from newsig.extract.periods import DAY_KINDS, Window
from newsig.records import Claim, Compared

_AWAY = re.compile(
    r"\bbetween\b[^.;]{0,80}$|\b"
    + either(r"""
        from off near nears neared nearing towards? below under above over than around close_(?:to|at) short_of
        shy_of since within (?:re)?test\w* surpass\w* beyond approach\w* despite past break\w* broke eclips\w* beat\w*
        some among
        amid one of if not no match\w* about exceed\w* top topped previous prior earlier recent last old until avoid\w*
        snapp\w* against challeng\w* not_far away_from
    """)
    + r"\s+(?:(?:its|a|an|the|their|new|fresh|yet|all|another|of|[\w’']+['’]s|highs?|level|at|recent|previous|this|last"
    + r"|(?:19|20)\d\d|"
    + "|".join(MONTHS)
    + r"|\$?\d[\d,.]*)\s+)*$",
    re.IGNORECASE,
)
"""What is only held against an earlier extreme, or is not said to be one."""
_PAST = re.compile(
    r"\b"
    + either(r"""
        after following follow(?:s|ed) despite since having when had_(?!its|the|their|an?\b)\w+
        that_(?:had_)?(?:dragged|took|taken|pushed|drove|driven|sent|lifted|brought|led)
    """)
    + r"\b[^,;]*$",
    re.IGNORECASE,
)
"""Words that set what follows before the day that the story reports."""
_IT_WAS = re.compile(r"\bit\s+(?:also\s+)?(?:was|is|marked|made|will\s+be|would\s+be)\s+(?:also\s+)?$", re.IGNORECASE)
"""A sentence that names what it is about only behind the superlative: "It was the worst week ever for the Dow"."""
_LED = re.compile(r"(?:\b(?:its|the|a|an|their|new|fresh|another|his|[\w.&]+['’]s?)\s+)+$", re.IGNORECASE)
_CLOSED = re.compile(
    CLOSING.pattern + r"(?![^.]*\b(?:after|before|having|earlier|hit|hitting|touch\w*|intraday)\b)[^.]*$",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"\b(?:highs|lows|peaks)\b", re.IGNORECASE)
_STATISTIC_OF = re.compile(
    STATISTIC.pattern + r"(?:\s+[\w-]+){0,5}?\s+(?:in|of|at|from|for|among)\s+(?:(?:the|its|U\.S\.)\s+)*[\w-]*\s*$",
    re.IGNORECASE,
)


def find_superlatives(stage: Stage) -> Iterator[Claim]:
    """The superlatives of one sentence, in order of appearance."""
    taken = stage.scene.start
    day = stage.placer.reference.day if stage.placer.reference is not None else None
    found = sorted(find_phrases(stage, day), key=lambda phrase: (phrase.start, -phrase.end))
    for phrase in found:
        if phrase.start < taken or _AWAY.search(
            stage.scene.text, max(stage.scene.start, phrase.start - 60), phrase.start
        ):
            continue
        claim = _claim(stage, phrase)
        if claim is not None:
            taken = phrase.end
            yield claim


def _claim(stage: Stage, phrase: Phrase) -> Claim | None:
    scene = stage.scene
    led = _LED.search(scene.text, max(scene.start, phrase.start - 60), phrase.start)
    at = led.start() if led is not None else phrase.start
    thing = phrase.thing
    if thing is None and _IT_WAS.search(scene.text, max(scene.start, at - 40), at):
        thing = thing_at(stage, phrase.end)
    owner = stage.resolved(thing) if thing is not None else owner_of(stage, at, phrase.start, phrase.end)
    if owner is None or _general(stage, owner, phrase):
        return None
    direction = phrase.direction or (owner.move.direction if owner.move is not None else None)
    if direction is None:
        return None
    number = Number(
        start=phrase.start, end=phrase.end, text=scene.text[phrase.start : phrase.end], value=1.0, unit="points"
    )
    modality = stage.modality(at)
    compared = phrase.compared
    if compared == "level" and _CLOSED.search(scene.text, max(owner.span.end, phrase.start - 60), phrase.start):
        compared = "close"
    claim = Claim(
        start=phrase.start,
        end=phrase.end,
        text=number.text,
        value=float(phrase.rank),
        unit="rank",
        comparator=phrase.reach.comparator,
        hedge=phrase.reach.hedge,
        direction=direction,
        measure="superlative",
        modality=modality,
        subject=owner.span,
        symbol=paired(owner.symbol, owner.kind, scene.text[phrase.end : min(scene.end, phrase.end + 60)]),
        segment=owner.segment,
        timing="close" if compared == "close" and modality == "actual" else None,
        source=stage.speaker(number),
        extreme=phrase.extreme,
        compared=compared,
        reach=phrase.reach.kind,
        since_date=phrase.reach.since,
    )
    if modality != "actual":
        return claim
    told = _in_time(stage, claim, number, owner, at)
    # "a 12-year low in March" counts its years from a day that the words do not give
    return replace(told, since_date=None) if phrase.reach.counted and told.end_date is None else told


def _general(stage: Stage, owner: Owner, phrase: Phrase) -> bool:
    """Whether a statistic stands between the subject and its superlative, or right behind it."""
    text = stage.scene.text
    between = text[owner.span.end : phrase.start] if owner.span.end <= phrase.start else ""
    return bool(
        _STATISTIC_OF.search(text, max(stage.scene.start, owner.span.start - 80), owner.span.start)
        or STATISTIC.search(between)
        or STATISTIC.search(text, phrase.start, phrase.end)
        or STATISTIC.match(text, phrase.end + 1)
    )


def _in_time(stage: Stage, claim: Claim, number: Number, owner: Owner, at: int) -> Claim:
    """The claim with the window of the move, or the session of the level, that is called the most of its kind."""
    placed = stage.day(number, claim.direction, claim.symbol)
    stated = placed.basis == "stated" and placed.expression is not None and placed.expression.start >= claim.end
    if _PAST.search(stage.scene.text, max(stage.scene.start, at - 60), at) and not stated:
        return claim
    if owner.possessor and claim.extreme in ("highest", "lowest") and owner.move is None and not stated:
        return claim  # "the Dow's record high of 14,198 was set in October"
    if SEVERAL.search(claim.text) or (not stated and elsewhen(stage, at, claim.end)):
        return claim
    move = owner.move if not stated else None
    if move is not None and move.modality == "actual" and (move.end_date is not None or move.period is not None):
        window = Window(base=move.base_date, end=move.end_date)
        period, basis, daily = move.period, move.period_basis, _is_day(claim.symbol, window)
    else:
        window, period, basis = placed.window, placed.span(stage.scene.text), placed.basis
        daily = placed.expression is None or placed.expression.kind in DAY_KINDS
    told = _windowed(claim, window, daily)
    return replace(told, period=period, period_basis=basis) if told.end_date or basis != "assumed" else told


def _is_day(symbol: str | None, window: Window) -> bool:
    market = instruments.market(symbol) if symbol else "XNYS"
    return stretch(market, "session", window.end).base == window.base


def _windowed(claim: Claim, window: Window, daily: bool) -> Claim:
    """The claim with the window that fits what is compared; without one where the words do not settle it."""
    if claim.compared in ("level", "close"):
        return replace(claim, end_date=window.end) if daily or claim.compared == "close" else claim
    if claim.compared in ("week", "month", "quarter", "year"):
        market = instruments.market(claim.symbol) if claim.symbol else "XNYS"
        whole = stretch(market, claim.compared, window.end)
        return replace(claim, base_date=whole.base, end_date=whole.end)
    if claim.compared == "session" and not daily:
        return claim
    compared: Compared | None = "session" if claim.compared is None and daily and _plain(claim) else claim.compared
    if compared is None:
        return claim if daily else replace(claim, base_date=window.base, end_date=window.end)
    return replace(claim, compared=compared, base_date=window.base, end_date=window.end)


def _plain(claim: Claim) -> bool:
    """Whether no words say that another stretch than the session is meant: "its biggest two-day drop", "in such a
    period"."""
    return (
        re.search(
            r"\b(?:two|three|four|five|six|\d+)-|\bperiod\b|\bperformance\b|\bstart\b|\brun\b|\brally\b", claim.text
        )
        is None
    )
