"""Where sentences end in wire copy, and which lines are nobody's statement."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.extract.newsrooms import newsroom_zone
from newsig.extract.sentences import dateline_spans, furniture_spans, sentence_spans

CASES = [
    ("Stocks rose. Bonds fell.", ["Stocks rose.", "Bonds fell."]),
    ("Tarnbrook Inc. rose 3 percent.", ["Tarnbrook Inc. rose 3 percent."]),
    ("It bought Tarnbrook Inc. The shares rose.", ["It bought Tarnbrook Inc.", "The shares rose."]),
    ("U.S. stocks rose.", ["U.S. stocks rose."]),
    ("The U.S. Treasury spoke.", ["The U.S. Treasury spoke."]),
    ("Mr. Tarn of St. Ives spoke.", ["Mr. Tarn of St. Ives spoke."]),
    ("J. P. Tarn spoke.", ["J. P. Tarn spoke."]),
    ("It fell 2.5 percent to 1.5.", ["It fell 2.5 percent to 1.5."]),
    ("The index .SPX rose. The index .DJI fell.", ["The index .SPX rose.", "The index .DJI fell."]),
    ("“It rose.” She left.", ["“It rose.”", "She left."]),
    ("It rose . It fell .", ["It rose .", "It fell ."]),
    ("A heading\nStocks rose.", ["A heading", "Stocks rose."]),
    ("It ended flat. WORST WEEK SINCE JULY Stocks fell.", ["It ended flat.", "WORST WEEK SINCE JULY", "Stocks fell."]),
]


@pytest.mark.parametrize(("text", "sentences"), CASES)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@given(st.text(alphabet="Ab. \n“”!?IncU", max_size=200))
def test_sentences_are_in_order_and_hold_every_letter(text: str) -> None:
    spans = list(sentence_spans(text))
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize(
    "line",
    [
        "By Orla Quillfeather",
        "By Orla Quillfeather and Tam Brackwater",
        "(Reporting by Orla Quillfeather)",
        "Editing by Tam Brackwater",
    ],
)
def test_bylines_and_credits(line: str) -> None:
    text = f"Stocks rose.\n\n{line}\n\nBonds fell."
    assert [text[start:end].strip() for start, end in furniture_spans(text)] == [line]


def test_what_stands_above_a_byline_is_the_heading() -> None:
    text = "close\n\nAnalysis – Apple and small caps\n\nBy Orla Quillfeather\n\nStocks rose."
    assert next(text[start:end].strip() for start, end in furniture_spans(text)) == text[: text.index("\n\nBy")]


def test_a_story_is_no_heading_of_a_later_line() -> None:
    text = "Stocks rose.\n\nBy Orla Quillfeather\n\nBonds fell."
    assert len(furniture_spans(text)) == 1


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    assert furniture_spans("By Friday the index had lost 3 percent.") == []


@pytest.mark.parametrize("dateline", ["NEW YORK (Harbour Wire) – ", "LONDON, July 17 (Harbour Wire) - "])
def test_datelines(dateline: str) -> None:
    text = f"{dateline}Stocks rose."
    assert [text[start:end] for start, end in dateline_spans(text)] == [dateline]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("LONDON, July 17 (Harbour Wire) - Shares fell.", "Europe/London"),
        ("By Orla Quillfeather\n\nTOKYO (Harbour Wire) – Shares fell.", "Asia/Tokyo"),
        ("By Orla Quillfeather TOKYO/SEOUL (Harbour Wire) - Shares fell.", "Asia/Tokyo"),
        ("Kettles sell.\n\nParis (Harbour Wire) - Shares fell.", "Europe/Paris"),
        ("MILLBROOK (Harbour Wire) - Shares fell in London.", "America/New_York"),
        ("Shares fell in LONDON.", "America/New_York"),
    ],
)
def test_the_newsroom_is_in_the_datelines_city(text: str, zone: str) -> None:
    from zoneinfo import ZoneInfo

    assert newsroom_zone(text, ZoneInfo("America/New_York")).key == zone


@pytest.mark.parametrize(
    ("dateline", "zone"),
    [
        ("TOKYO, July 12 (Harbour Wire) –", "Asia/Tokyo"),
        ("London (Harbour Wire) -", "Europe/London"),
        ("(Harbour Wire) -", "Europe/Paris"),
        (None, "Europe/Paris"),
    ],
)
def test_a_dateline_that_reading_took_out_goes_before_one_in_the_text(dateline: str | None, zone: str) -> None:
    from zoneinfo import ZoneInfo

    import spacy

    doc = spacy.blank("en").make_doc("PARIS (Harbour Wire) - Shares fell.")
    doc._.dateline = dateline
    assert newsroom_zone(doc, ZoneInfo("America/New_York")).key == zone
