"""What the entity recogniser finds, cleaned: where a name begins and ends, what is a firm's, what never speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from newsig import instruments
from newsig.extract.lexicon import words
from newsig.extract.quotes.roles import is_office

HOUSES = words("""
    Bank Reserve Institute University Department Board Bureau Council Ministry Agency Association Fund Office Federation
    Chamber Society College School Centre Center Academy Republic Kingdom States Bankers Builders Realtors Group Company
    Corp Commission Committee House Union
""")
"""What goes on with "of" and is no surname: "Royal Bank of …"."""
MARKETS = re.compile(
    r"(?:Exchange|NYSE|Nasdaq(?! OMX)|Wall Street(?! Journal)|Index|Composite|Dow(?! Jones News| Chemical| Corning)"
    r"|S&P(?! Global| Equity| Capital| Ratings)|^Street)\b"
)
"""Names that the entity recogniser takes for firms, and that never say anything."""
STATES = words("""
    U.S. US U.K. UK EU E.U. American British German French Italian Spanish Swiss Dutch Greek Irish Portuguese
    Canadian Australian Japanese Chinese Indian Russian Brazilian Mexican Korean European Egyptian Israeli Turkish
    Polish Hungarian Swedish Norwegian Danish Finnish Austrian Belgian Czech Ukrainian Saudi Iranian Iraqi Asian
    African Democratic Republican Democrat
""")
"""Peoples and places by which somebody is told apart, beside those that the recogniser finds."""
_NEVER = re.compile(
    r"^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Q[1-4]|CEO|CFO|COO|GDP|CPI|PPI|PMI|IPO|ETF|GMT|UTC|BST|CET|EST|EDT|ET|PM|AM|FOMC|CFA)$"
)
_POSSESSIVES = words("""
    Barron's Moody's Lloyd's Sotheby's Christie's McDonald's Macy's Kohl's Wendy's Dillard's Domino's Sainsbury's
    Lowe's Denny's Hershey's Kellogg's Levi's Morrison's Sherwin's Victoria's
""") | {"Standard & Poor's", "Moody's Investors Service", "Dick's Sporting Goods"}
"""Names that end as a possessive does."""
_SUFFIX = re.compile(r"(?:LLC|Inc|Corp|Co|Ltd|Plc|PLC|SA|AG|NV|SE|SpA|Group|Holdings)\.?")
_FIRM = re.compile(
    r"\b(?:LLC|Inc|Corp|Ltd|Plc|PLC|LP|AG|Securities|Capital|Partners|Advisors|Advisers|Associates|Bank|Group|Management"
    r"|Investments|Holdings|Research)\b\.?$"
)
_PRINTED = re.compile(r"[(<\[.$]|\w+\.[A-Z]{1,2}$|[A-Z]+_")
"""A stock's printed code."""
THE = re.compile(r"^[Tt]he\s+")
_TITLE = re.compile(r"^(?:Mr|Ms|Mrs|Dr|Sir|Lord|Sen|Rep|Gov)\.?\s+")
_AT = re.compile(
    r"\b(?:analysts?|strategists?|economists?|traders?|managers?|officers?|heads?|directors?|spokes\w+|brokers?|dealers?|"
    r"equit\w+|research|markets?|investments?|president|chairman|trading)\s+(?:at|with|for)\s+(?:the\s+)?$"
    r"|\b(?:firm|company|brokerage|brokerage house|broker|lender|insurer|retailer|\w+maker|bank|house)\s$"
)
_ITS = re.compile(
    r"(?:['’]s)?\s(?:[a-z][\w-]*\s){0,4}"
    r"(?:analysts?|strategists?|economists?|traders?|spokes\w+|officials?|executives?|managers?)"
    r"(?:\s[A-Z]|\s(?:said|says|wrote|told)\b)"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text; ``acts`` says that it is the subject of a verb."""

    start: int
    end: int
    text: str
    acts: bool


def never_speaks(name: str) -> bool:
    """Whether a word only looks like a name that could speak: a weekday, a clock, a statistic."""
    return _NEVER.match(name) is not None


def meet(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether two spans share a character."""
    return start < other_end and other_start < end


def employs(text: str, start: int, end: int) -> bool:
    """Whether a name stands where an employer does: "strategists at …", "… analyst Orla Quillfeather"."""
    return _AT.search(text[max(0, start - 40) : start]) is not None or _ITS.match(text[end : end + 80]) is not None


def person_span(ent: Span, text: str) -> tuple[int, int] | None:
    """Where the name of a person entity stands, without title, office, code and possessive; None where it is none."""
    start, words = (
        ent.start_char,
        re.split(r"\s*[(\n=*_#\[\]{}<>|,]|\s(?:of|at|from|for)\s", text[ent.start_char : ent.end_char])[0],
    )
    words = re.sub(r"['’]s?$", "", words)
    owner = re.match(r".*['’]s\s+(?=[A-Z])", words)  # "CSM's Robinet"
    start, words = start + (owner.end() if owner else 0), words[owner.end() if owner else 0 :]
    heading = re.match(r"(?:[A-Z]{3,}\s+)+(?=[A-Z][a-z])", words)
    start, words = start + (heading.end() if heading else 0), words[heading.end() if heading else 0 :]
    while (first := re.match(r"(?:(?:Mr|Ms|Mrs|Dr|Sir|Lord|Sen|Rep|Gov)\.?|[\w-]+)\s+(?=\S)", words)) and (
        _TITLE.match(words) or is_office(first[0])
    ):
        start += first.end()
        words = words[first.end() :]
    if not words or not words[0].isupper() or _PRINTED.match(words) or _FIRM.search(words) or is_office(words):
        return None
    if any(part in HOUSES or part in STATES or re.search(r"-[a-z]", part) for part in words.split()):
        return None
    if any(char.isdigit() for char in words):
        return None
    return start, start + len(words)


def may_be_house(name: str) -> bool:
    """Whether an entity's words can be an organisation's name."""
    capital = re.match(r"(?:the\s+)?[A-Z0-9]", name) is not None
    return capital and len(name) > 1 and not never_speaks(name) and not _SUFFIX.fullmatch(name)


def within(ent: Span, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an entity shares a character with one of the spans."""
    start, end = ent.start_char, ent.end_char
    return any(meet(start, end, *span) for span in spans)


def mostly(ent: Span, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the spans is half of an entity or more: "Association of Home Builders" is no share of builders."""
    start, end = ent.start_char, ent.end_char
    return any(2 * (min(end, b) - max(start, a)) >= end - start for a, b in spans)


def listed(doc: Doc) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Spans of companies with a symbol, and of indices and other things that never speak."""
    known = instruments.instruments()
    firms: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    for mention in doc._.mentions:
        if _PRINTED.match(mention.text):
            continue
        named = known.get(mention.symbol or "")
        kind = named.kind if named is not None else "segment" if mention.symbol is None else "stock"
        (firms if kind == "stock" else others).append((mention.start, mention.end))
    return firms, others


def name_at(start: int, end: int, doc: Doc, text: str) -> Name:
    """The name in a span, without an article, a printed code or a possessive ending."""
    span = doc.char_span(start, end, alignment_mode="expand")
    words = re.split(r"\s*[(\n]", text[start:end])[0] or text[start:end]
    first = start + len(words) - len(THE.sub("", words))
    bare = re.sub(r"\s+[A-Z]{1,6}\.[A-Z]{1,2}$", "", THE.sub("", words))
    owns = span is not None and span.end < len(doc) and doc[span.end].pos_ in ("NOUN", "ADJ", "PROPN", "NUM")
    called = bare.replace("’", "'") in _POSSESSIVES
    stripped = re.sub(r"['’]s?$", "", bare).strip() if (owns and not called) or bare[-1:] in "'’" else bare
    if f"{stripped}'s" in _POSSESSIVES and text[first + len(stripped) : first + len(stripped) + 2] in ("'s", "’s"):
        stripped = text[first : first + len(stripped) + 2]
    if text[end : end + 2] in ("'s", "’s") and re.match(
        r"\s(?:said|says|reported|expects?|forecast|also)\b", text[end + 2 :][:12]
    ):
        stripped += text[end : end + 2]  # the firm is called so: "Barron's said"
    acts = span is not None and span.root.dep_ in ("nsubj", "nsubjpass")
    return Name(first, first + len(stripped), stripped, acts)


def initials(name: str) -> tuple[str, str]:
    """The capitals that a name begins its words with, with and without its legal form."""
    words = [word for word in re.split(r"[\s-]+", name) if word[:1].isupper()]  # without "&" and "of"
    bare = [word for word in words if not _SUFFIX.fullmatch(word)]
    return "".join(word[0] for word in words), "".join(word[0] for word in bare)
