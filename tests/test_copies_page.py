"""The examples and figures of docs/copies.md."""

from __future__ import annotations

import re

import pytest

from benchmarks.copies.making import pairs, second
from newsig.compare import likeness
from newsig.compare.likeness import copied, wording_of
from newsig.compare.scorecard import merging
from newsig.compare.wording import SHINGLE
from newsig.read import copies
from newsig.store.versions import COPIED_WITHIN
from tests.test_docs import read, section, table

PAGE = read("docs/copies.md")
STYLES, DECIDED = ([row for row in table(section(PAGE, "What a copy is")) if len(row) == cells] for cells in (2, 3))
WELL = table(section(PAGE, "How well"))


@pytest.mark.parametrize(("one", "other"), STYLES)
def test_the_styles_make_no_difference(one: str, other: str) -> None:
    assert wording_of(one) == wording_of(other)


@pytest.mark.parametrize(("story", "other", "copy"), DECIDED)
def test_a_copy_is_what_the_page_says(story: str, other: str, copy: str) -> None:
    assert (copied(wording_of(story), wording_of(other)) is not None) == (copy == "yes")


def test_the_figures_are_those_in_force() -> None:
    page = section(PAGE, "What a copy is")
    told = [int(figure) for figure in re.findall(r"(\d+) %", page.split("A test works out")[0])]
    rules = (likeness.COPIED, likeness.SAME, likeness.COPIED_SHORT, likeness.SAME_SHORT)
    assert told[-4:] == [round(100 * rule) for rule in rules]
    assert f"up to {likeness.SHORT} words" in page
    assert f"Fewer than {likeness.FEWEST} words" in page
    assert ("runs of five words" in page, SHINGLE) == (True, 5)
    assert ("at most seven days" in page, COPIED_WITHIN.days) == (True, 7)
    found = section(PAGE, "How they are found")
    assert (
        f"cut into {copies.BANDS} bands of {copies.ROWS} hashes, with {copies.LEAD_BANDS} of {copies.LEAD_ROWS} hash"
        in found
    )
    assert f"the first {likeness.LEAD} words" in found
    assert f"takes {copies.BANDS + copies.LEAD_BANDS} rows" in found
    calls = f"share {merging.ALIKE:.0%} of the words".replace("%", " %")
    assert calls in read("docs/scorecard.md")


def test_the_numbers_of_pairs_are_those_of_the_sets() -> None:
    for rows, found in ((WELL[:1], pairs()), (WELL[1:], second())):
        for row in rows:
            assert f"{len(found)}" in row[0]
            assert int(row[1]) == sum(pair.copy for pair in found)
