"""Companies that are named without being the story's matter: employers of those who speak, brokers with an opinion,
names inside the names of places."""

from __future__ import annotations

import re
from typing import Literal

from newsig.extract.lexicon import FUNDAMENTALS, ROLE_WORDS, words

HOUSES = words("""
    GS MS JPM C BAC MER LEH BSC WB WFC PNC STT NTRS BNY SCHW RJF SF JEF LAZ OPY AMTD LM UBSG.SW CSGN.SW DBK.DE BARC.L
    HSBA.L NWG.L BNP.PA GLE.PA ACA.PA KN.PA INGA.AS ABN.AS AGS.BR KBC.BR DEXB.BR CBK.DE DPB.DE UCG.MI ISP.MI SAN.MC
    BBVA.MC LLOY.L STAN.L EBS.VI RBI.VI DANSKE.CO NDA-SE.ST SEB-A.ST SHB-A.ST SWED-A.ST DNB.OL 8604.T 8601.T 8411.T
    8306.T 8316.T MQG.AX CBA.AX WBC.AX NAB.AX ANZ.AX RY.TO BMO.TO TD.TO CM.TO BNS.TO D05.SI U11.SI O39.SI BAER.SW
    KOTAKBANK.NS AXISBANK.NS ICICIBANK.NS ADN.L SDR.L BLK
""")
"""Banks and brokers, whose analysts agencies quote every day."""

Part = Literal["matter", "source", "rater"]
"""What a house is in a sentence: the matter itself, the source of a statement, or the judge of somebody's share."""

_EMPLOYER_LEAD = re.compile(r"\b(?:at|of|with|for|from|by)\s+(?:the\s+)?$", re.IGNORECASE)
_SPEAKERS = (
    r"(?:analysts?|strategists?|economists?|economics|traders?|research\s+(?:note|report|team)|note|survey|poll)"
)
_NO_TITLE = r"(?!(?:said|says|and|was|were|is|are|has|had|to|by|as|in|at|fell|rose)\b)"
_SPEAKER_AFTER = re.compile(
    rf"^(?:['’]s?)?\s+(?:{_NO_TITLE}[\w.&-]+\s+){{0,4}}?{_SPEAKERS}\b",
    re.IGNORECASE,
)
_ROLES = sorted(word for word in ROLE_WORDS if not word.startswith("spokes"))
_ROLE = re.compile(r"\b(?:" + "|".join(_ROLES) + r")\b", re.IGNORECASE)
"""A spokesman speaks for the company, which is a party then, no employer."""
_CLAUSE_VERB = re.compile(
    r"\b(?:was|were|is|are|has|had|rose|fell|said|says|gained|lost|reported|posted|expects?|expected|sees?|forecasts?)\b"
)
_PLACE_AFTER = re.compile(
    r"\s+(?:Street|Terrace|Avenue|Road|Square|River|County|Stadium|Arena|University|Hospital|Theatre|Bridge|Basin"
    r"|Rainforest|Foundation|Championship|Open|Cup|Classic|Museum)\b"
)
_SAYS = re.compile(
    r"^(?:\s*\([^)]{0,25}\))?\s+(?:(?:also|now|still|recently)\s+)?(?:said|says|wrote|noted|estimates?|estimated|expects?"
    r"|expected|forecasts?|predicts?|predicted|sees|believes?|recommends?|recommended|argued|reckons|projects?|calculates?"
    r"|added)\b(?P<rest>[^.]{0,90})"
)
_OWN = re.compile(
    r"\b(?:its?|net|profits?|quarterly|quarter|results|earnings|loss|losses|revenue|charge|would\s+(?:cut|buy|sell|pay|raise)"
    r"|has\s+agreed|agreed|plans|writedowns?|write-downs?|provisions?|job|jobs|stake|they|bank)\b"
)
_STATED = re.compile(
    r"\b(?:according\s+to|notes?\s+(?:from|by)|reports?\s+(?:from|by)|research\s+(?:from|by)|clients?\s+of|surveyed\s+by"
    r"|forecasts?\s+by|estimates?\s+(?:from|by))\s+(?:[a-z]+\s+){0,2}$",
    re.IGNORECASE,
)
_RATES = re.compile(
    r"^(?:\s*\([^)]{0,25}\))?\s+(?:also\s+)?(?:downgrad|upgrad|cut|rais|lower|lift|initiat|start|resum|reiterat|boost|trimm"
    r"|remov|add|reinstat|rais)\w*\b[^.]{0,110}\b(?:ratings?|price\s+targets?|target|recommendation|coverage|outperform"
    r"|underperform|overweight|underweight|conviction|neutral|[\"“]?(?:buy|sell|hold)\b|stock|shares|brokers?)",
    re.IGNORECASE,
)
_RATED_BY = re.compile(
    r"\b(?:downgrad\w+|upgrad\w+|upgraded|cut|raised|rated|initiated|recommendation|upgrades?|target)\s+"
    r"(?:[\w\"“”-]+\s+){0,5}?(?:by|from|at)\s+(?:[a-z]+\s+){0,2}$",
    re.IGNORECASE,
)


def only_employer(text: str, start: int, end: int) -> bool:
    """Whether a company is named only as the house of somebody who speaks: "an analyst at Goldman Sachs"."""
    clause = re.split(r"[.;:!?\n](?:\s|$)", text[max(0, start - 110) : start])[-1]
    roles = list(_ROLE.finditer(clause)) if _EMPLOYER_LEAD.search(clause) else []
    if roles:
        between = clause[roles[-1].end() :]
        broken = _CLAUSE_VERB.search(between) or between.count(",") > 1
        if not broken and not FUNDAMENTALS.intersection(between.lower().split()):
            return True
    return bool(_SPEAKER_AFTER.match(text[end : end + 60]))


def names_a_place(text: str, end: int) -> bool:
    """Whether the word behind a company's name makes it a place or an event: "Chase Street"."""
    return bool(_PLACE_AFTER.match(text, end))


def part_of(text: str, start: int, end: int) -> Part:
    """What a bank or broker is where it is named.

    >>> part_of("Tarn fell after UBS cut its rating on the stock.", 16, 19)
    'rater'
    >>> part_of("UBS said sales could recover late.", 0, 3), part_of("UBS said its profit fell.", 0, 3)
    ('source', 'matter')
    """
    after, before = text[end : end + 170], text[max(0, start - 90) : start]
    if _RATES.match(after) or _RATED_BY.search(before):
        return "rater"
    says = _SAYS.match(after)
    if (says and not _OWN.search(says["rest"])) or _STATED.search(before):
        return "source"
    return "matter"
