"""Where the verb of saying stands, and clauses with quoted words in them.

Every person and every firm that speaks here is invented. `KNOWN_GAPS` say where the rules stop, and why.
"""

from __future__ import annotations

import pytest

from tests.conftest import Read

Row = tuple[str, str, str | None]

WHO = "Orla Quillfeather"
HOUSE = "Larkmoor Partners"
BROUGHT_IN = f"“It is over,” said {WHO} of {HOUSE}."
FIRST: Row = ("“It is over,”", "direct", WHO)

MIXED: list[tuple[str, list[Row]]] = [
    # a clause with quoted words in it: all of it is reported, words enough are also quoted
    (
        f"{WHO}, a trader at {HOUSE}, said the market was “driven by fear alone” this week.",
        [
            ("the market was “driven by fear alone” this week", "indirect", WHO),
            ("“driven by fear alone”", "direct", WHO),
        ],
    ),
    (
        f'{WHO}, a trader at {HOUSE}, said the market was "driven by fear alone" this week.',
        [
            ('the market was "driven by fear alone" this week', "indirect", WHO),
            ('"driven by fear alone"', "direct", WHO),
        ],
    ),
    (
        f"{HOUSE} said the plant would close “in the near future” and reopen in May.",
        [
            ("the plant would close “in the near future” and reopen in May", "indirect", HOUSE),
            ("“in the near future”", "direct", HOUSE),
        ],
    ),
    (
        f"{HOUSE} warned that demand was “weaker than we thought” in Europe.",
        [
            ("demand was “weaker than we thought” in Europe", "indirect", HOUSE),
            ("“weaker than we thought”", "direct", HOUSE),
        ],
    ),
    (
        f"{BROUGHT_IN} She said prices would “go on falling for long” in spring.",
        [
            FIRST,
            ("prices would “go on falling for long” in spring", "indirect", WHO),
            ("“go on falling for long”", "direct", WHO),
        ],
    ),
    (
        f"The market was “driven by fear alone” this week, {HOUSE} said.",
        [
            ("The market was “driven by fear alone” this week", "indirect", HOUSE),
            ("“driven by fear alone”", "direct", HOUSE),
        ],
    ),
    (
        f"The market was “driven by fear alone” this week, said {WHO}, a trader at {HOUSE}.",
        [
            ("The market was “driven by fear alone” this week", "indirect", WHO),
            ("“driven by fear alone”", "direct", WHO),
        ],
    ),
    (
        f"According to {HOUSE}, the market was “driven by fear alone” this week.",
        [
            ("the market was “driven by fear alone” this week", "indirect", HOUSE),
            ("“driven by fear alone”", "direct", HOUSE),
        ],
    ),
    (
        f"{HOUSE} predicted that prices would “fall off a cliff” in May.",
        [
            ("prices would “fall off a cliff” in May", "indirect", HOUSE),
            ("“fall off a cliff”", "direct", HOUSE),
        ],
    ),
    # fewer words are a term
    (
        f"{WHO}, a trader at {HOUSE}, said the market was “resilient” this week.",
        [("the market was “resilient” this week", "indirect", WHO)],
    ),
    (
        f"{HOUSE} said the “old guard” had gone.",
        [("the “old guard” had gone", "indirect", HOUSE)],
    ),
    # the run ends the clause
    (
        f"{WHO}, a trader at {HOUSE}, said the market was “driven by fear alone.”",
        [("the market was “driven by fear alone.”", "indirect", WHO), ("“driven by fear alone.”", "direct", WHO)],
    ),
    (
        f"{HOUSE} said that prices would “fall off a cliff.”",
        [("prices would “fall off a cliff.”", "indirect", HOUSE), ("“fall off a cliff.”", "direct", HOUSE)],
    ),
    (
        f"Higher rates are a “headwind for small firms,” said {WHO}, a trader at {HOUSE}.",
        [
            ("Higher rates are a “headwind for small firms,”", "indirect", WHO),
            ("“headwind for small firms,”", "direct", WHO),
        ],
    ),
    (
        f"But higher rates are a “headwind for small firms,” said {WHO}, a trader at {HOUSE}.",
        [
            ("higher rates are a “headwind for small firms,”", "indirect", WHO),
            ("“headwind for small firms,”", "direct", WHO),
        ],
    ),
    (
        f"Higher rates are a “headwind,” said {WHO}, a trader at {HOUSE}.",
        [("Higher rates are a “headwind,”", "indirect", WHO)],
    ),
    # the run is all that is said
    (
        f"{WHO}, a trader at {HOUSE}, called it “a market of fear alone.”",
        [("“a market of fear alone.”", "direct", WHO)],
    ),
    (
        f"{WHO}, a trader at {HOUSE}, described the week as “a market of fear alone.”",
        [("“a market of fear alone.”", "direct", WHO)],
    ),
    # a title is no quotation
    (
        f"{WHO}, a trader at {HOUSE}, said “The Tin Harbour” would sell well.",
        [("“The Tin Harbour” would sell well", "indirect", WHO)],
    ),
]

PLACEMENTS: list[tuple[str, list[Row]]] = [
    # before
    (f"{WHO}, a trader at {HOUSE}, said the fall would go on.", [("the fall would go on", "indirect", WHO)]),
    (f"{WHO} of {HOUSE} said the fall would go on.", [("the fall would go on", "indirect", WHO)]),
    (
        f"{WHO}, a trader at {HOUSE}, said in an interview: “It is over for the bears.”",
        [("“It is over for the bears.”", "direct", WHO)],
    ),
    (
        f"{WHO}, a trader at {HOUSE}, put it bluntly: “It is over for the bears.”",
        [("“It is over for the bears.”", "direct", WHO)],
    ),
    (f"In a note, {WHO} of {HOUSE} wrote the fall would go on.", [("the fall would go on", "indirect", WHO)]),
    (f"On Tuesday, {HOUSE} said the fall would go on.", [("the fall would go on", "indirect", HOUSE)]),
    # after
    (f"The fall would go on, {HOUSE} said.", [("The fall would go on", "indirect", HOUSE)]),
    (f"The fall would go on, {HOUSE} said on Tuesday.", [("The fall would go on", "indirect", HOUSE)]),
    (f"The fall would go on, said {HOUSE} in a note.", [("The fall would go on", "indirect", HOUSE)]),
    (f"The fall would go on, {WHO}, a trader at {HOUSE}, said.", [("The fall would go on", "indirect", WHO)]),
    (f"{BROUGHT_IN} The fall would go on, she added.", [FIRST, ("The fall would go on", "indirect", WHO)]),
    # inside
    (
        f"{BROUGHT_IN} Right now, she said, it is time for a pause.",
        [FIRST, ("it is time for a pause", "indirect", WHO)],
    ),
    (
        f"“It is over,” said {WHO} of {HOUSE}, “and nobody wants to hear of it.”",
        [FIRST, ("“and nobody wants to hear of it.”", "direct", WHO)],
    ),
    (
        f"“It is,” said {WHO} of {HOUSE}, “quite over by now.”",
        [("“It is,”", "direct", WHO), ("“quite over by now.”", "direct", WHO)],
    ),
    (f"“Yes,” said {WHO} of {HOUSE}.", [("“Yes,”", "direct", WHO)]),
    (f"{BROUGHT_IN} “Never,” she said.", [FIRST, ("“Never,”", "direct", WHO)]),
    (
        f"{BROUGHT_IN} “The bears,” she said, “have all gone home.”",
        [FIRST, ("“The bears,”", "direct", WHO), ("“have all gone home.”", "direct", WHO)],
    ),
    # with an adverb or a helping verb
    (f"{WHO}, a trader at {HOUSE}, also said the fall would go on.", [("the fall would go on", "indirect", WHO)]),
    (f"{WHO}, a trader at {HOUSE}, has said the fall would go on.", [("the fall would go on", "indirect", WHO)]),
    (f"“It is over for the bears,” {WHO} later said.", [("“It is over for the bears,”", "direct", WHO)]),
    # dashes
    (
        f"“It is over for the bears” – {WHO}, chief economist at {HOUSE}",
        [("“It is over for the bears”", "direct", WHO)],
    ),
    (
        f"“It is over for the bears.” – {WHO}, chief economist at {HOUSE}",
        [("“It is over for the bears.”", "direct", WHO)],
    ),
    (
        f"“It is over for the bears.”\n\n– {WHO}, chief economist at {HOUSE}",
        [("“It is over for the bears.”", "direct", None)],
    ),
    (
        f"“It is over for the bears.” – Stocks rose after {WHO} spoke",
        [("“It is over for the bears.”", "direct", None)],
    ),
    # headlines
    (f"{HOUSE} says plant to close in May", [("plant to close in May", "indirect", HOUSE)]),
    (f"{HOUSE} says it will close its plant", [("it will close its plant", "indirect", HOUSE)]),
    (f"{HOUSE} expects lower sales in 2025", [("lower sales in 2025", "indirect", HOUSE)]),
    (f"{HOUSE} sees profit up 5 percent", [("profit up 5 percent", "indirect", HOUSE)]),
    ("Stocks rise, oil falls", []),
]

PLACEMENTS += [
    # what goes on behind a comma is said too, unless somebody says something else there
    (
        f"{HOUSE} said the year brought too many repairs, while a recall hurt its name in Leeds.",
        [("the year brought too many repairs, while a recall hurt its name in Leeds", "indirect", HOUSE)],
    ),
    (
        f"{HOUSE} said it would buy no more mines, but might still sell some.",
        [("it would buy no more mines, but might still sell some", "indirect", HOUSE)],
    ),
    (
        f"{HOUSE} expects a fall in March, but {WHO} of Gorse Data said there was a risk of delay.",
        [("a fall in March", "indirect", HOUSE), ("there was a risk of delay", "indirect", WHO)],
    ),
    # behind whom something is told to
    (
        f"{WHO} of {HOUSE} told Mary Poe, an analyst at Gorse Data, that prices could gain.",
        [("prices could gain", "indirect", WHO)],
    ),
    # further verbs, nouns and adjectives that state
    (f"{HOUSE} insists the mines are safe.", [("the mines are safe", "indirect", HOUSE)]),
    (f"{HOUSE} has made clear the mines are safe.", [("the mines are safe", "indirect", HOUSE)]),
    (f"{HOUSE} is confident that the mines are safe.", [("the mines are safe", "indirect", HOUSE)]),
    (f"{HOUSE}'s assurance that the mines are safe came late.", [("the mines are safe", "indirect", HOUSE)]),
    (f"{HOUSE} forecast quarterly sales would be lower.", [("quarterly sales would be lower", "indirect", HOUSE)]),
    # a clause whose quoted end the parse cuts off, and one that only begins outside the marks
    (
        f"{WHO} of {HOUSE} added that tin stocks “look weak here, and that could last for years.”",
        [
            ("tin stocks “look weak here, and that could last for years.”", "indirect", WHO),
            ("“look weak here, and that could last for years.”", "direct", WHO),
        ],
    ),
    (
        f"The data “reminds everyone how slow this is,” said {WHO} of {HOUSE}.",
        [
            ("The data “reminds everyone how slow this is,”", "indirect", WHO),
            ("“reminds everyone how slow this is,”", "direct", WHO),
        ],
    ),
    # where it is not known of whom "the company" is said, the words are kept and nobody speaks
    ("Profit was 7.8 million dinars, the company said.", [("Profit was 7.8 million dinars", "indirect", None)]),
]

KNOWN_GAPS: list[tuple[str, list[Row], str]] = [
    (
        f"{HOUSE} said “net zero” and “fair shares” had gone out of fashion.",
        [("“net zero” and “fair shares” had gone out of fashion", "indirect", HOUSE)],
        "a term right behind the verb is taken for all that is said",
    ),
    (
        f"{HOUSE} said the year was “long and very hard” and the next would be “longer and far harder” still.",
        [
            (
                "the year was “long and very hard” and the next would be “longer and far harder” still",
                "indirect",
                HOUSE,
            ),
            ("“long and very hard”", "direct", HOUSE),
            ("“longer and far harder”", "direct", HOUSE),
        ],
        "of two runs in one clause the first closes it, where the parse finds no clause behind the verb",
    ),
    (
        f"Said {WHO}, a trader at {HOUSE}: “It is over for the bears.”",
        [("“It is over for the bears.”", "direct", WHO)],
        "Said is a given name too, and opens the name",
    ),
]


@pytest.mark.parametrize(("text", "rows"), MIXED)
def test_a_clause_and_the_words_quoted_in_it(read: Read, text: str, rows: list[Row]) -> None:
    assert [(quote.text, quote.kind, quote.speaker) for quote in read(text).quotes] == rows


@pytest.mark.parametrize(("text", "rows"), PLACEMENTS)
def test_where_the_verb_stands(read: Read, text: str, rows: list[Row]) -> None:
    assert [(quote.text, quote.kind, quote.speaker) for quote in read(text).quotes] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [pytest.param(*gap[:2], marks=pytest.mark.xfail(reason=gap[2], strict=True)) for gap in KNOWN_GAPS],
)
def test_known_gaps(read: Read, text: str, rows: list[Row]) -> None:
    assert [(quote.text, quote.kind, quote.speaker) for quote in read(text).quotes] == rows
