"""A page of HTML in one pass and without a tree: how large it is, what it states in its head, and its blocks of text.

lxml's parser hands over start, end and text as it goes, so that no depth, number of elements or number of attributes
makes this slow: 10 MB take about two seconds. What is found here decides whether a tree can be built at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from newsig.furniture.words import words

Region = Literal["aside", "figure", "noscript"]
Noted = Literal["time", "author"]

VOID_OF_TEXT = frozenset({"script", "style", "template", "svg", "iframe", "select", "textarea", "object", "math"})
BLOCKS = words("""
    address article aside blockquote body br button center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav noscript ol p pre section summary table
    tbody td tfoot th thead title tr ul
""")
"""Elements at whose borders a line of text ends."""
CONTAINERS = frozenset({"div", "section", "article", "main", "td"})
REGIONS: dict[str, Region] = {
    "nav": "aside",
    "aside": "aside",
    "footer": "aside",
    "form": "aside",
    "button": "aside",
    "figure": "figure",
    "figcaption": "figure",
    "noscript": "noscript",
}
WALL = re.compile(
    r"pay-?wall|reg-?wall|subscri\w{2,7}[-_]?(?:wall|gate|prompt|required|offer)"
    r"|(?:article|content|premium|meter\w{0,3})[-_]?(?:gate|wall|barrier|offer)|\bgateway[-_]|\btp-(?:modal|container)|piano[-_]",
    re.IGNORECASE,
)
"""How sites name the elements that ask for a subscription."""
LIVE = re.compile(r"\blive-?(?:blog|updates?|coverage|feed)?[-_]{0,2}(?:post|entry|item|update)\b", re.IGNORECASE)
"""How sites name the entries of a live blog."""
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author-?name|(?:story|article|post|entry)-?author)s?(?:$|[\s_-])", re.IGNORECASE
)
HENTRY = {"published": "datepublished", "updated": "datemodified"}
"""How blogs mark their times in the class of an abbreviation (the microformat hAtom)."""
STATING = frozenset({"datepublished", "datemodified"})


class Block(NamedTuple):
    """A line of text between two borders; ``linked`` of its characters are those of links.

    ``tag`` is the element whose end or beginning it stands at, ``region`` what surrounds the story, and ``wall``
    whether it stands in an element that is named for asking readers to pay. ``within`` is the class of the container.
    """

    text: str
    linked: int
    tag: str
    region: Region | None
    wall: bool
    within: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What one pass over a page finds.

    ``stated`` are the names and values of meta elements and of marked times, in their order; ``linked_data`` the
    blocks of JSON-LD as they stand; ``times`` pairs of a time element's machine-readable date and its words.
    """

    elements: int
    depth: int
    attributes: int
    links: int
    passwords: int
    live_entries: int
    title: str | None
    canonical: str | None
    stated: tuple[tuple[str, str], ...]
    linked_data: tuple[str, ...]
    times: tuple[tuple[str, str], ...]
    writers: tuple[str, ...]
    blocks: tuple[Block, ...]

    def values(self, *names: str) -> list[str]:
        """What the page states under some names (in small letters), the first name's values first."""
        return [value for name in names for key, value in self.stated if key == name and value.strip()]

    @property
    def headings(self) -> list[str]:
        """Its headings of the first order."""
        return [block.text for block in self.blocks if block.tag == "h1" and block.region is None]


def outline(html: str) -> Outline:
    """Go over a page once. Never raises for what the page holds."""
    from lxml import etree

    passing = _Pass()
    # as bytes, so that a page which names another encoding than it now has is read all the same
    parser = etree.HTMLParser(target=passing, huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    parser.feed(html.encode("utf-8", "replace"))
    parser.close()
    return passing.outline()


class _State(NamedTuple):
    """What holds for the text at a place of the page."""

    silent: bool = False
    region: Region | None = None
    wall: bool = False
    linked: bool = False
    within: str = ""


class _Names(NamedTuple):
    """What the names of an element say of it."""

    wall: bool
    live: bool
    byline: bool


NAMELESS = _Names(False, False, False)


@lru_cache(maxsize=4096)
def _named(classes: str, own: str) -> _Names:
    if not classes and not own:
        return NAMELESS
    both = f"{classes} {own}"
    return _Names(bool(WALL.search(both)), bool(LIVE.search(both)), bool(BYLINE.search(classes)))


class _Pass:
    """The parser's listener."""

    def __init__(self) -> None:
        self.elements = self.attributes = self.depth = self.links = self.passwords = self.live = 0
        self._state = _State()
        self._above: list[_State] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._tag = "body"
        self._blocks: list[Block] = []
        self._stated: list[tuple[str, str]] = []
        self._canonical: str | None = None
        self._title: list[str] | None = None
        self._titled: str | None = None
        self._data: list[str] | None = None
        self._linked_data: list[str] = []
        self._noting: list[tuple[Noted, int, str, list[str]]] = []
        self._times: list[tuple[str, str]] = []
        self._writers: list[str] = []

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """An element begins."""
        self.elements += 1
        self._above.append(self._state)
        self.depth = max(self.depth, len(self._above))
        self.attributes = max(self.attributes, len(attrib))
        if tag in BLOCKS:
            self._flush()
            self._tag = tag
        if attrib or tag in REGIONS or tag in VOID_OF_TEXT:
            self._state = self._within(tag, attrib)
            self._note(tag, attrib)
        if tag == "title" and self._titled is None and not self._state.silent:
            self._title = []

    def _within(self, tag: str, attrib: Mapping[str, str]) -> _State:
        silent, region, wall, linked, within = self._state
        if tag == "a":
            self.links += 1
            linked = True
        names = _named(attrib.get("class", "")[:500], attrib.get("id", "")[:100]) if attrib else NAMELESS
        if tag not in ("html", "body"):
            wall = wall or names.wall
            self.live += names.live
        if names.byline or attrib.get("itemprop") == "author" or attrib.get("rel") == "author":
            self._noting.append(("author", len(self._above), "", []))
        hidden = "hidden" in attrib or ("style" in attrib and HIDDEN.search(attrib["style"][:2000]) is not None)
        if tag in CONTAINERS:
            within = attrib.get("class", "")
        return _State(silent or hidden or tag in VOID_OF_TEXT, region or REGIONS.get(tag), wall, linked, within)

    def _note(self, tag: str, attrib: Mapping[str, str]) -> None:
        """Keep what an element states."""
        if tag == "meta":
            name = attrib.get("property") or attrib.get("name") or attrib.get("itemprop") or ""
            self._stated.append((name.strip().lower(), attrib.get("content", "")))
        elif tag == "link" and "canonical" in attrib.get("rel", "").lower().split():
            self._canonical = self._canonical or attrib.get("href")
        elif tag == "script":
            self._data = [] if attrib.get("type", "").strip().lower() == "application/ld+json" else None
        elif tag == "input":
            self.passwords += attrib.get("type", "").lower() == "password"
        elif tag == "abbr" and (marked := attrib.get("class", "").strip().lower()) in HENTRY:
            self._stated.append((HENTRY[marked], attrib.get("title", "")))
        elif (marked := attrib.get("itemprop", "").lower()) in STATING:
            self._stated.append((marked, attrib.get("content") or attrib.get("datetime") or ""))
        if tag == "time":
            if "pubdate" in attrib:
                self._stated.append(("pubdate", attrib.get("datetime", "")))
            self._noting.append(("time", len(self._above), attrib.get("datetime", ""), []))

    def data(self, text: str) -> None:
        """Some text."""
        if self._data is not None:
            self._data.append(text)
        elif self._title is not None:
            self._title.append(text)
        elif not self._state.silent:
            self._pieces.append(text)
            if self._state.linked:
                self._linked += len(text)
            for noted in self._noting:
                noted[3].append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in BLOCKS:
            self._flush()
            self._tag = "body"
        if tag == "script" and self._data is not None:
            self._linked_data.append("".join(self._data))
            self._data = None
        if tag == "title" and self._title is not None:
            self._titled, self._title = _line(self._title) or None, None
        while self._noting and self._noting[-1][1] >= len(self._above):
            kind, _, value, pieces = self._noting.pop()
            if kind == "time":
                self._times.append((value, _line(pieces)))
            elif who := _line(pieces):
                self._writers.append(who)
        if self._above:
            self._state = self._above.pop()

    def close(self) -> None:
        """The page ends."""
        self._flush()

    def _flush(self) -> None:
        if not self._pieces:
            return
        if text := _line(self._pieces):
            state = self._state
            self._blocks.append(
                Block(text, min(self._linked, len(text)), self._tag, state.region, state.wall, state.within)
            )
        self._pieces, self._linked = [], 0

    def outline(self) -> Outline:
        """All that was found."""
        return Outline(
            elements=self.elements,
            depth=self.depth,
            attributes=self.attributes,
            links=self.links,
            passwords=self.passwords,
            live_entries=self.live,
            title=self._titled,
            canonical=self._canonical,
            stated=tuple(self._stated),
            linked_data=tuple(self._linked_data),
            times=tuple(self._times),
            writers=tuple(self._writers),
            blocks=tuple(self._blocks),
        )


def _line(pieces: list[Any]) -> str:
    return " ".join("".join(pieces).split())
