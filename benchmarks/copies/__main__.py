"""Precision and recall of copies on labelled pairs of our own: ``python -m benchmarks.copies``.

``--second`` takes the pairs that were written after the rules were fixed, and ``--errors`` prints those that came out
wrong. ``--bands`` measures on stories of yours by which sketches copies are found, and at what cost.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.copies.making import Pair, pairs, second
from newsig.compare.likeness import copied, shared, wording_of


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--second", action="store_true", help="the second set")
    parser.add_argument("--errors", action="store_true", help="print the pairs that came out wrong")
    parser.add_argument("--bands", metavar="ARTICLES", help="measure sketches on the stories of this file instead")
    args = parser.parse_args()
    if args.bands:
        from benchmarks.copies.bands import measure

        return measure(args.bands)
    return report(second() if args.second else pairs(), errors=args.errors)


def report(found: Sequence[Pair], *, errors: bool) -> None:
    """Print the figures of all pairs and of each kind."""
    kinds: defaultdict[tuple[bool, str], list[bool]] = defaultdict(list)
    for pair in found:
        one, other = wording_of(pair.one), wording_of(pair.other)
        right = (copied(one, other) is not None) == pair.copy
        kinds[pair.copy, pair.kind].append(right)
        if errors and not right:
            print(f"--- {pair.kind}: {shared(one, other):.2f}\n{pair.one.strip()}\n- - -\n{pair.other.strip()}\n")
    precision, recall = figures(found)
    print(f"{len(found)} pairs, {sum(pair.copy for pair in found)} of them copies")
    print(f"precision {precision:.3f}  recall {recall:.3f}\n")
    for (copy, kind), outcomes in sorted(kinds.items(), key=lambda item: (not item[0][0], item[0][1])):
        print(f"{'copy' if copy else 'none':5}{kind:40}{sum(outcomes):4} of {len(outcomes):3} right")


def figures(found: Sequence[Pair]) -> tuple[float, float]:
    """Precision and recall of the copies that are found among the pairs."""
    told = [(copied(wording_of(pair.one), wording_of(pair.other)) is not None, pair.copy) for pair in found]
    right = sum(said and so for said, so in told)
    return right / max(1, sum(said for said, _ in told)), right / max(1, sum(so for _, so in told))


if __name__ == "__main__":
    main()
