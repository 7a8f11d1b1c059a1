"""How a claim is meant: fact or forecast, mid-session or close, market price or statistic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsig.extract.claims.directions import Move
from newsig.extract.claims.scene import Candidate, Scene
from newsig.extract.lexicon import (
    CLOSE_PHRASES,
    CONDITIONAL_CUES,
    FORECAST_CUES,
    HISTORICAL_PHRASES,
    INTRADAY_PHRASES,
    words,
)
from newsig.extract.numbers import Number
from newsig.records import Measure, Modality, Timing

MODALS = words("will would could may might should")
BASE_FORMS = words("""
    rise gain climb jump advance add increase grow rebound recover expand improve fall drop lose decline slip slide dip
    shrink contract decrease ease weaken strengthen outperform underperform reach surge rally be post report show cut
    raise
""")
PAST_FORMS = re.compile(r"(?:ed|fell|rose|lost|slid|sank|shed|gave up|grew|sent|was|were|had|has|have|is|are)$")
_CLAUSE = re.compile(r"[;:,]|\b(?:while|but|after|as|when|which|who|whose|and)\b", re.IGNORECASE)
_PHRASES = {
    "intraday": re.compile(r"\b(?:" + "|".join(map(re.escape, INTRADAY_PHRASES)) + r")\b", re.IGNORECASE),
    "close": re.compile(r"\b(?:" + "|".join(map(re.escape, CLOSE_PHRASES)) + r")\b", re.IGNORECASE),
}
_EXPECTED = re.compile(
    r"\b(?:expectations?|forecasts?|estimates?|projections?|forecast|predicting|target)"
    r"\s+(?:\w+\s+){0,3}(?:of|for)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_HISTORICAL = re.compile(r"\b(?:" + "|".join(map(re.escape, HISTORICAL_PHRASES)) + r")\b", re.IGNORECASE)


def modality_of(scene: Scene, number: Number, move: Move) -> Modality:
    """Whether the move is a fact, a forecast, a condition or general history."""
    if _HISTORICAL.search(scene.text, max(scene.start, number.start - 45), min(scene.end, number.end + 25)):
        return "historical"
    left = min(number.start, move.start)
    clause_start = _clause_start(scene, left)
    clause = [word.lower for word in scene.between(clause_start, left)]
    governing = scene.text[move.start : move.end].lower()
    if _EXPECTED.search(scene.text, scene.start, number.start):
        return "forecast"
    ahead = governing in BASE_FORMS or governing.endswith("ing") or move.how in ("noun", "shared", "listed", "adverb")
    if ahead and FORECAST_CUES.intersection(clause) and not _settled(clause, governing):
        conditional = any(word.lower in CONDITIONAL_CUES for word in scene.words)
        return "conditional" if conditional and MODALS.intersection(clause) else "forecast"
    sentence = [word.lower for word in scene.between(scene.start, left)]
    supposed = sentence[sentence.index("if") :] if "if" in sentence else []
    if supposed and {"were", "should"}.intersection(supposed) and "to" in supposed:
        return "conditional"
    if "if" in sentence and governing in BASE_FORMS | {"falls", "rises", "drops", "gains", "loses", "declines"}:
        return "conditional"
    return "actual"


def _settled(clause: Sequence[str], governing: str) -> bool:
    """Whether a cue word is only near a plain past: "as expected, fell"."""
    past = bool(PAST_FORMS.search(governing)) or governing in ("up", "down", "higher", "lower")
    return past and not (MODALS | {"be", "to"}).intersection(clause)


def _clause_start(scene: Scene, at: int) -> int:
    starts = [
        match.end()
        for match in _CLAUSE.finditer(scene.text, scene.start, at)
        if not _in_number(scene.text, match.start())
    ]
    return starts[-1] if starts else scene.start


def _in_number(text: str, at: int) -> bool:
    return text[at : at + 1] == "," and text[at + 1 : at + 2].isdigit() and text[max(0, at - 1) : at].isdigit()


def timing_of(scene: Scene, number: Number) -> Timing | None:
    """Whether the words of the sentence make the figure a mid-session or a closing one."""
    start = max(scene.start, number.start - 120)
    end = min(scene.end, number.end + 60)
    if _PHRASES["intraday"].search(scene.text, start, end):
        return "intraday"
    return "close" if _PHRASES["close"].search(scene.text, start, end) else None


def measure_of(subject: Candidate | None, resolved: Candidate | None, number: Number) -> Measure:
    """What kind of quantity moved."""
    if subject is not None and subject.kind == "fundamental":
        return "fundamental"
    if subject is not None and subject.kind == "other":
        return "other"
    if (subject is not None and subject.kind == "rate") or (resolved is not None and resolved.kind == "rate"):
        return "yield" if resolved is None or resolved.kind == "rate" else "price"
    if number.unit == "bp":
        return "other"
    return "price"
