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
        found = [*self._tabled(doc), *_coded(doc.text, codes)]
        for hit in _longest(found):
            if hit.symbol is None and hit.segment is None:
                continue
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


def _coded(text: str, codes: Iterable[Code]) -> Iterator[Found]:
    """The names that codes in the text stand behind, wherever they occur, and the codes themselves."""
    named: dict[str, str] = {}
    known = instruments.instruments()
    for code in codes:
        segment = known[code.symbol].segment if code.symbol in known else None
        if code.name_start is not None and code.name_end is not None:
            name = text[code.name_start : code.name_end]
            named.update({short: code.symbol for short in short_names(name) if len(short) > 2})
        yield Found(code.start, code.end, code.symbol, segment)
    for name, symbol in named.items():
        segment = known[symbol].segment if symbol in known else None
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield Found(match.start(), match.end(), symbol, segment)


def _longest(found: Iterable[Found]) -> list[Found]:
    """The longest of overlapping runs; of equal ones the first given, so that a symbol beats a bare name."""
    kept: list[Found] = []
    for hit in sorted(found, key=lambda hit: (hit.start - hit.end, hit.symbol is None, hit.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


@Language.factory("newsig_mentions", assigns=["doc._.mentions"])
def make_mentions(nlp: Language, name: str) -> Mentions:  # noqa: ARG001 (spaCy passes the name)
    """Make the component with the packaged table of instruments and segments."""
    return Mentions(nlp, instruments.aliases())


if not Doc.has_extension("mentions"):
    Doc.set_extension("mentions", default=())
