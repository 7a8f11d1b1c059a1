"""The examples and figures of docs/drift.md, put through the whole pipeline."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from newsig.compare import copies
from newsig.compare.changes import ChangeKind
from newsig.compare.conflicts import ConflictKind, conflicts
from newsig.compare.copies import Likeness, Telling
from newsig.compare.drift import drift
from newsig.compare.wording import SHINGLE
from newsig.store.versions import COPIED_WITHIN
from tests.conftest import Read
from tests.test_docs import code, read, section, table

PAGE = read("docs/drift.md")
CHANGED = table(section(PAGE, "What changed"))
KINDS = [row for row in CHANGED if len(row) == 2]
EXAMPLES = [row for row in CHANGED if len(row) == 4]
CONTRADICTIONS = table(section(PAGE, "Conflicts"))


@pytest.fixture
def find(request: pytest.FixtureRequest) -> Read:
    """The findings of a text; the shared fixture's own name is taken by the reader of pages."""
    shared: Read = request.getfixturevalue("read")
    return shared


@pytest.mark.parametrize(("earlier", "later", "kind", "detail"), EXAMPLES)
def test_what_changed_is_what_the_page_says(find: Read, earlier: str, later: str, kind: str, detail: str) -> None:
    told = [Telling(text=text, findings=find(text)) for text in (earlier, later)]
    assert [(f"`{change.kind}`", change.detail) for change in drift(*told)] == [(kind, detail)]
    assert drift(told[0], told[0]) == []


@pytest.mark.parametrize(("text", "kind", "claims"), CONTRADICTIONS)
def test_what_contradicts_itself_is_what_the_page_says(find: Read, text: str, kind: str, claims: str) -> None:
    found = [(f"`{one.kind}`", ", ".join(claim.text for claim in one.claims)) for one in conflicts(find(text), text)]
    assert found == ([] if kind == "–" else [(kind, claims)])


def test_every_kind_is_explained() -> None:
    assert [code(row[0])[0] for row in KINDS] == list(get_args(ChangeKind))
    assert {code(row[1])[0] for row in CONTRADICTIONS if row[1] != "–"} == set(get_args(ConflictKind))
    assert [code(row[0])[0] for row in table(section(PAGE, "Copies"))] == list(get_args(Likeness))


def test_the_figures_of_copies_are_those_in_force() -> None:
    page = section(PAGE, "Copies")
    assert f"{copies.PASSAGES:.0%}".replace("%", " %") in page
    assert f"{copies.SAME_FACTS:.0%}".replace("%", " %") in page
    numbers = {"three": 3, "five": 5, "seven": 7, "ten": 10}
    for words, figure in (
        (r"at most (\w+) days", COPIED_WITHIN.days),
        (r"runs of (\w+) words", SHINGLE),
        (r"at least (\w+) \|", copies.LEAST_RUNS),
        (r"at least (\w+) figures", copies.LEAST_FACTS),
        (r"(\w+) quoted words", copies.SAID_ALIKE),
        (r"either, (\w+) figures", copies.WITHOUT_SPEAKERS),
    ):
        (word,) = re.findall(words, page)
        assert numbers[word] == figure
