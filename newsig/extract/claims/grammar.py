"""The grammatical subject of a verb, by the dependency parse: what moved where no name that is known did.

The parser is used for plain nouns ("factory gate prices", "the car maker") only; names are the business of the alias
table and of `newsig.extract.claims.subjects`, whose rules read agency copy better than a parser trained on other text.
"""

from __future__ import annotations

from bisect import bisect_left

from newsig.extract.parse import Node, Parse

POINTING = frozenset({"VERB", "AUX", "ADV", "ADJ", "ADP", "NOUN"})
"""Parts of speech of the words that say where a number points."""
HOPS = 6
"""How many arcs lie at most between a word of direction and the verb whose subject it shares."""
SHARING = frozenset({
    "conj", "xcomp", "advcl", "ccomp", "aux", "prt", "advmod", "acomp", "npadvmod", "dobj", "prep", "pobj", "pcomp",
    "oprd", "attr",
})  # fmt: skip
"""Arcs over which a word has the subject of its head: "rose and then *fell*", "ended 2 percent *higher*"."""
MODIFYING = frozenset({"acl", "relcl", "appos"})
"""Arcs whose head is itself what moved: "shares *rising* 3 percent"."""
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
PARTS = frozenset({"compound", "amod", "nmod", "poss", "case", "punct", "nummod", "quantmod"})
"""Arcs of the words that belong to a noun's name."""


def subject_at(parse: Parse, at: int) -> tuple[int, int] | None:
    """The span of the grammatical subject, without its article, of the word that begins at a character and can say
    where a number points; None where there is no such word or no subject."""
    place = bisect_left(parse.nodes, at, key=lambda node: node.idx)
    token = parse.nodes[place] if place < len(parse.nodes) else None
    if token is None or token.idx != at or token.pos_ not in POINTING:
        return None
    subject = _subject(token)
    return _noun_phrase(subject) if subject is not None and subject.pos_ in ("NOUN", "PROPN") else None


def _subject(token: Node) -> Node | None:
    for _ in range(HOPS):
        own = next((child for child in token.children if child.dep_ in SUBJECTS), None)
        if own is not None and own.tag_ in ("WDT", "WP") and token.dep_ == "relcl":
            return token.head  # "banks, which dropped"
        if own is not None:
            return own
        if token.dep_ in MODIFYING:
            return token.head
        if token.dep_ not in SHARING:
            return None
        token = token.head
    return None


def _noun_phrase(head: Node) -> tuple[int, int]:
    """The noun with the words before it that describe it: "same-store sales", not "the … sales at older shops"."""
    first = head
    for token in reversed(head.lefts):
        if token.dep_ not in PARTS or token.pos_ in ("DET", "PRON") or (token.dep_ == "punct" and token.text != "-"):
            break
        edge = token.left_edge if token.children else token
        first = edge if edge.dep_ in PARTS and edge.pos_ != "DET" else token
    return first.idx, head.idx + len(head)
