"""Broad phrases that the story itself measures by an index: "European shares rose more than 3 percent … the
FTSEurofirst 300 ended 3.4 percent higher" makes the first a claim of that index too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from newsig import instruments
from newsig.records import Claim

INDICES = {
    "european": ("^FTEU3", "^STOXX", "^STOXX50E"),
    "europe": ("^FTEU3", "^STOXX", "^STOXX50E"),
    "tokyo": ("^N225", "^TOPX"),
    "japanese": ("^N225", "^TOPX"),
    "wall street": ("^GSPC", "^DJI", "^IXIC"),
    "u.s.": ("^GSPC", "^DJI", "^IXIC"),
    "us": ("^GSPC", "^DJI", "^IXIC"),
    "american": ("^GSPC", "^DJI", "^IXIC"),
    "london": ("^FTSE",),
    "british": ("^FTSE",),
    "uk": ("^FTSE",),
    "german": ("^GDAXI",),
    "frankfurt": ("^GDAXI",),
    "french": ("^FCHI",),
    "paris": ("^FCHI",),
    "spanish": ("^IBEX",),
    "italian": ("FTSEMIB.MI",),
    "swiss": ("^SSMI",),
    "hong kong": ("^HSI",),
    "chinese": ("000001.SS", "000300.SS"),
    "shanghai": ("000001.SS", "000300.SS"),
    "australian": ("^AXJO",),
    "sydney": ("^AXJO",),
    "indian": ("^BSESN", "^NSEI"),
    "mumbai": ("^BSESN", "^NSEI"),
    "korean": ("^KS11",),
    "seoul": ("^KS11",),
    "taiwanese": ("^TWII",),
    "canadian": ("^GSPTSE",),
    "toronto": ("^GSPTSE",),
    "brazilian": ("^BVSP",),
    "mexican": ("^MXX",),
}
"""The indices by which stories measure a market, by the words that name it."""
_BROAD = re.compile(
    rf"(?:the\s+)?(?P<place>{'|'.join(map(re.escape, INDICES))})\s+"
    r"(?:stock\s+)?(?:stocks|shares|equities|markets?|bourses)",
    re.IGNORECASE,
)
NEARLY = 1.0
"""How far above "more than 3 percent" the index may be, in percentage points."""


def measured(claims: Sequence[Claim]) -> Iterable[Claim]:
    """The claims, those of a broad phrase with the symbol of the index that the story measures it by."""
    for claim in claims:
        place = _BROAD.fullmatch(claim.subject.text) if claim.subject is not None and claim.symbol is None else None
        listed = INDICES[place["place"].lower()] if place is not None else ()
        fitting = next((other for other in claims if other.symbol in listed and _same_move(claim, other)), None)
        if fitting is None:
            yield claim
            continue
        known = instruments.instruments().get(fitting.symbol or "")
        segment = known.segment if known is not None else None
        yield replace(claim, symbol=fitting.symbol, segment=segment, timing=claim.timing or fitting.timing)


def _same_move(claim: Claim, other: Claim) -> bool:
    """Whether a figure can be the rounded form of another of the same session."""
    same = ("unit", "direction", "measure", "modality", "base_date", "end_date")
    if any(getattr(claim, name) != getattr(other, name) for name in same) or claim.base_date is None:
        return False
    above = other.value - claim.value
    bounds = {">": (0, NEARLY), ">=": (0, NEARLY), "<": (-NEARLY, 0), "<=": (-NEARLY, 0), "~": (-0.5, 0.5)}
    low, high = bounds.get(claim.comparator, (-0.05, 0.05))
    return claim.end_date is not None and low - 1e-9 <= above <= high + 1e-9
