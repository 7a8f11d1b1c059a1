"""Any other tone model, through transformers and torch: a folder or a name on Hugging Face.

Two kinds are known by their ``config.json``: newsig's own network (`newsig.extract.sentiments.network`), which judges
each target of a passage; and sequence classifiers such as ProsusAI/finbert, which know no targets, so that all
targets of a passage get the tone of the passage. Weights must be in the safetensors format: no pickle is loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsig.errors import ModelError
from newsig.extract.sentiments.judging import Passage, Tone, tone
from newsig.extract.sentiments.tokens import LONGEST, Piece, pieces
from newsig.records import LABELS, Label

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor

OWN = "TargetTone"
BATCH = 32
AHEAD = 16
"""Batches that are read ahead, so that passages of one length come together."""

MEANINGS: Mapping[str, Label] = {
    "positive": "positive", "pos": "positive", "bullish": "positive",
    "negative": "negative", "neg": "negative", "bearish": "negative",
    "neutral": "neutral", "neu": "neutral",
}  # fmt: skip
"""What models call their labels, in lower case."""


def meanings(labels: Mapping[int, str]) -> dict[int, Label]:
    """What each of a model's labels means, by its number.

    >>> meanings({0: "Positive", 1: "NEG", 2: "neutral"})
    {0: 'positive', 1: 'negative', 2: 'neutral'}

    Raises:
        ValueError: the names do not say it.
    """
    found = {number: MEANINGS.get(str(name).lower()) for number, name in labels.items()}
    meant = {number: label for number, label in found.items() if label is not None}
    if (
        len(meant) < len(labels)
        or not {"positive", "negative"} <= set(meant.values())
        or len(set(meant.values())) < len(meant)
    ):
        raise ValueError(f"its labels are {', '.join(map(str, labels.values()))}, not positive, neutral and negative")
    return meant


def fingerprint(name: str) -> str:
    """What tells one model from another: a digest of a folder's weights, or the commit on Hugging Face.

    Raises:
        ModelError: there is no such model.
    """
    if Path(name).is_dir():
        digest = hashlib.sha256()
        for path in sorted((*Path(name).glob("*.json"), *Path(name).glob("*.safetensors"))):
            digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()[:16]
    return str(getattr(_config(name), "_commit_hash", None) or "")[:16]


def load(name: str) -> Checkpoint:
    """The judge that a folder or a name on Hugging Face stands for.

    Raises:
        ModelError: there is no such model, or it cannot judge tone.
    """
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    config = _config(name)
    try:
        labels = meanings(config.id2label)
        kind: Any = AutoModelForSequenceClassification
        if (config.architectures or [None])[0] == OWN:
            from newsig.extract.sentiments import network

            kind = network.TargetTone
        tokenizer = AutoTokenizer.from_pretrained(name)
        model, told = kind.from_pretrained(name, use_safetensors=True, output_loading_info=True)
    except Exception as error:  # whatever a broken folder or foreign code makes transformers raise
        raise ModelError(f"the tone model {name} cannot be used: {_first_line(error)}") from error
    if untrained := sorted(map(str, (*told["missing_keys"], *told["mismatched_keys"]))):
        # transformers would fill these in by chance, and the tones would be chance, too
        raise ModelError(f"the tone model {name} cannot be used: it has no trained weights for {', '.join(untrained)}")
    if not tokenizer.is_fast:
        raise ModelError(f"the tone model {name} cannot be used: its tokenizer does not say where its words stand")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    words = tokenizer.backend_tokenizer
    words.no_truncation()
    words.no_padding()
    meant = [labels[number] for number in sorted(labels)]
    return Checkpoint(name, model.to(device).eval(), words, meant, tokenizer.model_max_length)


def _config(name: str) -> Any:
    from transformers import AutoConfig
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return AutoConfig.from_pretrained(name)
    except Exception as error:  # whatever a broken file makes transformers raise
        raise ModelError(
            f"the tone model {name!r} is no folder with a model, and could not be had from Hugging Face: "
            f"{_first_line(error)}",
            passing=_unreached(error),
        ) from error


def _unreached(error: BaseException | None) -> bool:
    """Whether the model was asked for in vain, for want of a connection."""
    from huggingface_hub.errors import LocalEntryNotFoundError

    while error is not None and not isinstance(error, LocalEntryNotFoundError):
        error = error.__cause__ or error.__context__
    return error is not None


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


class Checkpoint:
    """A judge by a torch model; pieces of like length go through it together.

    ``labels`` are what the model's scores mean, in their order.
    """

    def __init__(
        self, name: str, model: Any, tokenizer: Tokenizer, labels: Sequence[Label], model_max_length: int
    ) -> None:
        self.name = name
        self.model = model
        self.tokenizer = tokenizer
        self.labels = labels
        self.longest = longest(model.config, model_max_length)
        self.knows_targets = type(model).__name__ == OWN

    def judge(self, passages: Iterable[Passage]) -> Iterator[tuple[Tone, ...]]:
        """The tones of passages: see `newsig.extract.sentiments.judging.Judge`."""
        waiting = iter(passages)
        while some := list(islice(waiting, BATCH * AHEAD)):
            yield from self._judged(some)

    def _judged(self, passages: Sequence[Passage]) -> Iterator[tuple[Tone, ...]]:
        read = [(number, piece) for number, passage in enumerate(passages) for piece in self._pieces(passage)]
        read.sort(key=lambda item: len(item[1].ids))
        tones: dict[tuple[int, int], Tone] = {}
        for start in range(0, len(read), BATCH):
            batch = read[start : start + BATCH]
            scores = iter(self._probabilities([piece for _, piece in batch]))
            tones |= {(number, which): self._tone(next(scores)) for number, piece in batch for which in piece.which}
        for number, passage in enumerate(passages):
            yield tuple(tones[number, which] for which in range(len(passage.targets)))

    def _pieces(self, passage: Passage) -> Iterator[Piece]:
        return pieces(passage, self.tokenizer, self.longest)

    def _tone(self, probabilities: Sequence[float]) -> Tone:
        by_label = dict.fromkeys(LABELS, 0.0) | dict(zip(self.labels, probabilities, strict=True))
        return tone([by_label[label] for label in LABELS])

    def _probabilities(self, batch: Sequence[Piece]) -> list[list[float]]:
        """The probabilities of the labels for each target of each piece, one after the other."""
        import torch

        given = padded(batch, self.model.config.pad_token_id or 0)
        rows = given["rows"]
        if not self.knows_targets:
            given = {name: given[name] for name in ("input_ids", "attention_mask")}
        with torch.inference_mode():
            answer = self.model(**{name: tensor.to(self.model.device) for name, tensor in given.items()})
        scores = answer if self.knows_targets else answer.logits[rows]
        found: list[list[float]] = torch.softmax(scores.float(), dim=-1).tolist()
        return found


def longest(config: Any, model_max_length: int) -> int:
    """How many tokens of a passage a model can read at once, at most `LONGEST`.

    RoBERTa and its kin count places from behind the padding's number, so some that the table has are not theirs.
    """
    positions = getattr(config, "max_position_embeddings", None)
    room = LONGEST if not positions or positions < 0 else positions - (config.pad_token_id or 0) - 1
    return min(LONGEST, model_max_length, room)


def padded(batch: Sequence[Piece], padding: int) -> dict[str, Tensor]:
    """What `newsig.extract.sentiments.network.TargetTone.forward` takes, of pieces of different length."""
    import torch

    longest = max(len(piece.ids) for piece in batch)
    rows = [row for row, piece in enumerate(batch) for _ in piece.targets]
    given = {
        "input_ids": torch.full((len(batch), longest), padding),
        "attention_mask": torch.zeros((len(batch), longest), dtype=torch.long),
        "spans": torch.zeros((len(rows), longest)),
        "rows": torch.tensor(rows),
    }
    for row, piece in enumerate(batch):
        given["input_ids"][row, : len(piece.ids)] = torch.tensor(piece.ids)
        given["attention_mask"][row, : len(piece.ids)] = 1
    for row, places in enumerate(places for piece in batch for places in piece.targets):
        given["spans"][row, list(places)] = 1 / len(places)
    return given
