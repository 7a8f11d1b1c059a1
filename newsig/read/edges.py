"""Where a story ends: what goes on behind an advertisement, and links to other stories that stand below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from newsig.read.blocks import is_prose
from newsig.read.outline import Block

STORY = re.compile(r"body|article|story", re.IGNORECASE)
"""What sites call the containers of a story, not of comments or of other stories."""
MOSTLY = 0.7
"""The share of a story's paragraphs that stand in containers of one class, where it has one."""
FEWEST = 2
"""Paragraphs, and links, from which they are taken or left out."""
LONG_LINK = 15
"""Characters from which a link may be a headline."""


def gone_on(paragraphs: list[str], blocks: Sequence[Block]) -> list[str]:
    """The paragraphs of a story with those behind the container that they were found in.

    Sites that put advertisements between the parts of a story give each part a container of the same class. What
    follows in such a container belongs to the story, up to the next heading of the first order.
    """
    known = {line.lstrip("- ") for line in paragraphs}
    places = [place for place, block in enumerate(blocks) if block.text in known and is_prose(block)]
    if len(places) < FEWEST:
        return paragraphs
    (within, count), *_ = Counter(blocks[place].within for place in places).most_common(1)
    if count < MOSTLY * len(places) or STORY.search(within) is None:
        return paragraphs
    more: list[str] = []
    for block in blocks[places[-1] + 1 :]:
        if block.tag == "h1":
            break
        if block.tag == "p" and block.within == within and is_prose(block):
            more.append(block.text)
    return paragraphs + more if len(more) >= FEWEST else paragraphs


def without_links(paragraphs: list[str], blocks: Sequence[Block]) -> list[str]:
    """The paragraphs without the last ones where these are links to other stories, each perhaps with its teaser."""
    links = tuple({block.text for block in blocks if is_link(block)})
    end = len(paragraphs)
    while end > 0 and paragraphs[end - 1].lstrip("-• ").startswith(links):
        end -= 1
    return paragraphs[:end] if 0 < end <= len(paragraphs) - FEWEST else paragraphs


def is_link(block: Block) -> bool:
    """Whether a block is wholly a link, and long enough for a headline."""
    return len(block.text) >= LONG_LINK and block.linked >= 0.9 * len(block.text)
