"""`newsig quotes` and `newsig sources` on a database of three stories. Every person and firm in them is invented."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result

from newsig import store
from newsig.cli import main

STORIES = (
    {
        "id": "one",
        "title": "Small caps rise",
        "published": "2024-07-17T21:00Z",
        "text": "“The Russell 2000 will climb by year-end,” said Orla Quillfeather, head of equities at Larkmoor "
        "Partners. Nvidia fell harder than most, according to Wicketfold Data.",
    },
    {
        "id": "two",
        "title": "Small caps pause",
        "published": "2024-07-18T21:00Z",
        "text": "Larkmoor Partners strategist Orla Quillfeather said small caps had run too far.",
    },
    {
        "id": "three",
        "title": "Somebody else",
        "published": "2024-07-19T21:00Z",
        "text": "“It is over for the miners,” said Orla Quillfeather, a trader at Saltmarsh Kite.",
    },
)


def newsig(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def rows(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def filled(folder: Path, stories: Iterable[dict[str, str]]) -> Path:
    """A database in the folder into which these stories were brought."""
    inbox = folder / "stories.jsonl"
    inbox.write_text("".join(f"{json.dumps(story)}\n" for story in stories), encoding="utf-8")
    path = folder / "speaking.db"
    for words in (("ingest", inbox), ("process",)):
        assert newsig(*words, "--db", path).exit_code == 0
    return path


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("speaking"), STORIES)


ASKED: list[tuple[tuple[str, ...], list[str]]] = [
    (("--speaker", "quillfeather"), ["one", "three", "two"]),
    (("--organisation", "larkmoor"), ["one", "two"]),
    (("--about", "^rut"), ["one"]),
    (("--about", "small_caps"), ["one", "two"]),
    (("--about", "no such thing"), []),
    (("--stance", "forecast"), ["one"]),
    (("--kind", "indirect"), ["one", "two"]),
    (("--contains", "climb"), ["one"]),
    (("--since", "2024-07-18"), ["three", "two"]),
    (("--until", "2024-07-17", "--limit", "1"), ["one"]),
]


@pytest.mark.parametrize(("asked", "articles"), ASKED, ids=lambda value: " ".join(map(str, value)))
def test_quotes_meet_what_was_asked(db: Path, asked: tuple[str, ...], articles: list[str]) -> None:
    found = rows(newsig("quotes", *asked, "--db", db, "--format", "jsonl"))
    assert sorted(str(row["article_id"]) for row in found) == articles
    assert all(str(row["text"]) in str(row["context"]) for row in found)


@pytest.mark.parametrize("format_", ["table", "json", "jsonl", "csv", "markdown"])
def test_every_format_names_the_speaker(db: Path, format_: str) -> None:
    for verb in ("quotes", "sources"):
        assert "Quillfeather" in newsig(verb, "--db", db, "--format", format_).stdout


def test_the_words_around_a_statement_are_shown_where_asked(db: Path) -> None:
    assert "said Orla" not in newsig("quotes", "--contains", "climb", "--db", db).stdout
    assert "said Orla" in newsig("quotes", "--contains", "climb", "--context", "--db", db).stdout


def test_two_persons_of_one_name_are_merged_and_parted_by_hand(db: Path) -> None:
    def quillfeathers() -> list[dict[str, object]]:
        return rows(newsig("sources", "--contains", "quillfeather", "--db", db, "--format", "jsonl"))

    before = quillfeathers()
    assert len(before) == 2
    keep, other = (row["source_id"] for row in before)
    assert newsig("sources", "merge", keep, other, "--db", db).exit_code == 0
    (merged,) = quillfeathers()
    assert (merged["source_id"], merged["statements"]) == (keep, 3)
    last = rows(newsig("sources", "merges", "--db", db, "--format", "jsonl"))[0]
    assert newsig("sources", "unmerge", last["merge_id"], "--db", db).exit_code == 0
    assert quillfeathers() == before


PEOPLE = ("Ann Lee", "Annabel Lee", "Jane Smythe")
CHAIN = (
    "“Small caps are flat now,” said Ann Lee.",
    "“Small caps are flat now,” said Annabel Lee, trader at Quern Bank.",
    "“Small caps are flat now,” said Jane Smythe of Larkmoor Partners.",
)


def test_who_was_merged_twice_comes_back_step_by_step(tmp_path: Path) -> None:
    """Ann Lee comes without an organisation: nothing but the user's word says whom she belongs to."""
    path = filled(tmp_path, [{"id": str(number), "text": text} for number, text in enumerate(CHAIN)])

    def listed() -> dict[object, object]:
        found = rows(newsig("sources", "--db", path, "--format", "jsonl"))
        return {row["source_id"]: {row["name"], *cast("list[str]", row["aliases"])} for row in found}

    def told(*words: object) -> str:
        result = newsig("sources", *words, "--db", path)
        assert (result.exit_code, result.stderr) == (0, "")
        return result.stdout

    before = listed()
    ann, annabel, jane = (next(key for key, names in before.items() if {name} == names) for name in PEOPLE)
    told("merge", ann, annabel)
    half = listed()
    assert half == {ann: {"Ann Lee", "Annabel Lee"}, jane: {"Jane Smythe"}}
    told("merge", jane, ann)
    assert listed() == {jane: set(PEOPLE)}
    last, first = (row["merge_id"] for row in rows(newsig("sources", "merges", "--db", path, "--format", "jsonl")))
    assert f"Source {ann} is" in told("unmerge", last)
    assert listed() == half
    assert f"Source {annabel} is" in told("unmerge", first)
    assert listed() == before
    again = newsig("sources", "unmerge", first, "--db", path)
    assert again.exit_code == 2
    assert "undone before" in again.stderr


def test_who_a_correction_takes_back_is_no_longer_listed(tmp_path: Path) -> None:
    story = {"id": "one", "published": "2024-07-17T21:00Z"}
    filled(tmp_path, [story | {"text": CHAIN[1]}])
    path = filled(tmp_path, [story | {"text": CHAIN[2]}])
    assert [row["name"] for row in rows(newsig("sources", "--db", path, "--format", "jsonl"))] == ["Jane Smythe"]


TOO_MUCH = str(2**63)
BACKWARDS = ("--since", "2024-07-19", "--until", "2024-07-18")
MISTYPED = {
    "is not in the range": [
        *((verb, "--limit", TOO_MUCH) for verb in ("quotes", "sources", "claims", "verdicts")),
        ("sources", "merges", "--limit", TOO_MUCH),
        ("sources", "merge", "1", TOO_MUCH),
        ("sources", "unmerge", TOO_MUCH),
    ],
    "it is empty": [
        *(("quotes", option, "") for option in ("--speaker", "--organisation", "--about", "--contains")),
        *(("sources", option, " ") for option in ("--contains", "--organisation", "--about")),
        *(("claims", option, "") for option in ("--symbol", "--segment", "--source", "--contains")),
        ("verdicts", "--symbol", ""),
    ],
    "--since 2024-07-19 is after --until 2024-07-18": [
        *((verb, *BACKWARDS) for verb in ("quotes", "claims", "verdicts")),
        ("quotes", *BACKWARDS[2:], *BACKWARDS[:2]),
    ],
    "is no size": [("claims", "--min", size) for size in ("nan", "inf", "-1e999")],
    "is at the end of the calendar": [("today", "--date", day) for day in ("0001-01-01", "9999-12-31")],
}


@pytest.mark.parametrize(
    ("sentence", "words"),
    [pytest.param(sentence, words, id=" ".join(words)) for sentence, every in MISTYPED.items() for words in every],
)
def test_what_cannot_be_asked_is_said(db: Path, sentence: str, words: tuple[str, ...]) -> None:
    result = newsig(*words, "--db", db)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: ")
    assert sentence in result.stderr


def test_the_greatest_number_and_a_single_day_can_be_asked_for(db: Path) -> None:
    most = str(2**63 - 1)
    day = ("--since", "2024-07-18", "--until", "2024-07-18")
    assert len(rows(newsig("quotes", "--limit", most, *day, "--db", db, "--format", "jsonl"))) == 1


UNKNOWN = [
    *((verb, "--about", "nosuchthing", "no symbol and no segment") for verb in ("quotes", "sources")),
    *((verb, "--symbol", "nosuchthing", "no symbol known") for verb in ("claims", "verdicts")),
    ("claims", "--segment", "^RUT", "no segment known"),
]


@pytest.mark.parametrize(("verb", "option", "name", "words"), UNKNOWN)
def test_a_name_that_nothing_bears_is_noted(db: Path, verb: str, option: str, name: str, words: str) -> None:
    result = newsig(verb, option, name, "--db", db, "--format", "jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{name!r} is {words}" in result.stderr
    assert "newsig instruments find" in result.stderr


KNOWN = [
    *((verb, "--about", name) for verb in ("quotes", "sources") for name in ("^rut", "Small_Caps", "AAPL")),
    *((verb, "--symbol", name) for verb in ("claims", "verdicts") for name in ("nvda", "AAPL")),
    ("claims", "--segment", "SMALL_CAPS"),
]


@pytest.mark.parametrize("words", KNOWN, ids=" ".join)
def test_a_name_that_something_bears_is_not_noted(db: Path, words: tuple[str, ...]) -> None:
    assert newsig(*words, "--db", db).stderr == ""


def test_what_only_the_articles_of_the_file_name_is_not_noted(tmp_path: Path) -> None:
    path = filled(tmp_path, [{"id": "one", "text": CHAIN[0]}])
    assert "no symbol" in newsig("quotes", "--about", "QRN.X", "--db", path).stderr
    with store.open_db(path) as opened, store.transaction(opened):
        opened.execute("INSERT INTO instruments (symbol, name) VALUES ('QRN.X', 'QRN.X')")
    assert newsig("quotes", "--about", "qrn.x", "--db", path).stderr == ""


def test_what_is_no_source_or_merge_is_said(db: Path) -> None:
    for words in (("merge", "1", "999"), ("unmerge", "999")):
        result = newsig("sources", *words, "--db", db)
        assert result.exit_code == 2
        assert "999" in result.stderr
        assert "newsig sources" in result.stderr
