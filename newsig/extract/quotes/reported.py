"""Reported statements: the clause that a verb of saying or of expecting, or "according to", gives to a speaker.

The dependency parse finds the verb's subject and its clause; where clauses begin and end is read off the words, since
stock codes and datelines mislead a parser at their edges more often than at their heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from newsig.extract.lexicon import (
    COMPANY_NOUNS,
    PREDICATING_ADJECTIVES,
    PRESENT_VERBS,
    REPORTING_VERBS,
    SAYING_NOUNS,
)
from newsig.extract.quotes.cast import Cast
from newsig.extract.quotes.clauses import (
    EXPECTING_FORMS,
    FEWEST_WORDS,
    LONGEST,
    MARKS,
    Reading,
    awaited,
    before,
    behind,
    clause_end,
    closing,
    inserted,
)
from newsig.extract.quotes.grammar import subject_of, words_of
from newsig.extract.quotes.headlines import headline
from newsig.extract.quotes.roles import is_office
from newsig.extract.quotes.speaker import Speaker
from newsig.extract.quotes.vocabulary import FACELESS, REPORTS, SILENT
from newsig.records import Quote, Span

SHOWING = frozenset({"show", "indicate", "suggest"})
STATING_VERBS = REPORTING_VERBS | EXPECTING_FORMS
"""What reports do as well as sales and prices, which say nothing."""
_ACCORDING = re.compile(
    r"\b[Aa]ccording to\s+(?P<who>(?:[^,;.“”\"]|(?<=\b[A-Z])\.|(?<=\bInc)\.|(?<=\bCo)\.|(?<=\bCorp)\.|\.(?=\w))+)"
)
_PRINTED_IN = re.compile(
    r"\b(?:an?|the)\s+(?:\w+\s+)?(?P<who>(?:article|report|story|survey|poll|study)\s+(?:in|by|from)\s+[A-Z][^,;]{2,60}?)\s*$"
)
_MADE_CLEAR = re.compile(r"(?<!to )\bma(?:de|kes)\s+(?:it\s+)?(?P<clear>clear|plain)\s+(?:that\s+)?(?=\w)")
_RELATIVE = re.compile(r"(?P<who>[^,;:“”\"]{2,60}),\s+(?:who|which)\s[^;:“”\"]{3,120},\s+$")
"""A relative clause between a subject and its verb; the end of the match is where the verb begins."""
_APPOSED = re.compile(r"(?:an?|the)\s[^,]*\b(?:at|of|for|with|in)\b")
BACKWARDS = re.compile(
    r"^(?:This|These|The|That|Those)\s+(?:\w+\s+)?(?:analysis|data|figures|numbers|forecasts?|estimates?|survey|study|calculations?)"
    r"\s+(?:was|were|is|are|come|comes|came)\s+(?:(?:done|compiled|collected|made|published|provided|conducted|released)\s+by"
    r"|from)\s+(?P<who>[A-Z][\w&.'’ -]+?)(?:\s+(?:using|from|on|in|based)\b|[.,]|$)"
)


CUES = STATING_VERBS | PRESENT_VERBS | PREDICATING_ADJECTIVES | SAYING_NOUNS
_CUES = np.array([get_string_id(word) for word in sorted(CUES)], dtype=np.uint64)


def cues_of(doc: Doc) -> list[Token]:
    """The words of a document that can give a statement away, in their order."""
    return [doc[place] for place in np.flatnonzero(np.isin(doc.to_array(["LOWER"]), _CUES)).tolist()]


def statements(reading: Reading, cast: Cast, previous: tuple[int, int] | None) -> Iterator[Quote]:
    """The reported statements of one sentence, in order of their cues; ``previous`` is the sentence before it."""
    sentence = reading.text[reading.start : reading.end]
    back = BACKWARDS.match(sentence)
    if back is not None and previous is not None:
        yield from _made(reading, previous, cast, (back["who"], reading.start + back.start("who")), back[0].split()[-1])
    titled = headline(reading, cast)
    if titled is not None:
        yield _stated(reading, *titled, None)
        return
    for match in _ACCORDING.finditer(sentence):
        yield from _according(reading, match, cast)
    for match in _MADE_CLEAR.finditer(reading.text, reading.start, reading.end):
        yield from _made_clear(reading, match, cast)
    for token in reading.cues:
        if _states(token):
            yield from _told(reading, token, cast)
        elif token.lower_ in SAYING_NOUNS and token.pos_ == "NOUN":
            yield from _named(reading, token, cast)


def _made_clear(reading: Reading, match: re.Match[str], cast: Cast) -> Iterator[Quote]:
    """The statement of "made clear": all that stands behind it, since the parse takes "clear" for a part of it."""
    made = reading.doc.char_span(match.start(), match.start("clear") - 1, alignment_mode="contract")
    subject = subject_of(made[0]) if made is not None and len(made) else None
    if made is not None and subject is not None:
        end = clause_end(reading, match.end(), reading.end)
        yield from _made(reading, (match.end(), end), cast, words_of(reading, subject, made[0]), match[0].strip())


def _states(token: Token) -> bool:
    """Whether a word gives a clause to its subject: a verb of saying or expecting, "is confident"."""
    if token.pos_ in ("VERB", "AUX"):
        known = token.lower_ in STATING_VERBS
        return known or (token.tag_ == "VBP" and token.lower_ in PRESENT_VERBS)
    return token.lower_ in PREDICATING_ADJECTIVES and token.dep_ == "acomp"


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
    subject = subject_of(verb)
    if subject is None:
        yield from _of_relative(reading, verb, cast) or _closed(reading, verb, cast)
        return
    if subject.pos_ == "PRON" and (_is_told(verb) or verb.lemma_ in SHOWING):
        return
    if verb.lemma_ in SHOWING and subject.pos_ == "NOUN" and subject.lower_ not in REPORTS | FACELESS:
        return
    who = words_of(reading, subject, verb)
    if subject.head is not verb:
        who = _nearer(reading, verb, cast, who)
    if subject.lower_ in SILENT and who[1] <= subject.idx < who[1] + len(who[0]):
        acting = _acting_before(verb, subject)
        if acting is None:
            return
        who = words_of(reading, acting, verb)
    if subject.i > verb.i:  # "…, said X": what stands behind the verb is the speaker
        content = before(reading, verb, subject) or behind(reading, verb)
    else:
        content = behind(reading, verb) or awaited(reading, verb, subject) or before(reading, verb, subject)
    made = list(_made(reading, content, cast, who, verb.text)) if content is not None else []
    tail = inserted(reading, verb, subject)
    if tail is not None and not any(quote.start <= tail[0] < quote.end for quote in made):
        made += _made(reading, tail, cast, who, verb.text)
    yield from made or _closed(reading, verb, cast)


def _of_relative(reading: Reading, verb: Token, cast: Cast) -> list[Quote]:
    """The statement of a verb that the parse cuts off from its subject by a relative clause: "X, who …, said …"."""
    match = _RELATIVE.search(reading.text, reading.start, verb.idx)
    content = behind(reading, verb) if match is not None else None
    if match is None or content is None:
        return []
    return list(_made(reading, content, cast, (match["who"], match.start("who")), verb.text))


def _closed(reading: Reading, verb: Token, cast: Cast) -> Iterator[Quote]:
    """The statement of a verb that closes its sentence, parted by commas where the parse does not part it."""
    for content, who in closing(reading, verb):
        words = reading.text[who : verb.idx].strip()
        if (
            re.match(r"(?:an?|the)\s", words)
            and is_office(words)
            and "," not in words
            and content[1] > who - 3
            and _APPOSED.match(words)
        ):
            continue  # what the speaker is, behind the name
        made = list(_made(reading, content, cast, (words, who), verb.text))
        if made:
            yield from made
            return


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


def _nearer(reading: Reading, verb: Token, cast: Cast, who: tuple[str, int]) -> tuple[str, int]:
    """Who stands right before a verb that the parse gave no subject of its own, else whom it shares one with."""
    printed = _PRINTED_IN.search(reading.text, reading.start, verb.idx)
    if printed is not None:
        return printed["who"], printed.start("who")
    name = cast.names.before(verb.idx)
    if name is None or who[1] <= name.start < who[1] + len(who[0]):
        return who
    return name.text, name.start


def _acting_before(verb: Token, subject: Token) -> Token | None:
    """The last subject between what cannot speak and a verb of saying: "shares fell after X cut jobs, saying"."""
    between = reversed(list(verb.doc[subject.i + 1 : verb.i]))
    return next(
        (
            t
            for t in between
            if t.dep_ == "nsubj" and (t.pos_ == "PROPN" or t.ent_type_ == "ORG" or t.lower_ in COMPANY_NOUNS)
        ),
        None,
    )


def _is_told(verb: Token) -> bool:
    """Whether a verb stands inside what another verb reports: "said it expected …" is one statement."""
    return verb.dep_ == "ccomp" and verb.head.i < verb.i and verb.head.lower_ in STATING_VERBS


def _made(reading: Reading, content: tuple[int, int], cast: Cast, who: tuple[str, int], cue: str) -> Iterator[Quote]:
    """The statement of a stretch of text, its edges tidied; nothing where it is too short, too long or nobody's."""
    start, end = content
    piece = reading.text[start:end]
    start += len(piece) - len(piece.lstrip(" ,-–—:"))
    words = piece.strip(" ,-–—:").rstrip(".;, ")
    if (
        len(words) > LONGEST
        or len(words.split()) < 2
        or (words[0] in MARKS and words.find(words[-1], 1) == len(words) - 1)
    ):
        return
    ahead = (start, start + len(words)) if who[1] >= start + len(words) else (0, 0)
    if start <= who[1] < start + len(words):
        return
    speaker = cast.speaker(*who, apart=ahead)
    if speaker is not None:
        yield _stated(reading, (start, start + len(words)), speaker, cue)
    elif cast.means_somebody(who[0].strip(" ,")):
        yield Quote(start=start, end=start + len(words), text=words, kind="indirect", cue=cue)


def _stated(reading: Reading, content: tuple[int, int], speaker: Speaker, cue: str | None) -> Quote:
    start, end = content
    words = reading.text[start:end].rstrip(" .")
    return Quote(
        start=start,
        end=start + len(words),
        text=words,
        kind="indirect",
        speaker=speaker.name,
        speaker_type=speaker.kind,
        role=speaker.role,
        organisation=speaker.organisation,
        cue=cue,
        attribution=Span(start=speaker.start, end=speaker.end, text=reading.text[speaker.start : speaker.end]),
    )
