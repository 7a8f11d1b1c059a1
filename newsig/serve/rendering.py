"""Records → HTML, and what templates need for it: words for verdicts, links, times, and text that harms nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from newsig.report.tables import shown
from newsig.report.verdict_words import MARKS, REASONS, RUNGS, UNCHECKED

SHEET = "page.css"
KINDS = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
UNCHECKED_WORD = "not checked"


def render(template: str, **told: Any) -> str:
    """A page made of a template."""
    return _environment().get_template(template).render(**told)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("newsig.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"safe_text": isolated, "day": day_name, "moment": moment, "mark": mark, "words": in_words}
    environment.globals |= {"link": link, "sheet": f"/-/newsig/{SHEET}?{_digest()}", "web": web}
    return environment


@cache
def sheet(name: str) -> tuple[str, str] | None:
    """A file of ours that pages refer to, with its media type; None where there is none."""
    for path in files("newsig.serve").joinpath("static").iterdir():
        if path.name == name:
            return path.read_text(encoding="utf-8"), KINDS[f".{name.rpartition('.')[2]}"]
    return None


def _digest() -> str:
    """Part of the sheet's address, so that nobody keeps an old one."""
    found = sheet(SHEET)
    return hashlib.sha256((found[0] if found else "").encode()).hexdigest()[:12]


def isolated(text: object) -> Markup:
    r"""Somebody else's words in one line: what would steer is made visible, and they are written their own way round.

    >>> isolated("<b>up\u202e 3 %")
    Markup('<bdi>&lt;b&gt;up\\u202e 3 %</bdi>')
    """
    return Markup("<bdi>{}</bdi>").format(shown(" ".join(str(text).split())))


def link(path: str, *parts: object, **query: object) -> str:
    """An address on this site: further parts of the path, and a query, of which None is left out.

    >>> link("/symbol", "^RUT", since="2024-07-01", until=None)
    '/symbol/%5ERUT?since=2024-07-01'
    """
    where = "/".join((path, *(quote(str(part), safe="") for part in parts)))
    told = urlencode({name: value for name, value in query.items() if value is not None})
    return f"{where}?{told}" if told else where


def web(url: str | None) -> str | None:
    """An address of the web, or None: nothing else may be followed from a page."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def day_name(day: date) -> str:
    """A day as it is said: "Wednesday 17 July 2024"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def window(base: date | None, end: date | None) -> str:
    """The days from close to close that a figure is for.

    >>> window(date(2024, 7, 16), date(2024, 7, 17)), window(date(2023, 12, 29), date(2024, 7, 17))
    ('16 → 17 Jul', '29 Dec 2023 → 17 Jul')
    """
    if end is None:
        return ""
    if base is None:
        return f"{end.day} {end:%b}"
    month = "" if (base.year, base.month) == (end.year, end.month) else f" {base:%b}"
    return f"{base.day}{month}{'' if base.year == end.year else f' {base.year}'} → {end.day} {end:%b}"


def moment(published: date | datetime | str | None, zone: str = "UTC") -> Markup:
    """When something was published, in a reader's zone: its day, and the time where that is known."""
    if published is None:
        return Markup("date unknown")
    told = _parsed(published) if isinstance(published, str) else published
    if isinstance(told, datetime):
        here = told.astimezone(ZoneInfo(zone))
        return Markup('<time datetime="{}">{} {:%B %Y, %H:%M}</time>').format(here.isoformat(), here.day, here)
    return Markup('<time datetime="{}">{} {:%B %Y}</time>').format(told.isoformat(), told.day, told)


def _parsed(published: str) -> date | datetime:
    return date.fromisoformat(published) if len(published) == 10 else datetime.fromisoformat(published)


def mark(outcome: str | None) -> Markup:
    """A verdict's mark with its word beside it."""
    word = outcome or UNCHECKED_WORD
    return Markup('<span class="mark {}"><span aria-hidden="true">{}</span> {}</span>').format(
        word.replace(" ", "-"), MARKS.get(word, UNCHECKED), word
    )


def because(told: Mapping[str, Any]) -> str:
    """Why a verdict is what it is, where the outcome alone does not tell."""
    if told.get("outcome") == "consistent":
        return RUNGS.get(told.get("rung") or "", "")
    return REASONS.get(told.get("reason") or "", told.get("reason") or "")


def in_words(name: str) -> Markup:
    """A name of ours as words: "small_caps" is "small caps"."""
    return escape(name.replace("_", " "))
