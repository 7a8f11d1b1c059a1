"""Files met again: by a command that goes on, by another one, and with other rows of the same numbers."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from newsig import store
from newsig.collect.archives import read_mapping
from newsig.errors import StoreError
from newsig.run.ingesting import GROUP
from tests.archive_files import json_lines, story
from tests.test_archives_ingest import articles, db, ingest, texts

__all__ = ["db"]


def test_a_file_that_was_changed_is_read_again(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(articles(3))
    ingest(db, file)
    file.write_bytes(json_lines([{"id": "n0", "text": "Rewritten."}]) + articles(2, start=1))
    assert ingest(db, file)[0] == {"inputs": 1, "revised": 1, "unchanged": 2}
    file.write_bytes(articles(3))  # and back: what the file says now counts
    assert ingest(db, file)[0] == {"inputs": 1, "revised": 1, "unchanged": 2}
    assert texts(db, "n0") == [story(0), "Rewritten.", story(0)]


def test_another_mapping_or_date_reads_anew(db: Database, tmp_path: Path) -> None:
    file, names = tmp_path / "a.jsonl", tmp_path / "map.toml"
    file.write_bytes(json_lines([{"id": "a", "text": "Oil.", "long": "Oil fell."}]))
    ingest(db, file)
    names.write_text('id = "id"\ntext = "long"')
    assert ingest(db, file, mapping=read_mapping(names))[0] == {"inputs": 1, "revised": 1}
    assert ingest(db, file, mapping=read_mapping(names))[0] == {"inputs": 1, "done_already": 1}
    assert ingest(db, file)[0] == {"inputs": 1, "revised": 1}  # and back
    assert ingest(db, file)[0] == {"inputs": 1, "done_already": 1}


ROWS = [
    ({"id": 1}, {"id": 1}, ["which is another story: map another field to id"]),
    ({"id": 1, "title": "Oil"}, {"id": 1.0, "title": "Oil"}, []),  # the text alone: a further version
    ({"id": 1, "url": "https://news.example/1"}, {"id": 1, "url": "https://news.example/2"}, []),
    ({"id": 1}, {"id": 1, "updated": "2024-07-18T02:26Z"}, []),
    ({"id": "n1"}, {"id": "n1"}, []),
]


@pytest.mark.parametrize(("first", "then", "reasons"), ROWS)
def test_rows_of_two_tables_are_not_versions_of_each_other(
    db: Database, tmp_path: Path, first: dict[str, object], then: dict[str, object], reasons: list[str]
) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines([{"title": "Oil", "text": "Oil fell."} | first]))
    (tmp_path / "b.jsonl").write_bytes(json_lines([{"title": "Gold", "text": "Gold rose."} | then]))
    ingest(db, tmp_path / "a.jsonl")
    _, failures = ingest(db, tmp_path / "b.jsonl")
    assert [failure.reason.partition("), ")[2] for failure in failures] == reasons


def full_after_one() -> Callable[..., list[store.Outcome]]:
    """What keeps one group, and then finds no room."""
    groups: list[object] = []

    def keep(*given: Any) -> list[store.Outcome]:
        groups.append(given)
        if len(groups) == 2:
            raise StoreError("no room is left")
        return store.keep_group(*given)

    return keep


def test_a_command_that_the_database_ends_goes_on_where_it_was(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(articles(3 * GROUP))
    with pytest.raises(StoreError, match="no room is left"):
        ingest(db, file, keep=full_after_one())
    assert ingest(db, file)[0] == {"inputs": 1, "new": 2 * GROUP, "continued": 1}


def rewritten() -> bytes:
    return articles(3 * GROUP).replace(b"Story", b"Tale")


def test_a_file_that_was_changed_after_a_cut_is_another(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(articles(3 * GROUP))
    with pytest.raises(StoreError):
        ingest(db, file, keep=full_after_one())
    file.write_bytes(rewritten())
    assert ingest(db, file) == ({"inputs": 1, "revised": GROUP, "new": 2 * GROUP}, [])
    assert not list(db["ingest_runs"].rows)


def test_a_file_that_grew_after_a_cut_goes_on(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(articles(3 * GROUP))
    with pytest.raises(StoreError):
        ingest(db, file, keep=full_after_one())
    file.write_bytes(articles(3 * GROUP + 1))
    assert ingest(db, file) == ({"inputs": 1, "new": 2 * GROUP + 1, "continued": 1}, [])


def test_a_pipe_never_goes_on_where_another_was_cut(db: Database) -> None:
    with pytest.raises(StoreError):
        ingest(db, Path("-"), stdin=io.BytesIO(articles(3 * GROUP)), keep=full_after_one())
    counts, failures = ingest(db, Path("-"), stdin=io.BytesIO(rewritten()))
    assert (counts["new"] + counts["revised"], failures) == (3 * GROUP, [])
