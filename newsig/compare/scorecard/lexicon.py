"""The words that tell which way a call goes. All in small letters; "target" stands for what is spoken of."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _every(stems: str, *more: str) -> frozenset[str]:
    """Regular verbs in their forms but for the past, which tells no future, with the others as they stand."""
    return frozenset(form for stem in stems.split() for form in _forms(stem)) | {
        word for text in more for word in text.split()
    }


def _forms(stem: str) -> tuple[str, ...]:
    if stem.endswith("e"):
        return stem, f"{stem}s", f"{stem[:-1]}ing"
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return stem, f"{stem[:-1]}ies", f"{stem}ing"
    return stem, f"{stem}s", f"{stem}ing"


UP_VERBS = _every(
    "gain climb rally advance recover rebound bounce surge soar jump increase appreciate strengthen",
    "rise rises rising",
)
DOWN_VERBS = _every(
    "decline slide sink tumble stumble tank plunge slump retreat weaken depreciate crash",
    "fall falls falling drop drops dropping slip slips slipping dip dips dipping lose loses losing",
    "shed sheds shedding shrink",
)
"""What prices do of themselves: the thing they happen to stands before them."""

UP_NOUNS = _words("upside tailwind tailwinds rally rallies gains rebound rebounds recovery upturn uptrend bullish")
DOWN_NOUNS = _words("""
    downside headwind headwinds selloff sell-off correction corrections losses decline declines pullback pullbacks slump
    downturn downtrend bearish drop slide crash retreat plunge fall
""")
"""What there is for something, behind it ("small caps have upside") or before ("a rally in small caps")."""
PLURALS = _words("rallies declines rebounds slides drops dips falls bounces surges slumps crashes retreats")
"""Those that verbs share: "sell rallies"."""

UP_PHRASES = (
    "room to run",
    "room to grow",
    "room to rise",
    "do well",
    "do better",
    "go up",
    "going up",
    "come back",
    "new high",
    "new highs",
    "record high",
    "record highs",
    "all-time high",
    "all-time highs",
    "bull market",
    "upward pressure",
    "catch up",
)
DOWN_PHRASES = (
    "go down",
    "going down",
    "come down",
    "do poorly",
    "do badly",
    "sell off",
    "pull back",
    "give back",
    "new low",
    "new lows",
    "bear market",
    "downward pressure",
    "under pressure",
    "leg down",
    "roll over",
)
FLAT_PHRASES = (
    "sideways",
    "range-bound",
    "rangebound",
    "tread water",
    "little changed",
    "go nowhere",
    "stay flat",
    "be flat",
    "remain flat",
    "end flat",
    "finish flat",
    "hold steady",
    "remain unchanged",
    "stay put",
    "in a range",
)
COMPARED = {"higher": "up", "lower": "down"}
"""Only where nothing stands behind that could be so: "lower rates" say nothing of what rates do to others."""
SENDING = _words("send sends drive drives push pushes")
"""What somebody else does to the thing behind it: what stands before is beside the point."""
FOLLOWING = _words("follow follows following track tracks tracking mirror mirrors mirroring")
"""What one thing does to another: the first of them goes, in "small caps will follow it lower"."""
ADDING = _words("add adds adding")
"""Up only before a figure: "to add another 4 percent"."""

LIFTERS = _every("lift boost help support propel buoy fuel benefit", "underpin underpins underpinning")
HURTERS = _every(
    "weigh pressure punish depress batter", "drag drags dragging hurt hurts hurting hit hits hitting sink sinks"
)
"""What is done to the thing that stands behind them, or to the one before a passive: "rate cuts will lift small caps".
"Benefit" is good for what stands before it."""
BENEFITS = frozenset(_forms("benefit"))
BEING = _words("be been being get gets is are")
LIFTED = _words("lifted boosted helped supported propelled buoyed fuelled fueled underpinned")
HURT = _words("weighed dragged pressured punished depressed battered hurt hit sunk")

NOT = _words("""
    not never no nothing unlikely without avoid avoids fail fails failing stop stops stopping cannot
    can't won't wouldn't couldn't shouldn't don't doesn't didn't isn't aren't wasn't weren't ain't mustn't
""")
"""Each turns the direction over: twice is not at all."""
NOT_VERBS = _words("without avoid avoids fail fails failing stop stops stopping")
"""Of those, what may stand in the subject of a sentence, and then denies nothing of what that will do."""
RELATIVES = _words("that which who what whatever anything everything")
"""What opens a clause within the subject: "what does not kill it will make it stronger"."""
NOT_PHRASES = ("rule out", "ruled out", "end of", "end to", "rather than", "instead of")
NO_DENIAL = (
    r"no doubt|not (?:only|just|least|surprisingly)|no matter|why not",
    r"(?:would |should |will )?(?:not|n't|wouldn't|won't) be (?:too |at all )?surprised (?:if|by|to see)",
)
"""Patterns of what holds a "no" or a "not" and denies nothing, and what holds an "if" and is no condition."""
DOUBT = _words("""
    neither nor risk risks danger threat doubt doubts doubtful doubting whether question unclear uncertain cautious
    wary hard difficult either or hesitate hesitant impossible
""")
"""With one of these nobody can say which way it goes; a risk is what may not come."""
LIMITS = _words("""
    much far too forever straight every all necessarily immediately overnight soon until before yet always enough
""")
"""What a "not" may deny instead of the move: "will not rise much"."""
SCANT = _words("limited little scant less hardly barely")
"""What leaves next to nothing of what stands behind it: "limited upside"."""
ENDING = _words("""
    end ends fade fades fizzle stop stops reverse reverses last lasts over exhausted overdone peak peaked steam
    short-lived brief temporary behind erased pared recouped trimmed halted reversed
""")
"""What becomes of a rally or a fall: it is not told what comes then."""
REVERSING = _every(
    "pare erase recoup trim limit stem halt fade sell buy survive weather recover reverse offset ease reduce cushion",
    "absorb resist withstand escape counter snap end overcome overcomes overcoming snapping trimming stemming",
    "give gives giving shrug shrugs",
)
"""What somebody does to a rally or a fall that leaves little of it, or lives through it: "erase its losses"."""
LASTING = _every(
    "continue resume persist extend deepen accelerate broaden begin start", "come comes coming follow ahead"
)
"""What a rally or a fall that is there already must do to tell what comes."""
COMING = _words("likely possible probable due expected inevitable")
"""The same where no verb stands behind: "a correction is likely", but not "is likely to help others"."""
GIVEN = _words("the this these those recent its their")
"""What stands before a rally or a fall that is known already."""
CAUSES = _words("from on by after as because before with amid when")
"""What opens the cause of a move: the figures of companies behind it do not move themselves."""
DESCRIBED = _words("the a an of from by in on with its their this that despite for into to amid about against and")
"""Behind one of these "falling" says what something is like, and not what it will do."""
HINTING = _words("point points signal suggest mean hint")
"""What could only hint at a move: "could point to a drop"."""
PERHAPS = _words("could would 'd may might can")
BREAKING = _words(
    "break breaks broken breach breaches clear clears cross crosses close closes reclaim reclaims hold holds"
)
"""What makes a condition of an "until": "until it breaks below"."""
RELATIVE = _words("""
    outperform outperforms outperforming outpace outpaces underperform underperforms underperforming lag lags lagging
    beat beats relative versus vs outperformance underperformance
""")
"""Said of one thing against another: the one may fall less."""
HEARSAY = _words(
    "everyone everybody people many some most consensus nobody investors traders bulls bears they economists"
)
EXPECTING = _words("""
    expect expects expected expecting think thinks believe believes say says see sees want wants hope hopes predict
    predicts assume assumes
""")
"""What others expect is not the speaker's call: "everybody expects stocks to rise"."""

AHEAD = _words("""
    will 'll wo won't shall would 'd wouldn't could couldn't may might should shouldn't can going gonna expect expects
    expected expecting likely unlikely poised set bound due see sees seeing forecast forecasts predict predicts project
    projects projected anticipate anticipates target targets potential upside downside chance risk odds probability
    possibility outlook room headwind headwinds tailwind tailwinds
    headed
""")
"""What looks ahead. A clause without one of these states a fact, and facts are no calls."""
GUIDING = _words("""
    expects expect expected forecast forecasts forecasted predicts predicted projects projected anticipates anticipated
    sees saw targets targeted reckons estimates estimated hopes hoped hope warned warns
""")
"""Cues that look ahead for the clause they give away: "expects the index to gain"."""

FUNDAMENTALS = _words("""
    earnings profit profits revenue revenues sales margin margins income growth gdp inflation demand supply economy
    economic data jobs employment unemployment payrolls cost costs spending output production orders deliveries budget
    deficit dividend dividends buyback buybacks expectations guidance estimate estimates valuation valuations multiple
    multiples eps ebitda users subscribers shipments exports imports wages writedowns inventories deficits volume
    volumes volatility population traffic deal offer debt rating ratings cash stake loan loans
""")
"""What moves beside prices: with one of these in the clause, its words may be about that."""

RATES = _words("rates rate yields yield")

SUBORDINATE = (
    *("because", "since", "although", "though", "while", "whereas", "when", "which", "who", "whose", "where", "given"),
    *("despite", "after", "once", "even if", "even though", "as", "absent", "with", "following"),
)
"""What opens a clause beside the point."""
CONDITIONS = (
    *("if", "unless", "as long as", "so long as", "provided that", "provided", "assuming that", "assuming"),
    *("on condition that", "in the event that", "in the event of", "barring", "only if"),
)
UNLESS = ("unless", "barring")
JOINING = _words("and or nor but , if unless")
"""What makes two conditions of one: nobody checks the half of it."""
HOLDING = _words("hold holds holding stay stays staying remain remains remaining keep keeps keeping")
OVER = _words("above over past through beyond")
UNDER = _words("below under beneath")

BEHIND = _words("""
    than by in from over this next through into again still , and on as before until after when while since for at
    during because to toward towards against
""")
"""What "higher" may stand before when it belongs to the verb: "will be higher by then"."""
TOWARDS = _words("in for of on to at among")
"""What ties a noun to the thing behind it: "a rally in small caps"."""
NO_RATES = _words("exchange tax growth default vacancy birth mortgage unemployment jobless")
"""What makes other rates of "rates"."""
ONES = tuple("one two three four five six seven eight nine ten eleven twelve".split())  # noqa: SIM905
TENS = tuple("twenty thirty forty fifty sixty seventy eighty ninety".split())  # noqa: SIM905
