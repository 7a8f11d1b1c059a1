"""Which source each form of a name points at, as `newsig.store.identity` and the user's choices have it.

Nothing here opens a transaction: it is a part of whoever saves findings, merges sources or upgrades a file. Only the
forms that could be one with those that changed are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from newsig.store import ledger
from newsig.store.identity import Form, groups, keys, plain

HEARD = """EXISTS (
  SELECT 1 FROM source_sightings AS s CROSS JOIN article_versions AS v ON v.id = s.version_id AND v.current = 1
  WHERE s.name_id = {form})"""
"""Whether a form is met in an article as that stands now; the left table is read first, and no further than needed."""

SIGHTINGS = """
FROM source_sightings AS s CROSS JOIN article_versions AS v ON v.id = s.version_id
WHERE s.name_id = :id AND v.current >= :heard
"""
"""Those that tell of a form: what a correction took back counts only where no article says otherwise."""

REFRESH_FORM = f"""
UPDATE source_names SET
  type = (SELECT s.type {SIGHTINGS} AND s.type IS NOT NULL ORDER BY s.seen DESC, v.version DESC, s.type DESC LIMIT 1),
  role = (SELECT s.role {SIGHTINGS} AND s.role IS NOT NULL ORDER BY s.seen DESC, v.version DESC, s.role DESC LIMIT 1),
  role_seen = (SELECT s.seen {SIGHTINGS} AND s.role IS NOT NULL ORDER BY s.seen DESC LIMIT 1),
  first_seen = (SELECT s.seen {SIGHTINGS} ORDER BY s.seen LIMIT 1),
  last_seen = (SELECT s.seen {SIGHTINGS} ORDER BY s.seen DESC LIMIT 1)
WHERE id = :id AND EXISTS (SELECT 1 FROM source_sightings WHERE name_id = :id)
"""  # noqa: S608 - our own words
FORMS = f"FROM source_names AS n WHERE n.source_id = :id AND (NOT :heard OR {HEARD.format(form='n.id')})"
"""Those that tell of a source, in the same way."""

REFRESH_SOURCE = f"""
UPDATE sources SET
  name = (SELECT name {FORMS} ORDER BY last_seen DESC, length(name) DESC, name DESC LIMIT 1),
  type = (SELECT type {FORMS} AND type IS NOT NULL ORDER BY last_seen DESC, type DESC LIMIT 1),
  role = (SELECT role {FORMS} AND role IS NOT NULL ORDER BY role_seen DESC, role DESC LIMIT 1),
  organisation = (SELECT organisation {FORMS} AND organisation IS NOT NULL
    ORDER BY last_seen DESC, length(organisation) DESC, organisation DESC LIMIT 1),
  first_seen = (SELECT min(first_seen) {FORMS}),
  last_seen = (SELECT max(last_seen) {FORMS})
WHERE id = :id
"""  # noqa: S608 - our own words
FORM_HEARD = f"SELECT {HEARD.format(form='?')}"
SOURCE_HEARD = f"SELECT EXISTS (SELECT 1 FROM source_names AS n WHERE n.source_id = ? AND {HEARD.format(form='n.id')})"  # noqa: S608
DROP_SILENT_FORM = """
DELETE FROM source_names WHERE id = :id
  AND NOT EXISTS (SELECT 1 FROM source_sightings WHERE name_id = :id)
  AND NOT EXISTS (SELECT 1 FROM source_choices WHERE name_id = :id)
"""
DROP_EMPTY_SOURCE = (
    "DELETE FROM sources WHERE id = :id AND NOT EXISTS (SELECT 1 FROM source_names WHERE source_id = :id)"
)
BLOCK = """
SELECT n.id, n.name, n.organisation, n.type, n.source_id, n.key, n.initials, c.source_id AS chosen
FROM source_names AS n LEFT JOIN source_choices AS c ON c.name_id = n.id
"""


def settle(db: Database, touched: Iterable[int], at: str) -> None:
    """Bring up to date what hangs on these forms, after sightings of them came or went, or were taken back.

    A form that is met no more goes, and its source with the last of its forms, unless a user decided on it. Merges
    that follow are recorded as made ``at`` that time.
    """
    sources, compared = set[int](), set[tuple[str, str | None]]()
    for name_id in touched:
        row = next(db.query("SELECT * FROM source_names WHERE id = ?", [name_id]), None)
        if row is None:
            continue
        sources.add(row["source_id"])
        before = None if row["key"] is None else (row["key"], row["initials"])
        if db.execute(DROP_SILENT_FORM, {"id": name_id}).rowcount:
            compared |= {before} if before else set()
            continue
        _refresh(db, REFRESH_FORM, FORM_HEARD, name_id)
        (type_,) = db.execute("SELECT type FROM source_names WHERE id = ?", [name_id]).fetchone()
        now = keys(row["name"], type_)
        if before != now or type_ != row["type"]:
            _compare_by(db, name_id, row, now)
            compared |= {now} | ({before} if before else set())
    rearrange(db, compared, at, sources)


def _refresh(db: Database, sql: str, ask: str, number: int) -> None:
    """Fill in what a form or a source says, from what articles say now if any of them tells of it."""
    (heard,) = db.execute(ask, [number]).fetchone()
    db.execute(sql, {"id": number, "heard": heard})


def settle_all(db: Database) -> None:
    """Look at every form anew; merges that follow are recorded as made when articles were last processed."""
    (at,) = db.execute("SELECT coalesce(max(started_at), '') FROM runs").fetchone()
    settle(db, [name_id for (name_id,) in db.execute("SELECT id FROM source_names ORDER BY id")], at)


def _compare_by(db: Database, name_id: int, row: Mapping[str, Any], now: tuple[str, str | None]) -> None:
    organisation = row["organisation"]
    db.execute(
        "UPDATE source_names SET key = ?, initials = ?, plain_name = ?, plain_organisation = ? WHERE id = ?",
        [*now, plain(row["name"]), None if organisation is None else plain(organisation), name_id],
    )


def rearrange(db: Database, compared: Collection[tuple[str, str | None]], at: str, touched: Iterable[int] = ()) -> None:
    """Give every form that could be one with those of the given keys to its source.

    The ``touched`` sources are brought up to date as well.
    """
    block = _block(db, compared)
    sources = {*touched, *(row["source_id"] for row in block.values())}
    for place in _places(db, block, at):
        sources.add(place.source_id)
        _move(db, place, block, at)
    for source_id in sorted(sources):
        db.execute(DROP_EMPTY_SOURCE, {"id": source_id})
        _refresh(db, REFRESH_SOURCE, SOURCE_HEARD, source_id)


def _block(db: Database, compared: Collection[tuple[str, str | None]]) -> dict[int, dict[str, Any]]:
    """The forms of these keys and initials, and of the keys and initials of these, until there are no more."""
    found: dict[int, dict[str, Any]] = {}
    waiting = {("key", key) for key, _ in compared} | {("initials", letters) for _, letters in compared if letters}
    done = set(waiting)
    while waiting:
        column, value = waiting.pop()
        for row in db.query(f"{BLOCK} WHERE n.{column} = ?", [value]):
            found[row["id"]] = row
            new = {(name, row[name]) for name in ("key", "initials") if row[name]} - done
            waiting |= new
            done |= new
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The source that forms are to point at.

    ``absorbed`` are sources that end in it; ``own`` says that it came, or came back, for these forms.
    """

    source_id: int
    forms: frozenset[int]
    absorbed: frozenset[int] = frozenset()
    own: bool = False


def _places(db: Database, block: Mapping[int, Mapping[str, Any]], at: str) -> list[_Place]:
    """Where the forms of a block belong; of the sources that are to be one, the earliest stays."""
    grouped = groups(
        Form(id=row["id"], name=row["name"], organisation=row["organisation"], type=row["type"], chosen=row["chosen"])
        for row in block.values()
    )
    owned: defaultdict[frozenset[int], set[int]] = defaultdict(set)
    for source_id, forms in _owners(db, block, [group.forms for group in grouped]).items():
        owned[forms].add(source_id)
    places = []
    for group in sorted(grouped, key=lambda group: min(group.forms)):
        ours = owned[group.forms]
        source_id = group.chosen or min(ours, default=0)
        own = not source_id
        if own:
            source_id = _own_source(db, block, group.forms, at)
        places.append(_Place(source_id=source_id, forms=group.forms, absorbed=frozenset(ours - {source_id}), own=own))
    return places


def _owners(
    db: Database, block: Mapping[int, Mapping[str, Any]], grouped: Iterable[frozenset[int]]
) -> dict[int, frozenset[int]]:
    """Which forms a source goes on with where they part: those with its first form that no rule brought to it.

    A source that a user chose for forms goes on with these.
    """
    present: defaultdict[int, list[tuple[int, frozenset[int]]]] = defaultdict(list)
    for forms in grouped:
        for form in forms:
            present[block[form]["source_id"]].append((form, forms))
    owners = {}
    for source_id, those in present.items():
        if db.execute("SELECT 1 FROM source_choices WHERE source_id = ?", [source_id]).fetchone():
            continue
        parting = len({forms for _, forms in those}) > 1
        brought = {form for form, _ in those if parting and ledger.standing(db, [form])}
        _, owners[source_id] = min(those, key=lambda pair: (pair[0] in brought, pair[0]))
    return owners


def _own_source(db: Database, block: Mapping[int, Mapping[str, Any]], forms: frozenset[int], at: str) -> int:
    """A source of their own for forms that leave one: that from which a rule took them, else a new one."""
    name = block[min(forms)]["name"]
    former = ledger.standing(db, forms)
    for merge_id in sorted(former, key=lambda merge_id: (ledger.moved(db, merge_id) != forms, -merge_id)):
        if not ledger.exists(db, former[merge_id]):
            ledger.bring_back(db, former[merge_id], name, "rule", at)
            return former[merge_id]
    return ledger.add_source(db, name)


def _move(db: Database, place: _Place, block: Mapping[int, Mapping[str, Any]], at: str) -> None:
    """Let forms point at their source, and record what that merges and parts."""
    leaving: defaultdict[int, set[int]] = defaultdict(set)
    for form in place.forms:
        if block[form]["source_id"] != place.source_id:
            leaving[block[form]["source_id"]].add(form)
    for former, forms in sorted(leaving.items()):
        db.conn.executemany(
            "UPDATE source_names SET source_id = ? WHERE id = ?", [(place.source_id, form) for form in sorted(forms)]
        )
        if former in place.absorbed:
            ledger.record(db, place.source_id, former, forms, "rule", at)
            continue
        for merge_id, merged in ledger.standing(db, forms).items():
            if ledger.moved(db, merge_id) <= forms:
                ledger.undo(db, merge_id, "rule", at)
                if not place.own:  # it only went from one source to another
                    ledger.record(db, place.source_id, merged, ledger.moved(db, merge_id), "rule", at)
