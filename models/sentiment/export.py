"""The weights that ship, made of a trained model: ``python -m models.sentiment.export FOLDER``.

FOLDER holds what ``models.sentiment.train`` wrote. Writes ``model.onnx`` (int8, one scale per channel of a weight),
``tokenizer.json`` and ``weights.sha256`` beside this file; needs the extra ``training``.
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
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

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

PER_TARGET = ("/reader/", "/label/")
"""Parts of the graph that work on targets. Their weights are int8, too, but what they work on stays fp32: it would be
scaled as one, and a target's tone would depend on which others are asked about."""

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
    example = {
        "input_ids": torch.randint(1000, 2000, (2, 7)),
        "attention_mask": torch.ones(2, 7, dtype=torch.long),
        "spans": torch.full((3, 7), 1 / 7),
        "rows": torch.tensor([0, 1, 1]),
    }
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole, ready = Path(folder, "whole.onnx"), Path(folder, "ready.onnx")
        torch.onnx.export(
            model,
            tuple(example.values()),
            str(whole),
            input_names=list(example),
            output_names=["scores"],
            dynamic_axes=INPUTS | {"scores": {0: "targets"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        graph = onnx.load(ready).graph
        products = [node for node in graph.node if node.op_type in ("MatMul", "Gemm")]
        named = [node.name for node in products if node.name.startswith(PER_TARGET)]
        apart = [*named, *(f"{name}_MatMul" for name in named)]  # what the quantiser makes of a Gemm
        quantize_dynamic(
            str(ready), str(out / MODEL), per_channel=True, weight_type=QuantType.QInt8, nodes_to_exclude=apart
        )
    shrink(out / MODEL, set(apart))
    (out / TOKENIZER).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    lines = [f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n" for name in (MODEL, TOKENIZER)]
    (out / LOCK).write_text("".join(lines), encoding="utf-8")


def shrink(path: Path, nodes: set[str]) -> None:
    """Keep the fp32 weights of some products in a file as int8, with a scale for each column."""
    model = onnx.load(path)
    weights = {weight.name: weight for weight in model.graph.initializer}
    for node in [node for node in model.graph.node if node.name in nodes and node.input[1] in weights]:
        name = node.input[1]
        values = numpy_helper.to_array(weights[name])
        scales = (np.maximum(np.abs(values).max(axis=0), 1e-12) / 127).astype(np.float32)
        whole = np.round(values / scales).astype(np.int8)
        model.graph.initializer.remove(weights[name])
        model.graph.initializer.extend(
            [
                numpy_helper.from_array(whole, f"{name}_whole"),
                numpy_helper.from_array(scales, f"{name}_scales"),
                numpy_helper.from_array(np.zeros_like(scales, dtype=np.int8), f"{name}_zeros"),
            ]
        )
        parts = [f"{name}_{part}" for part in ("whole", "scales", "zeros")]
        reading = helper.make_node("DequantizeLinear", parts, [name], name=f"{name}_read", axis=1)
        model.graph.node.insert(0, reading)
    onnx.save(model, path)


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
