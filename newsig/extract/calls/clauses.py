"""How one clause of a statement is meant: by its verb, its modals and what they govern."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from newsig.extract.calls.vocabulary import (
    AGENTS,
    AHEAD,
    CHANCES,
    CONVICTIONS,
    DENIED,
    DEPENDENT,
    DEPENDING,
    EXPECTING,
    HOLDING,
    HOPES,
    HOPING,
    INTENDING,
    NO_IF,
    OPINING,
    OUTCOMES,
    PERSONS,
    READY,
    SUPPOSING,
    SURE,
    THINGS_TO_DO,
    VIEWS_AHEAD,
    WILL,
    WISHFUL,
    WOULD,
)
from newsig.records import Stance

SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
COMPLEMENTS = ("acomp", "attr", "oprd", "xcomp", "ccomp", "dobj", "prep", "pcomp", "pobj", "acl", "advcl")
"""Ways from a condition up to the point that hangs on it."""


def own_subject(verb: Token) -> Token | None:
    """The subject of a verb; that of the verb it is joined to where it has none of its own."""
    for _ in range(4):
        found = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if found is not None or verb.dep_ not in ("conj", "xcomp") or verb.head == verb:
            return found
        verb = verb.head
    return None


def helpers(verb: Token) -> Iterator[Token]:
    """The auxiliaries of a verb and theirs; those of the verb before it where the two share them."""
    own = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    for child in own:
        yield child
        yield from (grand for grand in child.children if grand.dep_ == "aux")
    shared = verb.dep_ == "conj" and verb.tag_ == "VB" and not own and not _has_subject(verb)
    if shared and verb.head.pos_ in ("VERB", "AUX"):
        yield from helpers(verb.head)


def meant(verb: Token, inside: set[int], *, reported: bool) -> Stance:
    """How the clause of a verb is meant; ``reported`` where its tenses are moved back by "said".

    ``inside`` are the places of the statement's own words, since a sentence may go on behind it.
    """
    if _hopes(verb):
        return "hope"
    ahead = _looks_ahead(verb, reported=reported)
    if conditioned(verb, inside, ahead=ahead):
        return "conditional"
    return "forecast" if ahead else "actual"


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _hopes(verb: Token) -> bool:
    if verb.lemma_ in HOPING and verb.pos_ == "VERB":
        return True
    if any(child.lower_ == "hopefully" for child in verb.children):
        return True
    if verb.lemma_ != "be":
        return False
    subject = own_subject(verb)
    return (subject is not None and subject.lemma_ in HOPES) or any(
        child.lower_ in WISHFUL for child in verb.children if child.dep_ == "acomp"
    )


def conditioned(verb: Token, inside: set[int], *, ahead: bool) -> bool:
    """Whether what a verb says hangs on a condition that stands beside it."""
    family = [member for member in _family(verb) if member.i in inside]
    if any(_depends(member) for member in family if member.dep_ != "advcl"):
        return True
    return any(
        child.i in inside and _is_condition(child, member, ahead=ahead)
        for member in family
        for child in member.children
    )


def _depends(verb: Token) -> bool:
    """ "Depends on", "is contingent on"."""
    if verb.lemma_ in DEPENDING and verb.pos_ == "VERB":
        return any(child.lower_ in ("on", "upon") for child in verb.children)
    return (
        verb.lower_ in DEPENDENT
        and verb.dep_ in ("acomp", "oprd")
        and any(child.lower_ in ("on", "upon") for child in verb.children)
    )


def _family(verb: Token, depth: int = 8) -> Iterator[Token]:
    """A verb, and what it governs without the clauses that tell of something else."""
    yield verb
    if depth:
        for child in verb.children:
            whether = any(mark.dep_ == "mark" and mark.lower_ in ("if", "whether") for mark in child.children)
            if child.dep_ in COMPLEMENTS and not whether and child.i > verb.i and not _own_clause(child):
                yield from _family(child, depth - 1)


def _own_clause(token: Token) -> bool:
    """Whether a clause beside a verb has its own subject and tense: "…, because they hope for more"."""
    return token.dep_ == "advcl" and token.tag_ in ("VBZ", "VBP", "VBD", "MD")


def _is_condition(clause: Token, above: Token, *, ahead: bool) -> bool:
    """Whether a clause is the condition of the one above it; "when" makes one only of what looks ahead."""
    if clause.dep_ not in ("advcl", "prep", "ccomp"):
        return False
    first = clause.left_edge
    for mark in clause.children:
        if mark.dep_ not in ("mark", "advmod", "aux") or mark.lower_ not in SUPPOSING | {"when", "whenever", "should"}:
            continue
        if mark.i and mark.nbor(-1).lower_ in NO_IF:
            return False
        if mark.lower_ == "should":
            return mark == first and mark.i < clause.i - 1
        if mark.lower_ in ("when", "whenever"):
            return clause.tag_ in ("VBZ", "VBP") and ahead
        if clause.dep_ == "ccomp":
            return mark.lower_ == "unless" or clause.i < above.i
        return True
    return clause.lower_ in SUPPOSING and clause.dep_ == "prep"


def _looks_ahead(verb: Token, *, reported: bool) -> bool:
    return _by_modal(verb) or _by_kind(verb, reported=reported) or _by_complement(verb) or _by_subject(verb)


def _by_modal(verb: Token) -> bool:
    """ "Will rise", "could rise", "is going to rise"; not "would have risen", "could not rise", "should act"."""
    own = list(helpers(verb))
    if verb.tag_ == "MD" and verb.dep_ != "aux":
        return False  # a mere "I would"
    said = {helper.lower_ for helper in own if helper.tag_ == "MD" or helper.lower_ in WILL}
    if said & WILL:
        return True
    done = any(helper.lemma_ == "have" for helper in own) and verb.tag_ == "VBN"
    denied = any(child.lower_ in DENIED for child in verb.children)
    if said & WOULD and not done:
        going_on = verb.tag_ == "VBG" and verb.lower_ != "going" and not said & {"would", "'d", "’d"}
        too = denied and verb.lemma_ == "be" and said & {"may", "might"}  # "may not be enough" is so now
        return not (denied and "could" in said) and not too and not going_on and not _opines(verb, said)
    if "should" in said and not done:
        return not _advises(verb)
    bare = {helper.lower_ for helper in own}
    if "to" in bare and bare & {"is", "are", "was", "were"} and not _has_task(verb):
        return True
    goes = verb.lower_ in ("going", "gonna", "gon") and any(
        child.dep_ == "xcomp" and any(grand.lower_ in ("to", "na") for grand in child.children)
        for child in verb.children
    )
    return goes or _is_to(verb)


def _opines(verb: Token, said: set[str]) -> bool:
    subject = own_subject(verb)
    return (
        bool(said & {"would", "'d", "’d", "might"})
        and subject is not None
        and subject.lower_ in PERSONS
        and verb.lemma_ in OPINING
    )


def _advises(verb: Token) -> bool:
    """Whether "should" says what ought to be done, not what is to come."""
    subject = own_subject(verb)
    if any(child.dep_ == "auxpass" for child in verb.children) or verb.lemma_ not in OUTCOMES:
        return True
    acts = subject is None or subject.lower_ in AGENTS or subject.ent_type_ in ("PERSON", "NORP", "GPE")
    able = any(child.lower_ == "able" for child in verb.children)
    return acts and verb.lemma_ == "be" and not able


def _has_task(verb: Token) -> bool:
    """Whether a verb's subject is what somebody wants to do, so that its infinitive tells no future."""
    subject = own_subject(verb)
    return subject is None or subject.lower_ in THINGS_TO_DO or subject.dep_ not in SUBJECTS[:2]


def _is_to(verb: Token) -> bool:
    """ "The ministry is to give details"; not "the thing is to wait", nor "it is easy to see"."""
    if verb.lemma_ != "be" or _has_task(verb):
        return False
    return any(
        child.dep_ == "xcomp" and any(grand.lower_ == "to" and grand.i == verb.i + 1 for grand in child.children)
        for child in verb.children
    )


def _by_kind(verb: Token, *, reported: bool) -> bool:
    """ "We expect", "is expected to", "plans to"."""
    if verb.lemma_ in EXPECTING and verb.pos_ in ("VERB", "AUX"):
        if not any(child.dep_ in ("ccomp", "xcomp", "dobj", "oprd", "prep") for child in verb.children):
            return verb.tag_ == "VBG"
        helping = {helper.lower_ for helper in helpers(verb)}
        past = verb.tag_ == "VBD" or bool(helping & {"was", "were", "had"})
        return reported or not past
    if verb.lemma_ in INTENDING and verb.pos_ == "VERB":
        return not any(child.lower_ in DENIED for child in verb.children) and any(
            child.dep_ == "xcomp" and any(grand.lower_ == "to" for grand in child.children) for child in verb.children
        )
    return (
        verb.lemma_ == "see"
        and verb.tag_ in ("VBP", "VBZ")
        and any(child.dep_ == "ccomp" and child.tag_ in ("VBG", "VB") for child in verb.children)
    )


def _by_complement(verb: Token) -> bool:
    """ "Is likely", "is set to", "there is a risk", "is the likely outcome"."""
    if (
        verb.lemma_ in READY - {"due", "bound", "poised"}
        and verb.tag_ == "VBN"
        and any(child.dep_ == "xcomp" for child in verb.children)
    ):
        return True
    for child in verb.children:
        ready = child.lower_ not in READY or any(grand.dep_ in ("xcomp", "prep") for grand in child.children)
        if child.dep_ in ("acomp", "oprd", "advmod") and child.lower_ in AHEAD - {"due"} and ready:
            return True
        if child.dep_ == "acomp" and child.lower_ == "due" and any(grand.dep_ == "xcomp" for grand in child.children):
            return True
        if child.dep_ in ("attr", "dobj") and child.i > verb.i:
            if child.lemma_ in CHANCES and any(
                grand.dep_ in ("prep", "acl", "relcl", "ccomp") for grand in child.children
            ):
                return verb.lemma_ in ("be", "see", "remain") or (
                    verb.lemma_ == "have" and child.lemma_ in ("chance", "potential")
                )
            if child.dep_ == "attr" and any(grand.lower_ in ("likely", "probable") for grand in child.children):
                return True
    return False


def _by_subject(verb: Token) -> bool:
    """ "My worry is that they sell", "the chances are remote"."""
    subject = own_subject(verb)
    return (
        subject is not None
        and subject.lemma_.lower() in VIEWS_AHEAD
        and verb.lemma_ in ("be", "remain", "look", "seem")
    )


def points(verb: Token) -> Iterator[Token]:
    """The verbs of the clauses that make a sentence's point: a verb, what is joined to it, and what it holds."""
    yield verb
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
            yield from points(child)
        elif child.dep_ == "parataxis" or (child.dep_ == "ccomp" and (child.i < verb.i or _holds(verb))):
            if child.pos_ in ("VERB", "AUX"):
                yield from points(child)
        elif (child.dep_ == "acomp" and child.lower_ in SURE) or (child.dep_ == "dobj" and child.lemma_ in CONVICTIONS):
            held = [
                clause
                for clause in child.children
                if clause.dep_ in ("ccomp", "acl") and clause.pos_ in ("VERB", "AUX")
            ]
            yield from (point for clause in held for point in points(clause))
        elif child.dep_ == "advcl" and any(
            grand.lower_ == "so" and grand == child.left_edge for grand in child.children
        ):
            yield from points(child)


def _holds(verb: Token) -> bool:
    return verb.lemma_ in HOLDING | HOPING or verb.lemma_ == "be"
