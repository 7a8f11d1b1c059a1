"""Which sentences of a story have to be parsed and searched for names: those that can hold a claim or a statement.

The rules may choose too many, never too few:

- A story with a figure, a superlative or a streak is read in full: what moved may be named sentences before.
- Else only its statements rest on the parse. A statement stands in quotation marks, or has a verb or noun of saying or
  expecting, "according to", "made clear", or the colon or dash of a headline; or it is the sentence before "These
  figures were compiled by …". Such sentences are chosen; where a story has none, nothing is.
- Who makes a statement, and what he is, may be told anywhere: so, in a story with statements, every sentence is chosen
  that can name somebody or something. Names of persons and organisations begin with a capital or a digit, or are known
  to the alias table. The first word of a sentence has its capital anyway, and names nothing where it is a function
  word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.figures import holds_figures
from newsig.extract.lexicon import PREDICATING_ADJECTIVES, PRESENT_VERBS, SAYING_NOUNS, words
from newsig.extract.parse import offsets
from newsig.extract.quotes.marks import find_runs
from newsig.extract.quotes.reported import BACKWARDS, STATING_VERBS
from newsig.extract.sentences import text_of
from newsig.extract.stretches import choose, sentences_of
from newsig.instruments.dictionary import FUNCTION_WORDS

CUES = STATING_VERBS | PRESENT_VERBS | PREDICATING_ADJECTIVES | SAYING_NOUNS | words("according clear plain")
"""Words one of which every reported statement has, in small letters."""
_HEADLINE = re.compile(r":\s|\s[-–—]")
"""What parts a headline's statement from who makes it."""
_DIGIT = re.compile(r"\d")
Mask = npt.NDArray[np.bool_]


class Choice:
    """The spaCy component: tokens, sentence starts and mentions → which sentences are read closely; it asks for no
    parse, and what stands behind it heeds it."""

    def __init__(self, nlp: Language) -> None:
        self.cues = _ids(nlp, CUES)
        self.small = _ids(nlp, STOP_WORDS | FUNCTION_WORDS)

    def __call__(self, doc: Doc) -> Doc:
        """Choose the sentences of a document, unless all of them matter."""
        if len(doc) and not holds_figures(doc):
            choose(doc, self.chosen(doc))
        return doc

    def chosen(self, doc: Doc) -> set[int]:
        """The numbers of the sentences that can make a statement or help to tell whose it is, in a document without
        figures."""
        sentences = sentences_of(doc)
        text, starts = text_of(doc), [start for start, _ in sentences]
        places = offsets(doc)
        opening = [places[start] for start in starts]
        said = {bisect_right(starts, token) - 1 for token in np.flatnonzero(self._cues(doc)).tolist()}
        said |= _touched(opening, ((run.start, run.end) for run in find_runs(text)))
        said |= _touched(opening, (match.span() for match in _HEADLINE.finditer(text)))
        for number, (start, end) in enumerate(zip(opening, [*opening[1:], len(text)], strict=True)):
            if BACKWARDS.match(text[start:end]):
                said |= {number, max(0, number - 1)}
        if not said:
            return said
        named = {bisect_right(starts, token) - 1 for token in np.flatnonzero(self._capitals(doc, starts)).tolist()}
        named |= _touched(opening, (match.span() for match in _DIGIT.finditer(text)))
        return said | named | _touched(opening, ((mention.start, mention.end) for mention in doc._.mentions))

    def _cues(self, doc: Doc) -> Mask:
        return np.isin(doc.to_array("LOWER"), self.cues)

    def _capitals(self, doc: Doc, starts: Iterable[int]) -> Mask:
        """Which tokens have a capital, without the function words that open sentences."""
        table = doc.to_array(["ORTH", "LOWER", "IS_PUNCT", "IS_SPACE", "IS_QUOTE"])
        capital: Mask = table[:, 0] != table[:, 1]
        worded = np.flatnonzero(~table[:, 2:].any(axis=1))
        at = np.searchsorted(worded, list(starts))
        first = worded[at[at < len(worded)]]
        capital[first[np.isin(table[first, 1], self.small)]] = False
        return capital


def _touched(opening: list[int], spans: Iterable[tuple[int, int]]) -> set[int]:
    """The numbers of the sentences that spans of the text touch, by the offsets at which they open."""
    return set(_numbers(opening, spans))


def _numbers(opening: list[int], spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    for start, end in spans:
        yield from range(max(0, bisect_right(opening, start) - 1), bisect_right(opening, max(start, end - 1)))


def _ids(nlp: Language, some: Iterable[str]) -> npt.NDArray[np.uint64]:
    return np.array(sorted(nlp.vocab.strings.add(word) for word in some), dtype=np.uint64)


@Language.factory("newsig_choice", requires=["token.is_sent_start", "doc._.mentions"])
def make_choice(nlp: Language, name: str) -> Choice:  # noqa: ARG001 (spaCy passes the name)
    """Make the component."""
    return Choice(nlp)
