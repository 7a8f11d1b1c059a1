"""What the tone model is worth: ``python -m models.sentiment.evaluate DATA [--trained FOLDER]``.

Run it from the repository's root; it needs the extra ``training``. DATA is the file that the model was trained on:
scored are its texts that were kept apart, and ``caps.txt``. Prints a table and writes ``scores.json`` beside this file:
the model that ships, VADER and the most frequent label on the same targets; with FOLDER, the model in torch that the
weights were made of, and how often both give the same label.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from models.sentiment.data import CAPS, HERE, Example, is_dev, labelled, sentences
from newsig.extract.sentiments import checkpoints, packaged
from newsig.extract.sentiments.judging import Judge, Passage
from newsig.records import LABELS

VADER_NEUTRAL = 0.05
"""VADER's compound score below which, either way, its authors call a text neutral."""

Labels = list[tuple[int, ...]]
"""A number of `LABELS` for each target of each example."""


def main() -> None:
    """Score, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="labelled targets, as JSON Lines of text, start, end, gold and from")
    parser.add_argument("--trained", type=Path, help="the trained model that the weights were made of")
    args = parser.parse_args()
    examples = labelled(args.data)
    apart = [example for example in examples if is_dev(example.text)]
    sets = by_set(apart, list(sentences(CAPS)))
    usual = Counter(label for example in examples if not is_dev(example.text) for _, _, label in example.targets)
    ways: dict[str, Callable[[Sequence[Example]], Labels]] = {
        "newsig": lambda some: judged(packaged.load(), some),
        "VADER": vader,
        "most frequent label": lambda some: [(usual.most_common(1)[0][0],) * len(one.targets) for one in some],
    }
    scores: dict[str, dict[str, object]] = {name: {} for name in sets}
    for name, some in sets.items():
        scores[name]["targets"] = sum(len(example.targets) for example in some)
        for way, label in ways.items():
            scores[name][way] = score(some, label(some))
    if args.trained:
        trained = checkpoints.load(str(args.trained))
        for name, some in sets.items():
            scores[name] |= {"in torch": score(some, judged(trained, some)), "agreement": agreement(trained, some)}
    (HERE / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    print(table(scores))


def by_set(apart: Sequence[Example], caps: Sequence[Example]) -> dict[str, Sequence[Example]]:
    """The sets that are scored; texts whose targets have different labels once more by themselves."""
    found: dict[str, Sequence[Example]] = {
        origin: [example for example in apart if example.origin == origin]
        for origin in sorted({example.origin for example in apart})
    }
    found["differing labels"] = [example for example in apart if len({label for *_, label in example.targets}) > 1]
    return found | {"caps": caps}


def judged(judge: Judge, examples: Iterable[Example]) -> Labels:
    """The labels that a judge gives."""
    passages = [Passage(one.text, tuple((start, end) for start, end, _ in one.targets)) for one in examples]
    return [tuple(LABELS.index(tone.label) for tone in tones) for tones in judge.judge(passages)]


def vader(examples: Iterable[Example]) -> Labels:
    """The labels of VADER (Hutto and Gilbert 2014), which knows words, negation and emphasis, but no targets."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    found = []
    for example in examples:
        compound = analyzer.polarity_scores(example.text)["compound"]
        label = "positive" if compound >= VADER_NEUTRAL else "negative" if compound <= -VADER_NEUTRAL else "neutral"
        found.append((LABELS.index(label),) * len(example.targets))
    return found


def score(examples: Iterable[Example], given: Labels) -> dict[str, float]:
    """Macro-F1 and accuracy over all targets."""
    gold = [label for example in examples for *_, label in example.targets]
    found = list(chain.from_iterable(given))
    right = sum(one == other for one, other in zip(gold, found, strict=True))
    return {"macro-F1": round(macro_f1(gold, found), 4), "accuracy": round(right / len(gold), 4)}


def macro_f1(gold: Sequence[int], found: Sequence[int]) -> float:
    """The mean of the labels' F1; a label that neither has counts as found.

    >>> macro_f1([0, 0, 2], [0, 2, 2])
    0.7777777777777778
    """
    f1 = []
    for label in range(len(LABELS)):
        both = sum(one == other == label for one, other in zip(gold, found, strict=True))
        either = gold.count(label) + found.count(label)
        f1.append(2 * both / either if either else 1.0)
    return sum(f1) / len(f1)


def agreement(trained: Judge, examples: Sequence[Example]) -> float:
    """The share of targets that the shipped and the trained model give the same label."""
    pairs = list(
        zip(
            chain.from_iterable(judged(packaged.load(), examples)),
            chain.from_iterable(judged(trained, examples)),
            strict=True,
        )
    )
    return round(sum(one == other for one, other in pairs) / len(pairs), 4)


def table(scores: Mapping[str, Mapping[str, object]]) -> str:
    """The macro-F1 of each way on each set, for a person."""
    ways = [way for way in next(iter(scores.values())) if way not in ("targets", "agreement")]
    lines = [f"{'set':18}{'targets':>8}" + "".join(f"{way:>22}" for way in ways)]
    for name, found in scores.items():
        figures = [found[way] for way in ways]
        shown = "".join(f"{figure['macro-F1']:22.3f}" for figure in figures if isinstance(figure, dict))
        lines.append(f"{name:18}{found['targets']:8}{shown}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
