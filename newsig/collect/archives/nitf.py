"""NITF (News Industry Text Format, IPTC) → page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsig.collect.archives.dating import stated
from newsig.collect.archives.markup import first, name_of, paragraphs, words
from newsig.collect.archives.parts import Notebook, Plan
from newsig.errors import ReadError
from newsig.furniture import people
from newsig.records import Page, Standing

if TYPE_CHECKING:
    from lxml.etree import _Element

HELD_BACK = ("embargoed", "withheld")
WITHDRAWN = ("canceled", "cancelled", "killed")


def nitf_page(root: _Element, *, origin: str, plan: Plan, notes: Notebook) -> Page:
    """The page of a ``nitf`` element.

    Raises:
        ReadError: it has no text, or its sender holds it back.
    """
    data = first(root, "head", "docdata")
    status = (data.get("management-status") or "").lower() if data is not None else ""
    if status in HELD_BACK:
        raise ReadError(f"its sender holds it back ({status})")
    issued = _norm(data, "date.issue") or _norm(data, "date.release") or _publication(root)
    date = stated(issued, latest=plan.latest)
    if date.doubt:
        notes.count(f"a date of which not all is known ({date.doubt})", f"{date.text!r}, {origin}")
    identity = None if data is None else first(data, "doc-id")
    head = first(root, "body", "body.head")
    return Page(
        origin=origin,
        id=None if identity is None else identity.get("id-string") or None,
        title=_title(root, head),
        published=date.when or plan.published,
        publisher=(words(first(head, "distributor")) or None) if head is not None else None,
        authors=byline(words(first(head, "byline"))) if head is not None else (),
        text=nitf_text(root),
        date_text=date.text,
        date_doubt=date.doubt,
        standing=_standing(status, data),
    )


def nitf_text(root: _Element) -> str:
    """The story's paragraphs, with the dateline before the first as it is printed.

    Raises:
        ReadError: there are none.
    """
    body = first(root, "body", "body.content")
    found = paragraphs(body) if body is not None else []
    if not found:
        raise ReadError("no text")
    dateline = words(first(root, "body", "body.head", "dateline")).rstrip(" -–—_")
    if dateline and not found[0].startswith(dateline):
        found[0] = f"{dateline} - {found[0]}"
    return "\n\n".join(found)


def byline(line: str) -> tuple[str, ...]:
    """Who wrote a story, by its byline.

    >>> byline("By Orla Quillfeather and Marisol Petrakind"), byline("Zoë Łukasz")
    (('Orla Quillfeather', 'Marisol Petrakind'), ('Zoë Łukasz',))
    """
    if not line:
        return ()
    return tuple(people(line) if line.lower().startswith("by ") else ()) or (line,)


def _title(root: _Element, head: _Element | None) -> str | None:
    line = first(head, "hedline", "hl1") if head is not None else None
    return words(line) or words(first(root, "head", "title")) or None


def _norm(data: _Element | None, name: str) -> str | None:
    element = first(data, name) if data is not None else None
    return None if element is None else element.get("norm") or words(element) or None


def _publication(root: _Element) -> str | None:
    element = first(root, "head", "pubdata")
    return None if element is None else element.get("date.publication")


def _standing(status: str, data: _Element | None) -> Standing | None:
    if status in WITHDRAWN:
        return "withdrawn"
    corrected = data is not None and any(name_of(child) == "correction" for child in data)
    return "corrected" if corrected else None
