"""The date that a web page states for itself. Nothing is inferred from its words, its address or the clock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from newsig.records import parse_when

STATED = (
    "//meta[@property='article:published_time' or @name='article:published_time']/@content",
    "//*[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//time[@pubdate]/@datetime",
    "//meta[@name='parsely-pub-date' or @name='sailthru.date']/@content",
    "//meta[@name='dc.date.issued' or @name='DC.date.issued' or @name='dcterms.created']/@content",
    "//meta[@name='pubdate' or @name='publishdate' or @name='publish-date' or @name='date']/@content",
)
"""Where pages say when they were published, the most trustworthy first; JSON-LD comes before them all."""

LINKED_DATA = "//script[@type='application/ld+json']/text()"
STORIES = ("Article", "Posting", "Report")
"""How the names of schema.org's types for stories end."""


def published_in(tree: Any) -> date | datetime | None:
    """When the page of an lxml tree says it was published: a moment if any statement has a zone, else the day."""
    stated = [when for when in map(_when, _statements(tree)) if when is not None]
    moments = (when for when in stated if isinstance(when, datetime))
    return next(moments, stated[0] if stated else None)


def _statements(tree: Any) -> Iterator[str]:
    linked = {date_text for block in tree.xpath(LINKED_DATA) for date_text in _linked_dates(block)}
    if len(linked) == 1:  # several stories on one page leave open which of them is the page's
        yield from linked
    for path in STATED:
        yield from (str(value) for value in tree.xpath(path)[:1])


def _linked_dates(block: str) -> Iterator[str]:
    try:
        data = json.loads(block)
    except (ValueError, RecursionError):
        return
    for thing in _things(data):
        published = thing.get("datePublished")
        kinds = thing.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if isinstance(published, str) and any(str(name).endswith(STORIES) for name in names):
            yield published


def _things(data: Any) -> Iterator[dict[str, Any]]:
    # only the top level: deeper down stand the stories that a page recommends
    items: Iterable[Any] = data if isinstance(data, list) else [data]
    for item in items:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (part for part in (graph if isinstance(graph, list) else []) if isinstance(part, dict))


def _when(value: str) -> date | datetime | None:
    try:
        when = parse_when(value)
        if isinstance(when, datetime):
            when.astimezone(UTC)
    except (ValueError, OverflowError):
        return _day(value)
    return when


def _day(value: str) -> date | None:
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return None
