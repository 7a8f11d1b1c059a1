"""Levels, market values, superlatives and streaks, sentence by sentence.

The tables hold sentences of our own in the manner of a market report of Wednesday 17 July 2024, after New York's close,
and below each what must be found in it of one measure: its words, then its fields, a dash for null. A sentence with
nothing below it must give nothing. KNOWN_GAPS are read wrongly today; a row that starts to pass must move up.
"""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsig.records import LANDMARKS, Claim
from tests.conftest import Read

# unit, comparator, direction, symbol, session, timing, modality
LEVELS = """
The Dow rose 0.6 percent to 41,198.08.
    41,198.08: index = up ^DJI 2024-07-17 - actual
The Dow Jones industrial average fell 7.15 points, or 0.02 percent, to end at 41,198.08.
    41,198.08: index = down ^DJI 2024-07-17 close actual
The S&P 500 ended down 1.4 percent at 5,588.27.
    5,588.27: index = down ^GSPC 2024-07-17 close actual
The Nasdaq Composite closed at 17,996.92 and the Russell 2000 at 2,239.66.
    17,996.92: index = flat ^IXIC 2024-07-17 close actual
    2,239.66: index = flat ^RUT 2024-07-17 close actual
The FTSE 100 was up 22.6 points at 8,187.46 by 1120 GMT.
    8,187.46: index = up ^FTSE 2024-07-17 intraday actual
The DAX closed 0.4 percent lower at 18,437.30 points.
    18,437.30 points: index = down ^GDAXI 2024-07-17 close actual
The Nikkei average closed above 41,000 for the first time.
    41,000: index > flat ^N225 2024-07-17 close actual
The Nikkei fell below 41,000 in morning trade.
    41,000: index < down ^N225 2024-07-17 intraday actual
The Hang Seng hit a session high of 17,900.25 before easing.
    17,900.25: index = flat ^HSI 2024-07-17 intraday actual
The VIX was trading at 14.48.
    14.48: index = flat ^VIX 2024-07-17 intraday actual
The Dow briefly topped 41,300.
    41,300: index > up ^DJI 2024-07-17 intraday actual
The S&P 500 failed to climb above 5,700.
The S&P 500 could hit 6,000 by the end of the year.
    6,000: index = flat ^GSPC - - forecast
The CAC 40 was near 7,600.
    7,600: index ~ flat ^FCHI 2024-07-17 - actual
The Dow was little changed at 40,954.48 on Tuesday.
    40,954.48: index = flat ^DJI 2024-07-16 - actual
Apple shares fell 2.5 percent to $228.88.
    $228.88: usd = down AAPL 2024-07-17 - actual
Shares of Microsoft closed at $443.52.
    $443.52: usd = flat MSFT 2024-07-17 close actual
Nvidia, down 6.6 percent at $117.99, was the biggest drag.
    $117.99: usd = down NVDA 2024-07-17 - actual
Vodafone shares were up 1 percent at 70.5 pence.
    70.5 pence: pence = up VOD.L 2024-07-17 - actual
Toyota shares rose 2 percent to 3,215 yen.
    3,215 yen: jpy = up 7203.T 2024-07-17 - actual
Analysts at Larkmoor raised their price target on Apple to $265.
    $265: usd = up AAPL - - forecast
Larkmoor cut its target for Tesla to $180 from $200.
    $180: usd = down TSLA - - forecast
Microsoft agreed to buy the firm for $68.7 a share.
The company raised its dividend to $0.83 a share.
Apple's quarterly profit rose 3 percent to $1.53 a share.
Oil settled at $82.85 a barrel.
    $82.85: usd = flat CL=F 2024-07-17 close actual
U.S. crude rose $2.09, or 2.6 percent, to settle at $82.85 a barrel.
    $82.85: usd = up CL=F 2024-07-17 close actual
Brent crude fell 10 cents to $85.08.
    $85.08: usd = down BZ=F 2024-07-17 - actual
Gold hit a record high of $2,483.60 an ounce.
    $2,483.60: usd = flat GC=F 2024-07-17 intraday actual
Spot gold was down 0.4 percent at $2,458.79.
    $2,458.79: usd = down GC=F 2024-07-17 - actual
Silver slipped below $30 an ounce.
    $30: usd < down SI=F 2024-07-17 - actual
Copper closed at $9,650 a tonne.
    $9,650: usd = flat HG=F 2024-07-17 close actual
Bitcoin traded at $64,500.
    $64,500: usd = flat BTC-USD 2024-07-17 intraday actual
The euro traded at $1.0937.
    $1.0937: usd = flat EURUSD=X 2024-07-17 intraday actual
The euro rose 0.3 percent to $1.0937.
    $1.0937: usd = up EURUSD=X 2024-07-17 - actual
The dollar was at 156.20 yen.
    156.20 yen: jpy = flat JPY=X 2024-07-17 - actual
The dollar fell 1.4 percent to 156.20 yen.
    156.20 yen: jpy = down JPY=X 2024-07-17 - actual
The yen strengthened to 156.20 per dollar.
    156.20: jpy = down JPY=X 2024-07-17 - actual
The pound climbed to $1.3009, above $1.30 for the first time in a year.
    $1.3009: usd = up GBPUSD=X 2024-07-17 - actual
The euro fell to 1.0937 against the dollar.
    1.0937: usd = down EURUSD=X 2024-07-17 - actual
The yield on the benchmark 10-year note fell to 4.16 percent.
    4.16 percent: percent_a_year = down ^TNX 2024-07-17 - actual
The 10-year Treasury yield stood at 4.155 percent.
    4.155 percent: percent_a_year = flat ^TNX 2024-07-17 - actual
The 10-year note was up 4/32 in price, yielding 4.16 percent.
    4.16 percent: percent_a_year = flat ^TNX 2024-07-17 - actual
The Dow closed at 41,198.08, off its record close of 41,210.
    41,198.08: index = flat ^DJI 2024-07-17 close actual
Revenue rose 5 percent to $85.8 billion.
The company employs 2,300 people at 12 plants.
The meeting starts at 1400 GMT.
Volume fell to 11.2 billion shares.
The Fed kept its benchmark rate at 5.25 percent.
The unemployment rate rose to 4.1 percent.
The purchasing managers' index rose to 52.3.
Support for the S&P 500 is seen at 5,550.
The price-earnings ratio of the S&P 500 rose to 21.5.
The Shanghai Composite ended at 2,962.86, according to LSEG data.
    2,962.86: index = flat 000001.SS 2024-07-17 close actual
"The Dow will be at 45,000 by December," said Orla Quillfeather, a strategist at Larkmoor Partners.
    45,000: index = flat ^DJI - - forecast
The Dow last closed above 41,000 on Tuesday.
    41,000: index > flat ^DJI 2024-07-16 close actual
Wheat settled at $5.37-1/4 a bushel.
The Dow fell 243.60 points to about 40,950.
    40,950: index ~ down ^DJI 2024-07-17 - actual
Tesla rose from $240 to $248.50.
    $248.50: usd = up TSLA 2024-07-17 - actual
The Russell 2000 ended the day at 2,184.35.
    2,184.35: index = flat ^RUT 2024-07-17 close actual
The Dow had fallen to 40,800 before recovering.
    40,800: index = down ^DJI 2024-07-17 intraday actual
Shares in Vodafone were flat at 70.5 pence.
    70.5 pence: pence = flat VOD.L 2024-07-17 - actual
Brent traded between $84 and $86 a barrel.
The S&P 500 has resistance at 5,700.
On Tuesday, the Dow closed at 40,954.48.
    40,954.48: index = flat ^DJI 2024-07-16 close actual
The Nasdaq slid 2.8 percent, or 512.41 points, to close at 17,996.92.
    17,996.92: index = down ^IXIC 2024-07-17 close actual
The FTSE 100 opened at 8,164.90.
    8,164.90: index = flat ^FTSE 2024-07-17 intraday actual
The dollar traded at 0.8841 Swiss francs.
    0.8841 Swiss francs: chf = flat CHF=X 2024-07-17 intraday actual
Sterling stood at $1.3009.
    $1.3009: usd = flat GBPUSD=X 2024-07-17 - actual
The 30-year bond rose 5/32, its yield falling to 4.37 percent.
    4.37 percent: percent_a_year = down ^TYX 2024-07-17 - actual
The 10-year note fell 12/32, with the yield at 4.21 percent.
    4.21 percent: percent_a_year = flat ^TNX 2024-07-17 - actual
The 10-year note gained 8/32 to yield 4.14 percent.
    4.14 percent: percent_a_year = flat ^TNX 2024-07-17 - actual
"""

# value, unit, comparator, symbol, session, modality
CAPS = """
Three stocks – Microsoft, Apple and Nvidia – each have market capitalizations of over $2.9 trillion.
    $2.9 trillion: 2.9e+12 usd > MSFT - actual
    $2.9 trillion: 2.9e+12 usd > AAPL - actual
    $2.9 trillion: 2.9e+12 usd > NVDA - actual
Apple has a market value of $3.4 trillion.
    $3.4 trillion: 3.4e+12 usd = AAPL - actual
Nvidia's market capitalization topped $3 trillion.
    $3 trillion: 3e+12 usd > NVDA - actual
Microsoft, which has a market cap of about $3.3 trillion, rose 1 percent.
    $3.3 trillion: 3.3e+12 usd ~ MSFT - actual
The Russell 2000 was worth a combined market value of $2.4 trillion.
    $2.4 trillion: 2.4e+12 usd = ^RUT - actual
Apple and Microsoft have market values of more than $3 trillion each.
    $3 trillion: 3e+12 usd > AAPL - actual
    $3 trillion: 3e+12 usd > MSFT - actual
Nvidia lost $200 billion in market value.
Tesla, with a market capitalisation of nearly $800 billion, fell 3 percent.
    $800 billion: 8e+11 usd < TSLA - actual
Apple's market value could reach $4 trillion, said Orla Quillfeather, a strategist at Larkmoor Partners.
    $4 trillion: 4e+12 usd = AAPL - forecast
Vodafone has a stock market value of £19 billion.
    £19 billion: 1.9e+10 gbp = VOD.L - actual
The takeover offer gives the firm a market value of $5 billion.
Apple became the first company with a $3 trillion market value.
    $3 trillion: 3e+12 usd = AAPL - actual
Toyota's market value rose to 60 trillion yen on Wednesday.
    60 trillion yen: 6e+13 jpy = 7203.T 2024-07-17 actual
Apple and Microsoft have market values of $3.4 trillion and $3.3 trillion, respectively.
"""

# rank, direction, extreme, compared, reach, comparator, first day, symbol, base, last session
SUPERLATIVES = """
The Nasdaq 100 fell 2.9 percent, its worst one-day fall of the year.
    worst one-day fall of the year: 1 down biggest session since = 2024-01-01 ^NDX 2024-07-16 2024-07-17
The Nasdaq 100 is 4 percent lower since June, a slide that included its worst one-day fall of the year on Wednesday.
    worst one-day fall of the year: 1 down biggest session since = 2024-01-01 ^NDX 2024-07-16 2024-07-17
The Russell 2000 put on nearly 12 percent in four sessions, the index’s largest rise in such a period since April 2020.
    largest rise in such a period since April 2020: 1 up biggest - since = 2020-05-01 ^RUT - -
The S&P 500 closed at its highest level since May 21.
    highest level since May 21: 1 up highest close since = 2024-05-22 ^GSPC - 2024-07-17
The S&P 500 closed at a record high on Tuesday.
    record high: 1 up highest close ever = - ^GSPC - 2024-07-16
The Dow ended at 41,198.08, a record close.
    record close: 1 up highest close ever = - ^DJI - 2024-07-17
The S&P 500 has kept setting record highs all year.
    record highs: 1 up highest level ever = - ^GSPC - -
Gold hit an all-time high of $2,483.60.
    all-time high: 1 up highest level ever = - GC=F - 2024-07-17
The FTSE 100 ended at its lowest close in three months.
    lowest close in three months: 1 down lowest close since = 2024-04-17 ^FTSE - 2024-07-17
The euro climbed to a four-month high against the dollar.
    four-month high: 1 up highest level since = 2024-03-17 EURUSD=X - 2024-07-17
The euro hit a 16-year high against the yen.
    16-year high: 1 up highest level since = 2008-07-17 EURJPY=X - 2024-07-17
The dollar fell to its weakest since June.
    weakest since June: 1 down lowest level since = 2024-07-01 DX-Y.NYB - 2024-07-17
Oil slid to a six-week low.
    six-week low: 1 down lowest level since = 2024-06-05 CL=F - 2024-07-17
Apple shares hit a 52-week high.
    52-week high: 1 up highest level since = 2023-07-19 AAPL - 2024-07-17
The Nikkei posted its best week since March.
    best week since March: 1 up biggest week since = 2024-04-01 ^N225 - -
The DAX suffered its worst month since September 2022.
    worst month since September 2022: 1 down biggest month since = 2022-10-01 ^GDAXI - -
It was the Dow's best day in more than a year.
    best day in more than a year: 1 up biggest session since > 2023-07-17 ^DJI 2024-07-16 2024-07-17
The Nikkei is on track for its worst week since December.
    worst week since December: 1 down biggest week since = 2024-01-01 ^N225 - -
The Hang Seng posted its second-biggest daily drop this year.
    second-biggest daily drop this year: 2 down biggest session since = 2024-01-01 ^HSI 2024-07-16 2024-07-17
The Dow's biggest one-day percentage gain since June 2023 came on Tuesday.
    biggest one-day percentage gain since June 2023: 1 up biggest session since = 2023-07-01 ^DJI 2024-07-15 2024-07-16
Tesla had its worst quarter since 2022.
    worst quarter since 2022: 1 down biggest quarter since = 2023-01-01 TSLA - -
The VIX rose to 14.48, the highest since early June.
    highest since early June: 1 up highest level since = 2024-07-01 ^VIX - 2024-07-17
The S&P 500 retreated from a record high.
The Dow is 2 percent below its record high.
The S&P 500 neared a record high.
The Nasdaq rose after hitting a two-week low on Tuesday.
    two-week low: 1 down lowest level since = 2024-07-03 ^IXIC - 2024-07-16
It was one of the Dow's worst days of the year.
Retail sales posted their biggest gain in 18 months.
The unemployment rate climbed to its highest level since 2021.
Apple reported its biggest quarterly profit ever.
The Dow posted its smallest gain in a month.
    smallest gain in a month: 1 up smallest session since = 2024-06-17 ^DJI 2024-07-16 2024-07-17
Copper touched its lowest price in three months, down 1.2 percent.
    lowest price in three months: 1 down lowest level since = 2024-04-17 HG=F - 2024-07-17
Bitcoin rose 5 percent, the most since May.
    most since May: 1 up biggest session since = 2024-06-01 BTC-USD 2024-07-16 2024-07-17
The Russell 2000 rose 3.5 percent to its highest in two and a half years.
    highest in two and a half years: 1 up highest level since = 2022-01-17 ^RUT - 2024-07-17
The 10-year yield fell to its lowest since March.
    lowest since March: 1 down lowest level since = 2024-04-01 ^TNX - 2024-07-17
The pound hit a one-year high of $1.3044.
    one-year high: 1 up highest level since = 2023-07-17 GBPUSD=X - 2024-07-17
The S&P 500 could reach a record high on Thursday.
    record high: 1 up highest level ever = - ^GSPC - -
The Topix closed at its highest level ever.
    highest level ever: 1 up highest close ever = - ^TOPX - 2024-07-17
Small caps had their best five-day run since 2020.
    best five-day run since 2020: 1 up biggest - since = 2021-01-01 - - -
The Dow set a record high for a third day.
    record high: 1 up highest level ever = - ^DJI - 2024-07-17
The CAC 40 sank to its lowest since January, as banks fell.
    lowest since January: 1 down lowest level since = 2024-02-01 ^FCHI - 2024-07-17
Silver jumped to an 11-year high.
    11-year high: 1 up highest level since = 2013-07-17 SI=F - 2024-07-17
The Nasdaq fell 2.8 percent in its worst day since 2022.
    worst day since 2022: 1 down biggest session since = 2023-01-01 ^IXIC 2024-07-16 2024-07-17
Microsoft hit an intraday record high.
    record high: 1 up highest level ever = - MSFT - 2024-07-17
The Shanghai Composite ended at a two-month closing high.
    two-month closing high: 1 up highest close since = 2024-05-17 000001.SS - 2024-07-17
The dollar dropped to a five-week low against a basket of currencies.
    five-week low: 1 down lowest level since = 2024-06-12 DX-Y.NYB - 2024-07-17
The Dow fell to its lowest since October 27, 2023.
    lowest since October 27, 2023: 1 down lowest level since = 2023-10-28 ^DJI - 2024-07-17
The Nasdaq had its best quarter in nearly four years.
    best quarter in nearly four years: 1 up biggest quarter since < - ^IXIC - -
Oil rose 2 percent to $82.85, its highest close since July 5.
    highest close since July 5: 1 up highest close since = 2024-07-06 CL=F - 2024-07-17
The Nikkei hit a record low.
    record low: 1 down lowest level ever = - ^N225 - 2024-07-17
The S&P 500 broke its record high of 5,669.67.
The Hang Seng ended at its highest level of the year.
    highest level of the year: 1 up highest close since = 2024-01-01 ^HSI - 2024-07-17
"""

# count, unit, comparator, direction, symbol, base, last session
STREAKS = """
The Dow rose for a fifth straight session.
    fifth straight session: 5 sessions = up ^DJI 2024-07-10 2024-07-17
The Dow fell 1 percent for a third day.
    third day: 3 sessions = down ^DJI 2024-07-12 2024-07-17
The Nikkei snapped a three-day losing streak, rising 1.2 percent.
    three-day losing streak: 3 sessions = down ^N225 2024-07-10 2024-07-16
The S&P 500 posted its fourth consecutive weekly gain.
    fourth consecutive weekly gain: 4 weeks = up ^GSPC - -
Gold rose for the seventh day in a row.
    seventh day in a row: 7 sessions = up GC=F 2024-07-08 2024-07-17
The Russell 2000 has advanced by 1 percent or more in five consecutive sessions.
    five consecutive sessions: 5 sessions = up ^RUT 2024-07-10 2024-07-17
Oil has fallen for three weeks in a row.
    three weeks in a row: 3 weeks = down CL=F - -
The DAX slipped 0.4 percent, ending a four-day winning streak.
    four-day winning streak: 4 sessions = up ^GDAXI 2024-07-10 2024-07-16
The dollar fell for a second straight day against the yen.
    second straight day: 2 sessions = down JPY=X 2024-07-15 2024-07-17
Apple shares rose for an eighth consecutive session.
    eighth consecutive session: 8 sessions = up AAPL 2024-07-05 2024-07-17
The FTSE 100 fell after six straight days of gains.
    six straight days of gains: 6 sessions = up ^FTSE 2024-07-08 2024-07-16
The Hang Seng is on track for a fourth straight weekly loss.
    fourth straight weekly loss: 4 weeks = down ^HSI - -
Bitcoin has climbed for five straight days.
    five straight days: 5 sessions = up BTC-USD 2024-07-12 2024-07-17
Retail sales rose for a third straight month.
The company posted its fourth consecutive quarterly loss.
The Nikkei was up for a second session.
    second session: 2 sessions = up ^N225 2024-07-12 2024-07-17
The 10-year yield fell for a fourth straight session.
    fourth straight session: 4 sessions = down ^TNX 2024-07-11 2024-07-17
Silver notched its sixth straight weekly advance.
    sixth straight weekly advance: 6 weeks = up SI=F - -
The euro has risen for at least nine sessions in a row.
    nine sessions in a row: 9 sessions >= up EURUSD=X 2024-07-04 2024-07-17
The VIX rose for the first time in four days.
The Dow fell in the third quarter.
The S&P 500 rose for a third day in four.
Tesla's 11-day winning streak ended last week.
    11-day winning streak: 11 sessions = up TSLA - -
The Nasdaq fell for the third time in four sessions.
European shares fell for a third day.
The Dow closed above 40,000 for the fourth straight session.
The Topix is down for a third consecutive week.
    third consecutive week: 3 weeks = down ^TOPX - -
Copper fell for the tenth straight session on Tuesday.
    tenth straight session: 10 sessions = down HG=F 2024-07-01 2024-07-16
The Dow gained for the sixth day running.
    sixth day running: 6 sessions = up ^DJI 2024-07-09 2024-07-17
The Nikkei has now lost ground for four sessions in a row.
    four sessions in a row: 4 sessions = down ^N225 2024-07-10 2024-07-17
"""

FRIDAY = "2024-07-19T21:30:00+00:00"
MONTH_END = "2024-07-31T21:30:00+00:00"

# when it was published, the sentence, base and last session of its streak or superlative
TOLD_LATER = [
    (FRIDAY, "The S&P 500 posted its fourth consecutive weekly gain.", "2024-06-21", "2024-07-19"),
    (FRIDAY, "The S&P 500 snapped a six-week winning streak.", "2024-05-31", "2024-07-12"),
    (FRIDAY, "The Nasdaq fell for a second straight week.", "2024-07-05", "2024-07-19"),
    (FRIDAY, "For the week, the Nasdaq dropped 3.7 percent, its worst week since April.", "2024-07-12", "2024-07-19"),
    (FRIDAY, "The Dow rose for a third day on Wednesday.", "2024-07-12", "2024-07-17"),
    (FRIDAY, "The FTSE 100 is on track for a second straight weekly loss.", None, None),
    (MONTH_END, "The Dow notched its third straight monthly gain.", "2024-04-30", "2024-07-31"),
    (MONTH_END, "The Russell 2000 had its best month since December.", "2024-06-28", "2024-07-31"),
    (MONTH_END, "The Nikkei suffered its biggest weekly loss since 2020.", None, None),
    ("2024-07-16T21:30:00+00:00", "The Nikkei fell for a third straight session.", "2024-07-10", "2024-07-16"),
]

KNOWN_GAPS = [
    ("level", "The euro bought 171.05 yen.", [("171.05 yen", "EURJPY=X")]),
    (
        "level",
        "The Dow and the S&P 500 ended at 41,198.08 and 5,588.27.",
        [("41,198.08", "^DJI"), ("5,588.27", "^GSPC")],
    ),
    ("market_cap", "Apple is worth $3.4 trillion on the stock market.", [("$3.4 trillion", "AAPL")]),
    ("superlative", "The index has not been this high since May.", [("this high since May", None)]),
    ("streak", "The Dow rose on Monday, Tuesday and Wednesday.", [("Monday, Tuesday and Wednesday", "^DJI")]),
    ("streak", "The Nasdaq has fallen every day this week.", [("every day this week", "^IXIC")]),
]


def rows(block: str) -> list[tuple[str, list[str]]]:
    """The sentences of a table, each with the lines below it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.strip().splitlines():
        if line.startswith(" "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return found


def told(claim: Claim, *fields: str) -> str:
    """A claim as a line of the tables."""
    values = (getattr(claim, field) for field in fields)
    shown = ("-" if value is None else f"{value:g}" if isinstance(value, float) else str(value) for value in values)
    return f"{claim.text}: {' '.join(shown)}"


def of(measure: str, claims: tuple[Claim, ...]) -> list[Claim]:
    return [claim for claim in claims if claim.measure == measure]


def day(when: object) -> str | None:
    return None if when is None else str(when)


@pytest.mark.parametrize(("text", "expected"), rows(LEVELS))
def test_levels(read: Read, text: str, expected: list[str]) -> None:
    fields = ("unit", "comparator", "direction", "symbol", "end_date", "timing", "modality")
    assert [told(claim, *fields) for claim in of("level", read(text).claims)] == expected


@pytest.mark.parametrize(("text", "expected"), rows(CAPS))
def test_market_values(read: Read, text: str, expected: list[str]) -> None:
    fields = ("value", "unit", "comparator", "symbol", "end_date", "modality")
    assert [told(claim, *fields) for claim in of("market_cap", read(text).claims)] == expected


@pytest.mark.parametrize(("text", "expected"), rows(SUPERLATIVES))
def test_superlatives(read: Read, text: str, expected: list[str]) -> None:
    found = of("superlative", read(text).claims)
    fields = ("value", "direction", "extreme", "compared", "reach", "comparator", "since_date", "symbol")
    assert {claim.unit for claim in found} <= {"rank"}
    assert [told(claim, *fields, "base_date", "end_date") for claim in found] == expected


@pytest.mark.parametrize(("text", "expected"), rows(STREAKS))
def test_streaks(read: Read, text: str, expected: list[str]) -> None:
    fields = ("value", "unit", "comparator", "direction", "symbol", "base_date", "end_date")
    assert [told(claim, *fields) for claim in of("streak", read(text).claims)] == expected


@pytest.mark.parametrize(("published", "text", "base", "end"), TOLD_LATER)
def test_weeks_and_months_end_with_their_last_session(
    read: Read, published: str, text: str, base: str | None, end: str | None
) -> None:
    (found,) = (
        c for c in read(text, datetime.fromisoformat(published)).claims if c.measure in ("streak", "superlative")
    )
    assert (day(found.base_date), day(found.end_date)) == (base, end)


@pytest.mark.xfail(reason="read wrongly today", strict=True)
@pytest.mark.parametrize(("measure", "text", "expected"), KNOWN_GAPS)
def test_known_gaps(read: Read, measure: str, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(c.text, c.symbol) for c in of(measure, read(text).claims)] == expected


def test_a_level_is_said_by_whoever_the_statement_is_given_to(read: Read) -> None:
    text = "“The Dow will be at 45,000 by December,” said Orla Quillfeather, a strategist at Larkmoor Partners."
    (level,) = of("level", read(text).claims)
    assert (level.source, level.modality, level.end_date) == ("Orla Quillfeather", "forecast", None)


def test_a_move_and_its_level_are_two_claims_in_their_order(read: Read) -> None:
    found = read("The Dow rose 243.60 points, or 0.6 percent, to end at 41,198.08, a record close.").claims
    assert [(claim.measure, claim.text) for claim in found] == [
        ("price", "243.60 points"),
        ("price", "0.6 percent"),
        ("level", "41,198.08"),
        ("superlative", "record close"),
    ]
    assert {claim.symbol for claim in found} == {"^DJI"}


def test_a_level_takes_the_day_of_its_move(read: Read) -> None:
    text = "On Wednesday the Dow slipped. It had gained 1.9 percent to 40,954.48 on Tuesday."
    (level,) = of("level", read(text).claims)
    assert (day(level.end_date), level.period and level.period.text) == ("2024-07-16", "on Tuesday")


SENTENCES = [text for table in (LEVELS, CAPS, SUPERLATIVES, STREAKS) for text, _ in rows(table)]


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
@settings(deadline=None, max_examples=40)
def test_landmarks_point_at_their_words_and_keep_their_rules(read: Read, sentences: list[str]) -> None:
    text = " ".join(sentences)
    found = read(text).claims
    assert [claim.start for claim in found] == sorted(claim.start for claim in found)
    for claim in (claim for claim in found if claim.measure in LANDMARKS):
        assert text[claim.start : claim.end] == claim.text
        assert claim.subject is not None
        assert text[claim.subject.start : claim.subject.end] == claim.subject.text
        assert claim.value >= 0
        assert claim.unit not in ("percent", "points", "bp", "times", "fraction")
        assert claim.base_date is None or claim.measure in ("superlative", "streak")
        assert claim.modality == "actual" or claim.end_date is None
        assert (claim.extreme is None) == (claim.reach is None) == (claim.measure != "superlative")
        if claim.base_date is not None:
            assert claim.end_date is not None
            assert claim.base_date < claim.end_date
