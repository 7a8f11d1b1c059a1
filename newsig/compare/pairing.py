"""Which claim and which statement of one text is which of another one.

Two claims are one where the same words stand around their figures, where they tell of the same thing over the same
sessions in the same unit, or where they tell of the same thing with the same figure. Two statements are one where most
of their words are. What fits best is taken first, and what is as good, nearest to the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeVar

from newsig.compare.copies import Telling
from newsig.compare.figures import band
from newsig.compare.wording import keys, sentence_at, within, words
from newsig.records import LANDMARKS, Claim, Quote

BEFORE, BEHIND = 5, 3
"""How many words around a figure tell what it is of."""

SAME_WORDS = 0.6
"""The share of words in common from which sentences, surroundings and quotations are the same ones, reworded."""

SOME_WORDS = 0.3
"""The share from which figures of one thing over the same sessions are one figure."""

SAME_VOICE = 0.4
"""The same for two statements by one speaker."""

FIGURE = "#"
"""Stands for every figure where surroundings are compared, so that a changed one leaves them alike."""

Found = TypeVar("Found", Claim, Quote)


def paired_claims(one: Telling, other: Telling) -> list[tuple[Claim, Claim]]:
    """The claims that both texts make, each with its counterpart, in the order of the first text."""
    return _paired(one.findings.claims, other.findings.claims, lambda a, b: _claims_alike(a, one.text, b, other.text))


def paired_quotes(one: Telling, other: Telling) -> list[tuple[Quote, Quote]]:
    """The statements that both texts have, each with its counterpart, in the order of the first text."""
    return _paired(one.findings.quotes, other.findings.quotes, _quotes_alike)


def _paired(
    ours: Sequence[Found], theirs: Sequence[Found], alike: Callable[[Found, Found], float]
) -> list[tuple[Found, Found]]:
    """The best pairs first; between equals the earlier ones, whichever text is the first."""
    scores = [
        (-score, at + there, at, there)
        for at, mine in enumerate(ours)
        for there, yours in enumerate(theirs)
        if (score := alike(mine, yours)) > 0
    ]
    taken: dict[int, int] = {}
    for _, _, at, there in sorted(scores):
        if at not in taken and there not in taken.values():
            taken[at] = there
    return [(ours[at], theirs[there]) for at, there in sorted(taken.items())]


def _claims_alike(one: Claim, text: str, other: Claim, other_text: str) -> float:
    """How surely two claims are one; 0 where they are two."""
    if (one.measure in LANDMARKS or other.measure in LANDMARKS) and one.measure != other.measure:
        return 0.0
    if one.symbol and other.symbol and one.symbol != other.symbol:
        return 0.0
    sentence = likeness(_around(one, text), _around(other, other_text))
    near = likeness(_beside(one, text), _beside(other, other_text))
    same_figure = one.value == other.value and one.unit == other.unit
    same_window = (one.base_date, one.end_date) == (other.base_date, other.end_date)
    about = same_thing(one, other)
    reworded = min(sentence, near) >= SAME_WORDS
    same_fact = about and one.unit == other.unit and same_window and _of_one_time(one, other)
    same_fact = same_fact and (near >= SOME_WORDS or agree(one, other))
    if not (reworded or same_fact or (about and same_figure and one.direction == other.direction)):
        return 0.0
    firm = 2 * about + same_window + (one.measure == other.measure) + (one.direction == other.direction)
    return 3 * near + 3 * sentence + 3 * same_figure + firm + (one.timing == other.timing)


def same_thing(one: Claim, other: Claim) -> bool:
    """Whether two claims tell of one thing: one listed thing, or one under the same words; of a company's figures,
    which are many, the words must agree as well."""
    listed = one.symbol is not None and one.symbol == other.symbol
    subjects = [set(keys(claim.subject.text)) if claim.subject else set() for claim in (one, other)]
    named_alike = bool(subjects[0]) and (subjects[0] <= subjects[1] or subjects[1] <= subjects[0])
    if one.measure in ("fundamental", "other") or not listed:
        return named_alike and (listed or not (one.symbol and other.symbol))
    return True


def agree(one: Claim, other: Claim) -> bool:
    """Whether two figures may both be true of one move, as where one is the other rounded."""
    if one.measure in LANDMARKS or (one.unit, one.direction) != (other.unit, other.direction):
        return False
    ours, theirs = band(one, 0.0), band(other, 0.0)
    return ours[0] <= theirs[1] and theirs[0] <= ours[1]


def _of_one_time(one: Claim, other: Claim) -> bool:
    """Whether two figures of one session may be the same, which one from before the close and a later one are not."""
    if one.measure == "level" and not one.comparator == other.comparator == "=":  # a mark that was passed is any
        return False
    return one.end_date is not None and (one.timing == "intraday") == (other.timing == "intraday")


@lru_cache(maxsize=4096)
def _around(claim: Claim, text: str) -> tuple[str, ...]:
    start, end = sentence_at(text, claim.start)
    return _masked(text, start, max(end, claim.end), claim)


@lru_cache(maxsize=4096)
def _beside(claim: Claim, text: str) -> tuple[str, ...]:
    start, end = sentence_at(text, claim.start)
    before = _masked(text, start, claim.start, claim)[-BEFORE:]
    return (*before, FIGURE, *_masked(text, claim.end, max(end, claim.end), claim)[:BEHIND])


def _masked(text: str, start: int, end: int, claim: Claim) -> tuple[str, ...]:
    """The words between two places, with a mark in place of each figure and of the hedge of the claim's own."""
    hedge = set(keys(claim.hedge or ""))
    found = [word.key for word in within(words(text), start, end) if word.key not in hedge]
    return tuple(FIGURE if key[0].isdigit() else key for key in found)


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of words that two runs have in common in the same order, whichever comes first.

    >>> likeness(["chips", "fell"], ["chips", "fell"]), likeness([], []), likeness(["chips"], ["banks"])
    (1.0, 1.0, 0.0)
    """
    first, second = sorted((tuple(one), tuple(other)))
    return 1.0 if first == second else _ratio(first, second)


@lru_cache(maxsize=65536)
def _ratio(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _quotes_alike(one: Quote, other: Quote) -> float:
    said, told = keys(one.text), keys(other.text)
    share = likeness(said, told)
    same_voice = one.speaker is not None and one.speaker == other.speaker
    if share < (SAME_VOICE if same_voice else SAME_WORDS):
        return 0.0
    return 3 * share + same_voice + (one.kind == other.kind)


def unpaired(ours: Sequence[Found], taken: Sequence[Found]) -> Iterator[Found]:
    """What has no counterpart."""
    places = {(one.start, one.end, one.text) for one in taken}
    return (one for one in ours if (one.start, one.end, one.text) not in places)
