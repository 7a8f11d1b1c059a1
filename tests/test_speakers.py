"""Who it is that speaks, and what he is: names, pronouns and descriptions, groups, roles and organisations.

Every person and every firm that speaks here is invented. `KNOWN_GAPS` say where the rules stop, and why.
"""

from __future__ import annotations

import pytest

from tests.conftest import Read

ROSALIND = "Rosalind Emberthwaite"
LEOPOLD = "Leopold Farthingsby"
ORLA = "Orla Quillfeather"
HOUSE = "Larkmoor Partners"
FIRM = "Pottlewick Holdings Inc"

Who = tuple[str | None, str | None]
"""Speaker and kind of speaker."""
PERSON, HOUSED, UNNAMED = "person", "organisation", "unnamed"

SPEAKERS: list[tuple[str, Who]] = [
    # who the last statement of a text is by: a surname, with and without a title
    (f"“It is over,” said {ROSALIND} of {HOUSE}. “It was long,” Emberthwaite said.", (ROSALIND, PERSON)),
    (f"“It is over,” said {ROSALIND} of {HOUSE}. “It was long,” said Ms. Emberthwaite.", (ROSALIND, PERSON)),
    (f"“It is over,” said {ROSALIND} of {HOUSE}. “It was long,” Ms Emberthwaite added.", (ROSALIND, PERSON)),
    (f"“It is over,” said {ROSALIND} of {HOUSE}. Emberthwaite said the fund would sell.", (ROSALIND, PERSON)),
    (f"{ROSALIND}, a trader at {HOUSE}, bought. According to Emberthwaite, it is over.", (ROSALIND, PERSON)),
    # he and she by the given name
    (f"{ROSALIND}, who runs {HOUSE}, met {LEOPOLD} of Wicketfold Data. “It is over,” she said.", (ROSALIND, PERSON)),
    (f"{LEOPOLD} of {HOUSE} met {ROSALIND} of Wicketfold Data. “It is over,” he said.", (LEOPOLD, PERSON)),
    (f"“Buy,” said {ROSALIND}. “Sell,” said {LEOPOLD}. “It is over now,” she said.", (ROSALIND, PERSON)),
    (f"“Buy,” said {LEOPOLD}. “Sell,” said {ROSALIND}. “It is over now,” he said.", (LEOPOLD, PERSON)),
    (f"“Buy,” said {ROSALIND}. “Sell,” said {LEOPOLD}. He said the fall would go on.", (LEOPOLD, PERSON)),
    (f"“Buy,” said {ROSALIND}. “Sell,” said {LEOPOLD}. The fall would go on, she said.", (ROSALIND, PERSON)),
    (f"Mr. Brackwater runs {HOUSE}. “It is over,” he said.", ("Brackwater", PERSON)),
    # by the office
    (f"{ORLA}, a strategist at {HOUSE}, sold. “It is over,” the strategist said.", (ORLA, PERSON)),
    (f"“Buy,” said {ORLA}, a strategist at {HOUSE}.\n\nThe strategist said the fall would go on.", (ORLA, PERSON)),
    (f"“Buy,” said {ORLA}, an economist at {HOUSE}. “It is over now,” the economist added.", (ORLA, PERSON)),
    # the company, the bank, it, they
    (f"{FIRM} lost money. “We expect better,” the company said.", (FIRM, HOUSED)),
    (f"{FIRM} lost money. The company said it would close plants.", (FIRM, HOUSED)),
    (f"{FIRM} lost money. It said it would close plants.", (FIRM, HOUSED)),
    (f"{FIRM} lost money, the company said.", (FIRM, HOUSED)),
    ("Saltmarsh Bank lost money. The bank said it would close branches.", ("Saltmarsh Bank", HOUSED)),
    (
        "Saltmarsh Bank lost money. “We expect a better year,” the bank said.",
        ("Saltmarsh Bank", HOUSED),
    ),
    (f"{FIRM} lost money. The kettlemaker said it would close plants.", (FIRM, HOUSED)),
    (
        "The Labor Department counted fewer jobs. The department said hiring had slowed.",
        ("Labor Department", HOUSED),
    ),
    # nobody is known to speak
    ("“We expect better,” the company said.", (None, None)),
    ("“It is over for all of us,” he said.", (None, None)),
    ("“It is over for all of us.” Stocks rose.", (None, None)),
    # unnamed, with or without a house
    (f"Analysts at {HOUSE} said the fall would go on.", (f"Analysts at {HOUSE}", UNNAMED)),
    (f"“It is over,” said analysts at {HOUSE}.", (f"analysts at {HOUSE}", UNNAMED)),
    (f"Strategists at {HOUSE} expect profit to rise.", (f"Strategists at {HOUSE}", UNNAMED)),
    (f"A spokesman for {FIRM} said the plant would close.", (f"A spokesman for {FIRM}", UNNAMED)),
    (f"“It is over,” said a spokeswoman for {HOUSE}.", (f"a spokeswoman for {HOUSE}", UNNAMED)),
    ("Two sources said the plant would close.", ("Two sources", UNNAMED)),
    ("“It is over,” said two sources briefed on the sale.", ("two sources briefed on the sale", UNNAMED)),
    ("Pottlewick officials said the plant would close.", ("Pottlewick officials", UNNAMED)),
    ("A Pottlewick spokeswoman said the plant would close.", ("A Pottlewick spokeswoman", UNNAMED)),
    ("“It is over,” an official said.", ("an official", UNNAMED)),
    ("“It is over,” said one banker, who asked not to be named.", ("one banker", UNNAMED)),
    ("The government said hiring had slowed.", ("The government", UNNAMED)),
    (f"{FIRM} lost money. A company spokesman said the plant would close.", ("A company spokesman", UNNAMED)),
    (f"{FIRM}’s creditors said the plant would close.", ("Pottlewick Holdings Inc’s creditors", UNNAMED)),
    # two at a time
    (
        "Martin Skelvane and Thomas Oxenholme said the fall would go on.",
        ("Martin Skelvane and Thomas Oxenholme", PERSON),
    ),
    (f"“It is over,” said {ROSALIND} and {LEOPOLD} in a note.", (f"{ROSALIND} and {LEOPOLD}", PERSON)),
    # whom the statement names is not who says it
    (f"“Buy,” said {ROSALIND}. “Ask Leopold Farthingsby, he will know,” she said.", (ROSALIND, PERSON)),
    (f"{LEOPOLD} is wrong, said {ROSALIND}, a trader at {HOUSE}.", (ROSALIND, PERSON)),
    # instant views: lines that announce, names in capitals
    (
        "ORLA QUILLFEATHER, CHIEF ECONOMIST, LARKMOOR PARTNERS, YORK:\n\n“It is over for the bears.”",
        ("ORLA QUILLFEATHER", PERSON),
    ),
    (
        'ORLA QUILLFEATHER, CHIEF ECONOMIST, LARKMOOR PARTNERS, YORK:\n\n"It is over for the bears."',
        ("ORLA QUILLFEATHER", PERSON),
    ),
    (
        (
            "ORLA QUILLFEATHER, CHIEF ECONOMIST, LARKMOOR PARTNERS, YORK:\n\n“It is over.”\n\n"
            "ROSALIND EMBERTHWAITE, HEAD OF TRADING AT LARKMOOR PARTNERS, LEEDS:\n\n“It is not over at all.”"
        ),
        ("ROSALIND EMBERTHWAITE", PERSON),
    ),
    (f"{ORLA}, chief economist, {HOUSE}: “It is over for the bears.”", (ORLA, PERSON)),
    # a line of a speaker below the quotation
    (f"“It is over for the bears.” – {ORLA}, chief economist at {HOUSE}", (ORLA, PERSON)),
    # names with more in them
    (
        "“It is over,” said Leopold van der Farthing, a trader at Larkmoor Partners.",
        ("Leopold van der Farthing", PERSON),
    ),
    ("“It is over,” said Leopold J. Farthingsby, a trader.", ("Leopold J. Farthingsby", PERSON)),
    ("“It is over,” said Thea Rook-Castle, a trader.", ("Thea Rook-Castle", PERSON)),
    ("“It is over,” said Senator Leopold Farthingsby.", (LEOPOLD, PERSON)),
]

Post = tuple[str | None, str | None, str | None]
"""Speaker, role and organisation."""

POSTS: list[tuple[str, Post]] = [
    # behind the name
    (f"“It is over,” said {ORLA}, a trader at {HOUSE}.", (ORLA, "trader", HOUSE)),
    (f"“It is over,” said {ORLA}, an analyst with {HOUSE}.", (ORLA, "analyst", HOUSE)),
    (f"“It is over,” said {ORLA}, chief economist for {HOUSE}.", (ORLA, "chief economist", HOUSE)),
    (f"“It is over,” said {ORLA}, president of {HOUSE}.", (ORLA, "president", HOUSE)),
    (f"“It is over,” said {ORLA}, the head of research at {HOUSE}.", (ORLA, "head of research", HOUSE)),
    (f"“It is over,” said {ORLA}, head of European equities at {HOUSE}.", (ORLA, "head of European equities", HOUSE)),
    (f"“It is over,” said {ORLA}, director of trading at {HOUSE} in Leeds.", (ORLA, "director of trading", HOUSE)),
    (f"“It is over,” said {ORLA}, an analyst at the brokerage {HOUSE}.", (ORLA, "analyst", HOUSE)),
    (f"“It is over,” said {ORLA}, an analyst at Leeds-based {HOUSE}.", (ORLA, "analyst", HOUSE)),
    (f"{ORLA}, a trader at {HOUSE}, said the fall would go on.", (ORLA, "trader", HOUSE)),
    (f"{ORLA}, a trader at {HOUSE} in York, said: “It is over.”", (ORLA, "trader", HOUSE)),
    (
        f"“It is over,” said {ORLA}, senior vice president and portfolio manager at {HOUSE}.",
        (ORLA, "senior vice president and portfolio manager", HOUSE),
    ),
    (f"“It is over,” said {ORLA}, chief investment officer at {HOUSE}.", (ORLA, "chief investment officer", HOUSE)),
    (f"“It is over,” said {ORLA}, an independent analyst.", (ORLA, "independent analyst", None)),
    (f"“It is over,” said {ORLA}, a trader.", (ORLA, "trader", None)),
    (f"“It is over,” said {ORLA}, a former trader at {HOUSE}.", (ORLA, "former trader", HOUSE)),
    (f"“It is over,” said {ORLA}, {HOUSE}’ chief strategist.", (ORLA, "chief strategist", HOUSE)),
    (f"“It is over,” said {ORLA}, Saltmarsh Bank’s chief strategist.", (ORLA, "chief strategist", "Saltmarsh Bank")),
    (f"“It is over,” said {ORLA} of {HOUSE}.", (ORLA, None, HOUSE)),
    (f"“It is over,” said {ORLA} at {HOUSE}.", (ORLA, None, HOUSE)),
    (f"“It is over,” said {ORLA}.", (ORLA, None, None)),
    # before it
    (f"“It is over,” said {HOUSE} analyst {ORLA}.", (ORLA, "analyst", HOUSE)),
    (f"{HOUSE} strategist {ORLA} said the fall would go on.", (ORLA, "strategist", HOUSE)),
    (f"{HOUSE} chief economist {ORLA} said the fall would go on.", (ORLA, "chief economist", HOUSE)),
    (f"{HOUSE} Chief Executive {ORLA} said the fall would go on.", (ORLA, "Chief Executive", HOUSE)),
    (f"{HOUSE}’ chief strategist, {ORLA}, said the fall would go on.", (ORLA, "chief strategist", HOUSE)),
    (
        f"Saltmarsh Bank’s chief economist, {ORLA}, said the fall would go on.",
        (ORLA, "chief economist", "Saltmarsh Bank"),
    ),
    (f"The chief strategist at {HOUSE}, {ORLA}, said the fall would go on.", (ORLA, "chief strategist", HOUSE)),
    (f"Analyst {ORLA} of {HOUSE} said the fall would go on.", (ORLA, "Analyst", HOUSE)),
    (f"“It is over,” said analyst {ORLA} of {HOUSE}.", (ORLA, "analyst", HOUSE)),
    (f"“It is over,” said fund manager {ORLA}.", (ORLA, "fund manager", None)),
    (f"{ORLA}, editor of the “Tin Report,” said “it is over for the bears.”", (ORLA, "editor", "Tin Report")),
    # by what somebody does
    (f"“It is over,” said {ORLA}, who runs {HOUSE}.", (ORLA, None, HOUSE)),
    (f"“It is over,” said {ORLA}, who manages $3 billion at {HOUSE}.", (ORLA, None, HOUSE)),
    (f"“It is over,” said {ORLA}, who helps manage $3 billion at {HOUSE}.", (ORLA, None, HOUSE)),
    (f"“It is over,” said {ORLA}, who is head of research at {HOUSE}.", (ORLA, "head of research", HOUSE)),
    (f"“It is over,” said {ORLA}, who oversees $4 billion as chairman of {HOUSE}.", (ORLA, "chairman", HOUSE)),
    # the firm is the one just named
    (
        f"{HOUSE} sold its shares. “It is over,” said {ORLA}, the firm’s chief strategist.",
        (ORLA, "chief strategist", HOUSE),
    ),
    (
        f"{HOUSE} sold its shares. The firm’s chief strategist, {ORLA}, said the fall would go on.",
        (ORLA, "chief strategist", HOUSE),
    ),
    # offices of a state
    (f"Treasury Secretary {ORLA} said the fall would go on.", (ORLA, "Treasury Secretary", None)),
    (f"Finance Minister {ORLA} said the fall would go on.", (ORLA, "Finance Minister", None)),
    (f"“It is over,” said Prime Minister {ORLA}.", (ORLA, "Prime Minister", None)),
    (f"British Prime Minister {ORLA} said the fall would go on.", (ORLA, "Prime Minister", None)),
    (f"“It is over,” said former Treasury Secretary {ORLA}.", (ORLA, "former Treasury Secretary", None)),
    # told only later
    (
        f"“It is over,” said {ORLA}.\n\nStocks rose.\n\nQuillfeather, a trader at {HOUSE}, sold in June.",
        (ORLA, "trader", HOUSE),
    ),
    (
        f"“It is over,” said {ORLA}.\n\nStocks rose. {HOUSE} analyst {ORLA} sold in June.",
        (ORLA, "analyst", HOUSE),
    ),
    # in a line that announces
    (
        "ORLA QUILLFEATHER, CHIEF ECONOMIST, LARKMOOR PARTNERS, YORK:\n\n“It is over for the bears.”",
        ("ORLA QUILLFEATHER", "CHIEF ECONOMIST", "LARKMOOR PARTNERS"),
    ),
    (
        "ORLA QUILLFEATHER, HEAD OF TRADING AT LARKMOOR PARTNERS, LEEDS:\n\n“It is over for the bears.”",
        ("ORLA QUILLFEATHER", "HEAD OF TRADING", "LARKMOOR PARTNERS"),
    ),
    # unnamed ones
    (f"Analysts at {HOUSE} said the fall would go on.", (f"Analysts at {HOUSE}", "Analysts", HOUSE)),
    (f"“It is over,” said a spokeswoman for {HOUSE}.", (f"a spokeswoman for {HOUSE}", "spokeswoman", HOUSE)),
    (
        f"{HOUSE} economists said the fall would go on.",
        (f"{HOUSE} economists", "economists", HOUSE),
    ),
    ("U.S. officials said the fall would go on.", ("U.S. officials", "officials", None)),
]

SPEAKERS += [
    # those told by what they know, one of an office, and who is meant when they speak again
    ("“It is over,” said two people briefed on the sale.", ("two people briefed on the sale", UNNAMED)),
    ("The sale is near, according to people familiar with the matter.", ("people familiar with the matter", UNNAMED)),
    ("The sale can go on, a federal judge ruled on Thursday.", ("a federal judge", UNNAMED)),
    (
        "“It is over,” said a source close to the talks. The sale may fail, the source said.",
        ("a source close to the talks", UNNAMED),
    ),
    # newspapers, associations and countries that speak for themselves
    ("Pottlewick will sell its mines, the Wall Street Journal reported.", ("Wall Street Journal", HOUSED)),
    (
        "Sales of houses fell in May, the Tin Association of Home Builders said.",
        ("Tin Association of Home Builders", HOUSED),
    ),
    ("Kuwait sold oil after neighboring Saudi Arabia said it had found more.", ("Saudi Arabia", HOUSED)),
    ("OPEC-member Kuwait said it would sell more oil.", ("Kuwait", HOUSED)),
    ("Retail sales are forecast to rise 3 percent, a Reuters poll showed.", ("Reuters poll", HOUSED)),
    # bodies by the last word of their names, and the document by who issues it
    (
        "The Center for Tin Research met. Prices would go on falling, the center found.",
        ("Center for Tin Research", HOUSED),
    ),
    (f"{FIRM} filed a lawsuit claiming the buyer was late.", (FIRM, HOUSED)),
    (f"{FIRM} lost a case. “It is over,” the company's statement said.", (FIRM, HOUSED)),
    # a dateline, a hyphen, a relative clause between the subject and the verb
    ("NEW YORK (Reuters) - Pottlewick Holdings Inc on Friday said it may sell its mines.", (FIRM, HOUSED)),
    (f"{ORLA}, who runs a small fund in Leeds, said she is encouraged by the fall.", (ORLA, PERSON)),
    (f"“Buy,” said {ROSALIND}. Prices will go on falling, said {ORLA}, the trader who wrote the note.", (ORLA, PERSON)),
    # two who fit, and nothing that says which: nobody, never the nearest
    ("John Smith of Larkmoor and Jane Smith of Gorse disagreed. “It is over,” Smith said.", (None, None)),
    ("Jane Roe and Mary Poe run the fund. “It is over,” she said.", (None, None)),
    ("Robert Marrow and James Pell run the fund. He said it is over.", (None, None)),
    (
        "Robert Marrow, an analyst at Larkmoor, and James Pell, an analyst at Gorse, met. “It ends,” said the analyst.",
        (None, None),
    ),
    ("“It is over,” said the native of Greenwich, Connecticut.", (None, None)),
    # he who spoke last is sure again
    ("Jane Roe and Mary Poe run the fund. “Buy,” said Jane Roe. “It is over now,” she said.", ("Jane Roe", PERSON)),
    # headlines: a surname by its house, and people of a house, whom nothing else in the text names
    ("Fed's Powell: rates to stay high for longer", ("Powell", PERSON)),
    ("Larkmoor's Quillfeather: small caps look cheap\n\nStocks rose.", ("Quillfeather", PERSON)),
    ("Small caps look cheap, Larkmoor's Quillfeather says", ("Quillfeather", PERSON)),
    ("Dollar to weaken this year - Larkmoor analysts", ("Larkmoor analysts", UNNAMED)),
    # blanks that are none, and characters that are not seen
    (f"“It is over,” said {ORLA.replace(' ', chr(0xA0))}, a trader at {HOUSE}.", (ORLA, PERSON)),
]

SILENT = [
    # whom a document goes to, or whom it is about, did not write it
    f"The email to {ORLA} said small caps could gain.",
    f"A note about {ORLA} said small caps could gain.",
    f"The letter to {FIRM} said profit would rise 3 percent.",
    f"A report on {FIRM} said profit would rise 3 percent.",
]

POSTS += [
    # a place and a kind of house before the name
    (f"“It is over,” said {ORLA}, head of tin at Leeds based research group {HOUSE}.", (ORLA, "head of tin", HOUSE)),
    (f"“It is over,” said {ORLA}, head of tin research at French bank {HOUSE}.", (ORLA, "head of tin research", HOUSE)),
    (f"“It is over,” said {ORLA}, an adviser at Detroit area firm, {HOUSE}.", (ORLA, "adviser", HOUSE)),
    (f"“It is over,” said {ORLA} of New York money management firm {HOUSE}.", (ORLA, None, HOUSE)),
    (f"“It is over,” said {ORLA}, a Larkmoor Partners economist who worked in Leeds.", (ORLA, "economist", HOUSE)),
    # a house's head of something, before the name; the new one
    (f"“It is over,” Larkmoor's head of tin research, {ORLA}, said.", (ORLA, "head of tin research", "Larkmoor")),
    (f"“It is over,” new Larkmoor Chief Executive {ORLA} said.", (ORLA, "Chief Executive", "Larkmoor")),
    (f"“It is over,” University of Leeds professor {ORLA} said.", (ORLA, "professor", "University of Leeds")),
    ("Larkmoor's Quillfeather: small caps look cheap", ("Quillfeather", None, "Larkmoor")),
    ("Dollar to weaken this year - Larkmoor analysts", ("Larkmoor analysts", "analysts", "Larkmoor")),
    # the short name of a house that the article gives in full
    (f"{FIRM} rose. “It is over,” said Pottlewick spokeswoman {ORLA}.", (ORLA, "spokeswoman", FIRM)),
    # lines in capitals: a field is no house, and a house may follow without a comma
    (
        "ORLA QUILLFEATHER, HEAD OF RESEARCH, LARKMOOR PARTNERS, LEEDS:\n\n“It is over.”",
        ("ORLA QUILLFEATHER", "HEAD OF RESEARCH", "LARKMOOR PARTNERS"),
    ),
    (
        "ORLA QUILLFEATHER, CHIEF ECONOMIST LARKMOOR PARTNERS, LEEDS:\n\n“It is over.”",
        ("ORLA QUILLFEATHER", "CHIEF ECONOMIST", "LARKMOOR PARTNERS"),
    ),
    # schooling is no employer, and "and" joins no second person to a house
    (f"“It is over,” said {ORLA}, the Leeds-educated economist.", (ORLA, "economist", None)),
]

KNOWN_GAPS: list[tuple[str, Who, str]] = [
    (
        f"{ROSALIND} of {HOUSE} met {LEOPOLD} of Wicketfold Data. “It is over,” she said.",
        (ROSALIND, PERSON),
        "a rare name is a person's only beside an office, a title, who or a verb of saying",
    ),
    (
        f"{ROSALIND} and {LEOPOLD} said the fall would go on.",
        (f"{ROSALIND} and {LEOPOLD}", PERSON),
        "of two names joined by and the recogniser knows the second only",
    ),
    (
        f"{ORLA} is a strategist at {HOUSE}. “It is over,” the strategist said.",
        (ORLA, PERSON),
        "a role told by the verb to be is not read",
    ),
]


@pytest.mark.parametrize(("text", "who"), SPEAKERS)
def test_who_the_last_statement_is_by(read: Read, text: str, who: Who) -> None:
    last = read(text).quotes[-1]
    assert (last.speaker, last.speaker_type) == who


@pytest.mark.parametrize("text", SILENT)
def test_a_document_does_not_speak_for_those_it_names(read: Read, text: str) -> None:
    assert [quote.speaker for quote in read(text).quotes if quote.speaker] == []


@pytest.mark.parametrize(
    ("text", "who"), [pytest.param(*gap[:2], marks=pytest.mark.xfail(reason=gap[2], strict=True)) for gap in KNOWN_GAPS]
)
def test_known_gaps(read: Read, text: str, who: Who) -> None:
    last = read(text).quotes[-1]
    assert (last.speaker, last.speaker_type) == who


@pytest.mark.parametrize(("text", "post"), POSTS)
def test_what_the_speaker_is(read: Read, text: str, post: Post) -> None:
    first = read(text).quotes[0]
    assert (first.speaker, first.role, first.organisation) == post


@pytest.mark.parametrize("text", [text for text, _ in SPEAKERS])
def test_the_attribution_is_words_outside_the_statement(read: Read, text: str) -> None:
    for quote in read(text).quotes:
        said = quote.attribution
        assert (said is None) is (quote.speaker is None)
        if said is not None:
            assert text[said.start : said.end] == said.text
            assert quote.kind == "indirect" or said.end <= quote.start or quote.end <= said.start
