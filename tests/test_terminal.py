"""What strangers write is shown and never obeyed: a hostile story through the whole line, and what every verb prints.

Programs' formats are looked at as well, but for CSV and Parquet, which carry every value exactly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from newsig import store
from newsig.cli import main
from newsig.records import Failure, Subscription

NOW = datetime(2024, 7, 17, 22, tzinfo=UTC)
ESCAPE, TITLE_OF_WINDOW, BELL, LEFT = "\x1b[31m", "\x1b]0;owned\x07", "\x07", "\u202e"
EVIL = (
    f"{ESCAPE}{TITLE_OF_WINDOW}\x9b2J{LEFT}\u2066\b\x7f[bold red]x[/][/b][link=https://e.example]y[/link]<script>|`_*"
)
NAME = f"Orla{ESCAPE}{LEFT}Quillfeather[/b]"
TEXT = (
    "The Russell 2000 rose 3 percent on Wednesday, {name} of Petrakind Partners said.\n"
    "“Small caps {evil} will fall 4 percent by December,” said Orla Quillfeather of Petrakind Partners.\n"
    "The S&P 500 fell 1.4 percent on Wednesday and the Nasdaq 100 rose 2.9 percent {evil}.\n"
    "The S&P 500 ended at 5,588.27 {evil}. The S&P 500 fell 2.2 percent on Wednesday.\n"
    "“The S&P 500 will rise 4 percent by December,” said Orla Quillfeather of Petrakind Partners."
)
PRICES = "symbol,date,close\n^RUT,2024-07-16,2263.67\n^RUT,2024-07-17,2239.67\n^GSPC,2024-07-16,5667.2\n"
PRICES += f"^GSPC,2024-07-17,5588.27\n{EVIL.replace('|', '')},2024-07-17,3\n"
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")

TODAY = ("today", "--date", "2024-07-17", "--tz", "UTC")
LISTINGS: list[tuple[str, ...]] = [
    ("verdicts",),
    ("verdicts", "--measure", "level"),
    ("claims",),
    ("recheck",),
    ("conflicts",),
    ("copies",),
    ("quotes",),
    ("quotes", "--context"),
    ("sources",),
    ("sources", "merges"),
    ("sentiment", "--target", "^GSPC", "--by", "article"),
    ("sentiment", "--target", "small_caps", "--by", "holder"),
    ("scorecard",),
    ("scorecard", "--calls"),
    ("compare", "large_caps", "--archive"),
    ("drift", "a"),
    ("failures",),
    ("feeds", "list"),
    TODAY,
    ("doctor",),
    ("instruments", "find", EVIL),
    ("prices", "status"),
]
LISTED = [(words, format_) for words in LISTINGS for format_ in ("table", "markdown", "jsonl")]
LISTED[LISTED.index((TODAY, "jsonl"))] = (TODAY, "json")
OTHERS = {
    "tone": "JSON Lines of its own, as `extract`",
    "collect": "says what `ingest` says, and names the failures that `failures` lists",
    "batch": "says what `process` says",
    "load": "says how many rows it loaded",
    "study": "rows of figures, of the targets that `compare` names",
    "run": "says what `collect`, `process` and `check` say",
    "demo": "prints what `today` prints, of our own stories",
    "export": "files for programs, exact",
    "serve": "pages, which the tests of the browser look at",
}
"""Verbs that are not run here, and why."""

RUN = {"extract", "ingest", "process", "check", "why", "diff", "backup", *(words[0] for words in LISTINGS)}


def newsig(folder: Path, *words: object) -> Result:
    environ = dict.fromkeys(("NEWSIG_CONFIG", "NEWSIG_DEBUG")) | {"COLUMNS": "400", "NEWSIG_DB": str(folder / "n.db")}
    result = CliRunner().invoke(main, [*map(str, words)], env=environ)
    assert result.exit_code in (0, 1, 2), result.output
    assert "unexpected error" not in result.output
    return result


def harmless(result: Result) -> str:
    """The output, in which nothing is left that a terminal would obey."""
    for printed in (result.stdout, result.stderr):
        assert not OBEYED.search(printed), repr(OBEYED.search(printed))
    return result.output


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the stories of ``news.jsonl`` in ``n.db``, and what each step printed in ``log.txt``."""
    folder = tmp_path_factory.mktemp("terminal")
    story = {
        "id": "a",
        "title": f"Small caps {EVIL}",
        "text": TEXT.format(name=NAME, evil=EVIL),
        "published": "2024-07-17T21:00Z",
        "publisher": f"Wire {EVIL}",
        "authors": [NAME],
        "url": f"https://e.example/{EVIL}",
    }
    other = str(story["text"]).replace("rose 3 percent", "rose 5 percent")
    copy = story | {"id": "b", "published": "2024-07-17T21:30Z", "text": other}
    lines = [story, copy, {"id": EVIL, "text": ""}, {"id": EVIL}]
    source = folder / f"news{ESCAPE}{LEFT}.jsonl"
    source.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    prices = folder / f"prices{ESCAPE}.csv"
    prices.write_text(PRICES, encoding="utf-8")
    with store.open_db(folder / "n.db") as opened:
        feed = Subscription(
            url="https://e.example/feed", added_at=NOW, title=EVIL, error=EVIL, failing=3, fetched_at=NOW
        )
        store.add_feed(opened, feed)
        store.save_feed(opened, feed)
        store.record_failure(opened, Failure(stage="collect", place=EVIL, reason=EVIL), NOW)
    steps = [("ingest", source), ("prices", "import", prices), ("process", "--workers", "1"), ("check",)]
    said = [harmless(newsig(folder, *step)) for step in steps]
    said.append(harmless(newsig(folder, "extract", source, "--explain")))
    (folder / "log.txt").write_text("\n".join(said), encoding="utf-8")
    return folder


def test_every_verb_is_looked_at() -> None:
    groups = {name for name, command in main.commands.items() if isinstance(command, click.Group)}
    assert groups == {"feeds", "prices", "instruments", "sources", "export"}
    assert set(main.commands) == RUN | OTHERS.keys()


def test_the_steps_show_file_names_and_what_they_read(room: Path) -> None:
    said = (room / "log.txt").read_text(encoding="utf-8")
    assert r"news\x1b[31m\u202e.jsonl" in said
    assert r"\x1b]0;owned\x07\x9b2J\u202e\u2066\x08\x7f[bold red]x[/][/b]" in said
    assert "articles" in said


@pytest.mark.parametrize(
    ("words", "format_"), LISTED, ids=lambda value: value[0] if isinstance(value, tuple) else value
)
def test_listings_show_and_never_obey(room: Path, words: tuple[str, ...], format_: str) -> None:
    result = newsig(room, *words, "--format", format_)
    assert result.exit_code == 0, result.output
    harmless(result)
    if format_ == "markdown":
        assert not re.search(r"(?<!\\)<(?!br>|https:)|(?<!\\)\]\((?!<https:)", result.stdout)
        rows = [line for line in result.stdout.splitlines() if line.startswith("|")]
        assert len({len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in rows}) == (0 if words == TODAY else 1)


SHOWN = [
    (("failures",), r"\x1b[31m\x1b]0;owned\x07\x9b2J\u202e\u2066\x08\x7f[bold red]x[/][/b]"),
    (("feeds", "list"), "[bold red]x[/][/b]"),
    (("doctor",), "[bold red]x[/][/b]"),
    (("drift", "a"), "5 percent"),
    (("quotes",), "[bold red]x[/][/b]"),
    (("copies",), "[bold red]x[/][/b]"),
    (("today", "--date", "2024-07-17", "--tz", "UTC"), "[bold red]x[/][/b]"),
    (("verdicts", "--measure", "level"), "^GSPC"),
    (("scorecard", "--calls"), "Orla"),
]


@pytest.mark.parametrize(("words", "seen"), SHOWN, ids=lambda value: value[0] if isinstance(value, tuple) else "seen")
def test_what_could_be_markup_is_seen_as_it_is(room: Path, words: tuple[str, ...], seen: str) -> None:
    assert seen in newsig(room, *words).output


def test_the_verbs_of_one_thing_show_and_never_obey(room: Path) -> None:
    listed = newsig(room, "claims", "--format", "jsonl").stdout.splitlines()
    claim = next(one for one in map(json.loads, listed) if one["text"] == "2.9 percent")
    page = harmless(newsig(room, "why", claim["claim_id"]))
    assert r"\x1b[31m" in page
    assert "[bold red]" in page
    assert "<script>" in page
    harmless(newsig(room, "why", claim["claim_id"], "--format", "json"))
    copy = room / f"copy{ESCAPE}.db"
    assert r"copy\x1b[31m.db" in harmless(newsig(room, "backup", copy, "--replace"))
    with store.open_db(copy) as opened:
        opened.execute("DELETE FROM claims WHERE id % 2")
        opened.execute("UPDATE quotes SET speaker = ?", [EVIL])
    for format_ in ("table", "json"):
        page = harmless(newsig(room, "diff", room / "n.db", copy, "--format", format_))
        assert "31m" in page
