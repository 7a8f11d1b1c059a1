"""What tests of batches share: the sample stories as an archive, and a quick way to find something in an article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from newsig.records import Article, Failure, Findings, Mention
from newsig.run import Batch
from newsig.settings import Settings
from newsig.store.parquet import Extracting, Folder, checked, from_bytes, read_manifest, to_table
from tests import fixture_files

K = TypeVar("K")
BAD = "A story that breaks whoever reads it."


def sample() -> list[Article]:
    """The sample stories, and one without a date."""
    stories = [
        Article(
            id=one.id,
            text=one.text,
            title=one.title,
            published=one.published,
            url=f"https://example.com/{one.url_path}",
            publisher=one.publisher,
            authors=one.authors,
        )
        for one in fixture_files.load()
    ]
    return [*stories, Article(id="undated", text="Nvidia fell 3 percent on Monday.")]


def stories(count: int, **fields: Any) -> list[Article]:
    """So many articles of eight days."""
    days = [date(2024, 7, 1 + n % 8) for n in range(count)]
    return [Article(id=f"s{n}", text=f"Story {n} of the day.", published=days[n], **fields) for n in range(count)]


def archive(path: Path, articles: Iterable[Article]) -> Path:
    """A file of articles, with a line behind them that is none."""
    lines = [
        {"id": one.id, "text": one.text, "title": one.title, "publisher": one.publisher, "authors": list(one.authors)}
        | ({"published": one.published.isoformat()} if one.published else {})
        | ({"url": one.url} if one.url else {})
        | ({"updated": one.updated.isoformat()} if one.updated else {})
        for one in articles
    ]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines) + '{"text": "no end\n', encoding="utf-8")
    return path


def first_words(articles: Iterable[tuple[K, Article]], settings: Settings) -> Iterator[tuple[K, Findings | Failure]]:
    """In every article its first three characters, without any model; a failure of one that is `BAD`. What was asked
    for first comes last among four."""
    from newsig import extract

    mark, waiting = extract.fingerprint(settings), list[tuple[K, Article]]()
    for one in articles:
        waiting.append(one)
        while len(waiting) > 3:
            yield _found(*waiting.pop(), mark)
    yield from (_found(*one, mark) for one in waiting)


def _found(key: K, article: Article, fingerprint: str) -> tuple[K, Findings | Failure]:
    if article.text == BAD:
        return key, Failure(stage="extract", place=article.origin or article.id, reason="it broke")
    mention = Mention(start=0, end=3, text=article.text[:3])
    told = {"title": article.title, "published": article.published, "mentions": (mention,)}
    return key, Findings(id=article.id, fingerprint=fingerprint, **told)  # type: ignore[arg-type]


def quick(output: Path | str, settings: Settings | None = None, extract: Extracting = first_words) -> Batch:
    """A batch that needs no model."""
    return Batch(folder=Folder(str(output)), settings=settings or Settings(), extract=extract)


def contents(output: Path | str) -> dict[str, list[dict[str, object]]]:
    """The rows of every file, each read with its checksums."""
    folder = Folder(str(output))
    manifest = read_manifest(folder)
    assert manifest is not None
    return {
        path: to_table(from_bytes(checked(folder, file), path)[0], file.fingerprint).to_pylist()
        for path, file in manifest.files.items()
    }
