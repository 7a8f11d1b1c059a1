"""One article with newsig's own names of fields → `Page`, with every field checked; and the ids of those without."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, get_args

from newsig.collect.archives.dating import stated
from newsig.collect.archives.parts import Notebook, Plan
from newsig.collect.dates import Reading
from newsig.errors import ReadError
from newsig.furniture import people
from newsig.records import Page, Standing

KINDS = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
CUT = re.compile(r"\[\+\d+ chars\]\s*$")
"""How services end a text of which they give only the first characters."""
SHORT = 40
ROW = re.compile("[0-9]{1,7}")
"""An id that may be the number of a row, of which every table has one alike."""

BYLINE = re.compile(r"by\s", re.IGNORECASE)
DOUBTS = {
    "no_zone": "a time without a zone, of which the day is kept: dates.zone of a mapping says where it is",
    "ambiguous_zone": "a time whose zone can mean several, of which the day is kept",
    "out_of_range": "a date that cannot be",
    "unreadable": "a date that cannot be read: dates.format of a mapping says how",
}
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
        raise ReadError(f"no JSON: {error.msg.removesuffix(' at')} at {line}column {error.colno}") from error
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


def article_page(article: object, *, origin: str, plan: Plan, notes: Notebook) -> Page:
    """The page of an article, its text exactly as given; the plan's date where it carries none.

    An id that may be a row's number is none where there is an address.

    Raises:
        ReadError: it is no object, has no text, or has a field that cannot be used.
    """
    if not isinstance(article, Mapping):
        raise ReadError(f"no article: a JSON object is needed, not {_kind(article)}")
    text, html = _text(article, "text"), _text(article, "html")
    if not (text or html or "").strip():
        raise ReadError("no text")
    if CUT.search((text or html or "")[-SHORT:]):
        notes.count("a text that its source cut short", origin)
    published = _date(article.get("published"), plan, utc="utc" in article)
    own, url = _id(article.get("id")), _url(_text(article, "url"))
    page = Page(
        origin=origin,
        id=None if url and ROW.fullmatch(own or "") else own,
        url=url,
        title=_text(article, "title"),
        published=published.when or (plan.published if text else None),
        publisher=_text(article, "publisher"),
        authors=_authors(article.get("authors")),
        text=text,
        html=None if text else html,
        updated=_date(article.get("updated"), plan).when,
        date_text=published.text,
        date_doubt=published.doubt,
        standing=_standing(article.get("standing")),
    )
    if published.doubt:
        notes.count(DOUBTS[published.doubt], f"{published.text!r}, {origin}")
    return page if page.id else named_page(page, published.when)


def _date(value: object, plan: Plan, *, utc: bool = False) -> Reading:
    formats, zone = (plan.mapping.formats, plan.mapping.zone) if plan.mapping else ((), None)
    return stated(value, formats=formats, zone=zone, utc=utc, latest=plan.latest)


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


def named_page(page: Page, own_date: date | datetime | None) -> Page:
    """The page with an id made of its address, else of its title, text and date."""
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
    if isinstance(value, float) and value.is_integer():  # what a column of numbers with gaps makes of them
        return str(int(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text({"id": value}, "id")


def _url(value: str | None) -> str | None:
    if value and not value.lower().startswith(("http://", "https://")):
        raise ReadError(f"url is {value[:80]!r}, but must start with http:// or https://")
    return value


def _standing(value: object) -> Standing | None:
    return next((standing for standing in get_args(Standing) if standing == value), None)


def _authors(value: object) -> tuple[str, ...]:
    """Names from a list of names or of objects with a ``name``, or from one line that may be a byline."""
    names: list[Any] = value if isinstance(value, list) else [] if value is None else [value]
    names = [name.get("name") if isinstance(name, dict) else name for name in names]
    if not all(isinstance(name, str) for name in names):
        raise ReadError(f"authors is {_kind(value)}, but must be a name or a list of names")
    return tuple(_usable(one, "authors") for name in names for one in _people(name) if one)


def _people(name: str) -> Sequence[str]:
    return people(name) or [name] if BYLINE.match(name) else [name.strip()]
