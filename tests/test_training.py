"""What the tone model learns from, and what is told of it: our sentences are read whole, the card has the scores."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.sentiment import data
from models.sentiment.data import Example
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
