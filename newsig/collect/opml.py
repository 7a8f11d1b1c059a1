"""Lists of feeds as other readers write and read them: OPML 1.0 and 2.0 (opml.org)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from newsig.collect.characters import cleaned, without_bad_references
from newsig.collect.decode import decode_xml
from newsig.collect.xml_text import check_entities, local_name, tree_of
from newsig.errors import CollectError


def read_opml(body: bytes) -> list[tuple[str, str | None]]:
    """The addresses and titles of the feeds in a list, each address once, folders left aside.

    Addresses are as written, but for the scheme "feed:" that some readers put before or in place of http. What cannot
    be fetched is among them, so that the caller can say so.

    Raises:
        CollectError: it is no OPML, or its entities would make it grow. The sentence has no place in it.
    """
    text, _ = decode_xml(body)
    text, _ = without_bad_references(cleaned(text)[0])
    check_entities(text)
    root = tree_of(text)
    if root is None or local_name(root).lower() != "opml":
        raise CollectError("is no list of feeds: it has no opml element")
    found: dict[str, str | None] = {}
    for element in root.iter("*"):
        if local_name(element).lower() == "outline":
            fields = {str(name).lower(): value for name, value in element.attrib.items()}
            if address := _address(fields.get("xmlurl") or ""):
                found.setdefault(address, _title(fields, address))
    return list(found.items())


def write_opml(feeds: Iterable[tuple[str, str | None]], created: datetime) -> bytes:
    """A list of the feeds, by address and title, as OPML 2.0. ``created`` is an aware moment."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Feeds of newsig"
    etree.SubElement(head, "dateCreated").text = format_datetime(created)
    body = etree.SubElement(root, "body")
    for address, title in feeds:
        words, url = cleaned(title or "")[0], cleaned(address)[0]
        named = {"text": words, "title": words} if words else {"text": url}
        etree.SubElement(body, "outline", type="rss", xmlUrl=url, **named)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _address(written: str) -> str:
    address = cleaned(written)[0].strip()
    if address.lower().startswith("feed://"):
        return "http://" + address[len("feed://") :]
    return address[len("feed:") :] if address.lower().startswith("feed:http") else address


def _title(fields: dict[str, Any], address: str) -> str | None:
    title = cleaned(fields.get("title") or fields.get("text") or "")[0].strip()
    return None if title == address else title or None
