"""What can be named: instruments, segments of the market, and the words that stories use for them.

The tables beside this file are built by ``models/instruments/build.py``; ``segments.toml`` is kept by hand.
"""

from newsig.instruments.aliases import Alias, aliases, cancelled
from newsig.instruments.tables import fingerprint, instruments, market, phrases, reused, segments

__all__ = ["Alias", "aliases", "cancelled", "fingerprint", "instruments", "market", "phrases", "reused", "segments"]
