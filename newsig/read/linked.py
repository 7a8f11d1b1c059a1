"""The story that a page describes in its JSON-LD (schema.org), where it describes one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from newsig.read.outline import Outline

STORIES = ("Article", "Posting", "Report")
"""How the names of schema.org's types for stories end."""

Thing = dict[str, Any]


def things(page: Outline) -> list[Thing]:
    """What the page's JSON-LD describes at its top; deeper down stand the stories that a page recommends."""
    return [thing for block in page.linked_data for thing in _top(_loaded(block))]


def story(page: Outline, described: Iterable[Thing]) -> Thing:
    """The one story that is described, empty where none is or where it stays open which one is the page's.

    Of several it is the one whose headline is the page's own.
    """
    stories = [thing for thing in described if is_story(thing)]
    if len(stories) > 1:
        titles = {_bare(title) for title in (*page.headings, *page.values("og:title"), page.title) if title}
        named = [one for one in stories if _bare(said(one.get("headline"))) in titles]
        stories = named or stories
    dates = {str(one.get("datePublished")) for one in stories}
    return stories[0] if stories and len(dates) == 1 else {}


def is_story(thing: Thing) -> bool:
    """Whether a thing is one of schema.org's kinds of articles."""
    return any(kind.endswith(STORIES) for kind in kinds(thing))


def kinds(thing: Thing) -> list[str]:
    """The types of a thing."""
    named = thing.get("@type")
    return [str(name) for name in (named if isinstance(named, list) else [named])]


def said(value: Any) -> str:
    """A value as words on one line, empty where it is none; entities are resolved."""
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def names(value: Any) -> list[tuple[str, str]]:
    """The kinds and names of those that a value stands for: ``author`` may be a name, a thing, or a list of them."""
    found: list[tuple[str, str]] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            inner = one.get("name")
            kind = kinds(one)[0]
            found += [(kind, said(name)) for name in (inner if isinstance(inner, list) else [inner])]
        else:
            found.append(("", said(one)))
    return [(kind, name) for kind, name in found if name]


def _loaded(block: str) -> Any:
    text = block.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _top(data: Any) -> Iterator[Thing]:
    items: Iterable[Any] = data if isinstance(data, list) else [data]
    for item in items:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (part for part in (graph if isinstance(graph, list) else []) if isinstance(part, dict))


def _bare(title: str) -> str:
    return "".join(letter for letter in title.casefold() if letter.isalnum())
