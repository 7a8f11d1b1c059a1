"""A user's own table of instruments: looked into, extended, and in force wherever instruments are asked for."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from newsig import extract, instruments, run, sessions
from newsig.cli import main, naming
from newsig.errors import CollectError, SettingsError
from newsig.instruments import checking, companies, dictionary, finding, listings, own, rows, tables
from newsig.instruments.listings import Listing
from newsig.instruments.rows import Line, Row
from newsig.records import Article, Failure, Findings
from newsig.settings import Settings
from tests import pages

PACKAGED = Path(tables.__file__).parent
PAGE = pages.DOCS / "instruments.md"
MINE = """\
symbol,name,kind,market,segment,alias,rule,not_before,not_after
NVTM,Norvanta Mills,stock,XLON,small_caps,,,,
NVTM,,,,,Norvanta,exact,Street,
NVTM,,,,,the millers,lower,,
AAPL,Cupertino Fruit,stock,XNYS,,,,,
^RUT,,,,,small caps,lower,,
,,,,,norvanta awards,lower,,
"""


@pytest.fixture(autouse=True)
def _packaged_again() -> Iterator[None]:
    yield
    instruments.choose(None)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "mine.csv"


@pytest.fixture
def mine(table: Path) -> Path:
    """A user's table with rows of every sort."""
    table.write_text(MINE, encoding="utf-8")
    return table


def newsig(table: Path, *words: str | Path, **more: Any) -> Result:
    environ = {"NEWSIG_INSTRUMENTS": str(table), "NEWSIG_DB": None, "NEWSIG_CONFIG": None, "COLUMNS": "200"}
    result = CliRunner().invoke(main, [str(word) for word in words], env=environ, **more)
    assert "Traceback" not in result.output
    assert result.exit_code != 70, result.output
    return result


def find(table: Path, *words: str) -> list[dict[str, Any]]:
    result = newsig(table, "instruments", "find", *words, "--format", "jsonl")
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def lines_of(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def aliases_in(table: Path, symbol: str) -> set[tuple[str, str]]:
    return {(row["alias"], row["rule"]) for row in lines_of(table) if row["symbol"] == symbol and row["alias"]}


# Finding

FOUND = [
    ("Apple", "AAPL", "stock"),
    ("apple computer", "AAPL", "stock"),
    ("$NVDA", "NVDA", "stock"),
    ("^gspc", "^GSPC", "index"),
    ("russell 2000", "^RUT", "index"),
    ("Lowe's", "LOW", "stock"),
    ("Lowe’s", "LOW", "stock"),
    ("Nestlé", "NESN.SW", "stock"),
    ("Facebook", "META", "stock"),
    ("Washington Mutual", "WM", "stock"),
    ("crude oil", "CL=F", "commodity"),
    ("small caps", None, "segment"),
    ("MSCI World", None, "mask"),
]


@pytest.mark.parametrize(("words", "symbol", "kind"), FOUND)
def test_what_words_mean_comes_first(table: Path, words: str, symbol: str | None, kind: str) -> None:
    first = find(table, *words.split())[0]
    assert (first["symbol"], first["kind"], first["table"]) == (symbol, kind, "packaged")


def test_exact_names_come_before_beginnings_and_those_before_the_rest(table: Path) -> None:
    names = [row["name"] for row in find(table, "general", "--limit", "500")]
    begins = [name.casefold().startswith("general") for name in names]
    assert True in begins
    assert False in begins
    assert begins == sorted(begins, reverse=True)


def test_a_former_holder_of_a_symbol_is_told(table: Path) -> None:
    (row,) = find(table, "Washington Mutual")
    assert (row["name"], row["former"]) == ("Waste Management", "Washington Mutual (to 2008)")
    assert "was Washington Mutual (to 2008)" in newsig(table, "instruments", "find", "WaMu").stdout


def test_more_than_the_limit_is_said(table: Path) -> None:
    result = newsig(table, "instruments", "find", "bank", "--limit", "3", "--format", "jsonl")
    assert result.stdout.count("\n") == 3
    every = int(result.stderr.rsplit(maxsplit=1)[1])
    assert result.stderr == f"{every - 3:,} more: see them with --limit {every}\n"
    assert len(find(table, "bank", "--limit", str(every))) == every


@pytest.mark.parametrize(
    ("format_", "said"),
    [("table", "Nothing found.\n"), ("json", "[]\n"), ("jsonl", ""), ("csv", f"{','.join(naming.COLUMNS)}\n")],
)
def test_nothing_found_is_said_plainly(table: Path, format_: str, said: str) -> None:
    result = newsig(table, "instruments", "find", "qzxv", "--format", format_)
    assert (result.exit_code, result.stdout, result.stderr) == (0, said, "")


def test_the_formats_hold_the_same_rows(mine: Path) -> None:
    def said(format_: str) -> str:
        return newsig(mine, "instruments", "find", "norvanta", "--format", format_).stdout

    meant = find(mine, "norvanta")
    assert json.loads(said("json")) == meant
    assert [row["symbol"] or None for row in csv.DictReader(io.StringIO(said("csv")))] == [r["symbol"] for r in meant]
    assert said("markdown").count("\n") == len(meant) + 2
    assert "Norvanta Mills" in said("table")


def test_the_users_rows_are_told_from_the_packaged(mine: Path) -> None:
    assert [(row["symbol"], row["table"]) for row in find(mine, "norvanta")] == [("NVTM", "own"), (None, "own")]
    (apple,) = find(mine, "Cupertino", "Fruit")
    assert (apple["symbol"], apple["table"]) == ("AAPL", "own")
    assert "Apple" in apple["aliases"]
    first = find(mine, "small", "caps")[0]
    assert (first["symbol"], first["table"]) == ("^RUT", "both")


def test_words_that_say_nothing_find_nothing(table: Path) -> None:
    assert find(table, "") == find(table, "$") == []


# Adding

ADDED: list[tuple[list[str], list[dict[str, str]]]] = [
    (
        ["NVTM", "--name", "Norvanta Mills"],
        [
            {"symbol": "NVTM", "name": "Norvanta Mills", "kind": "stock", "market": "XNYS"},
            {"symbol": "NVTM", "alias": "Norvanta Mills", "rule": "exact"},
        ],
    ),
    (
        ["nvtm.l", "--name", "Gap", "--segment", "small_caps"],
        [{"symbol": "NVTM.L", "name": "Gap", "kind": "stock", "market": "XLON", "segment": "small_caps"}],
    ),
    (
        ["^NVX", "--name", "Norvanta Index", "--market", "NYSE", "--alias", "the Norvanta"],
        [
            {"symbol": "^NVX", "name": "Norvanta Index", "kind": "index", "market": "XNYS"},
            {"symbol": "^NVX", "alias": "Norvanta Index", "rule": "exact"},
            {"symbol": "^NVX", "alias": "the norvanta", "rule": "lower"},
        ],
    ),
    (
        ["NVX=X", "--name", "1606", "--kind", "rate"],
        [{"symbol": "NVX=X", "name": "1606", "kind": "rate", "market": "24/5"}],
    ),
    (
        ["NVX-USD", "--name", "Norvantium"],
        [
            {"symbol": "NVX-USD", "name": "Norvantium", "kind": "crypto", "market": "24/7"},
            {"symbol": "NVX-USD", "alias": "Norvantium", "rule": "exact"},
        ],
    ),
    (
        ["NVTM.IS", "--name", "Norvanta", "--market", "XLUX"],
        [
            {"symbol": "NVTM.IS", "name": "Norvanta", "kind": "stock", "market": "XLUX"},
            {"symbol": "NVTM.IS", "alias": "Norvanta", "rule": "exact"},
        ],
    ),
    (["^RUT", "--alias", "R2K", "--exact"], [{"symbol": "^RUT", "alias": "R2K", "rule": "exact"}]),
    (["AAPL", "--alias", "  the  iPhone maker "], [{"symbol": "AAPL", "alias": "the iphone maker", "rule": "lower"}]),
    (
        ["AAPL", "--segment", "technology"],
        [{"symbol": "AAPL", "name": "Apple", "kind": "stock", "market": "XNYS", "segment": "technology"}],
    ),
    (["GAP", "--alias", "Gap", "--exact"], []),
    (["AAPL", "--name", "Apple"], []),
    (["^GSPC"], []),
]


@pytest.mark.parametrize(("words", "wanted"), ADDED, ids=lambda cell: " ".join(map(str, cell))[:40])
def test_adding_writes_what_the_table_lacks_and_only_once(
    table: Path, words: list[str], wanted: list[dict[str, str]]
) -> None:
    first = newsig(table, "instruments", "add", *words)
    assert first.exit_code == 0, first.output
    empty = dict.fromkeys(rows.COLUMNS, "")
    assert (lines_of(table) if table.exists() else []) == [empty | row for row in wanted]
    before = table.read_bytes() if wanted else None
    again = newsig(table, "instruments", "add", *words)
    assert again.exit_code == 0
    assert not {"added", "changed"} & set(again.stdout.replace(".", " ").split())
    assert (table.read_bytes() if table.exists() else None) == before
    assert [path.name for path in table.parent.iterdir()] == (["mine.csv"] if wanted else [])


REFUSED = [
    (["NVTM", "--name", "Norvanta", "--alias", "gap"], "'gap' is an ordinary word"),
    (["NVTM", "--name", "Norvanta", "--alias", "Harrison"], "ask for its capitals with --exact"),
    (["NVTM", "--name", "Norvanta", "--alias", "winners"], "ordinary"),
    (["NVTM", "--name", "Norvanta", "--alias", "up to"], "ordinary"),
    (["NVTM", "--name", "Norvanta", "--alias", "NVT"], "fewer than 4 letters"),
    (["NVTM", "--name", "Norvanta", "--alias", "gap", "--exact"], "without capitals"),
    (["NVTM", "--name", "Norvanta", "--alias", "V", "--exact"], "is no name"),
    (["NVTM", "--name", "Norvanta", "--alias", "1606", "--exact"], "is no name"),
    (["NVTM", "--name", "Norvanta", "--alias", "nor" * 40], "longer than 100 characters"),
    (["NVTM"], "NVTM is not in the table yet: give its name"),
    (["NVTM", "--alias", "Norvanta"], "give its name"),
    (["NVT M", "--name", "Norvanta"], "is no symbol of Yahoo Finance's"),
    (["NASDAQ:NVTM", "--name", "Norvanta"], "exchange's tag"),
    (["NVTM.B", "--name", "Norvanta"], "with a hyphen: NVTM-B"),
    (["NVTM.OQ", "--name", "Norvanta"], "looks like a Reuters code"),
    (["NVTM.QQ", "--name", "Norvanta"], "give the market"),
    (["NVTM", "--name", "Norvanta", "--market", "XXXX"], "XXXX is no market"),
    (["NVTM", "--name", "Norvanta", "--market", "ASEX"], "the calendar of ASEX cannot be built"),
    (["NVTM", "--name", "Norvanta", "--segment", "big"], "there is no segment 'big'; there are small_caps"),
    (["NVTM", "--name", "Norvanta", "--kind", "fruit"], "'fruit' is not one of"),
]


@pytest.mark.parametrize(("words", "why"), REFUSED, ids=lambda cell: " ".join(cell)[:40] if cell else "")
def test_what_cannot_stand_in_a_table_is_refused_whole(table: Path, words: list[str], why: str) -> None:
    result = newsig(table, "instruments", "add", *words)
    assert result.exit_code == 2
    assert why in result.stderr
    assert not table.exists()


def test_a_name_that_may_mean_something_else_is_no_alias(table: Path) -> None:
    for symbol, name, why in (("NVTM", "Target", "means TGT already"), ("NVTN", "Winners", "something else")):
        result = newsig(table, "instruments", "add", symbol, "--name", name)
        assert result.exit_code == 0
        assert why in result.stderr
        assert aliases_in(table, symbol) == set()
    result = newsig(table, "instruments", "add", "NVTN", "--alias", "Winners", "--exact")
    assert (result.exit_code, aliases_in(table, "NVTN")) == (0, {("Winners", "exact")})


def test_an_alias_that_is_taken_from_somebody_is_told_and_keeps_its_neighbours(table: Path) -> None:
    result = newsig(table, "instruments", "add", "NVTM", "--name", "Norvanta", "--alias", "Apple", "--exact")
    assert "Apple named AAPL so far; it names NVTM now\n" in result.stderr
    (row,) = [row for row in lines_of(table) if row["alias"] == "Apple"]
    assert "pie" in row["not_before"].split("|")
    assert find(table, "Apple")[0]["symbol"] == "NVTM"


def test_a_link_stays_a_link_and_a_files_mode_its_mode(tmp_path: Path, mine: Path) -> None:
    mine.chmod(0o600)
    link = tmp_path / "link.csv"
    link.symlink_to(mine)
    assert newsig(link, "instruments", "add", "NVTN", "--name", "Norvantum").exit_code == 0
    assert link.is_symlink()
    assert mine.stat().st_mode & 0o777 == 0o600
    assert aliases_in(mine, "NVTN") == {("Norvantum", "exact")}


def test_a_table_that_somebody_else_changed_meanwhile_is_left_as_it_is(mine: Path) -> None:
    before = own.load(mine)
    mine.write_text(MINE + "NVTM,,,,,Norvanta Group,exact,,\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="changed by somebody else"):
        own.save(mine, before.rows, before)
    assert "Norvanta Group" in mine.read_text(encoding="utf-8")


def test_a_table_needs_a_place() -> None:
    result = newsig(Path(), "instruments", "add", "NVTM", "--name", "Norvanta")
    assert result.exit_code == 2  # a folder
    words = ["instruments", "add", "NVTM", "--name", "Norvanta"]
    result = CliRunner().invoke(main, words, env={"NEWSIG_INSTRUMENTS": "", "NEWSIG_CONFIG": None})
    assert (result.exit_code, "NEWSIG_INSTRUMENTS" in result.stderr) == (2, True)


# A table on disk

BROKEN = [
    ("", "must begin with a line of columns"),
    ("name,kind\nNorvanta,stock\n", "must begin with a line of columns, symbol and any of"),
    ("symbol,name,price\nNVTM,Norvanta,1\n", "must begin with a line of columns"),
    ("symbol,name,name\nNVTM,Norvanta,Norvanta\n", "must begin with a line of columns"),
    ("symbol,name\nNVTM\n", "mine.csv:2: has 1 cells where there are 2 columns"),
    ("symbol,name\nNVTM,\n", "mine.csv:2: says nothing of NVTM"),
    ("symbol,name\nNV TM,Norvanta\n", "mine.csv:2: 'NV TM' is no symbol"),
    ("symbol,name,market\nNVTM,Norvanta,XXXX\n", "mine.csv:2: XXXX is no market"),
    ("symbol,name,kind\n\nNVTM,Norvanta,fruit\n", "mine.csv:3: 'fruit' is no kind"),
    ("symbol,name,segment\nNVTM,Norvanta,big\n", "mine.csv:2: there is no segment 'big'"),
    ("symbol,alias\nNVTM,Norvanta\n", "mine.csv:2: NVTM is not in the table"),
    ("symbol,alias,rule\nAAPL,Norvanta,loose\n", "mine.csv:2: 'loose' is no rule"),
    ("symbol,alias,rule\nAAPL,,exact\n", "mine.csv:2: has a rule or neighbours, but no alias"),
    ('symbol,alias\nAAPL,"Norvanta\n', "is no CSV"),
    ("symbol,alias\nAAPL,Norv\x1banta\n", "cannot be printed"),
]


@pytest.mark.parametrize(("text", "why"), BROKEN)
def test_a_table_that_cannot_be_used_ends_a_command_with_its_line(table: Path, text: str, why: str) -> None:
    table.write_text(text, encoding="utf-8")
    for words in (("find", "Apple"), ("add", "AAPL", "--alias", "the iPhone maker")):
        result = newsig(table, "instruments", *words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert why in result.stderr
        assert str(table) in result.stderr
    assert table.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_table_in_another_encoding_is_refused(table: Path, encoding: str) -> None:
    table.write_text("symbol,name\nNVTM,Nórvanta\n", encoding=encoding)
    with pytest.raises(SettingsError, match="is not in UTF-8"):
        own.load(table)


def test_a_spreadsheets_marks_are_no_obstacle(table: Path) -> None:
    table.write_bytes("\ufeffSymbol , NAME\r\nnvtm,  Norvanta   Mills \r\n\r\n".encode())
    assert own.load(table).things["NVTM"].name == "Norvanta Mills"


CELLS = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufeff"), min_size=1, max_size=12)


@given(names=st.dictionaries(st.from_regex(r"[A-Z]{1,6}", fullmatch=True), CELLS, max_size=5), words=st.lists(CELLS))
def test_a_table_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, names: dict[str, str], words: list[str]
) -> None:
    path = tmp_path_factory.mktemp("round") / "mine.csv"
    things = [Row(symbol=symbol, name=name) for symbol, name in names.items()]
    kept = rows.by_key([*things, *(Row(symbol="AAPL", alias=word, rule="exact") for word in words)])
    rows.write_rows(path, kept.values())
    read = [item.row for item in rows.read_rows(path) if isinstance(item, Line)]
    assert rows.by_key(read) == kept
    once = path.read_bytes()
    rows.write_rows(path, read)
    assert path.read_bytes() == once


# In force


def test_nothing_chosen_is_the_packaged_table() -> None:
    assert instruments.instruments() is tables.packaged()
    assert instruments.fingerprint() == tables.digest()[:16]


def test_the_users_rows_win_while_they_are_in_force(mine: Path) -> None:
    packaged = len(instruments.aliases())
    with instruments.chosen(mine):
        known = instruments.instruments()
        assert (known["AAPL"].name, known["AAPL"].segment) == ("Cupertino Fruit", "mega_caps")
        assert (instruments.market("NVTM"), instruments.market("MSFT")) == ("XLON", "XNYS")
        meant = [(alias.symbol, alias.segment) for alias in instruments.aliases() if alias.text == "small caps"]
        assert meant == [("^RUT", "small_caps")]
        assert len(instruments.aliases()) == packaged + 3
    assert "NVTM" not in instruments.instruments()
    assert (len(instruments.aliases()), instruments.market("NVTM")) == (packaged, "XNYS")


def test_an_alias_without_capitals_takes_the_place_of_every_spelling(table: Path) -> None:
    table.write_text("symbol,alias\n^RUT,cupertino devices\n^RUT,lowe's\n", encoding="utf-8")
    with instruments.chosen(table):
        meant = {alias.text: alias.symbol for alias in instruments.aliases() if alias.text.lower()[:4] == "lowe"}
        assert {meant["lowe's"], meant["lowe’s"]} == {"^RUT"}
        assert not {"Lowe's", "Lowe’s"} & set(meant)
        assert meant["Lowe's Companies"] == "LOW"


def test_a_market_that_the_packaged_table_lacks_has_sessions(table: Path) -> None:
    words = ("NVTM.TA", "--name", "Norvanta", "--market", "XLUX")
    assert newsig(table, "instruments", "add", *words).exit_code == 0
    with instruments.chosen(table):
        assert sessions.sessions(instruments.market("NVTM.TA"))


def test_every_table_has_a_fingerprint_of_its_own(tmp_path: Path) -> None:
    def mark(text: str) -> str:
        path = tmp_path / "mine.csv"
        path.write_text(text, encoding="utf-8")
        with instruments.chosen(path):
            assert instruments.fingerprint() == instruments.fingerprint(path)
        return instruments.fingerprint(path)

    one, two = "AAPL,the iphone maker", "MSFT,the windows maker"
    packaged = instruments.fingerprint()
    assert mark("symbol,alias\n") == packaged
    assert len({packaged, mark(f"symbol,alias\n{one}\n"), mark(f"symbol,alias\n{one}\n{two}\n")}) == 3
    assert mark(f"symbol,alias\n{one}\n{two}\n") == mark(f"symbol,alias\n{two}\n{one}\n")
    assert mark("symbol,alias,rule\nAAPL,Norvanta,exact\n") != mark("symbol,alias,rule\nAAPL,Norvanta,lower\n")


def test_what_made_a_finding_tells_the_users_table(mine: Path) -> None:
    plain, other = Settings(instruments=""), Settings(instruments=str(mine))
    assert extract.details(plain)["instruments"] == instruments.fingerprint()
    assert extract.details(other)["instruments"] == instruments.fingerprint(mine)
    assert extract.fingerprint(plain) != extract.fingerprint(other)


TEXT = (
    "Shares of Norvanta rose 3.1 percent on Wednesday. Norvanta Street was quiet. The Millers said so. "
    "Small caps fell 2 percent. The Norvanta Awards are tonight. Apple lost 1 percent."
)


def test_mentions_and_claims_follow_the_users_table(mine: Path) -> None:
    chosen = Settings(instruments=str(mine))
    story = [Article(id="one", text=TEXT)]
    (found,) = extract.extract(story, extract.load(chosen), "mark")
    assert isinstance(found, Findings)
    named = [(mention.text, mention.symbol, mention.segment) for mention in found.mentions]
    assert named == [
        ("Norvanta", "NVTM", "small_caps"),
        ("The Millers", "NVTM", "small_caps"),
        ("Small caps", "^RUT", "small_caps"),
        ("Apple", "AAPL", "mega_caps"),
    ]
    assert found.claims[0].symbol == "NVTM"
    (plain,) = extract.extract(story, extract.load(Settings(instruments="")), "mark")
    assert isinstance(plain, Findings)
    assert [mention.symbol for mention in plain.mentions] == [None, "AAPL"]


def test_the_database_holds_the_users_instruments(tmp_path: Path, mine: Path) -> None:
    database, chosen = tmp_path / "newsig.db", Settings(instruments=str(mine))
    with run.open_database(database, settings=chosen) as db:
        (row,) = db.execute("SELECT name, market, segment FROM instruments WHERE symbol = 'NVTM'").fetchall()
        assert row == ("Norvanta Mills", "XLON", "small_caps")
        assert db.execute("SELECT name FROM instruments WHERE symbol = 'AAPL'").fetchall() == [("Cupertino Fruit",)]
    with run.open_database(database, settings=Settings(instruments="")) as db:
        assert db.execute("SELECT name FROM instruments WHERE symbol = 'AAPL'").fetchall() == [("Apple",)]


def test_a_changed_table_has_the_articles_processed_again(tmp_path: Path, table: Path) -> None:
    database = tmp_path / "newsig.db"
    line = json.dumps({"id": "one", "text": TEXT, "published": "2024-07-17T21:00Z"})
    assert newsig(table, "ingest", "-", "--db", database, input=line).exit_code == 0
    for words, processed in (
        ((), "1 article processed"),
        ((), "No article waits"),
        (("NVTM", "--name", "Norvanta"), "1 article processed"),
        (("NVTM", "--name", "Norvanta"), "No article waits"),
    ):
        if words:
            assert newsig(table, "instruments", "add", *words).exit_code == 0
        assert processed in newsig(table, "process", "--db", database).stdout
    found = newsig(table, "claims", "--db", database, "--symbol", "NVTM", "--format", "jsonl").stdout
    assert json.loads(found.splitlines()[0])["symbol"] == "NVTM"


# Importing

ROWS = """\
symbol,name,kind,market,segment,alias,rule,not_before,not_after
NVTN,,,,,Norvantum,exact,,
NVTM,Norvanta Mills,stock,XLON,small_caps,Norvanta,exact,Street,
NVTN,Norvantum Energy,,,,,,,
AAPL,Apple,stock,XNYS,mega_caps,,,,
GOLD1,Gold Digger,fruit,,,,,,
NVTM,,,,,gap,lower,,
NVTX,,,,,Norvantex,exact,,
NVTN,Norvantum Oil,,,,,,,
NVTM,,,,,Norvantum,exact,,
too,few
,,,,,norvanta awards,,,
"""
FAILED = [
    (":6", "'fruit' is no kind"),
    (":7", "'gap' is an ordinary word or name"),
    (":8", "NVTX, which 'Norvantex' is to name, is not in the table"),
    (":9", "says something else of NVTN than"),
    (":10", "says something else of the alias Norvantum than"),
    (":11", "has 2 cells where there are 9 columns"),
]


def test_bad_rows_are_named_and_the_others_taken(tmp_path: Path, table: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, encoding="utf-8")
    result = newsig(table, "instruments", "import", file)
    assert result.exit_code == 1
    assert result.stdout == f"{table}: 2 instruments added, 1 unchanged; 5 aliases added.\n"
    told = result.stderr.splitlines()
    assert told[-1] == "newsig: 6 of 14 rows could not be used"
    for place, why in FAILED:
        assert len([line for line in told if line.startswith(f"{file}{place}: ") and why in line]) == 1
    assert aliases_in(table, "NVTM") == {("Norvanta", "exact"), ("Norvanta Mills", "exact")}
    assert aliases_in(table, "NVTN") == {("Norvantum", "exact"), ("Norvantum Energy", "exact")}
    before = table.read_bytes()
    again = newsig(table, "instruments", "import", file)
    assert again.stdout == f"{table}: 3 instruments unchanged; 3 aliases unchanged.\n"
    assert table.read_bytes() == before


def test_a_users_table_can_be_imported_by_another(tmp_path: Path, mine: Path) -> None:
    other = tmp_path / "other.csv"
    assert newsig(other, "instruments", "import", mine).exit_code == 0
    assert newsig(tmp_path / "third.csv", "instruments", "import", other).exit_code == 0
    assert (tmp_path / "third.csv").read_bytes() == other.read_bytes()


@pytest.mark.parametrize("name", ["instruments.csv", "aliases.csv"])
def test_the_packaged_table_adds_nothing_to_itself(table: Path, name: str) -> None:
    result = newsig(table, "instruments", "import", PACKAGED / name)
    assert result.exit_code == 0, result.stderr
    assert "added" not in result.stdout
    assert not table.exists()


def test_a_file_that_is_no_table_is_one_failure(tmp_path: Path, table: Path) -> None:
    page, good = tmp_path / "page.csv", tmp_path / "good.csv"
    page.write_text(f"<html>{'x' * 5000}</html>", encoding="utf-8")
    good.write_text("symbol,name\nNVTM,Norvanta\n", encoding="utf-8")
    result = newsig(table, "instruments", "import", page, good)
    assert result.exit_code == 1
    assert f"{page}: must begin with a line of columns" in result.stderr
    assert len(result.stderr) < 500
    assert "1 instrument added; 1 alias added" in result.stdout
    missing = newsig(table, "instruments", "import", tmp_path / "none.csv")
    assert (missing.exit_code, missing.stderr) == (2, f"newsig: no file at {tmp_path / 'none.csv'}\n")


def test_a_name_without_a_symbol_cannot_hide_what_is_found_whatever_its_capitals(tmp_path: Path, table: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("symbol,alias,rule\n,Crude Oil,exact\n,crude oil,lower\n", encoding="utf-8")
    result = newsig(table, "instruments", "import", file)
    assert "give it the rule lower" in result.stderr
    assert "1 alias added" in result.stdout
    assert find(table, "crude", "oil")[0]["kind"] == finding.MASK


# Public lists

SEC: list[list[Any]] = [
    [320193, "Apple Inc.", "AAPL", "Nasdaq"],
    [900001, "Norvanta Mills, Inc.", "NVTM", "NYSE"],
    [900001, "Norvanta Mills, Inc.", "NVTM-PA", "NYSE"],
    [900002, "Gap Filler Corp", "GPFL", "Nasdaq"],
    [900003, "SUMMIT HARBOR FINANCIAL GROUP INC /DE/", "SHFG", "NYSE"],
    [900004, "Brisk Merger Acquisition Corp.", "BMAC", "Nasdaq"],
    [900005, "QUXELON PLC", "QXLN", "Nasdaq"],
    [900006, "Scott Norvanta Inc.", "SCNV", "NYSE"],
    [900007, "HSBC HOLDINGS PLC", "HSBC", "NYSE"],
    [900008, "Orbital Income Fund", "ORBF", "NYSE"],
    [900009, "Zubrowka Labs Inc.", "ZUBL", "OTC"],
    [900010, "Zubrowka Energy Inc.", "ZUBE", "NYSE"],
    [900011, "Nowhere Corp", "NWHR", None],
]
NASDAQ_HEAD = "Symbol|Security Name|Market Category|Test Issue|Financial Status|Round Lot Size|ETF|NextShares"
OTHER_HEAD = "ACT Symbol|Security Name|Exchange|CQS Symbol|ETF|Round Lot Size|Test Issue|NASDAQ Symbol"
NASDAQ_LISTED = [
    "AAPL|Apple Inc. - Common Stock|Q|N|N|100|N|N",
    "NVTM|Norvanta Mills, Inc. - Class A Common Stock|Q|N|N|100|N|N",
    "NVTMW|Norvanta Mills, Inc. - Warrant|Q|N|N|100|N|N",
    "QXLN|Quxelon plc - American Depositary Shares, each representing two Ordinary Shares|Q|N|N|100|N|N",
    "QXLE|Quxelon Trackers ETF|G|N|N|100|Y|N",
    "ZVZZT|Test Company Common Stock|G|Y|N|100|N|N",
]
OTHER_LISTED = [
    "GPFL.A|Gap Filler Corp Class A Common Stock|N|GPFL.A|N|100|N|GPFL.A",
    "GPFL$B|Gap Filler Corp 5.5% Preferred Stock|N|GPFLpB|N|100|N|GPFL-B",
    "ZUBP|Zubrowka Pipelines L.P. Common Units representing Limited Partner Interests|N|ZUBP|N|100|N|ZUBP",
]
END = "File Creation Time: 0717202421:31"


def sec(lines: list[list[Any]]) -> bytes:
    return json.dumps({"fields": ["cik", "name", "ticker", "exchange"], "data": lines}).encode()


def nasdaq(head: str, lines: list[str], end: str = END) -> bytes:
    return "\r\n".join([head, *lines, end + "|" * head.count("|"), ""]).encode()


class Exchange(BaseHTTPRequestHandler):
    """Serves the lists it is given, by path; whatever else is asked for is not there."""

    served: dict[str, bytes]

    def do_GET(self) -> None:
        body = self.served.get(self.path)
        self.send_response({"/refused": 403}.get(self.path, 404) if body is None else 200)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[tuple[str, dict[str, bytes]]]:
    """The address of a server on loopback, and what it serves."""
    served: dict[str, bytes] = {}
    handler = type("Serving", (Exchange,), {"served": served})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}", served
        httpd.shutdown()
        thread.join()


Server = tuple[str, dict[str, bytes]]

SYNCED = {
    "NVTM": {"Norvanta Mills"},
    "GPFL": {"Gap Filler Corp", "Gap Filler Corp.", "Gap Filler, Corp."},
    "SHFG": {
        "Summit Harbor Financial Group Inc",
        "Summit Harbor Financial Group Inc.",
        "Summit Harbor Financial Group, Inc.",
    },
    "QXLN": {"Quxelon"},
    "SCNV": {"Scott Norvanta Inc", "Scott Norvanta Inc.", "Scott Norvanta, Inc."},
    "ZUBL": {"Zubrowka Labs Inc", "Zubrowka Labs Inc.", "Zubrowka Labs, Inc."},
    "ZUBE": {"Zubrowka Energy"},
}


def test_a_list_adds_the_companies_that_the_table_lacks(table: Path, server: Server) -> None:
    address, served = server
    served["/sec"] = sec(SEC)
    result = newsig(table, "instruments", "sync", "sec", "--url", f"{address}/sec")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{table}: 13 listings, 7 added, 2 left alone, 4 left out.\n"
    assert {row["symbol"]: row["market"] for row in lines_of(table) if row["name"]} == dict.fromkeys(SYNCED, "XNYS")
    assert {symbol: {alias for alias, _ in aliases_in(table, symbol)} for symbol in SYNCED} == SYNCED
    assert {row["rule"] for row in lines_of(table)} == {"", "exact"}
    before = table.read_bytes()
    again = newsig(table, "instruments", "sync", "sec", "--url", f"{address}/sec")
    assert again.stdout == f"{table}: 13 listings, 9 left alone, 4 left out.\n"
    assert table.read_bytes() == before


def test_what_a_list_added_follows_it_and_what_a_person_wrote_stays(table: Path, server: Server) -> None:
    address, served = server
    url = ("--url", f"{address}/sec")
    served["/sec"] = sec(SEC)
    newsig(table, "instruments", "sync", "sec", *url)
    newsig(table, "instruments", "add", "NVTM", "--alias", "the millers")
    newsig(table, "instruments", "add", "QXLN", "--segment", "small_caps")
    renamed = [[cik, name.replace("Norvanta Mills", "Norvanta Foods"), *rest] for cik, name, *rest in SEC]
    renamed = [[cik, name.replace("QUXELON", "KWUXELON"), *rest] for cik, name, *rest in renamed if cik != 900002]
    served["/sec"] = sec(renamed)
    result = newsig(table, "instruments", "sync", "sec", *url)
    assert result.stdout == f"{table}: 12 listings, 1 changed, 7 left alone, 4 left out.\n"
    assert aliases_in(table, "NVTM") == {("Norvanta Foods", "exact"), ("the millers", "lower")}
    assert find(table, "QXLN")[0]["name"] == "Quxelon"
    assert find(table, "GPFL")[0]["aliases"] == sorted(SYNCED["GPFL"])


def test_the_directories_of_the_exchanges(table: Path, server: Server) -> None:
    address, served = server
    served |= {"/listed": nasdaq(NASDAQ_HEAD, NASDAQ_LISTED), "/other": nasdaq(OTHER_HEAD, OTHER_LISTED)}
    urls = ("--url", f"{address}/listed", "--url", f"{address}/other")
    result = newsig(table, "instruments", "sync", "nasdaq", *urls)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{table}: 9 listings, 4 added, 1 left alone, 4 left out.\n"
    names = {row["symbol"]: row["name"] for row in lines_of(table) if row["name"]}
    assert names == {
        "NVTM": "Norvanta Mills",
        "QXLN": "Quxelon",
        "GPFL-A": "Gap Filler",
        "ZUBP": "Zubrowka Pipelines",
    }
    # what one list added, the other leaves alone
    served["/sec"] = sec(SEC[:2])
    assert (
        ": 2 listings, 2 left alone." in newsig(table, "instruments", "sync", "sec", "--url", f"{address}/sec").stdout
    )


def test_a_saved_list_serves_as_well(tmp_path: Path, table: Path) -> None:
    saved = tmp_path / "saved.json"
    saved.write_bytes(b"\xef\xbb\xbf" + sec(SEC[:2]))
    assert "1 added, 1 left alone" in newsig(table, "instruments", "sync", "sec", "--file", saved).stdout
    missing = newsig(table, "instruments", "sync", "sec", "--file", tmp_path / "none.json")
    assert (missing.exit_code, "none.json: cannot be read" in missing.stderr) == (2, True)


NO_LISTS: list[tuple[str, bytes, str]] = [
    ("sec", b"<!DOCTYPE html><title>Busy</title>", "is a web page, not the list"),
    ("nasdaq", b"\n<html>Busy</html>", "is a web page, not the list"),
    ("sec", sec(SEC)[:-40], "is cut short"),
    ("sec", b"", "is cut short"),
    ("sec", b"{}", "has no fields cik, name, ticker, exchange"),
    ("sec", b'{"fields": ["cik", "name"], "data": []}', "is cut short, or not the list"),
    ("sec", b'{"fields": ["cik", "name", "ticker", "exchange"], "data": 3}', "not the list"),
    ("sec", b"[" * 100_000, "not the list"),
    ("sec", b"\xff\xfe\x00", "is not in UTF-8"),
    ("nasdaq", nasdaq(NASDAQ_HEAD, NASDAQ_LISTED)[:300], "is cut short: it does not end with 'File Creation Time'"),
    ("nasdaq", b"", "is not the symbol directory"),
    ("nasdaq", sec(SEC), "is not the symbol directory"),
]


@pytest.mark.parametrize(("source", "body", "why"), NO_LISTS, ids=lambda cell: str(cell)[:24])
def test_what_is_no_list_changes_nothing(mine: Path, server: Server, source: str, body: bytes, why: str) -> None:
    address, served = server
    served["/list"] = body
    result = newsig(mine, "instruments", "sync", source, "--url", f"{address}/list")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"newsig: {address}/list: ")
    assert why in result.stderr
    assert mine.read_text(encoding="utf-8") == MINE


def test_a_list_that_is_not_there_or_refused(table: Path, server: Server) -> None:
    address, _ = server
    gone = newsig(table, "instruments", "sync", "sec", "--url", f"{address}/gone")
    assert (gone.exit_code, gone.stderr) == (2, f"newsig: {address}/gone: answered 404 Not Found\n")
    refused = newsig(table, "instruments", "sync", "sec", "--url", f"{address}/refused")
    assert refused.stderr.endswith("; save the list with a browser and give it with --file\n")


def test_one_list_of_two_that_fails_is_named_and_the_other_taken(table: Path, server: Server) -> None:
    address, served = server
    served["/listed"] = nasdaq(NASDAQ_HEAD, NASDAQ_LISTED)
    urls = ("--url", f"{address}/gone", "--url", f"{address}/listed")
    result = newsig(table, "instruments", "sync", "nasdaq", *urls)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == f"{address}/gone: answered 404 Not Found"
    assert "2 added" in result.stdout


def test_an_entry_that_is_none_is_named_and_the_others_taken(tmp_path: Path, table: Path) -> None:
    saved, listed = tmp_path / "saved.json", tmp_path / "listed.txt"
    saved.write_bytes(sec([[1, None, "XX", "NYSE"], SEC[1], [2, "Short"], [3, "Blank", " ", "NYSE"]]))
    result = newsig(table, "instruments", "sync", "sec", "--file", saved)
    assert (result.exit_code, "1 listing, 1 added." in result.stdout) == (1, True)
    assert [line.partition(": is no company")[0] for line in result.stderr.splitlines()[:3]] == [
        f"{saved}: entry {number}" for number in (1, 3, 4)
    ]
    listed.write_bytes(nasdaq(NASDAQ_HEAD, ["A|B", *NASDAQ_LISTED]))
    result = newsig(table, "instruments", "sync", "nasdaq", "--file", listed)
    assert f"{listed}:2: is no line of 8 cells" in result.stderr


def test_no_address_of_a_list_is_taken_for_another_source() -> None:
    assert set(listings.ADDRESSES) == set(listings.SOURCES)
    with pytest.raises(CollectError, match="not the symbol directory"):
        list(listings.read_listings("nasdaq", b"x", "here"))


NAMES = [
    ("Norvanta Mills, Inc.", "Norvanta Mills", ["Norvanta Mills"]),
    ("NORVANTA GROUP PLC", "Norvanta Group", ["Norvanta Group", "Norvanta"]),
    ("The Quxelon Company", "Quxelon", ["Quxelon"]),
    ("QUXEL CORP /NEW/", "Quxel", ["Quxel", "QUXEL"]),
    ("Grupo Zubrowka S.A.B. de C.V.", "Grupo Zubrowka", ["Grupo Zubrowka"]),
    ("Zubrowka Public Limited Company", "Zubrowka", ["Zubrowka"]),
    ("Zubrowka Holdings AG/ADR", "Zubrowka Holdings", ["Zubrowka Holdings", "Zubrowka"]),
    ("PEBBLE CORP", "Pebble", ["Pebble Corp", "Pebble Corp.", "Pebble, Corp."]),
    ("Kestrel & Co. Ltd.", "Kestrel", ["Kestrel Co Ltd", "Kestrel Co., Ltd.", "Kestrel, Co., Ltd."]),
    ("Scott Zubrowka Inc", "Scott Zubrowka", ["Scott Zubrowka Inc", "Scott Zubrowka Inc.", "Scott Zubrowka, Inc."]),
    ("Summit", "Summit", []),
    ("Harbor Lights", "Harbor Lights", []),
    ("ABC Inc", "ABC", ["ABC Inc", "ABC Inc.", "ABC, Inc."]),
]


@pytest.mark.parametrize(("registered", "name", "texts"), NAMES)
def test_which_names_of_a_company_are_safe(registered: str, name: str, texts: list[str]) -> None:
    only = Listing(symbol="QQXX", name=registered, issuer="1", shares=True, traded=True)
    found, counts = companies.rows_of([only], own.NONE, "sec")
    thing, *aliases = found["QQXX"]
    assert (thing.name, [row.alias for row in aliases]) == (name, texts)
    assert counts.total() == 0


def test_a_name_that_two_companies_bear_is_neithers() -> None:
    two = [Listing(symbol=s, name="Norvanta Mills Inc", issuer=s, shares=True, traded=True) for s in ("QQXA", "QQXB")]
    found, _ = companies.rows_of(two, own.NONE, "sec")
    assert [row.alias for rows_ in found.values() for row in rows_ if row.alias] == []


ORDINARY = ["target", "Gap", "winners", "said", "Boston", "Harrison", "the", "rose", "bigger"]
RARE = ["Nvidia", "Palantir", "Kroger", "Norvanta", "Quxelon"]


@pytest.mark.parametrize("word", [*ORDINARY, *RARE])
def test_which_words_are_ordinary(word: str) -> None:
    assert dictionary.is_ordinary(word) == (word in ORDINARY)


# The page


@pytest.mark.skipif(not pages.bash(), reason="the pages are written for bash")
def test_the_page_shows_what_the_commands_print(tmp_path: Path) -> None:
    reader = pages.Reader(tmp_path)
    stale = {}
    for command in pages.commands(PAGE.read_text(encoding="utf-8")):
        printed = reader.types(command.words)
        if not pages.agree(command.output, printed):
            stale[f"{command.line}: {command.words}"] = printed
    assert stale == {}


def test_the_page_names_every_column_kind_and_source() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for word in (*rows.COLUMNS, *checking.KINDS, *checking.RULES, *listings.SOURCES):
        assert f"`{word}`" in page


def test_failures_carry_the_stage() -> None:
    (failure,) = listings.read_listings("sec", sec([[1, None, "XX", "NYSE"]]), "here")
    assert isinstance(failure, Failure)
    assert failure.stage == rows.STAGE
