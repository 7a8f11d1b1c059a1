"""Whether two articles tell one story: by a copy of its words, by passages of it, or in other words for its facts.

What a copy is, `newsig.compare.likeness` says for all of newsig.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from newsig.compare.likeness import copied, shared, wording_of
from newsig.compare.wording import keys, shingles, without
from newsig.records import Claim, Findings

Likeness = Literal["copy", "passages", "rewrite"]

PASSAGES = 0.2
"""The share of its runs of words that the shorter text must have from the longer one, where neither is a copy."""

LEAST_RUNS = 10
"""Fewer runs in common are a phrase."""

SAME_FACTS = 0.6
"""The share of its figures that the poorer of two texts must have in common with the other, to be a rewrite of it."""

LEAST_FACTS = 3
WITHOUT_SPEAKERS = 5
"""How many figures two texts must share, and how many where nobody speaks in either."""

SAID_ALIKE = 3
"""Words of a quotation in a row that make it the same statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One text of a story with what was found in it.

    ``corrections`` are the lines that say what was corrected in it, wherever they stood on its page.
    """

    text: str
    findings: Findings
    corrections: tuple[str, ...] = ()

    def story(self) -> str:
        """The text without its credits, all else in its place."""
        return without(self.text, [(credit.start, credit.end) for credit in self.findings.credits])


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """How two texts are of one story: ``words`` the share of the shorter one's runs of words that the longer one has,
    ``figures`` how many figures both state of the same things."""

    likeness: Likeness
    words: float
    figures: int


def kinship(one: Telling, other: Telling) -> Kinship | None:
    """How two texts are of one story; None where they are not.

    Reports of one trading day share their figures without being copies; that is why a rewrite must have a speaker, or
    words in quotation marks, in common with the other text where anybody speaks in either.
    """
    words, theirs = _wording(one.text), _wording(other.text)
    share = shared(words, theirs)
    ours, facts = _facts(one.findings), _facts(other.findings)
    common = len(ours & facts)
    if copied(words, theirs) is not None:
        return Kinship(likeness="copy", words=share, figures=common)
    least = min(len(words.runs), len(theirs.runs))
    if share >= PASSAGES and share * least >= min(LEAST_RUNS, least):
        return Kinship(likeness="passages", words=share, figures=common)
    if common >= SAME_FACTS * min(len(ours), len(facts)) and common >= LEAST_FACTS and _same_voices(one, other, common):
        return Kinship(likeness="rewrite", words=share, figures=common)
    return None


_wording = lru_cache(maxsize=64)(wording_of)
"""The wording of a text, kept while it is held against others."""


def fact(claim: Claim) -> tuple[object, ...] | None:
    """What a claim states, whatever the words; None where it is not known of what."""
    about: object = claim.symbol or claim.segment or (claim.subject and tuple(keys(claim.subject.text)))
    return (about, claim.measure, round(claim.value, 6), claim.unit, claim.direction) if about else None


def _facts(findings: Findings) -> set[tuple[object, ...]]:
    return {known for claim in findings.claims if (known := fact(claim))}


def _same_voices(one: Telling, other: Telling, common: int) -> bool:
    ours, theirs = _speakers(one.findings), _speakers(other.findings)
    said, told = _said(one.findings), _said(other.findings)
    if not (ours or theirs or said or told):
        return common >= WITHOUT_SPEAKERS
    return bool(ours & theirs or said & told)


def _speakers(findings: Findings) -> set[tuple[str, ...]]:
    return {tuple(keys(quote.speaker)) for quote in findings.quotes if quote.speaker}


def _said(findings: Findings) -> set[tuple[str, ...]]:
    direct = [keys(quote.text) for quote in findings.quotes if quote.kind == "direct"]
    return set[tuple[str, ...]]().union(*(shingles(found, SAID_ALIKE) for found in direct))
