"""Files that are one article: plain text and HTML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from newsig.collect.archives.articles import decoded, html_page, text_page
from newsig.collect.archives.inflating import COMPRESSED
from newsig.collect.archives.parts import Found, Part, numbered
from newsig.collect.archives.streams import MAX_LINE, whole
from newsig.collect.decode import decode_html
from newsig.records import Failure, Page


def plain_text(part: Part) -> Found:
    """A file that is the article's text."""

    def article() -> Iterator[Page | Failure]:
        text = decoded(whole(part.stream, MAX_LINE))
        yield text_page(text, origin=part.place, stem=_stem(part.name), published=part.plan.published)

    return numbered(article(), part.start)


def web_page(part: Part) -> Found:
    """A file of HTML, in which the article is."""

    def article() -> Iterator[Page | Failure]:
        yield html_page(decode_html(whole(part.stream, MAX_LINE)), origin=part.place, stem=_stem(part.name))

    return numbered(article(), part.start)


def _stem(name: str) -> str | None:
    path = PurePosixPath(name)
    return (path.with_suffix("") if path.suffix.lower() in COMPRESSED else path).stem or None
