"""What the doctor sees: feeds in trouble, a clock that is wrong, a file that is damaged."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newsig import extract, run, store
from newsig.cli import main
from newsig.cli.doctor import trouble
from newsig.records import Article, Subscription
from newsig.settings import Settings

NOW = datetime(2024, 7, 18, 6, tzinfo=UTC)
at = datetime.fromisoformat
FEED = Subscription(
    url="https://petrakind.example/feed",
    added_at=NOW,
    fetched_at=NOW - timedelta(minutes=10),
    last_new_at=NOW - timedelta(minutes=10),
)
TROUBLES: list[tuple[dict[str, Any], str | None]] = [
    ({}, None),
    ({"last_new_at": None}, None),
    ({"last_new_at": at("2024-07-11T06:00:00+00:00")}, None),
    (
        {"last_new_at": at("2024-07-11T05:59:59+00:00")},
        "nothing new since 2024-07-11: look whether it is still kept up",
    ),
    ({"fetched_at": None}, "never visited: see `newsig collect`"),
    ({"fetched_at": at("2024-07-17T06:00:00+00:00")}, None),
    ({"fetched_at": at("2024-07-16T06:00:00+00:00")}, "not visited since 2024-07-16: see `newsig collect`"),
    ({"fetched_at": at("2024-07-16T06:00:00+00:00"), "not_before": at("2024-07-19T00:00:00+00:00")}, None),
    ({"failing": 1, "error": "answered 404 Not Found"}, "the last 1 visit failed: answered 404 Not Found"),
    ({"failing": 12, "error": None}, "the last 12 visits failed: see `newsig failures`"),
    (
        {"stopped_at": at("2024-07-01T00:00:00+00:00"), "failing": 3},
        "stopped: it is gone since 2024-07-01; remove it, or add its new address",
    ),
]


@pytest.mark.parametrize(("fields", "words"), TROUBLES)
def test_what_is_wrong_with_a_feed(fields: dict[str, Any], words: str | None) -> None:
    assert trouble(replace(FEED, **fields), NOW) == words


def doctor(database: Path, *words: str) -> tuple[Result, dict[str, Any]]:
    result = CliRunner().invoke(main, ["doctor", "--db", str(database), "--format", "jsonl", *words])
    return result, {row["name"]: row for row in map(json.loads, result.stdout.splitlines())}


def test_feeds_and_file_and_clock(tmp_path: Path) -> None:
    ahead = run.now() + timedelta(days=400)
    with store.open_db(tmp_path / "n.db") as db:
        store.add_feed(db, Subscription(url="https://me:secret@petrakind.example/feed", added_at=NOW))
        store.save_article(db, Article(id="a", text="one"), ahead)
    result, found = doctor(tmp_path / "n.db", "--deep")
    assert result.exit_code == 0
    assert (found["feed"]["value"], found["feed"]["remark"]) == (
        "https://petrakind.example/feed",
        "never visited: see `newsig collect`",
    )
    kept = [(found[name]["value"], found[name]["remark"]) for name in ("journal mode", "synchronous", "foreign keys")]
    assert kept == [("wal", None), ("FULL", None), ("on", None)]
    assert (
        f"the database holds moments up to {ahead:%Y-%m-%d %H:%M} UTC: they are left aside" in found["clock"]["remark"]
    )
    assert (found["damage"]["value"], found["damage"]["remark"]) == ("none", None)
    assert {"size", "size of the WAL", "free disk"} < set(found)
    assert found["fingerprint"] == {
        "name": "fingerprint",
        "value": extract.fingerprint(Settings()),
        "remark": "1 article not processed under it: see `newsig process`",
    }
    assert found["tone weights"]["value"] == extract.details(Settings())["tone"].removeprefix("newsig ")


def test_damage_is_found_where_it_is_looked_for(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "n.db") as db:
        size = db.execute("PRAGMA page_size").fetchone()[0]
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'article_keys_by_article'").fetchone()
    with (tmp_path / "n.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    assert doctor(tmp_path / "n.db")[0].exit_code == 0
    result, found = doctor(tmp_path / "n.db", "--deep")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == f"newsig: {tmp_path / 'n.db'} is damaged: restore it from a copy"
    assert found["damage"]["value"] != "none"


def test_rows_whose_other_half_is_missing_are_damage(tmp_path: Path) -> None:
    with store.open_db(tmp_path / "n.db") as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("INSERT INTO article_keys VALUES ('guid', 'g', 'nobody', 'now')")
        db.commit()
    result, found = doctor(tmp_path / "n.db", "--deep")
    assert (result.exit_code, found["damage"]["value"]) == (2, "1 row whose other half is missing")
