"""The marks by which desks correct and withdraw stories, and the news that only sounds like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.read.standing import standing_of

LEAD = "Shares of Millbrook Kettles rose 3 percent on Tuesday after it raised its forecast.\n\nSales should grow."

CORRECTED: list[tuple[str | None, list[str], str]] = [
    ("CORRECTED-Kettle maker's profit rose 3 percent, not 30", [], LEAD),
    ("CORRECTED (OFFICIAL)-Kettle maker's profit rose 3 percent", [], LEAD),
    ("UPDATE 2-CORRECTED-Kettle maker lifts forecast", [], LEAD),
    ("CORRECTED: Stocks fall 3 percent as copper slides", [], LEAD),
    ("CORRECTION: Kettle maker lifts forecast", [], LEAD),
    ("Correction: Millbrook Kettles story", [], LEAD),
    ("Corrections: July 17", [], LEAD),
    ("Clarification: Kettle maker's plant story", [], LEAD),
    ("CORRECTING and REPLACING Millbrook Kettles Raises Outlook", [], LEAD),
    ("Kettle maker lifts forecast (corrected)", [], LEAD),
    ("Kettle maker lifts forecast [CORRECTED]", [], LEAD),
    ("Kettle maker lifts forecast – corrected version", [], LEAD),
    ("Kettle maker", ["(Corrects figure in first paragraph)"], LEAD),
    ("Kettle maker", ["(Corrects to show that profit rose 3 percent, not 30)"], LEAD),
    ("Kettle maker", ["(This July 17 story has been corrected to show profit rose 3 percent in paragraph 2)"], LEAD),
    ("Kettle maker", ["(In July 17 story, corrects name of analyst in paragraph 4)"], LEAD),
    ("Kettle maker", ["(Refiles to correct spelling of name in headline)"], LEAD),
    ("Kettle maker", ["(Clarifies that the plant opens in two years)"], LEAD),
    ("Kettle maker", ["(Corrected in paragraph 3)"], LEAD),
    (None, [], "(Corrects sales in second paragraph)\n\n" + LEAD),
    (None, [], "MILLBROOK (Harbour Wire) - (Corrects day) Shares rose on Tuesday.\n\nSales should grow."),
    (None, [], LEAD + "\n\nCorrection: An earlier version of this story misstated the company's profit."),
    (None, [], LEAD + "\n\nCorrection (July 18): the plant will open in two years."),
    (None, [], LEAD + "\n\nAn earlier version of this article incorrectly said that profit rose 30 percent."),
    (None, [], LEAD + "\n\nEditor's note: This story has been updated to correct the year of the sale."),
    (None, [], LEAD + "\n\nThis article was amended on 17 July 2024. An earlier version gave another figure."),
    (None, [], LEAD + "\n\nBecause of an editing error, an earlier version misstated the price."),
    (None, [], LEAD + "\n\nCorrections & clarifications: The name of the plant was wrong in an earlier version."),
]
WITHDRAWN: list[tuple[str | None, list[str], str]] = [
    ("WITHDRAWN-Kettle maker lifts forecast", [], LEAD),
    ("WITHDRAWN: Kettle maker lifts forecast", [], ""),
    ("STORY REMOVED: Kettle maker lifts forecast", [], LEAD),
    ("Story removed", [], "This story has been removed."),
    ("KILL: Kettle maker lifts forecast", [], LEAD),
    ("MANDATORY KILL – Kettle maker", [], LEAD),
    ("BC-Kettle-Forecast, KILL", [], LEAD),
    ("Retraction: Kettle maker's forecast", [], LEAD),
    ("Kettle maker lifts forecast (withdrawn)", [], LEAD),
    ("Kettle maker", ["This story has been withdrawn."], LEAD),
    ("Kettle maker", [], "This article has been retracted after questions about its figures.\n\n" + LEAD),
    (
        "Kettle maker",
        [],
        "Harbour Wire has withdrawn its story about Millbrook Kettles. A corrected story will follow.",
    ),
    ("Kettle maker", [], "Please disregard the story headlined “Kettle maker lifts forecast”. It was sent in error."),
    ("Kettle maker", [], "EDITORS: Kill the story slugged Kettle-Forecast.\n\nNo replacement story will be issued."),
    ("Kettle maker", [], "This press release was issued in error.\n\nPlease disregard it."),
    ("Kettle maker", [], "We have retracted this article.\n\n" + LEAD),
]
NEITHER: list[tuple[str | None, list[str], str]] = [
    ("Kettle maker lifts forecast", [], LEAD),
    ("UPDATE 2-Kettle maker lifts forecast", ["(Adds analyst comment in paragraph 4)"], LEAD),
    ("REFILE-Kettle maker lifts forecast", ["(Refiles to add dropped word)"], LEAD),
    ("Correction: what a 10% fall in stocks means for you", [], LEAD),
    ("Correction: markets have further to go", [], LEAD),
    ("Stocks enter correction as copper slides", [], "The index fell into correction territory.\n\n" + LEAD),
    ("Correction territory looms for small caps", [], LEAD),
    ("Corrections officers strike in Millbrook", [], LEAD),
    ("Kettle maker withdraws its offer for Tolvarsen", [], "The bid has been withdrawn, it said.\n\n" + LEAD),
    ("Withdrawn: five listings that never were", [], LEAD),
    ("WITHDRAWN OFFER COSTS KETTLE MAKER 3 MILLION", [], LEAD),
    ("Kettle maker recalls 40,000 kettles", [], "The kettles have been removed from shops.\n\n" + LEAD),
    ("Journal retracts study on copper", [], "The study was retracted on Monday.\n\n" + LEAD),
    ("Newspaper withdraws story on bank", [], "The Courier has withdrawn a story about a bank, it said.\n\n" + LEAD),
    ("Court removes report from file", [], "The report was removed from the file.\n\n" + LEAD),
    ("Kill Bill in cinemas again", [], LEAD),
    ("Firm corrects its accounts", [], "The company corrected its accounts for 2023 on Tuesday.\n\n" + LEAD),
    ("Regulator: figure was wrong", [], "In its report, the regulator corrected the figure.\n\n" + LEAD),
    ("An update", [], LEAD + "\n\nThis story has been updated."),
    ("An update", [], LEAD + "\n\nThis is an updated version of an earlier story."),
    ("A kill fee", [], "The paper paid a kill fee.\n\n" + LEAD),
    ("Retraction of a bid", [], "The retraction of the bid came late.\n\n" + LEAD),
    ("Kettles", [], "\n\n".join([LEAD] * 4 + ["The report has been corrected by its authors, he said."] + [LEAD] * 4)),
    (None, [], ""),
]


@pytest.mark.parametrize(("title", "around", "text"), CORRECTED)
def test_a_correction_is_told(title: str | None, around: list[str], text: str) -> None:
    assert standing_of(title, around, text) == "corrected"


@pytest.mark.parametrize(("title", "around", "text"), WITHDRAWN)
def test_a_withdrawal_is_told(title: str | None, around: list[str], text: str) -> None:
    assert standing_of(title, around, text) == "withdrawn"


@pytest.mark.parametrize(("title", "around", "text"), NEITHER)
def test_news_about_such_things_is_neither(title: str | None, around: list[str], text: str) -> None:
    assert standing_of(title, around, text) is None


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_a_withdrawal_outranks_what_else_is_said(title: str, around: list[str]) -> None:
    assert standing_of(title, [*around, "This story has been withdrawn."]) == "withdrawn"
