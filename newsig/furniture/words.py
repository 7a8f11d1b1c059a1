"""The words that bylines, datelines and credits are known by: data, no code but the sets made of it."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a block of text as a set."""
    return frozenset(text.split())


PARTICLES = words("von van der den de del della di da dos das du la le bin al el ten ter y")
LINKS = words("and in at of for from by with the to on")
JOBS = words("""
    additional further reporting reported editing edited writing written compiled translation translated compilation
    research production graphic graphics photo photos photograph photographs photography picture pictures video
    assistance contributions contributed contributing contributor contributors this story report article writer
    writers correspondent correspondents editor editors reporter reporters columnist columnists staff senior chief
    deputy executive managing markets market business economics economic finance financial investing political
    politics energy technology personal world national international global special bureau newsroom newsrooms desk
    press news agency team producer photographer photographers analyst
""")
"""Words in small letters that may stand beside the names."""
NOT_NAMES = words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december the a an all any both each some most many no its it his her their our your
    my this that these those then now late early mid end year year-end contrast comparison default design far law
    then numbers other another one two three four five six seven eight nine ten half noon midday midnight morning
    evening tonight today tomorrow yesterday early spring summer autumn winter christmas easter next last using
    doing being having order popular invitation appointment request definition mutual unanimous word way means virtue
    hook leaps trial hand foot land sea air rail train sector region volume
""")
"""Words that no name of a person begins with: most name a time, the rest stand behind "By" in sayings and headings."""
NO_PARTS = words("of the or only")
"""Words that no name holds; a heading has them in capitals, "By Order Of The Board"."""
VERBS = words("""
    said says told tells was were wasn't weren't wasn’t weren’t had hadn't hadn’t did didn't didn’t would wouldn't
    wouldn’t could couldn't couldn’t should will won't won’t rose fell gained climbed dropped slipped jumped slumped
    surged soared tumbled declined sank grew shrank showed announced expects expected thinks thought believes believed
    warned argued became began has have
""")
"""Verbs of a story's sentences. Captions are written in the present, and "is" and "can" stand in notes as well."""
FIRMS = words("""
    wire news times post press journal courier tribune herald gazette sunday daily agency agencies reuters bloomberg
    ap afp upi dpa cnbc cnn bbc associated magazine review observer guardian staff correspondent writer editor
    reporter contributor newsroom desk bureau inc ltd llc group media network radio television tv marketwatch
    newswires columnist analyst images capital partners bank securities fund columns breakingviews insider standard
    follow full text
""")
"""Words of a publisher's name or of an office, in small letters: a name that holds one is no person's."""
PLACES = words("""
    new north south east west san los las hong saudi united sri santa puerto cape abu kuala buenos rio sao mexico
    tel washington london paris tokyo silicon wall st. saint fort
""")
"""First words of places of two words and more, which stand between the names of reporters."""
HONOURS = words("jr jr. sr sr. ii iii phd")
STAFF = words("reuters staff agencies ap afp upi bloomberg")
"""What may stand for a name in a byline."""
TIMES = words("am pm a.m p.m a.m. p.m. updated published posted gmt et est edt bst min read")
"""Words in small letters of the time that may stand behind a byline."""
LABELS = words("""
    ANALYSIS EXCLUSIVE UPDATE FACTBOX TIMELINE CORRECTED CORRECTION REFILE WRAPUP INTERVIEW INSIGHT COLUMN
    COMMENTARY OPINION BREAKING WATCH LIVE VIDEO POLL PREVIEW REPORT SPECIAL NEWS STOCKS MARKETS MARKET FOREX OIL
    GOLD BONDS DEALS SCOOP LOOK PHOTOS PHOTO FEATURE FOCUS EXPLAINER EXPLAINED BUZZ SNAPSHOT GRAPHIC TABLE TEXT RPT
    REPORTS LISTEN ADVISORY ALERT REVIEW SUMMARY HIGHLIGHTS RESEARCH INVESTIGATION BREAKINGVIEWS PODCAST QUOTES
    PRESS RELEASE EARNINGS THE A AN AND OR OF FOR TO IN BY ON AT WITH IS ARE WAS NOT WHO WHAT WHEN WHERE WHY HOW HE
    SHE IT THEY WE YOU I U.S. S.E.C. FTSE DAX NASDAQ DOW NYSE CEO CFO IPO ETF GDP ECB FED
""")
"""Words in capitals before a dash that name a kind of story or its matter, no place."""
