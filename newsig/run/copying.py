"""Which stories are copies of one another, and which one counts for all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newsig import store
from newsig.compare.clusters import counted_before, originals
from newsig.compare.likeness import Wording, copied, wording_of
from newsig.run.desks import Desk, Tally
from newsig.store import copies as stored

if TYPE_CHECKING:
    from sqlite_utils import Database

KEPT = 256
"""Wordings that are kept while others are held against them, of about 100 kB each."""


def cluster(desk: Desk) -> Tally:
    """Look at every version that was not looked at yet, and link it with the copies of it, and with what it copies.

    Counts ``compared`` versions and those that are ``linked`` to an earlier looked-at one. Cut off at any moment and
    started again it comes to the same; so it does in whatever order the stories arrive.
    """
    tally = Tally()
    wording = _remembering(desk.db)
    stored.forget_other_rules(desk.db)
    for page in stored.unsketched(desk.db):
        with store.transaction(desk.db, "copies"):
            for version in page:
                if stored.is_sketched(desk.db, version):
                    continue
                tally.counts["compared"] += 1
                tally.counts["linked"] += _link(desk.db, version, wording)
    return tally


def _remembering(db: Database) -> Callable[[int], Wording]:
    return lru_cache(maxsize=KEPT)(lambda version_id: wording_of(stored.text_of(db, version_id)))


def _link(db: Database, version: stored.Unsketched, wording: Callable[[int], Wording]) -> bool:
    """Whether it is linked to any."""
    from newsig.read.copies import buckets

    words = wording(version.version_id)
    where = buckets(words.runs, words.lead)
    near = stored.may_be_alike(db, version, where)
    alike = {other: share for other in near if (share := copied(words, wording(other))) is not None}
    stored.save_sketch(db, version, words=words.size, buckets=where, alike=alike)
    return bool(alike)


def copies_among(db: Database, versions: Sequence[int], *, without: Collection[int] = ()) -> dict[int, int]:
    """Those of some current versions that count for nothing beside the others, each with the one that counts for it:
    of a cluster the one that was published first, of which nothing is missing (``without`` names those)."""
    return _left_out(versions, stored.kin_as_they_stand(db, versions), without)


def copies_as_they_came(db: Database, versions: Sequence[int], *, archive: bool, as_of: date | None) -> dict[int, int]:
    """Those of some versions that count for nothing beside the others, each with the one that counts for it: of a
    cluster the one that was known first, since nobody could tell it from an original by what was to come. ``archive``
    and ``as_of`` are those of `newsig.store.signals`."""
    return _left_out(versions, stored.kin_as_they_came(db, versions, archive=archive, as_of=as_of))


def _left_out(versions: Sequence[int], kin: stored.Kin, without: Collection[int] = ()) -> dict[int, int]:
    asked = set(versions)
    order = sorted((one for one in kin.order if one in asked), key=lambda one: one in without)
    return counted_before(order, originals(kin.order, kin.alike))


def clusters(
    db: Database,
    *,
    article: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """The clusters of current articles, earliest original first, as rows of plain JSON values: the original with the
    number of its ``copies``, then each copy with the share of ``words`` that the shorter of the two has from the other.

    ``article`` is an id or a part of a title, whose cluster alone is meant; ``since`` and ``until`` are days in UTC,
    both included, in which an original appeared; at most ``limit`` clusters.

    Raises:
        StoreError: no article, or several, are meant by ``article``.
    """
    meant = None if article is None else store.find_story(db, article)
    asked = stored.linked(db) if meant is None else stored.current_versions(db, [meant])
    kin = stored.kin_as_they_stand(db, asked)
    of = originals(kin.order, kin.alike)
    groups: dict[int, list[int]] = {}
    for version in kin.order:
        for original in of[version]:
            groups.setdefault(original, []).append(version)
    heads = stored.heads(db, kin.order)
    kept = [group for group in groups.values() if len(group) > 1 and _is_meant(heads, group, meant, since, until)]
    return [row for group in kept[:limit] for row in _rows(group, heads, kin)]


def _is_meant(
    heads: dict[int, dict[str, Any]], group: Sequence[int], article: str | None, since: date | None, until: date | None
) -> bool:
    first = heads[group[0]]
    day = date.fromisoformat(first["at"][:10])
    inside = (since or date.min) <= day <= (until or date.max)
    return inside and (article is None or any(heads[one]["article_id"] == article for one in group))


def _rows(group: Sequence[int], heads: dict[int, dict[str, Any]], kin: stored.Kin) -> Iterator[dict[str, Any]]:
    original = group[0]
    for version in group:
        head = {name: value for name, value in heads[version].items() if name not in ("id", "at")}
        yield {
            "original": heads[original]["article_id"],
            "copies": len(group) - 1 if version == original else None,
            "share": None if version == original else kin.alike[version][original],
            **head,
        }


def to_compare(db: Database) -> int:
    """How many current articles were not held against the others yet."""
    return stored.to_compare(db)


def stories_of(db: Database, articles: Iterable[str]) -> dict[str, list[str]]:
    """The originals of current articles, all by their ids; what nobody copied, and copies nothing, is left out."""
    kin = stored.kin_as_they_stand(db, stored.current_versions(db, articles))
    of = originals(kin.order, kin.alike)
    named = stored.heads(db, of)
    return {
        named[version]["article_id"]: [named[one]["article_id"] for one in found]
        for version, found in of.items()
        if kin.alike.get(version)
    }
