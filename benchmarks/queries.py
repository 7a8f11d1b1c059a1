"""How long the questions take that people ask of a database, over many parameters.

::

    python -m benchmarks.queries [--claims 10000000] DATABASE

Where there is no file DATABASE it is made first, of invented stories with that many claims in all (see
`benchmarks.invented`): ten million take some 10 GB. Then each question is asked with parameters drawn
as they come in the stories, so that what is much told of is much asked for, through the functions that the verbs use;
of a listing the first 100 rows are read. Printed are the median and the longest time of each, and the median of the
processor's own, which is the one to compare where the machine has other work.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from benchmarks.invented import FIRST_DAY, OUTCOMES, STANCES, YEARS, Archive, archive, fill
from newsig import run, store
from newsig.store.schema import rows

if TYPE_CHECKING:
    from sqlite_utils import Database

ROWS = 100
"""Rows that are read of a listing."""

ASKED = 25
"""Parameters that a question is asked with."""

ENOUGH = 15.0
"""Seconds after which a question is asked no more."""

ARTICLES = """
SELECT published, v.title FROM articles_fts AS f JOIN articles_view AS v ON v.version_id = f.rowid
WHERE articles_fts MATCH ? LIMIT ?
"""
UTC_ZONE = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Parameters:
    """What one asking is about."""

    symbol: str
    segment: str
    name: str
    house: str
    word: str
    words: str
    day: date
    story: str
    outcome: str
    stance: str

    def over(self, days: int) -> dict[str, date]:
        """The day with those that follow, so many in all."""
        return {"since": self.day, "until": self.day + timedelta(days=days - 1)}


Ask = Callable[["Database", Parameters], object]


def _rows(found: Iterator[Any]) -> object:
    return list(islice(found, ROWS))


def _claims(db: Database, **asked: Any) -> object:
    return _rows(store.claims(db, limit=ROWS, **asked))


def _verdicts(db: Database, **asked: Any) -> object:
    return _rows(store.verdicts(db, limit=ROWS, **asked))


def _quotes(db: Database, **asked: Any) -> object:
    return _rows(store.quotes(db, limit=ROWS, **asked))


QUESTIONS: dict[str, Ask] = {
    "claims": lambda db, _: _claims(db),
    "claims --symbol": lambda db, p: _claims(db, symbol=p.symbol),
    "claims --symbol, the first of all rows": lambda db, p: next(store.claims(db, symbol=p.symbol), None),
    "claims --symbol, of a day": lambda db, p: _claims(db, symbol=p.symbol, **p.over(1)),
    "claims --symbol, of a month": lambda db, p: _claims(db, symbol=p.symbol, **p.over(30)),
    "claims --symbol --since": lambda db, p: _claims(db, symbol=p.symbol, since=p.day),
    "claims --symbol --verdict": lambda db, p: _claims(db, symbol=p.symbol, verdict=p.outcome),
    "claims --symbol --as-of": lambda db, p: _claims(db, symbol=p.symbol, as_of=p.day),
    "claims --segment": lambda db, p: _claims(db, segment=p.segment),
    "claims --source, a name": lambda db, p: _claims(db, source=p.name),
    "claims --source, a firm": lambda db, p: _claims(db, source=p.house),
    "claims --verdict": lambda db, p: _claims(db, verdict=p.outcome),
    "claims, of a day": lambda db, p: _claims(db, **p.over(1)),
    "claims, of a month": lambda db, p: _claims(db, **p.over(30)),
    "claims --since": lambda db, p: _claims(db, since=p.day),
    "claims --direction --min": lambda db, _: _claims(db, direction="up", minimum=15.0),
    "claims --contains, a word": lambda db, p: _claims(db, contains=p.word),
    "claims --contains, two words": lambda db, p: _claims(db, contains=p.words),
    "claims --contains, of a month": lambda db, p: _claims(db, contains=p.word, **p.over(30)),
    "verdicts": lambda db, _: _verdicts(db),
    "verdicts --verdict": lambda db, p: _verdicts(db, outcome=p.outcome),
    "verdicts --symbol": lambda db, p: _verdicts(db, symbol=p.symbol),
    "verdicts --verdict, of a month": lambda db, p: _verdicts(db, outcome=p.outcome, **p.over(30)),
    "verdicts --since": lambda db, p: _verdicts(db, since=p.day),
    "quotes --speaker": lambda db, p: _quotes(db, speaker=p.name),
    "quotes --organisation": lambda db, p: _quotes(db, organisation=p.house),
    "quotes --about": lambda db, p: _quotes(db, about=p.symbol),
    "quotes --about, a segment": lambda db, p: _quotes(db, about=p.segment),
    "quotes --stance": lambda db, p: _quotes(db, stance=p.stance),
    "quotes --contains": lambda db, p: _quotes(db, contains=p.word),
    "quotes --since": lambda db, p: _quotes(db, since=p.day),
    "quotes, of a day": lambda db, p: _quotes(db, **p.over(1)),
    "sources": lambda db, _: _rows(store.sources(db, limit=20)),
    "sources --contains": lambda db, p: _rows(store.sources(db, contains=p.name)),
    "sources --about": lambda db, p: _rows(store.sources(db, about=p.symbol)),
    "sources --since": lambda db, p: _rows(store.sources(db, since=p.day, limit=20)),
    "articles that hold a word": lambda db, p: _rows(rows(db, ARTICLES, (p.word, ROWS))),
    "articles that hold two words": lambda db, p: _rows(rows(db, ARTICLES, (p.words, ROWS))),
    "today": lambda db, p: run.stories(db, p.day, UTC_ZONE),
    "sentiment, of a month": lambda db, p: run.tones(db, p.symbol, "day", **p.over(30)),
    "sentiment of a segment, of a month": lambda db, p: run.tones(db, p.segment, "day", **p.over(30)),
    "sentiment --by holder, of a year": lambda db, p: run.tones(db, p.symbol, "holder", **p.over(365)),
    "scorecard NAME": lambda db, p: run.scorecard(db, now=datetime.now(UTC), name=p.name),
    "scorecard, of a day": lambda db, p: run.scorecard(db, now=datetime.now(UTC), **p.over(1)),
    "conflicts --article": lambda db, p: _rows(run.conflicts(db, article=p.story)),
    "conflicts, of a day": lambda db, p: _rows(run.conflicts(db, **p.over(1))),
    "copies --article": lambda db, p: run.clusters(db, article=p.story),
    "failures": lambda db, _: _rows(run.failures(db)),
}


def parameters(made: Archive, stories: int, seed: int = 2) -> list[Parameters]:
    """What each question is asked with."""
    made.drawn.seed(seed)
    drawn, segments = made.drawn, sorted({one.segment for one in made.things if one.segment})
    people = [made.people[made.person.one()] for _ in range(ASKED)]
    return [
        Parameters(
            symbol=made.things[made.thing.one()].symbol,
            segment=drawn.choice(segments),
            name=name,
            house=house,
            word=made.words[made.word.one()],
            words=f"{made.words[made.word.one()]} {made.words[made.word.one()]}",
            day=FIRST_DAY + timedelta(days=drawn.randrange(YEARS * 365)),
            story=f"story-{drawn.randrange(stories)}",
            outcome=drawn.choice(OUTCOMES),
            stance=drawn.choice(STANCES),
        )
        for name, house in people
    ]


def measured(db: Database, asked: list[Parameters]) -> Iterator[tuple[str, list[float], list[float]]]:
    """The milliseconds of each question, and those of them that the processor worked, one figure a parameter."""
    for name, ask in QUESTIONS.items():
        taken: list[float] = []
        worked: list[float] = []
        for one in asked:
            start, started = time.perf_counter(), time.process_time()
            ask(db, one)
            taken.append(1000 * (time.perf_counter() - start))
            worked.append(1000 * (time.process_time() - started))
            if sum(taken) > 1000 * ENOUGH:
                break
        yield name, taken, worked


def main() -> None:
    """Make the database where it is not there, ask and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.queries", description=__doc__.splitlines()[0])
    parser.add_argument("database", type=Path, help="a database that this command made, or a file to be made")
    parser.add_argument("--claims", type=int, default=10_000_000, help="claims of a database to be made")
    given = parser.parse_args()
    if not given.database.exists():
        with run.open_database(given.database) as db:
            fill(db, given.claims)
    with run.read_database(given.database) as db:
        counts = {table: db.table(table).count for table in ("articles", "claims", "quotes", "sentiments")}
        print(", ".join(f"{count:,} {table}" for table, count in counts.items()), end="; ")
        print(f"{given.database.stat().st_size / 1e9:.1f} GB")
        print(f"{'question':40} {'median ms':>10} {'longest':>10} {'CPU':>8} {'asked':>6}")
        for name, taken, worked in measured(db, parameters(archive(1), counts["articles"])):
            print(
                f"{name:40} {median(taken):10.1f} {max(taken):10.1f} {median(worked):8.1f} {len(taken):6}", flush=True
            )


if __name__ == "__main__":
    main()
