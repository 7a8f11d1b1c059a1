"""The words that qualify a number: "more than", "just shy of", "or so"."""

from __future__ import annotations

import re

from newsig.extract.openings import Battery
from newsig.records import Comparator

_DEGREE = (
    r"(?:(?:far|much|well|way|slightly|a\s+little|a\s+bit|a\s+shade|a\s+touch|a\s+tad|a\s+fraction|a\s+hair|somewhat"
    r"|just|marginally|fractionally|significantly|considerably|substantially|comfortably|easily|barely|little)\s+)?"
)
HEDGES: tuple[tuple[Comparator, tuple[str, ...]], ...] = (
    (">=", (
        r"no\s+(?:less|fewer)\s+than", r"not\s+less\s+than", r"at\s+least", r"(?:at\s+)?a\s+minimum\s+of",
        r"as\s+(?:little|few)\s+as",
    )),
    ("<=", (
        r"(?:by\s+)?as\s+(?:much|many)\s+as", r"up\s+to", r"at\s+(?:the\s+)?most", r"not?\s+(?:more|greater)\s+than",
        r"(?:at\s+)?a\s+maximum\s+of", r"within",
    )),
    ("~", (
        r"not\s+much\s+(?:more|less)\s+than", r"(?:almost|nearly|just\s+about|about)\s+exactly", r"more\s+or\s+less",
        r"(?:some|any)where\s+(?:around|near)", r"something\s+like", r"in\s+the\s+(?:region|neighbou?rhood|order)\s+of",
        r"(?:just\s+)?about", r"(?:just\s+)?around", r"roughly", r"approximately", r"approx\.?", r"some",
        r"an\s+estimated", r"circa", r"near",
    )),
    (">", (
        rf"{_DEGREE}(?:more\s+than|greater\s+than|better\s+than|over|above|beyond)",
        r"in\s+excess\s+of", r"upwards?\s+of", r"north\s+of", r"topping", r"exceeding", r"surpassing",
        r"more(?=\s+$)",  # what is left of "more than" when a desk is in a hurry
    )),
    ("<", (
        r"(?:very\s+)?(?:nearly|almost)", rf"{_DEGREE}(?:less\s+than|fewer\s+than|under|below|shy\s+of|short\s+of)",
        r"south\s+of", r"close\s+to", r"not\s+quite", r"approaching", r"nearing",
    )),
)  # fmt: skip
"""What each way of qualifying a number says of the true figure."""
BEHIND: tuple[tuple[Comparator, str], ...] = (
    (">", r"\+|[-‐‑]plus\b"),
    (">=", r"\s+or\s+(?:more|better|greater|higher)\b|\s+and\s+more\b|\s+at\s+(?:the\s+)?(?:least|minimum)\b"),
    ("<=", r"\s+or\s+(?:less|lower|fewer)\b|\s+at\s+(?:the\s+)?most\b"),
    ("~", r"\s+or\s+(?:so|thereabouts)\b|,?\s+give\s+or\s+take\b"),
)
"""The same of words behind the number."""
_ADJECTIVES = (
    r"(?:(?:incredible|further|additional|modest|whopping|hefty|stunning|staggering|mere|meagre|meager|paltry|scant"
    r"|more\s+modest|whole|full|record|total|combined|cumulative|net|annual|annualised|annualized|average)\s+){0,2}"
)
_BEFORE = re.compile(
    r"(?:^|(?<=[\s(\"“–—-]))(?:"
    + "|".join(f"(?P<h{i}>{'|'.join(patterns)})" for i, (_, patterns) in enumerate(HEDGES))
    + rf")\s+(?:(?:an?|another|the|by|of)\s+)?{_ADJECTIVES}$",
    re.IGNORECASE,
)
_BATTERY = Battery([_BEFORE])
_BEHIND = re.compile("|".join(f"(?P<h{i}>{pattern})" for i, (_, pattern) in enumerate(BEHIND)), re.IGNORECASE)
REACH = 60
"""How many characters before a number its hedge may begin."""


def hedge_before(text: str, at: int) -> tuple[str, Comparator, int] | None:
    """The hedge that ends right before ``at``: its words, what it means and where it starts.

    >>> hedge_before("rose more than 5", 15)
    ('more than', '>', 5)
    """
    if not text[at - 1 : at].isspace():
        return None
    # the first in a battery is what a search finds, and takes a tenth of its time
    match = next((match for _, match in _BATTERY.matches(text, max(0, at - REACH), at)), None)
    if match is None:
        return None
    name = next(name for name, value in match.groupdict().items() if value)
    return match[name], HEDGES[int(name[1:])][0], match.start(name)


def hedge_behind(text: str, at: int) -> tuple[str, Comparator] | None:
    """The hedge that begins at ``at``, right behind a number.

    >>> hedge_behind("5 percent or so", 9)
    ('or so', '~')
    """
    match = _BEHIND.match(text, at)
    if not match:
        return None
    name = next(name for name, value in match.groupdict().items() if value)
    return match[name].strip(" ,"), BEHIND[int(name[1:])][0]
