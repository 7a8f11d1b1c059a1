"""The page of a day: what moved and whether it is so, who said what, tone beside prices, and what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from newsig import instruments, run
from newsig.errors import CompareError
from newsig.records import Claim, Verdict, row
from newsig.report.digest import Story, summary
from newsig.report.verdict_words import size
from newsig.serve.answering import AbsentError, Answer, Query, Site
from newsig.serve.rendering import because, link, render, window

if TYPE_CHECKING:
    from sqlite_utils import Database

MOVERS = 40
VOICES = 40
SEGMENTS = 8
NEW = 24
"""How much of each a page shows; the rest is said to be there, and a link away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A figure of a thing as the day's stories tell it: the claim of the first one, its verdict, and all of them by
    id."""

    claim: Claim
    verdict: Verdict | None
    size: str
    sessions: str
    because: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """A thing that was said to move, with the figures that were told of it."""

    name: str
    symbol: str | None
    segment: str | None
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Somebody with what was said, each statement with its article's id."""

    name: str
    about: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The tone towards a segment in the session of that day and what the index that measures it did: ``index`` from −1
    to 1 with its interval, ``change`` in percent; ``diverges`` says that the two disagree."""

    segment: str
    name: str
    symbol: str
    index: float | None
    low: float | None
    high: float | None
    change: float | None
    diverges: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """All that the page of a day tells. ``last`` is the last day before with stories, where this one has none."""

    day: date
    stories: Mapping[str, Story]
    waiting: int
    summary: str
    movers: tuple[Mover, ...]
    voices: tuple[Voice, ...]
    beside: tuple[Beside, ...]
    symbols: tuple[str, ...]
    sources: tuple[tuple[int, str], ...]
    last: date | None


def told_of(db: Database, site: Site, day: date) -> Day:
    """What there is to tell of a day.

    Raises:
        StoreError: the database could not be read.
    """
    stories, waiting = run.stories_by_article(db, day, site.reader)
    symbols, sources = run.news_of_day(db, day, site.reader) if stories else ([], [])
    return Day(
        day=day,
        stories=stories,
        waiting=waiting,
        summary=summary(list(stories.values())),
        movers=tuple(_movers(stories)),
        voices=tuple(_voices(stories)),
        beside=tuple(_beside(db, day, stories)),
        symbols=tuple(symbols),
        sources=tuple(sources),
        last=None if stories else run.last_day(db, day, site.reader),
    )


def _movers(stories: Mapping[str, Story]) -> Iterator[Mover]:
    """The things that moved, those of most stories first, each with its figures in the order in which they came."""
    things: dict[tuple[str | None, str | None, str], dict[tuple[Any, ...], list[tuple[str, Any]]]] = {}
    for article, one in stories.items():
        for move in one.moves:
            claim = move.claim
            thing = (claim.symbol, claim.segment, "" if claim.symbol or claim.segment else _subject(claim))
            window = (claim.base_date, claim.end_date, claim.modality)
            figure = (claim.direction, claim.value, claim.unit, *window)
            things.setdefault(thing, {}).setdefault(figure, []).append((article, move))
    for (symbol, segment, subject), figures in sorted(things.items(), key=lambda one: -_weight(one[1])):
        name = subject or _name(symbol, segment)
        yield Mover(name=name, symbol=symbol, segment=segment, told=tuple(map(_told, figures.values())))


def _weight(figures: Mapping[Any, Sequence[tuple[str, Any]]]) -> int:
    return len({article for told in figures.values() for article, _ in told})


def _told(told: Sequence[tuple[str, Any]]) -> Told:
    move = told[0][1]
    claim, verdict = move.claim, move.verdict
    shown = verdict if verdict and (verdict.solved or verdict.rung == "window") else claim
    return Told(
        claim=claim,
        verdict=verdict,
        size=size(row(claim)),
        sessions=window(shown.base_date, shown.end_date),
        because=because(row(verdict)) if verdict else "",
        articles=tuple(dict.fromkeys(article for article, _ in told)),
    )


def _subject(claim: Claim) -> str:
    return " ".join(claim.subject.text.split()) if claim.subject else "it"


def _name(symbol: str | None, segment: str | None) -> str:
    if symbol:
        known = instruments.instruments().get(symbol)
        return known.name if known else symbol
    part = instruments.segments().get(segment or "")
    return part.name if part else (segment or "").replace("_", " ")


def _voices(stories: Mapping[str, Story]) -> Iterator[Voice]:
    voices: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for article, one in stories.items():
        for said in one.sources:
            about = ", ".join(dict.fromkeys(part for part in (said.role, said.organisation) if part))
            voices.setdefault(said.speaker or "Somebody unnamed", (about, []))[1].append((said.text, article))
    for name, (about, statements) in voices.items():
        yield Voice(name=name, about=about, said=tuple(statements))


def _beside(db: Database, day: date, stories: Mapping[str, Story]) -> Iterator[Beside]:
    """The segments that most sentences speak of, in the day's session; none where there was no session."""
    counts: dict[str, int] = {}
    named = {part.name: part for part in instruments.segments().values() if part.proxy}
    for one in stories.values():
        for tone in one.tone:
            if tone.target in named:
                counts[tone.target] = counts.get(tone.target, 0) + tone.count
    for name in sorted(counts, key=lambda one: (-counts[one], one))[:SEGMENTS]:
        part = named[name]
        try:
            compared = run.compare(db, run.Asked(targets=(part.id,), archive=True), since=day, until=day)
        except CompareError:
            continue
        for period in run.period_rows(compared):
            change = period["return"]
            yield Beside(
                segment=part.id,
                name=name,
                symbol=str(part.proxy),
                **{key: period[key] for key in ("index", "low", "high")},
                change=change,
                diverges=bool(period["diverges"]),
            )


def today(db: Database, site: Site, rest: str, query: Query) -> Answer:  # noqa: ARG001 - every page's signature
    """The page of the readers' today."""
    return _page(db, site, datetime.now(UTC).astimezone(site.reader).date(), "Today")


def any_day(db: Database, site: Site, rest: str, query: Query) -> Answer:  # noqa: ARG001
    """The page of a day by its date."""
    try:
        day = date.fromisoformat(rest)
        day - timedelta(days=3), day + timedelta(days=3)
    except (ValueError, OverflowError):
        raise AbsentError(f"There is no day {rest!r}: write it as 2024-07-17.") from None
    return _page(db, site, day, f"{day.day} {day:%B %Y}")


def _page(db: Database, site: Site, day: date, title: str) -> Answer:
    body = render(
        "day.html",
        title=title,
        told=told_of(db, site, day),
        zone=site.zone,
        before=link("/day", day - timedelta(days=1)),
        after=link("/day", day + timedelta(days=1)),
        most={"movers": MOVERS, "voices": VOICES, "new": NEW},
    )
    return Answer(body=body)
