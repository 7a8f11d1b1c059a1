"""The stories on one target as they became known: at the later of publication and first sight, earliest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from newsig.records import Sentiment
from newsig.store.rows import from_row
from newsig.store.schema import rows
from newsig.store.toning import FOUND

SEEN = """
max(v.seen_at, coalesce(iif(length(v.published) = 10, v.published || 'T00:00:00+00:00', v.published_utc), ''))
"""
PRINTED = "iif(length(v.published) = 10, v.published || 'T23:59:59.999999+00:00', v.published_utc)"
"""When a story counts as known, in UTC. One of which only the day is known was out by the time it was seen, on that day
or later; in an archive it may have come at any hour of the day, and so counts from the end of it."""

KNOWN = """
WITH ours AS (SELECT version_id FROM sentiments WHERE symbol = :target
  UNION SELECT version_id FROM sentiments WHERE segment = :target),
known AS (SELECT v.id, v.article_id, v.version, v.title, v.published, v.published_utc, v.seen_at, v.past, {at} AS at
  FROM article_versions AS v
  WHERE v.article_id IN (SELECT article_id FROM article_versions WHERE id IN (SELECT version_id FROM ours))),
latest AS (SELECT *, max(version) AS version FROM known WHERE at < :until AND past = 0 GROUP BY article_id)
SELECT * FROM latest WHERE id IN (SELECT version_id FROM ours) AND at >= :since ORDER BY at, id
"""
DECIDED = """
SELECT v.outcome AS outcome FROM claims AS c JOIN verdicts AS v ON v.claim_id = c.id
WHERE c.version_id = :version AND v.outcome != 'undecided' AND (c.symbol = :target OR c.segment = :target)
  AND coalesce(v.end_date, '') <= :as_of
ORDER BY c.start, c.id
"""
UNTIMED = """
SELECT count(*) AS untimed FROM article_versions WHERE current = 1 AND published_utc IS NULL AND id IN (
  SELECT version_id FROM sentiments WHERE symbol = :target
  UNION SELECT version_id FROM sentiments WHERE segment = :target)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A version of a story with the tone of its sentences towards the target (``ours``) and towards ``others``.

    ``at`` is the moment at which it counts as known, ``seen_at`` that at which it was first seen so; ``outcomes`` are
    the verdicts on its decided claims of the target.
    """

    version_id: int
    article_id: str
    title: str | None
    published: str | None
    at: datetime
    seen_at: datetime
    ours: tuple[Sentiment, ...]
    others: tuple[Sentiment, ...]
    outcomes: tuple[str, ...]


def signals(
    db: Database, target: str, *, archive: bool = False, since: date | None = None, as_of: date | None = None
) -> Iterator[Signal]:
    """The stories that speak of the target, a symbol or the id of a segment in any case, each in one version.

    A story counts from the later of its publication and the moment when this version of it was first seen;
    ``archive`` takes what was published for seen then, and leaves out what is of unknown date. Of each story comes the
    last version known by the end of ``as_of`` (UTC), whether or not another took its place since, and with it the
    verdicts on claims whose last session is not after that day; None for all that is stored. ``since`` is the first day
    (UTC) from which stories come.
    """
    bound = {"since": (since or date.min).isoformat(), "until": f"{(as_of or date.max).isoformat()}T24"}
    known = {"target": target, "as_of": (as_of or date.max).isoformat()}
    for head in rows(db, KNOWN.format(at=PRINTED if archive else SEEN), {"target": target} | bound):
        found = list(rows(db, FOUND, (target, target, head["id"])))
        ours, others = (
            tuple(from_row(Sentiment, row) for row in found if bool(row["ours"]) == wanted) for wanted in (True, False)
        )
        yield Signal(
            version_id=head["id"],
            article_id=head["article_id"],
            title=head["title"],
            published=head["published"],
            at=datetime.fromisoformat(head["at"]),
            seen_at=datetime.fromisoformat(head["seen_at"]),
            ours=ours,
            others=others,
            outcomes=tuple(row["outcome"] for row in rows(db, DECIDED, known | {"version": head["id"]})),
        )


def signal_versions(db: Database, target: str, *, archive: bool = False, as_of: date | None = None) -> list[int]:
    """The numbers of the versions that `signals` gives from all days."""
    bound = {"since": date.min.isoformat(), "until": f"{(as_of or date.max).isoformat()}T24"}
    return [row["id"] for row in rows(db, KNOWN.format(at=PRINTED if archive else SEEN), {"target": target} | bound)]


def untimed(db: Database, target: str) -> int:
    """How many current articles on the target are of unknown date."""
    (row,) = rows(db, UNTIMED, {"target": target})
    return int(row["untimed"])
