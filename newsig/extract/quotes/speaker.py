"""A speaker, as the article gives him."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from newsig.extract.lexicon import COMPANY_NOUNS, words
from newsig.extract.quotes.people import Person
from newsig.extract.quotes.roles import OFFICES
from newsig.extract.quotes.vocabulary import DESCRIBED, FACE, INFORMED, LONELY, UNRESOLVED
from newsig.records import SpeakerType

MOVING = words("stock shares")
"""Of the nouns that stand for companies those that rise and fall and never speak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A speaker as the article gives him: full name, kind, role and organisation; and the words that mean him here."""

    name: str
    kind: SpeakerType
    role: str | None = None
    organisation: str | None = None
    start: int = 0
    end: int = 0


def told(person: Person) -> Speaker:
    """A person as a speaker."""
    return Speaker(name=person.name, kind="person", role=person.role, organisation=person.organisation)


def faceless(phrase: str) -> Speaker | None:
    """A speaker who is not named: "the government", "two sources"."""
    informed = INFORMED.match(phrase)
    if informed is not None:
        return Speaker(name=informed[0].strip(), kind="unnamed")
    phrase = phrase.split(",")[0]
    head = FACE.search(phrase.lower())
    if len(phrase.split()) > 8 or ((head is None or head[0] in LONELY) and _SOMEBODY.fullmatch(phrase) is None):
        return None
    return Speaker(name=phrase, kind="unnamed")


_SOMEBODY = re.compile(rf"(?:[Aa]n?|[Oo]ne|[Aa]nother)\s+(?:[A-Za-z][\w.-]*\s+){{0,3}}?(?:{'|'.join(sorted(OFFICES))})")
"""One of an office who is not named: "a federal judge", "one trader"."""


def stands_for_somebody(phrase: str) -> bool:
    """Whether words mean one who was named before, even where it is not sure who: "the company", "he"."""
    described = DESCRIBED.fullmatch(phrase)
    nouns = (COMPANY_NOUNS | OFFICES) - MOVING
    return phrase.lower() in UNRESOLVED or (described is not None and described["noun"] in nouns)


def plain(name: str) -> str:
    """A name in one line, without characters that are not seen and without pictures.

    >>> plain("Orla\\tQuillfeather\\u202c")
    'Orla Quillfeather'
    """
    seen = (char for char in name if unicodedata.category(char) not in ("Cf", "So"))
    return " ".join("".join(seen).split())
