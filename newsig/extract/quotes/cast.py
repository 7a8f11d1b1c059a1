"""Who can speak in one article, and whom the words beside a verb of saying mean.

A speaker is a person, an organisation, or somebody unnamed ("a spokesman for X"). "He", "the strategist", "the
company" and bare surnames are resolved to who was named before; where that is not sure there is no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from newsig.extract.lexicon import COMPANY_NOUNS
from newsig.extract.quotes.entities import MARKETS, meet, never_speaks
from newsig.extract.quotes.names import Names
from newsig.extract.quotes.people import People
from newsig.extract.quotes.roles import OFFICES, is_office
from newsig.extract.quotes.speaker import Speaker, faceless, told
from newsig.extract.quotes.spotting import Gender
from newsig.extract.quotes.vocabulary import (
    ANONYMOUS,
    BASED,
    BODIES,
    CODE,
    DAY,
    DESCRIBED,
    FACE,
    FROM,
    GROUP,
    HOUSE_GROUP,
    IN_A_POLL,
    IT,
    LEAD_IN,
    MAKER,
    MEDIA,
    MEDIA_NAME,
    NAME,
    OWN_POLL,
    OWNED,
    OWNED_GROUP,
    POLLED,
    POSSESSIVE,
    PREMODIFIED,
    PRESS,
    PRONOUN_REACH,
    PRONOUNS,
    REPORT,
    REPORTS,
    SILENT,
    THEIR_GROUP,
)


class Cast:
    """Who can speak in one article, and who spoke last.

    ``text`` is the document's, in which the marks of quoted titles may be blanked out.
    """

    def __init__(self, doc: Doc, text: str) -> None:
        self.names = Names(doc, text)
        self.people = People(self.names)
        self.names.without_persons([place[:2] for place in self.people.places])
        self.spoke: list[tuple[int, Speaker]] = []

    def speaker(self, words: str, at: int, apart: tuple[int, int] = (0, 0)) -> Speaker | None:
        """Who is meant by the words beside a verb of saying, which stand at an offset; None where nobody surely is.

        ``apart`` is the statement itself where it stands before them: whom it names is not the "he" who says it.
        """
        shift = len(words) - len(words.lstrip(" ,\n"))
        words = DAY.sub("", words.strip(" ,\n"))
        found = self._speaker(words, at + shift, apart) if words else None
        if found is None:
            return None
        return self.heard(found, at + shift, at + shift + len(words))

    def heard(self, speaker: Speaker, start: int, end: int) -> Speaker:
        """Note that somebody spoke, by the words at a place."""
        named = next((place for place in self.people.within(start, end) if place[2].name == speaker.name), None)
        if named is not None:
            start, end = named[:2]
        told = Speaker(
            name=speaker.name,
            kind=speaker.kind,
            role=speaker.role,
            organisation=speaker.organisation,
            start=start,
            end=end,
        )
        self.spoke.append((start, told))
        return told

    def acting_person(self, start: int, end: int, apart: Sequence[tuple[int, int]] = ()) -> Speaker | None:
        """The person that a stretch of text has for its subject, outside of the spans ``apart``."""
        acting = self.people.acting(start, end, apart)
        return None if acting is None else self.heard(told(acting[1]), start, end)

    def _speaker(self, words: str, at: int, apart: tuple[int, int]) -> Speaker | None:
        lower = words.lower()
        if lower in PRONOUNS:
            return self._he(at, PRONOUNS[lower], apart)
        if lower in IT:
            return self._it(at, they=lower == "they")
        return (
            self._person(words, at)
            or self._group(words, at)
            or self._report(words, at)
            or self._described(words, at)
            or self._organisation(words, at)
            or faceless(words)
        )

    # pronouns and descriptions

    def _he(self, at: int, gender: Gender, apart: tuple[int, int]) -> Speaker | None:
        """The person who spoke or acted last, of those whom the pronoun can mean."""
        for start, end, person in self.people.before(at, gender):
            if at - start > PRONOUN_REACH:
                break
            if apart[0] <= start < apart[1]:
                continue
            if self.names.acts(start, end) or any(when == start for when, _ in self.spoke):
                return told(person)
        spoke = next((who for when, who in reversed(self.spoke) if who.kind == "person" and when < at), None)
        if spoke is not None:
            known = next((person for person in self.people.persons if person.name == spoke.name), None)
            if known is None or known.gender in (gender, None):
                return spoke
        return next(
            (told(person) for start, _, person in self.people.before(at, gender) if at - start < PRONOUN_REACH), None
        )

    def _it(self, at: int, *, they: bool) -> Speaker | None:
        """The organisation that spoke or acted last; for "they" also a group."""
        kinds = ("unnamed", "organisation") if they else ("organisation",)
        spoke = next(((when, who) for when, who in reversed(self.spoke) if who.kind in kinds and when < at), None)
        acted = self.names.organisation_before(at)
        if they and spoke is not None and spoke[1].kind == "unnamed":
            return spoke[1]
        if acted is not None and (spoke is None or acted.start > spoke[0]):
            return Speaker(name=self.names.full(acted.text), kind="organisation")
        return spoke[1] if spoke is not None else None

    def _described(self, words: str, at: int) -> Speaker | None:
        """Whom "the strategist", "the company" or "the central bank" stands for."""
        words = BASED.sub("", words)
        words = re.split(r",|\s(?:behind|of|in|for|with|at|from|that|which|who|on|by|based)\s", words)[0]
        match = DESCRIBED.fullmatch(words)
        if match is None:
            return None
        noun = match["noun"]
        named = any(word[0].isupper() for word in words.split()[1:]) and not any(
            meet(at, at + len(words), *span) for span in self.names.origins
        )
        if noun in OFFICES and noun not in ("spokesman", "spokeswoman", "spokesperson"):
            holder = self.people.holding(noun, at)
            return told(holder) if holder is not None else None
        if noun in MEDIA and not named:
            headed = self.names.headed(noun, at) or next(
                (who.name for _, who in reversed(self.spoke) if PRESS.search(who.name)), None
            )
            return Speaker(name=headed, kind="organisation") if headed else Speaker(name=words, kind="unnamed")
        if noun in BODIES and not named:
            headed = self.names.headed(noun, at)
            return Speaker(name=headed, kind="organisation") if headed else self._it(at, they=False)
        if not named and noun.endswith("s") and noun[:-1] in COMPANY_NOUNS:
            return Speaker(name=words, kind="unnamed")
        if named or not (noun in COMPANY_NOUNS or MAKER.fullmatch(noun)):
            return None
        if "central bank" in words:
            bank = self.names.headed("bank", at) or self.names.headed("reserve", at)
            return Speaker(name=bank, kind="organisation") if bank else self._it(at, they=False)
        topic = self.names.topic(at)
        return Speaker(name=topic, kind="organisation") if topic else self._it(at, they=False)

    # persons

    def _person(self, words: str, at: int) -> Speaker | None:
        inside = [
            place
            for place in self.people.within(at, at + len(words))
            if not OWNED.search(words[: place[0] - at]) and not re.match(r"['’]s?\s", words[place[1] - at :])
        ]
        if not inside:
            return None
        first, *others = inside
        joined = next(
            (b for b in others if self.names.text[first[1] : b[0]].strip() == "and" and b[2] is not first[2]), None
        )
        if joined is not None:
            return Speaker(
                name=f"{first[2].name} and {joined[2].name}",
                kind="person",
                role=first[2].role,
                organisation=first[2].organisation,
            )
        return told(first[2])

    # groups, reports, organisations

    def _group(self, words: str, at: int) -> Speaker | None:
        """Somebody unnamed of a named house: "analysts at X", "an X spokesman", "a company official"."""
        match = GROUP.match(words)
        if match is not None:
            who = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+(?=\w+\s+at\b)", "", match["who"].strip())
            role = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", re.split(r"\s+(?:at|for|with|from|of)\s+", who)[0])
            house = match["organisation"].strip()
            return Speaker(
                name=who, kind="unnamed", role=role, organisation=None if house in self.names.states else house
            )
        theirs = THEIR_GROUP.match(words)
        if theirs is not None:
            house = self._described(f"the {theirs['owner'].lower()}", at)
            return Speaker(name=words, kind="unnamed", role=theirs["trade"], organisation=house.name if house else None)
        if ANONYMOUS.match(words) and (is_office(words.split(",")[0]) or FACE.search(words.split(",")[0])):
            return Speaker(name=words.split(",")[0], kind="unnamed")
        match = HOUSE_GROUP.match(words.split(",")[0])
        if match is None:
            return self._owned(words)
        house = match["organisation"].strip(" '’")
        if house.isupper() and " " in house and match["trade"][0].isupper():
            return None  # a heading in capitals, and who stands behind it
        bare = re.sub(r"['’]s?$", "", house)
        if bare in self.names.states or all(part in self.names.states for part in bare.split()):
            return Speaker(name=words.split(",")[0], kind="unnamed", role=match["trade"])
        if self.names.is_house(bare) or match["trade"].lower().startswith("spokes"):
            return Speaker(name=match[0], kind="unnamed", role=match["trade"], organisation=self.names.full(bare))
        return None

    def _owned(self, words: str) -> Speaker | None:
        """Somebody's people, who are not the one they belong to: "GM's creditors", "the bank's board"."""
        match = OWNED_GROUP.match(words.split(",")[0])
        if (
            match is None
            or set(match["rest"].split()) & (REPORTS | COMPANY_NOUNS | MEDIA)
            or match["organisation"] in self.names.states
        ):
            return None
        inner = re.search(r"\b(?:board|management)\b", match["rest"]) is not None
        house = self.names.full(match["organisation"].strip()) if inner else None
        return Speaker(name=words.split(",")[0], kind="unnamed", organisation=house)

    def _report(self, words: str, at: int) -> Speaker | None:
        """Whose data, poll or statement speaks."""
        for pattern in (IN_A_POLL, OWN_POLL):
            if (match := pattern.search(words)) is not None:
                if words.startswith(match["poll"]) or pattern is OWN_POLL:
                    return Speaker(name=match["poll"], kind="organisation")
                return Speaker(name=words, kind="unnamed", role=words.split()[0], organisation=match["poll"])
        if (match := POLLED.search(words)) is not None:
            first = words.split()[0].lower()
            if first in REPORTS | {"a", "the", "an"}:
                return Speaker(name=self.names.full(match["organisation"].strip()), kind="organisation")
            return Speaker(name=words, kind="unnamed", role=first, organisation=match["organisation"].strip())
        words = words.split(",")[0]
        noun = REPORT.search(words)
        if noun is None or is_office(words):
            return None
        owner = FROM.search(words, noun.end())
        if owner is not None:
            rest = words[owner.start("owner") :]
            return faceless(rest) or self._organisation(owner["owner"], at + owner.start("owner"))
        return self._organisation(words[: noun.start()].strip(), at) if noun.start() else None

    def _organisation(self, words: str, at: int) -> Speaker | None:
        """The organisation that the words name: a known name in them, else all of them as a name."""
        based = BASED.match(words)
        if based is not None:
            words, at = words[based.end() :], at + based.end()
        inside = [
            name
            for name in self.names.organisations
            if at <= name.start < at + len(words) and not OWNED.search(words[: name.start - at])
        ]
        first = next((name.text for name in inside if name.start < at + len(words.split(",")[0])), None)
        bare = PREMODIFIED.sub("", LEAD_IN.sub("", CODE.sub("", words)).strip(" ,'\"“”"))
        bare = re.split(r",|\s(?:which|who|that|whose)\b|\s['’]{2}", bare)[0].strip(" '’")
        media = MEDIA_NAME.fullmatch(bare)
        if media is not None:
            return Speaker(name=self.names.full(media["name"]), kind="organisation")
        whole = self._whole(bare)
        if first is not None and whole is not None and whole.startswith(f"{first} ") and "/" in whole:
            first = whole  # "Thomson Reuters I/B/E/S"
        name = first or whole or (inside[0].text if inside else "")
        name = name.strip(" '’\"")
        if name in ("S&P", "Standard & Poor"):  # the rating agency, not its index
            return Speaker(name=self.names.full("Standard & Poor's"), kind="organisation")
        if len(name) < 2 or MARKETS.search(name) or never_speaks(name) or name.split()[0].lower() in SILENT:
            return None
        if not inside and not self.names.may_name(name, words, at):
            return None
        return Speaker(name=self.names.full(name), kind="organisation")

    def _whole(self, words: str) -> str | None:
        """Words that are a name as they stand: less lower-case trades before it ("chipmaker …") and its country."""
        whole = NAME.fullmatch(re.sub(r"^(?:[a-z][\w-]*\s+)+(?=[A-Z])", "", words))
        if whole is None:
            return None
        owner = POSSESSIVE.match(words)
        if owner is not None and any(owner["owner"].endswith(place.text) for place in self.names.places):
            return owner["rest"]
        known = next((n.text for n in self.names.organisations if whole[0].endswith(f" {n.text}")), None)
        return known if known is not None and whole[0].split()[0].isupper() else whole[0]
