"""By which bands copies are found, and at what cost: measured on stories that are cut, edited and put together."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsig import run
from newsig.compare.likeness import LEAD, runs, words_of
from newsig.read.copies import BANDS, LEAD_BANDS, LEAD_ROWS, ROWS, hashes
from newsig.records import Article

SHAPES = (
    (BANDS, ROWS, LEAD_BANDS, LEAD_ROWS),
    *((BANDS, ROWS, 0, 1), (96, 1, 0, 1), (32, 1, LEAD_BANDS, 1), (32, 2, LEAD_BANDS, 1), (32, 3, LEAD_BANDS, 1)),
    *((24, 2, LEAD_BANDS, 1), (48, 2, 4, 1), (48, 2, 8, 2), (19, 5, LEAD_BANDS, 1)),
)
"""Bands and rows of the whole text, and of the lead; the first are those in force."""
STORIES = 200


def measure(path: str) -> None:
    """Print a line for each shape: rows in the database, the share of copies found, and of other stories met."""
    random = Random(1)
    found = [words_of(item.text) for item in run.read_articles([Path(path)]) if isinstance(item, Article)]
    stories = [words for words in found if len(words) >= 2 * LEAD]
    stories = random.sample(stories, min(len(stories), STORIES))
    began = time.process_time()
    sketches = _sketched(stories)
    print(f"{len(stories)} stories, {1000 * (time.process_time() - began) / len(stories):.2f} ms each to sketch\n")
    changed = {kind: _sketched([change(story, random) for story in stories]) for kind, change in _changes(stories)}
    print(f"{'bands, rows; of lead':24}{'rows':>6}{'others':>9}", *(f"{kind:>16}" for kind in changed))
    for shape in SHAPES:
        others = _met(sketches, sketches, shape)
        others[np.eye(len(stories), dtype=bool)] = False
        shares = [np.diagonal(_met(sketches, copies, shape)).mean() for copies in changed.values()]
        named = "{} × {}; {} × {}".format(*shape)
        print(f"{named:24}{shape[0] + shape[2]:6}{others.mean():9.4f}", *(f"{share:16.3f}" for share in shares))


def _changes(stories: Sequence[list[str]]) -> Iterator[tuple[str, Any]]:
    """Ways of making a copy of a story's words, by their names."""
    vocabulary = [word for story in stories for word in story]

    def edited(words: list[str], random: Random, share: float = 0.05) -> list[str]:
        return [random.choice(vocabulary) if random.random() < share else word for word in words]

    def inside(words: list[str], random: Random) -> list[str]:
        start = random.randrange(len(words) * 2 // 3)
        return words[start : start + len(words) // 3]

    def merged(words: list[str], random: Random) -> list[str]:
        return random.choice(stories)[: len(words)] + words[: len(words) // 2]

    yield "first third", lambda words, _: words[: max(LEAD, len(words) // 3)]
    yield "first 30 words", lambda words, _: words[:LEAD]
    yield "and edited", lambda words, random: edited(words[:LEAD], random)
    yield "third inside", inside
    yield "8 % edited", lambda words, random: edited(words, random, 0.08)
    yield "half in a wrap", merged


def _sketched(stories: Sequence[list[str]]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The hashes of stories and of their leads, a row each."""
    return (
        np.array([hashes(runs(story)) for story in stories]),
        np.array([hashes(runs(story[:LEAD])) for story in stories]),
    )


def _met(
    ones: tuple[NDArray[Any], NDArray[Any]],
    others: tuple[NDArray[Any], NDArray[Any]],
    shape: tuple[int, int, int, int],
) -> NDArray[Any]:
    """Of each story and each other one, whether they have a band in common."""
    met = np.zeros((len(ones[0]), len(others[0])), dtype=bool)
    for one, other, bands, rows in zip(ones, others, shape[::2], shape[1::2], strict=True):
        for band in range(bands):
            part = slice(band * rows, (band + 1) * rows)
            met |= (one[:, None, part] == other[None, :, part]).all(-1)
    return met
