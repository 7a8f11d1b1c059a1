"""How much of a story newsig gets out of web pages, and how much besides, with bare trafilatura beside it.

::

    python -m benchmarks.pages FOLDER

FOLDER holds ``ground-truth.json``, which gives for each page its ``articleBody`` and ``url``, and the pages themselves
as ``html/NAME.html.gz``: the format of github.com/scrapinghub/article-extraction-benchmark. Figures are computed as
there: precision and recall over runs of four words, averaged over the pages. A page that is refused counts with no
text; those refused are listed, since a paywall may be what the page is. Time is the processor's, on one core.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed import stay_on_one_core

RUN = 4
"""Words in a run."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """What of a page's text was found: precision and recall, null where there is nothing to divide by; seconds."""

    name: str
    precision: float | None
    recall: float | None
    seconds: float

    @property
    def worst(self) -> float:
        """The lower of the two."""
        return min(self.precision or 0.0, self.recall or 0.0)


def runs(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of four words is there; a shorter text is one run."""
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)) if words)


def compared(name: str, wanted: str, found: str, seconds: float) -> Score:
    """The score of a page.

    >>> compared("a", "a b c d e", "a b c d", 0.0)
    Score(name='a', precision=1.0, recall=0.5, seconds=0.0)
    """
    want, have = runs(wanted), runs(found)
    both = (want & have).total()
    precision = both / have.total() if have else None
    recall = both / want.total() if want else None
    return Score(name, precision, recall, seconds)


def measure(pages: dict[str, tuple[str, str, str]], get: Callable[[str, str], str]) -> list[Score]:
    """The scores of one way to get text out of pages, given as name → address, HTML and the text wanted."""
    scores = []
    for name, (url, html, wanted) in pages.items():
        before = time.process_time()
        found = get(html, url)
        scores.append(compared(name, wanted, found, time.process_time() - before))
    return scores


def told(label: str, scores: list[Score]) -> str:
    """A line for a way."""
    precision = statistics.mean(one.precision for one in scores if one.precision is not None)
    recall = statistics.mean(one.recall for one in scores if one.recall is not None)
    f1 = 2 * precision * recall / (precision + recall)
    median = 1000 * statistics.median(one.seconds for one in scores)
    return f"{label:<12} F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  median {median:.0f} ms"


def load(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Name → address, HTML and the text wanted."""
    from newsig.collect.decode import decode_html

    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {}
    for name, wanted in truth.items():
        body = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        pages[name] = (wanted.get("url", ""), decode_html(body), wanted.get("articleBody", ""))
    return pages


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="with ground-truth.json and html/*.html.gz")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N worst pages")
    asked = parser.parse_args()
    stay_on_one_core()

    from trafilatura import bare_extraction

    from newsig.errors import ReadError
    from newsig.read.article import read
    from newsig.records import Page

    refused: list[str] = []

    def by_newsig(html: str, url: str) -> str:
        try:
            return read(Page(origin=url, url=url or None, html=html)).text
        except ReadError as error:
            refused.append(f"refused ({error.cause}): {url}")
            return ""

    def by_trafilatura(html: str, url: str) -> str:  # noqa: ARG001
        document = bare_extraction(html, fast=True, include_comments=False)
        return (document.text or "") if document is not None else ""

    pages = load(asked.folder)
    by_newsig("<html><body><p>Once, so that loading counts for nothing.</p></body></html>", "")
    scores = measure(pages, by_newsig)
    print(f"{len(pages)} pages")
    print(told("newsig", scores))
    kept = [one for one in scores if one.precision is not None]
    print(told("newsig, read", kept) + f"  ({len(kept)} pages that were not refused)")
    print(told("trafilatura", measure(pages, by_trafilatura)))
    print(*refused, sep="\n")
    for one in sorted(scores, key=lambda score: score.worst)[: asked.worst]:
        print(f"{one.precision or 0:.2f} {one.recall or 0:.2f} {pages[one.name][0]}")


if __name__ == "__main__":
    main()
