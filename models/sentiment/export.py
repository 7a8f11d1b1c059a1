"""The weights that ship, made of a trained model: ``python -m models.sentiment.export FOLDER``.

FOLDER holds what ``models.sentiment.train`` wrote. Writes ``model.onnx``, ``tokenizer.json`` and ``weights.sha256``
beside this file; needs the extra ``training``.

Products of states and weights are reckoned in int8. Each column of a weight has a scale of its own, and so has each row
of states, i.e. each token and each target (Dettmers et al. 2022, "LLM.int8()", section 3.1, "vector-wise
quantization"). The quantisers at hand give all states of a product one scale: separators, whose states are far larger
than those of words, then take most of the 256 steps, a label in fifty changes, and a sentence's tone depends on what it
is judged beside.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, helper, numpy_helper

from newsig.extract.sentiments.network import TargetTone
from newsig.extract.sentiments.packaged import LOCK, MODEL, TOKENIZER

HERE = Path(__file__).parent
OPSET = 17
INPUTS = {
    "input_ids": {0: "sentences", 1: "tokens"},
    "attention_mask": {0: "sentences", 1: "tokens"},
    "spans": {0: "targets", 1: "tokens"},
    "rows": {0: "targets"},
}
"""The inputs of the network and what their dimensions are."""

STEPS = 127
"""The steps of int8 on either side of 0."""
SMALLEST = 1e-9
"""The least size of a row of states: a row of zeros is not divided by 0."""

NEVER_READ = re.compile(r"\[unused\d+\]|.*[^\u0000-\u024f\u2000-\u20cf]")
"""Pieces of words that English news does not hold: places kept free, and letters of other scripts."""


def main() -> None:
    """Export, quantise, lock."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a trained model")
    parser.add_argument("--out", type=Path, default=HERE, help="where to write to")
    args = parser.parse_args()
    export(args.folder, args.out)
    for name in (MODEL, TOKENIZER):
        print(f"{args.out / name}: {(args.out / name).stat().st_size / 1e6:.1f} MB")


def export(trained: Path, out: Path) -> None:
    """Write the three files of a trained model to a folder."""
    model = TargetTone.from_pretrained(trained, attn_implementation="eager").eval()
    words = json.loads((trained / TOKENIZER).read_text(encoding="utf-8"))
    prune(model, words)
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(quantised(graphed(model)), out / MODEL)
    (out / TOKENIZER).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    lines = [f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n" for name in (MODEL, TOKENIZER)]
    (out / LOCK).write_text("".join(lines), encoding="utf-8")


def graphed(model: TargetTone) -> ModelProto:
    """The network as an ONNX graph, in fp32."""
    example = {
        "input_ids": torch.randint(1000, 2000, (2, 7)),
        "attention_mask": torch.ones(2, 7, dtype=torch.long),
        "spans": torch.full((3, 7), 1 / 7),
        "rows": torch.tensor([0, 1, 1]),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "whole.onnx")
        torch.onnx.export(
            model,
            tuple(example.values()),
            str(path),
            input_names=list(example),
            output_names=["scores"],
            dynamic_axes=INPUTS | {"scores": {0: "targets"}},
            opset_version=OPSET,
            dynamo=False,
        )
        return onnx.load(path)


def quantised(model: ModelProto) -> ModelProto:
    """The same graph with int8 in the places of its weights, and with products in int8."""
    graph = model.graph
    weights = {weight.name: numpy_helper.to_array(weight) for weight in graph.initializer}
    constants = {"step": np.float32(1 / STEPS), "middle": np.uint8(128), "smallest": np.float32(SMALLEST)}
    graph.initializer.extend(numpy_helper.from_array(np.array(value), name) for name, value in constants.items())
    nodes: list[NodeProto] = []
    rounded: set[str] = set()
    for node in graph.node:
        if node.op_type == "Gather" and weights.get(node.input[0], np.zeros(0)).ndim == 2:
            nodes.extend(looked_up(node, weights[node.input[0]], graph))
        elif node.op_type in ("MatMul", "Gemm") and node.input[1] in weights:
            if node.input[0] not in rounded:
                nodes.extend(rows_rounded(node.input[0]))
                rounded.add(node.input[0])
            nodes.extend(product(node, weights[node.input[1]], graph))
        else:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    for weight in [weight for weight in graph.initializer if weight.name not in used]:
        graph.initializer.remove(weight)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    return model


def stored(name: str, values: NDArray[np.float32], axis: int, graph: GraphProto) -> tuple[str, str]:
    """Put a weight into the graph as int8, with a scale for all that ``axis`` runs over; returns the names of both."""
    scales = (np.maximum(np.abs(values).max(axis=axis, keepdims=True), SMALLEST) / STEPS).astype(np.float32)
    whole = np.round(values / scales).astype(np.int8)
    names = f"{name}_whole", f"{name}_scales"
    for own, array in zip(names, (whole, scales if axis == 1 else scales[0]), strict=True):
        graph.initializer.append(numpy_helper.from_array(array, own))
    return names


def looked_up(node: NodeProto, values: NDArray[np.float32], graph: GraphProto) -> list[NodeProto]:
    """Rows of an embedding, each of which has a scale."""
    whole, scales = stored(node.input[0], values, 1, graph)
    out, ids = node.output[0], node.input[1]
    return [
        helper.make_node("Gather", [whole, ids], [f"{out}_whole"]),
        helper.make_node("Gather", [scales, ids], [f"{out}_scale"]),
        helper.make_node("Cast", [f"{out}_whole"], [f"{out}_cast"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", [f"{out}_cast", f"{out}_scale"], [out]),
    ]


def rows_rounded(states: str) -> list[NodeProto]:
    """Rows of states in whole steps of their own size, the largest number of a row."""
    return [
        helper.make_node("Abs", [states], [f"{states}_sizes"]),
        helper.make_node("ReduceMax", [f"{states}_sizes"], [f"{states}_largest"], axes=[-1], keepdims=1),
        helper.make_node("Max", [f"{states}_largest", "smallest"], [f"{states}_size"]),
        helper.make_node("Div", [states, f"{states}_size"], [f"{states}_unit"]),
        helper.make_node("QuantizeLinear", [f"{states}_unit", "step", "middle"], [f"{states}_whole"]),
    ]


def product(node: NodeProto, values: NDArray[np.float32], graph: GraphProto) -> list[NodeProto]:
    """Rounded states times a weight (and, of a Gemm, plus its bias)."""
    across = any(attribute.name == "transB" and attribute.i for attribute in node.attribute)
    states, out = node.input[0], node.output[0]
    whole, scales = stored(node.input[1], values.T if across else values, 0, graph)
    biased = len(node.input) == 3
    scaled = f"{out}_scaled" if biased else out
    given = [f"{states}_whole", whole, "step", scales, "middle"]
    return [
        helper.make_node("MatMulIntegerToFloat", given, [f"{out}_unit"], domain="com.microsoft"),
        helper.make_node("Mul", [f"{out}_unit", f"{states}_size"], [scaled]),
        *([helper.make_node("Add", [scaled, node.input[2]], [out])] if biased else []),
    ]


def prune(model: TargetTone, words: dict[str, Any]) -> None:
    """Take the pieces of words that are never read out of a model and of its tokenizer's JSON form."""
    vocabulary: dict[str, int] = words["model"]["vocab"]
    kept = sorted((word for word in vocabulary if not NEVER_READ.match(word)), key=vocabulary.__getitem__)
    embeddings = model.bert.embeddings.word_embeddings
    rows = embeddings.weight.detach()[[vocabulary[word] for word in kept]]
    model.bert.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(rows, padding_idx=0)
    numbers = {word: number for number, word in enumerate(kept)}
    words["model"]["vocab"] = numbers
    for token in words["added_tokens"]:
        token["id"] = numbers[token["content"]]
    for name, token in words["post_processor"]["special_tokens"].items():
        token["ids"] = [numbers[name]]


if __name__ == "__main__":
    main()
