"""A speaker, as the article gives him."""

from __future__ import annotations

from dataclasses import dataclass

from newsig.extract.quotes.people import Person
from newsig.extract.quotes.vocabulary import FACE, LONELY
from newsig.records import SpeakerType


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


def faceless(words: str) -> Speaker | None:
    """A speaker who is not named: "the government", "two sources"."""
    head = FACE.search(words.lower())
    if head is None or head[0] in LONELY or len(words.split()) > 8:
        return None
    return Speaker(name=words, kind="unnamed")
