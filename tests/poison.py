"""Workers whose work goes wrong where the text of an article says so."""

from __future__ import annotations

import ctypes
import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence

from newsig.errors import ModelError
from newsig.records import Article, Failure, Findings, Mention
from newsig.settings import Settings

SECONDS = 2
MEMORY = 1024

POISONS: dict[str, tuple[Callable[[], object], str]] = {
    "HANG": (lambda: re.match(r"(a+)+$", "a" * 60 + "b"), f"reading it took longer than {SECONDS} s"),
    "CRASH": (lambda: ctypes.string_at(0), "reading it ended the process that worked on it (SIGSEGV)"),
    "HUNGER": (lambda: bytearray(10**10), f"reading it needed more than {MEMORY:,} MB of memory"),
    "EXIT": (lambda: os._exit(3), "reading it ended the process that worked on it (exit status 3)"),
    "LEAVE": (lambda: sys.exit(3), "reading it raised SystemExit: 3"),
}
"""What befalls a worker that reads such a word, and what is said of it."""

POISON = re.compile(r"\b[A-Z]{4,}\b")
WORD = re.compile(r"\bApple\b")

_marks: list[str] = []


def begin(settings: Settings, mark: str | None) -> None:  # noqa: ARG001 - called as every beginning is
    _marks[:] = [mark or "none"]


def swallow(articles: Sequence[Article]) -> None:
    for article in articles:
        for word in POISON.findall(article.text):
            POISONS[word][0]()


def quick(articles: Sequence[Article]) -> list[Findings | Failure]:
    """One mention for each "Apple", without a language model."""
    swallow(articles)
    return [
        Findings(
            id=article.id,
            fingerprint=_marks[0],
            mentions=tuple(
                Mention(start=found.start(), end=found.end(), text=found[0], symbol="AAPL", segment="technology")
                for found in WORD.finditer(article.text)
            ),
        )
        for article in articles
    ]


def whole(articles: Sequence[Article]) -> list[Findings | Failure]:
    """All that newsig finds."""
    swallow(articles)
    found: list[Findings | Failure] = importlib.import_module("newsig.extract.shift").work(articles)
    return found


def without_model(articles: Sequence[Article]) -> list[Findings | Failure]:
    raise ModelError(f"no model for {len(articles)} articles")
