"""A feed on which the parser gave up, item by item."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsig.collect.http import shown
from newsig.collect.xml_outline import items_of, named
from newsig.collect.xml_text import tree_of
from newsig.errors import CollectError
from newsig.records import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a parser made of a feed: its items as it names their parts. ``malformed`` says what is wrong with the XML,
    empty where nothing is."""

    title: str
    items: Sequence[Mapping[str, Any]]
    malformed: str = ""


def one_by_one(
    text: str, url: str, parse: Callable[[str, str], Parsed], error: Exception
) -> tuple[Parsed, list[Failure]]:
    """The items of a feed that each can be parsed without the others, and the rest of them as failures.

    ``error`` is why the whole cannot be.

    Raises:
        CollectError: there is no item that can.
    """
    from lxml import etree

    root = tree_of(text)
    items = [] if root is None else items_of(root)
    parents = [item.getparent() for item in items]
    for item, parent in zip(items, parents, strict=True):
        if parent is not None:
            parent.remove(item)
    title = ""
    read: list[Mapping[str, Any]] = []
    failures: list[Failure] = []
    for item, parent in zip(items, parents, strict=True):
        if parent is None:
            continue
        item.tail = None
        parent.append(item)
        try:
            alone = parse(etree.tostring(root, encoding="unicode"), url)
            title = title or alone.title
            read += alone.items
        except Exception as inner:  # as for the whole feed
            reason = f"the item cannot be parsed ({type(inner).__name__}: {inner})"
            failures.append(Failure(stage="collect", place=f"{shown(url)}: {named(item)}", reason=reason))
        parent.remove(item)
    if not read:
        raise CollectError(f"cannot be parsed ({type(error).__name__}: {error})") from error
    return Parsed(title=title, items=read, malformed=f"{type(error).__name__}: {error}"), failures
