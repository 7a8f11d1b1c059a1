"""Extraction for those who only have articles: the pipeline is loaded once for the settings in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from spacy.language import Language

from newsig.extract import pipeline
from newsig.records import Article, Failure, Findings
from newsig.settings import Settings
from newsig.settings import load as load_settings


def read(articles: Iterable[Article], settings: Settings | None = None) -> Iterator[Findings | Failure]:
    """The findings of each article, one for one and in order; a `Failure` stands for one that could not be read.

    ``settings`` are those of ``newsig.toml`` and the environment unless they are given. The language model is loaded
    the first time, which takes about a second.

    Raises:
        ModelError: the language model cannot be used.
        SettingsError: the settings cannot be used.
    """
    from newsig.extract import extract

    chosen = settings or load_settings()
    yield from extract(articles, _loaded(pipeline.fingerprint(chosen), chosen), pipeline.fingerprint(chosen))


@lru_cache(maxsize=1)
def _loaded(fingerprint: str, settings: Settings) -> Language:  # noqa: ARG001 - what it was loaded under
    return pipeline.load(settings)
