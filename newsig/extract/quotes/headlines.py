"""Statements in the manner of a headline: "Fed's Powell: rates to stay high", "Rates to stay high - analysts"."""

from __future__ import annotations

import re

from newsig.extract.quotes.cast import Cast
from newsig.extract.quotes.clauses import FEWEST_WORDS, Reading
from newsig.extract.quotes.entities import STATES
from newsig.extract.quotes.marks import QUOTE_MARKS
from newsig.extract.quotes.speaker import Speaker
from newsig.extract.quotes.vocabulary import HOUSE_GROUP, LONELY

_COLON = re.compile(r"(?P<who>[A-ZÀ-Þ][^:;,.“”\"\n]{1,60}):\s+(?P<content>\S.*)", re.DOTALL)
_DASH = re.compile(r"(?P<content>\S.{8,140}?)\s+[-–—]\s?(?P<who>[A-Za-z][^.;:“”\"\n]{2,60})")
_STOPPED = re.compile(r"[.!?…][\"'”’)\]]*$")


def headline(reading: Reading, cast: Cast) -> tuple[tuple[int, int], Speaker] | None:
    """Where the statement of a headline stands, and who makes it; None where a sentence is no such headline.

    Before a colon only a person or a group speaks, since firms and places stand there as labels; behind a dash, at the
    end of a line without a full stop, whoever is named.
    """
    sentence = reading.text[reading.start : reading.end]
    colon = _COLON.fullmatch(sentence)
    if colon is not None and colon["content"][0] not in QUOTE_MARKS and len(colon["content"].split()) >= FEWEST_WORDS:
        speaker = cast.speaker(colon["who"], reading.start)
        if speaker is not None and (speaker.kind == "person" or speaker.organisation is not None):
            return (reading.start + colon.start("content"), reading.end), speaker
    dash = _DASH.fullmatch(sentence) if not _STOPPED.search(sentence) else None
    if dash is None or len(dash["content"].split()) < FEWEST_WORDS:
        return None
    at = reading.start + dash.start("who")
    if dash["who"].lower() in LONELY:
        found: Speaker | None = Speaker(name=dash["who"], kind="unnamed", start=at, end=at + len(dash["who"]))
    else:
        found = cast.speaker(dash["who"], at) or _group(dash["who"], at)
    return ((reading.start, reading.start + dash.end("content")), found) if found is not None else None


def _group(who: str, at: int) -> Speaker | None:
    """The people of a house that nothing else in the story names: "Dollar to weaken - Larkmoor analysts"."""
    match = HOUSE_GROUP.fullmatch(who)
    if match is None or match["organisation"] in STATES:
        return None
    house, trade = match["organisation"], match["trade"]
    return Speaker(name=who, kind="unnamed", role=trade, organisation=house, start=at, end=at + len(who))
