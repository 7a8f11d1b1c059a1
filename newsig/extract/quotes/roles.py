"""What a person is and for whom he works, in the article's words: "head of research at Larkmoor Partners".

A role is a phrase with an office in it (`OFFICES`), an organisation a name behind "at", "of", "for" or with a
possessive. Both are looked for behind a name, before it, and in the line that announces a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from newsig.extract.lexicon import ROLE_WORDS, words

OFFICES = ROLE_WORDS | words("""
    chair co-chair premier chancellor ambassador lawyer attorney spokespeople treasurer fellow lecturer scientist
    consultant expert editor columnist author investor banker lawmaker senator congressman congresswoman
    representative judge commissioner deputy mayor member owner operator leader chairwoman dean historian pollster
    commentator co-manager co-head undersecretary strategists cio coo cto md technician specialist specialists whip
    speaker planner administrator actuary auditor negotiator envoy regulator president-elect forecaster
    meteorologist engineer shareholder developer executives writer host pundit manager-director overseer coordinator
    organizer organiser nominee candidate entrepreneur billionaire veteran salesman saleswoman trader-analyst
    prosecutor spokes-woman ministers presidents vice-president vice-chairman head-trader controller premier-elect
    king queen prince sheikh general colonel admiral guru watcher counsel superintendent sheriff bishop pastor rabbi
    student farmer worker lobbyist chairperson biologist professor physician doctor
""")
"""What somebody can be."""
STATE_OFFICES = words("""
    secretary minister premier chancellor senator king queen prince congressman mayor commissioner judge justice
""")
"""Offices of a state: what stands before them is a part of the office ("Treasury Secretary"), not an employer."""

FIELDS = words("""
    research strategy strategies trading economics equities equity investment investments investing income rates
    currencies currency fx forex commodities credit markets sales analysis operations banking management asia europe
    americas advisory derivatives bonds futures treasury portfolios metals energy global european asian international
    emerging fixed corporate institutional capital u.s. us uk
""")
"""What somebody is head or director of, where it is no house."""

_CAP = r"[A-ZÀ-Þ0-9][\w&.’'+/-]*"
HOUSE = (
    rf"(?P<organisation>{_CAP}(?:\s(?:&|and(?=\s[A-Z])|of(?=\s(?:the\s)?[A-Z])|(?:for|on)(?=\s[A-Z])|the(?=\s[A-Z])"
    rf"|{_CAP}))*)"
)
"""A name, with the small words that go inside one."""
_PLACE = r"[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2}"
_SMALL = r"(?:(?!who\b|which\b|and\b|in\b|at\b|told\b|said\b|says\b|added\b)[a-z][\w-]*\s+)"
_KIND = (
    r"(?:firms?|company|group|banks?|lender|brokers?|brokerage|house|consultanc(?:y|ies)|consultants?|advis[eo]rs?|unit|arm|"
    r"researcher|insurer|funds?|boutique|agency|institute|university|giant|think[ -]tank|manager|\w+maker)"
)
_NEAR_HOUSE = (
    rf"(?:the\s+)?(?:{_PLACE}(?:[ -](?:based|area))?\s+{_SMALL}{{0,4}}?{_KIND},?\s+|{_PLACE}-based\s+)?"
    rf"{_SMALL}{{0,4}}?[“\"]?"
)
"""What may stand between the preposition and the name: "at the New York-based commodity firm …", "at French bank …"."""
_ROLE = r"(?P<role>[A-Za-z0-9](?:[^;:“”\"()\n]){1,90}?)"
_LEAD = (
    r"^\s*,?\s*(?:(?:aged?\s)?\d{2},\s+)?"
    r"(?:(?:an?|the|one of the|our|his|her|their|also|currently|now|himself|herself)\s+)*"
)
ROLE_AT = re.compile(rf"{_LEAD}{_ROLE},?\s+(?:at|with|for)\s+{_NEAR_HOUSE}{HOUSE}")
ROLE_OF = re.compile(rf"{_LEAD}{_ROLE}\s+(?:of|in|on|to|from)\s+{_NEAR_HOUSE}{HOUSE}")
_ROLE_AS = re.compile(
    rf"^\s*,\s*who\b[^;“”\"\n]{{1,90}}?\bas\s+(?:an?\s+|the\s+)?{_ROLE}\s+(?:of|at|for|with)\s+{_NEAR_HOUSE}{HOUSE}"
)
_SERVING = re.compile(
    rf"^\s+(?:(?:will|would|has|had|is|was|to|been|\w+ly|soon|also|now)\s+){{0,4}}"
    rf"(?:steps?|stepped|stepping|resign\w*|retir\w+|serv\w+|work\w*|acts?|acted|appointed|named|hired|elected|"
    rf"takes over|took over|taken over)\s+(?:[a-z]+\s+){{0,3}}?as\s+(?:an?\s+|the\s+|its\s+)?"
    rf"{_ROLE}\s+(?:of|at|for)\s+{_NEAR_HOUSE}{HOUSE}"
)
_WHO_RUNS = re.compile(
    r"^\s*,\s*who\s+(?:also\s+|now\s+|helps?\s+|currently\s+|co-)*(?:runs?|ran|heads?|headed|leads?|led|owns?|founded|"
    r"chairs?|manages?|oversees?|works?|directs?|is)\b(?P<rest>[^;“”\"\n]{1,120})"
)
_OWNED_ROLE = re.compile(
    rf"^\s*,\s*(?:(?:an?|the)\s+)?(?P<organisation>{_CAP}(?:\s(?:&|of|and|{_CAP}))*?)(?:['’]s?)?\s+(?P<role>[a-z][\w\s,./&-]{{2,80}})$"
)
_THEIRS = re.compile(
    r"^\s*,?\s*(?:(?P<owner>the\s+\w+['’]s|its|their)\s+)(?P<role>[A-Za-z][\w\s/&-]{3,60}?)(?=,|$|\s(?:said|says|told|in|at)\b)"
)
_ROLE_ALONE = re.compile(
    r"^\s*,\s*(?:(?:aged?\s)?\d{2},\s+)?(?:an?\s+|the\s+)?(?P<role>[A-Za-z][\w\s/&’'-]{2,80}?)"
    r"(?=,|$|\s(?:said|says|told|who|which|in|on|from)\b)"
)
_HOUSED_ROLE = re.compile(rf"(?P<organisation>{_CAP}(?:\s(?:&|of|{_CAP}))*?)\s+(?P<role>[a-z][a-z\s/&-]+)")
"""A house and what somebody is there: "a Larkmoor Partners economist"."""
_EMPLOYER = re.compile(rf"^\s*,?\s+(?:of|at|from|with)\s+{_NEAR_HOUSE}{HOUSE}")
_LISTED = re.compile(
    r"^\s*,\s*(?P<role>[^,;:\n]{3,80}),\s*(?P<organisation>[^,;:\n]{2,60}?)(?:,[^;:\n]{2,40})?\s*:?\s*$"
)
_LISTED_AT = re.compile(r"^\s*,\s*(?P<role>[^,:\n]{3,80}?)\s+(?:AT|at|WITH|FOR)\s+(?P<organisation>[^,:\n]{2,60})")
_LISTED_OF = re.compile(r"^\s*,\s*(?P<role>[^,:\n]{3,80}?)\s+OF\s+(?P<organisation>[^,:\n]{2,60})")
_RUN_IN = re.compile(
    rf"(?P<role>.*\b(?:{'|'.join(sorted(OFFICES, key=len, reverse=True))}))\s"
    r"(?P<organisation>(?!(?:OF|FOR|AND|IN|ON|TO)\b)\w\S*\s\w.*)",
    re.IGNORECASE,
)
_NOW = re.compile(r"^.*\bnow\s+(?:an?\s+|the\s+)?")
"""What somebody was before: "once a diplomat and now a political analyst"."""
OFFICE = re.compile(r"(?<![\w-])(?:" + "|".join(sorted(OFFICES, key=len, reverse=True)) + r")(?![\w])", re.IGNORECASE)
_VERBAL = re.compile(
    r"\b(?:said|says|told|was|were|is|are|has|had|have|will|would|could|did|does|went|made|who|which|that|whose|but|when"
    r"|after|before|while|since|because|if|where)\b"
)
"""What no role has in it."""
ENDS = re.compile(r"[;“”\"\n:]|(?<![A-Z])(?<!Inc)(?<!Co)(?<!Corp)(?<!Ltd)(?<!Jr)(?<!Sr)(?<!St)[.](?:\s|$)|\s[-–—]\s")
_TAIL = re.compile(r"\s(?:in|of|and|the|for|on)$|['’]s?$")
REACH = 220


@dataclass(frozen=True, slots=True)
class Post:
    """A role and an organisation as one place of the text gives them.

    ``owner`` is set where the organisation is only pointed at: "the firm's", "its".
    """

    role: str | None = None
    organisation: str | None = None
    owner: str | None = None

    def __bool__(self) -> bool:
        return bool(self.role or self.organisation)


NOBODY = Post()


def is_office(phrase: str) -> bool:
    """Whether a phrase has an office in it."""
    return OFFICE.search(phrase) is not None


def anything(start: int, end: int) -> bool:  # noqa: ARG001 (the signature of `Names.nominal`)
    """Whether the word in a span can be a part of a name, where nothing is known of it."""
    return True


def post_behind(
    text: str, end: int, states: frozenset[str] = frozenset(), nominal: Callable[[int, int], bool] = anything
) -> Post:
    """The post told behind a name that ends at an offset; ``states`` and ``nominal`` as for `post_before`.

    >>> post_behind("Orla Quillfeather, head of small-cap equities at Larkmoor Partners in York, said so.", 17)
    Post(role='head of small-cap equities', organisation='Larkmoor Partners', owner=None)
    """
    words = text[end : end + REACH]
    stop = ENDS.search(words)
    words = words[: stop.start()] if stop else words
    for pattern in (ROLE_AT, ROLE_OF, _ROLE_AS, _SERVING):
        match = pattern.match(words)
        places = frozenset() if pattern is ROLE_AT else states  # nobody is analyst at a place
        if match is None:
            continue
        role = _NOW.sub("", match["role"])
        first = end + match.end("role") - len(role)
        if is_role(role) and role.count(", ") < 2 and nominal(first, first + 1):
            return made(role, match["organisation"], places, whole=match[0])
    theirs = _THEIRS.match(words)
    if theirs is not None and is_office(theirs["role"]):
        return Post(role=theirs["role"].strip(), owner=theirs["owner"])
    for stretch in (words.split(", ")[1] if words.startswith(", ") and ", " in words[2:] else None, words[2:]):
        owned = _OWNED_ROLE.match(f", {stretch}".rstrip(" ,")) if stretch else None
        if owned is not None and is_role(owned["role"]) and words.startswith(","):
            return made(owned["role"], owned["organisation"], states)
    runs = _WHO_RUNS.match(words)
    if runs is not None:
        return _running(runs["rest"], states)
    employer = _EMPLOYER.match(words)
    if employer is not None and not words.startswith(","):
        return made(None, employer["organisation"], states)
    alone = _ROLE_ALONE.match(words)
    if alone is not None and is_role(alone["role"]):
        housed = _HOUSED_ROLE.fullmatch(alone["role"].strip())
        if housed is not None and not is_office(housed["organisation"]):
            return made(housed["role"], housed["organisation"], states)
        return Post(role=alone["role"].strip())
    return NOBODY


def _running(rest: str, states: frozenset[str]) -> Post:
    """The post of ", who runs X", ", who is head of research at X", ", who manages $3 billion at X"."""
    inner = ROLE_AT.match(rest) or ROLE_OF.match(rest)
    if inner is not None and is_role(inner["role"]):
        return made(inner["role"], inner["organisation"], states)
    placed = re.search(rf"\b(?:at|for|with)\s+{_NEAR_HOUSE}{HOUSE}", rest)
    if placed is not None:
        return made(None, placed["organisation"], states)
    named = re.match(rf"\s+{_NEAR_HOUSE}{HOUSE}", rest)
    return (
        made(None, named["organisation"], states)
        if named is not None and not named["organisation"][0].isdigit()
        else NOBODY
    )


def post_listed(words: str) -> Post:
    """The post in a line that announces a speaker: ", CHIEF ECONOMIST, LARKMOOR PARTNERS, NEW YORK:".

    >>> post_listed(", CHIEF ECONOMIST, LARKMOOR PARTNERS, NEW YORK:")
    Post(role='CHIEF ECONOMIST', organisation='LARKMOOR PARTNERS', owner=None)
    """
    of = _LISTED_OF.match(words)
    headed = of is not None and set(of["organisation"].lower().split()) <= FIELDS | {
        "and",
        "&",
    }  # "HEAD OF RESEARCH, ACME"
    at = _LISTED_AT.match(words) or (None if headed else of)
    match = at or _LISTED.match(words)
    if match is None or not (is_office(match["role"]) or words.isupper()):
        return NOBODY
    role, house = match["role"].strip(), match["organisation"].strip()
    run_in = _RUN_IN.fullmatch(role) if at is None and words.isupper() else None
    house_run_in = run_in["organisation"] if run_in is not None else ""
    if (
        run_in is not None and not is_office(house_run_in) and not set(house_run_in.lower().split()) <= FIELDS
    ):  # "CHIEF ECONOMIST ACME ECONOMICS, NEW YORK"
        role, house = run_in["role"], house_run_in
    return Post(role=role, organisation=house)


def is_role(phrase: str) -> bool:
    """Whether a phrase has an office in it, and no verb."""
    return is_office(phrase) and _VERBAL.search(phrase) is None


def made(role: str | None, organisation: str | None, states: frozenset[str], whole: str = "") -> Post:
    """A post tidied; a state is no employer: "President of the United States" is a role as it stands."""
    house = (organisation or "").strip(" ,\"”'’")
    house = "" if re.search(r"\w-[a-z]+$", house) else house  # "the Harvard-educated economist"
    house = "" if re.fullmatch(r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)s?\.?(?:\s.*)?", house) else house
    house = re.split(r",|\s(?:which|who|in)\s|(?<=\w)['’]s\s(?=[A-Z])", house)[0]
    while (tail := _TAIL.search(house)) is not None:
        house = house[: tail.start()]
    house = house.rstrip(".") if house.endswith("..") else house
    role = role.strip(" ,") if role else None
    if role is not None and house in states and whole:
        stated = re.match(rf".*?{re.escape(role)}\s+of\s+(?:the\s+)?{re.escape(house)}", whole)
        held = (
            stated[0][stated[0].index(role) :]
            if stated and role.split()[-1].lower() in STATE_OFFICES | {"president"}
            else role
        )
        return Post(role=held)
    return Post(role=role, organisation=house if house and house not in states and not house.isdigit() else None)
