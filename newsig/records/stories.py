"""Stories before anything was found in them, and what could not be taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from newsig.records.words import DateDoubt, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What collecting brings in, before it is read.

    ``origin`` says where it came from, for people: a feed's address, or a file with its line. Exactly one of ``text``
    (taken as given, never changed) and ``html`` (to be reduced to text) is set. ``published`` is a plain date where
    only the day is known, an aware datetime otherwise, and None where nothing is known. ``url`` is null for files.

    ``date_text`` is the date as it was written, and ``date_doubt`` says why ``published`` tells less than that, null
    where it tells all. ``updated`` is when this version of the story was made, by its own statement. ``feed`` is the
    address under which a feed was added and ``guid`` what it calls the story, both exactly as given; null elsewhere.
    ``standing`` is what the sender says of the story besides: that this corrects it, or that it is withdrawn.
    """

    origin: str
    id: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | datetime | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    text: str | None = None
    html: str | None = None
    updated: date | datetime | None = None
    date_text: str | None = None
    date_doubt: DateDoubt | None = None
    feed: str | None = None
    guid: str | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A story as plain text; ``id`` is stable from one collection to the next.

    ``published``, ``updated``, ``date_text``, ``date_doubt``, ``feed``, ``guid`` and ``standing`` are as in `Page`.

    ``dateline`` and ``credits`` are the lines that reading took out of a web page's text; a text that was given as it
    is keeps its own, and both are empty.
    """

    id: str
    text: str
    title: str | None = None
    published: date | datetime | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    origin: str | None = None
    dateline: str | None = None
    credits: tuple[str, ...] = ()
    updated: date | datetime | None = None
    date_text: str | None = None
    date_doubt: DateDoubt | None = None
    feed: str | None = None
    guid: str | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that could not be taken in, kept so that nothing is lost silently.

    ``stage`` is the step (``collect``, ``ingest``, ``process``, ``prices`` ...), ``place`` a file with its line, a
    feed or a symbol, ``reason`` one sentence for a person.
    """

    stage: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far an input was read.

    Reading goes on at ``offset``, which counts bytes, row groups or the members of an archive as the format has it;
    ``within`` of what stands there was taken already. ``number`` is that of the last line, row, record or item.
    """

    offset: int = 0
    within: int = 0
    number: int = 0
