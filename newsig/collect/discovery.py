"""Where a web page says that its feeds are, and whether a document is one. The certain before the likely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from newsig.collect.characters import cleaned
from newsig.collect.decode import decode_html, decode_xml, plain
from newsig.collect.entries import web_address
from newsig.collect.json_feed import is_json
from newsig.collect.xml_text import root_name
from newsig.errors import CollectError

FEED_TYPE = re.compile(r"(?:application|text)/(?:x[.-])?(?:rss|atom|rdf)(?:\+xml)?|application/feed\+json")
VAGUE_TYPES = frozenset({"application/json", "application/xml", "text/xml"})
"""Types under which feeds are linked and other things as well; the address must look like a feed's, too."""

FEED_PATH = re.compile(
    r"(?:/|^)(?:feed|rss|atom)/?$|\.(?:rss|atom|rdf)$|(?:feed|rss|atom|index|news)[\w-]*\.(?:xml|json)$|/feeds?/[^/]+/?$",
    re.IGNORECASE,
)
FEED_QUERY = re.compile(r"(?:^|&)(?:feed|format|type)=(?:rss2?|atom|rdf|100)(?:&|$)", re.IGNORECASE)
NO_FEED = re.compile(r"wp-json|oembed|sitemap", re.IGNORECASE)
COMMENTS = re.compile(r"\b(?:comments?|replies)\b", re.IGNORECASE)

LOOKED_AT = 65_536
"""Bytes of a document in which its kind must show."""

JSON_FEED = re.compile(r'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org\\?/version', re.IGNORECASE)
NAMESPACES = {"rss": "", "feed": "atom", "rdf": "rss", "channel": ""}
"""Names of the root elements of feeds, and what must stand near the beginning besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed that a page names. ``type`` is the media type that the page gives it, null where it gives none."""

    url: str
    title: str | None = None
    type: str | None = None


def find_feeds(page: bytes | str, url: str, content_type: str | None = None) -> list[FeedLink]:
    """The feeds of a web page, each once, those of comments last.

    They are what its link elements declare; only where there are none, what its anchors point at that looks like a
    feed by its address. ``url`` is the page's own address, and ``content_type`` tells the encoding of bytes.
    """
    root = _tree(decode_html(page, content_type) if isinstance(page, bytes) else page)
    if root is None:
        return []
    base = next((web_address(element.get("href"), url) for element in root.iter("base")), None) or url
    links = list(_once(_declared(root, base))) or list(_once(_pointed_at(root, base)))
    return sorted(links, key=lambda link: bool(COMMENTS.search(f"{urlsplit(link.url).path} {link.title}")))


def is_feed(body: bytes, content_type: str | None = None) -> bool:
    """Whether a document is a feed by what it holds; its media type, often wrong, only tells the encoding."""
    text, _ = decode_xml(body[:LOOKED_AT], content_type)
    if is_json(text):
        return JSON_FEED.search(text) is not None
    try:
        name = (root_name(text) or "").lower()
    except CollectError:
        return False
    return name in NAMESPACES and NAMESPACES[name] in text.lower()


def _tree(page: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(cleaned(page)[0].encode("utf-8"), parser)
    except etree.XMLSyntaxError:  # an empty page
        return None


def _declared(root: Any, base: str) -> Iterator[FeedLink]:
    for element in root.iter("link"):
        rels = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        address = web_address(element.get("href"), base)
        if address is None or "stylesheet" in rels or not {"alternate", "feed"} & set(rels):
            continue
        if FEED_TYPE.fullmatch(kind) or ((kind in VAGUE_TYPES or "feed" in rels) and _looks_like_feed(address)):
            yield FeedLink(url=address, title=plain(element.get("title") or "") or None, type=kind or None)


def _pointed_at(root: Any, base: str) -> Iterator[FeedLink]:
    for element in root.iter("a"):
        address = web_address(element.get("href"), base)
        if address and _looks_like_feed(address):
            title = " ".join("".join(element.itertext()).split())
            yield FeedLink(url=address, title=title or None)


def _looks_like_feed(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not NO_FEED.search(address) and bool(FEED_PATH.search(parts.path) or FEED_QUERY.search(parts.query))


def _once(links: Iterable[FeedLink]) -> Iterator[FeedLink]:
    seen: set[str] = set()
    for link in links:
        address = link.url.partition("#")[0]
        if address not in seen:
            seen.add(address)
            yield link
