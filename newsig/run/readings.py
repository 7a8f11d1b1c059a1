"""Pages and feeds' own texts into articles, in the threads that fetch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from newsig.collect.decode import decode_html
from newsig.collect.http import Response, shown
from newsig.collect.robots import Robots
from newsig.collect.visiting import HTML_TYPES
from newsig.errors import ApartError, CollectError, NewsigError, ReadError
from newsig.records import Article, Page
from newsig.run.outings import site_of, unexpected
from newsig.run.reaching import Reach


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was read as, or why it could not be; ``response`` is the page's, where one was asked for."""

    article: Article | None = None
    problem: NewsigError | None = None
    response: Response | None = None


def read_all(reach: Reach, pages: list[Page], now: datetime) -> list[Reading]:
    """Read texts that feeds carry; in a thread."""
    return [_read_one(reach, page, now) for page in pages]


def _read_one(reach: Reach, page: Page, now: datetime, response: Response | None = None) -> Reading:
    try:
        with unexpected():
            return Reading(reach.read(page, now=now), response=response)
    except (ReadError, ApartError, CollectError) as error:
        return Reading(problem=error, response=response)


def read_page(reach: Reach, page: Page, now: datetime, *, private: bool, robots: Robots | None) -> Reading:
    """Fetch and read the page of a story; in a thread."""
    url = str(page.url)
    try:
        with unexpected():
            answer = reach.fetch(url, private=private)
    except CollectError as error:
        return Reading(problem=error)
    if robots is not None and site_of(answer.url) == site_of(url) and not robots.allows(answer.url):
        return Reading(problem=CollectError(f"{shown(url)}: leads to where robots.txt asks not to fetch"))
    kind = (answer.content_type or "text/html").partition(";")[0].strip().lower()
    if kind not in HTML_TYPES:
        return Reading(problem=CollectError(f"{shown(str(page.url))}: is {kind}, not a web page"))
    html = decode_html(answer.body, answer.content_type)
    return _read_one(reach, replace(page, url=answer.url, html=html), now, answer)
