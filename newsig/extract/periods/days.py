"""Expressions of time that name a session, or a part of one."""

from __future__ import annotations

from newsig.extract.periods.vocabulary import (
    BEST,
    DATE,
    DAY,
    INTRADAY,
    LEVELS,
    MONTH,
    NEWS,
    NTH,
    NUMBER,
    SHORT_DAY,
    TRADE,
    YEAR,
)

_PLACE = (
    r"(?:(?:New\s+York|U\.?S\.?|American|Asian|Asia|European|London|Tokyo|Hong\s+Kong|Wall\s+Street|electronic|cash"
    r"|thin|quiet|choppy|volatile|active|holiday-thinned|light)\s+){0,2}"
)
_WHEN = (
    r"(?:early|late|mid-?day|mid-?morning|mid-?afternoon|morning|afternoon|pre-?noon|lunchtime|opening|closing"
    r"|intraday)"
)
_ON_DAY = rf"(?:\s+(?:on\s+)?(?P<weekday>{DAY}))?"
_FROM = r"(?:from|versus|vs\.?|than|on|above|below|against|compared\s+(?:with|to))"
_CLOSING = r"(?:close|closing\s+(?:level|price)|finish|settlement|settle|level|levels|ending)"

DAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # names of days and months that are no time
    ("other", (
        rf"(?:through|until|till|ahead\s+of)\s+(?:next\s+)?(?:{DAY}|{SHORT_DAY}|{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})",
        rf"by\s+(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})",
        rf"(?:futures?|contracts?|crude|gold|oil|delivery|bunds?|gilts?)\s+for\s+{MONTH}",
        rf"(?:for|with)\s+{MONTH}\s+(?:delivery|settlement)",
        rf"{MONTH}\s+(?:\w+\s+)?(?:delivery|contracts?|crude|futures|bunds?|gilts?|options|notes?)",
        rf"(?:good|black|cyber|super|ash|fat|ruby|holy|easter|bloody|sober)\s+{DAY}",
        rf"(?:on\s+)?{DAY}s",
        (rf"(?:(?:late|early)\s+)?(?:(?:on|last|this|next|from|since|after|before)\s+)?(?:last\s+)?{DAY}['’]s\s+"
        rf"(?:[\w&.-]+\s+){{0,3}}?{NEWS}"),
        rf"next\s+{DAY}|(?:on\s+)?{DAY}\s+(?:of\s+)?next\s+week",
        rf"(?:on\s+)?(?:the\s+)?{NTH}\s+{DAY}(?:\s+(?:of|in)\s+(?:the\s+)?\w+)?",
        r"(?:the\s+)?day\s+(?:before\s+yesterday|after\s+tomorrow)",
        (rf"{LEVELS}\s+(?:last\s+)?(?:hit|set|reached|touched|seen|struck|marked)\s+(?:(?:on|in|late|early|earlier)\s+){{0,2}}"
         rf"(?:{DATE}|{DAY}|{MONTH}|(?:last|this)\s+(?:week|month|year)|{YEAR})"),
    )),
    ("peak", (
        rf"(?:from|below|above|off|since|of)\s+{DAY}['’]s\s+(?:[\w’'-]+\s+){{0,3}}?{LEVELS}",
    )),

    # from one close to the next
    ("today", (
        (rf"{_FROM}\s+(?:its|a|an|the|their)\s+(?:previous|prior|last)\s+(?:(?:session|day|trading\s+day)(?:['’]s)?\s+)?"
        rf"{_CLOSING}"),
        rf"{_FROM}\s+(?:its|the|their)\s+(?:previous|prior)\s+(?:session|day|trading\s+day)(?!['’])",
        r"(?:from|versus|than|compared\s+(?:with|to))\s+(?:a|one)\s+(?:day|session)\s+(?:earlier|ago|before)",
        r"from\s+yesterday(?:['’]s\s+(?:close|finish))?",
    )),
    ("since_weekday", (
        (rf"(?:since|from|versus|than|compared\s+(?:with|to))\s+(?:late\s+(?:on\s+)?|the\s+(?:{_CLOSING}\s+)?(?:of\s+"
        rf"(?:trading\s+|trade\s+)?)?(?:on\s+)?)?(?P<last>last\s+)?(?P<weekday>{DAY}|{SHORT_DAY})"
        rf"(?:['’]s\s+(?:official\s+|late\s+)?(?:(?:New\s+York|U\.?S\.?|North\s+American)\s+)?{_CLOSING})?"
        rf"(?!['’]s\s|\s+(?:through|to|until)\s+{DAY})"),
        (rf"from\s+(?:the|its|their)\s+(?:previous\s+)?{_CLOSING}\s+(?:of\s+)?(?:trading\s+)?(?:late\s+)?(?:on\s+)?"
        rf"(?P<weekday>{DAY})"),
        rf"from\s+(?:(?:{_WHEN}\s+)?{_PLACE}(?:{_WHEN}\s+)?(?:{TRADE}|levels?)\s+)(?:late\s+)?(?:on\s+)?(?P<weekday>{DAY})",
        (r"from\s+(?:about\s+|around\s+)?[$€£]?\d[\d,.]{0,9}\s+(?:(?:yen|percent|cents|points)\s+)?"
         rf"(?:late\s+)?(?:on\s+)?(?P<weekday>{DAY})(?!['’])"),
    )),
    ("since_weekday", (
        rf"from\s+(?P<last>last\s+)?(?P<weekday>{DAY})['’]s\s+(?:\w+\s+){{0,3}}?(?:peak|high|low|trough|record)\b",
    )),
    ("since_weekday", (
        rf"(?:from|to)\s+(?:its|their|the)\s+(?P<weekday>{DAY})(?:['’]s)?\s+{_CLOSING}\b",
    )),
    ("since_date", (
        (rf"(?:since|from)\s+(?:the|its|their)\s+(?P<close>{_CLOSING})\s+(?:of\s+(?:trading\s+)?)?(?:on\s+)?{DATE}"
         r"(?!\s+(?:to|through|until)\b|['’])"),
        rf"(?:since|from)\s+{DATE}['’]s\s+(?P<close>{_CLOSING})",
        rf"since\s+{INTRADAY}(?:[^.,;]{{0,60}}?\bon\s+)?(?:the\s+)?{DATE}(?:\s+(?:closing\s+)?{LEVELS})?",
        rf"from\s+(?:the\s+(?:close|level)\s+on\s+)?{DATE}(?:['’]s\s+{_CLOSING})?(?!\s+(?:to|through|until)\b|['’])",
    )),

    # a day before the one reported
    ("previous", (
        r"(?:in|on|during|at\s+the\s+end\s+of)?\s?the\s+(?:previous|prior|preceding)\s+(?:day|session|trading\s+day)(?!['’])",
        r"(?:a|one)\s+(?:day|session)\s+(?:earlier|ago)",
    )),
    ("yesterday", (r"yesterday(?:['’]s)?(?:\s+(?:morning|afternoon|evening))?",)),

    # before the opening, after the close, while others sleep
    ("extended", (
        (rf"(?:in\s+)?(?:extended|extended-hours|after-hours|after\s+hours|post-?market|aftermarket)\s+{TRADE}"
        rf"(?:\s+(?:on\s+)?(?P<weekday>{DAY}))?"),
        rf"in\s+late\s+electronic\s+{TRADE}",
        r"after-market\s+\w+",
        rf"after\s+(?:the|(?P<weekday>{DAY})['’]s)\s+(?:closing\s+bell|bell|(?:market['’]s\s+)?close)(?:\s+of\s+trading)?",
        r"(?:in\s+)?after[\s-]hours(?!\s+of\b)",
        r"after\s+(?:the\s+)?(?:market|markets)\s+(?:close|closes|closed)",
    )),
    ("premarket", (
        rf"(?:in\s+)?(?:pre-?market|pre-?opening|before-the-bell)\s+(?:electronic\s+)?{TRADE}{_ON_DAY}",
        r"(?:before|ahead\s+of)\s+(?:the|(?P<weekday>\w+day)['’]s)\s+(?:opening\s+bell|bell|(?:market\s+)?open(?:ing)?)\b",
        r"(?:in\s+)?pre-?market(?=\s*[.,;)])",
    )),
    ("overnight", (r"overnight(?!\s+(?:lending|rates?|loans?|deposits?|bank|call|index|money|cash|borrowing))",)),
    ("weekend", (r"(?:over|during|at)\s+(?:the|this|last)\s+weekend",)),

    # lengths that say nothing of when
    ("hours", (
        rf"(?:in|within|over)\s+(?:just\s+|only\s+|the\s+(?:first|last|final|past)\s+)?{NUMBER}\s+(?:hours?|minutes?)",
        r"in\s+the\s+(?:first|last|final)\s+(?:half[\s-])?(?:hour|hours|minutes)(?:\s+of\s+(?:trading|trade))?",
        rf"(?:in|during|by|at|around)\s+(?:the\s+)?{_PLACE}{_WHEN}\s+{_PLACE}{TRADE}(?!\s+(?:on\s+)?{DAY})",
        r"(?:at|by|around|towards?)\s+(?:mid-?day|mid-?morning|mid-?afternoon|lunchtime|noon)",
        r"in\s+the\s+(?:late\s+|early\s+)?(?:morning|afternoon)",
        r"(?:earlier|later|late|early)\s+in\s+the\s+(?:day|session|morning|afternoon)",
        r"(?:shortly|soon|minutes|just)\s+(?:after|before)\s+the\s+(?:open|opening|close)(?:\s+bell)?",
        r"(?:during|at\s+one\s+point\s+(?:in|during))\s+(?:the|its)\s+(?:session|day)",
    )),
    ("one_day", (r"in\s+(?:just\s+|only\s+)?(?:one|a\s+single|a)\s+(?:day|session)",)),
    ("other", (
        rf"for\s+(?:a|the|its|their)\s+{NTH}\s+(?:(?:straight|consecutive|successive|running)\s+)?(?:day|session)",
        rf"{NUMBER}-(?:day|session)\s+(?:(?:winning|losing|moving)\s+)?\w+",
        rf"{BEST}\s+(?:\w+\s+)?(?:day|session)\s+(?:since|in|of)",
    )),

    # one day by its name or number
    ("date", (
        rf"(?:on\s+)?(?:{DAY},?\s+|{SHORT_DAY},?\s+)?(?:the\s+)?{DATE}(?:['’]s)?",
    )),
    ("weekday", (
        (rf"(?:(?:late|early)\s+)?(?:(?:on|this|by|late|early)\s+)?(?P<last>(?:on\s+)?last\s+)?(?P<weekday>{DAY})"
        r"(?:['’]s?)?(?:\s+(?:morning|afternoon|evening|night))?(?P<week>\s+(?:of\s+)?last\s+week)?"),
        rf"(?:in|during)\s+{_PLACE}(?:{_WHEN}\s+)?{_PLACE}{TRADE}\s+(?:on\s+)?(?P<weekday>{DAY})",
        rf"(?:at|of|by)\s+(?:the|market)\s+close\s+(?:of\s+(?:trading|trade)\s+)?(?:on\s+)?(?P<weekday>{DAY})",
        rf"(?:in|during)\s+(?:the|this)\s+regular\s+(?:trading\s+)?session\s+(?:on\s+)?(?P<weekday>{DAY})",
        rf"(?:on|late|early)\s+(?P<weekday>{SHORT_DAY})",
        r"(?P<weekday>(?-i:Tues|Weds?|Thurs|Thu|Fri)\.)(?![\w.])",
        rf"(?P<week>last\s+week)\s+(?:on\s+)?(?P<weekday>{DAY})",
    )),
    ("today", (
        r"(?:on\s+the\s+day\s+)?today(?:['’]s)?",
        r"this\s+(?:morning|afternoon|evening)",
        r"tonight",
        r"(?:on|for|of|ending|ended|end|ends|finish|finished|closed|close)\s+the\s+(?:day|session)(?!\s+(?:after|before|that)\b)",
        r"(?:in|during)?\s?(?:the|this)\s+regular\s+(?:trading\s+)?session",
        r"in\s+(?:the|this)\s+session",
        r"(?:at|of)\s+the\s+(?:open|close)\b",
        r"on\s+the\s+(?:open|close)\b",
    )),
)  # fmt: skip
"""Rows of (kind, patterns); earlier rows win over later ones at the same place, longer matches over shorter ones."""
