"""News in, checkable facts out.

The public records live in `newsig.records`; the steps in the folders named after them. Importing this package imports
nothing heavy: `load`, `extract` and `open_db` of `newsig.api` are brought in when they are first used.
"""

from typing import TYPE_CHECKING, Any

from newsig.errors import NewsigError
from newsig.records import Article, Claim, Failure, Findings, Mention, Quote, Sentiment, Span, Verdict

if TYPE_CHECKING:
    from newsig.api import load, open_db

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Claim",
    "Failure",
    "Findings",
    "Mention",
    "NewsigError",
    "Quote",
    "Sentiment",
    "Span",
    "Verdict",
    "__version__",
    "extract",
    "load",
    "open_db",
]

HEAVY = ("load", "open_db")
"""What is brought in from `newsig.api`; ``extract`` is the package of that name, which can be called."""


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "extract":
        return import_module("newsig.extract")
    if name in HEAVY:
        return getattr(import_module("newsig.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
