"""What kind of quantity moved: a market price, a yield, a statistic of books or bureaus, or something else."""

from __future__ import annotations

import re

from newsig.extract.claims.directions import Move
from newsig.extract.claims.scene import Candidate, Scene
from newsig.extract.lexicon import DOWN_NOUNS, FUNDAMENTAL_PHRASES, FUNDAMENTALS, UP_NOUNS
from newsig.extract.numbers import Number
from newsig.records import Measure

PRICED = frozenset({"index", "stock", "etf", "commodity", "currency", "crypto", "segment"})
"""Kinds of candidates that are prices unless the sentence measures something of theirs."""
AGENT = re.compile(r"(?:makers?|producers?|owners?|betters?|sellers?|builders?|dealers?|operators?|holders?|miners?)$")
"""Who makes or holds something; what moves of theirs is a share."""
_BOOKS = "|".join(sorted(map(re.escape, FUNDAMENTALS | frozenset(FUNDAMENTAL_PHRASES)), key=len, reverse=True))
_TURN = "|".join(sorted(UP_NOUNS | DOWN_NOUNS))
_OF_WHAT = re.compile(
    rf"^\s*(?:(?:\w+[-\s]){{0,3}}?(?:{_TURN})\s+(?:in|of|for|to)\s+(?:[\w.&'’-]+\s+){{0,6}}?(?P<books>{_BOOKS})\b"
    rf"|(?:[\w-]+\s+){{0,2}}?(?P<books2>{_BOOKS})\s+(?:{_TURN})\b"
    r"|(?:[\w-]+\s+){0,2}?growth\b(?!\s+(?:stock|share|fund|index)))",
    re.IGNORECASE,
)
"""Behind the number: "… drop in first-quarter profit", "… profit growth"."""
_GROWTH_OF = re.compile(
    rf"\b(?:(?:{_BOOKS})\s+(?:{_TURN})|(?:{_TURN})\s+in\s+(?:[\w-]+\s+){{0,4}}?(?:{_BOOKS}))"
    r"\s+(?:of|was|is|at)\s+[\w\s]{0,20}$"
    r"|\bgrowth\s+(?:rate\s+)?(?:of|at|to|was|is)\s+[\w\s]{0,20}$",
    re.IGNORECASE,
)
"""Before it: "profit growth of …", "a drop in sales of …", "world growth of …"."""
_CHANGES = re.compile(
    r"\b(?:cut|cuts|cutting|rais\w+|reduc\w+|lift\w+|boost\w*|lower\w*|increas\w+|trim\w*|slash\w*|hik\w+|expand\w*)\s+"
    r"(?:(?:its|their|his|her|the)\s+)?(?P<what>[\w' &’.-]{3,60}?)\s+by\s+(?:(?:about|nearly|almost|more than|"
    r"up to|at least|an?|some|over|around|another|as much as)\s+)*$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\s+(?:(?:higher|lower)\s+)?(?:(?:in|during|for)\s+(?:the\s+)?[\w ]{2,22}?\s+)?"
    r"(?:(?:annual|annuali[sz]ed)\s+(?:rate|pace)\s+)?(?:to|at)\s+(?:about\s+|around\s+|nearly\s+)?"
    r"[A-Z]{0,3}[$€£¥]?\s?[\d.,]+\s*(?:million|billion|trillion|mln|bln|bn|crore|units|vehicles|cars|tonnes|tons|jobs)\b",
    re.IGNORECASE,
)
"""Behind a figure of sales, whoever the subject is: "the medicine grew 8 percent to $1.3 billion"."""
_BOOKKEEPING = re.compile(r"\b(?:expect\w*|forecast\w*|predict\w*|sees|project\w*|report(?:ed|s|ing)?|recorded)\b")
"""What a company does with a rise that is of its books: "the retailer expects a rise of 3 percent"."""
_PER = re.compile(
    r"\b(?:earnings|profit|income|sales|revenue|dividends?|loss|cash flow)\s+(?:a|per)\s+share$", re.IGNORECASE
)
_BOOKED = re.compile(rf"\b(?:{_BOOKS})\b", re.IGNORECASE)
_SHARES = re.compile(r"\b(?:shares?|stocks?|index|price(?! target)s?|value)\b", re.IGNORECASE)
_GREW = re.compile(
    r"^(?:grow|grows|grew|grown|growing|growth|expand\w*|contract(?:ed|s|ing)?|shr[aiu]nk\w*)$", re.IGNORECASE
)


def measure_of(
    scene: Scene, number: Number, move: Move, subject: Candidate | None, resolved: Candidate | None
) -> Measure:
    """What kind of quantity moved."""
    if subject is not None and subject.kind == "fundamental" and AGENT.search(subject.head):
        return "price"
    if subject is not None and subject.kind in ("fundamental", "other"):
        return "fundamental" if subject.kind == "fundamental" else "other"
    if "rate" in (subject.kind if subject else "", resolved.kind if resolved else ""):
        return "yield" if resolved is None or resolved.kind == "rate" else "price"
    if number.unit == "bp":
        return "other"
    if _is_booked(scene, number, move, subject):
        return "fundamental"
    if subject is not None and subject.kind == "stock" and move.how == "noun":
        told = scene.text[subject.end : number.start]
        if _BOOKKEEPING.search(told) and not _SHARES.search(told):
            return "fundamental"
    if subject is not None and subject.kind in PRICED - {"stock"}:
        return "price"
    if _AMOUNT.match(scene.text, number.end):
        return "fundamental"
    return _changed(scene, number) or "price"


def _changed(scene: Scene, number: Number) -> Measure | None:
    """What somebody changes by a figure: "cut its dividend by 75 percent", "cut its workforce by 4 percent"."""
    match = _CHANGES.search(scene.text[max(scene.start, number.start - 110) : number.start])
    if match is None or _SHARES.search(match["what"]):
        return None
    return "fundamental" if _BOOKED.search(match["what"]) else "other"


def _is_booked(scene: Scene, number: Number, move: Move, subject: Candidate | None) -> bool:
    """Whether the words around a figure measure sales, profit, output or the like, whoever the subject is."""
    behind = scene.text[number.end : min(scene.end, number.end + 90)]
    before = scene.text[max(scene.start, number.start - 90) : number.start]
    if _OF_WHAT.match(behind) or _GROWTH_OF.search(before):
        return True
    if subject is not None and subject.kind == "price" and _PER.search(scene.text[scene.start : subject.end]):
        return True
    priced = subject is not None and (subject.kind in PRICED or subject.kind == "price")
    return not priced and subject is not None and bool(_GREW.match(scene.text[move.start : move.end]))
