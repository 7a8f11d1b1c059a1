"""Where sentences and paragraphs end, and which parts of a text are nobody's statement.

The statistical parser cuts at "Inc." and inside ".DJI"; wire copy is regular enough for rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.lexicon import words
from newsig.extract.parse import offsets
from newsig.furniture import find_credits

if TYPE_CHECKING:
    from thinc.types import Ints2d

ABBREVIATIONS = words("""
    Mr Mrs Ms Dr Prof Sen Rep Gov Gen Col Lt Sgt St Inc Corp Co Ltd Cos Bros Jr Sr vs No Jan Feb Mar Apr Jun Jul Aug Sep
    Sept Oct Nov Dec U.S U.K E.U U.N D.C a.m p.m e.g i.e approx Plc S.A N.V A.G S.p.A Calif Mass Conn Ill Pa Va Fla Tex
""")
STARTERS = words("""
    The A An In On At But And It Its He She They We This That These Those Shares Stocks Analysts Investors Meanwhile
    However Still Earlier Later After Before Since While As For From By If When Although Despite According Among Also
    Other Some Most Many Both Such There Here Our Last Volume Trading Oil Gold Crude Wall Futures
""")
"""Words that open a sentence even after an abbreviation: "… Wal-Mart Stores Inc. The shares …"."""

# Runs are possessive and start only where nothing of their kind stands before them, or are bounded: a text of full
# stops or blanks alone must not be read again from each of them.
_HEADING = r"""(?:(?<=\s)|^)(?:[A-Z][A-Z0-9&.,'’%$-]*\s+|\d[\d.,]*\s+){3,40}(?=(?:[A-Z][a-z]|A\s))"""
_STOP = r"""(?<![.!?…])[.!?…]++["'”’)\]]*+(?=\s++["'“‘(\[«]*[A-Z0-9«“"‘•*–—=-])"""
_END = re.compile(rf"{_HEADING}|{_STOP}|\n+")
_INITIAL = re.compile(r"(?:^|[\s.(])[A-Z]$")
_FOLLOWER = re.compile(r"""\s+["'“‘(\[«]*([\w’']+)""")
_LINE = re.compile(r"^[^\n]*\S[^\n]*", re.MULTILINE)
_BLANKS = re.compile(r"\s*")
TEXT = "newsig_text"
"""Under what name a document's text is kept with it."""


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence, blanks between them left out. A line break always ends one.

    >>> text = "Apple Inc. rose 3 percent. The S&P 500 Index .SPX fell."
    >>> [text[a:b] for a, b in sentence_spans(text)]
    ['Apple Inc. rose 3 percent.', 'The S&P 500 Index .SPX fell.']
    """
    return iter(_sentence_spans(text))


@lru_cache(maxsize=32)
def _sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if match[0][0] in ".!?…" and _abbreviates(text, start, match):
            continue
        if (span := _stripped(text, start, match.end())) is not None:
            yield span
        start = match.end()
    if (span := _stripped(text, start, len(text))) is not None:
        yield span


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    if not piece.strip():
        return None
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _abbreviates(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the full stop only shortens the word before it."""
    if match[0] != ".":
        return False
    before = text[max(start, match.start() - 12) : match.start()]
    word = before.rsplit(None, 1)[-1].lstrip("(“\"‘'[") if before.split() else ""
    follower = _FOLLOWER.match(text, match.end())
    if word in ABBREVIATIONS or _INITIAL.search(before) or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        return not (follower and follower[1] in STARTERS)
    return False


def paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line that holds text."""
    for match in _LINE.finditer(text):
        yield match.span()


def furniture_spans(text: str) -> list[tuple[int, int]]:
    """Headings above a byline, bylines, credits, photo lines and corrections: no part of the story.

    A heading says what the article's title says; a text file carries it in the text, other forms beside it.
    """
    return [(credit.start, credit.end) for credit in find_credits(text) if credit.kind != "dateline"]


def dateline_spans(text: str) -> list[tuple[int, int]]:
    """Datelines such as "NEW YORK (Reuters) – ", with the blanks behind them: the story begins where one ends."""
    datelines = (credit for credit in find_credits(text) if credit.kind == "dateline")
    return [(one.start, _BLANKS.match(text, one.end).end()) for one in datelines]  # type: ignore[union-attr]


def text_of(doc: Doc) -> str:
    """A document's text, which spaCy joins anew from all its tokens whenever it is asked for it, and newsig once."""
    if TEXT not in doc.user_data:
        doc.user_data[TEXT] = doc.text
    return str(doc.user_data[TEXT])


@Language.component("newsig_sentences", assigns=["token.is_sent_start"])
def sentences(doc: Doc) -> Doc:
    """Set the sentence starts by rule, ahead of the parser, which keeps them."""
    starts = [start for start, _ in sentence_spans(text_of(doc))]
    marks = np.full(len(doc), -1, dtype=np.int64)
    at = 0
    for place, (first, length) in enumerate(zip(offsets(doc), doc.to_array(["LENGTH"]).tolist(), strict=True)):
        begins = place == 0
        while at < len(starts) and starts[at] < first + length:
            begins = at == 0 or starts[at] >= first or begins
            at += 1
        if begins:
            marks[place] = 1
    # all at once: spaCy looks through the whole document before it sets the start of one token
    return doc.from_array(["SENT_START"], cast("Ints2d", marks.astype(np.uint64).reshape(-1, 1)))
