"""The instrument table: what a surface form names, what it must not name, and that the recipe gives the table."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig import instruments, sessions
from newsig.instruments import Alias, parts, tables

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "newsig" / "instruments"
SHIPPED = ["aliases.csv", "codes.csv", "instruments.csv", "listings.csv", "reused.csv"]

NAMED = """
S&P 500|^GSPC  s&p 500|^GSPC  Standard & Poor's 500|^GSPC  Standard & Poor’s 500|^GSPC  S&P 500 index|^GSPC  S&P|^GSPC
Dow|^DJI  Dow Jones|^DJI  Dow Jones Industrial Average|^DJI  Dow Jones industrials|^DJI  Dow industrials|^DJI
blue-chip Dow|^DJI  DJIA|^DJI  Dow Jones Transportation Average|^DJT  Dow Jones utilities|^DJU
Nasdaq|^IXIC  NASDAQ|^IXIC  Nasdaq Composite|^IXIC  Nasdaq composite index|^IXIC  tech-heavy Nasdaq|^IXIC
Nasdaq 100|^NDX  Nasdaq-100|^NDX  tech-heavy Nasdaq 100|^NDX  Russell 2000|^RUT  Russell 2000 index|^RUT
small-cap Russell 2000|^RUT  Russell 1000|^RUI  Russell 3000|^RUA  S&P MidCap 400|^SP400  S&P SmallCap 600|^SP600
VIX|^VIX  CBOE Volatility Index|^VIX  Philadelphia semiconductor index|^SOX  KBW Regional Banking Index|^KRX
FTSE 100|^FTSE  FTSE-100|^FTSE  FTSE|^FTSE  Footsie|^FTSE  FTSE 250|^FTMC  DAX|^GDAXI  Dax|^GDAXI  CAC 40|^FCHI
CAC-40|^FCHI  STOXX 600|^STOXX  STOXX Europe 600|^STOXX  Euro STOXX 50|^STOXX50E  FTSEurofirst 300|^FTEU3
IBEX 35|^IBEX  FTSE MIB|FTSEMIB.MI  MIBTel|^MIBTEL  SMI|^SSMI  AEX|^AEX  BEL20|^BFX  OMX Stockholm 30|^OMX
RTS|RTSI.ME  MICEX|IMOEX.ME  Nikkei|^N225  Nikkei 225|^N225  Topix|^TOPX  Hang Seng|^HSI  Hang Seng Index|^HSI
Shanghai Composite|000001.SS  SSE Composite|000001.SS  CSI 300|000300.SS  CSI300|000300.SS  KOSPI|^KS11
Straits Times Index|^STI  Sensex|^BSESN  Nifty|^NSEI  Nifty 50|^NSEI  ASX 200|^AXJO  S&P/ASX 200|^AXJO
All Ordinaries|^AORD  NZX 50|^NZ50  TSX|^GSPTSE  S&P/TSX composite|^GSPTSE  S&P TSX|^GSPTSE  Bovespa|^BVSP
Ibovespa|^BVSP  Merval|^MERV  IPC|^MXX  TAIEX|^TWII
S&P 500 futures|ES=F  Nasdaq 100 futures|NQ=F  Dow futures|YM=F  Russell 2000 futures|RTY=F
SPY|SPY  SPDR S&P 500 ETF|SPY  iShares Russell 2000 ETF|IWM  IWM|IWM  QQQ|QQQ  ARKK|ARKK  SPDR Gold Shares|GLD
oil|CL=F  U.S. crude|CL=F  West Texas Intermediate|CL=F  Brent|BZ=F  Brent crude|BZ=F  gold|GC=F  Gold|GC=F
spot gold|GC=F  silver|SI=F  copper|HG=F  natural gas|NG=F  wheat|ZW=F  soybeans|ZS=F
dollar|DX-Y.NYB  dollar index|DX-Y.NYB  euro|EURUSD=X  sterling|GBPUSD=X  pound|GBPUSD=X  yen|JPYUSD=X
Swiss franc|CHFUSD=X  yuan|CNYUSD=X  Australian dollar|AUDUSD=X  Canadian dollar|CADUSD=X  rupee|INRUSD=X
10-year Treasury yield|^TNX  benchmark 10-year note|^TNX  30-year Treasury bond|^TYX  five-year note|^FVX
two-year Treasury yield|US2Y  bitcoin|BTC-USD  ethereum|ETH-USD  ether|ETH-USD
Caribou Biosciences|CRBU  Hovnanian Enterprises|HOV  Hippo Holdings|HIPO  Microsoft|MSFT  Apple|AAPL  Nvidia|NVDA
NVIDIA|NVDA  Tesla|TSLA  Alphabet|GOOGL  Google|GOOGL  Amazon|AMZN  Amazon.com|AMZN  Facebook|META  Meta|META
JPMorgan|JPM  JP Morgan Chase|JPM  JPMorgan Chase & Co|JPM  Goldman Sachs|GS  Goldman|GS  Citi|C  Citigroup|C
BofA|BAC  Bank of America|BAC  Berkshire Hathaway|BRK-B  GE|GE  General Electric|GE  GM|GM  Ford|F
ExxonMobil|XOM  Exxon Mobil|XOM  Wal-Mart|WMT  Walmart|WMT  McDonald's|MCD  McDonald’s|MCD  McDonalds|MCD
Hewlett-Packard|HPQ  Lowe's|LOW  Lowe’s|LOW  3M|MMM  AT&T|T  Target|TGT  Home Depot|HD  Motorola|MSI
News Corp|NWSA  Datadog|DDOG  Kinsale Capital|KNSL
HSBC|HSBA.L  HSBC Holdings|HSBA.L  Vodafone|VOD.L  BP|BP.L  Shell|SHEL.L  Royal Dutch Shell|SHEL.L
Rio Tinto|RIO.L  BHP|BHP.AX  Barclays|BARC.L  Lloyds|LLOY.L  Royal Bank of Scotland|NWG.L  AstraZeneca|AZN.L
GlaxoSmithKline|GSK.L  Unilever|ULVR.L  British Sky Broadcasting|BSY.L  Old Mutual|OML.L  TUI Travel|TT.L
SAP|SAP.DE  Siemens|SIE.DE  Deutsche Bank|DBK.DE  Volkswagen|VOW3.DE  Daimler|MBG.DE  Heidelberg Materials|HEI.DE
BNP Paribas|BNP.PA  Societe Generale|GLE.PA  Société Générale|GLE.PA  L'Oreal|OR.PA  Airbus|AIR.PA  Nestle|NESN.SW
Nestlé|NESN.SW  Novartis|NOVN.SW  Roche|ROG.SW  UBS|UBSG.SW  ASML|ASML.AS  Philips|PHIA.AS  Santander|SAN.MC
UniCredit|UCG.MI  Toyota|7203.T  Sony|6758.T  SoftBank|9984.T  Elpida Memory|6665.T  Ajinomoto|2802.T
Samsung Electronics|005930.KS  Tencent|0700.HK  Alibaba|BABA  Reliance Industries|RELIANCE.NS  Infosys|INFY.NS
HDFC Bank|HDFCBANK.NS  Royal Bank of Canada|RY.TO  Research In Motion|BB.TO  Alcan|AL.TO  Shopify|SHOP.TO
Petrobras|PETR4.SA  America Movil|AMXB.MX  Sberbank|SBER.ME  VTB|VTBR.ME
Lehman Brothers|LEH  Bear Stearns|BSC  Washington Mutual|WM  Merrill Lynch|MER  Wachovia|WB
Countrywide Financial|CFC  Sun Microsystems|JAVA  Yahoo|YHOO  HBOS|HBOS.L  Cadbury|CBRY.L  Genentech|DNA
Wyeth|WYE  Schering-Plough|SGP  Anheuser-Busch|BUD  Twitter|TWTR  LinkedIn|LNKD  YRC Worldwide|YRCW
"""

UNSYMBOLLED = (
    "MSCI World index",
    "S&P financial index",
    "S&P 500 energy sector",
    "Merval 25",
    "Nasdaq OMX Nordic",
    "Dow Jones Newswires",
    "Chase Investment Counsel",
    "Nokia Siemens Networks",
    "euro zone",
    "German 10-year yield",
    "olive oil",
    "billion dollar",
    "S&P Global Ratings",
)

UNNAMED = (
    *("winners", "Winners", "The", "Key", "key", "Best", "best", "Progressive", "Regions", "General", "Block Island"),
    *("apple", "target", "gap", "visa", "meta", "ford", "shell", "oracle", "intel", "alphabet", "amazon", "A", "ALL"),
    *(
        "KEY",
        "SO",
        "ON",
        "IT",
        "ARE",
        "NOW",
        "CAT",
        "Next",
        "Total",
        "Sky",
        "Orange",
        "Wall Street",
        "Street",
        "Reuters",
    ),
    *("New York Times", "Thomson Reuters", "FactSet", "Morningstar", "Summit Financial", "Texas", "Boston", "Jackson"),
    *("Phoenix", "Washington", "John Wiley", "Trade", "Strategy", "Square", "smaller companies", "smaller businesses"),
)

SEGMENTS = {
    "small caps": "small_caps",
    "small-cap stocks": "small_caps",
    "small-caps": "small_caps",
    "smaller stocks": "small_caps",
    "smaller company stocks": "small_caps",
    "small-company stocks": "small_caps",
    "small-capitalization": "small_caps",
    "mid-caps": "mid_caps",
    "large-cap stocks": "large_caps",
    "blue chips": "large_caps",
    "megacaps": "mega_caps",
    "mega-cap stocks": "mega_caps",
    "big tech": "mega_caps",
    "magnificent seven": "mega_caps",
    "tech stocks": "technology",
    "technology sector": "technology",
    "growth stocks": "growth",
    "value stocks": "value",
    "bank stocks": "financials",
    "energy stocks": "energy",
    "regional banks": "regional_banks",
}

NEIGHBOURS = [
    # the words with the alias in brackets, whether a neighbour takes its meaning away
    ("[oil] fell 2 percent", False),
    ("the [oil] company said", True),
    ("an [oil]-producer nation", True),
    ("olive [oil] is dear", True),
    ("Marathon [Oil] rose", True),
    ("[Oil] rose. Company news", False),
    ("he won a [gold] medal", True),
    ("the [gold] standard", True),
    ("[gold] rose", False),
    ("[Gold] rose on Friday", False),
    ("Barrick [Gold] rose", True),
    ("the [dollar] fell", False),
    ("a [dollar] store", True),
    ("100 million [dollar] loan", True),
    ("bought for 100 [yen]", True),
    ("against the [yen]", False),
    ("two million [pound] house", True),
    ("cents a [pound]", True),
    ("the [pound] fell", False),
    ("[Apple] pie", True),
    ("[Apple] CEO Tim Cook", False),
    ("[Apple] shares", False),
    ("the [Target] price is", True),
    ("[Target] shares fell", False),
    ("[Target] Hospitality rose", True),
    ("Harrison [Ford] said", True),
    ("At [Ford], sales rose", False),
    ("shares of [Ford] rose", False),
    ("the [Gap] between rich", True),
    ("[Dow Jones] Newswires", True),
    ("[Dow Jones] rose", False),
    ("the [Nasdaq] rose", False),
    ("the [Nasdaq] OMX", True),
    ("listed on the [Nasdaq]", True),
    ("rated junk by [S&P]", True),
    ("the [S&P] rose", False),
    ("he wrote on [Twitter]", True),
    ("[Twitter] shares fell", False),
]


def looked_up(text: str) -> set[Alias]:
    """The aliases that these very words match."""
    return {alias for alias in instruments.aliases() if alias.text == (text if alias.exact else text.lower())}


def rows_named() -> list[tuple[str, str]]:
    cells = [cell for line in NAMED.strip().splitlines() for cell in line.split("  ")]
    return [(text, symbol) for text, symbol in (cell.split("|") for cell in cells)]


@pytest.mark.parametrize(("text", "symbol"), rows_named())
def test_a_name_has_one_symbol(text: str, symbol: str) -> None:
    assert {alias.symbol for alias in looked_up(text)} == {symbol}


def test_the_table_of_names_is_long_enough() -> None:
    assert len({text for text, _ in rows_named()}) >= 240


@pytest.mark.parametrize("text", UNSYMBOLLED)
def test_a_name_without_a_symbol_is_known_as_such(text: str) -> None:
    assert {(alias.symbol, alias.segment) for alias in looked_up(text)} == {(None, None)}


@pytest.mark.parametrize("text", UNNAMED)
def test_a_common_word_names_nothing(text: str) -> None:
    assert looked_up(text) == set()


@pytest.mark.parametrize(("phrase", "segment"), SEGMENTS.items())
def test_a_phrase_names_a_segment(phrase: str, segment: str) -> None:
    assert {(alias.symbol, alias.segment, alias.exact) for alias in looked_up(phrase)} == {(None, segment, False)}


@pytest.mark.parametrize(("words", "expected"), NEIGHBOURS)
def test_neighbours_take_a_meaning_away(words: str, expected: bool) -> None:
    before, rest = words.split("[")
    text, after = rest.split("]")
    (alias,) = looked_up(text)
    assert instruments.cancelled(alias, before, after) is expected


@given(st.text(), st.text())
def test_an_alias_without_neighbours_is_never_cancelled(before: str, after: str) -> None:
    assert not instruments.cancelled(Alias("Caribou Biosciences", "CRBU", None, exact=True), before, after)


def test_no_text_is_listed_twice() -> None:
    counts = Counter((alias.text, alias.exact) for alias in instruments.aliases())
    assert [key for key, count in counts.items() if count > 1] == []


def test_exact_and_lower_aliases_agree() -> None:
    lower = {alias.text: alias.symbol for alias in instruments.aliases() if not alias.exact}
    exact = [alias for alias in instruments.aliases() if alias.exact]
    assert [a.text for a in exact if lower.get(a.text.lower(), a.symbol) != a.symbol] == []


def test_lower_aliases_are_in_lower_case() -> None:
    assert [alias.text for alias in instruments.aliases() if not alias.exact and alias.text != alias.text.lower()] == []


def test_aliases_are_trimmed_and_name_something_known() -> None:
    known = instruments.instruments()
    assert [a for a in instruments.aliases() if not a.text or a.text != " ".join(a.text.split())] == []
    assert [a for a in instruments.aliases() if a.symbol and a.symbol not in known] == []
    assert [a for a in instruments.aliases() if a.segment and a.segment not in instruments.segments()] == []


def test_company_aliases_keep_their_capitals() -> None:
    stocks = {symbol for symbol, found in instruments.instruments().items() if found.kind == "stock"}
    assert [alias.text for alias in instruments.aliases() if alias.symbol in stocks and not alias.exact] == []


def test_every_company_alias_is_more_than_a_letter() -> None:
    assert [a.text for a in instruments.aliases() if len([sign for sign in a.text if sign.isalnum()]) < 2] == []


@pytest.mark.parametrize("name", sorted({found.market for found in instruments.instruments().values()}))
def test_every_market_has_a_calendar(name: str) -> None:
    assert len(sessions.sessions(name)) > 100


def test_segments_are_measured_by_known_things() -> None:
    known = instruments.instruments()
    for segment in instruments.segments().values():
        assert {segment.proxy, segment.fund} - {None} <= set(known)
    assert instruments.segments()["small_caps"].proxy == "^RUT"
    assert instruments.segments()["small_caps"].fund == "IWM"


def test_bare_names_are_in_lower_case_and_mean_one_segment_each() -> None:
    names = list(instruments.names())
    assert len(dict(names)) == len(names) > 100
    assert [name for name, _ in names if name != " ".join(name.lower().split())] == []
    assert {segment for _, segment in names} <= set(instruments.segments())
    assert dict(names)["smaller companies"] == "small_caps"


def test_words_and_members_belong_to_one_packaged_segment_each() -> None:
    for part in ("phrases", "names", "members"):
        counts = Counter(item for table in parts.packaged().values() for item in getattr(table, part) or ())
        assert [item for item, count in counts.items() if count > 1] == []
    assert set(parts.joined({}).members) <= set(tables.packaged())


@pytest.mark.parametrize(
    ("symbol", "segment"),
    [
        ("^RUT", "small_caps"),
        ("^SP400", "mid_caps"),
        ("^GSPC", "large_caps"),
        ("^NDX", "technology"),
        ("NVDA", "mega_caps"),
        ("MSFT", "mega_caps"),
        ("KO", "large_caps"),
        ("CRBU", None),
    ],
)
def test_instruments_carry_their_segment(symbol: str, segment: str | None) -> None:
    assert instruments.instruments()[symbol].segment == segment


@pytest.mark.parametrize(
    ("symbol", "market"),
    [
        ("^FTSE", "XLON"),
        ("^GDAXI", "XETR"),
        ("VOD.L", "XLON"),
        ("7203.T", "XTKS"),
        ("CL=F", "XNYS"),
        ("EURUSD=X", "24/5"),
        ("BTC-USD", "24/7"),
        ("DOGE2-USD", "24/7"),
        ("BF-B", "XNYS"),
        ("NOTLISTED.PA", "XPAR"),
        ("^TNX", "XNYS"),
    ],
)
def test_a_symbol_tells_its_market(symbol: str, market: str) -> None:
    assert instruments.market(symbol) == market


def test_a_reused_symbol_bears_its_holder_of_today() -> None:
    assert instruments.instruments()["WM"].name == "Waste Management"
    assert {alias.symbol for alias in looked_up("Waste Management")} == {"WM"}
    assert "WM" in instruments.reused()
    assert set(instruments.reused()) <= set(instruments.instruments())


def test_codes_are_given_once_and_have_a_market() -> None:
    listed = [(row["code"], row["symbol"]) for row in tables.rows("codes.csv")]
    assert len({code for code, _ in listed}) == len(listed) >= 700
    assert [code for code, symbol in listed if not symbol or not code.strip(".=")] == []
    assert {instruments.market(symbol) for _, symbol in listed} <= {*tables.SUFFIXES.values(), "XNYS"}


@pytest.mark.parametrize(
    ("code", "symbol"),
    [("BNPP.PA", "BNP.PA"), ("SIEGn.DE", "SIE.DE"), ("KFT.N", "MDLZ"), ("RDSa.L", "SHEL.L"), (".FTEU3", "^FTEU3")],
)
def test_a_code_that_no_rule_can_tell_is_in_the_table(code: str, symbol: str) -> None:
    assert {row["code"]: row["symbol"] for row in tables.rows("codes.csv")}[code] == symbol


def test_american_listings_belong_to_companies_abroad() -> None:
    listed = {row["home"]: row["american"] for row in tables.rows("listings.csv")}
    assert listed["BP.L"] == "BP"
    assert [home for home in listed if home not in instruments.instruments()] == []
    assert [american for american in listed.values() if "." in american] == []


def test_the_fingerprint_is_sixteen_hexadecimal_digits() -> None:
    assert len(instruments.fingerprint()) == 16
    assert int(instruments.fingerprint(), 16) > 0


@pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("cleanco", "edgar", "pytickersymbols", "wordfreq")),
    reason="the extra `instruments` is not installed",
)
def test_the_recipe_gives_the_shipped_tables(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "models.instruments.build", "--out", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=300, capture_output=True)  # noqa: S603
    for name in SHIPPED:
        assert (tmp_path / name).read_bytes() == (TABLES / name).read_bytes(), name


@pytest.mark.parametrize("name", SHIPPED)
def test_the_card_gives_the_digest_of_the_shipped_table(name: str) -> None:
    digest = hashlib.sha256((TABLES / name).read_bytes()).hexdigest()
    assert f"`{digest}`" in (ROOT / "models" / "instruments" / "README.md").read_text(encoding="utf-8")
