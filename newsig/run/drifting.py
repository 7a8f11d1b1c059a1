"""What changed in a story between its versions and its copies, and what contradicts itself inside one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from newsig import store
from newsig.compare.changes import Change
from newsig.compare.conflicts import Conflict
from newsig.compare.conflicts import conflicts as conflicts_in
from newsig.compare.copies import Kinship, Telling, kinship
from newsig.compare.drift import drift as drift_between
from newsig.compare.wording import keys
from newsig.errors import StoreError
from newsig.furniture import find_credits
from newsig.records import Failure, Findings, Span, row
from newsig.run.copying import copies_among

if TYPE_CHECKING:
    from sqlite_utils import Database

    from newsig.settings import Settings
    from newsig.store import Version

NOWHERE = {"text": None, "start": None, "end": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One text that was compared: a version of the story, or a copy by its ``kinship`` with the version that it is
    closest to, null for the versions themselves."""

    version: Version
    kinship: Kinship | None
    telling: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """The changes as rows of plain JSON values, the texts they were found in, the earliest one first, and the texts
    that could not be read."""

    rows: list[dict[str, Any]]
    texts: list[Compared]
    failures: list[Failure]


def drift(db: Database, story: str, settings: Settings) -> Drift:
    """What changed from the earliest text of a story to each of the others: its versions and its copies.

    ``story`` is an article's id or a part of its title. The earliest is the one that was published first, and of those
    the one first seen. Where not all of them were processed under one fingerprint they are read anew, all of them,
    and nothing of that is stored: what two rules read differently is no change.

    Raises:
        StoreError: no story, or several, are meant, or it was not processed yet.
        ModelError: texts must be read anew, and the language model cannot be used.
    """
    texts = _texts(db, store.find_story(db, story))
    failures: list[Failure] = []
    if len({one.version.fingerprint for one in texts}) > 1:
        texts, failures = _read_anew(texts, settings)
    ordered = sorted(texts, key=lambda one: (one.version.at, one.version.seen_at, one.version.id))
    rows = [
        _change_row(change, ordered[0].version, later.version)
        for later in ordered[1:]
        for change in drift_between(ordered[0].telling, later.telling)
    ]
    return Drift(rows=rows, texts=ordered, failures=failures)


def _texts(db: Database, article_id: str) -> list[Compared]:
    of_story = store.versions_of(db, article_id)
    current = of_story[-1]
    if not current.fingerprint:
        raise StoreError(f"article {article_id!r} was not processed yet: run `newsig process` first")
    own = [Compared(version=one, kinship=None, telling=_telling(db, one)) for one in of_story]
    copies = []
    for version in store.may_be_copies(db, current):
        telling = _telling(db, version)
        akin = [kin for one in own if (kin := kinship(one.telling, telling))]
        if akin:
            kin = max(akin, key=lambda one: one.words)
            copies.append(Compared(version=version, kinship=kin, telling=telling))
    return [*own, *copies]


def _telling(db: Database, version: Version) -> Telling:
    return _told(version, store.findings_of(db, version.id))


def _told(version: Version, findings: Findings) -> Telling:
    beside = [credit for line in version.article.credits for credit in find_credits(line)]
    lines = [credit.text for credit in (*findings.credits, *beside) if credit.kind == "correction"]
    return Telling(text=version.article.text, findings=findings, corrections=tuple(lines))


def _read_anew(texts: Sequence[Compared], settings: Settings) -> tuple[list[Compared], list[Failure]]:
    from newsig import extract as extraction

    nlp, mark = extraction.load(settings), extraction.fingerprint(settings)
    found = list(extraction.extract((one.version.article for one in texts), nlp, mark))
    read = [
        replace(one, telling=_told(one.version, findings))
        for one, findings in zip(texts, found, strict=True)
        if isinstance(findings, Findings)
    ]
    return read, [failure for failure in found if isinstance(failure, Failure)]


def _change_row(change: Change, earlier: Version, later: Version) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": change.kind,
        "of": change.of,
        "detail": change.detail,
        "correction": change.correction,
    }
    for name, version, span in (("before", earlier, change.before), ("after", later, change.after)):
        told |= {
            f"{name}_article": version.article.id,
            f"{name}_version": version.number,
            f"{name}_publisher": version.article.publisher,
            **_placed(name, span),
        }
    return told


def _placed(name: str, span: Span | None) -> dict[str, Any]:
    place = row(span) if span else NOWHERE
    return {name: place["text"], f"{name}_start": place["start"], f"{name}_end": place["end"]}


def conflicts(
    db: Database,
    *,
    article: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Iterator[dict[str, Any]]:
    """The claims of one current article that cannot all be true, article by article, as rows of plain JSON values.

    ``article`` is an id or a part of a title; ``since`` and ``until`` are days in UTC, both included, and leave out
    articles of unknown date; at most ``limit`` rows. What a copy has from its original is told once, with the number of
    ``copies`` that repeat it, unless the copy itself is asked for.

    Raises:
        StoreError: no article, or several, are meant by ``article``.
    """
    article_id = None if article is None else store.find_story(db, article)
    texts = store.read_texts(db, article=article_id, since=since, until=until)
    copies = copies_among(db, store.read_versions(db, since=since, until=until)) if article is None else {}
    return islice(_conflict_rows(db, texts, copies), limit)


def _conflict_rows(
    db: Database, texts: Iterator[dict[str, Any]], copies: Mapping[int, int]
) -> Iterator[dict[str, Any]]:
    counting = defaultdict(list)
    for copy, original in copies.items():
        counting[original].append(copy)
    for found in texts:
        conflicts = conflicts_in(store.findings_of(db, found["id"]), found["text"])
        told = _told_in(db, [copies[found["id"]]]) if conflicts and found["id"] in copies else []
        again = _told_in(db, counting[found["id"]]) if conflicts else []
        for conflict in conflicts:
            if _words_of(conflict) in told:
                continue
            yield {
                "article_id": found["article_id"],
                "published": found["published"],
                "title": found["title"],
                "kind": conflict.kind,
                "symbol": conflict.claims[0].symbol,
                "reason": conflict.reason,
                "claims": [
                    {
                        "start": claim.start,
                        "end": claim.end,
                        "text": claim.text,
                        "context": _context(found["text"], claim.start, claim.end),
                    }
                    for claim in conflict.claims
                ],
                "copies": again.count(_words_of(conflict)),
            }


def _told_in(db: Database, versions: Iterable[int]) -> list[tuple[str, ...]]:
    """The words of the conflicts of some versions."""
    return [
        _words_of(conflict)
        for version in versions
        for conflict in conflicts_in(store.findings_of(db, version), store.text_of(db, version))
    ]


def _words_of(conflict: Conflict) -> tuple[str, ...]:
    return (conflict.kind, *(" ".join(keys(claim.text)) for claim in conflict.claims))


def _context(text: str, start: int, end: int, reach: int = 60) -> str:
    """The words of a claim with up to 60 characters on either side, as the database's views show them."""
    first, last = max(0, start - reach), min(len(text), end + reach)
    words = text[first:last].replace("\r", " ").replace("\n", " ")
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"
