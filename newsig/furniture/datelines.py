"""Datelines: where a story was written and for whom, at the start of its first line: "NEW YORK (Reuters) - "."""

from __future__ import annotations

import re

from newsig.furniture.names import UPPER
from newsig.furniture.words import LABELS

AGENCIES = (
    r"Reuters(?: [A-Z]\w{1,20}){0,2}|AP|UPI|AFP|dpa|dpa-AFX|PTI|ANI|Xinhua|Kyodo|ANSA|Bloomberg|MarketWatch|CNN|CNBC"
    r"|BBC|TASS|Interfax|Yonhap|IANS|PA|Dow Jones|Press Association"
    r"|(?:[A-Z][\w'’-]{1,20} ){1,3}(?:Wire|News|Times|Post|Journal|Courier|Press|Newswires?|Agency)"
)
"""Names of agencies, and names that end as those of publishers do."""

_MONTH = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = rf"(?:,? (?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?)"
_REGION = rf"(?:,? [{UPPER}][\w.]{{1,15}}(?: [{UPPER}][\w.]{{1,15}}){{0,2}})"
_CAPITALS = rf"[{UPPER}][{UPPER}.,'’ /-]{{2,40}}"
_MIXED = rf"[{UPPER}][\w.'’-]{{1,20}}(?:[ /][{UPPER}][\w.'’-]{{1,20}}){{0,3}}"
_DASH = r"\s{0,3}[-–—]{1,3}(?:\s{0,2}[-–—])?(?![a-z-])"
_OPENS = rf"(?=\s{{0,5}}[\"“‘'({UPPER}\d$])"
_OF_PLACE = re.compile(
    rf"{_CAPITALS}{_REGION}?(?:/{_CAPITALS}{_REGION}?)?{_DATE}?,?\s{{0,5}}(?:--)?"
    rf"\([{UPPER}][\w &.'’/-]{{1,30}}\){_DASH}"
)
_OF_RELEASE = re.compile(rf"{_CAPITALS}{_REGION}?{_DATE},?\s{{0,5}}/[{UPPER}][\w &.'’-]{{1,30}}/\s{{0,3}}-{{1,2}}(?!-)")
"""As services for press releases write them: "MILLBROOK, Mass., July 17, 2024 /Harbour Circuit/ --"."""
_ALONE = re.compile(rf"(?:[{UPPER}][\w.'’-]{{0,20}}[ ,]{{1,2}}){{1,5}}\s{{0,2}}[—–]{{1,2}}")
"""On a line of its own: "New York Harbour Business —"."""
_OF_AGENCY = re.compile(
    rf"(?:(?:{_CAPITALS}|{_MIXED}){_REGION}?{_DATE}?|{_MONTH} \d{{1,2}})?,?\s{{0,5}}\((?:{AGENCIES})\)"
    rf"(?:{_DASH}|(?=\s{{1,5}}[{UPPER}“\"]))"
)
_SOURCE_ONLY = re.compile(rf"\([{UPPER}][\w &.'’/-]{{1,30}}\){_DASH}")
_BARE = re.compile(
    rf"(?P<place>[{UPPER}][{UPPER}.'’-]{{1,20}}(?:[ /][{UPPER}][{UPPER}.'’-]{{0,20}}){{0,3}}){_REGION}?{_DATE}?"
    rf"(?:\s{{0,3}}—{{1,2}}|\s{{0,3}}--|\s{{1,3}}[-–](?=\s)){_OPENS}"
)


def dateline_end(text: str, start: int, end: int, *, opening: bool) -> int | None:
    """Where the dateline ends that begins at ``start``, null where none does.

    ``opening`` says that no story came before: only there is a place without a source, or a source without a place,
    a dateline.

    >>> dateline_end("LONDON (Harbour Wire) - Shares fell.", 0, 36, opening=False)
    23
    """
    for pattern in (_OF_PLACE, _OF_AGENCY, _OF_RELEASE):
        if match := pattern.match(text, start, end):
            return match.end()
    if not opening:
        return None
    if match := _SOURCE_ONLY.match(text, start, end) or _ALONE.fullmatch(text, start, end):
        return match.end()
    match = _BARE.match(text, start, end)
    if match is None or not LABELS.isdisjoint(re.split(r"[ /]", match["place"])):
        return None
    return match.end()
