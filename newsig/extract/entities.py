"""spaCy's entity recogniser with fewer steps: the same weights and rules, and the same entities.

spaCy decides token by token, and asks at each which of its 74 moves are allowed. Outside an entity a decision rests on
its token alone, though, so all of them are taken at once here; inside one, only two moves are left, to go on or to end.
The moves are spaCy's (``spacy/pipeline/_parser_internals/ner.pyx``; Lample et al., Neural architectures for named
entity recognition, 2016, section 3, for the scheme of begin, in, last, unit and out).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from newsig.extract.encoders import encoder_of
from newsig.extract.stretches import Stretch, chosen_sentences, stretches

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

BATCH = 16
"""Documents that are read at once, unless the caller says."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The recogniser's moves by what they do: the numbers of those that begin an entity of each label, go on with it,
    end it, and make one of a single token."""

    labels: list[str]
    begin: Numbers
    inside: Numbers
    last: Numbers
    unit: Numbers
    out: int

    @classmethod
    def of(cls, names: Sequence[str]) -> Moves:
        """The moves with these names, as spaCy has them: "B-ORG", "O"."""
        places = {name: place for place, name in enumerate(names)}
        labels = [name[2:] for name in names if name.startswith("B-") and len(name) > 2]
        begin, inside, last, unit = (np.array([places[f"{move}-{label}"] for label in labels]) for move in "BILU")
        return cls(labels, begin, inside, last, unit, places["O"])


class Entities:
    """The spaCy component: tokens → ``doc.ents``, by the model of a trained `EntityRecognizer`, which must be one that
    `can_read` knows."""

    def __init__(self, recogniser: EntityRecognizer) -> None:
        self.recogniser = recogniser
        encoder = encoder_of(recogniser)
        if encoder is None:
            raise ValueError("the recogniser's encoder is of another build")
        self.encoder = encoder
        chain, self.lower, self.upper = recogniser.model.layers
        linear = next(node for node in chain.walk() if node.name == "linear")
        self.narrow: Floats = np.asarray(linear.get_param("W")).T.copy()
        self.narrowed: Floats = np.asarray(linear.get_param("b"))
        kinds = recogniser.moves
        self.moves = Moves.of([kinds.get_class_name(number) for number in range(kinds.n_moves)])
        unseen = set(recogniser.model.attrs["unseen_classes"])
        moves = self.moves
        free = [*moves.begin, *moves.unit, moves.out]
        self.free = np.array(sorted(move for move in free if move not in unseen))
        """The moves that are open outside an entity, in their order."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the entities of one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Find the entities of many. A document in which some are marked already is spaCy's to read."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            plain = [doc for doc in docs if len(doc) and not doc.has_annotation("ENT_IOB")]
            for doc in docs:
                if len(doc) and doc.has_annotation("ENT_IOB"):
                    self.recogniser(doc)
            for doc, entities in zip(plain, self.read(plain), strict=True):
                doc.set_ents([Span(doc, *entity) for entity in entities], default="outside")
            yield from docs

    def read(self, docs: Sequence[Doc]) -> Iterator[list[tuple[int, int, str]]]:
        """The entities in what is read closely of documents: first token, token behind the last, label."""
        pieces = [
            (number, piece)
            for number, doc in enumerate(docs)
            for piece in stretches(chosen_sentences(doc), len(doc), self.encoder.reach)
        ]
        found: list[list[tuple[int, int, str]]] = [[] for _ in docs]
        if pieces:
            story = _Story(self, docs, pieces)
            for place, first, behind, label in story.entities():
                number, piece = pieces[place]
                if any(start <= first < end for start, end in piece.sentences):
                    found[number].append((first, behind, label))
        yield from found


class _Story:
    """The tokens of stretches of some documents in a row, with what the model says of each.

    ``pieces`` are these stretches, each with the number of its document.
    """

    def __init__(self, reader: Entities, docs: Sequence[Doc], pieces: Sequence[tuple[int, Stretch]]) -> None:
        self.reader = reader
        keys = [reader.encoder.keys(doc) for doc in docs]
        self.sizes = [piece.end - piece.start for _, piece in pieces]
        self.firsts = [piece.start for _, piece in pieces]
        encoded = reader.encoder.states([keys[number][piece.start : piece.end] for number, piece in pieces])
        states = np.concatenate(encoded) @ reader.narrow + reader.narrowed
        parts: Any = reader.lower.predict(states)  # (1 + tokens, 3, width, pieces); the first row stands for no token
        self.parts: Floats = parts.reshape(*parts.shape[:2], -1)
        self.bias: Floats = np.asarray(reader.lower.get_param("b")).ravel()
        self.pieces: int = reader.lower.get_dim("nP")
        marked = [doc.to_array(["IS_SPACE", "SENT_START"]).astype(np.int64) for doc in docs]
        marks = np.concatenate([marked[number][piece.start : piece.end] for number, piece in pieces])
        self.space = marks[:, 0] == 1
        self.ends = np.append(marks[1:, 1] == 1, True)
        """Behind which tokens no entity can go on: the next one opens a sentence or another stretch."""
        self.ends[np.cumsum(self.sizes) - 1] = True

    def entities(self) -> Iterator[tuple[int, int, int, str]]:
        """The entities in their order: the number of the stretch, first token, token behind the last, label."""
        moves = self.reader.moves
        chosen = self._outside()
        kinds = {int(move): number for number, move in enumerate(moves.begin)}
        starts = np.flatnonzero(np.isin(chosen, moves.begin))
        behind = dict(zip(starts.tolist(), self._closed(starts, chosen[starts], kinds), strict=True))
        units = {int(move): number for number, move in enumerate(moves.unit)}
        opened = list(accumulate(self.sizes, initial=0))
        free = 0
        for place in np.flatnonzero(chosen != moves.out).tolist():
            if place < free:
                continue  # inside the entity before
            move, free = int(chosen[place]), behind.get(place, place + 1)
            piece = bisect_right(opened, place) - 1
            by = self.firsts[piece] - opened[piece]
            yield piece, place + by, free + by, moves.labels[kinds[move] if move in kinds else units[move]]

    def _outside(self) -> Numbers:
        """The best move at each token, no entity being open."""
        reader = self.reader
        scores = self._scores(self.parts[1:, 0] + self.parts[0, 1] + self.parts[0, 2])
        scores[np.ix_(self.ends | self.space, reader.moves.begin)] = -np.inf
        scores[np.ix_(self.space, reader.moves.unit)] = -np.inf
        best: Numbers = reader.free[scores[:, reader.free].argmax(axis=1)]
        return best

    def _closed(self, starts: Numbers, begun: Numbers, kinds: dict[int, int]) -> list[int]:
        """Behind which token each entity is over that begins at some place."""
        moves = self.reader.moves
        labels = np.array([kinds[int(move)] for move in begun], dtype=np.int64)
        at, behind, open_ = starts + 1, starts + 1, np.arange(len(starts))
        while len(open_):
            here, first = at[open_], starts[open_]
            scores = self._scores(self.parts[1 + here, 0] + self.parts[1 + first, 1] + self.parts[here, 2])
            rows, label = np.arange(len(open_)), labels[open_]
            on, last = scores[rows, moves.inside[label]], scores[rows, moves.last[label]]
            goes_on = np.where(moves.inside[label] < moves.last[label], on >= last, on > last) & ~self.ends[here]
            behind[open_] = at[open_] = here + 1
            open_ = open_[goes_on]
        return [int(place) for place in behind]

    def _scores(self, summed: Floats) -> Floats:
        """What the model gives each move (rows, moves), by the sum of its three parts."""
        pieces = (summed + self.bias).reshape(len(summed), -1, self.pieces)
        scores: Floats = self.reader.upper.predict(pieces.max(axis=2))
        return scores


def can_read(pipe: object) -> bool:
    """Whether a component is a recogniser of the kind that spaCy's small models have: greedy, on three tokens."""
    if not isinstance(pipe, EntityRecognizer) or pipe.cfg.get("beam_width", 1) != 1:
        return False
    layers = pipe.model.layers
    linear = [node for node in layers[0].walk() if node.name == "linear"]
    if len(linear) != 1 or encoder_of(pipe) is None:
        return False
    return len(layers) == 3 and pipe.model.attrs.get("has_upper", False) and layers[1].get_dim("nF") == 3


@Language.factory(
    "newsig_entities", assigns=["doc.ents", "token.ent_iob", "token.ent_type"], default_config={"of": "ner"}
)
def make_entities(nlp: Language, name: str, of: str) -> Entities:  # noqa: ARG001 (spaCy passes the name)
    """Make the component from the recogniser ``of`` that stands in the pipeline."""
    return Entities(nlp.get_pipe(of))
