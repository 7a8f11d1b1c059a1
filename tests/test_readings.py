"""How claims are meant and who stands behind them: modality, source, measure and timing, sentence by sentence.

Each row is a sentence of our own in the manner of agency copy. Every person and every firm that speaks in it is
invented (Quillfeather, Brackwater, Larkmoor, Pottlewick ...), and so are all figures; real names stand only for what is
measured, and for public offices that publish statistics. KNOWN_GAPS are read wrongly today; a row that starts to pass
must move up.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsig.records import Claim, Findings
from tests.conftest import Read

EVENING = datetime.fromisoformat("2024-07-17T21:30:00+00:00")
"""After the close of New York."""
NOON = datetime.fromisoformat("2024-07-17T16:30:00+00:00")
"""In the middle of New York's session, after the close of Tokyo and London's lunch."""

MODALITIES: list[tuple[str, list[str]]] = [
    # facts
    ("The Dow rose 1.2 percent.", ["actual"]),
    ("Sales rose 5 percent, more than expected.", ["actual"]),
    ("Sales rose 5 percent, beating forecasts.", ["actual"]),
    ("Profit unexpectedly fell 2 percent.", ["actual"]),
    ("As expected, sales fell 2 percent.", ["actual"]),
    ("Sales fell a larger-than-expected 2 percent.", ["actual"]),
    ("Retail sales slipped 0.5 percent last month, a steeper drop than economists had predicted.", ["actual"]),
    ("Apple shares fell 3 percent after the company said it may cut jobs.", ["actual"]),
    ("Apple shares rose 4 percent after the firm forecast higher revenue.", ["actual"]),
    ("The Nasdaq rallied to close 3 percent higher.", ["actual"]),
    ("The Dow fell 2 percent as investors worried about whether the Fed will raise rates.", ["actual"]),
    ("The S&P 500 rose 1 percent on expectations that the Fed will cut rates.", ["actual"]),
    ("Gold gained 1 percent on hopes that inflation would rise.", ["actual"]),
    ("Shares in Vodafone, which is expected to report on Tuesday, fell 2 percent.", ["actual"]),
    ("Boeing warned that a strike could hurt profit, sending its shares down 4 percent.", ["actual"]),
    ("Crude oil fell 2 percent to $70, and analysts said it could fall further.", ["actual"]),
    ("Average hourly earnings rose 0.3 percent in June.", ["actual"]),
    ("The Dow Jones industrial average rose 1 percent.", ["actual"]),
    ("S&P futures were up 0.3 percent.", ["actual"]),
    ("The bank said profit rose 8 percent in the second quarter.", ["actual"]),
    ("The company reported an 18 percent rise in profit.", ["actual"]),
    ("Nvidia has gained 5 percent since it raised its outlook.", ["actual"]),
    ("When the report came out, the dollar fell 0.4 percent.", ["actual"]),
    ("The index had risen 2 percent before the Fed said it would act.", ["actual"]),
    # forecasts: verbs of expecting, in every voice
    ("Nasdaq 100 companies are seen posting a 14 percent increase in profit.", ["forecast"]),
    ("Profit is expected to rise 12 percent this year.", ["forecast"]),
    ("Analysts expect profit to rise 12 percent this year.", ["forecast"]),
    ("Economists had expected a 0.3 percent rise in June retail sales.", ["forecast"]),
    ("Economists had forecast retail sales slipping 0.2 percent.", ["forecast"]),
    ("The company forecast revenue growth of 5 percent to 7 percent.", ["forecast"]),
    ("The company sees profit growth of 5 percent to 7 percent this year.", ["forecast"]),
    ("Inflation is projected to fall by 1 percentage point next year.", ["forecast"]),
    ("First-quarter earnings were projected to rise 7.4 percent.", ["forecast"]),
    ("The economy is estimated to have grown 2 percent in the second quarter.", ["forecast"]),
    ("Analysts anticipate a 4 percent drop in sales.", ["forecast"]),
    ("Analysts were looking for a 10 percent drop in revenue.", ["forecast"]),
    ("The ministry predicted economic growth of 4.2 percent this year and 4.3 percent in 2025.", ["forecast"] * 2),
    ("The retailer expects same-store sales to be flat to up 1 percent.", ["forecast"]),
    # forecasts: modals and likelihoods
    ("Sales will rise 5 percent next year.", ["forecast"]),
    ("The stock could rise 50 percent.", ["forecast"]),
    ("Profit may fall 10 percent this quarter.", ["forecast"]),
    ("Exports might drop 3 percent.", ["forecast"]),
    ("The deal should lift earnings by 4 percent.", ["forecast"]),
    ("The index would fall another 5 percent.", ["forecast"]),
    ("Sales are likely to fall 3 percent.", ["forecast"]),
    ("Operating profit likely slipped 12.4 percent in the first half.", ["forecast"]),
    ("Output probably grew 2 percent last quarter.", ["forecast"]),
    ("Profits appear set to rise more than 50 percent.", ["forecast"]),
    ("Sales are poised to climb 9 percent.", ["forecast"]),
    ("The retailer is on track to increase sales by 6 percent.", ["forecast"]),
    ("Revenue is due to fall 8 percent.", ["forecast"]),
    ("Premiums will have more than doubled by 2026.", ["forecast"]),
    # forecasts: nouns
    ("GDP rose 3 percent, compared with expectations for a 2.5 percent gain.", ["actual", "forecast"]),
    ("Prices rose 0.6 percent, above forecasts for a 0.4 percent increase.", ["actual", "forecast"]),
    ("Sales rose 4 percent, below the consensus of a 5 percent rise.", ["actual", "forecast"]),
    ("The company cut its forecast for sales growth of 8 percent.", ["forecast"]),
    ("The median forecast is for a 1.5 percent rise in orders.", ["forecast"]),
    ("The group repeated its target of 6 percent sales growth.", ["forecast"]),
    ("The outlook is for revenue growth of 3 percent.", ["forecast"]),
    ("There is a risk of a 10 percent fall in prices.", ["forecast"]),
    ("Sales fell 0.6 percent, double the 0.3 percent decline that economists had forecast.", ["actual", "forecast"]),
    ("Sales rose 0.7 percent, well above an expected 0.2 percent gain.", ["actual", "forecast"]),
    # forecasts: what is meant to be done
    ("The carrier plans to cut costs by 15 percent.", ["forecast"]),
    ("The ministry aims to increase exports by 5 percent.", ["forecast"]),
    ("The firm intends to raise prices by 3 percent.", ["forecast"]),
    ("The carrier said it will cut its work force by 4 percent.", ["forecast"]),
    # forecasts: before the opening
    ("The FTSE 100 was called 0.5 percent higher by bookmakers.", ["forecast"]),
    ("Spread-betters called the FTSE 100 down 30 to 40 points.", ["forecast"]),
    ("The DAX was seen opening down 0.4 percent.", ["forecast"]),
    ("The FTSE 100 is expected to open down 30 points.", ["forecast"]),
    ("Futures point to a drop of 1 percent at the open.", ["forecast"]),
    ("Bookmakers were calling for declines of up to 0.5 percent in the FTSE 100.", ["forecast"]),
    # a forecast beside a fact
    ("Sales are expected to rise 7.1 percent this year, against a 10.7 percent jump in 2023.", ["forecast", "actual"]),
    ("Growth is expected to slow to 8 percent after sales rose 12 percent last year.", ["forecast", "actual"]),
    ("Profit rose 5 percent and is expected to rise 8 percent next year.", ["actual", "forecast"]),
    ("Profit fell 3 percent, the bank said, warning that revenue would drop 10 percent.", ["actual", "forecast"]),
    ("Sales rose 2 percent, but the company said profit would fall 6 percent.", ["actual", "forecast"]),
    ("The bank warned that profit would slide 60 percent, and its shares fell 4 percent.", ["forecast", "actual"]),
    # conditions
    ("The stock could rise 50 percent if sales recover.", ["conditional"]),
    ("If the index falls 5 percent, investors will sell.", ["conditional"]),
    ("If the yuan rises 10 percent against the dollar, exports will suffer.", ["conditional"]),
    ("Unless demand recovers, output will drop 8 percent.", ["conditional"]),
    ("The index would have to fall 5 percent if that level broke.", ["conditional"]),
    ("Sales could more than double if the drug is approved.", ["conditional"]),
    ("Whenever the dollar falls 1 percent, gold gains.", ["conditional"]),
    ("Should the index fall 5 percent, the fund will buy.", ["conditional"]),
    ("The airline expects a profit even if revenue should fall 15 percent.", ["conditional"]),
    ("Assuming a 10 percent fall in demand, the carmaker would lose money.", ["conditional"]),
    ("A 10 percent rise in oil prices would cut growth by 0.2 percentage points.", ["conditional", "conditional"]),
    ("Every 10 percent rise in oil prices adds 0.3 percentage point to inflation.", ["conditional", "conditional"]),
    ("A fall of 20 percent or more from a peak is considered a bear market.", ["conditional"]),
    ("A correction is commonly defined as a 10 percent drop in an index.", ["conditional"]),
    # general history
    ("After such surges, the index posted an average gain of 5.9 percent.", ["historical"]),
    ("The S&P 500 has historically gained 1.5 percent in December.", ["historical"]),
    ("Since 1950, the S&P 500 has risen 1.6 percent on average in December.", ["historical"]),
    ("New stocks typically jump 10 percent on their debut.", ["historical"]),
    ("Over the past 50 years, the Dow has gained an average of 2 percent in April.", ["historical"]),
    ("The index usually falls 1 percent in September.", ["historical"]),
    ("Small caps tend to gain 3 percent in January.", ["historical"]),
    ("The median gain after such a run was 4 percent.", ["historical"]),
]

MODALITY_GAPS: list[tuple[str, list[str]]] = [
    ("Analysts look for profit to hold steady this year as sales rise 13.7 percent.", ["forecast"]),
    ("Nothing but a 5 percent fall in prices is what Quillfeather has in mind.", ["forecast"]),
]

SOURCES: list[tuple[str, list[str | None]]] = [
    # in a headline
    ("Profit up 8 percent - Pottlewick CEO", ["Pottlewick CEO"]),
    # the reporter's own
    ("The Dow rose 1.2 percent.", [None]),
    ("Analysts said sales rose 5 percent.", [None]),
    ("Data showed sales rose 5 percent.", [None]),
    ("Investors expect a 5 percent rise in sales.", [None]),
    ("Pottlewick reported a 24 percent drop in profit.", [None]),
    ("The Dow fell 2 percent after Pottlewick Holdings Inc said it may cut jobs.", [None]),
    ("Shares of Apple fell 3 percent after Larkmoor Partners downgraded the stock.", [None]),
    # according to
    ("Sales rose 5 percent, according to Larkmoor Partners.", ["Larkmoor Partners"]),
    ("According to Larkmoor Partners, sales rose 5 percent.", ["Larkmoor Partners"]),
    ("Sales rose 5 percent, according to data from Larkmoor Partners.", ["Larkmoor Partners"]),
    ("Sales rose 5 percent, according to Larkmoor Partners data.", ["Larkmoor Partners"]),
    ("Deals are up 2 percent and their value is up 21.6 percent, according to Larkmoor Data.", ["Larkmoor Data"] * 2),
    ("Sales rose 5 percent in June, according to a report by Larkmoor Partners.", ["Larkmoor Partners"]),
    ("Sales rose 5 percent, according to Orla Quillfeather, an analyst at Larkmoor Partners.", ["Orla Quillfeather"]),
    # said, on either side
    ("Pottlewick Holdings Inc said profit rose 8 percent.", ["Pottlewick Holdings Inc"]),
    ("Pottlewick Holdings Inc said on Tuesday that profit rose 8 percent.", ["Pottlewick Holdings Inc"]),
    ("Pottlewick Holdings Inc on Tuesday said profit rose 8 percent.", ["Pottlewick Holdings Inc"]),
    ("Profit rose 8 percent, Pottlewick Holdings Inc said on Tuesday.", ["Pottlewick Holdings Inc"]),
    ("Profit rose 8 percent, Pottlewick Holdings Inc said in a statement.", ["Pottlewick Holdings Inc"]),
    ("Sales rose 3 percent in June, the Commerce Department said on Friday.", ["Commerce Department"]),
    ("The Labor Department reported Friday that prices rose 0.1 percent in June.", ["Labor Department"]),
    ("The Labor Department said consumer prices rose 0.1 percent in June.", ["Labor Department"]),
    ("Profit will rise 8 percent, said Orla Quillfeather, an analyst at Larkmoor Partners.", ["Orla Quillfeather"]),
    ("Orla Quillfeather, an analyst at Larkmoor Partners, said sales rose 5 percent.", ["Orla Quillfeather"]),
    ("Larkmoor Partners analyst Orla Quillfeather said sales rose 5 percent.", ["Orla Quillfeather"]),
    ("Orla Quillfeather of Larkmoor Partners wrote in a note that sales rose 5 percent.", ["Orla Quillfeather"]),
    ("Orla Quillfeather told Reuters that sales rose 5 percent.", ["Orla Quillfeather"]),
    ("Orla Quillfeather told analysts on a conference call that sales rose 5 percent.", ["Orla Quillfeather"]),
    ("Pottlewick Holdings Inc announced that profit rose 8 percent.", ["Pottlewick Holdings Inc"]),
    (
        "Pottlewick Holdings Inc, which reported that sales increased by 2.4 percent, led the list.",
        ["Pottlewick Holdings Inc"],
    ),
    # of whom it is known who is meant
    ("Pottlewick Holdings Inc cut its outlook. The company said sales fell 5 percent.", ["Pottlewick Holdings Inc"]),
    ("Pottlewick Holdings Inc cut its outlook. It said sales fell 5 percent.", ["Pottlewick Holdings Inc"]),
    ("Pottlewick Holdings Inc cut its outlook. Sales fell 5 percent, the retailer said.", ["Pottlewick Holdings Inc"]),
    ("Pottlewick Holdings Inc closed a plant. Pottlewick said sales fell 5 percent.", ["Pottlewick Holdings Inc"]),
    (
        "“It is over,” said Orla Quillfeather, a trader at Larkmoor Partners. Quillfeather said sales fell 5 percent.",
        ["Orla Quillfeather"],
    ),
    (
        "“It is over,” said Orla Quillfeather, a trader at Larkmoor Partners. She said sales fell 5 percent.",
        ["Orla Quillfeather"],
    ),
    # forecasts of theirs
    ("Larkmoor Partners expects profit to rise 8 percent.", ["Larkmoor Partners"]),
    ("Larkmoor Partners expects an 8 percent rise in profit.", ["Larkmoor Partners"]),
    ("Larkmoor Partners forecast sales growth of 8 percent.", ["Larkmoor Partners"]),
    ("Larkmoor Partners predicted profit would rise 8 percent.", ["Larkmoor Partners"]),
    ("Larkmoor Partners estimates that sales rose 5 percent.", ["Larkmoor Partners"]),
    ("Larkmoor Partners projects a 5 percent decline in sales.", ["Larkmoor Partners"]),
    ("Larkmoor Partners sees sales growth of 5 percent this year.", ["Larkmoor Partners"]),
    ("Larkmoor Partners warned that profit would fall 60 percent.", ["Larkmoor Partners"]),
    ("Larkmoor Partners warned of a 5 percent fall in profit.", ["Larkmoor Partners"]),
    ("Larkmoor Partners said it expects sales to rise 5 percent.", ["Larkmoor Partners"]),
    # polls, data, groups
    ("Economists polled by Reuters had expected a 0.3 percent rise in sales.", ["Reuters"]),
    ("Economists in a Reuters poll predicted growth of 4.2 percent this year.", ["Reuters poll"]),
    ("Data from Larkmoor Partners showed sales rose 5 percent.", ["Larkmoor Partners"]),
    ("Larkmoor Partners data showed sales rose 5 percent.", ["Larkmoor Partners"]),
    ("A survey by Larkmoor Partners found that prices rose 2 percent.", ["Larkmoor Partners"]),
    ("Analysts at Larkmoor Partners said sales rose 5 percent.", ["Larkmoor Partners"]),
    ("A spokesman for Larkmoor Partners said sales rose 5 percent.", ["Larkmoor Partners"]),
    ("The government said sales rose 5 percent.", [None]),
    (
        "Sales are now expected to rise 12.7 percent. This analysis was done by Larkmoor Partners using public data.",
        ["Larkmoor Partners"],
    ),
    # quotations
    ("“Sales rose 5 percent,” said Orla Quillfeather of Larkmoor Partners.", ["Orla Quillfeather"]),
    ("“Sales rose 5 percent,” Orla Quillfeather said. “Costs fell 2 percent.”", ["Orla Quillfeather"] * 2),
    # one sentence, two voices
    (
        "Shares of Apple fell 3 percent after Pottlewick Holdings Inc said profit rose 8 percent.",
        [None, "Pottlewick Holdings Inc"],
    ),
    (
        "Apple rose 2 percent after Larkmoor Partners forecast sales growth of 9 percent.",
        [None, "Larkmoor Partners"],
    ),
    (
        "Bank stocks sank after Larkmoor Partners said profit may fall 4 percent, sending the S&P 500 down 3 percent.",
        ["Larkmoor Partners", None],
    ),
    (
        "Sales rose 0.7 percent, more than the 0.2 percent advance that economists polled by Reuters had expected.",
        [None, "Reuters"],
    ),
    # the sentence behind it is the reporter's again
    ("Sales rose 5 percent, according to Larkmoor Partners. The Dow rose 1 percent.", ["Larkmoor Partners", None]),
]

SOURCE_GAPS: list[tuple[str, list[str | None]]] = [
    ("Sales rose 4 percent, short of Larkmoor Partners' forecast of a 6 percent rise.", [None, "Larkmoor Partners"]),
]

MEASURES: list[tuple[str, list[str]]] = [
    ("The Dow rose 1.2 percent.", ["price"]),
    ("Apple fell 3 percent.", ["price"]),
    ("Crude oil fell 3 percent.", ["price"]),
    ("Bank stocks fell 3 percent.", ["price"]),
    ("The company reported a 24 percent drop in first-quarter profit.", ["fundamental"]),
    ("The homebuilder reported an 85 percent fall in quarterly earnings.", ["fundamental"]),
    ("Sanofi unveiled a 6.2 percent rise in quarterly net profit.", ["fundamental"]),
    ("Target posted a 3 percent rise in same-store sales.", ["fundamental"]),
    ("Apple posted profit growth of 12 percent.", ["fundamental"]),
    ("Consumer prices rose 0.6 percent in April.", ["fundamental"]),
    ("Producer prices fell 0.2 percent.", ["fundamental"]),
    ("GDP grew at an annual rate of 2 percent.", ["fundamental"]),
    ("Retail sales rose 0.5 percent.", ["fundamental"]),
    ("Payrolls rose 2 percent.", ["fundamental"]),
    ("China's economy grew 9 percent.", ["fundamental"]),
    ("Brazil grew 3 percent last year.", ["fundamental"]),
    ("Economists predicted world growth of 4.2 percent.", ["fundamental"]),
    ("Apple rose 4 percent after reporting 9 percent revenue growth.", ["price", "fundamental"]),
    ("Apple cut its dividend by 75 percent.", ["fundamental"]),
    ("Apple cut its work force by 4 percent.", ["other"]),
    ("Volume fell 12 percent.", ["other"]),
    ("The 10-year Treasury yield rose 5 basis points to 4.25 percent.", ["yield"]),
    ("The Federal Reserve cut rates by 25 basis points.", ["other"]),
    ("The Nasdaq fell 2 percent after a report that profits slid 5 percent.", ["price", "fundamental"]),
    ("Growth stocks rose 2 percent.", ["price"]),
]

TIMINGS: list[tuple[str, datetime | date, list[str | None]]] = [
    # by words
    ("The Dow closed up 104 points.", EVENING, ["close"]),
    ("The Dow ended down 104 points, or 0.8 percent.", EVENING, ["close", "close"]),
    ("The Dow finished 1.2 percent higher.", EVENING, ["close"]),
    ("The Nasdaq settled 1.2 percent lower.", EVENING, ["close"]),
    ("The S&P 500 fell 12 points to close at 1,402.11.", EVENING, ["close"]),
    ("The S&P 500 fell 1.2 percent to end at 1,402.11.", EVENING, ["close"]),
    ("The Dow rose 1.2 percent.", EVENING, [None]),
    ("The Dow was down 104 points at midday.", EVENING, ["intraday"]),
    ("At midday, the Dow was down 104 points.", EVENING, ["intraday"]),
    ("In early trading, Apple fell 2 percent.", EVENING, ["intraday"]),
    ("Apple fell 2 percent in premarket trading.", EVENING, ["intraday"]),
    ("Apple fell 2 percent in after-hours trading.", EVENING, ["intraday"]),
    ("Apple fell 2 percent in after hours trade.", EVENING, ["intraday"]),
    ("Apple fell 2 percent in extended trading.", EVENING, ["intraday"]),
    ("The FTSE 100 was down 0.4 percent by 1030 GMT.", EVENING, ["intraday"]),
    ("Apple fell as much as 5 percent.", EVENING, ["intraday"]),
    ("The Dow closed up 1 percent after falling as much as 2 percent.", EVENING, ["close", "intraday"]),
    ("The Dow fell as much as 2 percent before paring losses to close down 1 percent.", EVENING, ["intraday", "close"]),
    ("The Nikkei ended the morning down 1.1 percent.", EVENING, ["intraday"]),
    # by the clock
    ("The Dow was down 104 points on Wednesday.", NOON, ["intraday"]),
    ("The Dow fell 1.2 percent on Wednesday.", NOON, ["intraday"]),
    ("Apple is up 2 percent on Wednesday.", NOON, ["intraday"]),
    ("The Dow was down 104 points on Wednesday.", EVENING, [None]),
    ("The Dow fell 1.2 percent on Tuesday.", NOON, [None]),
    ("The Nikkei fell 0.4 percent on Wednesday.", NOON, [None]),
    ("The FTSE 100 fell 0.4 percent on Wednesday.", datetime.fromisoformat("2024-07-17T10:00:00+00:00"), ["intraday"]),
    ("The FTSE 100 fell 0.4 percent on Wednesday.", datetime.fromisoformat("2024-07-17T16:00:00+00:00"), [None]),
    ("The Dow fell 1.2 percent on Wednesday.", date(2024, 7, 17), [None]),
    ("The Dow has gained 3 percent this year.", NOON, ["intraday"]),
    ("The Dow closed down 1.2 percent on Tuesday.", NOON, ["close"]),
    # what has no close of an exchange
    ("The euro rose 0.4 percent on Wednesday.", NOON, [None]),
    ("Retail sales rose 0.4 percent in June.", NOON, [None]),
    ("The Dow is expected to fall 1 percent on Wednesday.", NOON, [None]),
]


def moves(found: Findings) -> list[Claim]:
    """The claims that state a move; levels, superlatives and the like stand beside them."""
    return [claim for claim in found.claims if claim.measure in ("price", "yield", "fundamental", "other")]


@pytest.mark.parametrize(("text", "expected"), MODALITIES)
def test_modality(read: Read, text: str, expected: list[str]) -> None:
    assert [claim.modality for claim in moves(read(text))] == expected


@pytest.mark.xfail(reason="not read yet", strict=True)
@pytest.mark.parametrize(("text", "expected"), MODALITY_GAPS)
def test_known_gaps_of_modality(read: Read, text: str, expected: list[str]) -> None:
    assert [claim.modality for claim in moves(read(text))] == expected


@pytest.mark.parametrize(("text", "expected"), SOURCES)
def test_source(read: Read, text: str, expected: list[str | None]) -> None:
    assert [claim.source for claim in moves(read(text))] == expected


@pytest.mark.xfail(reason="not read yet", strict=True)
@pytest.mark.parametrize(("text", "expected"), SOURCE_GAPS)
def test_known_gaps_of_source(read: Read, text: str, expected: list[str | None]) -> None:
    assert [claim.source for claim in moves(read(text))] == expected


@pytest.mark.parametrize(("text", "expected"), MEASURES)
def test_measure(read: Read, text: str, expected: list[str]) -> None:
    assert [claim.measure for claim in moves(read(text))] == expected


@pytest.mark.parametrize(("text", "published", "expected"), TIMINGS)
def test_timing(read: Read, text: str, published: datetime | date, expected: list[str | None]) -> None:
    assert [claim.timing for claim in moves(read(text, published))] == expected


PIECES = st.lists(
    st.sampled_from(
        [
            "Sales rose 5 percent",
            "The Dow fell 2 percent",
            ", according to Larkmoor Partners",
            "if ",
            "is expected to ",
            "will rise 3 percent",
            ", Pottlewick Holdings Inc said",
            " after ",
            "“",
            "”",
            ". ",
            ", ",
            "a 5 percent fall ",
            "on average ",
            "closed up 1 percent",
        ]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_a_source_is_a_speaker_of_the_article(read: Read, text: str) -> None:
    found = read(text or " ")
    named = {name for quote in found.quotes for name in (quote.speaker, quote.organisation)}
    assert {claim.source for claim in found.claims if claim.source} <= named
    assert all(claim.timing is None for claim in found.claims if claim.measure not in ("price", "yield"))
