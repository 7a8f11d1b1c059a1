"""Who the subject of a verb is, by the parse, and which words name it."""

from __future__ import annotations

import re

from spacy.tokens import Token

from newsig.extract.quotes.clauses import Reading
from newsig.extract.quotes.vocabulary import DOCUMENTS, REPORTS

CLIMB = 6
"""Verbs between one without a subject and the one whose subject it shares, at most."""
SHARED = frozenset({"conj", "advcl", "xcomp", "acomp", "pcomp", "prep", "dep", "ccomp"})
CLOSERS = frozenset({",", "”", '"', "’", "'", "''"})
"""What ends a clause or a quotation in front of "said X"."""
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_STOP = re.compile(r"[“\";]|(?<![A-Z])(?<!Inc)(?<!Co)(?<!Corp)[.](?:\s|$)")


def subject_of(verb: Token) -> Token | None:
    """Who says, forecasts or shows: the verb's own subject, or that of the verb it goes with."""
    token = verb
    for _ in range(CLIMB):
        if token is verb and (behind := _inverted(verb)) is not None:
            return behind
        subjects = [child for child in token.children if child.dep_ in ("nsubj", "csubj")]
        if subjects:
            # a dateline is taken for a subject too: "NEW YORK (Reuters) - Acme on Friday said"
            own = max((s for s in subjects if s.i < token.i), key=lambda s: s.i, default=subjects[0])
            if own.tag_ not in ("WDT", "WP"):
                return own
            return _antecedent(token) if token.dep_ == "relcl" else None
        if token.dep_ == "acl":
            return _issuer(_antecedent(token))
        if token.dep_ not in SHARED or any(child.dep_ == "nsubjpass" for child in token.children):
            passive = next((child for child in token.children if child.dep_ == "nsubjpass"), None)
            return passive if token is not verb and verb.dep_ == "conj" else None
        token = token.head
    return None


def _inverted(verb: Token) -> Token | None:
    """The speaker behind "said" that closes a clause, which a parser may take for what is said: "…, said a source"."""
    if verb.lower_ not in ("said", "says") or not verb.i or verb.nbor(-1).text not in CLOSERS:
        return None
    named = (c for c in verb.children if c.i > verb.i and c.dep_ in ("nsubj", "dobj") and c.pos_ in NOMINAL)
    return next(named, None)


def _issuer(document: Token) -> Token:
    """Who speaks in a document: "filed a lawsuit claiming" is what its subject claims, else the document itself."""
    if document.lower_ not in DOCUMENTS or document.dep_ != "dobj":
        return document
    return next((child for child in document.head.children if child.dep_ == "nsubj"), document)


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
    edge = subject.left_edge
    while (edge.i and edge.doc[edge.i - 1].text in ("-", "–", "/")) or (edge.i and edge.text in ("-", "–", "/")):
        edge = edge.doc[edge.i - 1]  # a name that the parse takes apart at its hyphen
    first = edge.idx
    last = subject.right_edge.idx + len(subject.right_edge)
    if subject.i < verb.i:
        last = min(last, verb.idx)
    else:
        rest = reading.text[first : reading.end]
        stop = _STOP.search(rest)
        last = max(last, first + (stop.start() if stop else len(rest)))
    return reading.text[max(first, reading.start) : min(last, reading.end)], max(first, reading.start)
