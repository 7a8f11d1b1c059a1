"""One record of a WARC → the page that was captured."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from hashlib import new
from io import BytesIO

from newsig.collect.archives.inflating import inflated
from newsig.collect.archives.parts import Notebook, Plan
from newsig.collect.archives.streams import MAX_LINE, UNREADABLE, TooLong, whole
from newsig.collect.decode import decode_html
from newsig.errors import ReadError
from newsig.records import Page

STORIES = ("response", "resource", "conversion")
OTHERS = ("warcinfo", "request", "metadata", "revisit", "continuation")
"""The types of records that the standard has, apart from `STORIES` (ISO 28500, section 6)."""

HTML = ("text/html", "application/xhtml+xml")
SIZE = re.compile(rb"[0-9A-Fa-f]{1,8}")
"""How the length of a chunk is written (RFC 9112, section 7.1)."""

ALGORITHMS = ("sha1", "sha256", "md5")
UNVERIFIED = "a record without a checksum: it is unverified, unless a .sha256 file stands beside the archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record: its headers by their names in small letters, and its block, None where that is too long to be held.

    ``ended`` says that the blank lines behind it are there.
    """

    headers: Mapping[str, str]
    block: bytes | None
    ended: bool


def page_of(record: Record, place: str, plan: Plan, notes: Notebook, *, checked: bool) -> Page | None:
    """The page that a record holds; None for one that is no story by its type.

    ``checked`` says that a checksum around the record was verified already.

    Raises:
        ReadError: it cannot be read, or does not fit its own checksum.
    """
    kind, url = record.headers.get("warc-type", ""), record.headers.get("warc-target-uri", "").strip("<>")
    if kind in OTHERS:
        notes.count(f"a record of type {kind}, passed over")
        return None
    if kind not in STORIES:
        raise ReadError(f"its type is {kind!r}, which no record has")
    if cut := record.headers.get("warc-truncated"):
        raise ReadError(f"the crawler cut it (WARC-Truncated: {cut}), and half a story is not taken")
    if record.block is None:
        raise ReadError(f"longer than {MAX_LINE:,} bytes")
    if not _verified(record) and not checked:
        notes.count(UNVERIFIED, place)
    body, content_type = record.block, record.headers.get("content-type", "")
    if kind == "response":
        if not content_type.lower().replace(" ", "").startswith("application/http"):
            notes.count("an answer that is not HTTP's, passed over", place)
            return None
        answer = _answer(record.block)
        if answer.status != 200:
            notes.count("an answer other than 200, passed over", f"{answer.status}, {place}")
            return None
        body, content_type = answer.body, answer.content_type
    media = content_type.partition(";")[0].strip().lower()
    if media not in (*HTML, "text/plain"):
        notes.count("a record that is neither HTML nor plain text, passed over", f"{media or 'no type'}, {place}")
        return None
    if not url.lower().startswith(("http://", "https://")):
        url = ""
    return _page(decode_html(body, content_type), media, place, url, record.headers.get("warc-date"), plan)


def _page(text: str, media: str, place: str, url: str, captured: str | None, plan: Plan) -> Page:
    if not text.strip():
        raise ReadError("no text")
    plain = media == "text/plain"
    return Page(
        origin=place,
        url=url or None,
        published=plan.published if plain else None,
        text=text.replace("\x00", "\ufffd") if plain else None,
        html=None if plain else text,
        updated=_moment(captured),
    )


def _moment(captured: str | None) -> datetime | None:
    """When a page stood as it does, by its capture: two captures of one address are two versions of its story."""
    try:
        moment = datetime.fromisoformat(captured or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _verified(record: Record) -> bool:
    """Whether the record has a digest of its block, which it then fits."""
    algorithm, _, digest = record.headers.get("warc-block-digest", "").partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in ALGORITHMS or record.block is None:
        return False
    found = new(algorithm, record.block, usedforsecurity=False)
    if digest.strip().lower() not in (found.hexdigest(), base64.b32encode(found.digest()).decode().lower()):
        raise ReadError("it does not fit its own checksum: it is damaged")
    return True


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    content_type: str
    body: bytes


def _answer(block: bytes) -> _Answer:
    """The HTTP answer that a block holds, its body unpacked."""
    head, blank, body = block.partition(b"\r\n\r\n")
    if not blank:
        head, blank, body = block.partition(b"\n\n")
    first, *lines = head.decode("latin-1").splitlines()[:1000] or [""]
    status = first.split()[1:2]
    if not first.startswith("HTTP/") or not status or not status[0].isdecimal():
        raise ReadError("it holds no HTTP answer")
    headers = Message()
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and name.strip().isascii() and name.strip():
            headers[name.strip()] = value.strip()
    if "chunked" in str(headers.get("transfer-encoding", "")).lower():
        body = _unchunked(body)
    encoding = str(headers.get("content-encoding", "identity")).strip().lower()
    return _Answer(int(status[0][:3]), str(headers.get("content-type", "")), _unpacked(body, encoding))


def _unchunked(body: bytes) -> bytes:
    """A body that was sent in chunks, as far as these go; as it is where there is none, since some crawlers undo them
    and keep the header."""
    at = 0
    pieces: list[bytes] = []
    while (line_end := body.find(b"\r\n", at, at + 100)) > 0:
        written = body[at:line_end].partition(b";")[0].strip()
        if not SIZE.fullmatch(written):
            break
        size = int(written, 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[line_end + 2 : line_end + 2 + size])
        at = line_end + 2 + size + 2
    return b"".join(pieces) if pieces else body


def _unpacked(body: bytes, encoding: str) -> bytes:
    if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        try:
            return whole(inflated(BytesIO(body), ".gz"), MAX_LINE)
        except TooLong as error:
            raise ReadError(str(error)) from error
        except UNREADABLE as error:
            raise ReadError(f"its gzip body is damaged ({error})") from error
    if encoding == "deflate":
        for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
            try:
                return _bounded(zlib.decompressobj(bits).decompress(body, MAX_LINE + 1))
            except zlib.error:
                continue
        return body
    if encoding in ("br", "zstd"):
        raise ReadError(f"it is encoded as {encoding}, which is not read")
    return body


def _bounded(body: bytes) -> bytes:
    if len(body) > MAX_LINE:
        raise ReadError(f"longer than {MAX_LINE:,} bytes")
    return body
