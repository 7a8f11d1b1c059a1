"""Sketches of texts, by which those that may be copies of one another are found without comparing all with all.

A sketch is made of the least hashes of a text's runs of words under many permutations (MinHash: Broder, On the
resemblance and containment of documents, 1997). Two texts agree in each with the probability that is their
resemblance, the runs in common by the runs of both. The hashes are cut into bands (locality-sensitive hashing:
Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4): texts that agree in all hashes of any band are
candidates, which happens with the probability ``1 − (1 − resemblance^rows)^bands``.

Resemblance is small where one text is much longer, however much it holds of the other. What is cut keeps its
beginning, so that the lead has bands of its own. `python -m benchmarks.copies --bands` tells what the numbers below
find and cost.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

BANDS, ROWS = 48, 2
"""Of the whole text."""
LEAD_BANDS, LEAD_ROWS = 8, 1
"""Of its lead, which is so short that a changed word takes a fifth of its runs."""


def buckets(runs: Collection[str], lead: Collection[str]) -> list[int]:
    """Where a text with these runs, and these in its lead, falls: `BANDS` and `LEAD_BANDS` numbers of 48 bits.

    Texts with one in common may be copies of each other.
    """
    whole = _bands("whole", hashes(runs), BANDS, ROWS)
    return [*whole, *_bands("lead", hashes(lead), LEAD_BANDS, LEAD_ROWS)]


def _bands(kind: str, least: NDArray[Any], bands: int, rows: int) -> Iterator[int]:
    for band in range(bands):
        part = least[band * rows : (band + 1) * rows].astype("<u4").tobytes()
        digest = hashlib.blake2b(part, digest_size=6, person=f"{kind} {band}".encode())
        yield int.from_bytes(digest.digest(), "big")


def hashes(runs: Collection[str]) -> NDArray[Any]:
    """The least hashes of a set of runs, one under each of ``BANDS * ROWS`` permutations."""
    from datasketch import MinHash

    sketch = MinHash(BANDS * ROWS, hashfunc=zlib.crc32, permutations=_permutations(), scheme="affine32")
    sketch.update_batch([run.encode() for run in runs])
    hashes: NDArray[Any] = sketch.hashvalues
    return hashes


@cache
def _permutations() -> NDArray[Any]:
    """Those of datasketch's own seed, drawn once: drawing takes longer than sketching."""
    from datasketch import MinHash

    permutations: NDArray[Any] = MinHash(BANDS * ROWS).permutations
    return permutations
