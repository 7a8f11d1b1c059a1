"""Articles as rows of Parquet, and rows in blocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from random import Random
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsig import records
from newsig.errors import StorageError
from newsig.records import Article, Failure, Findings
from newsig.run import blocks
from newsig.run.blocks import Sorting
from newsig.store.parquet import Filed, from_bytes, from_table, key, to_table
from newsig.store.parquet.files import to_bytes
from tests.batches import stories

# Rows

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
MOMENTS = st.datetimes(timezones=st.timezones(), min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(fold=0)
)


def any_of(kind: Any) -> st.SearchStrategy[Any]:
    """Records of a kind with any values that their fields may have."""
    special = {int: st.integers(0, 2**31 - 1), float: st.floats(allow_nan=False), str: WORDS, date: st.dates()}
    hints = get_type_hints(kind)
    own = {name: special[hint] for name, hint in hints.items() if hint in special}
    own |= {name: st.none() | WORDS for name, hint in hints.items() if hint == str | None}
    own |= {name: st.none() | st.dates() for name, hint in hints.items() if hint == date | None}
    for name, part in NESTED.items():
        if name in hints and hints[name] not in special:
            wanted = any_of(part)
            own[name] = wanted if hints[name] is part else st.none() | wanted
            if str(hints[name]).startswith("tuple"):
                own[name] = st.lists(wanted, max_size=2).map(tuple)
    return st.builds(kind, **own)


NESTED = {
    "subject": records.Span,
    "period": records.Span,
    "target": records.Span,
    "attribution": records.Span,
    "horizon": records.Span,
    "about": records.Topic,
    "mentions": records.Mention,
    "claims": records.Claim,
    "quotes": records.Quote,
    "sentiments": records.Sentiment,
    "credits": records.Credit,
}
ARTICLES = st.builds(
    Article,
    id=WORDS,
    text=WORDS,
    title=st.none() | WORDS,
    published=st.none() | st.dates(date(1900, 1, 1)) | MOMENTS,
    authors=st.lists(WORDS, max_size=2).map(tuple),
    credits=st.lists(WORDS, max_size=2).map(tuple),
    updated=st.none() | st.dates() | MOMENTS,
    **{name: st.none() | WORDS for name in ("url", "publisher", "origin", "dateline", "date_text", "feed", "guid")},
)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_is_found_comes_back_as_it_was(data: st.DataObject) -> None:
    article = data.draw(ARTICLES)
    found = data.draw(any_of(Findings))
    own = {"id": article.id, "title": article.title, "published": article.published, "fingerprint": "f"}
    filed = [
        Filed(version="a", article=article, findings=replace(found, **own)),
        Filed(version="b", article=article, failure=Failure(stage="extract", place="p", reason="r")),
        Filed(version="c", failure=Failure(stage="ingest", place="p", reason="r")),
        Filed(version="d", article=article),
    ]
    assert list(from_table(to_table(filed, "f"))) == filed
    assert from_bytes(to_bytes(filed, "f"), "here") == (tuple(filed), "f")


def test_the_strategies_give_every_kind_of_record() -> None:
    kinds = {Findings, *NESTED.values()}
    assert {name for kind in kinds for name, hint in get_type_hints(kind).items() if "newsig" in str(hint)} == set(
        NESTED
    )


def test_no_flipped_bit_changes_a_row_unseen() -> None:
    filed = tuple(blocks.filed(story) for story in stories(6))
    data = to_bytes(filed, "f")
    rng = Random(20240718)
    refused = 0
    for _ in range(150):
        broken = bytearray(data)
        broken[rng.randrange(data.index(b"ARROW:schema"))] ^= 1 << rng.randrange(8)
        try:
            same = from_bytes(bytes(broken), "here") == (filed, "f")
        except StorageError:
            refused += 1
        else:
            assert same
    assert refused > 75


# Blocks


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.booleans()), max_size=60))
def test_every_article_is_in_one_block_of_its_day_or_counted(told: list[tuple[int, int, bool]]) -> None:
    found: list[Article | Failure] = [
        Failure(stage="ingest", place=str(number), reason="r")
        if fails
        else Article(id=str(number), text=f"{number}", published=date(2024, 7, 1 + day) if day else None)
        for number, day, fails in told
    ]
    sorting = Sorting(fingerprint="f", present=set())
    made = list(sorting.blocks(found))
    filed = [one for block in made for one in block.filed]
    assert len({key(one) for one in filed}) == len(filed) == len(found) - sorting.counts["repeated"]
    assert all(blocks.day_of(one) == block.day for block in made for one in block.filed)
    again = Sorting(fingerprint="f", present={key(one) for one in filed[::2]})
    rest = [one for block in again.blocks(found) for one in block.filed]
    assert {key(one) for one in rest} == {key(one) for one in filed[1::2]}
    assert again.counts["there"] == len(filed[::2])


def test_blocks_stay_small_and_few_articles_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "ROWS", 4)
    monkeypatch.setattr(blocks, "WAITING", 10)
    sorting = Sorting(fingerprint="f", present=set())
    sizes = []
    for block in sorting.blocks(stories(200)):
        sizes.append(len(block.filed))
        assert sorting.held < 10
    assert sum(sizes) == 200
    assert set(sizes) <= {1, 2, 3, 4}


REFUSED = {
    "NUL": (Article(id="a", text="a\0b"), "U+0000"),
    "half a character": (Article(id="a", text="a\ud800"), "half a character"),
    "a date before all time": (
        Article(id="a", text="a", published=datetime.fromisoformat("0001-01-01T00:00+10:00")),
        "cannot be told in UTC",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_database_holds_is_a_failure_at_once(name: str) -> None:
    article, words = REFUSED[name]
    found = blocks.filed(article)
    assert found.article is None
    assert found.failure is not None
    assert words in found.failure.reason
