"""The words that expressions of time are made of: days, months, counts, and pieces of patterns."""

from __future__ import annotations

import re

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_COUNTED = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
COUNTS = {word: value for value, word in enumerate(_COUNTED, start=1)}
ORDINALS = ("first", "second", "third", "fourth")

DAY = "(?:" + "|".join(WEEKDAYS) + ")"
SHORT_DAY = r"(?-i:(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri)\b\.?(?![\w.]))"
"""A day cut short; it needs a preposition before it, since Sun and Sat are words too."""
MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
YEAR = r"(?:19|20)\d\d"
THE_YEAR = rf"(?P<year>{YEAR})"
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(COUNTS, key=len, reverse=True)) + ")"
COUNT = rf"(?:(?P<count>{NUMBER})[\s-]+)?"
VAGUE = r"(?:few|couple(?:\s+of)?|several|many|some|handful\s+of|number\s+of)"
NTH = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d{1,2}(?:st|nd|rd|th))"
START = r"(?:the\s+)?(?:start|beginning|outset|turn|opening)\s+of"
END = r"(?:the\s+)?(?:end|close)\s+of"
IN_A_ROW = r"(?:consecutive|straight|successive|running)"
MONTH_OF_YEAR = rf"(?P<month>{MONTH})(?:,?\s+(?:of\s+)?{THE_YEAR})?"
_NUMBERED = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NO_LENGTH = r"(?![\d:]|[-‐‑](?:year|month|day|week)|\s?%|\s+(?:percent|per\s+cent|points?|pct|bps?)\b|,\d|\.\d)"
DATE = (
    rf"(?:(?P<month>{MONTH})\s+{_NUMBERED}{_NO_LENGTH}(?:,?\s+{THE_YEAR})?"
    rf"|(?<![\d.,$])(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?-i:(?=[A-Z]))(?P<month2>{MONTH})"
    rf"(?![\w-])(?:,?\s+(?P<year2>{YEAR}))?"
    r"|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d))"
)
"""A day of a month, in American, British or ISO order."""
SECOND_DATE = re.sub(r"\(\?P<(\w+)>", r"(?P<\1_at>", DATE)
"""The same, for a pattern that holds two dates."""
SHOWN = (
    "advances?|gains?|loss(?:es)?|declines?|drops?|performances?|performers?|showing|rises?|falls?|increase|decrease"
    "|jump|slide|slump|plunge|rally|sell-?off|surge|tumble|return"
)
"""What a stretch of time can have shown: "its best weekly showing"."""
BEST = "(?:best|worst|biggest|largest|steepest|sharpest|strongest|weakest)"
TRADE = r"(?:trading|trade|dealings|deals|session|business)"
LEVELS = (
    r"(?:peaks?|highs?|lows?|troughs?|bottoms?|(?:highest|lowest|high|low)\s+points?|records?(?:\s+(?:close|highs?|lows?|peak|closing\s+(?:high|low)))?"
    r"|levels?|closing\s+(?:high|low|level)|all-time\s+high)"
)
INTRADAY = r"(?=(?:[^.,;]{0,60}?\b(?P<intraday>intraday)\b)?)"
"""Looks ahead for a peak between two closes, which no close can be measured from."""
NEWS = (
    r"(?:reports?|data|meetings?|auctions?|figures|decisions?|announcements?|statements?|speech|testimony|results|news"
    r"|earnings|deadline|vote|expiry|expiration|options|release|minutes|survey|conference|summit|election|hearing|holiday"
    r"|comments|remarks|warning|story|edition|issue|newspaper|ruling|referendum|inflation|payrolls|budget|attacks?)"
)
"""What a day or week can own that is no move of a price: "Friday's jobs report"."""


def month_number(name: str) -> int:
    """The number of a month, written out or cut short.

    >>> month_number("sept."), month_number("May")
    (9, 5)
    """
    return next(place for place, month in enumerate(MONTHS, start=1) if month[:3] == name[:3].lower())


def weekday_number(name: str) -> int:
    """The number of a day, Monday 0, written out or cut short.

    >>> weekday_number("Thurs."), weekday_number("friday")
    (3, 4)
    """
    return next(place for place, day in enumerate(WEEKDAYS) if day[:3] == name[:3].lower())


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of these tables, whose gaps between words are bounded: a page of blanks costs nothing.

    >>> compiled(r"last\\s+week").search("in the last  Week")[0]
    'last  Week'
    """
    return re.compile(pattern.replace(r"\s+", r"\s{1,3}"), re.IGNORECASE)
