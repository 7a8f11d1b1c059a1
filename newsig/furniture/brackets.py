"""What stands in brackets, or behind the last sentence of a paragraph, and is no part of it: "(Reporting by ...)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsig.furniture.names import PERSON, UPPER, lists_names
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
    r"|(?:Correction|CORRECTION|Clarification)\b|Corrected\s(?:to|in|on|version)\b|Company\scorrects\b"
    r"|(?:This|The)\s(?:following\s)?(?:story(?:\sversion)?|version|article|report|headline)(?:\sof\s(?:the|this)\s\w{4,9})?\s(?:corrects|refiles|removes"
    r"|(?:was|has\sbeen|is)\s(?:\w{1,12}\s)?(?:corrected|updated|modified|refiled|amended|fixed|revised|changed)\b)"
    r"|In\s[^()\[\]\n]{0,80}\bcorrect(?:s|ed)\b|An?\s(?:earlier|previous)\sstory\b"
    r"|An?\s(?:earlier|previous)\s(?:version|headline)\sof\s(?:this|the)\s(?:story|article|report)"
)
CAPTIONS = (
    rf"(?:AP|AFP|EPA|UPI|REUTERS|Reuters)(?:\s(?:Photo|Images?)\s?/|\s?/\s?{PERSON}\s?[/)\]])"
    r"|(?i:(?:file\s)?(?:photo|photograph|image|picture)s?(?:\s(?:credit|courtesy|illustration)s?)?(?:\s(?:by|of\s)|:))"
    r"|(?i:credit):|(?i:file\sphoto)\b|Getty\sImages[/)\]]"
    r"|[\w.'’/ -]{3,60}/\s?(?:Getty\sImages|AFP|AP|EPA|R(?:euters|EUTERS))\b"
)
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
    "standing": "credit",
    "caption": "caption",
    "correction": "correction",
}
"""What the groups of the patterns below are."""

_BY = r"(?i:reporting|editing|writing)\sby\s"
_AFTER = rf"(?=[\s:]{{0,5}}(?:the\s)?[{UPPER}@(\[])"
_HELD = re.compile(
    r"[(\[]{1,3}\s{0,5}-{0,2}(?:"
    rf"(?P<credit>(?=[A-Z])(?i:{CREDITS}){_AFTER}|(?:Additional\s)?(?:Reporting|Editing|Writing|Compiled)\sby\b)"
    rf"|(?P<names>(?i:{CREDITS}){_AFTER}|(?:Reporting|Editing|Writing|Edited|Written|Compiled|Translated)\s)"
    rf"|(?P<correction>{CORRECTIONS})|(?P<note>{NOTES}|{CONTACTS})|(?P<caption>{CAPTIONS})"
    rf"|(?P<later>[^()\[\]]{{3,200}}?[;,.]\s{{0,3}}{_BY}(?=[{UPPER}])))"
)
_OPEN = re.compile(r"[(\[]{1,3}")
_BLANK_LINE = re.compile(r"\n\s*?\n")
_BEHIND = re.compile(
    rf"(?<=[.!?”\"’)\],–—-])\s{{1,5}}(?:(?P<credit>(?=[A-Z])(?i:{CREDITS}){_AFTER}[^\n]{{1,600}})"
    r"|(?P<caption>(?:Photo|Photograph|Picture|Graphic)s? by [A-Z][^\n]{1,200})"
    r"|(?P<correction>(?<=\)[ \n])(?:Corrects|Refiles|Recasts) [^\n]+)"
    r"|(?P<standing>(?:Keywords: [A-Z]|\(C\) [A-Z][\w ]{1,40}[12]\d{3}|© ?(?:[12]\d{3}|[A-Z]))[^\n]*))"
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
            if name != "names" or lists_names(text[match.end() : end]):
                yield start, end, KINDS[name]
                after = end


def _closing(text: str, start: int, after: int) -> int:
    """Where a bracket closes; the end of its line where it never does."""
    depth = 0
    limit = min(len(text), start + FARTHEST)
    if blank := _BLANK_LINE.search(text, start, limit):
        limit = blank.start()
    for at in range(start, limit):
        if text[at] in "([":
            depth += 1
        elif text[at] in ")]":
            depth -= 1
            if depth <= 0 and at >= after - 1:
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
        if name in ("standing", "correction") or lists_names(words):
            yield match.start(name), match.start(name) + len(words), KINDS[name]
