"""What a database's articles were read as, article by article, and what read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from newsig.store.schema import rows

READ = """
SELECT article_id, id, content_hash FROM article_versions WHERE current = 1 AND run_id IS NOT NULL ORDER BY article_id
"""
MAKERS = """
SELECT fingerprint, details FROM runs WHERE id IN (
  SELECT run_id FROM article_versions WHERE current = 1 AND run_id IS NOT NULL) ORDER BY id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadVersion:
    """The current version of an article that was processed: its number, and the digest of what it says."""

    article_id: str
    version_id: int
    content: str


def read_now(db: Database) -> Iterator[ReadVersion]:
    """The articles that were processed, as they stand now, by their id."""
    for row in rows(db, READ):
        yield ReadVersion(article_id=row["article_id"], version_id=row["id"], content=row["content_hash"])


def makers(db: Database) -> dict[str, Mapping[str, Any]]:
    """What read them: the parts of each fingerprint, spelled out."""
    return {row["fingerprint"]: json.loads(row["details"]) for row in rows(db, MAKERS)}
