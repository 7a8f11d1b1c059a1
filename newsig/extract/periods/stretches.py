"""Expressions of time longer than a session: weeks, months, quarters, years, and what cannot be dated."""

from __future__ import annotations

from newsig.extract.periods.vocabulary import (
    COUNT,
    DATE,
    DAY,
    END,
    IN_A_ROW,
    INTRADAY,
    LEVELS,
    MONTH,
    MONTH_OF_YEAR,
    NEWS,
    NTH,
    NUMBER,
    SECOND_DATE,
    SHORT_DAY,
    SHOWN,
    START,
    THE_YEAR,
    VAGUE,
    YEAR,
)

_OF_LATE = r"(?:\s+(?:last|this)\s+(?:week|month))?"
_IN = r"(?:in|for|over|during|throughout)"
_ENDED = r"(?:to|through|ended|ending|that\s+ended|until)\s+(?:on\s+)?"
_FROM = r"(?:from|than|versus|vs\.?|against|on|over|compared\s+(?:with|to))"
_SO_FAR = r"(?:\s+(?:alone|so\s+far|to\s+date))?"

STRETCHES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # what a stretch owns but is no move: "last week's low", "this month's meeting"
    ("other", (
        (rf"(?:(?:from|below|above|off|near|since|after|before|at|of|to)\s+)?(?:last|this|next)\s+(?:week|month|quarter|year)"
        rf"['’]s\s+(?:[\w&.-]+\s+){{0,3}}?(?:{NEWS}|{LEVELS})"),
        r"(?:later|next)\s+(?:this|in\s+the)\s+(?:week|month|quarter|year)",
    )),

    # stretches that end on a named day
    ("to_weekday", (
        (rf"(?:in|over|during|for)\s+the\s+{COUNT}(?:trading\s+|business\s+)?(?P<unit>days|sessions|week|weeks)\s+"
         rf"{_ENDED}(?:last\s+)?(?P<weekday>{DAY}|{SHORT_DAY})"),
    )),
    ("to_date", (
        (rf"(?:(?:in|over|during|for)\s+)?the\s+{COUNT}(?:trading\s+|business\s+)?"
         rf"(?P<unit>days|sessions|week|weeks|month|months|quarter|year|period)\s+{_ENDED}(?:{DAY},?\s+)?{DATE}"),
        rf"(?:(?:in|during|for)\s+)?the\s+(?P<unit>week)\s+(?P<of>of|beginning|starting|commencing)\s+(?:on\s+)?{DATE}",
    )),
    ("to_month", (
        (rf"(?:(?:in|over|during|for)\s+)?the\s+{COUNT}(?:business\s+|fiscal\s+|financial\s+)?"
         rf"(?P<unit>month|months|quarter|half|half-year|year)\s+"
         rf"(?:to|through|ended|ending|that\s+ended)\s+(?:in\s+|the\s+end\s+of\s+|end-)?{MONTH_OF_YEAR}"),
    )),
    ("months", (
        (rf"(?:(?:in|over|during|for)\s+)?(?:the\s+)?(?P<month>{MONTH})\s?(?:-|–|‑|-to-|\s+(?:to|through)\s+)\s?"
         rf"(?P<last_month>{MONTH})\s+(?:period|quarter|half|half-year|stretch)(?:\s+(?:of\s+)?{THE_YEAR})?"),
        rf"(?:in|over|during|for)\s+(?:the\s+)?(?P<month>{MONTH})(?:-|–|‑)(?P<last_month>{MONTH})(?:\s+(?:of\s+)?{THE_YEAR})?",
    )),
    ("between", (
        rf"(?:between|from)\s+{DATE}\s+(?:and|to|through|until)\s+{SECOND_DATE}",
    )),

    # a week, month or year ago
    ("week_ago", (rf"{_FROM}\s+(?:a|one)\s+week\s+(?:earlier|ago|before)",)),
    ("unknown", (
        (rf"{_FROM}\s+(?:(?:a|the|its)\s+)?(?:same\s+|previous\s+|prior\s+|preceding\s+)?"
        r"(?:period|quarter|month|year|week|time)[\s-](?:(?:a|one|last)\s+)?(?:year\s+|month\s+)?"
        r"(?:earlier|ago|before|on[\s-]\w+)(?:\s+(?:today|period|quarter|month|level))?"),
        r"over\s+the\s+same\s+(?:period|time|quarter|month)\s+(?:(?:a|last|of\s+last)\s+)+year(?:\s+(?:ago|earlier))?",
        (rf"(?!over\b){_FROM}\s+(?:the|its|a)\s+(?:same|previous|prior|preceding|year-(?:ago|earlier)|corresponding|first|second|third"
        r"|fourth)\s+(?:(?:three-month|six-month)\s+)?(?:period|quarter|month|year|week)"
        r"(?:\s+(?:(?:a|last|of\s+last|in)\s+)?(?:year|(?:19|20)\d\d)(?:\s+(?:ago|earlier|before))?)?"),
        rf"{_FROM}\s+last\s+(?:week|month|quarter|year)(?:['’]s)?",
        rf"{_FROM}\s+{NUMBER}\s+(?:days|weeks|months|quarters|years)\s+(?:ago|earlier|before)",
        r"(?:the\s+)?same\s+(?:period|quarter|month|week|time)\s+(?:(?:a|of)\s+)?(?:last\s+)?year(?:\s+(?:ago|earlier))?",
        r"(?:a\s+)?(?:year|month|quarter)[\s-](?:earlier|ago|before)(?:\s+(?:period|quarter|month|today))?",
        r"(?:year|month|quarter)[\s-](?:on|over)[\s-](?:year|month|quarter)",
        rf"(?:{NUMBER}|a|{VAGUE})\s+(?:decades?|years|months|weeks|days)\s+(?:ago|earlier)",
        r"a\s+(?:decade|fortnight)\s+(?:ago|earlier)",
    )),

    # quarters and halves of a year
    ("part", (
        (r"(?:in|over|during|for)\s+the\s+(?:(?:calendar|entire|full|whole)\s+)?(?P<ordinal>first|second|third|fourth|final|last)\s+"
         r"(?P<unit>quarter|half)(?!-)"
         rf"(?:\s+(?:of\s+)?(?:the\s+year|this\s+year|(?P<last>last\s+year)|{THE_YEAR}))?"),
        (r"(?:in|over|during|for)\s+the\s+first\s+(?P<months>three|six|nine)\s+months"
         rf"(?:\s+of\s+(?:the\s+year|this\s+year|(?P<last>last\s+year)|{THE_YEAR}))?"),
    )),

    # a part of a longer stretch, told loosely
    ("unknown", (
        r"(?:earlier|late|early|mid)\s+(?:in\s+)?(?:this|last|the)\s+(?:week|month|quarter|year|decade)",
        (rf"(?:(?:in|for|over|during)\s+)?the\s+(?:first|last|final|opening|closing|second|early|latter|later)\s+"
        r"(?:(?:\w+\s+)?(?:days|weeks?|months?|sessions?)|half|part)\s+of\s+(?:the\s+)?(?:\w+\s+)?"
        rf"(?:week|month|quarter|year|decade|{MONTH}|{YEAR})(?:\s+{YEAR})?"),
        rf"(?:(?:in|since|from|until|by)\s+)?(?:early|mid|late)[\s-]+{MONTH}(?:\s+{YEAR})?(?:\s+(?:lows?|highs?))?",
        rf"(?:in|since|from)\s+(?:early|mid|late)[\s-]+{YEAR}",
        (rf"between\s+(?:early|mid|late|the\s+\w+\s+of)?[\s-]?{MONTH}(?![\w-])[^.,;]{{0,40}}?"
        rf"\band\s+(?:early|mid|late)?[\s-]?{MONTH}(?:\s+{YEAR})?"),
        rf"(?:between|from)\s+\d{{1,2}}\s?(?:and|to|-|–)\s?\d{{1,2}}\s+(?:of\s+)?{MONTH}(?:\s+{YEAR})?",
        r"(?:in|over)\s+recent\s+(?:days|weeks|months|sessions|years|quarters)",
        r"for\s+(?:days|weeks|months|years|decades|quarters)",
        (rf"(?:in|for|over|during)\s+(?:the\s+)?(?:past\s+|last\s+|previous\s+)?(?:a\s+)?{VAGUE}\s+"
        r"(?:trading\s+)?(?:sessions|days|weeks|months|quarters|years|decades)"),
        rf"(?:in|over)\s+the\s+{YEAR}s",
        r"(?:for|of|over|in)\s+the\s+(?:past\s+|last\s+)?decade",
        r"much\s+of\s+(?:the\s+year|this\s+year|last\s+year|(?:19|20)\d\d)",
    )),

    # a stretch told by what it was: a winning week, a monthly loss
    ("week", (rf"for\s+(?:a|the|its|their)\s+{NTH}\s+{IN_A_ROW}\s+week",)),
    ("month", (rf"for\s+(?:a|the|its|their)\s+{NTH}\s+{IN_A_ROW}\s+month",)),
    ("weekly", (
        rf"(?:weekly|one-week)\s+(?:\w+\s+){{0,2}}?(?:{SHOWN})",
        r"(?:for|in|to)\s+(?:its|their|the|a)\s+(?:best|worst|biggest|strongest|weakest|steepest)\s+(?:\w+\s+)?week",
    )),
    ("monthly", (
        rf"(?:monthly|one-month)\s+(?:\w+\s+){{0,2}}?(?:{SHOWN})",
        r"(?:for|in|to)\s+(?:its|their|the|a)\s+(?:best|worst|biggest|strongest|weakest|steepest)\s+(?:\w+\s+)?month",
    )),
    ("quarterly", (
        rf"quarterly\s+(?:percentage\s+|point\s+)?(?!loss)(?:{SHOWN})|quarterly\s+(?:percentage|point)\s+loss(?:es)?",
    )),

    # stretches without dates of their own
    ("same", (
        (r"over\s+the\s+(?:two|three|four|six|nine|twelve|12)\s+(?:months|weeks)"
         r"(?!\s+(?:to|end\w+|through|since|before|after|from|of|that|leading|prior))"),
        r"(?:in|over|during)\s+(?:that|the\s+same)\s+(?:time|period|span|stretch)",
        r"since\s+(?:then|that\s+time)",
    )),
    ("unknown", (
        r"over\s+(?:that|the|this|its|a)\s+[^.,;]{0,40}?(?:period|stretch|span|run|streak)(?:\s+of\s+[^.,;]{1,30})?",
        rf"of\s+the\s+(?:past|last)\s+{NUMBER}\s+(?:sessions|days|weeks)",
        rf"(?:in|for|over)\s+(?:\w+\s+)?{IN_A_ROW}\s+(?:sessions|days|weeks|months){_OF_LATE}",
        rf"(?:in|for|over)\s+(?:the\s+)?{NUMBER}\s+{IN_A_ROW}\s+(?:\w+\s+)?(?:sessions|days|weeks|months|quarters){_OF_LATE}",
        (rf"(?:over|in|during|for)\s+the\s+(?:following|subsequent|next|coming|ensuing)\s+"
        rf"(?:(?:\w+|{VAGUE})\s+)?(?:days?|weeks?|months?|quarters?|years?)(?:\s+or\s+\w+)?"),
        r"(?:over|in|during)\s+(?:the\s+)?(?:coming|ensuing)\s+\w+",
        r"in\s+the\s+\w+\s+ahead",
        r"(?:by|until|before)\s+(?:year-end|(?:the\s+)?end\s+of[^.,;]{1,20})",
        r"next\s+(?:week|month|quarter|year|fiscal\s+year)",
        rf"(?:{NUMBER}|{VAGUE})\s+(?:days|weeks|months|years)\s+(?:before|after|later|earlier)",
    )),

    # since …
    ("year", (
        rf"since\s+{START}\s+(?:the|this)\s+(?:calendar\s+)?year",
        r"since\s+(?:the|this)\s+year\s+(?:began|started)",
        r"since\s+(?:last\s+)?year-end",
        rf"(?:since|from)\s+{END}\s+last\s+year",
        r"(?:so\s+far\s+)?this\s+(?:calendar\s+)?year(?:\s+(?:alone|so\s+far|to\s+date))?(?!['’])",
        r"(?:(?:in|for)\s+the\s+|on\s+a\s+)?year[\s-]to[\s-]date(?:\s+basis)?",
        r"YTD",
        (r"(?:all|over\s+the\s+course\s+of\s+the|in\s+the|on\s+the)\s+year(?:\s+(?:so\s+far|to\s+date))?"
        r"(?!\s+(?:to|through|ended|ending|before|earlier|since|after|ago)\b)"),
        r"so\s+far\s+for\s+the\s+year",
        rf"so\s+far\s+(?:in|during|for)\s+{YEAR}",
        r"to\s+date\s+this\s+year",
        r"since\s+(?:january|jan\.?)\s+1(?:st)?(?!\d|,?\s+(?:19|20)\d\d)",
        r"since\s+1(?:st)?\s+(?:january|jan)(?!\s+(?:19|20)\d\d)",
    )),
    ("year", (
        (r"(?P<whole>for|during|over)\s+the\s+(?:full\s+|whole\s+|calendar\s+)?year(?:\s+to\s+date)?"
        r"(?!\s+(?-i:to\s+(?i:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|end-|\d+(?!\.))|through|ended|ending|before|earlier)\b)"),
        r"(?P<whole>end(?:ed|ing)?|finish(?:ed|ing)?|clos(?:ed|ing))\s+(?:out\s+)?the\s+year",
    )),
    ("since_year", (
        rf"since\s+{START}\s+{THE_YEAR}",
        rf"(?:since|from)\s+{END}\s+(?P<ended>{YEAR})",
        rf"since\s+{THE_YEAR}\s+began",
    )),
    ("since_month", (
        rf"since\s+{START}\s+{MONTH_OF_YEAR}",
        rf"(?:since|from)\s+{END}\s+(?P<ended_month>{MONTH})(?:\s+{THE_YEAR})?",
        rf"since\s+end-(?P<ended_month>{MONTH})",
    )),
    ("since_start", (
        rf"since\s+{START}\s+(?:the|this)\s+(?P<unit>week|month|quarter)",
        r"since\s+(?:the|this)\s+(?P<unit>week|month|quarter)\s+(?:began|started)",
        rf"since\s+{START}\s+(?P<last>last)\s+(?P<unit>week|month|quarter|year)",
        rf"(?:since|from)\s+{END}\s+last\s+(?P<unit>week|month|quarter)",
        rf"since\s+{START}\s+the\s+(?P<ordinal>first|second|third|fourth)\s+(?P<unit>quarter|half)",
    )),
    ("since", (
        (r"since(?:\s+(?!(?:and|but|while|as|including|on|after|before|with|when|to|at)\b)[\w’'.&-]{0,25}[\w’']){1,8}"),
    )),

    # the current month, quarter and week
    ("month", (
        r"(?:so\s+far\s+)?this\s+month(?:\s+(?:alone|so\s+far))?(?!['’])",
        r"month[\s-]to[\s-]date",
        (rf"(?:so\s+far\s+)?(?:{_IN}\s+)(?:the\s+month\s+of\s+|all\s+of\s+)?(?P<month>{MONTH}){_SO_FAR}"
        rf"(?!\s+\d|,\s+{YEAR}|\s+of\s+(?:last|this)\b|\s+(?:\w+\s+)?(?:delivery|futures|contracts?|crude|bunds?)\b)"),
        rf"(?P<month>{MONTH})['’]s\s+(?=(?:[\d.]+[\s-]?(?:percent|%|per\s+cent|point)|(?:\w+\s+){{0,2}}(?:{SHOWN})\b))",
    )),
    ("month_of_year", (
        rf"(?:{_IN}\s+)(?:the\s+month\s+of\s+)?(?P<month>{MONTH}),?\s+(?:of\s+)?(?:{THE_YEAR}|(?P<last>last\s+year))",
    )),
    ("month", (
        r"(?P<whole>for|in|over|during|on)\s+the\s+month(?:\s+to\s+date|\s+so\s+far)?(?!\s+(?-i:of|to\s+(?i:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|end-|\d+(?!\.))|through|ended|before|after)\b)",
        r"(?P<whole>end|finish|close?)(?:ed|ing|d)?\s+(?:out\s+)?the\s+month",
    )),
    ("quarter", (
        r"(?:so\s+far\s+)?this\s+quarter(?:\s+(?:alone|so\s+far))?(?!['’])",
        r"quarter[\s-]to[\s-]date",
        r"so\s+far\s+in\s+the\s+(?:first|second|third|fourth|current)\s+quarter",
    )),
    ("quarter", (
        r"(?P<whole>for|in|over|during|on)\s+the\s+quarter(?:\s+so\s+far)?(?!\s+(?-i:to\s+(?i:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|end-|\d+(?!\.))|through|ended|ending|before|after)\b)",
        r"(?P<whole>end|finish|close?)(?:ed|ing|d)?\s+(?:out\s+)?the\s+quarter",
    )),
    ("week", (
        r"(?:so\s+far\s+)?this\s+week(?:\s+(?:alone|so\s+far))?(?!['’])",
        r"week[\s-]to[\s-]date",
    )),
    ("week", (
        r"(?P<whole>for|on|over|in|during)\s+the\s+week(?!\s+(?-i:to\s+(?i:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|end-|\d+(?!\.))|through|ended|ending|before|after|of)\b)",
        r"(?P<whole>end|finish|close?)(?:ed|ing|d)?\s+(?:out\s+)?the\s+week",
        r"week[\s-](?:on|over)[\s-]week",
    )),

    # the last one, or one named
    ("last_quarter", (
        r"(?:in|for|during)?\s?(?:the\s+)?last\s+quarter(?!['’]|\s+of\b)",
        r"in\s+the\s+previous\s+quarter",
    )),
    ("last_year", (
        r"(?:(?:during|for|in)\s+)?(?:all\s+of\s+)?last\s+year(?!['’]|\s+of\b)",
        r"in\s+the\s+previous\s+year",
    )),
    ("last_month", (r"(?:during\s+)?last\s+month(?!['’]|\s+of\b)", r"(?:in|during)\s+the\s+previous\s+month")),
    ("last_week", (
        r"(?:during\s+)?last\s+week(?:\s+alone)?(?!['’]|\s+of\b)",
        r"(?:(?:in|during|over)\s+)?the\s+(?:previous|prior)\s+week(?!['’])",
    )),
    ("in_year", (
        (rf"(?:in|during|for|throughout|over|ended|finished|ending)(?:\s+all\s+of)?\s+{THE_YEAR}"
        r"(?:\s+(?:so\s+far|alone|to\s+date|as\s+a\s+whole))?(?!['’]s|s\b|-\d|\s+(?:H[12]|Q[1-4])\b)"),
    )),

    # a number of days, weeks, months
    ("past", (
        (rf"(?:in|over|during|within|for|through)\s+(?:just\s+)?the\s+(?:last|past|previous|latest|prior|preceding)\s+{COUNT}"
         rf"(?:(?P<traded>trading|straight|consecutive|business)\s+)?"
         r"(?P<unit>sessions?|days?|weeks?|months?|quarters?|years?|decade)"),
    )),
    ("unknown", (
        (rf"(?:in|over|within|for)\s+(?:just\s+|only\s+|about\s+|the\s+)?{NUMBER}\s+"
         r"(?:trading\s+|straight\s+)?(?:sessions?|days?|weeks?|months?|quarters?|years?|decades?)"),
    )),

    # quarters of a company's year; distances from a peak
    ("fiscal", (
        (r"(?:in|for)?\s?(?:(?:the|its|their)\s+)?(?:fiscal\s+)?(?:first|second|third|fourth)[\s-](?:fiscal[\s-])?"
         r"(?:quarter|half)(?:\s+of\s+(?:this\s+year|last\s+year|(?:19|20)\d\d))?"),
        r"(?:(?:in|for|during)\s+)?(?:the\s+|its\s+)?(?:fiscal|financial|business)[\s-](?:year\s+)?(?:19|20)?\d\d\b",
        r"\bQ[1-4]\b",
        r"\b[1-4]Q\b",
        r"\bH[12]\b",
    )),
    ("peak", (
        (rf"(?:from|below|above|off|since|of)\s+{INTRADAY}(?:its|a|an|the|their|his|{MONTH}(?:['’]s)?)\s+"
        rf"(?:{DATE},?\s+)?(?:[\w’'-]+\s+){{0,4}}?{LEVELS}"
        rf"(?:\s+(?:of|at)\s+\$?[\d,.]*\d(?:\s+(?:points|yen|cents))?)?"
        rf"(?:\s+(?:(?:hit|set|reached|touched|made|struck|marked)\s+)?(?:(?:on|of)\s+)?(?:{DAY},?\s+)?{SECOND_DATE}"
        r"|\s+(?:of|on|in|hit|set|reached|touched)\s+[^.,;]{1,30})?"),
        rf"(?:from|below|above|off)\s+{MONTH}['’]s\s+(?:[\w’'-]+\s+){{0,3}}?{LEVELS}",
        rf"(?:from|below|above|off)\s+{NUMBER}-(?:week|month|year|day)\s+(?:[\w’'-]+\s+){{0,2}}?{LEVELS}",
    )),
)  # fmt: skip
"""Rows of (kind, patterns); earlier rows win over later ones at the same place, longer matches over shorter ones."""
