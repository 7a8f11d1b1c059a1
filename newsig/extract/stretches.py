"""Which sentences of a document are read closely, and with how much of the text around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from spacy.tokens import Doc

CHOSEN = "newsig_chosen"
"""Under what name the numbers of a document's chosen sentences are kept with it."""
Tokens = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens that are read together, and the chosen sentences among them, by their tokens."""

    start: int
    end: int
    sentences: Sequence[Tokens]


def sentences_of(doc: Doc) -> list[Tokens]:
    """First token of each sentence, and the one behind its last, by the starts that are set."""
    starts = np.flatnonzero(doc.to_array("SENT_START") == 1).tolist()
    return list(pairwise([*starts, len(doc)]))


def choose(doc: Doc, sentences: Iterable[int]) -> None:
    """Have only some sentences of a document read closely, by their numbers."""
    doc.user_data[CHOSEN] = frozenset(sentences)


def chosen_sentences(doc: Doc) -> list[Tokens]:
    """The sentences of a document that are to be read closely: all, unless some were chosen."""
    sentences = sentences_of(doc)
    chosen = doc.user_data.get(CHOSEN)
    return sentences if chosen is None else [span for number, span in enumerate(sentences) if number in chosen]


def stretches(sentences: Sequence[Tokens], tokens: int, reach: int) -> Iterator[Stretch]:
    """The stretches of a document of so many tokens in which some sentences, and the token behind each, have all that
    their vectors rest on: ``reach`` tokens to each side."""
    together: list[Tokens] = []
    for sentence in sentences:
        if together and sentence[0] - reach > together[-1][1] + 1 + reach:
            yield _around(together, tokens, reach)
            together = []
        together.append(sentence)
    if together:
        yield _around(together, tokens, reach)


def _around(together: Sequence[Tokens], tokens: int, reach: int) -> Stretch:
    return Stretch(max(0, together[0][0] - reach), min(tokens, together[-1][1] + 1 + reach), together)
