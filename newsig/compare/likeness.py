"""Whether one text is a copy of another: the same words, cut, edited, or put together with others.

Two texts are held against each other by their runs of five words, as in the detection of copied text: the containment
of the shorter one's runs in the longer one's (Broder, On the resemblance and containment of documents, 1997, section
2), so that a text cut after three paragraphs is a copy of the whole. Desks write the same story in their own style
("3 percent", "3%"; "1,250", "1250"; "U.S.", "US"), so that words are compared without it (`wording_of`).

Words alone do not tell a copy from the next story made from the same template: tomorrow's market report, another
company's results. Those have the words and other figures or names; that is why these are held against each other, too
(`copied`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from newsig.compare.wording import SHINGLE, without
from newsig.furniture import find_credits

COPIED = 0.4
"""The share of its runs that the shorter text must have from the longer one."""

SAME = 0.75
"""What the shares of its runs, its figures and its names that stand in the longer one must be on average.

Copies lose some to rounding, spelling and cuts, and the next story from a template has some by chance: what is short of
one must be made up for by the others."""

SHORT = 30
"""Words up to which a text is a teaser: one sentence or two, which other stories open with as well."""
COPIED_SHORT, SAME_SHORT = 0.7, 0.85
"""What a teaser must share instead."""

FEWEST = 8
"""Words that a text needs at least: fewer are a heading, a caption or a notice."""

LEAD = 30
"""Words of the beginning that are sketched by themselves: where a story is cut, they stay."""

_SYMBOL = re.compile(
    r"\(\s*(?:[A-Za-z .]{2,12}:\s*)?[A-Z0-9][A-Z0-9.=-]{0,9}\s*\)|<[^<>\n]{1,20}>|(?<![\w.])\.[A-Z]{2,7}\b"
)
"""Symbols that agencies put behind names: "(WMT.N)", "(NASDAQ: CROX)", "<AAPL.O>", ".DJI"."""
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['.](?=[^\W_])[^\W\d_]+)*")
_ENDS = re.compile(r"[.!?:\n\"“”(]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "`": "'"})
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MONTHS = ("january", "february", "march", "april", "august", "september", "october", "november", "december")
_LEFT_OUT = ("percent", "pct", "per", "cent", "the", "a", "an", "that", "and", "usd", "dollars")
_ALIKE = {
    **{name: str(number) for number, name in enumerate(_NUMBERS, start=2)},
    **dict.fromkeys(("m", "mln", "mn"), "million"),
    **dict.fromkeys(("b", "bn", "bln"), "billion"),
    **dict.fromkeys(("tn", "trn"), "trillion"),
    **dict.fromkeys(("corporation", "company", "co"), "corp"),
    **{month[:3]: month for month in _MONTHS if month != "march"},
    **dict.fromkeys(_LEFT_OUT, ""),
    "sept": "september",
    "incorporated": "inc",
    "limited": "ltd",
}
"""Words of one meaning by the one that they are compared as; those that one desk writes and another leaves out by "".

"And" is one of them because an ampersand is no word."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A story's own words, as they are compared with another's: how many, its runs of them, those of its lead, its
    figures and its names."""

    size: int
    runs: frozenset[str]
    lead: frozenset[str]
    figures: frozenset[str]
    names: frozenset[str]


def wording_of(text: str) -> Wording:
    """The words of a text without its credits, dateline and symbols, in no desk's style.

    >>> one, other = wording_of("U.S. shares (SPY.P) rose 3 percent."), wording_of("LONDON (AP) - US shares rose 3%.")
    >>> one.runs == other.runs, sorted(one.figures)
    (True, ['3'])
    """
    words, names = _words(_story(text))
    return Wording(
        size=len(words),
        runs=runs(words),
        lead=runs(words[:LEAD]),
        figures=frozenset(word for word in words if word[0].isdigit() and not _YEAR.fullmatch(word)),
        names=frozenset(names),
    )


def words_of(text: str) -> list[str]:
    """The words that the wording of a text is made of, in their order.

    >>> words_of("The index rose 3.50 percent.")
    ['index', 'rose', '3.5']
    """
    return _words(_story(text))[0]


def _story(text: str) -> str:
    own = without(text, [(credit.start, credit.end) for credit in find_credits(text)])
    return _SYMBOL.sub(" ", own)


def _words(story: str) -> tuple[list[str], set[str]]:
    """The words as they are compared, and those of them that are names: in capitals within a sentence."""
    plain = unicodedata.normalize("NFKD", story.translate(_STRAIGHT))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)) if not plain.isascii() else plain
    words: list[str] = []
    names: set[str] = set()
    last = 0
    for match in _WORD.finditer(plain):
        word = match[0]
        key = _figure(word) if word[0].isdigit() else word.casefold().replace(".", "").removesuffix("'s")
        key = _ALIKE.get(key, key)
        if key:
            if word[0].isupper() and last and not _ENDS.search(plain, last, match.start()):
                names.add(key)
            words.append(key)
        last = match.end()
    return words, names


def _figure(word: str) -> str:
    """A figure without what styles differ in: commas, and the zeros behind a point."""
    whole = word.replace(",", "")
    return whole.rstrip("0").rstrip(".") if whole.count(".") == 1 else whole


def runs(words: list[str]) -> frozenset[str]:
    """Every run of five words, as one string each; of fewer words, all of them as one."""
    return frozenset(" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))


def shared(one: Wording, other: Wording) -> float:
    """The containment of the text with fewer runs in the other one, in [0, 1]."""
    return len(one.runs & other.runs) / min(len(one.runs), len(other.runs))


def copied(one: Wording, other: Wording) -> float | None:
    """The share of the shorter text's runs that the longer one has, where one is a copy of the other; else None.

    It is the same whichever comes first.
    """
    short, long = sorted((one, other), key=lambda wording: (len(wording.runs), wording.size))
    if short.size < FEWEST:
        return None
    least, same = (COPIED_SHORT, SAME_SHORT) if short.size <= SHORT else (COPIED, SAME)
    share = shared(short, long)
    ways = [(short, long)]
    if (len(short.runs), short.size) == (len(long.runs), long.size):  # neither is the shorter one
        ways.append((long, short))
    return share if share >= least and all(_alike(*way, share) >= same for way in ways) else None


def _alike(short: Wording, long: Wording, share: float) -> float:
    """What the shares of runs, figures and names of a text that stand in another one are on average."""
    everything = long.figures | long.names
    return (share + sum(_kept(telling, everything, share) for telling in (short.figures, short.names))) / 3


def _kept(telling: frozenset[str], everything: frozenset[str], unknown: float) -> float:
    """The share of some figures or names that another text has, too, however it writes them; ``unknown`` of none."""
    return len(telling & everything) / len(telling) if telling else unknown
