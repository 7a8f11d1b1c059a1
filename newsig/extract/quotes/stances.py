"""How a statement is meant, by its own words."""

from __future__ import annotations

import re

from newsig.records import Stance

STANCES: tuple[tuple[Stance, re.Pattern[str]], ...] = (
    ("hope", re.compile(r"\b(?:hopes?|hoping|hopefully|wish)\b", re.IGNORECASE)),
    ("conditional", re.compile(r"\b(?:if|unless|provided that)\b", re.IGNORECASE)),
    (
        "forecast",
        re.compile(r"\b(?:will|expects?|expected|could|likely|forecasts?|going to|should|may|might)\b", re.IGNORECASE),
    ),
)


def stance_of(words: str) -> Stance:
    """How a statement is meant.

    >>> stance_of("I hope the autumn brings more"), stance_of("The weather has turned")
    ('hope', 'actual')
    """
    return next((stance for stance, pattern in STANCES if pattern.search(words)), "actual")
