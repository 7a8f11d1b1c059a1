"""The words that landmarks go by: data, and the patterns made of it.

In a block of phrases a blank parts two of them, and ``_`` stands for the blanks inside one.
"""

from __future__ import annotations

import re

from newsig.extract.lexicon import DOWN_VERBS, NEUTRAL_VERBS, UP_VERBS, words


def either(phrases: str) -> str:
    """A pattern that matches any of the phrases of a block.

    >>> either("on_track poised")
    '(?:on\\\\s+track|poised)'
    """
    return "(?:" + "|".join(phrase.replace("_", r"\s+") for phrase in phrases.split()) + ")"


def phrase(phrases: str) -> re.Pattern[str]:
    """The pattern for any of the phrases of a block as words of their own, whatever their case."""
    return re.compile(rf"\b{either(phrases)}\b", re.IGNORECASE)


REACHED = words("hit hits hitting touch touched touches touching reach reached reaches reaching")
CROSSED = words("""
    top topped tops topping cross crossed crosses crossing surpass surpassed breach breached breaches break broke breaks
    breaking exceed exceeded clear cleared pierce pierced
""")
"""Verbs that leave a level behind: "topped 14,000"; those of `REACHED` only arrive there."""
STANDING = words("""
    hover hovered hovering stay stayed staying hold held holding quoted changed sat fetch fetched fetching bid last
    valued opens start started starts began
""")
LEVEL_VERBS = NEUTRAL_VERBS | UP_VERBS | DOWN_VERBS | REACHED | CROSSED | STANDING
MAKING = LEVEL_VERBS | words("""
    set sets setting mark marks marked marking scored score record records recorded chalked logged register registered
    registers make makes made making enjoyed enjoying put capped capping sealed near take took taking extended
    suffer suffers suffering endured endure sits sitting trades up down off higher lower
""") - CROSSED  # fmt: skip
"""Verbs and adverbs with which a superlative or streak is stated."""
SENDING = words("""
    sending send sends sent driving drive drives drove pushing push pushes pushed lifting lift lifts lifted dragging
    drags dragged knocking knocked pulling pulled taking took bringing brought helping help helps helped keeping kept
    boosting leading led
""")
"""Verbs whose object is what gets somewhere: "driving yields to a six-month high"."""
PLAIN = words("""
    rise fall drop climb go move gain lose slip slide jump advance decline sink dip rally recover rebound trade reach
    touch top break cross test end finish close
""")
"""Forms that only an auxiliary makes a verb of: whether they happened stands further left in the sentence."""

AHEAD = re.compile(
    r"\b(?:(?-i:may)|"
    + either("""
        could might will would should can likely expect(?:s|ed)? forecasts? sees? seen project(?:s|ed|ing) verge
        predict(?:s|ed)? poised target (?:on|in)_(?:track|course|line|pace) set_(?:for|to) head(?:ed|ing) heads
        aim(?:s|ed|ing)? if unless until
        threaten(?:s|ed|ing)? about_to ready_to bound_(?:for|to) shaping_up looks?
        (?:potential|chances?|risk|room|scope|prospects?|possib\\w+)_(?:for|of|to|that)\\b[^,;]{0,40}$
    """)
    + r")\b",
    re.IGNORECASE,
)
"""Words that make what follows them a matter of the future, or of a case that may not come. "May" is a month."""
SUPPOSING = frozenset({"if", "unless", "until"})
NOT_SO = re.compile(
    r"\b"
    + either("""
        fail(?:s|ed|ing|ure)? unable not never without yet struggl\\w+ cannot attempts? attempted tr(?:y|ied|ying) shy
        close_to short_of
    """)
    + r"\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words that say that a level was not reached."""

CLAUSES = "while but as when which who whose although though because"
"""Words that open a clause of its own."""
CLAUSE = re.compile(rf"[;:](?!\d)|,(?!\d)|\b{either(CLAUSES)}\b|\b(?:after|and)\b", re.IGNORECASE)
BREAK = re.compile(rf"[;:]|\b{either(CLAUSES)}\b", re.IGNORECASE)
ELSEWHERE = re.compile(
    r",(?!\d|\s+(?:its|their|the|a|an)\s)|[;:]|\b"
    + either(f"""
        {CLAUSES} having off from after before compared versus with since than and below above following
        despite ahead amid shy short
    """)
    + r"\b",
    re.IGNORECASE,
)
"""Words that open another clause or phrase: a day named behind them dates that one."""
THAT_DAY = phrase("that_(?:day|time|session|week|month|year) back_then at_the_time")
BEFORE = phrase(
    "(?:previous|prior)_(?:day|session|week) (?:day|week)_(?:earlier|before) (?:day|week|month|year)s?_ago last_time"
)
"""Words that speak of an earlier day than the story's, without naming it."""

NO_PRICE = phrase("""
    offer(?:s|ed|ing)? bids?_for buy(?:s|ing)? bought acquir\\w+ takeover deal tender\\w* pays? paid paying
    pric(?:ed|ing) IPO initial_public issu(?:e|ed|ing) sold selling exercis\\w+ strike options? earn(?:s|ed|ings)?
    profits? revenues? sales income loss_of dividends? EPS per[-_]share expectations estimates? forecasts? outlook
    guidance costs? charges? fees? support resistance average floor ceiling limits? margins? fair_value book_value
    inflation unemployment jobless_rate CPI GDP discount_rate funds_rate interest_rates? overnight coupon mortgage
    rates? spread premium stake claims factor\\w* orders assets budget deficit debt tax volume LIBOR
""")
"""Sums and rates that are no price of what the sentence names."""
STATISTIC = phrase("""
    sales profits? earnings revenues? inflation unemployment jobless jobs claims output production orders exports
    imports spending sentiment confidence economy growth GDP volumes? inflows? outflows? deficits? surplus starts rates?
    income survey reading layoffs payrolls lending demand supply supplies inventories stockpiles reserves ratings?
    approval manufacturing activity margins? dividends? debt costs spreads? premium ratio homes? permits P/E multiples?
    volatility pressures business
""")
"""Statistics: their extremes are no market's."""
REPEATED = phrase("""
    above below inflows? outflows? volumes? records? highs? lows? sales profits? revenue earnings jobs jobless claims
    output production exports orders prices_paid rates? inflation contracted expanded hikes? cuts? raised inventories
    stockpiles economy GDP deficit employment payrolls trading_at unchanged losses_of billion million traffic swings?
    protests? rain talks meetings? gainers decliners withdr\\w+ report(?:s|ed)? posted_a_loss
""")
"""What else than a price can do the same thing several times in a row."""
UNPRICED = re.compile(
    r"\b"
    + either("Exchange Board Nymex NYMEX Comex COMEX Institute Management Bureau Department Ministry University")
    + r"(?:['’]s)?$"
)
"""Market places and institutes: they have no price."""
SURVEYS = "home house housing import export producer consumer food wholesale"
SURVEYED = re.compile(rf"\b{either(SURVEYS)}\s+$", re.IGNORECASE)
"""Before "prices" these make a statistic of them."""
CLOSING = phrase("clos(?:e|es|ed|ing) end(?:s|ed|ing)? finish(?:es|ed|ing)? settl(?:e|es|ed|ing|ement)")
INTRADAY = phrase("""
    hit(?:s|ting)? touch(?:es|ed|ing)? reach(?:es|ed|ing)? high low peak trough intraday earlier briefly
    as_(?:high|low|much)_as session opened opening early midday mid-session morning afternoon trading traded trades
    quoted bid latest by_\\d+
""")
LATER = phrase("""
    extended after-hours after_hours after-market pre-?market during_(?:the_)?(?:session|trading|day) before_the_bell
    after_the_bell GMT as_of (?:early|morning|midday|afternoon)_(?:trade|trading|deals)
""")
"""Words that set a level apart from the close, wherever they stand in the sentence."""
ENDED = re.compile(
    r"\b(?:(?P<end>end(?:s|ed|ing))|"
    + either("""
        snap(?:s|ped|ping)? br(?:eaks?|oke|eaking) halt(?:s|ed|ing)? stopp(?:ed|ing) revers(?:es|ed|ing) stemm(?:ed|ing)
        arrest(?:ed|ing)? after following follow(?:s|ed) despite
    """)
    + r")\s+(?:[\w’'-]+\s+){0,4}$",
    re.IGNORECASE,
)
"""Words that say that a streak was over."""
