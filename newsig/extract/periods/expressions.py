"""Expressions of time in a text: where they stand and of what kind they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
COUNTS = {
    word: value
    for value, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1)
}

_DAY = "|".join(WEEKDAYS)
_MONTH = "|".join(MONTHS)
_COUNT = "|".join(COUNTS)
_YEAR = r"(?:19|20)\d\d"
_START = r"(?:the\s+)?(?:start|beginning|outset|turn)\s+of"

# Earlier rows win over later ones at the same place; longer matches win over shorter ones. The kind names a reader
# below; "unknown" is an expression that states a period which the text alone does not settle, "other" one that looks
# like a period and is none.
PATTERNS: tuple[tuple[str, str], ...] = (
    ("to_weekday", rf"(?:in|over|during)\s+the\s+(?:(?P<count>\d+|{_COUNT})\s+)?(?:trading\s+)?(?P<unit>days|sessions|week|weeks)\s+(?:to|through|ended|ending|that\s+ended)\s+(?:on\s+)?(?:last\s+)?(?P<weekday>{_DAY})"),
    ("week_ago", r"(?:from|than|compared\s+with)\s+(?:a|one)\s+week\s+(?:earlier|ago|before)"),
    ("other", rf"(?:through|until|till)\s+(?:{_DAY})"),
    ("other", rf"(?:futures?|contracts?|crude|delivery)\s+for\s+(?:{_MONTH})"),
    ("date", rf"(?:on\s+)?(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})\b(?!\d|\s*%)(?:,?\s+(?P<year>{_YEAR}))?"),
    ("today", r"from\s+(?:its|a|an|the|their)\s+(?:previous|prior|last)(?:\s+session)?\s+close"),
    ("unknown", rf"(?:from|than)\s+(?:\d+|{_COUNT})\s+(?:days|weeks|months|years)\s+(?:ago|earlier|before)|for\s+the\s+decade"),
    ("unknown", r"(?:in|for|over|during)\s+the\s+(?:first|last|final)\s+(?:\w+\s+)?(?:days|weeks?|months?)\s+of\s+(?:the\s+)?\w+"),
    ("week", r"for\s+(?:a|the|its)\s+\w+\s+(?:straight|consecutive|successive)\s+week"),
    ("weekly", r"(?:weekly|one-week)\s+(?:\w+\s+)?(?:advances?|gains?|loss(?:es)?|declines?|drops?|performances?|showing|rise|fall|increase)"),
    ("monthly", r"monthly\s+(?:\w+\s+)?(?:advances?|gains?|loss(?:es)?|declines?|drops?|performances?|showing|rise|fall|increase)"),
    ("quarterly", r"quarterly\s+(?:percentage\s+|point\s+)?(?:advances?|gains?|loss(?:es)?|declines?|drops?|performances?|showing|rise|fall)"),
    ("other", rf"(?:for|with)\s+(?:{_MONTH})\s+(?:delivery|settlement)|(?:{_MONTH})\s+(?:delivery|contract|crude|futures)"),
    ("same", r"(?:in|over|during)\s+(?:that|the same)\s+(?:time|period|span|stretch)|since\s+(?:then|that\s+time)"),
    ("unknown", r"over\s+(?:that|the|this|its|a)\s+[^.,;]{0,40}?(?:period|stretch|span|run|streak)(?:\s+of\s+[^.,;]{1,30})?"),
    ("unknown", rf"of\s+the\s+(?:past|last)\s+(?:\d+|{_COUNT})\s+(?:sessions|days|weeks)"),
    ("unknown", rf"between\s+(?:early|mid|late|the\s+\w+\s+of)?[\s-]?(?:{_MONTH})\b[^.,;]{{0,40}}?\band\s+(?:early|mid|late)?[\s-]?(?:{_MONTH})(?:\s+{_YEAR})?"),
    ("unknown", r"(?:in|for|over)\s+(?:\w+\s+)?(?:consecutive|straight|successive)\s+(?:sessions|days|weeks|months)(?:\s+(?:last|this)\s+(?:week|month))?"),
    ("unknown", rf"(?:in|for)\s+(?:the\s+)?(?:\d+|{_COUNT})\s+(?:consecutive|straight|successive)\s+(?:sessions|days|weeks|months|quarters)(?:\s+(?:last|this)\s+(?:week|month))?"),
    ("unknown", r"(?:over|in|during)\s+the\s+(?:following|subsequent|next|coming)\s+(?:\w+\s+)?(?:days?|weeks?|months?|quarters?|years?)"),
    ("extended", r"(?:in\s+)?(?:extended|extended-hours|after-hours|after hours)\s+(?:trading|trade|dealings)|after-market\s+\w+|after\s+(?:the|\w+day['’]s)\s+(?:closing\s+bell|bell|close)|in\s+after-hours"),
    ("today", r"(?:in\s+)?(?:pre-?market|before-the-bell)\s+(?:trading|trade|dealings)|before\s+the\s+bell"),
    ("year", rf"since\s+{_START}\s+(?:the|this)\s+year|(?:so\s+far\s+)?this\s+year|year[\s-]to[\s-]date|for\s+the\s+year(?:\s+to\s+date)?|so\s+far\s+for\s+the\s+year|so\s+far\s+in\s+{_YEAR}|to\s+date\s+this\s+year|since\s+january\s+1\b"),
    ("since_year", rf"since\s+{_START}\s+(?P<year>{_YEAR})|since\s+the\s+end\s+of\s+(?P<ended>{_YEAR})"),
    ("since_start_month", rf"since\s+{_START}\s+(?P<month>{_MONTH})(?:\s+(?P<year>{_YEAR}))?"),
    ("since_end_month", rf"since\s+the\s+end\s+of\s+(?P<month>{_MONTH})(?:\s+(?P<year>{_YEAR}))?"),
    ("since_date", rf"since\s+(?:[^.,;]{{0,60}}?\bon\s+)?(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})\b(?!\d)(?:,?\s+(?P<year>{_YEAR}))?"),
    ("since_weekday", rf"(?:since|from)\s+(?:the\s+close\s+(?:of\s+trading\s+)?(?:on\s+)?)?(?:last\s+)?(?P<weekday>{_DAY})(?:['’]s\s+close)?"),
    ("since_weekday", rf"from\s+(?:the|its)\s+(?:previous\s+)?close\s+(?:of\s+trading\s+)?(?:on\s+)?(?P<weekday>{_DAY})"),
    ("unknown", r"since(?:\s+(?!(?:and|but|while|as|including|on|after|before|with|when)\b)[\w’'.&-]*[\w’']){1,8}"),
    ("month", rf"(?:so\s+far\s+)?this\s+month|month[\s-]to[\s-]date|(?:for|in|over)\s+the\s+month(?:\s+to\s+date|\s+so\s+far)?|(?:end|finish)(?:ed|ing)?\s+the\s+month|(?:so\s+far\s+)?(?:in|for)\s+(?P<month>{_MONTH})(?:\s+(?:alone|so\s+far))?(?!\s+(?:\d|{_YEAR}))"),
    ("quarter", r"(?:so\s+far\s+)?this\s+quarter|quarter[\s-]to[\s-]date|(?:for|in|over)\s+the\s+quarter(?:\s+so\s+far)?|(?:end|finish)(?:ed|ing)?\s+the\s+quarter"),
    ("week", r"(?:so\s+far\s+)?this\s+week|(?:for|on|over|in|during)\s+the\s+week|week[\s-]to[\s-]date|(?:end|finish|clos)(?:ed|ing)?\s+(?:out\s+)?the\s+week"),
    ("last_quarter", r"(?:in|for|during)?\s*(?:the\s+)?last\s+quarter"),
    ("last_year", r"(?:in|for|during\s+)?last\s+year|in\s+the\s+previous\s+year"),
    ("last_month", r"(?:in|for|during\s+)?last\s+month"),
    ("last_week", r"(?:in|for|during\s+)?last\s+week(?:\s+alone)?"),
    ("in_year", rf"(?:in|during|for(?:\s+all\s+of)?|ended|finished|ending)\s+(?P<year>{_YEAR})(?:\s+(?:so\s+far|alone))?"),
    ("past", rf"(?:in|over|during|within|for)\s+the\s+(?:last|past|previous|latest|prior)\s+(?:(?P<count>\d+|{_COUNT})\s+)?(?:trading\s+)?(?P<unit>sessions?|days?|weeks?|months?|years?)"),
    ("hours", rf"(?:in|within|over)\s+(?:just\s+|only\s+|the\s+first\s+)?(?:\d+|{_COUNT})\s+(?:hours?|minutes?)"),
    ("one_day", r"in\s+(?:just\s+|only\s+)?(?:one|a\s+single)\s+(?:day|session)"),
    ("unknown", rf"(?:in|over|within)\s+(?:just\s+|only\s+|about\s+)?(?:\d+|{_COUNT})\s+(?:trading\s+)?(?:sessions?|days?|weeks?|months?|years?)"),
    ("unknown", r"(?:from|on)\s+(?:a\s+)?(?:year|month|quarter)[\s-](?:earlier|ago|before|on[\s-]\w+)|(?:a\s+)?(?:year|month|quarter)\s+(?:earlier|ago|before)|year[\s-](?:on|over)[\s-]year|month[\s-](?:on|over)[\s-]month|from\s+the\s+(?:same|previous|prior)\s+(?:period|quarter|month|year)(?:\s+(?:a|last)\s+year(?:\s+(?:ago|earlier))?)?"),
    ("part", rf"(?:in|over|during)\s+the\s+(?P<ordinal>first|second|third|fourth)\s+(?P<unit>quarter|half)(?:\s+of\s+(?P<year>{_YEAR}))?"),
    ("fiscal", r"(?:in|for)?\s*(?:the\s+)?(?:first|second|third|fourth)[\s-](?:fiscal[\s-])?(?:quarter|half)(?:\s+of\s+(?:this\s+year|last\s+year|(?:19|20)\d\d))?|\bQ[1-4]\b"),
    ("peak", r"(?:from|below|above|off|since|of)\s+(?:its|a|an|the|their)\s+(?:[\w’'-]+\s+){0,4}?(?:peak|high|low|trough|highs|lows|record(?:\s+close)?|levels)(?:\s+(?:of|on|in|hit|set|reached)\s+[^.,;]{1,30})?"),
    ("unknown", r"(?:by|until)\s+(?:year-end|(?:the\s+)?end\s+of[^.,;]{1,20})|next\s+(?:week|month|quarter|year)|in\s+the\s+coming\s+\w+"),
    ("weekday", rf"(?:(?:late|early)\s+)?(?:(?:on|last|this|by)\s+)?(?:last\s+)?(?P<weekday>{_DAY})(?:['’]s?|s)?(?:\s+(?:morning|afternoon|evening|night))?"),
    ("yesterday", r"yesterday"),
    ("today", r"(?:on\s+the\s+day\s+)?today(?:['’]s)?|this\s+(?:morning|afternoon|evening)|tonight|(?:on|for|of|ending|ended|end|finish|finished)\s+the\s+(?:day|session)|in\s+the\s+session|(?:at|of)\s+the\s+(?:open|close)\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE)) for kind, pattern in PATTERNS)
_AHEAD = re.compile(
    r"\b(?:due|expected|scheduled|slated|will|planned|plans?|ahead of|before|until|next|upcoming|set)\b[^,.;]{0,40}$",
    re.IGNORECASE,
)
_FUTURE_KINDS = {"weekday", "today", "month", "week", "year"}
DAY_KINDS = frozenset({"weekday", "today", "yesterday", "hours", "one_day", "date", "extended"})
"""Kinds that name a session rather than a longer window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """An expression of time in the text: its span, its kind, and the named parts of it (lower case)."""

    start: int
    end: int
    kind: str
    parts: tuple[tuple[str, str], ...] = ()

    def part(self, name: str) -> str | None:
        """A named part, such as the weekday; None where the expression has none."""
        return dict(self.parts).get(name)


def find_periods(text: str) -> list[Expression]:
    """Every expression of time that can say over what a change is measured, none inside another.

    >>> [text[e.start:e.end] for text in ["On Friday the Dow fell, but is up 5% so far this year."]
    ...  for e in find_periods(text)]
    ['On Friday', 'so far this year']
    """
    hits = [
        (match.start(), -match.end(), rank, kind, match)
        for rank, (kind, pattern) in enumerate(_COMPILED)
        for match in pattern.finditer(text)
        if match[0].strip()
    ]
    kept: list[Expression] = []
    taken = 0
    for _, _, _, kind, match in sorted(hits, key=lambda hit: hit[:3]):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        if start < taken:
            continue
        taken = match.end()
        if kind == "other" or (kind in _FUTURE_KINDS and _AHEAD.search(text, max(0, start - 60), start)):
            continue
        parts = tuple((name, value.lower()) for name, value in match.groupdict().items() if value)
        kept.append(Expression(start=start, end=match.end(), kind=kind, parts=parts))
    return kept
