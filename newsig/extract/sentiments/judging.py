"""What judges tone: a `Judge` is given passages with their targets and says how each passage speaks of each.

The packaged model judges unless the settings name another one: see `newsig.extract.sentiments.packaged` and
`newsig.extract.sentiments.checkpoints`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from newsig.records import LABELS, Label


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a few, with the spans of its targets: code points of ``text``, half-open, at least one each."""

    text: str
    targets: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Tone:
    """The probabilities that a passage is negative, neutral and positive towards a target, as the model gives them.

    They are rounded to four decimals and sum to 1.
    """

    negative: float
    neutral: float
    positive: float

    @property
    def label(self) -> Label:
        """The most probable of the three; neutral where it shares the first place.

        >>> Tone(0.1, 0.2, 0.7).label, Tone(0.5, 0.0, 0.5).label
        ('positive', 'neutral')
        """
        if self.neutral >= max(self.negative, self.positive) or self.negative == self.positive:
            return "neutral"
        return "positive" if self.positive > self.negative else "negative"


def tone(probabilities: Sequence[float]) -> Tone:
    """The tone of three probabilities, in the order of `LABELS`.

    >>> tone((0.33333, 0.33333, 0.33334))
    Tone(negative=0.3333, neutral=0.3334, positive=0.3333)
    """
    by_label = dict(zip(LABELS, probabilities, strict=True))
    negative, positive = round(by_label["negative"], 4), round(by_label["positive"], 4)
    return Tone(negative=negative, neutral=max(0.0, round(1 - negative - positive, 4)), positive=positive)


class Judge(Protocol):
    """Whatever can say how passages speak of their targets."""

    @property
    def name(self) -> str:
        """What `Sentiment.basis` calls it."""

    def judge(self, passages: Iterable[Passage]) -> Iterator[tuple[Tone, ...]]:
        """For each passage, in their order, the tones towards its targets, in theirs."""
