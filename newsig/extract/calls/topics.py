"""What a statement speaks of: the instruments and segments it names, or the one that its words stand for.

A name that tells only who speaks or for whom is no topic. Where a statement names nothing, "the stock" or "they" is
what the sentence around it or the one before speaks of, if that is one thing alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from newsig import instruments
from newsig.extract.lexicon import COMPANY_NOUNS, FUNDAMENTALS, ROLE_WORDS, words
from newsig.extract.mentions.houses import HOUSES
from newsig.records import Claim, Mention, Quote, Topic

COMPANY = COMPANY_NOUNS - words("stock shares business") | words("""
    brand broadcaster newspaper publisher studio planemaker supermarket restaurant trader exporter importer hospital
    management maker refiner driller steelmaker brewer distiller grocer franchise fund manufacturer operator jeweller
""")
SHARE = words("stock stocks share shares")
INDEX = words("index gauge benchmark indicator barometer")
KINDS: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    ("company", COMPANY, frozenset({"stock"})),
    ("share", SHARE, frozenset({"stock", "etf"})),
    ("index", INDEX, frozenset({"index"})),
    ("fund", words("fund etf"), frozenset({"etf"})),
    ("commodity", words("commodity metal price prices barrel contract"), frozenset({"commodity"})),
    ("currency", words("currency"), frozenset({"currency"})),
    ("token", words("token coin cryptocurrency"), frozenset({"crypto"})),
)
"""Nouns that stand for something named before, and the kinds of instrument that they can mean."""
SUBJECTS = words("it they they're they’re it'll it’ll they'll they’ll")
PLURAL = words("they their")
POSSESSIVES = words("its their")
PRONOUNS = SUBJECTS | POSSESSIVES
OURS = words("we our us ours we're we’re we've we’ve")
BOOKS = FUNDAMENTALS - words("""
    gdp cpi ppi inflation payrolls economy unemployment wages starts permits claims rents jobs growth exports imports
    premiums lending
""") | words("results guidance store stores plant plants brand customers product products forecast outlook")
"""What a company speaks of as its own: "sales rose 3 percent, the company said"."""
DATA = re.compile(
    r"\b(?:Reuters|Bloomberg|Moody|Fitch|Standard & Poor|S&P|LSEG|FactSet|Dow Jones|Morningstar|Nielsen|News)\b"
)
"""Houses that speak of others, not of themselves."""
OUTSIDE = re.compile(
    r"\b(?:analyst|strategist|economist|trader|manager|broker|dealer|adviser|advisor|professor|investor)s?\b|\b(?:research|strategy|equities|economics|investments?|portfolio|trading|markets?)\b"
)
"""Roles of those who look at a company from outside."""
INSIDE = re.compile(
    r"\b(?:chief|ceo|cfo|coo|chairman|chairwoman|president|spokes\w+|treasurer|founder|director|executive|head)\b",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\b(?:the|this|that|its|their)\s+(?:[\w-]+\s+){0,2}?(?P<noun>[a-z]+)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_EMPLOYER = re.compile(
    r"\b(?:" + "|".join(sorted(ROLE_WORDS)) + r")\b[^.,;]{0,30}\s(?:at|of|for|with)\s+(?:the\s+)?$", re.IGNORECASE
)
_EXPLETIVE = re.compile(
    r"\b[Ii]t(?:['’]s|\s+is|\s+was|\s+(?:would|will|may|could)\s+be|\s+has\s+been)\s+(?:\w+\s+){1,3}(?:that|to|when|if|how|for)\b"
)
"""An "it" that stands for nothing: "it is likely that"."""
BACK = 3
"""Sentences before a statement in which its subject may have been named."""
_OPENING = 12
"""Words at the head of a statement in which its subject stands."""

Known = tuple[int, int, Topic]


class Topics:
    """What the statements of one article speak of, asked in their order."""

    def __init__(self, doc: Doc, text: str, sentences: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.sentences = sentences
        self.mentions: Sequence[Mention] = doc._.mentions
        self.claims: Sequence[Claim] = doc._.claims
        self.found: list[Known] = []
        houses = " ".join(quote.organisation or "" for quote in doc._.quotes)
        self.unlisted = [(start, end) for start, end in doc._.unlisted if text[start:end] not in houses]

    def of(self, quote: Quote, around: Quote | None) -> tuple[Topic, ...]:
        """The topics of a statement, each once, in the order of the text.

        ``around`` is the reported statement that a quotation stands in: it says what the quotation is about where
        that names nothing itself.
        """
        placed = list(self._named(quote))
        own = self._own(quote)
        if own is not None and self._speaks_of_itself(quote, bool(placed)):
            placed.append((quote.start, own))
        named = _distinct(placed)
        if not named:
            named = around.about if around is not None else self._meant(quote)
        self.found += [(quote.start, quote.end, topic) for topic in named]
        return named

    def _named(self, quote: Quote) -> Iterator[tuple[int, Topic]]:
        for mention in self.mentions:
            if quote.start <= mention.start and mention.end <= quote.end and not self._only_tells_who(mention, quote):
                yield mention.start, Topic(symbol=mention.symbol, segment=mention.segment)
        for claim in self.claims:
            if quote.start <= claim.start and claim.end <= quote.end and (claim.symbol or claim.segment):
                inside = claim.subject is not None and quote.start <= claim.subject.start < quote.end
                at = claim.subject.start if inside and claim.subject is not None else claim.start
                yield at, Topic(symbol=claim.symbol, segment=claim.segment)

    def _only_tells_who(self, mention: Mention, quote: Quote) -> bool:
        """Whether a name belongs to the words for a speaker, or is an employer's."""
        said = quote.attribution
        if said is not None and said.start <= mention.start < said.end and said.start >= quote.start:
            return True
        return bool(_EMPLOYER.search(self.text, max(0, mention.start - 70), mention.start))

    def _meant(self, quote: Quote) -> tuple[Topic, ...]:
        """The one thing that the words of a statement without names stand for."""
        kinds = self._kinds(quote)
        if kinds is None:
            return ()
        for start, end in self._nearby(quote):
            near = self._between(start, end, quote)
            fitting = [topic for topic in near if not kinds or _kind(topic) in kinds]
            if fitting:
                return tuple(fitting) if len(fitting) == 1 else ()
            if any(start <= a < end for a, _ in self.unlisted):
                return ()
        return ()

    def _own(self, quote: Quote) -> Topic | None:
        """The speaker as an instrument: a company that speaks for itself, or by one of its officers."""
        name = quote.speaker
        if quote.speaker_type != "organisation":
            if quote.role is not None and (OUTSIDE.search(quote.role) or not INSIDE.search(quote.role)):
                return None
            if quote.role is None and quote.speaker_type == "person":
                return None
            name = quote.organisation
        if name is None or DATA.search(name):
            return None
        return next(
            (
                Topic(symbol=mention.symbol, segment=mention.segment)
                for mention in self.mentions
                if mention.symbol and _kind_of(mention.symbol) == "stock" and _same(mention.text, name)
            ),
            None,
        )

    def _speaks_of_itself(self, quote: Quote, others: bool) -> bool:
        """Whether a company's statement is about the company: "we", "it" or its books, or nothing else at all."""
        said = set(_opening(quote))
        if (
            OURS & said
            or (PRONOUNS | {"to"}) & set(_opening(quote)[:1])
            or (not others and (PRONOUNS | COMPANY | BOOKS) & said)
        ):
            return True
        company = quote.speaker_type == "organisation" and not others
        return company and not any(m.symbol in HOUSES and _same(m.text, quote.speaker or "") for m in self.mentions)

    def _kinds(self, quote: Quote) -> frozenset[str] | None:
        """The kinds of instrument that may be meant: empty for any, None where nothing points back."""
        for match in _NOUN.finditer(quote.text):
            noun = match["noun"].lower()
            for _, nouns, kinds in KINDS:
                if noun in nouns:
                    return kinds
        opening = _opening(quote)
        itself = {"organisation": PRONOUNS, "unnamed": PLURAL}.get(quote.speaker_type or "", frozenset())
        if quote.kind == "indirect" and itself & set(opening[:1]):
            return None  # the speaker
        if (SUBJECTS & set(opening[:3]) or POSSESSIVES & set(opening[:2])) and not _EXPLETIVE.search(quote.text):
            return frozenset()
        return frozenset({"stock"}) if BOOKS.intersection(opening[:4]) else None

    def _nearby(self, quote: Quote) -> Iterator[tuple[int, int]]:
        """What is named in the sentence around a statement, then in those before it in the same paragraph."""
        place = max(0, bisect_right(self.sentences, quote.start, key=lambda span: span[0]) - 1)
        start, end = self.sentences[place]
        yield start, quote.start
        for before in range(place - 1, max(-1, place - 1 - BACK), -1):
            if "\n" in self.text[self.sentences[before][1] : start]:
                return
            start, end = self.sentences[before]
            yield start, end

    def _between(self, start: int, end: int, quote: Quote) -> list[Topic]:
        said = quote.attribution
        told = [(a, topic) for a, _, topic in self.found if start <= a < end]
        named = [
            (mention.start, Topic(symbol=mention.symbol, segment=mention.segment))
            for mention in self.mentions
            if start <= mention.start < end
            and not (said is not None and said.start <= mention.start < said.end)
            and not self._only_tells_who(mention, quote)
            and not (quote.speaker_type == "person" and _same(mention.text, quote.organisation or ""))
        ]
        return list(_distinct(told or named))


def _opening(quote: Quote) -> list[str]:
    return [word.lower() for word in _WORD.findall(quote.text)][:_OPENING]


def _distinct(placed: Iterable[tuple[int, Topic]]) -> tuple[Topic, ...]:
    """Topics in the order of their places, each symbol or segment once."""
    kept: dict[str | None, Topic] = {}
    for _, topic in sorted(placed, key=lambda item: item[0]):
        kept.setdefault(topic.symbol or topic.segment, topic)
    return tuple(kept.values())


def _kind_of(symbol: str) -> str:
    known = instruments.instruments().get(symbol)
    return known.kind if known is not None else "stock"


def _kind(topic: Topic) -> str:
    return _kind_of(topic.symbol) if topic.symbol else "segment"


def _same(name: str, other: str) -> bool:
    """Whether two names mean one company: "Ford" and "Ford Motor Co"."""
    a, b = (re.sub(r"\W+", " ", text).strip().lower().removeprefix("the ") for text in (name, other))
    return a == b or a.startswith(f"{b} ") or b.startswith(f"{a} ")
