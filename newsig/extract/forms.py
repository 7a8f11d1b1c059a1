"""Word classes and lemmas, worked out once for each kind of token.

spaCy's attribute ruler holds every token of every text against some 170 patterns. All but a few ask for nothing but the
token itself, its tag and, by name, some places in the parse; what comes of those, and of the lemmatizer, is kept by
these three, all other places in the parse being one. Where one of the few patterns of several tokens fits, spaCy's own
components are asked. A token without a tag was not read closely, and is given nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
ANY_OTHER = "any other"
"""What stands in a kind for each place in the parse that no pattern names."""

Table = npt.NDArray[np.uint64]


class Forms:
    """The spaCy component: tags and parse → ``token.pos``, ``token.morph`` and ``token.lemma``, as an attribute ruler
    and a lemmatizer one after the other give them."""

    def __init__(self, nlp: Language, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self.vocab = nlp.vocab
        self.own: tuple[Callable[[Doc], Doc], ...] = (ruler, lemmatizer)
        self.together = Together(nlp, ruler)
        patterns = patterns_of(ruler)
        named = {name for pattern in patterns for token in pattern for name in _texts(token.get("DEP"))}
        self.named = np.array([nlp.vocab.strings.add(name) if name else 0 for name in {*named, ""}], dtype=np.uint64)
        self.other = nlp.vocab.strings.add(ANY_OTHER)
        self.known: dict[bytes, tuple[int, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Give each token its class, its features and its lemma."""
        kinds = self._array(doc, KIND)
        tagged = np.flatnonzero(kinds[:, 1])
        kinds, arcs = kinds[tagged], kinds[tagged, 2]
        kinds[~np.isin(arcs, self.named), 2] = self.other
        names = row_keys(kinds)
        if len(self.known) > KEPT:
            self.known.clear()
        new = {name: place for place, name in enumerate(names) if name not in self.known}
        tokens = [doc[place] for place in tagged[list(new.values())].tolist()]
        self.known.update(zip(new, self._alone(tokens, kinds[list(new.values()), 2].tolist()), strict=True))
        found = np.array([self.known[name] for name in names], dtype=np.uint64).reshape(-1, len(FORM))
        found[:, 1] = np.where(found[:, 1] == self.other, arcs, found[:, 1])
        forms = np.zeros((len(doc), len(FORM)), dtype=np.uint64)
        forms[tagged] = found
        for start, end in self.together.matches(doc):
            if forms[start:end, 0].all():
                forms[start:end] = self._array(self._done(list(doc[start:end])), FORM)
        values: Any = forms
        return doc.from_array(FORM, values)

    def _alone(self, tokens: Sequence[Token], arcs: Sequence[int]) -> list[tuple[int, ...]]:
        """The form of each of some tokens by itself, each with the place in the parse that its kind has."""
        deps = [self.vocab.strings[arc] for arc in arcs]
        row = self._done(
            tokens, deps
        )  # one beside the other is cheaper than one by one, but for those that make a pattern
        forms = self._array(row, FORM)
        for start, end in self.together.matches(row):
            for place in range(start, end):
                forms[place] = self._array(self._done([tokens[place]], deps[place : place + 1]), FORM)
        return [tuple(form) for form in forms.tolist()]

    def _done(self, tokens: Sequence[Token], deps: Sequence[str] | None = None) -> Doc:
        """Some tokens, as spaCy's own components leave them."""
        row = Doc(
            self.vocab,
            words=[token.text for token in tokens],
            tags=[token.tag_ for token in tokens],
            deps=list(deps) if deps is not None else [token.dep_ for token in tokens],
            heads=list(range(len(tokens))),
        )
        for component in self.own:
            row = component(row)
        return row

    @staticmethod
    def _array(doc: Doc, names: list[int | str]) -> Table:
        return np.asarray(doc.to_array(names), dtype=np.uint64).reshape(len(doc), len(names))


class Together:
    """The patterns of several tokens that a ruler has, and the places where one of them can fit at all."""

    def __init__(self, nlp: Language, ruler: AttributeRuler) -> None:
        self.matcher = Matcher(nlp.vocab)
        self.tells: dict[str, set[int]] = {"LOWER": set(), "DEP": set()}
        """By attribute, the values one of which every pattern asks of one of its tokens."""
        self.longest = 0
        for pattern in patterns_of(ruler):
            telltale = _telltale(pattern)
            if len(pattern) > 1 and telltale is not None:
                self.matcher.add("together", [pattern])
                self.tells[telltale[0]].add(nlp.vocab.strings.add(telltale[1]))
                self.longest = max(self.longest, len(pattern))

    def matches(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """Start and end of each match of a pattern, some of them twice."""
        if len(doc) < 2:
            return
        told = np.zeros(len(doc), dtype=bool)
        for name, values in self.tells.items():
            told |= np.isin(doc.to_array(name), np.array(sorted(values), dtype=np.uint64))
        for place in np.flatnonzero(told).tolist():
            start, end = max(0, place - self.longest + 1), min(len(doc), place + self.longest)
            for _, first, last in self.matcher(doc[start:end], allow_missing=True):
                yield start + first, start + last


def patterns_of(ruler: AttributeRuler) -> list[list[dict[str, Any]]]:
    """All patterns of a ruler."""
    rules: list[dict[str, Any]] = ruler.patterns
    return [pattern for rule in rules for pattern in rule["patterns"]]


def _telltale(pattern: Sequence[Mapping[str, Any]]) -> tuple[str, str] | None:
    """An attribute and its value that a pattern asks of one of its tokens; None where that cannot be told."""
    asked = ((name, token[name]) for name in ("LOWER", "DEP") for token in pattern if isinstance(token.get(name), str))
    return next(asked, None)


def _is_plain(pattern: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a pattern is of the kind that is understood here: a fixed number of tokens, arcs by their names."""
    places = [token["DEP"] for token in pattern if isinstance(token.get("DEP"), dict)]
    named = all(place.keys() <= {"IN", "NOT_IN"} for place in places)
    return (
        named and not any("OP" in token for token in pattern) and (len(pattern) == 1 or _telltale(pattern) is not None)
    )


def _texts(asked: Any) -> Iterator[str]:
    """The texts in what a pattern asks of an attribute."""
    if isinstance(asked, str):
        yield asked
    for value in asked.values() if isinstance(asked, dict) else asked if isinstance(asked, list) else ():
        yield from _texts(value)


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
    if not by_rules or not isinstance(ruler, AttributeRuler):
        return False
    return all(map(_is_plain, patterns_of(ruler)))
