"""Which names in a running text are instruments and segments, and which only look like them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from newsig.extract.mentions.codes import find_codes
from newsig.extract.mentions.names import name_before, short_names
from tests.conftest import Read

HARD = Path(__file__).with_name("hard_mentions.txt").read_text(encoding="utf-8")

CASES = [
    # indices, in their many names
    ("The S&P 500 rose.", {"^GSPC"}),
    ("The Standard & Poor's 500 Index .SPX rose.", {"^GSPC"}),
    ("The Dow Jones industrial average .DJI fell.", {"^DJI"}),
    ("The tech-heavy Nasdaq 100 fell.", {"^NDX"}),
    ("The Nasdaq Composite fell.", {"^IXIC"}),
    ("The Russell 2000, full of small companies, rose.", {"^RUT"}),
    ("London's FTSE 100, Frankfurt's DAX and Paris's CAC 40 fell.", {"^FTSE", "^GDAXI", "^FCHI"}),
    ("Japan's Nikkei 225 and the Hang Seng rose.", {"^N225", "^HSI"}),
    ("The Nikkei closed lower.", {"^N225"}),
    ("Wall Street's fear gauge, the VIX, rose.", {"^VIX"}),
    ("The Standard  &  Poor's  500 Index fell.", {"^GSPC"}),  # doubled blanks
    # companies
    ("Microsoft, Apple and Nvidia led.", {"MSFT", "AAPL", "NVDA"}),
    ("Caribou Biosciences, Hovnanian Enterprises and Hippo Holdings rose.", {"CRBU", "HOV", "HIPO"}),
    ("Shares of JPMorgan Chase rose.", {"JPM"}),
    ("Johnson & Johnson and Procter & Gamble rose.", {"JNJ", "PG"}),
    ("Vodafone fell in London.", {"VOD.L"}),
    ("Toyota fell in Tokyo.", {"7203.T"}),
    # codes
    ("Kestrel Aerodyne Inc ( KSTA.O ) rose.", {"KSTA"}),
    ("Berkshire Hathaway ( BRKb.N ) rose.", {"BRK-B"}),
    ("Vodafone ( VOD.L ) rose.", {"VOD.L"}),
    ("Kestrel Aerodyne (NASDAQ: KSTA) rose.", {"KSTA"}),
    ("I like $NVDA here.", {"NVDA"}),
    # other things with prices
    ("Brent crude and gold rose, bitcoin fell.", {"BZ=F", "GC=F", "BTC-USD"}),
    ("The dollar rose against the yen.", {"JPY=X", "JPYUSD=X"}),
    ("The dollar index rose.", {"DX-Y.NYB"}),
    ("The yield on the 10-year Treasury note rose.", {"^TNX"}),
    ("S&P 500 futures rose.", {"ES=F"}),
    ("The futures contract for the Nikkei 225 rose.", {"NKD=F"}),
]

NOBODY = [
    "The winners celebrated.",
    "Peter Tarn, president of Chase Investment Counsel, spoke.",
    "A strategist at Goldman Sachs spoke.",
    "Morgan Stanley analysts were cautious.",
    "She bought apples on target day near the gap.",
    "Vanda Research counted the flows.",
    "The temple stood on Chase Street, by Amazon Terrace.",
    "An S&P index of airline shares fell.",
    "The German 10-year yield rose.",
    "The Dow Jones index of paper makers rose.",
    "By Harold Visa\n\nThe Target of his visit was unclear.",
    "It was a visa for a shell company, she said.",
    "The general electric bill rose with the block.",
]

SEGMENTS = [
    ("Small caps rallied.", "small_caps"),
    ("Small-cap stocks rallied.", "small_caps"),
    ("Smaller company stocks stood still.", "small_caps"),
    ("Money left megacap stocks.", "mega_caps"),
    ("Technology stocks fell.", "technology"),
    ("Growth stocks stumbled.", "growth"),
]
NO_SEGMENT = ["Smaller businesses suffer.", "Smaller domestic companies hope."]
SEGMENT_GAPS = ["A small cap on spending was agreed."]


@pytest.mark.parametrize(("text", "symbols"), CASES)
def test_what_is_named(read: Read, text: str, symbols: set[str]) -> None:
    assert {mention.symbol for mention in read(text).mentions if mention.symbol} == symbols


def hard_rows() -> list[tuple[str, list[tuple[str, str]]]]:
    """The table's sentences, each with the words and symbols it must give."""
    found = []
    for line in HARD.splitlines():
        if line and not line.startswith("#"):
            text, wanted = line.rsplit(" -> ", 1)
            cells = [] if wanted == "-" else wanted.split("; ")
            found.append((text, [(words, symbol) for words, symbol in (cell.rsplit(" = ", 1) for cell in cells)]))
    return found


@pytest.mark.parametrize(("text", "wanted"), hard_rows())
def test_hard_names(read: Read, text: str, wanted: list[tuple[str, str]]) -> None:
    codes = {(code.start, code.end) for code in find_codes(text) if text[code.start - 1] != "$"}
    named = [mention for mention in read(text).mentions if mention.symbol and (mention.start, mention.end) not in codes]
    assert [(mention.text, mention.symbol) for mention in named] == wanted


def test_the_table_of_hard_names_is_long_enough() -> None:
    assert len({text for text, _ in hard_rows()}) >= 360


@pytest.mark.parametrize("text", NOBODY)
def test_what_only_looks_like_a_name(read: Read, text: str) -> None:
    assert {mention.symbol for mention in read(text).mentions if mention.symbol} == set()


@pytest.mark.parametrize(("text", "segment"), SEGMENTS)
def test_segments_by_their_phrases(read: Read, text: str, segment: str) -> None:
    assert {mention.segment for mention in read(text).mentions} == {segment}


@pytest.mark.parametrize("text", NO_SEGMENT)
def test_the_economy_is_no_segment(read: Read, text: str) -> None:
    assert {mention.segment for mention in read(text).mentions} <= {None}


@pytest.mark.xfail(reason="the phrase table knows no neighbours yet")
@pytest.mark.parametrize("text", SEGMENT_GAPS)
def test_known_segment_gaps(read: Read, text: str) -> None:
    test_the_economy_is_no_segment(read, text)


def test_an_instrument_carries_its_segment(read: Read) -> None:
    assert [mention.segment for mention in read("The Russell 2000 rose.").mentions] == ["small_caps"]


def test_a_company_named_with_its_code_is_known_by_its_short_name(read: Read) -> None:
    text = "Tarnbrook Mills Inc ( TRBK.N ) fell. Later Tarnbrook recovered, and Tarnbrook Mills ended flat."
    found = [mention.text for mention in read(text).mentions if mention.symbol == "TRBK"]
    assert found == ["Tarnbrook Mills Inc", "( TRBK.N )", "Tarnbrook", "Tarnbrook Mills"]


def test_names_do_not_nest(read: Read) -> None:
    mentions = read("The Dow Jones Industrial Average and Bank of America rose with the Nasdaq 100.").mentions
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@pytest.mark.parametrize(
    ("text", "symbol", "name"),
    [
        ("Kestrel Mills Inc ( KSTM.O ) slid", "KSTM", "Kestrel Mills Inc"),
        ("a word from the Coal Board. Exxon Mobil ( XOM.N ) closed", "XOM", "Exxon Mobil"),
        ("Shares of Tarnbrook Mills (LON: TRBK) rose", "TRBK.L", "Tarnbrook Mills"),
    ],
)
def test_a_code_names_what_stands_before_it(text: str, symbol: str, name: str) -> None:
    (code,) = find_codes(text)
    assert (code.symbol, text[code.name_start : code.name_end]) == (symbol, name)


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("( GM.N )(GM.PK)", ["GM", "GM"]),
        ("RIM.TORIMM.O", ["BB.TO", "BB"]),  # printed without a blank
        ("( BRKa.N )", ["BRK-A"]),
        ("( RCIb.TO )", ["RCI-B.TO"]),
        ("( 941.HK )", ["0941.HK"]),
        ("( DAL_w.N )", ["DAL"]),
        ("( KSTM.PA )", [None]),  # Paris has codes of its own
        ("( NESN.VX )", ["NESN.SW"]),
        (".SPX .FTEU3 .IPRCS.T .GSPE", ["^GSPC", "^FTEU3"]),
        ("CLc1 LCOZ6 GCZ7 SPM7 GCB7 H1N1 MTV3 PEAK6", ["CL=F", "BZ=F", "GC=F", "ES=F"]),
        ("EUR= US10YT=RR XAU= ABC=", ["EURUSD=X", "^TNX", "GC=F"]),
        ("(NYSE: HRL.B) $NVDA", ["HRL-B", "NVDA"]),
    ],
)
def test_codes_and_their_symbols(text: str, symbols: list[str | None]) -> None:
    assert [code.symbol for code in find_codes(text)] == symbols


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("said Italy's Eni ", "Eni"),
        ("Warren Tarn's Berkshire Mills Inc ", "Berkshire Mills Inc"),
        ("P.F. Tarn's Bistro Inc ", "P.F. Tarn's Bistro Inc"),
        ("Meanwhile Bank of Harlow ", "Bank of Harlow"),
        ("Carmaker Harlow Motors ", "Harlow Motors"),
        ("at $43.40 and the Harlow Index ", "Harlow Index"),
        ("rose in London ", None),
        ("a small company ", None),
    ],
)
def test_the_name_before_a_code(text: str, name: str | None) -> None:
    found = name_before(text, len(text))
    assert (found and text[found[0] : found[1]]) == name


@pytest.mark.parametrize("text", ["U.S. stocks", "at 4.25 p.m.", "J.P. Tarn", "in the D.C. area", "No. 5"])
def test_abbreviations_are_no_codes(text: str) -> None:
    assert list(find_codes(text)) == []


def test_short_names_leave_out_words_that_mean_something_else() -> None:
    assert short_names("General Mills Inc") == ["General Mills Inc", "General Mills"]
