"""An archive to a folder of Parquet, on one machine."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fsspec
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from newsig import store
from newsig.cli import main
from newsig.errors import ReadError, StorageError, StoreError
from newsig.records import Article
from newsig.run import blocks
from newsig.settings import Settings
from newsig.store.parquet import Folder, read_manifest, schema, to_table
from tests.batches import BAD, archive, contents, first_words, quick, stories

MOMENT = datetime(2024, 7, 17, 23, 30, tzinfo=UTC)

WAITS = """
import sys
from newsig.settings import Settings
from tests.batches import stories,  quick

def on_done(rows):
    print(rows, flush=True)
    sys.stdin.readline()

batch = quick(sys.argv[2])
object.__setattr__(batch, "on_done", on_done)
batch.over([sys.argv[1]])
"""
"""The command, which waits for a line after each file."""


def test_articles_in_are_findings_and_failures(tmp_path: Path) -> None:
    made = [*stories(20), Article(id="bad", text=BAD, published=MOMENT), Article(id="undated", text="Some day.")]
    source = archive(tmp_path / "a.jsonl", [*made, made[3]])
    tally = quick(tmp_path / "out").over([str(source)])
    assert (tally.counts["articles"], tally.counts["unread"], tally.counts["repeated"]) == (23, 1, 1)
    rows = [row for found in contents(tmp_path / "out").values() for row in found]
    assert len(rows) == tally.counts["new"] == 23
    assert {row["id"] for row in rows if row["failure"]} == {"bad", None}
    assert all((row["mentions"] is None) == (row["failure"] is not None) for row in rows)
    assert tally.failures == 2


def test_every_file_is_in_the_partition_of_its_day(tmp_path: Path) -> None:
    late = Article(id="late", text="Late in Chicago.", published=datetime.fromisoformat("2024-07-17T23:30-05:00"))
    source = archive(tmp_path / "a.jsonl", [late, Article(id="undated", text="Some day.")])
    quick(tmp_path / "out").over([str(source)])
    days = {path.partition("/")[0]: [row["id"] for row in rows] for path, rows in contents(tmp_path / "out").items()}
    assert days == {"day=2024-07-18": ["late"], "day=__HIVE_DEFAULT_PARTITION__": ["undated", None]}


def test_pages_have_checksums_and_names_come_back(tmp_path: Path) -> None:
    quick(tmp_path / "out").over([str(archive(tmp_path / "a.jsonl", stories(9)))])
    for path in (tmp_path / "out").rglob("*.parquet"):
        assert pq.read_schema(path).equals(schema())
        data = path.read_bytes()
        place = data.index(b"Story")
        broken = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        with pytest.raises(OSError, match="CRC"):
            pq.read_table(io.BytesIO(broken), page_checksum_verification=True)
        break
    else:
        pytest.fail("no file")


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_time_nothing_is_worked_on_and_nothing_changes(tmp_path: Path) -> None:
    source = str(archive(tmp_path / "a.jsonl", stories(20)))
    quick(tmp_path / "out").over([source])
    before = snapshot(tmp_path / "out")

    def nothing(articles: Any, _: Settings) -> Iterator[Any]:
        assert list(articles) == []
        yield from ()

    tally = quick(tmp_path / "out", extract=nothing).over([source])
    assert snapshot(tmp_path / "out") == before
    assert (tally.counts["new"], tally.counts["there"]) == (0, 21)


def test_only_what_is_new_is_worked_on(tmp_path: Path) -> None:
    quick(tmp_path / "out").over([str(archive(tmp_path / "a.jsonl", stories(20)))])
    grown = [*stories(20), *stories(25)[20:], replace(stories(20)[4], text="Story 4 was corrected.", updated=MOMENT)]
    asked = []

    def noting(articles: Any, chosen: Settings) -> Iterator[Any]:
        def noted() -> Iterator[Any]:
            for number, article in articles:
                asked.append(article.id)
                yield number, article

        yield from first_words(noted(), chosen)

    quick(tmp_path / "out", extract=noting).over([str(archive(tmp_path / "a.jsonl", grown))])
    assert sorted(asked) == ["s20", "s21", "s22", "s23", "s24", "s4"]


def test_other_settings_are_another_fingerprint_and_done_anew(tmp_path: Path) -> None:
    source = str(archive(tmp_path / "a.jsonl", stories(8)))
    quick(tmp_path / "out").over([source])
    tally = quick(tmp_path / "out", Settings(zone="Europe/London")).over([source])
    assert tally.counts["new"] == 9
    manifest = read_manifest(Folder(str(tmp_path / "out")))
    assert manifest is not None
    last = list(manifest.fingerprints)[-1]
    assert manifest.fingerprints[last]["zone"] == "Europe/London"
    assert Counter(file.fingerprint for file in manifest.files.values()) == dict.fromkeys(manifest.fingerprints, 9)


def without_clocks(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = dict(snapshot(folder))
    manifest = json.loads(found.pop("_manifest.json"))
    files = sorted(manifest["files"], key=lambda one: str(one["path"]))
    return found | {"files": [{name: value for name, value in one.items() if name != "at"} for one in files]}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_run_goes_on_and_ends_as_one_that_was_left_alone(tmp_path: Path) -> None:
    source = str(archive(tmp_path / "a.jsonl", stories(40)))
    quick(tmp_path / "whole").over([source])
    out = tmp_path / "killed"
    words = [sys.executable, "-c", WAITS, source, str(out)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:  # noqa: S603
        assert running.stdin is not None
        assert running.stdout is not None
        assert int(running.stdout.readline()) == 5
        running.stdin.write(b"on\n")
        running.stdin.flush()
        assert int(running.stdout.readline()) == 5
        with pytest.raises(StoreError, match="another `newsig batch` is at work"):
            quick(out).over([source])
        os.kill(running.pid, signal.SIGKILL)
    written = sorted(out.rglob("*.parquet"))
    assert not (out / "_manifest.json").exists()
    assert len(written) == 2
    written[0].write_bytes(written[0].read_bytes()[:500])  # as if that had been killed within its write
    written[0].with_name(f".{written[0].name}-123.part").write_bytes(b"half")
    tally = quick(out).over([source])
    assert tally.counts["there"] == 5
    assert without_clocks(out) == without_clocks(tmp_path / "whole")


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


TAMPERED: dict[str, tuple[Any, str, bool]] = {
    "a bit is flipped": (flipped, "is damaged", True),
    "it is gone": (Path.unlink, "is in the manifest, but not there", False),
    "it is cut short": (lambda path: path.write_bytes(path.read_bytes()[:-9]), "is damaged", True),
    "another lies beside it": (
        lambda path: path.with_name("mine.parquet").write_bytes(path.read_bytes()),
        "mine.parquet is n",
        True,
    ),
    "the manifest is gone": (lambda path: (path.parent.parent / "_manifest.json").unlink(), "there is no", False),
    "the manifest is damaged": (
        lambda path: (path.parent.parent / "_manifest.json").write_text("{"),
        "_manifest.json is damaged",
        True,
    ),
    "it is of a newer newsig": (
        lambda path: (path.parent.parent / "_manifest.json").write_text('{"format": 9}'),
        "newer newsig",
        True,
    ),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_folder_that_is_not_whole_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    tamper, words, batch_refuses = TAMPERED[name]
    source = str(archive(tmp_path / "a.jsonl", stories(8)))
    quick(tmp_path / "out").over([source])
    whole = without_clocks(tmp_path / "out")
    tamper(min((tmp_path / "out").rglob("*.parquet")))
    done = CliRunner().invoke(main, ["load", str(tmp_path / "out"), "--db", str(tmp_path / "a.db")])
    assert done.exit_code == 2
    assert words in done.stderr
    with store.open_db(tmp_path / "a.db") as db:
        assert db.table("articles").count == 0
    if batch_refuses:
        with pytest.raises(StorageError):
            quick(tmp_path / "out").over([source])
    else:
        quick(tmp_path / "out").over([source])
        assert without_clocks(tmp_path / "out") == whole


def test_archives_and_findings_in_another_store() -> None:
    memory = fsspec.filesystem("memory")
    lines = [json.dumps({"id": one.id, "text": one.text, "published": "2024-07-18"}) for one in stories(6)]
    memory.pipe("/news/a.jsonl", "\n".join(lines[:3]).encode())
    sink = io.BytesIO()
    pq.write_table(to_table([blocks.filed(one) for one in stories(6)[3:]], "f"), sink)
    memory.pipe("/news/deep/b.parquet", sink.getvalue())
    memory.pipe("/news/.hidden.jsonl", b"{")
    memory.pipe("/news/notes.pdf", b"%PDF")
    for new, there in ((7, 0), (0, 7)):
        tally = quick("memory://found/all").over(["memory://news"])
        assert (tally.counts["new"], tally.counts["there"]) == (new, there)
    rows = [row for found in contents("memory://found/all").values() for row in found]
    assert {row["id"] for row in rows} == {*(f"s{n}" for n in range(6)), None}
    assert [row["failure"]["place"] for row in rows if row["failure"]] == ["memory://news"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("memory://nothing", "no file or folder at"),
        ("nowhere://a", "cannot be opened"),
        ("missing", "no file or folder"),
    ],
)
def test_an_archive_that_is_not_there_is_refused_before_anything_is_made(
    tmp_path: Path, address: str, words: str
) -> None:
    done = CliRunner().invoke(main, ["batch", address, str(tmp_path / "out")])
    assert (done.exit_code, done.exception and type(done.exception)) == (2, SystemExit)
    assert words in done.stderr
    assert not (tmp_path / "out").exists()
    with pytest.raises(ReadError):
        quick(tmp_path / "out").over([address])
