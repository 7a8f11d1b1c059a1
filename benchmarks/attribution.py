"""How well statements are found in an attribution corpus: contents, and pairs of source and content.

::

    python -m benchmarks.attribution FOLDER [--errors N] [--only NAMES]

``FOLDER`` holds one JSON object a file: ``id``, ``text`` and ``attributions``, each with lists of ``[start, end]`` in
code points for ``source``, ``cue`` and ``content``. The spans of PolNeAR (Newell et al., LREC 2018) come in that form.
Such a corpus marks far more than newsig calls a statement (wishes, plans, beliefs of nobody in particular), so recall
stays low on purpose: watch the change, and read the errors.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Spans = Sequence[Sequence[int]]

HALF = 0.5
"""The share of the shorter of two contents that they must have in common to be one: a partial match."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Who is said to have said what: the words that name the source, the cue, and the content."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Score:
    """Right ones among those predicted, and found ones among those in the corpus."""

    right: int
    predicted: int
    found: int
    gold: int

    def __str__(self) -> str:
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.found / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"precision {precision:.3f} of {self.predicted}  recall {recall:.3f} of {self.gold}  F1 {f1:.3f}"


def shared(one: Spans, other: Spans) -> int:
    """Code points that two lists of spans have in common."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def length(spans: Spans) -> int:
    """Code points in a list of spans."""
    return sum(b - a for a, b in spans)


def same_content(one: Pair, other: Pair) -> bool:
    """Whether two contents share at least half of the shorter one."""
    return shared(one.content, other.content) >= HALF * max(1, min(length(one.content), length(other.content)))


def same_pair(one: Pair, other: Pair) -> bool:
    """Whether two contents are one and their sources overlap."""
    return same_content(one, other) and shared(one.source, other.source) > 0


def compare(gold: Mapping[str, Sequence[Pair]], found: Mapping[str, Sequence[Pair]]) -> dict[str, Score]:
    """The scores of contents alone and of pairs of source and content.

    A statement of the corpus may be several of ours, a quotation cut in two by its verb for instance: each counts.
    Statements of the corpus without a source take part only in the scores of contents.
    """
    scores = {}
    for name, same in (("content", same_content), ("source–content", same_pair)):
        counts: Counter[str] = Counter()
        for article, pairs in gold.items():
            wanted = [pair for pair in pairs if name == "content" or pair.source]
            sourceless = [pair for pair in pairs if not pair.source]
            ours = [
                pair
                for pair in found.get(article, ())
                if name == "content" or not any(same_content(pair, other) for other in sourceless)
            ]
            counts["right"] += sum(any(same(pair, other) for other in wanted) for pair in ours)
            counts["predicted"] += len(ours)
            counts["found"] += sum(any(same(pair, other) for other in ours) for pair in wanted)
            counts["gold"] += len(wanted)
        scores[name] = Score(**counts)
    return scores


def gold_of(article: Mapping[str, Any]) -> list[Pair]:
    """The attributions of a corpus file that have a content."""
    return [
        Pair(source=found.get("source", []), cue=found.get("cue", []), content=found["content"])
        for found in article["attributions"]
        if found.get("content")
    ]


def statements(articles: Sequence[Mapping[str, Any]]) -> dict[str, list[Pair]]:
    """What newsig finds in the articles."""
    from newsig import extract, settings
    from newsig.records import Article, Findings

    chosen = settings.load()
    nlp = extract.load(chosen)
    texts = (Article(id=article["id"], text=article["text"]) for article in articles)
    return {
        findings.id: [
            Pair(
                source=[(quote.attribution.start, quote.attribution.end)] if quote.attribution else [],
                cue=[],
                content=[(quote.start, quote.end)],
            )
            for quote in findings.quotes
        ]
        for findings in extract.extract(texts, nlp, extract.fingerprint(chosen))
        if isinstance(findings, Findings)
    }


def errors(
    articles: Iterable[Mapping[str, Any]],
    gold: Mapping[str, Sequence[Pair]],
    found: Mapping[str, Sequence[Pair]],
) -> Iterator[str]:
    """What was missed, and what was found where the corpus has nothing, with the words."""
    for article in articles:
        text, wanted, ours = article["text"], gold[article["id"]], found.get(article["id"], ())

        def words(spans: Spans, text: str = text) -> str:
            return " […] ".join(text[a:b] for a, b in spans).replace("\n", " ")

        for pair in wanted:
            if not any(same_pair(pair, other) for other in ours):
                kind = "other source" if any(same_content(pair, other) for other in ours) else "missed"
                yield f"{kind}: {words(pair.source)} | {words(pair.cue)} | {words(pair.content)[:120]}"
        for pair in ours:
            if not any(same_content(pair, other) for other in wanted):
                yield f"not in the corpus: {words(pair.source)} | {words(pair.content)[:160]}"


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attribution", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the corpus, one JSON object a file")
    parser.add_argument("--only", type=Path, metavar="FILE", help="a file with the ids to take, one a line")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print so many errors")
    asked = parser.parse_args()
    wanted = asked.only and set(asked.only.read_text(encoding="utf-8").split())
    paths = sorted(asked.folder.glob("*.json"))
    articles = [json.loads(path.read_text(encoding="utf-8")) for path in paths if wanted is None or path.stem in wanted]
    gold = {article["id"]: gold_of(article) for article in articles}
    found = statements(articles)
    print(f"{len(articles)} articles")
    for name, score in compare(gold, found).items():
        print(f"{name:15} {score}")
    for line, _ in zip(errors(articles, gold, found), range(asked.errors), strict=False):
        print(line)


if __name__ == "__main__":
    main()
