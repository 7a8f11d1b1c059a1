"""Expressions of time that look ahead: "by year-end", "over the next 12 months".

The table of `newsig.extract.periods` looks back, and leaves out what is yet to come; this one reads the same words the
other way. Where both know an expression of a statement, this table's reading counts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, repeat

from newsig.extract.openings import Battery
from newsig.extract.periods.expressions import Expression, apart
from newsig.extract.periods.vocabulary import DATE, DAY, MONTH, NUMBER, THE_YEAR, VAGUE, YEAR, compiled

_UNIT = r"(?P<unit>days?|weeks?|months?|quarters?|years?)"
_ONE = r"(?P<unit>week|month|quarter|year)"
_PREP = (
    r"(?:(?:by|in|for|at|on|over|during|within|through|throughout|around|towards?|until|till|before|from|sometime"
    r"|some\s+time)\s+)?"
)
_UNTIL = r"(?P<until>(?:(?:until|till)\s+(?:after\s+)?|(?:starting|beginning|from|as\s+(?:early|soon)\s+as)\s+))"
_PART = r"(?:(?P<part>early|mid|late|later|sometime|some\s+time)[\s-]+(?:in\s+)?)?"
_N = rf"(?P<count>{NUMBER})(?:\s?(?:-|–|to|or)\s?(?P<most>{NUMBER}))?"
_END = r"(?:the\s+)?(?:very\s+)?(?:end|close)\s+of\s+"
_NTH = r"(?P<ordinal>first|second|third|fourth|final|last|1st|2nd|3rd|4th)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_ABOUT = r"(?P<about>(?:about|around|roughly|some|at\s+least|more\s+than)\s+)?"

AHEAD: tuple[tuple[str, tuple[str, ...]], ...] = (
    # a company's own calendar
    ("vague", (
        (rf"{_PREP}(?:the\s+|its\s+|their\s+|our\s+)?(?:\w+\s+)?(?:fiscal|financial|business)[\s-](?:year\s+|{_NTH}[\s-](?:quarter|half)\s*)?"
         rf"(?:{YEAR}|20\d\d/\d\d|year|(?:(?:first|second|third|fourth)[\s-])?quarter)?"),
        rf"{_PREP}(?:the\s+|its\s+)?(?:current|next|coming)\s+(?:fiscal|financial)\s+(?:year|quarter)",
        rf"{_PREP}(?:the\s+)?{_ONE}\s+(?:to|through|ending|ended)\s+(?:in\s+)?{MONTH}(?:\s+\d{{1,2}})?(?:,?\s+{YEAR})?",
    )),

    # the year of the story
    ("unit_end", (
        r"(?:by|before|at|until|till|through|into|for|towards?|around)\s+(?:the\s+)?(?P<unit>week|month|quarter|year)[\s-]end\b",
        r"(?:by|before|at|until|till|through)\s+(?:the\s+)?(?P<unit>year)['’]s\s+end",
        rf"(?:(?:by|before|at|until|till|through|toward|towards|around|to)\s+){_END}(?:the|this|the\s+current|the\s+calendar)\s+{_ONE}",
        rf"(?P<vague>from)?\s?later\s+(?:in\s+)?(?:this|the)\s+{_ONE}",
        rf"{_PREP}(?:(?:all|much|most)\s+of\s+)?(?:the\s+)?(?:rest|remainder|balance)\s+of\s+(?:the|this)\s+{_ONE}",
        rf"(?:before|by\s+the\s+time)\s+(?:the|this)\s+{_ONE}\s+(?:is\s+(?:out|over|done)|ends|is\s+through)",
        rf"{_PREP}(?:this|the\s+current)\s+(?:calendar\s+)?{_ONE}(?!['’])",
        r"for\s+the\s+(?:full\s+|whole\s+|entire\s+)?(?P<unit>year)(?!\s+(?:to|ended|ending|earlier|ago|before)\b|-)",
        r"(?:over|during|in)\s+the\s+(?:full|whole|entire)\s+(?P<unit>year)",
    )),

    # the next one
    ("next_half", (
        rf"{_PREP}(?:the\s+)?{_NTH}\s+(?P<unit>quarter|half)\s+of\s+(?P<next>next)\s+year",
    )),
    ("next", (
        rf"{_PREP}{_END}next\s+{_ONE}",
        rf"{_UNTIL}?{_PREP}{_PART}next\s+{_ONE}(?!['’])",
        rf"next\s+{_ONE}['’]s(?=\s)",
    )),
    ("next", (
        r"(?:in|during|for)\s+the\s+(?:next|coming)\s+(?P<unit>quarter)(?!s)",
    )),

    # so many days, weeks, months, years from now
    ("from_now", (
        (rf"(?:over|in|within|during|for|through|throughout)\s+(?:the\s+)?(?:next|coming|following|ensuing)\s+{_ABOUT}"
         rf"(?:{_N}[\s-]+)?{_UNIT}(?P<about_behind>\s+or\s+(?:so|two|more))?"),
        rf"(?:the\s+)?next\s+{_N}[\s-]+{_UNIT}(?P<about_behind>\s+or\s+(?:so|more))?",
        rf"(?:with)?in\s+{_ABOUT}(?:just\s+|only\s+)?(?:(?P<count>a|{NUMBER})(?:\s?(?:-|–|to|or)\s?(?P<most>{NUMBER}))?)\s+{_UNIT}(?:['’]s?)?(?:\s+time)?(?P<about_behind>\s+or\s+(?:so|two|more))?(?:\s+from\s+now)?",
        rf"{_ABOUT}(?P<count>a|{NUMBER})\s+{_UNIT}(?P<about_behind>\s+or\s+so)?\s+from\s+(?:now|today)",
        rf"after\s+{_ABOUT}(?P<count>{NUMBER})\s+{_UNIT}(?P<about_behind>\s+or\s+so)?",
        rf"(?:for|over)\s+(?:at\s+least\s+)?another\s+(?:{_N}\s+)?{_UNIT}",
        rf"(?P<count>{NUMBER})[\s-](?P<unit>month|year|week|day)(?=\s+(?:price\s+|share\s+price\s+)?(?:targets?|forecasts?|outlook|view|horizon|objective)\b)",
    )),
    ("vague", (
        r"in\s+(?:about\s+|around\s+)?(?:\w+\s+)?and\s+(?:a\s+)?half\s+(?:years|months)",
        r"in\s+(?:about\s+|around\s+)?\w+\s+and\s+(?:a\s+)?half\s+(?:years|months)",
        (rf"(?:over|in|within|during|for|through|throughout)\s+(?:the\s+)?(?:(?:next|coming|following)\s+)?(?:a\s+|the\s+)?{VAGUE}\s+"
         r"(?:(?:more|coming)\s+)?(?:trading\s+)?(?:days|weeks|months|quarters|years|sessions|decades)"),
        rf"(?:the\s+)?next\s+(?:{VAGUE}\s+)?(?:days|weeks|months|quarters|years|sessions|decade)",
        r"(?:over|in|within|during|for|through)\s+(?:the\s+)?(?:next|coming|following|ensuing)\s+(?:trading\s+)?(?:days|weeks|months|quarters|years|sessions|session|decade|decades|period)",
        r"(?:in|over|for)\s+the\s+(?:days|weeks|months|quarters|years)\s+(?:ahead|to\s+come)",
        r"(?:in|over|for)\s+(?:the\s+)?(?:(?:very\s+)?(?:near|short|medium|intermediate|long|longer|nearer|immediate|foreseeable)(?:er)?[\s-]+(?:to\s+\w+[\s-]+)?)(?:term|run|future|haul)",
r"near[\s-]term(?!\s+(?:interest|rates?|bonds?|debt|yields?|loans?|borrowing|investors?|treasur\w+|notes?|funding))",
        rf"(?:before|by|until|till|in|over|during|through|this|next|late|early|into)\s+(?:the\s+|this\s+|next\s+|late\s+|early\s+)?(?:{_SEASON})(?!\s+(?:back|below|above|from|in|by|of|to|short|behind))(?:\s+is\s+(?:out|over))?\b",
        r"(?:by|before|until|till|after|over|during|through)\s+(?:after\s+)?(?:the\s+)?(?:holidays?|holiday\s+season|elections?|Thanksgiving|Easter)",
        r"(?:by|before|until|in|later)\s+(?:the\s+end\s+of\s+)?(?:this|the|in\s+the)\s+(?:decade|century)",
        r"full[\s-]year(?=\s+(?:\w+\s+){0,2}?(?:revenues?|sales|profits?|earnings|income|results|margins?|guidance|outlook|forecasts?|growth))",
        r"(?:for|over|during|in)\s+the\s+(?:(?:entire|whole|coming|upcoming|full)\s+)?(?:(?:holiday|shopping|selling|Christmas)\s+)season",
        rf"between\s+(?:(?:early|late)\s+|mid-?\s?)?{MONTH}(?:\s+\d{{1,2}})?\s+and\s+(?:[\w.]+\s+){{0,3}}?(?:{MONTH}(?:\s+\d{{1,2}})?|Thanksgiving(?:\s+holiday)?|Christmas|year-end)",
        r"(?<!\bas\s)(?<!\btoo\s)(?<!\bvery\s)soon(?!\s+(?:as|after|enough|followed))",
        r"(?:in|over|for|within)\s+(?:(?:days|weeks|months|years)\s+to\s+come|the\s+(?:day|week|month|quarter|year)\s+ahead)",
        r"within\s+(?:days|weeks|months|years)|coming\s+(?:days|weeks|months|quarters|years)",
        r"(?:for\s+)?(?:a\s+few|several|a\s+couple(?:\s+of)?)\s+more\s+(?:days|weeks|months|quarters|years)",
        r"for\s+(?:quite\s+)?(?:some|a\s+long|a)\s+(?:time|while)(?:\s+(?:yet|to\s+come))?|for\s+(?:many\s+)?(?:weeks|months|years|decades|quarters)(?:\s+to\s+come)?",
        r"by\s+(?:then|that\s+time)",
        r"(?:over|in|during)\s+the\s+course\s+of\s+(?:the\s+|this\s+|next\s+)?(?:week|month|quarter|year)",
        rf"between\s+now\s+and\s+(?:the\s+end\s+of\s+)?(?:the\s+|next\s+)?(?:{MONTH}|{YEAR}|\w+)",
        rf"at\s+(?:its|the|their)\s+(?:next|upcoming|{MONTH})\s+(?:(?:[A-Z]\w+|policy|rate-setting)\s+){{0,2}}meeting",
        r"until\s+then|before\s+long|(?:further|later)\s+in\s+the\s+day|at\s+the\s+(?:beginning|start)\s+of\s+(?:the|next)\s+(?:week|month|year)",
        rf"(?:from|between)\s+{MONTH}\s+(?:to|and|through)\s+{MONTH}",
        rf"(?:in|by)\s+(?:the\s+)?(?:first|last|final|second|early|latter|later)\s+(?:part|days|weeks|months)\s+of\s+(?:the\s+|next\s+|this\s+)?(?:week|month|quarter|year|{YEAR})",
    )),
    ("christmas", (r"(?:by|before|until|till|at)\s+(?:the\s+)?Christmas(?!\s+(?:season|sales|shopping|trading))",)),

    # a half or quarter, a month, a year by its name
    ("part", (
        (rf"(?:by|in|for|during|over|through|before|until|at|from|into)\s+(?:{_END})?(?:the\s+)?(?:calendar\s+)?{_NTH}\s+(?P<unit>quarter|half)(?!-)"
         rf"(?:\s+(?:of\s+)?(?:the\s+year|this\s+year|{THE_YEAR}))?"),
    )),
    ("half_year", (
        rf"(?:by|in|for|during|over|through)\s+(?:the\s+)?(?:H(?P<half>[12])|(?P<half_of>[12])H)(?:\s+(?:of\s+)?{THE_YEAR})?",
    )),
    ("month", (
        rf"(?:by|before|at|until|till|through)\s+(?:{_END}|end-)(?P<month>{MONTH})(?:,?\s+(?:of\s+)?{THE_YEAR})?(?!\s+\d)",
        (rf"(?P<lead>by|before|in|during|until|till|through|around|from|as\s+(?:early|soon)\s+as|for)\s+(?:next\s+)?{_PART}(?P<month>{MONTH})"
         rf"(?:,?\s+(?:of\s+)?(?:{THE_YEAR}|this\s+year|(?P<next>next\s+year)))?(?!\s+\d|\s+(?:delivery|futures|contracts?|crude|bunds?)\b)"),
        rf"next\s+(?P<month>{MONTH})(?!\s+\d)",
        rf"(?:in|for|during)\s+the\s+(?P<month>{MONTH})\s+quarter",
    )),
    ("year", (
        rf"(?:by|before|at|until|till|through|towards?)\s+(?:{_END}|end-|year-end\s+)(?P<year>{YEAR})",
        rf"later\s+in\s+{THE_YEAR}",
        rf"{_PREP}(?:the\s+)?(?:rest|remainder|balance)\s+of\s+{THE_YEAR}",
        rf"(?P<lead>by|before|in|during|for|through|throughout|until|till|over|from|as\s+(?:early|soon)\s+as|and|into)\s+(?:(?:all|calendar)\s+(?:of\s+)?)?{_PART}{THE_YEAR}(?:\s+as\s+a\s+whole)?(?!\w|['’]|[-/]\d|\s+(?:H[12]|Q[1-4])\b)",
        rf"{THE_YEAR}(?=\s+(?:will|should|could|would|may|might)\b)",
        rf"{_PART}{THE_YEAR}(?=\s+(?:price\s+)?(?:targets?|forecasts?|outlook|guidance)\b)",
    )),

    # one day
    ("date", (
        rf"(?P<lead>by|before|on|until|till|through|from|in\s+the\s+week\s+of)\s+(?:{DAY},?\s+)?(?:the\s+)?{DATE}",
        rf"(?P<lead>at)\s+(?:the|its|their|a)\s+{DATE}\s+(?:meeting|conference|auction|session|summit|hearing|election|vote)",
        rf"{DATE}(?=[.,;”\"]|$)",
    )),
    ("weekday", (
        rf"(?:(?P<lead>by|before|on|until|till|through)\s+)(?:late\s+|early\s+)?(?P<next>next\s+)?(?P<weekday>{DAY})(?!['’])(?P<week>\s+(?:of\s+)?next\s+week)?",
        rf"(?P<next>next)\s+(?P<weekday>{DAY})(?!['’])",
        rf"(?P<weekday>{DAY})(?=[.,;”\"]|$)",
    )),
    ("today", (r"(?:later\s+)?today(?!['’])", r"tonight", r"this\s+(?:morning|afternoon|evening)")),
    ("tomorrow", (r"(?:by\s+|until\s+)?tomorrow(?!['’])",)),
    ("weekend", (r"(?:(?:over|during|at)\s+the\s+(?:coming\s+)?|(?:over\s+)?this\s+)weekend",)),
)  # fmt: skip
"""Rows of (kind, patterns): the first to begin wins, then the longest, then the earlier row."""

_KINDS = tuple(kind for kind, patterns in AHEAD for _ in patterns)
_ANYWHERE, *_PATTERNS = [compiled(rf"\b(?:{pattern})(?!\w)") for _, patterns in AHEAD for pattern in patterns]
_OWN_YEAR = re.compile("fiscal|financial|business", re.IGNORECASE)
"""What every match of the first pattern has, which can begin with any word and is tried nowhere without it."""
_BATTERY = Battery(_PATTERNS)
_BACK = re.compile(
    r"\b(?:since|than|from|so\s+far|compared\s+with|versus|earlier|as\s+of|ago|seen|levels?\s+of|over\s+that\s+of)\s+"
    r"(?:[A-Z]\w+\s+(?:of|in)\s+)?(?:in\s+|for\s+|at\s+)?$",
    re.IGNORECASE,
)
"""What before an expression of time says that it is only compared with."""


def find_ahead(text: str) -> list[Expression]:
    """Every expression of a text that can say by when something should come true, none inside another.

    >>> [text[e.start : e.end] for text in ["Sales will rise next year, and double over the next 12 months."]
    ...  for e in find_ahead(text)]
    ['next year', 'over the next 12 months']
    """
    own_year = _ANYWHERE.finditer(text) if _OWN_YEAR.search(text) else ()
    matches = chain(
        zip(repeat(0), own_year, strict=False), ((1 + rank, match) for rank, match in _BATTERY.matches(text))
    )
    hits = (
        (match.start() + len(match[0]) - len(match[0].lstrip()), (-match.end(), rank), _KINDS[rank], match)
        for rank, match in matches
        if match[0].strip()
    )
    return [
        replace(found, end=found.start + len(text[found.start : found.end].rstrip()))
        for found in apart(hits)
        if not _BACK.search(text, max(0, found.start - 30), found.start)
    ]
