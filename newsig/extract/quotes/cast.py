"""The persons and organisations of one article, and whom a name, a surname, a pronoun or "the company" stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from newsig.extract.lexicon import COMPANY_NOUNS, ROLE_WORDS, words
from newsig.extract.quotes.names import MARKETS, Name, Names, meet, never_speaks
from newsig.extract.quotes.roles import ROLE, role_of
from newsig.records import SpeakerType

HE = words("he she")
IT = words("it which who that they")
HOUSES = words("""
    Bank Reserve Institute University Department Board Bureau Council Ministry Agency Association Fund Office Federation
    Chamber Society College School Centre Center Academy Republic Kingdom States Bankers Builders Realtors Group Company
    Corp Commission Committee House Union
""")
"""What goes on with "of" and is no surname: "Royal Bank of …"."""
FACELESS = words("""
    government officials official source sources spokesman spokeswoman spokesperson authorities regulators minister
    ministers executives lawyer lawyers prosecutors police protesters aides aide people person ministry analysts
    economists strategists traders
""")
"""Heads of speakers that are not named."""
LONELY = words("analysts economists strategists traders people person")
"""Of these only those that say whose they are: "analysts at …" , but not "analysts said"."""
REPORTS = words("""
    data figures report reports survey surveys poll polls index numbers statistics estimate estimates research study
    studies statement statements comments remarks note analysis screen compilation review article story release
    calculations records minutes letter filing filings forecasts forecast website
""")
"""What speaks for the one it is from: "data from …", "a … report"."""
MEDIA = words("newspaper daily paper magazine agency journal television tv radio website weekly network publication")

_REPORT = re.compile(r"\b(?:" + "|".join(sorted(REPORTS)) + r")\b")
_FACE = re.compile(r"\b(?:" + "|".join(sorted(FACELESS)) + r")\b")
_DAY = re.compile(r"\s+(?:on\s+)?(?:late\s+|early\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*$")
_MEDIA = re.compile(
    rf"(?:[A-Z]\w+['’]s\s+)?(?P<name>[A-Z]\w+(?:\s\w+)*?\s+(?:{'|'.join(sorted(MEDIA))}|government|ministry))"
)
_OWNED = re.compile(r"\b(?:of|at|for|by|with)\s+$")
_TITLE = re.compile(r"^(?:Mr|Ms|Mrs|Dr)\.?\s+")
_LEAD_IN = re.compile(
    r"^(?:(?:but|and|while|meanwhile|separately|however|earlier|still|also|yet|though|although|as|after|when|if|because|"
    r"with|the|an?|its|his|their|this|that|these|latest|new|another|both|some|many|most|new|data|figures|from)\b,?\s*)+",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"^(?P<owner>.+?)['’]s?\s+(?P<rest>.+)$")
_CODE = re.compile(r"\s*\(\s*[A-Z0-9a-z.]+\s*\)|\s+[A-Z]{1,6}(?:_\w)?\.(?:[A-Z]{1,2})\b|\s+,")
_GROUP = re.compile(
    r"^(?P<who>(?:[\w-]+\s+){0,3}?(?:[Aa]nalysts?|[Ss]trategists?|[Ee]conomists?|[Tt]raders?|[Ss]pokes\w+|[Ss]ources?"
    r"|[Oo]fficials?|[Ee]xecutives?|[Rr]esearchers?|[Ll]awyers?)\s+(?:at|for|with|from|of)\s+(?:the\s+)?"
    r"(?P<organisation>[A-Z][\w&.'’-]*(?:\s+(?:[A-Z&][\w&.'’-]*|of|and|the))*))"
)
_POLLED = re.compile(
    r"\b(?:polled|surveyed|questioned|quoted|interviewed|compiled|conducted|released|published|done)\s+by\s+(?:the\s+)?"
    r"(?P<organisation>[A-Z][\w&.'’-]*(?:\s+(?:[A-Z&][\w&.'’-]*|of|and|for))*)"
)
_IN_A_POLL = re.compile(
    r"\bin\s+(?:an?|the)\s+(?:[a-z]+\s+)?(?P<poll>[A-Z][\w&.'’-]*(?:\s+[A-Z][\w&.'’-]*)*\s+(?:poll|survey))\b"
)
_OWN_POLL = re.compile(
    r"^(?:[Tt]he\s+|[Aa]n?\s+)?(?:[a-z]+\s+)*(?P<poll>[A-Z]\w+(?:\s[A-Z]\w+)?"
    r"(?:/[\w ]+)?\s+(?:poll|survey))\b"
)
_FROM = re.compile(
    r"\b(?:from|by|of|in)\s+(?:the\s+)?"
    r"(?P<owner>[A-Z][\w&.'’-]*(?:\s+(?:[A-Z&][\w&.'’-]*|(?:of|and|for|the)(?=\s[A-Zt])))*)"
)
_NAME = re.compile(r"[A-Z0-9][\w&.'’/-]*(?:\s+(?:[A-Z&][\w&.'’/-]*|of|for|and|the|von|de|in(?=\s[A-Z])))*")
_PERSON_ROLE = re.compile(
    r"^(?P<name>[A-Z][\w’'-]+(?:\s[A-Z]\.)?(?:\s(?:von|van|de|[A-Z][\w’'-]+)){1,3})(?=,|\s+of\s|\s+at\s|\s+from\s|$)"
)
_ROLE_PERSON = re.compile(
    rf"\b(?i:{'|'.join(sorted(ROLE_WORDS))})\s+(?P<name>[A-Z][\w’'-]+(?:\s[A-Z]\.)?\s[A-Z][\w’'-]+)$"
)
"""A name behind its trade: "Larkmoor Partners analyst …"."""
_WITH_HOUSE = re.compile(r"^(?P<name>[A-Z][\w’'-]+(?:\s[A-Z]\.)?\s[A-Z][\w’'-]+)\s+(?:of|at|from)\s+(?:the\s+)?[A-Z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A speaker as the article gives him: full name, kind, role and organisation."""

    name: str
    kind: SpeakerType
    role: str | None = None
    organisation: str | None = None


class Cast:
    """Who can speak in one article, and who spoke last."""

    def __init__(self, doc: Doc) -> None:
        self.names = Names(doc)
        self.known: dict[str, Speaker] = {}
        self.spoke: list[tuple[int, Speaker]] = []

    def speaker(self, words: str, at: int) -> Speaker | None:
        """Who is meant by the words beside a verb of saying, which stand at an offset; None where nobody is."""
        shift = len(words) - len(words.lstrip(" ,\n"))
        found = self._speaker(_DAY.sub("", words.strip(" ,\n")), at + shift)
        if found is not None:
            self.spoke.append((at, found))
        return found

    def subject_person(self, start: int, end: int) -> Speaker | None:
        """The person that a stretch of text has for its subject."""
        acting = next((person for person in self.names.people if start <= person.start < end and person.acts), None)
        if acting is None:
            return None
        found = self._introduced(acting)
        self.spoke.append((acting.start, found))
        return found

    def _introduced(self, person: Name) -> Speaker:
        """A person as the sentence that names him describes him."""
        before = re.split(r"[.\n”\"]\s", self.names.text[max(0, person.start - 70) : person.start])[-1]
        behind = re.split(r"(?<![A-Z])[.\n”\"](?:\s|$)", self.names.text[person.start : person.end + 120])[0]
        return self._known_person(person.text, before + behind, len(before))

    def _speaker(self, words: str, at: int) -> Speaker | None:
        lower = words.lower()
        if lower in HE:
            return self._he(at)
        if lower in IT:
            return self._it(at, they=lower == "they")
        return (
            self._group(words)
            or self._report(words, at)
            or self._described(words, at)
            or self._person(words, at)
            or self._organisation(words, at)
            or _faceless(words)
        )

    def _he(self, at: int) -> Speaker | None:
        """The person who spoke or acted last."""
        spoke = next(((when, who) for when, who in reversed(self.spoke) if who.kind == "person" and when < at), None)
        acted = next((person for person in reversed(self.names.people) if person.start < at and person.acts), None)
        if acted is not None and (spoke is None or acted.start > spoke[0]):
            return self._introduced(acted)
        return spoke[1] if spoke is not None else None

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
        """Whom "the company" or "the central bank" stands for."""
        match = re.fullmatch(r"(?:[Tt]he|[Ii]ts|[Tt]his)\s+(?:[A-Za-z][\w.’'-]*\s+){0,3}(?P<noun>[a-z]\w*)", words)
        if match is not None and ROLE.fullmatch(match["noun"]) and match["noun"] not in FACELESS:
            return self._in_office(match["noun"], at)
        if match is None:
            return None
        named = any(word[0].isupper() for word in words.split()[1:]) and not any(
            meet(at, at + len(words), *span) for span in self.names.origins
        )
        if match["noun"] in MEDIA | {"department", "ministry", "agency"}:
            return None if named else self._it(at, they=False)
        if named or match["noun"] not in COMPANY_NOUNS:
            return None
        topic = self.names.topic(at)
        return Speaker(name=topic, kind="organisation") if topic else self._it(at, they=False)

    def _in_office(self, noun: str, at: int) -> Speaker | None:
        """The person known by an office: "the chairman"."""
        spoken = [who for when, who in reversed(self.spoke) if who.kind == "person" and when < at]
        named = [who for who in spoken if who.role and noun in who.role.lower()]
        return next(iter(named or spoken), None)

    def _group(self, words: str) -> Speaker | None:
        match = _GROUP.match(words)
        if match is None:
            return None
        who = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+(?=\w+\s+at\b)", "", match["who"].strip())
        role = re.split(r"\s+(?:at|for|with|from|of)\s+", who)[0]
        return Speaker(name=who, kind="unnamed", role=role, organisation=match["organisation"].strip())

    def _report(self, words: str, at: int) -> Speaker | None:
        """Whose data, poll or statement speaks."""
        for pattern in (_IN_A_POLL, _OWN_POLL):
            if (match := pattern.search(words)) is not None:
                if words.startswith(match["poll"]) or pattern is _OWN_POLL:
                    return Speaker(name=match["poll"], kind="organisation")
                return Speaker(name=words, kind="unnamed", role=words.split()[0], organisation=match["poll"])
        if (match := _POLLED.search(words)) is not None:
            first = words.split()[0].lower()
            if first in REPORTS | {"a", "the", "an"}:
                return Speaker(name=self.names.full(match["organisation"].strip()), kind="organisation")
            return Speaker(name=words, kind="unnamed", role=first, organisation=match["organisation"].strip())
        words = words.split(",")[0]
        noun = _REPORT.search(words)
        if noun is None or ROLE.search(words):
            return None
        owner = _FROM.search(words, noun.end())
        if owner is not None:
            rest = words[owner.start("owner") :]
            return _faceless(rest) or self._organisation(owner["owner"], at + owner.start("owner"))
        return self._organisation(words[: noun.start()].strip(), at) if noun.start() else None

    def _person(self, words: str, at: int) -> Speaker | None:
        bare = _TITLE.sub("", words)
        surname = re.sub(r"^.*['’]s\s+", "", bare)
        known = next((name for name in self.known if name.split()[-1] == surname or name == surname), None)
        if known is not None:
            return self.known[known]
        if " " not in surname and (full := self.names.full_person(surname, at)) is not None:
            return self._known_person(full, "")
        trade = _ROLE_PERSON.search(words)
        if trade is not None:
            return self._known_person(trade["name"], words, trade.start("name"))
        inside = [person for person in self.names.people if at <= person.start and person.end <= at + len(words)]
        inside = [
            person for person in inside if not re.search(r"\b(?:of|at|with|for|by)\s+$", words[: person.start - at])
        ]
        if inside:
            person = inside[0]
            if " " not in person.text and self.names.is_house(person.text):
                return None
            return self._known_person(person.text, words, person.start - at)
        match = _PERSON_ROLE.match(words)
        if match is None or match["name"].split()[-1] in HOUSES or match["name"].split()[0] in HOUSES:
            return None
        told = role_of(words, len(match["name"]), self.names.houses())
        if (told[0] is None and not _WITH_HOUSE.match(words)) or match["name"] in self.names.houses():
            return None
        return self._known_person(match["name"], words, 0)

    def _known_person(self, name: str, words: str, at: int = 0) -> Speaker:
        """The person of a name, the longest form of it, with role and organisation as far as told."""
        last = name.split()[-1]
        full = next((p.text for p in self.names.people if p.text.split()[-1] == last and " " in p.text), name)
        before = self.known.get(full)
        if before is not None and (before.role or not words):
            return before
        role, organisation = role_of(words, at + len(name), self.names.houses(), at) if words else (None, None)
        told = Speaker(name=full, kind="person", role=role, organisation=organisation)
        if before is not None and role is None:
            told = replace(before, organisation=before.organisation or organisation)
        self.known[full] = told
        return told

    def _organisation(self, words: str, at: int) -> Speaker | None:
        """The organisation that the words name: a known name in them, else all of them as a name."""
        inside = [
            name
            for name in self.names.organisations
            if at <= name.start < at + len(words) and not _OWNED.search(words[: name.start - at])
        ]
        first = next((name.text for name in inside if name.start < at + len(words.split(",")[0])), None)
        bare = _LEAD_IN.sub("", _CODE.sub("", words)).strip(" ,'\"“”")
        bare = re.split(r",|\s(?:which|who|that|whose)\b|\s['’]{2}", bare)[0].strip(" '’")
        media = _MEDIA.fullmatch(bare)
        if media is not None:
            return Speaker(name=self.names.full(media["name"]), kind="organisation")
        name = first or self._whole(bare) or (inside[0].text if inside else "")
        name = name.strip(" '’\"")
        if len(name) < 2 or MARKETS.search(name) or never_speaks(name):
            return None
        if not inside and not self.names.may_name(name, words, at):
            return None
        return Speaker(name=self.names.full(name), kind="organisation")

    def _whole(self, words: str) -> str | None:
        """Words that are a name as they stand: less lower-case trades before it ("chipmaker …") and its country."""
        whole = _NAME.fullmatch(re.sub(r"^(?:[a-z][\w-]*\s+)+(?=[A-Z])", "", words))
        if whole is None:
            return None
        owner = _POSSESSIVE.match(words)
        if owner is not None and any(owner["owner"].endswith(place.text) for place in self.names.places):
            return owner["rest"]
        known = next((n.text for n in self.names.organisations if whole[0].endswith(f" {n.text}")), None)
        return known if known is not None and whole[0].split()[0].isupper() else whole[0]


def _faceless(words: str) -> Speaker | None:
    """A speaker who is not named: "the government", "two sources"."""
    head = _FACE.search(words.lower())
    if head is None or head[0] in LONELY or len(words.split()) > 8:
        return None
    return Speaker(name=words, kind="unnamed")
