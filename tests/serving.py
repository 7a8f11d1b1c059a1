"""A database with stories that mean harm, and `newsig serve` as a program beside the tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from newsig import run, store
from newsig.records import Article, Claim, Findings, Mention, Price, Quote, Sentiment, Span, Verdict

ROOT = Path(__file__).parent.parent
AT = datetime(2024, 7, 17, 19, 30, tzinfo=UTC)
BASE, END = date(2024, 7, 16), date(2024, 7, 17)
TEXT = (
    "“The Russell 2000 rose 11.5 percent,” said <script>alert(1)</script> Zoë of =cmd|'/c calc'!A1 on Wednesday.\n\n"
    "\u202eSmall caps\u202c 😀 fell 3 percent, [/b] \x1b[31mred."
)
TITLES = (
    "<script>document.title='harm'</script>",
    "[/b] prices \x1b]0;harm\x07 rise",
    "\u202eRight to left\u2066 and \u200fmore",
    "\"><img src=x onerror=alert(1)> & 'quoted'",
    '=HYPERLINK("http://harm.example")',
)


def span(words: str, nth: int = 0) -> Span:
    """Where words stand in `TEXT`."""
    at = [found.start() for found in re.finditer(re.escape(words), TEXT)][nth]
    return Span(start=at, end=at + len(words), text=words)


def _at(words: str) -> dict[str, Any]:
    found = span(words)
    return {"start": found.start, "end": found.end, "text": found.text}


def findings(article: Article) -> Findings:
    """What is said to have been found in a story of `TEXT`: spans that lie in and across one another."""
    quote = TEXT[: TEXT.index("”") + 1]
    sentence = TEXT[: TEXT.index("\n")]
    index = {"symbol": "^RUT", "segment": "small_caps"}
    return Findings(
        id=article.id,
        fingerprint="rules-1",
        title=article.title,
        published=article.published,
        mentions=(Mention(**_at("Russell 2000"), **index), Mention(**_at("Small caps"), segment="small_caps")),
        claims=(
            Claim(
                **_at("11.5 percent"),
                **index,
                value=11.5,
                unit="percent",
                comparator="=",
                direction="up",
                measure="price",
                modality="actual",
                subject=span("Russell 2000"),
                base_date=BASE,
                end_date=END,
                source="Zoë",
            ),
            Claim(
                **_at("3 percent"),
                segment="small_caps",
                value=3,
                unit="percent",
                comparator="=",
                direction="down",
                measure="price",
                modality="actual",
            ),
        ),
        quotes=(Quote(start=0, end=len(quote), text=quote, kind="direct", speaker="=Zoë", speaker_type="person"),),
        sentiments=(
            Sentiment(
                start=0,
                end=len(sentence),
                text=sentence,
                target=span("Russell 2000"),
                label="positive",
                positive=0.9,
                neutral=0.08,
                negative=0.02,
                **index,
            ),
        ),
    )


def fill(path: Path) -> None:
    """A database at ``path`` with the stories that mean harm, or these added to one that is there."""
    with run.open_database(path) as db:
        bars = [Price(symbol="^RUT", day=day, close=close) for day, close in ((BASE, 2000.0), (END, 2230.0))]
        store.save_prices(db, bars, "invented")
        number = store.start_run(db, "rules-1", {}, AT)
        for at, title in enumerate(TITLES):
            article = Article(
                id=f"harm-{at}",
                title=title,
                text=TEXT,
                published=AT,
                publisher="<b>Wire</b>",
                url="javascript:alert(1)",
            )
            saved = store.save_article(db, article, AT)
            store.save_findings(db, saved.version_id, findings(article), number)
        supported = Verdict(
            outcome="supported",
            rung="close",
            actual=11.5,
            tolerance=(11.45, 11.55),
            base_date=BASE,
            end_date=END,
            formula="2,230.00 / 2,000.00 − 1 = +11.50 %",
            bars=tuple(bars),
        )
        ours = [one for one in store.claims_to_check(db, new_only=True) if one.claim.source == "Zoë"]
        store.save_verdicts(db, [(one.claim_id, supported, "invented") for one in ours], AT)


@contextmanager
def serving(path: Path, *options: str) -> Iterator[str]:
    """The address of `newsig serve` for a database."""
    words = [sys.executable, "-m", "newsig", "serve", "--db", str(path), "--port", "0", *options]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    told = path.with_suffix(".log")
    with told.open("w") as log, subprocess.Popen(words, stderr=log, env=environ, cwd=path.parent) as server:  # noqa: S603
        try:
            yield _address(server, told)
        finally:
            server.terminate()


def _address(server: subprocess.Popen[bytes], told: Path) -> str:
    """What the server says that it hears at; it says nothing before it does."""
    while server.poll() is None:
        if found := re.search(r"(http://127\.0\.0\.1:\d+)/", told.read_text()):
            return found[1]
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.05)
    raise AssertionError(told.read_text())


def revised(article: Article, text: str) -> Article:
    """The article with another text."""
    return replace(article, text=text)
