"""Which instruments and segments a text names: the alias table first, then the codes printed in the text.

The table goes before any statistical entity recogniser, which takes "Russell 2000" for a person and a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from newsig import instruments
from newsig.extract.codes import Code, find_codes, short_names
from newsig.extract.lexicon import ROLE_WORDS
from newsig.extract.sentences import dateline_spans, furniture_spans
from newsig.instruments import Alias
from newsig.records import Mention

_EMPLOYER_LEAD = re.compile(r"\b(?:at|of|with|for|from|by)\s+(?:the\s+)?$", re.IGNORECASE)
_SPEAKER_AFTER = re.compile(r"^(?:['’]s)?\s+(?:[a-z-]+\s+){0,2}(?:analysts?|strategists?|economists?|traders?|research)\b", re.IGNORECASE)
_ROLE = re.compile(r"\b(?:" + "|".join(sorted(ROLE_WORDS)) + r")\b", re.IGNORECASE)
_CLAUSE_VERB = re.compile(r"\b(?:was|were|is|are|has|had|rose|fell|said|says|gained|lost|reported|posted)\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A run of text that the table or a code gives a meaning; ``symbol`` and ``segment`` may both be None for a name
    that is known to have no symbol and only hides the shorter names inside it."""

    start: int
    end: int
    symbol: str | None
    segment: str | None


class Mentions:
    """The spaCy component: alias table and printed codes → ``doc._.mentions``, tuple of `Mention`."""

    def __init__(self, nlp: Language, aliases: Sequence[Alias]) -> None:
        self.aliases = list(aliases)
        self.exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self.lower = PhraseMatcher(nlp.vocab, attr="LOWER")
        for number, alias in enumerate(self.aliases):
            matcher = self.exact if alias.exact else self.lower
            matcher.add(str(number), [nlp.tokenizer(alias.text)])

    def __call__(self, doc: Doc) -> Doc:
        doc._.mentions = tuple(self.find(doc))
        return doc

    def find(self, doc: Doc) -> Iterator[Mention]:
        """The mentions of a document, in order of appearance, none inside another."""
        codes = list(find_codes(doc.text))
        tabled = list(self._tabled(doc))
        hits = _longest([*_coded(doc.text, codes, tabled), *tabled])
        doc._.unlisted = tuple((hit.start, hit.end) for hit in hits if hit.symbol is None and hit.segment is None)
        for hit in hits:
            if hit.symbol is not None or hit.segment is not None:
                yield Mention(start=hit.start, end=hit.end, text=doc.text[hit.start : hit.end], symbol=hit.symbol, segment=hit.segment)

    def _tabled(self, doc: Doc) -> Iterator[Found]:
        silent = [*furniture_spans(doc.text), *dateline_spans(doc.text)]
        for match, first, last in (*self.exact(doc), *self.lower(doc)):
            alias = self.aliases[int(doc.vocab.strings[match])]
            span = doc[first:last]
            start, end = span.start_char, span.end_char
            if any(a <= start < b for a, b in silent) or instruments.cancelled(alias, doc.text[max(0, start - 60) : start], doc.text[end : end + 60]):
                continue
            if alias.symbol and _company(alias.symbol) and _only_employer(doc.text, start, end):
                continue
            yield Found(start, end, alias.symbol, alias.segment)


def _company(symbol: str) -> bool:
    known = instruments.instruments().get(symbol)
    return known is None or known.kind == "stock"


def _only_employer(text: str, start: int, end: int) -> bool:
    """Whether a company is named only as the house of somebody who speaks: "an analyst at Goldman Sachs"."""
    clause = re.split(r"[.;:!?\n](?:\s|$)", text[max(0, start - 110) : start])[-1]
    if _EMPLOYER_LEAD.search(clause):
        roles = list(_ROLE.finditer(clause))
        if roles and not _CLAUSE_VERB.search(clause, roles[-1].end()) and clause.count(",", roles[-1].end()) <= 1:
            return True
    return bool(_SPEAKER_AFTER.match(text[end : end + 45]))


def _coded(text: str, codes: Iterable[Code], tabled: Sequence[Found]) -> Iterator[Found]:
    """The names that codes in the text stand behind, wherever they occur, and the codes themselves."""
    named: dict[str, str] = {}
    for code in codes:
        symbol = _settled(code, tabled)
        if symbol is None:
            continue
        yield _found(code.start, code.end, symbol)
        if code.name_start is not None and code.name_end is not None:
            named.update({short: symbol for short in short_names(text[code.name_start : code.name_end])})
    for name, symbol in named.items():
        for match in re.finditer(rf"(?<![\w&]){re.escape(name)}(?![\w&])(?!\s+[A-Z][a-z])", text):
            yield _found(match.start(), match.end(), symbol)


def _found(start: int, end: int, symbol: str) -> Found:
    known = instruments.instruments().get(symbol)
    return Found(start, end, symbol, known.segment if known else None)


def _settled(code: Code, tabled: Sequence[Found]) -> str | None:
    """The symbol that a printed code means: its own where that is known or of a market whose codes are tickers, else
    that of the name in front of it, which covers codes of companies since renamed."""
    if code.symbol in instruments.instruments():
        return code.symbol
    if code.name_start is not None and code.name_end is not None:
        for hit in tabled:
            if hit.symbol and code.name_start <= hit.start and hit.end <= code.name_end:
                return hit.symbol
    return code.symbol if code.is_ticker else None


def _longest(found: Iterable[Found]) -> list[Found]:
    """The longest of overlapping runs; of equal ones the first given, so that a symbol beats a bare name."""
    runs = list(found)
    # of two runs that overlap in part the later one holds the head of the name: "tech-heavy Nasdaq", "Nasdaq 100"
    whole = [hit for hit in runs if not any(hit.start < other.start < hit.end < other.end for other in runs)]
    kept: list[Found] = []
    for hit in sorted(whole, key=lambda hit: (hit.start - hit.end, hit.symbol is None, hit.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


@Language.factory("newsig_mentions", assigns=["doc._.mentions"])
def make_mentions(nlp: Language, name: str) -> Mentions:  # noqa: ARG001 (spaCy passes the name)
    """Make the component with the packaged table of instruments and segments."""
    return Mentions(nlp, instruments.aliases())


if not Doc.has_extension("mentions"):
    Doc.set_extension("mentions", default=())
    Doc.set_extension("unlisted", default=())
