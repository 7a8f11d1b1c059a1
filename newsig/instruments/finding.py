"""What words mean: from a name, symbol, alias or former name to the instruments and segments behind it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from newsig.instruments import parts
from newsig.instruments.aliases import aliases_of
from newsig.instruments.own import KEPT, Own, in_force, parts_of, things_of
from newsig.instruments.tables import former

Origin = Literal["packaged", "own", "both"]

SEGMENT, MASK = "segment", "mask"
"""Kinds of what has no symbol: a segment of the market, and a name that is known to have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """Something that can be named, with all its names.

    ``kind`` is that of `newsig.records.Instrument`, or ``segment``, or ``mask`` for a name that is known to have no
    symbol. ``former`` is who held the symbol before, and until when: aliases may be that holder's. ``table`` is
    ``own`` for an instrument, segment or name of the user's, ``both`` for a packaged one that the user has added to.
    """

    symbol: str | None
    name: str
    kind: str
    market: str | None
    segment: str | None
    aliases: tuple[str, ...]
    former: str | None
    table: Origin


def find(words: str) -> list[Meaning]:
    """What the words mean, in the table in force, whatever their capitals: what is called exactly so first, then what
    is called something that begins with them, then what has them in its names, at a word's beginning or anywhere.
    """
    wanted = folded(words).removeprefix("$")
    if not wanted:
        return []
    found = [
        (rank, meaning) for meaning in _meanings(in_force()) if (rank := _rank(wanted, words, meaning)) is not None
    ]
    found.sort(key=lambda one: (one[0], len(one[1].name), one[1].symbol or "", one[1].name))
    return [meaning for _, meaning in found]


def folded(words: str) -> str:
    """Words as they are compared: small letters, single blanks, straight apostrophes.

    >>> folded("  Lowe’s   Companies ")
    "lowe's companies"
    """
    return " ".join(words.replace("’", "'").casefold().split())


def _rank(wanted: str, words: str, meaning: Meaning) -> int | None:
    """How near a meaning is to the words: 0 is nearest; None where it has nothing of them. What stories would be read
    by, symbol and aliases, is nearer than a name that may be another's alias."""
    read_by = (meaning.symbol, *meaning.aliases) if meaning.kind != MASK else (meaning.name,)
    if words.strip() in read_by:
        return 0
    plain = {folded(name) for name in read_by if name}
    every = {*plain, *(folded(name) for name in (meaning.name, meaning.former) if name)}
    at_word = re.compile(rf"(?<!\w){re.escape(wanted)}")
    nearness = (
        wanted in plain,
        wanted in every,
        any(name.startswith(wanted) for name in every),
        any(at_word.search(name) for name in every),
        any(wanted in name for name in every),
    )
    return nearness.index(True) + 1 if True in nearness else None


@lru_cache(KEPT)
def _meanings(own: Own) -> tuple[Meaning, ...]:
    by_symbol: defaultdict[str, list[str]] = defaultdict(list)
    by_segment: defaultdict[str, list[str]] = defaultdict(list)
    masks: list[str] = []
    for alias in aliases_of(own):
        if alias.symbol:
            by_symbol[alias.symbol].append(alias.text)
        elif alias.segment:
            by_segment[alias.segment].append(alias.text)
        else:
            masks.append(alias.text)
    return (*_instruments(own, by_symbol), *_segments(own, by_segment), *_masks(own, masks))


def _instruments(own: Own, named: defaultdict[str, list[str]]) -> Iterator[Meaning]:
    mine, renamed = own.things, {row.symbol for row in own.names.values()}
    for symbol, thing in things_of(own).items():
        yield Meaning(
            symbol=symbol,
            name=thing.name,
            kind=thing.kind,
            market=thing.market,
            segment=thing.segment,
            aliases=tuple(sorted(set(named.get(symbol, ())))),
            former=former().get(symbol),
            table=_origin(symbol, mine, renamed),
        )


def _origin(key: str, mine: Collection[str], extended: Collection[str]) -> Origin:
    if key in mine:
        return "own"
    return "both" if key in extended else "packaged"


def _segments(own: Own, named: defaultdict[str, list[str]]) -> Iterator[Meaning]:
    new = own.segments.keys() - parts.packaged().keys()
    for key, segment in parts_of(own).segments.items():
        yield Meaning(
            symbol=None,
            name=segment.name,
            kind=SEGMENT,
            market=None,
            segment=key,
            aliases=tuple(sorted(set(named.get(key, ())))),
            former=None,
            table=_origin(key, new, own.segments),
        )


def _masks(own: Own, names: list[str]) -> Iterator[Meaning]:
    mine = {row.alias for row in own.names.values()}
    for name in sorted(set(names)):
        yield Meaning(
            symbol=None,
            name=name,
            kind=MASK,
            market=None,
            segment=None,
            aliases=(),
            former=None,
            table="own" if name in mine else "packaged",
        )
