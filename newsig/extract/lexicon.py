"""The words that the extractors go by: data, no code but the sets made of it.

Verbs stand in all their forms, so that no lemmatiser has to be trusted with headlines.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a block of text as a set."""
    return frozenset(text.split())


UP_VERBS = words("""
    rise rises rose risen rising gain gains gained gaining climb climbs climbed climbing jump jumps jumped jumping
    advance advances advanced advancing add adds added adding soar soars soared soaring surge surges surged surging
    rally rallies rallied rallying increase increases increased increasing grow grows grew grown growing
    rebound rebounds rebounded rebounding recover recovers recovered recovering bounce bounces bounced bouncing
    spike spikes spiked spiking leap leaps leapt leaped leaping edge edges edged edging swell swells swelled swelling
    strengthen strengthens strengthened strengthening appreciate appreciates appreciated appreciating
    expand expands expanded expanding improve improves improved improving accelerate accelerates accelerated
    skyrocket skyrocketed skyrocketing shoot shot outperform outperformed firm firmed firming tick ticked ticking
    inch inched inching accrue boost boosts boosted boosting raise raises raised raising lift lifts lifted lifting
    hike hiked hiking pop pops popped popping rocket rocketed rocketing roar roared put widen widens widened widening
    nudge nudged nudging balloon ballooned snapped rebounded quicken quickened harden hardened
    vault vaulted zoom zoomed march marched perk perked manage manages
    managed
""")
DOWN_VERBS = words("""
    fall falls fell fallen falling fallling drop drops dropped dropping lose loses lost losing decline declines
    declined declining slip slips slipped slipping slide slides slid sliding tumble tumbles tumbled tumbling
    plunge plunges plunged plunging sink sinks sank sunk sinking shed sheds shedding dip dips dipped dipping
    slump slumps slumped slumping retreat retreats retreated retreating decrease decreases decreased decreasing
    plummet plummets plummeted plummeting crash crashes crashed crashing ease eases eased easing weaken weakens
    weakened weakening depreciate depreciates depreciated depreciating shrink shrinks shrank shrunk shrinking
    contract contracts contracted contracting tank tanked tanking skid skids skidded skidding sag sagged
    sagging give gave given giving stumble stumbled stumbling reduce reduces reduced reducing cut cuts cutting
    lower lowers lowered lowering slash slashed slashing narrow narrowed narrowing trim trimmed trimming
    underperform underperformed collapse collapsed collapsing cheapen plumb nosedive nosedived swoon swooned
    slow slows slowed slowing soften softens softened softening crater cratered nosedived wilt
    dive dives dived diving dove wilted deteriorate deteriorated erode eroded erase erased erasing swing swung
""")
UP_ADVERBS = words("up higher ahead above stronger firmer")
DOWN_ADVERBS = words("down lower off below weaker softer")
FLAT_WORDS = words("flat unchanged steady little-changed")
UP_NOUNS = words("""
    rise rises gain gains increase increases jump jumps advance advances rally rallies surge surges climb growth
    rebound rebounds uptick upswing upturn leap recovery bounce expansion boost improvement appreciation hike pop
    spike run-up
""")
DOWN_NOUNS = words("""
    fall falls drop drops decline declines loss losses decrease decreases slide slides slump slumps dip dips plunge
    plunges tumble sell-off selloff sell-offs selloffs retreat contraction pullback correction reduction cut cuts
    slip drawdown depreciation crash swoon downturn plummet slowdown dive setback shrinkage collapse fall-off
    nosedive rout
""")
NEUTRAL_VERBS = words("""
    was is were are be been being has have had closed close closes closing ended end ends ending finished finish
    finishing settled settle settling traded trade trading stood stands opened opening remained remains went go goes
    going came come moved move moving pushed sent sending send pulled pulling pull brought bringing left leaving drove
    driving drive posted posting post reported recorded notched saw seen experienced suffered turned dragged pushing
    dragging sends helped drew sees
""")
"""Verbs that say nothing of the direction themselves: "closed down", "sent the index up", "posted a gain"."""

DIRECTION_PARTICLES = {
    "put on": "up", "give up": "down", "gave up": "down", "giving up": "down", "given up": "down",
    "give back": "down", "gave back": "down", "giving back": "down", "given back": "down",
}  # fmt: skip
AMBIGUOUS_WITHOUT_PARTICLE = words("give gave given giving put cheapen edge edges edged edging tick ticked inch inched")
"""Words that move nothing unless an adverb or particle says where: "edged down", "gave up"."""

FUNDAMENTALS = words("""
    sales revenue revenues turnover profit profits earnings income margin margins gdp cpi ppi inflation payrolls
    output production exports imports orders spending wages rents jobs unemployment employment claims starts permits
    consumption economy growth productivity deliveries shipments bookings dividend dividends costs expenses ebitda eps
    deficit surplus debt loans deposits lending premiums traffic sales-growth demand supply capacity retail-sales
    investment investments inventories inventory wealth portfolio reservations attendance subscribers passengers
    workforce headcount contracts assets prices-paid employment-costs receipts units enrollment enrollments enrolment
    enrolments
""")
"""Heads of what is measured by a statistic or a company's books, not by a market."""

FUNDAMENTAL_PHRASES = (
    "consumer price", "consumer prices", "producer price", "producer prices", "prices to the consumer", "core cpi",
    "domestic product", "home prices", "house prices", "same-store sales", "like-for-like sales",
    "net income", "operating profit", "import prices", "labor costs", "labour costs", "wholesale prices",
)  # fmt: skip
OTHER_SUBJECTS = words("""
    rate rates volume volumes turnout inflow inflows outflow outflows flows holdings stake stakes
    ratings target targets forecast forecasts estimate estimates price-target position positions short-interest
    tariff tariffs tax taxes population membership
""")
PRICE_NOUNS = words("""
    stock stocks share shares index indexes indices indicator benchmark benchmarks gauge market markets futures
    contract contracts fund funds price prices bond bonds note notes currency securities barometer average
    sub-index subindex sub-indexes subindexes exchange exchanges sector sectors equities commodities barrel
    metal token coin cryptocurrency cryptocurrencies commodity issue former latter
""")
COMPANY_NOUNS = words("""
    company firm group bank lender insurer retailer maker manufacturer carmaker automaker chipmaker drugmaker giant
    airline miner builder homebuilder broker brokerage producer operator developer supplier conglomerate utility
    planemaker chain carrier business startup stock shares
""")
INDEX_NOUNS = words("index sub-index subindex gauge benchmark indicator average barometer measure")

EXPECTING_VERBS = words("""
    expect forecast predict project anticipate estimate foresee target envisage reckon budget
""")
"""Verbs, by their lemma, whose content is a look ahead."""
INTENDING_VERBS = words("""
    plan aim intend hope want seek propose pledge promise vow prepare need have schedule slate tip poise
""")
"""Verbs, by their lemma, whose infinitive or object has not happened: "plans to double", "has to fall"."""
EXPECTING_NOUNS = words("""
    forecast expectation estimate projection prediction outlook guidance consensus target goal plan call risk prospect
    possibility chance fear hope threat proposal pledge promise potential
""")
EXPECTED_ADJECTIVES = words("""
    expected forecast projected predicted likely possible potential planned estimated anticipated proposed targeted
    hypothetical
""")
MODALS = words("will would could may might should wo 'll ’ll must shall")
PERHAPS = words("likely probably possibly perhaps potentially maybe presumably")
SUPPOSING = words("if unless")
WHENEVER = words("when whenever once")
"""Conjunctions that make a condition of a present tense."""
ASSUMING = words("assuming supposing provided providing")
HISTORICAL_PHRASES = (
    "average gain", "average rise", "average loss", "average return", "average decline", "average drop",
    "historically", "median gain", "median return", "in the past when", "typically", "has averaged", "have averaged",
    "average increase", "average fall", "average annual gain", "average annual return", "average advance",
    "tends to", "tend to", "tended to", "usually", "traditionally", "as a rule",
)  # fmt: skip
GENERIC_PHRASES = (
    r"since (?:19|20)\d\d", r"(?:past|last) (?:\w+|\d+) (?:decades|years)", r"a year", r"per year", r"annually",
    r"(?:every|each|any given|election) (?:year|month|decade|cycle)s?", r"cycles?", r"occasions", r"instances",
    r"(?:\w+|\d+) times", r"decades", r"in years",
    r"(?:January|February|September|October|November|December|Monday|Friday)s",
    r"(?:after|following|when|during|in) (?:such|those|these|earlier|similar|each|every|an?|past|previous)",
)  # fmt: skip
"""What shows that an average is one over many cases (parts of a regular expression)."""

INTRADAY_PHRASES = (
    "midday", "mid-session", "midsession", "in early trading", "in morning trading", "in afternoon trading",
    "at the open", "early afternoon", "intraday", "session low", "session high", "earlier in the session",
    "earlier in the day", "at one point", "at its lowest", "at its highest", "at its low", "at its high",
    "in early trade", "premarket", "pre-market", "before paring", "before recovering", "before rallying", "as much as",
    "before rebounding", "half way through", "halfway through", "in late morning", "had earlier",
    "from its high of the day", "lowest point of the day", "as of", "before the suspension", "preliminary",
    "unofficially", "latest available data", "ended the morning", "after opening", "gmt", "utc",
    "not before", "in mid-morning", "in mid-afternoon", "in midmorning", "in midafternoon", "in late trading",
    "in late trade", "in morning trade", "in afternoon trade", "in midday trade", "by the midday break", "mid-morning",
    "mid-afternoon", "on the day at", "earlier in the day", "before trimming", "before reversing", "before easing",
    "before bouncing", "before turning", "before erasing", "session's high", "session's low", "was trading",
    "were trading", "is trading", "are trading", "so far in the session", "shortly after the open",
)  # fmt: skip
LATE_PHRASES = (
    "after-hours", "after hours", "extended trading", "extended trade", "extended-hours", "post-market", "postmarket",
)  # fmt: skip
"""Trading behind the close: its figures are no closes either."""
CLOSE_PHRASES = (
    "closed", "ended", "finished", "settled", "at the close", "closing", "to close", "to end at", "to end the day",
    "to finish", "end the session", "close of trading", "ending", "closes", "to settle", "settling",
    "at the end of trade",
    "to end up", "to end down", "to end higher", "to end lower", "by the close", "finishing",
)  # fmt: skip

NOT_A_MOVE_AFTER = words("""
    stake stakes share chance probability likelihood odds interest owned-by holding majority owner shareholder coupon
    rating yield of-the confidence tax tariff duty discount premium target threshold weighting weight mortgage
    minority voting bond bonds notes note loan loans dividend majority-owned owned approval position exposure allocation
    weightings market-share ownership interest-rate
""")
"""A percentage right before one of these is a share, a level or a chance, and moves nothing."""

ROLE_WORDS = words("""
    analyst analysts strategist strategists economist economists manager managers trader traders president chairman
    chairwoman chief head director directors officer adviser advisor advisers advisors partner founder co-founder
    spokesman spokeswoman spokesperson ceo cfo executive secretary minister governor broker dealer specialist
    researcher researchers professor portfolio vice senior principal
""")
"""Who stands before "at X" or "of X" when X is only somebody's employer."""

SAY_VERBS = words("""
    said says say saying told tells wrote writes write added adds noted notes warned warns explained explains argued
    argues stated states remarked predicted predicts estimated estimates reported reports announced announces claimed
    claims cautioned cautions commented comments continued insisted acknowledged expects forecast forecasts believes
    thinks suggested suggests concluded conceded quipped declared showed shows reckons felt
""")
"""Verbs that stand beside the marks of a quotation."""
REPORTING_VERBS = SAY_VERBS - words("expects forecast forecasts predicted predicts estimated estimates") | words("""
    telling writing adding noting warning explaining arguing stating announcing reporting suggesting showing claiming
    found finds indicated indicates signaled signalled signals hinted hints hinting indicating stressed stresses
    reiterated reiterates repeated confirmed confirms denied denies revealed reveals disclosed admitted emphasized
    believe think show indicate suggest report argue warn note claim tell reckon hopes maintained maintains recalled
    testified asserted asserts contends contended worries observed observes insists insisting complained complains
    charged alleged alleges implied implies admits acknowledging acknowledges joked lamented boasted reasoned
    speculated mused opined assured assures agreed agrees replied responded conceding cautioning stressing contending
    asserting recalls declares declaring emphasizes emphasizing ruled feared fears worried figures pointed points
    pointing
""")
"""Verbs, in all their forms, whose clause is a statement."""
PRESENT_VERBS = words("""
    acknowledge stress insist caution concede contend assert announce confirm deny explain state reveal worry maintain
""")
"""Further verbs of saying in the present of many, where they are no infinitive: "officials acknowledge that"."""
SAYING_NOUNS = words("""
    announcement contention claim warning statement prediction assertion view comment comments remarks acknowledgement
    suggestion admission belief conclusion assurance assurances claims warnings statements predictions assertions
    suggestions insistence complaint allegation allegations argument opinion forecast estimate expectation expectations
    fear fears confidence
""")
PREDICATING_ADJECTIVES = words("confident optimistic convinced hopeful certain")
"""What somebody is of that which he states: "is confident that"."""
"""Nouns whose "that" clause is a statement of their owner's."""
