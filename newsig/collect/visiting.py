"""What a visit to a feed has to do for each of its entries. Pure functions."""

from __future__ import annotations

import html
import re
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Literal

from newsig.collect.feeds import Entry
from newsig.collect.http import Response, shown
from newsig.collect.schedule import LONGEST
from newsig.records import Page

FULL_LENGTH = 800
"""Characters from which on an entry's own text is taken for the whole story, unless it trails off."""

TEASER_ENDINGS = ("...", "…", "read more", "read on", "continue reading", "full story")
HTML_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")

CLOSED = re.compile(rb"(?:</(?:[\w-]+:)?(?:rss|feed|rdf)\s*>|\})\s*\Z", re.IGNORECASE)
"""How a feed ends that was not cut short."""

_TAG = re.compile(r"<[^<>]*>")

MOST_TRIES = 5
"""How often a story that cannot be taken in is tried before it is given up."""

BETWEEN_TRIES = timedelta(hours=1)
"""How long after the first try the second one comes; each further one after twice the time."""

Step = Literal["known", "wait", "take", "ask", "withdrawn", "nothing"]
"""What is to be done for an entry: nothing, since it is ``known`` just so; nothing before some time (``wait``);
``take`` its own text; ``ask`` for the page that it links to; note that it was ``withdrawn``; or it has ``nothing`` to
take."""


def step(
    entry: Entry,
    *,
    changed: bool,
    taken: bool,
    from_page: bool,
    tries: int,
    not_before: datetime | None,
    now: datetime,
    full_text: bool,
) -> Step:
    """What to do for an entry.

    ``changed`` says that the feed says something else of it than when it was last met, or that it is new; ``taken``
    that it became an article, ``from_page`` from the page that it links to; ``tries`` and ``not_before`` are of tries
    that failed.
    """
    wanted = full_text and entry.url is not None
    whole = own_text(entry, whole=wanted) is not None
    if not changed and taken and (from_page or whole or not wanted):
        return "known"
    if not (changed or wanted or taken or whole or tries):
        return "known"  # that it has no text of its own was told
    if not changed and (tries >= MOST_TRIES or entry.standing == "withdrawn"):
        return "known"
    if not changed and not_before is not None and now < not_before <= now + 2 * LONGEST:
        return "wait"
    if whole:
        return "take"
    if wanted:
        return "ask"
    return "withdrawn" if entry.standing == "withdrawn" else "nothing"


def own_text(entry: Entry, *, whole: bool = False) -> str | None:
    """The longer of the entry's texts; where it must be ``whole``, only if it reads like all of the story."""
    texts = [markup or "" for markup in (entry.content_html, entry.summary_html)]
    words, longest = max(((_words(markup), markup) for markup in texts), key=lambda both: len(both[0]))
    if whole and (len(words) < FULL_LENGTH or words.rstrip("])> ").lower().endswith(TEASER_ENDINGS)):
        return None
    return longest if words else None


def told(entry: Entry) -> dict[str, object]:
    """What a feed says of a story, without what only its markup changes, such as pictures that count readers."""
    texts = {name: _words(getattr(entry, name) or "") for name in ("content_html", "summary_html")}
    return asdict(entry) | texts


def _words(markup: str) -> str:
    """The words of HTML, roughly, and in time that grows with its length only: it has not been bounded yet."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def is_whole(answer: Response) -> bool:
    """Whether a feed is known to have come whole: its length was told, or its last words are those of a feed."""
    return answer.whole or CLOSED.search(answer.body[-100:]) is not None


def entry_page(entry: Entry, feed: str, identity: str, publisher: str | None, markup: str | None = None) -> Page:
    """The page that an entry becomes; ``identity`` is its id, ``publisher`` the feed's title."""
    return Page(
        origin=shown(feed),
        id=identity,
        url=entry.url,
        title=entry.title,
        published=entry.published,
        publisher=publisher,
        authors=entry.authors,
        html=markup,
        updated=entry.updated,
        date_text=entry.date_text,
        date_doubt=entry.date_doubt,
        feed=feed,
        guid=entry.guid,
        standing=entry.standing,
    )


def try_again_at(tries: int, now: datetime, asked: datetime | None = None) -> datetime:
    """When a story that could not be taken in after ``tries`` tries is tried again: not before the server ``asked``."""
    own = now + BETWEEN_TRIES * (1 << (tries - 1))
    return max(own, asked) if asked else own
