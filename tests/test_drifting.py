"""`newsig drift` and `newsig conflicts` on small databases."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newsig import run, store
from newsig.cli import drifting, main
from newsig.compare.copies import Telling
from newsig.records import Article, Findings
from tests.test_drift import COPY, FIRST, SECOND, SECOND_CORRECTION, Quoted, Stated, composed, telling

SEEN = datetime(2024, 7, 17, 22, tzinfo=UTC)
ENVIRON = dict.fromkeys(("NEWSIG_DB", "NEWSIG_CONFIG", "NEWSIG_DEBUG", "NEWSIG_INSTRUMENTS")) | {"COLUMNS": "200"}
DOW = Stated("Dow", "^DJI", "up", "0.6 percent", 0.6, "on Wednesday")


def newsig(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], env=ENVIRON)
    assert "Traceback" not in result.output
    return result


def article(id: str, told: Telling, title: str, publisher: str = "Harbour Wire") -> Article:  # noqa: A002
    published = told.findings.published
    return Article(id=id, text=told.text, title=title, published=published, publisher=publisher)


def filled(path: Path, stored: Iterable[tuple[Article, Telling, str]], hours: int = 0) -> Path:
    """A database of these articles with what was found in them, each under a fingerprint, seen hour by hour."""
    with store.open_db(path) as db:
        for number, (told, found, mark) in enumerate(stored):
            run = store.start_run(db, mark, {}, SEEN)
            saved = store.save_article(db, told, SEEN + timedelta(hours=number + hours))
            findings = replace(found.findings, id=told.id, fingerprint=mark, title=told.title)
            assert store.save_findings(db, saved.version_id, findings, run)
    return path


def day(number: int, told: Telling) -> Telling:
    return replace(told, findings=replace(told.findings, published=date(2024, 7, number)))


OTHER = telling("The Dow rose 0.6 percent on Wednesday, and nobody knew why.", [DOW], published=date(2024, 7, 17))
STORIES = (
    (article("kettles", FIRST, "Kettles cool"), FIRST, "rules-1"),
    (article("kettles", SECOND, "Kettles cool as tea rises"), SECOND, "rules-1"),
    (article("courier", COPY, "Nobody wants kettles", "Millbrook Courier"), COPY, "rules-1"),
    (article("other", OTHER, "Dow up, kettles down"), OTHER, "rules-1"),
    (article("late", day(26, FIRST), "Kettles cool again"), day(26, FIRST), "rules-1"),
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("drifting") / "drifting.db", STORIES)


def rows(db: Path, *words: object) -> list[dict[str, Any]]:
    result = newsig("drift", "--db", db, *words, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


KINDS = {
    "kettles": ["hedge", "name", "number"],
    "courier": ["added", "added", "dropped", "dropped", "period", "quote", "speaker"],
}


@pytest.mark.parametrize("story", ["kettles", "KETTLES cool as"])
def test_versions_and_copies_are_held_against_the_earliest(db: Path, story: str) -> None:
    told = rows(db, story)
    assert list(told[0]) == list(drifting.DRIFT_COLUMNS)
    assert {(row["before_article"], row["before_version"]) for row in told} == {("kettles", 1)}
    assert {(row["after_article"], row["after_version"]) for row in told} == {("kettles", 2), ("courier", 1)}
    for after, kinds in KINDS.items():
        assert sorted(row["kind"] for row in told if row["after_article"] == after) == kinds


def test_a_row_points_at_its_words_and_at_the_correction(db: Path) -> None:
    first = rows(db, "kettles")[0]
    assert (first["before"], first["after"], first["correction"]) == ("12.5 percent", "12.7 percent", SECOND_CORRECTION)
    assert FIRST.text[first["before_start"] : first["before_end"]] == first["before"]
    assert SECOND.text[first["after_start"] : first["after_end"]] == first["after"]
    (dropped, *_) = [row for row in rows(db, "kettles") if row["kind"] == "dropped"]
    assert (dropped["after"], dropped["after_start"], dropped["after_publisher"]) == (None, None, "Millbrook Courier")


def test_a_copy_finds_the_present_version_of_what_it_copied(db: Path) -> None:
    told = rows(db, "nobody WANTS")
    assert {(row["before_article"], row["before_version"]) for row in told} == {("kettles", 2)}
    assert {row["after_article"] for row in told} == {"courier"}


LIKENESS = "passages: 41% of its words, 3 figures in common"


def test_the_texts_are_named_on_standard_error(db: Path) -> None:
    result = newsig("drift", "--db", db, "kettles")
    assert result.stderr.splitlines() == [
        "1. kettles, version 1, Harbour Wire, 2024-07-17T21:00:00+00:00",
        "2. kettles, version 2, Harbour Wire, 2024-07-17T22:00:00+00:00",
        f"3. courier, version 1, Millbrook Courier, 2024-07-18T06:00:00+00:00, {LIKENESS}",
    ]
    table = result.stdout.splitlines()
    assert table[0].split() == ["text", "kind", "before", "after", "detail", "corrected"]
    assert table[2].split()[:3] == ["2", "number", "12.5"]
    assert table[2].split()[-1] == "yes"
    assert len(table) == 2 + 10


def test_long_statements_are_cut_for_readers_only(tmp_path: Path) -> None:
    words = "“" + "Nobody boils water in the evening any more. " * 3 + "”"
    long = telling(f"{FIRST.text}\n{words} said Hettie Larkspurn.", quotes=[Quoted(words, "Hettie Larkspurn")])
    stored = [(article("one", told, "Long", str(place)), told, "rules-1") for place, told in enumerate((FIRST, long))]
    path = filled(
        tmp_path / "long.db", [stored[0], (replace(stored[1][0], published=date(2024, 7, 18)), *stored[1][1:])]
    )
    added = [row["after"] for row in rows(path, "Long") if row["kind"] == "added"]
    assert added == [words]
    assert f"{words[:59]}…" in newsig("drift", "--db", path, "Long").stdout


@pytest.mark.parametrize("format_", ["table", "json", "jsonl", "csv", "markdown"])
def test_a_story_told_once_has_no_changes(db: Path, format_: str) -> None:
    result = newsig("drift", "--db", db, "other", "--format", format_)
    assert result.exit_code == 0
    assert "there is nothing to compare it with" in result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == "No changes." if format_ == "table" else len(lines) <= 2


def test_a_copy_of_other_days_is_told_anew(db: Path) -> None:
    assert rows(db, "late") == []


def test_a_faithful_copy_has_no_changes(tmp_path: Path) -> None:
    copied = article("copied", FIRST, "Kettles", "Millbrook Courier")
    result = newsig("drift", "--db", filled(tmp_path / "same.db", [STORIES[0], (copied, FIRST, "rules-1")]), "copied")
    assert (result.exit_code, result.stdout) == (0, "No changes.\n")
    assert "copy: 100% of its words, 4 figures in common" in result.stderr


ERRORS = [
    ("nowhere", "no story has the id 'nowhere', or these words in its title: give other words, or an id"),
    ("kettles cool a", "'kettles cool a' is in the titles of 2 stories, give the id of one: kettles (Kettles cool as"),
    ("kettles cool a", "as tea rises); late (Kettles cool again)"),
    (" ", "it is empty"),
]


@pytest.mark.parametrize(("story", "sentence"), ERRORS)
def test_what_cannot_be_found_is_said(db: Path, story: str, sentence: str) -> None:
    result = newsig("drift", "--db", db, story)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


def test_many_matches_are_not_all_named(tmp_path: Path) -> None:
    many = [(article(f"n{number}", OTHER, f"Dow up {number}"), OTHER, "rules-1") for number in range(12)]
    result = newsig("drift", "--db", filled(tmp_path / "many.db", many), "dow")
    assert "is in the titles of 12 stories" in result.stderr
    assert result.stderr.rstrip().endswith("n9 (Dow up 9); and 2 more")


def test_the_whole_title_means_one_story(tmp_path: Path) -> None:
    two = [(article("one", FIRST, "Kettles"), FIRST, "r"), (article("two", OTHER, "Kettles again"), OTHER, "r")]
    result = newsig("drift", "--db", filled(tmp_path / "titles.db", two), "KETTLES")
    assert result.exit_code == 0
    assert "1. one, version 1" in result.stderr


def test_a_story_that_waits_is_said(tmp_path: Path) -> None:
    path = filled(tmp_path / "waits.db", STORIES[:1])
    with store.open_db(path) as opened:
        store.save_article(opened, article("new", SECOND, "New"), SEEN)
    result = newsig("drift", "--db", path, "new")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "article 'new' was not processed yet: run `newsig process` first" in result.stderr


def test_a_correction_that_reading_took_out_of_the_page_counts(tmp_path: Path) -> None:
    bare = telling(
        "Kettlewell shares fell 12.7 percent on Tuesday after the kettle maker cut its outlook.",
        [Stated("Kettlewell shares", "KTTL", "down", "12.7 percent", 12.7, "on Tuesday")],
        published=datetime(2024, 7, 18, tzinfo=UTC),
    )
    line = "(Corrects Kettlewell's loss to 12.7 percent)"
    page = replace(article("kettles", bare, "Kettles cool"), credits=(line, "Editing by Percy Quillfeather"))
    path = filled(tmp_path / "page.db", [STORIES[0], (page, bare, "rules-1")])
    (number,) = [row for row in rows(path, "kettles") if row["kind"] == "number"]
    assert number["correction"] == line


def test_texts_of_different_rules_are_read_anew_and_left_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "rules.db"
    text = "NEW YORK (Harbour Wire) - The Russell 2000 fell {} percent on Wednesday as banks and chipmakers slid."
    first, second = (replace(article("one", OTHER, "Caps"), text=text.format(size)) for size in ("1.1", "1.4"))
    with store.open_db(path) as opened:
        store.save_article(opened, first, SEEN)
        saved = store.save_article(opened, second, SEEN + timedelta(hours=1))
        run = store.start_run(opened, "rules-1", {}, SEEN)
        store.save_findings(opened, saved.version_id, Findings(id="one", fingerprint="rules-1"), run)
    (change,) = rows(path, "one")
    assert (change["kind"], change["before"], change["after"]) == ("number", "1.1 percent", "1.4 percent")
    with store.open_db(path) as opened:
        assert store.findings_of(opened, saved.version_id).claims == ()


def test_copies_are_looked_for_by_an_index(db: Path) -> None:
    with store.open_db(db) as opened:
        (*_, current) = store.versions_of(opened, "kettles")
        asked: list[tuple[str, Any]] = []
        with opened.tracer(lambda sql, parameters: asked.append((sql, parameters))):
            assert [one.article.id for one in store.may_be_copies(opened, current)] == ["other", "courier"]
        plans = [str(row[3]) for sql, given in asked for row in opened.execute(f"EXPLAIN QUERY PLAN {sql}", given)]
    assert any("versions_by_published" in step for step in plans)
    assert not any(step.startswith(("SCAN v", "SCAN m", "SCAN q")) for step in plans)


# Conflicts

FELL_TWICE = composed([0, 12, 1])
CONTRADICTED = (
    (article("twice", FELL_TWICE, "Falls"), day(17, FELL_TWICE), "rules-1"),
    (article("once", FIRST, "Kettles cool"), FIRST, "rules-1"),
    (article("later", FELL_TWICE, "Falls again"), day(19, FELL_TWICE), "rules-1"),
)


@pytest.fixture(scope="module")
def contradicted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    stored = [(replace(told, published=found.findings.published), found, mark) for told, found, mark in CONTRADICTED]
    return filled(tmp_path_factory.mktemp("conflicts") / "conflicts.db", stored)


def conflicts(db: Path, *words: object) -> list[dict[str, Any]]:
    result = newsig("conflicts", "--db", db, *words, "--format", "jsonl")
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


ASKED = [
    ((), ["twice", "later"]),
    (("--article", "twice"), ["twice"]),
    (("--article", "kettles"), []),
    (("--article", "AGAIN"), ["later"]),
    (("--since", "2024-07-18"), ["later"]),
    (("--until", "2024-07-18"), ["twice"]),
    (("--limit", "1"), ["twice"]),
]


@pytest.mark.parametrize(("words", "articles"), ASKED, ids=lambda value: " ".join(value))
def test_conflicts_are_asked_for(contradicted: Path, words: tuple[str, ...], articles: list[str]) -> None:
    told = conflicts(contradicted, *words)
    assert [row["article_id"] for row in told] == articles
    assert {row["reason"] for row in told} <= {
        "down 1.1 percent and down 1.4 percent from the close of 2024-07-16 to 2024-07-17"
    }


def test_a_conflict_gives_the_words_of_both_claims(contradicted: Path) -> None:
    (told,) = conflicts(contradicted, "--article", "twice")
    assert list(told) == list(drifting.CONFLICT_COLUMNS)
    assert (told["kind"], told["symbol"], told["published"]) == ("figures", "^RUT", "2024-07-17")
    assert [claim["text"] for claim in told["claims"]] == ["1.1 percent", "1.4 percent"]
    for claim in told["claims"]:
        assert FELL_TWICE.text[claim["start"] : claim["end"]] == claim["text"]
        assert f"The Russell 2000 fell {claim['text']} on Wednesday." in claim["context"]
    table = newsig("conflicts", "--db", contradicted, "--article", "twice").stdout.splitlines()
    assert table[0].split() == ["article_id", "kind", "symbol", "reason", "words", "copies"]


def test_what_a_copy_repeats_is_told_once(tmp_path: Path) -> None:
    stored = [
        (article("twice", FELL_TWICE, "Falls"), FELL_TWICE, "rules-1"),
        (article("copied", FELL_TWICE, "It falls"), FELL_TWICE, "rules-1"),
        (article("later", FELL_TWICE, "Falls again"), day(26, FELL_TWICE), "rules-1"),
    ]
    dated = [(replace(told, published=found.findings.published), found, mark) for told, found, mark in stored]
    path = filled(tmp_path / "repeated.db", dated)
    assert [row["copies"] for row in conflicts(path)] == [0, 0, 0]
    with store.open_db(path) as db:
        run.cluster(run.Desk(db=db))
    assert [(row["article_id"], row["copies"]) for row in conflicts(path)] == [("twice", 1), ("later", 0)]
    assert [row["article_id"] for row in conflicts(path, "--article", "copied")] == ["copied"]


def test_no_conflicts_are_nothing_found(contradicted: Path) -> None:
    result = newsig("conflicts", "--db", contradicted, "--article", "once")
    assert (result.exit_code, result.stdout) == (0, "Nothing found.\n")
    wrong = newsig("conflicts", "--db", contradicted, "--since", "2024-07-19", "--until", "2024-07-18")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
