"""Tags and parse of the sentences that matter, by the models of spaCy's encoder, tagger and parser.

What a sentence is tagged and parsed as rests on its own tokens and the few on each side that the encoder looks at, once
all sentence starts are set: so some sentences can be read without the others, and be read as they are with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline import Tagger
from spacy.pipeline._parser_internals.nonproj import deprojectivize  # type: ignore[import-not-found]
from spacy.tokens import Doc

from newsig.extract.arcs import Arcs, Sentence, can_parse
from newsig.extract.encoders import Encoder, Floats, encoder_of
from newsig.extract.stretches import Stretch, chosen_sentences, stretches

BATCH = 16
"""Documents that are read at once, unless the caller says."""
Table = npt.NDArray[np.uint64]


class Syntax:
    """The spaCy component: tokens and sentence starts → ``token.tag``, ``token.dep`` and ``token.head``, of the
    sentences that `newsig.extract.stretches.choose` left to be read, which are all if it was not asked. A token of
    another one has neither tag nor arc, and is its own head."""

    def __init__(self, parts: tuple[Any, Any, Any], encoder: Encoder) -> None:
        self.parts, self.encoder = parts, encoder
        _, tagger, parser = parts
        self.arcs = Arcs(parser)
        softmax = next(node for node in tagger.model.walk() if node.name == "softmax")
        self.weights: Floats = np.asarray(softmax.get_param("W")).T.copy()
        self.biases: Floats = np.asarray(softmax.get_param("b"))
        self.tags = np.array([tagger.vocab.strings.add(label) for label in tagger.labels], dtype=np.uint64)

    def __call__(self, doc: Doc) -> Doc:
        """Tag and parse one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Tag and parse many. A document in which some sentence start is open, or that has tags, is spaCy's to read."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            self._read([doc for doc in docs if len(doc) and _is_plain(doc)])
            for doc in docs:
                if len(doc) and not _is_plain(doc) and not doc.has_annotation("DEP"):
                    for part in self.parts:
                        part(doc)
            yield from docs

    def _read(self, docs: Sequence[Doc]) -> None:
        sentences = [chosen_sentences(doc) for doc in docs]
        pieces = [
            (number, stretch)
            for number, (doc, chosen) in enumerate(zip(docs, sentences, strict=True))
            for stretch in stretches(chosen, len(doc), self.encoder.reach)
        ]
        keys = [self.encoder.keys(doc) for doc in docs]
        tables = [np.zeros((len(doc), 3), dtype=np.uint64) for doc in docs]
        states = (
            self.encoder.states([keys[number][piece.start : piece.end] for number, piece in pieces]) if pieces else []
        )
        waiting: list[tuple[Table, Sentence]] = []
        for (number, piece), found in zip(pieces, states, strict=True):
            waiting += self._tagged(piece, found, tables[number])
        for (rows, _), (heads, labels) in zip(waiting, self.arcs.read([one for _, one in waiting]), strict=True):
            rows[:, 1], rows[:, 2] = heads.astype(np.uint64), labels
        for doc, table in zip(docs, tables, strict=True):
            _annotate(doc, table)

    def _tagged(self, piece: Stretch, states: Floats, table: Table) -> Iterator[tuple[Table, Sentence]]:
        """The rows of each sentence of a stretch, now with its tags, and what the parser reads of it."""
        for start, end in piece.sentences:
            first, behind = start - piece.start, end - piece.start
            rows = table[start:end]
            rows[:, 0] = self.tags[(states[first:behind] @ self.weights + self.biases).argmax(axis=1)]
            yield rows, Sentence(states[first : behind + 1], last=end == len(table))


def _is_plain(doc: Doc) -> bool:
    return bool((doc.to_array("SENT_START") != 0).all()) and not (
        doc.has_annotation("TAG") or doc.has_annotation("DEP")
    )


def _annotate(doc: Doc, table: Table) -> None:
    starts = doc.to_array(["SENT_START"]).reshape(-1, 1)
    doc.from_array(["TAG", "HEAD", "DEP"], cast(Any, table))
    deprojectivize(doc)
    if not table[:, 2].all():  # what is not parsed has lost its starts
        parsed = doc.to_array(["SENT_START"]).reshape(-1, 1)
        doc.from_array(["SENT_START"], cast(Any, np.where(table[:, 2:] > 0, parsed, starts)))


@Language.factory(
    "newsig_syntax",
    requires=["token.is_sent_start"],
    assigns=["token.tag", "token.dep", "token.head"],
    default_config={"encoder": "tok2vec", "tagger": "tagger", "parser": "parser"},
)
def make_syntax(nlp: Language, name: str, encoder: str, tagger: str, parser: str) -> Syntax:  # noqa: ARG001 (spaCy passes it)
    """Make the component from the three that stand in the pipeline under these names."""
    found = encoder_of(nlp.get_pipe(encoder))
    if found is None:
        raise ValueError(f"the encoder {encoder} is of another build")
    return Syntax((nlp.get_pipe(encoder), nlp.get_pipe(tagger), nlp.get_pipe(parser)), found)


def can_read(nlp: Language) -> bool:
    """Whether a pipeline has the three components, one after the other, built as those of spaCy's small models are."""
    names = nlp.pipe_names
    if "tok2vec" not in names or names[names.index("tok2vec") :][:3] != ["tok2vec", "tagger", "parser"]:
        return False
    tagger, parser = nlp.get_pipe("tagger"), nlp.get_pipe("parser")
    return (
        encoder_of(nlp.get_pipe("tok2vec")) is not None
        and isinstance(tagger, Tagger)
        and [node.name for node in tagger.model.walk()][1:] == ["tok2vec-listener", "with_array(softmax)", "softmax"]
        and can_parse(parser)
    )
