"""Words that stand for a target which is not named beside them: "the stock", "they", "the group", "we"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from newsig import instruments
from newsig.extract.calls.topics import COMPANY, KINDS
from newsig.extract.lexicon import words
from newsig.extract.sentiments.general import Target
from newsig.records import Quote

BACK = 3
"""Sentences before a sentence in which what it stands for may have been named."""

SEGMENT = "segment"
GROUPS = words("group sector segment category asset cohort")
"""Nouns that stand for a segment."""
GROUPS_THIS = words("trade space corner class area theme")
"""Those that do so only behind "this" or "that"."""
PLURALS = words("stocks shares companies names issues sectors markets firms assets")
"""Plural nouns that stand for a segment behind "these" or "those"."""
POINTING = words("this that these those")
"""Words that point to an earlier sentence rather than to their own."""
NOT_SHARES = words("price prices contract")
"""Nouns of `KINDS` that are a target's, not the target."""
SINGULAR = frozenset({"stock", "index", "commodity", "etf", "currency", "crypto"})
"""What "it" can stand for."""
_NOUN = re.compile(
    r"\b(?P<lead>the|this|that|these|those|its|their)\s+(?:[a-z-]+\s+){0,2}?(?P<noun>[a-z]+)\b(?!['’]s?\s+[A-Z])",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:\A|[,;:]\s+(?:(?:and|but|while|so)\s+)?|\b(?:and|but|that|because|as|if|when|said|says|since|before|after)\s+)"
    r"[“\"‘']?(?P<word>they|it)(?=['’\s])",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\b(?:we|our|us|it|its|they|their)\b", re.IGNORECASE)
_EMPTY_IT = re.compile(
    r"it(?:['’]s|\s+(?:is|was|would|will|may|could|might|takes?|took|seems?|looks?|appears?|remains?|doesn['’]t|does\s+not|can|has"
    r"|makes?|became)\b)(?:\s+[\w’'-]+){0,5}?\s+(?:that|to|when|if|how|for|like|as\s+if|whether|because|guess)\b",
    re.IGNORECASE,
)
"""An "it" that stands for nothing: "it is likely that", "it takes little to"."""


def standing_targets(
    text: str,
    start: int,
    end: int,
    named: Sequence[Target],
    before: Sequence[Sequence[Target]],
    quotes: Sequence[Quote],
) -> Iterator[Target]:
    """The targets of a sentence that it does not name itself, where it is sure which they are.

    ``named`` are those that it names, ``before`` those of the sentences before it, the nearest first; ``quotes`` are
    the statements of the article.
    """
    if not named and not any(before):  # nothing is near that a word could stand for, save what a statement is about
        yield from _once(_by_statement(text, start, end, quotes), named)
        return
    found = list(_by_noun(text, start, end, named, before, quotes))
    if not named and not found:
        found = list(_by_statement(text, start, end, quotes)) or list(_by_pronoun(text, start, end, before, quotes))
    yield from _once(found, named)


def _once(found: Iterable[Target], named: Sequence[Target]) -> Iterator[Target]:
    """Each thing once, as it first stands, without those that are named."""
    things = {target.thing for target in named}
    for target in found:
        if target.thing not in things:
            things.add(target.thing)
            yield target


def _by_noun(
    text: str,
    start: int,
    end: int,
    named: Sequence[Target],
    before: Sequence[Sequence[Target]],
    quotes: Sequence[Quote],
) -> Iterator[Target]:
    for match in _NOUN.finditer(text, start, end):
        at, to = match.start(), match.end("noun")
        kinds = _kinds(match["lead"].lower(), match["noun"].lower())
        if not kinds or any(target.start < to and at < target.end for target in named) or _speaks(at, quotes):
            continue
        here = [target for target in named if target.end <= at]
        pointing = match["lead"].lower() in POINTING
        meant = _meant(kinds, [*before, here] if pointing else [here, *before])
        if meant is not None:
            yield replace(meant, start=at, end=to)


def _by_statement(text: str, start: int, end: int, quotes: Sequence[Quote]) -> Iterator[Target]:
    """What the statements in a sentence are about, at the first word in them that can stand for it."""
    for quote in quotes:
        if len(quote.about) == 1 and start <= quote.start and quote.end <= end:
            word = _SPOKEN.search(text, quote.start, quote.end)
            if word is not None and not _EMPTY_IT.match(text, word.start()):
                (topic,) = quote.about
                yield Target(*word.span(), topic.symbol, topic.segment)


def _by_pronoun(
    text: str, start: int, end: int, before: Sequence[Sequence[Target]], quotes: Sequence[Quote]
) -> Iterator[Target]:
    for match in _PRONOUN.finditer(text[start:end]):
        at, to = start + match.start("word"), start + match.end("word")
        if _EMPTY_IT.match(text, at) or _speaks(at, quotes):
            continue
        kinds = frozenset({SEGMENT}) if match["word"].lower() == "they" else SINGULAR
        meant = _meant(kinds, before[:1])
        if meant is not None:
            yield replace(meant, start=at, end=to)


def _speaks(at: int, quotes: Sequence[Quote]) -> bool:
    """Whether a word stands for who speaks: "they wrote"."""
    return any(quote.attribution and quote.attribution.start <= at < quote.attribution.end for quote in quotes)


def _kinds(lead: str, noun: str) -> frozenset[str]:
    """The kinds of target that a noun can stand for; none where it stands for nothing."""
    if lead in ("its", "their"):
        return frozenset({"stock"}) if noun in ("stock", "shares") else frozenset()
    if lead in ("these", "those"):
        return frozenset({SEGMENT}) if noun in PLURALS else frozenset()
    if noun in GROUPS_THIS:
        return frozenset({SEGMENT}) if lead in ("this", "that") else frozenset()
    if noun in GROUPS:
        return frozenset({SEGMENT, "stock"} if noun == "group" and lead == "the" else {SEGMENT})
    if noun in ("stock", "shares") or noun in COMPANY:
        return frozenset({"stock"})
    return next((kinds for _, nouns, kinds in KINDS[2:] if noun in nouns - NOT_SHARES), frozenset())


def kind(target: Target) -> str:
    """What sort of thing a target is: an instrument's kind, or ``segment``."""
    if target.symbol is None:
        return SEGMENT
    known = instruments.instruments().get(target.symbol)
    return known.kind if known is not None else "stock"


def _meant(kinds: frozenset[str], nearby: Sequence[Sequence[Target]]) -> Target | None:
    """The one target of these kinds in the nearest sentence that names any; none where there are two."""
    for targets in nearby:
        fitting = {target.thing: target for target in targets if kind(target) in kinds}
        if fitting:
            return next(iter(fitting.values())) if len(fitting) == 1 else None
    return None
