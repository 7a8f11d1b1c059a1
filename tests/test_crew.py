"""Worker processes that extract: order, back-pressure, and articles that spoil the process that reads them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.language import Language

from newsig import extract, run, store
from newsig.errors import ModelError, StartError
from newsig.records import Article, Failure, Findings
from newsig.run import Desk, Tally
from newsig.run.crew import AHEAD, BATCH, EXTRACT, Crew, Duty, crew
from newsig.run.processing import Crews
from newsig.settings import Settings
from tests import poison
from tests.conftest import WEDNESDAY
from tests.poison import MEMORY, POISONS, SECONDS

SETTINGS = Settings(seconds=SECONDS, memory=MEMORY, workers=2)
QUICK = Duty(begin=poison.begin, work=poison.quick)
WHOLE = Duty(modules=EXTRACT.modules, begin=EXTRACT.begin, work=poison.whole)
NO_MODEL = Duty(begin=poison.begin, work=poison.without_model)
NO_START = Duty(begin=os.abort, work=poison.quick)

NUMBERS = ("id", "version_id", "run_id", "source_name_id")

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory that is a process's own")


def article(number: int, words: str = "") -> Article:
    text = f"Apple rose {number + 1} percent on Wednesday. {words}"
    return Article(id=f"a{number}", text=text, published=WEDNESDAY, origin=f"news.jsonl line {number + 1}")


def failure(number: int, cause: str) -> Failure:
    return Failure(stage="extract", place=f"news.jsonl line {number + 1}", reason=f"article a{number}: {cause}")


@linux
def test_one_in_a_hundred_spoils_nothing_else() -> None:
    words = {7: "HANG", 8: "CRASH", 140: "HUNGER", 299: "EXIT"}
    articles = [article(number, words.get(number, "")) for number in range(400)]
    with Crew(SETTINGS, mark="f", duty=QUICK) as those:
        found = list(those.work((one.id, one) for one in articles))
    assert [key for key, _ in found] == [one.id for one in articles]
    for number, (one, (_, told)) in enumerate(zip(articles, found, strict=True)):
        if number in words:
            assert told == failure(number, POISONS[words[number]][1])
        else:
            assert isinstance(told, Findings)
            assert (told.id, told.fingerprint, [mention.start for mention in told.mentions]) == (one.id, "f", [0])


def test_failures_pass_through_in_their_places() -> None:
    lost = [Failure(stage="ingest", place=f"line {number}", reason="no text") for number in range(3)]
    items: list[tuple[int, Article | Failure]] = list(enumerate([lost[0], article(0), lost[1], article(1), lost[2]]))
    with Crew(SETTINGS, mark="f", duty=QUICK) as those:
        found = list(those.work(items))
        assert list(those.work([])) == []
        assert [told for _, told in those.work(enumerate(lost))] == lost
    assert [key for key, _ in found] == [0, 1, 2, 3, 4]
    assert [told.id if isinstance(told, Findings) else told for _, told in found] == [
        *(lost[0], "a0", lost[1], "a1", lost[2])
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_no_more_is_read_ahead_than_workers_have_use_for(workers: int) -> None:
    taken: list[int] = []

    def endless() -> Iterator[tuple[int, Article]]:
        while True:
            taken.append(len(taken))
            yield taken[-1], article(taken[-1])

    with Crew(SETTINGS, workers=workers, mark="f", duty=QUICK) as those:
        found = those.work(endless())
        for number in range(1000):
            assert next(found)[0] == number
            assert len(taken) - number <= BATCH * (AHEAD * workers + 1)
        found.close()
        assert [key for key, _ in those.work([("again", article(0))])] == ["again"]


def test_a_very_long_article_has_the_time_of_its_parts() -> None:
    many = replace(article(0, "HANG"), text="CRASH " + "a" * 250_000)
    with Crew(Settings(seconds=0.5, workers=1), mark="f", duty=QUICK) as those:
        assert those.seconds(article(1)) == 0.5
        assert those.seconds(many) == 1.5


def test_what_no_article_is_to_blame_for_ends_it() -> None:
    with pytest.raises(ModelError, match="no model for 1 articles"), Crew(SETTINGS, duty=NO_MODEL) as those:
        list(those.work([(1, article(0))]))
    with pytest.raises(StartError, match="no process to work on it"), Crew(SETTINGS, duty=NO_START) as those:
        list(those.work([(1, article(0))]))
    with pytest.raises(ModelError, match="the language model en_core_web_lg is not installed"):
        list(crew([(1, article(0))], Settings(model="en_core_web_lg")))


def test_the_number_of_workers_changes_nothing(nlp: Language) -> None:
    articles = [article(number) for number in range(4 * BATCH)]
    alone = list(extract.extract(articles, nlp, extract.fingerprint(Settings())))
    assert [found for _, found in crew(enumerate(articles), Settings(), workers=2)] == alone


# -- into a database


def stored(path: Path, articles: list[Article]) -> Path:
    with store.open_db(path) as db:
        for one in articles:
            store.save_article(db, one, WEDNESDAY)
    return path


def processed(path: Path, duty: Duty, *, retry: bool = False) -> Tally:
    with run.open_database(path) as db, Crews(duty) as crews:
        return run.process(Desk(db=db), SETTINGS, crews=crews, retry=retry)


def test_what_cannot_be_read_is_set_aside_until_it_is_asked_for(tmp_path: Path) -> None:
    path = stored(tmp_path / "n.db", [article(0), article(1, "CRASH"), article(2), article(3, "LEAVE")])
    tally = processed(path, QUICK)
    assert (tally.counts["articles"], tally.failures) == (2, 2)
    assert processed(path, QUICK) == Tally()
    assert processed(path, QUICK, retry=True).failures == 2
    with store.open_db(path) as db:
        reasons = [POISONS[word][1] for word in ("CRASH", "LEAVE")]
        told = db.query("SELECT * FROM failures ORDER BY place")
        assert [(row["place"], row["reason"], row["seen"]) for row in told] == [
            ("news.jsonl line 2", f"article a1: {reasons[0]}", 2),
            ("news.jsonl line 4", f"article a3: {reasons[1]}", 2),
        ]
        assert store.counts(db)["quarantine"] == 2
        assert [one.id for _, one in store.unprocessed(db, "another")] == ["a0", "a1", "a2", "a3"]
        db.execute("UPDATE article_versions SET text = replace(text, 'CRASH', 'now') WHERE article_id = 'a1'")
        db.conn.commit()
    assert processed(path, QUICK, retry=True).counts["articles"] == 1
    with store.open_db(path) as db:
        assert [row["version_id"] for row in db.query("SELECT * FROM quarantine")] == [4]


@linux
@pytest.mark.slow
def test_one_in_a_hundred_spoils_nothing_else_in_the_database(tmp_path: Path) -> None:
    words = {3: "HANG", 120: "CRASH", 230: "HUNGER"}
    good = [article(number) for number in range(300) if number not in words]
    mixed = [article(number, words.get(number, "")) for number in range(300)]
    found = []
    for name, articles, failures in (("good", good, 0), ("mixed", mixed, 3)):
        path = stored(tmp_path / f"{name}.db", articles)
        tally = processed(path, WHOLE)
        assert (tally.counts["articles"], tally.failures) == (297, failures)
        with store.open_db(path) as db:
            rows = db.query(
                "SELECT v.article_id, c.* FROM claims AS c, article_versions AS v WHERE v.id = c.version_id"
            )
            found.append([{name: row[name] for name in row if name not in NUMBERS} for row in rows])
            told = [row["reason"] for row in db.query("SELECT reason FROM failures ORDER BY id")]
    assert len(found[0]) >= 297
    assert found[0] == found[1]
    assert told == [f"article a{number}: {POISONS[word][1]}" for number, word in words.items()]
