"""Pages for this computer alone: who may ask, what SQL may do, and what is said where nothing can be served."""

from __future__ import annotations

import hashlib
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from newsig import run, store
from newsig.cli import main
from newsig.records import Article
from newsig.serve.rendering import link
from tests import serving

LONG = "replace(replace(replace('aaaaaaaaaa', 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaaaaaaaaaaaa'), 'a', 'aaaaaaaaaa')"
ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
MANY = "select count(*) from {}"
HOSTILE = (
    "INSERT INTO claims (id) VALUES (1)",
    "UPDATE articles SET url = 'x'",
    "DELETE FROM claims",
    "DROP TABLE claims",
    "CREATE TABLE harm (x)",
    "CREATE TEMP TABLE harm (x)",
    "ALTER TABLE claims ADD COLUMN harm",
    "REPLACE INTO segments (id, name) VALUES ('x', 'x')",
    "VACUUM",
    "VACUUM INTO 'harm.db'",
    "REINDEX",
    "ANALYZE",
    "ATTACH 'harm.db' AS harm",
    "ATTACH '/etc/passwd' AS harm",
    "DETACH main",
    "PRAGMA writable_schema = 1",
    "PRAGMA query_only = 0",
    "PRAGMA journal_mode = DELETE",
    "BEGIN IMMEDIATE",
    "SAVEPOINT harm",
    "WITH c AS (SELECT 1) DELETE FROM claims",
    "WITH c(x) AS (SELECT 1) INSERT INTO segments SELECT x, x FROM c",
    "SELECT 1; DROP TABLE claims",
    "select load_extension('harm.so')",
    "select fts3_tokenizer('porter')",
    "select writefile('harm', 'x'), readfile('/etc/passwd')",
    "select * from pragma_database_list()",
    "select * from pragma_writable_schema",
    "select printf('%.*c', 500000000, 'x')",
    "select length(format('%.*c', 500000000, 'x'))",
    "select length(zeroblob(1000000000))",
    "select hex(zeroblob(400000000))",
    "select length(randomblob(1000000000))",
    f"{ENDLESS} SELECT count(*) FROM c",
    f"{ENDLESS} SELECT max(x) OVER (ORDER BY x) FROM c",
    f"{ENDLESS} SELECT group_concat(x) FROM c",
    f"{ENDLESS} SELECT DISTINCT x FROM c ORDER BY x DESC",
    f"{ENDLESS}, d(y) AS (SELECT {LONG}) SELECT y || x, y || x, y || x FROM c, d",
    f"select {LONG.replace('aaaaaaaaaaaaaaaaaaaa', 'a' * 5_000)}",
    (
        f"with d(y) as (select {LONG} || {LONG}) select length(trim(y, y || 'b')), instr(y, {LONG} || 'b') "
        "from d, claims, claims, claims, claims, claims, claims, claims, claims"
    ),
    f"{ENDLESS} select sum({LONG} like '%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%b') from c",
    MANY.format(", ".join(f"claims as c{number}" for number in range(30))),
    MANY.format(", ".join(f"sqlite_master as c{number}" for number in range(70))),
    f"select {'(' * 3000}1{')' * 3000}",
    f"select {' + '.join(['1'] * 5000)}",
    " union all ".join(["select 1"] * 600),
    f"select json('{'[' * 5_000}')",
    "select * from claims where text glob '" + "*a" * 500 + "'",
)
"""Each is refused, or stopped, or gives a bounded answer."""

FEW = 6.0
"""Seconds within which a question is done with, on a busy machine."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("serve") / "news.db"
    serving.fill(path)
    return path


@pytest.fixture(scope="module")
def client(database: Path) -> Iterator[httpx.Client]:
    with serving.serving(database) as address, httpx.Client(base_url=address, timeout=FEW) as client:
        client.get("/ask")
        yield client


@pytest.mark.parametrize("sql", HOSTILE, ids=lambda sql: sql[:40])
def test_hostile_sql_is_stopped_and_changes_nothing(sql: str, client: httpx.Client, database: Path) -> None:
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    beside = sorted(path.name for path in database.parent.iterdir())
    got = client.get("/news.json", params={"sql": sql})
    assert got.status_code == 400 or len(got.content) < 40_000_000
    assert str(database) not in got.text
    assert hashlib.sha256(database.read_bytes()).hexdigest() == before
    assert sorted(path.name for path in database.parent.iterdir()) == beside
    assert client.get("/news.json", params={"sql": "select 1", "_shape": "arrays"}).json()["rows"] == [[1]]


REFUSED = [sql for sql in HOSTILE if not re.match(r"(?i)with recursive|select (count|\*|json)|with d|select \(", sql)]


@pytest.mark.parametrize("sql", REFUSED, ids=lambda sql: sql[:40])
def test_what_writes_or_makes_much_of_little_is_refused(sql: str, client: httpx.Client) -> None:
    got = client.get("/news.json", params={"sql": sql})
    assert got.status_code == 400
    assert got.json()["error"]


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("select instr('price', 'ice')", 3),
        ("select instr(null, 'x')", None),
        ("select replace('a-b', '-', '+')", "a+b"),
        ("select replace(12, 1, 3)", "32"),
        ("select replace('a', '', 'b')", "a"),
        ("select trim('  x ')", "x"),
        ("select ltrim('xxyx', 'x')", "yx"),
        ("select rtrim('xyxx', 'x')", "xy"),
        ("select trim('x', '')", "x"),
        ("select count(*) from claims_view", 10),
        ("select count(*) from articles_fts where articles_fts match 'russell'", 5),
        ("select count(*) from quotes_view where symbol_is is null", ...),
        ("select json_extract('{\"a\": 2}', '$.a')", 2),
    ],
)
def test_what_is_harmless_works_as_in_sqlite(sql: str, value: object, client: httpx.Client) -> None:
    got = client.get("/news.json", params={"sql": sql, "_shape": "arrays"})
    if value is ...:
        assert got.status_code == 400
    else:
        assert got.json()["rows"] == [[value]]


def test_rows_are_bounded_and_that_is_said(client: httpx.Client) -> None:
    sql = "select a.id from claims a, claims b, claims c, claims d"
    got = client.get("/news.json", params={"sql": sql, "_shape": "arrays"}).json()
    assert (len(got["rows"]), got["truncated"]) == (1000, True)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.1", "[::]", ""],
)
@pytest.mark.parametrize("path", ["/ask", "/", "/news", "/news.json?sql=select+1", "/-/newsig/page.css", "/nowhere"])
def test_a_foreign_host_gets_403(host: str, path: str, client: httpx.Client) -> None:
    got = client.get(path, headers={"Host": host})
    assert (got.status_code, "claims" in got.text) == (403, False)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "LOCALHOST:1234", "[::1]:80"])
def test_this_computers_own_names_are_answered(host: str, client: httpx.Client) -> None:
    assert client.get("/ask", headers={"Host": host}).status_code == 200


def test_two_hosts_are_none(client: httpx.Client) -> None:
    address = (client.base_url.host, client.base_url.port or 0)
    with socket.create_connection(address, timeout=FEW) as wire:
        wire.sendall(b"GET /ask HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        assert wire.recv(100).startswith((b"HTTP/1.1 403", b"HTTP/1.1 400"))


def test_pages_have_no_script_and_datasettes_only_its_own(client: httpx.Client) -> None:
    strict = client.get("/ask").headers["content-security-policy"]
    assert "default-src 'none'" in strict
    assert not re.search("script-src|unsafe|data:|http", strict)
    looser = client.get("/news").headers["content-security-policy"]
    scripts = re.findall(r"script-src ([^;]*)", looser)[0]
    assert scripts.startswith("'self' 'sha256-")
    assert "unsafe" not in scripts


@pytest.mark.parametrize("path", ["/ask", "/news", "/nowhere", "/-/newsig/page.css", "/news.json?sql=drop"])
def test_every_answer_is_guarded(path: str, client: httpx.Client) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_sent(method: str, client: httpx.Client, database: Path) -> None:
    before = database.read_bytes()
    assert client.request(method, "/news/claims", headers={"Origin": "http://evil.example"}).status_code >= 400
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "path", ["/nowhere/at/all", "/news/nothing", "/news.json?sql=select+nothing", "/ask?since=now"]
)
def test_what_cannot_be_answered_is_said_in_a_sentence(path: str, client: httpx.Client) -> None:
    got = client.get(path)
    assert got.status_code in (400, 404)
    assert "Traceback" not in got.text


def test_the_server_hears_at_no_other_address(client: httpx.Client) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.2", client.base_url.port or 0))


def served(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["serve", *words])
    return done.exit_code, done.output


def test_a_port_that_is_taken_is_said(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, told = served("--db", str(database), "--port", str(port))
    assert (code, told.startswith(f"newsig: port {port} is taken by another program: ")) == (2, True)


def test_a_database_that_is_not_there_is_said_and_not_made(tmp_path: Path) -> None:
    code, told = served("--db", str(tmp_path / "none.db"), "--port", "0")
    assert (code, "no database at" in told, list(tmp_path.iterdir())) == (2, True, [])


@pytest.mark.parametrize(("number", "words"), [(99, "newer newsig"), (3, "older newsig")])
def test_another_schema_is_said(number: int, words: str, database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(database) as held, sqlite3.connect(other) as copy:
        held.backup(copy)
    copy.execute(f"PRAGMA user_version = {number}")
    copy.commit()
    code, told = served("--db", str(other), "--port", "0")
    assert (code, words in told) == (2, True)


PLAIN = (
    "import asyncio, sys; from datasette.app import Datasette; from datasette.plugins import pm\n"
    "from newsig.serve import plugin; pm.has_plugin('newsig') or pm.register(plugin, 'newsig')\n"
    "get = Datasette([sys.argv[1]]).client.get\n"
    "for path in sys.argv[2:]:\n"
    "    for host in ('localhost', 'any.example'):\n"
    "        got = asyncio.run(get(path, headers={'Host': host}))\n"
    "        print(path, host, got.status_code, 'content-security-policy' in got.headers)"
)


def asked_of_plain_datasette(path: Path, *pages: str) -> list[str]:
    words = [sys.executable, "-c", PLAIN, str(path), *pages]
    done = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603
    return [line for line in done.stdout.splitlines() if line.startswith("/")]  # beside Datasette's own tracebacks


def test_plain_datasette_has_the_pages_the_guard_and_the_fence(database: Path) -> None:
    assert asked_of_plain_datasette(database, "/ask", "/news.json?sql=select+zeroblob(9)") == [
        "/ask localhost 200 True",
        "/ask any.example 403 False",
        "/news.json?sql=select+zeroblob(9) localhost 400 True",
        "/news.json?sql=select+zeroblob(9) any.example 403 False",
    ]


def test_datasette_without_a_database_of_newsigs_stays_as_it_is(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE things (x)")
    assert asked_of_plain_datasette(tmp_path / "other.db", "/ask", "/other/things") == [
        "/ask localhost 404 False",
        "/ask any.example 404 False",
        "/other/things localhost 200 False",
        "/other/things any.example 200 False",
    ]


ODD = ("http://a.example/b?c=d#e", "a%2Fb", "é/ü", "a b+c", "a~b.json", "<b>")


def test_every_article_has_its_page_whatever_its_id(tmp_path: Path) -> None:
    with run.open_database(tmp_path / "news.db") as db:
        for name in ODD:
            store.save_article(db, Article(id=name, text="One text.", published=serving.AT), serving.AT)
    pages = [link("/article", name) for name in ODD]
    told = asked_of_plain_datasette(tmp_path / "news.db", *pages, "/article/none")
    answered = [line for line in told if "any.example" not in line]
    assert answered == [*(f"{page} localhost 200 True" for page in pages), "/article/none localhost 404 True"]
