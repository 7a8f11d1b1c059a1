"""Clusters of copies in the database: how they are found, listed, and counted once."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from newsig import run, store
from newsig.cli import copying
from newsig.records import Article
from newsig.run import Desk
from newsig.settings import Settings
from tests.test_comparing import compared, priced
from tests.test_store import in_threads
from tests.test_toning import Said, Story, filled, newsig
from tests.test_toning import rows as tones

NOON = datetime(2024, 7, 15, 12, tzinfo=UTC)

LINES = (
    "Corvane Semiconductor posted second-quarter revenue of $4.82 billion on Wednesday, 31 percent more than before.",
    "Net income rose to $1.07 billion, or $2.14 a share, from $702 million in the spring of last year.",
    "“We could have sold more if we had been able to make more,” Tobias Wrenfield told analysts on a call.",
    "A second line at the plant in Ostrava will begin production in October, three months earlier than planned.",
    "Shares of Corvane, which have gained 58 percent this year, were up 7.3 percent at $188.40 in late trade.",
)
OTHERS = (
    "Varde Fish said on Monday that warm water had killed 1.4 million of its salmon in the third quarter.",
    "It will harvest 9,000 tonnes less this year than planned, and analysts cut their estimates by 12 percent.",
    "“There is nothing that you can do about the sea,” said Sigrun Halvard, who runs the company from Bodø.",
)
WHOLE, LEAD, INSIDE = " ".join(LINES), LINES[0], " ".join(LINES[2:4])
FISH, BOTH = " ".join(OTHERS), " ".join((*LINES[:4], *OTHERS))


@dataclass(frozen=True)
class Sent:
    """A story as it arrives: ``hours`` after noon it was published, or is of unknown date; ``seen`` hours after."""

    id: str
    text: str
    hours: float | None
    seen: float = 0.0
    publisher: str = "Harbour Wire"


SENT = (
    Sent("whole", WHOLE, 0, 1),
    Sent("style", WHOLE.replace(" percent", "%").replace(" billion", "bn"), 2, 2, "Evening Ledger"),
    Sent("lead", LEAD, 3, 3, "Northern Post"),
    Sent("inside", INSIDE, 5, 5),
    Sent("fish", FISH, 4, 4),
    Sent("both", BOTH, 6, 6, "Marlstone Press"),
    Sent("late", WHOLE, 24 * 7 + 0.5, 200),
    Sent("undated", FISH, None, 9),
)
CLUSTERS = {
    "whole": ["whole", "style", "lead", "inside", "both"],
    "fish": ["fish", "both", "undated"],
}
"""Originals with all that are copies of them, themselves included: "late" came more than seven days after."""


def keep(db: Database, one: Sent) -> None:
    published = None if one.hours is None else NOON + timedelta(hours=one.hours)
    article = Article(
        id=one.id, text=one.text, title=f"On {one.id}", published=published, publisher=one.publisher, origin=one.id
    )
    store.save_article(db, article, NOON + timedelta(hours=one.seen))


def clustered(path: Path | str, sent: Iterable[Sent], *, at_once: bool = True) -> Path | str:
    with store.open_db(path) as db:
        for one in sent:
            keep(db, one)
            if not at_once:
                run.cluster(Desk(db=db))
        run.cluster(Desk(db=db))
    return path


def clusters(db: Database, **asked: Any) -> dict[str, list[str]]:
    """The articles of each cluster by its original."""
    found: dict[str, list[str]] = {}
    for row in run.clusters(db, **asked):
        found.setdefault(row["original"], []).append(row["article_id"])
    return found


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(clustered(tmp_path_factory.mktemp("copying") / "copies.db", SENT))


def listed(path: Path, *words: object) -> list[dict[str, Any]]:
    result = newsig("copies", "--db", path, *words, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


# Finding


def test_copies_are_clustered_and_the_earliest_is_the_original(path: Path) -> None:
    with store.open_db(path) as db:
        assert clusters(db) == CLUSTERS
        assert run.to_compare(db) == 0
        assert run.cluster(Desk(db=db)).counts == {}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(SENT), st.booleans())
def test_the_order_of_arrival_makes_no_difference(sent: Sequence[Sent], at_once: bool) -> None:
    with store.open_db(":memory:") as db:
        for one in sent:
            keep(db, one)
            if not at_once:
                run.cluster(Desk(db=db))
        run.cluster(Desk(db=db))
        assert clusters(db) == CLUSTERS


SAME_MOMENT = [
    ([Sent("lead", LEAD, 0, 0), Sent("whole", WHOLE, 0, 2)], "whole"),  # the longer one, though seen later
    ([Sent("b", WHOLE, 0, 2), Sent("a", WHOLE, 0, 1)], "a"),  # equally long: the one seen first
    ([Sent("b", WHOLE, None, 2), Sent("a", WHOLE, 3, 9)], "b"),  # of unknown date: where it was first seen
]


@pytest.mark.parametrize(("sent", "original"), SAME_MOMENT)
def test_of_one_moment_the_longer_one_is_the_original_then_the_one_seen_first(sent: list[Sent], original: str) -> None:
    with store.open_db(":memory:") as db:
        for one in sent:
            keep(db, one)
        run.cluster(Desk(db=db))
        assert list(clusters(db)) == [original]


def test_a_revised_story_leaves_its_cluster_and_comes_back() -> None:
    with store.open_db(":memory:") as db:
        for one in SENT:
            keep(db, one)
        run.cluster(Desk(db=db))
        style = next(one for one in SENT if one.id == "style")
        keep(db, replace(style, text="Nobody knows what chips will cost next year, said a man in the street.", seen=10))
        run.cluster(Desk(db=db))
        assert clusters(db)["whole"] == ["whole", "lead", "inside", "both"]
        keep(db, replace(style, seen=11))
        run.cluster(Desk(db=db))
        assert clusters(db) == CLUSTERS
        keep(db, replace(SENT[0], text="This story was withdrawn, and another one will follow soon.", seen=12))
        run.cluster(Desk(db=db))
        assert clusters(db)["style"] == ["style", "lead", "inside", "both", "late"]


def test_other_rules_look_at_everything_again() -> None:
    with store.open_db(":memory:") as db:
        for one in SENT:
            keep(db, one)
        run.cluster(Desk(db=db))
        before = content(db)
        with store.transaction(db):
            db.execute("UPDATE sketches SET rules = 0")
            db.execute("UPDATE copies SET words = 0.123")
        assert run.to_compare(db) == len(SENT)
        run.cluster(Desk(db=db))
        assert content(db) == before


def test_a_deleted_article_takes_its_links_along() -> None:
    with store.open_db(":memory:") as db:
        for one in SENT:
            keep(db, one)
        run.cluster(Desk(db=db))
        with store.transaction(db):
            db.execute("DELETE FROM articles WHERE id = 'whole'")
        assert clusters(db)["style"] == ["style", "lead", "inside", "both", "late"]
        assert db.execute("SELECT count(*) FROM sketch_bands WHERE version_id = 1").fetchone() == (0,)


def content(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    tables = ("sketches", "sketch_bands", "copies")
    return {table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in tables}  # noqa: S608


MANY = [
    Sent(f"{one.id}-{number}", f"{one.text} ({number})", one.hours, one.seen) for number in range(8) for one in SENT
]

KILLED = """
import os, signal, sys
from newsig import run, store

db, left = store.open_db(sys.argv[1]), int(sys.argv[2])

def count(sql):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

db.conn.set_trace_callback(count)
run.cluster(run.Desk(db=db))
"""


@pytest.mark.parametrize("statements", [1, 300, 1000])
def test_a_program_killed_while_it_looks_for_copies_is_carried_on(tmp_path: Path, statements: int) -> None:
    for name in ("killed", "whole"):
        with store.open_db(tmp_path / f"{name}.db") as db:
            for one in MANY:
                keep(db, one)
    command = [sys.executable, "-c", KILLED, str(tmp_path / "killed.db"), str(statements)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL  # noqa: S603
    contents = []
    for name in ("killed", "whole"):
        with store.open_db(tmp_path / f"{name}.db") as db:
            run.cluster(Desk(db=db))
            contents.append(content(db))
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert contents[0] == contents[1]


def test_two_programs_at_once_find_the_same(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "alone.db") as db:
        for one in MANY:
            keep(db, one)
        run.cluster(Desk(db=db))
        alone = content(db)
    compared_by: list[int] = []
    with store.open_db(tmp_path / "both.db") as db:
        for one in MANY:
            keep(db, one)

    def work(_: int) -> None:
        with store.open_db(tmp_path / "both.db") as db:
            compared_by.append(run.cluster(Desk(db=db)).counts["compared"])

    assert in_threads(2, work) == []
    assert sum(compared_by) == len(MANY)
    with store.open_db(tmp_path / "both.db") as db:
        assert content(db) == alone


def test_candidates_are_found_by_their_buckets_alone(path: Path) -> None:
    with store.open_db(path) as db:
        for one in SENT:
            keep(db, replace(one, id=f"again-{one.id}"))
        asked: list[tuple[str, Any]] = []
        with db.tracer(lambda sql, parameters: asked.append((sql, parameters))):
            run.cluster(Desk(db=db))
        near = [(sql, given) for sql, given in asked if "sketch_bands AS b" in sql]
        plans = [str(row[3]) for sql, given in near[:3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", given)]
        with store.transaction(db):
            db.execute("DELETE FROM articles WHERE id LIKE 'again-%'")
    assert "SEARCH b USING PRIMARY KEY (week=? AND bucket=?)" in plans
    assert not any(step.startswith("SCAN") for step in plans)


# Listing


def test_copies_lists_each_cluster_with_what_a_copy_has_of_it(path: Path) -> None:
    found = listed(path)
    assert list(found[0]) == list(copying.COLUMNS)
    assert [(row["original"], row["article_id"], row["copies"], row["share"]) for row in found[:3]] == [
        ("whole", "whole", 4, None),
        ("whole", "style", None, 1.0),
        ("whole", "lead", None, 1.0),
    ]
    assert (found[1]["publisher"], found[1]["published"]) == ("Evening Ledger", "2024-07-15T14:00:00+00:00")
    assert [row["article_id"] for row in listed(path, "--limit", 1)] == CLUSTERS["whole"]
    assert listed(path, "--since", "2024-07-16") == []


@pytest.mark.parametrize(
    ("article", "originals"),
    [("lead", {"whole"}), ("On both", {"whole", "fish"}), ("undated", {"fish"}), ("late", set())],
)
def test_the_cluster_of_an_article(path: Path, article: str, originals: set[str]) -> None:
    assert {row["original"] for row in listed(path, article)} == originals


def test_copies_for_readers(path: Path) -> None:
    result = newsig("copies", "--db", path)
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["story", "of", "it", "words", "published", "publisher", "title"]
    assert lines[2].split()[:2] == ["1", "original"]
    assert lines[3].split()[:2] == ["1", "100%"]
    assert lines[-1].split()[3:6] == ["(seen", "2024-07-15)", "Harbour"]
    assert result.stderr == "2 stories with 6 copies\n"
    assert newsig("copies", "--db", path, "late").stderr == "it was not copied, and copies nothing\n"


def test_what_was_not_compared_yet_is_said(tmp_path: Path) -> None:
    filled(tmp_path / "new.db", [TWO[0]])
    assert newsig("copies", "--db", tmp_path / "new.db").stderr == (
        "1 article not compared with the others yet: run `newsig process`\n"
    )


# Counted once

RISE = Said("The Russell 2000 rose by 3.5 percent to 2,263.67 points on Tuesday, its fourth gain.", 0.8, place="lead")
ROSE = replace(RISE, text="The Russell 2000 rose 3.5% to 2263.67 points on Tuesday, its 4th gain.")
CHEAP = Said("Small caps are still cheap, said Orla Quillfeather of Fenwick Row Capital in Boston.", 0.4, "small")
DEAR = Said("Small caps are dear by every measure that I know of, said Marisol Petrakind.", -0.6, "small")
CHIPS = Said("Corvane shares fell 2.8 percent to $170.65 as chipmakers were sold across the board.", -0.9, "NVDA")


def story(name: str, published: str, *said: Said, seen: str | None = None) -> Story:
    return Story(name, published, said, datetime.fromisoformat(seen or published))


TWO = (
    story("first", "2024-07-16T21:00Z", RISE, CHEAP, CHIPS),
    story("copied", "2024-07-20T09:00Z", ROSE, CHEAP, CHIPS),  # other words for the rise, and four days later
    story("other", "2024-07-20T10:00Z", DEAR),
)


def counted(path: Path, stories: Iterable[Story]) -> Path:
    filled(path, stories)
    with store.open_db(path) as db:
        run.cluster(Desk(db=db))
    return path


ONCE = "1 copy counted once: `newsig copies` lists them"


def test_the_tone_of_a_cluster_is_its_originals(tmp_path: Path) -> None:
    path = counted(tmp_path / "two.db", TWO)
    told = tones(path, "--by", "article", said=ONCE)
    assert [(row["article_id"], row["copy"]) for row in told] == [("first", False), ("copied", True), ("other", False)]
    by_day = tones(path, said=ONCE)
    assert [(row["day"], row["index"], row["articles"], row["copies"]) for row in by_day] == [
        ("2024-07-16", 0.6667, 1, 0),  # (2 · 0.8 + 0.4) / 3
        ("2024-07-20", -0.6, 1, 1),
    ]
    assert tones(path, "--since", "2024-07-17", said=ONCE) == by_day[1:]
    apart = filled(tmp_path / "apart.db", TWO)
    assert [row["copies"] for row in tones(apart)] == [0, 0]


def test_where_the_original_says_nothing_of_it_the_first_copy_that_does_counts(tmp_path: Path) -> None:
    cut = story("cut", "2024-07-16T20:00Z", replace(RISE, target="NVDA"), CHIPS)
    whole = [story(name, f"2024-07-16T{hour}:00Z", RISE, CHIPS, CHEAP) for name, hour in (("one", 21), ("two", 22))]
    told = tones(counted(tmp_path / "cut.db", [cut, *whole]), "--by", "article", said=ONCE)
    assert [(row["article_id"], row["copy"]) for row in told] == [("one", False), ("two", True)]


def test_at_one_moment_the_whole_story_counts_and_not_the_cut_one(tmp_path: Path) -> None:
    cut, whole = story("cut", "2024-07-16T21:00Z", RISE, CHIPS), story("whole", "2024-07-16T21:00Z", RISE, CHIPS, DEAR)
    path = counted(tmp_path / "moment.db", [cut, whole])
    told = {row["article_id"]: row for row in tones(path, "--by", "article", said=ONCE)}
    assert (told["cut"]["copy"], told["whole"]["sentences"]) == (True, 2)


LATE = (
    story("copied", "2024-07-16T15:00Z", ROSE, CHEAP, CHIPS),
    story("first", "2024-07-16T14:00Z", RISE, CHEAP, CHIPS, seen="2024-07-18T15:00Z"),
)


def test_a_copy_known_before_the_original_was_seen_stands_for_it(tmp_path: Path) -> None:
    """The session of the 16th stays as it was when it closed, whatever is learnt on the 18th."""
    path = priced(counted(tmp_path / "late.db", LATE))
    then = compared(path, "small_caps", "--as-of", "2024-07-17", "--until", "2024-07-17")
    now = {row["last"]: row for row in compared(path, "small_caps", "--until", "2024-07-18")}
    assert [(row["last"], row["index"], row["fresh"], row["stale"]) for row in then] == [
        ("2024-07-16", 0.6667, 1, 0),
        ("2024-07-17", None, 0, 0),
    ]
    assert now["2024-07-16"] == then[0]
    assert (now["2024-07-18"]["index"], now["2024-07-18"]["fresh"], now["2024-07-18"]["stale"]) == (None, 0, 1)
    archive = {row["last"]: row for row in compared(path, "small_caps", "--archive")}
    assert (archive["2024-07-16"]["fresh"], archive["2024-07-16"]["stale"]) == (1, 1)
    assert [row["article_id"] for row in tones(path, "--by", "article", said=ONCE) if not row["copy"]] == ["first"]


def test_compare_says_how_many_were_left_out(tmp_path: Path) -> None:
    path = priced(counted(tmp_path / "said.db", TWO))
    assert ONCE in newsig("compare", "--db", path, "small_caps").stderr.splitlines()
    assert ONCE in newsig("study", "--db", path, "small_caps", "--archive").stderr.splitlines()


def test_the_digest_tells_a_story_once(tmp_path: Path) -> None:
    stories = (*TWO, story("again", "2024-07-20T11:00Z", RISE, CHEAP, CHIPS))
    path = counted(tmp_path / "digest.db", stories)
    result = newsig("today", "--db", path, "--date", "2024-07-20", "--tz", "UTC")
    assert "On copied" in result.stdout
    assert "On again" not in result.stdout
    assert "2 articles, no claims. 1 copy counted once." in result.stdout
    told = json.loads(newsig("today", "--db", path, "--date", "2024-07-20", "--tz", "UTC", "--format", "json").stdout)
    assert [(one["title"], one["copies"]) for one in told["stories"]] == [("On copied", [None]), ("On other", [])]


def test_process_compares_whatever_brought_a_story_in(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "p.db") as db:
        for one in SENT[:2]:
            keep(db, one)
        run.process(Desk(db=db), Settings())
        assert clusters(db) == {"whole": ["whole", "style"]}
        articles = {row["article_id"] for row in store.claims(db)}
    assert articles == {"whole", "style"}  # all are kept and found
