"""Which way the text of a page is had: by trafilatura where the page is of an ordinary size, else from its blocks."""

from __future__ import annotations

import logging
import re
from typing import Any, Literal

from newsig.errors import ReadError
from newsig.read import blocks
from newsig.read.edges import gone_on
from newsig.read.outline import Outline

Way = Literal["given", "trafilatura", "blocks"]
"""``given``: the text came as text. ``trafilatura``: found in the tree of the page. ``blocks``: put together from the
page's blocks, since its tree was too deep or too large or held nothing."""

LARGEST = 10_000_000
"""Characters of a page beyond which it is not looked at."""
LONGEST = 1_000_000
"""Characters of a story beyond which it is none."""
MOST_ELEMENTS, MOST_LINKS, MOST_ATTRIBUTES = 20_000, 4000, 200
"""Elements and links of a page, and attributes of an element, beyond which trafilatura takes quadratically long."""
DEEPEST = 250
"""Levels of nesting beyond which the parser of trafilatura gives up and the text is lost."""

BINARY = ("%PDF-", "PK\x03\x04", "\x1f\x8b", "\x1f\ufffd", "\x1f‹", "\x89PNG", "‰PNG", "GIF8", "ÿØÿ", "{\\rtf")
"""How files of other kinds begin, decoded as text."""
STRANGE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd]")
SAMPLE, MOST_STRANGE = 4096, 0.1
"""Characters at the beginning, and the share of those no text has, from which a page is none."""

# what it finds nothing in is told by an exception here, and not by a line on standard error
logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def refuse_unreadable(html: str) -> None:
    """Raises:
    ReadError: the page is too large, or no text at all.
    """
    if len(html) > LARGEST:
        raise ReadError(
            f"the page has {len(html):,} characters; more than {LARGEST:,} are not looked at", cause="too_large"
        )
    start = html[:SAMPLE].lstrip("\ufeff \r\n\t")
    strange = len(STRANGE.findall(start))
    if start.startswith(BINARY) or strange > MOST_STRANGE * max(len(start), 20):
        raise ReadError("the page is no HTML but a file of another kind, or compressed", cause="not_html")


def story_in(html: str, page: Outline, *, whole: bool) -> tuple[list[str], Way]:
    """The paragraphs of the story in a page, none where there is no story; all of it where it is not a ``whole`` page.

    Raises:
        ReadError: the page can only be had by its blocks, and they hold no story, or too much of it.
    """
    large = _too_large(page)
    deep = page.depth > DEEPEST
    found = [] if large or (deep and not whole) else _by_tree(html)
    if len(found) > 1 and not deep:
        return _bounded(gone_on(found, page.blocks) if whole else found), "trafilatura"
    own = blocks.story_of(page.blocks) if whole else blocks.all_of(page.blocks)
    # where it finds too little it hands out all of the page as one line, which the blocks tell apart
    in_one = len(found) == 1 < len(own) and all(line in found[0] for line in own)
    if found and not in_one and sum(map(len, own)) <= 2 * sum(map(len, found)):
        return _bounded(found), "trafilatura"
    if own:
        return _bounded(own), "blocks"
    if large:
        raise ReadError(f"no story was found in the page, which is too large to search: {large}", cause="too_large")
    if deep:
        raise ReadError(
            f"no story was found in the page, which nests its elements {page.depth:,} deep", cause="too_deep"
        )
    return [], "blocks"


def _too_large(page: Outline) -> str | None:
    for number, most, what in (
        (page.elements, MOST_ELEMENTS, "elements"),
        (page.links, MOST_LINKS, "links"),
        (page.attributes, MOST_ATTRIBUTES, "attributes on one element"),
    ):
        if number > most:
            return f"{number:,} {what}, and {most:,} are the most"
    return None


def _by_tree(html: str) -> list[str]:
    """The paragraphs that trafilatura finds; none where it fails, whatever it meets in a hostile page."""
    document: Any
    try:
        from trafilatura import bare_extraction, load_html

        tree = load_html(html)
        document = None if tree is None else bare_extraction(tree, fast=True, include_comments=False)
    except Exception:
        return []
    lines = (line.strip() for line in (document.text or "").splitlines()) if document is not None else ()
    return [line for line in lines if line]


def _bounded(paragraphs: list[str]) -> list[str]:
    length = sum(map(len, paragraphs))
    if length > LONGEST:
        raise ReadError(f"the text has {length:,} characters, which no story has", cause="too_large")
    return paragraphs
