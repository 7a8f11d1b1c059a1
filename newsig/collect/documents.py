"""One JSON article → `Page`, with every field checked; and the ids of articles that bring none."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from newsig.collect.dates import iso_date
from newsig.errors import ReadError
from newsig.records import Page

KINDS = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
UNUSABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database column and no UTF-8 file can hold: NUL, and halves of a surrogate pair."""


def parse_json(data: bytes) -> Any:
    """The value that ``data`` is the JSON of.

    Raises:
        ReadError: it is no UTF-8 or no JSON; the sentence says where.
    """
    try:
        return json.loads(decoded(data))
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if b"\n" in data.strip() else ""
        raise ReadError(f"no JSON: {error.msg} at {line}column {error.colno}") from error
    except RecursionError as error:
        raise ReadError("no JSON that can be read: it is nested too deeply") from error
    except ValueError as error:  # an integer of thousands of digits
        raise ReadError(f"no JSON that can be read: {error}") from error


def decoded(data: bytes) -> str:
    """UTF-8 as text, without its byte order mark.

    Raises:
        ReadError: it is no UTF-8; the sentence names the offset of the first bad byte, from 0.
    """
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ReadError(f"no UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}") from error


def article_page(article: object, *, origin: str, published: date | datetime | None = None) -> Page:
    """The page of a JSON article, its text exactly as given; ``published`` where it carries no date.

    Raises:
        ReadError: it is no object, has no text, or has a field that cannot be used.
    """
    if not isinstance(article, Mapping):
        raise ReadError(f"no article: a JSON object is needed, not {_kind(article)}")
    text, html = _text(article, "text"), _text(article, "html")
    if not (text or html or "").strip():
        raise ReadError("no text")
    own_date = _published(article.get("published"))
    page = Page(
        origin=origin,
        id=_id(article.get("id")),
        url=_url(_text(article, "url")),
        title=_text(article, "title"),
        published=own_date or (published if text else None),
        publisher=_text(article, "publisher"),
        authors=_authors(article.get("authors")),
        text=text,
        html=None if text else html,
    )
    return page if page.id else _named(page, own_date)


def text_page(text: str, *, origin: str, stem: str | None, published: date | datetime | None = None) -> Page:
    """The page of a plain text file, exactly as decoded. Raises `ReadError` where it has no usable text."""
    if not _usable(text, "text").strip():
        raise ReadError("no text")
    return Page(origin=origin, id=file_id(stem, text), published=published, text=text)


def html_page(html: str, *, origin: str, stem: str | None) -> Page:
    """The page of an HTML file. Raises `ReadError` where there is nothing in it."""
    if not html.strip():
        raise ReadError("no text")
    return Page(origin=origin, id=file_id(stem, html), html=html)


def file_id(stem: str | None, content: str) -> str:
    """The id of a file that cannot carry one: its name without suffix and 8 hex digits of its content.

    A name alone would make one article of every ``article.txt`` there is; the digits keep them apart from run to run.

    >>> file_id("rally", "Stocks rose."), file_id(None, "Stocks rose.")
    ('rally-293e865a', '293e865ad4fb94cf')
    """
    digits = _digest(content)
    return f"{stem}-{digits[:8]}" if stem else digits


def _named(page: Page, own_date: date | datetime | None) -> Page:
    date_text = own_date.isoformat() if own_date else ""
    identity = page.url or "\n".join((page.title or "", page.text or page.html or "", date_text))
    return replace(page, id=_digest(identity))


def _digest(identity: str) -> str:
    return sha256(identity.encode("utf-8")).hexdigest()[:16]


def _kind(value: object) -> str:
    return KINDS.get(type(value), "null")


def _text(article: Mapping[str, Any], name: str) -> str | None:
    value = article.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ReadError(f"{name} is {_kind(value)}, but must be text")
    return _usable(value, name)


def _usable(value: str, name: str) -> str:
    if found := UNUSABLE.search(value):
        raise ReadError(
            f"{name} has U+{ord(found[0]):04X} at character {found.start()}, which cannot be stored as text"
        )
    return value


def _id(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text({"id": value}, "id")


def _url(value: str | None) -> str | None:
    if value and not value.lower().startswith(("http://", "https://")):
        raise ReadError(f"url is {value[:80]!r}, but must start with http:// or https://")
    return value


def _published(value: object) -> date | datetime | None:
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str):
            return iso_date(value)
    except ValueError:
        pass
    raise ReadError(f"published is {str(value)[:40]!r}, but must be a date such as 2024-07-18 or 2024-07-18T02:26Z")


def _authors(value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ReadError(f"authors is {_kind(value)}, but must be a name or a list of names")
    return tuple(_usable(name, "authors") for name in names if name)
