"""The words and patterns by which those who speak are told: pronouns, groups, reports, bodies, the press."""

from __future__ import annotations

import re

from newsig.extract.lexicon import words
from newsig.extract.quotes.spotting import Gender

PRONOUNS: dict[str, Gender] = {"he": "he", "him": "he", "she": "she", "her": "she"}
IT = words("it which who that they")
FACELESS = words("""
    government officials official source sources spokesman spokeswoman spokesperson spokespeople authorities regulators
    minister ministers executives executive lawyer lawyers prosecutors police protesters aides aide people person
    ministry analysts analyst economists economist strategists strategist traders trader policymakers policy-makers
    investigators researchers scientists lawmakers diplomats diplomat banker bankers insiders dealer dealers employees
    workers residents representative representatives administration regulator residents delegates negotiators managers
    witnesses attorney attorneys organizers organisers activists
""")
"""Heads of speakers that are not named."""
LONELY = words("""
    analysts analyst economists economist strategists strategist traders trader people person dealer dealers bankers
    researchers scientists managers residents workers employees insiders executives lawyers lawmakers witnesses
    activists executive banker attorneys investors
""")
"""Of these only those that say whose they are: "analysts at …", but not "analysts said"."""
REPORTS = words("""
    data figures report reports survey surveys poll polls index numbers statistics estimate estimates research study
    studies statement statements comments remarks note analysis screen compilation review article story release
    calculations records minutes letter filing filings forecasts forecast website spokespeople
""")
"""What speaks for the one it is from: "data from …", "a … report"."""
MEDIA = words(
    "newspaper daily paper magazine agency journal television tv radio website weekly network publication broadcaster"
)
BODIES = words("""
    department ministry agency bureau commission board council committee institute association union court university
    treasury reserve federation regulator authority exchange fund administration center centre organization organisation
    foundation alliance coalition watchdog charity museum league party campaign unit
""")
"""Public bodies that go by their last word: "the department said"."""

REPORT = re.compile(r"\b(?:" + "|".join(sorted(REPORTS)) + r")\b")
FACE = re.compile(r"(?<![\w-])(?:" + "|".join(sorted(FACELESS)) + r")(?![\w-])")
DAY = re.compile(
    r"\s+(?:on\s+)?(?:late\s+|early\s+|earlier\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:this|last)\s+(?:week|month|year)\b|"
    r"(?:yes|to)\w*day\b|earlier\b|in an? (?:\w+\s){0,3}"
    r"(?:statement|note|report|interview|filing|letter|speech|release|email|e-mail|blog|tweet)\b).*$"
)
MEDIA_NAME = re.compile(
    rf"(?:[A-Z]\w+['’]s\s+)?(?P<name>[A-Z]\w+(?:\s\w+)*?\s+(?:{'|'.join(sorted(MEDIA))}|government|ministry))"
)
OWNED = re.compile(
    r"\b(?:of|at|for|by|with|to|from|in|against|on|behind|after|under|over|between|near|including|like|than|into|about|as)"
    r"\s+(?:the\s+)?(?:former\s+)?$"
)
SILENT = words("""
    shares stocks stock futures prices price index indexes indices market markets yields yield bonds bond oil gold crude
    dollar euro yen sterling sales profit profits revenue earnings results volume trading sentiment demand
""")
"""What moves and never speaks."""
PREMODIFIED = re.compile(r"^(?:[A-Z][\w.]*(?:\s[A-Z][\w.]*)?-[a-z]+\s+)+(?=[A-Z])")
"""What may stand in front of a name: "New York-based", "State-owned"."""
INFORMED = re.compile(
    r"^(?:(?:[Tt]he|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ss]everal|[Ss]ome|[Oo]ther|[Mm]any|[Aa]n?|[Aa]nother)\s+)*(?:[a-z][\w-]*\s+){0,2}?"
    r"(?:people|persons?|sources?|officials?|executives?|bankers?|traders?|investors?|lawyers?|insiders?|employees?)\s+"
    r"(?:(?:directly|closely|very)\s+)?(?:familiar\s+with|close\s+to|briefed\s+on|involved\s+in|informed\s+(?:of|on|about)|"
    r"with\s+(?:direct\s+|first-hand\s+)?knowledge\s+of)\s+[^,;“”\"]{3,80}"
)
"""Those who are told by what they know: "people familiar with the matter"."""
ANONYMOUS = re.compile(
    r"^(?:[Oo]ne|[Aa]n?|[Aa]nother)\s.*\b"
    r"(?:who\s(?:asked|declined|requested|did not|spoke|wished|works?|is|was|manages?)|"
    r"(?:with|at|in|close to|familiar|briefed|on condition|speaking)\b)"
)
"""One person who is not named, but told apart: "one banker, who asked not to be named"."""
DOCUMENTS = REPORTS | words("suit lawsuit countersuit complaint memo email e-mail blog post tweet appeal brief motion")
"""What somebody issues or files, and in which he speaks."""
UNRESOLVED = words("he she they it")
ADDRESSED = re.compile(
    rf"^(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat)\s+(?:[a-z-]+\s+){{0,2}}?(?:{'|'.join(sorted(DOCUMENTS))})\s+(?:to|about|on|for)\s"
    r"(?!.*\b(?:from|by)\s)"
)
"""A document told by whom it goes to or what it is about, which says nothing of who wrote it."""
LEAD_IN = re.compile(
    r"^(?:(?:but|and|while|meanwhile|separately|however|earlier|still|also|yet|though|although|as|after|when|if|because|"
    r"with|the|an?|its|his|her|their|this|that|these|latest|new|another|both|some|many|most|new|data|figures|from|later|"
    r"then|so|for|since|where|even|only)\b,?\s*)+",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"^(?P<owner>.+?)['’]s?\s+(?P<rest>.+)$")
CODE = re.compile(r"\s*\(\s*[A-Z0-9a-z.]+\s*\)|\s+[A-Z]{1,6}(?:_\w)?\.(?:[A-Z]{1,2})\b|\s+,")
CAPS = r"[A-Z][\w&.'’-]*(?:\s+(?:[A-Z&][\w&.'’-]*|(?:of|and|the|for)(?=\s(?:the\s)?[A-Z])))*"
OWNED_GROUP = re.compile(
    rf"^(?:[Tt]he\s+|[Ss]ome of\s+|[Mm]any of\s+)?(?P<organisation>{CAPS}?)['’]s?\s+(?P<rest>[a-z][a-z\s-]*)$"
)
TRADES = (
    r"[Aa]nalysts?|[Ss]trategists?|[Ee]conomists?|[Tt]raders?|[Ss]pokes\w+|[Ss]ources?|[Oo]fficials?|[Ee]xecutives?|"
    r"[Rr]esearchers?|[Ll]awyers?|[Aa]ttorneys?|[Dd]ealers?|[Bb]ankers?|[Rr]epresentatives?|[Aa]ides?|[Mm]anagers?|"
    r"[Ll]awmakers?|[Ee]mployees?|[Dd]iplomats?|[Bb]rokers?"
)
GROUP = re.compile(
    rf"^(?P<who>(?:[\w'’-]+\s+){{0,4}}?(?:{TRADES})\s+(?:at|for|with|from|of)\s+(?P<near>(?:the\s+|[a-z][\w-]*\s+){{0,4}}?)"
    rf"(?P<organisation>{CAPS}))"
)
HOUSE_GROUP = re.compile(
    rf"^(?:[Tt]he\s+|[Aa]n?\s+|[Oo]ne\s+|[Aa]nother\s+|[Ss]everal\s+|[Tt]wo\s+|[Ss]enior\s+)*(?P<organisation>{CAPS}?)(?:['’]s?)?\s+"
    rf"(?P<trade>(?:[a-z][\w-]*\s+){{0,3}}?(?:{TRADES}))$"
)
THEIR_GROUP = re.compile(
    r"^(?:[Aa]\s+|[Tt]he\s+|[Oo]ne\s+)?"
    r"(?P<owner>[Cc]ompany|[Bb]ank|[Ff]irm|[Aa]irline|[Cc]entral bank|[Gg]roup|[Aa]gency|[Dd]epartment|[Mm]inistry)"
    r"(?:['’]s)?\s+(?P<trade>spokes\w+|officials?|executives?|representatives?)$"
)
POLLED = re.compile(
    rf"\b(?:polled|surveyed|questioned|quoted|interviewed|compiled|conducted|released|published|done|commissioned)\s+by\s+(?:the\s+)?"
    rf"(?P<organisation>{CAPS})"
)
IN_A_POLL = re.compile(
    r"\bin\s+(?:an?|the)\s+(?:[a-z]+\s+)?(?P<poll>[A-Z][\w&.'’-]*(?:\s+[A-Z][\w&.'’-]*)*\s+(?:poll|survey))\b"
)
OWN_POLL = re.compile(
    r"^(?:[Tt]he\s+|[Aa]n?\s+)?(?:[a-z]+\s+)*(?P<poll>[A-Z]\w+(?:\s[A-Z]\w+)?"
    r"(?:/[\w ]+)?\s+(?:poll|survey))\b"
)
FROM = re.compile(rf"\b(?:from|by|of|in)\s+(?:the\s+)?(?P<owner>{CAPS})")
NAME = re.compile(r"[A-Z0-9][\w&.'’/-]*(?:\s+(?:[A-Z&][\w&.'’/-]*|of|for|and|the|von|de|in(?=\s[A-Z])))*")
DESCRIBED = re.compile(
    r"(?:[Tt]he|[Ii]ts|[Tt]his|[Tt]hat|[Hh]is|[Hh]er)\s+(?:[A-Za-z0-9][\w.'’-]*\s+){0,4}(?P<noun>[a-z][\w-]*)"
)
PRESS = re.compile(
    r"\b(?:Times|Journal|Post|News|Barron['’]s|Herald|Tribune|Guardian|Reuters|Bloomberg|CNBC|CNN|BBC|TV|Television|Daily|Weekly|"
    r"Magazine|Spiegel|Handelsblatt|Telegraph|Economist|Mail|Independent|Globe|Nikkei|Agency|Press|Xinhua|Observer|Standard|Chronicle)\b"
)
"""What newspapers and agencies have in their names."""
BASED = re.compile(r"\b[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2}(?:,\s[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)?-based\s+")
MAKER = re.compile(
    r"[a-z-]+(?:makers?|sellers?|exporter|importer|provider|refiner|brewer|publisher|distiller|processor|driller|shipper|hauler)"
)
PRONOUN_REACH = 1500
"""Code points back within which a pronoun finds who it means."""
