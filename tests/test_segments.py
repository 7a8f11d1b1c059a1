"""A user's own segments of the market: read from a file, put beside the packaged ones, and found in stories."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from newsig import extract, instruments, run
from newsig.cli import main
from newsig.errors import SettingsError
from newsig.extract.sentiments.general import general_targets
from newsig.instruments import finding, parts
from newsig.instruments.parts import Table
from newsig.records import Article, Findings, Segment
from newsig.settings import Settings

WATER = """\
[water]
name = "Water"
proxy = "^SPGTAQD"
fund = "pho"
phrases = ["water stocks", "Waterworks’ shares"]
names = ["Water  Suppliers"]
members = ["awk", "XYL"]
"""


@pytest.fixture(autouse=True)
def _packaged_again() -> Iterator[None]:
    yield
    instruments.choose(None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "newsig-segments.toml"


@pytest.fixture
def water(file: Path) -> Path:
    """A user's file with one new segment."""
    file.write_text(WATER, encoding="utf-8")
    return file


def newsig(segments: Path, *words: str | Path, own: str | Path = "", **more: Any) -> Result:
    environ = {"NEWSIG_SEGMENTS": str(segments), "NEWSIG_INSTRUMENTS": str(own), "NEWSIG_CONFIG": None}
    result = CliRunner().invoke(main, [str(word) for word in words], env=environ, **more)
    assert "Traceback" not in result.output
    return result


def meant(words: str) -> set[tuple[str | None, str | None]]:
    """What these words name, whatever their capitals."""
    return {(alias.symbol, alias.segment) for alias in instruments.aliases() if alias.text.lower() == words}


# A segment in a file


def test_a_user_adds_a_segment_by_editing_a_file(file: Path) -> None:
    chosen = Settings(segments=str(file), instruments="")
    text = "Water stocks fell 2 percent on Wednesday. Xylem Inc rose 3.1 percent. Shares of Nvidia rose 4 percent."

    def found() -> list[tuple[str, str | None, str | None]]:
        (findings,) = extract.extract([Article(id="one", text=text)], extract.load(chosen), "mark")
        assert isinstance(findings, Findings)
        segments = {mention.text: mention.segment for mention in findings.mentions}
        assert {claim.segment for claim in findings.claims} - {None} == set(segments.values())
        assert segments.items() <= {tone.target.text: tone.segment for tone in findings.sentiments}.items()
        return [(mention.text, mention.symbol, mention.segment) for mention in findings.mentions]

    packaged = [("Xylem Inc", "XYL", "large_caps"), ("Nvidia", "NVDA", "mega_caps")]
    assert found() == packaged
    file.write_text('[water]\nname = "Water"\nphrases = ["water stocks"]\nmembers = ["XYL", "AWK"]\n')
    assert found() == [("Water stocks", None, "water"), ("Xylem Inc", "XYL", "water"), packaged[1]]


def test_a_new_segment_has_all_that_its_table_says(water: Path) -> None:
    instruments.choose(None, water)
    assert instruments.segments()["water"] == Segment(id="water", name="Water", proxy="^SPGTAQD", fund="PHO")
    for phrase in ("water stocks", "waterworks' shares", "waterworks’ shares"):
        assert meant(phrase) == {(None, "water")}
    assert ("water suppliers", "water") in set(instruments.names())
    assert ("water stocks", "water") in set(instruments.phrases())
    assert meant("water suppliers") == set()
    assert {symbol for symbol, found in instruments.instruments().items() if found.segment == "water"} == {"AWK", "XYL"}
    assert meant("american water works") == {("AWK", "water")}


@pytest.mark.parametrize(("given", "written"), [("miller's pick", "miller’s pick"), ("miller’s pick", "miller's pick")])
def test_a_name_has_either_apostrophe(file: Path, given: str, written: str) -> None:
    file.write_text(f'[water]\nname = "Water"\nnames = ["{given}"]\n', encoding="utf-8")
    instruments.choose(None, file)
    text = f"The {written} fell."
    assert [found.segment for found in general_targets(text, 0, len(text), ())] == ["water"]


def test_a_packaged_segment_takes_in_the_users_words(file: Path) -> None:
    packaged = instruments.segments()["airlines"]
    file.write_text('[airlines]\nphrases = ["flyers"]\nnames = ["skies"]\nfund = "FLYX"\n')
    instruments.choose(None, file)
    assert instruments.segments()["airlines"] == Segment(
        id="airlines", name=packaged.name, proxy=packaged.proxy, fund="FLYX"
    )
    assert meant("flyers") == meant("airline stocks") == {(None, "airlines")}
    assert {("skies", "airlines"), ("airlines", "airlines")} <= set(instruments.names())


BEATEN = [
    # words, what they name with the packaged tables alone
    ("chip stocks", {(None, "semiconductors")}),
    ("crude oil", {("CL=F", None)}),
    ("norvanta valves", set()),
]


@pytest.mark.parametrize(("words", "packaged"), BEATEN)
def test_a_phrase_of_the_users_beats_a_packaged_one(words: str, packaged: set[Any], file: Path) -> None:
    assert meant(words) == packaged
    file.write_text(f'[water]\nname = "Water"\nphrases = ["{words}"]\n')
    instruments.choose(None, file)
    assert meant(words) == {(None, "water")}


def test_an_alias_of_the_users_beats_a_phrase(water: Path, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("symbol,alias,rule\nAAPL,water stocks,lower\n")
    instruments.choose(table, water)
    assert meant("water stocks") == {("AAPL", "mega_caps")}


def test_a_member_may_be_of_the_users_own_table(file: Path, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("symbol,name,segment\nNVTM,Norvanta Mills,water\nAWK,American Water Works,small_caps\n")
    file.write_text('[water]\nname = "Water"\nmembers = ["NVTM", "AWK"]\n')
    instruments.choose(table, file)
    assert {instruments.instruments()[symbol].segment for symbol in ("NVTM", "AWK")} == {"water"}
    with pytest.raises(SettingsError, match="there is no segment 'water'"):
        instruments.choose(table)


# What cannot be used

BROKEN = [
    # the file, what the error says beside the file's name
    ('[water\nname = "Water"\n', "no TOML: mend this: Expected ']' .*line 1"),
    ('[water]\nname = "Water"\nphrases = [water stocks]\n', "no TOML.*line 3"),
    ('[water]\nname = "Water"\n[water]\n', "no TOML.*twice.*line 3"),
    ('name = "Water"\n', "name belongs to no segment: put it below the id of one"),
    ('[Water]\nname = "Water"\nphrases = ["water stocks"]\n', "'Water' is no id of a segment: write it in small"),
    ('[water-stocks]\nname = "Water"\n', "'water-stocks' is no id"),
    ('["water stocks"]\nname = "Water"\n', "'water stocks' is no id"),
    ("[water]\nname = 5\n", r"\[water\] has the name 5: write a text in quotation marks"),
    ('[water]\nname = "Water"\nfund = ["PHO"]\n', r"the fund \['PHO'\]: write a text"),
    ('[water]\nname = "Water"\nphrases = "water stocks"\n', "the phrases 'water stocks': write a list of texts"),
    ('[water]\nname = "Water"\nnames = ["water", 5]\n', r"the names \['water', 5\]: write a list of texts"),
    ('[water]\nname = "Water"\nmembers = "AWK"\n', "the members 'AWK': write a list of texts"),
    ('[water]\nname = "Water"\nphrase = ["water stocks"]\n', r"\[water\] knows no 'phrase': write name, proxy, fund,"),
    ('[water]\nname = " "\nphrases = ["water stocks"]\n', "' ' can be no part of name: take it out, or"),
    ('[water]\nname = "Water"\nphrases = ["water stocks", ""]\n', "'' can be no part of phrases: take it out, or"),
    ('[water]\nname = "Water"\nnames = ["–"]\n', "'–' can be no part of names: take it out, or"),
    ('[water]\nphrases = ["water stocks"]\n', r'\[water\] is .* and needs a name: write name = "Water" below it'),
    ('[water]\nname = "Water"\nproxy = "^SPX"\n', r"\[water\] could never be found: give it phrases,"),
    ('[water]\nname = "Water"\nproxy = ""\n', r"\[water\]: '' is no symbol of Yahoo Finance's: write it like"),
    ('[water]\nname = "Water"\nmembers = ["NYSE:AWK"]\n', "exchange's tag: write the symbol of Yahoo Finance"),
    ('[water]\nname = "Water"\nmembers = ["QQXX"]\n', r"\[water\] has the member QQXX, .*: take it out, or add it"),
    (
        '[water]\nname = "Water"\nphrases = ["wet stocks"]\n[ice]\nname = "Ice"\nphrases = ["Wet  stocks"]\n',
        r"'wet stocks' stands in the phrases of \[water\] and of \[ice\]: keep it in one",
    ),
    ('[water]\nname = "Water"\nmembers = ["AWK"]\n[value]\nmembers = ["AWK"]\n', "'AWK' stands in the members of"),
]


@pytest.mark.parametrize(("text", "sentence"), BROKEN)
def test_a_file_that_cannot_be_used_says_why(text: str, sentence: str, file: Path) -> None:
    before = instruments.fingerprint()
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=sentence) as refused:
        instruments.choose(None, file)
    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert instruments.fingerprint() == before


def test_a_file_of_other_signs_or_none_at_all(file: Path, tmp_path: Path) -> None:
    file.write_bytes(b'[water]\nname = "W\xe4sser"\n')
    with pytest.raises(SettingsError, match="not in UTF-8: save them as TOML in UTF-8"):
        instruments.choose(None, file)
    with pytest.raises(SettingsError, match="cannot be read"):
        instruments.choose(None, tmp_path)


def test_a_command_ends_with_the_sentence(file: Path) -> None:
    file.write_text("[water]\nname = 5\n")
    result = newsig(file, "instruments", "find", "Apple")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "[water] has the name 5" in result.stderr


# Beside the packaged ones


@pytest.mark.parametrize("text", [None, "", "# [water]\n"])
def test_without_segments_of_the_users_all_is_as_packaged(text: str | None, file: Path) -> None:
    packaged = instruments.aliases(), instruments.segments(), instruments.instruments(), instruments.fingerprint()
    said = [*instruments.phrases()], [*instruments.names()]
    if text is not None:
        file.write_text(text)
    instruments.choose(None, file)
    assert (instruments.aliases(), instruments.segments()) == packaged[:2]
    assert (instruments.instruments(), instruments.fingerprint()) == packaged[2:]
    assert ([*instruments.phrases()], [*instruments.names()]) == said
    assert instruments.fingerprint("", file) == packaged[3]


IDS = st.sampled_from(["water", "ice", "airlines", "value"])
WORDS = st.frozensets(st.sampled_from(["water stocks", "airline stocks", "value", "chip stocks", "norvanta"])).map(
    tuple
)
MEMBERS = st.none() | st.frozensets(st.sampled_from(["AWK", "XYL", "NVDA"])).map(tuple)
TABLES = st.dictionaries(IDS, st.builds(Table, name=st.just("One"), phrases=WORDS, names=WORDS, members=MEMBERS))


@given(TABLES)
def test_only_what_the_user_names_changes(mine: Mapping[str, Table]) -> None:
    packaged, found = parts.joined({}), parts.joined(mine)
    for part in ("phrases", "names", "members"):
        own = {item for table in mine.values() for item in getattr(table, part) or ()}
        before, after = getattr(packaged, part), getattr(found, part)
        assert {item: key for item, key in after.items() if item not in own}.items() <= before.items()
        assert all(item in (getattr(mine[after[item]], part) or ()) for item in own)
    assert found.phrases.keys() >= packaged.phrases.keys()
    assert {key: found.segments[key] for key in packaged.segments if key not in mine}.items() <= (
        packaged.segments.items()
    )


def test_every_change_of_meaning_has_a_fingerprint_of_its_own(file: Path) -> None:
    def mark(text: str) -> str:
        file.write_text(text, encoding="utf-8")
        with instruments.chosen(None, file):
            assert instruments.fingerprint() == instruments.fingerprint(None, file)
        return instruments.fingerprint("", file)

    changes = (
        WATER,
        WATER.replace('"awk", ', ""),
        WATER.replace('"water stocks", ', ""),
        WATER.replace("Suppliers", "Makers"),
        WATER.replace("pho", "phx"),
        WATER.replace('"Water"', '"Waters"'),
        WATER + '[airlines]\nphrases = ["flyers"]\n',
        WATER + "[airlines]\nmembers = []\n",
    )
    assert len({instruments.fingerprint(), *map(mark, changes)}) == len(changes) + 1
    assert mark(WATER) == mark("# Mine\n" + WATER.replace('"awk", "XYL"', '"XYL", "AWK", "AWK"'))


def test_what_made_a_finding_tells_the_users_segments(water: Path) -> None:
    chosen = Settings(segments=str(water), instruments="")
    assert extract.details(chosen)["instruments"] == instruments.fingerprint(None, water) != instruments.fingerprint()


def test_what_is_made_ready_serves_until_the_file_changes(water: Path) -> None:
    instruments.choose(None, water)
    ready = instruments.aliases()
    instruments.choose(None, water)
    assert instruments.aliases() is ready
    water.write_text(WATER + '[ice]\nname = "Ice"\nphrases = ["ice stocks"]\n', encoding="utf-8")
    instruments.choose(None, water)
    assert meant("ice stocks") == {(None, "ice")}


# The verbs


def test_find_shows_the_users_segments(water: Path) -> None:
    water.write_text(WATER + '[airlines]\nphrases = ["flyers"]\n', encoding="utf-8")
    for words, segment, table in (
        ("water stocks", "water", "own"),
        ("flyers", "airlines", "both"),
        ("chip stocks", "semiconductors", "packaged"),
        ("American Water Works", "water", "packaged"),
    ):
        row = json.loads(newsig(water, "instruments", "find", words, "--format", "jsonl").stdout.splitlines()[0])
        assert (row["segment"], row["table"]) == (segment, table)
    instruments.choose(None, water)
    assert {one.segment for one in finding.find("water")} >= {"water"}


def test_an_added_instrument_may_be_of_the_users_segment(water: Path, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    words = ("instruments", "add", "NVTM", "--name", "Norvanta Mills", "--segment")
    assert newsig(water, *words, "water", own=table).exit_code == 0
    assert "NVTM,Norvanta Mills,stock,XNYS,water" in table.read_text()
    refused = newsig(water, *words, "ice", own=table)
    assert refused.exit_code == 2
    assert "there is no segment 'ice'" in refused.stderr
    assert "water" in refused.stderr


def test_a_member_that_is_missing_can_be_added(file: Path, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    file.write_text('[water]\nname = "Water"\nmembers = ["AWK", "NVTM"]\n')
    assert newsig(file, "instruments", "find", "Apple", own=table).exit_code == 2
    for words in (("NVTM", "--name", "Norvanta Mills"), ("AWK", "--name", "Water Works")):
        assert newsig(file, "instruments", "add", *words, own=table).exit_code == 0
    assert newsig(file, "instruments", "find", "Apple", own=table).exit_code == 0
    # the table does not take in what only the file says, which may be taken back there
    assert {line.split(",")[4] for line in table.read_text().splitlines()[1:]} == {"", "large_caps"}


def test_the_database_holds_the_users_segments(tmp_path: Path, water: Path) -> None:
    with run.open_database(tmp_path / "newsig.db", settings=Settings(segments=str(water), instruments="")) as db:
        assert db.execute("SELECT name, fund FROM segments WHERE id = 'water'").fetchall() == [("Water", "PHO")]
        assert db.execute("SELECT segment FROM instruments WHERE symbol = 'XYL'").fetchall() == [("water",)]


def test_a_changed_file_has_the_articles_processed_again(tmp_path: Path, file: Path) -> None:
    database = tmp_path / "newsig.db"
    line = json.dumps({"id": "one", "text": "Water stocks fell 2 percent.", "published": "2024-07-17T21:00Z"})
    assert newsig(file, "ingest", "-", "--db", database, input=line).exit_code == 0
    for text, processed in (
        ("", "1 article processed"),
        ("", "No article waits"),
        (WATER, "1 article processed"),
        (WATER, "No article waits"),
    ):
        file.write_text(text, encoding="utf-8")
        assert processed in newsig(file, "process", "--db", database).stdout
    told = newsig(file, "claims", "--db", database, "--segment", "water", "--format", "jsonl").stdout
    assert json.loads(told.splitlines()[0])["segment"] == "water"
