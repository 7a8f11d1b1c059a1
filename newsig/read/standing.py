"""What the sender of a story says of it besides: that it corrects an earlier one, or that it is withdrawn.

Only marks of the desk count: labels before the title, and lines of their own at the top, at the end or among the
credits that say it of *this* story. News about corrections, recalls and withdrawn offers have the same words, but not
in these places and not about themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsig.read.phrases import lines
from newsig.records import Standing

EDGE = 4
"""Lines at the top and at the end of a text that may be marks of the desk."""
BRACKETS = 400
"""Characters at the beginning of a line within which a bracket may be a mark, behind a dateline."""
LONGEST = 600
"""Characters beyond which a line is no mark."""

WITHDRAWN_TITLES = lines(r"""
    (?:MANDATORY |STORY |NEWS )?(?:WITHDRAWN|WITHDRAWAL|KILL(?:ED)?|RETRACT(?:ED|ION))(?: STORY)?(?:<dash>(?=\S)|$)
    (?:STORY|ARTICLE|HEADLINE|REPORT) (?:REMOVED|WITHDRAWN|KILLED|RETRACTED|DELETED)\b
    (?i:(?:story|article|press release) (?:removed|withdrawn|killed|retracted|deleted))(?:<dash>|\.?$)
    Retraction<dash>(?=\S)
    .{3,200}[(\[](?i:withdrawn|retracted|story (?:withdrawn|retracted|removed))[)\]]$
    BC-[^\n]{1,60}, ?(?:KILL|WITHDRAWN)\b
""")
"""How titles begin, or end, of stories that are withdrawn. Capitals count: "Withdrawn: ..." heads many a feature."""
CORRECTED_TITLES = lines(r"""
    (?:(?:UPDATE \d+|WRAPUP \d+|RPT|REFILE)<dash>)?(?:CORRECTED|CORRECTION|CORRECTING|CORRECTS|CLARIFICATION|CORR)
        (?: ?\([^()]{1,40}\))?(?:<dash>(?=\S)|$)
    (?:Corrected|Corrections?|Clarifications?)<dash>(?=\S)
    (?i:correcting and replacing)\b
    .{3,200}[(\[](?i:corrected|correction|corrected version|corrected copy)[)\]]$
    .{3,200}\s[–—-]\s(?i:corrected(?: version)?|correction)$
    BC-[^\n]{1,60}, ?(?:\d+\w{2} Ld-Writethru, )?CORRECTION\b
""")
OF_MARKETS = re.compile(
    r"\b(?:markets?|stocks?|shares|bulls?|bears?|territory|rally|sell-?offs?|investors?|S&P|Nasdaq|Dow|prices?|bitcoin"
    r"|crash|pullback)\b|\d\s?(?:%|percent\b)",
    re.IGNORECASE,
)
"""What a headline speaks of where "Correction:" may be that of a market; there the text must say it, too."""

WITHDRAWN_LINES = lines(r"""
    <this>(?: (?:about|on|of|titled|headlined)[^.\n]{1,160}?)?,? (?:has been|have been|was|is|is being|has now been)
        (?:\s\w+ly)?\s<gone>\b(?! from (?:the|our|its) (?:front|home|archive))
    (?:we|[\w.,'’& ]{2,60}?)(?: (?:has|have|is|are))? (?:withdrawn|retracted|withdrawing|retracting|killed|removed
        |deleted|taken down|withdraw|retract|withdraws|retracts) (?:this|its|our) (?:\w+ ){0,2}<story>\b
    (?:please )?(?:disregard|kill|do not (?:use|publish)|withdraw) (?:this|the) (?:\w+ ){0,3}(?:<story>|snap|alert)\b
    (?:editors?|subscribers?|attention|advisory)[^.\n]{0,40}: ?(?:please )?(?:kill|disregard|withdraw)\b
    (?:story|article|press release) <gone>(?:[.:]|$)
    (?:withdraws|kills|retracts) (?:this |the )?(?:earlier |previous )?<story>\b
    no (?:substitute|replacement)(?: <story>)? will (?:be issued|follow|move|run)
    <this> was (?:published|sent|posted|issued|released|transmitted) (?:in error|by mistake|erroneously|prematurely)
""")
CORRECTED_LINES = lines(r"""
    (?:corrects|corrected|corrections?|clarifications?)(?: (?:appended|notice|note|(?:and|&) clarifications?))?
        \s?(?:\([^()\n]{1,40}\))?\s?(?:[:.–—]|-\s|$)
    corrects\s\S
    company corrects\b
    clarifies (?:that|in|to|headline|the|paragraph|first|second|last|\w+ paragraph)\b
    corrected (?:to|in|on|at|version|by)\b
    (?:refiles|refiled|repeats|resends|recasts|updates|adds)[^.;()\n]{0,80}\bto (?:correct|fix|remove error)\b
    in (?=[^.\n]{0,150}\b(?:paragraph|para|headline|item|story|bullet|table|lead)s?\b)[^.\n]{0,80}?,?\s
        (?:corrects|corrected|please read)\b
    (?:<this>|the <story>)(?: [^.\n]{0,60}?)? (?:has been|was|is|have been)
        (?:\s(?:updated and|amended and|\w+ly))?\scorrected\b
    (?:<this>|the <story>)(?: [^.\n]{0,60}?)? (?:has been|was) (?:updated|amended|revised|changed|edited|refiled|fixed)
        (?:\sto) (?:\w+ly )?(?:correct|fix|reflect that|clarify|show that|remove an? (?:error|incorrect))\b
    (?:<this>|the (?:\w+ )?<story>)(?: [^.\n]{0,80}?)? <wronged>\b
    <this> (?:was|has been) (?:amended|changed|edited|updated|revised) on [^.\n]{1,60}(?:\.\s|\sbecause\s|,\sas\s)
        (?:an?|the) (?:earlier|previous|original) version\b
    because of (?:an editing|a production|a typographical|a transcription) error\b
    please replace the (?:release|story|article|headline|photo)\b
""")
"""How lines begin in which a desk says that it corrects or clarifies."""
PARTS = {
    "<this>": r"(?:this|the (?:following|above|preceding|previous|earlier)|our|its|an earlier)\s(?:\w+\s){0,2}<story>",
    "<story>": r"(?:story|stories|article|report|item|post|piece|press release|release|headline|dispatch|version)",
    "<gone>": r"(?:withdrawn|retracted|removed|deleted|taken down|unpublished|killed|pulled|rescinded)",
    "<wronged>": (
        r"(?:mis(?:stated|spelled|spelt|identified|attributed|quoted|reported|characteri[sz]ed)"
        r"|(?:incorrectly|wrongly|erroneously|mistakenly|inaccurately)\s\w+"
        r"|(?:gave|had|contained|included|used|carried|listed|showed) (?:an? |the )?"
        r"(?:incorrect|wrong|erroneous|inaccurate|error))"
    ),
    "<dash>": r"\s{0,2}(?:[:–—-]|\s\|)\s{0,2}",
}
"""What the names in the patterns stand for."""

_OPENING = re.compile(
    r"^[\s(\[*\"“‘_#>•–—-]{0,6}"
    r"(?:(?i:editors?[’']?s? note|note to (?:readers|editors)|note|update|alert)\s?[:–—-]\s?)?"
)
_BRACKET = re.compile(r"[(\[][^()\[\]\n]{3,300}[)\]]")


def _any(patterns: Sequence[str], flags: int = 0) -> re.Pattern[str]:
    whole = "|".join(f"(?:{pattern})" for pattern in patterns)
    for name, part in PARTS.items():
        whole = whole.replace(name, part)
    return re.compile(whole, flags)


_WITHDRAWN_TITLE, _CORRECTED_TITLE = _any(WITHDRAWN_TITLES), _any(CORRECTED_TITLES)
_WITHDRAWN_LINE, _CORRECTED_LINE = _any(WITHDRAWN_LINES, re.IGNORECASE), _any(CORRECTED_LINES, re.IGNORECASE)


def standing_of(title: str | None, around: Sequence[str] = (), text: str = "") -> Standing | None:
    """What a story's own marks say of it, null where nothing; ``around`` are the credits that stood around the text.

    >>> standing_of("CORRECTED-Kettle maker's profit rose 3 percent, not 30")
    'corrected'
    >>> standing_of("Kettle maker's profit", ["(Corrects figure in first paragraph)"])
    'corrected'
    >>> standing_of("STORY REMOVED: Kettle maker"), standing_of("Kettle maker withdraws its offer")
    ('withdrawn', None)
    """
    marks = [_OPENING.sub("", line) for line in _lines(around, text)]
    title = " ".join((title or "").split()).lstrip('"“*[( ')
    if (_WITHDRAWN_TITLE.match(title) and not _shouted(title)) or any(map(_WITHDRAWN_LINE.match, marks)):
        return "withdrawn"
    if any(map(_CORRECTED_LINE.match, marks)):
        return "corrected"
    marked = _CORRECTED_TITLE.match(title) is not None
    return "corrected" if marked and (title[:7].isupper() or not OF_MARKETS.search(title)) else None


def _lines(around: Sequence[str], text: str) -> Iterator[str]:
    """The lines that may be marks: credits, the text's edges, and a bracket at the beginning of its first lines."""
    yield from (line for line in around if len(line) <= LONGEST)
    within = [line for line in (line.strip() for line in text.split("\n")) if line]
    for line in within[:EDGE]:
        yield from _BRACKET.findall(line[:BRACKETS])
    edges = within if len(within) <= 2 * EDGE else within[:EDGE] + within[-EDGE:]
    yield from (line for line in edges if len(line) <= LONGEST)


def _shouted(title: str) -> bool:
    """Whether a title is in capitals throughout, so that those of its first word tell nothing."""
    return len(title.split()) > 4 and title.isupper()
