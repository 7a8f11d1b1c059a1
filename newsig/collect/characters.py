"""Characters that no text should hold, put right and counted.

They come from feeds cut out of databases, from wrong encodings, and from people who try what a terminal or a parser
does with them.
"""

from __future__ import annotations

import re

BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters other than tab and line ends, overrides of the direction of writing, halves of surrogate pairs,
and what Unicode says is no character."""

SPACES = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f")

REFERENCE = re.compile(r"&(?:amp;)*+#(?:[xX](?P<hex>[0-9a-fA-F]*+)|(?P<dec>[0-9]++));?")
"""A numeric reference, also where its ampersand was escaped, once or more often."""


def cleaned(text: str) -> tuple[str, int]:
    """The text as it can be stored and shown, and how many characters were not fit for that.

    U+0080 to U+009F become what Windows-1252 has in their places, since a wrong encoding is how they come about, and
    halves of surrogate pairs U+FFFD. Controls that part words become spaces; all others go.

    >>> cleaned("Fed\\x1b[31m \\x93raises\\x94\\u202e")
    ('Fed[31m “raises”', 4)
    """
    return BAD.subn(lambda found: _instead(found[0]), text)


def without_bad_references(text: str) -> tuple[str, int]:
    """The markup with U+FFFD for every numeric reference to what XML allows no text to hold, and how many they were.

    >>> without_bad_references("&#xD800; &#8364; &amp;#99999999999;")
    ('\\ufffd &#8364; \\ufffd', 2)
    """
    bad = 0

    def checked(found: re.Match[str]) -> str:
        nonlocal bad
        if _allowed(found["hex"], found["dec"]):
            return found[0]
        bad += 1
        return "\ufffd"

    return REFERENCE.sub(checked, text), bad


def _instead(char: str) -> str:
    if char in SPACES:
        return " "
    if "\x80" <= char <= "\x9f":
        return char.encode("latin-1").decode("windows-1252", "ignore")
    return "\ufffd" if char >= "\ud800" else ""


def _allowed(hexadecimal: str | None, decimal: str | None) -> bool:
    digits = (hexadecimal if hexadecimal is not None else decimal or "").lstrip("0")
    if not 0 < len(digits) < 8:  # the highest is 1114111; and Python reads no number of thousands of digits
        return False
    point = int(digits, 10 if hexadecimal is None else 16)
    return point in (9, 10, 13) or 0x20 <= point <= 0xD7FF or 0xE000 <= point <= 0xFFFD or 0x10000 <= point <= 0x10FFFF
