"""What feedparser does not tell of a feed: guids as they are written, and stories that are withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from newsig.collect.xml_text import local_name, tree_of

ITEMS = ("{*}item", "{*}entry")
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """``ids`` are the guids of each item, all that it has, in the order of the document; ``withdrawn`` the guids of
    RFC 6721's deleted entries, with the moments of their deletion as written."""

    ids: Sequence[tuple[str, ...]] = ()
    withdrawn: Sequence[tuple[str, str | None]] = ()


def outline(text: str) -> Outline:
    """The outline of a document; empty where it is no XML."""
    root = tree_of(text)
    if root is None:
        return Outline()
    stones = [(str(stone.get("ref") or "").strip(), stone.get("when")) for stone in root.iter(TOMBSTONE)]
    return Outline(ids=[_ids(item) for item in items_of(root)], withdrawn=[stone for stone in stones if stone[0]])


def items_of(root: Any) -> list[Any]:
    """The elements of a feed's items, without those that stand within another."""
    return [item for item in root.iter(*ITEMS) if next(item.iterancestors(*ITEMS), None) is None]


def named(item: Any) -> str:
    """What to call an item's element before people."""
    for child in item:
        if local_name(child) in ("title", "guid", "id") and (words := " ".join(_words(child).split())):
            return repr(words[:80])
    return "(an item without a title)"


def _ids(item: Any) -> tuple[str, ...]:
    space = str(item.tag).rpartition("}")[0]
    children = [child for child in item if isinstance(child.tag, str)]
    for name in ("guid", "id"):
        own = [f"{space}}}{name}" if space else name, name]
        if ids := tuple(words for child in children if child.tag in own and (words := _words(child))):
            return ids
    about = str(item.get(RDF_ABOUT) or "").strip()
    return (about,) if about else ()


def _words(element: Any) -> str:
    return "".join(element.itertext()).strip()
