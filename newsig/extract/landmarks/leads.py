"""The words in front of an amount that make it a level: "to end at", "rose above", "hit a two-month high of"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsig.extract.landmarks.amounts import Amount
from newsig.extract.landmarks.lexicon import CROSSED, LEVEL_VERBS, REACHED, either
from newsig.extract.landmarks.stage import Stage
from newsig.extract.lexicon import words
from newsig.records import Comparator

BEYOND: dict[str, Comparator] = {
    "above": ">", "over": ">", "past": ">", "beyond": ">", "below": "<", "under": "<", "beneath": "<",
}  # fmt: skip
SOFT = words("back further just well slightly again briefly clearly comfortably even right")
"""What may stand between a verb and "above"."""
ARTICLES = words("a an the any its their")
"""Before a word that can be a verb these make it a noun: "a close below 1,330 would be bearish"."""
_TAKING = REACHED | CROSSED
_LEADING = LEVEL_VERBS | {"up", "down", "higher", "lower"}
_TO = re.compile(
    r"\b(?P<lead>to|at)\s+(?:(?:a|the|its|just|only|unofficially|provisionally|roughly|last)\s+)*$", re.IGNORECASE
)
_EXTREME = re.compile(
    r"\b(?P<lead>high|low|peak|trough|record|close|level|top|bottom|finish|settlement)s?\s+(?:of|at|around|near)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_YIELDING = re.compile(
    r"\b(?:to\s+yield|yielding|yielded|yields?\s+of|yields)\s+(?:(?:at|about|around|now|just|an?)\s+)*$", re.IGNORECASE
)
_OTHER_TIME = re.compile(
    r"\b"
    + either(r"""
        from below above off since than under over short_of near past beyond despite between until break\w* broke
        surpass\w* beat\w* exceed\w* (?:re)?test\w* towards? approach\w* eclips\w* shy_of within
    """)
    + r"\s+(?:[\w’'-]+\s+){0,6}$",
    re.IGNORECASE,
)
"""An earlier extreme that the level is only held to: "below its record close of 1,565.15"."""
_WORD = re.compile(r"[A-Za-z][\w’'-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The words that lead to a level: where they begin, how they bound it, and whether they are its verb."""

    start: int
    comparator: Comparator | None = None
    verb: str = ""
    how: str = "to"


def lead_of(stage: Stage, amount: Amount) -> Lead | None:
    """How the words in front of an amount make it a level; None where they do not."""
    text, start = stage.scene.text, stage.scene.start
    yielding = _YIELDING.search(text, max(start, amount.left - 40), amount.left)
    if amount.unit == "percent_a_year" and yielding is not None:
        return Lead(start=yielding.start(), how="yield")
    word = _word_before(text, start, amount.start)
    if word is not None and word[0] in BEYOND:
        verb = _verb_before(text, start, word[1])
        return Lead(start=word[1], comparator=BEYOND[word[0]], verb=verb, how="beyond") if verb else None
    word = _word_before(text, start, amount.left)
    if word is not None and word[0] in _TAKING and amount.unit != "percent_a_year":
        return Lead(start=word[1], comparator=">" if word[0] in CROSSED else None, verb=word[0], how="verb")
    if match := _EXTREME.search(text, max(start, amount.left - 30), amount.left):
        if _OTHER_TIME.search(text, max(start, match.start() - 70), match.start()):
            return None
        return Lead(start=match.start(), verb=match["lead"], how="extreme")
    if match := _TO.search(text, max(start, amount.left - 45), amount.left):
        return Lead(start=match.start(), verb=match["lead"].lower(), how="to")
    other = _OTHER_TIME.search(text, max(start, amount.left - 70), amount.left)
    if amount.comparator == "~" and amount.hedge == "near" and other is None:
        return Lead(start=amount.left, how="to")
    return None


def _word_before(text: str, start: int, at: int) -> tuple[str, int] | None:
    """The word that ends right before a character, an article passed over: its lower form and where it starts."""
    found = [
        match for match in _WORD.finditer(text, max(start, at - 30), at) if match[0].lower() not in ("the", "a", "an")
    ]
    if not found or text[found[-1].end() : at].strip().lower() not in ("", "the", "a", "an"):
        return None
    return found[-1][0].lower(), found[-1].start()


def _verb_before(text: str, start: int, at: int) -> str:
    """The verb or adverb of a move that a preposition belongs to: "rose back above", "closed just below"."""
    found = [m[0].lower() for m in _WORD.finditer(text, max(start, at - 60), at)]
    while found and found[-1] in SOFT:
        found.pop()
    verb = found[-1] if found else ""
    if len(found) > 1 and found[-2] in ARTICLES:
        return ""
    return verb if verb in _LEADING else ""
