"""Who can speak in one article, and whom the words beside a verb of saying mean.

A speaker is a person, an organisation, or somebody unnamed ("a spokesman for X"). "He", "the strategist", "the
company" and bare surnames are resolved to who was named before; where that is not sure there is no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from newsig.extract.lexicon import COMPANY_NOUNS
from newsig.extract.quotes.entities import MARKETS, meet, never_speaks
from newsig.extract.quotes.names import Names
from newsig.extract.quotes.parties import group, report
from newsig.extract.quotes.people import People
from newsig.extract.quotes.roles import OFFICES
from newsig.extract.quotes.speaker import Speaker, faceless, plain, stands_for_somebody, told
from newsig.extract.quotes.spotting import Gender
from newsig.extract.quotes.vocabulary import (
    ADDRESSED,
    BASED,
    BODIES,
    CODE,
    DAY,
    DESCRIBED,
    FACELESS,
    IT,
    LEAD_IN,
    MAKER,
    MEDIA,
    MEDIA_NAME,
    NAME,
    OWNED,
    POSSESSIVE,
    PREMODIFIED,
    PRESS,
    PRONOUN_REACH,
    PRONOUNS,
    SILENT,
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
        placed = replace(speaker, name=plain(speaker.name), start=start, end=end)
        self.spoke.append((start, placed))
        return placed

    def means_somebody(self, words: str) -> bool:
        """Whether words mean one of those named before, even where it is not sure which."""
        return self.people.is_borne(words) or stands_for_somebody(words)

    def acting_person(self, start: int, end: int, apart: Sequence[tuple[int, int]] = ()) -> Speaker | None:
        """The person that a stretch of text has for its subject, outside of the spans ``apart``."""
        acting = self.people.acting(start, end, apart)
        return None if acting is None else self.heard(told(acting[1]), start, end)

    def _speaker(self, words: str, at: int, apart: tuple[int, int]) -> Speaker | None:
        lower = words.lower()
        if ADDRESSED.match(words):
            return None
        if lower in PRONOUNS:
            return self._he(at, PRONOUNS[lower], apart)
        if lower in IT:
            return self._it(at, they=lower == "they")
        return (
            self._person(words, at)
            or group(self.names, words, at, self._described)
            or report(self.names, words, at, self._described, self._organisation)
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
            heard = any(when == start for when, _ in self.spoke)
            if self.people.paired(start, end) and not heard:
                return None  # one of two, and nothing says which
            if self.names.acts(start, end) or heard:
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
        if they and self.spoke and self.spoke[-1][1].kind == "person" and " and " in self.spoke[-1][1].name:
            return self.spoke[-1][1]
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
            if holder is not None:
                return told(holder)
        if noun in FACELESS or noun in OFFICES:
            return self._unnamed_before(noun, at)
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

    def _unnamed_before(self, noun: str, at: int) -> Speaker | None:
        """Somebody without a name who spoke before, and is now "the source", "the official"."""
        return next(
            (
                who
                for when, who in reversed(self.spoke)
                if who.kind == "unnamed" and when < at and noun in who.name.lower().split()
            ),
            None,
        )

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

    # organisations

    def _organisation(self, words: str, at: int) -> Speaker | None:
        """The organisation that the words name: a known name in them, else all of them as a name."""
        based = BASED.match(words)
        if based is not None:
            words, at = words[based.end() :], at + based.end()
        inside = [
            name
            for name in self.names.organisations
            if at <= name.start < at + len(words)
            and not OWNED.search(words[: name.start - at])
            and not re.match(r"-[a-z]", self.names.text[name.end : name.end + 2])
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
        if self.people.is_borne(name):
            return None  # a surname of several persons
        if len(name) < 2 or MARKETS.search(name) or never_speaks(name) or name.split()[0].lower() in SILENT:
            return None
        if not inside and not self.names.may_name(name, words, at):
            return None
        return Speaker(name=self.names.full(name), kind="organisation")

    def _whole(self, words: str) -> str | None:
        """Words that are a name as they stand: less lower-case trades before it ("chipmaker …") and its country."""
        whole = NAME.fullmatch(
            re.sub(r"^(?:(?!(?:of|at|from|in|for|with|by|to)\b)[a-z][\w-]*\s+)+(?=[A-Z])", "", words)
        )
        if whole is None:
            return None
        owner = POSSESSIVE.match(words)
        if owner is not None and any(owner["owner"].endswith(place.text) for place in self.names.places):
            return owner["rest"]
        known = next((n.text for n in self.names.organisations if whole[0].endswith(f" {n.text}")), None)
        return known if known is not None and whole[0].split()[0].isupper() else whole[0]
