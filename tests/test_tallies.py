"""How often each form of a name speaks: kept as statements, claims and versions come and go, and never off by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlite_utils import Database

from benchmarks.invented import fill
from newsig import store

KEPT = """
SELECT name_id, statements, direct, claims, articles FROM source_tallies WHERE statements + claims > 0 ORDER BY name_id
"""
COUNTED = """
SELECT n.id AS name_id,
  (SELECT count(*) FROM quotes AS q JOIN article_versions AS v ON v.id = q.version_id AND v.current = 1
    WHERE q.source_name_id = n.id) AS statements,
  (SELECT count(*) FROM quotes AS q JOIN article_versions AS v ON v.id = q.version_id AND v.current = 1
    WHERE q.source_name_id = n.id AND q.kind = 'direct') AS direct,
  (SELECT count(*) FROM claims AS c JOIN article_versions AS v ON v.id = c.version_id AND v.current = 1
    WHERE c.source_name_id = n.id) AS claims,
  (SELECT count(DISTINCT v.article_id) FROM quotes AS q JOIN article_versions AS v
    ON v.id = q.version_id AND v.current = 1 WHERE q.source_name_id = n.id) AS articles
FROM source_names AS n WHERE statements + claims > 0 ORDER BY n.id
"""
CHANGES = [
    "UPDATE article_versions SET current = 0 WHERE id % 3 = 0",
    "DELETE FROM quotes WHERE id % 5 = 0",
    "DELETE FROM claims WHERE id % 4 = 0",
    """
    INSERT INTO quotes (version_id, run_id, start, "end", text, kind, source_name_id)
    SELECT version_id, run_id, start, "end", text, 'direct', 1 FROM quotes WHERE id % 7 = 0
    """,
    """
    INSERT INTO claims (version_id, run_id, start, "end", text, value, unit, comparator, direction, measure, modality,
      source_name_id)
    SELECT version_id, run_id, start, "end", text, 1, unit, comparator, direction, measure, modality, 1
    FROM claims WHERE id % 7 = 0
    """,
    "DELETE FROM articles WHERE rowid % 7 = 0",
    "DELETE FROM article_versions WHERE id % 11 = 0",
]
TURNED = """
UPDATE article_versions SET current = 1 - current WHERE id % 5 = 0 AND article_id NOT IN
  (SELECT article_id FROM article_versions WHERE version = 2)
"""
"""Versions that are current no more, and some that are so again."""


@pytest.fixture(scope="module")
def db() -> Iterator[Database]:
    with store.open_db(":memory:") as filled:
        fill(filled, 1_000)
        yield filled


def test_a_database_that_was_filled_has_its_tallies(db: Database) -> None:
    kept = db.execute(KEPT).fetchall()
    assert kept == db.execute(COUNTED).fetchall()
    assert len(kept) > 100


@pytest.mark.parametrize("change", CHANGES)
def test_tallies_follow_every_change(db: Database, change: str) -> None:
    before = db.execute(KEPT).fetchall()
    db.execute("SAVEPOINT here")
    try:
        assert db.execute(change).rowcount > 0
        after = db.execute(KEPT).fetchall()
        assert after == db.execute(COUNTED).fetchall()
        assert after != before
        db.execute(TURNED)
        assert db.execute(KEPT).fetchall() == db.execute(COUNTED).fetchall()
    finally:
        db.execute("ROLLBACK TO here")
        db.execute("RELEASE here")
