"""JSON Lines and JSON documents."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from newsig.collect.archives.articles import article_page, parse_json
from newsig.collect.archives.fields import Fields, value_at
from newsig.collect.archives.parts import Found, Met, Notebook, Part, failure, numbered
from newsig.collect.archives.streams import CHUNK, MAX_DOCUMENT, MAX_LINE, measured_lines, rejoined, whole
from newsig.errors import ReadError
from newsig.records import Failure, Mark, Page

LISTS = (
    *("articles", "results", "data", "items", "documents", "docs", "news", "stories", "posts", "value"),
    *("response.results", "response.docs", "hits.hits"),
)
"""Where services put the list of articles in what they answer."""

BLANK = " \t\r\n"
PIECE = 1024 * 1024


def json_lines(part: Part) -> Found:
    """An article a line. What follows the last newline is read again once more was appended."""
    stream, start = part.stream, part.start
    if part.direct and start.offset:
        stream.seek(start.offset)
        return _lines(part, stream, start)
    return _lines(part, stream, Mark(), taken=start.number)


def _lines(part: Part, stream: BinaryIO, start: Mark, taken: int = 0) -> Found:
    """The articles of lines, without the first ones, as many as were ``taken`` already."""
    offset, number = start.offset, start.number
    fields = Fields(part.plan.mapping, part.notes)
    for line, length, ended in measured_lines(stream):
        before, number = Mark(offset=offset, number=number), number + 1
        offset += length
        if number > taken and (line is None or line.removeprefix(codecs.BOM_UTF8).strip()):
            where = f"{part.place} line {number}"
            found = _line(line, where, offset - length, part, fields)
            yield Met(found=found, mark=Mark(offset=offset, number=number) if ended else before)


def _line(line: bytes | None, where: str, offset: int, part: Part, fields: Fields) -> Page | Failure:
    if line is None:
        return failure(where, f"longer than {MAX_LINE:,} bytes; it starts at byte {offset:,}")
    try:
        return page_of(parse_json(line), where, part, fields)
    except ReadError as error:
        return failure(where, str(error))


def page_of(value: object, where: str, part: Part, fields: Fields) -> Page | Failure:
    """The page of a record with any names of fields, or why there is none."""
    try:
        own = fields.of(value) if isinstance(value, Mapping) else value
        return article_page(own, origin=where, plan=part.plan, notes=part.notes)
    except ReadError as error:
        return failure(where, str(error))


def json_document(part: Part) -> Found:
    """A JSON document: an article, a list of articles of any length, what a service answers, or JSON Lines."""
    first = opening(part.stream)
    start = first.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    behind = part.stream.readline(CHUNK)
    while behind.isspace() and len(first) < MAX_LINE:  # blank lines are counted, too
        first, behind = first + behind, part.stream.readline(CHUNK)
    stream = rejoined(first + behind, part.stream)
    if start == b"{" and behind.strip() and is_json(first):
        return json_lines(replace(part, stream=stream, direct=False))
    if start == b"[":
        return numbered(listed(part, stream), part.start)
    data = whole(stream, MAX_DOCUMENT)
    second = data[len(first) :].partition(b"\n")[0].strip()
    if second.startswith(b"{") and is_json(second) and not is_json(data):  # lines, of which the first is bad
        return json_lines(replace(part, stream=rejoined(data, part.stream), direct=False))
    return numbered(records(part, parse_json(data)), part.start)


def opening(stream: BinaryIO) -> bytes:
    """The first line that is not blank, with those before it, for which lines are counted."""
    first = line = stream.readline(MAX_LINE)
    while line and not line.removeprefix(codecs.BOM_UTF8).strip() and len(first) < MAX_LINE:
        line = stream.readline(MAX_LINE)
        first += line
    return first


def is_json(data: bytes) -> bool:
    """Whether all of it is one JSON value."""
    try:
        parse_json(data)
    except ReadError:
        return False
    return True


def is_answer(value: Any, part: Part) -> bool:
    """Whether a value is what a service answers, articles in it, rather than an article."""
    try:
        return isinstance(value, Mapping) and _items(value, part) is not None
    except ReadError:
        return False


def records(part: Part, value: Any) -> Iterator[Page | Failure]:
    """The articles of a document that is one, or what a service answers."""
    fields = Fields(part.plan.mapping, part.notes)
    items = _items(value, part) if isinstance(value, Mapping) else None
    if items is None:
        yield page_of(value, part.place, part, fields)
        return
    for number, item in enumerate(items, 1):
        yield page_of(item, f"{part.place} item {number}", part, fields)


def _items(value: Mapping[str, Any], part: Part) -> list[Any] | None:
    """The list of articles in an object, where it is no article itself."""
    mapping = part.plan.mapping
    if mapping and mapping.articles:
        items = value_at(value, mapping.articles)
        if not isinstance(items, list):
            raise ReadError(f"there is no list of articles at {mapping.articles!r}, where the mapping says it is")
        return items
    try:
        Fields(mapping, Notebook()).of(value)
    except ReadError:
        lists = [one for path in LISTS if isinstance(one := value_at(value, path), list)]
        full = (one for one in lists if one and isinstance(one[0], Mapping))
        return next(full, [] if [] in lists else None)
    return None


def listed(part: Part, stream: BinaryIO) -> Iterator[Page | Failure]:
    """The articles of a document that is a list."""
    fields = Fields(part.plan.mapping, part.notes)
    number = 0
    try:
        for number, item in enumerate(_streamed(stream), 1):
            yield page_of(item, f"{part.place} item {number}", part, fields)
    except ReadError as error:
        yield failure(part.place, f"{error}; nothing behind item {number:,} was read" if number else str(error))


def _streamed(stream: BinaryIO) -> Iterator[Any]:
    """The items of a JSON list one at a time, never more in memory than the longest."""
    text = _Text(stream)
    text.skip_blanks()
    text.at += 1  # the bracket
    text.skip_blanks()
    if text.here() == "]":
        text.at += 1
    else:
        while True:
            yield text.value()
            text.skip_blanks()
            sign = text.here()
            if sign not in (",", "]"):
                raise ReadError(f"no JSON: {'it is cut short' if not sign else 'Expecting a comma'} at {text.place()}")
            text.at += 1
            if sign == "]":
                break
            text.skip_blanks()
    text.skip_blanks()
    if text.here():
        raise ReadError(f"no JSON: Extra data at {text.place()}")


class _Text:
    """The text of a stream, in a window that moves on with ``at``."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._decoder = stream, codecs.getincrementaldecoder("utf-8-sig")()
        self._window, self._passed, self._ended = "", 0, False
        self._json = json.JSONDecoder()
        self.at = 0

    def place(self) -> str:
        return f"character {self._passed + self.at + 1:,}"

    def here(self) -> str:
        if self.at >= len(self._window):
            self._more(PIECE)
        return self._window[self.at : self.at + 1]

    def skip_blanks(self) -> None:
        while (sign := self.here()) and sign in BLANK:
            self.at += 1

    def value(self) -> Any:
        wanted = PIECE
        while True:
            try:
                found, end = self._json.raw_decode(self._window, self.at)
                if end < len(self._window) or self._ended:  # else a number may go on
                    self.at = end
                    return found
            except json.JSONDecodeError as error:
                if self._ended:
                    where = f"character {self._passed + error.pos + 1:,}"
                    raise ReadError(f"no JSON: {error.msg.removesuffix(' at')} at {where}") from error
            except RecursionError as error:
                raise ReadError("no JSON that can be read: it is nested too deeply") from error
            except ValueError as error:  # an integer of thousands of digits
                raise ReadError(f"no JSON that can be read: {error}") from error
            if len(self._window) - self.at > MAX_LINE:
                raise ReadError(f"no JSON, or an item longer than {MAX_LINE:,} characters, at {self.place()}")
            self._more(wanted)
            wanted *= 2

    def _more(self, size: int) -> None:
        self._window, self._passed, self.at = self._window[self.at :], self._passed + self.at, 0
        data = self._stream.read(size)
        try:
            self._window += self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise ReadError(f"no UTF-8, behind {self.place()}: byte 0x{error.object[error.start]:02x}") from error
        self._ended = not data
