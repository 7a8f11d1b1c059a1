"""Price targets: the level that somebody expects of a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsig.extract.landmarks.amounts import Amount
from newsig.extract.landmarks.owners import direction_before
from newsig.extract.landmarks.stage import Stage
from newsig.records import Claim

_TARGET = re.compile(
    r"\b(?:price\s+|year-end\s+|price-)?targets?\b(?P<on>\s+(?:price\s+)?(?:on|for)\s)?[^.;]{0,60}?"
    r"\b(?:to|of|at|is|was)\s+$",
    re.IGNORECASE,
)


def _words_of_target(stage: Stage, amount: Amount) -> re.Match[str] | None:
    return _TARGET.search(stage.scene.text, max(stage.scene.start, amount.left - 110), amount.left)


def names_target(stage: Stage, amount: Amount) -> bool:
    """Whether the words in front of an amount make it somebody's target."""
    return _words_of_target(stage, amount) is not None


def find_target(stage: Stage, amount: Amount) -> Iterator[Claim]:
    """The price target that an amount is; nothing where the words do not say of what."""
    target, scene = _words_of_target(stage, amount), stage.scene
    if target is None:
        return
    named = target.end("on") if target["on"] else amount.start
    within = [c for c in scene.candidates if named <= c.start and c.end <= amount.start]
    owned = [c for c in scene.candidates if c.end <= target.start() and target.start() - c.end < 16 and c.possessive]
    subject = within[0] if within else owned[-1] if owned else None
    owner = stage.resolved(subject)
    priced = amount.unit in (None, "index") if owner is not None and owner.kind == "index" else amount.unit is not None
    if owner is None or not priced or amount.unit == "percent_a_year":
        return
    number = amount.number()
    yield Claim(
        start=amount.start,
        end=amount.end,
        text=amount.text,
        value=amount.value,
        unit=amount.unit or "index",
        comparator=amount.comparator,
        hedge=amount.hedge,
        direction=direction_before(scene, target.start()),
        measure="level",
        modality="forecast",
        subject=owner.span,
        symbol=owner.symbol,
        segment=owner.segment,
        source=stage.speaker(number),
    )
