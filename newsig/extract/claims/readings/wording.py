"""How a figure is meant by the words around it, for definitions and averages, and for the sentences in which a parser
loses its way."""

from __future__ import annotations

import re

from newsig.extract.claims.scene import Scene
from newsig.extract.lexicon import GENERIC_PHRASES, HISTORICAL_PHRASES
from newsig.extract.numbers import Number

REACH = 200
"""Code points around a number within which words of another clause may tell how it is meant."""
_DEFINITION = re.compile(
    r"\b(?:a|an)\s+(?:[\w-]+\s+){0,3}?(?:bear market|bull market|correction|recession)\b|\bdefin(?:ed|ition|es)\b"
    r"|\b(?:is|are)\s+(?:\w+\s+)?(?:considered|known|regarded|called|deemed|seen as)\b",
    re.IGNORECASE,
)
_GENERIC_SIZE = re.compile(r"^\s*(?:or (?:more|greater)|or larger|and more)\b", re.IGNORECASE)
_GENERIC_NOUN = re.compile(
    r"\b[Aa]\s+(?:\w+\s+){0,2}(?:fall|drop|decline|rise|gain|rally|loss|slide)\s+of\s[\w\s]{0,20}$"
)
_EACH = re.compile(
    r"\b(?:every|each|any)\s+(?:(?:additional|further|extra|\w+)\s+)?$|\b(?:in (?:case|the event) of)\s+(?:an?\s+)?$",
    re.I,
)
_BEFORE = re.compile(
    r"\b(?:expectations?|forecasts?|estimates?|projections?|predictions?|consensus|target)"
    r"\s+(?:of|for)\s+[\w\s]{0,25}$"
    r"|\b(?:forecasts?|expects?|predicts?|projects?|sees|anticipates?)\s+(?:[\w-]+\s+){0,5}?(?:growth|rise|increase|"
    r"decline|drop|fall|gain|decrease|jump)\s+of\s+[\w\s]{0,20}$"
    r"|\b(?:forecasting|expecting|predicting|projecting|calling for)\s+[\w\s]{0,20}$"
    r"|\bimpl(?:y|ies|ied|ying)\s+(?:\w+\s+){0,3}?(?:gain|rise|upside|fall|drop|decline|downside|return|advance)\s+of"
    r"\s+[\w\s]{0,20}$",
    re.IGNORECASE,
)
"""A forecast told right before its figure, for the sentences that a parser loses its way in."""
_EXPECTED_BEHIND = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:analysts?|economists?|Wall\s+Street|forecasters?|markets?|investors?)\s+(?:(?:polled|surveyed)\s+"
    r"(?:\w+\s+){1,4})?(?:had\s+|were\s+|was\s+)?(?:expect\w*|forecast\w*|predict\w*|look\w*\s+for|estimat\w+|anticipat\w+)\b"
)
"""Behind a figure: "the 0.4 percent increase economists were expecting"."""
_HISTORICAL = re.compile(r"\b(?:" + "|".join(map(re.escape, HISTORICAL_PHRASES)) + r")\b", re.IGNORECASE)
_AVERAGE = re.compile(
    r"\b(?:averaged|averaging|on average|average (?:of|annual|monthly)"
    r"|(?:an|the) (?:average|median)(?! \w+ (?:price|earnings)))\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(r"\b(?:" + "|".join(GENERIC_PHRASES) + r")\b", re.IGNORECASE)


def defines(scene: Scene, number: Number) -> bool:
    """Whether the sentence says what something is called, or what follows from each such move."""
    before = scene.text[max(scene.start, number.start - 60) : number.start]
    if _EACH.search(before):
        return True
    after = scene.text[number.end : min(scene.end, number.end + 120)]
    generic = _GENERIC_SIZE.match(after) or _GENERIC_NOUN.search(before)
    around = scene.text[max(scene.start, number.start - REACH) : min(scene.end, number.end + REACH)]
    return bool(_DEFINITION.search(around) and (generic or "defined" in around.lower()))


def is_foretold(scene: Scene, number: Number) -> bool:
    """Whether a forecast is told right before the figure, or whose it is right behind."""
    before = _BEFORE.search(scene.text, max(scene.start, number.start - REACH), number.start)
    return before is not None or _EXPECTED_BEHIND.match(scene.text, number.end) is not None


def is_history(scene: Scene, number: Number) -> bool:
    """Whether the figure is a general statistic of the past: an average over many cases, what usually happens."""
    near = (max(scene.start, number.start - 60), min(scene.end, number.end + 40))
    if _HISTORICAL.search(scene.text, *near):
        return True
    return bool(
        _AVERAGE.search(scene.text, *near)
        and _GENERIC.search(scene.text, max(scene.start, number.start - REACH), min(scene.end, number.end + REACH))
    )
