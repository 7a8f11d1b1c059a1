"""What must not be imported before a command needs it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from newsig import run

HEAVY = {
    *("spacy", "torch", "transformers", "sqlite_utils", "pandas", "numpy", "feedparser", "httpx", "rich", "pyarrow"),
    *("trafilatura", "exchange_calendars", "arch", "matplotlib", "statsmodels"),
}


@pytest.mark.parametrize("module", ["newsig", "newsig.cli", "newsig.__main__"])
def test_heavy_libraries_wait_until_they_are_needed(module: str) -> None:
    code = f"import sys, {module}; print(*(name for name in sys.modules if '.' not in name))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = set(done.stdout.split())
    assert "newsig" in loaded
    assert not loaded & HEAVY


READING = {"spacy", "torch", "pandas", "feedparser", "httpx", "trafilatura", "lxml", "datasketch", "exchange_calendars"}
"""What no question to the database needs."""


@pytest.mark.parametrize("verb", ["claims", "verdicts", "today", "quotes", "sources", "failures"])
def test_a_question_waits_for_nothing_that_it_does_not_need(tmp_path: Path, verb: str) -> None:
    database = str(tmp_path / "a.db")
    with run.open_database(database):
        pass
    code = f"""import sys
from newsig.cli import main
sys.argv = ["newsig", "--db", {database!r}, {verb!r}]
try:
    main()
finally:
    print(*(name for name in sys.modules if "." not in name))"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = set(done.stdout.splitlines()[-1].split())
    assert {"newsig", "sqlite_utils"} <= loaded
    assert not loaded & READING


def test_every_name_of_the_line_is_found_where_it_comes_from() -> None:
    assert sorted(name for names in run._HOMES.values() for name in names) == sorted(run.__all__)
    modules = {home: import_module(f"newsig.run.{home}") for home in run._HOMES}
    for home, names in run._HOMES.items():  # a module of the same name, once imported, would stand in a name's place
        assert [name for name in names if getattr(run, name) is not getattr(modules[home], name)] == []
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        run.nothing  # noqa: B018
