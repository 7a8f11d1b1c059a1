"""The article page: its text with all that was found in it lit in place, and beside it what the closes say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsig import run, store
from newsig.records import Claim, Findings, Mention, Quote, Sentiment, Verdict, row
from newsig.report.verdict_words import size
from newsig.serve.answering import AbsentError, Answer, Query, Site
from newsig.serve.differences import differences
from newsig.serve.lighting import Lit, Piece, cut
from newsig.serve.rendering import because, link, render, web
from newsig.store.schema import rows

if TYPE_CHECKING:
    from sqlite_utils import Database

    from newsig.store import Version

TABLES = {"claim": "claims", "quote": "quotes", "mention": "mentions", "tone": "sentiments"}
PLACES = frozenset({"start", "end", "text"})
UNTOLD = frozenset({"in_title", "basis", "place"})
SOURCES = """
SELECT q.id, n.source_id FROM quotes AS q JOIN source_names AS n ON n.id = q.source_name_id WHERE q.version_id = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing that was found: ``key`` is its element on the page, ``at`` the piece of text in which it begins,
    ``fields`` are its names and values in words. A claim may have a verdict, ``because`` says why it is that."""

    key: str
    at: str
    kind: str
    record: Claim | Quote | Mention | Sentiment
    head: str
    fields: tuple[tuple[str, str], ...]
    verdict: Verdict | None = None
    because: str = ""
    source_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A version of an article in lit ``paragraphs``, with its notes by kind; ``versions`` are all that there are of it,
    and ``copies`` the articles that have the same words, as `newsig.run.clusters` gives them."""

    version: Version
    paragraphs: Sequence[Sequence[Piece]]
    notes: Mapping[str, tuple[Note, ...]]
    versions: Sequence[Version]
    copies: Sequence[Mapping[str, Any]]
    url: str | None


def story(db: Database, article_id: str, number: int | None = None) -> Story:
    """An article as it stands, or one of its versions.

    Raises:
        AbsentError: there is none.
        StoreError: the database could not be read.
    """
    versions = store.versions_of(db, article_id)
    version = next((one for one in versions if (one.current if number is None else one.number == number)), None)
    if version is None:
        raise AbsentError(f"There is no article {article_id!r}, or no such version of it.")
    found = store.findings_of(db, version.id)
    keys = {kind: [one["id"] for one in rows(db, _ids(table), (version.id,))] for kind, table in TABLES.items()}
    records: dict[str, Sequence[Any]] = _by_kind(found)
    lit = [
        Lit(key=f"{kind}-{key}", kind=kind, start=one.start, end=one.end, tip=_tip(kind, one))
        for kind in TABLES
        for key, one in zip(keys[kind], records[kind], strict=True)
    ]
    paragraphs = cut(version.article.text, lit)
    begins = {one.key: piece.at for some in paragraphs for piece in some for one in piece.first}
    verdicts = dict(zip(keys["claim"], store.verdicts_of(db, version.id), strict=True))
    sources = {one["id"]: one["source_id"] for one in rows(db, SOURCES, (version.id,))}
    return Story(
        version=version,
        paragraphs=paragraphs,
        notes={
            kind: tuple(
                _note(kind, key, one, begins, verdicts, sources)
                for key, one in zip(keys[kind], records[kind], strict=True)
            )
            for kind in TABLES
        },
        versions=versions,
        copies=[one for one in run.clusters(db, article=article_id) if one["article_id"] != article_id],
        url=web(version.article.url),
    )


def _ids(table: str) -> str:
    return f"SELECT id FROM {table} WHERE version_id = ? ORDER BY id"  # noqa: S608 - one of ours


def _by_kind(found: Findings) -> dict[str, Sequence[Any]]:
    return {"claim": found.claims, "quote": found.quotes, "mention": found.mentions, "tone": found.sentiments}


def _note(
    kind: str,
    key: int,
    one: Any,
    begins: Mapping[str, str],
    verdicts: Mapping[int, Verdict | None],
    sources: Mapping[int, int],
) -> Note:
    verdict = verdicts[key] if kind == "claim" else None
    return Note(
        key=f"{kind}-{key}",
        at=begins.get(f"{kind}-{key}", "main"),
        kind=kind,
        record=one,
        head=_head(kind, one),
        fields=tuple(_fields(row(one))),
        verdict=verdict,
        because=because(row(verdict)) if verdict else "",
        source_id=sources.get(key) if kind == "quote" else None,
    )


def _head(kind: str, one: Any) -> str:
    """What a thing is, in a few words."""
    if kind == "claim":
        subject = one.subject.text if one.subject else one.symbol or (one.segment or "it").replace("_", " ")
        return f"{subject} {size(row(one))}"
    if kind == "quote":
        return str(one.speaker or "somebody unnamed")
    if kind == "tone":
        return f"{one.label} of {one.target.text}"
    return str(one.text)


def _fields(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields that say something, spans by their words."""
    for name, value in told.items():
        if name in PLACES | UNTOLD or value in (None, "", [], ()):
            continue
        if isinstance(value, Mapping):
            value = value["text"]
        elif isinstance(value, list | tuple):
            value = ", ".join(str(one.get("symbol") or one.get("segment")) for one in value)
        elif isinstance(value, float):
            value = f"{value:,.4g}" if value < 1 else f"{value:,.10g}"
        yield name.replace("_", " "), str(value)


def _tip(kind: str, one: Any) -> str:
    fields = " · ".join(f"{name} {value}" for name, value in _fields(row(one)))
    return f"{kind.upper()}: {_head(kind, one)} · {fields}"


def article(db: Database, site: Site, article_id: str, query: Query) -> Answer:
    """The page of an article; or how it differs, ``against`` another version, or ``beside`` another article."""
    told = story(db, article_id, _number(query.get("version")))
    if "against" in query or "beside" in query:
        other = store.versions_of(db, query.get("beside", article_id))
        number = _number(query.get("against"))
        return _differences(site, told, [one for one in other if number in (None, one.number)][-1:])
    return Answer(
        body=render(
            "article.html", title=told.version.article.title or "(no title)", story=told, zone=site.zone, kinds=TABLES
        )
    )


def _number(value: str | None) -> int | None:
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise AbsentError(f"There is no version {value!r}.")
    return int(value)


def _differences(site: Site, told: Story, others: Sequence[Version]) -> Answer:
    if not others:
        raise AbsentError("There is no such version to compare with.")
    earlier, later = sorted((told.version, *others), key=lambda one: (one.at, one.seen_at, one.id))
    return Answer(
        body=render(
            "differences.html",
            title="Differences",
            earlier=earlier,
            later=later,
            changes=differences(earlier.article.text, later.article.text),
            back=link("/article", told.version.article.id),
            zone=site.zone,
        )
    )
