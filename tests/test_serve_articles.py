"""The article page: every stored span is lit, whole and alone, however spans lie; versions lead to differences."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from newsig import store
from newsig.serve.answering import AbsentError, Site, answer
from newsig.serve.articles import story
from newsig.serve.differences import differences
from newsig.serve.lighting import Lit, cut
from tests import serving

BREAKS = "\n\r"


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Lit]]:
    text = draw(st.text(alphabet=st.sampled_from("aé😀\u202e<& \n\r"), min_size=1, max_size=40))
    bounds = st.tuples(*[st.integers(0, len(text))] * 2).filter(lambda pair: pair[0] < pair[1])
    spans = [
        Lit(key=f"k-{number}", kind="claim", start=start, end=end)
        for number, (start, end) in enumerate(draw(st.lists(bounds, max_size=8)))
    ]
    return text, spans


@given(texts_with_spans())
def test_pieces_give_back_the_text_and_each_span_exactly(made: tuple[str, list[Lit]]) -> None:
    text, spans = made
    pieces = [piece for paragraph in cut(text, spans) for piece in paragraph]
    unbroken = str.maketrans("", "", BREAKS)
    assert "".join(piece.text for piece in pieces) == text.translate(unbroken)
    for one in spans:
        lit = "".join(piece.text for piece in pieces if one in piece.over)
        assert lit == text[one.start : one.end].translate(unbroken)
        begins = [piece for piece in pieces if one in piece.first]
        assert len(begins) == bool(lit)
    assert len({piece.at for piece in pieces}) == len(pieces)


@given(st.text(alphabet="ab. \n"), st.text(alphabet="ab. \n"))
def test_differences_give_back_both_texts(before: str, after: str) -> None:
    changes = differences(before, after)
    assert "".join(text for kind, text in changes if kind != "new") == before
    assert "".join(text for kind, text in changes if kind != "gone") == after
    assert all(text for _, text in changes)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    path: Path = tmp_path_factory.mktemp("articles") / "news.db"
    serving.fill(path)
    with store.open_db(path) as db:
        (first,) = (one for one in store.versions_of(db, "harm-0"))
        revised = serving.TEXT.replace("fell 3 percent", "fell 4 percent")
        store.save_article(db, serving.revised(first.article, revised), serving.AT)
    return Site(path=str(path), database="news")


def test_a_claim_has_its_verdict_its_sum_and_its_closes_beside_it(db: Database) -> None:
    rise, fall = story(db, "harm-1").notes["claim"]
    assert rise.verdict
    assert (rise.head, rise.verdict.outcome, len(rise.verdict.bars)) == ("Russell 2000 up 11.5 percent", "supported", 2)
    assert (fall.head, fall.verdict) == ("small caps down 3 percent", None)
    assert dict(rise.fields)["symbol"] == "^RUT"


def test_a_page_shows_closes_and_sum(site: Site) -> None:
    page = answer(site, "/article/harm-1", {}).body
    for words in ("2,230.00 / 2,000.00 − 1 = +11.50 %", "2,230</td>", "2024-07-17</td>", "supported"):
        assert words in page


def test_what_stands_in_a_story_is_never_obeyed(site: Site) -> None:
    for number in range(len(serving.TITLES)):
        page = answer(site, f"/article/harm-{number}", {}).body
        assert "<script" not in page
        assert "<img" not in page
        assert 'href="javascript:' not in page
        assert "onerror=" not in page.replace("onerror=alert(1)&gt;", "")


def test_versions_lead_to_their_differences(site: Site) -> None:
    page = answer(site, "/article/harm-0", {}).body
    assert "/article/harm-0?version=2&amp;against=1" in page
    told = answer(site, "/article/harm-0", {"version": "2", "against": "1"}).body
    assert "<del>3 </del><ins>4 </ins>" in told
    assert "an earlier version" in answer(site, "/article/harm-0", {"version": "1"}).body


def test_another_article_can_be_set_beside(site: Site) -> None:
    assert "The texts are the same." in answer(site, "/article/harm-1", {"beside": "harm-2"}).body


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/article/none", {}),
        ("/article/harm-0", {"version": "9"}),
        ("/article/harm-0", {"version": "x"}),
        ("/article/harm-0", {"against": "9"}),
        ("/article/harm-0", {"beside": "none"}),
        ("/article/../../etc/passwd", {}),
    ],
)
def test_what_is_not_there_is_said(path: str, query: dict[str, str], site: Site, db: Database) -> None:
    got = answer(site, path, query)
    assert (got.status, "There is no" in got.body) == (404, True)
    with pytest.raises(AbsentError):
        story(db, "none")
