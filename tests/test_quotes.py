"""Who said what, as far as the first rules go; KNOWN_GAPS say where they stop."""

from __future__ import annotations

import pytest

from tests.conftest import Read

Row = tuple[str, str, str | None]

CASES: list[tuple[str, list[Row]]] = [
    (
        "“The weather has turned,” said Orla Quillfeather, chief investment officer at Larkmoor Partners.",
        [("“The weather has turned,”", "direct", "Orla Quillfeather")],
    ),
    (
        '"The weather has turned," Orla Quillfeather said.',
        [('"The weather has turned,"', "direct", "Orla Quillfeather")],
    ),
    (
        "“It has changed,” said Orla Quillfeather of Larkmoor Partners. “I hope it is only the start.”",
        [
            ("“It has changed,”", "direct", "Orla Quillfeather"),
            ("“I hope it is only the start.”", "direct", "Orla Quillfeather"),
        ],
    ),
    (
        "Inflows reached a record, according to Larkmoor Research.",
        [("Inflows reached a record", "indirect", "Larkmoor Research")],
    ),
    (
        "The drop will not last, said Orla Quillfeather, a strategist at Larkmoor Partners.",
        [("The drop will not last", "indirect", "Orla Quillfeather")],
    ),
]

NO_QUOTES = [
    "The “lost decade” of the miners is in fashion.",
    "The Dow added 67 points.",
    "He played in “The Longest Day” as a boy.",
    "By Orla Quillfeather\n\nStocks rose.",
    "Stocks rose.\n\n(Reporting by Orla Quillfeather; editing by Tam Brackwater)",
    'A lone " mark stands here, and nothing is said.',
]

STANCES = [
    ("“I hope the autumn brings more of it,” said Orla Quillfeather.", "hope"),
    ("“If rates fall, small caps gain,” said Orla Quillfeather.", "conditional"),
    ("“Small caps will gain from here,” said Orla Quillfeather.", "forecast"),
    ("“Small caps have gained a lot,” said Orla Quillfeather.", "actual"),
]

KNOWN_GAPS: list[tuple[str, list[Row]]] = [
    (
        "Before she buys, she said, “we would have to see better margins.”",
        [("“we would have to see better margins.”", "direct", None)],
    ),
    (
        "“The first paragraph is left open, said Orla Quillfeather.\n\n“The second one is closed.”",
        [("“The second one is closed.”", "direct", "Orla Quillfeather")],
    ),
]


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_statements_and_their_speakers(read: Read, text: str, rows: list[Row]) -> None:
    assert [(quote.text, quote.kind, quote.speaker) for quote in read(text).quotes] == rows


@pytest.mark.xfail(reason="not read yet")
@pytest.mark.parametrize(("text", "rows"), KNOWN_GAPS)
def test_known_gaps(read: Read, text: str, rows: list[Row]) -> None:
    assert [(quote.text, quote.kind, quote.speaker) for quote in read(text).quotes] == rows


@pytest.mark.parametrize("text", NO_QUOTES)
def test_terms_titles_bylines_and_credits_are_no_statements(read: Read, text: str) -> None:
    assert read(text).quotes == ()


@pytest.mark.parametrize(("text", "stance"), STANCES)
def test_stance(read: Read, text: str, stance: str) -> None:
    assert [quote.stance for quote in read(text).quotes] == [stance]


def test_role_and_organisation_in_the_articles_words(read: Read) -> None:
    text = "“Chips were the story,” said Orla Quillfeather, head of European equities at Larkmoor Partners."
    (quote,) = read(text).quotes
    assert (quote.role, quote.organisation) == ("head of European equities", "Larkmoor Partners")
    assert (quote.speaker_type, quote.cue) == ("person", "said")


def test_a_surname_and_a_pronoun_stand_for_the_full_name(read: Read) -> None:
    text = (
        "“Chips were the story,” said Orla Quillfeather, a strategist at Larkmoor Partners.\n\n"
        "“Take them out and it is dull,” Quillfeather said.\n\n“I would wait for the autumn,” she said."
    )
    assert {quote.speaker for quote in read(text).quotes} == {"Orla Quillfeather"}


def test_a_mark_that_is_never_closed_does_not_run_away(read: Read) -> None:
    text = "“This never ends, " + "and on it goes " * 400 + "\n\nStocks rose, said nobody."
    assert all(len(quote.text) <= 2002 for quote in read(text).quotes)
