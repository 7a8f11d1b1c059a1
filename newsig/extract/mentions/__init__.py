"""Which instruments and segments a text names: the alias table first, then the codes printed in the text.

The table goes before any statistical entity recogniser, which takes "Russell 2000" for a person and a date.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from newsig import instruments
from newsig.extract.mentions.bynames import Found
from newsig.extract.mentions.codes import find_codes
from newsig.extract.mentions.context import in_context
from newsig.extract.mentions.houses import HOUSES, names_a_place, only_employer, part_of
from newsig.extract.mentions.settling import coded
from newsig.extract.parse import offsets
from newsig.extract.sentences import dateline_spans, furniture_spans, text_of
from newsig.instruments import Alias
from newsig.records import Mention

_ABBREVIATED = re.compile(r"\b(?:[a-z]\.){2,}")


class Mentions:
    """The spaCy component: alias table and printed codes → ``doc._.mentions``, tuple of `Mention`."""

    def __init__(self, nlp: Language, aliases: Sequence[Alias]) -> None:
        self.aliases = list(aliases)
        self.exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self.lower = PhraseMatcher(nlp.vocab, attr="LOWER")
        for number, alias in enumerate(self.aliases):
            matcher = self.exact if alias.exact else self.lower
            # the tokeniser knows "U.S." in capitals only
            forms = {alias.text} if alias.exact else {alias.text, _ABBREVIATED.sub(_upper, alias.text)}
            matcher.add(str(number), [nlp.tokenizer(form) for form in sorted(forms)])

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions and leave them on the document."""
        doc._.mentions = tuple(self.find(doc))
        return doc

    def find(self, doc: Doc) -> Iterator[Mention]:
        """The mentions of a document, in order of appearance, none inside another."""
        text = text_of(doc)
        codes = list(find_codes(text))
        tabled = sorted(self._tabled(doc, text, {code.start: code.end for code in codes}), key=lambda hit: hit.start)
        named = [*coded(text, codes, tabled)]
        hits = _longest([*named, *_matters(text, tabled, {hit.symbol for hit in named})])
        doc._.unlisted = tuple((hit.start, hit.end) for hit in hits if hit.symbol is None and hit.segment is None)
        for hit in hits:
            if hit.symbol is not None or hit.segment is not None:
                yield Mention(
                    start=hit.start,
                    end=hit.end,
                    text=text[hit.start : hit.end],
                    symbol=hit.symbol,
                    segment=hit.segment,
                )

    def _tabled(self, doc: Doc, text: str, codes: Mapping[int, int]) -> Iterator[Found]:
        """What the table knows, longest first, without the names inside others, an employer's as well: "Postbank" in
        that of another bank. ``codes`` are the ends of printed codes by their starts."""
        silent = [*furniture_spans(text), *dateline_spans(text)]
        hidden: list[tuple[int, int]] = []  # none inside another, hence in the order of their ends as well
        for start, end, alias in sorted(self._matches(doc), key=lambda match: match[0] - match[1]):
            at = bisect_right(hidden, start, key=lambda span: span[0])
            if (at and end <= hidden[at - 1][1]) or any(a <= start < b for a, b in silent):
                continue
            follows = codes.get(end + 1, end)  # a code behind the name is no neighbour of it: "Gold XAU= rose"
            if instruments.cancelled(alias, text[max(0, start - 60) : start], text[follows : follows + 60]):
                continue
            if not (_company(alias.symbol) and (only_employer(text, start, end) or names_a_place(text, end))):
                meant = in_context(text, Found(start, end, alias.symbol, alias.segment))
                if meant is None:
                    continue
                yield meant
            hidden.insert(at, (start, end))

    def _matches(self, doc: Doc) -> Iterator[tuple[int, int, Alias]]:
        # without the blanks, since a name may be broken by a line's end or a doubled blank
        strings = doc.vocab.strings
        table = doc.to_array(["IS_SPACE", "ORTH", "LENGTH"])
        kept = np.flatnonzero(table[:, 0] == 0)
        starts = np.array(offsets(doc), dtype=np.int64)[kept]
        ends = starts + table[kept, 2].astype(np.int64)
        shadow = Doc(doc.vocab, words=[strings[word] for word in table[kept, 1].tolist()])
        for match, first, last in (*self.exact(shadow), *self.lower(shadow)):
            alias = self.aliases[int(doc.vocab.strings[match])]
            yield int(starts[first]), int(ends[last - 1]), alias


def _upper(match: re.Match[str]) -> str:
    return match[0].upper()


def _company(symbol: str | None) -> bool:
    known = instruments.instruments().get(symbol or "")
    return bool(symbol) and (known is None or known.kind == "stock")


def _matters(text: str, tabled: Sequence[Found], coded_symbols: set[str | None]) -> Iterator[Found]:
    """The names of the table without the banks that the story only has an opinion from.

    A house is left out where it is nowhere the matter itself, no code is printed for it, and it is quoted; one that
    only rates a share acts, and stays.
    """
    parts: dict[str, set[str]] = {}
    for hit in tabled:
        if hit.symbol in HOUSES:
            parts.setdefault(hit.symbol or "", set()).add(part_of(text, hit.start, hit.end))
    quoted = {symbol for symbol, found in parts.items() if "source" in found and "matter" not in found} - coded_symbols
    yield from (hit for hit in tabled if hit.symbol not in quoted)


def _longest(found: Iterable[Found]) -> list[Found]:
    """The longest of overlapping runs; of equal ones the first given, so that a symbol beats a bare name."""
    runs = sorted(found, key=lambda hit: hit.start)
    starts = [hit.start for hit in runs]
    whole = []
    for hit in runs:
        # of two runs that overlap in part the later one holds the head of the name: "tech-heavy Nasdaq", "Nasdaq 100"
        inside = runs[bisect_right(starts, hit.start) : bisect_left(starts, hit.end)]
        if not any(hit.end < other.end for other in inside):
            whole.append(hit)
    kept: list[Found] = []
    for hit in sorted(whole, key=lambda hit: (hit.start - hit.end, hit.symbol is None, hit.start)):
        at = bisect_left(kept, hit.start, key=lambda other: other.start)
        if (at == 0 or kept[at - 1].end <= hit.start) and (at == len(kept) or hit.end <= kept[at].start):
            kept.insert(at, hit)
    return kept


@Language.factory("newsig_mentions", assigns=["doc._.mentions"])
def make_mentions(nlp: Language, name: str) -> Mentions:  # noqa: ARG001 (spaCy passes the name)
    """Make the component with the packaged table of instruments and segments."""
    return Mentions(nlp, instruments.aliases())


if not Doc.has_extension("mentions"):
    Doc.set_extension("mentions", default=())
    Doc.set_extension("unlisted", default=())
