"""The words that tell a forecast from a fact, a condition from a forecast, and a hope from both."""

from __future__ import annotations

from newsig.extract.lexicon import words

WILL = words("will wo 'll ’ll shall gonna gon")
"""Modals that look ahead whatever stands beside them."""
WOULD = words("would could may might 'd ’d")
"""Modals that look ahead unless "have" and a participle follow: "would have been" is no forecast."""
WAS = words("was were had")
DENIED = words("not n't n’t never")
HOPING = words("hope wish pray")
"""Verbs, by their lemma, that state a wish."""
HOPES = words("hope wish dream")
EXPECTING = words("expect forecast predict project anticipate foresee envisage")
"""Verbs, by their lemma, that make a forecast of what they govern."""
INTENDING = words("plan aim intend promise pledge vow hope")
"""Verbs, by their lemma, whose infinitive is still to come: "plans to open ten shops"."""
AHEAD = words("""
    likely unlikely possible probable inevitable imminent due poised bound set slated scheduled expected projected
    forecast predicted
""")
"""What something is said to be that has not happened yet."""
READY = words("due poised bound set slated scheduled expected projected forecast predicted")
"""Those of them that need an infinitive behind them: "set to rise", but "prices are set by the market"."""
CHANCES = words("risk chance possibility probability likelihood danger prospect odds threat potential")
"""What there is of something that may come."""
VIEWS_AHEAD = CHANCES | words("""
    worry fear concern forecast expectation projection prediction guess bet target guidance
""")
"""Subjects whose verb says what is to come: "my worry is that they sell", "the target is 50 dollars"."""
HOLDING = words("""
    think believe say mean guess suspect feel see suggest bet reckon argue add note tell hold imagine doubt find show
    indicate imply maintain warn confirm
""")
"""Verbs whose clause is the point that is made: "I think it will rain"."""
SURE = words("""
    confident sure certain clear convinced optimistic pessimistic hopeful afraid worried concerned doubtful true
    obvious positive
""")
"""Adjectives that do the same: "we are sure that it will rain"."""
CONVICTIONS = words("confidence belief doubt view opinion feeling conviction")
"""What one has of something to come: "I have confidence that they will"."""
WISHFUL = words("hopeful")
OPINING = words("""
    say argue like love prefer dismiss call describe suggest recommend caution advise think add note characterise
    characterize agree hesitate urge want
""")
"""What "I would" does about now: "I would not dismiss it"."""
PERSONS = words("i we")
AGENTS = words("""
    i we you they he she one people investor investors trader traders fed bank banks government governments company
    companies management board policymakers policy-makers regulators congress bondholders shareholders ministers
    minister leaders authorities officials lawmakers politicians president ecb commission clients buyers sellers
    everybody everyone nobody states countries firms executives directors treasury
""")
"""Who is told what to do: "the Fed should act" is advice, "growth should slow" is none."""
THINGS_TO_DO = words("""
    thing goal aim job way key plan objective purpose point idea task challenge problem priority strategy intention
    question answer role mission step what focus trick move option solution choice
""")
"""Subjects whose "is to" tells no future: "the aim is to save"."""
OUTCOMES = words("""
    see rise fall grow gain benefit help remain continue lead improve reach return recover rebound decline drop slow
    increase decrease outperform underperform climb stay become get prove support boost hurt weigh happen ease widen
    narrow persist last come follow translate result exceed beat top stabilise stabilize bottom peak hit allow enable
    reflect show look mean offer cover offset ensure encourage fuel pick
    be go drive attract keep end enjoy turn start begin bring provide produce create generate post report earn
""")
"""What happens to somebody more than it is done: "you should see a rally" is a forecast."""
SUPPOSING = words("if unless provided providing assuming supposing lest")
DEPENDING = words("depend hinge")
"""Verbs, by their lemma, that make a condition: "it depends on the weather"."""
DEPENDENT = words("dependent contingent conditional")
NO_IF = words("even as what see and or ask know")
"""What stands before an "if" that makes no condition: "even if", "as if"."""
ASIDES = words("whether because although though while since why how where that")
"""What opens a clause beside the point, or a question."""
NO_CONDITION = (
    "if anything",
    "if not",
    "if any",
    "if ever",
    "if at all",
    "if you look",
    "if you ask",
    "if you like",
    "if you will",
)
"""What looks like a condition and is a turn of speech."""
WITHOUT = (
    "barring",
    "in the event of",
    "in the event that",
    "as long as",
    "so long as",
    "only if",
    "on condition that",
)
"""What opens a condition without an "if"."""
BUT = words("but yet")
"""Behind one of these stands the point of a sentence."""
GUIDING = words("""
    expect expects expected expecting forecast forecasts forecasted forecasting predict predicts predicted predicting
    project projects projected projecting anticipate anticipates anticipated foresee foresees foresaw envisage
    envisages envisaged sees target targets targeted plans planned pledged promised vowed reckon
""")
"""Cues that make a forecast of what they give away, whatever its own words are."""
ESTIMATING = words("estimate estimates estimated estimating warned warns warning warn")
"""Cues that do so for a bare noun: "warned of a loss", but "warned that it had lost money"."""
WISHING = words("hope hopes hoped hoping")
