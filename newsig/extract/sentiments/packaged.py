"""newsig's own tone model, as it ships: int8 weights for onnxruntime, checked by their sha256 before they are loaded.

``models/sentiment`` holds the recipe, the card and the scores.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsig.errors import ModelError
from newsig.extract.sentiments.judging import Passage, Tone, tone
from newsig.extract.sentiments.tokens import Piece, pieces

NAME = "newsig"
MODEL, TOKENIZER, LOCK = "model.onnx", "tokenizer.json", "weights.sha256"
AHEAD = 512
"""Passages that are read ahead, so that some of equal length come together."""
TOGETHER = 256
"""Tokens of a run of the model: beyond that, their states no longer fit into a core's own cache."""

HERE = Path(__file__).parent


def folder(package: Path = HERE.parents[1]) -> Path:
    """The folder of the weights: in the package, or in a checkout beside it.

    Raises:
        ModelError: it is in neither.
    """
    for place in (package / "weights" / "sentiment", package.parent / "models" / "sentiment"):
        if (place / LOCK).is_file():
            return place
    raise ModelError(f"the tone model is missing from {package}: install newsig again")


def locked(place: Path) -> dict[str, str]:
    """The sha256 of each file that the lock in a folder names; `sha256sum --check` reads the lock, too."""
    lines = (place / LOCK).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}


def checked(place: Path) -> dict[str, bytes]:
    """The files that the lock in a folder names, each of which is what the lock says.

    Raises:
        ModelError: one is missing, or another one than was locked.
    """
    found = {}
    for name, digest in locked(place).items():
        try:
            found[name] = (place / name).read_bytes()
        except OSError as error:
            raise ModelError(f"the tone model's {place / name} cannot be read: install newsig again") from error
        if hashlib.sha256(found[name]).hexdigest() != digest:
            raise ModelError(
                f"{place / name} is not the file that {LOCK} was made for, and was not loaded: install newsig again"
            )
    return found


def fingerprint() -> str:
    """Sixteen hexadecimal digits of the sha256 of the weights that ship, as locked.

    Raises:
        ModelError: they are missing.
    """
    return locked(folder())[MODEL][:16]


class Packaged:
    """A judge: the weights in a folder, by default those that ship.

    Only pieces of the same number of tokens go through the model together: nothing is padded, and each row of states
    has a scale of its own, so that a tone is the same to the last digit whatever it is judged beside.

    Raises:
        ModelError: the weights are missing, or others than those locked.
    """

    name = NAME

    def __init__(self, place: Path | None = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        files = checked(folder() if place is None else place)
        self.tokenizer = Tokenizer.from_str(files[TOKENIZER].decode())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(files[MODEL], options, providers=["CPUExecutionProvider"])

    def judge(self, passages: Iterable[Passage]) -> Iterator[tuple[Tone, ...]]:
        """The tones of passages: see `newsig.extract.sentiments.judging.Judge`."""
        waiting = iter(passages)
        while some := list(islice(waiting, AHEAD)):
            yield from self._judged(some)

    def _judged(self, passages: Sequence[Passage]) -> Iterator[tuple[Tone, ...]]:
        tones: dict[tuple[int, int], Tone] = {}
        for batch in together((number, piece) for number, one in enumerate(passages) for piece in self._pieces(one)):
            scores = iter(self._scores([piece for _, piece in batch]))
            tones |= {(number, which): tone(softmax(next(scores))) for number, piece in batch for which in piece.which}
        for number, passage in enumerate(passages):
            yield tuple(tones[number, which] for which in range(len(passage.targets)))

    def _pieces(self, passage: Passage) -> Iterator[Piece]:
        return pieces(passage, self.tokenizer)

    def _scores(self, batch: Sequence[Piece]) -> NDArray[np.float32]:
        """The scores of each target of each piece, one after the other."""
        ids = np.array([piece.ids for piece in batch], dtype=np.int64)
        targets = [(row, places) for row, piece in enumerate(batch) for places in piece.targets]
        spans = np.zeros((len(targets), ids.shape[1]), dtype=np.float32)
        for span, (_, places) in zip(spans, targets, strict=True):
            span[list(places)] = 1 / len(places)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "spans": spans,
            "rows": np.array([row for row, _ in targets], dtype=np.int64),
        }
        scores: NDArray[np.float32] = self.session.run(["scores"], given)[0]
        return scores


Read = tuple[int, Piece]
"""A piece, and the number of the passage that it is of."""


def together(read: Iterable[Read]) -> Iterator[list[Read]]:
    """Pieces of the same number of tokens, as many as one run of the model takes."""
    by_length: defaultdict[int, list[Read]] = defaultdict(list)
    for number, piece in read:
        by_length[len(piece.ids)].append((number, piece))
    for tokens, same in by_length.items():
        size = max(1, TOGETHER // tokens)
        yield from (same[start : start + size] for start in range(0, len(same), size))


def softmax(scores: NDArray[np.float32]) -> list[float]:
    """Probabilities of scores."""
    raised = np.exp(scores.astype(np.float64) - scores.max())
    return [float(share) for share in raised / raised.sum()]


@cache
def load() -> Packaged:
    """The judge that ships, made once."""
    return Packaged()
