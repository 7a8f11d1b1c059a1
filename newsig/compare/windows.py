"""How firmly the words of a story pin a window to sessions."""

from __future__ import annotations

import re
from datetime import timedelta

from newsig.records import Claim

MARGIN = timedelta(days=10)
"""No market rests longer than this: how far a neighbouring session may be where the calendar does not reach."""

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"

A_DAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sun)(?:day)?s?\b|\b(?:to|yester)day\b|\b\d{4}-\d\d-\d\d\b"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?![a-z])",
    re.IGNORECASE,
)
"""Words that name one day."""

LOOSE_WORDS = re.compile(
    r"\b(?:since|from|after|before|until|overnight|recent(?:ly)?|past|previous|few|several|couple|around|about|nearly"
    r"|almost|over|early|earlier|late|later|mid|start|beginning|morning|afternoon|midday|noon|open(?:ing|ed)?|intraday"
    r"|pre-?market|after-?hours|weeks|months|quarters|years|decades?|a (?:week|month|quarter|year))\b",
    re.IGNORECASE,
)
"""Words that leave open on which session a window starts or ends."""

_A_PART = re.compile(
    r"\b(?:early|mid|morning|afternoon|midday|noon|opening|intraday|pre-?market|extended|after-hours)\b", re.IGNORECASE
)


def pinned(claim: Claim) -> bool:
    """Whether the story says in so many words over which sessions the figure runs, give or take one at either end.

    True for a stated period without loose words ("on Friday", "this year", "in five days"), and for one taken from
    words that name a day. A stated period that names days stays firm whatever else it says ("since 9 July").
    """
    words = claim.period.text if claim.period else ""
    if A_DAY.search(words):
        return claim.period_basis in ("stated", "inherited") and not _part_of_a_day(words)
    return claim.period_basis == "stated" and not LOOSE_WORDS.search(words)


def _part_of_a_day(words: str) -> bool:
    return _A_PART.search(words) is not None
