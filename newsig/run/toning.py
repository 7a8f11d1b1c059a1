"""The tone of the stored articles towards one target: by day, by article, or by whose view it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from newsig import store
from newsig.compare.narrative import (
    Earlier,
    Reading,
    Sentence,
    attention_of_all,
    narrative,
    of_title,
    reading,
)
from newsig.records import row
from newsig.run.copying import copies_among
from newsig.store.identity import plain

if TYPE_CHECKING:
    from sqlite_utils import Database

By = Literal["day", "article", "holder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tones:
    """Rows of plain JSON values, with what they do not tell.

    ``undated`` is how many articles of unknown date speak of the target: where days were asked for they are left out,
    else they stand last. ``copies`` is how many articles were left out because another one of their cluster counts,
    see `newsig.run.copying`. ``waiting`` is how many articles of these days were not processed yet, ``failed`` how many
    could not be. ``models`` are those that judged the tones of the rows.
    """

    rows: list[dict[str, Any]]
    undated: int
    copies: int
    waiting: int
    failed: int
    models: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """The readings of one article by holder: under none, where they are not told apart, is that of them all."""

    article_id: str
    is_copy: bool
    published: str | None
    day: str | None
    title: str | None
    readings: dict[str | None, Reading]
    models: frozenset[str]


def tones(
    db: Database,
    target: str,
    by: By,
    *,
    since: date | None = None,
    until: date | None = None,
    holder: str | None = None,
    limit: int | None = None,
) -> Tones:
    """The narrative index towards a target, or the tone of each article, as `newsig.compare.narrative` has them.

    ``target`` is a symbol or the id of a segment, in any case; a segment takes in its instruments. ``since`` and
    ``until`` are days in UTC, both included. ``holder`` is a part of the name, whatever its case and accents, of those
    whose views alone count. By day come the earliest days first, by article the earliest articles, by holder those with
    most sentences; at most ``limit`` rows.
    """
    found = list(_read(db, target, since, until, None if holder is None else plain(holder), by == "holder"))
    dated = [one for one in found if one.day is not None]
    undated = [one for one in found if one.day is None]
    asked_for_days = since is not None or until is not None
    kept = dated if asked_for_days else dated + undated
    name = {"target": store.target_name(db, target)}
    waiting, failed = store.waiting(db, since=since, until=until)
    rows = {"day": _by_day, "article": _by_article, "holder": _by_holder}[by](kept)
    return Tones(
        rows=[one if by == "holder" else name | one for one in rows][:limit],
        undated=len(undated),
        copies=sum(one.is_copy for one in kept),
        waiting=waiting,
        failed=failed,
        models=sorted(set[str]().union(*(one.models for one in kept))),
    )


def _read(
    db: Database, target: str, since: date | None, until: date | None, holder: str | None, apart: bool
) -> Iterator[_Read]:
    """The readings of the articles from ``since`` on; those shortly before tell what was copied in these."""
    earlier = Earlier()
    first = None if since is None else since - min(store.COPIED_WITHIN, since - date.min)
    by_days = since is not None or until is not None
    left_out = copies_among(db, store.toned_versions(db, target, since=first, until=until, undated=not by_days))
    for article in _in_order(store.toned(db, target, since=first, until=until), left_out):
        groups: defaultdict[str | None, list[Sentence]] = defaultdict(list)
        # One that will be left out must not make copies of those that are shown
        known = Earlier() if by_days and article.day is None else earlier
        marked = known.marked(article.at, article.ours, article.others, apart=apart or holder is not None)
        for sentence in marked if article.version_id not in left_out else _stale(marked):
            if holder is None or (sentence.holder is not None and holder in plain(sentence.holder)):
                groups[sentence.holder if apart else None].append(sentence)
        if not groups or (since is not None and article.day is not None and article.day < since):
            continue
        whole = attention_of_all(article.ours, article.others)
        title = 0.0 if holder is not None else of_title(marked)
        yield _Read(
            article_id=article.article_id,
            is_copy=article.version_id in left_out,
            published=article.published,
            day=article.day.isoformat() if article.day else None,
            title=article.title,
            readings={name: reading(found, whole, title if name is None else 0.0) for name, found in groups.items()},
            models=frozenset(sentiment.basis for sentiment in article.ours),
        )


def _in_order(found: Iterator[store.Toned], copies: Collection[int]) -> Iterator[store.Toned]:
    """The articles with those of one moment that count before their copies."""
    for _, some in groupby(found, key=lambda article: article.at):
        yield from sorted(some, key=lambda article: article.version_id in copies)


def _stale(found: Sequence[Sentence]) -> list[Sentence]:
    return [replace(sentence, stale=True) for sentence in found]


def _by_day(found: Sequence[_Read]) -> Iterator[dict[str, Any]]:
    days: defaultdict[str | None, list[Reading]] = defaultdict(list)
    for one in found:
        days[one.day] += one.readings.values()
    for day, readings in days.items():
        yield {"day": day} | row(narrative(readings))


def _by_article(found: Sequence[_Read]) -> Iterator[dict[str, Any]]:
    for one in found:
        told = {"article_id": one.article_id, "published": one.published, "day": one.day, "title": one.title}
        for read in one.readings.values():
            yield told | row(read) | {"copy": read.copy}


def _by_holder(found: Sequence[_Read]) -> Iterator[dict[str, Any]]:
    holders: defaultdict[str | None, list[Reading]] = defaultdict(list)
    for one in found:
        for holder, read in one.readings.items():
            holders[holder].append(read)
    told = [{"holder": holder} | row(narrative(readings)) for holder, readings in holders.items()]
    yield from sorted(told, key=lambda one: (-one["sentences"], -one["articles"], one["holder"] or ""))
