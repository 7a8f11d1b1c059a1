"""The persons of one article: what they are, and whom a surname, "he" or "the strategist" means.

All of the article is read before anybody speaks, so that a role told in the last paragraph is known in the first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newsig.extract.quotes.given_names import FEMALE, MALE
from newsig.extract.quotes.names import Names
from newsig.extract.quotes.roles import NOBODY, Post, post_behind, post_listed
from newsig.extract.quotes.spotting import TITLES, Gender, Taken, announcing, owned_surnames, spot
from newsig.extract.quotes.titles import post_before

_CORPORATE = re.compile(
    r"\b(?:chief (?:executive|financial|operating)|ceo|cfo|coo|finance (?:director|chief)|spokes\w+)\b", re.IGNORECASE
)
"""Offices that only a company has: of the one that the story is about, where none is named."""
_TITLED = re.compile(rf"\b(?P<title>{'|'.join(TITLES)})\.?\s$")
MOST_PLACES = 40
"""Places that are read for what one person is."""
_SPEAKS = re.compile(r"\s(?:said|says|told|added)\b")


@dataclass(slots=True)
class Person:
    """One person: the name as first given in full, what he is, and where he is named."""

    name: str
    at: int
    role: str | None = None
    organisation: str | None = None
    gender: Gender | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The surname."""
        return surname_of(self.name)


class People:
    """The persons of an article. ``places`` are where it names them, in order."""

    def __init__(self, names: Names) -> None:
        self.names, self.text = names, names.text
        self.persons: list[Person] = []
        self.places: list[tuple[int, int, Person]] = []
        self._bearers: dict[str, list[Person]] = defaultdict(list)
        self._taken = Taken(len(self.text))
        self._lines = announcing(self.text)
        self._owned = owned_surnames(self.names)
        self._find()
        self.places.sort(key=lambda place: place[:2])
        self._starts = [start for start, _, _ in self.places]
        for person in self.persons:
            self._describe(person)

    # who is there

    def _find(self) -> None:
        found = spot(self.names)
        tails = {tail for start, end in found for tail in _tails(self.text[start:end])}
        short = [
            span for span in found if self.text[slice(*span)].lower() in tails or " " not in self.text[slice(*span)]
        ]
        for start, end in sorted(set(found) - set(short)):
            self._add(start, end)
        for start, end in short:
            self._add_short(start, end)
        for last in sorted({person.last for person in self.persons}, key=lambda last: (-len(last), last)):
            self._find_surname(last)

    def _add(self, start: int, end: int) -> None:
        name = self.text[start:end]
        person = next((known for known in self._bearers[surname_of(name).lower()] if _same(known.name, name)), None)
        if person is None:
            person = self._new(name, start)
        elif len(name.split()) > len(person.name.split()) and person.name.isupper():
            person.name = name
        self._place(start, end, person)

    def _new(self, name: str, at: int) -> Person:
        person = Person(name=name, at=at)
        self.persons.append(person)
        for tail in {surname_of(name).lower(), name.lower(), *_tails(name)}:
            self._bearers[tail].append(person)
        return person

    def _add_short(self, start: int, end: int) -> None:
        """A surname, or a name of one word: that of somebody named in full, else of somebody known by it alone."""
        name = self.text[start:end]
        person = self.surname(name, start)
        if person is None:
            if (
                self.is_borne(name)
                or self.names.is_house(name)
                or not (self._titled(start) or start in self._owned or _SPEAKS.match(self.text, end))
            ):
                return
            person = self._new(name, start)
        self._place(start, end, person)

    def _titled(self, start: int) -> bool:
        return _TITLED.search(self.text[max(0, start - 14) : start]) is not None or bool(
            post_before(self.text, start, frozenset(), self.names.states, self.names.nominal).role
        )

    def _find_surname(self, last: str) -> None:
        """Every other place where somebody is named by a surname."""
        if self.names.is_firm(last) or len(last) < 2:
            return
        at = self.text.find(last)
        while at >= 0:
            end = at + len(last)
            joined = (at > 0 and _WORD.match(self.text, at - 1)) or _NO_SURNAME.match(self.text, end)
            if not joined and (person := self.surname(last, at)) is not None:
                self._place(at, end, person)
            at = self.text.find(last, at + 1 if joined else end)

    def _place(self, start: int, end: int, person: Person) -> None:
        if self._taken.take(start, end):
            self.places.append((start, end, person))
            insort(person.spans, (start, end))
            title = _TITLED.search(self.text[max(0, start - 14) : start])
            person.gender = person.gender or (TITLES[title["title"]] if title else None) or _gender(person.name)

    # what they are

    def _describe(self, person: Person) -> None:
        """Role and organisation: of the places that tell one, the first that tells both, else what each tells first."""
        posts = [post for place in person.spans[:MOST_PLACES] if (post := self._post(*place))]
        both = next((post for post in posts if post.role and post.organisation), None)
        person.role = both.role if both is not None else next((post.role for post in posts if post.role), None)
        person.organisation = (both or next((post for post in posts if post.organisation), NOBODY)).organisation
        if person.organisation is not None:
            person.organisation = self.names.full(person.organisation)
        if person.organisation is None and person.role is not None and _CORPORATE.search(person.role):
            person.organisation = self.names.topic(person.at, named=True)

    def _post(self, start: int, end: int) -> Post:
        """The post that the words around one place of a name tell."""
        line = next((line for line in self._lines if line.start("name") == start), None)
        if line is not None:
            return post_listed(line["rest"])
        behind = post_behind(self.text, end, self.names.states, self.names.nominal)
        place = bisect_left(self._starts, start)
        floor = self.places[place - 1][1] if place else 0
        before = post_before(self.text, start, self.names.houses, self.names.states, self.names.nominal, floor)
        role = behind.role if behind.role and behind.organisation else before.role or behind.role
        organisation = behind.organisation or before.organisation
        if organisation is None and role is not None and (before.owner or behind.owner):
            organisation = self.names.topic(start)  # "the firm's", "its"
        organisation = organisation or self._owned.get(start)
        return Post(role=role, organisation=self._without_persons(organisation))

    def _without_persons(self, house: str | None) -> str | None:
        """An organisation without the person that "and" joins to it: "Jane Roe of Larkmoor and Mary Poe disagreed"."""
        first, joined, rest = (house or "").partition(" and ")
        return first if joined and any(rest.startswith(person.name) for person in self.persons) else house

    # whom the words mean

    def announced(self, at: int) -> tuple[int, Person] | None:
        """The person whom the line right before a place announces: "JOHN SMITH, ECONOMIST, ACME CAPITAL:"."""
        line = next(
            (line for line in self._lines if line.end() <= at and not self.text[line.end() : at].strip(" :\n")), None
        )
        found = self.within(*line.span("name")) if line is not None else []
        return (found[0][0], found[0][2]) if found else None

    def within(self, start: int, end: int) -> list[tuple[int, int, Person]]:
        """The places in a stretch of text that name persons."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [place for place in self.places[first:last] if place[1] <= end]

    def at(self, start: int) -> Person | None:
        """The person whose name begins at an offset."""
        place = bisect_left(self._starts, start)
        return self.places[place][2] if place < len(self.places) and self._starts[place] == start else None

    def surname(self, name: str, at: int) -> Person | None:
        """The person whose surname (or only name) this is: of several the one named last before, else the first; None
        where two of them were named last in one breath."""

        def nearness(person: Person) -> tuple[bool, int]:
            before = bisect_left(person.spans, (at, 0))
            return (True, person.spans[before - 1][0]) if before else (False, -person.at)

        nearest = sorted(self._bearers.get(name.lower(), ()), key=nearness, reverse=True)[:2]
        if len(nearest) > 1 and all(nearness(person)[0] for person in nearest):
            places = sorted(nearness(person)[1] for person in nearest)
            if not _STOP.search(self.text, *places):
                return None
        return nearest[0] if nearest else None

    def is_borne(self, name: str) -> bool:
        """Whether somebody in the article has this surname."""
        return name.lower() in self._bearers

    def paired(self, start: int, end: int) -> bool:
        """Whether the person named at a place stands beside another: "Jane Roe and Mary Poe"."""
        place = bisect_left(self._starts, start)
        before = self.places[place - 1] if place else None
        behind = self.places[place + 1] if place + 1 < len(self.places) else None
        return (before is not None and _AND.fullmatch(self.text, before[1], start) is not None) or (
            behind is not None and _AND.fullmatch(self.text, end, behind[0]) is not None
        )

    def acting(self, start: int, end: int, apart: Sequence[tuple[int, int]] = ()) -> tuple[int, Person] | None:
        """The first person in a stretch of text who is the subject of a verb, outside of the spans ``apart``."""
        places = (place for place in self.within(start, end) if not any(a <= place[0] < b for a, b in apart))
        return next(((a, person) for a, b, person in places if self.names.acts(a, b)), None)

    def before(self, at: int, gender: Gender | None) -> Iterator[tuple[int, int, Person]]:
        """The places before another that name persons whom a pronoun may mean, the latest first."""
        for place in range(bisect_left(self._starts, at) - 1, -1, -1):
            if gender is None or self.places[place][2].gender in (gender, None):
                yield self.places[place]

    def holding(self, office: str, at: int) -> Person | None:
        """The person last named before a place whose role has a word in it: "the strategist"."""
        held = re.compile(rf"\b{re.escape(office)}\b", re.IGNORECASE)
        holders = [place for place in self.before(at, None) if place[2].role and held.search(place[2].role)]
        if not holders:
            return None
        last = holders[0]
        rival = next((place for place in holders if place[2] is not last[2]), None)
        together = rival is not None and not _STOP.search(self.text, rival[0], last[0])
        return None if together else last[2]


_WORD = re.compile(r"[\w&-]")
_NO_SURNAME = re.compile(r"[\w-]|\s(?:&|[A-Z]\w+\s(?:Inc|Corp|Co|Ltd|LLC)\b)")
"""What goes on behind a word that is a surname alone: more of it, or a company's name."""
_STOP = re.compile(r"(?<=[a-z0-9%)”\"])[.!?][”\"]?\s|\n")
"""What parts two sentences, or two lines."""
_AND = re.compile(r"(?:,?\s(?:of|at|an?|the)\s[^.;“”\"]{2,60}?)?,?\s+and\s+")
"""What joins two names, and what is told of the first of them."""


def surname_of(name: str) -> str:
    """The last word of a name that is no suffix."""
    parts = [
        part for part in re.split(r"[\s]+", name.replace(",", "")) if part.rstrip(".") not in ("Jr", "Sr", "II", "III")
    ]
    return parts[-1] if parts else name


def _same(known: str, name: str) -> bool:
    """Whether two full names are one: the surname is, and the first names do not differ."""
    if surname_of(known).lower() != surname_of(name).lower():
        return False
    first, other = known.split()[0].rstrip(".").lower(), name.split()[0].rstrip(".").lower()
    return (
        first == other
        or (min(len(first), len(other)) == 1 and first[0] == other[0])
        or (first.startswith(other) and len(other) > 2)
    )


def _gender(name: str) -> Gender | None:
    first = name.split()[0].split("-")[0].capitalize()
    return "he" if first in MALE else "she" if first in FEMALE else None


def _tails(name: str) -> Iterator[str]:
    """The ends of a name that may stand for it: "De Gan" and "Gan" of "Jack De Gan"."""
    parts = name.lower().split()
    for first in range(1, len(parts)):
        yield " ".join(parts[first:])
