"""Archives as tests need them, good and bad, made anew."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from random import Random

WORDS = ("shares", "oil", "bonds", "rose", "fell", "traders", "said", "on Monday", "after", "the bank", "cut", "rates")


def story(number: int) -> str:
    """A short text, another for every number."""
    rng = Random(number)
    return f"Story {number}: {' '.join(rng.choices(WORDS, k=12))}."


def json_lines(articles: Iterable[Mapping[str, object]]) -> bytes:
    return b"".join(json.dumps(article, ensure_ascii=False).encode() + b"\n" for article in articles)


def zipped(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 7, 18, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def record(number: int, *, kind: str = "response", body: bytes | None = None, headers: str = "") -> bytes:
    """A WARC record of a page, without any digest."""
    body = f"<html><body><p>{story(number)}</p></body></html>".encode() if body is None else body
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" if kind == "response" else b""
    media = "application/http; msgtype=response" if kind == "response" else "text/html; charset=utf-8"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2024-07-18T02:26:00Z\r\nContent-Type: {media}\r\n{headers}"
        f"Content-Length: {len(http + body)}\r\n\r\n"
    )
    return head.encode() + http + body + b"\r\n\r\n"


def warc(count: int, *, packed: bool) -> bytes:
    """A WARC of so many pages, each in a gzip member of its own where ``packed``."""
    records = (record(number) for number in range(count))
    return b"".join(gzip.compress(one, mtime=0) if packed else one for one in records)
