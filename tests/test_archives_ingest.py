"""Archives into the database: what is new, what is known, and what was left unread."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from newsig import run, store
from newsig.cli import main
from newsig.errors import ReadError
from newsig.records import Failure
from newsig.run.ingesting import GROUP
from tests.archive_files import json_lines, story, zipped


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with store.open_db(tmp_path / "newsig.db") as opened:
        yield opened


def articles(count: int, start: int = 0) -> bytes:
    return json_lines({"id": f"n{n}", "text": story(n)} for n in range(start, start + count))


def ingest(db: Database, *paths: Path, **options: Any) -> tuple[dict[str, int], list[Failure]]:
    """What came of a command: its counts that are not zero, and its failures."""
    failures: list[Failure] = []
    tally = run.ingest(run.Desk(db=db, on_failure=failures.append), paths, **options)
    assert tally.failures == len(failures)
    return {name: count for name, count in tally.counts.items() if count}, failures


def texts(db: Database, article: str) -> list[str]:
    return [version.article.text for version in store.versions_of(db, article)]


def current(db: Database, article: str) -> str:
    sql = "SELECT text FROM article_versions WHERE article_id = ? AND current = 1"
    return str(db.execute(sql, (article,)).fetchone()[0])


def test_a_finished_input_is_known_by_its_content(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(articles(3) + b"no json\n")
    assert ingest(db, file)[0] == {"inputs": 1, "new": 3}
    before = list(db["failures"].rows)
    assert ingest(db, file) == ({"inputs": 1, "done_already": 1}, [])
    shutil.copy(file, tmp_path / "b.jsonl")
    assert ingest(db, tmp_path / "b.jsonl") == ({"inputs": 1, "done_already": 1}, [])
    assert list(db["failures"].rows) == before
    assert not list(db["ingest_runs"].rows)


def test_the_same_file_twice_in_one_folder_is_read_once(db: Database, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.jsonl", "b.jsonl"):
        (folder / name).write_bytes(articles(3))
    assert ingest(db, folder)[0] == {"inputs": 2, "new": 3, "done_already": 1}


def test_lines_that_were_appended_are_read_alone(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(articles(3) + b"no json\n")
    ingest(db, file)
    with file.open("ab") as stream:
        stream.write(articles(2, start=3) + b"nor this\n")
    counts, (failure,) = ingest(db, file)
    assert counts == {"inputs": 1, "new": 2, "continued": 1}
    assert failure.place == f"{file} line 7"
    assert [row["seen"] for row in db["failures"].rows] == [1, 1]
    assert db["ingests"].count == 1
    assert ingest(db, file)[0] == {"inputs": 1, "done_already": 1}


def test_a_line_that_was_not_written_to_its_end_is_read_again(db: Database, tmp_path: Path) -> None:
    file, data = tmp_path / "a.jsonl", articles(3)
    file.write_bytes(data[:-20])
    counts, (failure,) = ingest(db, file)
    assert (counts["new"], failure.place) == (2, f"{file} line 3")
    file.write_bytes(data)
    assert ingest(db, file) == ({"inputs": 1, "new": 1, "continued": 1}, [])


@pytest.mark.parametrize("cut", [200, 20, 1])
def test_a_download_that_was_not_whole_goes_on_when_it_is(db: Database, tmp_path: Path, cut: int) -> None:
    file, data = tmp_path / "a.jsonl.gz", gzip.compress(articles(2000))
    file.write_bytes(data[: -cut * 100])
    counts, (failure,) = ingest(db, file)
    assert "cut short" in failure.reason
    file.write_bytes(data)
    again, failures = ingest(db, file)
    assert (counts["new"] + again["new"], again.get("unchanged", 0), failures) == (2000, 0, [])


def test_one_id_means_one_text_within_a_command_however_far_apart(db: Database, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(articles(2 * GROUP) + json_lines([{"id": "n3", "text": "Another."}]))
    (folder / "b.jsonl").write_bytes(json_lines([{"id": "n4", "text": "Another."}, {"id": "n5", "text": story(5)}]))
    counts, failures = ingest(db, folder)
    assert counts == {"inputs": 2, "new": 2 * GROUP, "unchanged": 1}
    assert [failure.reason for failure in failures] == [
        f"same id as {folder / 'a.jsonl'} line 4 ('n3'), but another text",
        f"same id as {folder / 'a.jsonl'} line 5 ('n4'), but another text",
    ]
    (folder / "c.jsonl").write_bytes(json_lines([{"id": "n4", "text": "Another."}]))
    assert ingest(db, folder / "c.jsonl")[0] == {"inputs": 1, "revised": 1}  # another command, another version


def versions(*numbers: int) -> bytes:
    return json_lines(
        {"id": "a", "text": f"Version {n}.", "updated": f"2024-07-18T0{n}:00Z", "published": "2024-07-18"}
        for n in numbers
    )


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1), (1, 3, 2, 1, 3)])
def test_versions_that_say_when_they_were_made_end_with_the_last(
    db: Database, tmp_path: Path, order: tuple[int, ...]
) -> None:
    (tmp_path / "a.jsonl").write_bytes(versions(*order))
    _, failures = ingest(db, tmp_path / "a.jsonl")
    assert not failures
    assert sorted(texts(db, "a")) == ["Version 1.", "Version 2.", "Version 3."]
    assert current(db, "a") == "Version 3."


def test_two_texts_of_one_moment_contradict_each_other(db: Database, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(versions(1) + versions(1).replace(b"Version", b"Edition"))
    _, (failure,) = ingest(db, tmp_path / "a.jsonl")
    assert failure.reason.endswith("('a'), but another text")


def test_a_date_and_its_doubt_are_stored_as_written(db: Database, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines([{"id": "a", "text": "Oil.", "published": "2024-07-18 02:26"}]))
    ingest(db, tmp_path / "a.jsonl")
    (version,) = store.versions_of(db, "a")
    assert str(version.article.published) == "2024-07-18"
    assert (version.article.date_text, version.article.date_doubt) == ("2024-07-18 02:26", "no_zone")


LISTS = [
    ("SHA256SUMS", "{digest}  a.jsonl\n"),
    ("SHA256SUMS", "{digest} *a.jsonl\n"),
    ("SHA256SUMS", "{other}  old/a.jsonl\n{digest}  ./a.jsonl\n{other}  new\\a.jsonl\n"),
    ("a.jsonl.sha256", "{digest}\n"),
    ("a.jsonl.sha256", "{digest}  made/a.jsonl\n"),
    ("a.sha256", "{digest}  a.jsonl\n"),
]


@pytest.mark.parametrize(("name", "line"), LISTS)
def test_a_list_of_checksums_is_held_against_the_file(db: Database, tmp_path: Path, name: str, line: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(articles(2))
    (folder / name).write_text(line.format(digest="0" * 64, other="1" * 64))
    counts, (failure,) = ingest(db, folder)
    assert counts == {"inputs": 1}
    assert failure.reason == f"not read: its sha256 is not what {name} says: get it anew, or mend the list"
    (folder / name).write_text(line.format(digest=hashlib.sha256(articles(2)).hexdigest().upper(), other="1" * 64))
    assert ingest(db, folder) == ({"inputs": 1, "new": 2}, [])


def test_standard_input_is_read_in_groups_and_every_time(db: Database) -> None:
    first, _ = ingest(db, Path("-"), stdin=io.BytesIO(articles(3)))
    again, _ = ingest(db, Path("-"), stdin=io.BytesIO(articles(3)))
    assert (first, again) == ({"inputs": 1, "new": 3}, {"inputs": 1, "unchanged": 3})


ODD = {
    "deep": b"[" * 200_000,
    "digits": b'{"text": "a", "n": ' + b"9" * 5000 + b"}",
    "half a character": b'{"text": "a\\ud800"}',
    "no numbers": b'{"text": "a", "n": NaN, "m": 1e999, "id": "x"}',
    "byte order mark": b'\xef\xbb\xbf{"text": "bom"}',
    "twice": b'{"text": "first", "text": "last", "id": "twice"}',
    "long": b'{"text": "' + b"x" * 100_000 + b'"}',
    "no UTF-8": b"\xff\xfe",
    "NUL": b'{"text": "a\\u0000"}',
    "half a title": b'{"text": "a", "title": "\\udfff"}',
}
LINES = st.sampled_from(list(ODD)) | st.binary(max_size=40).map(lambda data: data.replace(b"\n", b""))


@settings(deadline=None)  # a database a time
@given(st.lists(LINES, max_size=6))
def test_no_line_ends_the_reading(tmp_path_factory: pytest.TempPathFactory, some: list[str | bytes]) -> None:
    lines = [ODD[line] if isinstance(line, str) else line for line in some]
    file = tmp_path_factory.getbasetemp() / "odd.jsonl"
    file.write_bytes(b"\n".join((*lines, b'{"text": "the end", "id": "end"}')))
    with store.open_db(":memory:") as db:
        counts, failures = ingest(db, file)
        met = counts.get("new", 0) + counts.get("unchanged", 0) + len(failures)
        assert met == sum(bool(line.strip()) for line in lines) + 1
        assert current(db, "end") == "the end"


# The command


def newsig(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "news.csv"
    rows = [f'"{n} fell",{story(n)},2024-07-{n % 28 + 1:02},3' for n in range(30)]
    file.write_text("\n".join(["kopf,rumpf,tag,mood", *rows, "too,few"]) + "\n")
    (tmp_path / "map.toml").write_text('title = "kopf"\ntext = "rumpf"\npublished = "tag"\n')
    return file


def test_a_dry_run_tells_what_would_be_read_and_touches_nothing(tmp_path: Path, table: Path) -> None:
    before = sorted(tmp_path.iterdir())
    result = newsig("ingest", table, "--mapping", tmp_path / "map.toml", "--dry-run", "--db", tmp_path / "news.db")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        str(table),
        "  format    CSV",
        "  articles  30",
        "  fields    title from kopf, text from rumpf, published from tag",
        "  not used  mood",
        "  days      2024-07-01 to 2024-07-28",
        "  example   0 fell",
        f"  fails     {table} line 32: too few fields: 2, where the table has 4 columns",
    ]
    assert sorted(tmp_path.iterdir()) == before


def test_a_dry_run_stops_when_it_has_seen_enough(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(articles(700))
    (folder / "b.jsonl").write_bytes(articles(700, start=700))
    (folder / "c.zip").write_bytes(zipped({"d.txt": b"Oil fell."}))
    (folder / "e.pdf").write_bytes(b"%PDF")
    result = newsig("ingest", folder, "--dry-run")
    assert result.exit_code == 1
    assert "  format    JSON Lines, 2 files\n  articles  1,000 or more: reading stopped there\n" in result.stdout
    assert "  format    zip\n  articles  1\n" in result.stdout
    assert f"  format    not read\n  articles  0\n  fails     {folder}: not read, being none of" in result.stdout


def test_a_table_with_its_mapping(tmp_path: Path, table: Path) -> None:
    words = ("ingest", table, "--mapping", tmp_path / "map.toml", "--db", tmp_path / "news.db")
    result = newsig(*words)
    assert (result.exit_code, result.stdout) == (1, "30 articles: 30 new.\n")
    assert f"{table}: fields not used: mood (title from kopf, text from rumpf, published from tag)" in result.stderr
    again = newsig(*words)
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout == "No articles. 1 input read already, and unchanged since.\n"


def test_a_mapping_that_is_not_there_is_told_before_anything_is_made(tmp_path: Path, table: Path) -> None:
    result = newsig("ingest", table, "--mapping", tmp_path / "absent.toml", "--db", tmp_path / "news.db")
    assert result.exit_code == 2
    assert "absent.toml cannot be read" in result.stderr
    assert not (tmp_path / "news.db").exists()


def test_a_missing_path_leaves_no_command_open(db: Database, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no file or folder at"):
        ingest(db, tmp_path / "absent.jsonl")
    assert not list(db["ingest_runs"].rows)


def test_notes_of_dates_are_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "Oil.", "date": "7/8/2024"}) + "\n")
    result = newsig("ingest", tmp_path / "a.jsonl", "--db", tmp_path / "news.db")
    assert result.exit_code == 0
    assert "1 × a date that cannot be read: dates.format of a mapping says how" in result.stderr
