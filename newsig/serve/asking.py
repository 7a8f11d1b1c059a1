"""The Ask page: claims and statements by what they are about, who said so, when, and what the closes say of them.

All of a question stands in its address, so that an address can be sent to somebody. CSV and JSON have the very rows
that the page shows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import urlencode

from newsig import store
from newsig.errors import ServeError
from newsig.records import Direction, Measure, Outcome, QuoteKind, Stance
from newsig.report.tables import as_json
from newsig.report.verdict_words import size
from newsig.serve.answering import Answer, Query, Site
from newsig.serve.rendering import because, link, render
from newsig.store.facets import Facets, Kind

if TYPE_CHECKING:
    from sqlite_utils import Database

ROWS = 50
"""Rows on a page."""

NAMES: Mapping[Kind, Mapping[str, str]] = {
    "claims": {name: name for name in ("symbol", "segment", "source", "verdict", "measure", "direction")},
    "statements": {"symbol": "about", "segment": "about", "source": "speaker", "stance": "stance", "form": "kind"},
}
"""What can be asked of each kind, and what the store calls it."""

ALWAYS = {"since": "since", "until": "until", "words": "contains", "before": "before"}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "verdict": get_args(Outcome),
    "measure": get_args(Measure),
    "direction": get_args(Direction),
    "stance": get_args(Stance),
    "form": get_args(QuoteKind),
}
STEERING = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: ``query`` as it stands in an address, ``given`` as the store takes it."""

    kind: Kind
    query: Mapping[str, str]
    given: Mapping[str, Any]

    def address(self, path: str = "/ask") -> str:
        """The address of this page of the question."""
        return link(path, **self.query)

    def other(self, name: str, value: str | None) -> str:
        """The address of the question with another value, or without one; it starts on its first page."""
        kept = {key: held for key, held in self.query.items() if key != "before"}
        return link("/ask", **{**kept, name: value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet with the number of rows that have it, and the address of the question with it, or without it
    where it is ``chosen``."""

    value: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The rows of a page, and ``more``, the address of the next one; ``sql`` leads to the SQL behind them."""

    question: Question
    rows: tuple[dict[str, Any], ...]
    more: str | None
    facets: Facets
    choices: Mapping[str, tuple[Choice, ...]]
    sql: str


def question(query: Query) -> Question:
    """What an address asks for; what belongs to the other kind is left out.

    Raises:
        ServeError: a value cannot be one.
    """
    asked = query.get("kind", "claims")
    if asked not in NAMES:
        raise ServeError(f"there is no kind {asked!r}: ask for claims or for statements")
    kind: Kind = "claims" if asked == "claims" else "statements"
    names = {**NAMES[kind], **ALWAYS}
    kept = {name: query[name].strip() for name in names if query.get(name, "").strip()}
    given: dict[str, Any] = {names[name]: _value(name, value) for name, value in kept.items()}
    if kind == "statements" and "symbol" in kept and "segment" in kept:
        raise ServeError("statements are about a symbol or about a segment: leave one of the two out")
    if "since" in given and "until" in given and given["since"] > given["until"]:
        raise ServeError(f"{kept['since']} is after {kept['until']}: no day is left between them")
    return Question(kind=kind, query={"kind": kind} | kept, given=given)


def _value(name: str, value: str) -> Any:
    if name in CHOICES and value not in CHOICES[name]:
        raise ServeError(f"{name} cannot be {value!r}: it is one of {', '.join(CHOICES[name])}")
    if name in ("since", "until"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ServeError(f"{value!r} is no date: write it as 2024-07-17") from None
    if name == "before":
        if not (value.isascii() and value.isdigit() and len(value) < 19):
            raise ServeError(f"there is no page before {value!r}: start again without it")
        return int(value)
    return value


def found(db: Database, site: Site, asked: Question, most: int = ROWS) -> Found:
    """The page of a question, of at most so many rows.

    Raises:
        StoreError: the database could not be read.
    """
    listing = store.claims if asked.kind == "claims" else store.quotes
    rows = list(listing(db, **asked.given, newest=True, limit=most + 1))
    more = len(rows) > most
    rows = rows[:most]
    counted = store.facets(db, asked.kind, {**asked.given, "before": None})
    return Found(
        question=asked,
        rows=tuple(rows),
        more=asked.other("before", str(rows[-1][_number(asked)])) if more else None,
        facets=counted,
        choices={name: tuple(_choices(asked, name, counted.values[name])) for name in counted.values},
        sql=_sql(db, site, asked, most),
    )


def _number(asked: Question) -> str:
    return "claim_id" if asked.kind == "claims" else "quote_id"


def _choices(asked: Question, name: str, values: Iterable[tuple[str, int]]) -> Iterable[Choice]:
    for value, count in values:
        chosen = asked.query.get(name, "").casefold() == value.casefold()
        href = asked.other(name, None if chosen else value)
        yield Choice(value=value, count=count, href=href, chosen=chosen)


def _sql(db: Database, site: Site, asked: Question, most: int) -> str:
    sql, parameters = store.statement(db, asked.kind, asked.given, most)
    return f"{link('', site.database)}?{urlencode({'sql': sql} | parameters)}"


def ask(db: Database, site: Site, ending: str, query: Query) -> Answer:
    """The page, or its rows as CSV or JSON."""
    asked = question(query)
    if not ending and any(not value.strip() for value in query.values()):  # a form sends what was left empty, too
        return Answer(body="", status=302, headers={"Location": asked.other("before", None)})
    told = found(db, site, asked)
    if ending == ".json":
        return Answer(body=as_json(told.rows, indent=2) + "\n", kind="application/json; charset=utf-8")
    if ending == ".csv":
        name = {"Content-Disposition": f'attachment; filename="newsig-{asked.kind}.csv"'}
        return Answer(body=as_csv(told.rows), kind="text/csv; charset=utf-8", headers=name)
    return Answer(
        body=render(
            "ask.html",
            title="Ask",
            found=told,
            asked=asked,
            rows=[told_row(row) for row in told.rows],
            choices_of=CHOICES,
            other=_other(asked),
            zone=site.zone,
        )
    )


def _other(asked: Question) -> str:
    """The same question to the other kind, as far as it can be put to it."""
    other: Kind = "statements" if asked.kind == "claims" else "claims"
    names = {**NAMES[other], **ALWAYS}.keys() - {"before", "kind"}
    return link("/ask", kind=other, **{name: value for name, value in asked.query.items() if name in names})


def told_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of claims or statements with what a reader wants of it besides, such as where it stands in its article."""
    if "claim_id" not in row:
        return {**row, "href": f"{link('/article', row['article_id'])}#quote-{row['quote_id']}"}
    base, last = row["base_date"], row["end_date"]
    return {
        **row,
        "href": f"{link('/article', row['article_id'])}#claim-{row['claim_id']}",
        "size": size(row),
        "sessions": f"{base} → {last}" if base and last else base or last or "",
        "because": because(row),
        "named": row["subject"] or row["symbol"] or (row["segment"] or "it").replace("_", " "),
    }


def as_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows as CSV that a spreadsheet takes for words: what it would take for a formula has an apostrophe before it.

    >>> as_csv([{"id": 1, "text": "=1+1"}])
    "id,text\\r\\n1,'=1+1\\r\\n"
    """
    told = list(rows)
    written = io.StringIO()
    writer = csv.writer(written)
    if told:
        writer.writerow(told[0])
    for row in told:
        writer.writerow(
            [f"'{cell}" if isinstance(cell, str) and cell.startswith(STEERING) else cell for cell in row.values()]
        )
    return written.getvalue()
