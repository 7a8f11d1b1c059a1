"""The names of one article: what the recogniser takes for persons, its organisations, and what never speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc

from newsig.extract.quotes.entities import (
    MARKETS,
    STATES,
    THE,
    Name,
    employs,
    initials,
    listed,
    may_be_house,
    meet,
    mostly,
    name_at,
    person_span,
    within,
)
from newsig.extract.sentences import dateline_spans, furniture_spans

NEAR = 400
"""Code points back within which a sentence is looked through for the organisation that "the company" stands for."""
_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!Inc)(?<!Co)(?<!Corp)[.!?]\s")
_PUBLIC = re.compile(
    r"\b(?:Federal|Reserve|Fed|Department|Ministry|Government|Treasury|Commission|Central Bank"
    r"|Bank of (?!America|Montreal|Ireland|New)[A-Z]\w+$|BOJ|ECB|Association|Congress|Senate|House|Court|Union|European"
    r"|IMF|OPEC|Bureau|Institute|Reuters|Exchange|Bloomberg|Times|Journal|CNBC|SEC|FDIC|Administration)\b"
)
"""Names that no company has of which a story speaks as "the company"."""
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "PUNCT", "SYM", "X", "NUM", "PART", "VERB"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VB", "MD"})


class Names:
    """The names of one article, in the order of the text.

    ``persons`` are the spans of what looks like a person's name, ``firms`` of listed companies, ``silent`` of bylines,
    credits and datelines, ``origins`` of places and peoples ("the British bank"), ``unspeaking`` of indices,
    commodities and currencies. ``houses`` are the organisations' names, ``states`` those of places and peoples.
    """

    def __init__(self, doc: Doc, text: str) -> None:
        self.doc, self.text = doc, text
        self.silent = [*furniture_spans(self.text), *dateline_spans(self.text)]
        self.firms, self.unspeaking = listed(doc)
        entities = [ent for ent in doc.ents if not any(a <= ent.start_char < b for a, b in self.silent)]
        self.persons = [
            span
            for ent in entities
            if ent.label_ == "PERSON"
            and (span := person_span(ent, self.text))
            and not within(ent, (*self.firms, *self.unspeaking))
            and not employs(self.text, *span)
        ]
        spans = [
            (ent.start_char, ent.end_char)
            for ent in entities
            if (
                ent.label_ in ("ORG", "FAC")
                or (ent.label_ == "PERSON" and employs(self.text, ent.start_char, ent.end_char))
            )
            and may_be_house(ent.text)
            and not mostly(ent, self.unspeaking)
        ]
        spans += [span for span in self.firms if not any(meet(*span, *other) for other in spans)]
        self.organisations = [name_at(start, end, doc, self.text) for start, end in sorted(spans)]
        self.houses = frozenset(name.text for name in self.organisations)
        self.places = [name_at(ent.start_char, ent.end_char, doc, self.text) for ent in entities if ent.label_ == "GPE"]
        self.origins = [(ent.start_char, ent.end_char) for ent in entities if ent.label_ in ("NORP", "GPE")]
        self.states = frozenset(THE.sub("", ent.text) for ent in entities if ent.label_ in ("NORP", "GPE")) | STATES

    def acts(self, start: int, end: int) -> bool:
        """Whether the words of a span are the subject of a verb."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span is not None and span.root.dep_ in ("nsubj", "nsubjpass")

    def nominal(self, start: int, end: int) -> bool:
        """Whether the word in a span can be a part of a name or a noun phrase."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span is None or (any(token.pos_ in _NOMINAL for token in span) and span[0].tag_ not in _FINITE)

    def has_firm(self, start: int, end: int) -> bool:
        """Whether a listed company is named in a span."""
        return any(meet(start, end, *firm) for firm in self.firms)

    def is_firm(self, name: str) -> bool:
        """Whether a listed company is called just so in the article."""
        return any(self.text[start:end] == name for start, end in self.firms)

    def without_persons(self, persons: Iterable[tuple[int, int]]) -> None:
        """Take the names that turned out to be persons' from the organisations."""
        taken = {place for start, end in persons for place in range(start, end)}
        self.organisations = [name for name in self.organisations if taken.isdisjoint(range(name.start, name.end))]
        self.houses = frozenset(name.text for name in self.organisations)

    def before(self, at: int) -> Name | None:
        """The organisation, or the country that speaks for itself, that stands right before a place."""
        near = (name for name in (*self.organisations, *self.places) if at - 4 < name.end < at)
        return next((name for name in near if not self.text[name.end : at].strip()), None)

    def organisation_before(self, at: int) -> Name | None:
        """The last organisation before a place that does something, else the last one named at all."""
        before = [name for name in self.organisations if name.end <= at and not MARKETS.search(name.text)][-6:]
        return next((name for name in reversed(before) if name.acts), before[-1] if before else None)

    def topic(self, at: int, *, named: bool = False) -> str | None:
        """The company that the story is about: the one acting in the same sentence, else the one named most so far.

        ``named`` asks for a company that has been named twice at least, or is listed.
        """
        before = [
            name
            for name in self.organisations
            if name.end <= at and not _PUBLIC.search(name.text) and not MARKETS.search(name.text)
        ]
        if named:
            often = Counter(self.full(name.text) for name in before)
            before = [
                name for name in before if often[self.full(name.text)] > 1 or (name.start, name.end) in self.firms
            ]
        near = [name for name in before if at - name.end < NEAR]
        same = [name for name in near if not _SENTENCE_END.search(self.text, name.end, at)]
        here = [name for name in same if name.acts] or same
        if here:
            return self.full(here[-1].text)
        counted = Counter(name.text for name in before)
        return self.full(counted.most_common(1)[0][0]) if counted else None

    def headed(self, noun: str, at: int) -> str | None:
        """The organisation last named before a place with a word in its name: "the department", "the bureau"."""
        noun = noun.lower()
        named = [name.text for name in self.organisations if name.end <= at and noun in name.text.lower().split()]
        return self.full(named[-1]) if named else None

    def full(self, name: str) -> str:
        """The form of an organisation's name that the article first gives in full."""
        bare = THE.sub("", name)
        alone = next((other.start for other in self.organisations if other.text == bare), len(self.text))
        earlier = [other.text for other in self.organisations if other.start <= alone]
        longer = (full for full in earlier if full.startswith((f"{bare} ", f"{bare}-")))
        letters = bare.replace("&", "")
        spelt = (full for full in earlier if len(letters) > 1 and letters.isupper() and letters in initials(full))
        fed = (full for full in earlier if bare == "Fed" and full.startswith("Federal Reserve"))
        return next((full for found in (longer, spelt, fed) for full in found), bare)

    def is_house(self, name: str) -> bool:
        """Whether a name is an organisation's, or the beginning of one's."""
        return any(other.text == name or other.text.startswith(f"{name} ") for other in self.organisations)

    def may_name(self, name: str, words: str, at: int) -> bool:
        """Whether words that no entity stands in can be a name that speaks: the parser takes the last of them for a
        proper noun (the first word of a sentence is none by its capital), and they are no index or currency."""
        end = at + words.rfind(name.split()[-1]) + len(name.split()[-1])
        span = self.doc.char_span(max(end - 1, 0), end, alignment_mode="expand")
        index = any(meet(at, at + len(words), *other) for other in self.unspeaking)
        return not index and span is not None and span.root.pos_ == "PROPN"
