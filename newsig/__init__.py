"""News in, checkable facts out.

The public records live in `newsig.records`; the steps in the folders named after them. Importing this package imports
nothing heavy.
"""

from newsig.errors import NewsigError
from newsig.records import Article, Claim, Findings, Mention, Quote, Sentiment, Span, Verdict

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Claim",
    "Findings",
    "Mention",
    "NewsigError",
    "Quote",
    "Sentiment",
    "Span",
    "Verdict",
    "__version__",
]
