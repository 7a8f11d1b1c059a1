"""`newsig quotes` and `newsig sources` on a database of three stories. Every person and firm in them is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

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


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("speaking")
    stories = folder / "stories.jsonl"
    stories.write_text("".join(f"{json.dumps(story)}\n" for story in STORIES), encoding="utf-8")
    path = folder / "speaking.db"
    for words in (("ingest", stories), ("process",)):
        assert newsig(*words, "--db", path).exit_code == 0
    return path


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


def test_what_is_no_source_or_merge_is_said(db: Path) -> None:
    for words in (("merge", "1", "999"), ("unmerge", "999")):
        result = newsig("sources", *words, "--db", db)
        assert result.exit_code == 2
        assert "999" in result.stderr
        assert "newsig sources" in result.stderr
