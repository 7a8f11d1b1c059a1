"""The stories of one day: what moved by how much and whether it is so, who said what, and in what tone."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from newsig.records import Claim, Label, Quote, Verdict, row
from newsig.report.leads import lead
from newsig.report.tables import as_json, shown
from newsig.report.verdict_words import COMPARATORS, MARKS, REASONS, RUNGS, UNCHECKED

__all__ = ["FORMATS", "Move", "Story", "Tone", "day_bounds", "digest", "lead", "summary"]

Format = Literal["table", "markdown", "json"]
FORMATS: tuple[Format, ...] = ("table", "markdown", "json")

SUBJECT_CELLS = 28
"""The most that a subject takes of a line before the figures start."""

STATEMENT_CELLS = 220
"""Statements are cut to about three lines: the article is where to read on."""


URL_MARKS = "/:?#[]@!$&'()*+,;=%~"
"""What stands in an address as it is; all else is percent-encoded."""

_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A claim with its verdict; None where it has not been checked."""

    claim: Claim
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """How many sentences of a story speak of one target with one label."""

    target: str
    label: Label
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article and what was found in it. ``lead`` is its first sentences, as `lead` gives them; ``published`` as in
    `newsig.records.Article`. ``copies`` are the publishers of its copies that day, null where one has none: they are
    told with it, once."""

    title: str | None
    url: str | None = None
    publisher: str | None = None
    published: date | datetime | None = None
    lead: str = ""
    moves: tuple[Move, ...] = ()
    sources: tuple[Quote, ...] = ()
    tone: tuple[Tone, ...] = ()
    copies: tuple[str | None, ...] = ()


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments, in UTC, at which a day starts and ends in a zone; the second is no longer part of it.

    >>> [moment.isoformat() for moment in day_bounds(date(2024, 3, 31), ZoneInfo("Europe/Berlin"))]
    ['2024-03-30T23:00:00+00:00', '2024-03-31T22:00:00+00:00']
    """
    start, end = (datetime.combine(each, time.min, zone).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    return start, end


def digest(day: date, zone: str, stories: Sequence[Story], format: Format = "table", width: int = 80) -> str:  # noqa: A002
    """The digest of a day: all its stories in the order given, then the summary in one line.

    ``zone`` is the reader's IANA zone, which the stories' times are shown in; ``width`` the columns of the terminal
    for ``table``, which other formats ignore.
    """
    if format == "json":
        story_rows = [row(story) for story in stories]
        whole = {"day": day.isoformat(), "zone": zone, "summary": summary(stories), "stories": story_rows}
        return f"{as_json(whole, indent=2)}\n"
    if not stories:
        return f"Nothing was published on {day.day} {day:%B %Y} ({shown(zone)}).\n"
    lines = _markdown(day, zone, stories) if format == "markdown" else _page(day, zone, stories, width)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def summary(stories: Sequence[Story]) -> str:
    """One line on the verdicts of all stories, the undecided by reason.

    >>> summary([Story(title="Rally"), Story(title="Rout")])
    '2 articles, no claims.'
    """
    verdicts = [move.verdict for story in stories for move in story.moves]
    copies = sum(len(story.copies) for story in stories)
    once = f" {_copies(copies)} counted once." if copies else ""
    if not verdicts:
        return f"{_counted(len(stories), 'article')}, no claims.{once}"
    outcomes = Counter(verdict.outcome if verdict else "not checked" for verdict in verdicts)
    reasons = Counter(verdict.reason for verdict in verdicts if verdict and verdict.reason)
    because = ", ".join(
        f"{count} {reason}" for reason, count in sorted(reasons.items(), key=lambda it: (-it[1], it[0]))
    )
    parts = [f"{outcomes[name]} {name}" for name in (*MARKS, "not checked") if outcomes[name]]
    if because:
        parts = [f"{part} ({because})" if part.endswith("undecided") else part for part in parts]
    return f"{_counted(len(stories), 'article')}, {_counted(len(verdicts), 'claim')}: {', '.join(parts)}.{once}"


def _copies(number: int) -> str:
    return "1 copy" if number == 1 else f"{number} copies"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _page(day: date, zone: str, stories: Sequence[Story], width: int) -> Iterator[str]:
    heading = f"{day:%A} {day.day} {day:%B %Y} ({_line(zone)})"
    yield from (heading, "═" * min(width, len(heading)), "")
    for story in stories:
        yield from _wrapped(_line(story.title or "(no title)"), width)
        yield from _wrapped(_origin(story, zone), width)
        if story.lead:
            yield from ("", *_wrapped(_line(story.lead), width, "  "))
        for name, lines in (
            ("Moves", _moves(story, day, width)),
            ("Said", _said(story, width)),
            ("Tone", _tone(story)),
        ):
            if block := list(lines):
                yield from ("", f"  {name}", *block)
        yield from ("", "─" * width, "")
    yield from _wrapped(summary(stories), width)


def _line(text: str) -> str:
    return shown(" ".join(text.split()))


def _wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    indent = first if rest is None else rest
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)


def _origin(story: Story, zone: str) -> str:
    moment = story.published
    if isinstance(moment, datetime):
        when = f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"
    else:
        when = f"{moment.day} {moment:%B %Y}" if moment else ""
    return " · ".join(part for part in (_line(story.publisher or ""), when, _copied_by(story)) if part)


def _copied_by(story: Story) -> str:
    named = ", ".join(dict.fromkeys(_line(publisher) for publisher in story.copies if publisher))
    return f"{_copies(len(story.copies))}{f' ({named})' if named else ''}" if story.copies else ""


def _moves(story: Story, day: date, width: int) -> Iterator[str]:
    names = [_subject(move.claim) for move in story.moves]
    padded, room = _column(names)
    for name, move in zip(padded, story.moves, strict=True):
        told = " · ".join(part for part in (_figure(move.claim), _window(move, day), _because(move)) if part)
        yield from _wrapped(f"{_mark(move)} {name}  {told}", width, "    ", " " * (room + 8))
        if arithmetic := _arithmetic(move):
            yield from _wrapped(arithmetic, width, " " * 6)


def _column(names: Sequence[str]) -> tuple[list[str], int]:
    """The names filled up to one width, and that width; one that is too long for a column stays as it is."""
    from rich.cells import cell_len

    room = max((cells for cells in map(cell_len, names) if cells <= SUBJECT_CELLS), default=0)
    return [name + " " * (room - cell_len(name)) for name in names], room


def _arithmetic(move: Move) -> str:
    verdict = move.verdict
    return f"the closes say {verdict.formula}" if verdict and verdict.outcome == "refuted" and verdict.formula else ""


def _subject(claim: Claim) -> str:
    name = _line(claim.subject.text) if claim.subject else ""
    return name or claim.symbol or (claim.segment or "it").replace("_", " ")


def _figure(claim: Claim) -> str:
    hedge = f"{_line(claim.hedge)} " if claim.hedge else COMPARATORS[claim.comparator]
    # "doubled" says its direction itself.
    worded = claim.unit == "times" and not any(character.isdigit() for character in claim.text)
    return f"{'' if worded else f'{claim.direction} '}{hedge}{_line(claim.text)}"


def _window(move: Move, day: date) -> str:
    chosen = move.verdict is not None and (move.verdict.solved or move.verdict.rung == "window")
    told = move.verdict if chosen and move.verdict else move.claim
    base, end = told.base_date, told.end_date
    if base is None or end is None:
        return ""
    start = f"{base.day}" if (base.year, base.month) == (end.year, end.month) else f"{base.day} {base:%b}"
    year = f" {base.year}" if base.year not in (day.year, end.year) else ""
    return f"{start}{year} → {end.day} {end:%b}{'' if end.year == day.year else f' {end.year}'}"


def _mark(move: Move) -> str:
    return MARKS[move.verdict.outcome] if move.verdict else UNCHECKED


def _because(move: Move) -> str:
    if move.verdict is None:
        return "not checked"
    if move.verdict.outcome == "consistent":
        return RUNGS.get(move.verdict.rung or "", "")
    return REASONS.get(move.verdict.reason, shown(move.verdict.reason)) if move.verdict.reason else ""


def _voices(story: Story) -> dict[str, list[str]]:
    """The statements of each speaker, in the order of their first words."""
    voices: dict[str, list[str]] = {}
    for said in story.sources:
        parts = (said.speaker or "Somebody unnamed", said.role, said.organisation)
        who = ", ".join(dict.fromkeys(_line(part) for part in parts if part))
        voices.setdefault(who, []).append(textwrap.shorten(_line(said.text), STATEMENT_CELLS, placeholder=" …"))
    return voices


def _said(story: Story, width: int) -> Iterator[str]:
    for who, statements in _voices(story).items():
        yield from _wrapped(who, width, "    ", "      ")
        for statement in statements:
            yield from _wrapped(statement, width, "      ")


def _tones(story: Story) -> dict[str, str]:
    tones: dict[str, list[str]] = {}
    for tone in story.tone:
        tones.setdefault(_line(tone.target), []).append(f"{tone.count} {tone.label}")
    return {target: ", ".join(counts) for target, counts in tones.items()}


def _tone(story: Story) -> Iterator[str]:
    tones = _tones(story)
    for target, counts in zip(_column(list(tones))[0], tones.values(), strict=True):
        yield f"    {target}  {counts}"


def _markdown(day: date, zone: str, stories: Sequence[Story]) -> Iterator[str]:
    yield from (f"# {day:%A} {day.day} {day:%B %Y} ({_escaped(zone)})", "")
    for story in stories:
        title = _escaped(story.title or "(no title)")
        linked = f"[{title}](<{quote(story.url, safe=URL_MARKS)}>)" if story.url and _WEB.match(story.url) else title
        yield from (f"## {linked}", "")
        if origin := _origin(story, zone):
            yield from (f"*{_escaped(origin)}*", "")
        if story.lead:
            yield from (_escaped(story.lead), "")
        yield from _markdown_moves(story, day)
        if voices := _voices(story):
            yield from ("**Said**", "")
            yield from (f"- {_escaped(who)}: {_escaped(' '.join(said))}" for who, said in voices.items())
            yield ""
        if tones := _tones(story):
            yield from ("**Tone**", "", *(f"- {_escaped(target)}: {counts}" for target, counts in tones.items()), "")
    yield _escaped(summary(stories))


def _markdown_moves(story: Story, day: date) -> Iterator[str]:
    if not story.moves:
        return
    yield from ("**Moves**", "")
    for move in story.moves:
        parts = (_figure(move.claim), _window(move, day), _because(move), _arithmetic(move))
        told = " · ".join(part for part in parts if part)
        yield f"- {_mark(move)} **{_escaped(_subject(move.claim))}** {_escaped(told)}"
    yield ""


def _escaped(text: str) -> str:
    return "".join(f"\\{character}" if character in "\\`*_[]<>|#" else character for character in _line(text))
