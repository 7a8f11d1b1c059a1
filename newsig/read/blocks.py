"""The story from a page's blocks alone, where the tree is too deep or too large, or where nothing was found in it.

A block is the story's where it reads like sentences and few of its characters are links, after Kohlschütter,
Fankhauser and Nejdl, "Boilerplate Detection using Shallow Text Features" (2010), whose strongest features are these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsig.read.outline import Block

LONG = 80
"""Characters from which a block of text is prose even without a full stop."""
SHORT = 25
"""Characters below which a sentence may be anything."""
LINKED = 0.33
"""The share of characters in links from which a block leads elsewhere."""
GAP = 12
"""Blocks without prose after which what comes is another part of the page."""

OTHERS = re.compile(
    r"(?:related|recommended|top|more|other|latest|popular|similar|most read|most viewed|trending)"
    r"(?: \w+)? ?(?:stories|articles|news|links|headlines|posts|reading|topics)?:?|(?:you may|you might) also like:?"
    r"|(?:read|see) (?:more|also|next):?|don[’']t miss:?|comments(?: \(\d+\))?:?|most (?:read|viewed|popular):?",
    re.IGNORECASE,
)
"""What stands above the stories of others."""

_CLOSED = re.compile(r"[.!?…:;][\"'”’)\]]{0,3}$")


def all_of(blocks: Sequence[Block]) -> list[str]:
    """Every block that can be seen: where all there is belongs to the story."""
    return [block.text for block in blocks if block.region != "noscript"]


def story_of(blocks: Sequence[Block]) -> list[str]:
    """The story's paragraphs, with the short lines that stand among them; empty where there is no prose.

    >>> block = Block("Shares of the kettle maker rose 3 percent on Tuesday.", 0, "p", None, False)
    >>> menu = Block("Home Markets Sport", 18, "div", None, False)
    >>> story_of([menu, block, menu])
    ['Shares of the kettle maker rose 3 percent on Tuesday.']
    """
    prose = [place for place, block in enumerate(blocks) if is_prose(block)]
    runs: list[list[int]] = []
    for place in prose:
        if runs and place - runs[-1][-1] <= GAP:
            runs[-1].append(place)
        else:
            runs.append([place])
    if not runs:
        return []
    longest = max(runs, key=lambda run: sum(len(blocks[place].text) for place in run))
    between = blocks[longest[0] : longest[-1] + 1]
    end = next((place for place, block in enumerate(between) if OTHERS.fullmatch(block.text)), len(between))
    return [
        block.text for block in between[:end] if is_prose(block) or (block.region is None and not _leads_away(block))
    ]


def is_prose(block: Block) -> bool:
    """Whether a block reads like a paragraph of a story."""
    if block.region is not None or block.tag in ("h1", "h2", "h3", "h4", "title") or _leads_away(block):
        return False
    length = len(block.text)
    return length >= LONG or (length >= SHORT and _CLOSED.search(block.text) is not None)


def _leads_away(block: Block) -> bool:
    return block.linked > LINKED * len(block.text)
