"""A story of a feed into the database: as a new article, as a further version of one that is known, or not at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from newsig import store
from newsig.read.identity import Met, keys, only_redated, own_id, poorer, same_story
from newsig.records import Article

if TYPE_CHECKING:
    from sqlite_utils import Database

Status = Literal["new", "revised", "unchanged"]


def keep_story(
    db: Database,
    article: Article,
    at: datetime,
    *,
    from_page: bool,
    known: str | None = None,
    besides: Collection[str] = (),
) -> tuple[str, Status]:
    """Keep a story; gives the id of the article that it is, and what became of it.

    ``known`` is the article that the same entry of the feed was before, ``besides`` those that other entries of the
    feed are now: two entries that stand there together are two stories.

    Raises:
        StoreError: it cannot be stored.
    """
    names = keys(article)
    with store.transaction(db, f"article {article.id!r}"):
        same = same_story(
            article, [Met(**row) for row in store.met(db, names, known=known or article.id, besides=besides)]
        )
        article_id = same.article_id if same else own_id(article, taken=store.has_article(db, article.id))
        status: Status = "unchanged"
        if same is None or not (poorer(article, same, from_page=from_page) or only_redated(article, same)):
            status = store.save_article(db, replace(article, id=article_id), at, from_page=from_page).status
        store.keep_keys(db, names, article_id, at)
        return article_id, status


def withdraw(db: Database, article_id: str, at: datetime) -> Status:
    """Note that the sender took a story back: a further version with the same words, marked as withdrawn."""
    latest = next(version for version in store.versions_of(db, article_id) if version.current)
    taken_back = replace(latest.article, standing="withdrawn")
    return store.save_article(db, taken_back, at, from_page=latest.from_page).status
