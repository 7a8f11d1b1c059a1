"""Who speaks without a name or through a document: "analysts at X", "a spokesman for X", "data from X"."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsig.extract.lexicon import COMPANY_NOUNS
from newsig.extract.quotes.names import Names
from newsig.extract.quotes.roles import is_office
from newsig.extract.quotes.speaker import Speaker, faceless
from newsig.extract.quotes.vocabulary import (
    ANONYMOUS,
    FACE,
    FROM,
    GROUP,
    HOUSE_GROUP,
    IN_A_POLL,
    MEDIA,
    OWN_POLL,
    OWNED_GROUP,
    POLLED,
    REPORT,
    REPORTS,
    THEIR_GROUP,
)

Resolve = Callable[[str, int], Speaker | None]
"""Whom words at an offset stand for."""


def group(names: Names, words: str, at: int, described: Resolve) -> Speaker | None:
    """Somebody unnamed of a named house: "analysts at X", "an X spokesman", "a company official"."""
    match = GROUP.match(words)
    if match is not None:
        who = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+(?=\w+\s+at\b)", "", match["who"].strip())
        role = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", re.split(r"\s+(?:at|for|with|from|of)\s+", who)[0])
        house = match["organisation"].strip()
        return Speaker(name=who, kind="unnamed", role=role, organisation=None if house in names.states else house)
    theirs = THEIR_GROUP.match(words)
    if theirs is not None:
        house = described(f"the {theirs['owner'].lower()}", at)
        return Speaker(name=words, kind="unnamed", role=theirs["trade"], organisation=house.name if house else None)
    if ANONYMOUS.match(words) and (is_office(words.split(",")[0]) or FACE.search(words.split(",")[0])):
        return Speaker(name=words.split(",")[0], kind="unnamed")
    match = HOUSE_GROUP.match(words.split(",")[0])
    if match is None:
        return owned(names, words)
    house = match["organisation"].strip(" '’")
    if house.isupper() and " " in house and match["trade"][0].isupper():
        return None  # a heading in capitals, and who stands behind it
    bare = re.sub(r"['’]s?$", "", house)
    if bare in names.states or all(part in names.states for part in bare.split()):
        return Speaker(name=words.split(",")[0], kind="unnamed", role=match["trade"])
    if names.is_house(bare) or match["trade"].lower().startswith("spokes"):
        return Speaker(name=match[0], kind="unnamed", role=match["trade"], organisation=names.full(bare))
    return None


def owned(names: Names, words: str) -> Speaker | None:
    """Somebody's people, who are not the one they belong to: "GM's creditors", "the bank's board"."""
    match = OWNED_GROUP.match(words.split(",")[0])
    if (
        match is None
        or set(match["rest"].split()) & (REPORTS | COMPANY_NOUNS | MEDIA)
        or match["organisation"] in names.states
    ):
        return None
    inner = re.search(r"\b(?:board|management)\b", match["rest"]) is not None
    house = names.full(match["organisation"].strip()) if inner else None
    return Speaker(name=words.split(",")[0], kind="unnamed", organisation=house)


def report(names: Names, words: str, at: int, described: Resolve, organisation: Resolve) -> Speaker | None:
    """Whose data, poll or statement speaks."""
    for pattern in (IN_A_POLL, OWN_POLL):
        if (match := pattern.search(words)) is not None:
            if words.startswith(match["poll"]) or pattern is OWN_POLL:
                return Speaker(name=match["poll"], kind="organisation")
            return Speaker(name=words, kind="unnamed", role=words.split()[0], organisation=match["poll"])
    if (match := POLLED.search(words)) is not None:
        first = words.split()[0].lower()
        if first in REPORTS | {"a", "the", "an"}:
            return Speaker(name=names.full(match["organisation"].strip()), kind="organisation")
        return Speaker(name=words, kind="unnamed", role=first, organisation=match["organisation"].strip())
    words = words.split(",")[0]
    noun = REPORT.search(words)
    if noun is None or is_office(words):
        return None
    owner = FROM.search(words, noun.end())
    if owner is not None:
        rest = words[owner.start("owner") :]
        return faceless(rest) or organisation(owner["owner"], at + owner.start("owner"))
    issuer = words[: noun.start()].strip()
    if not issuer:
        return None
    return organisation(issuer, at) or described(re.sub(r"['’]s?$", "", issuer), at)
