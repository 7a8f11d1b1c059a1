"""What can be named: instruments, segments of the market, and the words that stories use for them.

The tables beside this file are built by ``models/instruments/build.py``; ``segments.toml`` is kept by hand. A user's
own table and segments go before them: see `newsig.instruments.own` and `newsig.instruments.parts`.
"""

from newsig.instruments.aliases import Alias, aliases, cancelled
from newsig.instruments.own import (
    choose,
    choose_segments,
    chosen,
    fingerprint,
    instruments,
    market,
    names,
    parts_in_force,
    phrases,
    segments,
)
from newsig.instruments.tables import reused

__all__ = [
    "Alias",
    "aliases",
    "cancelled",
    "choose",
    "choose_segments",
    "chosen",
    "fingerprint",
    "instruments",
    "market",
    "names",
    "parts_in_force",
    "phrases",
    "reused",
    "segments",
]
