"""A parsed document as plain objects: to walk over a tree of them costs a tenth of what spaCy's tokens cost, each of
which is made anew whenever it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

_ATTRIBUTES = ("ORTH", "POS", "TAG", "DEP", "LOWER", "LEMMA")


class Node:
    """One token with its place in the tree. The names are those of `spacy.tokens.Token`, and mean the same."""

    __slots__ = ("children", "dep_", "head", "i", "idx", "lemma_", "lower_", "parse", "pos_", "tag_", "text")

    def __init__(
        self, parse: Parse, i: int, idx: int, text: str, pos: str, tag: str, dep: str, lower: str, lemma: str
    ) -> None:
        self.parse, self.i, self.idx, self.text = parse, i, idx, text
        self.pos_, self.tag_, self.dep_, self.lower_, self.lemma_ = pos, tag, dep, lower, lemma
        self.head = self
        self.children: list[Node] = []

    def __len__(self) -> int:
        """Its characters."""
        return len(self.text)

    @property
    def lefts(self) -> Sequence[Node]:
        """Its children in front of it, in the order of the text."""
        return [child for child in self.children if child.i < self.i]

    @property
    def left_edge(self) -> Node:
        """The first token of all that hang on it."""
        return self.parse.nodes[self.parse.doc[self.i].left_edge.i]

    @property
    def subtree(self) -> Iterator[Node]:
        """Itself and all that hang on it, in no particular order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.children

    @property
    def ancestors(self) -> Iterator[Node]:
        """All that it hangs on, the nearest first."""
        node = self
        while node.head is not node:
            node = node.head
            yield node


class Parse:
    """The tree of a document as it stands: what is set on the document later does not show.

    ``nodes`` are its tokens, in the order of the text.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        strings = doc.vocab.strings
        table = doc.to_array([*_ATTRIBUTES, "HEAD"])
        named = {code: strings[code] for code in np.unique(table[:, :-1]).tolist()}
        heads = table[:, -1].astype(np.int64).tolist()
        self.nodes = [
            Node(self, i, idx, named[text], named[pos], named[tag], named[dep], named[lower], named[lemma])
            for i, (idx, (text, pos, tag, dep, lower, lemma, _)) in enumerate(
                zip(offsets(doc), table.tolist(), strict=True)
            )
        ]
        for node, head in zip(self.nodes, heads, strict=True):
            if head:
                node.head = self.nodes[node.i + head]
                node.head.children.append(node)


def offsets(doc: Doc) -> list[int]:
    """Where each token begins in the text."""
    lengths = doc.to_array(["LENGTH", "SPACY"]).astype(np.int64).sum(axis=1)
    return [0, *np.cumsum(lengths)[:-1].tolist()] if len(doc) else []


def row_keys(table: npt.NDArray[np.uint64]) -> list[Any]:
    """The rows of a table of token attributes as bytes, by which what was worked out for a kind of token is kept."""
    return np.ascontiguousarray(table).view(f"V{table.shape[1] * table.itemsize}").ravel().tolist()
