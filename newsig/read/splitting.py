"""What surrounds the story on a page, taken out of its text: title, bylines, dateline, credits, photo lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsig.furniture import find_credits, people
from newsig.records import Credit

TOP = 5
"""Paragraphs at the top among which the title may be repeated."""
OPENING = 2000
"""Characters within which a dateline is the story's own; a page may hold a second story farther down."""

_MARKS = re.compile(r"[\W_]+")
_SITE = re.compile(r"\s[|–—-]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A story's own words, and what stood around them; ``credits`` are lines in the order of the page."""

    text: str
    dateline: str | None = None
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


def split_off(paragraphs: Sequence[str], titles: Sequence[str | None]) -> Split:
    """The paragraphs of a page without what surrounds the story; ``titles`` are those that the page may repeat.

    A page that holds nothing else is left whole, so that no story is lost.

    >>> split_off(["By Jane Roe", "LONDON (Harbour Wire) - Shares fell."], [])
    Split(text='Shares fell.', dateline='LONDON (Harbour Wire) -', authors=('Jane Roe',), credits=('By Jane Roe',))
    """
    whole = "\n\n".join(_without_title(paragraphs, titles))
    found = find_credits(whole)
    dateline = next((one for one in found if one.kind == "dateline" and one.start < OPENING), None)
    taken = [one for one in found if one.kind != "dateline" or one is dateline]
    text = _rest(whole, taken)
    if not text:
        return Split(text=whole)
    named = (name for one in taken if one.kind == "byline" for name in people(one.text))
    lines = (line.strip() for one in taken if one is not dateline for line in one.text.splitlines())
    return Split(
        text=text,
        dateline=dateline.text if dateline is not None else None,
        authors=tuple(dict.fromkeys(named)),
        credits=tuple(line for line in lines if line),
    )


def _without_title(paragraphs: Sequence[str], titles: Sequence[str | None]) -> list[str]:
    """The paragraphs without those at the top that only repeat a title; a page of nothing else keeps them."""
    known = {form for title in titles if title for form in _forms(title)}
    rest = [words for place, words in enumerate(paragraphs) if place >= TOP or _bare(words) not in known]
    return rest or list(paragraphs)


def _forms(title: str) -> Iterator[str]:
    """A title, and the same without the name of the site behind it."""
    yield _bare(title)
    *parts, _ = _SITE.split(title)
    if parts:
        yield _bare(" ".join(parts))


def _bare(words: str) -> str:
    """Words without capitals, blanks and marks; as they are where there is nothing else."""
    return _MARKS.sub(" ", words.casefold()).strip() or words


def _rest(text: str, taken: Sequence[Credit]) -> str:
    """A text without some pieces of it, its paragraphs separated by blank lines."""
    kept: list[str] = []
    at = 0
    for one in taken:
        kept.append(text[at : one.start])
        at = one.end + (text[one.end : one.end + 1] == " " and text[: one.start].endswith(" "))
    kept.append(text[at:])
    lines = (line.strip() for line in "".join(kept).split("\n"))
    return "\n\n".join(line for line in lines if line)
