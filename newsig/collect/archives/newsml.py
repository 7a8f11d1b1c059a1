"""NewsML-G2 (IPTC) and NITF files → pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsig.collect.archives.articles import UNUSABLE, named_page
from newsig.collect.archives.dating import stated
from newsig.collect.archives.markup import descendants, first, name_of, paragraphs, parsed, words
from newsig.collect.archives.nitf import byline, nitf_page, nitf_text
from newsig.collect.archives.parts import Found, Met, Notebook, Part, Plan, failure
from newsig.collect.archives.streams import MAX_LINE, whole
from newsig.collect.dates import Reading
from newsig.collect.decode import plain
from newsig.errors import ReadError
from newsig.records import Failure, Mark, Page, Standing

if TYPE_CHECKING:
    from lxml.etree import _Element

MESSAGES = ("newsMessage", "newsItem", "packageItem")
FEEDS = ("rss", "feed", "RDF")
CANCELLED = "canceled"
SIGNALS = ("correction", "correct", "corrected")


def news_xml(part: Part) -> Found:
    """The stories of a NewsML-G2 document, or the one of an NITF document."""
    root = parsed(whole(part.stream, MAX_LINE))
    for number, (found, versioned) in enumerate(_stories(root, part), 1):
        if number > part.start.within:
            yield Met(found=found, mark=Mark(within=number, number=number), versioned=versioned)


def _stories(root: _Element, part: Part) -> Iterator[tuple[Page | Failure, bool]]:
    name = name_of(root)
    if name == "nitf":
        yield _guarded(root, part.place, part), False
        return
    if name in FEEDS:
        raise ReadError("it is a feed, which is collected from its address: `newsig feeds add URL`")
    if name not in MESSAGES:
        raise ReadError(f"it is XML of another kind, a {name}: NewsML-G2 and NITF are read")
    items = [root] if name != "newsMessage" else [item for held in descendants(root, "itemSet") for item in held]
    number = 0
    for item in items:
        kind = name_of(item)
        if kind == "newsItem" and _is_text(item, part.notes):
            number += 1
            yield _guarded(item, part.place if item is root else f"{part.place} item {number}", part), True
        elif kind and kind != "newsItem":
            part.notes.count(f"a {kind}, passed over, since it holds no story itself")


def _guarded(element: _Element, place: str, part: Part) -> Page | Failure:
    read = nitf_page if name_of(element) == "nitf" else _item
    try:
        page = read(element, origin=place, plan=part.plan, notes=part.notes)
        if UNUSABLE.search(page.text or ""):
            raise ReadError("its text holds a character that cannot be stored")
        return page if page.id else named_page(page, page.published)
    except ReadError as error:
        return failure(place, str(error))


def _is_text(item: _Element, notes: Notebook) -> bool:
    kind = _code(first(item, "itemMeta", "itemClass"))
    if kind in ("", "text", "composite"):
        return True
    notes.count(f"a newsItem of class {kind}, passed over")
    return False


def _item(item: _Element, *, origin: str, plan: Plan, notes: Notebook) -> Page:
    meta, content = first(item, "itemMeta"), first(item, "contentMeta")
    status = _code(None if meta is None else first(meta, "pubStatus"))
    if status == "withheld":
        raise ReadError("its sender holds it back (withheld)")
    created = _text(content, "contentCreated")
    versioned = _date(_text(meta, "versionCreated"), plan)
    published = _date(created or _text(meta, "firstCreated"), plan)
    if published.text is None:
        published = versioned
    if published.doubt:
        notes.count(f"a date of which not all is known ({published.doubt})", f"{published.text!r}, {origin}")
    return Page(
        origin=origin,
        id=item.get("guid") or None,
        title=_text(content, "headline") or _text(meta, "title") or None,
        published=published.when or plan.published,
        publisher=_provider(meta),
        authors=_authors(content),
        text=_contents(item) or _notice(item, status),
        updated=versioned.when,
        date_text=published.text,
        date_doubt=published.doubt,
        standing=_standing(status, meta),
    )


def _date(text: str, plan: Plan) -> Reading:
    return stated(text, latest=plan.latest)


def _text(element: _Element | None, *path: str) -> str:
    return words(first(element, *path)) if element is not None else ""


def _code(element: _Element | None) -> str:
    """What a QCode or URI of a controlled vocabulary says, without the vocabulary: ``stat:canceled``."""
    if element is None:
        return ""
    code = element.get("qcode") or element.get("uri") or element.get("code") or ""
    return code.rpartition("/")[2].rpartition(":")[2].strip().lower()


def _standing(status: str, meta: _Element | None) -> Standing | None:
    if status in (CANCELLED, "cancelled"):
        return "withdrawn"
    signals = [_code(signal) for signal in descendants(meta, "signal")] if meta is not None else []
    return "corrected" if any(signal in SIGNALS for signal in signals) else None


def _provider(meta: _Element | None) -> str | None:
    provider = first(meta, "provider") if meta is not None else None
    if provider is None:
        return None
    return words(first(provider, "name")) or provider.get("literal") or _code(provider) or None


def _authors(content: _Element | None) -> tuple[str, ...]:
    if content is None:
        return ()
    if line := _text(content, "by"):
        return byline(line)
    named = (
        words(first(creator, "name")) or creator.get("literal") or "" for creator in descendants(content, "creator")
    )
    return tuple(name for name in named if name)


def _contents(item: _Element) -> str | None:
    """The text of the first rendition that has one, whatever it is written in."""
    for rendition in (one for held in descendants(item, "contentSet") for one in held):
        kind, media = name_of(rendition), (rendition.get("contenttype") or "").lower()
        text = ""
        if kind == "inlineXML":
            text = _inline(rendition)
        elif kind == "inlineData" and rendition.get("encoding") is None:
            text = "".join(str(piece) for piece in rendition.itertext())
            text = plain(text) if "html" in media else text.strip("\r\n")
        if text.strip():
            return text
    return None


def _inline(rendition: _Element) -> str:
    nitf = first(rendition, "nitf")
    if nitf is not None:
        return nitf_text(nitf)
    body = first(rendition, "html", "body")
    return "\n\n".join(paragraphs(rendition if body is None else body))


def _notice(item: _Element, status: str) -> str | None:
    """What stands for the text of a story that is withdrawn without it."""
    meta, content = first(item, "itemMeta"), first(item, "contentMeta")
    notice = _text(meta, "edNote") or _text(content, "headline")
    if status == CANCELLED and notice:
        return notice
    raise ReadError("no text" if status != CANCELLED else "it is withdrawn, without a word on what was")
