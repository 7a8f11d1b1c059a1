"""The nouns and verbs by which the rules for subjects tell what moves from what stands near."""

from __future__ import annotations

from newsig.extract.claims.scene import TRADED
from newsig.extract.lexicon import COMPANY_NOUNS, NEUTRAL_VERBS, words

OWNED = words("fundamental other price")
"""Kinds of what a possessor can own: "Apple's sales", "Goldman's stock"."""
NAMED = TRADED | {"name", "unlisted"}
TRANSITIVE = words("""
    cut cuts cutting raise raised raising raises hike hiked hiking lift lifted lifting boost boosted boosting reduce
    reduced reducing reduces lower lowered lowering slash slashed slashing trim trimmed trimming increase increased
    increasing expand expanded grow cost doubled doubling double tripled tripling triple trebled quadrupled halved
    halving halve
""")
"""Verbs whose object is what moves: "cut its dividend by 10 percent"."""
DRIVING = words("""
    drove drive drives driving pushed push pushes pushing sent sends sending pulled pulls pulling dragged drags dragging
    knocked knocking brought bringing
""")
CUT_OFF = words("despite amid after because on since and alone as when while but is was were are to")
"""Words that end the phrase in which a noun names what moved: "a gain of 5 percent on Friday in …"."""
AFFECTING = words("""
    led lead leads leading boosted boosting lifted lifting helped helping hurt hurting dragged dragging paced pacing
    weighed propelled
""")
PRICED = COMPANY_NOUNS | words("stock stocks shares share index average fund futures price prices value market")
"""Nouns that leave a possessor the subject: "Goldman's stock slipped" is about Goldman."""
UNMOVED = words("""
    day days week month quarter year session time performer performers gainer gainers loser losers decliner decliners
    winner winners drag boost analyst analysts economist economists investor investors trader traders report data news
    government department percent president minister officials sources people officers executives voters forecasters
    strategists managers dealers brokers spreadbetters bookmakers consumers households customers drivers
""")
"""Nouns that report, gain or act, but do not move by a percentage themselves."""
COUNTED = words("""
    activity amount volume number deals value interest flows inflows outflows holdings positions bets rate ratio odds
    temperature temperatures rainfall crop crops harvest acreage emissions votes support approval discount premium gap
""")
"""Nouns that are counted, but stand in no company's books and no bureau's statistics."""
SECTORS = words("""
    banks miners retailers insurers airlines automakers carmakers chipmakers exporters oils techs financials industrials
    utilities homebuilders builders lenders drugmakers telecoms materials equities defensives cyclicals brokerages
    semiconductors technology energy commodities metals bonds treasuries gilts bunds shippers steelmakers property
""")
"""Nouns for the shares or prices of many."""
VERB_GROUP = NEUTRAL_VERBS | words("""
    also already now then still later even only just not sharply slightly again today yesterday more further modestly
    nearly almost
""")
"""Words that belong to the verb in front of them: "has today gone up"."""
