"""Which article a story of a feed is: one that is known, changed or not, or a new one. Pure functions.

Feeds change the guid of a story, give two stories one guid, move stories to other addresses and repeat them. So a story
is known by its guid within its feed, else by its canonical link, else by what it says; and a name that was met before
counts only where the story behind it can be the same. Nothing is ever merged: at worst a story is there twice, and its
copies are found by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal
from urllib.parse import urlsplit

from newsig.records import Article

Kind = Literal["guid", "entry", "link", "content"]

KINDS: tuple[Kind, ...] = ("guid", "entry", "link", "content")
"""What a story is known by, the most certain first: its names, and ``entry`` for what its entry was before."""

ENOUGH = 200
"""Characters from which on the same words are the same story; fewer must be of the same moment, too."""

ALIKE = 0.5
"""The share of the words of the poorer of two texts that the other must have, to be another version of it."""

_WORDS = re.compile(r"\w+")
_WEB = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """An article that a name of a story leads to, as it stands now."""

    kind: Kind
    article_id: str
    url: str | None
    title: str | None
    text: str
    feed: str | None = None
    from_page: bool = False
    published: str | None = None


def keys(article: Article) -> dict[Kind, str]:
    """The names that a story of a feed is known by."""
    found: dict[Kind, str | None] = {
        "guid": guid_key(article.feed, article.guid),
        "link": link_key(article.url),
        "content": _content(article),
    }
    return {kind: key for kind, key in found.items() if key}


def link_key(url: str | None) -> str | None:
    """An address as a name: without its scheme, "www." and what only tracks readers; None for a site's front page.

    >>> link_key("http://www.example.org/oil?utm_source=rss&id=3"), link_key("https://example.org/")
    ('example.org/oil?id=3', None)
    """
    from courlan import normalize_url

    if url is None:
        return None
    try:
        parts = urlsplit(url)
        plain = normalize_url(url, trailing_slash=False)
    except ValueError:
        return None
    if not (parts.path.strip("/") or parts.query):
        return None
    return _WEB.sub("", str(plain))


def same_story(article: Article, met: Iterable[Met]) -> Met | None:
    """The known article that a story is, changed or not; ``met`` are those that its names lead to.

    A guid is believed where the link is the same, too; all else needs the title or words in common, since guids are
    used again and an address may show another story every day. What another feed brought needs words in common: a
    title alone is no proof against a stranger.
    """
    link = link_key(article.url)
    for one in sorted(met, key=lambda one: KINDS.index(one.kind)):
        titled = article.feed == one.feed and _same_title(article.title, one.title)
        alike = titled or likeness(article.text, one.text) >= ALIKE
        same_place = link is not None and link == link_key(one.url) and link != link_key(article.guid)
        if one.kind == "content" or alike or (one.kind == "guid" and same_place):
            return one
    return None


def poorer(article: Article, current: Met, *, from_page: bool) -> bool:
    """Whether a story is no further version of what is known: a feed's summary of a page that was read, or what another
    feed says of it. What the same source changed or shortened is an edit."""
    if article.feed != current.feed and not from_page:
        return True
    return from_page != current.from_page and article.standing is None and len(article.text) < len(current.text)


def only_redated(article: Article, current: Met) -> bool:
    """Whether nothing but the date of a story is new: some feeds date every story anew at every visit."""
    same = (article.title, article.text) == (current.title, current.text)
    return same and article.standing is None and current.published is not None


def own_id(article: Article, *, taken: bool) -> str:
    """The id of a new article; where another story has that already (``taken``), one by all that it says."""
    if not taken:
        return article.id
    return _digest(article.id, article.url, article.title, article.text)


def entry_digest(parts: Mapping[str, object]) -> str:
    """Sums up what a feed says of a story, so that an entry that did not change is known by it."""
    return _digest(*(f"{name}={value}" for name, value in sorted(parts.items())))


def likeness(one: str, other: str) -> float:
    """The share of the different words of the poorer text that the other has, between 0 and 1.

    >>> likeness("Oil fell 2 percent.", "Oil fell 2 percent on Monday, its third fall."), likeness("Oil fell.", "Gold")
    (1.0, 0.0)
    """
    ours, theirs = set(_WORDS.findall(one.casefold())), set(_WORDS.findall(other.casefold()))
    least = min(len(ours), len(theirs))
    return len(ours & theirs) / least if least else 0.0


def _same_title(one: str | None, other: str | None) -> bool:
    ours, theirs = (_WORDS.findall((title or "").casefold()) for title in (one, other))
    return bool(ours) and ours == theirs


def guid_key(feed: str | None, guid: str | None) -> str | None:
    """A guid as a name, within its feed; one that is an address keeps its meaning when its site goes to https.

    >>> guid_key("https://example.org/feed", "http://www.example.org/?p=1")
    'https://example.org/feed\\nexample.org/?p=1'
    """
    return f"{feed}\n{_WEB.sub('', guid)}" if feed and guid else None


def _content(article: Article) -> str | None:
    if article.feed is None:
        return None
    words = " ".join(_WORDS.findall(f"{article.title or ''} {article.text}".casefold()))
    if len(words) >= ENOUGH:
        return _digest(article.feed, words)
    if article.published or not (article.guid or article.url):
        return _digest(article.feed, words, article.published)
    return None


def _digest(*parts: object) -> str:
    joined = "\n".join(str(part) for part in parts)
    return sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]
