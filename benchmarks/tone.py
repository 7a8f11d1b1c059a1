"""Time of the shipped tone model beside the same network in torch: ``python -m benchmarks.tone FOLDER``.

FOLDER is a trained model, as ``models.sentiment.train`` writes it. Both read the same 32 sentences of 48 tokens, each
with one target, on one core, in turns; printed are the milliseconds of each, the best of the rounds, and their ratio.
torch reads the sentences as one batch in fp32; the shipped model as one batch, as newsig runs those of equal length,
and one by one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from random import Random

import numpy as np
import torch

from newsig.extract.sentiments import checkpoints, packaged
from newsig.extract.sentiments.tokens import Piece

SENTENCES, TOKENS, ROUNDS = 32, 48, 15


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="a trained model")
    args = parser.parse_args()
    torch.set_num_threads(1)
    trained, shipped = checkpoints.load(args.folder), packaged.load()
    random = Random(1)
    pieces = [
        Piece(tuple(random.randrange(1000, 20000) for _ in range(TOKENS)), ((5, 6),), (0,)) for _ in range(SENTENCES)
    ]
    given = checkpoints.padded(pieces, 0)
    arrays = {name: tensor.numpy() for name, tensor in given.items()}
    single = [
        {name: part[row : row + 1] for name, part in arrays.items()} | {"rows": np.zeros(1, dtype=np.int64)}
        for row in range(SENTENCES)
    ]
    ways: dict[str, Callable[[], object]] = {
        "torch, fp32": lambda: trained.model(**given),
        "shipped, one batch": lambda: shipped.session.run(None, arrays),
        "shipped, one by one": lambda: [shipped.session.run(None, one) for one in single],
    }
    best = dict.fromkeys(ways, float("inf"))
    with torch.inference_mode():
        for _ in range(ROUNDS):
            for name, run in ways.items():
                began = time.process_time()
                run()
                best[name] = min(best[name], time.process_time() - began)
    for name, seconds in best.items():
        print(f"{name:20}{seconds * 1000:8.0f} ms{seconds / best['torch, fp32']:8.2f}")


if __name__ == "__main__":
    main()
