"""A statement's words as clauses: what is its point, what is beside it, what it hangs on.

There is no parser here: a clause ends with a comma, a stop or a word that opens the next one. What the statement
names is written as one token each before: `TARGET` where it is what the call would be about, else `OTHER`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsig.compare.scorecard.lexicon import AHEAD, CONDITIONS, NO_DENIAL, SUBORDINATE

TARGET = "⟨target⟩"
OTHER = "⟨other⟩"


def _any(words: Iterable[str]) -> str:
    """A pattern of any of these, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_WORD = re.compile(r"⟨\w+⟩|[^\W\d_]+(?:[-’'][^\W\d_]+)*|['’](?:ll|d)\b|\$?\d[\d.,]*(?<![.,])%?|,", re.IGNORECASE)
_STOP = re.compile(r"(?<![A-Z])[.!?]+[\"”’']*(?=\s|$)|[;:—–]|\s--?\s|[.!?]+[\"”’']*\s*$")
_BUT = re.compile(r",?\s+(?:but|yet)\s+", re.IGNORECASE)
_AS = (
    r"(?<!long )(?<!soon )(?<!much )(?<!well )(?<!far )(?<!many )"
    r"as (?!much|well|long|soon|such|far|high|low|many|of|if)"
)
"""The "as" that opens a clause."""
_IF = r"(?<!even )(?<!as )if\b"
"""The "if" that opens a condition."""
_OPENERS = rf"(?:{_any({*SUBORDINATE, *CONDITIONS} - {'as', 'if'})})\b|{_AS}|{_IF}"
_PIECE = re.compile(rf",(?=\s)|\s-\s|\(\s*(?:{_OPENERS})[^()]*\)|(?=\b(?:{_OPENERS}))", re.IGNORECASE)
_JOINED = re.compile(r"\W*(?:and|or)\b", re.IGNORECASE)
_CONDITION = re.compile(
    rf"\W*(?:(?:only|and|but|still|so|is)\s+)*(?P<mark>{_any(CONDITIONS)})\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\s+(?=(?:it|they|this|that|(?:the )?⟨\w+⟩|the \w+)\s+(?:will|would|could|should|may|might)\b)", re.IGNORECASE
)
"""Where what follows from a condition begins without a comma: "if rates fall small caps will gain"."""
_BESIDE = re.compile(rf"\W*(?:{_any(SUBORDINATE)})\b", re.IGNORECASE)
_NO_DENIAL = re.compile(rf"\b(?:{'|'.join(NO_DENIAL)})\b", re.IGNORECASE)
_ASIDE_IF = re.compile(r"\W*if (?:anything|not|any|ever|you|at all)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clauses:
    """The sentences of a statement that look ahead, each as the tokens of its point; the words of its ``condition``,
    null where it hangs on none, and the word that ``opens`` it; ``several`` where it hangs on more than one thing."""

    points: tuple[tuple[str, ...], ...]
    condition: str | None = None
    opens: str | None = None
    several: bool = False


def tokens(text: str) -> tuple[str, ...]:
    """The words, figures and commas of a text in small letters.

    >>> tokens("It won’t rise 4.5%, he'll say.")
    ('it', "won't", 'rise', '4.5%', ',', 'he', "'ll", 'say')
    """
    found = []
    for word in _WORD.findall(text.lower().replace("’", "'")):
        stem, mark, short = word.rpartition("'")
        if mark and stem and short in ("ll", "d", "s", "re", "ve", "m"):
            found += [stem, f"'{short}"]
        else:
            found.append(word)
    return tuple(found)


def marked(text: str, ours: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> str:
    """The text with the spans of the target and of other things as one token each.

    Where spans overlap, the target wins, then the longer one.

    >>> marked("small caps beat large caps", [(0, 10)], [(16, 26), (22, 26)])
    '⟨target⟩ beat ⟨other⟩'
    """
    ranked = sorted([(0, start - end, start, end) for start, end in ours] + [(1, s - e, s, e) for s, e in others])
    taken: list[tuple[int, int, str]] = []
    for rank, _, start, end in ranked:
        if all(end <= first or last <= start for first, last, _ in taken):
            taken.append((start, end, OTHER if rank else TARGET))
    for start, end, token in sorted(taken, reverse=True):
        text = f"{text[:start]}{token}{text[end:]}"
    return text


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with what stands in the spans as one token each, of the same length: places stay what they are.

    >>> masked("small caps fell", [(0, 10)])
    '⟨xxxxxxxx⟩ fell'
    """
    for start, end in spans:
        if end - start > 2:
            text = f"{text[:start]}⟨{'x' * (end - start - 2)}⟩{text[end:]}"
    return text


def clauses(text: str, *, guided: bool = False) -> Clauses:
    """The clauses of a statement whose names are `marked`.

    ``guided`` says that the verb of saying looks ahead for the first sentence: "expects the index to gain".
    """
    text = _NO_DENIAL.sub("would", text.replace("’", "'"))
    points: list[tuple[str, ...]] = []
    conditions: list[tuple[str, str]] = []
    for number, sentence in enumerate(_sentences(text)):
        main, hanging = _parts(sentence)
        conditions += hanging
        point = _point(main, ahead=(guided and number == 0) or bool(hanging))
        if point and not sentence.rstrip("\"”’' ").endswith("?"):
            points.append(point)
    opens, condition = conditions[0] if conditions else (None, None)
    return Clauses(tuple(points), condition, opens, several=len(conditions) > 1)


def _sentences(text: str) -> Iterator[str]:
    last = 0
    for stop in _STOP.finditer(text):
        yield text[last : stop.end()]
        last = stop.end()
    if text[last:].strip():
        yield text[last:]


def _parts(sentence: str) -> tuple[str, list[tuple[str, str]]]:
    """The words of a sentence that are its point, and its conditions, each behind the word that opens it."""
    main: list[str] = []
    hanging: list[tuple[str, str]] = []
    just = False
    for piece in _pieces(sentence):
        mark = _CONDITION.match(piece)
        if mark and not _ASIDE_IF.match(piece):
            follows = _FOLLOWS.search(piece, mark.end() + 1)
            words = piece[mark.end() : follows.start() if follows else None].strip(' ,."”')
            hanging.append((mark["mark"].lower(), words))
            if follows:
                main.append(piece[follows.end() :].strip())
        elif just and _JOINED.match(piece) and not AHEAD.intersection(tokens(piece)):
            hanging.append(("and", piece.strip()))
            continue
        elif not _BESIDE.match(piece):
            main.append(piece.strip())
        just = mark is not None
    return " , ".join(main), hanging


def _pieces(sentence: str) -> Iterator[str]:
    last = 0
    for cut in _PIECE.finditer(sentence):
        if cut.start() > last:
            yield sentence[last : cut.start()]
            last = cut.end()
    yield sentence[last:]


def _point(main: str, *, ahead: bool) -> tuple[str, ...]:
    """The tokens of what the sentence says is to come: behind a "but", where that looks ahead."""
    parts: Sequence[tuple[str, ...]] = [tokens(part) for part in _BUT.split(main)]
    looking = [part for part in parts if AHEAD.intersection(part)]
    if looking:
        return looking[-1]
    return parts[-1] if ahead else ()
