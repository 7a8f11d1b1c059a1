"""Who said what: quotations, reported statements, and whom a name or a pronoun stands for.

Every person and every firm that speaks here is invented; Reuters and the Labor Department stand for polls and official
figures. KNOWN_GAPS say where the rules stop; a row that starts to pass must move up.
"""

from __future__ import annotations

import pytest

from tests.conftest import Read

Row = tuple[str, str, str | None]

WHO = "Orla Quillfeather"
HOUSE = "Larkmoor Partners"

DIRECT: list[tuple[str, list[Row]]] = [
    # the verb behind the marks, either way round
    (
        f"“The weather has turned,” said {WHO}, chief investment officer at {HOUSE}.",
        [("“The weather has turned,”", "direct", WHO)],
    ),
    (f'"The weather has turned," {WHO} said.', [('"The weather has turned,"', "direct", WHO)]),
    (f"“It has turned,” says {WHO}, head of equities at {HOUSE}.", [("“It has turned,”", "direct", WHO)]),
    (f"“It has turned,” said {HOUSE} analyst {WHO}.", [("“It has turned,”", "direct", WHO)]),
    (
        f"“It has turned,” wrote {WHO}, an analyst at {HOUSE}, in a note to clients.",
        [("“It has turned,”", "direct", WHO)],
    ),
    (f"“It has turned,” {WHO}, an analyst at {HOUSE}, said.", [("“It has turned,”", "direct", WHO)]),
    (f"“It has turned,” {WHO}, an analyst at {HOUSE}, told Reuters.", [("“It has turned,”", "direct", WHO)]),
    (f"“Has it turned?” asked {WHO}, a trader at {HOUSE}.", [("“Has it turned?”", "direct", WHO)]),
    (f"“It has turned!” said {WHO}, a trader at {HOUSE}.", [("“It has turned!”", "direct", WHO)]),
    (f"«It has turned,» said {WHO}, a trader at {HOUSE}.", [("«It has turned,»", "direct", WHO)]),
    (f'“It has turned," said {WHO}, a trader at {HOUSE}.', [('“It has turned,"', "direct", WHO)]),
    ("“We expect better,” the company said.", [("“We expect better,”", "direct", None)]),
    (
        "Pottlewick Holdings Inc lost money. “We expect better,” the company said.",
        [("“We expect better,”", "direct", "Pottlewick Holdings Inc")],
    ),
    # the verb before them
    (f"{WHO}, an analyst at {HOUSE}, said: “The weather has turned.”", [("“The weather has turned.”", "direct", WHO)]),
    (f"{WHO}, an analyst at {HOUSE}, said, “The weather has turned.”", [("“The weather has turned.”", "direct", WHO)]),
    (
        f"{WHO}, an analyst at {HOUSE}, said that “the weather has turned.”",
        [("“the weather has turned.”", "direct", WHO)],
    ),
    (f"{WHO} of {HOUSE} wrote: “The weather has turned.”", [("“The weather has turned.”", "direct", WHO)]),
    # a run that goes on
    (
        f"“It has changed,” said {WHO} of {HOUSE}. “I hope it is only the start.”",
        [("“It has changed,”", "direct", WHO), ("“I hope it is only the start.”", "direct", WHO)],
    ),
    (
        f"“It has changed,” said {WHO} of {HOUSE}, “and I hope it is only the start.”",
        [("“It has changed,”", "direct", WHO), ("“and I hope it is only the start.”", "direct", WHO)],
    ),
    (
        f"{WHO}, an analyst at {HOUSE}, said the fall was overdone. “Buyers will be back before long.”",
        [("the fall was overdone", "indirect", WHO), ("“Buyers will be back before long.”", "direct", WHO)],
    ),
    (
        f"“It has changed,” said {WHO} of {HOUSE}. “I hope it is only the start,” she added.",
        [("“It has changed,”", "direct", WHO), ("“I hope it is only the start,”", "direct", WHO)],
    ),
    # a run without a verb, behind a sentence that brings its speaker in
    (
        f"{WHO}, an analyst at {HOUSE}, commented on the fall. “It is carnage out there.”",
        [("“It is carnage out there.”", "direct", WHO)],
    ),
    (
        f"{WHO}, an analyst at {HOUSE}, spoke of the fall. “It is carnage out there,” she said.",
        [("“It is carnage out there,”", "direct", WHO)],
    ),
    # an inserted speaker
    (
        f"“It is over,” said {WHO} of {HOUSE}. Before she buys, she said, “we would have to see better margins.”",
        [("“It is over,”", "direct", WHO), ("“we would have to see better margins.”", "direct", WHO)],
    ),
    # paragraphs opened anew and closed once
    (
        f"“It is over,” said {WHO} of {HOUSE}.\n\n“The first one is left open.\n\n“The second one is closed.”",
        [
            ("“It is over,”", "direct", WHO),
            ("“The first one is left open.", "direct", WHO),
            ("“The second one is closed.”", "direct", WHO),
        ],
    ),
    (
        f"“The first one is left open.\n\n“The second one is closed,” said {WHO} of {HOUSE}.",
        [("“The first one is left open.", "direct", WHO), ("“The second one is closed,”", "direct", WHO)],
    ),
    (
        "“The banks stand ready,” said the banks in a joint statement.",
        [("“The banks stand ready,”", "direct", "the banks")],
    ),
    # words of a speaker inside a reported clause
    (
        f"{WHO}, an analyst at {HOUSE}, said the market was being “driven by fear and greed” these days.",
        [
            ("the market was being “driven by fear and greed” these days", "indirect", WHO),
            ("“driven by fear and greed”", "direct", WHO),
        ],
    ),
    # two speakers in turn
    (
        f"“It is over,” said {WHO}, a trader at {HOUSE}. “It is not,” said Tam Brackwater of Wicketfold Data.",
        [("“It is over,”", "direct", WHO), ("“It is not,”", "direct", "Tam Brackwater")],
    ),
    # the next sentence opens with somebody else's verb
    (
        f"“It is over,” said {WHO} of {HOUSE}. “There is no buyer left.” Wicketfold Data said sales fell 5 percent.",
        [
            ("“It is over,”", "direct", WHO),
            ("“There is no buyer left.”", "direct", WHO),
            ("sales fell 5 percent", "indirect", "Wicketfold Data"),
        ],
    ),
]

REPORTED: list[tuple[str, list[Row]]] = [
    # according to
    (
        "Inflows reached a record, according to Larkmoor Research.",
        [("Inflows reached a record", "indirect", "Larkmoor Research")],
    ),
    (
        "According to Larkmoor Research, inflows reached a record.",
        [("inflows reached a record", "indirect", "Larkmoor Research")],
    ),
    (
        "Inflows reached a record, according to data from Larkmoor Research.",
        [("Inflows reached a record", "indirect", "Larkmoor Research")],
    ),
    (
        "Inflows reached a record according to Larkmoor Research data.",
        [("Inflows reached a record", "indirect", "Larkmoor Research")],
    ),
    (
        f"Inflows reached a record, according to {WHO}, an analyst at {HOUSE}.",
        [("Inflows reached a record", "indirect", WHO)],
    ),
    # the clause before the verb
    (f"The drop will not last, said {WHO}, a strategist at {HOUSE}.", [("The drop will not last", "indirect", WHO)]),
    (f"The drop will not last, says {WHO}, president of {HOUSE}.", [("The drop will not last", "indirect", WHO)]),
    (f"The drop will not last, {HOUSE} said in a statement.", [("The drop will not last", "indirect", HOUSE)]),
    (
        "Claims dropped to a low, the Labor Department said on Thursday.",
        [("Claims dropped to a low", "indirect", "Labor Department")],
    ),
    (
        "Claims dropped to a low, the government said on Thursday.",
        [("Claims dropped to a low", "indirect", "the government")],
    ),
    # the clause behind it
    (f"{WHO}, a strategist at {HOUSE}, said the drop will not last.", [("the drop will not last", "indirect", WHO)]),
    (
        f"{WHO}, a strategist at {HOUSE}, said on Friday that the drop will not last.",
        [("the drop will not last", "indirect", WHO)],
    ),
    (f"{HOUSE} said in a statement that the drop will not last.", [("the drop will not last", "indirect", HOUSE)]),
    (f"{HOUSE} said on Friday the drop will not last.", [("the drop will not last", "indirect", HOUSE)]),
    (f"{WHO} told Reuters the drop will not last.", [("the drop will not last", "indirect", WHO)]),
    (f"{WHO} told investors on a call that the drop will not last.", [("the drop will not last", "indirect", WHO)]),
    (f"{HOUSE} warned that the drop would go on.", [("the drop would go on", "indirect", HOUSE)]),
    (f"{HOUSE} added that the drop would go on.", [("the drop would go on", "indirect", HOUSE)]),
    (f"{HOUSE} noted that costs were rising.", [("costs were rising", "indirect", HOUSE)]),
    (
        f"{HOUSE} signalled on Monday that it would lower its own estimate.",
        [("it would lower its own estimate", "indirect", HOUSE)],
    ),
    (
        f"{HOUSE} announced it was unable to return the money.",
        [("it was unable to return the money", "indirect", HOUSE)],
    ),
    (
        "The Labor Department reported Friday that the jobless rate rose.",
        [("the jobless rate rose", "indirect", "Labor Department")],
    ),
    # in the middle of a sentence
    (
        f"Bank stocks sank after {HOUSE} said lenders could be hit by the slump, pulling the index down.",
        [("lenders could be hit by the slump", "indirect", HOUSE)],
    ),
    (
        f"Shares fell after {HOUSE} said cuts would hurt profit, sparking caution about the season.",
        [("cuts would hurt profit", "indirect", HOUSE)],
    ),
    (
        "Pottlewick Holdings Inc rose after saying it would buy the rest of Wicketfold Data.",
        [("it would buy the rest of Wicketfold Data", "indirect", "Pottlewick Holdings Inc")],
    ),
    (
        "Pottlewick Holdings Inc, which reported that sales had increased, led the list.",
        [("sales had increased", "indirect", "Pottlewick Holdings Inc")],
    ),
    (
        "Stocks fell on the Labor Department's announcement that hiring had stopped.",
        [("hiring had stopped", "indirect", "Labor Department")],
    ),
    # expecting
    (f"{HOUSE} expects a rate increase in March.", [("a rate increase in March", "indirect", HOUSE)]),
    (f"{HOUSE} expects profit to rise.", [("profit to rise", "indirect", HOUSE)]),
    (f"{HOUSE} forecast lower revenue for the year.", [("lower revenue for the year", "indirect", HOUSE)]),
    (f"{HOUSE} sees growth of 5 percent.", [("growth of 5 percent", "indirect", HOUSE)]),
    (f"{HOUSE} predicted that prices would fall.", [("prices would fall", "indirect", HOUSE)]),
    # data and polls
    (f"{HOUSE} data showed that sales had stalled.", [("sales had stalled", "indirect", HOUSE)]),
    (f"A survey by {HOUSE} found that sales had stalled.", [("sales had stalled", "indirect", HOUSE)]),
    (
        f"Analysts at {HOUSE} said the drop will not last.",
        [("the drop will not last", "indirect", f"Analysts at {HOUSE}")],
    ),
    (
        f"A spokesman for {HOUSE} said the drop will not last.",
        [("the drop will not last", "indirect", f"A spokesman for {HOUSE}")],
    ),
    (
        "Economists in the latest Reuters poll predicted growth of 4 percent.",
        [("growth of 4 percent", "indirect", "Economists in the latest Reuters poll")],
    ),
    # who it is that speaks
    (
        "Pottlewick Holdings Inc lost money. The company said it would close plants.",
        [("it would close plants", "indirect", "Pottlewick Holdings Inc")],
    ),
    (
        "Pottlewick Holdings Inc lost money. It said it would close plants.",
        [("it would close plants", "indirect", "Pottlewick Holdings Inc")],
    ),
    (
        f"“It is over,” said {WHO}, a trader at {HOUSE}. Quillfeather said the fund would sell.",
        [("“It is over,”", "direct", WHO), ("the fund would sell", "indirect", WHO)],
    ),
    (
        f"“It is over,” said {WHO}, a trader at {HOUSE}. She said the fund would sell.",
        [("“It is over,”", "direct", WHO), ("the fund would sell", "indirect", WHO)],
    ),
]

NO_QUOTES = [
    "The “lost decade” of the miners is in fashion.",
    "The Dow added 67 points.",
    "He played in “The Longest Day” as a boy.",
    "By Orla Quillfeather\n\nStocks rose.",
    "Stocks rose.\n\n(Reporting by Orla Quillfeather; editing by Tam Brackwater)",
    'A lone " mark stands here, and nothing is said.',
    "Analysts said the drop will not last.",
    "Traders expect a quiet day.",
    "Investors fear that rates will rise.",
    "Data showed that sales had stalled.",
    "History shows that a sharp rise is a good sign.",
    "Apple shares showed a gain of 3 percent.",
    "The Nasdaq reported its best day of the year.",
    "Pottlewick reported a loss for the quarter.",
    "Apple is said to be in talks.",
    "Larkmoor Partners cut the stock to “sell” from “hold.”",
    "Oil added to its gains on Friday.",
    "The bank is expected to report on Tuesday.",
    # what stands before a colon is a label, or what a company makes
    "Apple's iPhone: sales to rise this year",
    "Germany's DAX: up for a third day in a row",
    "Wall Street's week: earnings to come in thick",
]

STANCES = [
    ("“I hope the autumn brings more of it,” said Orla Quillfeather.", "hope"),
    ("“If rates fall, small caps gain,” said Orla Quillfeather.", "conditional"),
    ("“Small caps will gain from here,” said Orla Quillfeather.", "forecast"),
    ("“Small caps have gained a lot,” said Orla Quillfeather.", "actual"),
]

KNOWN_GAPS: list[tuple[str, list[Row], str]] = [
    (
        f"“The first paragraph is left open, said {WHO}.\n\n“The second one is closed.”",
        [("“The second one is closed.”", "direct", WHO)],
        "the paragraph that is left open has a verb of saying inside its marks",
    ),
    (
        f"{HOUSE} is headed by {WHO}. “It is over,” the chief strategist said.",
        [("“It is over,”", "direct", WHO)],
        "who heads a firm is told by no office, so that the strategist is nobody known",
    ),
]


@pytest.mark.parametrize(("text", "rows"), DIRECT)
def test_quotations_and_their_speakers(read: Read, text: str, rows: list[Row]) -> None:
    assert [(quote.text, quote.kind, quote.speaker) for quote in read(text).quotes] == rows


@pytest.mark.parametrize(("text", "rows"), REPORTED)
def test_reported_statements_and_their_speakers(read: Read, text: str, rows: list[Row]) -> None:
    assert [(quote.text, quote.kind, quote.speaker) for quote in read(text).quotes] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [pytest.param(*gap[:2], marks=pytest.mark.xfail(reason=gap[2], strict=True)) for gap in KNOWN_GAPS],
)
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


PERSONS: list[tuple[str, str | None, str | None]] = [
    # how a person is brought in, the role and the organisation
    (f"“It is over,” said {WHO}, a trader at {HOUSE}.", "trader", HOUSE),
    (f"“It is over,” said {WHO}, president of {HOUSE}.", "president", HOUSE),
    (f"“It is over,” said {WHO}, chief market strategist with {HOUSE} in New York.", "chief market strategist", HOUSE),
    (f"“It is over,” said {WHO}, portfolio manager for {HOUSE}, in Boston.", "portfolio manager", HOUSE),
    (f"“It is over,” said {HOUSE} analyst {WHO}.", "analyst", HOUSE),
    (f"“It is over,” said {WHO} of {HOUSE}.", None, HOUSE),
    (f"“It is over,” said {WHO}, who oversees $4 billion as chairman of {HOUSE} in New York.", "chairman", HOUSE),
    (
        f"“It is over,” said {WHO}, senior trader at U.S. Larkmoor Investors Inc in San Antonio.",
        "senior trader",
        "U.S. Larkmoor Investors Inc",
    ),
    (f"“It is over,” said {WHO}.", None, None),
]


@pytest.mark.parametrize(("text", "role", "organisation"), PERSONS)
def test_role_and_organisation(read: Read, text: str, role: str | None, organisation: str | None) -> None:
    (quote,) = read(text).quotes
    assert (quote.speaker, quote.role, quote.organisation) == (WHO, role, organisation)
