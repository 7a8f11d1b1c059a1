"""Whether a text can hold a claim at all: a number with a unit, an amount, a superlative or a streak.

Every claim is the reading of one of them, so a story without any needs no subjects, periods or parse for its claims.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from newsig.extract.landmarks.amounts import CURRENCIES, MARKS
from newsig.extract.landmarks.phrases import SUPERLATIVES
from newsig.extract.landmarks.streaks import STREAKS
from newsig.extract.numbers import find_numbers
from newsig.extract.sentences import sentence_spans, text_of

HOLDS = "newsig_holds_figures"
"""Under what name the answer is kept with a document."""
_AMOUNT = re.compile(
    r"\d[.,]\d|%|percent|pct|per\s+cent|\bpoint|\bpts|" + "|".join(map(re.escape, [*MARKS, *CURRENCIES]))
)
"""What an amount has beside its digits if it is more than a count, a year or a time: a fraction or thousands, a mark,
the name of a currency, or a unit."""
_DIGIT = re.compile(r"\d")


def holds_figures(doc: Doc) -> bool:
    """Whether a document may state a claim; where it does not, none is lost by not looking for one."""
    if HOLDS not in doc.user_data:
        doc.user_data[HOLDS] = may_state(text_of(doc))
    return bool(doc.user_data[HOLDS])


def may_state(text: str) -> bool:
    """Whether a text has anything that a claim can be made of.

    >>> may_state("The Dow closed at 12,565.53"), may_state("its third straight weekly gain"), may_state("up a percent")
    (True, True, True)
    >>> may_state("The council met in 1998 and chose 3 of the 12 plans.")
    False
    """
    if _DIGIT.search(text) and _AMOUNT.search(text):
        return True
    if find_numbers(text):
        return True
    return any(
        next(battery.matches(text, start, end), None) is not None
        for start, end in sentence_spans(text)
        for battery in (SUPERLATIVES, STREAKS)
    )
