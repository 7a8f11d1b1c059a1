"""The names of one article: its persons, its organisations, and what is named but never speaks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from newsig import instruments
from newsig.extract.sentences import dateline_spans, furniture_spans

NEAR = 400
"""Code points back within which a sentence is looked through for the organisation that "the company" stands for."""
SURNAME_REACH = 4000
"""Code points back within which a full name is looked for that the entity recogniser missed."""
MARKETS = re.compile(r"(?:Exchange|NYSE|Nasdaq|Wall Street|Index|Composite|Dow|S&P|Street)\b")
"""Names that the entity recogniser takes for firms, and that never say anything."""
_NEVER = re.compile(
    r"^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Q[1-4]|CEO|CFO|GDP|CPI|PPI|PMI|IPO|GMT|UTC|BST|CET|EST|EDT|ET|PM|AM)$"
)
_PUBLIC = re.compile(
    r"\b(?:Federal|Reserve|Fed|Department|Ministry|Government|Treasury|Commission|Central Bank|Bank of [A-Z]\w+$|BOJ"
    r"|ECB|Association|Congress|Senate|House|Court|Union|European|IMF|OPEC|Bureau|Institute|Reuters|Exchange)\b"
)
"""Names that no company has."""
_SUFFIX = re.compile(r"(?:LLC|Inc|Corp|Co|Ltd|Plc|PLC|SA|AG|NV|SE|SpA|Group|Holdings)\.?")
_PRINTED = re.compile(r"[(<\[.$]|\w+\.[A-Z]{1,2}$|[A-Z]+_")
"""A stock's printed code."""
_TRADE = re.compile(
    r",\s(?:an?\s|the\s)?(?:[\w-]+\s){0,4}?(?:analyst|strategist|economist|trader|manager|president|chairman|director|partner"
    r"|adviser|spokesman|spokeswoman|officer|broker)\s(?:at|with|for|in)\b"
)
"""What stands behind a person's name and no firm's."""
_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!Inc)(?<!Co)(?<!Corp)[.!?]\s")
_THE = re.compile(r"^[Tt]he\s+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text; ``acts`` says that it is the subject of a verb."""

    start: int
    end: int
    text: str
    acts: bool


class Names:
    """The names of one article, in the order of the text.

    ``origins`` are the spans of places and peoples ("the British bank"), ``unspeaking`` those of indices, commodities
    and currencies.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc, self.text = doc, doc.text
        silent = [*furniture_spans(self.text), *dateline_spans(self.text)]
        firms, self.unspeaking = _listed(doc)
        entities = [ent for ent in doc.ents if not any(a <= ent.start_char < b for a, b in silent)]
        self.people = [
            _name(ent.start_char, ent.end_char, doc, self.text)
            for ent in entities
            if _is_person(ent, self.text)
            and not _PRINTED.match(ent.text)
            and not _within(ent, (*firms, *self.unspeaking))
        ]
        spans = [
            (ent.start_char, ent.end_char)
            for ent in entities
            if ent.label_ in ("ORG", "FAC")
            and not _is_person(ent, self.text)
            and _may_be_house(ent.text)
            and not _within(ent, self.unspeaking)
        ]
        spans += [span for span in firms if not any(meet(*span, *other) for other in spans)]
        self.organisations = [_name(start, end, doc, self.text) for start, end in sorted(spans)]
        self.places = [_name(ent.start_char, ent.end_char, doc, self.text) for ent in entities if ent.label_ == "GPE"]
        self.origins = [(ent.start_char, ent.end_char) for ent in entities if ent.label_ in ("NORP", "GPE")]

    def before(self, at: int) -> Name | None:
        """The name that stands right before a place."""
        near = (name for name in (*self.people, *self.organisations) if at - 4 < name.end < at)
        return next((name for name in near if not self.text[name.end : at].strip()), None)

    def organisation_before(self, at: int) -> Name | None:
        """The last organisation before a place that does something, else the last one named at all."""
        before = [name for name in self.organisations if name.end <= at and not MARKETS.search(name.text)][-6:]
        return next((name for name in reversed(before) if name.acts), before[-1] if before else None)

    def topic(self, at: int) -> str | None:
        """The company that the story is about: the one acting in the same sentence, else the one named most so far."""
        before = [
            name
            for name in self.organisations
            if name.end <= at and not _PUBLIC.search(name.text) and not MARKETS.search(name.text)
        ]
        near = [name for name in before if at - name.end < NEAR]
        same = [name for name in near if not _SENTENCE_END.search(self.text, name.end, at)]
        here = [name for name in same if name.acts] or same
        if here:
            return self.full(here[-1].text)
        named = Counter(name.text for name in before)
        return self.full(named.most_common(1)[0][0]) if named else None

    def full(self, name: str) -> str:
        """The form of an organisation's name that the article first gives in full."""
        bare = _THE.sub("", name)
        alone = next((other.start for other in self.organisations if other.text == bare), len(self.text))
        earlier = [other.text for other in self.organisations if other.start <= alone]
        longer = (full for full in earlier if full.startswith((f"{bare} ", f"{bare}-")))
        spelt = (full for full in earlier if len(bare) > 1 and bare.isupper() and _initials(full) == bare)
        fed = (full for full in earlier if bare == "Fed" and full.startswith("Federal Reserve"))
        return next((full for found in (longer, spelt, fed) for full in found), bare)

    def full_person(self, surname: str, at: int) -> str | None:
        """The full name that a surname alone stands for, where a person of that name has been named before."""
        named = next((person.text for person in self.people if person.text.endswith(f" {surname}")), None)
        if named is not None or not surname[:1].isupper() or self.is_house(surname):
            return named
        name = rf"\b(?P<name>[A-Z][a-z’'-]+(?:\s[A-Z]\.)?\s{re.escape(surname)})"
        match = re.search(
            rf"{name}(?:,\s(?:an?\s|the\s)?[a-z]|\s(?:said|told|wrote)\b)", self.text[max(0, at - SURNAME_REACH) : at]
        )
        return match["name"] if match is not None else None

    def houses(self) -> list[str]:
        """The names of the organisations."""
        return [name.text for name in self.organisations]

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


def never_speaks(name: str) -> bool:
    """Whether a word only looks like a name that could speak: a weekday, a clock, a statistic."""
    return _NEVER.match(name) is not None


def meet(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether two spans share a character."""
    return start < other_end and other_start < end


def _is_person(ent: Span, text: str) -> bool:
    """Whether an entity is a person; the recogniser takes a rare name for a firm, its trade behind it tells better."""
    if ent.label_ == "PERSON":
        return True
    behind = text[ent.end_char : ent.end_char + 80]
    return ent.label_ == "ORG" and len(ent) in (2, 3) and _TRADE.match(behind) is not None


def _may_be_house(name: str) -> bool:
    capital = re.match(r"(?:the\s+)?[A-Z0-9]", name) is not None
    return capital and len(name) > 1 and not never_speaks(name) and not _SUFFIX.fullmatch(name)


def _within(ent: Span, spans: tuple[tuple[int, int], ...] | list[tuple[int, int]]) -> bool:
    return any(meet(ent.start_char, ent.end_char, *span) for span in spans)


def _listed(doc: Doc) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Spans of companies with a symbol, and of indices and other things that never speak."""
    kinds = {symbol: instrument.kind for symbol, instrument in instruments.instruments().items()}
    firms: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    for mention in doc._.mentions:
        if _PRINTED.match(mention.text):
            continue
        kind = kinds.get(mention.symbol or "", "segment" if mention.symbol is None else "stock")
        (firms if kind == "stock" else others).append((mention.start, mention.end))
    return firms, others


def _name(start: int, end: int, doc: Doc, text: str) -> Name:
    """The name in a span, without an article, a printed code or a possessive ending."""
    span = doc.char_span(start, end, alignment_mode="expand")
    words = re.split(r"\s*\(", text[start:end])[0] or text[start:end]
    first = start + len(words) - len(_THE.sub("", words))
    bare = re.sub(r"\s+[A-Z]{1,6}\.[A-Z]{1,2}$", "", _THE.sub("", words))
    owns = span is not None and span.end < len(doc) and doc[span.end].pos_ in ("NOUN", "ADJ", "PROPN", "NUM")
    stripped = re.sub(r"['’]s?$", "", bare).strip() if owns or bare[-1:] in "'’" else bare
    if text[end : end + 2] in ("'s", "’s") and re.match(
        r"\s(?:said|says|reported|expects?|forecast|also)\b", text[end + 2 :][:12]
    ):
        stripped += text[end : end + 2]  # the firm is called so: "Barron's said"
    acts = span is not None and span.root.dep_ in ("nsubj", "nsubjpass")
    return Name(first, first + len(stripped), stripped, acts)


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())
