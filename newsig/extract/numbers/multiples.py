"""Multiples and fractions of a whole: "doubled", "threefold", "grew five times", "two-thirds of its value"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from newsig.extract.numbers.made import Number, made
from newsig.extract.numbers.words import DIGITS, FRACTION, HYPHEN, ONES, TENS, number_value
from newsig.extract.openings import Battery
from newsig.records import Direction

VERBS: dict[str, tuple[float, Direction]] = {
    "double": (2.0, "up"),
    "triple": (3.0, "up"),
    "treble": (3.0, "up"),
    "quadruple": (4.0, "up"),
    "quintuple": (5.0, "up"),
    "halve": (2.0, "down"),
}
"""Verbs that say by how much themselves, and which way."""
MODALS = r"to|will|would|could|can|cannot|may|might|should|must|shall|not|['’]ll|['’]d"
ADVERBS = (
    r"more\s+than|at\s+least|just\s+about|nearly|almost|about|roughly|around|over|likely|soon|even|also|again|then"
    r"|eventually|easily|further"
)
NO_VERB = (
    r"down\b|over\b|up\b|back\b|digits?\b|figures?\b|dips?\b|whammy|tops?\b|bottoms?\b|checks?\b|counts?\b|as\b|a\b"
)
"""What stands behind "double" where it multiplies nothing: "to double digits", "doubled down"."""
POSSESSIVES = ("its", "their", "his", "her", "our")
GROWTH = (
    r"(?:grow|grew|grown|growing|rise|rises|rose|risen|rising|increas(?:e|es|ed|ing)|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)"
    r"|soar(?:s|ed|ing)?|climb(?:s|ed|ing)?|expand(?:s|ed|ing)?|multipl(?:y|ies|ied)|swell(?:s|ed)?|swollen|leap(?:t|ed)?"
    r"|rocketed|skyrocketed|ballooned|mushroomed)"
)
MOVES = (
    r"(?:los[et]|losing|loses|shed|f[ae]ll|fallen|falls|falling|down|up|off|drop(?:s|ped|ping)?|dropp|r[io]se|risen|rises"
    r"|gain(?:s|ed)?|jump(?:s|ed)?|climb(?:s|ed)?|plung(?:e|es|ed|ing)|slump(?:s|ed)?|tumbl(?:e|es|ed)|slid|sank|shrunk"
    r"|shrank|grew|grown|surg(?:e|es|ed)|soar(?:s|ed)?|plummet(?:s|ed)?|declin(?:e|es|ed)|slip(?:s|ped)?|cut|cuts|slash(?:ed)?"
    r"|by|of)"
)
"""What may stand before a fraction that has nothing behind it: "shares fell a third"."""

_COUNT = "|".join(sorted((*ONES[1:], *TENS, "hundred", "thousand", "many"), key=len, reverse=True))
_PAST = (
    r"doubled|tripled|trebled|quadrupled|quintupled|halved"
    r"|doubling|tripling|trebling|quadrupling|quintupling|halving"
)
_PRESENT = r"doubles|triples|trebles|quadruples|quintuples"
_PLAIN = "|".join(VERBS)
_VERB = re.compile(
    rf"\b(?:(?P<done>{_PAST}|{_PRESENT})|(?:{MODALS})\s+(?:(?:{ADVERBS})\s+){{0,2}}(?P<plain>{_PLAIN})"
    rf"|(?P<halves>halves)(?=\s+(?:its|their|his|her|the|forecast|dividend|stake|output|profit|loss|target)\b))\b"
    rf"(?!(?:\s+|{HYPHEN})(?:{NO_VERB}))(?!{HYPHEN})",
    re.IGNORECASE,
)
_STEMS = re.compile("|".join(verb[:-1] for verb in VERBS), re.IGNORECASE)
_IN_HALF = re.compile(
    r"\b(?P<verb>cut(?:s|ting)?|slash(?:ed|es|ing)?|slic(?:ed|es|ing)|chop(?:ped|s|ping)?|reduc(?:ed|es|ing)"
    r"|f[ae]ll(?:s|en|ing)?|dropp(?:ed|ing)|shrunk|shrank)\s+(?P<what>(?:[\w'’-]{1,20}\s+){0,5}?)(?P<half>in\s+half)\b"
    r"(?!\s+(?:an?|the)\b|[-‐‑])",
    re.IGNORECASE,
)
_FOLD = re.compile(
    rf"(?<![\w.,$])(?P<count>{_COUNT}|{DIGITS})(?:\s|{HYPHEN})?fold\b(?!\s+(?:it|them|up)\b)", re.IGNORECASE
)
_TWO_KINDS = re.compile(r"\b(?:is|are|was|were|be|been|reasons?)\s+$", re.IGNORECASE)
_TIMES = re.compile(
    rf"\b{GROWTH}\s+(?P<link>by\s+|to\s+|(?:{ADVERBS}|some)\s+){{0,2}}"
    rf"(?P<number>(?P<count>{_COUNT}|{DIGITS})\s+times)\b"
    r"(?P<behind>,?\s+(?:its|their|his|what|the\s+(?:level|size|amount|value|price|rate\s+of)|higher|since|from|between"
    r"|over|to)\b)?(?!\s+(?:[\w'’-]{1,20}\s+){0,3}(?:earnings|sales|revenues?|profits?|book|cash|ebitda|income)\b)",
    re.IGNORECASE,
)
_FRACTION_OF = re.compile(
    rf"(?<![\w.,/-])(?P<fraction>{FRACTION}|[12]/[34])\s+(?P<of>of\s+)?(?P<whole>its|their|his|her|our|the|all)\b"
    rf"|(?<![\w.,/-])(?P<fraction2>{FRACTION})\s+of\s+(?!an?\b|one\b|1\b|this\b|next\b|last\b|(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_FRACTION_BY = re.compile(
    rf"\b{MOVES}\s+(?:(?:{ADVERBS}|some|as\s+much\s+as|up\s+to|less\s+than|close\s+to|a\s+further|another)\s+){{0,2}}"
    rf"(?P<fraction>{FRACTION}|[12]/[34])\b"
    r"(?=\s*(?:[.,;:)—–\"”']|$|(?:to|from|since|in|on|this|last|over|after|when|as|and|but|so|year|against|versus|since"
    r"|during|between|before|because|while|at|its|their|for|or)\b))",
    re.IGNORECASE,
)
_FRACTION_THAN = re.compile(
    rf"(?<![\w.,/-])(?P<fraction>{FRACTION}|[12]/[34])\s+"
    r"(?=(?:higher|lower|more|less|below|above|off|cheaper|down|up|bigger|smaller|fewer)\b)",
    re.IGNORECASE,
)
_PERIOD_BEFORE = re.compile(
    r"\b(?:first|second|third|fourth|last|latter|final|past|next|previous|prior|this|that|each|every|other|fiscal|and"
    r"|consecutive|straight|on|for)(?:\s+|-)$|\b(?:in|over|during|within)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_QUARTERS = re.compile(r"quarters?$|^half$", re.IGNORECASE)


_BATTERY = Battery([_VERB, _IN_HALF, _TIMES, _FRACTION_OF, _FRACTION_BY, _FRACTION_THAN])


def find_multiples(text: str) -> Iterator[Number]:
    """The multiples and fractions of the text, in no particular order; they may overlap."""
    matches: dict[re.Pattern[str], list[re.Match[str]]] = defaultdict(list)
    for _, match in _BATTERY.matches(text):
        matches[match.re].append(match)
    yield from _verbs(text, matches[_VERB])
    yield from _in_half(text, matches[_IN_HALF])
    yield from _folds(text)
    yield from _times(text, matches[_TIMES])
    for pattern in (_FRACTION_OF, _FRACTION_BY, _FRACTION_THAN):
        yield from _fractions(text, matches[pattern])


def _verbs(text: str, matches: Sequence[re.Match[str]]) -> Iterator[Number]:
    for match in matches:
        name = next(name for name in ("done", "plain", "halves") if match[name])
        stem = _STEMS.match(match[name])
        if stem is None:
            continue
        value, sign = next(what for verb, what in VERBS.items() if verb.startswith(stem[0].lower()))
        yield made(text, match.span(name), value, "times", sign=sign)


def _in_half(text: str, matches: Sequence[re.Match[str]]) -> Iterator[Number]:
    for match in matches:
        span = match.span("half") if match["what"] else match.span()
        yield made(text, span, 2.0, "times", sign="down")


def _folds(text: str) -> Iterator[Number]:
    if "fold" not in text.lower():
        return
    for match in _FOLD.finditer(text):
        value = number_value(match["count"])
        if value and value > 1 and not _TWO_KINDS.search(text, max(0, match.start() - 10), match.start()):
            yield made(text, match.span(), value, "times")


def _times(text: str, matches: Sequence[re.Match[str]]) -> Iterator[Number]:
    """ "Grew five times", "rose to 20 times its size"; "raised rates three times" counts and multiplies nothing."""
    for match in matches:
        value = number_value(match["count"])
        if value and value > 1 and (match["link"] or match["behind"]):
            yield made(text, match.span("number"), value, "times")


def _fractions(text: str, matches: Sequence[re.Match[str]]) -> Iterator[Number]:
    for match in matches:
        name = "fraction" if match["fraction"] else "fraction2"
        start, end = match.span(name)
        value = number_value(match[name])
        owned = (match.groupdict().get("whole") or "").lower() in POSSESSIVES
        if value is None or value >= 1 or (not owned and _is_time(text, match[name], start)):
            continue
        yield made(text, (start, end), value, "fraction")


def _is_time(text: str, words: str, start: int) -> bool:
    """Whether a half or some quarters are a stretch of time: "the second half of the year", "in three quarters"."""
    return _QUARTERS.search(words) is not None and _PERIOD_BEFORE.search(text, max(0, start - 14), start) is not None
