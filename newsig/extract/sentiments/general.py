"""Targets that no table of instruments names: "stocks", "European banks", "the broader market", "S&P energy index".

The words come from the ``names`` of the segment table; here stands what must be around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsig import instruments
from newsig.extract.lexicon import words
from newsig.extract.openings import Battery
from newsig.instruments.parts import Parts


@dataclass(frozen=True, slots=True)
class Target:
    """A run of the text that names a target or stands for one; one of ``symbol`` and ``segment`` may be None.

    ``part`` tells apart what has no symbol but is less than its segment: "european" stocks, an index by its name.
    """

    start: int
    end: int
    symbol: str | None
    segment: str | None
    part: str = ""

    @property
    def thing(self) -> tuple[str | None, str]:
        """What it is, whatever it is called."""
        return (self.symbol, "") if self.symbol else (self.segment, self.part)


EQUITIES = "equities"
ADJECTIVES = words("""
    technology tech energy materials financial bank banking industrial healthcare pharmaceuticals telecommunications
""") | {"information technology", "basic materials", "real estate", "health care"}
"""Names that mean a segment only before a noun that they share ("industrial and technology shares"), or as one that
leads or moves ("energy and materials fell")."""
SHARED_NOUN = r"(?:shares|stocks|sectors?|names|companies|groups?|ind(?:ex|exes|ices)|issues)\b"
SHARED = re.compile(
    rf"(?:,\s+(?:[\w-]+\s+){{1,2}}?)*,?\s+(?:and|or|&)\s+(?:[\w-]+\s+){{1,3}}?{SHARED_NOUN}", re.IGNORECASE
)
MOVES = re.compile(
    r"(?:\s+and\s+[\w-]+|,\s+[\w-]+\s+and\s+[\w-]+)?\s+(?:(?:was|were|are|is|had been|have been)\s+(?:\w+\s+){0,2}?)?"
    r"(?:led|leads?|leading|fell|rose|gained|lost|dropped|slid|climbed|advanced|declined|lagged|outperform\w*|underperform\w*"
    r"|among|the\s+(?:best|worst|biggest|top)|hit|hardest|weak\w*|strong\w*|tumbled|jumped|rallied|slumped|sank|surged)\b",
    re.IGNORECASE,
)
_LEADS = words("""
    U.S. US U.K. UK European Asian Japanese Chinese British German French Indian Canadian American Italian Spanish Greek
    Latin-American London Tokyo Hong-Kong mainland global world euro-zone emerging-market emerging foreign domestic
    local regional major leading top big biggest large broader broad overall smaller larger blue-chip
    investment-grade other most many some all the these those auto travel industrial long-term short-term
    Wall-Street base-and-precious subprime-backed commercial residential
""")
MODIFIERS = rf"(?:(?:{'|'.join('[ -]'.join(map(re.escape, lead.split('-'))) for lead in sorted(_LEADS))})\s+)"
"""Words in front of a name that belong to it, or may stand between it and an owner."""
OWNED = re.compile(r"(?:\b(?:its|their|his|her|our|your|whose|my)|['’]s?)\s+(?:own\s+)?$", re.IGNORECASE)
"""Whose shares: then the owner is the target."""
COUNTED = re.compile(
    r"(?:\d|\b(?:million|billion|per|number\s+of|new|ordinary|common|preferred|preference|outstanding|treasury|voting"
    r"|buy(?:ing)?\s+back|repurchase\w*|class\s+[AB]|issue|issuing|sell|selling|sold|own(?:s|ed)?|holds?|held|bought))\s+$",
    re.IGNORECASE,
)
"""Shares that are counted or dealt in, rather than moved by a market."""
OF_SOMEBODY = re.compile(r"\s+(?:of|in)\s+(?:[\w.,&'’-]+\s+){0,6}?$")
PEOPLE = (
    r"(?:analysts?|strategists?|traders?|investors?|economists?|participants?|watchers?|observers?|professionals?|managers?"
    r"|makers?|players?|dealers?|bankers?|executives?|firms?|experts?|veterans?|insiders?|regulators?|researchers?)\b"
)
NO_TARGET_AFTER: Mapping[str, re.Pattern[str]] = {
    EQUITIES: re.compile(
        rf"(?:['’]s?)?[\s-]+(?:{PEOPLE}|(?:value|valued|valuation|cap|caps|capitali[sz]ation|share|close|opens?|hours|data|day"
        r"|holiday|exchange|for|where|research|reaction|conditions|index|indexes|indices|futures?|options?|buybacks?|repurchases?"
        r"|outstanding|changed\s+hands|were\s+traded|traded|listed|offering|sales?|split|price\s+target|picks?|pickers?|ticker"
        r"|expectations|estimates|forecasts?|consensus|bonuses|journal|bank|banks|brokerages?|target|fund|funds|expected"
        r"|timing|commentary|report|reports|economy|worth|of\s+record|to\s+watch)\b)|-",
        re.IGNORECASE,
    ),
    "bonds": re.compile(
        rf"[\s-]+(?:{PEOPLE}|(?:insurers?|insurance|buying|purchases?|programme?|sales?|auctions?|funds?|issues?|issuance|that|who"
        r"|offering|underwrit\w+|department|secretary|on\s+the|from\s+the)\b)|-",
        re.IGNORECASE,
    ),
    "financials": re.compile(
        rf"(?:['’])?\s+(?:{PEOPLE}|(?:said|say|and\s+brokerages\s+said|holiday|notes?)\b)|-", re.IGNORECASE
    ),
}
"""What follows a name that is none of a target, by segment."""
ELSEWHERE = re.compile(rf"(?:['’]s?)?[\s-]+{PEOPLE}|-", re.IGNORECASE)
NO_TARGET_BEFORE: Mapping[str, re.Pattern[str]] = {
    "financials": re.compile(
        r"\b(?:central|investment|development|world|reserve|merchant|food|blood|data|private|from|with|at)\s+$",
        re.IGNORECASE,
    ),
    EQUITIES: re.compile(
        r"\b(?:job|jobs|labou?r|housing|property|credit|bond|money|mortgage|currency|foreign\s+exchange|oil|gold|commodity|art|car"
        r"|auto|home|futures|options|bull|bear|loan|funding|derivatives|smartphone|drug|food|export|real\s+estate|rental"
        r"|black|free|single|mass|ad|advertising|software|debt|swaps?|repo|interbank|local|key|overseas|end|new|niche|domestic"
        r"|growing|largest|biggest)\s+$",
        re.IGNORECASE,
    ),
    "bonds": re.compile(
        r"\b(?:dividend|crop|promissory|bank|research|convertible|new|of|issue|issued|selling)\s+$", re.IGNORECASE
    ),
}
"""What stands before a name that is none of a target, by segment."""
REGIONS = re.compile(
    r"\b(?:U\.K\.|UK|European|Asian|Japanese|Chinese|British|German|French|Indian|Canadian|global|world|euro[ -]zone"
    r"|emerging|Latin|foreign|Italian|Spanish|Greek|Hong\s+Kong|mainland|London|Tokyo)\b",
    re.IGNORECASE,
)
"""Parts of the world whose markets are others than the American."""
PLAIN_LEAD = re.compile(r"(?:(?:the|most|many|some|all|other|these|those)\s+)+", re.IGNORECASE)
"""Words in front of a name that are no part of it."""
INDEX = re.compile(
    r"\b(?!The\b)(?:[A-Z][\w&.]*(?:['’]s)?\s+)(?:[\w&.-]+\s+){0,5}?(?:sub-?)?ind(?:ex|ices|exes)\b"
    r"(?:\s+of\s+[\w\s-]{3,40}?(?=[,.;]|\s+(?:was|fell|rose|gained|lost|dropped)))?"
)
STATISTIC = re.compile(
    r"\b(?:prices?|confidence|sentiment|manufacturing|services|PMI|purchasing|activity|conditions|inflation|spending|fear"
    r"|production|output|leading\s+indicators|economic|optimism|surprise|expectations|employment|orders|sales|housing)\b",
    re.IGNORECASE,
)
"""Words of an index that no market makes."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The names of the segments in force with straight apostrophes, the pattern that finds them, and all phrases."""

    names: Mapping[str, str]
    pattern: re.Pattern[str]
    phrases: Sequence[tuple[str, str]]
    battery: Battery | None
    first: frozenset[str]
    """The words that names begin with, in small letters."""

    def matches(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Where names stand in a stretch of text, with the words in front of them."""
        if self.battery is None:
            return self.pattern.finditer(text, start, end)
        if self.first.isdisjoint(_WORD.findall(text[start:end].lower())):
            return iter(())
        return (match for _, match in self.battery.matches(text, start, end))


@lru_cache(maxsize=4)
def _vocabulary(parts: Parts) -> _Vocabulary:
    names = {name.replace("’", "'"): segment for name, segment in parts.names.items()}
    alternatives = "|".join(
        re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]") for name in sorted(names, key=len, reverse=True)
    )
    pattern = re.compile(rf"(?<![\w&.$-])(?P<lead>{MODIFIERS}*)(?P<name>{alternatives})(?![\w&])", re.IGNORECASE)
    # a name that begins with a mark does not begin at the edge of a word
    battery = Battery([pattern]) if all(name[:1].isalnum() for name in names) else None
    first = frozenset(_WORD.findall(name.lower())[0] for name in names) if battery is not None else frozenset()
    return _Vocabulary(names, pattern, [*names.items(), *parts.phrases.items()], battery, first)


def general_targets(text: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[Target]:
    """The general targets of a sentence, in its order; ``taken`` are the runs that name something already."""
    known = _vocabulary(instruments.parts_in_force())
    for match in known.matches(text, start, end):
        a, b = match.span("name")
        if any(x < b and a < y for x, y in taken):
            continue
        name = " ".join(match["name"].lower().replace("’", "'").split())
        if name not in known.names:  # "BANKİNG": what a pattern takes for the same letter, and lower case does not
            continue
        if _is_target(text, match, name, known.names[name]) and not _somebodys(text, match, name, taken):
            lead = PLAIN_LEAD.match(match["lead"])
            part = " ".join(REGIONS.findall(match["lead"])).lower()
            yield Target(match.start() + (lead.end() if lead else 0), b, None, known.names[name], part)
    for match in INDEX.finditer(text, start, end) if text.find("ind", start, end) >= 0 else ():
        if not any(x < match.end() and match.start() < y for x, y in taken) and not STATISTIC.search(match[0]):
            yield Target(*match.span(), None, _segment_in(match[0], known.phrases), match[0])


def _is_target(text: str, match: re.Match[str], name: str, segment: str) -> bool:
    """Whether the words around a name leave it one that a sentence can be for or against."""
    before, after = text[max(0, match.start("name") - 40) : match.start("name")], text[match.end() : match.end() + 80]
    if name in ADJECTIVES and not (SHARED.match(after) or (MOVES.match(after) and not match["lead"].strip())):
        return False
    if name == "notes" and not re.search(r"\b(?:10-year|benchmark|two-year|year|Treasury)\s+$", before):
        return False
    wrong = NO_TARGET_BEFORE.get(segment)
    if wrong is not None and wrong.search(before):
        return False
    return NO_TARGET_AFTER.get(segment, ELSEWHERE).match(after) is None


def _somebodys(text: str, match: re.Match[str], name: str, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether shares are a company's, or are counted: then the company is the target, or there is none."""
    if name not in ("shares", "stocks", "common stocks"):
        return False
    if name == "shares" and re.search(r"\b(?:the|these|those)\s+$", match["lead"], re.IGNORECASE):
        return True  # of whatever was named before
    at = match.start("lead")
    before = text[max(0, at - 40) : at]
    if OWNED.search(before) or (name == "shares" and (COUNTED.search(before) or COUNTED.search(match["lead"]))):
        return True
    if any(0 <= at - y <= 2 for _, y in taken):  # "Apple shares"
        return True
    following = min((x for x, _ in taken if x >= match.end()), default=None)
    return following is not None and OF_SOMEBODY.fullmatch(text, match.end(), following) is not None


def _segment_in(words_of_index: str, phrases: Sequence[tuple[str, str]]) -> str:
    """The segment that an index measures by its words: the one of the longest phrase in it, else equities."""
    lower = words_of_index.lower()
    found = [
        (len(phrase), segment)
        for phrase, segment in phrases
        if (phrase in lower or not (phrase.isascii() and lower.isascii()))
        and re.search(rf"\b{re.escape(phrase)}\b", words_of_index, re.IGNORECASE)
    ]
    return max(found, default=(0, EQUITIES))[1]
