"""Claims of one article that cannot all be true: texts through the whole pipeline, and what must be found in them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.compare.conflicts import conflicts
from newsig.records import Claim, Findings, Mention, Span
from tests.conftest import Read

TWICE = "The Russell 2000 fell 1.1 percent on Wednesday."
CASES = [
    # figures of another hour, or of another matter
    (f"At about 3:30 p.m. EDT on Wednesday the Russell 2000 rose 2.1 percent. {TWICE}", []),
    (f"The Russell 2000 initially rose 2.1 percent on Wednesday. {TWICE}", []),
    (f"{TWICE}\nRUSSELL 2000 OFF 29 PERCENT FROM RECORD CLOSE on Wednesday, traders said.", []),
    (f"The Russell 2000 is approaching a 10 percent decline on Wednesday. {TWICE}", []),
    # two figures for one move
    (
        "The Russell 2000 fell 2.1 percent on Wednesday. Banks led.\nThe Russell 2000 fell 1.1 percent on Wednesday.",
        [("figures", "2.1 percent", "1.1 percent")],
    ),
    (
        "The Russell 2000 fell 1.1 percent on Wednesday. Banks led.\nThe Russell 2000 rose 1.1 percent on Wednesday.",
        [("directions", "1.1 percent", "1.1 percent")],
    ),
    (
        "The Dow rose 243.60 points on Wednesday.\nOn Wednesday the Dow rose 423.60 points.",
        [("figures", "243.60 points", "423.60 points")],
    ),
    (
        "The Dow rose more than 2 percent on Wednesday.\nOn Wednesday the Dow rose 0.6 percent.",
        [("figures", "2 percent", "0.6 percent")],
    ),
    # two levels for one close
    (
        "The Dow closed at 41,198.08 on Wednesday. Banks led.\nThe Dow closed at 41,918.08 on Wednesday.",
        [("figures", "41,198.08", "41,918.08")],
    ),
    # the sum does not work out: 78.93 / (5,588.27 + 78.93) is 1.39 percent
    (
        "The S&P 500 lost 78.93 points, or 1.93 percent, to 5,588.27 on Wednesday.",
        [("arithmetic", "78.93 points", "1.93 percent", "5,588.27")],
    ),
    (
        "The S&P 500 lost 78.93 points, or 1.39 percent, to 5,888.27 on Wednesday.",
        [("arithmetic", "78.93 points", "1.39 percent", "5,888.27")],
    ),
    # a rise, where the level and the close before it say a fall
    (
        "The S&P 500 closed at 5,667.20 on Tuesday.\nThe S&P 500 rose 1.4 percent to 5,588.27 on Wednesday.",
        [("arithmetic", "5,667.20", "1.4 percent", "5,588.27")],
    ),
    # nothing is wrong
    ("The S&P 500 lost 78.93 points, or 1.39 percent, to 5,588.27 on Wednesday.", []),
    ("The S&P 500 closed at 5,667.20 on Tuesday.\nThe S&P 500 lost 1.4 percent to 5,588.27 on Wednesday.", []),
    ("The Russell 2000 fell 1.14 percent on Wednesday.\nThe Russell 2000 fell 1.1 percent on Wednesday.", []),
    ("The Russell 2000 fell about 1 percent on Wednesday.\nOn Wednesday the Russell 2000 fell 1.1 percent.", []),
    ("The Russell 2000 fell more than 1 percent on Wednesday.\nOn Wednesday the Russell 2000 fell 1.3 percent.", []),
    # another time, another thing, another kind of figure
    ("The Russell 2000 fell 2.1 percent on Tuesday.\nThe Russell 2000 rose 1.1 percent on Wednesday.", []),
    ("The Russell 2000 fell 2.1 percent on Wednesday.\nThe Dow rose 1.1 percent on Wednesday.", []),
    ("The Dow fell 1.1 percent on Wednesday.\nOn Wednesday it had risen 0.9 percent at its peak.", []),
    ("The Dow fell 1.1 percent on Wednesday.\nThe Dow had been up 0.9 percent by the afternoon on Wednesday.", []),
    ("The Dow fell 1.1 percent on Wednesday.\nThe Dow rose 0.9 percent in early trade on Wednesday.", []),
    ("The Dow fell 1.1 percent on Wednesday, a day after the Dow rose 2 percent.", []),
    ("The Dow fell 1.1 percent on Wednesday.\nThe Dow may fall 3 percent on Wednesday, Orla Quillfeather said.", []),
    ("Apple fell 2.5 percent to $228.88 on Wednesday.\nApple stood at $225 on Wednesday.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_cannot_all_be_true(read: Read, text: str, expected: list[tuple[str, ...]]) -> None:
    found = conflicts(read(text), text)
    assert [(one.kind, *(claim.text for claim in one.claims)) for one in found] == expected


def test_the_reason_names_both_figures(read: Read) -> None:
    text = "The Russell 2000 fell 2.1 percent on Wednesday.\nThe Russell 2000 rose 1.1 percent on Wednesday."
    (found,) = conflicts(read(text), text)
    assert found.reason == "down 2.1 percent and up 1.1 percent from the close of 2024-07-16 to 2024-07-17"


def test_the_arithmetic_is_told(read: Read) -> None:
    text = "The S&P 500 lost 78.93 points, or 1.93 percent, to 5,588.27 on Wednesday."
    (found,) = conflicts(read(text), text)
    # the level ± 0.005 as printed and a ten-thousandth for revisions: 5,587.71 to 5,588.83, before it 78.37 to 79.49
    # points more, or 1.915 to 1.945 percent: 5,587.71 / 0.98085 = 5,696.80 and 5,588.83 / 0.98055 = 5,699.69
    assert found.reason == (
        "down 78.93 points to 5,588.27 starts from 5,666.07 to 5,668.33 "
        "but down 1.93 percent to 5,588.27 starts from 5,696.80 to 5,699.69"
    )


def story(level: float, share: float, stated: float) -> tuple[Findings, str]:
    """One sentence in which an index came to a level by a move, told in points and in percent."""
    points = level * share / (100 + share)
    figures = [f"{points:.2f} points", f"{stated:.2f} percent", f"{level:,.2f}"]
    text = f"The Dow rose {figures[0]}, or {figures[1]}, to {figures[2]} on Wednesday."
    claims = []
    for figure, value, unit in zip(figures, (points, stated, level), ("points", "percent", "index"), strict=True):
        start = text.index(figure)
        claims.append(
            Claim(
                start=start,
                end=start + len(figure),
                text=figure,
                value=round(value, 2),
                unit=unit,  # type: ignore[arg-type]
                comparator="=",
                direction="up",
                measure="level" if unit == "index" else "price",
                modality="actual",
                subject=Span(start=4, end=7, text="Dow"),
                symbol="^DJI",
                period=Span(start=text.index("on Wed"), end=len(text) - 1, text="on Wednesday"),
                period_basis="stated",
                base_date=None if unit == "index" else date(2024, 7, 16),
                end_date=date(2024, 7, 17),
            )
        )
    mention = Mention(start=4, end=7, text="Dow", symbol="^DJI")
    return Findings(id="one", fingerprint="f", claims=tuple(claims), mentions=(mention,)), text


LEVELS = st.floats(1000, 50000).map(lambda level: round(level, 2))
SHARES = st.floats(0.1, 12).map(lambda share: round(share, 2))


@given(LEVELS, SHARES)
def test_sums_that_work_out_are_no_conflict(level: float, share: float) -> None:
    assert conflicts(*story(level, share, share)) == []


@given(LEVELS, SHARES, st.floats(1, 9))
def test_sums_that_are_a_percentage_point_off_are_one(level: float, share: float, off: float) -> None:
    (found,) = conflicts(*story(level, share, share + off))
    assert (found.kind, len(found.claims)) == ("arithmetic", 3)
