"""Whether a row may stand in a table, and what its empty cells mean.

Every function raises `ValueError` with the rest of a sentence for a person: what is wrong, and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from newsig.instruments.dictionary import is_ordinary
from newsig.instruments.rows import Row
from newsig.instruments.tables import SUFFIXES, ending, market_by_ending
from newsig.records import Instrument

KINDS = ("index", "stock", "etf", "commodity", "currency", "rate", "crypto")
RULES = ("exact", "lower")

KIND_BY_ENDING = {"=X": "currency", "=F": "commodity", "-USD": "crypto"}

SHORTEST_LOWER = 4
"""An alias that is matched whatever its capitals has at least so many letters or figures, any other two."""

LONGEST = 100
"""Characters of the longest alias or name."""

CLASSES = re.compile(r"\.[A-C]$")
CODES_OF_REUTERS = frozenset({".N", ".O", ".OQ", ".P", ".K", ".PK", ".S", ".VX", ".J", ".I"})

_SYMBOL = re.compile(r"\^?[A-Z0-9][A-Z0-9&.=-]{0,19}", re.ASCII)

Calendar = Callable[[str], str]
"""The name of a market's calendar, as exchange_calendars has it; raises ValueError where there is none."""


def calendar_name(market: str) -> str:
    """The calendar of a market by its name, or by another name of it (``NYSE``), without building it.

    Raises:
        ValueError: exchange_calendars knows no such market.
    """
    if market in _markets():
        return market
    import exchange_calendars

    if market not in exchange_calendars.get_calendar_names():
        raise ValueError(f"{market} is no market: give the MIC of its calendar, such as XNYS, XLON or XTKS")
    return str(exchange_calendars.resolve_alias(market))


def _markets() -> frozenset[str]:
    return frozenset(SUFFIXES.values())


def symbol_of(written: str) -> str:
    """A symbol in Yahoo Finance's form, in capitals.

    >>> symbol_of("^rut"), symbol_of("SAP.DE")
    ('^RUT', 'SAP.DE')

    Raises:
        ValueError: it is in another form.
    """
    symbol = written.strip().upper().removeprefix("$")
    if ":" in symbol:
        raise ValueError(f"{written} is an exchange's tag: write the symbol of Yahoo Finance, such as NVDA or SAP.DE")
    if not _SYMBOL.fullmatch(symbol):
        raise ValueError(
            f"{written!r} is no symbol of Yahoo Finance's: write it like BRK-B, SAP.DE, ^GSPC, EURUSD=X or GC=F"
        )
    return symbol


def thing(row: Row, known: Instrument | None, segments: Collection[str], calendar: Calendar = calendar_name) -> Row:
    """The row of an instrument made whole: an empty cell is what the table says already, else what the symbol tells.
    ``segments`` are the ids that there are.

    Raises:
        ValueError: a cell cannot be used, or a new instrument has no name.
    """
    symbol = symbol_of(row.symbol)
    name = row.name or (known.name if known else "")
    if not name:
        raise ValueError(f"{symbol} is not in the table yet: give its name")
    if len(name) > LONGEST or not name.isprintable():
        raise ValueError(f"the name of {symbol} is longer than {LONGEST} characters, or cannot be printed")
    kind = row.kind.lower() or (known.kind if known else _kind(symbol))
    if kind not in KINDS:
        raise ValueError(f"{row.kind!r} is no kind of instrument: there are {', '.join(KINDS)}")
    segment = row.segment or (known.segment if known else None) or ""
    if segment and segment not in segments:
        raise ValueError(f"there is no segment {segment!r}; there are {', '.join(segments)}")
    market = calendar(row.market) if row.market else known.market if known else _market(symbol)
    return Row(symbol=symbol, name=name, kind=kind, market=market, segment=segment, source=row.source)


def _kind(symbol: str) -> str:
    return "index" if symbol.startswith("^") else KIND_BY_ENDING.get(ending(symbol), "stock")


def _market(symbol: str) -> str:
    """The market that the symbol itself tells of."""
    end = ending(symbol)
    if end.startswith(".") and end not in SUFFIXES:
        if CLASSES.search(symbol):
            raise ValueError(f"Yahoo Finance writes classes of shares with a hyphen: {symbol.replace('.', '-')}")
        if end in CODES_OF_REUTERS:
            raise ValueError(f"{symbol} looks like a Reuters code: write the symbol of Yahoo Finance instead")
        raise ValueError(f"nobody can tell the market of {symbol} by its ending: give the market, such as XNYS")
    return market_by_ending(symbol)


def alias(row: Row) -> Row:
    """The row of an alias made whole: without a rule it is ``lower``, matched whatever its capitals.

    Raises:
        ValueError: a cell cannot be used.
    """
    symbol = symbol_of(row.symbol) if row.symbol else ""
    rule = row.rule.lower() or "lower"
    if rule not in RULES:
        raise ValueError(
            f"{row.rule!r} is no rule: there are exact (its capitals matter) and lower (whatever they are)"
        )
    if len(row.alias) > LONGEST or not row.alias.isprintable():
        raise ValueError(f"the alias is longer than {LONGEST} characters, or cannot be printed")
    not_before, not_after = _neighbours(row.not_before), _neighbours(row.not_after)
    text = row.alias if rule == "exact" else row.alias.lower()
    return Row(symbol=symbol, alias=text, rule=rule, not_before=not_before, not_after=not_after, source=row.source)


def check_words(words: str, *, exact: bool) -> None:
    """Refuse an alias that is no name, or that is too short or too ordinary to be found without its capitals.

    Raises:
        ValueError: it is.
        ModelError: the packaged language model, whose dictionary is asked, is not installed.
    """
    if not is_name(words):
        raise ValueError(f"{words!r} is no name: it needs two letters or figures, one of them a letter")
    if exact:
        if words == words.lower() and is_plain(words):
            raise ValueError(f"{words!r} is an ordinary word without capitals, which no rule can tell apart")
        return
    why = None
    if is_plain(words):
        why = "is an ordinary word or name"
    elif sum(sign.isalnum() for sign in words) < SHORTEST_LOWER:
        why = f"has fewer than {SHORTEST_LOWER} letters or figures"
    if why:
        raise ValueError(
            f"{words!r} {why} and would be found where it means something else: "
            "ask for its capitals with --exact, or in a file with the rule exact"
        )


def is_name(words: str) -> bool:
    """Whether words may name anything at all: two letters or figures, one of them a letter.

    >>> is_name("3M"), is_name("F"), is_name("1606")
    (True, False, False)
    """
    signs = [sign for sign in words if sign.isalnum()]
    return len(signs) > 1 and any(sign.isalpha() for sign in signs)


def is_plain(words: str) -> bool:
    """Whether these are one ordinary word, or nothing but small ones.

    >>> is_plain("Gap"), is_plain("up to"), is_plain("crude oil"), is_plain("Nvidia")
    (True, True, False, False)
    """
    parts = re.findall(r"[^\W\d_]+", words)
    single = len(words.split()) == 1 and len(parts) == 1 and not re.search(r"\d", words)
    return (single and is_ordinary(parts[0])) or all(len(part) < SHORTEST_LOWER and is_ordinary(part) for part in parts)


def _neighbours(cell: str) -> str:
    """The cell of words that cancel a match, in the form of the packaged table."""
    return "|".join(filter(None, (word.strip() for word in cell.split("|"))))


def instrument(row: Row) -> Instrument:
    """The instrument that a whole row names."""
    return Instrument(symbol=row.symbol, name=row.name, kind=row.kind, market=row.market, segment=row.segment or None)
