"""Page → Article: the text as given, or the story within a page of HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from newsig.errors import ReadError
from newsig.read.dates import published_in
from newsig.read.splitting import split_off
from newsig.records import Article, Page

DEEPEST = 250
"""Levels of nesting beyond which the HTML parser gives up and the text is lost."""

UNUSABLE = re.compile("[\x00\ud800-\udfff]")
WHOLE_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)


def read(page: Page, *, published: date | datetime | None = None) -> Article:
    """The article of a page.

    A page's own text is taken as it is. From HTML the story is taken without what surrounds it, its paragraphs
    separated by blank lines; title, authors and date come from the HTML where the page has none of its own. Its
    dateline and the lines around it, such as credits, are kept beside the text. ``published`` is the date of a page
    that carries none anywhere.

    Raises:
        ReadError: there is no text, and why. The sentence does not repeat the page's origin.
    """
    if page.text is None:
        return _read_html(page, published)
    if not page.text.strip():
        raise ReadError("it has no text")
    return _article(page, page.text, page.title, page.authors, page.published or published)


def _read_html(page: Page, published: date | datetime | None) -> Article:
    if not (page.html or "").strip():
        raise ReadError("the page is empty")
    try:
        tree, document = _extracted(UNUSABLE.sub("\ufffd", str(page.html)), page.url)
    except Exception as error:  # whatever lxml and trafilatura meet in a hostile page, it costs this page only
        raise ReadError(f"the page cannot be read as HTML ({type(error).__name__}: {error})") from error
    paragraphs = _paragraphs(document.text) if document is not None else []
    if not paragraphs:
        raise ReadError(_why_empty(tree))
    split = split_off(paragraphs, [page.title, document.title])
    authors = tuple(name.strip() for name in (document.author or "").split(";") if name.strip())
    title = page.title or document.title or None
    when = page.published or published_in(tree) or published
    if len(paragraphs) > 1 and paragraphs[0] == title:
        paragraphs = paragraphs[1:]
    # a page without an address is known by all its paragraphs, so that no rule for splitting makes it another article
    article = _article(page, "\n\n".join(paragraphs), title, page.authors or authors or split.authors, when)
    return replace(article, text=split.text, dateline=split.dateline, credits=split.credits)


def _extracted(html: str, url: str | None) -> tuple[Any, Any]:
    """The parsed page, and what trafilatura makes of it (None where it finds no story)."""
    from trafilatura import bare_extraction, load_html

    if not WHOLE_PAGE.search(html):  # a feed's content: all of it is the story
        html = f"<html><body><article>{html}</article></body></html>"
    tree = load_html(html)
    if tree is None:
        return None, None
    return tree, bare_extraction(tree, url=url, fast=True, include_comments=False, with_metadata=True)


def _paragraphs(text: str | None) -> list[str]:
    lines = (line.strip() for line in (text or "").splitlines())
    return [line for line in lines if line]


def _why_empty(tree: Any) -> str:
    if tree is None:
        return "the page is no HTML"
    if _depth(tree) > DEEPEST:
        return f"the page nests its elements more than {DEEPEST} deep, so that its text cannot be reached"
    return "no story was found in the page"


def _depth(tree: Any) -> int:
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        element, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in element)
    return deepest


def _article(
    page: Page, text: str, title: str | None, authors: tuple[str, ...], published: date | datetime | None
) -> Article:
    return Article(
        id=page.id or sha256((page.url or text).encode("utf-8", "surrogatepass")).hexdigest()[:16],
        text=text,
        title=title,
        published=published,
        url=page.url,
        publisher=page.publisher,
        authors=authors,
        origin=page.origin,
        updated=page.updated,
        date_text=page.date_text,
        date_doubt=page.date_doubt,
        feed=page.feed,
        guid=page.guid,
        standing=page.standing,
    )
