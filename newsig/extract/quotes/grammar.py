"""Who the subject of a verb is, by the parse, and which words name it."""

from __future__ import annotations

import re

from spacy.tokens import Token

from newsig.extract.quotes.clauses import Reading
from newsig.extract.quotes.vocabulary import REPORTS

CLIMB = 6
"""Verbs between one without a subject and the one whose subject it shares, at most."""
SHARED = frozenset({"conj", "advcl", "xcomp", "acomp", "pcomp", "prep", "dep", "ccomp"})
_STOP = re.compile(r"[“\";]|(?<![A-Z])(?<!Inc)(?<!Co)(?<!Corp)[.](?:\s|$)")


def subject_of(verb: Token) -> Token | None:
    """Who says, forecasts or shows: the verb's own subject, or that of the verb it goes with."""
    token = verb
    for _ in range(CLIMB):
        own = next((child for child in token.children if child.dep_ in ("nsubj", "csubj")), None)
        if own is not None:
            if own.tag_ not in ("WDT", "WP"):
                return own
            return _antecedent(token) if token.dep_ == "relcl" else None
        if token.dep_ == "acl":
            return _antecedent(token)
        if token.dep_ not in SHARED or any(child.dep_ == "nsubjpass" for child in token.children):
            passive = next((child for child in token.children if child.dep_ == "nsubjpass"), None)
            return passive if token is not verb and verb.dep_ == "conj" else None
        token = token.head
    return None


def _antecedent(clause: Token) -> Token:
    """What a relative clause is about: "the statement on Tuesday, which said" is about the statement."""
    nearest = noun = clause.head
    for _ in range(CLIMB):
        if noun.dep_ != "pobj" or noun.head.dep_ != "prep":
            break
        noun = noun.head.head
        if noun.lower_ in REPORTS:
            return noun
    return nearest if nearest.ent_type_ != "DATE" else noun


def words_of(reading: Reading, subject: Token, verb: Token) -> tuple[str, int]:
    """The words that name a subject, and where they begin; behind its verb they reach up to the clause's end."""
    first = subject.left_edge.idx
    last = subject.right_edge.idx + len(subject.right_edge)
    if subject.i < verb.i:
        last = min(last, verb.idx)
    else:
        rest = reading.text[first : reading.end]
        stop = _STOP.search(rest)
        last = max(last, first + (stop.start() if stop else len(rest)))
    return reading.text[max(first, reading.start) : min(last, reading.end)], max(first, reading.start)
