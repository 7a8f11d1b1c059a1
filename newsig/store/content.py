"""What of an article makes a version, and what cannot be kept of one."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime

from newsig.errors import StoreError
from newsig.records import Article, row
from newsig.store.rows import published_in_utc


def check_text(article: Article) -> None:
    """SQLite keeps a text with a NUL in it, but most of what reads it ends there.

    Raises:
        StoreError: there is one.
    """
    for name, value in row(article).items():
        if "\0" in "".join([value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []):
            raise StoreError(f"article {article.id!r}: its {name} holds U+0000, which cannot be stored as text")


def moment_of(article: Article) -> str | None:
    """When an article was published, in UTC, as text that sorts by time.

    Raises:
        StoreError: there is no such time in UTC.
    """
    try:
        return published_in_utc(article.published)
    except (OverflowError, ValueError) as error:
        raise StoreError(f"article {article.id!r}: its date {article.published} cannot be told in UTC") from error


def content_digest(article: Article) -> str:
    """The same for the same words and moment, whatever zone the moment is written in: sha256, hexadecimal.

    A dateline says in whose zone the story's days are; credits around a story leave what it says as it is.

    Raises:
        StoreError: its date cannot be told in UTC.
    """
    published = moment_of(article) if isinstance(article.published, datetime) else article.published
    content = [article.title, article.text, published.isoformat() if isinstance(published, date) else published]
    if article.dateline is not None:
        content.append(article.dateline)
    if article.standing is not None:
        content.append(article.standing)
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
