"""What is computed faster is what spaCy computes."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract import encoders, entities, forms
from newsig.extract.pipeline import LONGEST_RUN, PACKAGED, load, tokenised
from newsig.settings import Settings
from tests import fixture_files

ODD = [
    "Let's see. They ain't gonna go, y'all; c'mon, he's got ta. There's a gain, there are losses.",
    "Mr. O'Neill of J.P. Morgan Chase & Co. (JPM.N) in New York\n\nsaid on Tuesday\n that",
    "   \n\n\t",
    "Lehman Brothers Holdings",
    "((((((((((((((((",
    "the the THE The 5 5% $5 €5 5bn five",
]
TEXTS = [*(fixture.text for fixture in fixture_files.load()), *ODD]


@pytest.fixture(scope="module")
def plain() -> Language:
    """The model as its makers ship it, with sentences as newsig cuts them."""
    model: Language = importlib.import_module(PACKAGED).load()
    model.add_pipe("newsig_sentences", first=True)
    return model


@pytest.fixture(scope="module")
def quick() -> Language:
    """newsig's pipeline, up to where spaCy's work ends."""
    nlp = load(Settings())
    for name in nlp.pipe_names:
        if name.startswith("newsig_") and name not in (
            "newsig_sentences",
            "newsig_syntax",
            "newsig_forms",
            "newsig_entities",
        ):
            nlp.remove_pipe(name)
    return nlp


def told(doc: Doc) -> list[tuple[object, ...]]:
    entities = [(ent.start, ent.end, ent.label_) for ent in doc.ents]
    tokens = [
        (t.tag_, t.dep_, t.head.i, t.pos_, str(t.morph), t.lemma_, t.ent_iob_, t.is_sent_start, t.norm_) for t in doc
    ]
    return [*tokens, *entities]


def test_nothing_of_spacys_own_is_left(quick: Language) -> None:
    assert quick.pipe_names == ["newsig_sentences", "newsig_syntax", "newsig_forms", "newsig_entities"]


def test_every_text_is_read_as_spacy_reads_it(plain: Language, quick: Language) -> None:
    for text, one, other in zip(TEXTS, plain.pipe(TEXTS), quick.pipe(TEXTS), strict=True):
        assert told(one) == told(other), text[:60]


WORDS = """The Fed said on Tuesday Apple Inc. Orla Quillfeather of Petrakind Partners rose 3 percent , . “ ” ain't let
    's gon na there is in London Russell 2000 (IWM) June 5 U.S. and"""
words = st.sampled_from([*WORDS.split(), "\n"])


@settings(max_examples=60, deadline=None)
@given(st.lists(words, max_size=60).map(" ".join))
def test_so_is_any_text(plain: Language, quick: Language, text: str) -> None:
    assert told(plain(text)) == told(quick(text))


@pytest.mark.parametrize("size", [1, 3, 64])
def test_a_text_is_read_alike_beside_any_others(quick: Language, size: int) -> None:
    together = [told(doc) for doc in quick.pipe(TEXTS, batch_size=size)]
    assert together == [told(quick(text)) for text in TEXTS]


def test_entities_that_are_there_already_stay(plain: Language, quick: Language) -> None:
    def marked(nlp: Language) -> Doc:
        doc = nlp.make_doc("Petrakind Partners hired Orla Quillfeather in London.")
        doc.set_ents([doc.char_span(0, 9, label="PRODUCT")], default="unmodified")
        return doc

    assert told(plain(marked(plain))) == told(quick(marked(quick)))
    assert quick(marked(quick)).ents[0].label_ == "PRODUCT"


RUNS = st.lists(st.sampled_from(["(", "x", "-", " ", "\n", "3%", "(" * 700, "ab/" * 400, "The Fed said."]), max_size=30)


@settings(max_examples=60, deadline=None)
@given(RUNS.map("".join))
def test_a_text_in_pieces_is_the_same_text(quick: Language, text: str) -> None:
    doc = tokenised(text, quick)
    assert doc.text == text
    if all(len(word) <= LONGEST_RUN for word in text.split()):
        assert [token.text for token in doc] == [token.text for token in quick.make_doc(text)]


def test_a_run_of_brackets_is_tokenised_piece_by_piece(quick: Language) -> None:
    brackets = tokenised("(" * 16_000, quick)  # in one piece it takes half a minute
    assert {token.text for token in brackets} == {"("}
    assert len(brackets) == 16_000


def test_what_is_kept_has_a_bound(monkeypatch: pytest.MonkeyPatch, quick: Language) -> None:
    before = [told(doc) for doc in quick.pipe(TEXTS)]
    for module in (encoders, forms):
        monkeypatch.setattr(module, "KEPT", 5)
    assert [told(doc) for doc in quick.pipe(TEXTS)] == before
    kept: Any = quick.get_pipe("newsig_forms")
    assert len(kept.known) < 100


OTHER = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": True,
    "hidden_width": 8,
    "maxout_pieces": 2,
    "use_upper": True,
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "width": 8,
        "depth": 1,
        "embed_size": 50,
        "window_size": 2,
        "maxout_pieces": 2,
        "subword_features": True,
        "pretrained_vectors": None,
    },
}
"""A recogniser that looks at six tokens, with an encoder whose window is of five."""


def test_a_pipeline_of_another_build_is_left_alone() -> None:
    blank = spacy.blank("en")
    recogniser: Any = blank.add_pipe("ner", config={"model": OTHER})
    recogniser.add_label("ORG")
    blank.initialize()
    before = [node.name for node in recogniser.model.walk()]
    encoders.quicken(blank)
    assert [node.name for node in recogniser.model.walk()] == before
    assert not entities.can_read(recogniser)
    assert not forms.can_form(blank)
