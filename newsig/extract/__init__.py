"""Article → Findings, by spaCy components that any spaCy user can add: ``nlp.add_pipe("newsig_claims")``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from itertools import groupby, islice
from types import ModuleType

from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.explaining import Traced, explain, fields_of, trace
from newsig.extract.parts import LONGEST, in_parts, joined
from newsig.extract.pipeline import details, failed, fingerprint, load, prepared
from newsig.extract.sentences import text_of
from newsig.extract.wrapping import in_own_words
from newsig.records import Article, Failure, Findings
from newsig.settings import Settings

__all__ = ["Traced", "details", "explain", "extract", "fields_of", "fingerprint", "load", "trace"]


def extract(
    articles: Iterable[Article], nlp: Language, fingerprint: str, batch_size: int = 16
) -> Iterator[Findings | Failure]:
    """The findings of each article, one for one and in order; a `Failure` stands for an article that a model or rule
    broke on, so that one story never stops the others. A text longer than `newsig.extract.parts.LONGEST` is read in
    parts.

    ``nlp`` comes from `load`; ``fingerprint`` names what made the findings, see `newsig.extract.pipeline`.

    Raises:
        MemoryError: there is not enough; what the article left behind may be in the way of the next ones.
    """
    for batch in _batches(articles, batch_size):
        try:
            yield from list(_together(batch, nlp, fingerprint))
        except MemoryError:
            raise
        except Exception:
            yield from (_alone(article, nlp, fingerprint) for article in batch)


def _batches(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    waiting = iter(articles)
    while batch := list(islice(waiting, size)):
        yield batch


def _together(articles: Sequence[Article], nlp: Language, fingerprint: str) -> Iterator[Findings]:
    for is_long, some in groupby(articles, key=lambda article: len(article.text) > LONGEST):
        if is_long:
            yield from (_in_parts(article, nlp, fingerprint) for article in some)
        else:
            yield from (_findings(doc, article, fingerprint) for doc, article in _read(list(some), nlp))


def _in_parts(article: Article, nlp: Language, fingerprint: str) -> Findings:
    """One part after the other, so that the memory that they need is that of one."""
    parts = in_parts(article)
    return joined(
        [(start, _findings(doc, part, fingerprint)) for start, one in parts for doc, part in _read([one], nlp)]
    )


def _read(articles: Sequence[Article], nlp: Language) -> Iterator[tuple[Doc, Article]]:
    return nlp.pipe([(prepared(article, nlp), article) for article in articles], as_tuples=True)


def _alone(article: Article, nlp: Language, fingerprint: str) -> Findings | Failure:
    try:
        return next(_together([article], nlp, fingerprint))
    except MemoryError:
        raise
    except Exception as error:
        return failed(article, error)


def _findings(doc: Doc, article: Article, fingerprint: str) -> Findings:
    found = Findings(
        id=article.id,
        title=article.title,
        published=article.published,
        fingerprint=fingerprint,
        mentions=doc._.mentions,
        claims=doc._.claims,
        quotes=doc._.quotes,
        sentiments=doc._.sentiments,
        credits=doc._.credits,
    )
    return in_own_words(found, article.text) if text_of(doc) != article.text else found


class _Callable(ModuleType):
    """A package that can be called: ``newsig.extract(articles)`` is how one would say it."""

    def __call__(self, articles: Iterable[Article], settings: Settings | None = None) -> Iterator[Findings | Failure]:
        """The findings of each article, see `newsig.extract.calling.read`."""
        from newsig.extract.calling import read

        return read(articles, settings)

    def __reduce__(self) -> tuple[Callable[[str], ModuleType], tuple[str]]:
        """Sent to another process, as in a function that names it, it is imported there, as any module is."""
        return import_module, (self.__name__,)


sys.modules[__name__].__class__ = _Callable
