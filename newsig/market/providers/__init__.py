"""Who gives prices: Yahoo Finance, Stooq, files. Each gives a `newsig.records.Download` for one symbol at a time."""

from newsig.market.providers.asking import Patience, Provider
from newsig.market.providers.files import Files
from newsig.market.providers.stooq import Stooq
from newsig.market.providers.yahoo import Yahoo

__all__ = ["Files", "Patience", "Provider", "Stooq", "Yahoo"]
