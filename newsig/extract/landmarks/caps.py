"""What all shares of something are worth together: "with market capitalizations of over $2.9 trillion"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsig.extract.claims.scene import Candidate
from newsig.extract.landmarks.amounts import Amount, find_amounts
from newsig.extract.landmarks.lexicon import either
from newsig.extract.landmarks.owners import dated, direction_before
from newsig.extract.landmarks.stage import Owner, Stage
from newsig.extract.periods import DAY_KINDS
from newsig.records import Claim, Comparator

_VALUE = (
    r"(?:(?:total|combined|stock[- ]market|current|individual|overall)\s+)*"
    r"(?:market\s+(?:cap(?:itali[sz]ation)?s?|values?|valuations?)"
    r"|(?:stock[- ]market|equity\s+market)\s+(?:values?|valuations?))"
)
_STATED = re.compile(
    rf"\b(?P<noun>{_VALUE})(?:\s+(?:now|currently|then))?\s+(?:"
    + either("""
        of at is was are were stands?_at stood_at topp(?:ed|ing) to hit(?:ting)? reach(?:ed|ing) above below past
        surpass(?:ed|ing) cross(?:ed|ing) exceed(?:s|ed|ing)
        (?:fell|rose|climbed|grew|dropped)_to (?:could|may|might|will|would) reach hit top exceed
    """)
    + r"\s+)+(?:(?:the|an?|only|just|roughly|now)\s+)*$",
    re.IGNORECASE,
)
"""The words that end right before the amount."""
_BEHIND = re.compile(rf"\s+(?:in\s+|of\s+)?{_VALUE}\b", re.IGNORECASE)
_BEYOND = re.compile(r"\b(?:top\w*|above|past|surpass\w*|cross\w*|exceed\w*)\b", re.IGNORECASE)
_BELOW = re.compile(r"\bbelow\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b"
    + either("""
        los[et] losing lost wip(?:ed|ing|e|es) add(?:ed|ing|s)? shed(?:ding)? gain(?:ed|ing|s)? eras(?:ed|ing) more less
        another loss(?:es)? drop fall rise increase decline off
    """)
    + r"\b[^.;]{0,40}$",
    re.IGNORECASE,
)
"""Words that make the amount a change of the value."""
_DEAL = re.compile(r"\b(?:deal|offer|bid|transaction|merger|takeover|IPO|stake|flotation|listing)\b", re.IGNORECASE)
_LIST = re.compile(r"^(?:,|,?\s*and|,?\s*&|\s)*\s*$")
_RESPECTIVE = re.compile(r"\brespectively\b", re.IGNORECASE)


def find_caps(stage: Stage) -> Iterator[Claim]:
    """The market values of one sentence; one that is said of several names is a claim for each of them."""
    text, scene = stage.scene.text, stage.scene
    for amount in find_amounts(text, scene.start, scene.end):
        if amount.unit is None or not amount.magnitude:
            continue
        found = _phrase(text, scene.start, scene.end, amount)
        if found is None or _DEAL.search(text, max(scene.start, found[0] - 40), found[0]):
            continue
        for owner in _owners(stage, amount, found[0]):
            yield _claim(stage, amount, found[0], owner)


def _phrase(text: str, start: int, end: int, amount: Amount) -> tuple[int, int] | None:
    """Where the words begin and end that make an amount a market value."""
    stated = _STATED.search(text, max(start, amount.left - 90), amount.left)
    if stated is not None:
        return stated.start(), amount.end
    above = _STATED.search(text, max(start, amount.start - 90), amount.start)
    if above is not None:
        return above.start(), amount.end
    behind = _BEHIND.match(text, amount.end, end)
    if behind is not None and not _CHANGE.search(text, max(start, amount.left - 60), amount.left):
        return amount.left, behind.end()
    return None


def _owners(stage: Stage, amount: Amount, at: int) -> list[Owner]:
    """Whose value it is: each name of a list before "each with market values of", or the one subject."""
    scene = stage.scene
    left = [c for c in scene.candidates if c.end <= at and (c.symbol or c.kind in ("pronoun", "price", "name"))]
    if not left:
        return []
    nearest = left[-1]
    if nearest.kind in ("name", "pronoun", "price") and not nearest.possessive:
        nearest = next((c for c in reversed(left) if c.symbol), nearest)
    several = _listed(stage, [c for c in left if c.symbol], nearest)
    plural = scene.text[at : amount.start].lower()
    shared = re.search(r"\b(?:each|all|both)\b", scene.text[nearest.end : at], re.IGNORECASE)
    if len(several) > 1 and (
        shared or "values" in plural or "izations" in plural or "isations" in plural or "caps" in plural
    ):
        if _RESPECTIVE.search(scene.text, amount.end, scene.end):
            return []  # one amount for each: told apart elsewhere
        return [owner for c in several if (owner := stage.resolved(c)) is not None]
    if shared and len(several) == 1 and re.search(r"\b(?:all|both)\b", shared[0], re.IGNORECASE):
        return []
    owner = stage.resolved(nearest)
    return [owner] if owner is not None else []


def _listed(stage: Stage, named: Sequence[Candidate], last: Candidate) -> list[Candidate]:
    """The names of the list that ends with one: "Microsoft, Apple and Nvidia"."""
    if last not in named:
        return [last]
    found = [last]
    for candidate in reversed(named[: list(named).index(last)]):
        gap = stage.scene.text[candidate.end : found[0].start]
        if not _LIST.match(gap) or not gap.strip() or candidate.symbol == found[0].symbol:
            break
        found.insert(0, candidate)
    return found


def _bound(led: str, comparator: Comparator) -> Comparator:
    """How the words in front of a value bound it: "topped $3 trillion"."""
    if comparator != "=":
        return comparator
    return ">" if _BEYOND.search(led) else "<" if _BELOW.search(led) else "="


def _claim(stage: Stage, amount: Amount, at: int, owner: Owner) -> Claim:
    number = amount.number()
    claim = Claim(
        start=amount.start,
        end=amount.end,
        text=amount.text,
        value=amount.value,
        unit=amount.unit or "usd",
        comparator=_bound(stage.scene.text[at : amount.start], amount.comparator),
        hedge=amount.hedge,
        direction=direction_before(stage.scene, at),
        measure="market_cap",
        modality=stage.modality(amount.left),
        subject=owner.span,
        symbol=owner.symbol,
        segment=owner.segment,
        source=stage.speaker(number),
    )
    placed = stage.day(number, "flat", owner.symbol)
    if claim.modality != "actual" or placed.basis != "stated" or placed.expression is None:
        return claim
    day = replace(dated(claim, placed, stage.scene.text), base_date=None)
    return day if placed.expression.kind in DAY_KINDS else replace(day, end_date=None)
