"""What was read from files, and how far: articles and failures are kept together with the mark behind them, or not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from newsig.errors import StoreError
from newsig.records import Article, Failure, Mark
from newsig.store.failures import record_failure
from newsig.store.rows import in_utc
from newsig.store.save import save_article, save_past_version
from newsig.store.schema import rows, transaction

ONCE = "once-"
"""How the arguments of commands begin that are never gone on with, such as those that read a pipe."""

LEFT = 100
"""So many commands later one of those cannot still be at work."""

Outcome = Literal["new", "revised", "unchanged"] | Failure

KEEP_MARK = """
INSERT INTO ingests (digest, recipe, size, path, grows, run, at_offset, within, number, started_at, finished_at)
VALUES (:digest, :recipe, :size, :path, :grows, :run, :offset, :within, :number, :at, :finished)
ON CONFLICT (digest, recipe) DO UPDATE SET
  path = excluded.path, run = excluded.run, at_offset = excluded.at_offset, within = excluded.within,
  number = excluded.number, finished_at = excluded.finished_at
"""
ROW = re.compile("[0-9]{1,7}")
"""An id that may be the number of a row, of which every table has one alike."""

MET = """
SELECT a.ingest_run, a.origin, v.text, v.updated, v.title FROM articles AS a
LEFT JOIN article_versions AS v ON v.article_id = a.id AND v.current = 1 WHERE a.id = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingest:
    """An input, and how far it was read: see the table ``ingests``.

    ``grown_from`` is the digest under which its beginning was read, before more was appended.
    """

    digest: str
    recipe: str
    size: int
    path: str
    grows: bool
    run: int
    mark: Mark = Mark()  # noqa: RUF009 - frozen
    finished: bool = False
    grown_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An article or failure of an input, and how far that is read with it; ``ingest`` is None where nothing is known of
    an input that could be met again. ``versioned`` and ``broken`` as in `newsig.collect.archives.Met`."""

    found: Article | Failure | None
    run: int
    ingest: Ingest | None = None
    versioned: bool = False
    broken: bool = False


def start_ingest_run(db: Database, arguments: str) -> int:
    """The number of a command with these arguments: that of one which was not brought to its end, else a new one.

    Those that nobody goes on with, being `ONCE`, are forgotten in the end.
    """
    with transaction(db, "ingest"):
        open_ = db.execute("SELECT id FROM ingest_runs WHERE arguments = ?", (arguments,)).fetchone()
        if open_:
            return int(open_[0])
        run = int(db.execute("INSERT INTO ingest_runs (arguments) VALUES (?)", (arguments,)).lastrowid or 0)
        db.execute("DELETE FROM ingest_runs WHERE id < ? AND arguments LIKE ?", (run - LEFT, f"{ONCE}%"))
        return run


def renewed_ingest_run(db: Database, run: int) -> int:
    """A new number for a command that goes on, but met another text where it was cut."""
    with transaction(db, "ingest"):
        (arguments,) = db.execute("SELECT arguments FROM ingest_runs WHERE id = ?", (run,)).fetchone()
        end_ingest_run(db, run)
        return start_ingest_run(db, arguments)


def was_changed(db: Database, new: Ingest) -> bool:
    """Whether the same command was cut within other bytes at the path of an input."""
    sql = "SELECT 1 FROM ingests WHERE path = ? AND run = ? AND digest <> ? AND finished_at IS NULL"
    return db.execute(sql, (_shown(new.path), new.run, new.digest)).fetchone() is not None


def end_ingest_run(db: Database, run: int) -> None:
    """Note that a command was brought to its end."""
    with transaction(db, "ingest"):
        db.execute("DELETE FROM ingest_runs WHERE id = ?", (run,))


def ingested_sizes(db: Database, recipe: str, below: int) -> list[int]:
    """The sizes of the inputs read in this way to which more may have been appended since."""
    sql = "SELECT DISTINCT size FROM ingests WHERE recipe = ? AND grows = 1 AND size < ?"
    return [row["size"] for row in rows(db, sql, (recipe, below))]


def find_ingest(db: Database, new: Ingest, beginnings: Mapping[int, str]) -> Ingest:
    """An input as it is known, or as it was before more was appended; ``new`` where neither is.

    ``beginnings`` are the digests of its first bytes, by their number. What was finished and has since made way for
    other bytes at the same path, or was read in another way since, is new again.
    """
    for size, digest in sorted({**beginnings, new.size: new.digest}.items(), reverse=True):
        found = next(rows(db, "SELECT * FROM ingests WHERE digest = ? AND recipe = ?", (digest, new.recipe)), None)
        if found is None or (size < new.size and not (new.grows and found["grows"])):
            continue
        if found["path"] is None:
            return new
        grown = digest != new.digest
        return Ingest(
            digest=new.digest,
            recipe=new.recipe,
            size=new.size,
            path=new.path if grown or found["finished_at"] is None else found["path"],
            grows=new.grows,
            run=new.run if grown else found["run"],
            mark=Mark(offset=found["at_offset"], within=found["within"], number=found["number"]),
            finished=found["finished_at"] is not None and not grown,
            grown_from=digest if grown else None,
        )
    return new


def keep_group(db: Database, steps: Sequence[Step], at: datetime) -> list[Outcome]:
    """Keep what was read, and how far, in one transaction; gives what became of each step that found something.

    Raises:
        StoreError: nothing of it was kept.
    """
    with transaction(db, "ingest"):
        outcomes = keep_found(db, steps, at)
        keep_marks(db, steps, at)
    return outcomes


def keep_found(db: Database, steps: Sequence[Step], at: datetime) -> list[Outcome]:
    """Keep articles and failures without the marks behind them: half of `keep_group`."""
    with transaction(db, "ingest"):
        outcomes = []
        for step in steps:
            if step.found is None:
                continue
            outcome = _kept(db, step.found, step, at) if isinstance(step.found, Article) else step.found
            if isinstance(outcome, Failure) and _is_first(db, outcome, step):
                record_failure(db, outcome, at)
            outcomes.append(outcome)
        return outcomes


def _is_first(db: Database, failure: Failure, step: Step) -> bool:
    """Whether a failure was not counted before by this command; those of inputs are kept with their marks anyway."""
    if step.ingest is not None:
        return True
    told = (step.run, *(text.encode("utf-8", "backslashreplace").decode() for text in (failure.place, failure.reason)))
    sql = "INSERT INTO ingest_told (run, place, reason) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    return db.execute(sql, told).rowcount == 1


def _kept(db: Database, article: Article, step: Step, at: datetime) -> Outcome:
    try:
        return _saved(db, article, step, at)
    except StoreError as error:
        if error.for_all:  # the database is at fault, not the article
            raise
        return Failure(stage="ingest", place=article.origin or article.id, reason=str(error))


def _saved(db: Database, article: Article, step: Step, at: datetime) -> Outcome:
    """Keep an article, unless the same command met its id with another text and neither says which version it is, or
    its id is a row's number and the story of that number is another one."""
    run, origin, text, updated, title = db.execute(MET, (article.id,)).fetchone() or (None,) * 5
    later = step.versioned or _is_later(article.updated, updated)
    if run == step.run and text != article.text and not later and not _is_earlier(article.updated, updated):
        raise StoreError(f"same id as {origin} ({article.id!r}), but another text")
    differs = text is not None and text != article.text and title != article.title
    if differs and ROW.fullmatch(article.id) and not (later or updated or article.updated):
        raise StoreError(f"same id as {origin} ({article.id!r}), which is another story: map another field to id")
    saved = save_past_version if _is_earlier(article.updated, updated) else save_article
    status = saved(db, article, at).status
    db.execute("UPDATE articles SET ingest_run = ? WHERE id = ?", (step.run, article.id))
    return status


def _is_later(updated: object, stored: str | None) -> bool:
    when, before = _moment(updated), _moment(stored)
    return when is not None and (before is None or when > before)


def _is_earlier(updated: object, stored: str | None) -> bool:
    when, before = _moment(updated), _moment(stored)
    return when is not None and before is not None and when < before


def _moment(value: object) -> datetime | None:
    """A moment, of a record or as stored; None for a day, which orders nothing."""
    when = datetime.fromisoformat(value) if isinstance(value, str) and len(value) > 10 else value
    return when if isinstance(when, datetime) else None


def keep_marks(db: Database, steps: Sequence[Step], at: datetime) -> None:
    """Keep how far inputs were read, without what was read: the other half of `keep_group`."""
    last = {step.ingest.digest: step.ingest for step in steps if step.ingest is not None}
    with transaction(db, "ingest"):
        for ingest in last.values():
            _keep_mark(db, ingest, at)


def _shown(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode()


def _keep_mark(db: Database, ingest: Ingest, at: datetime) -> None:
    path = _shown(ingest.path)
    if ingest.grown_from:
        db.execute(
            "UPDATE ingests SET digest = ?, size = ? WHERE digest = ? AND recipe = ?",
            (ingest.digest, ingest.size, ingest.grown_from, ingest.recipe),
        )
    db.execute("UPDATE ingests SET path = NULL WHERE path = ? AND digest <> ?", (path, ingest.digest))
    other_ways = "UPDATE ingests SET path = NULL WHERE digest = ? AND recipe <> ? AND path IS NOT NULL"
    db.execute(other_ways, (ingest.digest, ingest.recipe))
    values = {
        "digest": ingest.digest,
        "recipe": ingest.recipe,
        "size": ingest.size,
        "path": path,
        "grows": ingest.grows,
        "run": ingest.run,
        "offset": ingest.mark.offset,
        "within": ingest.mark.within,
        "number": ingest.mark.number,
        "at": in_utc(at),
        "finished": in_utc(at) if ingest.finished else None,
    }
    db.execute(KEEP_MARK, values)
