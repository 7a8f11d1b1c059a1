"""What is not read closely holds nothing: the records are those of a pipeline that reads all of every story."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.figures import HOLDS, may_state
from newsig.extract.pipeline import load
from newsig.extract.stretches import CHOSEN, chosen_sentences, sentences_of, stretches
from newsig.settings import Settings
from tests import fixture_files

LOCAL = [
    "The pool opens an hour earlier. Most of those who came in the morning went on.",
    "The bridge is closed.\n\n“Nobody came,” said Pell Vandermolen.\n\nMost went on. He added that it was worth it.",
    "Most went home. These figures were compiled by Orla Quillfeather of Petrakind Partners.",
    "Council to close pool - residents\nMost of the pools are old, and nobody had heard of it from a neighbour.",
    "Nobody came. It was plain that it rained. All of them went home, the museum's director made clear.",
    "Larkmoor's museum has a director. Most had heard of it. The director, who spoke, said that the roof leaks.",
    "Its third straight weekly gain was the talk of the town.\nSome went on. A record high it was.",
]
TEXTS = [*(fixture.text for fixture in fixture_files.load()), *LOCAL]


@pytest.fixture(scope="module")
def nlp() -> Language:
    """newsig's pipeline up to the tone, whose model reads what it is given, chosen or not."""
    model = load(Settings())
    model.remove_pipe("newsig_sentiments")
    return model


def in_full(nlp: Language, text: str) -> Doc:
    """A text of which everything is read."""
    doc = nlp.make_doc(text)
    doc.user_data[HOLDS] = True
    return nlp(doc)


def records(doc: Doc) -> tuple[object, ...]:
    return doc._.mentions, doc._.claims, doc._.quotes, doc._.credits


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_the_records_are_those_of_the_whole(nlp: Language, text: str) -> None:
    assert records(nlp(text)) == records(in_full(nlp, text))


def test_a_story_without_figure_or_statement_is_not_parsed(nlp: Language) -> None:
    doc = nlp(LOCAL[0])
    assert doc.user_data[CHOSEN] == frozenset()
    assert not doc.has_annotation("DEP")
    assert [sentence.text for sentence in doc.sents] == LOCAL[0].replace(". ", ".\n").split("\n")
    assert [list(token.subtree) for token in doc] == [[token] for token in doc]


def test_a_statement_is_parsed_alone(nlp: Language) -> None:
    doc = nlp(LOCAL[1])
    assert [bool(sentence.root.dep_) for sentence in doc.sents] == [False, True, False, True]
    assert [quote.speaker for quote in doc._.quotes] == ["Pell Vandermolen", "Pell Vandermolen"]


SMALL = """the pool museum most had heard of it from a neighbour and went on tells said expects according to report that
    Pell Vandermolen Orla Quillfeather director of Petrakind Partners He they “ ” , . : - who clear these data were from
    rose record high two third straight week percent doubled 12.5 $5 half"""
TOLD = st.lists(st.sampled_from([*SMALL.split(), ".\n", ". Most", ". The"]), max_size=70).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(TOLD)
@example("“ Pell Vandermolen . Most went on . ” He said it rose . The pool")
def test_so_are_those_of_any_text(nlp: Language, text: str) -> None:
    assert records(nlp(text)) == records(in_full(nlp, text))


@settings(max_examples=30, deadline=None)
@given(TOLD)
def test_what_is_chosen_is_read_as_in_the_whole(nlp: Language, text: str) -> None:
    doc, whole = nlp(text), in_full(nlp, text)
    for start, end in chosen_sentences(doc):
        for one, other in zip(doc[start:end], whole[start:end], strict=True):
            assert (one.tag_, one.dep_, one.head.i, one.lemma_, one.ent_type_, one.is_sent_start) == (
                (other.tag_, other.dep_, other.head.i, other.lemma_, other.ent_type_, other.is_sent_start)
            )
    assert sentences_of(doc) == sentences_of(whole)


CASES = [
    ("The council met in 1998 and chose 3 of the 12 plans.", False),
    ("It rose by a point.", True),
    ("It grew by a percentage point, a per\ncent or so", True),
    ("rose 30bps", True),
    ("sales doubled", True),
    ("a ¥5 coin", True),
    ("for a third day", True),
    ("the steepest fall since May", True),
]


@pytest.mark.parametrize(("text", "may"), CASES)
def test_what_a_claim_is_made_of(text: str, may: bool) -> None:
    assert may_state(text) is may


@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=12).flatmap(
        lambda sizes: st.tuples(st.just(sizes), st.sets(st.integers(0, len(sizes) - 1)), st.integers(0, 5))
    )
)
def test_a_stretch_has_what_its_sentences_rest_on(drawn: tuple[list[int], set[int], int]) -> None:
    sizes, chosen, reach = drawn
    ends = [sum(sizes[: number + 1]) for number in range(len(sizes))]
    sentences = [
        (end - size, end) for number, (size, end) in enumerate(zip(sizes, ends, strict=True)) if number in chosen
    ]
    found = list(stretches(sentences, ends[-1], reach))
    assert [sentence for piece in found for sentence in piece.sentences] == sentences
    for piece in found:
        for start, end in piece.sentences:
            assert piece.start <= max(0, start - reach)
            assert piece.end >= min(ends[-1], end + 1 + reach)
    assert all(one.end < other.start for one, other in pairwise(found))
