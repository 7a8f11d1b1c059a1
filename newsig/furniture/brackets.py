"""What stands in brackets, or behind the last sentence of a paragraph, and is no part of it: "(Reporting by ...)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsig.furniture.names import PERSON, UPPER, lists_names, tells
from newsig.records import CreditKind

FARTHEST = 1500
"""Characters within which a bracket must close."""

_WORK = r"(?:reporting|editing|writing|graphics?|translation|translating)"
_MORE = r"(?:reporting|editing|writing|graphics?|translation|research|production|interview(?:ing)?|photograph(?:y|s))"
CREDITS = (
    rf"(?:(?:with|by)\s+)?(?:(?:additional|further|extra)\s+)?{_WORK}"
    rf"(?:\s*(?:,|and|&|/)\s*(?:additional\s+)?{_MORE}){{0,3}}\s+by\b"
    r"|(?:compiled|translated)\s+by\b|(?:with\s+)?additional\s+reporting\b"
    r"|with\s+(?:assistance|contributions|reporting|files|input)\s+(?:from|by)\b"
)
"""What credits open with, in any case of letters."""
CORRECTIONS = (
    r"(?:Corrects|Refiles|Recasts|Repeats|Rewrites|Releads|Adds|Updates|Removes|Deletes|Clarifies|Fixes|Modifies)\s"
    r"|(?:Correction|CORRECTION|Clarification)(?=\s?[:.,;)\]–—-]|\s(?:to|of|in|appended)\b)|Corrected\s(?:to|in|on|version)\b|Company\scorrects\b"
    r"|(?:(?:This|The\sfollowing)\s(?:story(?:\sversion)?|version|article|report|headline)|The\s(?:story|headline))"
    r"(?:\sof\s(?:the|this)\s\w{4,9})?\s(?:corrects|refiles|removes"
    r"|(?:was|has\sbeen|is)\s(?:\w{1,12}\s)?(?:corrected|updated|modified|refiled|amended|fixed|revised|changed)\b)"
    r"|In\s[^()\[\]\n]{0,80}\bcorrects\b|An?\s(?:earlier|previous)\sstory\b"
    r"|In\s(?=[^()\[\]\n]{0,150}\b(?:paragraph|para|headline)s?\b)[^()\[\]\n]{0,80}\bcorrected\b"
    r"|An?\s(?:earlier|previous)\s(?:version|headline)\sof\s(?:this|the)\s(?:story|article|report)"
)
"""What notes of the desk open with. "The report" is mostly somebody else's, and articles of a law are amended too."""
CAPTIONS = (
    rf"(?:AP|AFP|EPA|UPI|REUTERS|Reuters)(?:\s(?:Photo|Images?)\s?/|\s?/\s?{PERSON}\s?[/)\]])"
    r"|Getty\sImages[/)\]]"
    r"|[\w.'’/ -]{3,60}/\s?(?:Getty\sImages|AFP|AP|EPA|R(?:euters|EUTERS))"
    r"(?=\s?[/)\],;.]|\s(?:via|[Ff]ile|[Pp]hoto|\d))"
)
"""What captions open with that a photographer has signed."""
SHOWN = (
    r"(?i:(?:file\s)?(?:photo|photograph|image|picture)s?(?:\s(?:credit|courtesy|illustration)s?)?(?:\s(?:by|of\s)|:)"
    r"|file\sphoto\b)"
)
"""What captions open with that say what is to be seen; stories have these words as well."""
NOTES = (
    r"Editors?[’']s?\s[Nn]ote\b|(?:For|To)\s[^()\[\]\n]{0,100}\s(?:click|double-click|go\sto|visit|see\shere)\b"
    r"|[^()\[\]\n]{0,80}\bQuestions\sor\scomments\b"
    r"|[^()\[\]\n]{3,80}\sis\san?\s[\w ]{0,40}(?:columnist|freelance\swriter|contributor)\b"
)
"""What notes for the reader open with."""
CONTACTS = (
    r"[^()\[\]\n@]{1,60}@[\w-]{1,40}\.[a-z]{2}"
    r"|[\s-]{0,5}[\w.,' ]{0,40}(?:[Nn]ewsroom|[Dd]esk|[Bb]ureau)\b[^()\[\]\n]{0,60}\d{2,4}[ -]\d{3,4}"
)
KINDS: dict[str, CreditKind] = {
    "credit": "credit",
    "names": "credit",
    "later": "credit",
    "note": "credit",
    "contact": "credit",
    "standing": "credit",
    "caption": "caption",
    "shown": "caption",
    "owed": "caption",
    "correction": "correction",
}
"""What the groups of the patterns below are."""

_BY = r"(?i:reporting|editing|writing)\sby\s"
_AFTER = rf"(?=[\s:]{{0,5}}(?:the\s)?[{UPPER}@(\[])"
_HELD = re.compile(
    r"[(\[]{1,3}\s{0,5}-{0,2}(?:"
    rf"(?P<credit>(?=[A-Z])(?i:{CREDITS}){_AFTER}|(?:Additional\s)?(?:Reporting|Editing|Writing|Compiled)\sby\b)"
    rf"|(?P<names>(?i:{CREDITS}){_AFTER}|(?:Reporting|Editing|Writing|Edited|Written|Compiled|Translated)\s)"
    rf"|(?P<correction>{CORRECTIONS})|(?P<note>{NOTES})|(?P<contact>{CONTACTS})|(?P<caption>{CAPTIONS})"
    rf"|(?P<shown>{SHOWN})|(?P<owed>(?i:credit):)"
    rf"|(?P<later>[^()\[\]]{{3,200}}?[;,.]\s{{0,3}}{_BY}(?=[{UPPER}])))"
)
_OPEN = re.compile(r"[(\[]{1,3}")
_EITHER = re.compile(r"[()\[\]]")
_ENDED = re.compile(r"(?:^|[\n.!?…)\]*•|–—-]|[.!?…][\"'”’]{1,2})[ \t]{0,30}$")
"""What stands before a bracket that belongs to no sentence: nothing on its line, the end of one, or another bracket."""
_FOLLOWED = re.compile(r"[ \t]{0,30}\S")
_GOES_ON = re.compile(rf"[ \t]{{0,5}}\n?[ \t]{{0,5}}(?:[,;]|(?!by\s{{1,5}}[{UPPER}])[a-z]{{1,40}}(?!\w))")
"""How a sentence goes on behind a bracket, on the next line too where lines were broken; "iPhone" may open one."""
_SENTENCE = re.compile(r"[^\n]*?(?:[.!?…](?=\s|$)|$)", re.MULTILINE)
_RESERVED = re.compile(r"(?i:copyright|reserved)")
_BLANK_LINE = re.compile(r"\n\s*?\n")
_BEHIND = re.compile(
    rf"(?<=[.!?”\"’)\],–—-])\s{{1,5}}(?:(?P<credit>(?=[A-Z])(?i:{CREDITS}){_AFTER}[^\n]{{1,600}})"
    r"|(?P<caption>(?:Photo|Photograph|Picture|Graphic)s? by [A-Z][^\n]{1,200})"
    r"|(?P<correction>(?<=\)[ \n])(?:Corrects|Refiles|Recasts) [^\n]+)"
    r"|(?P<standing>(?:Keywords: [A-Z]|\(C\) (?:[A-Z][\w.&’'-]{0,30} ){1,5}[12]\d{3}|© ?(?:[12]\d{3}|[A-Z]))[^\n]*))"
)


def bracketed(text: str) -> Iterator[tuple[int, int, CreditKind]]:
    """The brackets that hold credits, corrections, photo lines or ways to reach the writer.

    >>> text = "It fell. (Reporting by Jane Roe; editing by John Doe)"
    >>> [(text[start:end], kind) for start, end, kind in bracketed(text)]
    [('(Reporting by Jane Roe; editing by John Doe)', 'credit')]
    """
    after = 0
    for bracket in _OPEN.finditer(text):
        start = bracket.start()
        if start >= after and (match := _HELD.match(text, start)):
            end, name = _closing(text, start, match.end()), match.lastgroup or ""
            if _holds(name, text, match, end):
                yield start, end, KINDS[name]
                after = end


def _holds(name: str, text: str, match: re.Match[str], end: int) -> bool:
    """Whether a bracket holds what it opens like, and no words of the story."""
    rest = text[match.end() : end]
    if name in ("names", "owed"):
        return lists_names(rest)
    if name == "shown":
        return lists_names(rest) or not tells(rest)
    if name == "contact":
        return not tells(text[match.start() : end])
    if name in ("correction", "note") and _GOES_ON.match(text, end):
        return False
    return name != "correction" or not _in_sentence(text, match.start(), end)


def _in_sentence(text: str, start: int, end: int) -> bool:
    """Whether a sentence is still open before a bracket that more follows on the line, be it a full stop.

    Behind lists and headings, which end without one, the desk's note is the last of its line.
    """
    return _FOLLOWED.match(text, end) is not None and _ENDED.search(text[max(0, start - 40) : start]) is None


def stands(words: str) -> bool:
    """Whether what opens as a mark of copyright or a list of keywords is one: its first sentence tells nothing.

    >>> stands("© 2024 Harbour Wire. It may not be sold."), stands("© 2024 was the year of the kettle, he said.")
    (True, False)
    """
    first = _SENTENCE.match(words)
    return first is None or _RESERVED.search(first[0]) is not None or not tells(first[0])


def _closing(text: str, start: int, after: int) -> int:
    """Where a bracket closes; the end of its line where it never does."""
    depth = 0
    limit = min(len(text), start + FARTHEST)
    if blank := _BLANK_LINE.search(text, start, limit):
        limit = blank.start()
    for bracket in _EITHER.finditer(text, start, limit):
        at = bracket.start()
        depth += 1 if text[at] in "([" else -1
        if depth <= 0 and text[at] in ")]" and at >= after - 1:
            return at + (2 if text.startswith(")", at + 1) else 1)  # one too many is a slip of the desk
    line = text.find("\n", after, limit)
    end = limit if line < 0 else line
    return start + len(text[start:end].rstrip())


def behind(text: str) -> Iterator[tuple[int, int, CreditKind]]:
    """Credits and marks of copyright without brackets, behind a paragraph's last sentence.

    >>> text = "Gold fell. Reporting by Jane Roe; editing by John Doe"
    >>> [text[start:end] for start, end, _ in behind(text)]
    ['Reporting by Jane Roe; editing by John Doe']
    """
    for match in _BEHIND.finditer(text):
        name = match.lastgroup or ""
        words = match[name].rstrip()
        if name == "correction" or (stands(words) if name == "standing" else lists_names(words)):
            yield match.start(name), match.start(name) + len(words), KINDS[name]
