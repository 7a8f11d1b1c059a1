"""Word classes and lemmas, worked out once for each kind of token.

spaCy's attribute ruler holds every token of every text against some 170 patterns. All but a few ask for nothing but the
token itself, its tag and its place in the parse; what comes of those, and of the lemmatizer, is kept by these three.
Where one of the few patterns of several tokens fits, spaCy's own components are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc, Token

from newsig.extract.parse import row_keys

KEPT = 1 << 16
"""Kinds of tokens that are kept; beyond that it starts anew, so that memory is bounded."""
KIND: list[int | str] = ["ORTH", "TAG", "DEP"]
FORM: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]

Table = npt.NDArray[np.uint64]


class Forms:
    """The spaCy component: tags and parse → ``token.pos``, ``token.morph`` and ``token.lemma``, as an attribute ruler
    and a lemmatizer one after the other give them."""

    def __init__(self, nlp: Language, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self.vocab = nlp.vocab
        self.own: tuple[Callable[[Doc], Doc], ...] = (ruler, lemmatizer)
        self.together = Matcher(nlp.vocab)
        rules: list[dict[str, Any]] = ruler.patterns
        for number, rule in enumerate(rules):
            if patterns := [pattern for pattern in rule["patterns"] if len(pattern) > 1]:
                self.together.add(str(number), patterns)
        self.known: dict[bytes, tuple[int, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Give each token its class, its features and its lemma."""
        names = row_keys(self._array(doc, KIND))
        if len(self.known) > KEPT:
            self.known.clear()
        new = {name: place for place, name in enumerate(names) if name not in self.known}
        self.known.update(zip(new, self._alone([doc[place] for place in new.values()]), strict=True))
        forms = np.array([self.known[name] for name in names], dtype=np.uint64).reshape(-1, len(FORM))
        for _, start, end in self.together(doc, allow_missing=True):
            forms[start:end] = self._array(self._done(list(doc[start:end])), FORM)
        values: Any = forms
        return doc.from_array(FORM, values)

    def _alone(self, tokens: Sequence[Token]) -> list[tuple[int, ...]]:
        """The form of each of some tokens by itself."""
        row = self._done(tokens)  # one beside the other is cheaper than one by one, but for those that make a pattern
        forms = self._array(row, FORM)
        for _, start, end in self.together(row, allow_missing=True):
            for place in range(start, end):
                forms[place] = self._array(self._done([tokens[place]]), FORM)
        return [tuple(form) for form in forms.tolist()]

    def _done(self, tokens: Sequence[Token]) -> Doc:
        """Some tokens, as spaCy's own components leave them."""
        row = Doc(
            self.vocab,
            words=[token.text for token in tokens],
            tags=[token.tag_ for token in tokens],
            deps=[token.dep_ for token in tokens],
            heads=list(range(len(tokens))),
        )
        for component in self.own:
            row = component(row)
        return row

    @staticmethod
    def _array(doc: Doc, names: list[int | str]) -> Table:
        return np.asarray(doc.to_array(names), dtype=np.uint64).reshape(len(doc), len(names))


@Language.factory(
    "newsig_forms",
    requires=["token.tag", "token.dep"],
    assigns=["token.pos", "token.morph", "token.lemma", "token.tag", "token.dep"],
    default_config={"ruler": "attribute_ruler", "lemmatizer": "lemmatizer"},
)
def make_forms(nlp: Language, name: str, ruler: str, lemmatizer: str) -> Forms:  # noqa: ARG001 (spaCy passes the name)
    """Make the component from the two that stand in the pipeline under these names."""
    parts: list[Any] = [nlp.get_pipe(ruler), nlp.get_pipe(lemmatizer)]
    return Forms(nlp, *parts)


def can_form(nlp: Language) -> bool:
    """Whether a pipeline has the two components, one after the other, and the lemmatizer goes by rules."""
    names = nlp.pipe_names
    if "attribute_ruler" not in names or names[names.index("attribute_ruler") :][1:2] != ["lemmatizer"]:
        return False
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    by_rules = isinstance(lemmatizer, Lemmatizer) and lemmatizer.mode == "rule" and not lemmatizer.overwrite
    return by_rules and isinstance(ruler, AttributeRuler)
