"""Who is who across stories: names that are one, forms that find their source in any order, and what users decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from newsig import store
from newsig.errors import StoreError
from newsig.records import Article, Findings, Quote
from newsig.store.identity import Form, groups, kind_of, organisation_key, person_key

NOW = datetime(2024, 7, 18, 6, tzinfo=UTC)
LATER = NOW + timedelta(days=1)

# -- names

NAMES = [
    ("Ada Pell", "ada pell", True),
    ("ADA PELL", "Ada Pell", True),
    ("Mr. Ada Pell", "Ada Pell", True),
    ("Prof. Dr. Ada Pell", "Ada Pell", True),
    ("Sir Ada Pell", "Ada Pell", True),
    ("Prime Minister Ada Pell", "Ada Pell", True),
    ("Vice President Ada Pell", "Ada Pell", True),
    ("Ada Pell, CFA", "Ada Pell", True),
    ("Ada B. Pell", "Ada Pell", True),
    ("Ada B Pell", "Ada Pell", True),
    ("Ada B.C. Pell", "Ada Pell", True),
    ("Zoë Müller-Łukasz", "Zoe Muller-Lukasz", True),
    ("Zoe\u0308 Bell", "Zo\u00eb Bell", True),
    ("Ada O’Pell", "Ada O'Pell", True),
    ("J.P. Marrow", "JP Marrow", True),
    ("J. P. Marrow", "J.P. Marrow", True),
    ("Ada  Pell", "Ada Pell", True),
    ("J. Marrow", "J.P. Marrow", False),
    ("Ada Pell", "Ida Pell", False),
    ("Ada Pell", "Pell", False),
    ("Ada Pell Jr.", "Ada Pell", False),
    ("Ada Bell Pell", "Ada Pell", False),
    ("President Pell", "Pell", False),
    ("General Motors", "Motors", False),
    ("Ada Co", "Ada", False),
    ("か", "が", False),
]


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_people_of_one_name(one: str, other: str, same: bool) -> None:
    assert (person_key(one) == person_key(other)) is same


ORGANISATIONS = [
    ("Pottlewick Holdings Inc", "Pottlewick Holdings", True),
    ("Pottlewick Holdings, Inc.", "POTTLEWICK HOLDINGS", True),
    ("The Pottlewick Group", "Pottlewick", True),
    ("Pottlewick Co., Ltd.", "Pottlewick", True),
    ("Pottlewick & Co", "Pottlewick", True),
    ("Pottlewick and Pell", "Pottlewick & Pell", True),
    ("Pottlewick S.A.", "Pottlewick SA", True),
    ("Société Pottlewick", "Societe Pottlewick", True),
    ("Group", "The Group", True),
    ("Inc", "Corp", False),
    ("Pottlewick Holdings", "Pottlewick", False),
    ("Pottlewick Bank", "Pottlewick", False),
    ("Theodore Pell", "Odore Pell", False),
]


@pytest.mark.parametrize(("one", "other", "same"), ORGANISATIONS)
def test_organisations_of_one_name(one: str, other: str, same: bool) -> None:
    assert (organisation_key(one) == organisation_key(other)) is same


KINDS = [
    ("Ada Pell", "person", "person"),
    ("analysts at Pell", "unnamed", "unnamed"),
    ("analysts at Pell", None, "unnamed"),
    ("van der Pell", "person", "person"),
    ("Pell Inc.", None, "organisation"),
    ("ECB", None, "organisation"),
    ("Inc", None, ""),
    ("Ada Pell", None, ""),
    ("", None, ""),
]


@pytest.mark.parametrize(("name", "type_", "kind"), KINDS)
def test_what_a_speaker_is(name: str, type_: str | None, kind: str) -> None:
    assert kind_of(name, type_) == kind


# -- forms

Told = tuple[str, str | None, str | None]
"""A name, its organisation, and what it is."""

PERSON, HOUSE, UNNAMED = "person", "organisation", "unnamed"
WHO: list[tuple[str, list[list[Told]]]] = [
    ("legal endings", [[("Ada Pell", "Pell Inc", PERSON), ("Ada B. Pell", "The Pell Group", PERSON)]]),
    ("no organisation", [[("Ada Pell", None, PERSON), ("Dr Ada Pell", "Pell", PERSON)]]),
    ("two employers", [[("Ada Pell", "Pell", PERSON)], [("Ada Pell", "Old Bank", PERSON)]]),
    (
        "two employers and no organisation",
        [
            [("Ada Pell", "Pell", PERSON)],
            [("Ada Pell", "Old Bank", PERSON)],
            [("Ada Pell", None, PERSON), ("Mr Ada Pell", None, PERSON)],
        ],
    ),
    ("initials of an employer", [[("Ada Pell", "ECB", PERSON), ("Ada Pell", "European Central Bank", PERSON)]]),
    ("initials with small words", [[("Ada Pell", "BoE", PERSON), ("Ada Pell", "Bank of England", PERSON)]]),
    (
        "initials of two employers",
        [
            [("Ada Pell", "ECB", PERSON)],
            [("Ada Pell", "European Central Bank", PERSON)],
            [("Ada Pell", "Eastern Coal Board", PERSON)],
            [("Ada Pell", None, PERSON)],
        ],
    ),
    (
        "initials of another person's employer",
        [[("Ada Pell", "ECB", PERSON)], [("Ida Ross", "Eastern Coal Board", PERSON)]],
    ),
    ("an organisation speaks", [[("Pottlewick Holdings Inc", None, HOUSE), ("Pottlewick Holdings", None, HOUSE)]]),
    ("an organisation of itself", [[("Pell Inc", "Pell", HOUSE), ("The Pell Group", None, HOUSE)]]),
    ("initials speak", [[("ECB", None, HOUSE), ("The European Central Bank", None, HOUSE)]]),
    ("two letters speak", [[("GM", None, HOUSE)], [("Gorse Mills", None, HOUSE)]]),
    (
        "initials of two that speak",
        [[("ECB", None, HOUSE)], [("European Central Bank", None, HOUSE)], [("Eastern Coal Board", None, HOUSE)]],
    ),
    ("not told what it is", [[("Pottlewick Holdings", None, None), ("Pottlewick Holdings Inc", None, HOUSE)]]),
    ("a person or a house", [[("Ada Pell", None, HOUSE)], [("Ada Pell", "Old Bank", PERSON)]]),
    (
        "not told which of the two",
        [[("Ada Pell", None, HOUSE)], [("Ada Pell", "Old Bank", PERSON)], [("Mr Ada Pell", None, None)]],
    ),
    (
        "phrases",
        [
            [("analysts", "Pell", UNNAMED)],
            [("analysts", "Pell Inc", UNNAMED)],
            [("analysts", None, UNNAMED)],
            [("Analysts", None, UNNAMED)],
        ],
    ),
    ("a name like a phrase", [[("analysts", None, UNNAMED)], [("Analysts", None, None)]]),
]


def forms(told: Iterable[Told], chosen: dict[int, int] | None = None) -> list[Form]:
    return [
        Form(id=number, name=name, organisation=organisation, type=type_, chosen=(chosen or {}).get(number))
        for number, (name, organisation, type_) in enumerate(told, 1)
    ]


@pytest.mark.parametrize(("case", "wanted"), WHO, ids=[case for case, _ in WHO])
def test_which_forms_are_one_source(case: str, wanted: list[list[Told]]) -> None:
    every = [told for source in wanted for told in source]
    for order in permutations(every):
        found = [{order[number - 1] for number in group.forms} for group in groups(forms(order))]
        assert sorted(map(sorted_told, found)) == sorted(map(sorted_told, wanted)), case


def sorted_told(source: Iterable[Told]) -> list[tuple[str, ...]]:
    return sorted(tuple(part or "" for part in told) for told in source)


CHOSEN: list[tuple[list[Told], dict[int, int], list[tuple[int | None, set[int]]]]] = [
    # given to one source: what is like them follows
    (
        [("Ada Pell", "Pell", PERSON), ("Ada Pell", "Old Bank", PERSON), ("Ada Pell", None, PERSON)],
        {1: 7, 2: 7},
        [(7, {1, 2, 3})],
    ),
    (
        [("Ada Pell", "Pell", PERSON), ("A. Pellworth", "Q", PERSON), ("Ada Pell", "Pell Inc", PERSON)],
        {1: 8, 2: 8},
        [(8, {1, 2, 3})],
    ),
    # parted: what is like only one of them follows that one, what is like both stays apart
    ([("Ada Pell", "Pell", PERSON), ("Ada Pell", None, PERSON)], {1: 7, 2: 8}, [(7, {1}), (8, {2})]),
    (
        [("Ada Pell", "Pell", PERSON), ("Ada Pell", "Pell Inc", PERSON), ("Ada Pell", "Pell Ltd", PERSON)],
        {1: 7, 2: 8},
        [(None, {3}), (7, {1}), (8, {2})],
    ),
    (
        [("Ada Pell", "ECB", PERSON), ("Ada Pell", "European Central Bank", PERSON), ("Mr Ada Pell", "ECB", PERSON)],
        {1: 7, 2: 8},
        [(7, {1, 3}), (8, {2})],
    ),
    ([("analysts", None, UNNAMED), ("analysts", "Pell", UNNAMED)], {1: 7, 2: 7}, [(7, {1, 2})]),
]


@pytest.mark.parametrize(("told", "chosen", "wanted"), CHOSEN)
def test_what_a_user_chose_stands(
    told: list[Told], chosen: dict[int, int], wanted: list[tuple[int | None, set[int]]]
) -> None:
    found = [(group.chosen, set(group.forms)) for group in groups(forms(told, chosen))]
    assert sorted(found, key=str) == sorted(wanted, key=str)


# -- the database


def story(
    number: int, *told: Told, role: str | None = None, fingerprint: str = "rules-1", edition: int = 1
) -> tuple[Article, Findings]:
    """An article of its own day in which each of these says something; a later edition corrects it."""
    text = "word " * (2 + edition)
    article = Article(id=f"story-{number}", text=text, published=datetime(2024, 7, 1 + number, tzinfo=UTC))
    quotes = tuple(
        Quote(
            **at(place, 4, text),
            kind="indirect",
            speaker=name,
            organisation=organisation,
            speaker_type=type_,  # type: ignore[arg-type]
            role=role,
        )
        for place, (name, organisation, type_) in enumerate(told)
    )
    return article, Findings(id=article.id, fingerprint=fingerprint, published=article.published, quotes=quotes)


def at(place: int, length: int, text: str) -> dict[str, Any]:
    start = place * 5
    return {"start": start, "end": start + length, "text": text[start : start + length]}


def save(db: Database, *stories: tuple[Article, Findings]) -> None:
    for article, found in stories:
        version = store.save_article(db, article, NOW).version_id
        store.save_findings(db, version, found, store.start_run(db, found.fingerprint, {}, NOW))


def told_in(db: Database) -> list[list[Told]]:
    """The forms in the database by their source, without numbers."""
    found: dict[int, list[Told]] = {}
    for row in db.query("SELECT * FROM source_names"):
        found.setdefault(row["source_id"], []).append((row["name"], row["organisation"], row["type"]))
    return sorted([tuple(part or "" for part in told) for told in sorted_told(source)] for source in found.values())  # type: ignore[misc]


def sources_in(db: Database) -> list[tuple[Any, ...]]:
    """The sources without their numbers, which tell who came first."""
    columns = "name, type, role, organisation, first_seen, last_seen"
    return sorted(db.execute(f"SELECT {columns} FROM sources"), key=str)  # noqa: S608


LEDGER = ("source_merges", "source_merge_names", "source_choices", "sqlite_sequence")
"""What remembers every merge, and so is never as it was before."""


def everything(db: Database, *but: str) -> dict[str, list[Any]]:
    return {name: list(db.table(name).rows) for name in db.table_names() if "fts" not in name and name not in but}


@pytest.fixture
def db() -> Iterator[Database]:
    with store.open_db(":memory:") as opened:
        yield opened


@pytest.mark.parametrize(("case", "wanted"), WHO, ids=[case for case, _ in WHO])
def test_the_database_knows_who_is_who_in_any_order(case: str, wanted: list[list[Told]]) -> None:
    every = [told for source in wanted for told in source]
    stories = [story(number, told) for number, told in enumerate(every)]
    outcomes = []
    for order in permutations(stories):
        with store.open_db(":memory:") as db:
            save(db, *order)
            outcomes.append((told_in(db), sources_in(db)))
            assert sound(db)
    assert outcomes[0][0] == sorted(map(sorted_told, wanted)), case
    assert outcomes == [outcomes[0]] * len(outcomes)


def sound(db: Database) -> bool:
    """Whether every form has a source, every source a form, and no merge that holds left its source behind."""
    left = db.execute("SELECT count(*) FROM sources WHERE id NOT IN (SELECT source_id FROM source_names)").fetchone()
    held = db.execute(
        "SELECT count(*) FROM source_merges WHERE undone_at IS NULL AND merged_id IN (SELECT id FROM sources)"
    ).fetchone()
    twice = db.execute(
        "SELECT count(*) - count(DISTINCT merged_id) FROM source_merges WHERE undone_at IS NULL"
    ).fetchone()
    strayed = db.execute(
        "SELECT count(*) FROM source_choices AS c JOIN source_names AS n ON n.id = c.name_id "
        "WHERE c.source_id <> n.source_id"
    ).fetchone()
    return [left, held, twice, strayed] == [(0,)] * 4 and not db.execute("PRAGMA foreign_key_check").fetchall()


people = st.sampled_from(["Ada Pell", "Mr. Ada B. Pell", "ADA PELL", "Ida Ross"])
houses = st.sampled_from([None, "Pell", "Pell Inc", "Old Bank", "ECB", "European Central Bank", "Eastern Coal Board"])
speakers = st.one_of(
    st.tuples(people, houses, st.sampled_from([PERSON, PERSON, None])),
    st.tuples(houses.filter(bool), st.none(), st.sampled_from([HOUSE, None])),
    st.tuples(st.sampled_from(["analysts", "a spokesman"]), houses, st.just(UNNAMED)),
)
crowds = st.lists(st.lists(speakers, min_size=1, max_size=3), min_size=1, max_size=6)


@given(crowds, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=80)
def test_the_order_of_the_stories_does_not_matter(crowd: list[list[Told]], chance: Any) -> None:
    stories = [story(number, *told, role=f"role {number % 2}") for number, told in enumerate(crowd)]
    shuffled = chance.sample(stories, len(stories))
    with store.open_db(":memory:") as one, store.open_db(":memory:") as other:
        save(one, *stories)
        save(other, *shuffled)
        assert (told_in(one), sources_in(one)) == (told_in(other), sources_in(other))
        assert sound(one)
        assert sound(other)


@given(crowds, st.data())
@settings(deadline=None, max_examples=60)
def test_what_was_processed_again_is_as_if_it_had_come_so(crowd: list[list[Told]], data: st.DataObject) -> None:
    stories = [story(number, *told) for number, told in enumerate(crowd)]
    anew = [
        story(number, *data.draw(st.lists(speakers, max_size=3)), fingerprint="rules-2")
        for number in data.draw(st.lists(st.integers(0, len(crowd) - 1), unique=True))
    ]
    last = {article.id: (article, found) for article, found in (*stories, *anew)}
    with store.open_db(":memory:") as db, store.open_db(":memory:") as fresh:
        save(db, *stories, *anew)
        save(fresh, *last.values())
        assert (told_in(db), sources_in(db)) == (told_in(fresh), sources_in(fresh))
        assert sound(db)
        before = everything(db, "runs")
        save(db, *last.values())
        assert everything(db, "runs") == before


@given(crowds, st.data())
@settings(deadline=None, max_examples=80)
def test_a_merge_that_is_undone_leaves_no_trace_but_its_record(crowd: list[list[Told]], data: st.DataObject) -> None:
    with store.open_db(":memory:") as db:
        save(db, *(story(number, *told) for number, told in enumerate(crowd)))
        ids = [row["id"] for row in db.table("sources").rows]
        if len(ids) < 2:
            return
        keep, *others = data.draw(st.lists(st.sampled_from(ids), min_size=2, unique=True))
        before = everything(db, *LEDGER)
        made = store.merge_sources(db, keep, others, NOW)
        assert sound(db)
        assert set(others).isdisjoint(row["id"] for row in db.table("sources").rows)
        assert len({row["source_id"] for row in db.query("SELECT * FROM source_names")}) < len(ids)
        for merge_id in data.draw(st.permutations(made)):
            store.unmerge_sources(db, merge_id, LATER)
            assert sound(db)
        assert everything(db, *LEDGER) == before


BARE, TRADER, OTHER = ("Ada Pell", None, PERSON), ("Uma Vale", "Quern Bank", PERSON), ("Ida Ross", "Pell", PERSON)


def test_who_was_merged_without_an_organisation_moves_on_with_the_rest(db: Database) -> None:
    save(db, *(story(number, told) for number, told in enumerate((BARE, TRADER, OTHER))))
    before = everything(db, *LEDGER)
    store.merge_sources(db, 1, [2], NOW)
    half = everything(db, *LEDGER)
    store.merge_sources(db, 3, [1], NOW)
    assert told_in(db) == [sorted_told([BARE, TRADER, OTHER])]
    assert sound(db)
    assert store.unmerge_sources(db, 2, LATER) == 1
    assert everything(db, *LEDGER) == half
    assert store.unmerge_sources(db, 1, LATER) == 2
    assert everything(db, *LEDGER) == before


def test_a_merge_that_left_its_source_where_it_was_can_be_undone(db: Database) -> None:
    """Earlier versions of newsig made such merges."""
    save(db, *(story(number, told) for number, told in enumerate((BARE, OTHER))))
    before = everything(db, *LEDGER)
    store.merge_sources(db, 2, [1], NOW)
    db.execute("INSERT INTO sources (id, name, first_seen, last_seen) VALUES (1, 'Ada Pell', '', '')")
    assert store.unmerge_sources(db, 1, LATER) == 1
    assert everything(db, *LEDGER) == before


numbers = st.integers(0, 99)
steps = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 4), st.lists(speakers, max_size=2), st.integers(1, 2)),
    st.tuples(st.just("merge"), numbers, numbers),
    st.tuples(st.just("unmerge"), numbers),
)


def take(db: Database, number: int, step: tuple[Any, ...]) -> None:
    """Do what is next in a user's life with the database; the numbers stand for what there is to merge and part."""
    what, *details = step
    if what == "add":
        day, told, edition = details
        save(db, story(day, *told, fingerprint=f"rules-{number}", edition=edition))
    elif what == "merge":
        merge_two(db, *details)
    else:
        standing = standing_merges(db)
        for merge_id in standing[details[0] % len(standing) :][:1] if standing else []:
            undo(db, merge_id)


def undo(db: Database, merge_id: int) -> None:
    """Undo a merge, if later stories or another undoing have left anything to undo."""
    if merge_id not in standing_merges(db):
        return
    try:
        store.unmerge_sources(db, merge_id, LATER)
    except StoreError as error:
        if "there is nothing to undo" not in str(error):
            raise


def standing_merges(db: Database) -> list[int]:
    return [row["merge_id"] for row in store.source_merges(db) if row["undone_at"] is None]


def merge_two(db: Database, one: int, other: int) -> int | None:
    """Merge two of the sources there are, see that all of both is in one, and give the merge's number."""
    ids = [row["id"] for row in db.table("sources").rows]
    if len(ids) < 2:
        return None
    keep = ids.pop(one % len(ids))
    merged = ids[other % len(ids)]
    theirs = [row["id"] for row in db.query("SELECT id FROM source_names WHERE source_id IN (?, ?)", [keep, merged])]
    (merge_id,) = store.merge_sources(db, keep, [merged], NOW)
    assert {row["source_id"] for row in db.table("source_names").rows if row["id"] in theirs} == {keep}
    return merge_id


@given(st.lists(steps, min_size=2, max_size=12), st.lists(st.tuples(numbers, numbers), min_size=1, max_size=4))
@settings(deadline=None, max_examples=60)
def test_merges_do_all_their_work_and_can_be_undone_one_by_one(life: list[Any], chain: list[tuple[int, int]]) -> None:
    with store.open_db(":memory:") as db:
        for number, step in enumerate(life):
            take(db, number, step)
            assert sound(db), step
        states, made = [everything(db, *LEDGER)], []
        for pair in chain:
            if merge_id := merge_two(db, *pair):
                made.append(merge_id)
                states.append(everything(db, *LEDGER))
        for merge_id in reversed(made):
            assert everything(db, *LEDGER) == states.pop()
            store.unmerge_sources(db, merge_id, LATER)
            assert sound(db)
        assert everything(db, *LEDGER) == states.pop()


def role_in(db: Database) -> tuple[Any, ...]:
    (source,) = store.sources(db)
    return source["name"], source["role"], source["organisation"]


def test_a_correction_takes_the_role_back(db: Database) -> None:
    save(db, story(0, TRADER, role="strategist"), story(0, TRADER, role="analyst", edition=2))
    assert role_in(db) == ("Uma Vale", "analyst", "Quern Bank")
    save(db, story(0, TRADER, edition=3))
    assert role_in(db) == ("Uma Vale", None, "Quern Bank")


def test_a_correction_takes_a_form_of_the_name_back(db: Database) -> None:
    before = ("Dr. Uma Vale", "Quern Bank Ltd", PERSON)
    save(db, story(0, before, role="strategist"), story(0, TRADER, role="analyst", edition=2))
    assert role_in(db) == ("Uma Vale", "analyst", "Quern Bank")


def test_what_another_story_says_outlives_a_correction(db: Database) -> None:
    save(db, story(0, TRADER, role="trader"), story(1, TRADER, role="strategist"))
    assert role_in(db)[1] == "strategist"
    store.save_article(db, story(1, edition=2)[0], NOW)
    assert role_in(db)[1] == "trader"


def test_of_editions_that_all_were_taken_back_the_last_one_counts(db: Database) -> None:
    save(db, story(0, TRADER, role="strategist"), story(0, TRADER, role="analyst", edition=2), story(0, edition=3))
    assert [row["role"] for row in db.table("sources").rows] == ["analyst"]


def test_who_was_never_quoted_after_all_is_not_listed(db: Database) -> None:
    save(db, story(0, TRADER), story(1, OTHER))
    store.merge_sources(db, 2, [1], NOW)
    store.unmerge_sources(db, 1, LATER)
    save(db, story(0, OTHER, edition=2))
    assert [(row["name"], row["statements"]) for row in store.sources(db)] == [("Ida Ross", 2)]


@given(crowds, st.data())
@settings(deadline=None, max_examples=60)
def test_what_a_user_decided_outlives_every_processing(crowd: list[list[Told]], data: st.DataObject) -> None:
    with store.open_db(":memory:") as db:
        save(db, *(story(number, *told) for number, told in enumerate(crowd)))
        ids = [row["id"] for row in db.table("sources").rows]
        if len(ids) > 1:
            store.merge_sources(db, *(lambda keep, *others: (keep, others))(*ids[: data.draw(st.integers(2, 3))]), NOW)
        standing = standing_merges(db)
        for merge_id in data.draw(st.lists(st.sampled_from(standing), unique=True)) if standing else []:
            undo(db, merge_id)
            assert sound(db)
        decided = list(db.query("SELECT name_id, source_id FROM source_choices ORDER BY 1"))
        before = everything(db, "runs", "article_versions", "quotes", "source_sightings")
        save(db, *(story(number, fingerprint="rules-2") for number in range(len(crowd))))
        assert sound(db)
        assert list(db.query("SELECT id AS name_id, source_id FROM source_names ORDER BY 1")) == decided
        save(db, *(story(number, *told, fingerprint="rules-3") for number, told in enumerate(crowd)))
        assert sound(db)
        kept = {row["name_id"]: row["source_id"] for row in decided}
        now = {row["id"]: row["source_id"] for row in db.table("source_names").rows}
        assert {name_id: now[name_id] for name_id in kept} == kept
        assert told_sources(before["source_names"]) == told_sources(db.table("source_names").rows)


def told_sources(rows: Iterable[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row["source_id"], []).append((row["name"], row["organisation"] or ""))
    return sorted(map(sorted, found.values()))
