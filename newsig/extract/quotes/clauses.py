"""Where a reported clause begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from newsig.extract.lexicon import EXPECTING_VERBS, SAY_VERBS, words
from newsig.extract.quotes.vocabulary import REPORTS

FEWEST_WORDS = 3
"""A clause with fewer words before a verb of saying, or a tail with fewer behind it, is none of its own."""
LONGEST = 1000
"""Code points of the longest reported clause: four times what sentences of the press have; beyond is a run-away."""
TELLING_REACH = 25
"""Tokens behind "told" within which what was told begins."""
WIDE = frozenset({"target", "see", "budget", "envisage", "show", "project", "reckon"})
"""Verbs whose object is a statement only where it holds a figure: "sees growth of 3 percent"."""
_DAYS = (
    r"(?:(?:late|early|earlier|later)\s+)?(?:on\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday)"
    r"(?:\s+(?:night|morning|evening|afternoon))?"
)
_ASIDE = re.compile(
    rf"^(?:,?\s*(?:{_DAYS}|(?:earlier\s+)?(?:this|last)\s+(?:week|month|year)|also|in\s+(?:\w+\s)?(?:January|February|March|"
    r"April|May|June|July|August|September|October|November|December)|in\s+(?:an?|its|his|her|their|the)\s+(?:[\w-]+\s+)"
    r"{0,4}?(?:statement|note|report|interview|filing|release|call|email|e-mail|speech|survey|letter|compilation|presentation)"
    r"(?:\s+(?:to|on|with|for)\s+[\w ]+?)?|to\s+(?:reporters|investors|clients)|(?:Reuters|reporters|clients|investors|"
    r"analysts|Congress|CNBC|lawmakers)(?:\s+(?:television|TV))?)\b,?)+",
)
"""What may stand between a verb of saying and its clause."""
_THAT = re.compile(r"^\s*,?\s*that\b")
EXPECTING_FORMS = frozenset(
    form
    for verb in EXPECTING_VERBS
    for form in (verb, f"{verb}s", f"{verb}ed", f"{verb}d", f"{verb}ing", f"{verb[:-1]}ing")
) | {"sees"}
_SAID_NEXT = (
    SAY_VERBS
    | EXPECTING_FORMS
    | words("""
    stressed denied declined refused stopped acknowledged conceded did hoped voiced
""")
)
_AFTERMATH = re.compile(
    r",\s+(?:\w+ly\s+)?(?:sending|driving|pushing|pulling|dragging|sparking|knocking|prompting|triggering|fuell?ing|stoking|"
    r"raising|helping|spooking|unsettling|weighing|boosting (?:its|the|shares|stocks|sentiment)|"
    r"lifting (?:its|the|shares|stocks)|adding to|in a (?:sign|move)|which sent)\b"
    r"|,\s+(?:though|although|but|while|whereas)\b(?=[^“”\"]*?\b(?:" + "|".join(sorted(_SAID_NEXT)) + r")\b)"
)
"""What came of a statement is no part of it, nor what is said next: "…, sending its shares down 3 percent", "…, but
added that …"."""
_GOING_ON = re.compile(
    r",\s+but\s+(?:\w+ly\s+|still\s+)?(?:might|may|could|would|will|can|is|was|are|were|has|have|had|not)\b"
)
"""How a clause goes on without a subject of its own: "it would buy no more, but might still sell"."""
NEVER_BEHIND = frozenset({"show", "feel", "continue", "indicate", "hint", "signal", "deny", "hope"})
"""Verbs that do not close the clause they report: "sales rose, it said", but not "sales rose, it showed"."""
SUBORDINATE = frozenset(
    {"if", "when", "while", "as", "before", "after", "although", "though", "because", "since", "until", "once"}
)
CLOSING = frozenset(
    {"said", "says", "added", "adds", "noted", "notes", "wrote", "writes", "told", "explained", "warned"}
)
PLAINLY_SAID = frozenset({"said", "says"})
MARKS = '“”"«»'


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence of a document: its place, and the words in it that can give a statement away."""

    doc: Doc
    text: str
    start: int
    end: int
    cues: Sequence[Token]


def behind(reading: Reading, verb: Token) -> tuple[int, int] | None:
    """The clause, or for a verb of expecting the phrase, that follows the verb."""
    clause = next(
        (c for c in verb.children if c.i > verb.i and c.dep_ in ("ccomp", "xcomp") and _counts(verb, c)), None
    )
    if clause is None:
        clause = _loose_clause(verb) or _object(verb)
    if clause is None:
        return _rest(reading, verb)
    if verb.lemma_ == "tell" and any(child.lower_ == "where" for child in clause.children):
        return None
    after = verb.idx + len(verb)
    that = _that(clause) or _told_that(verb, reading)
    if that is not None:
        start = that.idx + len(that)
    else:
        aside = _ASIDE.match(reading.text[after : reading.end])
        start = after + (aside.end() if aside else 0)
        told = _THAT.match(reading.text[start : reading.end])
        start += told.end() if told else 0
        first = next((t for t in verb.doc[verb.i + 1 : clause.left_edge.i] if t.pos_ != "PUNCT"), None)
        if aside is None and told is None and first is not None and first.pos_ in ("ADP", "ADV", "SCONJ"):
            start = clause.left_edge.idx
    last = _with_its_verb(_last(verb, clause), reading) if clause.dep_ == "dobj" else _last(verb, clause)
    end = last.idx + len(last)
    tail = reading.text[end : reading.end].strip(" .,;")
    end = reading.end if len(tail.split()) < FEWEST_WORDS or _GOING_ON.match(reading.text, end) else end
    return start, clause_end(reading, start, end)


def clause_end(reading: Reading, start: int, end: int) -> int:
    """Where a clause ends that goes up to an offset at most: before what came of it, and what is said next."""
    aftermath = _AFTERMATH.search(reading.text, start, min(end, reading.end))
    return min(aftermath.start() if aftermath else end, reading.end)


def clause_start(reading: Reading, behind: int, end: int) -> int:
    """Where the clause behind a verb of saying begins: past "on Friday", "in a note to clients" and "that"."""
    aside = _ASIDE.match(reading.text[behind:end])
    start = behind + (aside.end() if aside else 0)
    that = _THAT.match(reading.text[start:end])
    start += that.end() if that else 0
    return start + len(reading.text[start:end]) - len(reading.text[start:end].lstrip(" ,"))


def _rest(reading: Reading, verb: Token) -> tuple[int, int] | None:
    """What stands behind "said" where the parse finds no clause: all of it, if a subject and a verb are in it."""
    if verb.lower_ not in PLAINLY_SAID:
        return None
    after = verb.idx + len(verb)
    start = clause_start(reading, after, reading.end)
    words = reading.text[start : reading.end]
    if not re.match(r"[A-Za-z$0-9]", words) or reading.text[after : after + 1] != " " or any(m in words for m in MARKS):
        return None
    tokens = reading.doc.char_span(start, reading.end, alignment_mode="contract")
    opening = next((token for token in tokens or () if not token.is_space), None)
    if (
        opening is None
        or opening.pos_ not in ("DET", "PRON", "NOUN", "PROPN", "ADJ", "NUM")
        or len(words.split()) < FEWEST_WORDS + 1
    ):
        return None
    finite = next((token for token in tokens or () if token.tag_ in ("VBD", "VBZ", "VBP", "MD")), None)
    if finite is None or finite.lower_ in PLAINLY_SAID:
        return None
    return start, clause_end(reading, start, reading.end)


def _loose_clause(verb: Token) -> Token | None:
    """A "that" clause that the parser hangs on a noun in between: "told analysts on a call that sales rose"."""
    if verb.lemma_ != "tell":
        return None
    following = verb.doc[verb.i + 1 : min(verb.i + 1 + TELLING_REACH, verb.sent.end)]
    return next((token for token in following if token.dep_ in ("relcl", "acl") and _that(token) is not None), None)


def _told_that(verb: Token, reading: Reading) -> Token | None:
    """The "that" behind whom something is told: "told Mary Poe, an analyst at X, that small caps could gain"."""
    if verb.lemma_ != "tell":
        return None
    following = verb.doc[verb.i + 1 : min(verb.i + 1 + TELLING_REACH, len(verb.doc))]
    for token in following:
        if token.idx >= reading.end or token.text in MARKS or token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return None
        if token.lower_ == "that":
            return token
    return None


def _that(clause: Token) -> Token | None:
    """The "that" which opens a clause."""
    return next((child for child in clause.children if child.dep_ == "mark" and child.lower_ == "that"), None)


def _last(verb: Token, clause: Token) -> Token:
    """The last word of what is said; behind an object also what goes on with it, up to the next verb."""
    if clause.dep_ != "dobj":
        return clause.right_edge
    last = clause.right_edge
    for child in verb.children:
        if child.i > clause.i:
            if child.pos_ in ("VERB", "AUX"):
                break
            last = child.right_edge if child.dep_ not in ("punct", "cc") else last
    return last


def _with_its_verb(last: Token, reading: Reading) -> Token:
    """The last word of the clause that what is taken for an object begins: "forecast revenue | would be lower"."""
    following = last.doc[last.i + 1] if last.i + 1 < len(last.doc) else None
    if following is None or following.idx >= reading.end or following.tag_ not in ("MD", "VBD", "VBZ", "VBP"):
        return last
    return (following.head if following.dep_ in ("aux", "auxpass") else following).right_edge


def awaited(reading: Reading, verb: Token, subject: Token) -> tuple[int, int] | None:
    """The noun that a clause says somebody expected: "the 3 percent rise that economists had forecast"."""
    if verb.dep_ != "relcl" or verb.lower_ not in EXPECTING_FORMS or subject.i < verb.head.i:
        return None
    return max(verb.head.left_edge.idx, reading.start), verb.head.idx + len(verb.head)


def _complete(reading: Reading, lead: str) -> bool:
    """Whether the words before a verb are a sentence of their own, not the beginning of what is quoted behind it."""
    tokens = reading.doc.char_span(reading.start, reading.start + len(lead), alignment_mode="contract")
    if tokens is None or tokens[0].lower_ in SUBORDINATE or tokens[0].pos_ == "SCONJ":
        return False
    return any(token.dep_ in ("nsubj", "nsubjpass", "expl") for token in tokens) and any(
        token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in tokens
    )


def inserted(reading: Reading, verb: Token, subject: Token) -> tuple[int, int] | None:
    """What goes on behind a verb and subject put between commas: "now, he said, it is time for an answer"."""
    first = min(subject.left_edge.idx, verb.idx)
    last = max(verb.idx + len(verb), subject.right_edge.idx + len(subject.right_edge) if subject.i > verb.i else 0)
    aside = _ASIDE.match(reading.text[last : reading.end])
    last += aside.end() if aside and not aside[0].endswith(",") else 0
    tail = reading.text[last : reading.end]
    if not reading.text[reading.start : first].rstrip().endswith(",") or not tail.startswith(", "):
        return None
    tokens = reading.doc.char_span(last + 2, reading.end, alignment_mode="contract")
    if tokens is None or len(tail.split()) <= FEWEST_WORDS + 1 or any(mark in tail for mark in MARKS):
        return None
    if tokens[0].pos_ in ("VERB", "ADP", "SCONJ", "AUX") or tokens[0].lower_ in ("which", "who"):
        return None
    finite = any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in tokens)
    return (last + 2, reading.end) if finite else None


def closing(reading: Reading, verb: Token) -> Iterator[tuple[tuple[int, int], int]]:
    """Where a verb that closes its sentence may part it into content and speaker, the nearest comma first.

    Each is the content and the offset at which the words for the speaker begin: "sales rose, | the company said".
    """
    after = reading.text[verb.idx + len(verb) : reading.end]
    aside = _ASIDE.match(after)
    if (
        verb.lower_ not in CLOSING
        or after[aside.end() if aside else 0 :].strip(" .,")
        or any(m in after for m in MARKS)
    ):
        return
    lead = reading.text[reading.start : verb.idx]
    opens = [match.end() for match in re.finditer(r";\s|[.,!?][”\"’]\s", lead)]
    first = opens[-1] if opens else 0
    for comma in reversed(list(re.finditer(r",\s+", lead))[-3:]):
        if len(lead[first : comma.start()].split()) >= FEWEST_WORDS and comma.end() < len(lead):
            yield (reading.start + first, reading.start + comma.start()), reading.start + comma.end()


def _counts(verb: Token, clause: Token) -> bool:
    """Whether a clause beside a verb of saying is what is said, not what is to be done: "said to be"."""
    if verb.lower_ in EXPECTING_FORMS:
        return True
    finite = clause.tag_ in ("VBD", "VBZ", "VBP") or any(c.tag_ in ("MD", "VBD", "VBZ", "VBP") for c in clause.children)
    return clause.dep_ == "ccomp" and (finite or any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in clause.children))


def _object(verb: Token) -> Token | None:
    """The noun phrase that is forecast, or that data show: "expects a rate rise", "forecast growth of 4 percent"."""
    if verb.lower_ in EXPECTING_FORMS or verb.lemma_ == "show":
        found = next((child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i), None)
        if found is None or found.pos_ not in ("NOUN", "PROPN", "NUM", "SYM"):
            return None
        sized = any(token.like_num or token.ent_type_ == "PERCENT" for token in found.subtree)
        return found if sized or verb.lemma_ not in WIDE else None
    if verb.lemma_ == "warn":
        of = next((child for child in verb.children if child.lower_ == "of" and child.i > verb.i), None)
        return next((child for child in of.children if child.dep_ == "pobj"), None) if of is not None else None
    return None


def before(reading: Reading, verb: Token, subject: Token) -> tuple[int, int] | None:
    """The clause that a verb and its subject stand behind: "sales rose 3 percent, the company said"."""
    if (verb.lemma_ in NEVER_BEHIND and not (verb.lemma_ in ("show", "indicate") and subject.lower_ in REPORTS)) or any(
        child.dep_ in ("xcomp", "dobj") and child.i > verb.i for child in verb.children if verb.lemma_ != "tell"
    ):
        return None
    if verb.lower_ in EXPECTING_FORMS - {"predicted", "predicts", "estimated", "estimates", "projected", "forecast"}:
        return None
    first = min(subject.left_edge.idx if subject.i < verb.i else verb.idx, verb.idx)
    lead = reading.text[reading.start : first].rstrip()
    if any(mark in reading.text[verb.idx : reading.end] for mark in MARKS) and not _complete(reading, lead):
        return None
    if not lead.endswith(",") or lead.endswith(('",', "”,")) or lead[-2:-1] in MARKS:
        return None
    opens = [match.end() for match in re.finditer(r";\s|[.,!?][”\"’]\s", lead)]
    start = reading.start + (opens[-1] if opens else 0)
    return (start, first) if len(reading.text[start:first].split()) > FEWEST_WORDS else None
