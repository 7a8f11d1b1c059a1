"""Company names: from a register's spelling to the words a story uses, and which of them are safe to match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

ACRONYM_LENGTH = 5
"""A word in capitals without a vowel and at most this long stays in capitals."""

RARE_ALONE = 2.0
RARE_IN_TWO = 3.2
RARE_IN_MORE = 4.2
"""Zipf frequencies (the base-10 logarithm of a word's count in a billion words of English): below them, a name of
one, two, or three and more words holds a word that is rare enough for the name to mean its company only."""

SHORTEST = 5
"""A single word has at least so many letters."""

SMALL_WORDS = frozenset("a an and at by de del des do du for in la of on the to und y".split())

LEGAL = frozenset(
    "inc incorporated corp corporation co company companies cos ltd limited plc llc lp llp lllp sa s.a s.a.b sab nv n.v "
    "ag se ab asa as oyj spa s.p.a kgaa kk bhd pcl ohg gmbh adr ads cv de c.v public p.l.c l.p & and the /new new".split()
)

ENDINGS = ("Holdings", "Holding", "Group")

FIRST_NAMES = frozenset(
    "adam alan albert alex alexander alice allen amy andrew angela ann anna anne anthony arthur barbara ben benjamin "
    "betty bill bob brad brian bruce carl carol caroline catherine charles charlie chris christian christine christopher "
    "claire craig dan daniel dave david dean deborah dennis diana donald donna douglas ed eddie edward elizabeth ellen "
    "emily emma eric ethan eugene evan frank fred gary george gerald grace grant greg gregory harold harry heather helen "
    "henry howard ian isaac jack jacob james jane janet jason jean jeff jeffrey jennifer jeremy jerry jessica jim joan joe "
    "joel john jonathan jordan joseph joshua joyce juan julia julie justin karen kate katherine keith kelly ken kenneth "
    "kevin kim kyle larry laura lauren lawrence lee leo leon leonard lewis linda lisa louis lucas lucy luke marc margaret "
    "maria marie marie mark martha martin mary matt matthew max megan melissa michael michelle mike nancy nathan neil "
    "nicholas nick nicole noah norman olivia oliver oscar pamela patricia patrick paul perry peter philip phillip rachel "
    "ralph randy ray raymond rebecca richard rick rob robert robin roger ronald rose ross roy russell ruth ryan sally sam "
    "samantha samuel sandra sara sarah scott sean shannon sharon sidney simon sophia stanley stephanie stephen steve steven "
    "stuart susan tara ted teresa terry theodore thomas tim timothy todd tom tony tyler vera victor victoria vincent virginia "
    "walter warren wayne wendy will william wyatt zachary".split()
)  # fmt: skip

BLANK_CHEQUE = re.compile(r"\b(acquisition|acquisitions|spac|merger|blank check|capital investment corp)\b", re.IGNORECASE)
FUND = re.compile(
    r"\b(fund|funds|etf|etn|etns|ishares|proshares|grayscale|municipal|muni\w*|income trust|royalty trust|term trust|"
    r"portfolio|series trust|bdc|opportunities trust|strategic trust|physical|microsectors|securities trust|bond trust)\b",
    re.IGNORECASE,
)


def is_operating(name: str) -> bool:
    """Whether a registrant is a company, as opposed to a fund or a shell that looks for one.

    >>> is_operating("Hippo Holdings Inc."), is_operating("Cal Redwood Acquisition Corp."), is_operating("Foo Fund")
    (True, False, False)
    """
    return not (BLANK_CHEQUE.search(name) or FUND.search(name))


def tidy(name: str) -> str:
    """A registered name without its legal form and marks, in the case a newspaper would print.

    >>> tidy("BANK OF AMERICA CORP /DE/"), tidy("WELLS FARGO & COMPANY/MN"), tidy("Caribou Biosciences, Inc.")
    ('Bank of America', 'Wells Fargo', 'Caribou Biosciences')
    """
    from cleanco import basename

    bare = re.sub(r"\s*\([^)]*\)|\s*/\s*[A-Za-z. ]*/?\s*$", "", name).strip(" /,")
    bare = re.sub(r"\s*/\s*[A-Za-z. ]*/?\s*$", "", bare)
    words = (basename(bare) or bare).replace(",", " ").split()
    while len(words) > 1 and words[-1].lower().strip(".,") in LEGAL:
        words.pop()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    if bare.upper() == bare:
        words = [_cased(word, at == 0) for at, word in enumerate(words)]
    return " ".join(words)


def spellings(name: str) -> Iterator[str]:
    """The ways a story may print a registered name: as tidied, without "Holdings" or "Group", first word in capitals.

    >>> list(spellings("IDEXX LABORATORIES INC /DE")), list(spellings("CrowdStrike Holdings, Inc."))
    (['Idexx Laboratories', 'IDEXX Laboratories'], ['CrowdStrike Holdings', 'CrowdStrike'])
    """
    tidied = tidy(name)
    forms = [tidied]
    head, _, last = tidied.rpartition(" ")
    if head and last in ENDINGS:
        forms.append(head.rstrip(" &"))
    for form in forms:
        yield form
        first, _, rest = form.partition(" ")
        if name.upper() == name and len(first) <= ACRONYM_LENGTH + 1 and first.isalpha() and frequency(first) < RARE_IN_TWO:
            yield f"{first.upper()} {rest}".strip()


def distinctive(alias: str) -> bool:
    """Whether these words, in these capitals, can hardly mean anything but the company.

    >>> distinctive("Caribou Biosciences"), distinctive("Target"), distinctive("Key"), distinctive("Summit Financial")
    (True, False, False, False)
    """
    words = re.findall(r"[^\W\d_]+", alias)
    if not words or not alias[0].isalnum() or len(alias) > 60:
        return False
    if len(words) == 2 and words[0].lower() in FIRST_NAMES and len(words[1]) > 1:
        return False
    rarest = min((frequency(word) for word in words if len(word) > 2), default=9.0)
    if len(words) == 1:
        return len(words[0]) >= SHORTEST and " " not in alias and rarest < RARE_ALONE
    return rarest < (RARE_IN_TWO if len(words) == 2 else RARE_IN_MORE)


@cache
def frequency(word: str) -> float:
    """How common a word is in English, from 0 (never seen) to about 8 ("the")."""
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word.lower(), "en", wordlist="large"))


def _cased(word: str, first: bool) -> str:
    lower = word.lower()
    if lower in SMALL_WORDS and not first:
        return lower
    letters = re.sub(r"[^A-Z]", "", word)
    if len(letters) <= ACRONYM_LENGTH and not set(letters) & set("AEIOUY") and lower not in {"ltd", "st", "mt", "dr"}:
        return word
    if re.fullmatch(r"[IVX]+", word) or "." in word.rstrip(".") or re.search(r"\d", word):
        return word
    titled = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), lower)
    titled = re.sub(r"(['’])S\b", r"\1s", titled)
    return re.sub(r"^Mc([a-z])", lambda found: "Mc" + found[1].upper(), titled)
