"""Statements in texts that went wrong: marks lost, doubled and never closed, capitals, thousands of names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsig.extract.quotes.clauses import LONGEST as LONGEST_CLAUSE
from newsig.extract.quotes.marks import LONGEST
from newsig.records import Quote
from tests.conftest import Read

WHO = "Orla Quillfeather"
HOUSE = "Larkmoor Partners"
STORY = (
    f"“It is over,” said {WHO}, a trader at {HOUSE}. “The bears have gone home.”\n\n"
    f"{HOUSE} expects sales to rise. The firm said it was “glad of every buyer” in May.\n\n"
    "“We expect better,” Quillfeather added, “and so should you.”"
)

ODD: dict[str, str] = {
    "an odd number of marks": f"“It is over,” said {WHO} of {HOUSE}. “The bears have gone. Stocks rose, she said.",
    "an odd number of straight marks": f'"It is over," said {WHO} of {HOUSE}. "The bears have gone. Stocks rose.',
    "a mark that nothing closes": f"{WHO} of {HOUSE} said: “It is over, "
    + "and so it goes on " * 200
    + "\n\nStocks rose.",
    "a quotation of 10,000 characters": f"“{'It goes on and on. ' * 530}” said {WHO} of {HOUSE}.",
    "a sentence of 5,000 characters": f"{HOUSE} said {'it goes on and ' * 330}it ends.",
    "capitals throughout": STORY.upper(),
    "small letters throughout": STORY.lower(),
    "all marks lost": STORY.translate({ord(mark): None for mark in "“”"}),
    "all marks straight": STORY.translate(dict.fromkeys(map(ord, "“”"), '"')),
    "all marks open": STORY.replace("”", "“"),
    "all marks closed": STORY.replace("“", "”"),
    "all paragraphs joined": STORY.replace("\n\n", " "),
    "all words on lines of their own": STORY.replace(" ", "\n"),
    "no end of a sentence": STORY.replace(".", ""),
    "only commas": STORY.replace(".", ","),
    "read backwards": STORY[::-1],
    "straight marks alone": '"' * 3000,
    "opening marks alone": "“" * 2000,
    "closing marks alone": "”" * 2000,
    "single marks alone": "'" * 2000,
    "backticks alone": "``" * 1000,
    "guillemets alone": "«" * 1000,
    "one name again and again": f"{WHO} " * 2000,
    "one name in capitals again and again": f"{WHO.upper()} " * 1000,
    "one speaker again and again": f"said {WHO} " * 700,
    "a speaker and a verb again and again": f"{WHO} said " * 700,
    "short words and commas": ", a b" * 4000,
    "offices and commas": ", chief trader" * 800,
    "verbs of saying alone": "said " * 1500,
    "according to alone": "according to " * 700,
    "capitals and full stops": "A. " * 1500,
    "titles again and again": "“Tin Harbour” " * 1000,
    "a long word": "“" + "x" * 5000 + "” said " + WHO,
    "blanks alone": " " * 2000,
    "lines alone": "\n" * 1000,
}

PIECES = st.lists(
    st.sampled_from(
        [
            "“It is over,” ",
            f"said {WHO}",
            "said ",
            f"{HOUSE} expects ",
            "sales to rise 5 percent",
            ", according to ",
            HOUSE,
            WHO.upper(),
            "the company ",
            "a spokesman for ",
            "He said that ",
            "she added",
            "“",
            "”",
            '"',
            "‘",
            "’",
            "«",
            " – ",
            ": ",
            ". ",
            ", ",
            "\n\n",
            "which reported ",
            "( AAPL.O ) ",
        ]
    ),
    max_size=16,
).map("".join)


def sound(quote: Quote, text: str) -> None:
    """Assert what holds of every statement of any text."""
    assert 0 <= quote.start < quote.end <= len(text)
    assert text[quote.start : quote.end] == quote.text == quote.text.strip()
    if quote.kind == "direct":
        assert len(quote.text) <= LONGEST + 2 or (quote.text[0], quote.text[-1]) == ("“", "”")
        assert quote.text[0] in "'\"`‘“„‟«»‹›"
    else:
        assert len(quote.text) <= LONGEST_CLAUSE
    if quote.speaker is None:
        told = (quote.speaker_type, quote.role, quote.organisation, quote.attribution)
        assert told == (None,) * 4
        return
    assert quote.speaker_type is not None
    assert quote.attribution is not None
    assert text[quote.attribution.start : quote.attribution.end] == quote.attribution.text
    assert quote.cue is None or quote.cue in text
    in_one_line = " ".join(text.split())
    assert all(name in in_one_line for name in quote.speaker.split(" and "))


HEARD: dict[str, list[str | None]] = {
    "an odd number of marks": [WHO, WHO],
    "an odd number of straight marks": [WHO, WHO],
    "a mark that nothing closes": [],
    "a quotation of 10,000 characters": [WHO],
    "all marks straight": [WHO, WHO, HOUSE, HOUSE, HOUSE, WHO, WHO],
    "all paragraphs joined": [WHO, WHO, HOUSE, HOUSE, HOUSE, WHO, WHO],
    "no end of a sentence": [WHO, HOUSE, HOUSE, HOUSE, WHO, WHO],
    "read backwards": [],
}
"""Who speaks in the odd texts of which that can be said."""


@pytest.mark.parametrize(("name", "speakers"), HEARD.items(), ids=HEARD)
def test_who_is_heard_in_odd_texts(read: Read, name: str, speakers: list[str | None]) -> None:
    assert [quote.speaker for quote in read(ODD[name]).quotes] == speakers


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts_give_sound_statements(read: Read, text: str) -> None:
    for quote in read(text).quotes:
        sound(quote, text)


@settings(max_examples=80, deadline=None)
@given(PIECES)
def test_a_statement_is_its_own_words_and_all_of_its_speaker_or_nothing(read: Read, text: str) -> None:
    text = text or " "
    quotes = read(text).quotes
    for quote in quotes:
        sound(quote, text)
    assert read(text).quotes == quotes
    assert list(quotes) == sorted(quotes, key=lambda quote: quote.start)
