"""JSON Lines of passages with one target each, whose tone is asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from newsig.collect.archives.articles import UNUSABLE, parse_json
from newsig.collect.archives.inflating import opened
from newsig.collect.archives.streams import UNREADABLE, lines
from newsig.errors import ReadError
from newsig.records import Failure

STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A line that asks for a tone: all that it holds, and the passage with its target, code points, half-open."""

    line: dict[str, Any]
    text: str
    start: int
    end: int


def read_passages(paths: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Asked | Failure]:
    """The lines of files, plain or with ``.gz`` or ``.zst``, or of standard input for ``-``; a failure stands for each
    that cannot be used. Blank lines are passed over."""
    for path in paths:
        place = "standard input" if path == STDIN else path
        number = 0
        try:
            with ExitStack() as stack:
                stream = (stdin or sys.stdin.buffer) if path == STDIN else stack.enter_context(opened(Path(path)))
                for number, line in enumerate(lines(stream), start=1):
                    if line is None or line.strip():
                        yield _asked(line, f"{place}:{number}")
        except UNREADABLE as error:
            yield Failure(stage="tone", place=f"{place}:{number + 1}", reason=f"cannot be read: {error}")


def _asked(line: bytes | None, place: str) -> Asked | Failure:
    try:
        if line is None:
            raise ReadError("the line is too long")
        return _checked(parse_json(line))
    except ReadError as error:
        return Failure(stage="tone", place=place, reason=str(error))


def _checked(value: object) -> Asked:
    if not isinstance(value, dict):
        raise ReadError("no passage: a JSON object with text, start and end is needed")
    text, start, end = value.get("text"), _bound(value, "start"), _bound(value, "end")
    if not isinstance(text, str) or not text.strip():
        raise ReadError("no text")
    if UNUSABLE.search(text):
        raise ReadError("the text holds half a character or U+0000, which no model can read")
    if not 0 <= start < end <= len(text):
        raise ReadError(f"start {start} and end {end} name no part of a text of {len(text)} code points")
    if not any(sign.isalnum() for sign in text[start:end]):
        raise ReadError(f"the target {text[start:end]!r}, from {start} to {end}, holds no word")
    try:
        json.dumps(value, allow_nan=False)
    except ValueError as error:
        raise ReadError("a number in it is infinite or NaN, which cannot be given back as JSON") from error
    return Asked(line=value, text=text, start=start, end=end)


def _bound(value: dict[str, Any], name: str) -> int:
    number = value.get(name)
    if not isinstance(number, int) or isinstance(number, bool):
        raise ReadError(f"{name} is {number!r}, but must be a whole number of code points")
    return number
