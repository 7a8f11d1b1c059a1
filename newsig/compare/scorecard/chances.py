"""The probability that a statement states in so many words: "a 60 percent chance"."""

from __future__ import annotations

import re

from newsig.compare.scorecard.lexicon import ONES, TENS

_WORTH = {name: number for number, name in enumerate(ONES, start=1)}
_WORTH |= {name: 10 * number for number, name in enumerate(TENS, start=2)}
_NUMBER = rf"(?:\d{{1,3}}(?:\.\d+)?|{'|'.join((*TENS, *ONES))})"
_PERCENT = rf"(?P<percent>{_NUMBER})[\s-]*(?:percent|per cent|pct\b|%)"
_SHARE = rf"(?P<part>{_NUMBER})[\s-]+(?:in|out of)[\s-]+(?P<whole>{_NUMBER})"
_CHANCE = r"(?:chances?|probability|likelihood|odds)"
_SURE = rf"(?:{_CHANCE}|probable|likely|certain|sure|confident)"
_SIZED = r"(?:gains?|falls?|rises?|drops?|declines?|corrections?|rally|rallies|loss(?:es)?|moves?|cuts?|pullbacks?)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_PERCENT}[\s-]+(?:\w+\s+)?{_SURE}\b",
        rf"\b{_CHANCE}\b[^.;,]{{0,60}}?\b(?:at|of|is|are|to be)\s+(?:about\s+|roughly\s+)?{_PERCENT}(?!\s+{_SIZED})",
        rf"\b{_SHARE}[\s-]+{_SURE}\b",
        rf"\b{_CHANCE}\s+(?:of|are|is)\s+{_SHARE}\b",
        r"\b(?P<even>50[-–/]50|fifty-fifty|even chance|even odds|coin (?:flip|toss))\b",
    )
)
_NEEDED = re.compile(r"chance|probab|likel|odds|certain|sure|confident|50|fifty|coin", re.IGNORECASE)
"""One of these is in whatever the forms find, and none in most statements."""

_BOUND = re.compile(
    r"\b(?:more|less|better|greater|higher|lower|over|under|at least|up to)\s+(?:than\s+)?(?:an?\s+)?$", re.IGNORECASE
)


def chance(text: str) -> tuple[float, int, int] | None:
    """The probability with the span of the words that state it; None without one, and where it is only a bound.

    >>> chance("I see a 60 percent chance of a rally"), chance("a three-in-four chance that they fall")
    ((0.6, 8, 25), (0.75, 2, 22))
    """
    if not _NEEDED.search(text):
        return None
    found = [match for form in _FORMS for match in form.finditer(text)]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    if _BOUND.search(text[: first.start()]):
        return None
    share = _share(first.groupdict())
    return None if share is None else (share, *first.span())


def _share(groups: dict[str, str | None]) -> float | None:
    if groups.get("even"):
        return 0.5
    whole = _number(groups.get("whole") or "100")
    part = _number(groups.get("part") or groups.get("percent") or "")
    return part / whole if whole and part <= whole else None


def _number(word: str) -> float:
    return float(_WORTH.get(word.lower()) or word)
