"""newsig's own tone model, as it ships: int8 weights for onnxruntime, checked by their sha256 before they are loaded.

``models/sentiment`` holds the recipe, the card and the scores.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsig.errors import ModelError
from newsig.extract.sentiments.judging import Passage, Tone, tone
from newsig.extract.sentiments.tokens import Piece, pieces

NAME = "newsig"
MODEL, TOKENIZER, LOCK = "model.onnx", "tokenizer.json", "weights.sha256"

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

    Sentences are judged one by one: a single core gains nothing by batches, and padding would change the last digits.

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
        for passage in passages:
            tones: dict[int, Tone] = {}
            for piece in pieces(passage, self.tokenizer):
                scores = self._scores(piece)
                tones |= {number: tone(softmax(own)) for number, own in zip(piece.which, scores, strict=True)}
            yield tuple(tones[number] for number in range(len(passage.targets)))

    def _scores(self, piece: Piece) -> NDArray[np.float32]:
        ids = np.array([piece.ids], dtype=np.int64)
        spans = np.zeros((len(piece.targets), len(piece.ids)), dtype=np.float32)
        for row, places in enumerate(piece.targets):
            spans[row, list(places)] = 1 / len(places)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "spans": spans,
            "rows": np.zeros(len(piece.targets), dtype=np.int64),
        }
        scores: NDArray[np.float32] = self.session.run(["scores"], given)[0]
        return scores


def softmax(scores: NDArray[np.float32]) -> list[float]:
    """Probabilities of scores."""
    raised = np.exp(scores.astype(np.float64) - scores.max())
    return [float(share) for share in raised / raised.sum()]


@cache
def load() -> Packaged:
    """The judge that ships, made once."""
    return Packaged()
