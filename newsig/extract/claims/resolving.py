"""What "it", "the index" or "the stock" stands for: a generic subject → the instrument named before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from newsig import instruments
from newsig.extract.claims.scene import TRADED, Candidate, Scene
from newsig.extract.lexicon import COMPANY_NOUNS, INDEX_NOUNS, words

MEMBERS = words("companies company firms members constituents components")
"""What follows an index whose companies, not its own level, a statistic is of."""
MACRO = words("""
    cpi ppi gdp inflation payrolls unemployment employment jobs claims economy imports exports wages starts permits
    productivity spending consumption product construction
""")
"""Statistics of an economy: they belong to no company."""
NATIONAL = words("""
    existing-home new-home home pending retail auto vehicle housing factory durable wholesale industrial building
""")
"""What before "sales", "orders" or "prices" makes them an economy's."""
TOPIC_MENTIONS = 3
TOPIC_SHARE = 0.4
"""How often, and in what share of all companies named, a story names the company that it is about."""
COUNTRY_INDICES = {
    "japan": "^N225", "tokyo": "^N225", "britain": "^FTSE", "london": "^FTSE", "germany": "^GDAXI", "france": "^FCHI",
    "spain": "^IBEX", "italy": "FTSEMIB.MI", "switzerland": "^SSMI", "the netherlands": "^AEX", "hong kong": "^HSI",
    "china": "000001.SS", "shanghai": "000001.SS", "south korea": "^KS11", "korea": "^KS11", "taiwan": "^TWII",
    "india": "^BSESN", "mumbai": "^BSESN", "australia": "^AXJO", "singapore": "^STI", "indonesia": "^JKSE",
    "malaysia": "^KLSE", "thailand": "^SET.BK", "brazil": "^BVSP", "mexico": "^MXX", "canada": "^GSPTSE",
    "toronto": "^GSPTSE", "argentina": "^MERV", "turkey": "XU100.IS", "israel": "^TA125.TA",
}  # fmt: skip
"""Whose benchmark "its benchmark index" is, by country or place."""
_COUNTRY = re.compile(
    r"\b(?P<country>[A-Z]\w+(?:\s[A-Z]\w+)?)['’]s\s+(?:benchmark|main|key|leading|blue-chip|broad|headline)\s+"
    r"(?:stock\s+|share\s+)?(?:index|average|indicator|gauge)$"
)
_AT = re.compile(r"\bpercent\s+(?:\w+\s+){0,4}?at\s+(?:the\s+)?$|%\s+(?:\w+\s+){0,4}?at\s+(?:the\s+)?$")
_SAID = re.compile(r"\s+(?:said|says|reported|announced)\b")
_FOREIGN_BOND = re.compile(
    r"\b(?:German|Italian|Spanish|Portuguese|Greek|Irish|French|British|Japanese|euro\s+zone|UK|Canadian|Australian"
    r"|Brazilian|Belgian|Dutch|bunds?|gilts?|JGBs?|BTPs?|emerging|corporate|junk|mortgage|dividend|municipal)\b",
    re.IGNORECASE,
)
"""A yield of these is none of US Treasuries."""
_ON_THE = re.compile(r"\s+(?:on|in)\s+(?:the\s+)?(?:\w+\s+)?")
_OWNED = re.compile(r"(?:['’]s?)?\s*(?:(?:[\w-]*quarter|quarterly|annual|full-year|corporate|operating|\.[A-Z]+)\s+)*")
_OF_HOMES = re.compile(r"\s+of\s+(?:[\w.-]+\s+){0,4}?(?:homes|houses|cars|vehicles)\b")
_OF_BOOKS = re.compile(r"\b(?:sales|profit|earnings|revenue|orders?|loans?|deposits?|units?|income)\b", re.IGNORECASE)
UNRESOLVED = words("segment name unlisted place")
"""Kinds that stand for nothing but themselves."""
OWN_SHARES = words("""
    company bank group firm common ordinary preferred voting listed traded u.s.-listed u.s.-traded london-listed
    american depositary new hong kong-listed shanghai-listed new-york-listed class a b the its their his whose share
""")
"""Words before "shares" that leave them the shares of whoever was named."""
DEFINITE = words("the this that its whole")
DESCRIBING = words("""
    share stock benchmark main broad broader leading blue-chip key headline top tech-heavy technology-heavy pan-european
    closely-watched
""")
"""Words before "index" that leave it the one that the story speaks of."""


def topic_of(scenes: Sequence[Scene]) -> Candidate | None:
    """The company that a story is about: named in its first sentences, and most of the times that any is named."""
    named = list(_companies(scenes))
    if not named:
        return None
    symbol, count = Counter(c.symbol for c in named).most_common(1)[0]
    leads = {c.symbol for scene in scenes[:3] for c in scene.candidates}
    if count < TOPIC_MENTIONS or count < TOPIC_SHARE * len(named) or symbol not in leads:
        return None
    return next(c for c in named if c.symbol == symbol)


def _companies(scenes: Sequence[Scene]) -> Iterator[Candidate]:
    """The companies with a symbol in some sentences; only those that hold a mention can name one."""
    return (c for scene in scenes if scene.mentions for c in scene.candidates if c.kind == "stock")


def resolve(
    candidate: Candidate | None,
    scene: Scene,
    scenes: Sequence[Scene],
    last: Iterable[Candidate],
    topic: Candidate | None = None,
    doer: tuple[int, int] | None = None,
) -> Candidate | None:
    """The instrument that a generic subject stands for: "it", "the index", "the stock", "shares", "revenue".

    Looks left in the sentence, then through the sentences before it; ``last`` are the subjects of the claims before,
    newest first, ``topic`` is the company that the story is about, ``doer`` the span of the grammatical subject of the
    move. Returns a candidate with a symbol or segment, or None where nothing fits.
    """
    if candidate is None or candidate.symbol or candidate.kind in UNRESOLVED:
        return candidate
    if candidate.kind == "rate" and _FOREIGN_BOND.search(
        scene.text, max(scene.start, candidate.start - 80), candidate.end + 30
    ):
        return candidate
    if candidate.kind == "price" and (listed := _listed_on(candidate, scene)) is not None:
        return listed
    wanted = _wanted(candidate, national=_is_national(candidate, scene))
    if "index" in wanted and (national := _of_country(candidate, scene)) is not None:
        return national
    others = candidate.kind == "price" and (_unnamed_index(scene, candidate) or _of_others(scene, scenes, candidate))
    if not wanted or others:
        return None
    if candidate.head in ("former", "latter"):
        return _of_two(candidate, scene, scenes, wanted)
    here = _in_sentence(candidate, scene, wanted, doer)
    if here is not None:
        return here
    if topic is not None and topic.kind in wanted:
        return _said_before(scene, scenes, wanted) or topic
    for earlier in reversed(scenes[max(0, scene.number - 3) : scene.number]):
        fitting = [
            c
            for c in earlier.candidates
            if (c.kind in wanted and c.symbol) or (c.kind == "unlisted" and "index" in wanted)
        ]
        if fitting:
            return _prominent(fitting)
        if earlier.paragraph != scene.paragraph and candidate.kind == "fundamental":
            return None
    if candidate.kind == "fundamental":
        return None
    return next((subject for subject in last if subject.kind in wanted), None)


def _of_two(candidate: Candidate, scene: Scene, scenes: Sequence[Scene], wanted: frozenset[str]) -> Candidate | None:
    """Of the last two named, "the former" or "the latter"."""
    named = [
        c
        for each in scenes[max(0, scene.number - 1) : scene.number + 1]
        for c in each.candidates
        if c.end <= candidate.start and c.kind in wanted and c.symbol
    ]
    return named[-2 if candidate.head == "former" else -1] if len(named) > 1 else None


def _said_before(scene: Scene, scenes: Sequence[Scene], wanted: frozenset[str]) -> Candidate | None:
    """The company that opens the sentence before, in the same paragraph: it is spoken of, whatever the story is."""
    before = scenes[scene.number - 1] if scene.number else None
    if before is None or before.paragraph != scene.paragraph:
        return None
    opening = [c for c in before.candidates if c.start - before.start <= 40]
    return next((c for c in opening if c.kind in wanted and c.symbol), None)


def _in_sentence(
    candidate: Candidate, scene: Scene, wanted: frozenset[str], doer: tuple[int, int] | None
) -> Candidate | None:
    """What a generic subject stands for in its own sentence: mostly what was named before it."""
    before = [c for c in scene.candidates if c.end <= candidate.start]
    if candidate.kind == "fundamental":
        near = [c for c in scene.candidates if c.end <= candidate.start or c.start - candidate.end < 30]
        members = [c for c in near if c.kind == "index" and (_has_members(scene, c) or _owns(scene, c, candidate))]
        if members:
            return members[-1]
    named = [c for c in before if c.kind in wanted and c.symbol]
    if candidate.kind == "fundamental" and doer is not None:  # "Apple, a rival of Dell, said sales rose"
        doing = [c for c in named if c.start < doer[1] and doer[0] < c.end]
        if doing and not any(c.possessive and candidate.start - c.end < 25 for c in named):
            return doing[-1]
    if candidate.kind == "pronoun":  # one that opens a sentence looks back to the one before
        bound = candidate.head in ("its", "their") or len(scene.between(scene.start, candidate.start)) > 3
        return named[0] if named and bound else None
    if named:
        return named[-1]
    if candidate.kind == "fundamental":
        behind = [c for c in scene.candidates if candidate.end <= c.start <= candidate.end + 30 and c.kind == "stock"]
        said = [c for c in scene.candidates if c.start >= candidate.end and c.kind == "stock" and _answers(scene, c)]
        if said:
            return said[0]
        if behind and scene.text[candidate.end : behind[0].start].strip().lower() in ("of", "at", "for", "from"):
            return behind[0]
    return None


def _answers(scene: Scene, company: Candidate) -> bool:
    """Whether a company named behind a statistic is whose it is: "profit rose 3 percent at Apple", "…, Apple said"."""
    before = scene.text[scene.start : company.start]
    return _AT.search(before) is not None or _SAID.match(scene.text, company.end) is not None


def _owns(scene: Scene, index: Candidate, statistic: Candidate) -> bool:
    """Whether a statistic is that of an index's companies: "S&P 500 third-quarter earnings"."""
    return index.end <= statistic.start and _OWNED.fullmatch(scene.text[index.end : statistic.start]) is not None


def _has_members(scene: Scene, index: Candidate) -> bool:
    following = scene.between(index.end, scene.end)
    return bool(following) and following[0].lower in MEMBERS


def _of_others(scene: Scene, scenes: Sequence[Scene], candidate: Candidate) -> bool:
    """Whether shares are told by what they are of, and so of no company named before: "mutual fund shares"."""
    lead = scene.text[candidate.start : candidate.end].split()[:-1]
    if candidate.head not in ("shares", "stock") or not lead:
        return False
    companies = {word for company in _companies(scenes) for word in company.head.split()}
    return any(word.lower() not in OWN_SHARES and word not in companies for word in lead)


def _unnamed_index(scene: Scene, candidate: Candidate) -> bool:
    """Whether "index" has a name of its own that the table does not know: "the emerging market index"."""
    if candidate.head not in INDEX_NOUNS:
        return False
    behind = scene.between(candidate.end, scene.end)
    if behind and behind[0].lower == "of":
        return True
    lead = scene.between(max(scene.start, candidate.start - 40), candidate.end)
    describing = [word.lower for word in lead[:-1]]
    for word in reversed(describing):
        if word in ("a", "an"):
            return True
        if word in DEFINITE or not word[0].isalpha():
            return False
        if word not in DESCRIBING:
            return True
    return False


def _listed_on(candidate: Candidate, scene: Scene) -> Candidate | None:
    """The index of "Indian shares on the Sensex"."""
    if candidate.head not in ("shares", "stocks"):
        return None
    behind = (c for c in scene.candidates if c.kind == "index" and c.start > candidate.end)
    first = next(behind, None)
    on = first is not None and _ON_THE.fullmatch(scene.text[candidate.end : first.start])
    return first if on else None


def _of_country(candidate: Candidate, scene: Scene) -> Candidate | None:
    """The index of "Thailand's benchmark stock index"."""
    found = _COUNTRY.search(scene.text, max(scene.start, candidate.start - 40), candidate.end)
    symbol = COUNTRY_INDICES.get(found["country"].lower()) if found else None
    known = instruments.instruments().get(symbol or "")
    return replace(candidate, kind="index", symbol=symbol, segment=known.segment) if known is not None else None


def _is_national(candidate: Candidate, scene: Scene) -> bool:
    """Whether a statistic is an economy's by the words around it: "retail sales", "sales of existing homes"."""
    if _OF_HOMES.match(scene.text, candidate.end):
        return True
    if candidate.head == "growth" and not _OF_BOOKS.search(scene.text[candidate.start : candidate.end]):
        return not any(
            c.kind == "stock" and c.possessive and 0 <= candidate.start - c.end < 12 for c in scene.candidates
        )
    lead = scene.between(max(scene.start, candidate.start - 30), candidate.end)
    describing = [word.lower for word in lead if word.start < candidate.end][-3:]
    return bool(NATIONAL.intersection(describing)) and not any(
        c.kind == "stock" and c.end <= candidate.start and candidate.start - c.end < 12 for c in scene.candidates
    )


def _wanted(candidate: Candidate, *, national: bool = False) -> frozenset[str]:
    """The kinds of instruments that a generic subject can stand for."""
    head = candidate.head
    if candidate.kind == "pronoun":
        return TRADED - {"crypto"} if head in ("it", "its") else frozenset({"commodity"})
    if candidate.kind == "fundamental":
        return frozenset() if head in MACRO or national else frozenset({"stock"})
    if candidate.kind == "rate":
        return frozenset({"rate"})
    if candidate.kind != "price":
        return frozenset()
    if head in INDEX_NOUNS:
        return frozenset({"index"})
    if head in ("metal", "commodity", "barrel"):
        return frozenset({"commodity"})
    if head in ("prices", "price"):
        return frozenset({"commodity"})
    if head in ("cryptocurrency", "token", "coin"):
        return frozenset({"crypto"})
    if head in ("former", "latter"):
        return frozenset({"stock", "index", "commodity", "currency"})
    if head == "currency":
        return frozenset({"currency"})
    if head == "fund":
        return frozenset({"etf", "stock"})
    if head in ("stock", "shares", "share", "share price") or head in COMPANY_NOUNS:
        return frozenset({"stock", "etf"}) if head == "shares" else frozenset({"stock"})
    return frozenset()


def _prominent(candidates: Sequence[Candidate]) -> Candidate:
    """Of several names in a sentence the first that stands as a subject, not as somebody's possessor."""
    return next((c for c in candidates if not c.possessive), candidates[0])
