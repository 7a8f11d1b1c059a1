"""Which instruments and segments a text names: the alias table first, then the codes printed in the text.

The table goes before any statistical entity recogniser, which takes "Russell 2000" for a person and a date.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from newsig import instruments
from newsig.extract.codes import INDEX_CODES, Code, find_codes, short_names
from newsig.extract.lexicon import FUNDAMENTALS, ROLE_WORDS, words
from newsig.extract.sentences import dateline_spans, furniture_spans
from newsig.instruments import Alias
from newsig.records import Mention

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
_AGAINST = re.compile(
    r"\b(?:against|versus|to)\s+(?:the\s+)?(?:[\d.,]+\s+)?"
    r"(?P<currency>(?:(?:Japanese|Swiss|British|Chinese|Hungarian)\s+)?(?:yen|euro|pound|sterling|franc|yuan|forint))\b",
    re.IGNORECASE,
)
GENERAL = words("""
    composite industrial industrials average 500 100 2000 share stock benchmark main broad all-share blue-chip
    and the was is
""")
"""Words inside a name of an index that leave it the general one."""
_FUTURE_BEFORE = re.compile(r"\bfutures?\b(?:\s+contracts?)?[^.,;]{0,30}\b(?:for|on)\s+(?:the\s+)?$", re.IGNORECASE)
_FUTURE_AFTER = re.compile(r"\s+(?:(?:stock|index|stock index|\w+ly|e-mini)\s+)?futures?\b", re.IGNORECASE)
_SECTOR = re.compile(
    r"(?:\s+U\.S\.)?\s+(?P<sector>(?:[A-Za-z&-]+\s+){1,4}?(?=(?:sub-?)?ind(?:ex|exes|ices)\b)|(?=(?:sub-?)?index\s+of\b))"
    r"(?:sub-?)?ind(?:ex|exes|ices)\b|\s+(?P<part>(?:\w+\s+){0,3}?)(?:sectors?\b|(?<=financial )companies\b)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"\b(?:German|Italian|Spanish|Portuguese|Greek|Irish|French|British|Japanese|euro zone|UK|Bund|gilt|Canadian"
    r"|Australian|Brazilian)\b[^.;]*$"
)
"""A yield of another country's bonds is no yield of US Treasuries."""
_OF_STOCKS = re.compile(r"\s+of\s+(?:the\s+)?[a-z]")
_BARE_INDEX = re.compile(r"^(?:the\s+)?(?:S&P|Dow Jones|Nasdaq|Dow)\s+index$", re.IGNORECASE)
"""Together: "the Dow Jones index of home builders", which is not the Dow."""
_OTHER_CODE = re.compile(r"\s+(?:[A-Za-z-]+\s+){0,3}\.(?P<code>[A-Z][A-Z0-9]{2,7})\b")
_EMPLOYER_LEAD = re.compile(r"\b(?:at|of|with|for|from|by)\s+(?:the\s+)?$", re.IGNORECASE)
_SPEAKER_AFTER = re.compile(
    r"^(?:['’]s)?\s+(?:[a-z-]+\s+){0,2}(?:analysts?|strategists?|economists?|traders?|research)\b", re.IGNORECASE
)
_ROLE = re.compile(r"\b(?:" + "|".join(sorted(ROLE_WORDS)) + r")\b", re.IGNORECASE)
_CLAUSE_VERB = re.compile(
    r"\b(?:was|were|is|are|has|had|rose|fell|said|says|gained|lost|reported|posted|expects?|expected|sees?|forecasts?)\b"
)
_PLACE_AFTER = re.compile(
    r"\s+(?:Street|Terrace|Avenue|Road|Square|River|County|Stadium|Arena|University|Hospital|Theatre|Bridge|Basin"
    r"|Rainforest)\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A run of text that the table or a code gives a meaning; ``symbol`` and ``segment`` may both be None for a name
    that is known to have no symbol and only hides the shorter names inside it."""

    start: int
    end: int
    symbol: str | None
    segment: str | None


class Mentions:
    """The spaCy component: alias table and printed codes → ``doc._.mentions``, tuple of `Mention`."""

    def __init__(self, nlp: Language, aliases: Sequence[Alias]) -> None:
        self.aliases = list(aliases)
        self.exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self.lower = PhraseMatcher(nlp.vocab, attr="LOWER")
        for number, alias in enumerate(self.aliases):
            matcher = self.exact if alias.exact else self.lower
            matcher.add(str(number), [nlp.tokenizer(alias.text)])

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions and leave them on the document."""
        doc._.mentions = tuple(self.find(doc))
        return doc

    def find(self, doc: Doc) -> Iterator[Mention]:
        """The mentions of a document, in order of appearance, none inside another."""
        text = doc.text  # spaCy joins it anew from the tokens each time
        codes = list(find_codes(text))
        tabled = list(self._tabled(doc, text))
        hits = _longest([*_coded(text, codes, tabled), *tabled])
        doc._.unlisted = tuple((hit.start, hit.end) for hit in hits if hit.symbol is None and hit.segment is None)
        for hit in hits:
            if hit.symbol is not None or hit.segment is not None:
                yield Mention(
                    start=hit.start,
                    end=hit.end,
                    text=text[hit.start : hit.end],
                    symbol=hit.symbol,
                    segment=hit.segment,
                )

    def _tabled(self, doc: Doc, text: str) -> Iterator[Found]:
        silent = [*furniture_spans(text), *dateline_spans(text)]
        # without the blanks, since a name may be broken by a line's end or a doubled blank
        tokens = [token for token in doc if not token.is_space]
        shadow = Doc(doc.vocab, words=[token.text for token in tokens])
        for match, first, last in (*self.exact(shadow), *self.lower(shadow)):
            alias = self.aliases[int(doc.vocab.strings[match])]
            start, end = tokens[first].idx, tokens[last - 1].idx + len(tokens[last - 1])
            if not any(a <= start < b for a, b in silent) and _means(alias, text, start, end):
                yield _in_context(text, Found(start, end, alias.symbol, alias.segment))


def _means(alias: Alias, text: str, start: int, end: int) -> bool:
    """Whether an alias stands for its instrument here: no word of the table beside it cancels it, and a company is
    neither somebody's employer nor part of a place's name."""
    if instruments.cancelled(alias, text[max(0, start - 60) : start], text[end : end + 60]):
        return False
    if not alias.symbol or not _company(alias.symbol):
        return True
    return not (_only_employer(text, start, end) or _PLACE_AFTER.match(text, end))


def _in_context(text: str, found: Found) -> Found:
    """What a name of an index means beside other words: a sector's index has no symbol, a future one of its own."""
    known = instruments.instruments().get(found.symbol or "")
    if known is not None and known.kind == "rate" and _FOREIGN.search(text, max(0, found.start - 60), found.start):
        return Found(found.start, found.end, None, None)
    if found.symbol == DOLLAR:
        return Found(found.start, found.end, _pair(text, found.start, found.end), found.segment)
    if known is None or known.kind != "index":
        return found
    before, after = text[max(0, found.start - 60) : found.start], text[found.end : found.end + 60]
    if _FUTURE_BEFORE.search(before):
        return Found(found.start, found.end, FUTURES.get(known.symbol), known.segment)
    if future := _FUTURE_AFTER.match(after):
        return Found(found.start, found.end + future.end(), FUTURES.get(known.symbol), known.segment)
    sector = _SECTOR.match(after)
    if sector and not GENERAL.intersection((sector["sector"] or sector["part"] or "").lower().split()):
        return Found(found.start, found.end + sector.end(), None, None)
    if _OF_STOCKS.match(after) and _BARE_INDEX.match(text[found.start : found.end]):
        return Found(found.start, found.end, None, None)
    code = _OTHER_CODE.match(after)
    if code and INDEX_CODES.get(code["code"]) != known.symbol:
        return Found(found.start, found.end + code.end(), INDEX_CODES.get(code["code"]), None)
    return found


def _pair(text: str, start: int, end: int) -> str:
    """The pair that "the dollar" stands for: the dollar against the currency that the clause holds it to."""
    left = re.split(r"[.;!?]\s|\n", text[max(0, start - 60) : start])[-1]
    right = re.split(r"[.;!?]\s|\n|\b(?:while|and)\b", text[end : end + 110])[0]
    against = _AGAINST.search(left) or _AGAINST.search(right)
    if against is None:
        return DOLLAR
    return next(symbol for name, symbol in DOLLAR_PAIRS.items() if against["currency"].lower().endswith(name))


def _company(symbol: str) -> bool:
    known = instruments.instruments().get(symbol)
    return known is None or known.kind == "stock"


def _only_employer(text: str, start: int, end: int) -> bool:
    """Whether a company is named only as the house of somebody who speaks: "an analyst at Goldman Sachs"."""
    clause = re.split(r"[.;:!?\n](?:\s|$)", text[max(0, start - 110) : start])[-1]
    roles = list(_ROLE.finditer(clause)) if _EMPLOYER_LEAD.search(clause) else []
    if roles:
        between = clause[roles[-1].end() :]
        broken = _CLAUSE_VERB.search(between) or between.count(",") > 1
        if not broken and not FUNDAMENTALS.intersection(between.lower().split()):
            return True
    return bool(_SPEAKER_AFTER.match(text[end : end + 45]))


def _coded(text: str, codes: Iterable[Code], tabled: Sequence[Found]) -> Iterator[Found]:
    """The names that codes in the text stand behind, wherever they occur, and the codes themselves."""
    named: dict[str, str] = {}
    for code in codes:
        symbol = _settled(code, tabled)
        if symbol is None:
            continue
        yield _found(code.start, code.end, symbol)
        if code.name_start is not None and code.name_end is not None:
            named.update(dict.fromkeys(short_names(text[code.name_start : code.name_end]), symbol))
    for name, symbol in named.items():
        for match in re.finditer(rf"(?<![\w&]){re.escape(name)}(?![\w&])(?!\s+[A-Z][a-z])", text):
            yield _found(match.start(), match.end(), symbol)


def _found(start: int, end: int, symbol: str) -> Found:
    known = instruments.instruments().get(symbol)
    return Found(start, end, symbol, known.segment if known else None)


def _settled(code: Code, tabled: Sequence[Found]) -> str | None:
    """The symbol that a printed code means: its own where that is known or of a market whose codes are tickers, else
    that of the name in front of it, which covers codes of companies since renamed."""
    if code.symbol in instruments.instruments():
        return code.symbol
    if code.name_start is not None and code.name_end is not None:
        for hit in tabled:
            if hit.symbol and code.name_start <= hit.start and hit.end <= code.name_end:
                return hit.symbol
    return code.symbol if code.is_ticker else None


def _longest(found: Iterable[Found]) -> list[Found]:
    """The longest of overlapping runs; of equal ones the first given, so that a symbol beats a bare name."""
    runs = sorted(found, key=lambda hit: hit.start)
    starts = [hit.start for hit in runs]
    whole = []
    for hit in runs:
        # of two runs that overlap in part the later one holds the head of the name: "tech-heavy Nasdaq", "Nasdaq 100"
        inside = runs[bisect_right(starts, hit.start) : bisect_left(starts, hit.end)]
        if not any(hit.end < other.end for other in inside):
            whole.append(hit)
    kept: list[Found] = []
    for hit in sorted(whole, key=lambda hit: (hit.start - hit.end, hit.symbol is None, hit.start)):
        at = bisect_left(kept, hit.start, key=lambda other: other.start)
        if (at == 0 or kept[at - 1].end <= hit.start) and (at == len(kept) or hit.end <= kept[at].start):
            kept.insert(at, hit)
    return kept


@Language.factory("newsig_mentions", assigns=["doc._.mentions"])
def make_mentions(nlp: Language, name: str) -> Mentions:  # noqa: ARG001 (spaCy passes the name)
    """Make the component with the packaged table of instruments and segments."""
    return Mentions(nlp, instruments.aliases())


if not Doc.has_extension("mentions"):
    Doc.set_extension("mentions", default=())
    Doc.set_extension("unlisted", default=())
