"""What a person is by the words before the name: "Larkmoor analyst …", "the firm's chief strategist, …"."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsig.extract.lexicon import words
from newsig.extract.quotes.roles import (
    ENDS,
    NOBODY,
    OFFICE,
    ROLE_AT,
    ROLE_OF,
    STATE_OFFICES,
    Post,
    anything,
    is_office,
    is_role,
    made,
)

REACH = 110
"""Code points before a name that are read for what its bearer is."""
_OF = re.compile(r"of\b")


def post_before(
    text: str,
    start: int,
    houses: frozenset[str],
    states: frozenset[str] = frozenset(),
    nominal: Callable[[int, int], bool] = anything,
    floor: int = 0,
) -> Post:
    """The post told before a name that begins at an offset: "Larkmoor analyst …", "the firm's chief strategist, …".

    ``houses`` are names of organisations, ``states`` those of places and peoples; ``nominal`` says of the word in a
    span whether it can be a part of a name or a noun phrase, and nothing before ``floor`` is read.

    >>> post_before("according to Larkmoor Partners chief strategist Orla", 48, frozenset({"Larkmoor Partners"}))
    Post(role='chief strategist', organisation='Larkmoor Partners', owner=None)
    """
    origin = max(floor, start - REACH, 0)
    lead = _last_sentence(text[origin:start])
    apposed = lead.endswith(",")
    tokens = list(re.finditer(r"[^\s,]+|,", lead.rstrip(",")))
    if not tokens or not OFFICE.fullmatch(tokens[-1][0].strip("'’\"")):
        return _apposed(lead, states) if apposed else NOBODY
    first = len(tokens) - 1
    while (
        first > 0
        and not (tokens[first - 1][0] in ("of", "for") and not _joined(tokens[first - 2][0], tokens[first][0]))
        and _goes_with(tokens[first - 1][0], tokens[first][0])
        and nominal(origin + tokens[first - 1].start(), origin + tokens[first - 1].end())
    ):
        first -= 1
    role_start = tokens[first].start()
    while first < len(tokens) - 1 and tokens[first][0].lower() in ("and", "of", "for", "the"):
        first += 1
        role_start = tokens[first].start()
    phrase = lead[role_start:].rstrip(" ,")
    left = lead[:role_start].rstrip()
    return _split(phrase, left, houses, states, apposed=apposed)


def _last_sentence(lead: str) -> str:
    """The words before a name, with blanks for all up to the last end of a sentence in them."""
    for stop in ENDS.finditer(lead.rstrip(" ")):
        if lead[stop.end() :].strip():
            lead = " " * stop.end() + lead[stop.end() :]
    return lead.rstrip(" ")


def _joined(left: str, right: str) -> bool:
    """Whether "of" or "for" between two words is inside one phrase: "head of research", "Bank of America"."""
    return is_office(left) or (left[0].isupper() and right[0].isupper())


def _goes_with(word: str, following: str) -> bool:
    """Whether a word can be a part of the phrase that ends in an office."""
    bare = word.strip(".'’")
    if word.endswith(",") or word == "," or bare.lower() in _BOUNDS:
        return False
    return bool(re.fullmatch(r"[\w&.’'/-]+", word)) and not (bare.lower() in ("and", "of", "for") and not following)


_BOUNDS = words("""
    said says told the a an its his her their our this that with by from to at in on as but while when if after before
    since or who which whose was were is are has had have will would be been according like including meanwhile
    both because where what how than then also still yet though although wrote added noted named called hired made
    appointed elected chose quoted asked between under over against about not did does do
""")


_NEW = re.compile(r"^(?:(?:new|newly\s\w+|then|fellow)\s+(?=[A-Z])|['’]s\s+)")
"""What is no part of an office: "new ECB President", and what is left of another person's name before it."""


def _split(phrase: str, left: str, houses: frozenset[str], states: frozenset[str], *, apposed: bool) -> Post:
    """Role and organisation of "Larkmoor Partners' chief strategist"."""
    phrase = _NEW.sub("", phrase)
    owner = re.search(r"(?:(?P<pointed>\b[Tt]he\s+\w+['’]s|\b[Ii]ts|\b[Tt]heir))$", left)
    possessive = re.match(r"(?P<owner>.+?)(?:['’]s|(?<=s)['’])\s+(?P<role>.+)$", phrase)
    if possessive is not None:
        owning = possessive["owner"]
        if owning.lower() in ("company", "firm", "bank", "group", "fund", "agency"):
            return Post(role=possessive["role"], owner=f"the {owning}'s")
        return made(possessive["role"], owning, states) if owning[:1].isupper() else Post(role=possessive["role"])
    if owner is not None:
        return Post(role=_stateless(phrase, states), owner=owner["pointed"])
    known = max((house for house in houses if _begins(phrase, house)), key=len, default=None)
    if known is not None and (not _is_state_office(phrase) or phrase[len(known) + 1 :].islower()):
        return Post(role=phrase[len(known) :].strip(), organisation=known)
    match = re.match(r"(?P<name>(?:[A-ZÀ-Þ0-9][\w&.’'/-]*\s+)+)(?P<role>[a-z].*)$", phrase)
    if match is not None and not _is_state_office(phrase):
        name = match["name"].strip()
        if name in states or _is_people(name, states):
            return Post(role=match["role"])
        return (
            Post(role=match["role"], organisation=_stateless(name, states))
            if not is_office(name)
            else Post(role=phrase)
        )
    if apposed and phrase[:1].isupper() and not is_office(phrase.split()[0]):
        return NOBODY
    if phrase[:1].isupper() and not phrase.islower() and not _is_state_office(phrase):
        return _titled(phrase, states)
    return Post(role=_stateless(phrase, states))


def _begins(phrase: str, house: str) -> bool:
    """Whether a phrase begins with a house's name that does not go on with "of"."""
    return phrase.startswith(f"{house} ") and _OF.match(phrase, len(house) + 1) is None


def _titled(phrase: str, states: frozenset[str]) -> Post:
    """Role and organisation of a phrase in capitals: "Larkmoor Partners Chief Executive"."""
    tokens = phrase.split()
    cut = next((i for i, token in enumerate(tokens) if token.lower() in _OPENING or OFFICE.fullmatch(token)), 0)
    name, role = " ".join(tokens[:cut]), " ".join(tokens[cut:])
    if not name or name in states or _is_people(name, states):
        return Post(role=role)
    return Post(role=role, organisation=_stateless(name, states))


_OPENING = words("chief senior vice executive managing deputy general assistant associate global co-chief former")
"""What a role begins with."""


def _is_state_office(phrase: str) -> bool:
    return phrase.split()[-1].lower() in STATE_OFFICES and not re.search(r"\bvice\b|['’]s\b", phrase.lower())


def _is_people(name: str, states: frozenset[str]) -> bool:
    return all(part in states for part in name.split())


def _stateless(phrase: str, states: frozenset[str]) -> str:
    """A phrase without the country before it: "U.S. billionaire investor", "Egyptian President"."""
    for state in sorted(states, key=len, reverse=True):
        if phrase.startswith(f"{state} ") and phrase[len(state) + 1 :].strip():
            return phrase[len(state) + 1 :].strip()
    return phrase


_OWNED = re.compile(
    r"(?P<owner>[A-Z][\w&.’'-]*(?:\s[A-Z&][\w&.’'-]*)*?|company|bank|firm|group)(?:['’]s|(?<=s)['’])\s+(?P<role>[a-z][\w\s/&-]{2,60})"
)


def _apposed(lead: str, states: frozenset[str]) -> Post:
    """The post of "the chief strategist at Larkmoor Partners, " or "Larkmoor's head of research, " before a name."""
    clause = re.split(r",\s|\b(?:said|says|by|with|but|and)\s", lead.rstrip(" ,"))[-1]
    clause = re.sub(r"^\s*(?:The|An?)\s", "", clause)
    for pattern in (ROLE_AT, ROLE_OF):
        match = pattern.fullmatch(clause)
        if match is not None and is_role(match["role"]):
            return made(match["role"], match["organisation"], states)
    owned = _OWNED.fullmatch(clause.strip())
    if owned is None or not is_role(owned["role"]):
        return NOBODY
    if owned["owner"][:1].isupper():  # a firm may be taken for a place, and only states have ministers
        return made(owned["role"], owned["owner"], states if _is_state_office(owned["role"]) else frozenset())
    return Post(role=owned["role"], owner=f"the {owned['owner']}'s")
