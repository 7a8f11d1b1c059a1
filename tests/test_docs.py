"""The pages say what is so: commands print what is shown, fields and options exist, tables hold, links resolve."""

from __future__ import annotations

import dataclasses
import doctest
import inspect
import re
import sqlite3
from pathlib import Path
from typing import Any, get_args

import pytest
import spacy

from newsig import __version__, api, extract, records, settings, store
from newsig.compare import check, figures
from newsig.extract import numbers
from newsig.extract.calls import dates, expressions
from newsig.records import Article, Claim, Findings
from newsig.report import verdict_words
from tests import pages
from tests.pages import DOCS, PAGES, ROOT

RECORDS = ("Findings", "Mention", "Claim", "Quote", "Sentiment", "Credit", "Span", "Verdict")
MARKDOWN = sorted({*PAGES, *(ROOT / folder / "README.md" for folder in ("models", "models/instruments", "benchmarks"))})


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next of its rank."""
    return re.split(r"^## ", page, flags=re.MULTILINE)[1 + headings(page).index(heading)]


def headings(page: str) -> list[str]:
    return re.findall(r"^## (.+)$", page, flags=re.MULTILINE)


def table(text: str) -> list[list[str]]:
    """The cells of every table row, without heads and rules."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    heads = {number for number, row in enumerate(cells[1:]) if set("".join(row)) <= {"-"}}
    return [row for number, row in enumerate(cells) if number not in heads and number - 1 not in heads]


def code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def fenced(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)


# What is typed


@pytest.mark.skipif(not pages.bash(), reason="the pages are written for bash")
@pytest.mark.parametrize("page", pages.SHOWN, ids=lambda path: path.name)
def test_commands_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    reader = pages.Reader(tmp_path)
    shown = list(pages.commands(page.read_text(encoding="utf-8")))
    assert shown[0].words == pages.DEMO
    stale = {}
    for command in shown:
        printed = reader.types(command.words)
        if not pages.agree(command.output, printed):
            stale[f"{page.name}:{command.line}: {command.words}"] = printed
    assert not stale, "`python -m tests.pages` writes the pages anew"


@pytest.mark.skipif(not pages.bash(), reason="the demo is run by bash")
def test_the_examples_of_python_are_so(monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _ = pages.demonstration()
    monkeypatch.chdir(folder)
    done = doctest.testfile(str(DOCS / "api.md"), module_relative=False)
    assert done.failed == 0
    assert done.attempted > 10


def test_the_methods_of_a_database_are_listed_with_their_options() -> None:
    listed = [code(row[0])[0] for row in table(section(read("docs/api.md"), "Asking a database"))]
    methods = {name: method for name, method in vars(api.News).items() if name[0] != "_" and name != "close"}
    assert sorted(listed) == sorted(
        f"{name}({', '.join(one for one in inspect.signature(method).parameters if one != 'self')})"
        for name, method in methods.items()
    )


def test_a_stale_block_is_written_anew(tmp_path: Path) -> None:
    page = "Now:\n\n```console\n$ echo new\nold\n$ printf 'a\\n> b\\n'\na\n...\n```\n\n```console\n$ echo new\n```\n"
    new = page.replace("old\n", "new\n").replace("$ echo new\n```", "$ echo new\nnew\n```")
    assert pages.rewritten(page, tmp_path, "page") == new


def test_the_readme_has_the_two_commands_each_on_a_line() -> None:
    readme = read("README.md")
    for line in ("python -m pip install . && newsig demo", "python -m pip install -e '.[dev]' && pytest -n auto"):
        assert fenced(readme, "sh").count(f"{line}\n") == 1
    assert len(readme.splitlines()) <= 150


# Commands


def test_every_command_is_documented_with_its_help() -> None:
    page = read("docs/cli.md")
    assert headings(page) == ["newsig", *(f"newsig {' '.join(path)}" for path in pages.every_command())]
    for path in ((), *pages.every_command()):
        (shown,) = fenced(section(page, " ".join(("newsig", *path))) + "\n", "text")
        assert shown.split() == pages.help_of(path).split()


def test_the_readme_names_every_verb() -> None:
    named = " ".join(row[0] for row in table(section(read("README.md"), "The verbs")))
    assert {path[0] for path in pages.every_command()} == set(re.findall(r"newsig (\w+)", named))


# Records


@pytest.mark.parametrize("name", RECORDS)
def test_every_field_of_a_record_is_explained_in_its_order(name: str) -> None:
    rows = table(section(read("docs/records.md"), name))
    fields = [field.name for field in dataclasses.fields(getattr(records, name))]
    assert sorted(word for row in rows for word in code(row[0])) == sorted(fields)
    assert all(row[1] for row in rows)


@pytest.mark.parametrize("name", RECORDS)
def test_every_value_that_a_field_may_have_is_named(name: str) -> None:
    meanings = {word: row[1] for row in table(section(read("docs/records.md"), name)) for word in code(row[0])}
    for field, kind in inspect.get_annotations(getattr(records, name), eval_str=True).items():
        kinds = [kind, *get_args(kind)]
        values = [value for one in kinds for value in get_args(one) if isinstance(value, str)]
        assert [value for value in values if value not in code(meanings[field])] == []


def test_every_view_and_table_that_is_named_is_there() -> None:
    named = re.findall(
        r"`(\w+_(?:view|fts|versions)|runs|failures)`", section(read("docs/records.md"), "In the database")
    )
    with store.open_db(":memory:") as db:
        assert {"claims_view", "articles_fts"} < set(named) <= {*db.table_names(), *db.view_names()}
        assert {name for name in db.view_names() if name.endswith("_view")} <= set(named)


# Time


PERIODS = pages.periods(read("docs/periods.md"))


def test_the_table_of_periods_is_long_enough() -> None:
    assert len(PERIODS) == len(table(section(read("docs/periods.md"), "The table"))) >= 25


@pytest.mark.parametrize("words", PERIODS)
def test_an_expression_of_time_means_what_the_page_says(words: str) -> None:
    assert pages.window(words) == PERIODS[words]


def test_every_basis_of_a_period_is_explained_by_an_example() -> None:
    explained = section(read("docs/periods.md"), "Where a claim gets its period")
    examples = dict(re.findall(r"^- \*\*(\w+)\*\*.*“(.+)”$", explained, flags=re.MULTILINE))
    assert list(examples) == list(get_args(records.PeriodBasis))
    chosen = settings.Settings()
    articles = [Article(id=basis, text=text, published=pages.PUBLISHED) for basis, text in examples.items()]
    for found in extract.extract(articles, extract.load(chosen), extract.fingerprint(chosen)):
        assert isinstance(found, Findings)
        assert found.claims[-1].period_basis == found.id


# Statements


HORIZONS = table(section(read("docs/statements.md"), "Horizon"))
STANCES = table(section(read("docs/statements.md"), "Stance"))


def test_the_table_of_horizons_is_long_enough() -> None:
    assert len(HORIZONS) >= 30


@pytest.mark.parametrize(("words", "day", "_remark"), HORIZONS, ids=lambda cell: cell.strip("“”"))
def test_a_horizon_ends_on_the_day_that_the_page_says(words: str, day: str, _remark: str) -> None:
    (found,) = expressions.find_ahead(words.strip("“”"))
    assert str(dates.last_day(found, pages.PUBLISHED.date()) or "–") == day


def test_every_stance_has_an_example_that_is_meant_so() -> None:
    assert [code(row[0])[0] for row in STANCES] == list(get_args(records.Stance))
    nlp = extract.load(settings.Settings())
    for stance, _, example in STANCES:
        (doc,) = nlp.pipe([f"{example.replace('”', ',”')} said Marisol Petrakind."])
        assert [quote.stance for quote in doc._.quotes] == code(stance)


# Verdicts


BANDS = table(section(read("docs/verdicts.md"), "What a printed figure allows"))


@pytest.mark.parametrize(("words", "comparator", "allowed"), BANDS, ids=lambda cell: cell.strip("“”"))
def test_a_printed_figure_allows_what_the_page_says(words: str, comparator: str, allowed: str) -> None:
    (number,) = numbers.find_numbers(words.strip("“”"))
    shared: dict[str, Any] = {
        name: getattr(number, name) for name in ("start", "end", "text", "value", "unit", "hedge")
    }
    claim = Claim(**shared, comparator=number.comparator, direction="up", measure="price", modality="actual")
    low, high = (float(bound) for bound in allowed.split(" to "))
    assert f"`{number.comparator}`" == comparator
    assert figures.band(claim, 0.1) == pytest.approx((low, high))


def test_the_reasons_are_those_of_the_check_and_of_the_digest() -> None:
    explained = [code(row[0])[0] for row in table(section(read("docs/verdicts.md"), "Why a claim stays undecided"))]
    assert set(explained) == set(re.findall(r"^``(\w+)``", check.__doc__ or "", flags=re.MULTILINE))
    assert set(explained) == set(verdict_words.REASONS)


def test_outcomes_and_units_are_all_there() -> None:
    page = read("docs/verdicts.md")
    assert {code(row[0])[0] for row in table(section(page, "Outcomes"))} == set(get_args(records.Outcome))
    assert {word for row in table(section(page, "Units")) for word in code(row[0])} == set(get_args(records.Unit))


def test_the_figures_of_the_rungs_are_those_in_force() -> None:
    assert (figures.ABOUT, figures.LOOSE, figures.SLACK, figures.MULTIPLE_SLACK) == (0.1, 10, 0.03, 0.05)
    assert figures.REVISED == 0.0001


# Settings, models, versions


def test_every_setting_is_explained_with_its_default() -> None:
    page = read("docs/settings.md")
    told = {code(row[0])[0]: (code(row[1])[0], code(row[2])[0]) for row in table(page)}
    plain = {name: str(getattr(settings.Settings(), field)) for name, field in settings.names().items()}
    assert told == {name: (settings.variable(name), default.removesuffix(".0")) for name, default in plain.items()}
    assert set(settings.MODELS) <= set(code(section(page, "The model")))


def test_the_settings_file_that_is_shown_sets_the_defaults(tmp_path: Path) -> None:
    (shown,) = fenced(read("docs/settings.md"), "toml")
    path = tmp_path / "newsig.toml"
    path.write_text(shown, encoding="utf-8")
    assert settings.load({"NEWSIG_CONFIG": str(path)}) == settings.Settings()


def test_the_changelog_knows_this_version() -> None:
    assert f"[{__version__}]" in headings(read("CHANGELOG.md"))


# Adding an extractor


def test_the_extractor_of_the_page_finds_its_own_rows() -> None:
    record, rows, component = fenced(read("docs/add-an-extractor.md"), "python")
    made: dict[str, Any] = {"dataclass": dataclasses.dataclass, "__name__": "levels"}
    component = component.replace("from newsig.records import Level\n", "")
    exec(compile("\n".join((record, rows, component)), "page", "exec", dont_inherit=True), made)  # noqa: S102
    nlp = spacy.blank("en")
    nlp.add_pipe("newsig_levels")
    for text, wanted in made["CASES"]:
        found = nlp(text)._.levels
        assert [level.text for level in found] == wanted
        assert all(text[level.start : level.end] == level.text for level in found)


def test_the_migration_of_the_page_fits_the_schema() -> None:
    (script,) = fenced(read("docs/add-an-extractor.md"), "sql")
    with store.open_db(":memory:") as db:
        db.executescript(script)
        assert db.table("levels").foreign_keys
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("INSERT INTO levels VALUES (1, 1, 1, 5, 5, '', 0)")


def test_the_places_that_the_page_names_are_there() -> None:
    page = read("docs/add-an-extractor.md")
    for path, names in {
        "newsig/extract/pipeline.py": ["COMPONENTS"],
        "newsig/extract/__init__.py": ["_findings"],
        "newsig/store/save.py": ["FOUND", "_insert"],
        "newsig/store/query.py": ["TABLES", "findings_of"],
        "newsig/run/processing.py": ["FOUND"],
    }.items():
        assert f"`{path}`" in page
        for name in names:
            assert f"`{name}`" in page
            assert re.search(rf"^(?:def )?{name}\b", read(path), flags=re.MULTILINE)


# Links


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", page.read_text(encoding="utf-8")):
        there = page if not target else page.parent / target
        assert there.exists(), target
        if anchor:
            slugs = [
                re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-")
                for head in headings(there.read_text(encoding="utf-8"))
            ]
            assert anchor in slugs


def test_the_map_has_every_page() -> None:
    assert {f"docs/{path.name}" for path in DOCS.glob("*.md")} - {"docs/index.md"} == {
        f"docs/{target}"
        for target in re.findall(r"^\| \[[^]]+\]\(([^)]+)\)", read("docs/index.md"), flags=re.MULTILINE)
    }
