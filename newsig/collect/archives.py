"""Files and folders → pages: JSON, JSON Lines, plain text and HTML, as they are or compressed.

What cannot be read is a `Failure` that names file and line; everything else goes on. Two articles of one run may share
an id only with the same text.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from newsig.collect.decode import decode_html
from newsig.collect.documents import article_page, decoded, html_page, parse_json, text_page
from newsig.collect.streams import (
    COMPRESSED,
    MAX_DOCUMENT,
    MAX_LINE,
    UNREADABLE,
    TooLong,
    lines,
    opened,
    whole,
)
from newsig.errors import ReadError
from newsig.records import Failure, Page

STDIN = "-"
NAMED = 5
"""Files passed over in a folder that are named; the rest are counted."""

When = date | datetime | None
Found = Iterator[Page | Failure]


def read_archive(paths: Sequence[str | Path], *, published: When = None, stdin: BinaryIO | None = None) -> Found:
    """The articles of files, of the files in folders (in order of name, hidden ones passed over), and of ``-``.

    ``published`` is the date of articles that carry none; HTML may carry one inside, so that of an HTML page without
    a date is `newsig.read`'s to fill in. ``stdin`` is what ``-`` stands for, by default standard input.

    Raises:
        ReadError: there is no such file or folder. This is known before anything is read.
    """
    for path in paths:
        if str(path) != STDIN and not Path(path).exists():
            raise ReadError(f"no file or folder at {path}")
    return _distinct(chain.from_iterable(_input(path, published, stdin) for path in paths))


def _input(path: str | Path, published: When, stdin: BinaryIO | None) -> Found:
    if str(path) == STDIN:
        return _guarded("standard input", lambda: _stdin(stdin or sys.stdin.buffer, published))
    if Path(path).is_dir():
        return _folder(Path(path), published)
    return _file(Path(path), published)


def _folder(folder: Path, published: When) -> Found:
    passed_over: list[str] = []
    unlisted: list[OSError] = []
    for place, names, files in os.walk(folder, onerror=unlisted.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            path = Path(place, name)
            if _kind(path) in READERS:
                yield from _file(path, published)
            else:
                passed_over.append(str(path.relative_to(folder)))
    for error in unlisted:
        yield _failure(str(error.filename), f"cannot be listed: {error.strerror}")
    if passed_over:
        more = f" and {len(passed_over) - NAMED} more" if len(passed_over) > NAMED else ""
        listed = ", ".join(passed_over[:NAMED])
        yield _failure(str(folder), f"not read, being none of {_known()}: {listed}{more}")


def _file(path: Path, published: When) -> Found:
    reader = READERS.get(_kind(path))
    if reader is None:
        yield _failure(str(path), f"not read, being none of {_known()}")
        return

    def articles() -> Found:
        with opened(path) as stream:
            yield from reader(stream, str(path), published)

    yield from _guarded(str(path), articles)


def _kind(path: Path) -> str:
    plain = path.with_suffix("") if path.suffix.lower() in COMPRESSED else path
    return plain.suffix.lower()


def _known() -> str:
    return f"{', '.join(READERS)} (or these with {' or '.join(COMPRESSED)})"


def _guarded(place: str, articles: Callable[[], Found]) -> Found:
    """What ``articles`` gives until the input fails, then that failure."""
    taken = 0
    try:
        for found in articles():
            taken += 1
            yield found
    except (ReadError, TooLong) as error:
        yield _failure(place, str(error))
    except UNREADABLE as error:
        after = f" after {taken} articles or failures" if taken else ""
        yield _failure(place, f"cannot be read{after}: {getattr(error, 'strerror', None) or error}")


def _json_lines(stream: BinaryIO, place: str, published: When) -> Found:
    return _articles(lines(stream), place, published)


def _articles(given: Iterator[bytes | None], place: str, published: When) -> Found:
    for number, line in enumerate(given, 1):
        where = f"{place} line {number}"
        if line is None:
            yield _failure(where, f"longer than {MAX_LINE:,} bytes")
        elif line.strip():
            yield _line(line, where, published)


def _json(stream: BinaryIO, place: str, published: When) -> Found:
    yield from _document(parse_json(whole(stream, MAX_DOCUMENT)), place, published)


def _document(value: object, place: str, published: When) -> Found:
    if not isinstance(value, list):
        yield _page(value, place, published)
        return
    for number, item in enumerate(value, 1):
        yield _page(item, f"{place} item {number}", published)


def _line(line: bytes, origin: str, published: When) -> Page | Failure:
    try:
        value = parse_json(line)
    except ReadError as error:
        return _failure(origin, str(error))
    return _page(value, origin, published)


def _page(article: object, origin: str, published: When) -> Page | Failure:
    try:
        return article_page(article, origin=origin, published=published)
    except ReadError as error:
        return _failure(origin, str(error))


def _text(stream: BinaryIO, place: str, published: When) -> Found:
    yield text_page(decoded(whole(stream, MAX_LINE)), origin=place, stem=_stem(place), published=published)


def _html(stream: BinaryIO, place: str, _published: When) -> Found:
    yield html_page(decode_html(whole(stream, MAX_LINE)), origin=place, stem=_stem(place))


def _stem(place: str) -> str:
    path = Path(place)
    return (path.with_suffix("") if path.suffix.lower() in COMPRESSED else path).stem


READERS: dict[str, Callable[[BinaryIO, str, When], Found]] = {
    ".json": _json,
    ".jsonl": _json_lines,
    ".txt": _text,
    ".html": _html,
    ".htm": _html,
}
"""How a file is read, by the ending of its name before ``.gz`` or ``.zst``."""


def _stdin(stream: BinaryIO, published: When) -> Found:
    """JSON Lines where the first line is a JSON object, a JSON document where all of it is one, else plain text."""
    place = "standard input"
    first = stream.readline(MAX_LINE)
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start not in (b"{", b"["):
        text = decoded(first + whole(stream, MAX_LINE))
        yield text_page(text, origin=place, stem=None, published=published)
    elif start == b"{" and _is_json(first):
        yield from _articles(chain([first], lines(stream)), place, published)
    else:
        data = first + whole(stream, MAX_DOCUMENT)
        if start == b"[" or _is_json(data):
            yield from _document(parse_json(data), place, published)
        else:
            yield from _articles(lines(io.BytesIO(data)), place, published)


def _is_json(data: bytes) -> bool:
    try:
        parse_json(data)
    except ReadError:
        return False
    return True


def _distinct(found: Found) -> Found:
    """The same, with a failure for an article whose id an earlier one of another text has."""
    seen: dict[str, tuple[bytes, str]] = {}
    for item in found:
        if isinstance(item, Page):
            content = sha256((item.text or item.html or "").encode()).digest()
            first, origin = seen.setdefault(str(item.id), (content, item.origin))
            if first != content:
                yield _failure(item.origin, f"same id as {origin} ({item.id!r}), but another text")
                continue
        yield item


def _failure(place: str, reason: str) -> Failure:
    return Failure(stage="ingest", place=place, reason=reason)
