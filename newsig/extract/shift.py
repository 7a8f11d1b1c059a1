"""What one worker process does: it loads the language model once, then reads batches of articles."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language

from newsig.errors import ModelError, NewsigError
from newsig.extract import extract, fingerprint, load
from newsig.records import Article, Failure, Findings
from newsig.settings import Settings

_held: list[tuple[Language, str] | NewsigError] = []
"""The language model of this process with its fingerprint, or why there is none."""


def begin(settings: Settings, mark: str | None = None) -> None:
    """Load the language model of some settings; ``mark`` is their fingerprint where it is known.

    An error is kept for the first batch: raised here, it would end the process, and nobody would hear of it.
    """
    try:
        _held[:] = [(load(settings), mark or fingerprint(settings))]
    except NewsigError as error:
        _held[:] = [error]
    except Exception as error:
        first = (str(error).splitlines() or [""])[0]
        _held[:] = [
            ModelError(f"the language model {settings.model} cannot be loaded: {type(error).__name__}: {first}")
        ]


def work(articles: Sequence[Article]) -> list[Findings | Failure]:
    """The findings of each article, in order, see `newsig.extract.extract`.

    Raises:
        ModelError: the language model cannot be used.
        SettingsError: the user's instruments or segments cannot be used.
        MemoryError: there is not enough.
    """
    (held,) = _held
    if isinstance(held, NewsigError):
        raise held
    return list(extract(articles, *held))
