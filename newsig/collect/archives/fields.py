"""Which fields of a foreign record hold what: by the user's mapping, else by the names that data sets use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import Any

from newsig.collect.archives.mapping import EXAMPLE, Mapping
from newsig.collect.archives.parts import Notebook, named
from newsig.errors import ReadError

NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "guid", "articleid", "newsid", "storyid", "docid", "uuid", "uri"),
    "text": (
        *("text", "maintext", "articlebody", "bodytext", "fulltext", "articletext", "storytext", "newstext", "body"),
        *("articlecontent", "newscontent", "fullcontent", "content.rendered", "content", "article", "story"),
        *("plaintext", "cleantext", "cleanedtext", "contenttext"),
    ),
    "html": ("html", "bodyhtml", "contenthtml", "rawhtml", "htmlbody", "pagehtml"),
    "title": (
        *("title", "headline", "hedline", "heading", "articletitle", "newstitle", "newsheadline", "webtitle"),
        *("title.rendered", "headline.main", "headlinetext", "titlepage"),
    ),
    "published": (
        *("published", "publishedat", "publishedutc", "datepublished", "datepublish", "publishdate", "publisheddate"),
        *("pubdate", "publicationdate", "publishdatetime", "webpublicationdate", "versioncreated", "firstcreated"),
        *("dategmt", "datetime", "date", "timestamp", "seendate", "publishtime", "time", "createdat", "released"),
    ),
    "updated": ("updated", "updatedat", "datemodified", "datemodify", "modified", "lastmodified", "modifiedgmt"),
    "url": ("url", "link", "articleurl", "newsurl", "weburl", "canonicalurl", "storyurl"),
    "publisher": (
        *("publisher", "publisher.name", "source.name", "source.title", "source", "sourcename", "sitename"),
        *("publication", "outlet", "newspaper", "provider", "provider.name", "sourcedomain", "domain", "sitedomain"),
    ),
    "authors": ("authors", "author", "author.name", "byline", "byline.original", "bylines", "creator", "writer"),
    "standing": ("standing",),
}
"""For each target the names that hold it, the surest first, without blanks, underscores and hyphens."""

HOLDERS = ("article", "story", "data", "document", "doc", "fields", "item", "source", "post")
"""Objects that hold the article's fields one level down, as those of search engines and services do; ``source`` only
as ``_source``."""

MARKS = re.compile(r"[\s_-]+")
MARKUP = re.compile(r"</p>|<p[\s>]|<br\s*/?>|</div>|<html[\s>]", re.IGNORECASE)
SHAPES = 1000
"""Shapes of records that are remembered."""


@dataclass(slots=True)
class Fields:
    """Turns foreign records into records with newsig's own names, remembering the shapes that it met."""

    mapping: Mapping | None
    notes: Notebook
    _shapes: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = field(default_factory=dict)

    def of(self, record: AnyMapping[str, Any]) -> dict[str, Any]:
        """The record with newsig's names, and ``utc`` where a date's field says that it is in UTC.

        Raises:
            ReadError: no field is known to hold a text.
        """
        names = tuple(_flat(record))
        sources = self._shapes.get(names)
        if sources is None:
            sources = self.sources(names)
            if len(self._shapes) < SHAPES:
                self._shapes[names] = sources
        return _joined(record, sources, self.mapping) if self.mapping else _first(record, sources)

    def sources(self, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """For each target the fields that hold it, as noted in the notebook.

        Raises:
            ReadError: none is known to hold a text; the sentence names the fields there are.
        """
        sources = dict(self.mapping.fields) if self.mapping else _recognised(names)
        held = [name for name in ("text", "html") for source in sources.get(name, ()) if _has(names, source)]
        if not held:
            raise ReadError(_no_text(names, self.mapping))
        used = {source for found in sources.values() for source in found}
        for name in names:
            if name not in used and not any(name.startswith(f"{source}.") for source in used):
                self.notes.leave_out(name)
        for target, found in sources.items():
            self.notes.fields.setdefault(target, " and ".join(found) if self.mapping else found[0])
        return sources


def is_absent(value: Any) -> bool:
    """Whether a field holds nothing; tables write that as a number that is none, too.

    >>> is_absent(None), is_absent(""), is_absent(float("nan")), is_absent(0)
    (True, True, True, False)
    """
    return value is None or value in ("", []) or bool(value != value)  # only NaN and NaT differ from themselves


def value_at(record: Any, path: str) -> Any:
    """What stands at a dotted path; of a list, what stands there in each of its items."""
    if isinstance(record, AnyMapping):
        if path in record:
            return record[path]
        name, _, rest = path.partition(".")
        return value_at(record[name], rest) if rest and name in record else None
    if isinstance(record, list):
        return [found for item in record if (found := value_at(item, path)) is not None] or None
    return None


def _flat(record: AnyMapping[str, Any]) -> Iterator[str]:
    """The names of a record's fields, those of objects in it one level down with a dot between."""
    for name, value in record.items():
        if isinstance(value, AnyMapping) and value:
            yield from (f"{name}.{inner}" for inner in value)
        else:
            yield str(name)


def _recognised(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(_plain(name), name)
    for name in names:
        holder, _, inner = _plain(name).partition(".")
        if inner and holder in HOLDERS and (holder != "source" or name.startswith("_")):
            plain.setdefault(inner, name)
    found: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for target, known in NAMES.items():
        sources = tuple(plain[name] for name in known if name in plain and plain[name] not in taken)
        if sources:
            found[target] = sources
            taken.update(sources)
    return found


def _plain(name: str) -> str:
    return MARKS.sub("", name.casefold())


def _has(names: tuple[str, ...], path: str) -> bool:
    return any(name == path or path.startswith(f"{name}.") or name.startswith(f"{path}.") for name in names)


def _first(record: AnyMapping[str, Any], sources: AnyMapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """For each target the first of its fields that holds something."""
    own: dict[str, Any] = {}
    for target, names in sources.items():
        for name in names:
            value = value_at(record, name)
            if is_absent(value):
                continue
            if target == "text" and name != "text":
                target, value = _told_apart(value)
            own.setdefault(target, value)
            if target == "published" and _plain(name).endswith(("utc", "gmt")):
                own["utc"] = True
            break
    return own


def _told_apart(value: Any) -> tuple[str, Any]:
    """A foreign text, with the name that tells whether it is HTML."""
    if isinstance(value, list) and all(isinstance(piece, str) for piece in value):
        value = "\n\n".join(value)
    return ("html", value) if isinstance(value, str) and MARKUP.search(value) else ("text", value)


def _joined(
    record: AnyMapping[str, Any], sources: AnyMapping[str, tuple[str, ...]], mapping: Mapping
) -> dict[str, Any]:
    """For each target the values of all its fields, joined where there are several."""
    own: dict[str, Any] = dict(mapping.constants)
    for target, names in sources.items():
        found = [value for name in names if not is_absent(value := value_at(record, name))]
        if target != "authors":
            found = [piece for value in found for piece in (value if isinstance(value, list) else [value])]
        if not found:
            continue
        if target == "authors":
            own[target] = [name for value in found for name in (value if isinstance(value, list) else [value])]
        elif len(found) == 1 or target not in ("text", "html", "title"):
            own[target] = found[0]
        else:
            own[target] = ("\n\n" if target != "title" else " ").join(map(str, found))
    return own


def _no_text(names: tuple[str, ...], mapping: Mapping | None) -> str:
    if not names:
        return "no text: it has no fields"
    if mapping:
        wanted = ", ".join(mapping.fields.get("text", ()) + mapping.fields.get("html", ()))
        return f"no text: the mapping names {wanted}, but the fields are {named(list(names))}"
    return (
        f"no text: none of its fields ({named(list(names))}) is known to hold one; say which does in a file, such as "
        f"{EXAMPLE}, and give that with --mapping"
    )
