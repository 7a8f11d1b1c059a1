"""From pairs of copies to clusters: which texts are originals, which are copies of them, and what counts once.

Likeness is not passed on: a report put together from two others is a copy of both, and these two are none of each
other. So every copy hangs on an original that it shares its words with itself. Texts are gone through in an order,
earliest first; one that is a copy of no original before it is an original. The outcome hangs on the order of the texts
and on who is like whom, not on the order in which they arrived.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Likenesses = Mapping[int, Mapping[int, float]]
"""Of each text those that are copies of it or it of them, with the share of words in common; both ways round."""


def originals(order: Iterable[int], alike: Likenesses) -> dict[int, tuple[int, ...]]:
    """The originals of each text, the one with most words in common first; an original has only itself.

    >>> both = {1: {3: 0.9}, 2: {3: 0.7}, 3: {1: 0.9, 2: 0.7}}
    >>> originals([1, 2, 3], both), originals([3, 1, 2], both)
    ({1: (1,), 2: (2,), 3: (1, 2)}, {3: (3,), 1: (3,), 2: (3,)})
    """
    found: dict[int, tuple[int, ...]] = {}
    place: dict[int, int] = {}
    for number, text in enumerate(order):
        near = alike.get(text, {})
        own = [other for other in near if found.get(other) == (other,)]
        found[text] = tuple(sorted(own, key=lambda other: (-near[other], place[other]))) or (text,)
        place[text] = number
    return found


def counted_before(order: Iterable[int], of: Mapping[int, tuple[int, ...]]) -> dict[int, int]:
    """The texts that count for nothing, each with the one that counts for it: the first of its cluster in this order.

    Where an original is not among the texts, as when it does not speak of what is asked, its first copy stands for it.
    Texts that `originals` knows nothing of stand for themselves.

    >>> counted_before([2, 3, 4], {1: (1,), 2: (1,), 3: (1,), 4: (4,)})
    {3: 2}
    """
    told: dict[int, int] = {}
    copies: dict[int, int] = {}
    for text in order:
        clusters = of.get(text, (text,))
        first = next((told[original] for original in clusters if original in told), None)
        if first is None:
            told.update(dict.fromkeys(clusters, text))
        else:
            copies[text] = first
    return copies
