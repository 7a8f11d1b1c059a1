"""Public events that stories date a move by: "since Trump's election win"."""

from __future__ import annotations

from datetime import date

_WIN = (
    r"['’]s\s+(?:(?:surprise|shock|unexpected|decisive|historic|presidential|U\.S\.|first|second)\s+){0,2}"
    r"(?:election(?:\s+(?:win|victory|triumph))?|re-?election|(?:win|victory))"
    r"|\s+(?:was\s+(?:re-?)?elected|won\s+the\s+(?:U\.S\.\s+)?(?:presidential\s+)?(?:election|race|vote))"
)
_OFFICE = (
    r"['’]s\s+inauguration|\s+(?:took|entered)\s+(?:office|the\s+White\s+House)|\s+was\s+(?:inaugurated|sworn\s+in)"
)
_ELECTION = r"(?:U\.S\.\s+)?(?:presidential\s+)?(?:election|vote)"
_NAME = r"(?:(?:President|Donald|Barack|Joe|Mr\.?)\s+)?"
_ENDED = r"collapse|bankruptcy|failure|filing|demise|downfall"

EVENTS: tuple[tuple[str, tuple[date, ...]], ...] = (
    (rf"{_NAME}Trump(?:{_WIN})", (date(2016, 11, 8), date(2024, 11, 5))),
    (rf"{_NAME}Obama(?:{_WIN})", (date(2008, 11, 4), date(2012, 11, 6))),
    (rf"{_NAME}Biden(?:{_WIN})", (date(2020, 11, 3),)),
    (rf"{_NAME}Trump(?:{_OFFICE})", (date(2017, 1, 19), date(2025, 1, 17))),
    (rf"{_NAME}Obama(?:{_OFFICE})", (date(2009, 1, 16),)),
    (rf"{_NAME}Biden(?:{_OFFICE})", (date(2021, 1, 19),)),
    (rf"the\s+2008\s+{_ELECTION}", (date(2008, 11, 4),)),
    (rf"the\s+2012\s+{_ELECTION}", (date(2012, 11, 6),)),
    (rf"the\s+2016\s+{_ELECTION}", (date(2016, 11, 8),)),
    (rf"the\s+2020\s+{_ELECTION}", (date(2020, 11, 3),)),
    (rf"the\s+2024\s+{_ELECTION}", (date(2024, 11, 5),)),
    (
        (
            r"(?:(?:the|Britain['’]s|June['’]s)\s+)?(?:(?:shock|surprise|June)\s+)?(?:Brexit|EU|European\s+Union)\s+"
            r"(?:vote|referendum)|(?:Britain|the\s+U\.?K\.?|Britons)(?:['’]s)?\s+(?:vote[ds]?|decision)\s+"
            r"(?:to\s+(?:leave|quit|exit)(?:\s+the\s+(?:EU|European\s+Union))?|for\s+Brexit)"
        ),
        (date(2016, 6, 23),),
    ),
    (
        (
            rf"(?:the\s+)?(?:(?:{_ENDED}|fall)\s+of\s+Lehman(?:\s+Brothers)?|Lehman(?:\s+Brothers)?(?:['’]s?)?\s+"
            rf"(?:{_ENDED}|collapsed|failed|went\s+(?:bankrupt|bust|under)|filed\s+for\s+bankruptcy))"
        ),
        (date(2008, 9, 12),),
    ),
    (
        r"(?:the\s+)?(?:Sept(?:ember|\.)?\s+11|9/11)(?:,\s+2001,?)?(?:\s+(?:terrorist|terror))?\s+attacks?|9/11",
        (date(2001, 9, 10),),
    ),
    (
        (
            r"(?:(?:the\s+)?(?:start|outbreak|beginning)\s+of\s+)?(?:the\s+)?(?:Russia(?:['’]s|n)\s+)?(?:full-scale\s+)?"
            r"(?:invasion\s+of|war\s+in)\s+Ukraine|Russia\s+invaded\s+Ukraine"
        ),
        (date(2022, 2, 23),),
    ),
    (
        (
            rf"(?:the\s+)?(?:{_ENDED})\s+of\s+Silicon\s+Valley\s+Bank|Silicon\s+Valley\s+Bank(?:['’]s)?\s+"
            rf"(?:{_ENDED}|collapsed|failed)"
        ),
        (date(2023, 3, 9),),
    ),
    (r"(?:the\s+)?(?:May\s+6\s+)?flash\s+crash", (date(2010, 5, 5),)),
    (r"(?:the\s+)?(?:Hamas(?:['’]s?)?\s+)?Oct(?:ober|\.)?\s+7(?:,\s+2023,?)?\s+attacks?", (date(2023, 10, 6),)),
    (r"[\"“'‘]?Liberation\s+Day[\"”'’]?", (date(2025, 4, 2),)),
)
"""What is named after "since", and the last day whose close knew nothing of it; the latest one before the story."""
