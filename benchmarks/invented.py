"""A database of invented stories with as many claims as are asked for, for measurements of what is stored.

Everything follows from the seed. A story has about ten claims, a few mentions and sentences of tone, and two
statements; few symbols have most of the claims and most symbols few, as have words and speakers. Stories come over
twenty years in about the order of their publication; three in a hundred were revised, and one is of unknown date.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from newsig import instruments
from newsig.store.identity import keys, plain

if TYPE_CHECKING:
    from sqlite_utils import Database

FIRST_DAY = date(2005, 1, 3)
YEARS = 20
CLAIMS_A_STORY = 10
SYMBOLS = 8_000
WORDS = 6_000
SPEAKERS = 20_000
HOUSES = 2_000
BATCH = 1_000
"""Stories that are written at a time."""

SYLLABLES = (
    "ba",
    "del",
    "fen",
    "gor",
    "hil",
    "ka",
    "lom",
    "mar",
    "nis",
    "or",
    "pet",
    "quin",
    "ra",
    "sol",
    "tum",
    "vex",
)
MOVES = (("rose", "up"), ("gained", "up"), ("fell", "down"), ("lost", "down"), ("slipped", "down"))
OUTCOMES = ("supported", "consistent", "refuted", "undecided")
OUTCOME_SHARES = (55, 9, 3, 33)
MEASURES = ("price", "level", "fundamental", "other", "streak")
MEASURE_SHARES = (60, 15, 15, 7, 3)
STANCES = ("actual", "forecast", "conditional", "hope")
STANCE_SHARES = (70, 22, 6, 2)
ROLES = ("analyst", "chief economist", "fund manager", "strategist")

TABLES = {
    "articles": "id, url, publisher, origin, first_seen",
    "article_versions": "id, article_id, version, current, run_id, published, published_utc, seen_at, content_hash, "
    "authors, title, text",
    "sketches": "version_id, rules, at, week, words",
    "mentions": 'version_id, run_id, start, "end", text, symbol, segment',
    "claims": 'id, version_id, run_id, start, "end", text, value, unit, comparator, direction, measure, modality, '
    "subject_start, subject_end, subject_text, symbol, segment, period_basis, base_date, end_date, source, "
    "source_name_id",
    "quotes": 'id, version_id, run_id, start, "end", text, kind, speaker, speaker_type, role, organisation, cue, '
    "stance, source_name_id",
    "quote_topics": "quote_id, position, symbol, segment",
    "sentiments": 'version_id, run_id, start, "end", text, target_start, target_end, target_text, label, positive, '
    "neutral, negative, symbol, segment, holder, basis",
    "source_sightings": "name_id, seen, version_id, type, role",
    "verdicts": "claim_id, outcome, rung, reason, actual, base_date, end_date, formula, price_hash, solved, windows, "
    "bars, checked_at",
    "failures": "at, stage, place, reason, run_id",
}
"""What is written of each table, in an order that foreign keys allow."""

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Thing:
    """A symbol, what stories call it, and its segment."""

    symbol: str
    name: str
    segment: str | None


class Few:
    """Draws of which few come often and most seldom, the nth one n times as seldom as the first."""

    def __init__(self, drawn: random.Random, number: int) -> None:
        self.drawn = drawn
        self.bounds = list(accumulate(1 / rank for rank in range(1, number + 1)))

    def one(self) -> int:
        """The number of what was drawn, from 0."""
        return bisect(self.bounds, self.drawn.random() * self.bounds[-1])


@dataclass(slots=True)
class Archive:
    """Whatever the stories are made of; `stories` makes them."""

    drawn: random.Random
    things: Sequence[Thing]
    words: Sequence[str]
    people: Sequence[tuple[str, str]]
    thing: Few
    word: Few
    person: Few
    next_id: dict[str, int] = field(default_factory=lambda: {"article_versions": 0, "claims": 0, "quotes": 0})

    def number(self, table: str) -> int:
        """The next row's number."""
        self.next_id[table] += 1
        return self.next_id[table]

    def filler(self, least: int, most: int) -> str:
        """Words that say nothing."""
        return " ".join(self.words[self.word.one()] for _ in range(self.drawn.randint(least, most)))


def archive(seed: int) -> Archive:
    """What an archive of that seed is made of: the packaged instruments, invented people, houses and words."""
    drawn = random.Random(seed)
    known = list(instruments.instruments().values())
    drawn.shuffle(known)
    things = [Thing(one.symbol, one.name, one.segment) for one in known[:SYMBOLS]]
    things += [Thing(f"X{n:05}", f"Invented {n}", None) for n in range(SYMBOLS - len(things))]
    words = sorted({"".join(drawn.choices(SYLLABLES, k=drawn.randint(2, 4))) for _ in range(2 * WORDS)})
    drawn.shuffle(words)
    houses = [f"{words[n].title()} {drawn.choice(('Partners', 'Capital', 'Bank'))}" for n in range(HOUSES)]
    people = [
        (f"{drawn.choice(words).title()} {drawn.choice(words).title()}", houses[drawn.randrange(HOUSES)])
        for _ in range(SPEAKERS)
    ]
    people = sorted(set(people))
    drawn.shuffle(people)
    some = (Few(drawn, number) for number in (len(things), WORDS, len(people)))
    return Archive(drawn, things, words[:WORDS], people, *some)


def fill(db: Database, claims: int, seed: int = 1) -> None:
    """Write an archive of about that many claims into an empty database, in one transaction.

    Meanwhile foreign keys are not checked, and a file that is cut off is lost; everything else is as for any writer.
    """
    made = archive(seed)
    for pragma in ("foreign_keys = OFF", "journal_mode = OFF", "synchronous = OFF", "cache_size = -2000000"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("BEGIN IMMEDIATE")
    moment = datetime.combine(FIRST_DAY, datetime.min.time(), UTC).isoformat()
    db.execute(
        "INSERT INTO runs (id, fingerprint, newsig_version, details, started_at) VALUES (1, 'invented', '0', '{}', ?)",
        (moment,),
    )
    _add_things(db, made)
    _add_people(db, made, moment)
    for rows in stories(made, max(1, claims // CLAIMS_A_STORY)):
        for table, columns in TABLES.items():
            marks = ", ".join("?" * (columns.count(",") + 1))
            db.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows[table])  # noqa: S608
    db.conn.commit()
    db.execute("PRAGMA foreign_keys = ON")
    db.enable_wal()


def _add_things(db: Database, made: Archive) -> None:
    segments = sorted({thing.segment for thing in made.things if thing.segment})
    db.conn.executemany("INSERT OR IGNORE INTO segments (id, name) VALUES (?, ?)", zip(segments, segments, strict=True))
    db.conn.executemany(
        "INSERT OR IGNORE INTO instruments (symbol, name, segment) VALUES (?, ?, ?)",
        ((thing.symbol, thing.name, thing.segment) for thing in made.things),
    )


def _add_people(db: Database, made: Archive, moment: str) -> None:
    for number, (name, house) in enumerate(made.people, start=1):
        db.execute(
            "INSERT INTO sources (id, name, type, role, organisation, first_seen, last_seen) "
            "VALUES (?, ?, 'person', 'analyst', ?, ?, ?)",
            (number, name, house, moment, moment),
        )
        db.execute(
            "INSERT INTO source_names (id, source_id, name, organisation, type, first_seen, last_seen, key, "
            "plain_name, plain_organisation) VALUES (?, ?, ?, ?, 'person', ?, ?, ?, ?, ?)",
            (number, number, name, house, moment, moment, keys(name, "person")[0], plain(name), plain(house)),
        )


def stories(made: Archive, number: int) -> Iterator[Rows]:
    """The rows of so many stories, by table, some stories at a time."""
    rows: Rows = {table: [] for table in TABLES}
    for one in range(number):
        _story(made, rows, one, one / number)
        if one % BATCH == BATCH - 1 or one == number - 1:
            yield rows
            rows = {table: [] for table in TABLES}


def _story(made: Archive, rows: Rows, number: int, at: float) -> None:
    drawn = made.drawn
    day = FIRST_DAY + timedelta(days=min(max(int(at * YEARS * 365.25) + drawn.randint(-20, 20), 0), YEARS * 365))
    moment = datetime(day.year, day.month, day.day, drawn.randrange(6, 22), drawn.randrange(60), tzinfo=UTC)
    kind = drawn.random()
    published = None if kind < 0.01 else day.isoformat() if kind < 0.04 else moment.isoformat()
    utc = published if published is None or len(published) > 10 else f"{published}T12:00:00+00:00"
    article_id = f"story-{number}"
    rows["articles"].append((article_id, None, f"Paper {drawn.randrange(40)}", None, moment.isoformat()))
    versions = 2 if drawn.random() < 0.03 else 1
    for version in range(1, versions + 1):
        version_id = made.number("article_versions")
        text = _told(made, rows, version_id, utc or moment.isoformat(), day)
        title = f"{made.filler(4, 7)} {number}"
        rows["article_versions"].append(
            (version_id, article_id, version, int(version == versions), 1, published, utc, moment.isoformat(),
             f"{version_id:064x}", "[]", title, text)
        )  # fmt: skip
        seconds = int(moment.timestamp())
        rows["sketches"].append((version_id, 1, seconds, seconds // 604_800, text.count(" ")))
    if number % 50 == 0:
        reason = f"{made.filler(2, 4)}: no text"
        rows["failures"].append((moment.isoformat(), "read", f"archive.jsonl:{number}", reason, 1))


def _told(made: Archive, rows: Rows, version_id: int, seen: str, day: date) -> str:
    """The text of a version; what is found in it goes to the rows."""
    text, heard = "", set[int]()
    for _ in range(made.drawn.randint(CLAIMS_A_STORY - 4, CLAIMS_A_STORY + 4)):
        text += _claim(made, rows, version_id, len(text), day, heard)
    for _ in range(made.drawn.randint(0, 4)):
        text += _quote(made, rows, version_id, len(text), heard)
    text += f"{made.filler(20, 60)}."
    rows["source_sightings"] += [(one, seen, version_id, "person", None) for one in sorted(heard)]
    return text


def _claim(made: Archive, rows: Rows, version_id: int, at: int, day: date, heard: set[int]) -> str:
    drawn, thing, number = made.drawn, made.things[made.thing.one()], made.number("claims")
    verb, direction = drawn.choice(MOVES)
    value = round(drawn.expovariate(0.4), 1)
    figure, source, name_id, said = f"{value} percent", None, None, ""
    if drawn.random() < 0.15:
        name_id = made.person.one() + 1
        source = made.people[name_id - 1][0]
        heard.add(name_id)
        said = f", said {source}"
    start = at + len(thing.name) + len(verb) + 2
    measure = drawn.choices(MEASURES, MEASURE_SHARES)[0]
    base, end = (day - timedelta(days=1)).isoformat(), day.isoformat()
    rows["claims"].append(
        (number, version_id, 1, start, start + len(figure), figure, value, "percent", "=", direction, measure,
         "actual", at, at + len(thing.name), thing.name, thing.symbol, thing.segment, "stated", base, end, source,
         name_id)
    )  # fmt: skip
    if drawn.random() < 0.8:
        outcome = drawn.choices(OUTCOMES, OUTCOME_SHARES)[0]
        bar = f'[{{"symbol": "{thing.symbol}", "day": "{end}", "close": {value}}}]'
        bars = "[]" if outcome == "undecided" else bar
        rows["verdicts"].append(
            (number, outcome, None, "no_prices" if outcome == "undecided" else None, value, base, end, None, None, 0,
             "[]", bars, end)
        )  # fmt: skip
    kind = drawn.random()
    if kind < 0.4:
        rows["mentions"].append((version_id, 1, at, at + len(thing.name), thing.name, thing.symbol, thing.segment))
    sentence = f"{thing.name} {verb} {figure} {made.filler(2, 8)}{said}. "
    if kind > 0.5:
        label = ("positive", "neutral", "negative")[int(kind * 1000) % 3]
        rows["sentiments"].append(
            (version_id, 1, at, at + len(sentence) - 1, sentence[:-1], at, at + len(thing.name), thing.name, label,
             0.3, 0.4, 0.3, thing.symbol, thing.segment, source, "invented")
        )  # fmt: skip
    return sentence


def _quote(made: Archive, rows: Rows, version_id: int, at: int, heard: set[int]) -> str:
    drawn, number, name_id = made.drawn, made.number("quotes"), made.person.one() + 1
    name, house = made.people[name_id - 1]
    heard.add(name_id)
    text = f"“{made.filler(6, 14)},”"
    rows["quotes"].append(
        (number, version_id, 1, at, at + len(text), text, "direct" if drawn.random() < 0.6 else "indirect", name,
         "person", drawn.choice(ROLES), house, "said", drawn.choices(STANCES, STANCE_SHARES)[0], name_id)
    )  # fmt: skip
    if drawn.random() < 0.7:
        thing = made.things[made.thing.one()]
        rows["quote_topics"].append((number, 0, thing.symbol, thing.segment))
    return f"{text} said {name} of {house}. "
