"""spaCy's token encoders at half the cost: the same weights and the same arithmetic, in another order.

The encoders of spaCy's small models are four hashed embeddings mixed by one layer, then four layers of convolution over
a window of three tokens (Miranda et al., Multi hash embeddings in spaCy, 2022). What the mixed embedding of a token is
depends on the token alone, so each kind of token is embedded once and kept; and the convolutions are one product of
matrices each, which numpy's BLAS does faster than the one that thinc brings. The figures differ from thinc's by
rounding only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps, Ragged

from newsig.extract.parse import row_keys

KEPT = 1 << 16
"""Kinds of tokens whose embeddings are kept, 25 MB an encoder; beyond that it starts anew, so that memory is bounded.
"""
BLOCK = 512
"""Tokens that go through a layer at a time, so that what lies between its steps stays in the processor's cache."""
LEAST = 1e-8
"""What thinc adds to a variance before it divides by it."""

EMBEDDING = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")
"""The layers by which spaCy embeds tokens."""

Floats = npt.NDArray[np.float32]
Keys = npt.NDArray[np.uint64]


class Products(NumpyOps):  # type: ignore[misc]
    """thinc's operations with numpy's product of matrices."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """As `thinc.api.Ops.gemm` has it."""
        left, right = x.T if trans1 else x, y.T if trans2 else y
        return np.matmul(left, right, out=out)


PRODUCTS = Products()


class Convolution:
    """A layer: maxout over a window of three tokens, normalised, added to what it was given.

    It is the ``residual(expand_window >> maxout >> layernorm)`` of a spaCy encoder.
    """

    def __init__(self, layer: Model[Any, Any]) -> None:
        maxout, norm = (next(node for node in layer.walk() if node.name == name) for name in ("maxout", "layernorm"))
        weights: Any = maxout.get_param("W")  # (width, pieces, 3 widths)
        self.size, self.pieces, window = weights.shape
        self.weights: Floats = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(window, -1))
        self.biases: Floats = np.ascontiguousarray(np.asarray(maxout.get_param("b")).T.ravel())
        self.gain: Floats = np.asarray(norm.get_param("G"))
        self.shift: Floats = np.asarray(norm.get_param("b"))
        self.mean = np.full((self.size, 1), 1 / self.size, dtype=np.float32)

    def __call__(self, states: Floats) -> Floats:
        """The states of the tokens (n, width) after the layer."""
        around = np.zeros((len(states) + 2, self.size), dtype=np.float32)
        around[1:-1] = states
        windows = sliding_window_view(around.ravel(), 3 * self.size)[:: self.size]
        for start in range(0, len(states), BLOCK):
            states[start : start + BLOCK] += self._changed(windows[start : start + BLOCK])
        return states

    def _changed(self, windows: Floats) -> Floats:
        pieces = windows @ self.weights
        pieces += self.biases
        best = pieces[:, : self.size]
        for piece in range(1, self.pieces):
            best = np.maximum(best, pieces[:, piece * self.size : (piece + 1) * self.size])
        best -= best @ self.mean
        best /= np.sqrt(np.einsum("ij,ij->i", best, best)[:, None] / self.size + LEAST)
        best *= self.gain
        best += self.shift
        return best


class Encoder:
    """A spaCy encoder's embeddings and convolutions, as one function of documents."""

    def __init__(self, encoder: Model[Any, Any]) -> None:
        embed, convolve = encoder.layers
        features, _, *self.mixed, _ = embed.layers
        self.columns = features.attrs["columns"]
        self.pad = convolve.attrs["pad"]
        self.layers = [Convolution(layer) for layer in convolve.layers[0].layers]
        self.reach = len(self.layers)
        self.known: dict[bytes, int] = {}
        self.kept = np.zeros((0, 0), dtype=np.float32)

    def __call__(self, docs: Sequence[Doc]) -> list[Floats]:
        """The states (tokens, width) of each document."""
        return self.states([self.keys(doc) for doc in docs])

    def keys(self, doc: Doc) -> Keys:
        """What the state of each token rests on, one row a token."""
        return np.asarray(doc.to_array(self.columns), dtype=np.uint64).reshape(len(doc), -1)

    def states(self, arrays: Sequence[Keys]) -> list[Floats]:
        """The states of documents, or of stretches of some, by the keys of their tokens. At an edge that is none of its
        document's, those of the outer ``reach`` tokens are not to be relied on: each layer looks a token further."""
        states, places = self._padded(arrays)
        for layer in self.layers:
            states = layer(states)
        return [states[start:end] for start, end in places]

    def _padded(self, arrays: Sequence[Keys]) -> tuple[Floats, list[tuple[int, int]]]:
        """The embeddings of all tokens, with rows of nought around every document as thinc has them, and where each
        document stands."""
        embedded = self._embedded(np.concatenate(arrays))
        size, pad = embedded.shape[1], self.pad
        ends = list(accumulate((len(array) for array in arrays), initial=0))
        states = np.zeros((len(embedded) + pad * (len(arrays) + 1), size), dtype=np.float32)
        places = []
        for number, (start, end) in enumerate(pairwise(ends), start=1):
            places.append((start + pad * number, end + pad * number))
            states[slice(*places[-1])] = embedded[start:end]
        return states, places

    def _embedded(self, keys: Keys) -> Floats:
        names = row_keys(keys)
        if len(self.known) > KEPT:
            self.known, self.kept = {}, self.kept[:0]
        new = {name: place for place, name in enumerate(names) if name not in self.known}
        if new:
            found = self._computed(keys[list(new.values())])
            self.known.update(zip(new, range(len(self.kept), len(self.kept) + len(new)), strict=True))
            self.kept = np.concatenate([self.kept.reshape(-1, found.shape[1]), found])
        return self.kept[[self.known[name] for name in names]]

    def _computed(self, keys: Keys) -> Floats:
        found = Ragged(keys, np.asarray([len(keys)], dtype=np.int32))  # type: ignore[arg-type]
        for layer in self.mixed:
            found = layer.predict(found)
        return np.asarray(found.data, dtype=np.float32)


def quicken(nlp: Language) -> None:
    """Have the encoders of a pipeline computed so, wherever they are built as those of spaCy's small models are; all
    other parts stay as they are. The pipeline can be used, but not trained further."""
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if not isinstance(model, Model):
            continue
        for node in model.walk():
            node.ops = PRODUCTS
            node.layers[:] = [_quick(layer) if _is_encoder(layer) else layer for layer in node.layers]
        if _is_encoder(model):
            quick = _quick(model)
            model.layers[:] = [quick]


def _is_encoder(model: Model[Any, Any]) -> bool:
    """Whether a model is built as `spacy.HashEmbedCNN` with a window of three tokens."""
    if [len(layer.layers) for layer in model.layers] != [len(EMBEDDING), 1]:
        return False
    embed, convolve = model.layers
    layers = convolve.layers[0].layers
    return (
        tuple(_kind(layer) for layer in embed.layers) == EMBEDDING
        and {_kind(layer) for layer in layers} == {"residual"}
        and all(node.attrs["window_size"] == 1 for node in convolve.walk() if node.name == "expand_window")
    )


def _kind(layer: Model[Any, Any]) -> str:
    return layer.name.partition("(")[0]


def encoder_of(pipe: object) -> Encoder | None:
    """The encoder of a component, if it is built as those of spaCy's small models are."""
    model = getattr(pipe, "model", None)
    nodes = model.walk() if isinstance(model, Model) else ()
    return next((Encoder(node) for node in nodes if _is_encoder(node)), None)


def _quick(model: Model[Any, Any]) -> Model[Any, Any]:
    encode = Encoder(model)

    def forward(_: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Callable[..., Any]]:
        if is_train:
            raise NotImplementedError("this pipeline is for reading only")
        return encode(docs), list

    return Model("newsig_encoder", forward, dims={"nO": model.get_dim("nO")}, ops=PRODUCTS)
