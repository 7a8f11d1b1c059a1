"""Fact, forecast, condition or general history: what stands above a number in the grammar of its sentence.

From the number the tree of the sentence is climbed, word by word, to the verb of its clause. A modal, a verb or noun
of expecting, or an "if" on the way says how the figure is meant; where another clause begins the climb ends, so that
"fell 3 percent after the bank said it may sell" stays a fact. What words around the number say, wherever they hang, is
`wording`'s to tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsig.extract.claims.directions import Move
from newsig.extract.claims.readings.wording import defines, is_foretold, is_history
from newsig.extract.claims.scene import Scene
from newsig.extract.lexicon import (
    ASSUMING,
    EXPECTED_ADJECTIVES,
    EXPECTING_NOUNS,
    EXPECTING_VERBS,
    INTENDING_VERBS,
    MODALS,
    PERHAPS,
    SUPPOSING,
    WHENEVER,
    words,
)
from newsig.extract.numbers import Number
from newsig.extract.parse import Node, Parse
from newsig.records import Modality

CLIMB = 25
"""Steps up the tree at most: a parse of running text is never that deep for a figure."""
NEAR = 60
"""Code points between a number and its word of movement at most, for the two to be read together."""
PASSED = words("of for to by at in from with on about toward towards between around near up down")
"""Prepositions whose phrase belongs to what it leans on; "after", "than" and "despite" begin something else."""
WAYS = words("track course pace")
"""What one is on to do something: "on track to increase sales"."""
BOUND = words("likely unlikely due poised bound set ready")
COMPARING = words("compared versus vs following against including excluding")
ARTICLES = words("a an another any further")
CALLED = words("higher lower up down flat firmer weaker stronger softer")
FOLLOWING = words("add cut mean cost translate shave reduce equal drive knock boost trim lower raise lift result")
"""Verbs that say in the present tense what follows from each such move."""
MARKING = SUPPOSING | WHENEVER
AIMING = BOUND | WAYS
SOME = ARTICLES | {"every", "each"}
TELLING = words("point call indicate signal suggest show imply")
"""What forecasts and futures do with a figure."""
RANGING = TELLING | {"be", "range", "stand"}
"""The same of forecasts alone."""
_FORMS = words("called calling call calls indicated tipped")
"""What bookmakers do with an index before it opens."""


def modality_of(scene: Scene, number: Number, move: Move, parse: Parse) -> Modality:
    """Whether the move is a fact, a forecast, a condition or general history."""
    if defines(scene, number):
        return "conditional"
    found = {meant for climb in _climbs(scene, number, move, parse) for meant in climb}
    if "conditional" in found:
        return "conditional"
    if "forecast" in found or is_foretold(scene, number):
        return "forecast"
    return "historical" if is_history(scene, number) else "actual"


def _climbs(scene: Scene, number: Number, move: Move, parse: Parse) -> Iterator[Iterator[Modality]]:
    """The way up from the number, and from its word of movement where the parse has parted the two."""
    figure = _root(parse, number.start, number.end)
    if figure is None:
        return
    yield _climb(figure)
    mover = _root(parse, move.start, move.end)
    if mover is None or move.start < scene.start or abs(move.start - number.start) >= NEAR:
        return
    if mover is not figure and mover not in figure.ancestors:
        yield _climb(mover)


def _root(parse: Parse, start: int, end: int) -> Node | None:
    """The token between two characters that the others there hang on."""
    span = parse.doc.char_span(start, end, alignment_mode="expand")
    return parse.nodes[span.root.i] if span is not None else None


def _climb(token: Node) -> Iterator[Modality]:
    """How each word on the way up says the figure is meant."""
    came: Node | None = None
    for _ in range(CLIMB):
        yield from _reading(token, came)
        if token.head is token or not _goes_on(token):
            return
        came, token = token, token.head


def _goes_on(token: Node) -> bool:
    """Whether the word above still speaks of the same figure."""
    dep, head = token.dep_, token.head
    if dep in ("relcl", "parataxis", "csubj"):
        return False
    if dep == "advcl":
        return token.pos_ not in ("VERB", "AUX") and not _marks(token)
    if dep == "acl":
        return head.lemma_ in EXPECTING_NOUNS or head.lower_ in WAYS
    if dep == "ccomp":
        return _expects(head, token) or (
            token.tag_ in ("VB", "VBG") and head.pos_ == "VERB" and not _has_subject(token)
        )
    if dep == "conj" and token.pos_ in ("VERB", "AUX"):
        return not _has_subject(token) and (token.tag_ == head.tag_ or token.tag_ == "VB")
    if dep in ("nsubj", "nsubjpass"):
        return _expects(head, token) or _supposed_subject(token)
    if dep in ("prep", "mark", "agent"):
        return token.lower_ in PASSED
    return token.lower_ not in COMPARING


def _reading(token: Node, came: Node | None) -> Iterator[Modality]:
    """What one word on the way up says of the figure; ``came`` is the word below it."""
    if token.lower_ in ASSUMING and came is not None:
        yield "conditional"
    if token.pos_ in ("VERB", "AUX") or any(_helpers(token)):
        yield from _verb_reading(token, came)
    elif came is not None and _expects(token, came):
        yield "forecast"
    if token.pos_ in ("NOUN", "PROPN", "ADJ", "ADV") and _awaited(token):
        yield "forecast"


def _verb_reading(verb: Node, came: Node | None) -> Iterator[Modality]:
    """What a verb says of the figure below it: by its modal, its kind, its subject and its conjunction."""
    if _supposed(verb):
        yield "conditional"
    modal = any(helper.lower_ in MODALS for helper in _helpers(verb))
    ahead = modal or (came is not None and _expects(verb, came)) or _is_bare_infinitive(verb)
    if came is not None and verb.tag_ in ("VBZ", "VBP") and verb.lemma_ in FOLLOWING and _generic_subject(verb):
        yield "conditional"
    if ahead or any(child.dep_ == "advmod" and child.lower_ in PERHAPS for child in verb.children):
        yield "conditional" if _hinges(verb) or (modal and _hypothetical(verb)) else "forecast"


def _helpers(verb: Node) -> Iterator[Node]:
    """The auxiliaries of a verb, and theirs: "will have more than doubled"."""
    for child in verb.children:
        if child.dep_ == "aux":
            yield child
            yield from (grand for grand in child.children if grand.dep_ == "aux")


def _expects(above: Node, came: Node) -> bool:
    """Whether a word looks ahead to what stands below it."""
    lemma, lower = above.lemma_.lower(), above.lower_
    if above.pos_ in ("VERB", "AUX"):
        if lemma == "see":
            held = lower == "saw" or any(child.lower_ in ("have", "has", "had") for child in above.children)
            return not held and (_has_subject(above) or lower == "sees" or above.tag_ in ("VBN", "VBG"))
        if lemma == "look":
            return came.lower_ == "for"
        if lemma == "set":
            return above.tag_ == "VBN" and came.dep_ in ("xcomp", "advcl")
        if lower in _FORMS:
            return came.lower_ in CALLED or came.lower_ == "for" or came.dep_ in ("ccomp", "xcomp")
        if lemma in EXPECTING_VERBS:
            return came.dep_ != "nsubj" and came.dep_ != "advcl"
        if lemma in INTENDING_VERBS:
            if lemma in ("have", "need") and not any(helper.lower_ == "to" for helper in _helpers(came)):
                return False
            return came.dep_ in ("xcomp", "dobj", "ccomp")
        subject = next((child for child in above.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is None or came is subject:
            return False
        if subject.lemma_ in EXPECTING_NOUNS:
            return lemma in RANGING
        return (
            subject.lower_ == "futures" and lemma in TELLING and came.lower_ in ("to", "toward", "towards", "for", "at")
        )
    if above.pos_ in ("NOUN", "PROPN") and lemma in EXPECTING_NOUNS:
        if came.dep_ == "prep":
            return came.lower_ in ("of", "for", "to", "at", "that", "about", "from")
        return came.dep_ in ("acl", "compound", "nmod", "amod", "nummod")
    return above.lower_ in AIMING and came.dep_ in (
        "xcomp",
        "acl",
        "ccomp",
        "advcl",
        "prep",
    )


def _awaited(noun: Node) -> bool:
    """Whether a noun is said to be expected: "an expected 3 percent rise", "the 3 percent gain analysts forecast"."""
    for child in noun.children:
        if child.dep_ in ("relcl", "acl") and child.lemma_ in EXPECTING_VERBS:
            apart = any(token.text == "," for token in noun.parse.nodes[noun.i : child.i])
            return not apart and not any(grand.lower_ in MODALS for grand in child.children)
        if child.dep_ == "amod" and child.lower_ in EXPECTED_ADJECTIVES:
            before = child.parse.nodes[child.i - 1].lower_ if child.i else ""
            return before not in ("-", "than") and not any(grand.lower_ == "than" for grand in child.subtree)
    return False


def _marks(clause: Node) -> str:
    """The conjunction that opens a clause, lower case; empty where there is none."""
    for child in clause.children:
        if child.dep_ in ("mark", "advmod") and child.lower_ in MARKING:
            return child.lower_
    return ""


def _supposed(verb: Node) -> bool:
    """Whether the clause of a verb is itself the condition: "if it falls 5 percent", "should it fall 5 percent"."""
    mark = _marks(verb)
    if mark in SUPPOSING:
        return verb.dep_ != "ccomp"
    if mark in WHENEVER:
        return verb.tag_ in ("VBZ", "VBP") and not any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    inverted = next((child for child in verb.children if child.dep_ == "aux" and child.lower_ == "should"), None)
    return inverted is not None and inverted.i == verb.left_edge.i and inverted.i < verb.i - 1


def _hinges(verb: Node) -> bool:
    """Whether what a verb states holds under a condition given beside it."""
    family = [verb, *(child for child in verb.children if child.dep_ in ("xcomp", "ccomp"))]
    return any(
        child.dep_ == "advcl"
        and (_marks(child) in SUPPOSING or child.lower_ in ASSUMING or _supposed(child))
        and child.left_edge.lower_ not in ("even", "as")
        for member in family
        for child in member.children
    )


def _hypothetical(verb: Node) -> bool:
    """Whether the subject of "would" is a mere supposition: "a 10 percent rise in oil would cut growth"."""
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    would = any(child.lower_ == "would" for child in verb.children if child.dep_ == "aux")
    return subject is not None and would and _supposed_subject(subject)


def _generic_subject(verb: Node) -> bool:
    """Whether a law of nature is told: "a 1 percent rise in yields adds 2 billion"."""
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    return subject is not None and _supposed_subject(subject)


def _supposed_subject(noun: Node) -> bool:
    """Whether a subject is some move that has not happened: "a 5 percent drop", "another 3 percent fall"."""
    first = next((child for child in noun.children if child.dep_ == "det"), None)
    return (
        first is not None
        and first.lower_ in SOME
        and any(token.lower_ in ("percent", "%", "point", "points") for token in noun.subtree)
    )


def _has_subject(verb: Node) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children)


def _is_bare_infinitive(verb: Node) -> bool:
    """Whether a headline's "to" looks ahead: "Profit to rise 5 percent"."""
    return verb.dep_ == "ROOT" and verb.tag_ == "VB" and any(child.lower_ == "to" for child in verb.children)
