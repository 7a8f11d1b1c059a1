"""How fast `newsig extract` is beside the bare spaCy pipeline that it stands on: the same texts, one run, one core.

::

    python -m benchmarks.speed ARTICLES.jsonl

Time is the processor's, not the clock's, so that a busy machine disturbs it little. Loading is left out, and each of
the two is warmed up before it is timed. They take turns; the best turn of each counts, as the one disturbed least.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from newsig.records import Article

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
BATCH = 16


def stay_on_one_core() -> None:
    """Keep this process, and the libraries that would spread out, to a single core. Before they are imported."""
    os.environ.update(dict.fromkeys(THREADS, "1"))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def processor_seconds(work: Callable[[], None]) -> float:
    """What some work costs."""
    before = time.process_time()
    work()
    return time.process_time() - before


def measure(articles: Sequence[Article], turns: int) -> tuple[float, float]:
    """Processor seconds for all articles: of the bare pipeline, and of extraction."""
    from newsig import extract, settings

    chosen = settings.load()
    bare, nlp, mark = bare_pipeline(chosen.model), extract.load(chosen), extract.fingerprint(chosen)

    def parse() -> None:
        for _ in bare.pipe((article.text for article in articles), batch_size=BATCH):
            pass

    def find() -> None:
        for _ in extract.extract(articles, nlp, mark, batch_size=BATCH):
            pass

    parse()
    find()
    costs = [(processor_seconds(parse), processor_seconds(find)) for _ in range(turns)]
    return min(cost for cost, _ in costs), min(cost for _, cost in costs)


def bare_pipeline(model: str) -> Language:
    """The model as its makers ship it, with none of newsig's components."""
    import importlib

    nlp: Language = importlib.import_module(model).load()
    return nlp


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path, help="articles as `newsig extract` takes them")
    parser.add_argument("--turns", type=int, default=3, help="how often each is timed (default: 3)")
    asked = parser.parse_args()
    stay_on_one_core()

    from newsig import run
    from newsig.records import Article

    articles = [item for item in run.read_articles([asked.articles]) if isinstance(item, Article)]
    if not articles:
        parser.error(f"no article in {asked.articles}")
    bare, full = measure(articles, asked.turns)
    characters = sum(len(article.text) for article in articles)
    print(f"{len(articles)} articles, {characters / len(articles):.0f} characters on average, best of {asked.turns}")
    print(f"bare spaCy pipeline  {len(articles) / bare:7.1f} articles per CPU second")
    print(f"newsig extract       {len(articles) / full:7.1f} articles per CPU second")
    print(f"ratio                {full / bare:7.2f} times the CPU time")


if __name__ == "__main__":
    main()
