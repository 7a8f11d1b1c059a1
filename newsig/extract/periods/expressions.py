"""Expressions of time in a text: where they stand and of what kind they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS = {word: value for value, word in enumerate(_COUNTED, start=1)}
DAY_KINDS = frozenset({"weekday", "today", "yesterday", "hours", "one_day", "date", "extended"})
"""Kinds that name a session rather than a longer window."""
FUTURE_KINDS = frozenset({"weekday", "today", "month", "week", "year"})
"""Kinds that speak of the past or of what is to come, as the words before them say."""

_DAY = "|".join(WEEKDAYS)
_MONTH = "|".join(MONTHS)
_NUMBER = r"(?:\d+|" + "|".join(COUNTS) + ")"
_COUNT = rf"(?:(?P<count>\d+|{'|'.join(COUNTS)})\s+)?"
_YEAR = r"(?:19|20)\d\d"
_THE_YEAR = rf"(?P<year>{_YEAR})"
_START = r"(?:the\s+)?(?:start|beginning|outset|turn)\s+of"
_MONTH_OF_YEAR = rf"(?P<month>{_MONTH})(?:\s+{_THE_YEAR})?"
_DAY_OF_MONTH = rf"(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})\b"
_IN_A_ROW = r"(?:consecutive|straight|successive)"
_OF_LATE = r"(?:\s+(?:last|this)\s+(?:week|month))?"
_SHOWN = "advances?|gains?|loss(?:es)?|declines?|drops?|performances?|showing|rise|fall"
_TRADE = "(?:trading|trade|dealings)"

# Earlier rows win over later ones at the same place; longer matches win over shorter ones; of the alternatives of one
# row the first that fits. The kind names a reader of `newsig.extract.periods.readers`; "unknown" is an expression that
# states a period which the text alone does not settle, "other" one that looks like a period and is none.
PATTERNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # ends and beginnings that the shorter expressions below would tear apart
    ("to_weekday", (
        (rf"(?:in|over|during)\s+the\s+{_COUNT}(?:trading\s+)?(?P<unit>days|sessions|week|weeks)"
         rf"\s+(?:to|through|ended|ending|that\s+ended)\s+(?:on\s+)?(?:last\s+)?(?P<weekday>{_DAY})"),
    )),
    ("week_ago", (r"(?:from|than|compared\s+with)\s+(?:a|one)\s+week\s+(?:earlier|ago|before)",)),
    ("other", (rf"(?:through|until|till)\s+(?:{_DAY}|(?:{_MONTH})\s+\d{{1,2}})",)),
    ("other", (rf"(?:futures?|contracts?|crude|delivery)\s+for\s+(?:{_MONTH})",)),
    ("date", (rf"(?:on\s+)?{_DAY_OF_MONTH}(?!\d|\s*%)(?:,?\s+{_THE_YEAR})?",)),
    ("today", (r"from\s+(?:its|a|an|the|their)\s+(?:previous|prior|last)(?:\s+session)?\s+close",)),
    ("unknown", (
        rf"(?:from|than)\s+{_NUMBER}\s+(?:days|weeks|months|years)\s+(?:ago|earlier|before)",
        r"for\s+the\s+decade",
    )),
    ("unknown", (
        (r"(?:in|for|over|during)\s+the\s+(?:first|last|final)\s+"
         r"(?:\w+\s+)?(?:days|weeks?|months?)\s+of\s+(?:the\s+)?\w+"),
    )),

    # a stretch told by what it was: a winning week, a monthly loss
    ("week", (r"for\s+(?:a|the|its)\s+\w+\s+(?:straight|consecutive|successive)\s+week",)),
    ("weekly", (rf"(?:weekly|one-week)\s+(?:\w+\s+)?(?:{_SHOWN}|increase)",)),
    ("monthly", (rf"monthly\s+(?:\w+\s+)?(?:{_SHOWN}|increase)",)),
    ("quarterly", (rf"quarterly\s+(?:percentage\s+|point\s+)?(?:{_SHOWN})",)),
    ("other", (
        rf"(?:for|with)\s+(?:{_MONTH})\s+(?:delivery|settlement)",
        rf"(?:{_MONTH})\s+(?:delivery|contract|crude|futures)",
    )),

    # stretches without dates of their own
    ("same", (
        r"(?:in|over|during)\s+(?:that|the same)\s+(?:time|period|span|stretch)",
        r"since\s+(?:then|that\s+time)",
    )),
    ("unknown", (
        r"over\s+(?:that|the|this|its|a)\s+[^.,;]{0,40}?(?:period|stretch|span|run|streak)(?:\s+of\s+[^.,;]{1,30})?",
    )),
    ("unknown", (rf"of\s+the\s+(?:past|last)\s+{_NUMBER}\s+(?:sessions|days|weeks)",)),
    ("unknown", (
        (rf"between\s+(?:early|mid|late|the\s+\w+\s+of)?[\s-]?(?:{_MONTH})\b[^.,;]{{0,40}}?"
         rf"\band\s+(?:early|mid|late)?[\s-]?(?:{_MONTH})(?:\s+{_YEAR})?"),
    )),
    ("unknown", (rf"(?:in|for|over)\s+(?:\w+\s+)?{_IN_A_ROW}\s+(?:sessions|days|weeks|months){_OF_LATE}",)),
    ("unknown", (
        rf"(?:in|for)\s+(?:the\s+)?{_NUMBER}\s+{_IN_A_ROW}\s+(?:sessions|days|weeks|months|quarters){_OF_LATE}",
    )),
    ("unknown", (
        (r"(?:over|in|during)\s+the\s+(?:following|subsequent|next|coming)\s+"
         r"(?:\w+\s+)?(?:days?|weeks?|months?|quarters?|years?)"),
    )),

    # before the open and after the close
    ("extended", (
        rf"(?:in\s+)?(?:extended|extended-hours|after-hours|after hours)\s+{_TRADE}",
        r"after-market\s+\w+",
        r"after\s+(?:the|\w+day['’]s)\s+(?:closing\s+bell|bell|close)",
        r"in\s+after-hours",
    )),
    ("today", (rf"(?:in\s+)?(?:pre-?market|before-the-bell)\s+{_TRADE}", r"before\s+the\s+bell")),

    # since …: years, months, dates, weekdays, and whatever else
    ("year", (
        rf"since\s+{_START}\s+(?:the|this)\s+year",
        r"(?:so\s+far\s+)?this\s+year",
        r"year[\s-]to[\s-]date",
        r"for\s+the\s+year(?:\s+to\s+date)?",
        r"so\s+far\s+for\s+the\s+year",
        rf"so\s+far\s+in\s+{_YEAR}",
        r"to\s+date\s+this\s+year",
        r"since\s+january\s+1\b",
    )),
    ("since_year", (rf"since\s+{_START}\s+{_THE_YEAR}", rf"since\s+the\s+end\s+of\s+(?P<ended>{_YEAR})")),
    ("since_start_month", (rf"since\s+{_START}\s+{_MONTH_OF_YEAR}",)),
    ("since_end_month", (rf"since\s+the\s+end\s+of\s+{_MONTH_OF_YEAR}",)),
    ("since_date", (rf"since\s+(?:[^.,;]{{0,60}}?\bon\s+)?{_DAY_OF_MONTH}(?!\d)(?:,?\s+{_THE_YEAR})?",)),
    ("since_weekday", (
        (r"(?:since|from)\s+(?:the\s+close\s+(?:of\s+trading\s+)?(?:on\s+)?)?"
         rf"(?:last\s+)?(?P<weekday>{_DAY})(?:['’]s\s+close)?"),
    )),
    ("since_weekday", (
        rf"from\s+(?:the|its)\s+(?:previous\s+)?close\s+(?:of\s+trading\s+)?(?:on\s+)?(?P<weekday>{_DAY})",
    )),
    ("unknown", (
        r"since(?:\s+(?!(?:and|but|while|as|including|on|after|before|with|when)\b)[\w’'.&-]*[\w’']){1,8}",
    )),

    # the current month, quarter and week
    ("month", (
        r"(?:so\s+far\s+)?this\s+month",
        r"month[\s-]to[\s-]date",
        r"(?:for|in|over|during)\s+the\s+month(?:\s+to\s+date|\s+so\s+far)?",
        r"(?:end|finish)(?:ed|ing)?\s+the\s+month",
        rf"(?:so\s+far\s+)?(?:in|for)\s+(?P<month>{_MONTH})(?:\s+(?:alone|so\s+far))?(?!\s+(?:\d|{_YEAR}))",
    )),
    ("quarter", (
        r"(?:so\s+far\s+)?this\s+quarter",
        r"quarter[\s-]to[\s-]date",
        r"(?:for|in|over|during)\s+the\s+quarter(?:\s+so\s+far)?",
        r"(?:end|finish)(?:ed|ing)?\s+the\s+quarter",
    )),
    ("week", (
        r"(?:so\s+far\s+)?this\s+week",
        r"(?:for|on|over|in|during)\s+the\s+week",
        r"week[\s-]to[\s-]date",
        r"(?:end|finish|clos)(?:ed|ing)?\s+(?:out\s+)?the\s+week",
    )),

    # the last one, or one named
    ("last_quarter", (r"(?:in|for|during)?\s*(?:the\s+)?last\s+quarter",)),
    ("last_year", (r"(?:during\s+)?last\s+year", r"in\s+the\s+previous\s+year")),
    ("last_month", (r"(?:during\s+)?last\s+month",)),
    ("last_week", (r"(?:during\s+)?last\s+week(?:\s+alone)?",)),
    ("in_year", (
        rf"(?:in|during|for(?:\s+all\s+of)?|ended|finished|ending)\s+{_THE_YEAR}(?:\s+(?:so\s+far|alone))?",
    )),

    # a number of days, weeks, hours
    ("past", (
        (rf"(?:in|over|during|within|for)\s+the\s+(?:last|past|previous|latest|prior)\s+{_COUNT}"
         r"(?:trading\s+)?(?P<unit>sessions?|days?|weeks?|months?|years?)"),
    )),
    ("hours", (rf"(?:in|within|over)\s+(?:just\s+|only\s+|the\s+first\s+)?{_NUMBER}\s+(?:hours?|minutes?)",)),
    ("one_day", (r"in\s+(?:just\s+|only\s+)?(?:one|a\s+single)\s+(?:day|session)",)),
    ("unknown", (
        (rf"(?:in|over|within)\s+(?:just\s+|only\s+|about\s+)?{_NUMBER}\s+"
         r"(?:trading\s+)?(?:sessions?|days?|weeks?|months?|years?)"),
    )),

    # year on year; quarters and halves; distances from a peak; the future
    ("unknown", (
        r"(?:from|on)\s+(?:a\s+)?(?:year|month|quarter)[\s-](?:earlier|ago|before|on[\s-]\w+)",
        r"(?:a\s+)?(?:year|month|quarter)\s+(?:earlier|ago|before)",
        r"year[\s-](?:on|over)[\s-]year",
        r"month[\s-](?:on|over)[\s-]month",
        (r"from\s+the\s+(?:same|previous|prior)\s+(?:period|quarter|month|year)"
         r"(?:\s+(?:a|last)\s+year(?:\s+(?:ago|earlier))?)?"),
    )),
    ("part", (
        (r"(?:in|over|during)\s+the\s+(?P<ordinal>first|second|third|fourth)\s+(?P<unit>quarter|half)"
         rf"(?:\s+of\s+{_THE_YEAR})?"),
    )),
    ("fiscal", (
        (r"(?:in|for)?\s*(?:the\s+)?(?:first|second|third|fourth)[\s-](?:fiscal[\s-])?(?:quarter|half)"
         r"(?:\s+of\s+(?:this\s+year|last\s+year|(?:19|20)\d\d))?"),
        r"\bQ[1-4]\b",
    )),
    ("peak", (
        (rf"(?:from|below|above|off|since|of)\s+(?:its|a|an|the|their|(?:{_MONTH})(?:['’]s)?)\s+(?:[\w’'-]+\s+){{0,4}}?"
         r"(?:peak|high|low|trough|bottom|point|highs|lows|record(?:\s+close)?|levels)"
         r"(?:\s+(?:of|on|in|hit|set|reached)\s+[^.,;]{1,30})?"),
    )),
    ("unknown", (
        r"(?:by|until)\s+(?:year-end|(?:the\s+)?end\s+of[^.,;]{1,20})",
        r"next\s+(?:week|month|quarter|year)",
        r"in\s+the\s+coming\s+\w+",
    )),

    # one day
    ("weekday", (
        (rf"(?:(?:late|early)\s+)?(?:(?:on|last|this|by)\s+)?(?:last\s+)?(?P<weekday>{_DAY})(?:['’]s?|s)?"
         r"(?:\s+(?:morning|afternoon|evening|night))?"),
    )),
    ("yesterday", (r"yesterday",)),
    ("today", (
        r"(?:on\s+the\s+day\s+)?today(?:['’]s)?",
        r"this\s+(?:morning|afternoon|evening)",
        r"tonight",
        r"(?:on|for|of|ending|ended|end|finish|finished)\s+the\s+(?:day|session)",
        r"in\s+the\s+session",
        r"(?:at|of)\s+the\s+(?:open|close)\b",
    )),
)  # fmt: skip
_COMPILED = tuple(
    (kind, re.compile(rf"\b(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)) for kind, alternatives in PATTERNS
)
_AHEAD = re.compile(
    r"\b(?:due|expected|scheduled|slated|will|planned|plans?|ahead of|before|until|next|upcoming|set)\b[^,.;]{0,40}$",
    re.IGNORECASE,
)


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
        if kind == "other" or (kind in FUTURE_KINDS and _AHEAD.search(text, max(0, start - 60), start)):
            continue
        parts = tuple((name, value.lower()) for name, value in match.groupdict().items() if value)
        kept.append(Expression(start=start, end=match.end(), kind=kind, parts=parts))
    return kept
