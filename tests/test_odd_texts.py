"""Whatever text or number there is: into the database and back unchanged, or refused in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from newsig import store
from newsig.errors import StoreError
from newsig.records import Article, Claim, Failure, Findings
from tests.newsroom import undone

NOW = datetime(2024, 7, 18, 6, tzinfo=UTC)
PLANES = "".join(chr(plane * 0x10000 + 0x1234) for plane in range(17)) + "\ufeff\ufffe\uffff\x01\x1b\x7f\x85\u2028\r\n"
FIELDS = ("id", "text", "title", "url", "publisher", "origin", "dateline", "date_text")
ANY = st.text(st.characters() | st.sampled_from("\0\ud800\udfff\ufeff\U0010ffff"), max_size=20)
"""All characters there are, halves of them included."""


@pytest.fixture(scope="module")
def empty() -> Iterator[Database]:
    with store.open_db(":memory:") as db:
        yield db


@given(st.fixed_dictionaries({"id": ANY, "text": ANY}, optional=dict.fromkeys(FIELDS[2:], ANY)), st.lists(ANY))
@settings(deadline=None, max_examples=300)
@example({"id": "a", "text": PLANES}, [PLANES])
@example({"id": "a", "text": "a\0b"}, [])
@example({"id": "a", "text": "a"}, ["b", "\0"])
@example({"id": "\ud83d", "text": "\ude00"}, [])
def test_an_article_comes_back_as_it_was_or_is_refused(
    empty: Database, fields: dict[str, Any], names: list[str]
) -> None:
    article = Article(**fields, authors=tuple(names), credits=tuple(names))
    unusable = any(char == "\0" or "\ud800" <= char <= "\udfff" for char in "".join((*fields.values(), *names)))
    with undone(empty) as db:
        if unusable:
            with pytest.raises(StoreError, match=r"^article '.*(half a character|holds U\+0000)") as caught:
                store.save_article(db, article, NOW)
            assert not caught.value.for_all
            assert store.counts(db)["articles"] == 0
        else:
            store.save_article(db, article, NOW)
            assert [back for _, back in store.unprocessed(db, "f")] == [article]
            (length,) = db.execute("SELECT length(text) FROM article_versions").fetchone()
            assert length == len(article.text)


@given(ANY, ANY)
@settings(deadline=None, max_examples=200)
@example("a\0b", "\ud800")
@example(PLANES, PLANES)
def test_a_failure_is_always_kept(empty: Database, place: str, reason: str) -> None:
    with undone(empty) as db:
        store.record_failure(db, Failure(stage="collect", place=place, reason=reason), NOW)
        store.record_failure(db, Failure(stage="collect", place=place, reason=reason), NOW)
        (row,) = db.execute("SELECT place, reason, length(reason), seen FROM failures")
    written = [text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00") for text in (place, reason)]
    assert row == (*written, len(written[1]), 2)


TEXT = "Shares of Quillfeather Mills rose 3 percent."
CLAIM = Claim(
    start=34,
    end=43,
    text="3 percent",
    value=3.0,
    unit="percent",
    comparator="=",
    direction="up",
    measure="price",
    modality="actual",
)
NUMBERS: list[tuple[Any, str | None]] = [
    (10**400, "a number is larger than a database can hold"),
    (2**63, "a number is larger than a database can hold"),
    (float("nan"), "does not fit the tables"),
    (float("inf"), None),
    (2**53 + 1.0, None),
    (5e-324, None),
    (-0.0, None),
]


@pytest.mark.parametrize(("value", "sentence"), NUMBERS)
def test_a_number_comes_back_as_it_was_or_is_refused(value: Any, sentence: str | None) -> None:
    claim = replace(CLAIM, value=value)
    found = Findings(id="a", fingerprint="f", claims=(claim,))
    with store.open_db(":memory:") as db:
        version = store.save_article(db, Article(id="a", text=TEXT, published=date(2024, 7, 18)), NOW).version_id
        number = store.start_run(db, "f", {}, NOW)
        if sentence is None:
            assert store.save_findings(db, version, found, number)
            assert [one.claim for one in store.claims_to_check(db)] == [claim]
            return
        with pytest.raises(StoreError, match=sentence) as caught:
            store.save_findings(db, version, found, number)
        assert not caught.value.for_all
        assert store.counts(db)["claims"] == 0
