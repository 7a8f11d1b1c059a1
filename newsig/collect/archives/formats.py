"""How a file is read, by the ending of its name; and the failures that end the reading of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from newsig.collect.archives.inflating import COMPRESSED, inflated
from newsig.collect.archives.jsons import json_document, json_lines
from newsig.collect.archives.newsml import news_xml
from newsig.collect.archives.parquet import parquet
from newsig.collect.archives.parts import Found, Met, Part, Reader, failure
from newsig.collect.archives.streams import UNREADABLE, TooLong
from newsig.collect.archives.tables import csv_table
from newsig.collect.archives.texts import plain_text, web_page
from newsig.collect.archives.warc import warc
from newsig.errors import ReadError
from newsig.records import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its name for people, its reader, whether a file of it may grow at its end, and whether the reader
    itself undoes gzip."""

    name: str
    read: Reader
    grows: bool = False
    unpacks: bool = False


FORMATS: dict[str, Format] = {
    ".json": Format(name="JSON", read=json_document),
    ".jsonl": Format(name="JSON Lines", read=json_lines, grows=True),
    ".ndjson": Format(name="JSON Lines", read=json_lines, grows=True),
    ".txt": Format(name="text", read=plain_text),
    ".html": Format(name="HTML", read=web_page),
    ".htm": Format(name="HTML", read=web_page),
    ".csv": Format(name="CSV", read=csv_table),
    ".tsv": Format(name="CSV", read=csv_table),
    ".parquet": Format(name="Parquet", read=parquet),
    ".warc": Format(name="WARC", read=warc, grows=True, unpacks=True),
    ".wet": Format(name="WARC", read=warc, grows=True, unpacks=True),
    ".xml": Format(name="NewsML-G2 or NITF", read=news_xml),
    ".nitf": Format(name="NewsML-G2 or NITF", read=news_xml),
}
"""Formats by the ending of a file's name before that of its compression."""


def ending(name: str) -> tuple[str, str]:
    """The ending that tells a file's format, and that of its compression.

    >>> ending("News.JSONL.gz"), ending("page.htm"), ending("README")
    (('.jsonl', '.gz'), ('.htm', ''), ('', ''))
    """
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes[-2:]]
    packed = suffixes.pop() if suffixes and suffixes[-1] in COMPRESSED else ""
    return suffixes[-1] if suffixes else "", packed


def format_of(name: str) -> Format | None:
    """How a file of this name is read; None where nobody knows."""
    return FORMATS.get(ending(name)[0])


def read_part(part: Part) -> Found:
    """The articles of a file or member, decompressed where its name says so."""
    kind, packed = ending(part.name)
    known = FORMATS[kind]
    if packed and not (known.unpacks and packed == ".gz"):
        part = replace(part, stream=inflated(part.stream, packed), direct=False)
    return known.read(part)


def guarded(place: str, articles: Callable[[], Found]) -> Found:
    """What ``articles`` gives until the input fails, then that failure."""
    taken, mark = 0, Mark()
    try:
        for met in articles():
            taken, mark = taken + 1, met.mark
            yield met
    except (ReadError, TooLong) as error:
        yield Met(found=failure(place, str(error)), mark=mark)
    except UNREADABLE as error:
        after = f" after {taken:,} articles or failures" if taken else ""
        reason = f"cannot be read{after}: {getattr(error, 'strerror', None) or error}"
        broken = isinstance(error, OSError) and error.errno is not None
        yield Met(found=failure(place, reason), mark=mark, broken=broken)
