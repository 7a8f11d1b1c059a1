"""What the tone model learns from, and what is told of it: our sentences are read whole, the card has the scores."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import BertConfig

from models.sentiment import data, distil
from models.sentiment.data import Example
from newsig.extract.sentiments.checkpoints import padded
from newsig.extract.sentiments.network import TargetTone
from newsig.extract.sentiments.tokens import Piece
from newsig.records import LABELS
from tests.pages import ROOT

FILES = [*sorted(data.SENTENCES.glob("*.txt")), data.CAPS]
NAMES = ["Harlow Foods", "Teravolt", "Norvik Shipping"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sentence_of_ours_is_read_whole(path: Path) -> None:
    for example in data.sentences(path):
        assert example.targets, example.text
        assert not re.search(r"\[\[|\]\]", example.text), example.text
        for start, end, _ in example.targets:
            assert example.text[start:end] == example.text[start:end].strip() != "", example.text


def test_frames_are_filled() -> None:
    filled = [example.text for example in data.framed(0)]
    assert len(filled) > len((data.SENTENCES / "frames.txt").read_text(encoding="utf-8").splitlines())
    assert not [text for text in filled if re.search(r"[{}]", text)]


def test_what_is_measured_on_is_not_learnt_from() -> None:
    caps = [example.text for example in data.sentences(data.CAPS)]
    assert len(set(caps)) == len(caps) == 200
    assert {example.text for example in data.own(0)}.isdisjoint(caps)


@given(seed=st.integers(0, 999), labels=st.lists(st.sampled_from(range(len(LABELS))), min_size=1, max_size=5))
@settings(max_examples=50, deadline=None)
def test_exchanged_names_keep_their_labels(seed: int, labels: list[int]) -> None:
    random = Random(seed)
    chosen = [random.choice([*NAMES, "stocks"]) for _ in labels]
    text = " and ".join(chosen) + " moved."
    starts = [len(" and ".join(chosen[:number])) + 5 * (number > 0) for number in range(len(chosen))]
    spans = zip(starts, chosen, labels, strict=True)
    example = Example(text, "test", tuple((start, start + len(name), label) for start, name, label in spans))
    other = data.renamed(example, NAMES, frozenset(NAMES), random)
    read = [other.text[start:end] for start, end, _ in other.targets]
    assert [label for *_, label in other.targets] == labels
    assert [name == "stocks" for name in read] == [name == "stocks" for name in chosen]
    assert other.text == " and ".join(read) + " moved."
    assert len(set(zip(chosen, read, strict=True))) == len(set(chosen)), "a name has one name in a text"


def test_the_card_tells_the_scores() -> None:
    scores = json.loads((data.HERE / "scores.json").read_text(encoding="utf-8"))
    card = (data.HERE / "card.md").read_text(encoding="utf-8")
    shown = [row for row in re.findall(r"^\| (.+) \|$", card, flags=re.MULTILINE) if re.search(r"\| 0\.\d{3}", row)]
    ways = ("newsig", "in torch", "VADER", "most frequent label")
    written = {
        (f"{found['targets']:,}", *(f"{found[way]['macro-F1']:.3f}" for way in ways)) for found in scores.values()
    }
    assert {tuple(row.split(" | ")[1:6]) for row in shown} == written


def test_the_card_counts_the_sentences() -> None:
    card = (ROOT / "models" / "sentiment" / "card.md").read_text(encoding="utf-8")
    count = sum(example.origin != "frames" for example in data.own(0))
    frames = sum(1 for _ in data.sentences(data.SENTENCES / "frames.txt"))
    assert f"| {count:,}, and {frames} frames" in card


@pytest.fixture
def teacher() -> TargetTone:
    """A small random network in which every second neuron of the encoder does what the one before it does."""
    torch.manual_seed(1)
    sizes = {"hidden_size": 16, "num_hidden_layers": 3, "num_attention_heads": 2, "intermediate_size": 32}
    model = TargetTone(BertConfig(vocab_size=50, **sizes)).eval()
    for layer in model.bert.encoder.layer:
        up = layer.intermediate.dense
        for part in (up.weight.data, up.bias.data):
            part[1::2] = part[::2]
    return model


PIECES = [
    Piece(tuple((at * 7 + step * at) % 50 for at in range(1, 12)), ((2, 3), (5,)), (0, 1)) for step in range(1, 30)
]


def test_needless_neurons_are_left_out_without_a_trace(teacher: TargetTone, tmp_path: Path) -> None:
    given_all = padded(PIECES, 0)
    with torch.no_grad():
        before = teacher(**given_all)
        student = distil.narrowed(distil.shortened(teacher, (0, 1, 2)), PIECES, 16)
        after = student(**given_all)
    assert [layer.intermediate.dense.out_features for layer in student.bert.encoder.layer] == [16, 16, 16]
    assert [layer.intermediate.dense.out_features for layer in teacher.bert.encoder.layer] == [32, 32, 32]
    assert torch.allclose(before, after, atol=0.02), (before - after).abs().max()
    student.save_pretrained(tmp_path)
    with torch.no_grad():
        assert torch.equal(TargetTone.from_pretrained(tmp_path).eval()(**given_all), after)


def test_a_student_has_the_layers_it_was_to_keep(teacher: TargetTone) -> None:
    student = distil.shortened(teacher, (0, 2))
    kept = [layer.attention.self.query.weight for layer in student.bert.encoder.layer]
    given_by = [teacher.bert.encoder.layer[number].attention.self.query.weight for number in (0, 2)]
    assert len(kept) == student.config.num_hidden_layers == 2
    assert all(torch.equal(one, other) for one, other in zip(kept, given_by, strict=True))
