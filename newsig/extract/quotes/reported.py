"""Reported statements: the clause that a verb of saying or of expecting, or "according to", gives to a speaker.

The dependency parse finds the verb's subject and its clause; where clauses begin and end is read off the words, since
stock codes and datelines mislead a parser at their edges more often than at their heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from newsig.extract.lexicon import REPORTING_VERBS, SAYING_NOUNS
from newsig.extract.quotes.cast import FACELESS, REPORTS, Cast
from newsig.extract.quotes.clauses import EXPECTING_FORMS, FEWEST_WORDS, MARKS, Reading, awaited, before, behind
from newsig.extract.quotes.stances import stance_of
from newsig.records import Quote

CLIMB = 6
"""Verbs between one without a subject and the one whose subject it shares, at most."""
SHOWING = frozenset({"show", "indicate", "suggest"})
"""What reports do as well as sales and prices, which say nothing."""
SHARED = frozenset({"conj", "advcl", "xcomp", "acomp", "pcomp", "prep", "dep", "ccomp"})
_ACCORDING = re.compile(
    r"\b[Aa]ccording to\s+(?P<who>(?:[^,;.“”\"]|(?<=\b[A-Z])\.|(?<=\bInc)\.|(?<=\bCo)\.|(?<=\bCorp)\.|\.(?=\w))+)"
)
_PRINTED_IN = re.compile(
    r"\b(?:an?|the)\s+(?:\w+\s+)?(?P<who>(?:article|report|story|survey|poll|study)\s+(?:in|by|from)\s+[A-Z][^,;]{2,60}?)\s*$"
)
_BACKWARDS = re.compile(
    r"^(?:This|These|The|That|Those)\s+(?:\w+\s+)?(?:analysis|data|figures|numbers|forecasts?|estimates?|survey|study|calculations?)"
    r"\s+(?:was|were|is|are|come|comes|came)\s+(?:(?:done|compiled|collected|made|published|provided|conducted|released)\s+by"
    r"|from)\s+(?P<who>[A-Z][\w&.'’ -]+?)(?:\s+(?:using|from|on|in|based)\b|[.,]|$)"
)
_STOP = re.compile(r"[“\";]|(?<![A-Z])(?<!Inc)(?<!Co)(?<!Corp)[.](?:\s|$)")


def statements(reading: Reading, cast: Cast, previous: tuple[int, int] | None) -> Iterator[Quote]:
    """The reported statements of one sentence, in order of their cues; ``previous`` is the sentence before it."""
    sentence = reading.text[reading.start : reading.end]
    back = _BACKWARDS.match(sentence)
    if back is not None and previous is not None:
        yield from _made(reading, previous, cast, (back["who"], reading.start + back.start("who")), back[0].split()[-1])
    for match in _ACCORDING.finditer(sentence):
        yield from _according(reading, match, cast)
    for token in reading.tokens or ():
        if token.pos_ in ("VERB", "AUX") and token.lower_ in REPORTING_VERBS | EXPECTING_FORMS:
            yield from _told(reading, token, cast)
        elif token.lower_ in SAYING_NOUNS and token.pos_ == "NOUN":
            yield from _named(reading, token, cast)


def _according(reading: Reading, match: re.Match[str], cast: Cast) -> Iterator[Quote]:
    """The statement of "according to": what stands before it in its clause, else what stands behind it."""
    start, end = reading.start + match.start(), reading.start + match.end()
    who = re.split(r"\s+(?:who|which|whose)\b|\s+(?:on|in)\s+(?=[A-Z]\w+day\b)", match["who"])[0]
    lead = reading.text[reading.start : start]
    if len(lead.split()) < FEWEST_WORDS or lead.rstrip().endswith("which,"):
        comma = reading.text.find(",", start + len("according to ") + len(who))
        first = comma + 1 if 0 <= comma < reading.end and comma - end < 120 else end
        content = (first, reading.end)
    else:
        opens = [m.end() for m in re.finditer(r";\s|[”\"]\s", lead)]
        content = (reading.start + (opens[-1] if opens else 0), start)
    yield from _made(reading, content, cast, (who, start + match.start("who") - match.start()), "according to")


def _told(reading: Reading, verb: Token, cast: Cast) -> Iterator[Quote]:
    """The statement of a verb: its clause behind it, or the clause before it that it closes."""
    subject = _subject(verb)
    if subject is None or (subject.pos_ == "PRON" and _is_told(verb)):
        return
    if verb.lemma_ in SHOWING and subject.pos_ == "NOUN" and subject.lower_ not in REPORTS | FACELESS:
        return
    who = _words_of(reading, subject, verb)
    if subject.head is not verb:
        who = _nearer(reading, verb, cast, who)
    content = behind(reading, verb) or awaited(reading, verb, subject) or before(reading, verb, subject)
    if content is not None:
        yield from _made(reading, content, cast, who, verb.text)


def _named(reading: Reading, noun: Token, cast: Cast) -> Iterator[Quote]:
    """The statement of a noun: "the government's announcement that …"."""
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    that = reading.text[noun.idx + len(noun) : reading.end]
    if owner is None or not that.startswith(" that "):
        return
    clause = next((child for child in noun.children if child.dep_ in ("acl", "ccomp", "relcl")), None)
    end = clause.right_edge.idx + len(clause.right_edge) if clause is not None else reading.end
    content = (noun.idx + len(noun) + len(" that "), min(end, reading.end))
    yield from _made(
        reading,
        content,
        cast,
        (reading.text[owner.left_edge.idx : owner.idx + len(owner)], owner.left_edge.idx),
        noun.text,
    )


def _subject(verb: Token) -> Token | None:
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


def _nearer(reading: Reading, verb: Token, cast: Cast, who: tuple[str, int]) -> tuple[str, int]:
    """Who stands right before a verb that the parse gave no subject of its own, else whom it shares one with."""
    printed = _PRINTED_IN.search(reading.text, reading.start, verb.idx)
    if printed is not None:
        return printed["who"], printed.start("who")
    name = cast.names.before(verb.idx)
    if name is None or who[1] <= name.start < who[1] + len(who[0]):
        return who
    return name.text, name.start


def _is_told(verb: Token) -> bool:
    """Whether a verb stands inside what another verb reports: "said it expected …" is one statement."""
    return verb.dep_ == "ccomp" and verb.head.i < verb.i and verb.head.lower_ in REPORTING_VERBS | EXPECTING_FORMS


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


def _words_of(reading: Reading, subject: Token, verb: Token) -> tuple[str, int]:
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


def _made(reading: Reading, content: tuple[int, int], cast: Cast, who: tuple[str, int], cue: str) -> Iterator[Quote]:
    """The statement of a stretch of text, its edges tidied; nothing where it is too short or nobody is named."""
    start, end = content
    piece = reading.text[start:end]
    start += len(piece) - len(piece.lstrip(" ,-–—:"))
    words = piece.strip(" ,-–—:").rstrip(".;, ")
    if len(words.split()) < 2 or (words[0] in MARKS and words.find(words[-1], 1) == len(words) - 1):
        return
    speaker = None if start <= who[1] < start + len(words) else cast.speaker(*who)
    if speaker is None:
        return
    yield Quote(
        start=start,
        end=start + len(words),
        text=words,
        kind="indirect",
        speaker=speaker.name,
        speaker_type=speaker.kind,
        role=speaker.role,
        organisation=speaker.organisation,
        cue=cue,
        stance=stance_of(words),
    )
