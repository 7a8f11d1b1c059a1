"""How names of persons look in bylines and credits, and who they are."""

from __future__ import annotations

import re

from newsig.furniture.words import FIRMS, HONOURS, JOBS, LINKS, NOT_NAMES, PARTICLES, PLACES, VERBS

UPPER = "A-ZÀ-ÖØ-ÞŁŠŚŽİ"

PERSON = rf"[{UPPER}][\w.'’-]{{0,30}}(?: (?:[{UPPER}][\w.'’-]{{0,30}}|{'|'.join(sorted(PARTICLES))})){{1,5}}"
"""A name of two words or more, for use within other patterns."""

_WORD = re.compile(r"[^\W\d_][\w.'’-]{0,40}")
_PERSON = re.compile(PERSON)
_APART = re.compile(
    r"[;:|•·()\[\]/]|\s[-–—]{1,2}\s"
    r"|(?i:\b(?:by|from|with|via|contributed|additional|addition|reporting|editing|writing|compiled)\b)"
)
_JOINED = re.compile(r" ?, ?and | and | ?& ?", re.IGNORECASE)
_VERB = re.compile(rf"(?<!\b[Yy]ou )\b(?:{'|'.join(sorted(VERBS, key=len, reverse=True))})\b")
"""Not "if you would like to reach the writer"."""
_PLACED = re.compile(r" (?:in|at|of|for|on|to) [^,;]{0,80}", re.IGNORECASE)


def lists_names(text: str) -> bool:
    """Whether the words are names with nothing but links and offices between them, as no sentence is.

    >>> lists_names("Jane Roe in London and John Doe; editing by Ann Poe"), lists_names("Friday the index had lost")
    (True, False)
    """
    if "%" in text or "$" in text:
        return False
    words = _WORD.findall(text)
    small = [word for word in words if word[0].islower()]
    return len(small) < len(words) and all(word.rstrip(".") in PARTICLES | LINKS | JOBS for word in small)


def tells(text: str) -> bool:
    """Whether the words hold a verb of a story's sentences, as no credit and hardly a caption does.

    >>> tells("the maker of kettles said profit rose"), tells("kettles in a shop in Millbrook")
    (True, False)
    """
    return _VERB.search(text) is not None


def people(text: str) -> tuple[str, ...]:
    """The names of persons in a byline or a line of credits, in their order.

    >>> people("By Jane Roe and John Doe, Harbour Wire")
    ('Jane Roe', 'John Doe')
    >>> people("(Reporting by JANE ROE in New York, John Doe; Editing by Ann Poe)")
    ('Jane Roe', 'John Doe', 'Ann Poe')
    """
    found: dict[str, None] = {}
    for part in _APART.split(" ".join(text.split())):
        for piece in _pieces(part):
            if (name := _person(piece)) is not None:
                found.setdefault(name)
    return tuple(found)


def _pieces(part: str) -> list[str]:
    """A part of a line taken apart at "and" and commas, without the places that reporters are in."""
    return [name for joined in _JOINED.split(part) for name in _PLACED.sub("", f"{joined} ").split(",")]


def _person(piece: str) -> str | None:
    words = [word for word in piece.split() if word.lower() not in HONOURS]
    name = " ".join(words).strip(" .,'’-*\"“”")
    match = _PERSON.fullmatch(name)
    first, *others = name.casefold().split() or [""]
    if match is None or first in NOT_NAMES | PLACES or not (FIRMS | JOBS).isdisjoint((first, *others)):
        return None
    return name.title() if name.isupper() else name
