"""The names under which articles were met."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from newsig.store.rows import in_utc
from newsig.store.schema import rows, transaction

MET = """
SELECT ? AS kind, v.article_id, a.url, v.title, v.text, v.feed, v.from_page, v.published FROM article_versions AS v
JOIN articles AS a ON a.id = v.article_id
WHERE v.current = 1 AND v.article_id = {}
"""
BY_KEY = MET.format("(SELECT article_id FROM article_keys WHERE kind = ? AND key = ?)")
BY_ID = MET.format("?")
ADD = "INSERT INTO article_keys (kind, key, article_id, since) VALUES (?, ?, ?, ?) ON CONFLICT (kind, key) DO NOTHING"
MOVE = """
INSERT INTO article_keys (kind, key, article_id, since) VALUES (?, ?, ?, ?)
ON CONFLICT (kind, key) DO UPDATE SET article_id = excluded.article_id, since = excluded.since
WHERE article_id <> excluded.article_id
"""


def met(
    db: Database, keys: Mapping[Any, str], *, known: str | None = None, besides: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The articles, as they stand now, that names lead to, by kind of name, and the one of the id ``known`` as of kind
    "entry"; those of ``besides`` are left out."""
    found = [row for kind, key in keys.items() for row in rows(db, BY_KEY, (kind, kind, key))]
    found += rows(db, BY_ID, ("entry", known)) if known else ()
    return [row | {"from_page": bool(row["from_page"])} for row in found if row["article_id"] not in besides]


def has_article(db: Database, article_id: str) -> bool:
    """Whether there is an article of that id."""
    return next(rows(db, "SELECT 1 FROM articles WHERE id = ?", (article_id,)), None) is not None


def keep_keys(db: Database, keys: Mapping[Any, str], article_id: str, at: datetime) -> None:
    """Let names lead to an article. A guid leads to the story that had it last, every other name to its first one."""
    with transaction(db, f"article {article_id!r}"):
        for kind, key in keys.items():
            db.execute(MOVE if kind == "guid" else ADD, (kind, key, article_id, in_utc(at)))
