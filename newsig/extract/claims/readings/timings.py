"""Mid-session or close: by the words of the clause, then by the hour at which the story appeared."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, datetime

from newsig import instruments, sessions
from newsig.extract.claims.directions import Move
from newsig.extract.claims.scene import Scene
from newsig.extract.lexicon import CLOSE_PHRASES, INTRADAY_PHRASES, LATE_PHRASES
from newsig.extract.numbers import Number
from newsig.records import Claim, Timing

REACH = 300
"""Code points before a word of movement within which its clause begins."""
WITH_A_CLOSE = frozenset({"index", "stock", "etf"})
"""Kinds of instruments whose day ends with their exchange's close. Currencies trade on, and a commodity's settlement
price is struck hours before its exchange shuts."""
_CUES: tuple[tuple[Timing, re.Pattern[str]], ...] = (
    (
        "intraday",
        re.compile(r"\b(?:" + "|".join(map(re.escape, (*INTRADAY_PHRASES, *LATE_PHRASES))) + r")\b", re.IGNORECASE),
    ),
    ("intraday", re.compile(r"\b(?:at|by|around|about|as of)\s+\d{1,2}(?::\d\d)?\s*[ap]\.?m\b|\b\d{4} GMT\b", re.I)),
    ("close", re.compile(r"\b(?:" + "|".join(map(re.escape, CLOSE_PHRASES)) + r")\b", re.IGNORECASE)),
)
_AS_MUCH_AS = re.compile(r"\bas (?:much|high|low|far) as\s+$", re.IGNORECASE)
_CLAUSE = re.compile(
    r";|,(?=\s)|\b(?:while|but|after|as|when|which|who|whose|before|although|though)\b"
    r"(?![- ]hours|[- ]the[- ](?:bell|close))",
    re.IGNORECASE,
)
_FRONTED = re.compile(r"^[\s\"“]*(?:At|By|In|During|Around|As of|Half|Just)\b[^,]{2,60},")


def timing_of(
    scene: Scene, number: Number, move: Move, claim: Claim, published: date | datetime | None
) -> Timing | None:
    """Whether a dated claim is a mid-session or a closing figure, null where neither words nor the clock tell.

    ``published`` is when the story appeared: a figure of a session that was not over by then cannot be its close.
    """
    if claim.measure not in ("price", "yield"):
        return None
    own = _by_words(scene, number, move)
    if own is not None or claim.modality != "actual":
        return own
    return "intraday" if _still_open(claim.symbol, claim.end_date, published) else None


def _by_words(scene: Scene, number: Number, move: Move) -> Timing | None:
    """What the words of the number's own clause say, its left side first; then a time that opens the sentence."""
    if _AS_MUCH_AS.search(scene.text, max(scene.start, number.start - 20), number.start):
        return "intraday"
    first = min(move.start, number.start)
    left = _last_break(scene, first), number.start
    right = number.end, _next_break(scene, number.end)
    for start, end in (left, right):
        found = next((timing for timing, cue in _CUES if cue.search(scene.text, start, end)), None)
        if found is not None:
            return found
    fronted = _FRONTED.match(scene.text[scene.start : min(number.start, scene.start + REACH)])
    if fronted and any(cue.search(fronted[0]) for timing, cue in _CUES if timing == "intraday"):
        return "intraday"
    return None


def _last_break(scene: Scene, at: int) -> int:
    """Where the clause begins that holds a word."""
    first = max(scene.start, at - REACH)
    return max((match.end() for match in _CLAUSE.finditer(scene.text, first, at)), default=first)


def _next_break(scene: Scene, at: int) -> int:
    """Where the clause ends: at a conjunction or comma, or where the next figure begins."""
    match = _CLAUSE.search(scene.text, at, scene.end)
    following = scene.numbers[bisect_left(scene.numbers, at, key=lambda other: other.start) :][:1]
    return min(match.start() if match else scene.end, following[0].start if following else scene.end)


def _still_open(symbol: str | None, session: date | None, published: date | datetime | None) -> bool:
    """Whether the story appeared before the close of the session it reports; a bare date tells no hour."""
    if symbol is None or session is None or not isinstance(published, datetime) or published.tzinfo is None:
        return False
    known = instruments.instruments().get(symbol)
    if known is None or known.kind not in WITH_A_CLOSE or not sessions.is_session(known.market, session):
        return False
    return published < sessions.closes_at(known.market, session)
