"""The persons and organisations of one article, and whom a name, a surname or a pronoun stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from newsig.extract.lexicon import ROLE_WORDS
from newsig.records import SpeakerType

PRONOUNS: dict[str, tuple[SpeakerType, ...]] = {
    "he": ("person",),
    "she": ("person",),
    "they": ("unnamed", "organisation"),
}
"""Whom a pronoun can stand for, the likeliest first."""
HOUSES = frozenset(
    ["Bank", "Reserve", "Institute", "University", "Department", "Board", "Bureau", "Council", "Ministry"]
)
"""What goes on with "of" and is no surname: "Royal Bank of …"."""
_HOUSE = r"(?:the\s+)?(?P<organisation>[A-Z][\w&.'’-]*(?:\s+(?:[A-Z&][\w&.'’-]*|of|and|the))*)"
_ROLE_AT = (
    re.compile(rf"^,?\s*(?:an?\s+|the\s+)?(?P<role>[a-z][^;:.“”\"]{{2,70}}?)\s+(?:at|with|for)\s+{_HOUSE}"),
    re.compile(rf"^,?\s*(?:an?\s+|the\s+)?(?P<role>[a-z][\w\s,/&-]*?)\s+(?:of|in)\s+{_HOUSE}"),
)
_ROLE = re.compile(r"\b(?:" + "|".join(sorted(ROLE_WORDS)) + r")\b", re.IGNORECASE)
_EMPLOYER = re.compile(r"^\s+(?:of|at|from)\s+(?:the\s+)?(?P<name>[A-Z][\w&.'’-]*(?:\s+[A-Z&][\w&.'’-]*)*)")
_ROLE_ALONE = re.compile(r"^,\s*(?:an?\s+|the\s+)?(?P<role>[a-z][\w\s-]{3,60})(?:,|$)")
_GROUP = re.compile(
    r"^(?P<who>(?:[Aa]nalysts?|[Ss]trategists?|[Ee]conomists?|[Tt]raders?|[Aa]\s+spokes\w+|[Ss]ources|[Oo]fficials?)"
    r"\s+(?:at|for|with|from)\s+(?:the\s+)?(?P<organisation>[A-Z][\w&.'’ -]+))"
)
_ORGANISATION = re.compile(r"(?:[A-Z][\w&.'’-]*)(?:\s+(?:[A-Z&][\w&.'’-]*|of|for|and))*")
_PERSON_OF = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z]\.)?\s[A-Z][\w’'-]+)"
    r"\s+(?:of|at|from)\s+(?:the\s+)?(?P<organisation>[A-Z][\w&.'’ -]+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A speaker as the article gives him: full name, kind, role and organisation."""

    name: str
    kind: SpeakerType
    role: str | None = None
    organisation: str | None = None


class Cast:
    """The persons and organisations of one article, and who spoke last."""

    def __init__(self, doc: Doc) -> None:
        self.people = [(ent.start_char, re.sub(r"['’]s$", "", ent.text)) for ent in doc.ents if ent.label_ == "PERSON"]
        self.organisations = [re.sub(r"^the\s+|['’]s$", "", ent.text) for ent in doc.ents if ent.label_ == "ORG"]
        self.known: dict[str, Speaker] = {}
        self.last: dict[SpeakerType, Speaker] = {}

    def speaker(self, words: str) -> Speaker | None:
        """Who is meant by the words beside a verb of saying; None where nobody can be made out."""
        words = words.strip(" ,")
        if words.lower() in PRONOUNS:
            return next((self.last[kind] for kind in PRONOUNS[words.lower()] if kind in self.last), None)
        found = self._group(words) or self._person(words) or self._organisation(words)
        if found is not None:
            self.last[found.kind] = found
        return found

    def _person(self, words: str) -> Speaker | None:
        bare = re.sub(r"^(?:Mr|Ms|Mrs|Dr)\.?\s+", "", words)
        known = next((name for name in self.known if name.split()[-1] == bare), None)
        if known is not None:
            return self.known[known]
        names = [
            name
            for _, name in self.people
            if name in words and len(name) > 2 and not re.search(rf"(?:of|at)\s+{re.escape(name)}", words)
        ]
        if not names:
            return self._named_with_house(words)
        short = max(names, key=len)
        full = next(
            (name for _, name in self.people if name.split()[-1] == short.split()[-1] and len(name.split()) > 1), short
        )
        if full in self.known and self.known[full].role:
            return self.known[full]
        at = words.find(short) + len(short)
        role, organisation = _role_after(words[at:])
        if role is None:
            role, organisation = _role_before(words[: words.find(short)], self.organisations)
        self.known[full] = Speaker(name=full, kind="person", role=role, organisation=organisation)
        return self.known[full]

    def _named_with_house(self, words: str) -> Speaker | None:
        """A person whom the entity recogniser took for one with the house: "Orla Quillfeather of Larkmoor Partners"."""
        match = _PERSON_OF.fullmatch(words)
        if match is None or match["name"].split()[-1] in HOUSES or match["name"] in self.organisations:
            return None
        speaker = Speaker(name=match["name"], kind="person", organisation=match["organisation"])
        return self.known.setdefault(speaker.name, speaker)

    def _group(self, words: str) -> Speaker | None:
        match = _GROUP.match(words)
        if not match:
            return None
        return Speaker(
            name=match["who"].strip(),
            kind="unnamed",
            role=match["who"].split(" at ")[0].strip(),
            organisation=match["organisation"].strip(),
        )

    def _organisation(self, words: str) -> Speaker | None:
        words = re.sub(r"^(?:[Tt]he|[Dd]ata from)\s+", "", words)
        name = next((name for name in self.organisations if words.startswith(name)), None)
        if name is None and _ORGANISATION.fullmatch(words) and (" " in words or words.isupper()):
            name = words
        if name is None or len(name) < 3:
            return None
        full = next((longer for longer in self.organisations if longer.startswith(f"{name} ")), name)
        return Speaker(name=full, kind="organisation")


def _role_after(words: str) -> tuple[str | None, str | None]:
    """Role and organisation out of ", head of research at Larkmoor Partners"."""
    match = next(
        (found for pattern in _ROLE_AT if (found := pattern.match(words)) and _ROLE.search(found["role"])), None
    )
    if match:
        return match["role"].strip(" ,"), re.split(r",| which| who", match["organisation"])[0].strip()
    organisation = _EMPLOYER.match(words)
    if organisation:
        return None, organisation["name"]
    role = _ROLE_ALONE.match(words)
    return (role["role"].strip(), None) if role and _ROLE.search(role["role"]) else (None, None)


def _role_before(words: str, organisations: Sequence[str]) -> tuple[str | None, str | None]:
    """Role and organisation out of "Uralsib analyst " and "the firm's chief strategist "."""
    words = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", words.strip(" ,"))
    if not words or not _ROLE.search(words):
        return None, None
    organisation = next((name for name in organisations if words.startswith(name)), None)
    role = re.sub(r"^(?:['’]s)?[\s,]+", "", words[len(organisation) :]).strip(" ,") if organisation else words
    return role or None, organisation
