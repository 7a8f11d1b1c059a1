"""Bytes that claim to be XML → text and trees that are safe to work on."""

from __future__ import annotations

import re
from typing import Any

from newsig.errors import CollectError

MOST_EXPANDED = 1_000_000
"""Characters that the entities of a document may add to it."""

MOST_ENTITIES = 1000
"""Entities that a document may declare; HTML has 253 of old."""

PROLOG = re.compile(r"\ufeff?(?:\s++|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->)*+", re.DOTALL)
DOCTYPE = re.compile(
    r"<!DOCTYPE(?:[^\[\"'>]|\"[^\"]*+\"|'[^']*+')*+"
    r"(?:\[(?P<subset>(?:[^\]\"'<]|\"[^\"]*+\"|'[^']*+'|<!--(?:(?!-->).)*+-->|<(?!!--))*+)\]\s*+)?>",
    re.DOTALL | re.IGNORECASE,
)
ENTITY = re.compile(r"<!ENTITY\s+(?P<name>[^\s%]\S*)\s+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')", re.IGNORECASE)
REFERENCE = re.compile(r"&[^\s#;&]+;")
STRAY = re.compile(
    r"(?P<quoted><!\[CDATA\[(?:(?!\]\]>).)*+)|&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);)", re.DOTALL
)
"""An ampersand that begins no reference, or one that nobody resolves; lxml would drop it, and change an address."""

ROOT = re.compile(r"<(?:[\w.-]+:)?(?P<name>[\w.-]+)")
PREDEFINED = frozenset({"&lt;", "&gt;", "&amp;", "&quot;", "&apos;"})


def check_entities(text: str) -> None:
    """Refuse a document whose own entities would make it grow.

    Raises:
        CollectError: it has more entities than ``MOST_ENTITIES``, they are made of others or expand to more than
            ``MOST_EXPANDED`` characters, or its document type cannot be read for them. The sentence has no place in it.
    """
    doctype = _doctype(text)
    if doctype is None:
        return
    grown = 0
    declared = list(ENTITY.finditer(doctype["subset"] or ""))
    if len(declared) > MOST_ENTITIES:
        raise CollectError(f"declares {len(declared):,} entities, as only attacks do")
    for found in declared:
        value = found["double"] if found["double"] is not None else found["single"]
        if set(REFERENCE.findall(value)) - PREDEFINED:
            raise CollectError(f"declares the entity {found['name'][:40]!r} by other entities, as only attacks do")
        grown += len(value) * text.count(f"&{found['name']};")
    if grown > MOST_EXPANDED:
        raise CollectError(f"declares entities that expand to {grown:,} characters, as only attacks do")


def without_doctype(text: str) -> str:
    """The document from its root element on."""
    doctype = _doctype(text)
    return text[doctype.end() if doctype else _start(text) :]


def root_name(text: str) -> str | None:
    """The name of the document's root element without its prefix, null where there is none."""
    rest = without_doctype(text)
    found = ROOT.match(rest, _start(rest))
    return found["name"] if found else None


def tree_of(text: str) -> Any:
    """The document as an lxml tree, mended where it is not well-formed; None where nothing can be made of it.

    Nothing is fetched, and no entity but the five of XML is resolved.
    """
    from lxml import etree

    parser = etree.XMLParser(
        recover=True,
        huge_tree=True,  # 15 MB in one text node is no attack; entities cannot grow, since none are left
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    escaped = STRAY.sub(lambda found: found["quoted"] or "&amp;", without_doctype(text))
    try:
        return etree.fromstring(escaped.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local_name(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _start(text: str) -> int:
    found = PROLOG.match(text)
    return found.end() if found else 0


def _doctype(text: str) -> re.Match[str] | None:
    start = _start(text)
    if text[start : start + 9].upper() != "<!DOCTYPE":
        return None
    found = DOCTYPE.match(text, start)
    if found is None and "<!ENTITY" in text.upper():
        raise CollectError("has a document type that cannot be read, with entities in it")
    return found
