"""Numbers with their units and hedges, as market reports print them.

The rows were written from the language of market reports; none comes from a text that the rules are measured on.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.extract.numbers import find_numbers, number_value

CASES = [
    # plain, in every spelling of the unit
    ("shares rose 3 percent", "3 percent", 3, "percent", "="),
    ("shares rose 3 per cent", "3 per cent", 3, "percent", "="),
    ("shares rose 3 pct", "3 pct", 3, "percent", "="),
    ("shares rose 3%", "3%", 3, "percent", "="),
    ("shares rose 3 %", "3 %", 3, "percent", "="),
    ("a 3-percent rise", "3-percent", 3, "percent", "="),
    ("a three-percent rise", "three-percent", 3, "percent", "="),
    ("rose three percent", "three percent", 3, "percent", "="),
    ("rose twenty-five percent", "twenty-five percent", 25, "percent", "="),
    ("rose 11½ percent", "11½ percent", 11.5, "percent", "="),
    ("rose ½ percent", "½ percent", 0.5, "percent", "="),
    ("rose 2 1/2 percent", "2 1/2 percent", 2.5, "percent", "="),
    ("rose 8,26%", "8,26%", 8.26, "percent", "="),
    ("rose 0.04%.", "0.04%", 0.04, "percent", "="),
    ("added 1,418.36 points", "1,418.36 points", 1418.36, "points", "="),
    ("its 288-point fall", "288-point", 288, "points", "="),
    ("added 0.77 of a point", "0.77 of a point", 0.77, "points", "="),
    ("rose half a percentage point", "half a percentage point", 0.5, "points", "="),
    ("rose 2 percentage points", "2 percentage points", 2, "points", "="),
    ("rose half a percent", "half a percent", 0.5, "percent", "="),
    ("the quarter-point cut", "quarter-point", 0.25, "points", "="),
    ("rose 25 basis points", "25 basis points", 25, "bp", "="),
    ("rose 50 bps", "50 bps", 50, "bp", "="),
    ("rose 7.5bp", "7.5bp", 7.5, "bp", "="),
    ("its price doubled", "doubled", 2, "times", "="),
    ("its price tripled", "tripled", 3, "times", "="),
    ("its price halved", "halved", 2, "times", "="),
    ("a threefold rise", "threefold", 3, "times", "="),
    ("rose 12-fold", "12-fold", 12, "times", "="),
    # hedges
    ("rose more than 11.5 percent", "11.5 percent", 11.5, "percent", ">"),
    ("rose over 20%", "20%", 20, "percent", ">"),
    ("rose just over 2 percent", "2 percent", 2, "percent", ">"),
    ("slumped 213+ points", "213+ points", 213, "points", ">"),
    ("rose at least 1 percent", "1 percent", 1, "percent", ">="),
    ("rose no less than 4 percent", "4 percent", 4, "percent", ">="),
    ("nearly 18 percent", "18 percent", 18, "percent", "<"),
    ("almost six per cent", "six per cent", 6, "percent", "<"),
    ("less than 1 percent", "1 percent", 1, "percent", "<"),
    ("just under 3%", "3%", 3, "percent", "<"),
    ("close to 40 percent", "40 percent", 40, "percent", "<"),
    ("as much as 5.8 percent", "5.8 percent", 5.8, "percent", "<="),
    ("up to 10 percent", "10 percent", 10, "percent", "<="),
    ("within 80 points", "80 points", 80, "points", "<="),
    ("about 8%", "8%", 8, "percent", "~"),
    ("around 8%", "8%", 8, "percent", "~"),
    ("some 400 points", "400 points", 400, "points", "~"),
    ("roughly 2.5 percent", "2.5 percent", 2.5, "percent", "~"),
    ("just 10.5 percent", "10.5 percent", 10.5, "percent", "="),
    ("only 1 percent", "1 percent", 1, "percent", "="),
    # ranges stand for their midpoint
    ("rise 2% to 3%", "2% to 3%", 2.5, "percent", "~"),
    ("between 2 and 3 percent", "2 and 3 percent", 2.5, "percent", "~"),
    ("between 8% and 10%", "8% and 10%", 9, "percent", "~"),
    ("rise 6-8 percent", "6-8 percent", 7, "percent", "~"),
    ("rise 6 to 8 percent", "6 to 8 percent", 7, "percent", "~"),
]

KNOWN_GAPS = [
    ("a quarter-point cut", "quarter-point", 0.25, "points", "="),
    ("lost nearly three quarters of its value", "three quarters", 0.75, "fraction", "<"),
    ("lost two-thirds of its value", "two-thirds", 2 / 3, "fraction", "="),
    ("rose one hundred percent", "one hundred percent", 100, "percent", "="),
]

SEVERAL = [
    ("fell 7.15 points, or 0.06 percent, to 11,901.02", ["7.15 points", "0.06 percent"]),
    ("up 5 percent (12.5 points)", ["5 percent", "12.5 points"]),
    ("fell 6 percent to 871.25 points", ["6 percent"]),  # what follows "to" is a level
    ("rose 1.5 percent and 3 percent", ["1.5 percent", "3 percent"]),
    ("a level of 5,210", []),
    ("costs $2.40 points", []),
    ("the class of 2000 and 500 others", []),
    ("version 3.5.1 of the model", []),
]

SIGNS = [
    ("-1.5%", "down"),
    ("−1.5%", "down"),
    ("minus 2.5 percent", "down"),
    ("+3.38%", "up"),
    ("plus 2 percent", "up"),
    ("1.5%", None),
]


@pytest.mark.parametrize(("text", "span", "value", "unit", "comparator"), CASES)
def test_a_number_with_its_unit_and_hedge(text: str, span: str, value: float, unit: str, comparator: str) -> None:
    (number,) = find_numbers(text)
    assert (number.text, number.unit, number.comparator) == (span, unit, comparator)
    assert number.value == pytest.approx(value)
    assert text[number.start : number.end] == span


@pytest.mark.xfail(reason="not read yet")
@pytest.mark.parametrize(("text", "span", "value", "unit", "comparator"), KNOWN_GAPS)
def test_known_gaps(text: str, span: str, value: float, unit: str, comparator: str) -> None:
    test_a_number_with_its_unit_and_hedge(text, span, value, unit, comparator)


@pytest.mark.parametrize(("text", "spans"), SEVERAL)
def test_several_numbers_or_none(text: str, spans: list[str]) -> None:
    assert [number.text for number in find_numbers(text)] == spans


@pytest.mark.parametrize(("text", "sign"), SIGNS)
def test_a_sign_gives_the_direction(text: str, sign: str | None) -> None:
    (number,) = find_numbers(f"the index moved {text} today")
    assert number.sign == sign


@given(st.text(alphabet="0123456789., %-+to andbetweenpercentpoints½\n", max_size=200))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    numbers = find_numbers(text)
    assert all(text[number.start : number.end] == number.text for number in numbers)
    assert all(one.end <= other.start for one, other in pairwise(numbers))
    assert all(number.value >= 0 for number in numbers)


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_printed_digits_are_read_back(whole: int, hundredths: int) -> None:
    assert number_value(f"{whole:,}.{hundredths:02d}") == pytest.approx(whole + hundredths / 100)
