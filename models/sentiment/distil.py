"""A smaller tone model that answers as a trained one: ``python -m models.sentiment.distil DATA TEACHER --out FOLDER``.

Run it from the repository's root; it needs the extra ``training``. TEACHER is what ``models.sentiment.train`` wrote,
DATA what it was trained on; FOLDER takes the student, which ``models.sentiment.export`` makes the shipped weights of.

The student keeps some of the teacher's layers (Sajjad et al. 2023, "On the effect of dropping layers of pre-trained
transformer models") and, in each of them, those neurons of the feed-forward part whose output weighs most; the weights
behind these are fitted by least squares to give what all neurons gave (He et al. 2017, "Channel pruning", section 3.1).
Then it learns the teacher's states and scores (Hinton et al. 2015; Jiao et al. 2020, "TinyBERT"): of the targets, and
of other words, whose tone nobody has labelled. The same seed on the same machine gives the same weights.
"""

from __future__ import annotations

import argparse
import copy
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from models.sentiment.data import is_dev, labelled, own, rare_names, renamed
from models.sentiment.train import Labelled, batches, pace, read
from newsig.extract.sentiments.checkpoints import padded
from newsig.extract.sentiments.network import TargetTone
from newsig.extract.sentiments.packaged import TOKENIZER
from newsig.extract.sentiments.tokens import Piece

KEPT = (0, 1, 2, 4)
"""The teacher's layers that the student begins with: the four that agreed with it best untrained."""
NEURONS = 1024
"""Of a layer's feed-forward part."""
FITTED_ON = 800
"""Texts on which neurons are chosen and weights fitted."""
DAMPING = 1e-3
"""Of least squares, as a share of the mean square of the neurons' outputs."""
ROUNDS = ((6, 3e-4), (5, 2e-4))
"""Epochs and the highest learning rate of each round: a second one, begun anew, finds what the first one left."""
WEIGHT_DECAY = 0.01
RENAMED = 0.4
"""The share of texts in which rare names are exchanged, anew in every epoch."""
OTHERS, OTHER_WEIGHT = 3, 0.3
"""Runs of words of each text that stand for targets, and what they weigh beside a target."""
LONGEST_OTHER = 3


def main() -> None:
    """Distil and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="labelled targets, as JSON Lines of text, start, end, gold and from")
    parser.add_argument("teacher", type=Path, help="a trained model")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write the student to")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began = time.monotonic()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    teacher = TargetTone.from_pretrained(args.teacher).eval()
    tokenizer = Tokenizer.from_file(str(args.teacher / TOKENIZER))
    student = distilled(teacher, Texts(args.data, tokenizer, Random(args.seed)))
    student.save_pretrained(args.out)
    tokenizer.save(str(args.out / TOKENIZER))
    print(f"distilled in {(time.monotonic() - began) / 60:.0f} minutes: {args.out}")


class Texts:
    """What the student reads: the texts that the teacher was trained on, with other names in every epoch."""

    def __init__(self, data: Path, tokenizer: Tokenizer, random: Random) -> None:
        given = [example for example in labelled(data) if not is_dev(example.text)]
        self.examples = [*given, *own(0)]
        self.names, self.rare = rare_names(given)
        self.tokenizer = tokenizer
        self.random = random

    def epoch(self) -> list[list[Labelled]]:
        """Batches of all texts, in a new order."""
        shown = [
            renamed(example, self.names, self.rare, self.random) if self.random.random() < RENAMED else example
            for example in self.examples
        ]
        return batches(list(read(shown, self.tokenizer)), self.random)

    def with_others(self, piece: Piece) -> Piece:
        """A piece with further runs of its words as targets, behind its own."""
        last = len(piece.ids) - 1
        starts = [self.random.randrange(1, max(2, last)) for _ in range(OTHERS)]
        others = [tuple(range(at, min(at + self.random.randint(1, LONGEST_OTHER), max(at + 1, last)))) for at in starts]
        targets = (*piece.targets, *others)
        return Piece(piece.ids, targets, tuple(range(len(targets))))


def distilled(teacher: TargetTone, texts: Texts) -> TargetTone:
    """The student, after all its epochs."""
    sample = [piece for batch in texts.epoch() for piece, _ in batch][:FITTED_ON]
    student = narrowed(shortened(teacher, KEPT), sample, NEURONS)
    for module in student.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    student.bert.embeddings.requires_grad_(False)
    student.train()
    for epochs, rate in ROUNDS:
        learn(teacher, student, texts, epochs, rate)
    return student.eval()


def learn(teacher: TargetTone, student: TargetTone, texts: Texts, epochs: int, rate: float) -> None:
    """One round of the student's training."""
    learning = [parameter for parameter in student.parameters() if parameter.requires_grad]
    groups = [
        {"params": [one for one in learning if one.ndim > 1], "weight_decay": WEIGHT_DECAY},
        {"params": [one for one in learning if one.ndim < 2], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98))
    steps = epochs * (len(texts.epoch()) + 1)  # exchanged names change the number of pieces a little
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step, steps))
    for epoch in range(epochs):
        losses = []
        for batch in texts.epoch():
            loss = missed(teacher, student, [piece for piece, _ in batch], texts)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learning, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            losses.append(float(loss.detach()))
        print(f"epoch {epoch + 1} of {epochs}: loss {sum(losses) / len(losses):.4f}", flush=True)


def missed(teacher: TargetTone, student: TargetTone, pieces: Sequence[Piece], texts: Texts) -> Tensor:
    """How far the student is from the teacher: the divergence of the scores plus the mean square of the states."""
    given = padded([texts.with_others(piece) for piece in pieces], student.config.pad_token_id)
    mask, spans, rows = given["attention_mask"], given["spans"], given["rows"]
    weights = torch.tensor(
        [weight for piece in pieces for weight in (*(1.0 for _ in piece.targets), *[OTHER_WEIGHT] * OTHERS)]
    )
    with torch.autocast("cpu", torch.bfloat16):
        with torch.no_grad():
            aim = teacher.states(given["input_ids"], mask)
            wanted = functional.log_softmax(teacher.scores(aim, mask, spans, rows).float(), dim=-1)
        states = student.states(given["input_ids"], mask)
        found = functional.log_softmax(student.scores(states, mask, spans, rows).float(), dim=-1)
    apart = functional.kl_div(found, wanted, log_target=True, reduction="none").sum(dim=-1)
    far = (states.float() - aim.float()).square().mean(dim=-1) * mask
    return (apart * weights).sum() / weights.sum() + far.sum() / mask.sum()


def shortened(teacher: TargetTone, kept: Sequence[int]) -> TargetTone:
    """A copy of the teacher with some of its layers alone."""
    student = copy.deepcopy(teacher)
    student.bert.encoder.layer = nn.ModuleList([student.bert.encoder.layer[layer] for layer in kept])
    student.config.num_hidden_layers = len(kept)
    return student


def narrowed(model: TargetTone, pieces: Sequence[Piece], neurons: int) -> TargetTone:
    """The model with so many neurons in each feed-forward part of the encoder, chosen and fitted on texts."""
    for layer, seen in zip(model.bert.encoder.layer, together_active(model, pieces), strict=True):
        up, down = layer.intermediate.dense, layer.output.dense
        kept = (seen.diagonal().sqrt() * down.weight.norm(dim=0)).topk(neurons).indices.sort().values
        among = seen[kept][:, kept]
        damped = among + DAMPING * among.diagonal().mean() * torch.eye(neurons)
        fitted = torch.linalg.solve(damped, seen[kept] @ down.weight.T).T
        layer.intermediate.dense = linear(up.weight[kept], up.bias[kept])
        layer.output.dense = linear(fitted, down.bias)
    model.config.encoder_size = neurons
    return model


def linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    """A linear layer of these."""
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.weight = nn.Parameter(weight.detach().clone().contiguous())
    made.bias = nn.Parameter(bias.detach().clone())
    return made


@torch.no_grad()
def together_active(model: TargetTone, pieces: Sequence[Piece]) -> list[Tensor]:
    """How strongly each two neurons of a layer's feed-forward part are active together: their second moments."""
    width = model.config.intermediate_size
    seen = [torch.zeros(width, width) for _ in model.bert.encoder.layer]

    def note(at: int, states: Tensor) -> None:
        flat = states.reshape(-1, width)
        seen[at] += flat.T @ flat

    hooks = [
        layer.intermediate.register_forward_hook(lambda _module, _given, out, at=at: note(at, out))
        for at, layer in enumerate(model.bert.encoder.layer)
    ]
    for piece in pieces:
        given = padded([piece], model.config.pad_token_id)
        model.states(given["input_ids"], given["attention_mask"])
    for hook in hooks:
        hook.remove()
    return seen


if __name__ == "__main__":
    main()
