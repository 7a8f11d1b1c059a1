"""Whole lines that are no part of a story: credits, photo lines, corrections, and what stands under every story."""

from __future__ import annotations

import re

from newsig.furniture.brackets import CREDITS, stands
from newsig.furniture.names import PERSON, UPPER, lists_names, tells
from newsig.records import CreditKind

LONGEST = 1000
"""Characters beyond which a line is never furniture."""
LONGEST_CAPTION = 300

STANDING = (
    r"our standards\s?:|©|\(c\)\s(?:copyright|[\w ]{0,40}[12]\d{3})|copyright\s(?:©|\(c\)|[12]\d{3})"
    r"|all rights reserved\b|(?:this material|no part of this \w+) may not be|full text\.?$|read more\s?:"
    r"|sign up (?:here|for our|to our|to get)|register now for"
    r"|subscribe (?:here|to our)|follow [^\n]{2,60}(?:twitter|facebook|linkedin|@\w)"
    r"|(?:this|the) (?:story|article|report|post) (?:was )?(?:first|originally) (?:appeared|published|reported)"
    r"|editors?[’']s?\snote\s?:|keywords: "
)
"""What lines that stand under every story begin with, in any case of letters."""
CONTACTS = r"e-?mails?|contacts?|to contact|reach|write to|tel|telephone|phone|for more information"

_STANDING = re.compile(rf"[\"“*]?(?:{STANDING})", re.IGNORECASE)
_MARKED = re.compile(r"[\"“*]?(?:©|\(c\)|keywords:)", re.IGNORECASE)
"""Those of them that a sentence may open with as well."""
_CREDIT = re.compile(
    rf"[*\-–—•]{{0,3}}\s{{0,3}}(?:{CREDITS}|(?:written|edited|graphics?|illustrations?)\s+by\b)", re.IGNORECASE
)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:reporting|research|(?:reporting |research )?(?:to|for) (?:this|the) "
    r"(?:report|story|article|post|column|piece))\b[^.\n]{0,80}\.?[\"”]?"
)
_OPENS = re.compile(r"(?:^|(?<=[.!?”\"’)\]]))\s*(?=[A-Z(])")
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2}")
_CONTACT = re.compile(rf"(?:{CONTACTS})\b", re.IGNORECASE)
_HEADED_CAPTION = re.compile(
    r"(?:file\s)?(?:photo|photograph|image|picture|photo illustration)s?(?:\s(?:credits?|courtesy))?\s?:\s?\S"
    r"|(?-i:FILE(?: PHOTO)?)\s?[-–—:]",
    re.IGNORECASE,
)
_NAMED_CAPTION = re.compile(
    r"(?:(?:photo|photograph|picture|image|video|illustration)s?(?:\s(?:credit|illustration))?\s(?:by|courtesy(?: of)?)"
    r"|credits?\s?:)\s",
    re.IGNORECASE,
)
_AGENCY_LINE = re.compile(
    rf"\(?(?:[{UPPER}][\w.'’-]{{0,30}}(?: [{UPPER}][\w.'’-]{{0,30}}){{0,4}}(?:\s?/\s?| via ))?"
    rf"(?:Getty(?: Images)?|AP(?: Photo)?|REUTERS|AFP|EPA)(?:\s?/\s?[{UPPER}][\w.'’ ]{{1,40}}){{0,2}}[.)]{{0,2}}"
)
_SIGNED = re.compile(
    rf"(?:(?:REUTERS|AP Photo|AFP|EPA|UPI)\s?/\s?{PERSON}(?:/[\w ]{{1,30}})?"
    r"|\([\w.'’/ -]{3,60}/\s?(?:Getty Images|AFP|AP|EPA|Reuters|REUTERS))[).]{0,3}$"
)
_DATED = re.compile(
    r"(?:\s?[|·•,;/(]?\s?(?:(?:first|last|originally)\s)?(?:published|posted|updated|modified)\b:?"
    r"(?>[\s,|/·•–—-]{0,3}(?:\d[\d:./-]{0,10}+(?:st|nd|rd|th)?\s?(?:[ap]\.?m\b\.?)?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}+\.?"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}+\.?|(?:at|on)\b|(?:minutes?|hours?|days?) ago|(?-i:[A-Z]{1,4})\b)"
    r"){1,12}+\)?){1,2}+",
    re.IGNORECASE,
)
"""When a story was published, on a line of its own."""
_RELEASED = re.compile(
    r"SOURCE:? [A-Z][^\n]{1,80}|(?:(?:Media|Investor|Press) )?Contacts?:?|View (?:original|source)\b[^\n]{1,200}"
)
"""What stands below press releases."""
_CORRECTION = re.compile(
    r"(?:corrections?|clarifications?|corrected)(?:\s(?:appended|to this story))?\s?(?:[.:]|$)"
    r"|corrected (?:on|at) (?-i:[A-Z\d])"
    r"|(?:(?:this|the following) (?:story|article|post|report|piece)|the story) (?:has been|was)"
    r" (?:corrected|updated|revised|amended|clarified)"
    r"|(?:an?|the) (?:earlier|previous|original) version of this (?:story|article|post|report|headline|piece)"
    r"|because of an editing error",
    re.IGNORECASE,
)
_CORRECTS = re.compile(r"(?:Corrects|Refiles|Recasts|Releads|Removes reference|Deletes)\s|In [^.\n]{1,60}, corrects\s")
_OPINIONS = re.compile(r"\b(?:opinions|views) expressed (?:\w+ )?are (?:his|her|their|those|entirely)\b")


def kind_of_line(line: str, *, opening: bool) -> CreditKind | None:
    """What a line is that is no part of the story, null for one that is; bylines and datelines are not asked for.

    ``opening`` says that no story came before it.

    >>> kind_of_line("Photo by Jane Roe", opening=False), kind_of_line("Photo company Kodak rose.", opening=False)
    ('caption', None)
    """
    if len(line) > LONGEST:
        return None
    if _CORRECTION.match(line) or (opening and _CORRECTS.match(line)):
        return "correction"
    if is_caption(line):
        return "caption"
    if _is_standing(line) or _is_credit(line) or (len(line) <= LONGEST_CAPTION and _is_note(line)):
        return "credit"
    return None


def _is_standing(line: str) -> bool:
    if len(line) <= LONGEST_CAPTION and (_DATED.fullmatch(line) or (_RELEASED.fullmatch(line) and not tells(line))):
        return True
    return _STANDING.match(line) is not None and (_MARKED.match(line) is None or stands(line))


def _is_credit(line: str) -> bool:
    cue = _CREDIT.match(line)
    return cue is not None and lists_names(line[cue.end() :])


def _is_note(line: str) -> bool:
    """Whether a line tells the reader how to reach the writer, or whose the opinions are."""
    if _OPINIONS.search(line):
        return True
    if (address := _ADDRESS.search(line)) is None:
        return False
    if address.start() <= 1:
        return not tells(line)
    return _CONTACT.match(line) is not None or lists_names(line[: address.start()])


def is_caption(line: str) -> bool:
    """Whether a line is one beside a photograph, by its opening or by the photographer at its end."""
    if len(line) > LONGEST_CAPTION:
        return False
    if _HEADED_CAPTION.match(line):
        return True
    if named := _NAMED_CAPTION.match(line):
        return lists_names(line[named.end() :])
    return _AGENCY_LINE.fullmatch(line) is not None or _SIGNED.search(line) is not None


def contributed(line: str) -> tuple[int, int] | None:
    """Where a line says who else worked on the story: "Jane Roe contributed to this report."

    >>> line = "It fell. Jane Roe in London contributed to this report."
    >>> line[slice(*contributed(line))]
    'Jane Roe in London contributed to this report.'
    """
    said = _CONTRIBUTED.search(line)
    if said is None:
        return None
    before = max(0, said.start() - 400)
    for opening in _OPENS.finditer(line, before, said.start()):
        if lists_names(line[opening.end() : said.start()]):
            return opening.end(), said.end()
    return None
