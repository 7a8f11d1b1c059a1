"""JSON Feed 1.0 and 1.1 (jsonfeed.org) → entries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from newsig.collect.dates import read_date
from newsig.collect.decode import plain
from newsig.collect.entries import Entry, dated, paragraphs, web_address
from newsig.collect.http import shown
from newsig.errors import CollectError
from newsig.records import Failure

VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1(?:\.\d+)?/?", re.IGNORECASE)


def is_json(text: str) -> bool:
    """Whether a document may be JSON; feeds of XML begin otherwise."""
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def json_entries(text: str, url: str, now: datetime | None) -> tuple[str, list[Entry], list[Failure]]:
    """The title of a JSON feed, its items as entries, and those that are none as failures.

    Raises:
        CollectError: it is no JSON, or not that of a feed. The sentence has no place in it.
    """
    feed = _loaded(text)
    if not isinstance(feed, dict) or not VERSION.fullmatch(str(feed.get("version"))):
        raise CollectError("is JSON, but no JSON Feed: its version is not one of jsonfeed.org")
    items = feed.get("items")
    if not isinstance(items, list):
        raise CollectError("is a JSON Feed without a list of items")
    entries = [_entry(item, url, now) for item in items if isinstance(item, dict)]
    failures = [
        Failure(stage="collect", place=f"{shown(url)}: item {number}", reason="the item is no JSON object")
        for number, item in enumerate(items, start=1)
        if not isinstance(item, dict)
    ]
    return _text(feed, "title"), entries, failures


def _loaded(text: str) -> Any:
    try:
        # line breaks within strings are let pass, and numbers stay as they are written
        return json.loads(text.lstrip("\ufeff"), strict=False, parse_int=_Number, parse_float=_Number)
    except json.JSONDecodeError as error:
        raise CollectError(f"is no JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise CollectError("is JSON that is nested too deeply") from error


def _entry(item: Mapping[str, Any], url: str, now: datetime | None) -> Entry:
    return Entry(
        guid=str(item["id"]) if isinstance(item.get("id"), _Number) else _text(item, "id") or None,
        url=web_address(_text(item, "url"), url) or web_address(_text(item, "external_url"), url),
        title=plain(_text(item, "title")) or None,
        authors=tuple(_authors(item)),
        summary_html=paragraphs(_text(item, "summary")) or None,
        content_html=_text(item, "content_html") or paragraphs(_text(item, "content_text")) or None,
        **dated(read_date(_text(item, "date_published"), now), read_date(_text(item, "date_modified"), now)),
    )


def _authors(item: Mapping[str, Any]) -> Iterable[str]:
    authors = item.get("authors")
    for author in authors if isinstance(authors, list) else [item.get("author")]:
        if isinstance(author, dict) and (name := plain(_text(author, "name"))):
            yield name


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value.strip() if isinstance(value, str) and not isinstance(value, _Number) else ""


class _Number(str):
    """A number as written, of any length: a number, which ids alone may be."""

    __slots__ = ()
