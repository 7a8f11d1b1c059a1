"""Tone towards a target by the plain rule; a model takes its place later."""

from __future__ import annotations

import pytest

from newsig.extract.sentiments import probabilities
from tests.conftest import Read

CASES = [
    ("Small caps are enjoying a strong rally.", "small_caps", "positive"),
    ("Small caps tumbled as worries grew.", "small_caps", "negative"),
    ("Money drains out of megacap stocks.", "mega_caps", "negative"),
    ("Money flows into small caps.", "small_caps", "positive"),
    ("A strong currency is a headwind for small caps.", "small_caps", "negative"),
    ("A weak currency is a tailwind for small caps.", "small_caps", "positive"),
    ("Small caps were mentioned on page four.", "small_caps", "neutral"),
    ("Small caps gained, while megacaps slumped.", "small_caps", "positive"),
    ("Small caps gained, while megacaps slumped.", "mega_caps", "negative"),
]


@pytest.mark.parametrize(("text", "segment", "label"), CASES)
def test_tone_towards_a_segment(read: Read, text: str, segment: str, label: str) -> None:
    (tone,) = [tone for tone in read(text).sentiments if tone.segment == segment and tone.symbol is None]
    assert (tone.label, tone.basis) == (label, "rule")


@pytest.mark.parametrize(
    ("text", "label"), [("Apple rose 3 percent.", "positive"), ("Apple fell 3 percent.", "negative")]
)
def test_a_claim_decides_the_tone_towards_its_subject(read: Read, text: str, label: str) -> None:
    assert [(tone.symbol, tone.label) for tone in read(text).sentiments] == [("AAPL", label)]


def test_the_speaker_holds_the_view(read: Read) -> None:
    (tone,) = read("“Small caps will rally,” said Orla Quillfeather, a strategist at Larkmoor Partners.").sentiments
    assert tone.holder == "Orla Quillfeather"


@pytest.mark.parametrize("weight", range(-5, 6))
def test_probabilities_sum_to_one_and_follow_the_weight(weight: int) -> None:
    positive, neutral, negative = probabilities(weight)
    assert positive + neutral + negative == pytest.approx(1, abs=1e-3)
    assert (positive > negative) == (weight > 0)
