"""``fixtures/articles/*.toml`` → `Fixture`: an article and what must be found in it, in words instead of offsets.

A snippet marks its span with ``[[double brackets]]`` and, without them, occurs once in the text: so a fixture can be
edited by hand, and a test still compares code points. The format is described in ``fixtures/articles/README.md``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from newsig.records import Comparator, Direction, Measure, Modality, Outcome, QuoteKind, Span, Timing, Unit

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
ARTICLES = FIXTURES / "articles"
PRICES = FIXTURES / "prices.csv"


class FixtureError(Exception):
    """A fixture file does not say clearly what it expects; the message names the file and the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedClaim:
    """A claim that must be found. ``base``/``end`` are None where the text does not tell them; ``reason`` is set
    where the verdict is ``undecided``; ``source`` is the named speaker."""

    at: Span
    subject: Span
    symbol: str | None = None
    value: float
    unit: Unit
    direction: Direction
    comparator: Comparator
    measure: Measure
    modality: Modality
    base: date | None = None
    end: date | None = None
    timing: Timing | None = None
    source: str | None = None
    verdict: Outcome
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedQuote:
    """A statement that must be found with its speaker; a direct quote's span includes its marks."""

    at: Span
    kind: QuoteKind
    speaker: str
    role: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedMention:
    """A listed instrument and every form of its name that the text uses."""

    symbol: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixture:
    """One file: the article's own fields and the expectations. ``not_mentions`` are words of the text that look like
    an instrument and are none."""

    id: str
    title: str
    published: datetime
    publisher: str
    authors: tuple[str, ...]
    url_path: str
    note: str
    text: str
    claims: tuple[ExpectedClaim, ...]
    quotes: tuple[ExpectedQuote, ...]
    mentions: tuple[ExpectedMention, ...]
    not_mentions: tuple[str, ...]


def load(folder: Path = ARTICLES) -> list[Fixture]:
    """Every fixture of a folder, by file name.

    Raises:
        FixtureError: a file is no TOML, has an unknown or missing field, or a snippet that is not in its text once.
    """
    return [read(path) for path in sorted(folder.glob("*.toml"))]


def read(path: Path) -> Fixture:
    """One fixture file.

    Raises:
        FixtureError: as for `load`.
    """
    try:
        return _fixture(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, FixtureError) as error:
        raise FixtureError(f"{path.name}: {error}") from error


def locate(text: str, words: str) -> Span:
    """The span that a snippet marks with brackets.

    >>> locate("Gold rose 2 percent.", "rose [[2 percent]]")
    Span(start=10, end=19, text='2 percent')

    Raises:
        FixtureError: the snippet has not exactly one pair of brackets, or does not occur in the text exactly once.
    """
    if words.count("[[") != 1 or words.count("]]") != 1:
        raise FixtureError(f"{words!r} must have one span in [[double brackets]]")
    before, rest = words.split("[[")
    marked, after = rest.split("]]")
    snippet = before + marked + after
    found = text.count(snippet)
    if found != 1:
        raise FixtureError(f"{snippet!r} must occur once in the text, but occurs {found} times")
    start = text.index(snippet) + len(before)
    return Span(start=start, end=start + len(marked), text=marked)


def nearest(text: str, words: str, at: Span) -> Span:
    """The occurrence of ``words`` closest to ``at`` in the same paragraph, as a whole word.

    Raises:
        FixtureError: the paragraph has no such words.
    """
    first = text.rfind("\n", 0, at.start) + 1
    last = text.find("\n", at.end) if "\n" in text[at.end :] else len(text)
    starts = [i for i in range(first, last) if text.startswith(words, i) and _whole(text, i, i + len(words))]
    if not starts:
        raise FixtureError(f"the subject {words!r} does not occur in the paragraph of {at.text!r}")
    start = min(starts, key=lambda i: max(at.start - (i + len(words)), i - at.end))
    return Span(start=start, end=start + len(words), text=words)


def _whole(text: str, start: int, end: int) -> bool:
    return not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()


def _fixture(values: Mapping[str, Any]) -> Fixture:
    text = values["text"]
    return Fixture(
        **{
            **values,
            "authors": tuple(values["authors"]),
            "claims": tuple(_claim(text, row) for row in values.get("claims", ())),
            "quotes": tuple(_quote(text, row) for row in values.get("quotes", ())),
            "mentions": tuple(_mention(text, row) for row in values.get("mentions", ())),
            "not_mentions": _present(text, values.get("not_mentions", ())),
        }
    )


def _claim(text: str, row: Mapping[str, Any]) -> ExpectedClaim:
    at = locate(text, row["words"])
    rest = {name: value for name, value in row.items() if name not in ("words", "subject")}
    return ExpectedClaim(at=at, subject=nearest(text, row["subject"], at), **rest)


def _quote(text: str, row: Mapping[str, Any]) -> ExpectedQuote:
    return ExpectedQuote(at=locate(text, row["words"]), **{name: row[name] for name in row if name != "words"})


def _mention(text: str, row: Mapping[str, Any]) -> ExpectedMention:
    return ExpectedMention(**{**row, "names": _present(text, row["names"])})


def _present(text: str, names: Sequence[str]) -> tuple[str, ...]:
    for name in names:
        if name not in text:
            raise FixtureError(f"{name!r} does not occur in the text")
    return tuple(names)
