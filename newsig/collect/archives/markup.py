"""XML that nothing is fetched for and nothing expands in, and the paragraphs of marked-up text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsig.errors import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hl1",
        "hl2",
        "li",
        "dt",
        "dd",
        "pre",
        "blockquote",
        "bq",
        "block",
        "td",
        "th",
        "tr",
        "div",
        "section",
        "article",
        "table",
        "ul",
        "ol",
        "dl",
        "lead",
        "body",
        "body.content",
        "fn",
        "hr",
    ]
)
"""Elements that a paragraph ends before and behind, in XHTML and NITF."""

SILENT = frozenset(
    [
        "script",
        "style",
        "head",
        "media",
        "figure",
        "caption",
        "media-caption",
        "media-reference",
        "media-producer",
        "note",
    ]
)
"""Elements whose words are not the story's own."""


def parsed(data: bytes) -> _Element:
    """The root of an XML document.

    Raises:
        ReadError: it is none, or it declares entities: these can stand for files, or for gigabytes.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"no XML that can be read: {(error.msg or 'it is empty').strip()}") from error
    except ValueError as error:
        raise ReadError(f"no XML that can be read: {error}") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise ReadError("it declares entities of its own, which are not expanded: send it without")
    return root


def name_of(element: _Element) -> str:
    """An element's name without its namespace; empty for comments and the like.

    >>> name_of(parsed(b'<a:story xmlns:a="urn:a"/>'))
    'story'
    """
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def descendants(element: _Element, *path: str) -> Iterator[_Element]:
    """The elements below one at a path of names, whatever their namespaces."""
    if not path:
        yield element
        return
    for child in element:
        if name_of(child) == path[0]:
            yield from descendants(child, *path[1:])


def first(element: _Element, *path: str) -> _Element | None:
    """The first of `descendants`."""
    return next(descendants(element, *path), None)


def words(element: _Element | None) -> str:
    """All text of an element on one line.

    >>> words(parsed(b"<by>By <person>Orla  Quillfeather</person></by>"))
    'By Orla Quillfeather'
    """
    return "" if element is None else " ".join("".join(_text(element)).split())


def _text(element: _Element) -> Iterator[str]:
    return (str(piece) for piece in element.itertext() if piece)


def paragraphs(element: _Element) -> list[str]:
    """The paragraphs of XHTML or NITF, each on one line.

    >>> paragraphs(parsed(b"<div><h2>Oil</h2><p>Crude <em>fell</em><br/>2%.</p> Gold rose.<table/></div>"))
    ['Oil', 'Crude fell 2%.', 'Gold rose.']
    """
    pieces: list[list[str]] = [[]]
    waiting: list[tuple[_Element, bool]] = [(element, False)]
    while waiting:  # not by recursion: what is nested deeply is read all the same
        one, behind = waiting.pop()
        name = name_of(one)
        if behind:
            if name in BLOCKS:
                pieces.append([])
            pieces[-1].append(one.tail or "" if one is not element else "")
            continue
        if name in BLOCKS:
            pieces.append([])
        waiting.append((one, True))
        if name and name not in SILENT:
            pieces[-1].append(" " if name == "br" else one.text or "")
            waiting.extend((child, False) for child in reversed(one))
    found = (" ".join("".join(piece).split()) for piece in pieces)
    return [paragraph for paragraph in found if paragraph]
