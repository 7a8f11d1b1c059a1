"""How firmly the words of a story pin a window to sessions."""

from __future__ import annotations

import re

from newsig.records import Claim

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"

A_DAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sun)(?:day)?s?\b|\b(?:to|yester)day\b|\b\d{4}-\d\d-\d\d\b"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?![a-z])",
    re.IGNORECASE,
)
"""Words that name one day."""

LOOSE_WORDS = re.compile(
    r"\b(?:since|from|after|until|recent(?:ly)?|past|previous|few|several|couple|around|about|nearly|almost|over"
    r"|early|earlier|late|later|mid|start|beginning|morning|afternoon|midday|noon|open(?:ing|ed)?|intraday|pre-?market|after-?hours"
    r"|weeks|months|quarters|years|decades?|a (?:week|month|quarter|year))\b",
    re.IGNORECASE,
)
"""Words that leave open on which session a window starts or ends."""


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
    return bool(re.search(r"\b(?:early|mid|morning|afternoon|midday|noon|opening|intraday)\b", words, re.IGNORECASE))
