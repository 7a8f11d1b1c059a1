"""Who stands behind a claim: the speaker of the statement that its number lies in."""

from __future__ import annotations

from collections.abc import Iterable

from newsig.extract.numbers import Number
from newsig.records import Quote


def source_of(quotes: Iterable[Quote], number: Number) -> str | None:
    """The name that a number is attributed to; None where it is the reporter's own.

    Where one statement stands inside another, the inner one counts. A source is a name: of speakers who are not named
    ("analysts at …") it is the organisation, and None where that is not told either.
    """
    around = [quote for quote in quotes if quote.start <= number.start and number.end <= quote.end]
    if not around:
        return None
    nearest = min(around, key=lambda quote: quote.end - quote.start)
    return nearest.organisation if nearest.speaker_type == "unnamed" else nearest.speaker
