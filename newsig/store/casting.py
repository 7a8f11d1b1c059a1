"""Whom one story quotes: the forms of names that its findings hold, into the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from newsig.records import Claim, Findings, Quote
from newsig.store import ledger
from newsig.store.identity import organisation_key

FIND_NAME = "SELECT id FROM source_names WHERE name = ? AND coalesce(organisation, '') = coalesce(?, '')"
ADD_NAME = """
INSERT INTO source_names (source_id, name, organisation, first_seen, last_seen) VALUES (?, ?, ?, ?, ?)
"""
ADD_SIGHTING = "INSERT INTO source_sightings (name_id, seen, version_id, type, role) VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Met:
    """A form as one story gives it: a name with an organisation, and the first type and role told of it."""

    name: str
    organisation: str | None = None
    type: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom a story's quotes and claims come from, in their order; None for nobody."""

    quotes: tuple[Met | None, ...]
    claims: tuple[Met | None, ...]


def cast(findings: Findings) -> Cast:
    """Who speaks in a story. A name is one form there, unless the story gives it to several organisations."""
    speakers: defaultdict[str, list[Quote]] = defaultdict(list)
    for quote in findings.quotes:
        if quote.speaker:
            speakers[quote.speaker].append(quote)
    forms = {name: _forms(name, quotes) for name, quotes in speakers.items()}
    houses = {quote.organisation for quote in findings.quotes}
    return Cast(
        quotes=tuple(
            forms[quote.speaker][_house(quote.organisation, forms[quote.speaker])] if quote.speaker else None
            for quote in findings.quotes
        ),
        claims=tuple(_behind(claim, forms, houses) for claim in findings.claims),
    )


def _forms(name: str, quotes: Iterable[Quote]) -> dict[str | None, Met]:
    """The forms of one name in one story, by the keys of their organisations."""
    keys = {organisation_key(quote.organisation) for quote in quotes if quote.organisation}
    said: defaultdict[str | None, list[Quote]] = defaultdict(list)
    for quote in quotes:
        said[_house(quote.organisation, dict.fromkeys(keys))].append(quote)
    return {
        key: Met(
            name,
            next((quote.organisation for quote in those if quote.organisation), None),
            next((quote.speaker_type for quote in those if quote.speaker_type), None),
            next((quote.role for quote in those if quote.role), None),
        )
        for key, those in said.items()
    }


def _house(organisation: str | None, known: Iterable[str | None]) -> str | None:
    """The key of an organisation; of none given, that of the only one known."""
    if organisation:
        return organisation_key(organisation)
    told = list(known)
    return told[0] if len(told) == 1 else None


def _behind(claim: Claim, forms: dict[str, dict[str | None, Met]], houses: set[str | None]) -> Met | None:
    """Who is behind a claim; what spoke through somebody unnamed is an organisation."""
    if not claim.source:
        return None
    known = forms.get(claim.source, {})
    house = _house(None, known)
    return known.get(house) or Met(claim.source, None, "organisation" if claim.source in houses else None)


def save_cast(db: Database, story: Cast, version_id: int, seen: str) -> dict[Met, int]:
    """Keep the forms that a story holds, and that they were met in it; returns their numbers.

    A form that was never met before is a source of its own until `newsig.store.settling.settle` has looked at it.
    """
    found: dict[Met, int] = {}
    for met in filter(None, (*story.quotes, *story.claims)):
        if met not in found:
            found[met] = _name(db, met, seen)
    sightings: dict[int, Met] = {}
    for met, name_id in found.items():
        sightings.setdefault(name_id, met)
    db.conn.executemany(
        ADD_SIGHTING, [(name_id, seen, version_id, met.type, met.role) for name_id, met in sightings.items()]
    )
    return found


def _name(db: Database, met: Met, seen: str) -> int:
    row = db.execute(FIND_NAME, [met.name, met.organisation]).fetchone()
    if row:
        return int(row[0])
    source_id = ledger.add_source(db, met.name)
    return int(db.execute(ADD_NAME, [source_id, met.name, met.organisation, seen, seen]).lastrowid or 0)


def names_in(db: Database, version_id: int) -> list[int]:
    """The forms that were met in a version of an article."""
    found = db.execute("SELECT name_id FROM source_sightings WHERE version_id = ?", [version_id])
    return [name_id for (name_id,) in found]
