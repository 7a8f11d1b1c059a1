"""Price files of all three kinds, and every way in which a row can be spoilt."""

import gzip
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from newsig.errors import PriceError
from newsig.market.prices import read_prices
from newsig.records import Failure, Price

HEADER = "symbol,date,open,high,low,close,adj_close,volume"
FIRST = Price(
    symbol="^RUT", day=date(2024, 7, 16), close=2263.67, open=2198.43, high=2265.21, low=2198.43, volume=4.0e9
)


def written(folder: Path, *lines: str, name: str = "prices.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_every_column_is_read(tmp_path):
    path = written(tmp_path, HEADER, "^RUT,2024-07-16,2198.43,2265.21,2198.43,2263.67,,4000000000.0")
    assert list(read_prices(path)) == [FIRST]


HEADERS = [
    "symbol,date,close",
    "Symbol,Date,Close",
    "SYMBOL, day , CLOSE",
    "\ufeffsymbol,date,close",
    '"symbol","date","close"',
    "ticker,Day,close",
]


@pytest.mark.parametrize("header", HEADERS)
def test_headers(tmp_path, header):
    path = written(tmp_path, header, "AAPL,2024-07-16,234.82")
    assert list(read_prices(path)) == [Price(symbol="AAPL", day=date(2024, 7, 16), close=234.82)]


def test_columns_may_stand_in_any_order_beside_others(tmp_path):
    path = written(tmp_path, "Note,Adj Close,Close,Date,Symbol", "x,233.1,234.82,2024-07-16 00:00:00-04:00,aapl")
    assert list(read_prices(path)) == [Price(symbol="AAPL", day=date(2024, 7, 16), close=234.82, adj_close=233.1)]


ROWS = [  # a spoilt row, what its failure says
    ("AAPL,2024-07-16,,,,abc,,", "close is 'abc', which is no number"),
    ("AAPL,2024-07-16,,,,nan,,", "close is 'nan'"),
    ("AAPL,2024-07-16,,,,inf,,", "close is 'inf'"),
    ("AAPL,2024-07-16,,,,1e999,,", "close is '1e999'"),
    ("AAPL,2024-07-16,,,,1_000,,", "close is '1_000'"),
    ('AAPL,2024-07-16,,,,"1,000.5",,', "close is '1,000.5'"),
    ("AAPL,2024-07-16,,,,٣,,", "close is '٣'"),
    ("AAPL,2024-07-16,,,,,,", "close is empty"),
    ("AAPL,2024-07-16,x,,,10,,", "open is 'x'"),
    ("AAPL,2024-07-16,,,,10,,many", "volume is 'many'"),
    ("AAPL,2024-07-16,,,,0,,", "close is 0"),
    ("AAPL,2024-07-16,,,,-3.5,,", "close is -3.5"),
    ("EURUSD=X,2024-07-16,,,,-1,,", "close is -1"),
    ("AAPL,16/07/2024,,,,10,,", "date is '16/07/2024'"),
    ("AAPL,2024-02-30,,,,10,,", "date is '2024-02-30'"),
    ("AAPL,,,,,10,,", "date is ''"),
    (",2024-07-16,,,,10,,", "symbol is empty"),
    ("  ,2024-07-16,,,,10,,", "symbol is empty"),
    ("AAPL,2024-07-16,10", "has 3 cells where the header has 8"),
    ("AAPL,2024-07-16,,,,1,000.5,,", "has 9 cells where the header has 8"),
    ("AAPL,2024-07-16,,,," + "9" * 400 + "z,,", "9…'"),
]


@pytest.mark.parametrize(("row", "reason"), ROWS)
def test_a_spoilt_row_is_named_and_the_others_are_read(tmp_path, row, reason):
    path = written(tmp_path, HEADER, "A,2024-07-16,,,,1,,", row, "Z,2024-07-16,,,,2,,")
    before, failure, after = read_prices(path)
    assert (before.symbol, after.symbol) == ("A", "Z")
    assert isinstance(failure, Failure)
    assert failure.stage == "prices"
    assert failure.place == f"{path} line 3"
    assert reason in failure.reason
    assert len(failure.reason) < 200


FUTURE = [  # the moment of reading, the days of a file that are refused then
    (datetime(2024, 7, 17, 12, tzinfo=UTC), [19, 20]),
    (datetime(2024, 7, 17, 23, 59, tzinfo=UTC), [19, 20]),
    (datetime(2024, 7, 17, 21, tzinfo=timezone(timedelta(hours=-5))), [20]),
    (datetime(2024, 7, 19, 0, tzinfo=UTC), []),
    (None, []),
]


@pytest.mark.parametrize(("at", "refused"), FUTURE)
def test_a_day_in_the_future_is_refused(tmp_path, at, refused):
    path = written(tmp_path, "symbol,date,close", *(f"A,2024-07-{day},1" for day in (17, 18, 19, 20)))
    failures = [item for item in read_prices(path, at) if isinstance(item, Failure)]
    assert [(one.place, one.reason) for one in failures] == [
        (f"{path} line {day - 15}", f"date is 2024-07-{day}, which is in the future") for day in refused
    ]


def test_bytes_that_are_no_text_spoil_their_own_row_only(tmp_path):
    path = tmp_path / "prices.csv"
    path.write_bytes(b"symbol,date,close\nA,2024-07-16,\xff\xfe1\nB,2024-07-16,2\n")
    failure, price = read_prices(path)
    assert failure.place.endswith("prices.csv line 2")
    assert price.symbol == "B"


def test_line_numbers_count_lines_of_the_file(tmp_path):
    path = written(tmp_path, "symbol,date,close,note", 'A,2024-07-16,1,"two', 'lines"', "", "B,2024-07-16,no,x")
    price, failure = read_prices(path)
    assert price.symbol == "A"
    assert failure.place == f"{path} line 5"


def test_a_future_may_close_below_zero_and_a_yield_too(tmp_path):
    path = written(tmp_path, "symbol,date,close", "CL=F,2020-04-20,-37.63", "^IRX,2020-03-25,-0.105")
    assert [price.close for price in read_prices(path)] == [-37.63, -0.105]


def test_zeros_beside_a_close_are_empty_cells(tmp_path):
    path = written(tmp_path, "symbol,date,open,high,low,close", "^STOXX,2025-09-01,0.0,0.0,0.0,551.43")
    assert list(read_prices(path)) == [Price(symbol="^STOXX", day=date(2025, 9, 1), close=551.43)]


def test_a_repeated_row_counts_once_and_a_contradiction_is_told(tmp_path):
    rows = ["A,2024-07-16,1.5", "B,2024-07-16,1.5", "A,2024-07-16,1.50", "A,2024-07-16,1.6", "A,2024-07-17,1.6"]
    prices = list(read_prices(written(tmp_path, "symbol,date,close", *rows)))
    failure = prices.pop(2)
    assert [(price.symbol, price.day.day, price.close) for price in prices] == [
        ("A", 16, 1.5),
        ("B", 16, 1.5),
        ("A", 17, 1.6),
    ]
    assert failure.place.endswith("prices.csv line 5")
    assert failure.reason == "A closes at 1.6 on 2024-07-16, but at 1.5 in a row before: kept the earlier one"


UNREADABLE = [  # the bytes of a file, what is said of it
    (b"", "is empty"),
    (b"symbol,date\nA,2024-07-16\n", "has no column close; its columns are symbol, date"),
    (b"A,2024-07-16,1\n", "has no column symbol or date or close; its columns are A, 2024-07-16, 1"),
    (b"\n\n", "its columns are none"),
    (b"symbol,date,day,close\n", "more than one column for date"),
    (b"\x1f\x8bnot gzip at all", "cannot be read as CSV"),
    (b"PAR1 and no more", "cannot be read as Parquet"),
    (
        b"SQLite format 3\x00\x10\x00\x01\x01\x00@  \x00\x00\n,\n",
        "is no CSV file in UTF-8, gzipped or not, and no Parquet file",
    ),
    (b"\x89PNG\r\n\x1a\n,", "is no CSV file in UTF-8, gzipped or not, and no Parquet file"),
    ("Größe,Datum\n".encode("latin-1"), "is no CSV file in UTF-8, gzipped or not, and no Parquet file"),
    (b"column," * 99 + b"\n", "its columns are " + "column, " * 24 + "column,…"),
]


@pytest.mark.parametrize(("content", "message"), UNREADABLE)
def test_a_file_that_holds_no_prices(tmp_path, content, message):
    path = tmp_path / "prices.csv"
    path.write_bytes(content)
    with pytest.raises(PriceError) as error:
        list(read_prices(path))
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(PriceError, match=r"there is no file .*nowhere\.csv"):
        list(read_prices(tmp_path / "nowhere.csv"))
    with pytest.raises(PriceError, match="cannot be read"):
        list(read_prices(tmp_path))


def test_gzip(tmp_path):
    path = tmp_path / "prices.csv.gz"
    path.write_bytes(gzip.compress(f"{HEADER}\n^RUT,2024-07-16,2198.43,2265.21,2198.43,2263.67,,4e9\n".encode()))
    assert list(read_prices(path)) == [FIRST]


def test_gzip_that_breaks_off_keeps_what_came_before(tmp_path):
    path = tmp_path / "prices.csv.gz"
    lines = "".join(f"A{number},2024-07-16,{number + 1}.25\n" for number in range(20000))
    whole = gzip.compress(f"symbol,date,close\n{lines}".encode())
    path.write_bytes(whole[: len(whole) // 2])
    *prices, failure = read_prices(path)
    assert len(prices) > 1000
    assert all(isinstance(price, Price) for price in prices)
    assert isinstance(failure, Failure)
    assert "breaks off" in failure.reason


def test_parquet(tmp_path):
    path = tmp_path / "prices.parquet"
    table = pyarrow.table(
        {
            "Date": pyarrow.array([datetime(2024, 7, 16), datetime(2024, 7, 16), None, datetime(2024, 7, 17)]),
            "Symbol": pyarrow.array(["^RUT", "AAPL", "MSFT", "AAPL"]).dictionary_encode(),
            "Close": [2263.67, float("nan"), 3.0, 10.0],
            "Open": [2198.43, 1.0, 1.0, float("nan")],
            "High": [2265.21, None, None, None],
            "Low": [2198.43, None, None, None],
            "Volume": [4_000_000_000, None, None, None],
            "Note": ["", "", "", ""],
        }
    )
    parquet.write_table(table, path)
    first, empty, undated, last = read_prices(path)
    assert first == FIRST
    assert (empty.place, empty.reason) == (f"{path} row 2", "close is empty")
    assert undated.place == f"{path} row 3"
    assert last == Price(symbol="AAPL", day=date(2024, 7, 17), close=10.0)


def test_parquet_without_a_column(tmp_path):
    path = tmp_path / "prices.parquet"
    parquet.write_table(pyarrow.table({"symbol": ["A"], "price": [1.0]}), path)
    with pytest.raises(PriceError, match="has no column date or close; its columns are symbol, price"):
        list(read_prices(path))


@given(cells=st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), max_size=8))
def test_nothing_is_lost_silently(tmp_path_factory, cells):
    import csv

    path = tmp_path_factory.mktemp("prices") / "prices.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["symbol", "date", "close"], *cells, ["LAST", "2024-07-16", "1"]])
    filled = [row for row in cells if any(cell.strip() for cell in row)]
    *failures, last = read_prices(path)
    assert last == Price(symbol="LAST", day=date(2024, 7, 16), close=1.0)
    assert len([one for one in failures if isinstance(one, Failure)]) == len(filled)
