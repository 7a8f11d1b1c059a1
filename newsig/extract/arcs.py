"""spaCy's dependency parser for many sentences at once: the same weights and rules, and the same arcs.

spaCy's parser is arc-eager (``spacy/pipeline/_parser_internals/arc_eager.pyx``; Nivre, Algorithms for deterministic
incremental dependency parsing, 2008, section 4). Where every sentence start is set before it, no arc crosses one, and
a sentence is over only when nothing of it is left on the stack: what it does in one sentence rests on the vectors of
that sentence and of the token behind it, and on whether there is such a token. So sentences take their steps together
here, one product of matrices for all, and where the rules leave one move only, none is scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.pipeline import DependencyParser

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

FEATURES = 8
"""Tokens that the parser looks at: two of the buffer, three of the stack, and children of the first of each."""
SHIFT, REDUCE, LEFT, RIGHT, BREAK = range(5)
KINDS = {"S": SHIFT, "D": REDUCE, "L": LEFT, "R": RIGHT, "B": BREAK}
TOGETHER = 160
"""Sentences that go through their steps together."""
ROOM = 8192
"""Tokens for whose parts memory is kept, 34 MB; it costs less than to be given new one each time."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The vectors of a sentence's tokens, and of the one behind it, unless the sentence is its document's last."""

    states: Floats
    last: bool

    def __len__(self) -> int:
        """Its tokens."""
        return len(self.states) - (not self.last)


class Arcs:
    """The arcs of sentences, by the model of a trained parser, which must be one that `can_parse` knows."""

    def __init__(self, parser: DependencyParser) -> None:
        names = [parser.moves.get_class_name(number) for number in range(parser.moves.n_moves)]
        kinds = np.array([KINDS[name[0]] for name in names])
        open_ = np.flatnonzero(kinds != BREAK)  # where all starts are set, none is left to be found
        self.kinds = kinds[open_]
        strings = parser.vocab.strings
        self.labels = np.array([strings.add(name[2:]) if len(name) > 2 else 0 for name in names], np.uint64)[open_]
        self.root = strings.add("ROOT")
        self.shifts, self.reduces = self.kinds == SHIFT, self.kinds == REDUCE
        encode, lower, upper = parser.model.layers
        linear = next(node for node in encode.walk() if node.name == "linear")
        self.narrow, self.narrowed = np.asarray(linear.get_param("W")).T.copy(), np.asarray(linear.get_param("b"))
        weights: Any = lower.get_param("W")  # (features, width, pieces, in)
        self.parts: Floats = np.ascontiguousarray(weights.transpose(3, 0, 2, 1).reshape(weights.shape[3], -1))
        self.width, self.pieces = weights.shape[1:3]
        self.pad: Floats = np.asarray(lower.get_param("pad"))[0].transpose(0, 2, 1).reshape(1, -1)
        self.bias: Floats = np.asarray(lower.get_param("b")).T.ravel()
        self.upper = np.asarray(upper.get_param("W"))[open_].T.copy()
        self.offset = np.asarray(upper.get_param("b"))[open_]

        self.room: Floats = np.empty((ROOM, self.parts.shape[1]), np.float32)

    def read(self, sentences: Sequence[Sentence]) -> Iterator[tuple[Numbers, npt.NDArray[np.uint64]]]:
        """For each sentence, which token each of its tokens hangs on, counted from its own place, and by which arc."""
        found: dict[int, tuple[Numbers, npt.NDArray[np.uint64]]] = {}
        order = sorted(range(len(sentences)), key=lambda number: len(sentences[number]))
        for first in range(0, len(order), TOGETHER):
            some = order[first : first + TOGETHER]
            found.update(zip(some, _Steps(self, [sentences[number] for number in some]).arcs(), strict=True))
        yield from (found[number] for number in range(len(sentences)))

    def look(self, states: Floats) -> Floats:
        """What each vector adds where it is seen as one of the features: rows of (vector, feature), of which the first
        ones stand for no token."""
        room = (
            self.room if len(states) < len(self.room) else np.empty((len(states) + 1, self.parts.shape[1]), np.float32)
        )
        parts = room[: len(states) + 1]
        parts[0] = self.pad
        np.matmul(states @ self.narrow + self.narrowed, self.parts, out=parts[1:])
        parts[:, : self.bias.size] += self.bias
        return parts.reshape(len(parts) * FEATURES, -1)


class _Steps:
    """Sentences on their way through the parser. Tokens are numbered through all of them, from 1; 0 is none."""

    def __init__(self, reader: Arcs, sentences: Sequence[Sentence]) -> None:
        self.reader = reader
        self.looks = reader.look(np.concatenate([sentence.states for sentence in sentences]))
        sizes = np.array([len(sentence.states) for sentence in sentences])
        self.starts = np.cumsum(sizes) - sizes + 1
        self.ends = self.starts + [len(sentence) for sentence in sentences]
        self.last = np.array([sentence.last for sentence in sentences])
        count, room = len(sentences), int(sizes.max()) + 4
        self.next = self.starts.copy()  # the first token that was not yet on the stack
        self.stack = np.zeros((count, room), dtype=np.int64)  # three rows of none stand below
        self.back = np.zeros((count, room), dtype=np.int64)  # tokens put back into the buffer
        self.depth, self.behind = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
        tokens = int(sizes.sum()) + 2
        self.heads, self.labels = np.zeros(tokens, dtype=np.int64), np.zeros(tokens, dtype=np.uint64)
        self.lefts, self.rights, self.before = (np.zeros(tokens, dtype=np.int64) for _ in range(3))
        self.returned = np.zeros(tokens, dtype=bool)

    def arcs(self) -> Iterator[tuple[Numbers, npt.NDArray[np.uint64]]]:
        rows = np.arange(len(self.starts))
        while len(rows):
            over = (self.behind[rows] == 0) & (self.next[rows] == self.ends[rows])
            done = over & (self.depth[rows] == 0)
            self._reduce(rows[over & ~done])
            empty = ~over & (self.depth[rows] == 0)
            self._push(rows[empty])
            self._decide(rows[~over & ~empty])
            rows = rows[~done]
        for start, end in zip(self.starts, self.ends, strict=True):
            heads, labels = self.heads[start:end], self.labels[start:end]
            hang = heads > 0
            yield np.where(hang, heads - np.arange(start, end), 0), np.where(hang, labels, self.reader.root)

    def _decide(self, rows: Numbers) -> None:
        """Take the best move that is allowed in each of these sentences, all of which have a stack and a buffer."""
        if not len(rows):
            return
        reader, depth, behind = self.reader, self.depth[rows], self.behind[rows]
        following = self.next[rows]
        tops = self.stack[rows[:, None], depth[:, None] + [2, 1, 0]]
        first = np.where(behind > 0, self.back[rows, behind - 1], following)
        second = np.where(behind > 1, self.back[rows, behind - 2], following + (behind == 0))
        second[self.last[rows] & (second >= self.ends[rows])] = 0
        top = tops[:, 0]
        seen = (first, second, *tops.T, self.lefts[first], self.lefts[top], self.rights[top])
        summed = self.looks[seen[0] * FEATURES]
        for number, tokens in enumerate(seen[1:], start=1):
            summed += self.looks[tokens * FEATURES + number]
        pieces = summed.reshape(len(rows), reader.pieces, -1)
        scores = pieces.max(axis=1) @ reader.upper + reader.offset
        ending = self.last[rows] & (self.ends[rows] - following + behind < 2)
        scores[np.ix_(ending | self.returned[first], reader.shifts)] = -np.inf
        scores[np.ix_(depth == 1, reader.reduces)] = -np.inf
        best = scores.argmax(axis=1)
        kinds, labels = reader.kinds[best], reader.labels[best]
        self._reduce(rows[kinds == REDUCE])
        left, right = kinds == LEFT, kinds == RIGHT
        self._to_the_left(rows[left], first[left], top[left], labels[left])
        self._to_the_right(first[right], top[right], labels[right])
        self._push(rows[(kinds == SHIFT) | right])

    def _push(self, rows: Numbers) -> None:
        behind = self.behind[rows]
        again = behind > 0
        self.stack[rows, self.depth[rows] + 3] = np.where(again, self.back[rows, behind - 1], self.next[rows])
        self.depth[rows] += 1
        self.behind[rows] -= again
        self.next[rows] += ~again

    def _reduce(self, rows: Numbers) -> None:
        """Take off the stack what hangs on something or stands alone there, back into the buffer what does not."""
        depth = self.depth[rows]
        top = self.stack[rows, depth + 2]
        back = (self.heads[top] == 0) & (depth > 1)
        rows_back, top_back = rows[back], top[back]
        self.returned[top_back] = True
        self.back[rows_back, self.behind[rows_back]] = top_back
        self.behind[rows_back] += 1
        self.depth[rows] -= 1

    def _to_the_left(self, rows: Numbers, head: Numbers, child: Numbers, labels: npt.NDArray[np.uint64]) -> None:
        """Hang the first of the stack on the first of the buffer, off what it hung on as its latest child."""
        old = self.heads[child]
        self.rights[old] = np.where(old > 0, self.before[child], 0)
        self.heads[child], self.labels[child] = head, labels
        self.lefts[head] = child
        self.returned[head] = False
        self.depth[rows] -= 1

    def _to_the_right(self, child: Numbers, head: Numbers, labels: npt.NDArray[np.uint64]) -> None:
        """Hang the first of the buffer on the first of the stack."""
        self.heads[child], self.labels[child] = head, labels
        self.before[child] = self.rights[head]
        self.rights[head] = child


def can_parse(pipe: object) -> bool:
    """Whether a component is a parser of the kind that spaCy's small models have: greedy, on eight tokens."""
    if not isinstance(pipe, DependencyParser) or pipe.cfg.get("beam_width", 1) != 1 or pipe.cfg.get("learn_tokens"):
        return False
    layers = pipe.model.layers
    if len(layers) != 3 or not pipe.model.attrs.get("has_upper", False) or pipe.model.attrs.get("unseen_classes"):
        return False
    linear = [node for node in layers[0].walk() if node.name == "linear"]
    return len(linear) == 1 and layers[1].get_dim("nF") == FEATURES and layers[1].get_dim("nP") > 1
