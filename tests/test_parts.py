"""Long texts read part by part: where they are cut, and that offsets and findings hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from newsig import extract
from newsig.extract.parts import LONGEST, in_parts, joined
from newsig.records import Article, Findings
from tests.conftest import WEDNESDAY

PARAGRAPHS = (
    "The Russell 2000 rose 1.5 percent on Wednesday.",
    "“Small caps are too cheap,” said Orla Quillfeather of Petrakind Partners. “Small caps will do better.”",
    "Shares of Apple Inc. fell 2.9 percent to $228.88 on Tuesday, and the Nasdaq 100 gained 0.4 percent.",
    "Crude oil ended 3.1 percent higher at $82.85 a barrel on Wednesday – 🛢️ its best day in weeks.",
    "Wooden toys have been carved in Nuremberg since 1911.",
    "Gold slipped 0.2 percent on Wednesday; “we like gold,” Zoë Łukasz of Petrakind Partners said.",
)
"""Each can be read without the others."""

CUT: list[tuple[str, int, list[str]]] = [
    ("One two.", 8, ["One two."]),
    ("One two. Three four.\n\nFive six. Seven.", 30, ["One two. Three four.\n\n", "Five six. Seven."]),
    ("One two. Three four.\nFive six. Seven.", 30, ["One two. Three four.\n", "Five six. Seven."]),
    ("It rose 2.5 percent. It fell again on Monday.", 30, ["It rose 2.5 percent. ", "It fell again on Monday."]),
    ("Apple Inc. rose and then it fell all day", 24, ["Apple Inc. rose and ", "then it fell all day"]),
    ("one two three four five six seven", 20, ["one two three four ", "five six seven"]),
    ("(" * 25, 10, ["(" * 10, "(" * 10, "(" * 5]),
    ("A. " + "b" * 12 + " c", 10, ["A. " + "b" * 7, "b" * 5 + " c"]),
    ("", 10, [""]),
]


@pytest.mark.parametrize(("text", "longest", "parts"), CUT)
def test_where_a_text_is_cut(text: str, longest: int, parts: list[str]) -> None:
    assert [part.text for _, part in in_parts(Article(id="a", text=text), longest)] == parts


@given(st.text("ab .\n(“”é🛢", max_size=400), st.integers(1, 60))
def test_the_parts_are_the_text(text: str, longest: int) -> None:
    article = Article(id="a", text=text, title="Title", published=WEDNESDAY)
    parts = in_parts(article, longest)
    assert "".join(part.text for _, part in parts) == text
    assert all(text[start : start + len(part.text)] == part.text for start, part in parts)
    assert max(len(part.text) for _, part in parts) <= longest
    assert {(part.id, part.title, part.published) for _, part in parts} == {("a", "Title", WEDNESDAY)}


def in_pieces(article: Article, nlp: Language, longest: int) -> Findings:
    found = []
    for start, part in in_parts(article, longest):
        (one,) = extract.extract([part], nlp, "f")
        assert isinstance(one, Findings)
        found.append((start, one))
    return joined(found)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=4, max_size=12), st.integers(150, 500))
def test_nothing_is_lost_where_paragraphs_stand_for_themselves(
    nlp: Language, paragraphs: list[str], longest: int
) -> None:
    article = Article(id="a", text="\n\n".join(paragraphs), published=WEDNESDAY)
    (whole,) = extract.extract([article], nlp, "f")
    assert isinstance(whole, Findings)
    found = in_pieces(article, nlp, longest)
    assert [article.text[span.start : span.end] for span in found.spans()] == [span.text for span in found.spans()]
    assert (found.claims, found.mentions) == (whole.claims, whole.mentions)
    assert [(quote.start, quote.end) for quote in found.quotes] == [(quote.start, quote.end) for quote in whole.quotes]
    tones = [[replace(tone, place="body") for tone in one.sentiments] for one in (found, whole)]
    assert tones[0] == tones[1]


def test_later_parts_know_the_dateline_and_no_first_paragraph() -> None:
    text = "FRANKFURT (Reuters) – Shares rose.\n\n" + "They fell.\n\n" * 9
    parts = in_parts(Article(id="a", text=text), 60)
    assert [part.dateline for _, part in parts[:2]] == [None, "FRANKFURT (Reuters) –"]
    parts = in_parts(Article(id="a", text=text, dateline="LONDON, July 17 –"), 60)
    assert {part.dateline for _, part in parts} == {"LONDON, July 17 –"}


def test_a_very_long_text_is_read_to_its_end(nlp: Language) -> None:
    claim = "The Russell 2000 rose 1.5 percent on Wednesday."
    text = f"{claim}\n\n{'m' * (2 * LONGEST)}\n\n{claim}"
    long, short = (
        Article(id=id_, text=words, published=WEDNESDAY) for id_, words in (("long", text), ("short", claim))
    )
    found = list(extract.extract([short, long, short], nlp, "f"))
    assert [one.id for one in found if isinstance(one, Findings)] == ["short", "long", "short"]
    assert isinstance(found[1], Findings)
    assert [text[one.start : one.end] for one in found[1].claims] == ["1.5 percent", "1.5 percent"]
    assert {one.start > 2 * LONGEST for one in found[1].claims} == {True, False}
    assert found[1].sentiments[-1].place == "body"
