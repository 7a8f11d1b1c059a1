"""What can be named: instruments, segments of the market, and the words that stories use for them.

The tables beside this file are built by ``models/instruments/build.py``; ``segments.toml`` is kept by hand. A user's
own table goes before them: see `newsig.instruments.own`.
"""

from newsig.instruments.aliases import Alias, aliases, cancelled
from newsig.instruments.own import choose, chosen, fingerprint, instruments, market
from newsig.instruments.tables import phrases, reused, segments

__all__ = [
    "Alias",
    "aliases",
    "cancelled",
    "choose",
    "chosen",
    "fingerprint",
    "instruments",
    "market",
    "phrases",
    "reused",
    "segments",
]
