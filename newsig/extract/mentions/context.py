"""What a name of the table means beside other words: futures, sector indices, currency pairs, venues."""

from __future__ import annotations

import re

from newsig import instruments
from newsig.extract.lexicon import DOWN_ADVERBS, DOWN_VERBS, UP_ADVERBS, UP_VERBS, words
from newsig.extract.mentions.bynames import Found
from newsig.extract.mentions.codes import known_codes

FUTURES = {"^GSPC": "ES=F", "^DJI": "YM=F", "^NDX": "NQ=F", "^IXIC": "NQ=F", "^RUT": "RTY=F", "^N225": "NKD=F"}
DOLLAR = "DX-Y.NYB"
DOLLAR_PAIRS = {
    "yen": "JPY=X",
    "euro": "EUR=X",
    "pound": "GBP=X",
    "sterling": "GBP=X",
    "franc": "CHF=X",
    "yuan": "CNY=X",
    "forint": "HUF=X",
}
CROSSES: dict[str, dict[str, str | None]] = {
    "EURUSD=X": {"yen": "EURJPY=X", "pound": "EURGBP=X", "sterling": "EURGBP=X", "franc": "EURCHF=X"},
    "GBPUSD=X": {"euro": None, "yen": None, "franc": None},
}
"""What a currency means that the clause holds to another one than the dollar; None for pairs that no table lists."""
TURNED = words("EURUSD=X GBPUSD=X AUDUSD=X NZDUSD=X JPYUSD=X CNYUSD=X")
"""Currencies that are named by their price in dollars even where nothing is said of a move."""
_AGAINST = re.compile(
    r"\b(?:against|versus|to|at)\s+(?:the\s+)?(?:[\d.,]+\s+)?"
    r"(?P<currency>(?:(?:Japanese|Swiss|British|Chinese|Hungarian)\s+)?(?:yen|euro|pound|sterling|franc|yuan|forint))\b",
    re.IGNORECASE,
)
_FRONTED = re.compile(r",\s+(?:the\s+)?")
"""Between "against the yen" at the head of a clause and the currency that moved."""
PAIR_REACH = 300
"""How far back in its paragraph the pair of "the greenback" is looked for, in code points."""
GENERAL = words("""
    composite industrial industrials average 500 100 2000 share stock benchmark main broad all-share blue-chip
    and the was is
""")
"""Words inside a name of an index that leave it the general one."""
_FUTURE_BEFORE = re.compile(r"\bfutures?\b(?:\s+contracts?)?[^.,;]{0,30}\b(?:for|on)\s+(?:the\s+)?$", re.IGNORECASE)
_FUTURE_AFTER = re.compile(
    r"\s+(?:(?:stock|index|share|average|\w+ly|e-mini|mini|front-month|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|(?-i:[A-Z]{2,3}(?:c|[HMUZ])\d))\s+){0,2}futures?\b",
    re.IGNORECASE,
)
_SECTOR = re.compile(
    r"(?:['’]s)?(?:\s+U\.S\.)?\s+(?P<sector>(?:[A-Za-z&-]+\s+){1,4}?(?=(?:sub-?)?ind(?:ex|exes|ices)\b)|(?=(?:sub-?)?index\s+of\b))"
    r"(?:sub-?)?ind(?:ex|exes|ices)\b|\s+(?P<part>(?:\w+\s+){0,3}?)(?:sectors?\b|(?<=financial )companies\b)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"\b(?:German|Italian|Spanish|Portuguese|Greek|Irish|French|British|Japanese|euro zone|UK|Bund|gilt|Canadian"
    r"|Australian|Brazilian)\b[^.;]*$"
)
"""A yield of another country's bonds is no yield of US Treasuries."""
_AMERICAN_BOND = re.compile(r"U\.S\.|US\b|Treasur|Fed\b|American", re.IGNORECASE)
_BOND = re.compile(
    r"\bJGBs?\b|\b[Bb]unds?\b|\b[Gg]ilts?\b|\bBTPs?\b|\bOATs?\b|\bTreasur\w+"
    r"|\bU\.S\. (?:government )?(?:debt|bond|note)s?\b"
)
BOND_REACH = 500
"""How far back the last bond named says whose "the two-year yield" is, in code points."""
_OF_STOCKS = re.compile(r"\s+of\s+(?:the\s+)?(?:U\.S\.\s+)?[a-z]")
_BARE_INDEX = re.compile(r"^(?:the\s+)?(?:S&P|Dow Jones|Nasdaq|Dow)(?:\s+composite)?\s+index$", re.IGNORECASE)
"""Together: "the Dow Jones index of home builders", which is not the Dow."""
_OTHER_CODE = re.compile(r"\s+(?:[A-Za-z-]+\s+){0,3}[<(]?\s?\.(?P<code>[A-Z][A-Z0-9]{2,13})\b")
_DOW_CHEMICAL = "Dow Chemical"
_VENUES = ("^IXIC",)
_ON = re.compile(r"\b(?:on|at|of|and)\s+(?:(?:the|both|New York['’]s)\s+)?$", re.IGNORECASE)
_TRADED = re.compile(
    r"\b(?:list(?:ed|ings?|s)?|trad(?:ed|es?|ing)|debut(?:ed|s)?|quoted|changed\s+hands|outnumber(?:ed|ing)?|outpac(?:ed|ing)"
    r"|volume|delist(?:ed|ing)?|symbol|premarket|pre-market|after-hours|issues|shares\s+were\s+traded)\b"
    r"|\$\s?\d[\d.,]*(?!\s*(?:million|billion|trillion))|\b\d+\s+cents\b|\bat\s+\d[\d.,]*\s+(?:euros|pounds|dollars)\b",
    re.IGNORECASE,
)
_QUOTED_ON = re.compile(
    r"\b(?:" + "|".join(sorted(UP_VERBS | DOWN_VERBS | UP_ADVERBS | DOWN_ADVERBS)) + r"|percent|shares)\s+on\s$"
)
"""Together with no article: a share "fell on Nasdaq"."""
_VENUE_NOUN = re.compile(
    r"^(?:[-\s]+(?:listed|traded|quoted|listing|trading|trade|debut|premarket|volume|stock market|companies|issues)\b"
    r"|['’]s\s+(?:decision|rules|executives?)\b)",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<!\b[A-Z])[.;!?]\s|\n")
_MOVE = re.compile(r"\d\s*(?:percent|pct|per cent|%|basis points)|\b(?:percent|pct)\b")


def in_context(text: str, hit: Found) -> Found | None:
    """What a name means beside other words: a sector's index has no symbol, a future one of its own. None where it
    only says where shares trade."""
    known = instruments.instruments().get(hit.symbol or "")
    if known is None:
        return hit
    if known.kind == "rate" and _is_foreign(text, hit):
        return Found(hit.start, hit.end, None, None)
    if hit.symbol == DOLLAR:
        return Found(hit.start, hit.end, _pair(text, hit.start, hit.end), hit.segment)
    if (crossed := _crossed(text, hit)) is not None:
        return crossed
    if known.kind == "currency":
        return Found(hit.start, hit.end, _quoted(text, hit), hit.segment)
    return _index_in_context(text, hit) if known.kind == "index" else hit


def _index_in_context(text: str, hit: Found) -> Found | None:
    symbol = hit.symbol or ""
    before, after = text[max(0, hit.start - 60) : hit.start], text[hit.end : hit.end + 60]
    if text[hit.start : hit.end] == "Dow" and _DOW_CHEMICAL in text and _is_share(before, after):
        return Found(hit.start, hit.end, "DOW", None)
    if _FUTURE_BEFORE.search(before):
        return Found(hit.start, hit.end, FUTURES.get(symbol), hit.segment)
    if future := _FUTURE_AFTER.match(after):
        return Found(hit.start, hit.end + future.end(), FUTURES.get(symbol), hit.segment)
    sector = _SECTOR.match(after)
    if sector and not GENERAL.intersection((sector["sector"] or sector["part"] or "").lower().split()):
        own = _OTHER_CODE.match(text[hit.end + sector.end() : hit.end + sector.end() + 40])
        return Found(hit.start, hit.end + sector.end(), known_codes().get("." + own["code"]) if own else None, None)
    if _OF_STOCKS.match(after) and _BARE_INDEX.match(text[hit.start : hit.end]):
        return Found(hit.start, hit.end, None, None)
    code = _OTHER_CODE.match(after)
    if code and known_codes().get("." + code["code"]) != symbol:
        return Found(hit.start, hit.end + code.end(), known_codes().get("." + code["code"]), None)
    return None if symbol in _VENUES and _is_venue(text, hit) else hit


def _is_share(before: str, after: str) -> bool:
    """Whether a name stands for a company's shares: "Dow shares", "shares of Dow"."""
    return bool(
        re.match(r"(?:['’]s)?\s+(?:shares|stock)\b", after) or re.search(r"\b[Ss]hares\s+(?:of|in)\s+$", before)
    )


def _is_venue(text: str, hit: Found) -> bool:
    """Whether the Nasdaq is only the place where shares trade: "its debut on Nasdaq", "$12.40 on the Nasdaq"."""
    after = text[hit.end : hit.end + 30]
    if _VENUE_NOUN.match(after):
        return True
    clause = _STOP.split(text[max(0, hit.start - 130) : hit.start])[-1]
    on = _ON.search(clause)
    if on is None or re.match(r"\s+(?:[Cc]omposite|100|[Ii]ndex|\.)", after):
        return False
    if on[0].startswith("On"):  # at the head of a sentence
        return True
    if on[0].lower().startswith(("of", "and")):
        return bool(
            re.search(r"\bStock Exchange[^.]{0,40}\band\s+(?:the\s+)?$|\bNYSE[^.]{0,30}\band\s+(?:the\s+)?$", clause)
        )
    return bool(_TRADED.search(clause)) or (on[0].lower() == "on " and bool(_QUOTED_ON.search(clause)))


def _is_foreign(text: str, hit: Found) -> bool:
    """Whether a yield or bond is another government's: the clause says so, or it was the last that the story named."""
    if _FOREIGN.search(text, max(0, hit.start - 60), hit.start):
        return True
    if _AMERICAN_BOND.search(text, hit.start, hit.end):
        return False
    named = list(_BOND.finditer(text, max(0, hit.start - BOND_REACH), hit.start))
    return bool(named) and not _AMERICAN_BOND.match(named[-1][0])


def _pair(text: str, start: int, end: int) -> str:
    """The pair that "the dollar" stands for: the dollar against the currency that the clause holds it to, or, for "the
    U.S. currency", the one that its paragraph held it to before."""
    left = _STOP.split(text[max(0, start - 60) : start])[-1]
    right = re.split(rf"{_STOP.pattern}|\b(?:while|and)\b", text[end : end + 110])[0]
    against = _AGAINST.search(left) or _AGAINST.search(right)
    if against is None and not text[start:end].lower().endswith("dollar"):
        paragraph = text[max(0, start - PAIR_REACH) : start].rsplit("\n", 1)[-1]
        against = next(reversed(list(_AGAINST.finditer(paragraph))), None)
    if against is None:
        return DOLLAR
    return next(symbol for name, symbol in DOLLAR_PAIRS.items() if against["currency"].lower().endswith(name))


def _crossed(text: str, hit: Found) -> Found | None:
    """The pair that "the euro" stands for in "the euro slipped against sterling", "to 170.80 yen"."""
    pairs = CROSSES.get(hit.symbol or "")
    if pairs is None:
        return None
    left = _STOP.split(text[max(0, hit.start - 40) : hit.start])[-1]
    right = re.split(rf"{_STOP.pattern}|\b(?:while|and|but)\b", text[hit.end : hit.end + 90])[0]
    fronted = [found for found in _AGAINST.finditer(left) if _FRONTED.fullmatch(left, found.end())]
    behind = _AGAINST.search(right.split("dollar")[0].split("$")[0])
    against = fronted[-1] if fronted else behind
    if against is None:
        return None
    named = next((name for name in pairs if against["currency"].lower().endswith(name)), None)
    return Found(hit.start, hit.end, pairs[named], hit.segment) if named is not None else None


def _quoted(text: str, hit: Found) -> str:
    """The symbol of a currency: its price in dollars where the sentence tells of a move, which points that way, else
    the pair as markets quote it."""
    symbol = hit.symbol or ""
    if symbol in TURNED or not symbol.endswith("USD=X"):
        return symbol
    left = _STOP.split(text[max(0, hit.start - 200) : hit.start])[-1]
    right = _STOP.split(text[hit.end : hit.end + 200])[0]
    return symbol if _MOVE.search(left) or _MOVE.search(right) else f"{symbol[:3]}=X"
