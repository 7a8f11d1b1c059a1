"""The name in front of a printed code, and what the story calls its bearer afterwards."""

from __future__ import annotations

import re

from newsig.extract.lexicon import words

FIRST_WORDS = words("""
    General International American National United First Bank New North South East West Great Royal Deutsche Credit
    Standard Best Home Dow Union Pacific Atlantic Central Federal Global World Universal British Canadian Chinese
    European Asian Banco Grupo China Japan Korea India Texas California Boston Chicago York Southern Northern Western
    Eastern Big Group Commercial Capital Financial Public Energy Oil Gold Silver Steel Motor Motors Air Airlines Power
    Black White Red Blue Green Wall Street Hong Real Total Select Sector Market Markets President Research Regional
    Health Community Popular Express Progressive Marathon Liberty Santa San Los Saint The U.S. US UK Inc Corp Company
    Advance Advanced Applied Allied Alliance Associated Bed Business Cable Century Chase Circuit City Coal Computer
    Consolidated Continental Corporate Data Delta Development Digital Direct Discover Discovery Diversified Dollar
    Eagle Electronic Empire Enterprise Equity Exchange Fair Family Fidelity Focus Fortune Foundation Freedom Frontier
    Fund Gap Gateway Gulf Guaranty Horizon Housing Hudson Human Independent Industrial Insight Insurance Interactive
    Investment Investments Investors Iron Journal King Kingdom Knight Land Leader Life Limited Lincoln Live Madison
    Magna Management Manufacturers Marine Media Men Mercury Midwest Mills Mini Mobile Monster Mortgage Network News
    Noble Northeast Northwest Office Olympic Orange Palm Partners Pictures Plains Platinum Premier Pride Principal
    Progress Properties Prudential Publishing Republic Retail Rogers Science Scientific Securities Security Shares
    Simon Smith Solutions Southwest Sports Star State Stock Strategic Sun Sunday Swiss Systems Target Tech Telecom
    Time Toll Tower Trade Tribune Value Valley Virgin Washington Waste Water Weekly Whole Windows Wood Year Shell
    Sands Crown Church Bear Bell Brands Bonds Beam Atlas Alpha Apollo Compass Argentina Australia Australian Austria
    Austrian Bahrain Bangkok Beijing Belgian Belgium Berlin Brazil Brazilian Britain Canada Chile Chilean Colombia
    Cyprus Czech Danish Denmark Detroit Dubai Dutch Egypt Emirates England Europe Finland Finnish Florida France
    Frankfurt French German Germany Greece Greek Guangdong Guangzhou Hainan Houston Hungarian Hungary Iceland Illinois
    Indian Indonesia Indonesian Ireland Irish Israel Israeli Italian Italy Jakarta Japanese Jordan Kansas Karachi
    Korean Kuwait London Madrid Malaysia Malaysian Massachusetts Mexican Mexico Miami Milan Minnesota Montreal Moscow
    Mumbai Munich Nevada Norway Norwegian Ohio Oman Ontario Oregon Osaka Oslo Pakistan Paris Philadelphia Philippine
    Poland Polish Portugal Portuguese Qatar Rome Russia Russian Saudi Seattle Scottish Seoul Shanghai Shenzhen Sichuan
    Singapore Spain Spanish Stockholm Sweden Swedish Switzerland Sydney Taipei Taiwan Thai Thailand Tokyo Toronto
    Turkey Turkish Utah Vancouver Vienna Vietnam Virginia Wilmington Zurich Abu Arab Arabian Alaska Arkansas Carolina
    Columbia Connecticut Jersey Nippon Zhejiang Chongqing Zealand Monday Tuesday Wednesday Thursday Friday Saturday
    January February March April May June July August September October November December Reuters States Treasury
    Abbey Andrew Archer Arthur Bill Brown Campbell Carl Charles Clayton Cohen Collins Cooper David Dean Duke Edwards
    Ernst Foster Franklin George Hancock Hansen Harris Harvey Henderson Herman Howard Hughes Jackson James Jefferson
    John Johnson Jones Kelly Lawson Larsen Marshall Martin Martha Michael Murphy Nobel Owens Parker Perry Peter
    Raymond Reed Richard Ross Ryan Scott Shaw Sterling Stewart Taylor Thomas Thomson Walter Warren Watson Wells
    Williams Wilson Wright Ralph Robert Henry Edward Frank Fred Jack Jim Joe Lee Leo Max Morgan Oscar Paul Phillip
    Trump Nymex NYMEX CBOT COMEX NYSE Nasdaq NASDAQ Peloton Tata Mitsubishi Sumitomo Mitsui Reliance Hyundai Citic
    CITIC Birla Adani Samsung Chairman Chief Executive Officer Daily Four Five Seven Three Two One Third Fifth Double
    Old Next Open Early
""")
"""First words of names that mean something else when they stand alone: common words, places, people."""

PLACES = words("""
    America Argentina Australia Austria Bahrain Belgium Brazil Britain Canada Chile China Colombia Denmark Dubai Egypt
    Europe Finland France Germany Greece Iceland India Indonesia Ireland Israel Italy Japan Korea Kuwait Malaysia Mexico
    Netherlands Norway Oman Pakistan Philippines Poland Portugal Qatar Russia Scotland Singapore Spain Sweden
    Switzerland Taiwan Thailand Turkey Ukraine Vietnam London Paris Frankfurt Tokyo Toronto Zurich Kong Africa Arabia
    Zealand Rival Bahrain Hungary
""")
"""Owners in front of a company's name: "Italy's Eni"."""

TITLES = words("""
    Chief Executive CEO Chairman President Director Analyst Shares Stocks Peer Rival Retailer Retailers Automaker Bank
    Meanwhile While Among Elsewhere Also Brokerage Insurer Drugmaker Chipmaker Miner Airline Like And But At In On Of
    The For With From By As To After Before Both When If Its Their
""")
"""What may stand in capitals before a name at the head of a sentence."""

NAME_REACH = 70
"""How far before a code its name may begin, in code points."""

_CAPITALISED = r"(?:[A-Z][\w&’'.+!*/-]*|\d+-?[A-Za-z][\w-]*|[a-z]{1,4}[A-Z]\w+)"
_NAME = re.compile(
    rf"{_CAPITALISED}(?:\s+(?:{_CAPITALISED}|&|\d+|of|and|the|in|de|di|du|y|et)){{0,6}}(?<!\band)(?<!\bthe)(?<!\bof)(?<!\bin)"
    r"(?:’s|'s|’|')?,?\s*$"
)
_LEGAL = re.compile(
    r",?\s+(?:Inc|Corp|Co|Cos|Ltd|Plc|PLC|plc|Group|Holdings?|Company|Companies|Corporation|Incorporated|Limited|LLC|LP"
    r"|SA|S\.A|AG|NV|N\.V|SE|SpA|S\.p\.A|AB|ASA|Oyj|A/S|KGaA|Bhd|Tbk|PCL|Pty|KK|Ltd/Plc|Plc/Ltd)\.?$"
)
_POSSESSIVE = re.compile(r"(?:’s|'s|’|')?,?\s*$")
_SENTENCE_END = re.compile(r"(?<=[a-z]{3})[.!?:;]\s+(?=[A-Z])")
_CODE = re.compile(r".*(?:\b[0-9A-Z]{2,9}[a-z]{0,2}(?:_[a-z])?\.[A-Z]{1,3}|\b[A-Z]\.N)\b[\s)>\]]*(?:and\s+|&\s+)?")
_AND_THE = re.compile(r"^.*(?:\b(?:and|of|in)\s+the|\.\s+The|\bShares\s+(?:of|in))\s+")
_OWNER = re.compile(r"(?P<owner>(?:[A-Z][\w.]*\s+)*?[A-Z][\w.-]*)(?:’s|'s)\s+(?=[A-Z0-9])")
_TRADE = re.compile(r"^[A-Z][a-z]+(?:maker|builder)s?\s+(?=[A-Z])")
_INITIALS = re.compile(r"(?:[A-Z]\.)+$")


def name_before(text: str, edge: int) -> tuple[int, int] | None:
    """Where the name stands that ends right before a code; None where no name does.

    >>> [text[slice(*name_before(text, len(text)))] for text in ["rose. Italy's Eni ", "as Foo FOO.N and Bar Inc "]]
    ['Eni', 'Bar Inc']
    """
    offset = max(0, edge - NAME_REACH)
    match = _NAME.search(text[offset:edge])
    if not match or "\n" in match[0].strip():
        return None
    title = _POSSESSIVE.sub("", match[0])
    end = offset + match.start() + len(title)
    if not _LEGAL.search(title.split(". ")[0]):
        title = _SENTENCE_END.split(title)[-1]
    title = _without_owner(_without_lead(_AND_THE.sub("", _CODE.sub("", title, count=1))))
    return (end - len(title), end) if title and title.title() not in PLACES else None


def _without_lead(title: str) -> str:
    title = _TRADE.sub("", title)
    while " " in title:
        first, rest = title.split(None, 1)
        if not (first in TITLES and (first != "Bank" or not rest.startswith("of "))) and not first.islower():
            break
        if first.islower() and re.match(r"[a-z]+[A-Z]", first):
            break
        title = rest
    return title


def _without_owner(title: str) -> str:
    match = _OWNER.match(title)
    if not match:
        return title
    *given, last = match["owner"].split()
    if last in PLACES or (given and not _INITIALS.match(given[0]) and given[0] not in TITLES):
        return title[match.end() :]
    return title


def bare(name: str) -> str:
    """A name without its legal form.

    >>> bare("Harbour Mills Co. Inc"), bare("General Mills Inc.")
    ('Harbour Mills', 'General Mills')
    """
    while (shorter := _LEGAL.sub("", name)) != name:
        name = shorter
    return name


def short_names(name: str) -> list[str]:
    """What a company is called after its first full mention: without its legal form, then by its first words.

    >>> short_names("Harbour Mills Inc"), short_names("General Mills Inc")
    (['Harbour Mills Inc', 'Harbour Mills', 'Harbour'], ['General Mills Inc', 'General Mills'])
    """
    names = [name]
    while (shorter := _LEGAL.sub("", names[-1])) != names[-1]:
        names.append(shorter)
    parts = names[-1].split()
    names += [" ".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]
    return [
        short
        for short in names
        if (len(short) > 3 or short == names[0] or short == bare(name))
        and (" " in short or not {short, short.rstrip(".")} & FIRST_WORDS or short == name)
        and short.split()[-1][0].isupper()
        and short.split()[-1] not in ("&", "The")
    ]
