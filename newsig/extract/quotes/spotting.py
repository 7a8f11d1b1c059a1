"""Where an article names persons: by the entity recogniser, and by what stands beside a name.

An office ("analyst …", "…, head of research"), a title, "who", a verb of saying or a line that announces a speaker
tells a person better than a recogniser does, which takes rare names for firms and places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from newsig.extract.lexicon import SAY_VERBS, words
from newsig.extract.openings import Battery
from newsig.extract.quotes.entities import HOUSES, never_speaks
from newsig.extract.quotes.names import Names
from newsig.extract.quotes.roles import OFFICES, is_office, post_behind, post_listed

Gender = Literal["he", "she"]

TITLES: dict[str, Gender | None] = {
    "Mr": "he", "Sir": "he", "Lord": "he", "Ms": "she", "Mrs": "she", "Miss": "she", "Lady": "she", "Dame": "she",
    "Dr": None, "Prof": None, "Professor": None, "Sen": None, "Rep": None, "Gov": None, "Senator": None,
    "Congressman": "he", "Congresswoman": "she", "Justice": None, "Judge": None, "Gen": None, "Col": None,
}  # fmt: skip
PARTICLES = r"(?:von|van|de|der|den|da|di|del|al|bin|el|la|le|ten|ter|du|dos)\b"
# All is bounded: a text of capitals alone must not be read again from each of its words.
_PART = r"[A-ZÀ-Þ](?=[\w’'-]{0,24}[a-zß-ÿ])[\w’'-]{1,30}+|[A-Z]{3,24}+(?:-[A-Z]{1,24}+)?|[A-Z]\.(?:[A-Z]\.){0,3}"
_NAME = rf"(?:{_PART})(?:\s(?:{_PART}|{PARTICLES})){{0,3}}\s(?:{_PART})(?:,?\s(?:Jr|Sr|III|II)\b\.?)?"
_OFFICES = "|".join(sorted(OFFICES, key=len, reverse=True))
_TITLE = re.compile(
    rf"\b(?P<title>{'|'.join(sorted(TITLES, key=len, reverse=True))})\.?\s+"
    rf"(?P<name>(?:{_PART})(?:(?:\s{PARTICLES}){{0,2}}\s(?:{_PART})){{0,3}})"
)
_BEHIND_OFFICE = re.compile(rf"(?<![\w-])(?P<office>(?i:{_OFFICES}))\s+(?!(?i:{_OFFICES})\b)(?P<name>{_NAME})")
_APPOSED = re.compile(
    rf"(?<![\w-])(?i:{_OFFICES})(?:\s(?:at|of|for|with)\s[^.;,“”\"\n]{{2,60}})?,\s+(?P<name>{_NAME})"
    r"(?=,\s+(?:said|says|told|added|wrote|who)\b)"
)
_OFFICERS, _APPOSITIONS = Battery([_BEHIND_OFFICE]), Battery([_APPOSED])
_BEFORE_OFFICE = re.compile(rf"(?P<name>{_NAME})(?=,\s+(?:an?\s|the\s)?[\w\s'’&./-]{{2,60}})")
_BESIDE_VERB = re.compile(
    rf"(?:\b(?:said|says|told|added|wrote)\s+(?P<name>{_NAME})(?=[,.]|\s(?:of|at|from|in)\s))"
    rf"|(?:(?P<name2>{_NAME})(?=(?:\s(?:of|at|from|with)\s(?:the\s)?[A-Z][^.;,“”\"\n]{{2,60}}?)?,?\s(?:said|says|told|wrote)\b))"
    rf"|(?:(?P<name3>{_NAME})(?=\s(?:of|at|from|with)\s(?:the\s)?[A-Z][^.;,“”\"\n]{{2,60}}?,?\s(?:{'|'.join(sorted(SAY_VERBS))})\b))"
)
_BEFORE_WHO = re.compile(rf"(?P<name>{_NAME})(?=,\s+who\s)")
_OWNED_SURNAME = re.compile(
    r"(?<![\w'’])(?P<owner>[A-Z][\w&.-]*(?:\s[A-Z&][\w&.-]*){0,3})['’]s\s(?P<name>[A-Z][a-z][a-z’'-]+)"
    rf"(?=(?P<colon>:\s)|,?\s(?:{'|'.join(sorted(SAY_VERBS | {'sees'}))})\b)"
)
"""A surname by whose house it is told, in the manner of headlines: "Fed's Powell: rates to stay high"."""
_LINE = re.compile(
    r"^[ \t]*(?P<name>(?:[A-Z][\w.’'-]*\s){1,3}[A-Z][\w’'-]+)(?P<rest>,\s[^\n:]{4,140}?)(?P<colon>:)?[ \t]*$",
    re.MULTILINE,
)
_FLAT_LINE = re.compile(
    r"(?:(?<=[.”\":]\s)|(?<=\s\s))(?P<name>(?:[A-Z][A-Z.’'-]*\s){1,3}[A-Z][A-Z’'-]+)"
    r"(?P<rest>,\s[A-Z][A-Z0-9&.,’'()/ -]{6,140}?)(?P<colon>:?)\s*(?=[\"“])"
)
"""A line in capitals that announces a speaker, also where the lines of a story were joined."""
_HEADING = re.compile(r"(?:[A-Z]{3,}\s+)+(?=[A-Z][a-z])")
"""Words in capitals before a name in small letters: a heading whose line was joined with the next."""
NOT_IN_NAMES = words("""
    The A An In On At But And It Its He She They We This That These Those Shares Stocks Analysts Investors Chief
    Executive Officer Financial Operating Investment Senior Vice President Chairman Director Managing Head Street Wall
    Dow Jones Nasdaq Index Composite Average Exchange Monday Tuesday Wednesday Thursday Friday Saturday Sunday January
    February March April May June July August September October November December Inc Corp Co Ltd Plc LLC LP AG SA NV
    Group Holdings Bank Capital Partners Securities Management Markets Research Advisors Advisers Associates Asset
    Treasury Federal Reserve House Senate Court Department Ministry Minister Secretary Governor Prime Finance Reuters
    New North South East West United States European Central Party University Institute College School City County
    General Motors Oil Gold Crude Brent America American Times Journal Post News Television Radio Daily Services
    International National Global Industries Technologies Systems Energy Airlines Insurance Trust Fund Funds
""")
"""Words that no person's name holds."""


class Taken:
    """Which code points of a text a name already stands on."""

    def __init__(self, size: int) -> None:
        self._marks = bytearray(size)

    def take(self, start: int, end: int) -> bool:
        """Take a span; false, and nothing is taken, where a part of it is taken already."""
        if any(self._marks[start:end]):
            return False
        self._marks[start:end] = b"\1" * (end - start)
        return True


def spot(names: Names) -> list[tuple[int, int]]:
    """Where persons are named, in order, none overlapping: what stands beside an office first, then the entities."""
    taken = Taken(len(names.text))
    for span in (*names.silent, *names.unspeaking):
        taken.take(*span)
    found = []
    for start, end in _candidates(names):
        heading = _HEADING.match(names.text, start, end)
        start = heading.end() if heading else start
        if taken.take(start, end):
            found.append((start, end))
    return sorted(found)


def announcing(text: str) -> list[re.Match[str]]:
    """The lines that announce a speaker; group ``name`` is his, ``rest`` what he is."""
    found = [match for pattern in (_LINE, _FLAT_LINE) for match in pattern.finditer(text)]
    return [m for m in found if (m["colon"] or m["name"].isupper()) and post_listed(m["rest"])]


def _candidates(names: Names) -> Iterator[tuple[int, int]]:
    text = names.text
    yield from (match.span("name") for match in announcing(text))
    yield from (match.span("name") for match in _TITLE.finditer(text) if not _unlike(match["name"]))
    yield from names.persons
    for _, match in _OFFICERS.matches(text):
        known = match["office"].islower()
        if not match["office"].isupper() and _is_name(match["name"], names, match.start("name"), announced=known):
            yield match.span("name")
    for _, match in _APPOSITIONS.matches(text):
        if _is_name(match["name"], names, match.start("name"), announced=True):
            yield match.span("name")
    yield from (match.span("name") for match in _OWNED_SURNAME.finditer(text) if _is_owned(match, names))
    for pattern in (_BEFORE_WHO, _BEFORE_OFFICE, _BESIDE_VERB):
        for match in pattern.finditer(text):
            group = match.lastgroup or "name"
            start, end = match.span(group)
            told = pattern is _BEFORE_WHO or post_behind(text, end, names.states, names.nominal).role is not None
            if (
                (told or pattern is not _BEFORE_OFFICE)
                and _is_name(match[group], names, start, announced=told)
                and not _goes_on_before(text, start)
            ):
                yield start, end


def owned_surnames(names: Names) -> dict[int, str | None]:
    """Where surnames stand that are told by a house in front of them, each with that house; none for a country's."""
    found = (match for match in _OWNED_SURNAME.finditer(names.text) if _is_owned(match, names))
    return {match.start("name"): None if match["owner"] in names.states else match["owner"] for match in found}


def _is_owned(match: re.Match[str], names: Names) -> bool:
    """Whether a word behind "X's" is a surname: before a colon a company's own may be what it makes."""
    start, end = match.span("name")
    if _unlike(match["name"]) or any(start < b and a < end for a, b in (*names.firms, *names.unspeaking)):
        return False
    return match["colon"] is None or not names.has_firm(*match.span("owner"))


def _goes_on_before(text: str, start: int) -> bool:
    """Whether the words before a name belong to it, so that it is the tail of a longer one: "Council for …"."""
    before = re.search(r"(?P<word>[\w.&’'-]+)\s$", text[max(0, start - 40) : start])
    if before is None:
        return False
    word = before["word"]
    if word in ("of", "for", "&", "and"):
        return True
    opens = word.lower() in _OPENERS or is_office(word) or word.rstrip(".") in TITLES
    return word[0].isupper() and not opens


_OPENERS = words("""
    but and while when as if after before since because although though meanwhile however still also the a an in on at
    by for so yet then later earlier now today monday tuesday wednesday thursday friday saturday sunday
""")


def _is_name(name: str, names: Names, start: int, *, announced: bool = False) -> bool:
    """Whether words in capitals can be a person's: no office, no firm, no place in them; ``announced`` says that the
    words behind tell what the person is, which outweighs the recogniser."""
    if (
        _unlike(name)
        or re.search(r"\w-[a-z]|['’]s\s", name)
        or names.has_firm(start, start + len(name))
        or name in names.states
    ):
        return False
    return announced or not any(
        (house.startswith(name) and not re.match(r"\s(?:of|at|from|with)\s", house[len(name) :]))
        or name.startswith(f"{house} ")
        for house in names.houses
    )


def _unlike(name: str) -> bool:
    return any(
        part.strip(".") in NOT_IN_NAMES or part in HOUSES or is_office(part) for part in name.split()
    ) or never_speaks(name)
