"""The page of an instrument or a segment: its narrative beside its price, what was claimed and what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from newsig import instruments, run, store
from newsig.errors import CompareError
from newsig.report.charts import Chart, Point
from newsig.serve.answering import AbsentError, Answer, Query, Site
from newsig.serve.asking import told_row
from newsig.serve.pictures import day_of, picture
from newsig.serve.rendering import render

if TYPE_CHECKING:
    from sqlite_utils import Database

ROWS = 20
BACK = timedelta(days=120)
"""The days before the last claim or statement that are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An instrument or a segment with its last claims and statements; ``periods`` are the sessions of the picture as
    `newsig.run.period_rows` gives them, and ``why_not`` says why there is none."""

    name: str
    asked: Mapping[str, str]
    claims: tuple[dict[str, Any], ...]
    statements: tuple[dict[str, Any], ...]
    picture: Markup
    periods: tuple[dict[str, Any], ...]
    why_not: str


def thing(db: Database, asked: Mapping[str, str]) -> Thing:
    """What there is of an instrument, asked for as ``symbol``, or of a ``segment``.

    Raises:
        AbsentError: neither is known here.
        StoreError: the database could not be read.
    """
    if not store.known(db, symbol=asked.get("symbol"), segment=asked.get("segment")):
        raise AbsentError(f"Nothing is known here as {next(iter(asked.values()))!r}.")
    (about,) = asked.values()
    claims = [told_row(one) for one in store.claims(db, **asked, newest=True, limit=ROWS)]  # type: ignore[arg-type]
    statements = [told_row(one) for one in store.quotes(db, about=about, newest=True, limit=ROWS)]
    days = [day_of(one["published"]) for one in (*claims, *statements) if one["published"]]
    shown, periods, why_not = _beside(db, about, max(days)) if days else (Markup(""), [], "nothing was said of it")
    return Thing(
        name=_name(asked),
        asked=asked,
        claims=tuple(claims),
        statements=tuple(statements),
        picture=shown,
        periods=tuple(periods),
        why_not=why_not,
    )


def _name(asked: Mapping[str, str]) -> str:
    if "symbol" in asked:
        known = instruments.instruments().get(asked["symbol"])
        return known.name if known else asked["symbol"]
    part = instruments.segments().get(asked["segment"])
    return part.name if part else asked["segment"].replace("_", " ")


def _beside(db: Database, target: str, last: date) -> tuple[Markup, list[dict[str, Any]], str]:
    """The picture up to a day, what it shows as rows, and why there is none."""
    since, until = last - min(BACK, last - date.min), last + min(timedelta(days=3), date.max - last)
    try:
        compared = run.compare(db, run.Asked(targets=(target,), archive=True), since=since, until=until)
    except CompareError as error:
        return Markup(""), [], str(error)
    points = [
        Point(
            day=one.spell.last,
            index=one.index,
            low=one.low,
            high=one.high,
            supported=one.supported,
            refuted=one.refuted,
        )
        for one in compared.periods
        if one.index is not None or one.decided
    ]
    chart = Chart(
        title=compared.target,
        index_name="Narrative index",
        price_name=f"{compared.symbol}, start = 100",
        points=points,
        prices=compared.prices,
    )
    told = [one for one in run.period_rows(compared) if one["index"] is not None]
    return picture(chart), told, "" if told else "no sentence of these days speaks of it in a tone"


def symbol(db: Database, site: Site, rest: str, query: Query) -> Answer:  # noqa: ARG001 - every page's signature
    """The page of an instrument."""
    return _page(thing(db, {"symbol": rest}), site)


def segment(db: Database, site: Site, rest: str, query: Query) -> Answer:  # noqa: ARG001
    """The page of a segment."""
    return _page(thing(db, {"segment": rest}), site)


def _page(told: Thing, site: Site) -> Answer:
    return Answer(body=render("thing.html", title=told.name, told=told, zone=site.zone))
