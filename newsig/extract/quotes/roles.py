"""What a person is and for whom he works, in the article's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsig.extract.lexicon import ROLE_WORDS

_HOUSE = r"(?:the\s+)?(?P<organisation>[A-Z0-9][\w&.'’-]*(?:\s+(?:[A-Z&][\w&.'’-]*|of|and|the))*)"
_ROLE_AT = (
    re.compile(rf"^,?\s*(?:an?\s+|the\s+)?(?P<role>[a-z][^;:“”\"]{{2,70}}?)\s+(?:at|with|for)\s+{_HOUSE}"),
    re.compile(rf"^,?\s*(?:an?\s+|the\s+)?(?P<role>[a-z][\w\s,/&-]*?)\s+(?:of|in)\s+{_HOUSE}"),
)
_ROLE_AS = re.compile(
    rf"^,?\s*who\b[^;“”\"]{{2,90}}?\bas\s+(?:an?\s+|the\s+)?(?P<role>[a-z][\w\s-]*?)\s+(?:of|at|for)\s+{_HOUSE}"
)
_HOUSE_ROLE = re.compile(
    r"^,\s*(?:an?\s+|the\s+)?(?P<organisation>[A-Z][\w&.'’-]*(?:\s+(?:[A-Z&][\w&.'’-]*|of))*)['’]?s?\s+(?P<role>[a-z][\w\s.,&-]{3,60})$"
)
ROLE = re.compile(r"\b(?:" + "|".join(sorted(ROLE_WORDS)) + r")\b", re.IGNORECASE)
_EMPLOYER = re.compile(r"^\s+(?:of|at|from|with)\s+(?:the\s+)?(?P<name>[A-Z][\w&.'’-]*(?:\s+[A-Z&][\w&.'’-]*)*)")
_ROLE_ALONE = re.compile(
    r"^,\s*(?:an?\s+|the\s+(?:(?:firm|company|bank|group|fund)['’]s\s+)?)?(?P<role>[a-z][\w\s-]{3,60})(?:,|$)"
)


def role_of(words: str, behind: int, organisations: Sequence[str], before: int = 0) -> tuple[str | None, str | None]:
    """Role and organisation of the person whose name stands in some words up to ``behind`` and from ``before`` on.

    >>> role_of("Orla Quillfeather, head of research at Larkmoor Partners", 17, [])
    ('head of research', 'Larkmoor Partners')
    """
    role, organisation = _role_after(words[behind:])
    if role is None and before:
        told, house = _role_before(words[:before], organisations)
        role, organisation = told, house or organisation
    return role, organisation


def _role_after(words: str) -> tuple[str | None, str | None]:
    """Role and organisation out of ", head of research at Larkmoor Partners"."""
    for pattern in (*_ROLE_AT, _ROLE_AS):
        match = pattern.match(words)
        if match is not None and ROLE.search(match["role"]):
            house = re.split(r",| which| who", match["organisation"])[0]
            return match["role"].strip(" ,"), re.sub(r"\s(?:in|of|and|the)$", "", house).strip()
    behind = _HOUSE_ROLE.match(words.split(" in ")[0].rstrip(" ,"))
    if behind is not None and ROLE.search(behind["role"]):
        return behind["role"].strip(), re.sub(r"['’]s?$", "", behind["organisation"])
    employer = _EMPLOYER.match(words)
    if employer:
        return None, employer["name"]
    role = _ROLE_ALONE.match(words)
    return (role["role"].strip(), None) if role and ROLE.search(role["role"]) else (None, None)


def _role_before(words: str, organisations: Sequence[str]) -> tuple[str | None, str | None]:
    """Role and organisation out of "Uralsib analyst " and "the firm's chief strategist "."""
    words = re.sub(r"^(?:(?:said|says|and|but|[Tt]he|[Aa]n?|[Ii]ts)\s+)+", "", words.strip(" ,"))
    words = re.sub(r"^(?:company|firm|bank|group)['’]s\s+", "", words)
    if not words or not ROLE.search(words):
        return None, None
    organisation = next((name for name in organisations if words.startswith(name)), None)
    role = re.sub(r"^(?:['’]s)?[\s,]+", "", words[len(organisation) :]).strip(" ,") if organisation else words
    return role or None, organisation
